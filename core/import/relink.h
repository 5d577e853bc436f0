/*
 * Relinking: items whose files were moved by somebody are given their new paths, in one walk.
 *
 * A search walks the new folder once, compares each file with the items that are not found any more, and
 * keeps what it would do: which item is which file, and by which evidence. Nothing is written before it is
 * applied; that takes one transaction for VT_RELINK_BATCH items. What cannot be told apart is listed and left
 * alone.
 *
 * A sequence is one item: it is found where all its frames are, in one folder and under its names. Where only
 * some of them are it is listed as found in part, and stays what it was.
 *
 * Threads: one at a time, not the window's; searching reads folders, and files where only content can tell.
 */
#ifndef VT_IMPORT_RELINK_H
#define VT_IMPORT_RELINK_H

#include "core/base/error.h"
#include "core/catalog/reader.h"
#include "core/catalog/writer.h"
#include "core/task/cancel.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_RELINK_BATCH 1024
/* Items that one search looks for: 100 bytes each beside their paths. */
#define VT_RELINK_ITEMS_MAX 4000000

/* The strongest first. */
typedef enum vt_evidence {
    VT_EVIDENCE_FILE,    /* inode, size and time */
    VT_EVIDENCE_PLACE,   /* the same place in the new folder as in the old one, size and time */
    VT_EVIDENCE_CONTENT, /* size and fingerprint (fingerprint.h) */
    VT_EVIDENCE_NAME,    /* file name, size and time */
    VT_EVIDENCE_SIZE,    /* the same place and size; the content was never read, and the time is another */
    VT_EVIDENCE_COUNT
} vt_evidence;

/* "inode", "place", "content", "name", "place-and-size": stable, for the command line. Never NULL. */
const char *vt_evidence_name(vt_evidence evidence);

typedef struct vt_relink vt_relink;

typedef struct vt_relink_match {
    int64_t id;
    const char *from, *to; /* live as long as the relink */
    vt_evidence evidence;
} vt_relink_match;

/* A file that may be several items, or one of several that may be one item. */
typedef struct vt_relink_doubt {
    const char *path;
    int64_t items; /* how many it may be */
} vt_relink_doubt;

/* A sequence of which only some frames are in the new folder. */
typedef struct vt_relink_part {
    int64_t id;
    const char *from, *to; /* as vt_relink_match */
    uint64_t found, frames;
} vt_relink_part;

typedef struct vt_relink_figures {
    int64_t sought;  /* items whose file, or a frame of which, is not at its path */
    int64_t files;   /* walked */
    int64_t read;    /* of which the content was looked at */
    int64_t matches; /* items found */
    int64_t by[VT_EVIDENCE_COUNT];
    int64_t doubts;
    int64_t parts; /* sequences found in part */
} vt_relink_figures;

/* Looks in `folder` for the items below `old_folder` whose files are not there any more (also for those on a
   volume that is away), or, if that is NULL, for all that are missing. Both absolute; `old_folder` need not
   exist. `cancel` may be NULL. NULL and `error`: VT_ERROR_NOT_FOUND (no such folder), VT_ERROR_CANCELLED,
   VT_ERROR_LIMIT, VT_ERROR_MEMORY, those of the catalog. */
vt_relink *vt_relink_search(vt_catalog *catalog, const char *old_folder, const char *folder,
                            const vt_cancel *cancel, vt_error *error);
void vt_relink_free(vt_relink *relink); /* NULL is allowed */

void vt_relink_get_figures(const vt_relink *relink, vt_relink_figures *figures);

/* Matches by the bytes of their new paths; doubts and parts, too. `at` is smaller than the figure. */
vt_relink_match vt_relink_match_at(const vt_relink *relink, size_t at);
vt_relink_doubt vt_relink_doubt_at(const vt_relink *relink, size_t at);
vt_relink_part vt_relink_part_at(const vt_relink *relink, size_t at);

/* Called after each transaction with what it brought; may be NULL. */
typedef bool (*vt_relink_committed)(void *user, const vt_batch *batch, vt_error *error);

/* Does what was found. How many items moved goes to `*moved`: fewer than there are matches if a new path has
   an item to which the user has given something, or the catalog has changed since. A root that was
   `old_folder` becomes `folder`. On the writer's thread. After a failure what was committed stays. */
bool vt_relink_apply(vt_relink *relink, vt_catalog_writer *writer, vt_relink_committed committed, void *user,
                     int64_t *moved, vt_error *error);

/* The same by an engine, whose writer does it between other batches and whose index shows it. Takes `relink`,
   also when it fails. `done` comes on the main thread, unless the engine is freed before. Errors:
   VT_ERROR_READ_ONLY, VT_ERROR_LIMIT, VT_ERROR_MEMORY. */
struct vt_engine;
typedef void (*vt_relink_done)(void *user, int64_t moved, const vt_error *error);
bool vt_engine_relink(struct vt_engine *engine, vt_relink *relink, vt_relink_done done, void *user,
                      vt_error *error);

#endif
