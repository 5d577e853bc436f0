/*
 * Something that takes long to read, for a widget that shows it: read on a worker, taken on the window's
 * thread, and read once more if it was asked for again meanwhile.
 *
 * Ownership: the widget owns the reading, and frees it before the executor goes. What is read from and into
 * ("work") belongs to the reading until it is released; what `take` keeps of it, it takes out.
 * Threads: the UI thread only, but for `read`. Errors: those of `read` go to `take`. When memory runs out
 * nothing is read; a full queue is tried again a moment later.
 */
#ifndef VT_UI_PARTS_READING_H
#define VT_UI_PARTS_READING_H

#include "core/task/executor.h"

#include <qt6c/qobject.h>
#include <stdbool.h>

typedef struct vt_reading vt_reading;

/* What is read; a const table. */
typedef struct vt_reading_ops {
    const char *name; /* of the task, for reports */
    vt_priority priority;
    int pause_ms;      /* between readings that vt_reading_begin_soon or changes meanwhile ask for; 0: none */
    int pause_share;   /* the pause is so many times what the last reading took of a processor, where that is
                          longer ... */
    int pause_most_ms; /* ... but not longer than this */
    /* The work of one reading. NULL: there is nothing to read now, or no memory. */
    void *(*prepare)(void *user);
    /* On the worker. False needs `error` filled. */
    bool (*read)(void *work, vt_error *error);
    /* It is read, or as much of it as could be; `error` has no code if all is there. May begin the next one,
       or free the reading. */
    void (*take)(void *user, void *work, const vt_error *error);
    /* Once for each work, on any thread. */
    void (*release)(void *work);
} vt_reading_ops;

/* `owner`: nothing is taken once it is gone. All is borrowed. NULL when memory runs out. */
vt_reading *vt_reading_create(QObject *owner, vt_executor *executor, const vt_reading_ops *ops, void *user);

/* Reads now; if it is being read, once more afterwards. For NULL nothing happens, here and below. */
void vt_reading_begin(vt_reading *reading);

/* The same, after the pause; the first time at once. For what may change many times a second. */
void vt_reading_begin_soon(vt_reading *reading);

/* Something is being read, or will be. */
bool vt_reading_is_busy(const vt_reading *reading);

/* Waits for what is under way; nothing is read or taken any more. */
void vt_reading_stop(vt_reading *reading);

/* Stops it. */
void vt_reading_free(vt_reading *reading);

#endif
