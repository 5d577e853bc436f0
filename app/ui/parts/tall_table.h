/*
 * A table view whose rows have one height and cost nothing: a hundred or fifty million of them, it takes the
 * same memory, and as long to show others. Qt's own keeps eight bytes a row in the header at its side, seen
 * or not, and writes them anew whenever the model is reset.
 *
 * It is a QTableView still, so that screen readers find a table, with Qt's header of columns. Only what Qt
 * asks the header at the side for is computed here: that header is hidden and has no rows. So what QTableView
 * itself says of rows (rowAt, rowViewportPosition, rowHeight, hiding rows, spans, a grid) does not hold; the
 * functions of QAbstractItemView do (indexAt, visualRect, scrollTo).
 *
 * As many rows as an int has pixels: two thousand million divided by the height of one.
 *
 * Threads: the window's.
 */
#ifndef VT_UI_PARTS_TALL_TABLE_H
#define VT_UI_PARTS_TALL_TABLE_H

#include <qt6c/qtableview.h>
#include <stdbool.h>

/* To be the first member of a table that has more of its own. */
typedef struct vt_tall_table {
    QTableView view; /* first */
    int row_height;  /* in points */
    bool whole_line; /* right of the last column is that column still: to click on, and to show as selected */
} vt_tall_table;

/* For the virtuals of a table that has more of its own. Its selection_changed, move_cursor and paint_event
   are for it to give: those below, or its own that call them. */
#define VT_TALL_TABLE_VIRTUALS                                                                               \
    .visual_rect = vt_tall_table_visual_rect, .index_at = vt_tall_table_index_at,                            \
    .scroll_to = vt_tall_table_scroll_to, .set_selection = vt_tall_table_set_selection,                      \
    .is_index_hidden = vt_tall_table_is_hidden, .vertical_offset = vt_tall_table_vertical_offset,            \
    .size_hint_for_column = vt_tall_table_column_hint, .update_geometries = vt_tall_table_update_geometries

/* After the view's constructor and the model. `row_height` in points, at least 1. Whole rows are
   selected, rows are scrolled by pixels, there is no grid. */
void vt_tall_table_set_up(vt_tall_table *table, int row_height);

/* The height of a row for a line of the view's font and `spare` points. */
int vt_tall_table_height_for(const QTableView *view, int spare);

/* A table without more of its own; `parent` owns it, `model` is the caller's. */
QTableView *vt_tall_table_new(QWidgetRef parent, QAbstractItemModelRef model);

/* The row at `y` of the viewport; -1: there is none. */
int vt_tall_table_row_at(const vt_tall_table *table, int y);
/* Where a row begins in the viewport, be it in sight or not. */
int vt_tall_table_row_y(const vt_tall_table *table, int row);

/* A QItemSelection is a QList of ranges: this frees one that is ours. */
void vt_tall_table_release_ranges(QItemSelection *ranges);

/* ---- QTableView's virtuals ---- */
/* Home and End: the first and the last row. */
QModelIndex vt_tall_table_move_cursor(QTableView *self, int action, int modifiers);
void vt_tall_table_paint(QTableView *self, QPaintEvent *event);
QRect vt_tall_table_visual_rect(const QTableView *self, const QModelIndex *index);
QModelIndex vt_tall_table_index_at(const QTableView *self, const QPoint *point);
void vt_tall_table_scroll_to(QTableView *self, const QModelIndex *index, QAbstractItemView_ScrollHint hint);
void vt_tall_table_set_selection(QTableView *self, const QRect *rect, int command);
void vt_tall_table_selection_changed(QTableView *self, const QItemSelection *selected,
                                     const QItemSelection *deselected);
bool vt_tall_table_is_hidden(const QTableView *self, const QModelIndex *index);
int vt_tall_table_vertical_offset(const QTableView *self);
int vt_tall_table_column_hint(const QTableView *self, int column);
void vt_tall_table_update_geometries(QTableView *self);

#endif
