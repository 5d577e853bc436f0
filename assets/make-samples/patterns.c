#include "pictures.h"

#include <math.h>

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))
#define PI           3.14159265f

colour paint_julia(float x, float y, float aspect, float time)
{
    (void)time;
    static const uint32_t bands[] = {0x061a40, 0x0b4f8a, 0x2ec4b6, 0xfdf0d5,
                                     0xff9f1c, 0xb5179e, 0x3a0ca3, 0x061a40};
    float re = (x - aspect * 0.5f) * 2.9f, im = (y - 0.5f) * 2.5f;
    float turned = re * 0.9f - im * 0.43f;
    im = re * 0.43f + im * 0.9f;
    re = turned;
    float nearest = 1e9f;
    int n = 0;
    while (n < 220 && re * re + im * im < 256.0f) {
        float next = re * re - im * im - 0.7269f;
        im = 2.0f * re * im + 0.1889f;
        re = next;
        nearest = fminf(nearest, fabsf(re * im));
        n++;
    }
    if (n == 220) {
        return mix(hex(0xfdf0d5), hex(0x061a40), nearest * 30.0f);
    }
    float smooth = (float)n + 1.0f - log2f(0.5f * logf(re * re + im * im) / logf(16.0f) + 1.0f);
    return ramp(bands, COUNT(bands), fract(powf(smooth / 90.0f, 0.62f) * 1.6f));
}

/* The nearest and second nearest of one random point per cell: distances and the cell of the nearest. */
static void cells(float x, float y, uint32_t seed, float *first, float *second, int *cx, int *cy)
{
    *first = *second = 9.0f;
    int bx = (int)floorf(x), by = (int)floorf(y);
    for (int j = by - 1; j <= by + 1; j++) {
        for (int i = bx - 1; i <= bx + 1; i++) {
            float d = hypotf((float)i + hash2(i, j, seed) - x, (float)j + hash2(i, j, seed + 1) - y);
            if (d < *first) {
                *second = *first;
                *first = d;
                *cx = i;
                *cy = j;
            } else if (d < *second) {
                *second = d;
            }
        }
    }
}

colour paint_stained_glass(float x, float y, float aspect, float time)
{
    (void)time;
    static const uint32_t glass[] = {0x0d3b66, 0x1d7874, 0x2a9d8f, 0xe9c46a,
                                     0xf4a261, 0xe76f51, 0x9b2226, 0x5f0f40};
    float dx = x - aspect * 0.5f, dy = y - 0.5f;
    float r = hypotf(dx, dy), angle = atan2f(dy, dx) / (2.0f * PI) + 0.5f;
    float first, second;
    int cx = 0, cy = 0;
    cells(x * 11.0f, y * 11.0f, 7, &first, &second, &cx, &cy);
    float tone = hash2(cx, cy, 9) * 0.45f + r * 0.9f;
    float lead = smoothstep(0.05f, 0.075f, second - first);
    if (r < 0.34f) { /* a rose window: petals around the middle */
        float ring = r < 0.09f ? 0.0f : r < 0.21f ? 1.0f : 2.0f;
        float count = ring < 0.5f ? 8.0f : ring < 1.5f ? 12.0f : 24.0f;
        float at = angle * count + 0.5f * fmodf(ring, 2.0f);
        float side = fabsf(fract(at) - 0.5f) / count * 2.0f * PI * r;
        float inner = ring < 0.5f   ? 9.0f
                      : ring < 1.5f ? fminf(r - 0.09f, 0.21f - r)
                                    : fminf(r - 0.21f, 0.34f - r);
        float edge = 0.5f / count * 2.0f * PI * r - side;
        tone = hash2((int)floorf(at) % (int)count % 3, (int)ring, 12) * 0.8f + 0.16f * ring;
        lead = smoothstep(0.004f, 0.008f, fminf(edge, fminf(inner, ring < 0.5f ? 0.09f - r : 9.0f)));
    }
    colour c = ramp(glass, COUNT(glass), fract(tone * 1.3f));
    float grain = fbm(x * 24.0f, y * 24.0f, 4, 14);
    c = scale(c, 0.75f + 0.45f * grain + 0.55f * expf(-r * 3.5f));
    return mix(hex(0x15130f), c, lead);
}

colour paint_agate(float x, float y, float aspect, float time)
{
    (void)time;
    static const uint32_t stone[] = {0x0b2545, 0x13518a, 0x5fa8d3, 0xd9ecf7,
                                     0xf7e1c3, 0xc97b4a, 0x6b2d1a, 0x2a0f0a};
    float wx = fbm(x * 2.0f, y * 2.0f, 5, 21), wy = fbm(x * 2.0f + 9.0f, y * 2.0f, 5, 22);
    float r = hypotf(x - aspect * 0.46f + 0.42f * (wx - 0.5f), (y - 0.54f + 0.42f * (wy - 0.5f)) * 1.2f);
    float bands = r * 1.9f + 0.08f * noise(r * 26.0f, 1.0f, 23);
    float fine = 0.5f + 0.5f * sinf(bands * 92.0f + 5.0f * wx);
    colour c = ramp(stone, COUNT(stone), 1.0f - bands * 0.95f + 0.06f * fine);
    float crystal = fbm(x * 40.0f, y * 40.0f, 3, 24);
    if (r < 0.11f) {
        c = mix(c, mix(hex(0xb9d7ea), hex(0xffffff), smoothstep(0.45f, 0.65f, crystal)),
                smoothstep(0.11f, 0.09f, r));
    }
    return scale(c, 0.93f + 0.10f * fine);
}

