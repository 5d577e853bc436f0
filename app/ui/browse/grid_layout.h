/*
 * Where the cards of a grid stand: arithmetic only, so that a million items cost the same as ten.
 *
 * All cells have one size; item i stands in row i / columns, column i % columns. Lengths are
 * device-independent pixels; y counts from the top of the whole content, which may be far higher than a
 * screen. No Qt; any thread.
 */
#ifndef VT_UI_BROWSE_GRID_LAYOUT_H
#define VT_UI_BROWSE_GRID_LAYOUT_H

#include <stdint.h>

typedef struct vt_grid_layout {
    int64_t count;   /* items */
    int width;       /* of the viewport */
    int height;      /* of the viewport */
    int picture;     /* side of the square that holds a picture */
    int caption;     /* height of the text below it */
    int gap;         /* between cells and around the content */
    int columns;     /* at least 1; set by vt_grid_layout_update */
    int cell_width;  /* picture plus the share of the row that is left over */
    int cell_height; /* picture + caption */
    int64_t rows;
    int64_t content_height;
} vt_grid_layout;

/* A half-open range of items. */
typedef struct vt_grid_range {
    int64_t first, last;
} vt_grid_range;

typedef struct vt_grid_cell {
    int x;
    int64_t y;
    int width, height;
} vt_grid_cell;

/* The steps a keyboard can take from one item to another. */
typedef enum vt_grid_step {
    VT_GRID_LEFT,
    VT_GRID_RIGHT,
    VT_GRID_UP,
    VT_GRID_DOWN,
    VT_GRID_PAGE_UP,
    VT_GRID_PAGE_DOWN,
    VT_GRID_HOME,
    VT_GRID_END
} vt_grid_step;

/* Computes columns, cell and content size from the fields above them. */
void vt_grid_layout_update(vt_grid_layout *layout);

vt_grid_cell vt_grid_layout_cell(const vt_grid_layout *layout, int64_t item);

/* The items of all rows that touch the viewport scrolled to `scroll`, and `margin` pixels above and below it.
 */
vt_grid_range vt_grid_layout_visible(const vt_grid_layout *layout, int64_t scroll, int margin);

/* The item at a point of the content, or -1 between and behind the cells. */
int64_t vt_grid_layout_item_at(const vt_grid_layout *layout, int x, int64_t y);

/* The item a key leads to from `item` (-1: nothing current yet); clamped to the content. -1 if it is empty.
 */
int64_t vt_grid_layout_step(const vt_grid_layout *layout, int64_t item, vt_grid_step step);

/* The scroll position nearest to `scroll` that shows `item` whole. */
int64_t vt_grid_layout_reveal(const vt_grid_layout *layout, int64_t scroll, int64_t item);

/* The greatest scroll position. */
int64_t vt_grid_layout_scroll_max(const vt_grid_layout *layout);

#endif
