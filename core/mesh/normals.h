/*
 * Normals: one per corner of a triangle, smooth over curved surfaces and sharp at creases.
 *
 * A corner's normal is the mean of the normals of those triangles around its vertex that lean less than the
 * crease angle from its own, weighted by area. Made once per mesh, then read by any thread.
 */
#ifndef VT_MESH_NORMALS_H
#define VT_MESH_NORMALS_H

#include "core/mesh/mesh.h"

/* Above this, triangles are about as small as pixels and flat shading looks the same. */
#define VT_MESH_NORMALS_TRIANGLES_MAX 300000

typedef struct vt_mesh_normals vt_mesh_normals;

/* `crease`: radians. Returns NULL with VT_ERROR_MEMORY, or with VT_ERROR_LIMIT above the maximum. */
vt_mesh_normals *vt_mesh_normals_create(const vt_mesh *mesh, float crease, vt_error *error);

/* NULL is allowed. */
void vt_mesh_normals_free(vt_mesh_normals *normals);

/* Bytes held, for memory reports. */
size_t vt_mesh_normals_bytes(const vt_mesh_normals *normals);

/* The unit normals of the three corners of `triangle`, [3][3]; zeros for a triangle without area. Lent. */
const float *vt_mesh_normals_of(const vt_mesh_normals *normals, uint32_t triangle);

#endif
