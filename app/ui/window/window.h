/*
 * The main window: folders at the left, cards or table in the middle, the viewer over both, activity at the
 * foot.
 *
 * It owns everything that is seen and the library's view; the engine and the executors are the application's
 * (application.h). UI thread only.
 */
#ifndef VT_UI_WINDOW_WINDOW_H
#define VT_UI_WINDOW_WINDOW_H

#include "app/ui/browse/grid.h"
#include "app/ui/parts/theme.h"
#include "core/base/log.h"
#include "core/import/engine.h"
#include "core/perf/monitor.h"

#include <qt6c/qwidget.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct vt_window vt_window;

typedef enum vt_window_view { VT_WINDOW_BROWSE, VT_WINDOW_TABLE } vt_window_view;

/* What a window is made from; all borrowed for its life. */
typedef struct vt_window_context {
    vt_engine *engine;
    vt_executor *view_executor; /* for filtering, sorting, counting: apart from the decoding */
    vt_monitor *monitor;        /* told how long things took on the UI thread */
    const vt_trace *trace;      /* of the last spans of work; NULL: none is kept */
    vt_theme_choice theme;
    vt_settings settings; /* as the engine has them */
    bool use_settings;    /* restore and save size, columns, view, and where one was */
    bool synchronous;     /* cards are made anew instead of used again */
    bool show_all;        /* files were named: no folder and no filter of the last session hides them */
    vt_log log;
} vt_window_context;

/* NULL and `error` when memory runs out. */
vt_window *vt_window_create(const vt_window_context *context, vt_error *error);
/* Cancels what it started and deletes it. */
void vt_window_free(vt_window *window);

QWidget *vt_window_widget(vt_window *window);

/* The engine has loaded its index (or could not: `error`). */
/* A slice of what the engine has for the window was taken in, in so many nanoseconds. */
void vt_window_delivered(vt_window *window, int64_t ns);
void vt_window_index_loaded(vt_window *window, const vt_error *error);

/* Items have changed in the engine's index that no import told of. */
void vt_window_rows_changed(vt_window *window);
/* Side-cars were written or read, or differ from what is known (core/import/sidecars.h). */
void vt_window_sidecars_changed(vt_window *window);
/* Something went wrong that stops nothing: said for some seconds. */
void vt_window_trouble(vt_window *window, const vt_error *error);

/* Calls `painted` once, when the window has been painted for the first time: what is begun then does not
 * delay it. */
void vt_window_when_painted(vt_window *window, void (*painted)(void *user), void *user);

/* Imports paths (bytes); what is wrong with them is said in the window. */
void vt_window_import(vt_window *window, const char *const *paths, size_t count);

/* Says something in the status bar for some seconds. */
void vt_window_tell(vt_window *window, const char *text);

void vt_window_set_view(vt_window *window, vt_window_view view);
/* Opens the Performance centre; and its own window, NULL before that. */
void vt_window_show_performance(vt_window *window);
QWidget *vt_window_performance(vt_window *window);
/* Opens the first item in the viewer; false if there is none. */
bool vt_window_open_first(vt_window *window);

/* Shows the workspace as the last session left it, or (`layout` not NULL) as a text of
   core/layout/layout_json.h says, of which nothing is kept. False and `error` if that is refused. */
bool vt_window_open_workspace(vt_window *window, const char *layout, size_t length, vt_error *error);

/* True if nothing moves any more: index loaded, no import, no picture awaited. */
bool vt_window_is_settled(vt_window *window);

/* True if the library could not be loaded; the window says why. */
bool vt_window_has_failed(const vt_window *window);

vt_grid_figures vt_window_grid_figures(vt_window *window);

#endif
