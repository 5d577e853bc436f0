#include "pictures.h"

#include <math.h>

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

/* The outline of a mountain range: height at x, sharper for near ranges. */
static float ridge(float x, float roughness, uint32_t seed)
{
    float height = 0.0f, weight = 0.5f, frequency = 1.0f;
    for (int i = 0; i < 7; i++) {
        float n = 1.0f - fabsf(2.0f * noise(x * frequency, 0.5f, seed + (uint32_t)i) - 1.0f);
        height += weight * n * n;
        weight *= roughness;
        frequency *= 2.1f;
    }
    return height;
}

colour paint_mountains_at_dawn(float x, float y, float aspect, float time)
{
    (void)time;
    static const uint32_t sky[] = {0x2b3a67, 0x6b5b95, 0xd98e8a, 0xf7c59f, 0xfde8c9};
    static const uint32_t far_to_near[] = {0xd9a79c, 0xa57f92, 0x755f80, 0x483f63, 0x272848, 0x12162c};
    float sun_x = aspect * 0.62f, sun_y = 0.44f;
    float to_sun = hypotf(x - sun_x, y - sun_y);
    colour c = ramp(sky, COUNT(sky), y * 1.65f);
    c = add(c, scale(hex(0xffd9a0), 0.75f * expf(-to_sun * to_sun * 14.0f)));
    c = mix(c, hex(0xfffbea), smoothstep(0.052f, 0.047f, to_sun));
    float cloud = fbm(x * 2.2f, y * 9.0f, 5, 40);
    c = mix(c, hex(0xffd6c2), 0.55f * smoothstep(0.52f, 0.75f, cloud) * smoothstep(0.5f, 0.1f, y));
    for (int i = 0; i < COUNT(far_to_near); i++) {
        float depth = (float)i / (float)(COUNT(far_to_near) - 1);
        float base = 0.50f + 0.46f * depth;
        float top = base - (0.34f - 0.16f * depth) *
                               ridge(x * (0.8f + depth) + (float)i * 7.3f, 0.45f, 70 + (uint32_t)i);
        if (y > top) {
            colour rock = hex(far_to_near[i]);
            /* Mist gathers at the foot of each range. */
            float mist = smoothstep(0.0f, 0.26f, y - top) * (1.0f - depth) * 0.85f;
            rock = mix(rock, hex(0xf3c9b1), mist * (0.7f + 0.3f * fbm(x * 3.0f, y * 6.0f, 4, 12)));
            rock = add(rock, scale(hex(0xffb88a), 0.35f * (1.0f - depth) * expf(-to_sun * 4.0f)));
            c = rock;
        }
    }
    return c;
}

colour paint_aurora(float x, float y, float aspect, float time)
{
    (void)time;
    static const uint32_t sky[] = {0x050a1f, 0x0b1b3a, 0x123a52};
    colour c = ramp(sky, COUNT(sky), y * 1.5f);
    c = add(c, scale(hex(0xdfe9ff), stars(x * 42.0f, y * 42.0f, 0.055f, 0.6f, 5)));
    for (int i = 0; i < 3; i++) {
        float band = 0.36f + 0.07f * (float)i +
                     0.16f * (fbm(x * 1.3f + (float)i * 5.0f, 0.3f, 4, 20) - 0.5f) +
                     0.04f * sinf(x * 5.0f + (float)i * 2.0f);
        float above = band - y;
        float rays = 0.45f + 0.75f * noise(x * 34.0f + 3.0f * noise(x * 6.0f, y, 3), (float)i, 21);
        float glow = above > 0.0f ? expf(-above * 7.5f) : expf(above * 60.0f);
        colour curtain = mix(hex(0x2bff9a), hex(0x9a4dff), above * 4.2f);
        float along = 0.35f + 0.65f * smoothstep(0.25f, 0.65f, noise(x * 1.1f + (float)i, 3.0f, 22));
        c = add(c, scale(curtain, 0.62f * glow * rays * along));
    }
    float shore = 0.71f;
    float hills = shore - 0.30f * ridge(x * 0.9f + 2.0f, 0.46f, 90) *
                              smoothstep(0.0f, 0.6f, fabsf(x - aspect * 0.52f) + 0.22f);
    if (y > hills) {
        c = mix(hex(0x071120), hex(0x0d2233), smoothstep(hills, shore, y));
        float snow =
            smoothstep(0.055f, 0.0f, y - hills) * smoothstep(0.45f, 0.65f, fbm(x * 22.0f, y * 22.0f, 4, 7));
        c = mix(c, hex(0x6fb3a8), 0.55f * snow);
    }
    if (y > shore) { /* the lake mirrors the light, drawn out by its ripples */
        float ripple = 0.35f + 0.65f * noise(x * 6.0f, (y - shore) * 150.0f / (0.4f + y), 8);
        float deep = smoothstep(1.0f, shore, y);
        float path = 0.35f + 0.65f * smoothstep(0.2f, 0.7f, noise(x * 1.4f, 3.0f, 22));
        c = add(hex(0x04101f), scale(hex(0x1fbf86), 0.42f * ripple * deep * path));
    }
    return c;
}

