/*
 * Tiles: the parts of a large picture that are seen, decoded at the size in which they are seen
 * (tile_plan.h).
 *
 * One patch is under way at a time; what is wished meanwhile replaces the last wish. Patches are kept up to
 * VT_TILES_BYTES, or a share of it where several pictures are looked at: those seen longest ago go first, and
 * what is seen now stays, since it would be decoded anew at once. The memory governor may have all go that
 * are not painted just now. UI thread only, but for the governor.
 */
#ifndef VT_UI_VIEWER_TILES_H
#define VT_UI_VIEWER_TILES_H

#include "app/ui/viewer/tile_plan.h"
#include "core/base/log.h"
#include "core/import/engine.h"
#include "core/import/request.h"

#include <qt6c/qpainter.h>

#define VT_TILES_BYTES       ((int64_t)128 << 20)
#define VT_TILES_PATCHES_MAX 48

typedef struct vt_tiles vt_tiles;

/* A patch has come, or there will be none: `error` says why. */
typedef void (*vt_tiles_ready)(void *user, const vt_error *error);

/* `engine` is borrowed. NULL when memory runs out: all functions take that, and nothing is ever here. */
vt_tiles *vt_tiles_create(vt_engine *engine, vt_tiles_ready ready, void *user, vt_log log);
void vt_tiles_free(vt_tiles *tiles);

/* Keeps up to `bytes` from now on. */
void vt_tiles_set_limit(vt_tiles *tiles, int64_t bytes);

/* `ready` is told of this user from now on. */
void vt_tiles_set_user(vt_tiles *tiles, void *user);

/* Another picture is looked at, of `width` x `height` pixels; what is here of the last one goes. */
void vt_tiles_open(vt_tiles *tiles, const char *path, uint32_t width, uint32_t height);
/* None is. */
void vt_tiles_close(vt_tiles *tiles);

/* This part is seen, `scale` screen pixels per picture pixel: asks for what is not here. After a failure
   nothing is asked for until another picture is opened. */
void vt_tiles_see(vt_tiles *tiles, const vt_region *seen, double scale);

/* True if all that was last seen is here. */
bool vt_tiles_are_here(vt_tiles *tiles);

/* Paints what is here into `area`, where the whole picture stands. */
void vt_tiles_paint(vt_tiles *tiles, QPainter *painter, const QRectF *area);

/* A copy of what was last seen, at the size in which it is here (part_copy.h); false if some of it is not, or
   memory ran out. The caller owns part->pixels. */
bool vt_tiles_copy_seen(vt_tiles *tiles, vt_picture *part);

/* Bytes held. */
int64_t vt_tiles_bytes(vt_tiles *tiles);

#endif
