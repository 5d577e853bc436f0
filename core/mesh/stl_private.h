/* Shared by the STL reader's files: where bytes come from, and what the two forms' readers are given. */
#ifndef VT_MESH_STL_PRIVATE_H
#define VT_MESH_STL_PRIVATE_H

#include "core/mesh/stl.h"
#include "core/mesh/triangles.h"

#define VT_STL_HEADER_BYTES 84 /* 80 of anything, 4 of count */
#define VT_STL_RECORD_BYTES 50
#define VT_STL_BLOCK_BYTES  ((size_t)1 << 20)
#define VT_STL_FACET_BYTES  260 /* of a usual triangle in text, to guess their number */

/* Bytes of a file or of memory, read by offset. */
typedef struct vt_stl_source {
    const uint8_t *bytes; /* NULL: read from `fd` */
    int fd;
    uint64_t size;
} vt_stl_source;

/* Reads exactly `count` bytes at `offset`, which lie within the source. VT_ERROR_CHANGED, VT_ERROR_IO. */
bool vt_stl_source_read(const vt_stl_source *source, uint64_t offset, void *to, size_t count,
                        vt_error *error);

/* Go through the whole source; fill what `report` says of the file, but not which triangles were kept. */
bool vt_stl_read_binary(const vt_stl_source *source, const vt_mesh_limits *limits,
                        const vt_triangle_sink *sink, vt_stl_report *report, vt_error *error);
bool vt_stl_read_text(const vt_stl_source *source, const vt_triangle_sink *sink, vt_stl_report *report,
                      vt_error *error);

/* Hands over `count` records of a binary file from the one with the number `first` on, which must be there.
 */
bool vt_stl_read_records(const vt_stl_source *source, uint64_t first, uint64_t count,
                         const vt_triangle_sink *sink, vt_error *error);

/* The same as the first two for either form, after checking size and limits. */
bool vt_stl_read_triangles(const vt_stl_source *source, const vt_mesh_limits *limits,
                           const vt_triangle_sink *sink, vt_stl_report *report, vt_error *error);

/* Triangles that a file of this size and form may hold; 0 for one that is too short or cannot be read. */
uint64_t vt_stl_expected(const vt_stl_source *source);

/* Whether any triangle was kept; if not, the error of such a file. */
bool vt_stl_check_kept(const vt_stl_report *report, vt_error *error);

#endif
