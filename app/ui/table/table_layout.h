/*
 * Which columns stand where, how wide: as words for the session, "name=320 title=200 -kind=80".
 *
 * The words stand in the order of the columns; "-" before one says that it is hidden. What an older or newer
 * version wrote, or somebody's editor, is read as far as it makes sense: unknown and doubled words are passed
 * over, columns that are not named follow as they are at first, and there is always one that is shown. No Qt;
 * any thread.
 */
#ifndef VT_UI_TABLE_TABLE_LAYOUT_H
#define VT_UI_TABLE_TABLE_LAYOUT_H

#include "app/ui/table/table_columns.h"
#include "core/base/str.h"

#include <stdbool.h>
#include <stddef.h>

/* Widths of columns, in pixels of the window; others are brought within. */
#define VT_TABLE_WIDTH_MIN 24
#define VT_TABLE_WIDTH_MAX 4000

typedef struct vt_table_place {
    int column;
    int width; /* 0: as the column is at first */
    bool is_shown;
} vt_table_place;

typedef struct vt_table_layout {
    vt_table_place places[VT_TABLE_COLUMNS_MAX]; /* one for each column, as they stand from the left */
} vt_table_layout;

/* All columns in the order of their table. */
vt_table_layout vt_table_layout_first(void);

vt_table_layout vt_table_layout_read(const char *words, size_t length);

/* Appends the words. */
void vt_table_layout_write(const vt_table_layout *layout, vt_str *words);

#endif
