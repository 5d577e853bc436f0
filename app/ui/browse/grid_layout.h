/*
 * Where the cards of a grid stand: arithmetic only, so that a million items cost the same as ten.
 *
 * All cells have one size; item i stands in row i / columns, column i % columns. In a grouped grid each group
 * begins with a header of its own and a new row. Items are numbered without those of collapsed groups
 * (group_lines.h calls them slots). Lengths are device-independent pixels; y counts from the top of the whole
 * content, which may be far higher than a screen. No Qt; any thread.
 */
#ifndef VT_UI_BROWSE_GRID_LAYOUT_H
#define VT_UI_BROWSE_GRID_LAYOUT_H

#include "app/ui/browse/group_lines.h"

#include <stdint.h>

typedef struct vt_grid_layout {
    int64_t count;          /* items; of a grouped grid, set by vt_grid_layout_update */
    int width;              /* of the viewport */
    int height;             /* of the viewport */
    int picture;            /* side of the square that holds a picture */
    int caption;            /* height of the text below it */
    int gap;                /* between cells and around the content */
    int header;             /* height of the header of a group */
    vt_group_lines *groups; /* NULL: not grouped; borrowed, and told the columns */
    int columns;            /* at least 1; set by vt_grid_layout_update */
    int cell_width;         /* picture plus the share of the row that is left over */
    int cell_height;        /* picture + caption */
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

/* Between which items a point of the content lies: the number of the one behind it, 0 to the count; in a grid
   without groups. */
int64_t vt_grid_layout_gap_at(const vt_grid_layout *layout, int x, int64_t y);

/* The item a key leads to from `item` (-1: nothing current yet); clamped to the content. -1 if it is empty.
 */
int64_t vt_grid_layout_step(const vt_grid_layout *layout, int64_t item, vt_grid_step step);

/* The same for one step after the other: `*column` (-1 at first) is where steps up and down aim at, also
   behind rows too short to have it; other steps make it -1. */
int64_t vt_grid_layout_step_on(const vt_grid_layout *layout, int64_t item, vt_grid_step step, int *column);

/* The scroll position nearest to `scroll` that shows `item` whole. */
int64_t vt_grid_layout_reveal(const vt_grid_layout *layout, int64_t scroll, int64_t item);

/* The greatest scroll position. */
int64_t vt_grid_layout_scroll_max(const vt_grid_layout *layout);

/* Of a grouped grid: the y where the header of a group begins. */
int64_t vt_grid_layout_header(const vt_grid_layout *layout, uint32_t group);

/* The last group that begins at or above y. */
uint32_t vt_grid_layout_group_at(const vt_grid_layout *layout, int64_t y);

#endif
