/*
 * Decimating a stream: a coarser mesh of a model that is never held.
 *
 * Vertices in the same cell of a grid become one, at their mean, and triangles that keep three different
 * corners remain (Rossignac and Borrel, "Multi-resolution 3D approximations for rendering complex scenes",
 * 1993; out of core: Lindstrom, "Out-of-core simplification of large polygonal models", SIGGRAPH 2000).
 *
 * Threads: any; the stream is used by one at a time.
 */
#ifndef VT_MESH_STREAM_DECIMATE_H
#define VT_MESH_STREAM_DECIMATE_H

#include "core/mesh/mesh.h"
#include "core/mesh/triangles.h"

/* A mesh of at most `triangles` triangles, usually about as many; `low` and `high`: bounds of the stream.
   Goes through it once, and again with a coarser grid while that leaves too many. NULL: fails as the stream
   does, with VT_ERROR_USAGE below 1,000 triangles, and with VT_ERROR_MEMORY. */
vt_mesh *vt_stream_decimate(const vt_triangle_stream *stream, const float low[3], const float high[3],
                            uint64_t triangles, vt_error *error);

#endif
