#include "core/decode/tinythumb.h"

#include <stdlib.h>
#include <string.h>

#define CELLS         8
#define CHANNELS      4  /* Y, Co, Cg, A */
#define UNIT          16 /* of averages and coefficients: a step of 255 has so many */
#define NO_SHAPE      128
#define SIDE_MAX      16
#define COEFFICIENTS  35 /* the most of one channel */
#define LARGEST_COUNT 32

/* How many coefficients of Y, Co, Cg, A: without and with alpha. */
static const uint8_t kept[2][CHANNELS] = {{35, 9, 9, 0}, {20, 5, 5, 19}};

/* 2^14 cos(n pi / 32) */
static const int16_t quarter_wave[17] = {16384, 16305, 16069, 15679, 15137, 14449, 13623, 12665, 11585,
                                         10394, 9102,  7723,  6270,  4756,  3196,  1606,  0};

/* UNIT * 2 * 2^((n - 1) / 4) */
static const int32_t largest[LARGEST_COUNT] = {
    0,   32,  38,  45,  54,  64,   76,   91,   108,  128,  152,  181,  215,  256,  304,  362,
    431, 512, 609, 724, 861, 1024, 1218, 1448, 1722, 2048, 2435, 2896, 3444, 4096, 4871, 5793};

/* What the steps of a coefficient stand for, in 256ths of the largest: fine where most of them are. */
static const uint16_t levels[8] = {0, 20, 46, 78, 114, 156, 203, 256};

/* 2^16 * 2^(n / 16), and half a step further. */
static const uint32_t sixteenths[16] = {65536, 68438, 71468,  74632,  77936,  81386,  84990,  88752,
                                        92682, 96785, 101070, 105545, 110218, 115098, 120194, 125515};
static const uint32_t limits[16] = {66971, 69936, 73032,  76266,  79642,  83169,  86851,  90696,
                                    94711, 98905, 103283, 107856, 112631, 117618, 122825, 128263};

static int32_t wave(unsigned n)
{
    n &= 63;
    n = n > 32 ? 64 - n : n;
    return n <= 16 ? quarter_wave[n] : -quarter_wave[32 - n];
}

static int64_t divide(int64_t value, int64_t by)
{
    return (value >= 0 ? value + by / 2 : value - by / 2) / by;
}

static int clamp(int64_t value, int low, int high)
{
    return value < low ? low : value > high ? high : (int)value;
}

/* The next coefficient in the order of frequency, from (0, 0). */
static void next_frequency(unsigned *u, unsigned *v)
{
    if (*v > 0) {
        (*u)++;
        (*v)--;
    } else {
        *v = *u + 1;
        *u = 0;
    }
}

typedef struct bits {
    uint8_t *bytes;
    unsigned at;
} bits;

static void put(bits *b, unsigned value, unsigned count)
{
    for (unsigned i = 0; i < count; i++, b->at++) {
        b->bytes[b->at / 8] |= (uint8_t)((value >> i & 1) << (b->at % 8));
    }
}

static unsigned get(const uint8_t *bytes, unsigned *at, unsigned count)
{
    unsigned value = 0;
    for (unsigned i = 0; i < count; i++, (*at)++) {
        value |= (unsigned)(bytes[*at / 8] >> (*at % 8) & 1) << i;
    }
    return value;
}

/* The first cell that pixel `x` of `count` lies in, and how many of its CELLS weights belong to that; the
   rest belongs to the cells after it, `count` of them to each. */
static unsigned split(uint32_t x, uint32_t count, uint64_t *share)
{
    uint64_t from = (uint64_t)x * CELLS;
    unsigned cell = (unsigned)(from / count);
    uint64_t border = (uint64_t)(cell + 1) * count;
    *share = border - from < CELLS ? border - from : CELLS;
    return cell;
}

/* Adds `count` pixels, each with the weight of a whole one. */
static void add_whole(const uint8_t *p, uint32_t count, uint64_t sums[4])
{
    uint32_t part[4] = {0}; /* wide enough for 2^24 pixels, more than a row has */
    for (uint32_t i = 0; i < count; i++) {
        for (int c = 0; c < 4; c++) {
            part[c] += p[(size_t)i * 4 + (size_t)c];
        }
    }
    for (int c = 0; c < 4; c++) {
        sums[c] += (uint64_t)part[c] * CELLS;
    }
}

static void add_part(const uint8_t *p, uint64_t share, uint64_t sums[4])
{
    for (int c = 0; c < 4; c++) {
        sums[c] += p[c] * share;
    }
}

/* The sums of a row in eight cells, in eighths of a pixel: a cell is as many of them wide as the row has
   pixels, and one that begins or ends within a pixel has its share of it. */
