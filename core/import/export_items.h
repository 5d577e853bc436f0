/*
 * Items copied to a folder: their files, with the side-cars and all frames of a sequence, each as
 * export_copy.h has it. A side-car follows its file's name, should that have got a number. One file that
 * fails is told, and the next is gone on with; a disk that is full ends it.
 *
 * Threads: one at a time, not the window's.
 */
#ifndef VT_IMPORT_EXPORT_ITEMS_H
#define VT_IMPORT_EXPORT_ITEMS_H

#include "core/import/file_list.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct vt_export_progress {
    int64_t files, done, failed; /* files: all there are */
    int64_t bytes, copied;
} vt_export_progress;

typedef struct vt_export_listener {
    void (*progress)(void *user, const vt_export_progress *progress); /* after each file; may be NULL */
    void (*failed)(void *user, const char *path, const vt_error *error);
    void *user;
} vt_export_listener;

/* `folder`: absolute, there. False and `error`: VT_ERROR_CANCELLED, VT_ERROR_NO_SPACE, those of
   vt_file_list_make; what was copied stays. */
bool vt_export_items(const vt_catalog *catalog, const vt_file_items *items, const char *folder,
                     const vt_cancel *cancel, const vt_export_listener *listener, vt_error *error);

#endif
