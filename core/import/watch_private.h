/* Private to core/import: what a watch consists of. watch.c: its life, and what the main thread does for it;
   watch_thread.c: its thread; watch_roots.c: which roots are there. */
#ifndef VT_IMPORT_WATCH_PRIVATE_H
#define VT_IMPORT_WATCH_PRIVATE_H

#include "core/import/engine_private.h"
#include "core/import/offline.h"
#include "core/import/origin.h"
#include "core/import/pending.h"
#include "core/import/watch.h"
#include "core/queue/doorbell.h"
#include "core/scan/notify.h"
#include "core/scan/probe.h"

/* Renames told to one import; more are found by their inodes. */
#define VT_WATCH_RENAMES_MAX 256
/* While files are being renamed the import waits, at most so long: the frames of a sequence that get another
   name one after the other are one sequence that was renamed, if one import sees them all. */
#define VT_WATCH_RENAMING_NS (750 * VT_NS_PER_MS)
/* The same while what is renamed may be frames: a thousand of them, moved by a shell or to a slow disk. */
#define VT_WATCH_RENAMING_FRAMES_NS (10 * VT_NS_PER_S)
/* And so long after the last of them. */
#define VT_WATCH_FRAMES_CALM_NS (500 * VT_NS_PER_MS)
/* Paths of one import. */
#define VT_WATCH_PATHS_MAX 4096

/* What is to be imported at once: goes from the thread to the main thread, and is freed when it is done. */
typedef struct vt_watch_work {
    vt_message message; /* first */
    vt_watch *watch;    /* a reference */
    bool network;       /* on a network disk: may take for ever, and must keep nobody else waiting */
    bool whole;         /* folders to look through, not paths at which something happened */
    size_t count, rename_count;
    char *paths[VT_WATCH_PATHS_MAX];         /* owned */
    vt_rename renames[VT_WATCH_RENAMES_MAX]; /* their paths are owned */
} vt_watch_work;

/* A root as the thread knows it. */
typedef struct vt_watched_root {
    struct vt_watched_root *next;
    bool seen;    /* while the catalog is read */
    bool wanted;  /* set to be watched, and there */
    bool away;    /* the items are told to be offline */
    bool watched; /* by the system; else polled, if wanted */
    bool scan;    /* is to be looked through as a whole */
    bool network;
    vt_probe *probe; /* owned; under way: whether it answers */
    bool told;       /* it is polled for good, and the user knows */
    int64_t next_poll;
    char path[];
} vt_watched_root;

struct vt_watch {
    vt_engine *engine;
    vt_watch_options options;
    atomic_int references; /* the owner's, and one for each message under way */
    vt_doorbell *bell;
    pthread_t thread;
    bool has_thread;
    atomic_bool stopping, refresh;
    atomic_bool busy[2]; /* an import of ours is under way or on its way; the second: of a network disk */

    /* The main thread's. */
    vt_import *imports[2];   /* as `busy` */
    vt_watch_work *works[2]; /* of these imports */
    bool freed;

    /* The thread's. */
    vt_notify *notify;
    vt_pending *pending;
    vt_catalog_reader *reader;
    vt_watched_root *roots;
    vt_rename renames[VT_WATCH_RENAMES_MAX]; /* seen since the last import; owned */
    size_t rename_count;
    int64_t renaming_since, renamed_last; /* the first and the last of them */
    bool renaming_frames;                 /* the last was of a numbered file to a numbered one */
    int mounts;                           /* the list of mounts, for poll */
    int pending_answers;                  /* of roots, at the last look */
    bool started;

    pthread_mutex_t lock; /* guards: */
    vt_watch_figures figures;
};

/* watch.c */
void vt_watch_unref(vt_watch *watch);
/* Tells the listener a line; formats like printf. Any thread. */
void vt_watch_tell(vt_watch *watch, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Has the work imported; takes it over. The thread's. */
void vt_watch_post(vt_watch *watch, vt_watch_work *work);
void vt_watch_work_free(vt_watch_work *work);

/* watch_thread.c: `user` is the vt_watch *. */
void *vt_watch_run(void *user);

/* watch_roots.c: reads the roots from the catalog and looks which are there; watches those that are new or
   back. False if some have not answered yet: look again soon. The thread's. */
bool vt_watch_look_at_roots(vt_watch *watch);
/* The root that `path` lies in, NULL if there is none. */
vt_watched_root *vt_watch_root_of(vt_watch *watch, const char *path);

#endif
