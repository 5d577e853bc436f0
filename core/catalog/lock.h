/*
 * Private to core/catalog: the lock that makes a program the one writer.
 *
 * An exclusive flock(2) on FILE.lock. The kernel drops it when the last descriptor is closed, so a program
 * that was killed leaves none behind. The lock file itself stays: to remove it would race with the next
 * taker. It holds the process id of the owner, for the message only.
 */
#ifndef VT_CATALOG_LOCK_H
#define VT_CATALOG_LOCK_H

#include "core/base/error.h"

/* The descriptor that holds the lock, close-on-exec; -1 and `error`: VT_ERROR_BUSY, or why FILE.lock cannot
 * be made. */
int vt_lock_take(const char *catalog_path, vt_error *error);

/* -1 is allowed. */
void vt_lock_release(int lock);

#endif
