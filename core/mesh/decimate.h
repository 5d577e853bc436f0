/*
 * Decimation: a coarser mesh that looks alike, for turning a large one fluently.
 *
 * Vertex clustering (Rossignac and Borrel, "Multi-resolution 3D approximations for rendering complex scenes",
 * 1993): a grid is laid over the bounds, the vertices of a cell become their mean, triangles that lose an
 * edge go. Linear time; holes and folds may appear, which does not matter while turning.
 *
 * Threads: any.
 */
#ifndef VT_MESH_DECIMATE_H
#define VT_MESH_DECIMATE_H

#include "core/mesh/mesh.h"

/* A new mesh of at most `triangles` (at least 1000) where clustering can reach that; a copy if `mesh` has no
   more. Owned by the caller. NULL with VT_ERROR_MEMORY or VT_ERROR_USAGE. */
vt_mesh *vt_mesh_decimate(const vt_mesh *mesh, uint64_t triangles, vt_error *error);

#endif
