/*
 * The event loop and the executor of a command without a window, behind one interface, so that builds with Qt
 * and without run the same commands. main_loop_threads.c: POSIX threads and a doorbell.
 *
 * While a loop exists the first SIGINT or SIGTERM only wakes it (vt_main_loop_interrupted); a second one ends
 * the program. Threads: the main thread, but for vt_main_loop_wake. One loop at a time.
 */
#ifndef VT_APP_CLI_MAIN_LOOP_H
#define VT_APP_CLI_MAIN_LOOP_H

#include "core/base/error.h"
#include "core/task/executor.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct vt_main_loop vt_main_loop;

/* An executor of `workers` threads for at most `queue_limit` waiting tasks comes with it. */
vt_main_loop *vt_main_loop_create(unsigned workers, size_t queue_limit, vt_error *error);
void vt_main_loop_free(vt_main_loop *loop); /* what used the executor must be freed before; NULL is allowed */

vt_executor *vt_main_loop_executor(vt_main_loop *loop); /* borrowed */

/* Asks for a turn, soon. `loop` is a vt_main_loop *. Any thread. */
void vt_main_loop_wake(void *loop);

/* Called after a wake, a signal, and at least every `interval` nanoseconds; false ends the loop. */
typedef bool (*vt_main_loop_turn)(void *user);
void vt_main_loop_run(vt_main_loop *loop, int64_t interval, vt_main_loop_turn turn, void *user);

/* True once SIGINT or SIGTERM has come. */
bool vt_main_loop_interrupted(const vt_main_loop *loop);

#endif
