/*
 * Change detection: what of a folder is new, changed, back or gone, compared with what the catalog knows.
 *
 * One query per folder, then a binary search per file. A file is the same content if its size, both times and
 * its inode are the same (vt_item_same_content); whoever rewrites a file and sets its times back still moves
 * its ctime. Threads: one thread at a time, not the window's.
 */
#ifndef VT_IMPORT_CHANGES_H
#define VT_IMPORT_CHANGES_H

#include "core/base/error.h"
#include "core/catalog/reader.h"
#include "core/scan/scan.h"

#include <stdbool.h>
#include <stddef.h>

typedef enum vt_file_change {
    VT_FILE_CHANGE_NONE,         /* known, and as it was */
    VT_FILE_CHANGE_NEW,          /* never seen, or never an item though tried before */
    VT_FILE_CHANGE_CONTENT,      /* known, but other content, or a fault that passes (fault.h) */
    VT_FILE_CHANGE_UNREAD,       /* an item as it was, but its content was never looked at */
    VT_FILE_CHANGE_BACK,         /* was missing and is there again, content as it was */
    VT_FILE_CHANGE_FAILED_BEFORE /* failed with just this content: no need to try again */
} vt_file_change;

typedef struct vt_changes vt_changes;

/* `reader` is borrowed and used by all calls. NULL when memory runs out. */
vt_changes *vt_changes_create(vt_catalog_reader *reader);
void vt_changes_free(vt_changes *changes); /* NULL is allowed */

/* Forgets the folder before and loads what is known of `path`. False and `error` as the reader's. */
bool vt_changes_begin(vt_changes *changes, const char *path, size_t length, vt_error *error);

/* True if `path` is the folder that was begun last. What was committed since then is not known of. */
bool vt_changes_is_of(const vt_changes *changes, const char *path, size_t length);

/* Compares one file of the folder and remembers that it was seen. `*known` (NULL allowed) is what the catalog
   knows of it, NULL for nothing, valid until the next begin. */
vt_file_change vt_changes_of(vt_changes *changes, const vt_scan_file *file, const vt_known_file **known);

/* What the catalog knows of a name in the folder, without its counting as seen; NULL: nothing. As `*known`
   above. */
const vt_known_file *vt_changes_known(const vt_changes *changes, const char *name, size_t length);

/* After all files of a folder that was read completely: the next item that was not seen and not missing
   before, or failure (id 0) of something that was not seen as a file; NULL at the end. `*at` starts at 0.
   Whether it is really gone, the caller looks. */
const vt_known_file *vt_changes_next_unseen(const vt_changes *changes, size_t *at);

#endif
