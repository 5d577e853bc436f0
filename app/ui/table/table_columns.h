/*
 * The columns of the table, as a const table: title, how wide, what a cell says, which order a click on it
 * means.
 *
 * No Qt; any thread.
 */
#ifndef VT_UI_TABLE_TABLE_COLUMNS_H
#define VT_UI_TABLE_TABLE_COLUMNS_H

#include "core/base/str.h"
#include "core/catalog/record.h"
#include "core/index/index.h"
#include "core/index/sort.h"

#include <stdbool.h>
#include <stddef.h>

/* What a cell is made from. */
typedef struct vt_table_row {
    const vt_snapshot *snapshot;
    uint32_t row; /* of the index */
    vt_item_brief item;
} vt_table_row;

typedef struct vt_table_column {
    const char *title;
    int width;      /* at first, in widths of the digit 0 */
    bool is_number; /* stands at the right */
    vt_sort_key key;
    void (*say)(const vt_table_row *row, vt_str *text); /* appends UTF-8 */
} vt_table_column;

#define VT_TABLE_NAME_COLUMN 0

/* Never NULL for 0 <= column < vt_table_column_count(). */
const vt_table_column *vt_table_column_at(int column);
int vt_table_column_count(void);

/* The column that shows the order `key`, -1 if none does. */
int vt_table_column_of_key(vt_sort_key key);

#endif
