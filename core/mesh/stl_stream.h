/*
 * STL stream: the triangles of a file that is too large to be held, gone through as often as needed.
 *
 * Forms, errors and what is made of bad files are those of core/mesh/stl.h.
 *
 * Threads: a stream belongs to one thread at a time.
 */
#ifndef VT_MESH_STL_STREAM_H
#define VT_MESH_STL_STREAM_H

#include "core/mesh/stl.h"
#include "core/mesh/triangles.h"

typedef struct vt_stl_stream vt_stl_stream;

/* Triangles that the file may hold, told from its size and its first bytes; 0 if it cannot be read. */
uint64_t vt_stl_stream_expected(int fd, uint64_t size);

/* `fd`: a regular file of `size` bytes, lent; read with pread. `limits` is copied, of which a stream takes
   file_bytes and triangles. NULL with VT_ERROR_MEMORY. */
vt_stl_stream *vt_stl_stream_create(int fd, uint64_t size, const vt_mesh_limits *limits, vt_error *error);

/* The same from memory; `bytes` is lent as long as the stream. */
vt_stl_stream *vt_stl_stream_create_memory(const void *bytes, size_t size, const vt_mesh_limits *limits,
                                           vt_error *error);

/* NULL is allowed. */
void vt_stl_stream_free(vt_stl_stream *stream);

/* Goes on with another descriptor of the same file: a helper is sent one with each request. */
void vt_stl_stream_set_file(vt_stl_stream *stream, int fd);

/* Lent as long as the stream. A run fails as vt_stl_read_fd does; a file without triangles is a failure. */
const vt_triangle_stream *vt_stl_stream_triangles(const vt_stl_stream *stream);

/* Of the last run. */
const vt_stl_report *vt_stl_stream_report(const vt_stl_stream *stream);

#endif
