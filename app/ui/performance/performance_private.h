/*
 * Private to the Performance centre: its fields, shared by its files.
 *
 * performance.c  life, listeners, the timers; sampling.c  one sample; actions.c  what is done; exports.c
 * files
 */
#ifndef VT_UI_PERFORMANCE_PERFORMANCE_PRIVATE_H
#define VT_UI_PERFORMANCE_PERFORMANCE_PRIVATE_H

#include "app/ui/performance/performance.h"
#include "core/task/executor.h"

#include <qt6c/qtimer.h>

struct vt_performance {
    vt_performance_context context;
    vt_executor *executor; /* one thread of its own; NULL until the first work */
    QTimer *timer, *beat;  /* of samples, of the heartbeat: run while somebody listens */
    vt_performance_listener *listeners;
    vt_sampler *sampler; /* NULL until somebody looks */
    vt_alerts alerts;
    vt_situation situation;
    vt_resource_usage resources[VT_REGISTRY_RESOURCES_MAX];
    size_t resource_count;
    vt_operation frame, stall; /* in the monitor */
    vt_heartbeat *heartbeat;
    int64_t frames, frame_ns;           /* painted, since the start */
    int64_t longest_stall;              /* since the last sample */
    int64_t minute_stall[2], minute_ns; /* longest of the minute before and of this one, which began then */
    int64_t looked_ns, disk_ns;         /* the last sample, the last look at the disk: vt_clock_now */
    int64_t disk_free;                  /* bytes; negative: not known */
    int64_t last_commits, last_commit_ns, last_helper_crashes, crashes_ns;
    bool sampling; /* one is under way */
    uint64_t samples;
};

/* sampling.c */

/* Begins a sample, unless one is under way. */
void vt_performance_sample(vt_performance *performance);

/* performance.c */

void vt_performance_tell(vt_performance *performance, const char *text);

/* A piece of work on the centre's own thread. `run` there, then `done` on the window's thread; `release` in
   either case, there or where the centre ends. */
typedef struct vt_performance_work {
    const char *name;
    bool (*run)(void *user, vt_error *error);
    void (*done)(vt_performance *performance, void *user, const vt_error *error); /* NULL: all went well */
    void (*release)(void *user);
} vt_performance_work;

/* `work` is static. Takes `user`, also when it fails: then it says why. */
void vt_performance_work_on(vt_performance *performance, const vt_performance_work *work, void *user);

#endif
