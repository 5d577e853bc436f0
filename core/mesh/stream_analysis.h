/*
 * Stream analysis: what core/mesh/analysis.h says of a mesh, said of triangles that are never held.
 *
 * Vertices and edges are known by 64-bit hashes of their coordinates. Different vertices are counted in a
 * table of hashes (distinct.h). Every edge is in exactly two triangles, in opposite directions, if
 *  - each edge is run along as often forwards as backwards: the sums of the hashes of the two are equal,
 *  - and no edge is run along forwards twice (repeats.h).
 * So the triangles are gone through once, again if an edge may come twice, and once more for every so many
 * vertices or edges as do not fit the tables.
 *
 * Threads: any; the stream is used by one at a time.
 */
#ifndef VT_MESH_STREAM_ANALYSIS_H
#define VT_MESH_STREAM_ANALYSIS_H

#include "core/mesh/analysis.h"
#include "core/mesh/stream_blocks.h"
#include "core/mesh/triangles.h"

/* Fills `facts`, of which open_edges is 0 for a watertight surface and otherwise 1: open edges are not
   counted; and the empty `blocks`, which the caller clears in any case. `memory`: bytes for tables, of which
   seven eighths are used at most. Fails as the stream does, and with VT_ERROR_MEMORY. */
bool vt_stream_analyse(const vt_triangle_stream *stream, uint64_t memory, vt_mesh_facts *facts,
                       vt_stream_blocks *blocks, vt_error *error);

#endif
