/*
 * Interrupts: the first SIGINT, SIGTERM or SIGHUP rings a doorbell instead of ending the program, so that an
 * event loop can end it in good order; the second one ends it, whatever it is doing. A SIGHUP that is ignored
 * (nohup) stays ignored.
 *
 * Threads: begin and end on the main thread; one at a time. The signal may arrive on any thread.
 */
#ifndef VT_QUEUE_INTERRUPT_H
#define VT_QUEUE_INTERRUPT_H

#include "core/queue/doorbell.h"

#include <signal.h>
#include <stdbool.h>

#define VT_INTERRUPT_SIGNALS 3

/* What was there before; private. */
typedef struct vt_interrupt {
    struct sigaction before[VT_INTERRUPT_SIGNALS];
} vt_interrupt;

/* From now on signals ring `bell`, which must outlive it; NULL: whoever looks now and then hears of them. */
void vt_interrupt_begin(vt_interrupt *interrupt, vt_doorbell *bell);
void vt_interrupt_end(vt_interrupt *interrupt);

/* True once a signal has come since the last begin. */
bool vt_interrupt_requested(void);

/* Its number, 0 for none: a program that ends because of signal N exits with 128 + N, as shells have it. */
int vt_interrupt_signal(void);

#endif
