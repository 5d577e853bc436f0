/*
 * STL: reads both forms, and lives with what real files claim.
 *
 * Binary: 80 bytes of anything, the number of triangles (uint32, little endian), then 50 bytes a triangle:
 * normal and three corners as floats, two bytes of attributes. Text: "solid NAME", facets of "vertex X Y Z",
 * "endsolid" (3D Systems, "StereoLithography Interface Specification", 1988). Normals are ignored: corners
 * have them in their order, and many writers fill in zeros.
 *
 * Which form it is: binary if the size fits the count exactly, whatever the header says; else text if it
 * starts like text; else binary. Reads in blocks, so memory follows the triangles present and never a
 * header's claim. Takes decimal points in any locale.
 *
 * Threads: any; nothing is shared.
 */
#ifndef VT_MESH_STL_H
#define VT_MESH_STL_H

#include "core/mesh/mesh.h"

typedef struct vt_stl_report {
    bool ascii;
    bool truncated;     /* the file ends before its content does; the mesh is what was there */
    uint32_t solids;    /* solids in a text file, which become one mesh; 1 for binary */
    uint64_t declared;  /* triangles the header of a binary file claims */
    uint64_t triangles; /* triangles kept */
    uint64_t dropped;   /* left out because a coordinate was not a finite number */
} vt_stl_report;

/*
 * Reads `size` bytes of the regular file `fd` with pread (its offset is neither used nor moved).
 * The mesh belongs to the caller. `report` may be NULL and is filled as far as known, also on failure.
 *
 * A file that was cut off, but holds at least one whole triangle, gives a mesh with report->truncated.
 * Failures: VT_ERROR_EMPTY (no bytes), VT_ERROR_UNSUPPORTED (no STL), VT_ERROR_TRUNCATED (cut off before the
 * first triangle), VT_ERROR_CORRUPT (nonsense where a triangle should be, or no triangle at all; names the
 * line of a text file), VT_ERROR_LIMIT, VT_ERROR_CHANGED (shorter than `size` by now), VT_ERROR_IO,
 * VT_ERROR_MEMORY.
 */
vt_mesh *vt_stl_read_fd(int fd, uint64_t size, const vt_mesh_limits *limits, vt_stl_report *report,
                        vt_error *error);

/* The same from memory; `bytes` is lent for the call. */
vt_mesh *vt_stl_read_memory(const void *bytes, size_t size, const vt_mesh_limits *limits,
                            vt_stl_report *report, vt_error *error);

#endif
