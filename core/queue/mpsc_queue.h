/*
 * Lock-free queue for many producers and one consumer; intrusive: the node lies inside what is queued.
 *
 * Algorithm: producers push onto a Treiber stack (R. K. Treiber, IBM RJ 5118, 1986); the consumer takes the
 * whole stack with one exchange and reverses it into a private list, oldest first. Nobody pops single nodes
 * from the shared stack, so the ABA problem does not arise and no memory reclamation scheme is needed.
 *
 * Progress: push is lock-free (of all producers at work, one succeeds at each step); taking is wait-free. A
 * producer that is stopped anywhere holds up neither the others nor the consumer. Order: nodes of one
 * producer come out in the order pushed; of two pushes where one returned before the other began, the first
 * comes first.
 *
 * Ownership: a node belongs to the queue from push until pop, and must not be pushed twice meanwhile. The
 * queue is a plain value and bounds nothing: users count (vt_mailbox does).
 */
#ifndef VT_QUEUE_MPSC_QUEUE_H
#define VT_QUEUE_MPSC_QUEUE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

/* Keeps what producers write and what the consumer writes on different cache lines. */
#define VT_CACHE_LINE 64

typedef struct vt_mpsc_node {
    struct vt_mpsc_node *next;
} vt_mpsc_node;

/* Fields are private. */
typedef struct vt_mpsc_queue {
    _Atomic(vt_mpsc_node *) newest; /* the shared stack */
    char apart[VT_CACHE_LINE - sizeof(void *)];
    vt_mpsc_node *oldest; /* the consumer's list, already in order */
} vt_mpsc_queue;

/* An empty queue; before any thread uses it. */
void vt_mpsc_init(vt_mpsc_queue *queue);

/* Any thread. True if the shared stack was empty, so that exactly one of many producers knows that the
   consumer may have to be woken. */
bool vt_mpsc_push(vt_mpsc_queue *queue, vt_mpsc_node *node);

/* Consumer only: the oldest node, or NULL if there is none. */
vt_mpsc_node *vt_mpsc_pop(vt_mpsc_queue *queue);

/* Consumer only: all nodes as a chain by `next`, oldest first, or NULL. */
vt_mpsc_node *vt_mpsc_take_all(vt_mpsc_queue *queue);

/* Consumer only: true if a pop would return NULL now. */
bool vt_mpsc_is_empty(const vt_mpsc_queue *queue);

#endif
