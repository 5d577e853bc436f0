/*
 * The Table view: a QTableView on a model implemented in C over the browsed library. No object per row: a
 * cell's text is made when Qt asks for it. Names have a small picture in front (row_pictures.h). A click on a
 * header sorts (by the library, off the UI thread). UI thread only.
 */
#ifndef VT_UI_TABLE_TABLE_VIEW_H
#define VT_UI_TABLE_TABLE_VIEW_H

#include "app/ui/library/library.h"
#include "app/ui/table/row_pictures.h"
#include "core/perf/monitor.h"

#include <qt6c/qtableview.h>

typedef struct vt_table vt_table;

/* Called when the user opens a row (double click, Enter). */
typedef void (*vt_table_open)(void *user, int64_t row);

/* `parent` owns the widget and with it the table; `library` is borrowed. */
vt_table *vt_table_create(QWidgetRef parent, vt_library *library, vt_table_open open, void *user);

QWidget *vt_table_widget(vt_table *table);

/* Records each painting as an operation of `monitor` (borrowed), against the budget of a frame. */
void vt_table_measure(vt_table *table, vt_monitor *monitor);

vt_row_pictures_figures vt_table_picture_figures(const vt_table *table);

/* Column widths and order, for the settings; a QByteArray to be released. */
QByteArray vt_table_save_columns(vt_table *table);
void vt_table_restore_columns(vt_table *table, const QByteArray *state);

#endif
