/*
 * Private to panes: rows of text in a table: lines of a file, the result of a query. A cell is asked for when
 * it is painted; nothing is held per row. UI thread only.
 */
#ifndef VT_UI_PANES_PANE_ROWS_H
#define VT_UI_PANES_PANE_ROWS_H

#include "app/ui/library/selection.h"
#include "core/base/str.h"

#include <qt6c/qabstracttablemodel.h>
#include <qt6c/qtableview.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct vt_pane_rows vt_pane_rows;

/* What the rows are; a const table. */
typedef struct vt_pane_rows_ops {
    size_t (*rows)(const void *user);
    size_t (*columns)(const void *user);
    /* Appends what a cell says, fit for display. */
    void (*cell)(const void *user, size_t row, size_t column, vt_str *text);
    bool (*is_number)(const void *user, size_t row, size_t column);  /* at the right; NULL: none */
    bool (*is_nothing)(const void *user, size_t row, size_t column); /* said faintly; NULL: none */
    void (*title)(const void *user, size_t column, vt_str *text);    /* NULL: there is no header */
    void (*opened)(void *user, size_t row);                          /* double click, Enter; NULL */
    void (*copy)(void *user);                                        /* the key of copying */
    bool (*are_items)(const void *user); /* the view's actions, which are of items, fit; NULL: never */
    void (*copy_value)(void *user, size_t row, size_t column); /* one cell, whole; NULL: none alone */
    void (*selected)(void *user);                              /* other rows are; NULL */
} vt_pane_rows_ops;

/* `parent` owns it. */
vt_pane_rows *vt_pane_rows_create(QWidgetRef parent, const vt_pane_rows_ops *ops, void *user);
QTableView *vt_pane_rows_view(vt_pane_rows *rows);

/* No column is so wide that it hides the others; the user may make it so. Linear in the columns. */
void vt_pane_rows_narrow(vt_pane_rows *rows);

/* Begins and ends another set of rows. */
void vt_pane_rows_begin(vt_pane_rows *rows);
void vt_pane_rows_end(vt_pane_rows *rows);

/* The first row that is seen whole, and to have one there, or as far up as that goes. */
size_t vt_pane_rows_top(const vt_pane_rows *rows);
void vt_pane_rows_scroll(vt_pane_rows *rows, size_t row);

/* How many rows are selected, in time linear in that; `list` (may be NULL): a list of them, in no order, to
   be freed; NULL then if there are none or memory runs out. */
size_t vt_pane_rows_selected(vt_pane_rows *rows, size_t **list);
/* The row with the keyboard; false if there is none. */
bool vt_pane_rows_current(vt_pane_rows *rows, size_t *row);

/* Adds to `chosen`, which must be empty, the rows that are selected, all if none is: what is copied. In time
   linear in the stretches of selected rows, however many rows there are. False when memory runs out. */
bool vt_pane_rows_chosen(vt_pane_rows *rows, vt_selection *chosen);

#endif
