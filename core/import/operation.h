/*
 * One import: folders and files taken into the catalog, with progress, failures and Cancel.
 *
 * Unchanged files (same size, times and inode) cost one stat: no decoding, no writing. A file that failed is
 * not tried again until it changes, unless the fault may have passed: an error of the disk, a time limit, a
 * file that was just being written. Faults of this machine (no memory, no open files left, no helper) stop
 * the import and are recorded against no file. Files that are gone are marked missing, never dropped; if
 * their volume is away, offline. A file that moved is the item it was, with all the user gave to it
 * (origin.h), also if nobody saw it move. Folders that are imported are remembered (core/catalog/roots.h).
 * Several imports may run at once; they share the engine's helpers and its writer.
 *
 * Listing never waits for reading: once the helpers have enough to do, files are taken in by name and stat
 * (VT_ITEM_UNREAD), so that a million of them can be browsed after seconds, and are read afterwards. An
 * import that was cancelled or killed is gone on with by importing the same paths again: what was committed
 * stays, what was not read is then read. One that was cut off is offered again (unfinished.h).
 *
 * Numbered images that are the frames of one sequence become one item, if the options say so; sequences that
 * are known are kept up in any case (core/catalog/sequences.h, folder_grouping.h).
 *
 * What the import takes in can be chosen (core/scan/choice.h), and how many new items at most; what that
 * leaves out stays as the catalog knows it. An import can be held: its walk stops, what is being decoded ends
 * and is committed, and it goes on where it was; one that is killed meanwhile is offered again.
 *
 * When the disk of the catalog is full, or has less than 64 MB when an import begins, imports are paused:
 * they keep what they have, and go on by themselves when there is room (vt_engine_go_on: at once).
 *
 * Threads: the main thread (engine.h), but for vt_import_cancel and vt_import_interrupt, which may be called
 * on any.
 */
#ifndef VT_IMPORT_OPERATION_H
#define VT_IMPORT_OPERATION_H

#include "core/base/error.h"
#include "core/catalog/record.h"
#include "core/import/engine.h"
#include "core/scan/choice.h"
#include "core/sequence/sequence.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct vt_import vt_import;

/* How an import should work while it runs; 0: as the engine does by itself. Among several that are under way
   the least wish counts where they share something: batch and memory. */
typedef struct vt_import_wishes {
    int batch;      /* rows of one commit, at most VT_IMPORT_BATCH_MAX */
    int chunk;      /* files taken on at a time, at most VT_IMPORT_CHUNK_MAX */
    int workers;    /* files of it that are decoded at once; never more than the engine's jobs */
    int64_t memory; /* bytes to stay within: the governor's soft limit, as far as the hard one allows */
} vt_import_wishes;
#define VT_IMPORT_BATCH_MAX  384
#define VT_IMPORT_CHUNK_MAX  384
#define VT_IMPORT_MEMORY_MIN VT_MEMORY_SOFT_FLOOR

/* What is done with a folder from now on (core/catalog/roots.h). */
typedef enum vt_root_choice {
    VT_ROOT_AS_IT_IS, /* a new one is watched, and not looked through at the start */
    VT_ROOT_NO,
    VT_ROOT_YES
} vt_root_choice;

typedef struct vt_import_options {
    bool retry_failures; /* also files that failed before and have not changed */
    bool hidden;         /* also names that begin with a dot; junk is left out all the same */
    /* New files that the import reads, in the order it finds them. Those beyond are taken in by name and stat
       and are read when they are first shown, or by a later import. 0: all; VT_IMPORT_READ_NONE: none. */
    int64_t read_limit;
    bool idle;    /* upkeep that nobody waits for: its files are read when nothing else is to be read */
    bool unnoted; /* cut off, it is not offered to be gone on with: whoever started it does so again */
    bool no_wait; /* a full disk ends the import with VT_ERROR_NO_SPACE */
    vt_sequence_mode sequences; /* which new sequences are looked for; VT_SEQUENCE_OFF: none */
    bool siblings; /* also among files given by themselves: their folder is looked through (due_folders.h) */
    const struct vt_rename *renames; /* that were seen (origin.h): copied */
    size_t rename_count;
    vt_choice_rules choice; /* what is taken in; all 0: everything */
    int64_t items_max;      /* new items taken in, sequences counting as one; 0: all */
    int64_t items_since;    /* of one that is gone on with: items from this id on count for that; 0: none */
    vt_import_wishes wishes;
    int watch, scan_at_start; /* a vt_root_choice for the folders given */
} vt_import_options;

#define VT_IMPORT_READ_NONE (-1)

