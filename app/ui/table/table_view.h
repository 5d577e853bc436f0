/*
 * The Table view: a QTableView on a model implemented in C over the browsed library. No object per row: a
 * cell's text is made when Qt asks for it. Names have a small picture in front (row_pictures.h). A click on a
 * header sorts (by the library, off the UI thread), with Shift by several columns. Ratings, labels, titles
 * and tags are edited in their cells, all of them for all rows that are selected. UI thread only.
 */
#ifndef VT_UI_TABLE_TABLE_VIEW_H
#define VT_UI_TABLE_TABLE_VIEW_H

#include "app/ui/library/library.h"
#include "app/ui/table/row_pictures.h"
#include "core/base/log.h"
#include "core/perf/monitor.h"

#include <qt6c/qtableview.h>

typedef struct vt_table vt_table;

typedef struct vt_table_context {
    vt_library *library;                       /* borrowed, like the executor */
    vt_executor *executor;                     /* for copies, completions and finding a name */
    void (*open)(void *user, int64_t row);     /* the user opens a row: double click, Enter */
    void (*say)(void *user, const char *text); /* what was done, or could not be */
    void *user;
    vt_log log;
} vt_table_context;

/* `parent` owns the widget and with it the table. */
vt_table *vt_table_create(QWidgetRef parent, const vt_table_context *context);

/* Writes what is being typed, and waits for what runs elsewhere; nothing is told after. Before the engine and
   the widgets are freed. */
void vt_table_stop(vt_table *table);

QWidget *vt_table_widget(vt_table *table);

/* Records each painting as an operation of `monitor` (borrowed), against the budget of a frame. */
void vt_table_measure(vt_table *table, vt_monitor *monitor);

vt_row_pictures_figures vt_table_picture_figures(const vt_table *table);

/* Edits the current cell in its place, or the first one of its row that is a text. */
void vt_table_edit_current(vt_table *table);

/* The menu of the columns, at the current one. */
void vt_table_show_columns_menu(vt_table *table);

/* The selected rows (all, if there are none) with the columns that are shown, to the clipboard; more than
   VT_TABLE_COPY_MAX to a file, for which the user is asked. Told when it is done. */
void vt_table_copy_csv(vt_table *table);
#define VT_TABLE_COPY_MAX 100000

/* Widths, order and which are shown, as words (table_layout.h) for the session; a QByteArray to be released.
 */
QByteArray vt_table_save_columns(vt_table *table);
void vt_table_restore_columns(vt_table *table, const QByteArray *state);

#endif
