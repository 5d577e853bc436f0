#include "core/similar/perceptual.h"

#include <stdlib.h>
#include <string.h>

enum {
    SIDE = 32, /* of the means */
    BITS = 64,
    ORDERS = 11, /* frequencies along an axis: the 64th in zigzag order is on the diagonal of 10 */
    GREY = 128,
    WAVE_ONE = 16384,
    LUMA_ONE = 256 /* a level */
};

/* A cosine with the amplitude of half a level on SIDE x SIDE means has this coefficient: each of its squares
   has a mean of 1/4, in the scale of luma and of both transforms. */
#define MARGIN ((int64_t)SIDE * SIDE / 4 / 2 * LUMA_ONE * WAVE_ONE * WAVE_ONE)

/* 2^14 cos(n pi / 64) */
static const int16_t quarter_wave[33] = {16384, 16364, 16305, 16207, 16069, 15893, 15679, 15426, 15137,
                                         14811, 14449, 14053, 13623, 13160, 12665, 12140, 11585, 11003,
                                         10394, 9760,  9102,  8423,  7723,  7005,  6270,  5520,  4756,
                                         3981,  3196,  2404,  1606,  804,   0};

static int64_t wave(unsigned n)
{
    n &= 127;
    n = n > 64 ? 128 - n : n;
    return n <= 32 ? quarter_wave[n] : -quarter_wave[64 - n];
}

/* In 256ths of a level. */
static uint32_t luma(const uint8_t *p, vt_perceptual_layout layout)
{
    if (layout == VT_PERCEPTUAL_RGB) {
        return 77U * p[0] + 150U * p[1] + 29U * p[2];
    }
    uint32_t behind = (255U - p[3]) * GREY * LUMA_ONE / 255;
    uint32_t value = 29U * p[0] + 150U * p[1] + 77U * p[2] + behind;
    return value < 255 * LUMA_ONE ? value : 255 * LUMA_ONE; /* colour above alpha is no colour */
}

/* A row's sums in SIDE cells. A pixel is SIDE units wide and a cell as many as the row has pixels, so that
   borders lie between units. */
static void sum_row(const vt_perceptual_picture *picture, uint32_t y, uint64_t sums[SIDE])
{
    const uint8_t *p = picture->data + y * picture->stride;
    const size_t step = picture->layout == VT_PERCEPTUAL_RGB ? 3 : 4;
    uint32_t cell = 0;
    uint32_t left = picture->width; /* units of the cell */
    memset(sums, 0, SIDE * sizeof *sums);
    for (uint32_t x = 0; x < picture->width; x++, p += step) {
        uint64_t value = luma(p, picture->layout);
        for (uint32_t units = SIDE; units > 0;) {
            uint32_t share = units < left ? units : left;
            sums[cell] += value * share;
            units -= share;
            left -= share;
            if (left == 0) {
                left = picture->width;
                cell++;
            }
        }
    }
}

static void average(const vt_perceptual_picture *picture, int64_t means[SIDE][SIDE])
{
    uint64_t sums[SIDE][SIDE] = {0};
    uint64_t row[SIDE];
    const uint32_t height = picture->height;
    const uint64_t area = (uint64_t)picture->width * height;
    uint32_t cell = 0;
    uint32_t left = height;
    for (uint32_t y = 0; y < height; y++) {
        sum_row(picture, y, row);
        for (uint32_t units = SIDE; units > 0;) {
            uint32_t share = units < left ? units : left;
            for (int x = 0; x < SIDE; x++) {
                sums[cell][x] += row[x] * share;
            }
            units -= share;
            left -= share;
            if (left == 0) {
                left = height;
                cell++;
            }
        }
    }
    for (int i = 0; i < SIDE * SIDE; i++) {
        means[i / SIDE][i % SIDE] = (int64_t)((sums[i / SIDE][i % SIDE] + area / 2) / area);
    }
}

