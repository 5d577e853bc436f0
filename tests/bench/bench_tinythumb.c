/*
 * Tiny thumbnails (core/decode/tinythumb.h): what one costs to make from 256 x 256 pixels, and to draw as 8 x
 * 8 and as 16 x 16. The median of many rounds, in processor time. The bar is for drawing: 10 us.
 */
#include "core/base/clock.h"
#include "core/decode/tinythumb.h"

#include <stdio.h>
#include <stdlib.h>

enum { SIDE = 256, ROUNDS = 51, DRAWS = 200 };

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Microseconds of one call. */
static double measure(const vt_pixels *pixels, vt_tinythumb *tiny, unsigned side)
{
    static uint8_t drawn[16 * 16 * 4];
    double times[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        int count = side ? DRAWS : 1;
        int64_t start = vt_clock_thread_cpu();
        for (int i = 0; i < count; i++) {
            if (side) {
                vt_tinythumb_decode(tiny, side, drawn);
            } else {
                *tiny = vt_tinythumb_encode(pixels);
            }
        }
        times[round] = (double)(vt_clock_thread_cpu() - start) / VT_NS_PER_US / count;
    }
    qsort(times, ROUNDS, sizeof *times, compare);
    return times[ROUNDS / 2];
}

int main(void)
{
    vt_pixels pixels = {
        .capacity = (size_t)SIDE * SIDE * 4, .width = SIDE, .height = SIDE, .stride = SIDE * 4};
    vt_tinythumb tiny;
    pixels.data = malloc(pixels.capacity);
    if (!pixels.data) {
        return 2;
    }
    for (size_t i = 0; i < pixels.capacity; i++) {
        size_t x = i / 4 % SIDE;
        size_t y = i / 4 / SIDE;
        pixels.data[i] = (uint8_t)(i % 4 == 3 ? 255 : (x * (i % 4 + 1) + y * y / 64) % 256);
    }
    printf("tinythumb-encode-256 %.1f us -\n", measure(&pixels, &tiny, 0));
    printf("tinythumb-draw-8 %.2f us <=10\n", measure(&pixels, &tiny, 8));
    printf("tinythumb-draw-16 %.2f us <=10\n", measure(&pixels, &tiny, 16));
    free(pixels.data);
    return 0;
}
