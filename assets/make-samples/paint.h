/*
 * Procedural painting: a picture is a function from a point to a colour, sampled several times per pixel.
 *
 * Coordinates: x runs from 0 to width/height, y from 0 (top) to 1. Colours are sRGB-encoded floats, 0 to 1,
 * with straight alpha; painters mix them as they are, as a painter's eye does.
 */
#ifndef VT_MAKE_SAMPLES_PAINT_H
#define VT_MAKE_SAMPLES_PAINT_H

#include <stdint.h>

typedef struct colour {
    float r, g, b, a;
} colour;

/* `aspect` is width/height; `time` runs from 0 to 1 over a sequence and is 0 for single pictures. */
typedef colour (*painter)(float x, float y, float aspect, float time);

/* `width` * `height` RGBA bytes, straight alpha, rows from the top; free(). NULL when memory runs out.
   `samples` * `samples` points are averaged per pixel. */
uint8_t *paint(painter paint_point, int width, int height, int samples, float time);

/* The same unclipped and opaque, as RGB floats, for high dynamic range. */
float *paint_float(painter paint_point, int width, int height, int samples);

colour rgb(float r, float g, float b);
/* 0xRRGGBB */
colour hex(uint32_t value);
/* From `a` to `b` as t goes from 0 to 1; t is clamped. */
colour mix(colour a, colour b, float t);
/* `count` colours at equal distances, t clamped to 0 .. 1. */
colour ramp(const uint32_t *colours, int count, float t);
colour scale(colour c, float factor);
colour add(colour a, colour b);

float clamp01(float value);
/* 0 below `from`, 1 above `to`, smooth between; `from` > `to` turns it round. */
float smoothstep(float from, float to, float value);
float fract(float value);

/* A number in 0 .. 1 that depends on (x, y, seed) alone. */
float hash2(int x, int y, uint32_t seed);
/* Smooth noise in 0 .. 1 with features of size 1. */
float noise(float x, float y, uint32_t seed);
/* `octaves` of noise, each finer and fainter than the one before, in 0 .. 1. */
float fbm(float x, float y, int octaves, uint32_t seed);

/* A star field: brightness at a point, stars of about `size`, `density` of the cells filled. */
float stars(float x, float y, float size, float density, uint32_t seed);

#endif
