/*
 * Resident memory of processes, read from /proc (proc(5)): bytes. Pages shared between processes count in
 * each of them, so a sum is an upper bound. Any thread.
 */
#ifndef VT_PERF_RSS_H
#define VT_PERF_RSS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct vt_rss {
    int64_t current; /* resident now; 0 if the process is gone or hidden */
    int64_t peak;    /* the most it ever was */
} vt_rss;

vt_rss vt_rss_self(void);
vt_rss vt_rss_of(pid_t pid);

/* Sum over `count` processes. The peaks need not have been at the same time: `peak` is an upper bound. */
vt_rss vt_rss_sum(const pid_t *pids, size_t count);

/* This process and all its descendants, at most VT_RSS_TREE_MAX processes. */
#define VT_RSS_TREE_MAX 256
vt_rss vt_rss_tree(void);

#endif
