#include "core/decode/scale.h"

#include <math.h>
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define LINEAR_MAX 65535

/* Light of each 8-bit sRGB value, and back. Summing a row of the largest side stays below 2^32. */
static uint16_t linear_of_srgb[256];
static float linear_float[256];
static uint8_t srgb_of_linear[LINEAR_MAX + 1];
static pthread_once_t tables_once = PTHREAD_ONCE_INIT;

/* The source pixels under one output pixel: `first` with weight `left`, then `whole` full ones, then one with
   weight `right` (none if 0). */
typedef struct span {
    uint32_t first;
    uint32_t whole;
    float left;
    float right;
} span;

struct vt_scaler {
    uint32_t width; /* of the source as stored */
    uint32_t height;
    uint32_t out_width; /* before it is turned upright */
    uint32_t out_height;
    vt_layout layout;
    unsigned channels;
    unsigned stride; /* sums of one pixel: its channels, or 4 for colours */
    uint32_t rows;   /* pushed so far */
    uint32_t skip_rows, skip_columns;
    uint32_t out_row; /* being accumulated */
    float covered;    /* source rows that went into it */
    bool identity;    /* nothing to reduce */
    bool all_opaque;
    float *sums; /* [out_width * stride] of the output row being accumulated, colour times alpha */
    float *line; /* the same of the present source row */
    span *spans; /* [out_width] */
    uint8_t *target;
    ptrdiff_t step_x; /* bytes in the target from one stored pixel to the next, and to the next row */
    ptrdiff_t step_y;
};