/* Distance to the nearest of the two quarter circles of a Truchet tile. */
static float truchet(float x, float y, uint32_t seed)
{
    int cx = (int)floorf(x), cy = (int)floorf(y);
    float fx = x - (float)cx, fy = y - (float)cy;
    if (hash2(cx, cy, seed) > 0.5f) {
        fx = 1.0f - fx;
    }
    return fminf(fabsf(hypotf(fx, fy) - 0.5f), fabsf(hypotf(1.0f - fx, 1.0f - fy) - 0.5f));
}

colour paint_tiles(float x, float y, float aspect, float time)
{
    (void)aspect, (void)time;
    float at = truchet(x * 8.0f, y * 8.0f, 32), fine = truchet(x * 16.0f, y * 16.0f, 33);
    colour c = hex(0xf4efe6);
    c = mix(c, hex(0xd8cfbf), smoothstep(0.06f, 0.04f, fine));
    c = mix(c, hex(0x264653), smoothstep(0.215f, 0.20f, at));
    c = mix(c, hex(0x2a9d8f), smoothstep(0.165f, 0.15f, at));
    c = mix(c, hex(0xe9c46a), smoothstep(0.085f, 0.07f, at));
    return mix(c, hex(0xe76f51), smoothstep(0.030f, 0.015f, at));
}

colour paint_paper_waves(float x, float y, float aspect, float time)
{
    (void)aspect, (void)time;
    static const uint32_t paper[] = {0xfbeee0, 0xf7d6bf, 0xf2a59d, 0xc8709a,
                                     0x7d5ba6, 0x3f4e8c, 0x1e3a5f, 0x0b2239};
    colour c = hex(paper[0]);
    float shadow = 0.0f;
    for (int i = 1; i < COUNT(paper); i++) {
        float k = (float)i;
        float top =
            k / 8.4f + 0.045f * sinf(x * (4.2f + 0.5f * k) + k * 1.9f) + 0.03f * sinf(x * 9.0f - k * 2.3f);
        if (y > top) {
            c = hex(paper[i]);
            c = scale(c, 1.0f + 0.05f * (fbm(x * 120.0f, y * 120.0f, 2, 41) - 0.5f));
            c = mix(c, hex(0xffffff), 0.22f * smoothstep(0.006f, 0.0f, y - top));
            shadow = 0.0f;
        } else {
            /* Each sheet throws a shadow on those behind it. */
            shadow = fmaxf(shadow, 0.40f * expf(-(top - y) * 26.0f) * (top - y < 0.2f ? 1.0f : 0.0f));
            if (top - y < 0.2f) {
                break;
            }
        }
    }
    return scale(c, 1.0f - shadow);
}

colour paint_contour_map(float x, float y, float aspect, float time)
{
    (void)aspect, (void)time;
    static const uint32_t land[] = {0x3d7ea6, 0x8cc0d6, 0xe8e4c9, 0xb5cf9b,
                                    0x8fb573, 0xc9b37e, 0xa87f5b, 0xf2f2f2};
    float height = fbm(x * 2.6f + 4.0f, y * 2.6f, 6, 51) * 1.9f - 0.45f;
    float level = clamp01(height) * 14.0f;
    colour c = ramp(land, COUNT(land), floorf(level) / 14.0f);
    float slope = fbm(x * 2.6f + 4.02f, y * 2.6f + 0.02f, 6, 51) * 1.9f - 0.45f - height;
    c = scale(c, 1.0f + clamp01(slope * 9.0f + 0.5f) * 0.3f - 0.15f);
    float line = fabsf(fract(level + 0.5f) - 0.5f);
    return mix(scale(c, 0.62f), c, smoothstep(0.03f, 0.10f, line));
}

colour paint_line_rose(float x, float y, float aspect, float time)
{
    (void)time;
    float dx = (x - aspect * 0.5f) * 2.2f, dy = (y - 0.5f) * 2.2f;
    float r = hypotf(dx, dy), angle = atan2f(dy, dx);
    colour c = hex(0xfaf3e3);
    static const uint32_t inks[] = {0x1d3557, 0xc1121f, 0x457b9d};
    for (int i = 0; i < 24; i++) {
        float petal = fabsf(cosf(2.5f * angle + (float)i * 0.13f)) * (0.25f + 0.031f * (float)i);
        float line = fabsf(r - petal - 0.02f * (float)(i % 3));
        c = mix(hex(inks[i % 3]), c, smoothstep(0.002f, 0.006f, line));
    }
    return mix(hex(0x1d3557), c, smoothstep(0.004f, 0.010f, fabsf(r - 1.03f)));
}

colour paint_ink(float x, float y, float aspect, float time)
{
    (void)aspect, (void)time;
    float wx = fbm(x * 2.4f, y * 2.4f, 5, 61), wy = fbm(x * 2.4f + 5.0f, y * 2.4f + 1.0f, 5, 62);
    float smoke = fbm(x * 2.0f + 2.6f * wx, y * 2.0f + 2.6f * wy, 6, 63);
    float edge = 1.0f - fabsf(2.0f * smoke - 1.0f);
    return scale(rgb(1.0f, 1.0f, 1.0f), 0.06f + 0.94f * powf(edge, 3.2f));
}
