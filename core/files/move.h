/*
 * Renaming that never overwrites, and the words for why it failed.
 *
 * renameat2(2) with RENAME_NOREPLACE where the file system knows that flag. Where it does not (NFS, some of
 * FUSE), a file gets its new name by link(2), which refuses a name that is taken, before it loses the old
 * one; a folder replaces an empty one that was made for it. Whatever happens in between, the file has a name;
 * one that can have no second name there is left alone (EOPNOTSUPP). Nothing is ever copied to another file
 * system.
 *
 * Threads: no state, any but the window's: it touches the disk.
 */
#ifndef VT_FILES_MOVE_H
#define VT_FILES_MOVE_H

#include "core/base/error.h"

#include <stdbool.h>

/* Names are paths, relative to the open folders or absolute (AT_FDCWD). A symbolic link is moved itself.
   Returns 0 or an errno: EEXIST if `to` is taken. After a failure everything is where it was. */
int vt_move(int from_folder, const char *from, int to_folder, const char *to);

/* True if there is something at `path`, be it a symbolic link that leads nowhere. */
bool vt_move_is_there(const char *path);

/* Words a failed move: "cannot DOING PATH (what to do): the system's text", where `to` (or NULL) is where it
   should have gone. EEXIST is VT_ERROR_CHANGED, the others are as vt_error_set_errno has them; the errno is
   in `error->system`. Returns false. */
bool vt_move_fault(vt_error *error, int reason, const char *doing, const char *path, const char *to);

#endif
