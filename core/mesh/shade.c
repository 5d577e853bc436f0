#include "core/mesh/render_private.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Steps of linear light from 0 to 1 that are told apart: in the dark, a step is less than an sRGB byte's. */
#define ENCODING_SIZE 4096

#define SAMPLES_MAX (VT_RENDER_SAMPLES_MAX * VT_RENDER_SAMPLES_MAX)

typedef struct colour {
    float red, green, blue; /* linear light */
} colour;

typedef struct light {
    float direction[3]; /* towards the light, camera space, unit length */
    float wrap;         /* how far it reaches round the edge: a large soft source */
    colour colour;
} light;

/* Warm key light from the upper left, cool fill light from the right. The values are chosen by eye: faces
   towards the key stay darker than a white page, those away from all light lighter than a dark one. */
static const light lights[] = {
    {{-0.470F, 0.700F, 0.538F}, 0.12F, {0.80F, 0.775F, 0.735F}},
    {{0.830F, 0.060F, 0.555F}, 0.30F, {0.105F, 0.120F, 0.145F}},
};
static const colour sky = {0.195F, 0.215F, 0.245F};
static const colour ground = {0.075F, 0.068F, 0.062F};
static const colour material = {0.760F, 0.750F, 0.735F};
static const float rim_darkening = 0.45F;
static const float gloss = 0.07F;
/* Half way between the key light and the viewer. */
static const float gloss_direction[3] = {-0.268F, 0.399F, 0.877F};

/* A triangle made ready for shading. */
typedef struct surface {
    uint32_t number;
    bool smooth;
    float normals[3][3]; /* camera space; only the first if not smooth */
    float edges[2][3];   /* share of corner 1 and 2 at a point: x, y, constant */
    colour flat;         /* its colour if not smooth */
} surface;

/* Neighbouring pixels and rows mostly show the same triangles, so they are made ready once. */
#define KEPT_SURFACES 1024

/* Pixels beside each other that are shaded in one go where they show the same triangle. */
#define RUN_MAX 4

struct vt_shader {
    uint8_t encoding[ENCODING_SIZE];
    surface surfaces[KEPT_SURFACES];
    const vt_projection *projection;
    const float *positions;
    const uint32_t *triangles;
    const vt_mesh_normals *normals;
};

static inline float clamp_share(float value)
{
    value = value > 0 ? value : 0;
    return value < 1 ? value : 1;
}

/* Light from a surface of this unit normal, which faces the viewer. */
static inline colour illuminate(const float n[3])
{
    float up = 0.5F + 0.5F * n[1];
    colour sum = {
        ground.red + (sky.red - ground.red) * up,
        ground.green + (sky.green - ground.green) * up,
        ground.blue + (sky.blue - ground.blue) * up,
    };
    for (size_t i = 0; i < sizeof lights / sizeof *lights; i++) {
        const light *light = &lights[i];
        float cosine = n[0] * light->direction[0] + n[1] * light->direction[1] + n[2] * light->direction[2];
        float amount = clamp_share((cosine + light->wrap) / (1 + light->wrap));
        sum.red += amount * light->colour.red;
        sum.green += amount * light->colour.green;
        sum.blue += amount * light->colour.blue;
    }
    float away = 1 - clamp_share(n[2]);
    float keep = 1 - rim_darkening * away * away * away;
    float shine =
        clamp_share(n[0] * gloss_direction[0] + n[1] * gloss_direction[1] + n[2] * gloss_direction[2]);
    shine *= shine;
    shine *= shine;
    shine *= shine;
    shine = gloss * shine * shine * shine;
    return (colour){
        sum.red * material.red * keep + shine,
        sum.green * material.green * keep + shine,
        sum.blue * material.blue * keep + shine,
    };
}

static inline bool normalise(float vector[3])
{
    float length = sqrtf(vector[0] * vector[0] + vector[1] * vector[1] + vector[2] * vector[2]);
    if (!(length > 0)) {
        return false;
    }
    float inverse = 1 / length;
    vector[0] *= inverse;
    vector[1] *= inverse;
    vector[2] *= inverse;
    return true;
}

