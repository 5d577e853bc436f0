#include "core/task/waker_qt.h"

#include <qt6c/qobject.h>
#include <qt6c/qtimer.h>

#include <stdatomic.h>
#include <stdlib.h>

struct vt_waker {
    vt_waker_callback callback;
    void *user;
    QObject *receiver;
    QTimer *again;       /* fires when the event loop has nothing else to do */
    atomic_bool pending; /* a posted call is on its way */
};

static void run_slice(vt_waker *waker)
{
    if (waker->callback(waker->user)) {
        q_timer_start(waker->again);
    }
}

static void on_posted(void *user)
{
    vt_waker *waker = user;
    atomic_store_explicit(&waker->pending, false, memory_order_release);
    if (!q_timer_is_active(waker->again)) {
        run_slice(waker);
    }
}

static void on_again(void *user)
{
    run_slice(user);
}

vt_waker *vt_waker_create(vt_waker_callback callback, void *user)
{
    vt_waker *waker = calloc(1, sizeof *waker);
    if (!waker) {
        return NULL;
    }
    waker->callback = callback;
    waker->user = user;
    waker->receiver = q_object_new(NULL);
    waker->again = q_timer_new(waker->receiver);
    q_timer_set_single_shot(waker->again, true);
    q_timer_set_interval(waker->again, 0);
    q_timer_on_timeout(waker->again, waker->receiver, on_again, waker);
    return waker;
}

void vt_waker_free(vt_waker *waker)
{
    if (waker) {
        q_object_delete(waker->receiver); /* with it go the timer and posted calls */
        free(waker);
    }
}

void vt_waker_wake(void *user)
{
    vt_waker *waker = user;
    if (!atomic_exchange_explicit(&waker->pending, true, memory_order_acq_rel)) {
        qt_post(waker->receiver, on_posted, waker, NULL);
    }
}
