/*
 * The one writer: takes batches of records and commits each in one transaction.
 *
 * There is one per catalog, and it is the only code that changes items, folders and failures. It runs
 * wherever its owner calls it, one thread at a time (a task on the executor: never the UI thread). A batch is
 * all or nothing: after a failed commit the catalog is as before and the same batch may be committed again,
 * for instance when there is room on the disk again.
 *
 * Durability: a process that dies loses no committed batch. At power loss the batches since the last sync of
 * the log may be missing, never half there (synchronous=NORMAL); what the user typed is synced before the
 * call returns.
 */
#ifndef VT_CATALOG_WRITER_H
#define VT_CATALOG_WRITER_H

#include "core/base/error.h"
#include "core/catalog/catalog.h"
#include "core/catalog/record.h"
#include "core/decode/metadata.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct vt_catalog_writer vt_catalog_writer;
typedef struct vt_sequence_put vt_sequence_put; /* sequences.h */

/* The catalog must be open for writing and outlive the writer. NULL and `error`: VT_ERROR_READ_ONLY,
   VT_ERROR_BUSY (it has a writer), VT_ERROR_IO, VT_ERROR_MEMORY. */
vt_catalog_writer *vt_catalog_writer_create(vt_catalog *catalog, vt_error *error);
void vt_catalog_writer_free(vt_catalog_writer *writer);

/* What became of one item of a batch. */
typedef enum vt_outcome {
    VT_OUTCOME_NONE,      /* not committed */
    VT_OUTCOME_INSERTED,  /* a new row */
    VT_OUTCOME_UPDATED,   /* the row of this path, overwritten */
    VT_OUTCOME_READ,      /* the same, and until then it had been taken in by name alone */
    VT_OUTCOME_UNCHANGED, /* same size, times, inode and state: nothing written */
    VT_OUTCOME_MOVED,     /* the row of its origin, now of this path, and overwritten */
    VT_OUTCOME_COUNT
} vt_outcome;

/* Where an item of a batch was until now, if it is to be the item it was there: what the user gave to it goes
   along. It stays where it is (and the batch's item is one of its own) if it is not at `path` any more, or if
   its new path has an item to which the user has given something; one without such gives way. */
typedef struct vt_origin {
    int64_t id;       /* of the item; 0: none, it is found by its path */
    const char *path; /* in the catalog up to now */
    uint32_t path_length;
    int64_t replaced_id; /* filled in: the item of the new path that gave way, 0 if none did */
} vt_origin;

/* What became of the item of a file that cannot be read. */
typedef enum vt_failed_item {
    VT_FAILED_ITEM_NONE,  /* there is none, or it was known to have failed: somebody else has just tried, too
                           */
    VT_FAILED_ITEM_GONE,  /* it was never read, and is gone */
    VT_FAILED_ITEM_MARKED /* it is VT_ITEM_FAILED now */
} vt_failed_item;

/* What an item got, or lost, of rating, label and tags by what it says of itself. The rating stands in the
   item. */
typedef struct vt_embedded_label {
    bool changed;  /* any of the three */
    uint8_t label; /* that it has now, if so */
} vt_embedded_label;

/* One transaction's worth. Everything is borrowed for the call; counts may be 0. */
typedef struct vt_batch {
    vt_item *items; /* found by path; id, folder_id, name_at and rating are filled in by the commit */
    size_t item_count;
    vt_outcome *outcomes; /* `item_count` of them, or NULL */
    const vt_metadata *const
        *metadata;               /* of each item; NULL: it keeps what it has, as all do if this is NULL */
    vt_embedded_label *embedded; /* `item_count` of them, or NULL: filled in */
    bool made_tags;              /* filled in: items got tags that are new */
    vt_sequence_put *const *sequences; /* of each item; NULL: it is none, as all are if this is NULL */
    vt_origin *origins;                /* of each item, or NULL: no item was anywhere else */
    /* One per path: the newest stays. An item of that path becomes VT_ITEM_FAILED, or goes if it was never
       read and the user has given it nothing. One of VT_ERROR_NONE makes
       the failure of its path be forgotten, and nothing else. */
    const vt_failure *failures;
    size_t failure_count;
    vt_failed_item *failed_items; /* `failure_count` of them, or NULL: filled in */
    const int64_t *missing_ids;   /* items that were not found any more: VT_ITEM_MISSING */
    /* Where each was looked for, or NULL: an item that has another path by now is not missing. Any of them
       may be NULL, too. */
    const char *const *missing_paths;
    const uint8_t *missing_states; /* instead of VT_ITEM_MISSING for all, or NULL: VT_ITEM_OFFLINE for some */
    bool *missed;                  /* `missing_count` of them, or NULL: whether it was written */
    size_t missing_count;
} vt_batch;

typedef struct vt_commit {
    size_t inserted, updated, unchanged, moved, failed, missing;
} vt_commit;

/* Commits `batch`. An item that is committed has its failure forgotten. `result` may be NULL. False and
   `error`, and nothing is written: VT_ERROR_NO_SPACE, VT_ERROR_IO, VT_ERROR_CORRUPT, VT_ERROR_MEMORY,
   VT_ERROR_USAGE (a path that is not absolute or is longer than VT_PATH_LENGTH_MAX). */
bool vt_catalog_writer_commit(vt_catalog_writer *writer, vt_batch *batch, vt_commit *result, vt_error *error);

/* Takes items out for good (the user asked for it); ids that are unknown are ignored. */
bool vt_catalog_writer_remove(vt_catalog_writer *writer, const int64_t *ids, size_t count, vt_error *error);

/* Moves the log into the catalog file. Commits do this by themselves whenever the log has grown to 16 MiB. */
bool vt_catalog_writer_checkpoint(vt_catalog_writer *writer, vt_error *error);

#endif
