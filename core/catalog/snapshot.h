/*
 * Snapshots: verified copies of the catalog beside it, made by the program itself.
 *
 * One is due after an import that changed rows, at most once a day; a repair makes one before it changes
 * anything, an upgrade has its own copy (catalog.h). It appears as FILE.snapshot-TIME (UTC, YYYYMMDD-HHMMSS)
 * only when it is complete, verified and synced. What a killed program left unfinished is removed when the
 * catalog is opened next.
 *
 * Three are kept: the newest, one of about a day, one of about a week. When there are more, one goes at a
 * time:
 *   1. one that claims to be of the future (the clock was wrong), the farthest first;
 *   2. else the second, if the newest is less than 20 hours younger: it stands for it;
 *   3. else the oldest, if it is 14 days old or older;
 *   4. else the oldest but one.
 * With one snapshot a day the third is thereby 2 to 14 days old.
 *
 * Any thread but the UI's, also while the writer is at work: with a write-ahead log the writer never waits
 * for a snapshot (core/catalog/backup_private.h says why), without one for a step of 64 pages at most.
 */
#ifndef VT_CATALOG_SNAPSHOT_H
#define VT_CATALOG_SNAPSHOT_H

#include "core/base/error.h"
#include "core/catalog/catalog.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_SNAPSHOTS_KEPT 3

typedef struct vt_snapshot {
    char *path;       /* owned by the list */
    int64_t taken_ns; /* since 1970-01-01 UTC, whole seconds */
} vt_snapshot;

/* Newest first; vt_snapshot_list_free. */
typedef struct vt_snapshot_list {
    vt_snapshot *snapshots;
    size_t count;
} vt_snapshot_list;

/* The snapshots of the catalog at `path`, which need not be there or be sound. False and `error` if the
   folder cannot be read or memory runs out; then the list is empty. */
bool vt_snapshot_list_read(const char *path, vt_snapshot_list *list, vt_error *error);
void vt_snapshot_list_free(vt_snapshot_list *list);

/* Whether a snapshot is due at `now_ns` when the newest is of `newest_ns` (0: there is none). One of the
   future counts as none. */
bool vt_snapshot_is_due(int64_t newest_ns, int64_t now_ns);

/* Which of `count` snapshots, taken at `taken_ns` (newest first), goes when there are too many; `count` if
   none has to. */
size_t vt_snapshot_choose(const int64_t *taken_ns, size_t count, int64_t now_ns);

typedef struct vt_snapshot_options {
    int64_t now_ns; /* 0: the clock's */
    bool (*go_on)(
        void *user); /* asked every few milliseconds but while the disk syncs, false gives up; NULL: never */
    void *user;
} vt_snapshot_options;

/* Takes a snapshot of the last commit and removes those that need not be kept. Its path goes to `*path`
   (free(); `path` may be NULL). `options` may be NULL. False and `error`, and nothing is left behind:
   VT_ERROR_READ_ONLY, VT_ERROR_CORRUPT (the catalog is damaged: the older snapshots stay as they are),
   VT_ERROR_NO_SPACE, VT_ERROR_CANCELLED, VT_ERROR_BUSY (without a write-ahead log, if it is written all the
   time). */
bool vt_snapshot_take(vt_catalog *catalog, const vt_snapshot_options *options, char **path, vt_error *error);

/* The same if one is due: for the end of an import that changed rows. `*taken` (may be NULL) says whether. */
bool vt_snapshot_take_if_due(vt_catalog *catalog, const vt_snapshot_options *options, bool *taken,
                             vt_error *error);

/* The newest snapshot of the catalog at `path` that is verified now: a catalog, no newer than this program,
   and sound; free(). NULL without `error` set if there is none; NULL and `error` if that cannot be told. */
char *vt_snapshot_newest_sound(const char *path, vt_error *error);

/* When the snapshot of that name was taken, since 1970-01-01 UTC; 0 if it is not named like one. */
int64_t vt_snapshot_time(const char *snapshot);

#endif