/* The triangle's unit normal towards the viewer; `sign` tells whether it was turned round. */
static void face_normal(const vt_shader *shader, float corners[3][3], float normal[3], float *sign)
{
    float u[3];
    float v[3];
    for (int axis = 0; axis < 3; axis++) {
        u[axis] = corners[1][axis] - corners[0][axis];
        v[axis] = corners[2][axis] - corners[0][axis];
    }
    normal[0] = u[1] * v[2] - u[2] * v[1];
    normal[1] = u[2] * v[0] - u[0] * v[2];
    normal[2] = u[0] * v[1] - u[1] * v[0];
    if (!normalise(normal)) {
        normal[0] = normal[1] = 0;
        normal[2] = 1;
    }
    float facing = normal[2];
    if (shader->projection->distance > 0) {
        facing = normal[2] * (shader->projection->distance - corners[0][2]) - normal[0] * corners[0][0] -
                 normal[1] * corners[0][1];
    }
    *sign = facing < 0 ? -1 : 1;
    for (int axis = 0; axis < 3; axis++) {
        normal[axis] *= *sign;
    }
}

/* How much corners 1 and 2 share in a point of the picture, as linear functions of its place. Perspective is
   left out: over a triangle whose normals differ it makes no visible difference. */
static void find_edges(const vt_shader *shader, const uint32_t *vertices, surface *surface)
{
    float p[3][3];
    for (int corner = 0; corner < 3; corner++) {
        vt_projection_apply(shader->projection, &shader->positions[(uint64_t)vertices[corner] * 3],
                            p[corner]);
    }
    float ux = p[1][0] - p[0][0];
    float uy = p[1][1] - p[0][1];
    float vx = p[2][0] - p[0][0];
    float vy = p[2][1] - p[0][1];
    float area = ux * vy - uy * vx;
    float inverse = area != 0 ? 1 / area : 0;
    float *one = surface->edges[0];
    float *two = surface->edges[1];
    one[0] = vy * inverse;
    one[1] = -vx * inverse;
    one[2] = -(p[0][0] * one[0] + p[0][1] * one[1]);
    two[0] = -uy * inverse;
    two[1] = ux * inverse;
    two[2] = -(p[0][0] * two[0] + p[0][1] * two[1]);
}

/* Whether three corners have the same normal. */
static bool are_alike(const float normals[9])
{
    for (int i = 3; i < 9; i++) {
        if (normals[i] != normals[i % 3]) {
            return false;
        }
    }
    return true;
}

static void prepare(const vt_shader *shader, uint32_t number, surface *surface)
{
    const vt_projection *projection = shader->projection;
    const uint32_t *vertices = &shader->triangles[(uint64_t)number * 3];
    surface->number = number;
    float corners[3][3];
    for (int corner = 0; corner < 3; corner++) {
        vt_projection_to_camera(projection, &shader->positions[(uint64_t)vertices[corner] * 3],
                                corners[corner]);
    }
    float sign;
    face_normal(shader, corners, surface->normals[0], &sign);
    surface->smooth = false;
    if (shader->normals) {
        const float *given = vt_mesh_normals_of(shader->normals, number);
        surface->smooth = !are_alike(given);
        for (int i = 0; surface->smooth && i < 9; i++) {
            const float *to = projection->rotation[i % 3];
            const float *from = given + (i / 3) * 3;
            surface->normals[i / 3][i % 3] = sign * (to[0] * from[0] + to[1] * from[1] + to[2] * from[2]);
        }
    }
    if (surface->smooth) {
        find_edges(shader, vertices, surface);
    } else {
        surface->flat = illuminate(surface->normals[0]);
    }
}

/* The surface's unit normal at a point given in projected units. Without a branch: see shade. */
static inline void find_normal(const surface *surface, float x, float y, float normal[3])
{
    const float *one_edge = surface->edges[0];
    const float *two_edge = surface->edges[1];
    /* The middle of a pixel at the rim may lie outside of the triangle. */
    float one = clamp_share(one_edge[0] * x + one_edge[1] * y + one_edge[2]);
    float two = clamp_share(two_edge[0] * x + two_edge[1] * y + two_edge[2]);
    float both = one + two;
    float inside = both > 1 ? 1 / both : 1;
    one *= inside;
    two *= inside;
    float rest = 1 - one - two;
    for (int axis = 0; axis < 3; axis++) {
        normal[axis] = rest * surface->normals[0][axis] + one * surface->normals[1][axis] +
                       two * surface->normals[2][axis];
    }
    float length = sqrtf(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]);
    float inverse = length > 0 ? 1 / length : 0;
    normal[0] *= inverse;
    normal[1] *= inverse;
    normal[2] = length > 0 ? normal[2] * inverse : 1;
}

/* Colours of a triangle at points beside each other. */
typedef struct run {
    float red[RUN_MAX], green[RUN_MAX], blue[RUN_MAX];
} run;

static inline surface *surface_of(vt_shader *shader, uint32_t number)
{
    surface *surface = &shader->surfaces[number % KEPT_SURFACES];
    if (surface->number != number) {
        prepare(shader, number, surface);
    }
    return surface;
}

