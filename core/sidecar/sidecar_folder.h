/*
 * The names of one folder, sorted, to tell whose a side-car is (core/sidecar/sidecar_path.h) without looking
 * at all of them for each. Touches the disk (opens the folder, no file). One thread at a time.
 */
#ifndef VT_SIDECAR_SIDECAR_FOLDER_H
#define VT_SIDECAR_SIDECAR_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

/* Begin with all zero. */
typedef struct vt_sidecar_folder {
    char *folder; /* owned, ends in '/'; NULL: none was read yet */
    char **names; /* owned, like each; ascending by their bytes */
    size_t count, capacity;
} vt_sidecar_folder;

/* Reads the names around the file `path`, unless it has done so last: what came since is not seen then. False
   when memory runs out; a folder that cannot be read is one without names. */
bool vt_sidecar_folder_around(vt_sidecar_folder *around, const char *path);

/* The place of the name among them that the side-car `name` belongs to, or VT_SIDECAR_NOBODY. */
size_t vt_sidecar_folder_owner(const vt_sidecar_folder *around, const char *name);

/* Whether the side-car `sidecar` is that of the file `path`; both as paths or names. */
bool vt_sidecar_folder_is_owner(const vt_sidecar_folder *around, const char *sidecar, const char *path);

void vt_sidecar_folder_clear(vt_sidecar_folder *around);

#endif