static void sum_row(const uint8_t *p, uint32_t width, uint64_t sums[CELLS][4])
{
    memset(sums, 0, sizeof(uint64_t[CELLS][4]));
    for (uint64_t cell = 0; cell < CELLS; cell++) {
        uint64_t from = cell * width;
        uint64_t to = from + width;
        uint64_t first = (from + CELLS - 1) / CELLS; /* whole pixels */
        uint64_t last = to / CELLS;
        if (first > last) { /* all within one pixel */
            add_part(p + last * 4, to - from, sums[cell]);
            continue;
        }
        if (first * CELLS > from) {
            add_part(p + (first - 1) * 4, first * CELLS - from, sums[cell]);
        }
        add_whole(p + first * 4, (uint32_t)(last - first), sums[cell]);
        if (to > last * CELLS) {
            add_part(p + last * 4, to - last * CELLS, sums[cell]);
        }
    }
}

/* The mean of each cell in UNITs, exactly: weights are whole numbers, CELLS of them to a pixel along each
 * axis. */
static void average(const vt_pixels *pixels, int32_t cells[CELLS][CELLS][4])
{
    uint64_t sums[CELLS][CELLS][4] = {0};
    uint64_t row[CELLS][4];
    for (uint32_t y = 0; y < pixels->height; y++) {
        uint64_t left = CELLS;
        uint64_t share;
        unsigned cell = split(y, pixels->height, &share);
        sum_row(pixels->data + y * pixels->stride, pixels->width, row);
        for (; left > 0 && cell < CELLS; cell++) {
            for (int i = 0; i < CELLS * 4; i++) {
                (&sums[cell][0][0])[i] += (&row[0][0])[i] * share;
            }
            left -= share;
            share = left < pixels->height ? left : pixels->height;
        }
    }
    uint64_t area = (uint64_t)pixels->width * pixels->height; /* of a cell, in the units of the weights */
    for (int i = 0; i < CELLS * CELLS * 4; i++) {
        (&cells[0][0][0])[i] = (int32_t)(((&sums[0][0][0])[i] * UNIT + area / 2) / area);
    }
}

/* Takes the alpha out of the colours, which then have no edges where the picture has. Where there is nothing,
   the mean colour stands. */
static void divide_by_alpha(int32_t cells[CELLS][CELLS][4])
{
    int64_t sums[4] = {0};
    for (int i = 0; i < CELLS * CELLS; i++) {
        for (int c = 0; c < 4; c++) {
            sums[c] += cells[i / CELLS][i % CELLS][c];
        }
    }
    for (int i = 0; i < CELLS * CELLS; i++) {
        int32_t *p = cells[i / CELLS][i % CELLS];
        int64_t alpha = p[3] ? p[3] : sums[3];
        for (int c = 0; c < 3; c++) {
            int64_t colour = p[3] ? p[c] : sums[c];
            p[c] = alpha ? (int32_t)divide(colour * 255 * UNIT, alpha) : 0;
        }
    }
}

/* From B, G, R, A in place. */
static void to_channels(int32_t p[4])
{
    int32_t blue = p[0];
    int32_t green = p[1];
    int32_t red = p[2];
    p[0] = (red + 2 * green + blue + 2) / 4;
    p[1] = red - blue;
    p[2] = (2 * green - red - blue) / 2;
}

/* The coefficient (u, v) of a channel such that the cosines times it give the cells again. */
static int32_t transform(int32_t cells[CELLS][CELLS][4], int channel, unsigned u, unsigned v)
{
    int64_t sum = 0;
    for (unsigned y = 0; y < CELLS; y++) {
        int64_t row = 0;
        for (unsigned x = 0; x < CELLS; x++) {
            row += (int64_t)cells[y][x][channel] * wave((2 * x + 1) * u * 2);
        }
        sum += row * wave((2 * y + 1) * v * 2);
    }
    return (int32_t)divide(sum * (u ? 2 : 1) * (v ? 2 : 1), (int64_t)(CELLS * CELLS) << 28);
}

typedef struct channel {
    int32_t average;
    int32_t coefficients[COEFFICIENTS];
    unsigned count;
    unsigned largest; /* index */
} channel;

/* What step 0 to 7 of a coefficient stands for. */
static int32_t level(unsigned index, unsigned step)
{
    return (largest[index] * levels[step] + 128) / 256;
}

static unsigned nearest(unsigned index, int32_t size)
{
    unsigned best = 0;
    for (unsigned step = 1; step < 8; step++) {
        best = abs(level(index, step) - size) < abs(level(index, best) - size) ? step : best;
    }
    return best;
}

/* The squared error of a channel's pixels if `index` were its largest. A coefficient along an axis weighs
 * twice. */
