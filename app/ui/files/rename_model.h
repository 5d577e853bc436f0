/* The rows of the renaming's preview: what a file is called, what it will be, and what is wrong with that. */
#ifndef VT_UI_FILES_RENAME_MODEL_H
#define VT_UI_FILES_RENAME_MODEL_H

#include "core/import/rename_draft.h"

#include <qt6c/qabstracttablemodel.h>
#include <qt6c/qwidget.h>

typedef struct vt_rename_model vt_rename_model;

/* `parent` owns it. */
vt_rename_model *vt_rename_model_create(QWidgetRef parent);
QAbstractTableModel *vt_rename_model_of_qt(vt_rename_model *model);
/* The draft is borrowed until the next call; NULL: no rows. */
void vt_rename_model_show(vt_rename_model *model, const vt_rename_draft *draft);

#endif
