#include "core/queue/mpsc_queue.h"

void vt_mpsc_init(vt_mpsc_queue *queue)
{
    atomic_init(&queue->newest, NULL);
    queue->oldest = NULL;
}

bool vt_mpsc_push(vt_mpsc_queue *queue, vt_mpsc_node *node)
{
    vt_mpsc_node *below = atomic_load_explicit(&queue->newest, memory_order_relaxed);
    do {
        node->next = below;
        /* Release: the consumer that takes the stack sees all that was written to the nodes. */
    } while (!atomic_compare_exchange_weak_explicit(&queue->newest, &below, node, memory_order_release,
                                                    memory_order_relaxed));
    return below == NULL;
}

/* Takes the shared stack, oldest first. */
static vt_mpsc_node *take_shared(vt_mpsc_queue *queue)
{
    /* A plain load first: an exchange would take the cache line from the producers even if there is nothing.
     */
    if (!atomic_load_explicit(&queue->newest, memory_order_relaxed)) {
        return NULL;
    }
    vt_mpsc_node *at = atomic_exchange_explicit(&queue->newest, NULL, memory_order_acquire);
    vt_mpsc_node *reversed = NULL;
    while (at) {
        vt_mpsc_node *below = at->next;
        at->next = reversed;
        reversed = at;
        at = below;
    }
    return reversed;
}

vt_mpsc_node *vt_mpsc_pop(vt_mpsc_queue *queue)
{
    if (!queue->oldest) {
        queue->oldest = take_shared(queue);
    }
    vt_mpsc_node *node = queue->oldest;
    if (node) {
        queue->oldest = node->next;
        node->next = NULL;
    }
    return node;
}

vt_mpsc_node *vt_mpsc_take_all(vt_mpsc_queue *queue)
{
    vt_mpsc_node *first = queue->oldest;
    queue->oldest = NULL;
    vt_mpsc_node *rest = take_shared(queue);
    if (!first) {
        return rest;
    }
    vt_mpsc_node *last = first;
    while (last->next) {
        last = last->next;
    }
    last->next = rest;
    return first;
}

bool vt_mpsc_is_empty(const vt_mpsc_queue *queue)
{
    return !queue->oldest && !atomic_load_explicit(&queue->newest, memory_order_relaxed);
}
