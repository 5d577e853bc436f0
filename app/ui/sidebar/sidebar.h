/*
 * The sidebar: the folder tree, and below it sections with what the library holds by kind, format, rating,
 * date, and the filters that were saved. A click shows what a row counts, with Ctrl more of them: rows of one
 * section are alternatives, sections narrow each other, and what is typed behind them in the filter box
 * narrows them all. Items that are dragged onto a tag, an album, a rating or a label get it. Counted on a
 * worker, at most once a second. UI thread only.
 */
#ifndef VT_UI_SIDEBAR_SIDEBAR_H
#define VT_UI_SIDEBAR_SIDEBAR_H

#include "app/ui/folders/folder_view.h"
#include "app/ui/library/library.h"
#include "app/ui/sidebar/saved_filters.h"
#include "core/base/log.h"
#include "core/base/str.h"
#include "core/index/tally.h"

#include <qt6c/qwidget.h>

typedef struct vt_sidebar vt_sidebar;

typedef struct vt_sidebar_ops {
    void (*filter)(void *user, const char *text); /* the text of the filter box is to be this */
    void (*say)(void *user, const char *text);    /* for the user, for some seconds */
    void (*chosen)(void *user);                   /* other rows are chosen, or none */
    void *user;
} vt_sidebar_ops;

/* `parent` owns it; `ops` is copied, the rest is borrowed. `keeps`: saved filters and what is open are
   remembered. */
vt_sidebar *vt_sidebar_create(QWidgetRef parent, vt_library *library, vt_executor *executor, bool keeps,
                              const vt_sidebar_ops *ops, vt_log log);
QWidget *vt_sidebar_widget(vt_sidebar *sidebar);

/* The part with the sections, for a menu of its own. */
QWidget *vt_sidebar_sections(vt_sidebar *sidebar);

/* What is chosen, as chips: to be put above the items. `parent` owns it. Once. */
QWidget *vt_sidebar_make_bar(vt_sidebar *sidebar, QWidgetRef parent);

/* The album that is shown, in its order: the only one that is chosen. 0 if none or more is; its name goes to
   `name` (NULL allowed). */
int64_t vt_sidebar_album(vt_sidebar *sidebar, vt_str *name);

/* Takes all choices back. */
void vt_sidebar_choose_nothing(vt_sidebar *sidebar);

/* What was counted last, NULL before that; lent until the next turn of the event loop. */
const vt_tally *vt_sidebar_tally(const vt_sidebar *sidebar);
const vt_saved_filters *vt_sidebar_saved(const vt_sidebar *sidebar);
vt_folder_view *vt_sidebar_folders(vt_sidebar *sidebar);

/* The filter box says something else, by the user's own hand. What is chosen stays so if that still stands at
   its beginning. */
void vt_sidebar_filter_edited(vt_sidebar *sidebar, const char *text);

/* Keeps a filter under a name. False if it cannot: no name, or too many. */
bool vt_sidebar_save_filter(vt_sidebar *sidebar, const char *name, const char *text);
/* Forgets the saved filters that are chosen; false if none is. */
bool vt_sidebar_forget_filter(vt_sidebar *sidebar);
bool vt_sidebar_has_saved_chosen(vt_sidebar *sidebar);

/* True while it counts or is about to. */
bool vt_sidebar_is_busy(const vt_sidebar *sidebar);

/* Before the executor goes: no more counting. */
void vt_sidebar_stop(vt_sidebar *sidebar);

#endif
