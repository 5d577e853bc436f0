/*
 * Pictures of the items beside the one that is looked at, decoded before the user goes there: at most
 * VT_NEIGHBOURS_MAX, each of the size in which it will be shown first.
 *
 * They are asked for behind all that is visible, and not at all while memory is short; then those that are
 * here are given up, too. One that failed or ends early is none: it is read again when it is looked at.
 * UI thread only.
 */
#ifndef VT_UI_VIEWER_NEIGHBOURS_H
#define VT_UI_VIEWER_NEIGHBOURS_H

#include "app/ui/library/library.h"
#include "core/base/log.h"
#include "core/import/request.h"

#define VT_NEIGHBOURS_MAX 2

typedef struct vt_neighbours vt_neighbours;

/* `library` is borrowed. NULL when memory runs out: all functions take that, and nothing is ever here. */
vt_neighbours *vt_neighbours_create(vt_library *library, vt_log log);
void vt_neighbours_free(vt_neighbours *neighbours);

/* Another view of the same engine; while no item is looked at. */
void vt_neighbours_set_library(vt_neighbours *neighbours, vt_library *library);

/* The user goes to the item at `row` of the view (-1: to none): what is not beside it is dropped. */
void vt_neighbours_keep(vt_neighbours *neighbours, int64_t row);

/* Asks for the image at `row`, which is beside the one looked at, unless it is here or coming. */
void vt_neighbours_ask(vt_neighbours *neighbours, int64_t row, uint32_t width, uint32_t height);

/* Takes the picture of `item` in that size, its pixels are the caller's then. False if it is not here. */
bool vt_neighbours_take(vt_neighbours *neighbours, const vt_item_brief *item, uint32_t width, uint32_t height,
                        vt_picture *picture);

#endif
