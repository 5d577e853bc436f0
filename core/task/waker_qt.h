/*
 * Waker: "call down, wake up" for Qt's event loop. Core wakes from any thread; the callback then runs on the
 * thread that created the waker, from its event loop, as often as it asks to be called again.
 *
 * Between two calls the event loop handles everything else first (input, painting), so that a long backlog is
 * worked off in slices without the window noticing.
 */
#ifndef VT_TASK_WAKER_QT_H
#define VT_TASK_WAKER_QT_H

#include <stdbool.h>

typedef struct vt_waker vt_waker;

/* Does a slice of work; true if there is more. */
typedef bool (*vt_waker_callback)(void *user);

/* On the thread that shall be woken. NULL when memory runs out. */
vt_waker *vt_waker_create(vt_waker_callback callback, void *user);

/* On the same thread; nobody may wake it any more. Calls that are pending are dropped. NULL is allowed. */
void vt_waker_free(vt_waker *waker);

/* Any thread; `user` is a vt_waker *. Calls are counted as one until the callback runs. */
void vt_waker_wake(void *user);

#endif
