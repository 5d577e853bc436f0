/* Private to the tall table: where its rows and columns stand (tall_table_cells.c). */
#ifndef VT_UI_PARTS_TALL_TABLE_PRIVATE_H
#define VT_UI_PARTS_TALL_TABLE_PRIVATE_H

#include "app/ui/parts/tall_table.h"

#include <qt6c/qmodelindex.h>

const vt_tall_table *vt_tall_table_of(const QTableView *view);
QWidget *vt_tall_viewport(const QTableView *view);
QHeaderView *vt_tall_columns(const QTableView *view);

int vt_tall_clamp(int64_t value, int low, int high);

int vt_tall_row_count(const QTableView *view);
/* The row at `y` of the viewport, or the one that is nearest to it; -1: there are none. */
int vt_tall_nearest_row(const QTableView *view, int y);

/* The last column that is shown, by its number in the model; -1: none is. */
int vt_tall_last_column(const QHeaderView *header);
/* From where to where a column stands in the viewport (x1 and x2). */
QRect vt_tall_column_span(const QTableView *view, int column);

/* Of a cell; not valid where there is none: for -1. */
QModelIndex vt_tall_index(const QTableView *view, int row, int column);
/* There is such a cell, and its column is not hidden. */
bool vt_tall_is_shown(const QTableView *view, const QModelIndex *index);

#endif
