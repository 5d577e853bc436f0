#include "paint.h"

#include <math.h>
#include <stdlib.h>

colour rgb(float r, float g, float b)
{
    return (colour){r, g, b, 1.0f};
}

colour hex(uint32_t value)
{
    return rgb((float)(value >> 16 & 255) / 255.0f, (float)(value >> 8 & 255) / 255.0f,
               (float)(value & 255) / 255.0f);
}

float clamp01(float value)
{
    return fminf(fmaxf(value, 0.0f), 1.0f);
}

colour mix(colour a, colour b, float t)
{
    t = clamp01(t);
    return (colour){a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t,
                    a.a + (b.a - a.a) * t};
}

colour ramp(const uint32_t *colours, int count, float t)
{
    float at = clamp01(t) * (float)(count - 1);
    int i = (int)at;
    return i >= count - 1 ? hex(colours[count - 1])
                          : mix(hex(colours[i]), hex(colours[i + 1]), at - (float)i);
}

colour scale(colour c, float factor)
{
    return (colour){c.r * factor, c.g * factor, c.b * factor, c.a};
}

colour add(colour a, colour b)
{
    return (colour){a.r + b.r, a.g + b.g, a.b + b.b, a.a};
}

float smoothstep(float from, float to, float value)
{
    float t = clamp01((value - from) / (to - from));
    return t * t * (3.0f - 2.0f * t);
}

float fract(float value)
{
    return value - floorf(value);
}

float hash2(int x, int y, uint32_t seed)
{
    uint32_t h = (uint32_t)x * 0x9E3779B1u ^ (uint32_t)y * 0x85EBCA77u ^ seed * 0xC2B2AE3Du;
    h = (h ^ h >> 15) * 0x2C1B3C6Du;
    h = (h ^ h >> 12) * 0x297A2D39u;
    return (float)((h ^ h >> 15) >> 8) / 16777216.0f;
}

float noise(float x, float y, uint32_t seed)
{
    float cx = floorf(x), cy = floorf(y);
    float fx = x - cx, fy = y - cy;
    float u = fx * fx * fx * (fx * (fx * 6.0f - 15.0f) + 10.0f);
    float v = fy * fy * fy * (fy * (fy * 6.0f - 15.0f) + 10.0f);
    int ix = (int)cx, iy = (int)cy;
    float top = hash2(ix, iy, seed) * (1.0f - u) + hash2(ix + 1, iy, seed) * u;
    float bottom = hash2(ix, iy + 1, seed) * (1.0f - u) + hash2(ix + 1, iy + 1, seed) * u;
    return top * (1.0f - v) + bottom * v;
}

float fbm(float x, float y, int octaves, uint32_t seed)
{
    float sum = 0.0f, weight = 0.5f, total = 0.0f;
    for (int i = 0; i < octaves; i++) {
        sum += weight * noise(x, y, seed + (uint32_t)i);
        total += weight;
        weight *= 0.5f;
        /* Turned a little each time, so that the lattice does not show. */
        float turned = x * 1.6f + y * 1.2f;
        y = y * 1.6f - x * 1.2f;
        x = turned;
    }
    return sum / total;
}

float stars(float x, float y, float size, float density, uint32_t seed)
{
    float light = 0.0f;
    int cx = (int)floorf(x), cy = (int)floorf(y);
    for (int j = -1; j <= 1; j++) {
        for (int i = -1; i <= 1; i++) {
            if (hash2(cx + i, cy + j, seed) > density) {
                continue;
            }
            float dx = x - (float)(cx + i) - hash2(cx + i, cy + j, seed + 1);
            float dy = y - (float)(cy + j) - hash2(cx + i, cy + j, seed + 2);
            float bright = hash2(cx + i, cy + j, seed + 3);
            light += bright * bright * expf(-(dx * dx + dy * dy) / (size * size * (0.3f + bright)));
        }
    }
    return light;
}

/* The average of samples * samples points of one pixel; colours weigh by their alpha. */
static colour sample(painter paint_point, int column, int row, int width, int height, int samples, float time)
{
    float aspect = (float)width / (float)height;
    colour sum = {0, 0, 0, 0};
    for (int j = 0; j < samples; j++) {
        for (int i = 0; i < samples; i++) {
            float x = ((float)column + ((float)i + 0.5f) / (float)samples) / (float)height;
            float y = ((float)row + ((float)j + 0.5f) / (float)samples) / (float)height;
            colour c = paint_point(x, y, aspect, time);
            sum.r += c.r * c.a;
            sum.g += c.g * c.a;
            sum.b += c.b * c.a;
            sum.a += c.a;
        }
    }
    if (sum.a > 0.0f) {
        sum.r /= sum.a;
        sum.g /= sum.a;
        sum.b /= sum.a;
    }
    sum.a /= (float)(samples * samples);
    return sum;
}

static uint8_t byte_of(float value)
{
    return (uint8_t)(clamp01(value) * 255.0f + 0.5f);
}

uint8_t *paint(painter paint_point, int width, int height, int samples, float time)
{
    uint8_t *pixels = malloc((size_t)width * (size_t)height * 4);
    if (!pixels) {
        return NULL;
    }
    uint8_t *to = pixels;
    for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
            colour c = sample(paint_point, column, row, width, height, samples, time);
            *to++ = byte_of(c.r);
            *to++ = byte_of(c.g);
            *to++ = byte_of(c.b);
            *to++ = byte_of(c.a);
        }
    }
    return pixels;
}

float *paint_float(painter paint_point, int width, int height, int samples)
{
    float *pixels = malloc((size_t)width * (size_t)height * 3 * sizeof *pixels);
    if (!pixels) {
        return NULL;
    }
    float *to = pixels;
    for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
            colour c = sample(paint_point, column, row, width, height, samples, 0.0f);
            *to++ = c.r;
            *to++ = c.g;
            *to++ = c.b;
        }
    }
    return pixels;
}
