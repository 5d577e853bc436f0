/*
 * Private to core/import: which of the imported folders (core/catalog/roots.h) are on volumes that are not
 * there, so that what is not found below them is offline and not missing.
 *
 * A root is there if its volume is mounted where it was. If something else is mounted there, or the volume
 * elsewhere, some of its files are looked for: found, it is there, and the catalog is to note the volume anew
 * (the library was copied to a new disk); not found, it is offline. So an empty mount point is never taken
 * for a folder that somebody emptied.
 *
 * Threads: one at a time, not the window's: looking for files may wait for a dead disk.
 */
#ifndef VT_IMPORT_OFFLINE_H
#define VT_IMPORT_OFFLINE_H

#include "core/base/error.h"
#include "core/catalog/roots.h"
#include "core/scan/volume.h"

#include <stdbool.h>

typedef enum vt_presence {
    VT_PRESENCE_HERE,
    VT_PRESENCE_MOVED, /* here, but on another volume than was noted */
    VT_PRESENCE_AWAY
} vt_presence;

/* Looks whether a root is there; `*now` (vt_volume_clear, in any case) is what its path is on. Errors of the
   list of mounts count as being there, since nothing is known against it; false for those of the catalog. */
bool vt_root_look(vt_catalog_reader *reader, const vt_root *root, vt_presence *presence, vt_volume *now,
                  vt_error *error);

typedef struct vt_offline vt_offline;

/* `reader` is borrowed. NULL and `error`. */
vt_offline *vt_offline_create(vt_catalog_reader *reader, vt_error *error);
void vt_offline_free(vt_offline *offline); /* NULL is allowed */

/* Looks again, if the last look is older than `age_ns`. */
bool vt_offline_refresh(vt_offline *offline, int64_t age_ns, vt_error *error);

/* True if `path` is or lies below a root that was away at the last look. */
bool vt_offline_covers(const vt_offline *offline, const char *path);

/* True if `path` is or lies below a root that was there, on the volume that was noted. */
bool vt_offline_knows(const vt_offline *offline, const char *path);

#endif