static inline colour shade(vt_shader *shader, uint32_t number, const float at[2])
{
    surface *surface = surface_of(shader, number);
    if (!surface->smooth) {
        return surface->flat;
    }
    float normal[3];
    find_normal(surface, at[0], at[1], normal);
    return illuminate(normal);
}

/* All of RUN_MAX points, `step` apart in x, alike and without a branch: the compiler computes four at once.
 */
static void shade_run(vt_shader *shader, uint32_t number, const float at[2], float step, run *run)
{
    const surface *surface = surface_of(shader, number);
    if (!surface->smooth) {
        for (int i = 0; i < RUN_MAX; i++) {
            run->red[i] = surface->flat.red;
            run->green[i] = surface->flat.green;
            run->blue[i] = surface->flat.blue;
        }
        return;
    }
    for (int i = 0; i < RUN_MAX; i++) {
        float normal[3];
        find_normal(surface, at[0] + step * (float)i, at[1], normal);
        colour lit = illuminate(normal);
        run->red[i] = lit.red;
        run->green[i] = lit.green;
        run->blue[i] = lit.blue;
    }
}

static inline uint32_t encode(const uint8_t *encoding, float linear)
{
    int index = (int)(linear * (ENCODING_SIZE - 1) + 0.5F);
    return encoding[index < ENCODING_SIZE ? index : ENCODING_SIZE - 1];
}

static inline void write_opaque(const uint8_t *encoding, colour colour, uint8_t *to)
{
    to[0] = (uint8_t)encode(encoding, colour.blue);
    to[1] = (uint8_t)encode(encoding, colour.green);
    to[2] = (uint8_t)encode(encoding, colour.red);
    to[3] = 255;
}

/* `sum` over the `covered` ones of all samples. */
static inline void write_mean(const uint8_t *encoding, colour sum, uint32_t covered, uint32_t samples,
                              uint8_t *to)
{
    float share = 1 / (float)covered;
    uint32_t alpha = (covered * 255 + samples / 2) / samples;
    to[0] = (uint8_t)((encode(encoding, sum.blue * share) * alpha + 127) / 255);
    to[1] = (uint8_t)((encode(encoding, sum.green * share) * alpha + 127) / 255);
    to[2] = (uint8_t)((encode(encoding, sum.red * share) * alpha + 127) / 255);
    to[3] = (uint8_t)alpha;
}

/* Whether all of a pixel's samples show the same, which most pixels do. */
static inline bool is_uniform(const uint32_t *numbers, uint32_t width, uint32_t samples)
{
    uint32_t difference = 0;
    for (uint32_t row = 0; row < samples; row++, numbers += width) {
        for (uint32_t column = 0; column < samples; column++) {
            difference |= numbers[column] ^ numbers[0];
        }
        difference |= row > 0 ? numbers[0] ^ numbers[-(ptrdiff_t)width] : 0;
    }
    return difference == 0;
}

/* The same for four samples per axis, what thumbnails have: a row at a time. */
static inline bool is_uniform_by_four(const uint32_t *numbers, uint32_t width)
{
    typedef uint32_t four __attribute__((vector_size(16)));
    four rows[4];
    for (uint32_t row = 0; row < 4; row++) {
        memcpy(&rows[row], numbers + (size_t)row * width, sizeof rows[row]);
    }
    four difference =
        (rows[0] ^ numbers[0]) | (rows[1] ^ numbers[0]) | (rows[2] ^ numbers[0]) | (rows[3] ^ numbers[0]);
    return (difference[0] | difference[1] | difference[2] | difference[3]) == 0;
}

/* Shades each triangle among a pixel's samples once, weighted by their number. */
static void shade_mixed(vt_shader *shader, const uint32_t *from, uint32_t width, uint32_t samples,
                        const float at[2], uint8_t *to)
{
    uint32_t numbers[SAMPLES_MAX];
    uint32_t counts[SAMPLES_MAX];
    uint32_t different = 0;
    uint32_t covered = 0;
    for (uint32_t row = 0; row < samples; row++, from += width) {
        for (uint32_t column = 0; column < samples; column++) {
            uint32_t number = from[column];
            if (number == VT_RENDER_EMPTY) {
                continue;
            }
            covered++;
            uint32_t i = different;
            while (i > 0 && numbers[i - 1] != number) {
                i--;
            }
            if (i > 0) {
                counts[i - 1]++;
            } else {
                numbers[different] = number;
                counts[different++] = 1;
            }
        }
    }
    colour sum = {0, 0, 0};
    for (uint32_t i = 0; i < different; i++) {
        colour one = shade(shader, numbers[i], at);
        /* cppcheck-suppress uninitvar ; set with numbers[i] */
        float weight = (float)counts[i];
        sum.red += weight * one.red;
        sum.green += weight * one.green;
        sum.blue += weight * one.blue;
    }
    write_mean(shader->encoding, sum, covered, samples * samples, to);
}

