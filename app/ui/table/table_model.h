/*
 * The table's model: a QAbstractTableModel in C over the browsed library. No object per row; what is asked
 * for a cell allocates its text and nothing else. UI thread only.
 */
#ifndef VT_UI_TABLE_TABLE_MODEL_H
#define VT_UI_TABLE_TABLE_MODEL_H

#include "app/ui/library/library.h"

#include <qt6c/qabstracttablemodel.h>

/* Owned by `parent`. `library` is borrowed. Follows the library's view by itself. */
QAbstractTableModel *vt_table_model_create(QObjectRef parent, vt_library *library);

/* What a cell of such a model says, UTF-8, one line; "" where stars are drawn. Valid until the next call. */
const char *vt_table_model_text(const QModelIndex *index);

/* Shows `text` in a cell of the item until all edits under way have ended: it is being written. Copied;
   beyond a few at a time the oldest is shown when it is written. */
void vt_table_model_pend(QAbstractTableModel *of, int64_t item, int column, const char *text);

#endif
