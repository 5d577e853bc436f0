#include "core/queue/mailbox.h"

#include "core/base/clock.h"
#include "core/base/cond.h"

#include <stdlib.h>

struct vt_mailbox {
    vt_mpsc_queue queue;
    size_t limit;
    vt_mailbox_wake wake;
    void *wake_user;
    void *actor;
    atomic_size_t waiting;
    atomic_bool awake; /* a wake-up was sent and no drain has found the queue empty since */
    atomic_bool closed;
    bool draining; /* the owner's alone */
    _Atomic uint64_t delivered;
    _Atomic uint64_t refused;
    _Atomic uint64_t wakes;
};

vt_mailbox *vt_mailbox_create(size_t limit, vt_mailbox_wake wake, void *wake_user, void *actor,
                              vt_error *error)
{
    if (limit == 0) {
        vt_error_set(error, VT_ERROR_USAGE, "a mailbox needs room for 1 message or more");
        return NULL;
    }
    vt_mailbox *mailbox = calloc(1, sizeof *mailbox);
    if (!mailbox) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a mailbox");
        return NULL;
    }
    vt_mpsc_init(&mailbox->queue);
    mailbox->limit = limit;
    mailbox->wake = wake;
    mailbox->wake_user = wake_user;
    mailbox->actor = actor;
    return mailbox;
}

static void count(_Atomic uint64_t *counter)
{
    atomic_fetch_add_explicit(counter, 1, memory_order_relaxed);
}

static void discard(vt_message *message)
{
    if (message->ops->discard) {
        message->ops->discard(message);
    }
}

void vt_mailbox_free(vt_mailbox *mailbox)
{
    if (!mailbox) {
        return;
    }
    atomic_store(&mailbox->closed, true); /* a discard that posts gets its message back */
    vt_mpsc_node *node;
    while ((node = vt_mpsc_pop(&mailbox->queue))) {
        discard((vt_message *)node);
    }
    free(mailbox);
}

static void call_wake(vt_mailbox *mailbox)
{
    count(&mailbox->wakes);
    if (mailbox->wake) {
        mailbox->wake(mailbox->wake_user);
    }
}

static bool reserve(vt_mailbox *mailbox)
{
    size_t waiting = atomic_load_explicit(&mailbox->waiting, memory_order_relaxed);
    do {
        if (waiting >= mailbox->limit) {
            return false;
        }
    } while (!atomic_compare_exchange_weak_explicit(&mailbox->waiting, &waiting, waiting + 1,
                                                    memory_order_relaxed, memory_order_relaxed));
    return true;
}

bool vt_mailbox_post(vt_mailbox *mailbox, vt_message *message)
{
    if (atomic_load_explicit(&mailbox->closed, memory_order_acquire) || !reserve(mailbox)) {
        count(&mailbox->refused);
        return false;
    }
    vt_mpsc_push(&mailbox->queue, &message->node);
    /* Exchanges on `awake` have one order. If this one comes before the drain's, the drain sees the push made
       before it; if it comes after, it finds false and wakes. A plain store on either side would allow both
       to miss. */
    if (!atomic_exchange_explicit(&mailbox->awake, true, memory_order_acq_rel)) {
        call_wake(mailbox);
    }
    return true;
}

/* Turns the mailbox idle; true if it has to go on because mail came in meanwhile that nobody was woken for.
 */
static bool rest_or_go_on(vt_mailbox *mailbox)
{
    atomic_exchange_explicit(&mailbox->awake, false, memory_order_acq_rel);
    return !vt_mpsc_is_empty(&mailbox->queue) &&
           !atomic_exchange_explicit(&mailbox->awake, true, memory_order_acq_rel);
}

static bool handle_one(vt_mailbox *mailbox, vt_mpsc_node *node)
{
    vt_message *message = (vt_message *)node;
    atomic_fetch_sub_explicit(&mailbox->waiting, 1, memory_order_relaxed);
    if (atomic_load_explicit(&mailbox->closed, memory_order_acquire)) {
        discard(message);
        return false;
    }
    count(&mailbox->delivered);
    message->ops->deliver(message, mailbox->actor);
    return true;
}

size_t vt_mailbox_drain(vt_mailbox *mailbox, int64_t budget)
{
    if (mailbox->draining) {
        return 0;
    }
    mailbox->draining = true;
    int64_t deadline = vt_deadline_after(budget);
    size_t handled = 0;
    bool remain = false;
    do {
        vt_mpsc_node *node;
        while (!remain && (node = vt_mpsc_pop(&mailbox->queue))) {
            handled += handle_one(mailbox, node);
            remain =
                deadline != VT_FOREVER && vt_clock_now() >= deadline && !vt_mpsc_is_empty(&mailbox->queue);
        }
    } while (!remain && rest_or_go_on(mailbox));
    mailbox->draining = false;
    if (remain) {
        atomic_store_explicit(&mailbox->awake, true, memory_order_release);
        call_wake(mailbox);
    }
    return handled;
}

void vt_mailbox_close(vt_mailbox *mailbox)
{
    atomic_store_explicit(&mailbox->closed, true, memory_order_release);
}

void vt_mailbox_get_stats(const vt_mailbox *mailbox, vt_mailbox_stats *stats)
{
    stats->waiting = atomic_load_explicit(&mailbox->waiting, memory_order_relaxed);
    stats->limit = mailbox->limit;
    stats->delivered = atomic_load_explicit(&mailbox->delivered, memory_order_relaxed);
    stats->refused = atomic_load_explicit(&mailbox->refused, memory_order_relaxed);
    stats->wakes = atomic_load_explicit(&mailbox->wakes, memory_order_relaxed);
}
