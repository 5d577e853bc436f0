/*
 * What this process and its helpers cost the machine, read from /proc (proc(5)): processor time by group of
 * threads, resident memory, bytes that came from disks. All are sums since their start; who wants a rate
 * takes the difference of two readings. A helper that ends takes its share away with it.
 *
 * Some 20 us for each thread and helper: not for the window's thread. Any other thread.
 */
#ifndef VT_PERF_PROCESS_H
#define VT_PERF_PROCESS_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef enum vt_thread_group {
    VT_THREADS_UI,    /* the main thread */
    VT_THREADS_POOL,  /* Qt's pools: "Thread (pooled)" */
    VT_THREADS_OTHER, /* all others */
    VT_THREAD_GROUPS
} vt_thread_group;

/* Threads looked at; a process with more of them is not one of ours. */
#define VT_PROCESS_THREADS_MAX 512

typedef struct vt_process_reading {
    int64_t cpu_ns[VT_THREAD_GROUPS];
    int64_t helpers_cpu_ns;
    int64_t rss, helpers_rss; /* bytes, pages that are shared counted in each */
    int64_t read_bytes;       /* from disks; of helpers only where the system lets one look */
    int64_t threads;
} vt_process_reading;

/* Reads the process `self` and `helpers`. `proc` is the folder to look in, NULL for /proc (tests give one of
   their own). A helper that has ended counts as nothing. False and `error` if `self` cannot be read. */
bool vt_process_read(const char *proc, pid_t self, const pid_t *helpers, size_t helper_count,
                     vt_process_reading *reading, vt_error *error);

#endif
