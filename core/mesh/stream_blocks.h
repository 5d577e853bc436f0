/*
 * Blocks of a stream: a box around each few thousand triangles, so that what needs only some of them need not
 * go through all.
 *
 * Filled in by the analysis. Of use where the stream has parts (triangles.h).
 *
 * Threads: any may read.
 */
#ifndef VT_MESH_STREAM_BLOCKS_H
#define VT_MESH_STREAM_BLOCKS_H

#include "core/mesh/bounds.h"
#include "core/mesh/triangles.h"

/* Triangles of a block; the last may have fewer. */
#define VT_STREAM_BLOCK 4096

typedef struct vt_stream_blocks {
    vt_bounds *bounds; /* [count] */
    uint64_t count;
    uint64_t capacity;
    uint64_t triangles; /* of all blocks */
} vt_stream_blocks;

/* Empty ones are all zeros. */
void vt_stream_blocks_clear(vt_stream_blocks *blocks);

/* Adds the next `count` triangles, [count][9]. False when memory runs out. */
bool vt_stream_blocks_add(vt_stream_blocks *blocks, const float *corners, size_t count);

/* Hands those blocks of `stream` to `sink` that `choose` wants: it is asked for each in turn, when those
   before have been taken. Goes through all of a stream without parts. Fails as the stream does. */
typedef struct vt_block_choice {
    bool (*choose)(void *user, uint64_t block);
    void *user; /* lent */
} vt_block_choice;
bool vt_stream_blocks_run(const vt_stream_blocks *blocks, const vt_triangle_stream *stream,
                          const vt_block_choice *choice, const vt_triangle_sink *sink, vt_error *error);

#endif
