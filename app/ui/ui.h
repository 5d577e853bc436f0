/*
 * The window, seen from the program: two ways to run it, and what the command line paints. Only in builds
 * with Qt (VITRINE_WINDOW).
 *
 * The two create the application object, run its event loop and return the program's exit status, having said
 * on stderr what went wrong. Call one of them, once, on the main thread.
 */
#ifndef VT_APP_UI_UI_H
#define VT_APP_UI_UI_H

#include "core/base/log.h"
#include "core/base/str.h"
#include "core/decode/helper_pool.h"
#include "core/import/file_list.h"
#include "core/index/index.h"
#include "core/task/cancel.h"

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
    const char *view;       /* "browse", "table", "viewer", "workspace" or "performance" */
    const char *layout;     /* file with the layout of the workspace; NULL: that of the catalog */
    const char *output;     /* PNG file to write */
    unsigned width, height; /* pixels of the window; 0: its default */
    int seconds;            /* of measuring, for "performance"; how long a workspace's panes have at least */
} vt_ui_snapshot_options;

/* A contact sheet of pages of A4 with captions below the pictures: what the command line wants of one. */
typedef struct vt_ui_sheet {
    const vt_catalog *catalog;
    vt_helper_pool *helpers;
    unsigned jobs; /* pictures decoded at once; the sheet is the same whatever it is */
    const vt_file_items *items;
    const vt_snapshot *snapshot; /* that has them */
    unsigned captions;           /* app/ui/files/sheet_caption.h */
    const char *folder, *path;   /* where it goes, and its wished path there: .pdf or .png */
    vt_cancel *cancel;
    void (*failed)(void *user, const char *path, const vt_error *error);
    void *user;
} vt_ui_sheet;

/* Painting needs an application object, made on the main thread; NULL if memory runs out. */
void *vt_ui_begin_painting(const char *program);
void vt_ui_end_painting(void *begun); /* NULL is allowed */

/* On any thread between the two. The path of the file (or of the last page's) is appended to `made`. */
bool vt_ui_make_sheet(const vt_ui_sheet *options, vt_str *made, vt_error *error);

int vt_ui_run_window(const vt_ui_options *options);

/* Imports the paths, waits until nothing moves any more, and renders the window without a display. */
int vt_ui_run_snapshot(const vt_ui_snapshot_options *options);

#endif
