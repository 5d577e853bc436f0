/*
 * Priority queue with four levels, first in first out within each (document 004: critical, high, normal,
 * low).
 *
 * Strict order: a level is served only while all levels above it are empty. Every operation is O(1), also to
 * move something that waits to the front or to another level (what the user sees comes first) and to take it
 * out. Intrusive: the entry lies inside what is queued and is its handle.
 *
 * Threads: any; a mutex inside is held for a few pointer writes. Bounded. Ownership: entries are borrowed
 * from push until pop or removal; they must stay where they are meanwhile.
 */
#ifndef VT_QUEUE_PRIORITY_QUEUE_H
#define VT_QUEUE_PRIORITY_QUEUE_H

#include "core/base/error.h"

#include <stddef.h>
#include <stdint.h>

typedef enum vt_priority {
    VT_PRIORITY_CRITICAL, /* visible: the user waits for it */
    VT_PRIORITY_HIGH,     /* nearby: about to be visible */
    VT_PRIORITY_NORMAL,   /* asked for, such as an import */
    VT_PRIORITY_LOW,      /* idle work: upkeep that nobody waits for */
    VT_PRIORITY_COUNT
} vt_priority;

/* Fields are private and guarded by the queue's lock. Start with all bytes 0. */
typedef struct vt_priority_entry {
    struct vt_priority_entry *previous, *next;
    const void *queue; /* the one that it waits in, or NULL */
    vt_priority priority;
} vt_priority_entry;

typedef struct vt_priority_queue vt_priority_queue;

typedef struct vt_priority_queue_stats {
    size_t waiting[VT_PRIORITY_COUNT];
    size_t waiting_total;
    size_t waiting_peak;
    size_t limit;
    uint64_t pushed, popped, removed;
    uint64_t moved;   /* to the front or to another level */
    uint64_t refused; /* pushes to a full queue */
} vt_priority_queue_stats;

/* "critical", "high", "normal", "low". */
const char *vt_priority_name(vt_priority priority);

/* At most `limit` entries (1 or more). NULL and `error` for a limit of 0 or when memory runs out. */
vt_priority_queue *vt_priority_queue_create(size_t limit, vt_error *error);

/* The queue must be empty or its entries never used again; NULL is allowed. */
void vt_priority_queue_free(vt_priority_queue *queue);

/* To the back of its level. False and `error`: VT_ERROR_LIMIT if the queue is full, VT_ERROR_USAGE if the
   entry waits already. */
bool vt_priority_queue_push(vt_priority_queue *queue, vt_priority_entry *entry, vt_priority priority,
                            vt_error *error);

/* The oldest entry of the highest level that has any; NULL if the queue is empty. */
vt_priority_entry *vt_priority_queue_pop(vt_priority_queue *queue);

/* The level that an entry waits at or, after it was popped, waited at. Not while others may move it. */
vt_priority vt_priority_entry_level(const vt_priority_entry *entry);

/* Moves a waiting entry to the front or back of `priority`. False if it does not wait here (any more): it has
   been popped, which is no fault. */
bool vt_priority_queue_move(vt_priority_queue *queue, vt_priority_entry *entry, vt_priority priority,
                            bool to_front);

/* Takes a waiting entry out; false if it does not wait here (any more). Of a removal and a pop at the same
   time exactly one gets the entry. */
bool vt_priority_queue_remove(vt_priority_queue *queue, vt_priority_entry *entry);

size_t vt_priority_queue_length(const vt_priority_queue *queue);

/* Entries of one level, without waiting for a lock: a moment later there may be more or fewer. */
size_t vt_priority_queue_waiting(const vt_priority_queue *queue, vt_priority priority);
void vt_priority_queue_get_stats(const vt_priority_queue *queue, vt_priority_queue_stats *stats);

#endif
