#include "core/mesh/stream_blocks.h"

#include <stdlib.h>
#include <string.h>

_Static_assert(VT_STREAM_BLOCK % VT_TRIANGLE_BATCH == 0, "whole batches make a block");

void vt_stream_blocks_clear(vt_stream_blocks *blocks)
{
    free(blocks->bounds);
    *blocks = (vt_stream_blocks){.bounds = NULL};
}

static bool begin_block(vt_stream_blocks *blocks, const float *position)
{
    if (blocks->count == blocks->capacity) {
        uint64_t capacity = blocks->capacity + blocks->capacity / 2 + 16;
        vt_bounds *bounds = realloc(blocks->bounds, capacity * sizeof *bounds);
        if (!bounds) {
            return false;
        }
        blocks->bounds = bounds;
        blocks->capacity = capacity;
    }
    vt_bounds *bounds = &blocks->bounds[blocks->count++];
    memcpy(bounds->low, position, sizeof bounds->low);
    memcpy(bounds->high, position, sizeof bounds->high);
    return true;
}

bool vt_stream_blocks_add(vt_stream_blocks *blocks, const float *corners, size_t count)
{
    while (count > 0) {
        size_t used = blocks->triangles % VT_STREAM_BLOCK;
        size_t now = count < VT_STREAM_BLOCK - used ? count : VT_STREAM_BLOCK - used;
        if (used == 0 && !begin_block(blocks, corners)) {
            return false;
        }
        vt_bounds_widen(&blocks->bounds[blocks->count - 1], corners, now * 3);
        blocks->triangles += now;
        corners += now * 9;
        count -= now;
    }
    return true;
}

bool vt_stream_blocks_run(const vt_stream_blocks *blocks, const vt_triangle_stream *stream,
                          const vt_block_choice *choice, const vt_triangle_sink *sink, vt_error *error)
{
    if (!stream->run_part) {
        return stream->run(stream->source, sink, error);
    }
    for (uint64_t block = 0; block < blocks->count; block++) {
        if (!choice->choose(choice->user, block)) {
            continue;
        }
        uint64_t first = block * VT_STREAM_BLOCK;
        uint64_t left = blocks->triangles - first;
        if (!stream->run_part(stream->source, first, left < VT_STREAM_BLOCK ? left : VT_STREAM_BLOCK, sink,
                              error)) {
            return false;
        }
    }
    return true;
}
