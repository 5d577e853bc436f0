#include "core/task/cancel.h"

#include "core/base/clock.h"
#include "core/base/cond.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

struct vt_cancel {
    atomic_uint references;
    atomic_bool requested;
    vt_cancel *parent;          /* a reference, or NULL */
    vt_cancel *previous, *next; /* among the parent's children; guarded by tree_lock */
    vt_cancel *first_child;     /* borrowed: a child leaves before it dies; guarded by tree_lock */
    pthread_mutex_t wait_lock;  /* guards fd; inside tree_lock if both are held */
    pthread_cond_t was_requested;
    int fd; /* eventfd, -1 until somebody asked for it */
};

/* One lock for all trees: it is held for pointer writes only, and a lock per token would need an order up and
   down the tree. */
static pthread_mutex_t tree_lock = PTHREAD_MUTEX_INITIALIZER;

static void link_child_locked(vt_cancel *parent, vt_cancel *child)
{
    child->parent = vt_cancel_ref(parent);
    child->next = parent->first_child;
    if (child->next) {
        child->next->previous = child;
    }
    parent->first_child = child;
}

vt_cancel *vt_cancel_create(vt_cancel *parent)
{
    vt_cancel *cancel = calloc(1, sizeof *cancel);
    if (!cancel || pthread_mutex_init(&cancel->wait_lock, NULL) != 0) {
        free(cancel);
        return NULL;
    }
    if (!vt_cond_init(&cancel->was_requested)) {
        pthread_mutex_destroy(&cancel->wait_lock);
        free(cancel);
        return NULL;
    }
    atomic_init(&cancel->references, 1);
    cancel->fd = -1;
    if (parent) {
        pthread_mutex_lock(&tree_lock);
        link_child_locked(parent, cancel);
        atomic_init(&cancel->requested, vt_cancel_requested(parent));
        pthread_mutex_unlock(&tree_lock);
    }
    return cancel;
}

vt_cancel *vt_cancel_ref(vt_cancel *cancel)
{
    if (cancel) {
        atomic_fetch_add_explicit(&cancel->references, 1, memory_order_relaxed);
    }
    return cancel;
}

/* Takes a token without references out of its tree and frees it. The tree lock keeps a request that is on its
   way down from reaching it. */
static void destroy(vt_cancel *cancel)
{
    if (cancel->parent) {
        pthread_mutex_lock(&tree_lock);
        *(cancel->previous ? &cancel->previous->next : &cancel->parent->first_child) = cancel->next;
        if (cancel->next) {
            cancel->next->previous = cancel->previous;
        }
        pthread_mutex_unlock(&tree_lock);
    }
    if (cancel->fd >= 0) {
        close(cancel->fd);
    }
    pthread_cond_destroy(&cancel->was_requested);
    pthread_mutex_destroy(&cancel->wait_lock);
    free(cancel);
}

void vt_cancel_unref(vt_cancel *cancel)
{
    while (cancel && atomic_fetch_sub_explicit(&cancel->references, 1, memory_order_acq_rel) == 1) {
        vt_cancel *parent = cancel->parent;
        destroy(cancel);
        cancel = parent;
    }
}

static void ring(const vt_cancel *cancel)
{
    if (cancel->fd >= 0) {
        uint64_t one = 1;
        /* Nobody reads it, so it is far from full and the write cannot fail. */
        ssize_t ignored = write(cancel->fd, &one, sizeof one);
        (void)ignored;
    }
}

static void raise_one(vt_cancel *cancel)
{
    pthread_mutex_lock(&cancel->wait_lock);
    if (!atomic_exchange_explicit(&cancel->requested, true, memory_order_acq_rel)) {
        ring(cancel);
        pthread_cond_broadcast(&cancel->was_requested);
    }
    pthread_mutex_unlock(&cancel->wait_lock);
}

/* The token and all below it, depth first without recursion: a tree may be deep. */
static void raise_tree_locked(vt_cancel *root)
{
    vt_cancel *at = root;
    for (;;) {
        raise_one(at);
        if (at->first_child) {
            at = at->first_child;
            continue;
        }
        while (at != root && !at->next) {
            at = at->parent;
        }
        if (at == root) {
            return;
        }
        at = at->next;
    }
}

void vt_cancel_request(vt_cancel *cancel)
{
    if (cancel && !vt_cancel_requested(cancel)) {
        pthread_mutex_lock(&tree_lock);
        raise_tree_locked(cancel);
        pthread_mutex_unlock(&tree_lock);
    }
}

bool vt_cancel_requested(const vt_cancel *cancel)
{
    return cancel && atomic_load_explicit(&cancel->requested, memory_order_acquire);
}

bool vt_cancel_check(const vt_cancel *cancel, vt_error *error)
{
    return !vt_cancel_requested(cancel) || vt_error_set(error, VT_ERROR_CANCELLED, "cancelled");
}

static void sleep_until(int64_t deadline)
{
    struct timespec until = {
        .tv_sec = (time_t)(deadline / VT_NS_PER_S),
        .tv_nsec = (long)(deadline % VT_NS_PER_S),
    };
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR) {
    }
}

bool vt_cancel_wait(vt_cancel *cancel, int64_t timeout)
{
    int64_t deadline = vt_deadline_after(timeout);
    if (!cancel) {
        sleep_until(deadline);
        return false;
    }
    pthread_mutex_lock(&cancel->wait_lock);
    while (!vt_cancel_requested(cancel) &&
           vt_cond_wait_until(&cancel->was_requested, &cancel->wait_lock, deadline)) {
    }
    pthread_mutex_unlock(&cancel->wait_lock);
    return vt_cancel_requested(cancel);
}

int vt_cancel_fd(vt_cancel *cancel, vt_error *error)
{
    if (!cancel) {
        return -1; /* poll skips it */
    }
    pthread_mutex_lock(&cancel->wait_lock);
    if (cancel->fd < 0) {
        cancel->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (cancel->fd < 0) {
            vt_error_set_errno(error, errno, "cannot make an event descriptor");
        } else if (vt_cancel_requested(cancel)) {
            ring(cancel);
        }
    }
    int fd = cancel->fd;
    pthread_mutex_unlock(&cancel->wait_lock);
    return fd;
}
