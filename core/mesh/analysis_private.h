/* The analysis with a buffer of any size, so that tests reach what only huge meshes need. */
#ifndef VT_MESH_ANALYSIS_PRIVATE_H
#define VT_MESH_ANALYSIS_PRIVATE_H

#include "core/mesh/analysis.h"

/* As vt_mesh_analyse; `sides_max`: triangle sides in memory at a time, 4 bytes each. */
bool vt_mesh_analyse_within(const vt_mesh *mesh, uint64_t sides_max, vt_mesh_facts *facts, vt_error *error);

#endif
