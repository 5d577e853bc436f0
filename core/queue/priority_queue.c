#include "core/queue/priority_queue.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

typedef struct level {
    vt_priority_entry *first, *last;
    atomic_size_t length; /* written with the lock, read without it */
} level;

struct vt_priority_queue {
    size_t limit;
    pthread_mutex_t lock; /* guards everything below, and the entries that wait */
    level levels[VT_PRIORITY_COUNT];
    size_t length;
    size_t peak;
    uint64_t pushed, popped, removed, moved, refused;
};

const char *vt_priority_name(vt_priority priority)
{
    static const char *const names[VT_PRIORITY_COUNT] = {"critical", "high", "normal", "low"};
    return (unsigned)priority < VT_PRIORITY_COUNT ? names[priority] : "unknown";
}

vt_priority_queue *vt_priority_queue_create(size_t limit, vt_error *error)
{
    if (limit == 0) {
        vt_error_set(error, VT_ERROR_USAGE, "a queue needs room for 1 entry or more");
        return NULL;
    }
    vt_priority_queue *queue = calloc(1, sizeof *queue);
    if (!queue || pthread_mutex_init(&queue->lock, NULL) != 0) {
        free(queue);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a priority queue");
        return NULL;
    }
    queue->limit = limit;
    return queue;
}

void vt_priority_queue_free(vt_priority_queue *queue)
{
    if (queue) {
        pthread_mutex_destroy(&queue->lock);
        free(queue);
    }
}

static void lock(const vt_priority_queue *queue)
{
    pthread_mutex_lock((pthread_mutex_t *)&queue->lock);
}

static void unlock(const vt_priority_queue *queue)
{
    pthread_mutex_unlock((pthread_mutex_t *)&queue->lock);
}

static void link_locked(vt_priority_queue *queue, vt_priority_entry *entry, vt_priority priority,
                        bool to_front)
{
    level *at = &queue->levels[priority];
    entry->priority = priority;
    entry->queue = queue;
    entry->previous = to_front ? NULL : at->last;
    entry->next = to_front ? at->first : NULL;
    *(entry->previous ? &entry->previous->next : &at->first) = entry;
    *(entry->next ? &entry->next->previous : &at->last) = entry;
    atomic_fetch_add_explicit(&at->length, 1, memory_order_relaxed);
    queue->length++;
}

static void unlink_locked(vt_priority_queue *queue, vt_priority_entry *entry)
{
    level *at = &queue->levels[entry->priority];
    *(entry->previous ? &entry->previous->next : &at->first) = entry->next;
    *(entry->next ? &entry->next->previous : &at->last) = entry->previous;
    entry->previous = entry->next = NULL;
    entry->queue = NULL;
    atomic_fetch_sub_explicit(&at->length, 1, memory_order_relaxed);
    queue->length--;
}

bool vt_priority_queue_push(vt_priority_queue *queue, vt_priority_entry *entry, vt_priority priority,
                            vt_error *error)
{
    if ((unsigned)priority >= VT_PRIORITY_COUNT) {
        return vt_error_set(error, VT_ERROR_USAGE, "no such priority: %d", (int)priority);
    }
    lock(queue);
    bool waits = entry->queue != NULL;
    bool full = queue->length >= queue->limit;
    if (!waits && !full) {
        link_locked(queue, entry, priority, false);
        queue->pushed++;
        if (queue->length > queue->peak) {
            queue->peak = queue->length;
        }
    } else if (full) {
        queue->refused++;
    }
    unlock(queue);
    if (waits) {
        return vt_error_set(error, VT_ERROR_USAGE, "the entry waits in a queue already");
    }
    if (full) {
        return vt_error_set(error, VT_ERROR_LIMIT, "the queue is full: %zu entries wait", queue->limit);
    }
    return true;
}

vt_priority_entry *vt_priority_queue_pop(vt_priority_queue *queue)
{
    vt_priority_entry *entry = NULL;
    lock(queue);
    for (int at = 0; at < VT_PRIORITY_COUNT && !entry; at++) {
        entry = queue->levels[at].first;
    }
    if (entry) {
        unlink_locked(queue, entry);
        queue->popped++;
    }
    unlock(queue);
    return entry;
}

vt_priority vt_priority_entry_level(const vt_priority_entry *entry)
{
    return entry->priority;
}

bool vt_priority_queue_move(vt_priority_queue *queue, vt_priority_entry *entry, vt_priority priority,
                            bool to_front)
{
    if ((unsigned)priority >= VT_PRIORITY_COUNT) {
        return false;
    }
    lock(queue);
    bool waits = entry->queue == queue;
    if (waits) {
        unlink_locked(queue, entry);
        link_locked(queue, entry, priority, to_front);
        queue->moved++;
    }
    unlock(queue);
    return waits;
}

bool vt_priority_queue_remove(vt_priority_queue *queue, vt_priority_entry *entry)
{
    lock(queue);
    bool waits = entry->queue == queue;
    if (waits) {
        unlink_locked(queue, entry);
        queue->removed++;
    }
    unlock(queue);
    return waits;
}

size_t vt_priority_queue_length(const vt_priority_queue *queue)
{
    lock(queue);
    size_t length = queue->length;
    unlock(queue);
    return length;
}

size_t vt_priority_queue_waiting(const vt_priority_queue *queue, vt_priority priority)
{
    return atomic_load_explicit(&queue->levels[priority].length, memory_order_relaxed);
}

void vt_priority_queue_get_stats(const vt_priority_queue *queue, vt_priority_queue_stats *stats)
{
    lock(queue);
    *stats = (vt_priority_queue_stats){
        .waiting_total = queue->length,
        .waiting_peak = queue->peak,
        .limit = queue->limit,
        .pushed = queue->pushed,
        .popped = queue->popped,
        .removed = queue->removed,
        .moved = queue->moved,
        .refused = queue->refused,
    };
    for (int at = 0; at < VT_PRIORITY_COUNT; at++) {
        stats->waiting[at] = vt_priority_queue_waiting(queue, (vt_priority)at);
    }
    unlock(queue);
}
