/*
 * Doorbell: wakes a thread that sleeps in poll or in vt_doorbell_wait (an eventfd). The wake-up of programs
 * and tests without Qt's event loop; vt_doorbell_ring fits vt_mailbox_wake. Any thread.
 */
#ifndef VT_QUEUE_DOORBELL_H
#define VT_QUEUE_DOORBELL_H

#include "core/base/error.h"

#include <stdint.h>

typedef struct vt_doorbell vt_doorbell;

/* NULL and `error` when the process has no file descriptor or memory left. */
vt_doorbell *vt_doorbell_create(vt_error *error);
void vt_doorbell_free(vt_doorbell *bell); /* NULL is allowed */

/* `bell` is a vt_doorbell *. Rings are not counted: several before a wait wake it once. Async-signal-safe, so
   a SIGINT handler may ring. */
void vt_doorbell_ring(void *bell);

/* Sleeps until it rings or `timeout` nanoseconds have passed (VT_FOREVER: no limit); true if it rang. Takes
   the ring back. */
bool vt_doorbell_wait(vt_doorbell *bell, int64_t timeout);

/* For poll: readable while it rings. Still owned by the bell. */
int vt_doorbell_fd(const vt_doorbell *bell);

#endif