/* DCT-II of the lowest ORDERS frequencies along both axes, exactly: at most 54 bits. A constant factor is the
   same for all but those along one axis, which are the square root of 2 larger than in the orthonormal form;
   for which side of the median they are on, that hardly matters. */
static void transform(int64_t means[SIDE][SIDE], int64_t out[ORDERS][ORDERS])
{
    int64_t rows[SIDE][ORDERS] = {0};
    for (unsigned y = 0; y < SIDE; y++) {
        for (unsigned u = 0; u < ORDERS; u++) {
            for (unsigned x = 0; x < SIDE; x++) {
                rows[y][u] += means[y][x] * wave((2 * x + 1) * u);
            }
        }
    }
    for (unsigned v = 0; v < ORDERS; v++) {
        for (unsigned u = 0; u < ORDERS; u++) {
            out[v][u] = 0;
            for (unsigned y = 0; y < SIDE; y++) {
                out[v][u] += rows[y][u] * wave((2 * y + 1) * v);
            }
        }
    }
}

/* The first BITS coefficients after the constant one, diagonal by diagonal. */
static void pick_lowest(int64_t all[ORDERS][ORDERS], int64_t lowest[BITS])
{
    int count = 0;
    for (int sum = 1; sum < ORDERS; sum++) {
        for (int u = 0; u <= sum && count < BITS; u++) {
            lowest[count++] = all[sum - u][u];
        }
    }
}

static int compare(const void *a, const void *b)
{
    const int64_t *x = a;
    const int64_t *y = b;
    return (*x > *y) - (*x < *y);
}

static int64_t median(const int64_t values[BITS])
{
    int64_t sorted[BITS];
    memcpy(sorted, values, sizeof sorted);
    qsort(sorted, BITS, sizeof *sorted, compare);
    return (sorted[BITS / 2 - 1] + sorted[BITS / 2]) / 2;
}

static bool check_size(const vt_perceptual_picture *picture, vt_error *error)
{
    const size_t step = picture->layout == VT_PERCEPTUAL_RGB ? 3 : 4;
    if (picture->width > VT_PERCEPTUAL_SIDE_MAX || picture->height > VT_PERCEPTUAL_SIDE_MAX) {
        return vt_error_set(error, VT_ERROR_USAGE,
                            "%u x %u pixels are more than a perceptual hash is taken of (%d along a side); "
                            "take it of a thumbnail",
                            picture->width, picture->height, VT_PERCEPTUAL_SIDE_MAX);
    }
    if (picture->stride < picture->width * step) {
        return vt_error_set(error, VT_ERROR_USAGE, "rows of %u pixels cannot be %zu bytes apart",
                            picture->width, picture->stride);
    }
    return true;
}

bool vt_perceptual_hash(const vt_perceptual_picture *picture, vt_perceptual *result, vt_error *error)
{
    int64_t means[SIDE][SIDE];
    int64_t coefficients[ORDERS][ORDERS];
    int64_t lowest[BITS];
    *result = (vt_perceptual){.plain = true};
    if (!picture->data || picture->width == 0 || picture->height == 0) {
        return vt_error_set(error, VT_ERROR_USAGE, "a picture without pixels has no perceptual hash");
    }
    if (!check_size(picture, error)) {
        return false;
    }
    average(picture, means);
    transform(means, coefficients);
    pick_lowest(coefficients, lowest);
    const int64_t threshold = median(lowest) + MARGIN;
    for (int i = 0; i < BITS; i++) {
        result->hash = result->hash << 1 | (lowest[i] > threshold);
        result->structure += llabs(lowest[i]) > MARGIN;
    }
    result->plain = result->structure < VT_PERCEPTUAL_STRUCTURE_MIN;
    return true;
}

unsigned vt_perceptual_distance(uint64_t a, uint64_t b)
{
    return (unsigned)__builtin_popcountll(a ^ b);
}
