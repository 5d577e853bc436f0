/*
 * A few rows of text as a QAbstractTableModel in C, for the tables of the Performance centre: rewritten as a
 * whole at each sample, so it is for dozens of rows. Selection and scrolling stay where they are. UI thread
 * only.
 */
#ifndef VT_UI_PERFORMANCE_CELLS_H
#define VT_UI_PERFORMANCE_CELLS_H

#include <qt6c/qtableview.h>
#include <qt6c/qwidget.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct vt_cells vt_cells;

typedef struct vt_cells_column {
    const char *title; /* English, translatable in the context "performance" */
    bool is_number;    /* stands at the right */
    int width;         /* pixels; 0: what is left */
} vt_cells_column;

/* `columns` are static, at most VT_CELLS_COLUMNS_MAX. `name`: for screen readers, translated. `parent` owns
   the model and the table that shows it. */
#define VT_CELLS_COLUMNS_MAX 10
vt_cells *vt_cells_create(QWidgetRef parent, const char *name, const vt_cells_column *columns, int count);
QTableView *vt_cells_table(vt_cells *cells);

/* Begins to write all rows anew; cells then come row by row; ends it and tells the table what has changed. */
void vt_cells_begin(vt_cells *cells);
void vt_cells_add(vt_cells *cells, const char *text); /* copied */
/* The row that is being written is one that is not well. */
void vt_cells_mark(vt_cells *cells);
void vt_cells_end(vt_cells *cells);

/* The row the user chose; -1: none. */
int vt_cells_chosen(const vt_cells *cells);
int vt_cells_rows(const vt_cells *cells);

#endif
