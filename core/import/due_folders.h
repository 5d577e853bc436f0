/*
 * Private to core/import: folders that have to be looked through as wholes, because single files of them were
 * given, or are gone, that are frames: a sequence is seen only in the whole.
 *
 * A frame is what has the name of a sequence that the catalog knows. With `siblings` also a file that has
 * just come and may be a frame of a sequence that is new: one of those that were joined, or one whose name no
 * rule speaks against, and, unless grouping is eager, that follows or precedes another file. So pictures of a
 * camera that come one by one do not have their folder looked through each time. What the user has split is
 * none.
 *
 * Threads: the walk's.
 */
#ifndef VT_IMPORT_DUE_FOLDERS_H
#define VT_IMPORT_DUE_FOLDERS_H

#include "core/base/error.h"
#include "core/catalog/sequences.h"
#include "core/sequence/sequence.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct vt_due_folders vt_due_folders;

/* `claims` is borrowed. NULL when memory runs out. */
vt_due_folders *vt_due_folders_create(vt_sequence_claims *claims, vt_sequence_mode mode, bool siblings);
void vt_due_folders_free(vt_due_folders *folders); /* NULL is allowed */

/* Whether `name` (NUL-terminated) in the folder `path` is a frame, in which case the folder is due; `came`:
   the file is there, and no item yet. False and `error` if that cannot be told. */
bool vt_due_folders_note(vt_due_folders *folders, const char *path, size_t length, const char *name,
                         size_t name_length, bool came, bool *frame, vt_error *error);

/* The next folder that is due and was not given out, free(); NULL: none. */
char *vt_due_folders_next(vt_due_folders *folders);

#endif