static inline bool is_uniform_pixel(const uint32_t *numbers, uint32_t width, uint32_t samples)
{
    return samples == 4 ? is_uniform_by_four(numbers, width) : is_uniform(numbers, width, samples);
}

/* Shades the pixels from here on that show the same single triangle, at most `left` of them, and says how
   many; one that shows several is shaded alone. Leaves a pixel without any triangle as it is, which is
   cleared. */
static inline uint32_t shade_pixels(vt_shader *shader, const uint32_t *numbers, uint32_t width,
                                    uint32_t samples, uint32_t left, const float at[2], float step,
                                    uint8_t *to)
{
    if (!is_uniform_pixel(numbers, width, samples)) {
        shade_mixed(shader, numbers, width, samples, at, to);
        return 1;
    }
    if (numbers[0] == VT_RENDER_EMPTY) {
        return 1;
    }
    uint32_t most = left < RUN_MAX ? left : RUN_MAX;
    uint32_t count = 1;
    while (count < most && numbers[(size_t)count * samples] == numbers[0] &&
           is_uniform_pixel(numbers + (size_t)count * samples, width, samples)) {
        count++;
    }
    if (count == 1) {
        write_opaque(shader->encoding, shade(shader, numbers[0], at), to);
        return 1;
    }
    run run;
    shade_run(shader, numbers[0], at, step, &run);
    for (uint32_t i = 0; i < count; i++) {
        write_opaque(shader->encoding, (colour){run.red[i], run.green[i], run.blue[i]}, to + (size_t)i * 4);
    }
    return count;
}

/* sRGB to linear light, IEC 61966-2-1. */
static float decode(float encoded)
{
    return encoded <= 0.04045F ? encoded / 12.92F : powf((encoded + 0.055F) / 1.055F, 2.4F);
}

/* Each byte stands from half way to its lower neighbour to half way to its upper one. */
static void make_encoding(uint8_t encoding[ENCODING_SIZE])
{
    int index = 0;
    for (int byte = 0; byte < 256; byte++) {
        float end = byte < 255 ? decode(((float)byte + 0.5F) / 255) * (ENCODING_SIZE - 1) : ENCODING_SIZE;
        for (; (float)index < end; index++) {
            encoding[index] = (uint8_t)byte;
        }
    }
}

vt_shader *vt_shader_create(void)
{
    vt_shader *shader = calloc(1, sizeof *shader);
    if (shader) {
        make_encoding(shader->encoding);
    }
    return shader;
}

void vt_shader_free(vt_shader *shader)
{
    free(shader);
}

void vt_shader_begin(vt_shader *shader, const vt_projection *projection, const vt_mesh *mesh,
                     const vt_mesh_normals *normals)
{
    shader->projection = projection;
    shader->positions = vt_mesh_positions(mesh);
    shader->triangles = vt_mesh_triangles(mesh);
    shader->normals = normals;
    for (size_t i = 0; i < KEPT_SURFACES; i++) {
        shader->surfaces[i].number = VT_RENDER_EMPTY;
    }
}

void vt_shader_fill_band(vt_shader *shader, const vt_render_band *band, const vt_render_target *target)
{
    const vt_projection *projection = shader->projection;
    uint32_t samples = target->samples;
    uint32_t width = (uint32_t)band->width;
    float unit = 1 / projection->samples_per_unit;
    float half = (float)samples / 2;
    for (uint32_t row = 0; row < (uint32_t)band->rows; row += samples) {
        uint32_t sample_row = (uint32_t)band->first_row + row;
        uint8_t *to = target->pixels + (size_t)(sample_row / samples) * target->stride;
        const uint32_t *numbers = band->numbers + (size_t)row * width;
        float at[2] = {0, ((float)sample_row + half - projection->offset[1]) * unit};
        memset(to, 0, (size_t)target->width * 4);
        uint32_t end = band->end_column;
        for (uint32_t pixel = band->first_column; pixel < end;) {
            uint32_t column = pixel * samples;
            at[0] = ((float)column + half - projection->offset[0]) * unit;
            pixel += shade_pixels(shader, numbers + column, width, samples, end - pixel, at,
                                  (float)samples * unit, to + (size_t)pixel * 4);
        }
    }
}