typedef struct vt_import_figures {
    int64_t found;             /* files of known formats so far, a sequence counting as one; with `scanned`,
                                  all there are */
    int64_t frames;            /* files that are frames of the sequences found */
    bool scanned;              /* the walk is over */
    bool paused;               /* the disk is full */
    bool held;                 /* by vt_import_hold */
    int64_t left_out;          /* files and folders, because of `choice` and `items_max`; not in `found` */
    int64_t imported;          /* new items committed, and read unless they are `deferred` */
    int64_t updated;           /* items whose file had changed, committed */
    int64_t unchanged;         /* files that needed nothing */
    int64_t failed;            /* this time, and those of before that were not tried again */
    int64_t skipped;           /* files of other formats, hidden ones, junk */
    int64_t links;             /* symbolic links, which make no item */
    int64_t moved;             /* files that are items which were elsewhere before */
    int64_t ambiguous;         /* new items that may be one of several that are missing: relink lists them */
    int64_t missing;           /* items whose file was not found any more */
    int64_t offline;           /* items that cannot be looked for, because their volume is away */
    int64_t absent;            /* given paths that were not there, with retry_failures */
    int64_t folders;           /* walked */
    int64_t sidecars;          /* side-cars that were new or had changed, and were read (sidecars.h) */
    int64_t sidecars_failed;   /* that could not be */
    int64_t sidecar_conflicts; /* values of them that the user has changed, too */
    int64_t decoded;           /* files given to a helper */
    int64_t waiting;           /* items taken in by name and stat that this import has still to read */
    int64_t deferred;          /* items taken in so and left unread, because of `read_limit` */
    double seconds;            /* since the start */
    double held_seconds;       /* of these */
    double items_per_second;   /* imported, updated, moved, unchanged and failed over the others */
    double remaining_seconds;  /* estimate; < 0 while it cannot be known */
} vt_import_figures;

/* What one commit brought. */
typedef struct vt_import_batch {
    int64_t imported, updated, moved, failed, missing, offline;
    int64_t taken_in;   /* new items by name and stat alone */
    int64_t deferred;   /* those of them that stay so; `imported` counts them, too */
    int64_t read;       /* items that had been taken in so, done with: `imported` or `failed` */
    uint32_t first_row; /* new rows of the index: `row_count` from here on; they may be other imports' too */
    uint32_t row_count; /* 0 without index */
} vt_import_batch;

/* Callbacks, each may be NULL. Commits that the main thread did not take up yet are handed over as one.
   `failure` is borrowed for the call; beyond 1,000 that wait for delivery they are counted only (all are in
   the catalog). After `finished` the import is released by vt_import_free. `error` there is NULL,
   VT_ERROR_CANCELLED, or what made it stop; a failed file does not. */
typedef struct vt_import_listener {
    void (*started)(void *user, vt_import *import);
    void (*batch_committed)(void *user, vt_import *import, const vt_import_batch *batch);
    void (*item_failed)(void *user, vt_import *import, const vt_failure *failure);
    void (*progress)(void *user, vt_import *import, const vt_import_figures *figures);
    /* It waits because of `reason`, words for the user; NULL: it goes on. */
    void (*paused)(void *user, vt_import *import, const vt_error *reason);
    void (*finished)(void *user, vt_import *import, const vt_import_figures *figures, const vt_error *error);
    void *user;
} vt_import_listener;

/* What the settings say of `sequences`, for whoever was told nothing else. Any thread. */
vt_sequence_mode vt_engine_sequences(vt_engine *engine);

/* Starts an import of `count` paths (bytes; folders with all below them, or files; a symbolic link given here
   is followed). The listener is copied. `options` may be NULL. NULL and `error`: VT_ERROR_READ_ONLY,
   VT_ERROR_LIMIT (VT_IMPORTS_MAX under way), VT_ERROR_USAGE (no path, or options that make no sense),
   VT_ERROR_MEMORY, or what is wrong with the first path that is not there. So that the calling thread never
   waits long for the disk, more than VT_IMPORT_PATHS_CHECKED paths are looked at by the import itself, which
   then ends with that error before anything is read. With `retry_failures` the import itself looks in any
   case, and a path that is not there is no reason to stop: what the catalog knows of it (by its absolute
   path) is put right (a failure is forgotten, an item is missing), and it counts as `absent`. Only if no path
   is there, and the catalog knows of none, it ends with VT_ERROR_NOT_FOUND. */
vt_import *vt_engine_import(vt_engine *engine, const char *const *paths, size_t count,
                            const vt_import_options *options, const vt_import_listener *listener,
                            vt_error *error);
#define VT_IMPORTS_MAX          16
#define VT_IMPORT_PATHS_CHECKED 16

/* Stops within 2 s; `finished` follows. The user does not want it any more: it is not offered again. */
void vt_import_cancel(vt_import *import);

/* The same, but because the program has to end: what is left stays noted as unfinished (unfinished.h). */
void vt_import_interrupt(vt_import *import);

/* Stops taking on files, and goes on with that; nothing is lost in between. Both at once, and as often as one
   likes. The disk being full is another reason to wait, and stays one. */
void vt_import_hold(vt_import *import);
void vt_import_go_on(vt_import *import);
bool vt_import_is_held(const vt_import *import);

/* What is wrong with them, as vt_engine_import would say: VT_ERROR_USAGE, VT_ERROR_LIMIT. Any thread. */
bool vt_import_options_check(const vt_import_options *options, vt_error *error);

/* Blocks until everything is committed, at most `timeout_ns` (< 0: for ever), without running callbacks. True
   if it is over; `finished` is then still to be delivered. */
bool vt_import_wait(vt_import *import, int64_t timeout_ns);

void vt_import_get_figures(vt_import *import, vt_import_figures *figures);

/* Cancels it if it is still under way, waits for that, and delivers nothing more. NULL is allowed. */
void vt_import_free(vt_import *import);

#endif
