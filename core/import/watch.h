/*
 * Watching: changes in the imported folders are taken up while a program runs.
 *
 * A thread of its own is told by the system what happens (notify.h), waits until files have stopped growing,
 * and then has them imported: what is new or changed is read, what was renamed keeps its item, what is gone
 * is missing. Where the system forgot something (its queue overflowed) the folder is looked through; where it
 * tells nothing (network disks) or allows no more watches, folders are looked through every `poll_ns`. It
 * also sees volumes come and go, and folders that answer no more (dead network disks): items of a root
 * (core/catalog/roots.h) that is away are VT_ITEM_OFFLINE, and what they were before when it is back.
 *
 * Nothing is looked through when it starts, but roots that are set to; and it starts once the index is
 * loaded, not to be in the way of the window.
 *
 * Threads: the main thread (import/engine.h); callbacks come there, inside vt_engine_deliver.
 */
#ifndef VT_IMPORT_WATCH_H
#define VT_IMPORT_WATCH_H

#include "core/base/error.h"
#include "core/import/operation.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct vt_watch vt_watch;

/* Each may be NULL. `line` is UTF-8 for the user, borrowed for the call. */
typedef struct vt_watch_listener {
    /* Changes were taken up: what their import has done. */
    void (*changed)(void *user, const vt_import_figures *figures);
    /* Something the user should know: a folder cannot be watched, a volume has gone or is back. */
    void (*told)(void *user, const char *line);
    void *user;
} vt_watch_listener;

typedef struct vt_watch_options {
    int64_t poll_ns;                 /* 0: a minute */
    size_t watches_limit;            /* folders watched at most; 0: what the system allows */
    int64_t answer_ns;               /* a root that has not answered for so long is away; 0: 5 s */
    void (*probe)(const char *path); /* asks it, on a thread of its own; NULL: stat */
    vt_watch_listener listener;
} vt_watch_options;

typedef struct vt_watch_figures {
    int64_t roots, offline, polled; /* known; of these away; looked through from time to time */
    int64_t folders;                /* watched */
    int64_t events;                 /* told by the system */
    int64_t overflows;              /* times it forgot some */
    int64_t imports;                /* started */
    bool ready;                     /* all roots are watched, as far as they can be */
} vt_watch_figures;

/* Starts to watch the roots of the engine's catalog that are set to be. The options are copied, the engine is
   borrowed. NULL and `error`: VT_ERROR_READ_ONLY, VT_ERROR_MEMORY, or that the system lets nobody watch. */
vt_watch *vt_watch_create(vt_engine *engine, const vt_watch_options *options, vt_error *error);

/* Before the engine. Stops what it had imported, within 2 s. NULL is allowed. */
void vt_watch_free(vt_watch *watch);

/* The roots have changed: an import has ended, a setting was changed. */
void vt_watch_refresh(vt_watch *watch);

void vt_watch_get_figures(vt_watch *watch, vt_watch_figures *figures);

#endif
