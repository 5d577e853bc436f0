/*
 * Cancel token: one flag that many may ask and somebody may raise, once and for good.
 *
 * Work asks vt_cancel_requested between its steps (one atomic load). Work that blocks waits on the token too:
 * vt_cancel_wait instead of a sleep, vt_cancel_fd beside other descriptors in poll. A token made from a
 * parent is cancelled with it: the import's token cancels every item's.
 *
 * Ownership: reference-counted; a child keeps its parent alive. Threads: any. Wherever a token is only asked,
 * NULL stands for "never cancelled".
 */
#ifndef VT_TASK_CANCEL_H
#define VT_TASK_CANCEL_H

#include "core/base/error.h"

#include <stdint.h>

typedef struct vt_cancel vt_cancel;

/* A fresh token with one reference; `parent` may be NULL. One made from a cancelled parent starts cancelled.
   NULL when memory runs out. */
vt_cancel *vt_cancel_create(vt_cancel *parent);

/* Adds a reference; returns `cancel`. NULL is allowed. */
vt_cancel *vt_cancel_ref(vt_cancel *cancel);
void vt_cancel_unref(vt_cancel *cancel); /* NULL is allowed */

/* Raises the flag of the token and of all below it, and wakes whoever waits. Asking twice is harmless. Takes
   a lock: not for signal handlers (ring a doorbell there). */
void vt_cancel_request(vt_cancel *cancel);

bool vt_cancel_requested(const vt_cancel *cancel);

/* False and VT_ERROR_CANCELLED once cancelled: `if (!vt_cancel_check(cancel, error)) return false;` */
bool vt_cancel_check(const vt_cancel *cancel, vt_error *error);

/* Sleeps until cancelled or `timeout` nanoseconds have passed (VT_FOREVER: no limit); true if cancelled. */
bool vt_cancel_wait(vt_cancel *cancel, int64_t timeout);

/* A descriptor for poll that becomes readable when cancelled and stays so. Made on the first call, owned by
   the token: neither read nor close it. -1 and `error` if the process has none left. */
int vt_cancel_fd(vt_cancel *cancel, vt_error *error);

#endif
