/*
 * Copies of files to a folder: with their times and permissions, nothing overwritten, each whole or not
 * there.
 *
 * A copy is written under a temporary name in the folder and gets its own when it is complete, so whoever is
 * stopped leaves no half of a file under a name that somebody trusts. If the name is taken, the copy is
 * "name (2).ext". The disk does the copying where it can (copy_file_range). Nothing is synced.
 *
 * Threads: any but the window's.
 */
#ifndef VT_EXPORT_EXPORT_COPY_H
#define VT_EXPORT_EXPORT_COPY_H

#include "core/base/error.h"
#include "core/base/str.h"
#include "core/task/cancel.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Names of one kind that are tried: "a (2).png" up to this. */
#define VT_EXPORT_NAMES_MAX 10000

/* Copies `path` into `folder` (absolute, there) as `name`, or by the next free one, which goes to `*made`
   (whole path; appended; may be NULL). Bytes go to `*copied` as they are written (may be NULL). `cancel` may
   be NULL. VT_ERROR_NO_SPACE and a message that says whose disk is full; VT_ERROR_NOT_FOUND,
   VT_ERROR_PERMISSION, VT_ERROR_NOT_REGULAR, VT_ERROR_CANCELLED, VT_ERROR_LIMIT, VT_ERROR_IO,
   VT_ERROR_MEMORY. */
bool vt_export_copy(const char *path, const char *folder, const char *name, const vt_cancel *cancel,
                    vt_str *made, int64_t *copied, vt_error *error);

/* For whoever writes a file of his own there: an empty one under a temporary name, open for writing, with
   the permissions of other new files. The path goes to `temporary`. -1 and `error`. */
int vt_export_begin(const char *folder, vt_str *temporary, vt_error *error);
/* Gives it `name`, or the next free one, as above. It is removed if that fails. */
bool vt_export_finish(const char *temporary, const char *folder, const char *name, vt_str *made,
                      vt_error *error);

/* The name tried as the `number`th, from 1 on: "name.ext", "name (2).ext" and so on; cut so that it fits, at
   a character's end. Replaces what `out` holds. False without memory. */
bool vt_export_number_name(const char *name, unsigned number, vt_str *out);

#endif
