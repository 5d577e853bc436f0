/*
 * The folder tree as a QAbstractItemModel in C: row 0 is "All items", the roots of the tree follow. UI thread
 * only.
 */
#ifndef VT_UI_FOLDERS_FOLDER_MODEL_H
#define VT_UI_FOLDERS_FOLDER_MODEL_H

#include "app/ui/folders/folder_tree.h"

#include <qt6c/qabstractitemmodel.h>

/* Number of the "All items" row where a node is expected. */
#define VT_FOLDER_ALL (UINT32_MAX - 1)

typedef struct vt_folder_model vt_folder_model;

/* Owned by `parent`; empty but for "All items". */
vt_folder_model *vt_folder_model_create(QObjectRef parent);
QAbstractItemModel *vt_folder_model_item_model(vt_folder_model *model);

/* Shows `tree`, which is the model's from here. True if it has other folders than before: then all indexes
 * are gone. */
bool vt_folder_model_set_tree(vt_folder_model *model, vt_folder_tree *tree);

/* In the colours of the present theme. */
void vt_folder_model_set_icons(vt_folder_model *model);

/* NULL before the first one. */
const vt_folder_tree *vt_folder_model_tree(const vt_folder_model *model);

/* The node of an index, VT_FOLDER_ALL for "All items", VT_FOLDER_NONE for none; and back. */
uint32_t vt_folder_model_node(const QModelIndex *index);
QModelIndex vt_folder_model_index(vt_folder_model *model, uint32_t node);

#endif
