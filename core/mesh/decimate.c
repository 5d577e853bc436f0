#include "core/mesh/decimate.h"

#include "core/mesh/mesh_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TARGET_MIN     1000
#define GOOD_TRIES     4     /* before any grid that is coarse enough will do */
#define RESOLUTION_MAX 65536 /* cells along the longest side: their numbers still fit 64 bits */

typedef struct cluster {
    double sum[3];
    uint32_t count;
    uint32_t vertex; /* in the new mesh + 1; 0: none yet */
} cluster;

/* One try: which cell each vertex lies in. */
typedef struct clustering {
    const vt_mesh *mesh;
    uint32_t *cluster_of; /* [vertices] */
    uint64_t *keys;       /* [slots] cell numbers + 1 in an open-addressing table; 0: empty */
    uint32_t *ids;        /* [slots] */
    uint64_t slots;       /* power of two, more than vertices */
    uint32_t cluster_count;
} clustering;

static void free_clustering(clustering *clustering)
{
    free(clustering->cluster_of);
    free(clustering->keys);
    free(clustering->ids);
}

static bool init_clustering(clustering *clustering, const vt_mesh *mesh)
{
    uint64_t vertices = vt_mesh_vertex_count(mesh);
    clustering->mesh = mesh;
    clustering->slots = 1024;
    while (clustering->slots < vertices + vertices / 4) {
        clustering->slots *= 2;
    }
    clustering->cluster_of = calloc(vertices + 1, sizeof *clustering->cluster_of);
    clustering->keys = malloc(clustering->slots * sizeof *clustering->keys);
    clustering->ids = malloc(clustering->slots * sizeof *clustering->ids);
    return clustering->cluster_of && clustering->keys && clustering->ids;
}

