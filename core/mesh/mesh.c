#include "core/mesh/mesh.h"

#include "core/mesh/mesh_private.h"

#include <stdlib.h>
#include <string.h>

const vt_mesh_limits vt_mesh_limits_default = {
    .file_bytes = UINT64_C(8) << 30,
    .triangles = 200000000,
    .memory_bytes = UINT64_C(896) << 20,
};

vt_mesh_limits vt_mesh_limits_for(uint64_t triangles, uint64_t memory)
{
    vt_mesh_limits limits = vt_mesh_limits_default;
    limits.triangles = triangles < VT_MESH_TRIANGLES_MAX ? triangles : VT_MESH_TRIANGLES_MAX;
    limits.memory_bytes = memory - memory / 8;
    return limits;
}

static void find_bounds(vt_mesh *mesh)
{
    if (mesh->vertex_count == 0) {
        return;
    }
    float low[3];
    float high[3];
    memcpy(low, mesh->positions, sizeof low);
    memcpy(high, mesh->positions, sizeof high);
    for (uint64_t vertex = 1; vertex < mesh->vertex_count; vertex++) {
        const float *position = &mesh->positions[vertex * 3];
        for (int axis = 0; axis < 3; axis++) {
            low[axis] = position[axis] < low[axis] ? position[axis] : low[axis];
            high[axis] = position[axis] > high[axis] ? position[axis] : high[axis];
        }
    }
    memcpy(mesh->bounds_min, low, sizeof low);
    memcpy(mesh->bounds_max, high, sizeof high);
}

vt_mesh *vt_mesh_take(float *positions, uint64_t vertex_count, uint32_t *triangles, uint64_t triangle_count,
                      vt_error *error)
{
    vt_mesh *mesh = calloc(1, sizeof *mesh);
    if (!mesh) {
        free(positions);
        free(triangles);
        vt_error_set(error, VT_ERROR_MEMORY, "Out of memory for a mesh");
        return NULL;
    }
    mesh->positions = positions;
    mesh->triangles = triangles;
    mesh->vertex_count = vertex_count;
    mesh->triangle_count = triangle_count;
    find_bounds(mesh);
    return mesh;
}

void vt_mesh_free(vt_mesh *mesh)
{
    if (!mesh) {
        return;
    }
    free(mesh->positions);
    free(mesh->triangles);
    free(mesh);
}

uint64_t vt_mesh_triangle_count(const vt_mesh *mesh)
{
    return mesh->triangle_count;
}

uint64_t vt_mesh_vertex_count(const vt_mesh *mesh)
{
    return mesh->vertex_count;
}

const float *vt_mesh_positions(const vt_mesh *mesh)
{
    return mesh->positions;
}

const uint32_t *vt_mesh_triangles(const vt_mesh *mesh)
{
    return mesh->triangles;
}

void vt_mesh_bounds(const vt_mesh *mesh, float minimum[3], float maximum[3])
{
    memcpy(minimum, mesh->bounds_min, sizeof mesh->bounds_min);
    memcpy(maximum, mesh->bounds_max, sizeof mesh->bounds_max);
}

size_t vt_mesh_bytes(const vt_mesh *mesh)
{
    return sizeof *mesh + mesh->vertex_count * 3 * sizeof *mesh->positions +
           mesh->triangle_count * 3 * sizeof *mesh->triangles;
}
