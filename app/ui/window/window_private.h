/* Private to the window: its fields, shared by its files. */
#ifndef VT_UI_WINDOW_WINDOW_PRIVATE_H
#define VT_UI_WINDOW_WINDOW_PRIVATE_H

#include "app/ui/activity/activity.h"
#include "app/ui/activity/activity_panel.h"
#include "app/ui/activity/unfinished_bar.h"
#include "app/ui/files/files.h"
#include "app/ui/files/open_with.h"
#include "app/ui/filter/filter_box.h"
#include "app/ui/folders/folder_view.h"
#include "app/ui/info/info_panel.h"
#include "app/ui/intake/intake_dialog.h"
#include "app/ui/keys/keys_dialog.h"
#include "app/ui/library/library.h"
#include "app/ui/library/pictures.h"
#include "app/ui/library/subject.h"
#include "app/ui/palette/palette.h"
#include "app/ui/panes/workspace_view.h"
#include "app/ui/parts/empty_page.h"
#include "app/ui/parts/meter.h"
#include "app/ui/performance/performance.h"
#include "app/ui/relink/relink_dialog.h"
#include "app/ui/settings/root_dialog.h"
#include "app/ui/settings/settings_dialog.h"
#include "app/ui/sidebar/sidebar.h"
#include "app/ui/table/table_view.h"
#include "app/ui/viewer/compare.h"
#include "app/ui/viewer/viewer.h"
#include "app/ui/window/commands.h"
#include "app/ui/window/foot.h"
#include "app/ui/window/undo_order.h"
#include "app/ui/window/window.h"
#include "core/edit/target.h"
#include "core/import/duplicate_search.h"
#include "core/import/watch.h"
#include "core/layout/workspace.h"

#include <qt6c/qaction.h>
#include <qt6c/qcombobox.h>
#include <qt6c/qlabel.h>
#include <qt6c/qlineedit.h>
#include <qt6c/qmainwindow.h>
#include <qt6c/qmenu.h>
#include <qt6c/qslider.h>
#include <qt6c/qsplitter.h>
#include <qt6c/qstackedwidget.h>
#include <qt6c/qtimer.h>
#include <qt6c/qtoolbar.h>

struct vt_window {
    QMainWindow main; /* first */
    vt_window_context context;
    vt_operation view_built, sorted; /* in the context's monitor */
    struct vt_response *response;    /* a child; NULL before there is one */
    vt_library *library;
    vt_pictures *pictures;
    vt_meter *meter;

    QStackedWidget *pages;    /* the library, the viewer or the workspace */
    QStackedWidget *contents; /* grid, table, or the empty page */
    QSplitter *splitter;
    vt_sidebar *sidebar;
    vt_folder_view *folders; /* of the sidebar */
    vt_grid *grid;
    vt_table *table;
    vt_viewer *viewer;
    vt_empty_page *empty;
    vt_activity *activity;
    vt_activity_listener work; /* of the activity */
    vt_unfinished_bar *unfinished;
    vt_foot *foot; /* the last three lines and messages */
    vt_files *files;
    vt_open_with *open_with;
    vt_performance *performance;
    QDialog *performance_window; /* made when first shown */
    vt_undo_order undo_order;    /* of edits and of what was done to files */
    vt_intake_dialog *intake;
    int64_t sidecar_problems; /* conflicts and failures that the user was told of */
    vt_activity_panel *panel; /* made when first shown, like the next ones */
    vt_settings_dialog *settings;
    vt_root_dialog *roots;
    vt_relink_dialog *relink;
    vt_info_panel *info;
    QTimer *edit_rest; /* runs from the end of an edit until the views show it */
    bool edit_metered;
    vt_keys_dialog *keys;
    vt_palette *palette;
    vt_watch *changes; /* in the imported folders; NULL while nobody looks */
    vt_task *looking;  /* reads which folders were imported; NULL if none does */

    vt_edit_target *album_items; /* what a dialogue about albums is for; owned */
    int64_t album_item;          /* the current one of them, by whose albums it asks */
    int64_t album_in_hand;       /* that a dialogue is about */

    QToolBar *bar;
    vt_filter_box *filter_box;
    QLineEdit *filter;    /* the same */
    QTimer *filter_pause; /* the filter is applied when typing pauses */
    QComboBox *sort, *group;
    QAction *groupings[VT_GROUP_BY_COUNT]; /* in the order of the menu */
    QAction *backwards, *stacks;
    QAction *caption_lines[VT_CAPTION_LINE_COUNT + 1]; /* the last: none */
    QSlider *size;
    QLabel *status, *stall, *filter_error;
    QAction *actions[VT_COMMAND_COUNT];
    unsigned missing[VT_COMMAND_COUNT]; /* a vt_command_need: why each is not offered, as its tip says */
    QMenu *menus[VT_MENU_COUNT];

