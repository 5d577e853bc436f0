/*
 * The sections of the sidebar and their rows as one QAbstractItemModel over arrays: title and count. UI
 * thread only.
 */
#ifndef VT_UI_SIDEBAR_SIDEBAR_MODEL_H
#define VT_UI_SIDEBAR_SIDEBAR_MODEL_H

#include "app/ui/sidebar/sidebar_sections.h"
#include "core/index/twins.h"

#include <qt6c/qabstractitemmodel.h>

typedef struct vt_sidebar_model vt_sidebar_model;

typedef struct vt_sidebar_content {
    vt_sidebar_rows sections[VT_SIDEBAR_SECTION_COUNT]; /* owned */
    vt_twins_info twins[VT_TWIN_KINDS];
} vt_sidebar_content;

/* Owned by `parent`; empty. */
vt_sidebar_model *vt_sidebar_model_create(QObjectRef parent);
QAbstractItemModel *vt_sidebar_model_item_model(vt_sidebar_model *model);

/* Shows `content`, which is the model's from here. True if it has other rows than before: then all indexes
   are gone; else only counts have changed. */
bool vt_sidebar_model_set(vt_sidebar_model *model, vt_sidebar_content *content);
void vt_sidebar_content_free(vt_sidebar_content *content); /* NULL is allowed */

/* What a row is called in the language of the window. */
const char *vt_sidebar_model_title(const vt_sidebar_rows *rows, vt_sidebar_section section, uint32_t row);

/* What an index stands for; `*row` is VT_SIDEBAR_NONE for a section itself. False for none. */
bool vt_sidebar_model_at(const QModelIndex *index, vt_sidebar_section *section, uint32_t *row);
/* And back; an invalid index for what is not shown. */
QModelIndex vt_sidebar_model_index(vt_sidebar_model *model, vt_sidebar_section section, uint32_t row);

/* What the line below the duplicates says, copied, and how far that is in per cent, -1 if nobody knows. NULL:
   what its row says. */
void vt_sidebar_model_set_note(vt_sidebar_model *model, const char *text, int percent);

/* A name was typed in place of a row's (of vt_sidebar_section_is_renamed); false: it cannot be called so. */
typedef bool (*vt_sidebar_renamed)(void *user, const QModelIndex *index, const char *name);
void vt_sidebar_model_on_renamed(vt_sidebar_model *model, vt_sidebar_renamed renamed, void *user);

/* True for that line: a row that does something, and shows nothing. */
bool vt_sidebar_model_is_action(const vt_sidebar_model *model, const QModelIndex *index);

/* NULL before the first. */
const vt_sidebar_content *vt_sidebar_model_content(const vt_sidebar_model *model);

#endif
