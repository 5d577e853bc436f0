#include "pictures.h"

#include <math.h>
#include <stdbool.h>

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))
#define PI           3.14159265f

typedef struct vec {
    float x, y, z;
} vec;

static vec vec_add(vec a, vec b, float times)
{
    return (vec){a.x + b.x * times, a.y + b.y * times, a.z + b.z * times};
}

static float dot(vec a, vec b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static vec unit(vec a)
{
    float length = sqrtf(dot(a, a));
    return (vec){a.x / length, a.y / length, a.z / length};
}

/* The surface of a gas planet at a point of the unit sphere. */
static colour gas_bands(vec p, float turn)
{
    static const uint32_t bands[] = {0x8a5a3b, 0xe0b07a, 0xf6e2c0, 0xc98a5a,
                                     0xf1d3a3, 0xa9683f, 0xe9c79a, 0x7a4a33};
    float longitude = atan2f(p.x, p.z) + turn;
    /* Noise on a circle, so that the picture closes on itself after one turn. */
    float swirl = fbm(cosf(longitude) * 2.0f + 8.0f, sinf(longitude) * 2.0f + p.y * 9.0f, 5, 15);
    float spot = hypotf(fmodf(longitude + 5.0f * PI, 2.0f * PI) - 2.6f, (p.y - 0.28f) * 2.2f);
    colour c = ramp(bands, COUNT(bands), fract(p.y * 1.35f + 0.62f + 0.11f * (swirl - 0.5f)));
    return mix(c, hex(0xc2452d), 0.8f * smoothstep(0.42f, 0.26f, spot + 0.1f * swirl));
}

colour paint_ringed_planet(float x, float y, float aspect, float time)
{
    (void)time;
    colour c = mix(hex(0x05060f), hex(0x1a1236), fbm(x * 1.6f, y * 1.6f, 5, 1));
    c = add(c, scale(hex(0xdde6ff), stars(x * 26.0f, y * 26.0f, 0.05f, 0.55f, 2)));
    float dx = (x - aspect * 0.5f) / 0.27f, dy = (y - 0.5f) / 0.27f;
    const float tilt = 0.42f, flat = 0.30f;
    float rx = dx * cosf(tilt) + dy * sinf(tilt), ry = -dx * sinf(tilt) + dy * cosf(tilt);
    vec sun = unit((vec){-0.75f, -0.35f, 0.55f});
    float r2 = dx * dx + dy * dy;
    bool on_planet = r2 < 1.0f;
    if (on_planet) {
        vec p = {rx, ry, sqrtf(1.0f - r2)};
        float light = fmaxf(0.0f, dot((vec){dx, dy, p.z}, sun));
        c = scale(gas_bands(p, 1.0f), 0.03f + 1.12f * light);
        float band = hypotf(rx + 0.25f, (ry + 0.22f) / flat); /* the ring's shadow */
        c = scale(c, 1.0f - 0.55f * smoothstep(1.15f, 1.3f, band) * smoothstep(1.95f, 1.8f, band) *
                                (ry < 0.1f ? 1.0f : 0.0f));
    }
    float ring = hypotf(rx, ry / flat);
    if (ring > 1.28f && ring < 2.25f && !(on_planet && ry < 0.0f)) {
        float density = 0.35f + 0.65f * noise(ring * 24.0f, 0.0f, 4);
        density *= smoothstep(1.28f, 1.34f, ring) * smoothstep(2.25f, 2.2f, ring) *
                   (fabsf(ring - 1.86f) < 0.035f ? 0.12f : 1.0f);
        float shade = rx > 0.0f && ry < 0.0f && fabsf(dy * 0.62f + dx * 0.25f) < 0.52f ? 0.18f : 1.0f;
        c = mix(c, scale(mix(hex(0xd9b98a), hex(0xfff0d6), density), shade), 0.92f * density);
    }
    return c;
}

colour paint_nebula(float x, float y, float aspect, float time)
{
    (void)aspect, (void)time;
    float wx = fbm(x * 1.7f + 3.0f, y * 1.7f, 6, 5), wy = fbm(x * 1.7f, y * 1.7f + 7.0f, 6, 6);
    float gas = fbm(x * 1.6f + 2.3f * wx, y * 1.6f + 2.3f * wy, 7, 7);
    float dust = fbm(x * 3.1f + 1.7f * wy, y * 3.1f + 1.7f * wx, 6, 8);
    colour c = mix(hex(0x040412), hex(0x141a4a), smoothstep(0.30f, 0.6f, wx));
    c = add(c, scale(hex(0xd8336a), 1.10f * smoothstep(0.46f, 0.78f, gas)));
    c = add(c, scale(hex(0x2f8fd8), 0.95f * smoothstep(0.42f, 0.72f, wy) * smoothstep(0.35f, 0.6f, gas)));
    c = add(c, scale(hex(0xffd08a), 0.95f * smoothstep(0.58f, 0.76f, gas) * smoothstep(0.45f, 0.65f, wx)));
    c = scale(c, 1.05f - 0.85f * smoothstep(0.48f, 0.68f, dust));
    c = add(c, scale(hex(0xe6ecff), stars(x * 30.0f, y * 30.0f, 0.05f, 0.5f, 9)));
    return add(c, scale(hex(0xfff4e0), 1.6f * stars(x * 5.0f, y * 5.0f, 0.028f, 0.35f, 10)));
}

/* Petals in rings around a middle, on nothing: the edges are transparent. */
colour paint_flower(float x, float y, float aspect, float time)
{
    (void)time;
    static const uint32_t petals[] = {0xfff1c9, 0xffb3c1, 0xff5d8f, 0xb5179e, 0x7209b7};
    float dx = (x - aspect * 0.5f) * 2.1f, dy = (y - 0.5f) * 2.1f;
    float r = hypotf(dx, dy), angle = atan2f(dy, dx);
    colour c = {0, 0, 0, 0};
    for (int ring = 4; ring >= 0; ring--) {
        float count = 8.0f, reach = 0.34f + 0.155f * (float)ring;
        float at = (angle / (2.0f * PI) + 0.5f) * count + (ring % 2 ? 0.5f : 0.0f) + 0.11f * (float)ring;
        float across = 2.0f * fabsf(fract(at) - 0.5f);
        float tip = reach * powf(1.0f - powf(across, 2.6f), 0.42f);
        if (r > tip) {
            continue;
        }
        float along = r / reach;
        colour petal = ramp(petals, COUNT(petals), 0.22f * (float)ring + 0.35f * (1.0f - along));
        float vein = 0.93f + 0.07f * sinf((fract(at) - 0.5f) * 60.0f * (1.2f - 0.6f * along));
        float light = 0.62f + 0.45f * along - 0.28f * across * across + 0.10f * (fract(at) - 0.5f);
        c = scale(petal, vein * light);
        c.a = 1.0f;
        /* The ring above throws a soft shadow on this one. */
        float above = 0.34f + 0.155f * (float)(ring - 1);
        if (ring > 0) {
            c = scale(c, 0.72f + 0.28f * smoothstep(above * 0.93f, above + 0.10f, r));
        }
    }
    if (r < 0.17f) {
        float seed = noise(dx * 70.0f, dy * 70.0f, 11);
        c = scale(mix(hex(0x8a4b08), hex(0xffd23f), seed), 1.1f - 2.0f * r + 0.25f * (-dx - dy));
        c.a = 1.0f;
    }
    return c;
}

typedef struct ball {
    vec centre;
    float radius;
    uint32_t tint;
    float mirror; /* share of light it reflects as a mirror */
} ball;

static const ball balls[] = {
    {{-0.95f, 0.75f, 0.4f}, 0.75f, 0xe63946, 0.25f},  {{0.75f, 1.0f, 1.2f}, 1.0f, 0xf1faee, 0.75f},
    {{0.25f, 0.38f, -0.75f}, 0.38f, 0xf4a261, 0.15f}, {{-0.35f, 0.25f, -1.15f}, 0.25f, 0x2a9d8f, 0.2f},
    {{1.55f, 0.42f, -0.35f}, 0.42f, 0x457b9d, 0.3f},  {{-1.75f, 0.34f, -0.6f}, 0.34f, 0xffb703, 0.2f},
};

static vec sun_at(void)
{
    return unit((vec){-0.55f, 0.75f, -0.5f});
}

/* Distance to the nearest ball along a ray, and which; negative if it hits none. */
static float nearest_ball(vec from, vec along, int *which)
{
    float nearest = -1.0f;
    for (int i = 0; i < COUNT(balls); i++) {
        vec to = vec_add(from, balls[i].centre, -1.0f);
        float b = dot(to, along), d = b * b - dot(to, to) + balls[i].radius * balls[i].radius;
        float t = d > 0.0f ? -b - sqrtf(d) : -1.0f;
        if (t > 1e-3f && (nearest < 0.0f || t < nearest)) {
            nearest = t;
            *which = i;
        }
    }
    return nearest;
}

static colour sky(vec along)
{
    colour c = mix(hex(0xf7e6cf), hex(0x3d7ab8), powf(fmaxf(0.0f, along.y), 0.55f) * 1.15f);
    float sun = fmaxf(0.0f, dot(along, sun_at()));
    return add(c, scale(hex(0xfff1d0), 0.5f * powf(sun, 24.0f) + 3.0f * powf(sun, 900.0f)));
}

static float in_shadow(vec from)
{
    int which = 0;
    return nearest_ball(from, sun_at(), &which) > 0.0f ? 0.35f : 1.0f;
}

/* What a ray sees; mirrors are followed through `depth` more reflections. */
static colour trace(vec from, vec along, int depth)
{
    int which = 0;
    float t = nearest_ball(from, along, &which);
    if (t > 0.0f) {
        vec at = vec_add(from, along, t);
        vec normal = unit(vec_add(at, balls[which].centre, -1.0f));
        float light = fmaxf(0.0f, dot(normal, sun_at())) * in_shadow(at);
        colour c = scale(hex(balls[which].tint), 0.28f + 0.16f * normal.y + 0.72f * light);
        vec away = vec_add(along, normal, -2.0f * dot(along, normal));
        float rim = powf(1.0f + dot(along, normal), 4.0f);
        colour seen = depth > 0 ? trace(vec_add(at, normal, 2e-3f), away, depth - 1) : sky(away);
        c = mix(c, seen, balls[which].mirror + (1.0f - balls[which].mirror) * 0.6f * rim);
        return add(c, scale(hex(0xffffff), 0.9f * powf(fmaxf(0.0f, dot(away, sun_at())), 180.0f) * light));
    }
    if (along.y < 0.0f) {
        t = -from.y / along.y;
        vec at = vec_add(from, along, t);
        bool dark = ((int)floorf(at.x * 1.25f) + (int)floorf(at.z * 1.25f)) & 1;
        colour c = dark ? hex(0x6d6875) : hex(0xf0e6da);
        float contact = 1.0f;
        for (int i = 0; i < COUNT(balls); i++) {
            float d = hypotf(at.x - balls[i].centre.x, at.z - balls[i].centre.z) / balls[i].radius;
            contact *= 1.0f - 0.55f * expf(-d * d * 2.2f);
        }
        c = scale(c, contact * (0.25f + 0.75f * in_shadow(vec_add(at, (vec){0, 1, 0}, 1e-3f))));
        return mix(c, sky((vec){along.x, 0.0f, along.z}), 1.0f - expf(-t * t * 0.004f));
    }
    return sky(along);
}

colour paint_spheres(float x, float y, float aspect, float time)
{
    (void)time;
    vec eye = {0.15f, 1.35f, -5.2f};
    return trace(eye, unit((vec){(x - aspect * 0.5f) * 0.98f, 0.40f - y * 0.98f, 1.25f}), 4);
}

/* A sky with its sun far above 1: what a high dynamic range file is for. */
colour paint_bright_sky(float x, float y, float aspect, float time)
{
    (void)time;
    float to_sun = hypotf(x - aspect * 0.35f, y - 0.3f);
    colour c = mix(hex(0x2c6fb8), hex(0xf2dcc0), y);
    c = add(c, scale(rgb(1.0f, 0.85f, 0.6f),
                     40.0f * expf(-to_sun * to_sun * 900.0f) + 1.2f * expf(-to_sun * 5.0f)));
    float land = 0.78f - 0.08f * fbm(x * 3.0f, 1.0f, 5, 3);
    return y > land ? scale(hex(0x3a4a2f), 0.12f + 0.5f * fbm(x * 20.0f, y * 40.0f, 4, 4)) : c;
}

colour paint_turning_planet(float x, float y, float aspect, float time)
{
    float dx = (x - aspect * 0.5f) / 0.40f, dy = (y - 0.5f) / 0.40f, r2 = dx * dx + dy * dy;
    colour c = hex(0x0b0d1a);
    if (r2 < 1.0f) {
        vec p = {dx, dy, sqrtf(1.0f - r2)};
        float light = fmaxf(0.0f, dot(p, unit((vec){-0.6f, -0.4f, 0.7f})));
        c = scale(gas_bands(p, time * 2.0f * PI), 0.05f + 1.05f * light);
    }
    /* A moon goes round once in the same time; behind the planet it is hidden. */
    float angle = time * 2.0f * PI, mx = 1.12f * cosf(angle), my = 0.22f * sinf(angle);
    float moon = hypotf(dx - mx, dy - my) / 0.10f;
    if (moon < 1.0f && (sinf(angle) > 0.0f || r2 > 1.0f)) {
        c = scale(hex(0xd8dce6),
                  0.25f + 0.8f * fmaxf(0.0f, -0.6f * (dx - mx) / 0.1f - 0.4f * (dy - my) / 0.1f + 0.55f));
    }
    return c;
}

static float rounded_box(float x, float y, float half_width, float half_height, float radius)
{
    float qx = fabsf(x) - half_width + radius, qy = fabsf(y) - half_height + radius;
    return hypotf(fmaxf(qx, 0.0f), fmaxf(qy, 0.0f)) + fminf(fmaxf(qx, qy), 0.0f) - radius;
}

/* The program's icon, the same drawing as assets/desktop/org.vitrine.Vitrine.svg: a glass case with a
   picture behind and a cube in front. The numbers are the SVG's, in its 128 units. */
colour paint_icon(float x, float y, float aspect, float time)
{
    (void)aspect, (void)time;
    float u = x * 128.0f, v = y * 128.0f;
    colour c = {0, 0, 0, 0};
    if (rounded_box(u - 64, v - 64, 56, 56, 22) < 0.0f) {
        c = mix(hex(0x2b5fa8), hex(0x14284f), (v - 8) / 112.0f);
    }
    if (rounded_box(u - 64, v - 56, 40, 32, 6) < 0.0f) { /* the picture: sky, sun, two hills */
        c = mix(hex(0xffd9a0), hex(0xf08a6b), (v - 24) / 64.0f);
        c = hypotf(u - 84, v - 42) < 8.0f ? hex(0xfff6de) : c;
        c = v > 62.0f + 0.55f * fabsf(u - 46) - 12.0f ? hex(0x6a4c7d) : c;
        c = v > 74.0f + 0.45f * fabsf(u - 86) - 12.0f ? hex(0x3a335f) : c;
    }
    float cx = u - 64, cy = v - 84; /* the cube: three faces around its near corner */
    if (fabsf(cx) < 24.0f && fabsf(cy) < 28.0f - 0.5f * fabsf(cx)) {
        if (cy < -4.0f - 0.5f * fabsf(cx)) {
            c = hex(0xbff3e6);
        } else {
            c = cx < 0.0f ? hex(0x4cc9b0) : hex(0x1f8f83);
        }
    }
    return c;
}