    void (*painted)(void *user); /* NULL once it has been called */
    void *painted_user;
    vt_window_view view;
    /* Where the last session was, until the first rows are there; see session.c. */
    struct {
        bool waits, open;
        int64_t item; /* -1: none */
        int scroll;
    } resume;
    /* See viewing.c. */
    struct {
        vt_library *library; /* owned: what a pane shows, as the viewer goes through it; NULL before */
        bool on;             /* the viewer goes through that one, not the window's */
        int64_t items[VT_COMPARE_MAX]; /* wait for its rows; the first one is opened, or all compared */
        size_t count;
        int64_t begun; /* the item it was opened with */
    } viewing;
    /* See command_duplicates.c. */
    struct {
        vt_duplicate_search *search; /* NULL: none is at work */
        vt_duplicate_figures figures;
        QTimer *poll, *calm;
        bool only_alike, quiet; /* the search; it says nothing at its end */
        bool switched;          /* the groups are those of duplicates because the filter asks for them ... */
        vt_group_by before;     /* ... and were these */
        bool before_backwards;
    } duplicates;
    /* See workspaces.c. */
    struct {
        vt_workspace_view *view; /* made when first shown */
        bool given;              /* its layout came from a file: none of the catalog's is opened or kept */
        vt_workspaces *set;      /* all there are; NULL: memory ran out */
        char *last;              /* owned: the one to open first; NULL: any */
        QTimer *keep;            /* runs from a change until it is kept */
        bool open, loaded;       /* the page is shown; the set has what the catalog had */
        bool stored, told;       /* it is kept in the catalog; the user was told that it is not */
        struct vt_workspace_reading *reading; /* of the catalog; NULL: that is over */
        QMenu *links, *groups, *inserts;
    } workspace;
    bool viewer_open, index_loaded, changing_sort, failed_to_load;
    bool theme_chosen;   /* by the user, since the start */
    vt_error load_error; /* once failed_to_load */
};

/* window_events.c */
extern const QMainWindowVirtuals vt_window_virtuals;

/* subject.c: what commands act on. Who has the keyboard decides: the library's page, the viewer, or a pane of
   the workspace; never what is selected where nobody looks. */
vt_subject vt_window_subject(const vt_window *window);
/* These items, taken now; NULL if there are none or memory runs out. */
vt_chosen *vt_window_chosen(const vt_window *window);
/* All among which they are selected; NULL if they are shown by themselves. */
vt_chosen *vt_window_all_shown(const vt_window *window);
/* As vt_window_chosen, for edits that begin later; vt_edit_target_release. */
vt_edit_target *vt_window_target(const vt_window *window);
/* The current one, and its path, which is appended to; its texts are not kept. False if there is none. */
bool vt_window_current(const vt_window *window, vt_item_brief *item, vt_str *path);
/* Does `what` to them; what is wrong with that is said. */
void vt_window_edit(vt_window *window, const vt_item_edit *what);

/* toolbar.c: the bar with the filter box, and what it does. */
void vt_window_make_bar(vt_window *window);
/* Library and table tell which order is shown. */
void vt_window_show_sort(vt_window *window);

/* group_menus.c: how the cards are grouped, and their captions. */
void vt_window_make_group_menus(vt_window *window, QMenu *view);
void vt_window_make_group_box(vt_window *window);
/* Library and grid tell what is chosen. */
void vt_window_show_group(vt_window *window);

/* contents.c: which page is shown. */
void vt_window_update_contents(vt_window *window);
void vt_window_open(vt_window *window, int64_t row);
void vt_window_close_viewer(vt_window *window);

/* changes.c: the imported folders are watched as long as the window is there and may write. */
void vt_window_follow_changes(vt_window *window);
void vt_window_stop_following(vt_window *window);
/* command_look_again.c: waits for what reads which folders there are. */
void vt_window_stop_looking(vt_window *window);

/* full_screen.c: what the viewer asks of the window; all of the screen, or no longer. */
extern const vt_viewer_ops vt_window_viewer_ops;
bool vt_window_is_full_screen(const vt_window *window);
void vt_window_set_full_screen(vt_window *window, bool full);
/* Bars are seen unless the viewer has all of the screen. */
void vt_window_update_bars(vt_window *window);
/* command_activity.c: all imports of the session. */
void vt_window_show_activity(vt_window *window);