static int64_t loss(const channel *c, unsigned index)
{
    unsigned u = 0;
    unsigned v = 0;
    int64_t sum = 0;
    for (unsigned i = 0; i < c->count; i++) {
        int32_t size = abs(c->coefficients[i]);
        int64_t error = size - level(index, nearest(index, size));
        next_frequency(&u, &v);
        sum += error * error * (u == 0 || v == 0 ? 2 : 1);
    }
    return sum;
}

/* The best of the largest ones that are near `most`; 0 if there is nothing that 8 bits could show. Of two
   channels
   (`b` may be NULL) for both. */
static unsigned choose_largest(const channel *a, const channel *b, int32_t most)
{
    unsigned best = 0;
    int64_t least = INT64_MAX;
    for (unsigned i = 1; i < LARGEST_COUNT && most >= UNIT / 4; i++) {
        int64_t sum = loss(a, i) + (b ? loss(b, i) : 0);
        if (sum < least) {
            least = sum;
            best = i;
        }
    }
    return best;
}

static int32_t measure(int32_t cells[CELLS][CELLS][4], int number, unsigned count, channel *c)
{
    unsigned u = 0;
    unsigned v = 0;
    int32_t most = 0;
    *c = (channel){.average = transform(cells, number, 0, 0), .count = count};
    for (unsigned i = 0; i < count; i++) {
        next_frequency(&u, &v);
        c->coefficients[i] = transform(cells, number, u, v);
        most = abs(c->coefficients[i]) > most ? abs(c->coefficients[i]) : most;
    }
    return most;
}

static void put_coefficients(bits *b, const channel *c)
{
    for (unsigned i = 0; i < c->count; i++) {
        unsigned best = nearest(c->largest, abs(c->coefficients[i]));
        put(b, best | (best > 0 && c->coefficients[i] < 0 ? 8U : 0U), 4);
    }
}

/* 16 steps to each doubling. */
static unsigned shape_of(uint32_t width, uint32_t height)
{
    uint32_t more = width > height ? width : height;
    uint32_t less = width > height ? height : width;
    uint64_t ratio = ((uint64_t)more << 16) / less;
    unsigned steps = 0;
    for (; ratio >= (uint64_t)2 << 16 && steps < 128; ratio >>= 1) {
        steps += 16;
    }
    for (unsigned i = 0; i < 16 && ratio >= limits[i]; i++) {
        steps++;
    }
    int shape = width > height ? NO_SHAPE + (int)steps : NO_SHAPE - (int)steps;
    return (unsigned)clamp(shape, 1, 255);
}

vt_tinythumb vt_tinythumb_encode(const vt_pixels *pixels)
{
    vt_tinythumb tiny = {{0}};
    int32_t cells[CELLS][CELLS][4];
    if (pixels->width == 0 || pixels->height == 0) {
        return tiny;
    }
    average(pixels, cells);
    bool alpha = false;
    for (int i = 0; i < CELLS * CELLS; i++) {
        alpha = alpha || cells[i / CELLS][i % CELLS][3] < 255 * UNIT;
    }
    if (alpha) {
        divide_by_alpha(cells);
    }
    for (int i = 0; i < CELLS * CELLS; i++) {
        to_channels(cells[i / CELLS][i % CELLS]);
    }
    channel c[CHANNELS];
    int32_t most[CHANNELS];
    for (int i = 0; i < CHANNELS; i++) {
        most[i] = measure(cells, i, kept[alpha][i], &c[i]);
    }
    c[0].largest = choose_largest(&c[0], NULL, most[0]);
    c[1].largest = c[2].largest = choose_largest(&c[1], &c[2], most[1] > most[2] ? most[1] : most[2]);
    c[3].largest = choose_largest(&c[3], NULL, most[3]);
    bits b = {tiny.bytes, 0};
    put(&b, shape_of(pixels->width, pixels->height), 8);
    put(&b, alpha, 2);
    put(&b, (unsigned)clamp(divide(c[0].average, UNIT), 0, 255), 8);
    put(&b, (unsigned)clamp(divide(c[1].average + 255 * UNIT, 2 * UNIT), 0, 255), 8);
    put(&b, (unsigned)clamp(divide(c[2].average + 255 * UNIT, 2 * UNIT), 0, 255), 8);
    put(&b, c[0].largest, 5);
    put(&b, c[1].largest, 5);
    if (alpha) {
        put(&b, (unsigned)clamp(divide(c[3].average, UNIT), 0, 255), 8);
        put(&b, c[3].largest, 5);
    }
    for (int i = 0; i < CHANNELS; i++) {
        put_coefficients(&b, &c[i]);
    }
    return tiny;
}

bool vt_tinythumb_is_set(const vt_tinythumb *tiny)
{
    return tiny->bytes[0] != 0; /* no shape is 0 */
}

typedef struct plan {
    int32_t average[CHANNELS]; /* in UNITs */
    unsigned largest[CHANNELS];
    bool alpha;
    unsigned at; /* of the first coefficient */
} plan;

