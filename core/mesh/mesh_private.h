/* What the files of this folder know of a mesh: they build it without the builder's search for equal
   vertices. */
#ifndef VT_MESH_MESH_PRIVATE_H
#define VT_MESH_MESH_PRIVATE_H

#include "core/mesh/mesh.h"

struct vt_mesh {
    float *positions;    /* [vertex_count][3] */
    uint32_t *triangles; /* [triangle_count][3] */
    uint64_t vertex_count;
    uint64_t triangle_count;
    float bounds_min[3];
    float bounds_max[3];
};

/* A mesh over two arrays from malloc, which it takes over; they are freed if there is no memory for the mesh
   (NULL, VT_ERROR_MEMORY). Computes the bounds. */
vt_mesh *vt_mesh_take(float *positions, uint64_t vertex_count, uint32_t *triangles, uint64_t triangle_count,
                      vt_error *error);

#endif
