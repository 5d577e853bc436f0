#include "app/cli/main_loop.h"

#include "core/queue/doorbell.h"
#include "core/task/executor_threads.h"

#include <signal.h>
#include <stdlib.h>

struct vt_main_loop {
    vt_doorbell *bell;
    vt_executor *executor;
    struct sigaction before_int, before_term;
};

/* For the signal handler, which gets no argument. */
static _Atomic(vt_doorbell *) signal_bell;
static volatile sig_atomic_t signalled;

static void on_signal(int number)
{
    (void)number;
    signalled = 1;
    vt_doorbell *bell = signal_bell;
    if (bell) {
        vt_doorbell_ring(bell);
    }
}

vt_main_loop *vt_main_loop_create(unsigned workers, size_t queue_limit, vt_error *error)
{
    vt_main_loop *loop = calloc(1, sizeof *loop);
    if (!loop) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    loop->bell = vt_doorbell_create(error);
    loop->executor = loop->bell ? vt_executor_threads_create(workers, queue_limit, error) : NULL;
    if (!loop->executor) {
        vt_doorbell_free(loop->bell);
        free(loop);
        return NULL;
    }
    signalled = 0;
    signal_bell = loop->bell;
    /* Reset after the first: the second ends the program, whatever it is doing. */
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, &loop->before_int);
    sigaction(SIGTERM, &action, &loop->before_term);
    return loop;
}

void vt_main_loop_free(vt_main_loop *loop)
{
    if (!loop) {
        return;
    }
    sigaction(SIGINT, &loop->before_int, NULL);
    sigaction(SIGTERM, &loop->before_term, NULL);
    signal_bell = NULL;
    vt_executor_free(loop->executor);
    vt_doorbell_free(loop->bell);
    free(loop);
}

vt_executor *vt_main_loop_executor(vt_main_loop *loop)
{
    return loop->executor;
}

void vt_main_loop_wake(void *loop)
{
    vt_doorbell_ring(((vt_main_loop *)loop)->bell);
}

void vt_main_loop_run(vt_main_loop *loop, int64_t interval, vt_main_loop_turn turn, void *user)
{
    while (turn(user)) {
        vt_doorbell_wait(loop->bell, interval);
    }
}

bool vt_main_loop_interrupted(const vt_main_loop *loop)
{
    (void)loop;
    return signalled != 0;
}
