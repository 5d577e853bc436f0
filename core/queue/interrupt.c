#include "core/queue/interrupt.h"

#include <stdatomic.h>

/* For the signal handler, which gets no argument. */
static _Atomic(vt_doorbell *) signal_bell;
static volatile sig_atomic_t signalled;

static void on_signal(int number)
{
    signalled = number;
    vt_doorbell *bell = signal_bell;
    if (bell) {
        vt_doorbell_ring(bell);
    }
}

/* Ctrl+C, a polite kill, and the terminal or session that goes away. */
static const int endings[VT_INTERRUPT_SIGNALS] = {SIGINT, SIGTERM, SIGHUP};

void vt_interrupt_begin(vt_interrupt *interrupt, vt_doorbell *bell)
{
    signalled = 0;
    signal_bell = bell;
    /* Reset after the first: the second one is the system's own. */
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)(SA_RESETHAND | SA_RESTART)};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < VT_INTERRUPT_SIGNALS; i++) {
        sigaction(endings[i], NULL, &interrupt->before[i]);
        /* nohup(1) has SIGHUP ignored, and means it. */
        if (endings[i] != SIGHUP || interrupt->before[i].sa_handler != SIG_IGN) {
            sigaction(endings[i], &action, NULL);
        }
    }
}

void vt_interrupt_end(vt_interrupt *interrupt)
{
    for (size_t i = 0; i < VT_INTERRUPT_SIGNALS; i++) {
        sigaction(endings[i], &interrupt->before[i], NULL);
    }
    signal_bell = NULL;
}

bool vt_interrupt_requested(void)
{
    return signalled != 0;
}

int vt_interrupt_signal(void)
{
    return signalled;
}
