/*
 * Private to app/ui: what the window and the snapshot share. The application object, the executors, the
 * engine and the window, made in that order and freed the other way round. UI thread only.
 */
#ifndef VT_UI_APPLICATION_H
#define VT_UI_APPLICATION_H

#include "app/ui/ui.h"
#include "app/ui/window/window.h"
#include "core/base/error.h"
#include "core/perf/monitor.h"
#include "core/task/executor.h"
#include "core/task/task_run.h"
#include "core/task/waker_qt.h"

#include <qt6c/qapplication.h>

typedef struct vt_application {
    QApplication *qt;
    vt_executor *executor;      /* decoding, imports */
    vt_executor *view_executor; /* filtering, sorting, counting */
    vt_waker *waker;            /* the engine's results */
    vt_engine *engine;
    vt_monitor *monitor;  /* how long things took on the UI thread */
    vt_trace *trace;      /* the last spans of work, for the Performance centre; NULL without memory */
    vt_task_observer ran; /* notes tasks in it */
    vt_operation turn;    /* a slice of results */
    bool synchronous;     /* as little at the same time as can be: $VITRINE_SYNCHRONOUS */
    bool keeps_columns;   /* leaves a columns file for the next start */
    vt_settings settings;
    vt_error settings_trouble; /* what is wrong with their file */
    vt_log log;
    vt_window *window;
    int argc;
    char *argv[2];
} vt_application;

/* What differs between the two. */
typedef struct vt_application_options {
    const vt_ui_options *window;
    const char *catalog_path; /* NULL: the default one */
    const char *thumbs_path;  /* NULL: the default place */
    bool use_settings;
    bool off_screen;
} vt_application_options;

/* False and `error` if it cannot be; then nothing is left. `application` starts zeroed and stays where it is.
 */
bool vt_application_begin(vt_application *application, const vt_application_options *options,
                          vt_error *error);
/* The application object alone, in the user's theme and language, for what is said where the window cannot
   start; `application` as above. */
void vt_application_begin_bare(vt_application *application, const vt_application_options *options);
/* After either. False as vt_engine_free gives it: then end the process by _exit. */
bool vt_application_end(vt_application *application);

#endif
