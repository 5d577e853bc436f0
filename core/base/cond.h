/* Condition variables that wait by the monotonic clock: a change of the wall clock ends no wait early or
   late. Thin helpers over pthreads; any thread. */
#ifndef VT_BASE_COND_H
#define VT_BASE_COND_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* For waits without end: pass it as deadline or timeout. */
#define VT_FOREVER INT64_MAX

/* Initialises `cond`; false when the system lacks memory for it. Destroy with pthread_cond_destroy. */
bool vt_cond_init(pthread_cond_t *cond);

/* vt_clock_now() + `timeout` (nanoseconds, 0 or more), VT_FOREVER if that is beyond all time. */
int64_t vt_deadline_after(int64_t timeout);

/* Waits with `mutex` held, like pthread_cond_wait. False once `deadline` (vt_clock_now time) has passed. May
   return true without a signal, so the caller checks its condition in a loop. */
bool vt_cond_wait_until(pthread_cond_t *cond, pthread_mutex_t *mutex, int64_t deadline);

#endif
