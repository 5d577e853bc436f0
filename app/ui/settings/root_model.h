/*
 * The imported folders as a QAbstractItemModel in C: path, items, state, and what is done with each. UI
 * thread only.
 */
#ifndef VT_UI_SETTINGS_ROOT_MODEL_H
#define VT_UI_SETTINGS_ROOT_MODEL_H

#include "app/ui/settings/root_list.h"

#include <qt6c/qabstracttablemodel.h>

enum {
    VT_ROOT_COLUMN_PATH,
    VT_ROOT_COLUMN_ITEMS,
    VT_ROOT_COLUMN_STATE,
    VT_ROOT_COLUMN_WATCH,
    VT_ROOT_COLUMN_SCAN,
    VT_ROOT_COLUMNS
};

typedef struct vt_root_model vt_root_model;

/* Empty at first; `parent` owns it. */
vt_root_model *vt_root_model_create(QWidgetRef parent);
QAbstractTableModel *vt_root_model_of_qt(vt_root_model *model);

/* Takes over `list`; what was shown before is freed. */
void vt_root_model_set(vt_root_model *model, vt_root_list *list);

/* What is shown, borrowed until the next set; NULL before the first. */
const vt_root_list *vt_root_model_list(const vt_root_model *model);

#endif
