/*
 * Private to the library's pictures: what is kept of one. The pixels are shared with the pixmaps that show
 * them, so that a cache may give a picture up on any thread, also while a card shows it.
 *
 * Threads: any, but for the two functions that make a QPixmap: UI thread.
 */
#ifndef VT_LIBRARY_KEPT_PICTURE_H
#define VT_LIBRARY_KEPT_PICTURE_H

#include "core/import/request.h"

#include <qt6c/qpixmap.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct vt_kept_picture vt_kept_picture;
typedef struct vt_rough_picture vt_rough_picture; /* at most 8 pixels a side */

/* Takes over `picture->pixels`, on failure too. `picture` NULL: remembers that there is none. NULL when
   memory runs out. */
vt_kept_picture *vt_kept_picture_create(const vt_picture *picture);

/* As of vt_tiers_ops: `kept` and `value` are a vt_kept_picture *, states are vt_rough_picture *; `user` is
 * not used. */
void vt_kept_picture_free(void *user, void *kept);
void *vt_kept_picture_rough(void *user, const void *value, size_t *bytes);
void vt_rough_picture_free(void *user, void *rough);

/* Makes `*pixmap`, to be ended with q_pixmap_fini. False, and no pixmap, if there is no picture. */
bool vt_kept_picture_show(const vt_kept_picture *kept, double device_ratio, QPixmap *pixmap);
bool vt_rough_picture_show(const vt_rough_picture *rough, QPixmap *pixmap);

#endif
