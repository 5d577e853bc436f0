/*
 * Private to core/import: paths at which something happened, until it is time to look at them.
 *
 * A file that is written is looked at when it was closed, or has not grown for VT_PENDING_SETTLE_NS. A path
 * stands in the list once. One thread at a time.
 */
#ifndef VT_IMPORT_PENDING_H
#define VT_IMPORT_PENDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_PENDING_SETTLE_NS INT64_C(500000000)
/* After a file was closed, moved or removed: what happens at once belongs together. */
#define VT_PENDING_CLOSED_NS INT64_C(150000000)
/* Paths that wait; beyond, a whole folder is looked through. */
#define VT_PENDING_MAX 10000

typedef struct vt_pending vt_pending;

/* NULL when memory runs out. */
vt_pending *vt_pending_create(void);
void vt_pending_free(vt_pending *pending); /* NULL is allowed */

/* Something happened at `path`; `closed`: nobody is writing there. False if there is no room or memory for
 * it. */
bool vt_pending_add(vt_pending *pending, const char *path, bool closed, int64_t now);

void vt_pending_clear(vt_pending *pending);
size_t vt_pending_count(const vt_pending *pending);

/* Takes out up to `most` paths whose time has come, for free() each, sorted by their bytes; looks whether
   files that were not closed still grow. `*wait_ns`: until the next one is due (VT_FOREVER: none waits). */
size_t vt_pending_take(vt_pending *pending, char **paths, size_t most, int64_t now, int64_t *wait_ns);

#endif
