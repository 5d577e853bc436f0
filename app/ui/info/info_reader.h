/*
 * Reads for the item panel what the catalog knows of the chosen items, away from the window's thread.
 *
 * One thing at a time, in parts of a few milliseconds on the executor of the views, so that filtering a
 * million rows does not wait for looking through them; a newer wish takes the place of an older one.
 * UI thread only.
 */
#ifndef VT_UI_INFO_INFO_READER_H
#define VT_UI_INFO_INFO_READER_H

#include "core/catalog/marks_survey.h"
#include "core/decode/metadata.h"
#include "core/edit/target.h"
#include "core/import/engine.h"

#include <qt6c/qobject.h>

#include <stddef.h>

typedef struct vt_info_reader vt_info_reader;

/* What is known of the items; borrowed for the call. */
typedef struct vt_info {
    vt_shared_marks marks;
    bool is_one;  /* one item: the two below are of it */
    vt_item item; /* its path is not kept */
    vt_metadata metadata;
    vt_error error; /* not VT_ERROR_NONE: nothing could be read */
} vt_info;

typedef struct vt_info_ops {
    void (*read)(void *user, const vt_info *info);
    void (*suggested)(void *user, const char *const *tags, size_t count);
} vt_info_ops;

/* Results come as posts to `receiver`, which must outlive the reader. NULL when memory runs out. */
vt_info_reader *vt_info_reader_create(QObjectRef receiver, vt_engine *engine, vt_executor *executor,
                                      const vt_info_ops *ops, void *user);
/* Waits for what is being read; nothing is told after. Before the engine is freed. */
void vt_info_reader_free(vt_info_reader *reader); /* NULL is allowed */

/* Takes over `target`. */
void vt_info_read(vt_info_reader *reader, vt_edit_target *target);

/* Tags that complete `typed`; "" calls off. */
void vt_info_complete(vt_info_reader *reader, const char *typed);

#endif