colour paint_evening_sea(float x, float y, float aspect, float time)
{
    (void)time;
    static const uint32_t sky[] = {0x1f2a5a, 0x51417f, 0xb0517a, 0xf0805a, 0xffc46b};
    float horizon = 0.56f, sun_x = aspect * 0.5f;
    if (y < horizon) {
        float to_sun = hypotf(x - sun_x, y - (horizon - 0.07f));
        colour c = ramp(sky, COUNT(sky), y / horizon);
        float cloud = fbm(x * 1.5f + 0.6f * fbm(x * 3.0f, y * 8.0f, 4, 1), y * 8.0f, 6, 30);
        c = mix(c, mix(hex(0x5b3a6b), hex(0xffb37a), smoothstep(0.2f, 0.52f, y)),
                0.8f * smoothstep(0.47f, 0.72f, cloud));
        c = add(c, scale(hex(0xff9d4d), 0.6f * expf(-to_sun * 5.5f)));
        return mix(c, hex(0xfff3cf), smoothstep(0.076f, 0.070f, to_sun));
    }
    float depth = 1.0f / (y - horizon + 0.018f);
    float wave = fbm(x * depth * 0.55f, depth * 2.6f, 5, 31) - 0.5f;
    float swell = sinf(depth * 3.4f + 5.0f * wave + x * 3.0f);
    colour c =
        mix(hex(0xd4776a), hex(0x1b2450), smoothstep(horizon, 1.0f, y + 0.12f * swell * (y - horizon)));
    c = add(c, scale(hex(0x3a4a80), 0.28f * wave + 0.07f * swell));
    float path = fabsf(x - sun_x) / (0.05f + 0.34f * (y - horizon));
    float glitter = smoothstep(0.48f, 0.62f, fbm(x * depth * 0.8f, depth * 5.0f, 4, 33));
    c = add(c, scale(hex(0xffb45e), 1.15f * glitter * expf(-path * path * 1.4f)));
    return c;
}

