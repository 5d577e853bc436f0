#include "core/mesh/normals.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The tip of a cone or the pole of a sphere has many triangles, and comparing each with each would take
   quadratic time. Such a corner keeps its own triangle's normal, which looks right there too. */
#define NEIGHBOURS_MAX 48

/* A triangle's weight falls to nothing over this share of the way to the crease angle (in cosines), so that a
   surface whose curvature passes that angle shows no step there. */
#define FADE 0.5F

struct vt_mesh_normals {
    float (*corners)[3][3]; /* per triangle */
    uint64_t count;
};

/* Triangles around each vertex. */
typedef struct neighbours {
    uint32_t *starts; /* [vertices + 1] */
    uint32_t *triangles;
} neighbours;

/* What a triangle gives its corners. */
typedef struct face {
    float unit[3];
    float area;
} face;

/* `scale` brings the model near size 1, where squares of squares neither vanish nor overflow. */
static face make_face(const float *positions, const uint32_t corners[3], double scale)
{
    const float *a = &positions[(uint64_t)corners[0] * 3];
    const float *b = &positions[(uint64_t)corners[1] * 3];
    const float *c = &positions[(uint64_t)corners[2] * 3];
    double u[3];
    double v[3];
    for (int axis = 0; axis < 3; axis++) {
        u[axis] = ((double)b[axis] - a[axis]) * scale;
        v[axis] = ((double)c[axis] - a[axis]) * scale;
    }
    double n[3] = {u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]};
    double length = sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
    face made = {{0, 0, 0}, 0};
    if (length > 0) {
        made =
            (face){{(float)(n[0] / length), (float)(n[1] / length), (float)(n[2] / length)}, (float)length};
    }
    return made;
}

static double choose_scale(const vt_mesh *mesh)
{
    float low[3];
    float high[3];
    vt_mesh_bounds(mesh, low, high);
    double side = 0;
    for (int axis = 0; axis < 3; axis++) {
        side = fmax(side, (double)high[axis] - low[axis]);
    }
    return side > 0 ? 1 / side : 1;
}

/* Where each vertex's triangles begin, by counting sort; starts[vertex] ends up at its beginning again
   because filling runs over the shifted array. */
static void find_neighbours(const vt_mesh *mesh, neighbours *around)
{
    const uint32_t *triangles = vt_mesh_triangles(mesh);
    uint64_t corner_count = vt_mesh_triangle_count(mesh) * 3;
    uint64_t vertex_count = vt_mesh_vertex_count(mesh);
    uint32_t *next = around->starts + 1;
    for (uint64_t i = 0; i < corner_count; i++) {
        next[triangles[i]]++;
    }
    uint32_t start = 0;
    for (uint64_t vertex = 0; vertex < vertex_count; vertex++) {
        uint32_t count = next[vertex];
        next[vertex] = start;
        start += count;
    }
    for (uint64_t i = 0; i < corner_count; i++) {
        around->triangles[next[triangles[i]]++] = (uint32_t)(i / 3);
    }
}

static inline float clamp_share(float value)
{
    value = value > 0 ? value : 0;
    return value < 1 ? value : 1;
}

static void smooth_corner(const neighbours *around, const face *faces, uint32_t triangle, uint32_t vertex,
                          float crease_cosine, float normal[3])
{
    const face *own = &faces[triangle];
    uint32_t first = around->starts[vertex];
    uint32_t behind = around->starts[vertex + 1];
    float sum[3] = {0, 0, 0};
    float fade = (1 - crease_cosine) * FADE + 1e-6F;
    if (behind - first <= NEIGHBOURS_MAX) {
        for (uint32_t i = first; i < behind; i++) {
            const face *other = &faces[around->triangles[i]];
            float cosine =
                own->unit[0] * other->unit[0] + own->unit[1] * other->unit[1] + own->unit[2] * other->unit[2];
            float weight = other->area * clamp_share((cosine - crease_cosine) / fade);
            for (int axis = 0; axis < 3; axis++) {
                sum[axis] += weight * other->unit[axis];
            }
        }
    }
    float length = sqrtf(sum[0] * sum[0] + sum[1] * sum[1] + sum[2] * sum[2]);
    for (int axis = 0; axis < 3; axis++) {
        normal[axis] = length > 0 ? sum[axis] / length : own->unit[axis];
    }
}

static void smooth_all(const vt_mesh *mesh, const neighbours *around, const face *faces, float crease,
                       vt_mesh_normals *normals)
{
    const uint32_t *triangles = vt_mesh_triangles(mesh);
    float crease_cosine = cosf(crease);
    for (uint64_t i = 0; i < vt_mesh_triangle_count(mesh); i++) {
        for (int corner = 0; corner < 3; corner++) {
            smooth_corner(around, faces, (uint32_t)i, triangles[i * 3 + corner], crease_cosine,
                          normals->corners[i][corner]);
        }
    }
}

vt_mesh_normals *vt_mesh_normals_create(const vt_mesh *mesh, float crease, vt_error *error)
{
    uint64_t count = vt_mesh_triangle_count(mesh);
    if (count > VT_MESH_NORMALS_TRIANGLES_MAX) {
        vt_error_set(error, VT_ERROR_LIMIT, "Smooth normals are limited to %d triangles; the model has %llu",
                     VT_MESH_NORMALS_TRIANGLES_MAX, (unsigned long long)count);
        return NULL;
    }
    neighbours around = {
        .starts = calloc(vt_mesh_vertex_count(mesh) + 1, sizeof(uint32_t)),
        .triangles = calloc(count * 3 + 1, sizeof(uint32_t)),
    };
    face *faces = calloc(count + 1, sizeof *faces);
    vt_mesh_normals *normals = calloc(1, sizeof *normals);
    if (normals) {
        normals->count = count;
        normals->corners = calloc(count + 1, sizeof *normals->corners);
    }
    if (around.starts && around.triangles && faces && normals && normals->corners) {
        double scale = choose_scale(mesh);
        for (uint64_t i = 0; i < count; i++) {
            faces[i] = make_face(vt_mesh_positions(mesh), vt_mesh_triangles(mesh) + i * 3, scale);
        }
        find_neighbours(mesh, &around);
        smooth_all(mesh, &around, faces, crease, normals);
    } else {
        vt_mesh_normals_free(normals);
        normals = NULL;
        vt_error_set(error, VT_ERROR_MEMORY, "Out of memory for the normals of a model");
    }
    free(around.starts);
    free(around.triangles);
    free(faces);
    return normals;
}

void vt_mesh_normals_free(vt_mesh_normals *normals)
{
    if (!normals) {
        return;
    }
    free(normals->corners);
    free(normals);
}

size_t vt_mesh_normals_bytes(const vt_mesh_normals *normals)
{
    return sizeof *normals + normals->count * sizeof *normals->corners;
}

const float *vt_mesh_normals_of(const vt_mesh_normals *normals, uint32_t triangle)
{
    return normals->corners[triangle][0];
}
