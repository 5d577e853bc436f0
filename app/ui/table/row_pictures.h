/*
 * Small pictures for the rows of the table, in one block of memory that is made once: painting a row
 * allocates nothing, however fast rows rush by. Until its thumbnail has come a row shows its tiny thumbnail
 * (core/index/tiny.h), and where there is none, a sign of its kind.
 *
 * Thumbnails are asked for where vt_row_pictures_want says that rows are in view, and called off when they
 * are not any more; those seen last are kept. UI thread only.
 */
#ifndef VT_UI_TABLE_ROW_PICTURES_H
#define VT_UI_TABLE_ROW_PICTURES_H

#include "app/ui/library/library.h"

#include <qt6c/qpainter.h>

typedef struct vt_row_pictures vt_row_pictures;

/* The picture at `row` of the view may have come: paint it again. */
typedef void (*vt_row_picture_arrived)(void *user, int64_t row);

typedef struct vt_row_pictures_figures {
    int64_t drawn_tiny; /* codes that were made pixels */
    int64_t asked;      /* of the engine */
    int64_t arrived;
    int64_t called_off;
} vt_row_pictures_figures;

/* `side`: logical pixels of the longer side; `device_ratio`: physical ones in one of these. `library` is
   borrowed. NULL when memory runs out: all functions take that, and paint signs. */
vt_row_pictures *vt_row_pictures_create(vt_library *library, int side, double device_ratio,
                                        vt_row_picture_arrived arrived, void *user);
void vt_row_pictures_free(vt_row_pictures *pictures);

/* Paints the picture of the item at `row` of the view into the middle of `square`. */
void vt_row_pictures_paint(vt_row_pictures *pictures, vt_library *library, QPainter *painter, QRect square,
                           int64_t row);

/* The rows from `first` to before `last` are in view; none: the table is hidden. Asks for what is missing of
   rows that were painted. */
void vt_row_pictures_want(vt_row_pictures *pictures, int64_t first, int64_t last);

vt_row_pictures_figures vt_row_pictures_get_figures(const vt_row_pictures *pictures);

#endif
