/*
 * Which trash a file goes to, by the freedesktop Trash specification 1.0: the home trash for what is on its
 * file system, else one at the top of the file system that the file is on. For trash.c.
 *
 * The same file system here means what rename(2) takes for the same: device and mount. A bind mount or a
 * subvolume of btrfs therefore has a trash of its own.
 */
#ifndef VT_FILES_TRASH_FOLDER_H
#define VT_FILES_TRASH_FOLDER_H

#include "core/base/error.h"

#include <stdbool.h>

typedef struct vt_trash_folder {
    char *path;      /* owned; "/mnt/.Trash-1000" */
    char *top;       /* owned; what paths in its notes are relative to, NULL for the home trash */
    int files, info; /* open folders below it */
} vt_trash_folder;

/* The trash of what lies in `folder`, an absolute path without symbolic links; `home` is the home trash.
   `create`: makes it if it is not there; otherwise that is VT_ERROR_NOT_FOUND. A trash that is a symbolic
   link (but for the home trash) or somebody else's is not used. vt_trash_folder_close in any case. */
bool vt_trash_folder_open(const char *home, const char *folder, bool create, vt_trash_folder *trash,
                          vt_error *error);
void vt_trash_folder_close(vt_trash_folder *trash);

#endif
