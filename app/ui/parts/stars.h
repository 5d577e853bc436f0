/*
 * Ratings as stars, drawn as shapes: they look alike whatever fonts there are. UI thread only, inside a paint
 * event.
 */
#ifndef VT_UI_PARTS_STARS_H
#define VT_UI_PARTS_STARS_H

#include "app/ui/parts/paint.h"

#define VT_STARS 5

/* One star into the square at (x, y): filled with `fill`, its outline in `line`; each may be left out
   (VT_PAINT_NO_FILL, VT_PAINT_NO_LINE). */
void vt_star_paint(QPainter *painter, double x, double y, double side, uint32_t fill, uint32_t line);

#endif
