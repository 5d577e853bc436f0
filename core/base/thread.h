/*
 * Threads of core: started so that signals stay with the main thread, where Ctrl+C belongs.
 */
#ifndef VT_BASE_THREAD_H
#define VT_BASE_THREAD_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* pthread_create with every signal blocked in the new thread. Returns 0 or an errno, as that does; the caller
   joins `*thread`. Any thread. */
int vt_thread_start(pthread_t *thread, void *(*run)(void *user), void *user);

/* Asks that the calling thread be run soon after it wakes, in turns of `slice_ns` (100 us to 100 ms): for one
   that works little and that somebody waits for. Threads and processes it starts are as usual again. Linux
   6.12 and later listen to it (sched(7): a shorter slice has an earlier deadline); before, nothing changes.
   False with errno if the system refuses; nobody needs to care. */
bool vt_thread_ask_slice(int64_t slice_ns);

#endif
