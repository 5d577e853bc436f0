/*
 * Analysis: what can be said of a mesh by counting and integrating.
 *
 * Area is the sum of the triangles' areas. Volume is the sum of the signed tetrahedra between each triangle
 * and the centre of the bounds, in double (Zhang and Chen, "Efficient feature extraction for 2D/3D objects in
 * mesh representation", 2001): exact for a closed surface, positive if its triangles face outwards, without
 * meaning for an open one.
 *
 * Watertight: every edge belongs to exactly two triangles, which run along it in opposite directions. A
 * triangle two of whose corners are the same vertex is degenerate: it bounds nothing, so it is counted but
 * takes no part in this test. A triangle with three different corners on one line does take part: it closes a
 * gap between its neighbours.
 *
 * Threads: any. Memory: 4 bytes per vertex and at most 128 MiB for edges, however large the mesh
 * (more only if a single vertex has more than 32 million edges).
 */
#ifndef VT_MESH_ANALYSIS_H
#define VT_MESH_ANALYSIS_H

#include "core/mesh/mesh.h"

typedef struct vt_mesh_facts {
    uint64_t triangles; /* degenerate ones included */
    uint64_t vertices;  /* distinct positions */
    uint64_t degenerate;
    float bounds_min[3];
    float bounds_max[3];
    double area;         /* model units squared */
    double volume;       /* model units cubed, signed */
    uint64_t open_edges; /* edges that break the rule above */
    bool watertight;     /* no open edge, and at least one triangle that is not degenerate */
} vt_mesh_facts;

/* VT_ERROR_MEMORY is the only failure. */
bool vt_mesh_analyse(const vt_mesh *mesh, vt_mesh_facts *facts, vt_error *error);

#endif
