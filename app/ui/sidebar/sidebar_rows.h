/*
 * The rows of one section of the sidebar: title, count, and the filter that shows what it counts, in the
 * order of a tree (a parent, then what is below it). Arrays and one piece of text, nothing per row: 100,000
 * tags are some megabytes. No Qt. Filled on a worker, then constant.
 */
#ifndef VT_UI_SIDEBAR_SIDEBAR_ROWS_H
#define VT_UI_SIDEBAR_SIDEBAR_ROWS_H

#include "core/base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_SIDEBAR_NONE     UINT32_MAX
#define VT_SIDEBAR_ROWS_MAX ((uint32_t)1 << 24)

typedef struct vt_sidebar_row {
    uint32_t title_at, filter_at;      /* in the text, ended by a NUL */
    uint32_t parent;                   /* VT_SIDEBAR_NONE: of the section itself */
    uint32_t place;                    /* among its siblings */
    uint32_t first_child, child_count; /* in the order of vt_sidebar_rows_child */
    uint16_t depth;
    int64_t count;
    int64_t id; /* what it stands for, where that is more than a filter: an album, a tag, a rating, a label */
} vt_sidebar_row;

typedef struct vt_sidebar_rows {
    vt_sidebar_row *rows; /* owned */
    uint32_t *children;   /* owned: the rows, those of one parent together; made by _finish */
    uint32_t count, capacity, top_count;
    vt_str text;
    bool failed; /* memory ran out, or there are too many */
} vt_sidebar_rows;

#define VT_SIDEBAR_ROWS_INIT                                                                                 \
    {                                                                                                        \
        NULL, NULL, 0, 0, 0, VT_STR_INIT, false                                                              \
    }

/* Appends a row; `depth` is at most one more than that of the row before. `title`: bytes, made fit to be
   shown. `filter`: what a click writes into the filter box, "" for a row that only groups. */
void vt_sidebar_rows_add(vt_sidebar_rows *rows, unsigned depth, const char *title, size_t length,
                         int64_t count, const char *filter);

/* What the row that was added last stands for; 0 without this. */
void vt_sidebar_rows_set_id(vt_sidebar_rows *rows, int64_t id);

/* All rows are there. False when memory ran out; then there are none. */
bool vt_sidebar_rows_finish(vt_sidebar_rows *rows);
void vt_sidebar_rows_free(vt_sidebar_rows *rows);

const char *vt_sidebar_rows_title(const vt_sidebar_rows *rows, uint32_t row);
const char *vt_sidebar_rows_filter(const vt_sidebar_rows *rows, uint32_t row);

/* Appends the titles from the top to the row, with slashes between: the path of a tag. */
void vt_sidebar_rows_path(const vt_sidebar_rows *rows, uint32_t row, vt_str *path);

/* Children of a row (VT_SIDEBAR_NONE: the top ones). */
uint32_t vt_sidebar_rows_child_count(const vt_sidebar_rows *rows, uint32_t parent);
uint32_t vt_sidebar_rows_child(const vt_sidebar_rows *rows, uint32_t parent, uint32_t place);

/* The row with that filter, VT_SIDEBAR_NONE if there is none. In proportion to the rows. */
uint32_t vt_sidebar_rows_find(const vt_sidebar_rows *rows, const char *filter);

/* True if both have the same titles and filters in the same tree; counts may differ. */
bool vt_sidebar_rows_same_shape(const vt_sidebar_rows *a, const vt_sidebar_rows *b);

#endif
