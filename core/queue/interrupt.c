#include "core/queue/interrupt.h"

#include <stdatomic.h>

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

void vt_interrupt_begin(vt_interrupt *interrupt, vt_doorbell *bell)
{
    signalled = 0;
    signal_bell = bell;
    /* Reset after the first: the second one is the system's own. */
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)(SA_RESETHAND | SA_RESTART)};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, &interrupt->before_int);
    sigaction(SIGTERM, &action, &interrupt->before_term);
}

void vt_interrupt_end(vt_interrupt *interrupt)
{
    sigaction(SIGINT, &interrupt->before_int, NULL);
    sigaction(SIGTERM, &interrupt->before_term, NULL);
    signal_bell = NULL;
}

bool vt_interrupt_requested(void)
{
    return signalled != 0;
}
