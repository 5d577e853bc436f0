/*
 * Private to panes: items, files and folders as they stand in the ids of providers. UI thread only.
 */
#ifndef VT_UI_PANES_PANE_ITEM_H
#define VT_UI_PANES_PANE_ITEM_H

#include "app/ui/panes/content.h"
#include "core/base/str.h"
#include "core/catalog/record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An item of the catalog as a pane shows it. */
typedef struct vt_pane_item {
    vt_item_brief brief; /* its name is not kept */
    uint64_t version;    /* of its content: vt_item_version */
    uint32_t row;        /* of the index */
    vt_str name;         /* fit for display */
    vt_str path;         /* bytes */
} vt_pane_item;

#define VT_PANE_ITEM_INIT                                                                                    \
    {                                                                                                        \
        {0}, 0, 0, VT_STR_INIT, VT_STR_INIT                                                                  \
    }

/* "image:12" and so on, by the kind of the item; returns `provider`. */
const char *vt_pane_provider_of(const vt_item_brief *item, char provider[64]);

/* The id in "12"; 0 if it is none. */
int64_t vt_pane_item_id(const char *argument);

/* Looks an item up in the newest rows; constant time. False and `error`: VT_ERROR_USAGE for what is no id,
   VT_ERROR_NOT_FOUND if there is none (any more), VT_ERROR_MEMORY. */
bool vt_pane_item_find(vt_pane_item *item, vt_engine *engine, const char *argument, vt_error *error);
/* True if it is there and has the content that was found. */
bool vt_pane_item_is_same(const vt_pane_item *item, vt_engine *engine);
void vt_pane_item_clear(vt_pane_item *item);

/* This item as what commands act on: nothing if it is not there (any more). */
vt_subject vt_pane_item_subject(const vt_pane_item *item, vt_engine *engine);
/* These items (ids), as they are now; NULL if none is there or memory runs out. */
vt_chosen *vt_pane_items_chosen(vt_engine *engine, const int64_t *ids, size_t count);

/* Appends the path that a file URI or an absolute path means. False and `error` (VT_ERROR_USAGE). */
bool vt_pane_path_of(const char *argument, size_t length, vt_str *path, vt_error *error);

/* The content has failed: what the fault is called, its reason, and what to do about it. */
void vt_pane_fail_of_file(vt_pane_content *content, const vt_error *error);

#endif
