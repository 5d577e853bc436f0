/*
 * Threads of core: started so that signals stay with the main thread, where Ctrl+C belongs.
 */
#ifndef VT_BASE_THREAD_H
#define VT_BASE_THREAD_H

#include <pthread.h>

/* pthread_create with every signal blocked in the new thread. Returns 0 or an errno, as that does; the caller
   joins `*thread`. Any thread. */
int vt_thread_start(pthread_t *thread, void *(*run)(void *user), void *user);

#endif
