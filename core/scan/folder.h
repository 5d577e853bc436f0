/*
 * Opening folders and looking at paths of any length.
 *
 * The kernel refuses a path of more than PATH_MAX bytes in one call, but folders may be nested deeper. Such a
 * path is walked in pieces, each relative to the folder before. Touches the disk: not for the window's
 * thread. Any thread otherwise.
 */
#ifndef VT_SCAN_FOLDER_H
#define VT_SCAN_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

/* A descriptor of the folder `path` (absolute, `length` bytes), or -1 with errno set. Close with close(). A
   symbolic link as the last component is refused (ELOOP or ENOTDIR). */
int vt_folder_open(const char *path, size_t length);

/*
 * Where to look for a path: `folder` and `name` are fit for openat and fstatat. A path that the kernel takes
 * as it is comes back with AT_FDCWD; a longer one with a descriptor of the folder that holds it.
 */
typedef struct vt_place {
    int folder; /* owned if not AT_FDCWD: vt_place_close */
    const char *name;
} vt_place;

/* `path`: absolute, NUL-terminated, borrowed by the place. False with errno set. */
bool vt_place_open(const char *path, size_t length, vt_place *place);
void vt_place_close(vt_place *place);

/* lstat of a path of any length; false with errno set. */
bool vt_place_stat(const char *path, size_t length, struct stat *facts);

#endif
