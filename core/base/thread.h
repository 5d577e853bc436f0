/*
 * Threads of core: started so that signals stay with the main thread, where Ctrl+C belongs, and with names,
 * which tell them apart in a trace, a debugger, perf and top.
 */
#ifndef VT_BASE_THREAD_H
#define VT_BASE_THREAD_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* With the NUL: TASK_COMM_LEN, prctl(2). */
#define VT_THREAD_NAME_SIZE 16

/* pthread_create with every signal blocked in the new thread, which is called `name`, at most
   VT_THREAD_NAME_SIZE - 1 bytes (the rest is cut off). Returns 0 or an errno, as that does; the caller joins
   `*thread`. Any thread. */
int vt_thread_start(pthread_t *thread, const char *name, void *(*run)(void *user), void *user);

/* Calls the calling thread that; for threads that are not started here. */
void vt_thread_set_name(const char *name);

/* What the calling thread is called; that of a process's main thread is what the process is called. */
void vt_thread_name(char name[VT_THREAD_NAME_SIZE]);

/* Asks that the calling thread be run soon after it wakes, in turns of `slice_ns` (100 us to 100 ms): for one
   that works little and that somebody waits for. Threads and processes it starts are as usual again. Linux
   6.12 and later listen to it (sched(7): a shorter slice has an earlier deadline); before, nothing changes.
   False with errno if the system refuses; nobody needs to care. */
bool vt_thread_ask_slice(int64_t slice_ns);

#endif