static plan read_plan(const vt_tinythumb *tiny)
{
    plan p = {.at = 8};
    const uint8_t *bytes = tiny->bytes;
    p.alpha = get(bytes, &p.at, 2) & 1;
    p.average[0] = (int32_t)get(bytes, &p.at, 8) * UNIT;
    p.average[1] = ((int32_t)get(bytes, &p.at, 8) * 2 - 255) * UNIT;
    p.average[2] = ((int32_t)get(bytes, &p.at, 8) * 2 - 255) * UNIT;
    p.average[3] = 255 * UNIT;
    p.largest[0] = get(bytes, &p.at, 5);
    p.largest[1] = p.largest[2] = get(bytes, &p.at, 5);
    if (p.alpha) {
        p.average[3] = (int32_t)get(bytes, &p.at, 8) * UNIT;
        p.largest[3] = get(bytes, &p.at, 5);
    }
    return p;
}

/* One channel as `side` x `side` values, 2^12 to a UNIT. The sums fit: at most 8 coefficients of 5793 along
   each axis, times a cosine of 2^14, of which 2^2 remain, and then one of 2^10. */
static void draw_channel(const vt_tinythumb *tiny, plan *p, int number, unsigned side, int32_t *out)
{
    int32_t columns[CELLS][SIDE_MAX] = {{0}};
    unsigned step = side == CELLS ? 2 : 1;
    unsigned used = 1; /* columns that are not all 0 */
    unsigned u = 0;
    unsigned v = 0;
    for (unsigned y = 0; y < side; y++) {
        columns[0][y] = p->average[number] * (1 << 14);
    }
    for (unsigned i = 0; i < kept[p->alpha][number]; i++) {
        unsigned nibble = get(tiny->bytes, &p->at, 4);
        int32_t value = level(p->largest[number], nibble & 7);
        value = nibble & 8 ? -value : value;
        next_frequency(&u, &v);
        used = value != 0 && u >= used ? u + 1 : used;
        for (unsigned y = 0; value != 0 && y < side; y++) {
            columns[u][y] += value * wave((2 * y + 1) * v * step);
        }
    }
    for (unsigned i = 0; i < side * side; i++) {
        out[i] = 0;
    }
    for (unsigned k = 0; k < used; k++) {
        int32_t cosines[SIDE_MAX];
        for (unsigned x = 0; x < side; x++) {
            cosines[x] = wave((2 * x + 1) * k * step) / 16;
        }
        for (unsigned y = 0; y < side; y++) {
            int32_t column = columns[k][y] / 4096;
            for (unsigned x = 0; x < side; x++) {
                out[y * side + x] += column * cosines[x];
            }
        }
    }
}

/* Values of draw_channel as a premultiplied pixel. */
static void put_pixel(int32_t luma, int32_t orange, int32_t green, int32_t alpha, uint8_t *to)
{
    const int64_t one = (int64_t)UNIT << 12;
    int a = clamp(divide(alpha, one), 0, 255);
    int64_t rest = 2 * (int64_t)luma - green;
    int colours[3] = {clamp(divide(rest - orange, 2 * one), 0, 255),
                      clamp(divide(2 * (int64_t)luma + green, 2 * one), 0, 255),
                      clamp(divide(rest + orange, 2 * one), 0, 255)};
    for (int c = 0; c < 3; c++) {
        to[c] = (uint8_t)((colours[c] * a + 127) / 255);
    }
    to[3] = (uint8_t)a;
}

void vt_tinythumb_decode(const vt_tinythumb *tiny, unsigned side, uint8_t *pixels)
{
    int32_t values[CHANNELS][SIDE_MAX * SIDE_MAX];
    if (side != CELLS && side != SIDE_MAX) {
        return;
    }
    plan p = read_plan(tiny);
    for (int i = 0; i < CHANNELS; i++) {
        draw_channel(tiny, &p, i, side, values[i]);
    }
    for (unsigned i = 0; i < side * side; i++) {
        put_pixel(values[0][i], values[1][i], values[2][i], values[3][i], pixels + (size_t)i * 4);
    }
}

uint32_t vt_tinythumb_aspect(const vt_tinythumb *tiny)
{
    int steps = (int)tiny->bytes[0] - NO_SHAPE;
    unsigned size = (unsigned)abs(steps);
    uint64_t ratio = (uint64_t)sixteenths[size % 16] << (size / 16);
    return steps >= 0 ? (uint32_t)ratio : (uint32_t)((UINT64_C(1) << 32) / ratio);
}

void vt_tinythumb_average(const vt_tinythumb *tiny, uint8_t bgra[4])
{
    plan p = read_plan(tiny);
    put_pixel(p.average[0] << 12, p.average[1] * (1 << 12), p.average[2] * (1 << 12), p.average[3] << 12,
              bgra);
}
