/* Private to core/import: what an import consists of. operation_begin.c: how it begins; operation.c: its life
   from then on; notice.c: its news to the main thread; walk.c: its own thread. */
#ifndef VT_IMPORT_OPERATION_PRIVATE_H
#define VT_IMPORT_OPERATION_PRIVATE_H

#include "core/import/engine_private.h"
#include "core/task/progress.h"

/* Failures that may wait for the main thread; what is beyond is counted only. */
#define VT_FAILURES_WAITING_MAX 1000

/* A failure on its way to the listener. */
typedef struct vt_waiting_failure {
    struct vt_waiting_failure *next;
    vt_failure failure; /* its path and message point into `text` */
    char text[];
} vt_waiting_failure;

struct vt_import {
    vt_message message; /* the one notice to the main thread; first */
    vt_engine *engine;
    atomic_int references; /* the user's, and that of a posted notice */
    vt_cancel *cancel;
    int cancel_fd; /* of `cancel` */
    vt_progress *progress;
    int64_t begun_ns;
    vt_import_options options;
    char **paths; /* owned; the walk makes them absolute unless `paths_checked`, NULL: not there */
    size_t path_count;
    pthread_t thread; /* walks */
    bool paths_checked, has_thread;
    atomic_bool interrupted; /* it ends because the program does */
    int64_t intake_open;   /* chunks that are not committed; like the next one guarded by the engine's lock */
    vt_import *next_open;  /* of engine->open_imports */
    bool paths_final;      /* the walk will not change them; guarded by the engine's lock */
    atomic_bool shares;    /* files with another import that was under way at the same time */
    vt_journal_note *note; /* NULL once it is over; the engine's from the start on */
    vt_choice *choice;     /* constant; owned */
    int decoding;          /* of its entries; guarded by the engine's lock, like the next three */
    atomic_bool held;      /* written with that lock held */
    struct vt_waiting_list parked;      /* its entries to be decoded, while it is held: not in flight */
    atomic_bool was_held;               /* at any time: else nobody needs the lock to know for how long */
    int64_t held_since_ns, held_for_ns; /* 0: not held; how long it was before */

    /* The main thread's alone. */
    vt_import_listener listener;
    vt_import *next; /* of engine->imports */
    bool told_started, told_finished, freed;

    pthread_mutex_t lock; /* guards all below */
    pthread_cond_t ended; /* `over` */
    vt_import_figures figures;
    int64_t folders_left_out; /* of figures.left_out, as the scan tells */
    int64_t open;             /* entries under way, and 1 for the walk */
    bool over;
    bool walk_over;
    bool left;          /* `over` while some of `open` hang in the system: they hold a reference together */
    int64_t stopped_ns; /* when the pulse saw that it was cancelled; 0: not yet */
    vt_error error;     /* what it ended with, if not well */
    bool posted;        /* the notice is in the mailbox */
    bool progress_due, batch_due, pause_due;
    vt_error pause_reason; /* VT_ERROR_NONE: it goes on */
    vt_import_batch batch; /* since the last delivery */
    vt_waiting_failure *failures, **failures_end;
    size_t failure_count;
};

/* walk.c: the thread of an import; `user` is the vt_import *. */
void *vt_import_walk(void *user);

/* unread.c */

/* Reads the items below the import's paths that were taken in by name alone, at most `most`, the oldest
   first. On the import's thread; waits for room. False and `error` if it cannot go on. */
bool vt_import_read_unread(vt_import *import, vt_catalog_reader *reader, int64_t most, vt_error *error);

/* operation.c */

/* True if `path` (absolute) is one of the import's paths or lies below one. Only after its walk has begun to
   find files: before, it makes them absolute. */
bool vt_import_covers(const vt_import *import, const char *path);

/* The paths are what they will be: finds out with which imports they are shared. On the import's thread. */
void vt_import_paths_are_final(vt_import *import);

/* leave.c: the last of what was left has come back. Frees the import if nobody else holds it. */
void vt_import_came_back(vt_import *import);

/* hold.c: how long it has been held, for the figures. */
int64_t vt_import_held_ns(const vt_import *import);

/* hold.c: waits while it is held; false when it is cancelled. On its thread. */
bool vt_import_wait_held(vt_import *import);

/* tuning.c: an import with wishes has begun or ended. Any thread, no lock held. */
void vt_engine_weigh_wishes(vt_engine *engine);

/* operation.c, with the engine's lock held: it is not among those that are under way any more. */
void vt_import_unlink_open_locked(vt_import *import);

/* operation.c, for leave.c: nothing of the import is waited for any more. */
void vt_import_end(vt_import *import);

/* operation.c, for walk.c */

/* Adds what a chunk of files brought. */
typedef struct vt_walk_counts {
    int64_t found, unchanged, failed, absent;
    int64_t ambiguous;
    int64_t waiting; /* items to be read after the walk, taken in by name before this import */
    int64_t frames;  /* files of a sequence */
    int64_t left_out;
} vt_walk_counts;
void vt_import_walked(vt_import *import, const vt_walk_counts *counts, const vt_scan_figures *scan);
/* All files are found: what there is to do is known. */
void vt_import_scanned(vt_import *import);
/* The walk is over. */
void vt_import_walk_ended(vt_import *import);
/* One more entry is under way. */
void vt_import_entry_begun(vt_import *import);

/* notice.c */

extern const vt_message_ops vt_import_notice_ops;

/* There is news. With the lock held; true if the caller must post after giving it up. */
bool vt_import_want_notice_locked(vt_import *import);
void vt_import_post(vt_import *import);
/* The same in one. Without the lock. */
void vt_import_notify(vt_import *import);

void vt_import_unref(vt_import *import);

#endif
