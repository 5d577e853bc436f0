/*
 * The window, seen from the program: two ways to run it. Only in builds with Qt (VITRINE_WINDOW).
 *
 * Both create the application object, run its event loop and return the program's exit status, having said on
 * stderr what went wrong. Call one of them, once, on the main thread.
 */
#ifndef VT_APP_UI_UI_H
#define VT_APP_UI_UI_H

#include "core/base/log.h"

#include <stdbool.h>
#include <stddef.h>

/* All borrowed for the call. */
typedef struct vt_ui_options {
    const char *catalog_path; /* NULL: the default one */
    int jobs;                 /* files decoded at once; 0: as many as there are processors */
    const char *const *paths; /* bytes; folders and files to import at once */
    size_t path_count;
    const char *program; /* argv[0] */
    vt_log log;
} vt_ui_options;

typedef struct vt_ui_snapshot_options {
    vt_ui_options window;
    const char *view;       /* "browse", "table" or "viewer" */
    const char *output;     /* PNG file to write */
    unsigned width, height; /* pixels of the window; 0: its default */
} vt_ui_snapshot_options;

int vt_ui_run_window(const vt_ui_options *options);

/* Imports the paths, waits until nothing moves any more, and renders the window without a display. */
int vt_ui_run_snapshot(const vt_ui_snapshot_options *options);

#endif
