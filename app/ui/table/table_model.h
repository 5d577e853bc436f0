/* The table's model: a QAbstractTableModel in C over the browsed library. UI thread only. */
#ifndef VT_UI_TABLE_TABLE_MODEL_H
#define VT_UI_TABLE_TABLE_MODEL_H

#include "app/ui/library/library.h"

#include <qt6c/qabstracttablemodel.h>

/* Owned by `parent`. `library` is borrowed. Follows the library's view by itself. */
QAbstractTableModel *vt_table_model_create(QObjectRef parent, vt_library *library);

#endif