colour paint_dunes(float x, float y, float aspect, float time)
{
    (void)time;
    static const uint32_t sky[] = {0x2f6fb0, 0x7fb3d8, 0xf3dcb8};
    colour c = ramp(sky, COUNT(sky), y * 2.3f);
    c = mix(c, hex(0xfff6e0),
            0.7f * smoothstep(0.55f, 0.8f, fbm(x * 1.3f, y * 5.0f, 5, 3)) * smoothstep(0.4f, 0.1f, y));
    for (int i = 0; i < 5; i++) {
        float depth = (float)i / 4.0f;
        float drift = x * (1.7f - 0.7f * depth) + (float)i * 3.1f;
        float top = 0.37f + 0.40f * depth * depth + 0.12f * depth +
                    0.10f * (noise(drift, (float)i, 50) - 0.5f) + 0.03f * sinf(drift * 2.0f);
        if (y < top) {
            continue;
        }
        /* The crest winds down towards us: left of it the sun, right of it shadow. */
        float below = y - top;
        float crest = fract(drift * 0.55f + 0.12f * sinf(below * 9.0f + (float)i));
        float edge = 0.30f + 1.0f * below;
        float lit = smoothstep(edge + 0.012f, edge - 0.012f, crest) + 0.75f * smoothstep(0.80f, 1.0f, crest);
        colour sunny = mix(hex(0xf6c98a), hex(0xe08a3c), depth * 0.85f + below);
        colour shade = mix(hex(0xb98a7a), hex(0x6a3a35), depth);
        float ripples =
            sinf((x * 34.0f + below * 190.0f / (0.5f + depth) + 6.0f * fbm(x * 5.0f, y * 9.0f, 3, 52)));
        c = mix(shade, sunny, lit);
        c = scale(c, 1.0f + 0.045f * depth * ripples + 0.05f * (fbm(x * 90.0f, y * 90.0f, 2, 53) - 0.5f));
        c = mix(c, hex(0xf3dcb8), 0.55f * (1.0f - depth) * (1.0f - smoothstep(0.0f, 0.12f, below) * 0.4f));
    }
    (void)aspect;
    return c;
}

/* One trunk's bark at a point `across` (-1 .. 1) it. */
static colour bark(float across, float y, float depth, uint32_t seed)
{
    float light = 0.58f + 0.42f * sqrtf(fmaxf(0.0f, 1.0f - across * across)) - 0.22f * across;
    colour c = scale(hex(0xf1ede2), light);
    float scar = fbm(across * 1.2f, y * 38.0f, 3, seed);
    float eye = noise(across * 0.7f + 4.0f, y * 9.0f, seed + 9);
    c = mix(c, hex(0x2a2622), smoothstep(0.62f, 0.70f, scar) * 0.85f);
    c = mix(c, hex(0x1d1a18), smoothstep(0.80f, 0.88f, eye) * (1.0f - across * across));
    return mix(c, hex(0xcfd8a0), 0.75f * (1.0f - depth));
}

colour paint_birch_wood(float x, float y, float aspect, float time)
{
    (void)aspect, (void)time;
    float leaves = fbm(x * 7.0f, y * 7.0f, 6, 60);
    float glow = expf(-((x - 0.30f) * (x - 0.30f) * 6.0f + (y - 0.42f) * (y - 0.42f) * 4.0f));
    colour c = mix(hex(0x5d7a35), hex(0xe8d66a), smoothstep(0.3f, 0.7f, leaves) * 0.7f + 0.25f * glow);
    c = add(c, scale(hex(0xfff0a8), 0.55f * glow));
    float ground = 0.80f + 0.03f * noise(x * 5.0f, 1.0f, 61);
    if (y > ground) {
        float fallen = fbm(x * 26.0f, y * 40.0f, 4, 62);
        c = mix(hex(0x6b4a22), hex(0xd9932f), smoothstep(0.35f, 0.68f, fallen));
        c = scale(c, 1.15f - 1.2f * (y - ground));
    }
    for (int layer = 0; layer < 4; layer++) {
        float depth = (float)layer / 3.0f;
        float spacing = 0.075f + 0.15f * depth, lean = 0.05f * (noise((float)layer, 2.0f, 63) - 0.5f);
        float foot = 0.80f + 0.17f * depth;
        float at = x / spacing + (float)layer * 0.37f + lean * (1.0f - y) / spacing;
        float cell = floorf(at);
        float middle = 0.5f + 0.4f * (hash2((int)cell, layer, 64) - 0.5f) + 0.04f * sinf(y * 7.0f + cell);
        float half =
            (0.10f + 0.06f * hash2((int)cell, layer, 65)) * (1.0f + 0.25f * smoothstep(foot - 0.1f, foot, y));
        float across = (at - cell - middle) / half;
        if (fabsf(across) < 1.0f && y < foot + 0.006f * (1.0f - across * across) &&
            hash2((int)cell, layer, 66) > 0.22f) {
            c = bark(across, y + cell, 0.25f + 0.75f * depth, 67 + (uint32_t)cell * 13u);
        }
    }
    float near_leaves =
        0.62f * fbm(x * 9.0f + 3.0f, y * 9.0f, 4, 68) + 0.38f * fbm(x * 55.0f, y * 55.0f, 3, 70);
    float canopy =
        smoothstep(0.545f, 0.575f, near_leaves + 0.25f * (0.30f - y)) * smoothstep(0.60f, 0.40f, y);
    c = mix(c, mix(hex(0x9a6a12), hex(0xffdf5f), smoothstep(0.3f, 0.7f, fbm(x * 70.0f, y * 70.0f, 3, 69))),
            canopy);
    return c;
}

