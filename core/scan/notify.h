/*
 * Notify: what happens in folders and all below them, told by the system (inotify(7)).
 *
 * A folder of the system is watched on its own, so a tree is as many watches as it has folders; the names in
 * it are read to find the folders, no file is looked at. Renames come in two halves; those that match within
 * VT_NOTIFY_PAIR_NS are one.
 *
 * Threads: one at a time, not the window's: adding a tree reads folders.
 */
#ifndef VT_SCAN_NOTIFY_H
#define VT_SCAN_NOTIFY_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_NOTIFY_PAIR_NS INT64_C(200000000)

typedef struct vt_notify vt_notify;

typedef enum vt_notice_kind {
    VT_NOTICE_BEGUN,   /* a file was made: somebody may still be writing it */
    VT_NOTICE_WRITTEN, /* a file was written and closed, or moved here from elsewhere */
    VT_NOTICE_FOLDER,  /* a folder was made, or moved here; it is watched from now on */
    VT_NOTICE_RENAMED, /* `path` was `from` until now: a file or a folder, whose watches go along */
    VT_NOTICE_GONE,    /* a file or folder was removed, or moved elsewhere */
    VT_NOTICE_UNMOUNTED,
    VT_NOTICE_OVERFLOW /* more happened than the system remembers: look through everything; no path */
} vt_notice_kind;

typedef struct vt_notice {
    vt_notice_kind kind;
    bool is_folder;
    const char *path, *from; /* valid during the call */
} vt_notice;

/* `watches_limit`: watches at most, 0: as many as the system allows. NULL and `error`. */
vt_notify *vt_notify_create(size_t watches_limit, vt_error *error);
void vt_notify_free(vt_notify *notify); /* NULL is allowed */

/* For poll: readable when something has happened. */
int vt_notify_fd(const vt_notify *notify);

/* Watches `path` and all folders below but hidden and junk ones (rules.h). False and `error`: VT_ERROR_LIMIT
   when the system allows no more watches (what was added stays: vt_notify_remove), VT_ERROR_MEMORY, or why
   `path` itself cannot be read. */
bool vt_notify_add(vt_notify *notify, const char *path, vt_error *error);

/* Ends the watches of `path` and all below. */
void vt_notify_remove(vt_notify *notify, const char *path);

/* True if `path` itself is watched. */
bool vt_notify_has(const vt_notify *notify, const char *path);

size_t vt_notify_count(const vt_notify *notify);

/* Tells what has happened until now. `*wait_ns` is when to call again though nothing more happens, since a
   rename may be half told (VT_FOREVER: never). False and `error` if a folder that came cannot be watched: as
   vt_notify_add; the other events were told. */
typedef void (*vt_notice_visitor)(void *user, const vt_notice *notice);
bool vt_notify_read(vt_notify *notify, vt_notice_visitor visit, void *user, int64_t *wait_ns,
                    vt_error *error);

#endif
