/*
 * Triangles one after the other: how a reader hands the triangles of a file to those who use them.
 *
 * A model of usual size is held as a mesh: the mesh builder takes what the reader gives. One that is too
 * large for that is never held; it is a stream, gone through as often as its analysis and its picture take
 * (stream_analysis.h, stream_render.h, stream_decimate.h), a batch at a time.
 *
 * Threads: a stream and its sinks belong to one thread at a time.
 */
#ifndef VT_MESH_TRIANGLES_H
#define VT_MESH_TRIANGLES_H

#include "core/base/error.h"

#include <stddef.h>
#include <stdint.h>

/* At most so many triangles are handed over at a time: they stay in the first cache. */
#define VT_TRIANGLE_BATCH 128

/* What takes triangles. A callback that fails ends the reading with its error. */
typedef struct vt_triangle_sink {
    /* Called once before the first triangle: about so many are to come, a guess from bytes really there.
       NULL: not wanted. */
    bool (*begin)(void *user, uint64_t expected, vt_error *error);
    /* `corners` is [count][9] floats, lent for the call; 1 to VT_TRIANGLE_BATCH of them. */
    bool (*take)(void *user, const float *corners, size_t count, vt_error *error);
    void *user; /* lent */
} vt_triangle_sink;

/* Triangles that can be gone through again and again. All coordinates are finite, and none is -0. */
typedef struct vt_triangle_stream {
    /* Hands all triangles to `sink`, each time the same in the same order. Fails as the source or the sink.
     */
    bool (*run)(void *source, const vt_triangle_sink *sink, vt_error *error);
    /* The same for `count` triangles from the one with the number `first` on. NULL: there are no parts, or it
       is not known yet, before the first run. */
    bool (*run_part)(void *source, uint64_t first, uint64_t count, const vt_triangle_sink *sink,
                     vt_error *error);
    void *source;      /* lent */
    uint64_t expected; /* triangles, at most; what is there may be less */
} vt_triangle_stream;

#endif