/* One row of houses: true inside; `c` gets the wall or a window. */
static void street(colour *c, float x, float y, float width, float lowest, float highest, colour wall,
                   uint32_t seed)
{
    int house = (int)floorf(x / width);
    float height = lowest + (highest - lowest) * hash2(house, 1, seed);
    float inside = fract(x / width), foot = 0.86f;
    if (hash2(house, 4, seed) > 0.7f && fabsf(inside - 0.5f) < 0.02f) {
        height += 0.07f; /* a mast */
    }
    float up = foot - y;
    if (up < 0.0f || up > height || inside > 0.94f) {
        return;
    }
    *c = mix(wall, scale(wall, 0.55f), up / height);
    float columns = 4.0f + floorf(hash2(house, 2, seed) * 4.0f), rows = height * 44.0f;
    float wx = inside / 0.94f * columns, wy = up / height * rows;
    int ix = (int)floorf(wx), iy = (int)floorf(wy);
    float lamp = hash2(ix + house * 31, iy, seed + 7);
    if (fabsf(fract(wx) - 0.5f) < 0.27f && fabsf(fract(wy) - 0.5f) < 0.27f && lamp > 0.55f &&
        wy < rows - 0.9f) {
        *c = mix(mix(hex(0xffb84d), hex(0xfff0c0), hash2(ix, iy + house, seed + 8)), hex(0x8fd0ff),
                 lamp > 0.95f ? 0.8f : 0.0f);
        *c = scale(*c, 0.55f + lamp * 0.45f);
    }
}

static colour city(float x, float y, float aspect)
{
    static const uint32_t sky[] = {0x0a1030, 0x1f2355, 0x5a3a78, 0xc0607f};
    float to_moon = hypotf(x - aspect * 0.76f, y - 0.22f);
    colour c = ramp(sky, COUNT(sky), y * 1.25f);
    c = add(c, scale(hex(0xe8f0ff),
                     0.9f * stars(x * 34.0f, y * 34.0f, 0.05f, 0.4f, 80) * smoothstep(0.6f, 0.2f, y)));
    c = add(c, scale(hex(0xcfd8ff), 0.35f * expf(-to_moon * 9.0f)));
    float seas = fbm(x * 14.0f, y * 14.0f, 4, 81);
    c = mix(c, mix(hex(0xfff8e6), hex(0xc9c2b8), smoothstep(0.42f, 0.62f, seas)),
            smoothstep(0.082f, 0.078f, to_moon));
    street(&c, x + 0.3f, y, 0.071f, 0.20f, 0.52f, hex(0x3a2f66), 82);
    street(&c, x + 0.1f, y, 0.093f, 0.14f, 0.40f, hex(0x231f4c), 83);
    street(&c, x, y, 0.124f, 0.06f, 0.25f, hex(0x12122e), 84);
    return c;
}

