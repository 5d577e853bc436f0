/*
 * Moving files to the trash and back: the freedesktop.org Trash specification 1.0
 * (https://specifications.freedesktop.org/trash-spec/1.0/), as file managers read it.
 *
 * A file goes to the home trash if it is on that file system, else to "$top/.Trash/$uid" if the administrator
 * has made a ".Trash" there that is valid, else to "$top/.Trash-$uid". Nothing is copied to another file
 * system, nothing overwritten, and nothing of the user's deleted. The note (info/NAME.trashinfo) is made
 * before the file is renamed: whoever is stopped in between leaves a note without a file, which vt_trash_tidy
 * removes. Neither is synced. The cache "directorysizes", which the specification leaves to us, is not
 * written.
 *
 * Threads: any but the window's: it touches the disk. Several processes may use one trash.
 */
#ifndef VT_FILES_TRASH_H
#define VT_FILES_TRASH_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Files of one name that a trash holds; more are refused (VT_ERROR_LIMIT). */
#define VT_TRASH_NAMES_MAX 10000
/* A note without a file is left alone as long: somebody may be about to move that file. Nanoseconds. */
#define VT_TRASH_TIDY_AGE (INT64_C(3600) * 1000000000)

/* Where a file went: all that is needed to put it back, now or by another process. Absolute paths, bytes. */
typedef struct vt_trashed {
    char *original; /* owned: where it was; its folder without symbolic links */
    char *file;     /* owned: where it is: ".../files/NAME" */
    char *info;     /* owned: its note: ".../info/NAME.trashinfo" */
} vt_trashed;

void vt_trashed_clear(vt_trashed *trashed);

/* "$XDG_DATA_HOME/Trash", need not exist. Owned by the caller, free(). NULL and `error` if neither the
   variable nor $HOME is set. Reads environ. */
char *vt_trash_home(vt_error *error);

/* Moves `path` (absolute; a file, a folder or a symbolic link, which goes itself) to its trash. `home`: see
   vt_trash_home. `now_ns`: nanoseconds since 1970, UTC; noted as local time. `trashed` is filled, and cleared
   by the caller, only on success. After a failure the file is where it was: VT_ERROR_NOT_FOUND (gone),
   _PERMISSION, _READ_ONLY, _NO_SPACE, _USAGE (no such path, or one in the trash already), _LIMIT, _MEMORY,
   _IO. */
bool vt_trash_move(const char *home, const char *path, int64_t now_ns, vt_trashed *trashed, vt_error *error);

/* Puts it back where it was, and removes the note. After a failure it is in the trash still:
   VT_ERROR_CHANGED (something else is there now, or the trash holds another file under that name),
   VT_ERROR_NOT_FOUND (the trash was emptied, or the folder it was in is gone), those of vt_trash_move. */
bool vt_trash_restore(const vt_trashed *trashed, vt_error *error);

/* Where the file that was moved from `original` is, if it is the one that `is_it` says; for whoever was cut
   off before it noted that. `trashed` is filled, and cleared by the caller, only if it returns true; false
   and `error` of VT_ERROR_NOT_FOUND if it is not there. */
typedef bool (*vt_trash_judge)(void *user, const char *file);
bool vt_trash_find(const char *home, const char *original, vt_trash_judge is_it, void *user,
                   vt_trashed *trashed, vt_error *error);

/* Describes the file `file` of a trash (".../files/NAME") that was at `original`, whatever is there now.
   False when memory runs out, or the folder of `original` is gone. */
bool vt_trashed_of(const char *file, const char *original, vt_trashed *trashed, vt_error *error);

/* Removes the notes without a file that are older than VT_TRASH_TIDY_AGE from the trash of what lies in
   `folder`; how many goes to `*removed`. No trash there: none. Ends at the first that cannot be removed. */
bool vt_trash_tidy(const char *home, const char *folder, int64_t now_ns, size_t *removed, vt_error *error);

#endif