/* command_files.c: the folder of `path` (bytes) in the desktop's file manager. */
void vt_window_show_in_file_manager(vt_window *window, const char *path);

/* command_intake.c: the dialogue of an import, with these folders (NULL: none). */
void vt_window_show_intake(vt_window *window, const char *const *paths, size_t count);
/* command_edit.c: the item panel, and edits: what became of them is said, and undo and redo have its name. */
bool vt_window_make_info(vt_window *window, vt_error *error);
/* command_undo.c: undo and redo say what. */
void vt_window_name_undo(vt_window *window);
/* command_files.c: the part of the window that works on files, made with it. */
void vt_window_make_files(vt_window *window);
/* Once the menus are made. */
void vt_window_make_open_with(vt_window *window);

/* command_performance.c: made with the window, and freed after its widgets. */
bool vt_window_make_performance(vt_window *window, vt_error *error);

/* command_viewer.c: whether 2 to 4 items are selected, or the viewer is open, to which one more can come. */
bool vt_window_can_compare(const vt_window *window);

/* viewing.c: what the viewer goes through: the library's page, or what a pane showed when it was opened from
   there. Never NULL. */
vt_library *vt_window_viewed(const vt_window *window);
/* From the pane that has the keyboard: opens the first of these items, or compares them if there are more. */
void vt_window_view_items(vt_window *window, const int64_t *items, size_t count);
/* The viewer has been closed: the item it showed, if the user went to another one; 0 else. */
int64_t vt_window_stop_viewing(vt_window *window);
void vt_window_viewing_rows_changed(vt_window *window);

/* command_duplicates.c */
void vt_window_make_duplicates(vt_window *window);
void vt_window_stop_duplicates(vt_window *window);
bool vt_window_is_searching(const vt_window *window);

/* command_stacks.c: the current item is in a stack made by hand, among others of its view. */
bool vt_window_has_stack(vt_window *window);
/* If the filter asks for duplicates and there are none: fills the empty page, and does what its button says.
 */
bool vt_window_show_no_duplicates(vt_window *window);
bool vt_window_press_no_duplicates(vt_window *window);
/* The library has changed: those that look alike are looked for again once it is calm. */
void vt_window_rows_came(vt_window *window);
/* Groups them as long as the filter asks for them. */
void vt_window_group_duplicates(vt_window *window, const char *filter);
/* The grouping that is chosen but for that. */
vt_group_by vt_window_own_group(const vt_window *window, bool *backwards);

/* workspaces.c: the page with panes, which workspace it shows, and how these are kept. */
bool vt_window_has_workspace(const vt_window *window); /* the page is shown */
void vt_window_show_workspace(vt_window *window, bool shown);
void vt_window_make_workspaces(vt_window *window);
/* What was changed is kept now. */
void vt_window_keep_workspace(vt_window *window);
void vt_window_stop_workspaces(vt_window *window);
/* Opens another one, which is told in the log with the time it took. False, and it is said. */
bool vt_window_switch_workspace(vt_window *window, const char *name);
/* A layout for a new one: what most need. */
vt_panes *vt_window_first_layout(vt_error *error);

/* The set is complete. */
void vt_window_workspaces_read(vt_window *window);

/* workspace_store.c: makes the set, and reads ahead what the catalog has of it. */
void vt_window_read_workspaces(vt_window *window);
void vt_window_stop_reading_workspaces(vt_window *window);

/* pane_menus.c: what the menus of panes and workspaces have besides commands. */
void vt_window_make_pane_menus(vt_window *window);

/* session.c */
void vt_window_restore_session(vt_window *window);
void vt_window_save_session(vt_window *window);
/* Rows have arrived: goes back to the item and the place of the last session, once. */
void vt_window_resume(vt_window *window);

/* Other settings hold: what the window itself does with them. */
void vt_window_take_settings(vt_window *window, const vt_settings *settings);

/* status.c: the status bar with its words, and the foot. */
void vt_window_make_status(vt_window *window);
void vt_window_update_status(vt_window *window);
/* A message that stays for some seconds. */
void vt_window_say(vt_window *window, const char *text);

/* filter_notice.c: for the library's listener; once the bar with the filter box is there. */
void vt_window_make_filter_notice(vt_window *window);
void vt_window_filter_failed(void *user, const vt_error *error, size_t position);
void vt_window_filter_worked(void *user, const vt_error *lacks, size_t position);
/* The box stands elsewhere. */
void vt_window_place_filter_notice(vt_window *window);

#endif
