/*
 * Volumes: which file system a path is on, told from the list of mounts alone (/proc/self/mountinfo, see
 * proc(5)), so that a dead network disk or an empty drive is never asked.
 *
 * A volume is named by its UUID where udev knows one, else by type and source ("nfs4:server:/photos"); a
 * bind mount or subvolume, also by what of it is mounted. Device numbers would not do: they change from one
 * mount to the next. Any thread.
 */
#ifndef VT_SCAN_VOLUME_H
#define VT_SCAN_VOLUME_H

#include "core/base/error.h"

#include <stdbool.h>

/* The list of mounts; poll() on it reports POLLPRI when it changes. */
#define VT_VOLUME_MOUNTS "/proc/self/mountinfo"

typedef struct vt_volume {
    char *mount;    /* owned: where it is mounted */
    char *identity; /* owned */
    bool network;   /* whoever looks there may wait for ever, and hears of no change others make */
} vt_volume;

/* The volume that `path` (absolute and clean; need not exist) is on now. False and `error`: VT_ERROR_IO and
   the like if the list cannot be read, VT_ERROR_MEMORY. vt_volume_clear in any case. */
bool vt_volume_of(const char *path, vt_volume *volume, vt_error *error);

/* The same from a list of mounts in memory. */
bool vt_volume_in(const char *mounts, const char *path, vt_volume *volume, vt_error *error);

void vt_volume_clear(vt_volume *volume);

/* True if `now` is where and what was noted. The root of the file system is never another. */
bool vt_volume_is(const vt_volume *now, const char *mount, const char *identity);

#endif
