#include "app/cli/main_loop.h"

#include "core/queue/interrupt.h"
#include "core/task/executor_threads.h"

#include <stdlib.h>

struct vt_main_loop {
    vt_doorbell *bell;
    vt_executor *executor;
    vt_interrupt interrupt;
};

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
    return vt_interrupt_requested();
}
