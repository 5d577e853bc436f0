/*
 * Icons drawn from a const table of strokes, so that they are sharp at any size and take the theme's colours.
 *
 * UI thread only.
 */
#ifndef VT_UI_PARTS_ICONS_H
#define VT_UI_PARTS_ICONS_H

#include <qt6c/qicon.h>
#include <qt6c/qpainter.h>
#include <stdint.h>

typedef enum vt_icon {
    VT_ICON_ADD_FOLDER,
    VT_ICON_FOLDER,
    VT_ICON_LIBRARY,
    VT_ICON_GRID,
    VT_ICON_TABLE,
    VT_ICON_SEARCH,
    VT_ICON_IMAGE,
    VT_ICON_MODEL,
    VT_ICON_SEQUENCE,
    VT_ICON_BROKEN,
    VT_ICON_WARNING,
    VT_ICON_CLOSE,
    VT_ICON_BACK,
    VT_ICON_PREVIOUS,
    VT_ICON_NEXT,
    VT_ICON_ZOOM_IN,
    VT_ICON_ZOOM_OUT,
    VT_ICON_FIT,
    VT_ICON_ACTUAL_SIZE,
    VT_ICON_SORT_ASCENDING,
    VT_ICON_SORT_DESCENDING,
    VT_ICON_PLAY,
    VT_ICON_PAUSE,
    VT_ICON_EXPANDED,
    VT_ICON_COLLAPSED,
    VT_ICON_CHECK,
    VT_ICON_PARTLY,
    VT_ICON_STAR,
    VT_ICON_ROTATE_LEFT,
    VT_ICON_ROTATE_RIGHT,
    VT_ICON_INFO,
    VT_ICON_FULL_SCREEN,
    VT_ICON_MORE,
    VT_ICON_LOOP,
    VT_ICON_STACK,
    VT_ICON_STACK_OPEN,
    VT_ICON_PANES,
    VT_ICON_NOTE,
    VT_ICON_PERFORMANCE,
    VT_ICON_COUNT
} vt_icon;

/* Draws `icon` into the square at (x, y) with this side, in 0xRRGGBB. */
void vt_icon_paint(QPainter *painter, vt_icon icon, double x, double y, double side, uint32_t rgb);

/* An icon of 24 pixels for buttons and menus, in the theme's text colour, dimmed when disabled. The caller
   owns the result: q_icon_fini. */
QIcon vt_icon_make(vt_icon shape);

/* The same of a dot in one colour, for labels. */
QIcon vt_icon_make_dot(uint32_t rgb);

#endif
