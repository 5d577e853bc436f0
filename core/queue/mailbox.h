/*
 * Mailbox of an actor: any thread posts messages, one thread drains and handles them. "Call down, wake up":
 * core posts and wakes; the owner of the mailbox handles the messages on its own thread when it gets to it.
 *
 * Wake-ups are coalesced: `wake` is called by a post to an idle mailbox and not again until that mail has
 * been drained, so a thousand posts cost the receiver one event. A mailbox leaves idleness with the post that
 * wakes and enters it when a drain has found it empty; no message can be left behind without a wake-up to
 * come.
 *
 * Messages are intrusive: embed vt_message first in your own struct. Posting allocates nothing.
 */
#ifndef VT_QUEUE_MAILBOX_H
#define VT_QUEUE_MAILBOX_H

#include "core/base/error.h"
#include "core/queue/mpsc_queue.h"

#include <stdint.h>

typedef struct vt_message vt_message;

/* What a kind of message does; a const table. */
typedef struct vt_message_ops {
    const char *name;
    /* Handles the message on the draining thread; owns it from here. May post, also to the same mailbox. */
    void (*deliver)(vt_message *message, void *actor);
    /* Releases a message that will never be delivered, because its mailbox closed. */
    void (*discard)(vt_message *message);
} vt_message_ops;

struct vt_message {
    vt_mpsc_node node; /* private; first */
    const vt_message_ops *ops;
};

typedef struct vt_mailbox vt_mailbox;

/* Called on the posting thread, outside all locks. Must be quick and must not drain: it asks the owner's
   event loop to call vt_mailbox_drain soon (a queued call, vt_doorbell_ring, ...). */
typedef void (*vt_mailbox_wake)(void *user);

typedef struct vt_mailbox_stats {
    size_t waiting; /* posted, not yet handled */
    size_t limit;
    uint64_t delivered;
    uint64_t refused; /* posts to a full or closed mailbox */
    uint64_t wakes;   /* calls of `wake` */
} vt_mailbox_stats;

/* `limit`: messages that may wait, 1 or more. `actor` is handed to every deliver; borrowed. `wake` may be
   NULL if the owner polls. NULL and `error` for a limit of 0 or when memory runs out. */
vt_mailbox *vt_mailbox_create(size_t limit, vt_mailbox_wake wake, void *wake_user, void *actor,
                              vt_error *error);

/* Discards what waits and frees the mailbox; NULL is allowed. No other thread may use it any more. */
void vt_mailbox_free(vt_mailbox *mailbox);

/* Any thread; lock-free. On true the mailbox owns `message`; false (full or closed) leaves it to the caller.
 */
bool vt_mailbox_post(vt_mailbox *mailbox, vt_message *message);

/* Owner's thread: handles messages, oldest first, until none waits or `budget` nanoseconds have passed
   (VT_FOREVER of core/base/cond.h: no limit; one message is always handled). If some remain, `wake` is called
   again. Returns how many were handled; 0 at once when called from within a deliver. */
size_t vt_mailbox_drain(vt_mailbox *mailbox, int64_t budget);

/* Any thread: refuses further posts; the next drain discards what still waits. */
void vt_mailbox_close(vt_mailbox *mailbox);

/* Any thread; the numbers are each right, but not of one instant. */
void vt_mailbox_get_stats(const vt_mailbox *mailbox, vt_mailbox_stats *stats);

#endif
