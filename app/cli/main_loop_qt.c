/* The loop of commands in a build with Qt: QCoreApplication's event loop and QThreadPool, as document 003
 * draws it. */
#include "app/cli/main_loop.h"

#include "core/base/clock.h"
#include "core/queue/interrupt.h"
#include "core/task/executor_qt.h"
#include "core/task/waker_qt.h"

#include <qt6c/qcoreapplication.h>
#include <qt6c/qsocketnotifier.h>
#include <qt6c/qtimer.h>

#include <stdlib.h>

struct vt_main_loop {
    QCoreApplication *application;
    int argc;
    char *argv[2];
    vt_doorbell *bell; /* rung by signals */
    vt_executor *executor;
    vt_waker *waker;
    QTimer *interval;
    vt_main_loop_turn turn;
    void *user;
    vt_interrupt interrupt;
};

static void take_turn(vt_main_loop *loop)
{
    if (loop->turn && !loop->turn(loop->user)) {
        loop->turn = NULL;
        q_coreapplication_quit();
    }
}

static bool on_wake(void *user)
{
    take_turn(user);
    return false;
}

static void on_interval(void *user)
{
    take_turn(user);
}

static void on_bell(void *user, const QSocketDescriptor *socket, QSocketNotifier_Type type)
{
    (void)socket;
    (void)type;
    vt_main_loop *loop = user;
    vt_doorbell_wait(loop->bell, 0);
    take_turn(loop);
}

vt_main_loop *vt_main_loop_create(unsigned workers, size_t queue_limit, vt_error *error)
{
    vt_main_loop *loop = calloc(1, sizeof *loop);
    if (!loop) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    loop->argc = 1;
    loop->argv[0] = (char *)"vitrine";
    loop->application = q_coreapplication_new(&loop->argc, loop->argv);
    loop->bell = vt_doorbell_create(error);
    loop->executor = loop->bell ? vt_executor_qt_create(workers, queue_limit, 0, error) : NULL;
    loop->waker = loop->executor ? vt_waker_create(on_wake, loop) : NULL;
    if (!loop->waker) {
        vt_executor_free(loop->executor);
        vt_doorbell_free(loop->bell);
        q_coreapplication_delete(loop->application);
        free(loop);
        return NULL;
    }
    loop->interval = q_timer_new(loop->application);
    q_timer_on_timeout(loop->interval, loop->interval, on_interval, loop);
    QSocketNotifier *notifier =
        q_socketnotifier_new(vt_doorbell_fd(loop->bell), QSocketNotifier_Read, loop->application);
    q_socketnotifier_on_activated(notifier, notifier, on_bell, loop);
    vt_interrupt_begin(&loop->interrupt, loop->bell);
    return loop;
}

void vt_main_loop_free(vt_main_loop *loop)
{
    if (!loop) {
        return;
    }
    vt_interrupt_end(&loop->interrupt);
    vt_executor_free(loop->executor);
    vt_waker_free(loop->waker);
    q_coreapplication_delete(loop->application); /* with the timer and the notifier */
    vt_doorbell_free(loop->bell);
    free(loop);
}

vt_executor *vt_main_loop_executor(vt_main_loop *loop)
{
    return loop->executor;
}

void vt_main_loop_wake(void *loop)
{
    vt_waker_wake(((vt_main_loop *)loop)->waker);
}

void vt_main_loop_run(vt_main_loop *loop, int64_t interval, vt_main_loop_turn turn, void *user)
{
    if (!turn(user)) {
        return;
    }
    loop->turn = turn;
    loop->user = user;
    q_timer_start_interval(loop->interval, (int)(interval / VT_NS_PER_MS));
    q_coreapplication_exec();
    q_timer_stop(loop->interval);
    loop->turn = NULL;
}

bool vt_main_loop_interrupted(const vt_main_loop *loop)
{
    (void)loop;
    return vt_interrupt_requested();
}
