/*
 * A table that is a list with columns, in a dialogue: whole rows, no grid, no numbers before them, long texts
 * shortened in their middle, since they are paths. The keys to select all and to copy are its own while it
 * has the keyboard: also where it lies in the main window, whose commands have them else.
 *
 * Threads: the window's.
 */
#ifndef VT_UI_PARTS_LIST_TABLE_H
#define VT_UI_PARTS_LIST_TABLE_H

#include <qt6c/qabstractitemmodel.h>
#include <qt6c/qtableview.h>

/* A child of `parent`, which shows `model`; that is the caller's. */
QTableView *vt_list_table_new(QWidgetRef parent, QAbstractItemModelRef model);

#endif
