/*
 * Mesh: triangles over shared vertices, in memory.
 *
 * What every model format becomes, and what analysis and renderer read. Positions are 3 floats per vertex in
 * model units (STL has none; millimetres by custom, Z up), triangles are 3 vertex indices each,
 * counter-clockwise seen from outside. All coordinates are finite and all indices valid: the builder sees to
 * it, nobody checks again.
 *
 * Threads: a finished mesh never changes, so any number of threads may read it; a builder belongs to one.
 */
#ifndef VT_MESH_MESH_H
#define VT_MESH_MESH_H

#include "core/base/error.h"

#include <stddef.h>
#include <stdint.h>

/* Indices leave one bit free for analysis and one value for "no triangle" in the renderer. */
#define VT_MESH_VERTICES_MAX  UINT64_C(0x7fffffff)
#define VT_MESH_TRIANGLES_MAX UINT64_C(0x7fffffff)

/* What a model may cost. Exceeding any of them is VT_ERROR_LIMIT with the limit's name in the message. */
typedef struct vt_mesh_limits {
    uint64_t file_bytes;
    uint64_t triangles;
    uint64_t memory_bytes; /* of the mesh and the table that finds equal vertices while reading, or of the
                              tables for analysing a stream */
} vt_mesh_limits;

/* 8 GiB of file, 200 million triangles, 896 MiB of memory: inside a helper of 1 GiB. */
extern const vt_mesh_limits vt_mesh_limits_default;

/* The same for so many triangles in a helper of `memory` bytes, of which an eighth is left for all else. */
vt_mesh_limits vt_mesh_limits_for(uint64_t triangles, uint64_t memory);

typedef struct vt_mesh vt_mesh;

/* NULL is allowed. */
void vt_mesh_free(vt_mesh *mesh);

uint64_t vt_mesh_triangle_count(const vt_mesh *mesh);
uint64_t vt_mesh_vertex_count(const vt_mesh *mesh);

/* [vertex_count][3] and [triangle_count][3]; lent, valid as long as the mesh. */
const float *vt_mesh_positions(const vt_mesh *mesh);
const uint32_t *vt_mesh_triangles(const vt_mesh *mesh);

/* Smallest box around the vertices; zeros for a mesh without any. */
void vt_mesh_bounds(const vt_mesh *mesh, float minimum[3], float maximum[3]);

/* Bytes held, for memory reports. */
size_t vt_mesh_bytes(const vt_mesh *mesh);

/*
 * Builder: takes loose triangles, finds equal vertices (bit for bit, -0 counts as 0) and gives a mesh.
 */
typedef struct vt_mesh_builder vt_mesh_builder;

/* `expected`: triangles to make room for, a guess that must come from bytes really there, never from a
   header's claim; 0 if unknown. `limits` is copied. NULL with VT_ERROR_MEMORY. */
vt_mesh_builder *vt_mesh_builder_create(uint64_t expected, const vt_mesh_limits *limits, vt_error *error);

/* NULL is allowed. */
void vt_mesh_builder_free(vt_mesh_builder *builder);

/* Adds `count` triangles, `corners` being [count][9] floats. One with a coordinate that is no finite number
   is left out and counted. VT_ERROR_LIMIT or VT_ERROR_MEMORY; the builder then is good for freeing only. */
bool vt_mesh_builder_add(vt_mesh_builder *builder, const float *corners, size_t count, vt_error *error);

uint64_t vt_mesh_builder_triangles(const vt_mesh_builder *builder);
uint64_t vt_mesh_builder_dropped(const vt_mesh_builder *builder);

/* The mesh, owned by the caller; frees the builder, also when it fails (VT_ERROR_MEMORY). */
vt_mesh *vt_mesh_builder_finish(vt_mesh_builder *builder, vt_error *error);

#endif
