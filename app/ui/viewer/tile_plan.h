/*
 * Which parts of a large picture to decode, so that what is seen of it is sharp. Arithmetic only; no Qt, any
 * thread.
 *
 * A picture is divided into tiles of VT_TILE_SIDE pixels a side, at full size (level 0) or halved `level`
 * times. What is decoded in one go is a rectangle of tiles, a patch: a PNG must be unpacked from its top for
 * every one, so that few large patches cost less than many tiles.
 */
#ifndef VT_UI_VIEWER_TILE_PLAN_H
#define VT_UI_VIEWER_TILE_PLAN_H

#include "core/decode/image.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_TILE_SIDE      512
#define VT_TILE_LEVEL_MAX 7

typedef struct vt_patch {
    vt_region region; /* picture pixels; from a tile's border to another's, or to the picture's */
    int level;
} vt_patch;

/* The level that has at least one pixel for each of the screen's; `scale`: screen pixels per picture pixel.
 */
int vt_tile_level(double scale);

/* Pixels of a patch: its region, halved. */
void vt_patch_size(const vt_patch *patch, uint32_t *width, uint32_t *height);

/* True if all tiles that `seen` touches lie in one of the `count` patches of that level. */
bool vt_tiles_cover(const vt_patch *patches, size_t count, int level, const vt_region *seen);

/* The patch to decode: around all tiles that `seen` touches and no patch has, and one more on each side of
   it, since the next look goes there. `seen` lies within the picture of `width` x `height` pixels. False if
   none is missing. */
bool vt_tiles_next(const vt_patch *patches, size_t count, int level, const vt_region *seen, uint32_t width,
                   uint32_t height, vt_patch *next);

#endif