colour paint_city_at_night(float x, float y, float aspect, float time)
{
    (void)time;
    float water = 0.86f;
    if (y < water) {
        return city(x, y, aspect);
    }
    float down = y - water;
    float shiver = (noise(x * 9.0f, down * 160.0f, 85) - 0.5f) * 0.05f * (0.3f + down * 6.0f);
    colour c = city(x + shiver, water - down * 2.4f - 0.02f * noise(x * 20.0f, down * 90.0f, 86), aspect);
    return mix(c, hex(0x0b0f2a), 0.42f + 1.6f * down);
}

/* A hot-air balloon at (cx, cy): envelope with gores, basket and ropes. */
static void balloon(colour *c, float x, float y, float cx, float cy, float r, const uint32_t *stripes,
                    int count)
{
    float dx = (x - cx) / r, dy = (y - cy) / r;
    float taper = dy > 0.0f ? 1.0f - 0.36f * dy * dy : 1.0f;
    float half = taper * sqrtf(fmaxf(0.0f, 1.0f - dy * dy * (dy > 0.0f ? 0.62f : 1.0f)));
    if (dy < 1.22f && dy > -1.0f && fabsf(dx) < half) {
        float across = dx / half;
        float gore = asinf(across) * 3.8f + 100.0f;
        colour cloth = hex(stripes[(int)floorf(gore) % count]);
        float light = 0.80f - 0.42f * across - 0.25f * dy;
        float seam = fabsf(fract(gore) - 0.5f);
        *c = scale(cloth, clamp01(light) * (0.86f + 0.14f * smoothstep(0.5f, 0.36f, seam)) + 0.16f);
        return;
    }
    float rope_half = 0.30f - 0.12f * (dy - 1.2f) / 0.42f;
    if (dy > 1.18f && dy < 1.64f && fabsf(fabsf(dx) - rope_half) < 0.018f) {
        *c = hex(0x4a3626);
    }
    if (dy > 1.62f && dy < 1.90f && fabsf(dx) < 0.19f) {
        float weave = 0.85f + 0.15f * sinf(dx * 90.0f) * sinf(dy * 90.0f);
        *c = scale(hex(0x8a5a2c), weave * (1.0f - 0.9f * dx));
    }
}

colour paint_balloons(float x, float y, float aspect, float time)
{
    (void)time;
    static const uint32_t sky[] = {0x2a78c8, 0x6fb4e8, 0xcfe8f7};
    static const uint32_t warm[] = {0xd7263d, 0xf46036, 0xf9c846};
    static const uint32_t cool[] = {0x1b998b, 0x2e294e, 0xf5f0e1};
    static const uint32_t violet[] = {0x7b2cbf, 0xff9ebb, 0xffffff};
    colour c = ramp(sky, COUNT(sky), y * 1.1f);
    float cloud = fbm(x * 2.6f + 1.5f, y * 3.8f, 6, 11);
    float under = fbm(x * 2.6f + 1.5f, y * 3.8f - 0.10f, 6, 11);
    float cover = smoothstep(0.50f, 0.66f, cloud + 0.16f * (y - 0.5f));
    c = mix(c, mix(hex(0xffffff), hex(0xa9bccf), smoothstep(0.42f, 0.70f, under)), cover);
    float land = 0.90f - 0.03f * noise(x * 4.0f, 1.0f, 12) - 0.02f * sinf(x * 6.0f);
    if (y > land) {
        float field = fbm(x * 6.0f, y * 26.0f, 4, 13);
        c = mix(mix(hex(0x4f8f3a), hex(0xc9c24f), smoothstep(0.4f, 0.62f, field)), hex(0xbfe0ea),
                0.6f * smoothstep(land + 0.06f, land, y));
    }
    balloon(&c, x, y, aspect * 0.78f, 0.24f, 0.075f, cool, COUNT(cool));
    balloon(&c, x, y, aspect * 0.20f, 0.58f, 0.060f, violet, COUNT(violet));
    balloon(&c, x, y, aspect * 0.43f, 0.36f, 0.205f, warm, COUNT(warm));
    return c;
}