static double decode_srgb(double value)
{
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static void fill_tables(void)
{
    uint32_t at = 0;
    for (unsigned v = 0; v < 256; v++) {
        linear_of_srgb[v] = (uint16_t)lround(decode_srgb(v / 255.0) * LINEAR_MAX);
        linear_float[v] = linear_of_srgb[v];
        /* Up to the light half way to the next value, which is the nearest in what the eye sees. */
        uint32_t end =
            v == 255 ? LINEAR_MAX + 1 : (uint32_t)(decode_srgb((v + 0.5) / 255.0) * LINEAR_MAX) + 1;
        for (; at < end; at++) {
            srgb_of_linear[at] = (uint8_t)v;
        }
    }
}

unsigned vt_layout_bytes(vt_layout layout)
{
    static const unsigned bytes[] = {
        [VT_LAYOUT_GREY] = 1, [VT_LAYOUT_GREY_ALPHA] = 2, [VT_LAYOUT_RGB] = 3, [VT_LAYOUT_RGBA] = 4};
    return bytes[layout];
}

static void fill_spans(vt_scaler *s)
{
    for (uint32_t x = 0; x < s->out_width; x++) {
        uint64_t from = (uint64_t)x * s->width;
        uint64_t to = from + s->width;
        uint32_t first = (uint32_t)(from / s->out_width);
        uint32_t last = (uint32_t)(to / s->out_width);
        s->spans[x] = (span){
            .first = first,
            .whole = last - first - 1,
            .left = 1.0F - (float)(from % s->out_width) / (float)s->out_width,
            .right = (float)(to % s->out_width) / (float)s->out_width,
        };
    }
}

/* EXIF orientations as steps through the upright target. */
static void aim(vt_scaler *s, int orientation, const vt_pixels *pixels)
{
    ptrdiff_t stride = (ptrdiff_t)pixels->stride;
    bool transposed = orientation >= 5;
    bool flip_x = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    bool flip_y = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    s->step_x = transposed ? stride : 4;
    s->step_y = transposed ? 4 : stride;
    s->target = pixels->data;
    if (flip_x) {
        s->target += (ptrdiff_t)(s->out_width - 1) * s->step_x;
        s->step_x = -s->step_x;
    }
    if (flip_y) {
        s->target += (ptrdiff_t)(s->out_height - 1) * s->step_y;
        s->step_y = -s->step_y;
    }
}

static bool prepare_pixels(uint32_t width, uint32_t height, vt_pixels *pixels, vt_error *error)
{
    uint64_t bytes = (uint64_t)width * height * 4;
    if (bytes > pixels->capacity) {
        return vt_error_set(error, VT_ERROR_LIMIT, "%u x %u pixels do not fit the %zu bytes of the target",
                            width, height, pixels->capacity);
    }
    pixels->width = width;
    pixels->height = height;
    pixels->stride = (size_t)width * 4;
    memset(pixels->data, 0, (size_t)bytes);
    return true;
}

vt_scaler *vt_scaler_create(uint32_t width, uint32_t height, vt_layout layout, int orientation,
                            uint32_t out_width, uint32_t out_height, vt_pixels *pixels, vt_error *error)
{
    pthread_once(&tables_once, fill_tables);
    bool transposed = orientation >= 5;
    uint32_t across = transposed ? out_height : out_width;
    uint32_t down = transposed ? out_width : out_height;
    if (across == 0 || down == 0 || across > width || down > height) {
        vt_error_set(error, VT_ERROR_INTERNAL, "a %u x %u picture cannot be reduced to %u x %u", width,
                     height, across, down);
        return NULL;
    }
    if (!prepare_pixels(out_width, out_height, pixels, error)) {
        return NULL;
    }
    vt_scaler *s = calloc(1, sizeof *s);
    if (s) {
        s->channels = vt_layout_bytes(layout);
        s->stride = s->channels >= 3 ? 4 : s->channels;
        s->sums = calloc((size_t)across * s->stride, sizeof *s->sums);
        s->line = malloc((size_t)across * s->stride * sizeof *s->line);
        s->spans = malloc(across * sizeof *s->spans);
    }
    if (!s || !s->sums || !s->line || !s->spans) {
        vt_scaler_free(s);
        pixels->width = 0;
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory while reducing the picture");
        return NULL;
    }
    s->width = width;
    s->height = height;
    s->out_width = across;
    s->out_height = down;
    s->layout = layout;
    s->identity = across == width && down == height;
    s->all_opaque = true;
    fill_spans(s);
    aim(s, orientation, pixels);
    return s;
}

void vt_scaler_free(vt_scaler *scaler)
{
    if (scaler) {
        free(scaler->sums);
        free(scaler->line);
        free(scaler->spans);
        free(scaler);
    }
}

/* Products of 8-bit values divided by 255, rounded. */
static uint8_t multiply(unsigned a, unsigned b)
{
    unsigned product = a * b + 128;
    return (uint8_t)((product + (product >> 8)) >> 8);
}

static void put(uint8_t *to, unsigned red, unsigned green, unsigned blue, unsigned alpha)
{
    if (alpha == 255) {
        to[0] = (uint8_t)blue;
        to[1] = (uint8_t)green;
        to[2] = (uint8_t)red;
    } else {
        to[0] = multiply(blue, alpha);
        to[1] = multiply(green, alpha);
        to[2] = multiply(red, alpha);
    }
    to[3] = (uint8_t)alpha;
}

static void copy_row(vt_scaler *s, const uint8_t *row)
{
    uint8_t *to = s->target + (ptrdiff_t)s->rows * s->step_y;
    unsigned alphas = 255;
    for (uint32_t x = 0; x < s->width; x++, to += s->step_x, row += s->channels) {
        switch (s->layout) {
        case VT_LAYOUT_GREY:
            put(to, row[0], row[0], row[0], 255);
            break;
        case VT_LAYOUT_GREY_ALPHA:
            put(to, row[0], row[0], row[0], row[1]);
            alphas &= row[1];
            break;
        case VT_LAYOUT_RGB:
            put(to, row[0], row[1], row[2], 255);
            break;
        case VT_LAYOUT_RGBA:
            put(to, row[0], row[1], row[2], row[3]);
            alphas &= row[3];
            break;
        }
    }
    s->all_opaque = s->all_opaque && alphas == 255;
}

static void sum_grey(vt_scaler *s, const uint8_t *row)
{
    for (uint32_t x = 0; x < s->out_width; x++) {
        const span *at = &s->spans[x];
        const uint8_t *from = row + at->first;
        float sum = at->left * linear_of_srgb[*from++];
        uint32_t whole = 0;
        for (const uint8_t *end = from + at->whole; from < end; from++) {
            whole += linear_of_srgb[*from];
        }
        sum += (float)whole;
        s->line[x] = at->right > 0 ? sum + at->right * linear_of_srgb[*from] : sum;
    }
}

/* Red, green, blue and alpha side by side in one register. */
typedef float colour __attribute__((vector_size(16)));

static inline colour light_of(const uint8_t *pixel)
{
    return (colour){linear_float[pixel[0]], linear_float[pixel[1]], linear_float[pixel[2]], 0};
}

/* Colour times alpha, and alpha. */
static inline colour weighted_light_of(const uint8_t *pixel)
{
    if (pixel[3] == 0) {
        return (colour){0, 0, 0, 0}; /* drawings are mostly empty */
    }
    const colour light = {linear_float[pixel[0]], linear_float[pixel[1]], linear_float[pixel[2]], 1};
    return light * (float)pixel[3];
}

static inline void store(float *to, colour value)
{
    memcpy(to, &value, sizeof value);
}

/* Inlined for both layouts. A pixel that is cut by an edge gives its light to both sides, so that it is
   looked up once: `carry` is what is left of it for the next one. */
static inline __attribute__((always_inline)) void sum_colours(vt_scaler *s, const uint8_t *row, size_t step,
                                                              colour (*light)(const uint8_t *))
{
    float *to = s->line;
    const uint8_t *from = row;
    colour carry = {0, 0, 0, 0};
    for (uint32_t x = 0; x < s->out_width; x++, to += 4) {
        const span *at = &s->spans[x];
        uint32_t whole = at->whole + (at->left >= 1);
        colour sum = carry;
        for (const uint8_t *end = from + whole * step; from < end; from += step) {
            sum += light(from);
        }
        if (at->right > 0) {
            colour cut = light(from);
            sum += cut * at->right;
            carry = cut * (1 - at->right);
            from += step;
        } else {
            carry = (colour){0, 0, 0, 0};
        }
        store(to, sum);
    }
}

static void sum_rgb(vt_scaler *s, const uint8_t *row)
{
    sum_colours(s, row, 3, light_of);
}

static void sum_rgba(vt_scaler *s, const uint8_t *row)
{
    uint32_t alphas = UINT32_MAX;
    for (uint32_t x = 0; s->all_opaque && x < s->width; x++) {
        uint32_t pixel;
        memcpy(&pixel, row + (size_t)x * 4, sizeof pixel);
        alphas &= pixel;
    }
    s->all_opaque = s->all_opaque && (alphas >> 24) == 255;
    sum_colours(s, row, 4, weighted_light_of);
}

static void sum_grey_alpha(vt_scaler *s, const uint8_t *row)
{
    unsigned alphas = 255;
    float *to = s->line;
    for (uint32_t x = 0; x < s->out_width; x++, to += 2) {
        const span *at = &s->spans[x];
        const uint8_t *from = row + (size_t)at->first * 2;
        float light = at->left * (float)(linear_of_srgb[from[0]] * from[1]);
        float alpha = at->left * from[1];
        uint64_t whole_light = 0;
        uint32_t whole_alpha = 0;
        alphas &= from[1];
        from += 2;
        for (const uint8_t *end = from + (size_t)at->whole * 2; from < end; from += 2) {
            whole_light += (uint32_t)linear_of_srgb[from[0]] * from[1];
            whole_alpha += from[1];
            alphas &= from[1];
        }
        if (at->right > 0) {
            light += at->right * (float)(linear_of_srgb[from[0]] * from[1]);
            alpha += at->right * from[1];
            alphas &= from[1];
        }
        to[0] = light + (float)whole_light;
        to[1] = alpha + (float)whole_alpha;
    }
    s->all_opaque = s->all_opaque && alphas == 255;
}

static uint8_t encode(float linear)
{
    int index = (int)(linear + 0.5F); /* sums are never negative */
    return srgb_of_linear[index > LINEAR_MAX ? LINEAR_MAX : index];
}

static void write_opaque(const vt_scaler *s, uint8_t *to, float scale)
{
    const float *sum = s->sums;
    for (uint32_t x = 0; x < s->out_width; x++, to += s->step_x, sum += s->stride) {
        uint8_t red = encode(sum[0] * scale);
        if (s->channels == 1) {
            put(to, red, red, red, 255);
        } else {
            put(to, red, encode(sum[1] * scale), encode(sum[2] * scale), 255);
        }
    }
}

static void write_with_alpha(const vt_scaler *s, uint8_t *to, float scale)
{
    const float *sum = s->sums;
    for (uint32_t x = 0; x < s->out_width; x++, to += s->step_x, sum += s->stride) {
        float weight = sum[s->layout == VT_LAYOUT_RGBA ? 3 : 1];
        unsigned alpha = (unsigned)(weight * scale + 0.5F);
        if (alpha == 0) {
            continue; /* the target is transparent already */
        }
        float per_weight = 1.0F / weight;
        uint8_t red = encode(sum[0] * per_weight);
        if (s->channels == 2) {
            put(to, red, red, red, alpha > 255 ? 255 : alpha);
        } else {
            put(to, red, encode(sum[1] * per_weight), encode(sum[2] * per_weight), alpha > 255 ? 255 : alpha);
        }
    }
}

/* Writes the output row from what has been summed; `covered` source rows went into it. */
static void write_row(vt_scaler *s)
{
    uint8_t *to = s->target + (ptrdiff_t)s->out_row * s->step_y;
    float scale = (float)s->out_width / ((float)s->width * s->covered);
    if (s->layout == VT_LAYOUT_GREY || s->layout == VT_LAYOUT_RGB) {
        write_opaque(s, to, scale);
    } else {
        write_with_alpha(s, to, scale);
    }
    s->out_row++;
    s->covered = 0;
}

static void add_line(vt_scaler *s, float weight)
{
    size_t count = (size_t)s->out_width * s->stride;
    float *restrict sums = s->sums;
    const float *restrict line = s->line;
    if (s->covered == 0) {
        for (size_t i = 0; i < count; i++) {
            sums[i] = line[i] * weight;
        }
    } else {
        for (size_t i = 0; i < count; i++) {
            sums[i] += line[i] * weight;
        }
    }
    s->covered += weight;
}

void vt_scaler_push(vt_scaler *scaler, const uint8_t *row)
{
    static void (*const sum[])(vt_scaler *, const uint8_t *) = {[VT_LAYOUT_GREY] = sum_grey,
                                                                [VT_LAYOUT_GREY_ALPHA] = sum_grey_alpha,
                                                                [VT_LAYOUT_RGB] = sum_rgb,
                                                                [VT_LAYOUT_RGBA] = sum_rgba};
    vt_scaler *s = scaler;
    if (s->skip_rows > 0) {
        s->skip_rows--;
        return;
    }
    if (s->rows >= s->height) {
        return;
    }
    row += (size_t)s->skip_columns * vt_layout_bytes(s->layout);
    if (s->identity) {
        copy_row(s, row);
        s->rows++;
        return;
    }
    sum[s->layout](s, row);
    /* In units of 1 / (height * out_height) of the picture a source row is `out_height` high and an output
       row `height`: the present one ends at `border`. */
    uint64_t from = (uint64_t)s->rows * s->out_height;
    uint64_t to = from + s->out_height;
    uint64_t border = (uint64_t)(s->out_row + 1) * s->height;
    if (to < border) {
        add_line(s, 1.0F);
    } else {
        add_line(s, (float)(border - from) / (float)s->out_height);
        write_row(s);
        if (to > border) {
            add_line(s, (float)(to - border) / (float)s->out_height);
        }
    }
    s->rows++;
}

void vt_scaler_skip(vt_scaler *scaler, uint32_t columns, uint32_t rows)
{
    scaler->skip_columns = columns;
    scaler->skip_rows = rows;
}

bool vt_scaler_is_full(const vt_scaler *scaler)
{
    return scaler->rows >= scaler->height;
}

uint32_t vt_scaler_rows(const vt_scaler *scaler)
{
    return scaler->rows;
}

void vt_scaler_flush(vt_scaler *scaler)
{
    if (scaler->covered > 0 && scaler->out_row < scaler->out_height) {
        write_row(scaler);
    }
}

bool vt_scaler_has_alpha(const vt_scaler *scaler)
{
    return !scaler->all_opaque;
}
