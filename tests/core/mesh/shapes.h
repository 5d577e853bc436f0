/* Shapes whose area and volume are known, as loose triangles and as STL files, for the tests and the bench of
   core/mesh. Included as source: each test is one program. */
#ifndef VT_TESTS_CORE_MESH_SHAPES_H
#define VT_TESTS_CORE_MESH_SHAPES_H

#include "core/mesh/mesh.h"

#include <endian.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PI 3.14159265358979323846

/* Triangles of 9 floats, in an array of fixed size. */
typedef struct shape {
    float *corners;
    size_t count;
    size_t capacity;
} shape;

typedef void (*shape_surface)(double u, double v, float point[3]);

static inline shape shape_create(size_t capacity)
{
    shape made = {.corners = malloc(capacity * 9 * sizeof(float)), .count = 0, .capacity = capacity};
    if (!made.corners) {
        abort();
    }
    return made;
}

static inline void shape_free(shape *shape)
{
    free(shape->corners);
}

static inline void shape_add(shape *shape, const float a[3], const float b[3], const float c[3])
{
    if (shape->count == shape->capacity) {
        abort();
    }
    float *to = &shape->corners[shape->count++ * 9];
    memcpy(to, a, 3 * sizeof *to);
    memcpy(to + 3, b, 3 * sizeof *to);
    memcpy(to + 6, c, 3 * sizeof *to);
}

/* A box from the origin, outward faces. */
static inline shape shape_box(float x, float y, float z)
{
    shape box = shape_create(12);
    const float size[3] = {x, y, z};
    for (int axis = 0; axis < 3; axis++) {
        for (int far = 0; far < 2; far++) {
            float p[4][3];
            for (int i = 0; i < 4; i++) {
                int gray = i ^ (i >> 1); /* goes round the face */
                p[i][axis] = far ? size[axis] : 0;
                p[i][(axis + 1) % 3] = (gray & 1) ? size[(axis + 1) % 3] : 0;
                p[i][(axis + 2) % 3] = (gray & 2) ? size[(axis + 2) % 3] : 0;
            }
            shape_add(&box, p[0], p[far ? 1 : 2], p[far ? 2 : 1]);
            shape_add(&box, p[0], p[far ? 2 : 3], p[far ? 3 : 2]);
        }
    }
    return box;
}

/* A closed surface in u (around) and v (from 0 to 1): `across` times `along` quadrangles. */
static inline shape shape_sweep(shape_surface surface, size_t across, size_t along)
{
    shape swept = shape_create(across * along * 2);
    for (size_t i = 0; i < across; i++) {
        for (size_t j = 0; j < along; j++) {
            double u = 2 * PI * (double)i / (double)across;
            double next_u = 2 * PI * (double)((i + 1) % across) / (double)across;
            double v = (double)j / (double)along;
            double next_v = (double)(j + 1) / (double)along;
            float a[3];
            float b[3];
            float c[3];
            float d[3];
            surface(u, v, a);
            surface(next_u, v, b);
            surface(next_u, next_v, c);
            surface(u, next_v, d);
            shape_add(&swept, a, b, c);
            shape_add(&swept, a, c, d);
        }
    }
    return swept;
}

/* Radii 10 and 4 around Z. */
static inline void surface_torus(double u, double v, float point[3])
{
    double angle = v == 1 ? 0 : 2 * PI * v;
    double radius = 10 + 4 * cos(angle);
    point[0] = (float)(radius * cos(u));
    point[1] = (float)(radius * sin(u));
    point[2] = (float)(4 * sin(angle));
}

/* Radius 1. The poles are one vertex each, so that triangles there degenerate. */
static inline void surface_sphere(double u, double v, float point[3])
{
    double angle = PI * (v - 0.5);
    bool pole = v == 0 || v == 1;
    point[0] = pole ? 0 : (float)(cos(angle) * cos(u));
    point[1] = pole ? 0 : (float)(cos(angle) * sin(u));
    point[2] = pole ? (float)(2 * v - 1) : (float)sin(angle);
}

/* Bytes of a binary STL file; the caller frees. `declared` is what its header claims. */
static inline uint8_t *shape_to_binary(const shape *shape, uint32_t declared, size_t *size)
{
    *size = 84 + shape->count * 50;
    uint8_t *bytes = calloc(1, *size);
    if (!bytes) {
        abort();
    }
    (void)snprintf((char *)bytes, 80, "made by a test");
    declared = htole32(declared);
    memcpy(bytes + 80, &declared, sizeof declared);
    for (size_t i = 0; i < shape->count; i++) {
        uint32_t words[9];
        memcpy(words, &shape->corners[i * 9], sizeof words);
        for (int word = 0; word < 9; word++) {
            words[word] = htole32(words[word]);
        }
        memcpy(bytes + 84 + i * 50 + 12, words, sizeof words);
    }
    return bytes;
}

/* Text of an STL file with `newline` behind each line; the caller frees. */
static inline char *shape_to_text(const shape *shape, const char *newline, size_t *size)
{
    char *text = NULL;
    FILE *file = open_memstream(&text, size);
    if (!file) {
        abort();
    }
    fprintf(file, "solid a facet vertex name%s", newline);
    for (size_t i = 0; i < shape->count; i++) {
        const float *at = &shape->corners[i * 9];
        fprintf(file, "  facet normal 0 0 -0%s    outer loop%s", newline, newline);
        for (int corner = 0; corner < 3; corner++, at += 3) {
            fprintf(file, "      vertex %.9g %.9e %.9g%s", at[0], at[1], at[2], newline);
        }
        fprintf(file, "    endloop%s  endfacet%s", newline, newline);
    }
    fprintf(file, "endsolid a facet vertex name%s", newline);
    fclose(file);
    return text;
}

static inline vt_mesh *shape_to_mesh(const shape *shape)
{
    vt_mesh_builder *builder = vt_mesh_builder_create(0, &vt_mesh_limits_default, NULL);
    if (!builder || !vt_mesh_builder_add(builder, shape->corners, shape->count, NULL)) {
        abort();
    }
    return vt_mesh_builder_finish(builder, NULL);
}

#endif
