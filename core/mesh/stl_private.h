/* Shared by the STL reader's files: where bytes come from, and what the two forms' readers are given. */
#ifndef VT_MESH_STL_PRIVATE_H
#define VT_MESH_STL_PRIVATE_H

#include "core/mesh/stl.h"

#define VT_STL_HEADER_BYTES 84 /* 80 of anything, 4 of count */
#define VT_STL_RECORD_BYTES 50
#define VT_STL_BLOCK_BYTES  ((size_t)1 << 20)

/* Bytes of a file or of memory, read by offset. */
typedef struct vt_stl_source {
    const uint8_t *bytes; /* NULL: read from `fd` */
    int fd;
    uint64_t size;
} vt_stl_source;

/* Reads exactly `count` bytes at `offset`, which lie within the source. VT_ERROR_CHANGED, VT_ERROR_IO. */
bool vt_stl_source_read(const vt_stl_source *source, uint64_t offset, void *to, size_t count,
                        vt_error *error);

/* Read the whole source into a mesh; fill `report` as far as they get. */
vt_mesh *vt_stl_read_binary(const vt_stl_source *source, const vt_mesh_limits *limits, vt_stl_report *report,
                            vt_error *error);
vt_mesh *vt_stl_read_text(const vt_stl_source *source, const vt_mesh_limits *limits, vt_stl_report *report,
                          vt_error *error);

/* The last step of both: the mesh, or the error of a file without triangles. Takes the builder over. */
vt_mesh *vt_stl_finish(vt_mesh_builder *builder, vt_stl_report *report, vt_error *error);

#endif
