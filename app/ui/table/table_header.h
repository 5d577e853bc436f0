/*
 * The header of the table, which paints itself: titles, and beside those that the rows are sorted by an
 * arrow, with a small number if there are several. Columns are moved and resized as in any header. UI thread
 * only.
 */
#ifndef VT_UI_TABLE_TABLE_HEADER_H
#define VT_UI_TABLE_TABLE_HEADER_H

#include "app/ui/table/table_order.h"

#include <qt6c/qheaderview.h>

#include <stdbool.h>

typedef struct vt_table_header_ops {
    void (*clicked)(void *user, int column, bool add);         /* `add`: with Shift or Ctrl */
    void (*menu)(void *user, int column, const QPoint *where); /* of the screen; -1: beside the columns */
} vt_table_header_ops;

/* Owned by `parent`. `ops` lives as long. */
QHeaderView *vt_table_header_create(QWidgetRef parent, const vt_table_header_ops *ops, void *user);

void vt_table_header_set_order(QHeaderView *header, const vt_table_order *order);

#endif
