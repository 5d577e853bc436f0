/*
 * The Performance centre behind its views: samples what the program does while somebody looks, watches for
 * alerts, and carries out what the views offer. One for each window; views (view.h) listen to it, in the
 * centre's window and in panes.
 *
 * While nobody listens it costs nothing: no timer, no sample. Two things go on all the same, since a stall is
 * asked about after it was felt: the monitor notes violations, and a trace of fixed size keeps the last spans
 * of work (some 100 ns for each task and delivery, kept by the application). Alerts are looked for when
 * imports tell of their progress, at most once a second.
 *
 * Sampling: every VT_PERFORMANCE_SAMPLE_MS a task on a thread of its own reads /proc and asks the registry,
 * and posts what it found; the window's thread adds the engine's figures and notes it all (core/perf/sample).
 *
 * Budgets of document 001 (6.6.2.1) that are covered, by their rows in core/perf/budget.c: startup ready
 * ("startup"), table filter ("filter", by "view built"; "sort", by "other order shown"), progress updates
 * ("progress", with "cancel" and "import_item_ui": app/ui/activity/job_times.h), UI response ("ui_response":
 * app/ui/window/response.h; "ui_frame", "ui_dispatch"), memory ("memory_import"); its metrics (6.6.4.1):
 * durations (monitor), memory, processor and I/O (figures). Network operations: there are none.
 *
 * UI thread only.
 */
#ifndef VT_UI_PERFORMANCE_PERFORMANCE_H
#define VT_UI_PERFORMANCE_PERFORMANCE_H

#include "app/ui/library/pictures.h"
#include "app/ui/parts/meter.h"
#include "core/base/log.h"
#include "core/import/engine.h"
#include "core/memory/registry.h"
#include "core/perf/advice.h"
#include "core/perf/alert.h"
#include "core/perf/monitor.h"
#include "core/perf/sample.h"
#include "core/settings/settings_file.h"

#define VT_PERFORMANCE_SAMPLE_MS 500

typedef struct vt_performance vt_performance;

/* What the window does for it. */
typedef struct vt_performance_ops {
    void (*hold)(void *user, bool hold);    /* all background work of the user's */
    bool (*is_held)(void *user, bool *any); /* none of it goes on; `any`: there is some */
    void (*counts)(void *user, int64_t *failed, int64_t *tried); /* files of this session's imports */
    void (*show_failures)(void *user);
    void (*show_place)(void *user); /* where the catalog lies, in the file manager */
    void (*applied)(void *user, const vt_settings *settings); /* these hold from now on */
    void (*say)(void *user, const char *text);                /* for some seconds, at the foot */
} vt_performance_ops;

/* All borrowed for its life. */
typedef struct vt_performance_context {
    vt_engine *engine;
    vt_pictures *pictures;
    vt_monitor *monitor;
    const vt_trace *trace; /* NULL: there is none */
    vt_settings settings;
    const vt_performance_ops *ops;
    void *user; /* of `ops` */
    vt_log log;
} vt_performance_context;

/* NULL and `error` when memory runs out. */
vt_performance *vt_performance_create(const vt_performance_context *context, vt_error *error);
/* Waits for what it has under way, some milliseconds. Nobody listens any more. NULL is allowed. */
void vt_performance_free(vt_performance *performance);

/* Somebody who looks; lies in its owner until vt_performance_unlisten. */
typedef struct vt_performance_listener {
    void (*sampled)(void *user);                /* there is a new sample */
    void (*told)(void *user, const char *text); /* what became of an action; an alert */
    void *user;
    struct vt_performance_listener *next; /* the centre's */
} vt_performance_listener;

/* The first one starts sampling, the last one ends it. Twice is as once. */
void vt_performance_listen(vt_performance *performance, vt_performance_listener *listener);
void vt_performance_unlisten(vt_performance *performance, vt_performance_listener *listener);

/* ---- what the window tells ---- */

/* A frame of the main window was painted, in so many nanoseconds. */
void vt_performance_frame(vt_performance *performance, int64_t duration);
/* The window's thread came `late` nanoseconds too late: as its meter found while nobody looked. */
void vt_performance_stalled(vt_performance *performance, int64_t late);
/* A moment to look for alerts; may be called as often as one likes. */
void vt_performance_look(vt_performance *performance);
void vt_performance_take_settings(vt_performance *performance, const vt_settings *settings);

/* ---- what the views show ---- */

const vt_sampler *vt_performance_sampler(const vt_performance *performance); /* NULL: nobody looked yet */
vt_monitor *vt_performance_monitor(const vt_performance *performance);
const vt_trace *vt_performance_trace(const vt_performance *performance);
const vt_settings *vt_performance_settings(const vt_performance *performance);
const vt_log *vt_performance_log(const vt_performance *performance);
/* As of the last sample. */
const vt_situation *vt_performance_situation(const vt_performance *performance);
/* Who held how much at the last sample, in the order they registered; returns how many. */
size_t vt_performance_resources(const vt_performance *performance, const vt_resource_usage **list);
bool vt_performance_is_on(const vt_performance *performance, vt_alert_id alert);

/* ---- actions; what became of them is told to the listeners ---- */

/* The action of an advice. */
void vt_performance_act(vt_performance *performance, vt_advice_action action);
/* All caches, or one resource. */
void vt_performance_trim(vt_performance *performance);
void vt_performance_clear(vt_performance *performance, vt_resource_id resource, const char *name);
/* Saves `count` settings, and has them hold. */
void vt_performance_apply(vt_performance *performance, const vt_settings_change *changes, size_t count);
void vt_performance_hold(vt_performance *performance, bool hold);

typedef enum vt_performance_form {
    VT_PERFORMANCE_JSON,  /* what core/perf/reporter.h writes */
    VT_PERFORMANCE_TRACE, /* core/perf/trace.h */
    VT_PERFORMANCE_HTML,  /* core/perf/report.h */
    VT_PERFORMANCE_FORMS
} vt_performance_form;

/* Writes the file `path` (bytes) in this form; a file of that name is replaced. */
void vt_performance_export(vt_performance *performance, vt_performance_form form, const char *path);

/* Keeps what was measured for 'vitrine report' (core/perf/last_run.h). Writes to the disk: for the end, when
   nobody sees a window any more. What goes wrong is logged. */
void vt_performance_leave(vt_performance *performance);

#endif
