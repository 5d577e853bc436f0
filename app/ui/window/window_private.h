/* Private to the window: its fields, shared by its files. */
#ifndef VT_UI_WINDOW_WINDOW_PRIVATE_H
#define VT_UI_WINDOW_WINDOW_PRIVATE_H

#include "app/ui/activity/activity.h"
#include "app/ui/activity/failures.h"
#include "app/ui/activity/unfinished_bar.h"
#include "app/ui/folders/folder_view.h"
#include "app/ui/library/library.h"
#include "app/ui/library/pictures.h"
#include "app/ui/parts/empty_page.h"
#include "app/ui/parts/meter.h"
#include "app/ui/relink/relink_dialog.h"
#include "app/ui/settings/settings_dialog.h"
#include "app/ui/table/table_view.h"
#include "app/ui/viewer/viewer.h"
#include "app/ui/window/commands.h"
#include "app/ui/window/window.h"
#include "core/import/watch.h"

#include <qt6c/qaction.h>
#include <qt6c/qcombobox.h>
#include <qt6c/qlabel.h>
#include <qt6c/qlineedit.h>
#include <qt6c/qmainwindow.h>
#include <qt6c/qslider.h>
#include <qt6c/qsplitter.h>
#include <qt6c/qstackedwidget.h>
#include <qt6c/qtimer.h>
#include <qt6c/qtoolbar.h>

struct vt_window {
    QMainWindow main; /* first */
    vt_window_context context;
    vt_operation view_built; /* in the context's monitor */
    vt_library *library;
    vt_pictures *pictures;
    vt_meter *meter;

    QStackedWidget *pages;    /* the library or the viewer */
    QStackedWidget *contents; /* grid, table, or the empty page */
    QSplitter *splitter;
    vt_folder_view *folders;
    vt_grid *grid;
    vt_table *table;
    vt_viewer *viewer;
    vt_empty_page *empty;
    vt_activity *activity;
    vt_unfinished_bar *unfinished;
    vt_failures *failures; /* made when first shown, like the next two */
    vt_settings_dialog *settings;
    vt_relink_dialog *relink;
    vt_watch *changes; /* in the imported folders; NULL while nobody looks */

    QToolBar *bar;
    QLineEdit *filter;
    QTimer *filter_pause; /* the filter is applied when typing pauses */
    QComboBox *sort;
    QSlider *size;
    QLabel *status, *stall, *filter_error;
    QAction *actions[VT_COMMAND_COUNT];

    void (*painted)(void *user); /* NULL once it has been called */
    void *painted_user;
    vt_window_view view;
    bool viewer_open, index_loaded, changing_sort, failed_to_load;
    vt_error load_error; /* once failed_to_load */
};

/* toolbar.c: the bar with the filter box, and what it does. */
void vt_window_make_bar(vt_window *window);
/* Library and table tell which order is shown. */
void vt_window_show_sort(vt_window *window);

/* contents.c: which page is shown, and the status line. */
void vt_window_update_contents(vt_window *window);
void vt_window_update_status(vt_window *window);
void vt_window_open(vt_window *window, int64_t row);
void vt_window_close_viewer(vt_window *window);

/* changes.c: the imported folders are watched as long as the window is there and may write. */
void vt_window_follow_changes(vt_window *window);
void vt_window_stop_following(vt_window *window);

/* session.c */
void vt_window_restore_session(vt_window *window);
void vt_window_save_session(vt_window *window);

/* Other settings hold: what the window itself does with them. */
void vt_window_take_settings(vt_window *window, const vt_settings *settings);

/* A message that stays for some seconds. */
void vt_window_say(vt_window *window, const char *text);

#endif