static uint32_t cluster_of_cell(clustering *clustering, uint64_t cell)
{
    uint64_t mask = clustering->slots - 1;
    uint64_t slot = ((cell * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & mask;
    while (clustering->keys[slot] != 0) {
        if (clustering->keys[slot] == cell + 1) {
            return clustering->ids[slot];
        }
        slot = (slot + 1) & mask;
    }
    clustering->keys[slot] = cell + 1;
    clustering->ids[slot] = clustering->cluster_count;
    return clustering->cluster_count++;
}

/* Sorts the vertices into `resolution` cells along the longest side of the bounds. */
static void assign_cells(clustering *clustering, uint32_t resolution)
{
    float low[3];
    float high[3];
    vt_mesh_bounds(clustering->mesh, low, high);
    double side = 0;
    for (int axis = 0; axis < 3; axis++) {
        side = fmax(side, (double)high[axis] - low[axis]);
    }
    double scale = side > 0 ? resolution / side : 0;
    const float *positions = vt_mesh_positions(clustering->mesh);
    memset(clustering->keys, 0, clustering->slots * sizeof *clustering->keys);
    clustering->cluster_count = 0;
    for (uint64_t vertex = 0; vertex < vt_mesh_vertex_count(clustering->mesh); vertex++) {
        uint64_t cell = 0;
        for (int axis = 0; axis < 3; axis++) {
            double along = ((double)positions[vertex * 3 + axis] - low[axis]) * scale;
            uint64_t step = (uint64_t)along;
            cell = cell * resolution + (step < resolution ? step : resolution - 1);
        }
        clustering->cluster_of[vertex] = cluster_of_cell(clustering, cell);
    }
}

/* Whether a triangle keeps three different corners. */
static bool survives(const clustering *clustering, const uint32_t corners[3])
{
    uint32_t a = clustering->cluster_of[corners[0]];
    uint32_t b = clustering->cluster_of[corners[1]];
    uint32_t c = clustering->cluster_of[corners[2]];
    return a != b && b != c && c != a;
}

static uint64_t count_survivors(const clustering *clustering)
{
    const uint32_t *triangles = vt_mesh_triangles(clustering->mesh);
    uint64_t count = 0;
    for (uint64_t i = 0; i < vt_mesh_triangle_count(clustering->mesh); i++) {
        count += survives(clustering, &triangles[i * 3]);
    }
    return count;
}

/* Looks for a fine grid that leaves no more than `target` triangles; they grow with the square of its
   resolution. Ends with one cell at the latest, which leaves none. Returns how many are left. */
static uint64_t choose_grid(clustering *clustering, uint64_t target)
{
    double resolution = sqrt((double)target) / 2;
    for (int attempt = 0;; attempt++) {
        resolution = fmin(fmax(resolution, 1), RESOLUTION_MAX);
        assign_cells(clustering, (uint32_t)resolution);
        uint64_t left = count_survivors(clustering);
        bool fine_enough = left * 5 >= target * 4 || resolution >= RESOLUTION_MAX;
        if (left <= target && (fine_enough || attempt >= GOOD_TRIES)) {
            return left;
        }
        double ratio = left > 0 ? sqrt((double)target * 0.9 / (double)left) : 2;
        double most = attempt < GOOD_TRIES ? 4 : 0.5;
        resolution *= fmin(fmax(ratio, 0.25), most);
    }
}

static void sum_clusters(const clustering *clustering, cluster *clusters)
{
    const float *positions = vt_mesh_positions(clustering->mesh);
    for (uint64_t vertex = 0; vertex < vt_mesh_vertex_count(clustering->mesh); vertex++) {
        cluster *to = &clusters[clustering->cluster_of[vertex]];
        for (int axis = 0; axis < 3; axis++) {
            to->sum[axis] += positions[vertex * 3 + axis];
        }
        to->count++;
    }
}

/* Writes the surviving triangles and the clusters that they use; returns how many clusters that is. */
static uint32_t collect(const clustering *clustering, cluster *clusters, float *positions,
                        uint32_t *triangles)
{
    const uint32_t *old = vt_mesh_triangles(clustering->mesh);
    uint32_t vertices = 0;
    for (uint64_t i = 0; i < vt_mesh_triangle_count(clustering->mesh); i++) {
        if (!survives(clustering, &old[i * 3])) {
            continue;
        }
        for (int corner = 0; corner < 3; corner++) {
            cluster *from = &clusters[clustering->cluster_of[old[i * 3 + corner]]];
            if (from->vertex == 0) {
                for (int axis = 0; axis < 3; axis++) {
                    positions[(uint64_t)vertices * 3 + axis] = (float)(from->sum[axis] / from->count);
                }
                from->vertex = ++vertices;
            }
            *triangles++ = from->vertex - 1;
        }
    }
    return vertices;
}

static vt_mesh *make_coarse(const clustering *clustering, uint64_t triangle_count, vt_error *error)
{
    cluster *clusters = calloc((uint64_t)clustering->cluster_count + 1, sizeof *clusters);
    float *positions = malloc(((uint64_t)clustering->cluster_count + 1) * 3 * sizeof *positions);
    uint32_t *triangles = malloc((triangle_count + 1) * 3 * sizeof *triangles);
    vt_mesh *coarse = NULL;
    if (clusters && positions && triangles) {
        sum_clusters(clustering, clusters);
        uint32_t vertices = collect(clustering, clusters, positions, triangles);
        coarse = vt_mesh_take(positions, vertices, triangles, triangle_count, error);
    } else {
        free(positions);
        free(triangles);
        vt_error_set(error, VT_ERROR_MEMORY, "Out of memory for a coarser model");
    }
    free(clusters);
    return coarse;
}

static vt_mesh *copy_mesh(const vt_mesh *mesh, vt_error *error)
{
    size_t position_bytes = mesh->vertex_count * 3 * sizeof *mesh->positions;
    size_t triangle_bytes = mesh->triangle_count * 3 * sizeof *mesh->triangles;
    float *positions = malloc(position_bytes + 1);
    uint32_t *triangles = malloc(triangle_bytes + 1);
    if (!positions || !triangles) {
        free(positions);
        free(triangles);
        vt_error_set(error, VT_ERROR_MEMORY, "Out of memory for a coarser model");
        return NULL;
    }
    if (mesh->triangle_count > 0) {
        memcpy(positions, mesh->positions, position_bytes);
        memcpy(triangles, mesh->triangles, triangle_bytes);
    }
    return vt_mesh_take(positions, mesh->vertex_count, triangles, mesh->triangle_count, error);
}

vt_mesh *vt_mesh_decimate(const vt_mesh *mesh, uint64_t triangles, vt_error *error)
{
    if (triangles < TARGET_MIN) {
        vt_error_set(error, VT_ERROR_USAGE, "A coarser model needs at least %d triangles", TARGET_MIN);
        return NULL;
    }
    if (vt_mesh_triangle_count(mesh) <= triangles) {
        return copy_mesh(mesh, error);
    }
    clustering clustering = {.mesh = mesh};
    vt_mesh *coarse = NULL;
    if (init_clustering(&clustering, mesh)) {
        uint64_t left = choose_grid(&clustering, triangles);
        coarse = make_coarse(&clustering, left, error);
    } else {
        vt_error_set(error, VT_ERROR_MEMORY, "Out of memory for a coarser model");
    }
    free_clustering(&clustering);
    return coarse;
}
