/* Actions and menus, made from the table of commands. */
#include "app/ui/window/commands.h"

#include "app/ui/keys/keys.h"
#include "app/ui/parts/labels.h"
#include "app/ui/parts/translate.h"
#include "app/ui/window/window_private.h"

#include <qt6c/qactiongroup.h>
#include <qt6c/qkeysequence.h>
#include <qt6c/qmenu.h>
#include <qt6c/qmenubar.h>

#include <stdlib.h>

/* ---- actions and menus ---- */

typedef struct action_user {
    vt_window *window;
    const vt_command_row *row;
} action_user;

static void on_triggered(void *user, bool checked)
{
    (void)checked;
    const action_user *action = user;
    action->row->run(action->window);
    vt_commands_update(action->window);
}

static void release_key(void *key)
{
    q_keysequence_fini(key);
}

void vt_commands_set_keys(vt_window *window)
{
    for (int i = 0; i < VT_COMMAND_COUNT; i++) {
        QList keys = q_keysequence_list_from_string(vt_keymap_keys(vt_keys_map(), (size_t)i));
        q_action_set_shortcuts(window->actions[i], &keys);
        qt_list_release_with(&keys, sizeof(QKeySequence), release_key);
    }
}

static QAction *make_action(vt_window *window, const vt_command_row *row)
{
    QAction *action = q_action_new(vt_tr("menu", row->text), &window->main);
    q_action_set_checkable(action, row->checked != NULL);
    action_user *user = malloc(sizeof *user);
    if (user) {
        *user = (action_user){window, row};
        q_action_on_triggered_with(action, &window->main, on_triggered, user,
                                   &(qt_connect_options){.destroy = free});
    }
    return action;
}

void vt_commands_set_icons(vt_window *window)
{
    for (int i = 0; i < VT_COMMAND_COUNT; i++) {
        int icon = vt_command_get((vt_command_id)i)->icon;
        if (icon >= 0) {
            QIcon made = vt_icon_make((vt_icon)icon);
            q_action_set_icon(window->actions[i], &made);
            q_icon_fini(&made);
        }
    }
    for (int label = 1; label <= VT_LABELS; label++) {
        QIcon dot = vt_icon_make_dot(vt_label_get(label)->rgb);
        q_action_set_icon(window->actions[VT_COMMAND_LABEL_RED + label - 1], &dot);
        q_icon_fini(&dot);
    }
}

/* One of them is always on: menus and screen readers show that. */
static void make_themes_exclusive(vt_window *window)
{
    QActionGroup *group = q_actiongroup_new((QObject *)&window->main);
    for (int i = VT_COMMAND_THEME_SYSTEM; i <= VT_COMMAND_THEME_CONTRAST; i++) {
        q_actiongroup_add_action(group, window->actions[i]);
    }
}

void vt_commands_make(vt_window *window)
{
    QMenuBar *bar = q_mainwindow_menu_bar(&window->main);
    QMenu **menus = window->menus;
    for (int i = 0; i < VT_MENU_COUNT; i++) {
        if (vt_command_menu_parent((vt_command_menu)i) == (vt_command_menu)i) {
            menus[i] =
                q_menubar_add_menu_string(bar, vt_tr("menu", vt_command_menu_title((vt_command_menu)i)));
            q_menu_set_tool_tips_visible(menus[i], true);
        }
    }
    for (int i = 0; i < VT_COMMAND_COUNT; i++) {
        const vt_command_row *row = vt_command_get((vt_command_id)i);
        bool opens = !menus[row->menu]; /* the first of a menu within another */
        vt_command_menu parent = vt_command_menu_parent(row->menu);
        window->actions[i] = make_action(window, row);
        if (row->places & VT_AFTER_LINE) {
            q_menu_add_separator(menus[opens ? parent : row->menu]);
        }
        if (opens) {
            menus[row->menu] =
                q_menu_add_menu_string(menus[parent], vt_tr("menu", vt_command_menu_title(row->menu)));
            q_menu_set_tool_tips_visible(menus[row->menu], true);
        }
        q_widget_add_action(menus[row->menu], window->actions[i]);
        q_widget_add_action(&window->main, window->actions[i]); /* keys work without the menu bar, too */
    }
    vt_window_make_group_menus(window, menus[VT_MENU_VIEW]);
    vt_window_make_pane_menus(window);
    make_themes_exclusive(window);
    vt_commands_set_icons(window);
    vt_commands_set_keys(window);
}

/* What can be done with what is chosen there. */
static void add_sidebar_menu(vt_window *window)
{
    static const vt_command_id of[] = {VT_COMMAND_NEW_ALBUM, VT_COMMAND_RENAME_ALBUM, VT_COMMAND_DELETE_ALBUM,
                                       VT_COMMAND_SAVE_FILTER, VT_COMMAND_FORGET_FILTER};
    QWidget *sections = vt_sidebar_sections(window->sidebar);
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        q_widget_add_action(sections, window->actions[of[i]]);
    }
}

void vt_commands_add_item_menu(vt_window *window, QWidget *view)
{
    vt_command_menu last = VT_MENU_COUNT;
    for (int i = 0; i < VT_COMMAND_COUNT; i++) {
        const vt_command_row *row = vt_command_get((vt_command_id)i);
        bool within = vt_command_menu_parent(row->menu) != row->menu;
        if ((row->places & VT_IN_CONTEXT_MENU) && !within) {
            q_widget_add_action(view, window->actions[i]);
        } else if ((row->places & VT_IN_CONTEXT_MENU) && row->menu != last) {
            q_widget_add_action(view, q_menu_menu_action(window->menus[row->menu]));
        }
        last = row->menu;
    }
    q_widget_set_context_menu_policy(view, Qt_ActionsContextMenu);
}

void vt_commands_add_menus(vt_window *window)
{
    vt_commands_add_item_menu(window, vt_grid_widget(window->grid));
    vt_commands_add_item_menu(window, vt_table_widget(window->table));
    add_sidebar_menu(window);
}

/* ---- what may run ---- */

static bool has_duplicates(const vt_window *window)
{
    const vt_view *view = vt_library_view(window->library);
    bool any = false;
    for (int kind = 0; view && kind < VT_TWIN_KINDS; kind++) {
        vt_twins_info info;
        vt_snapshot_twins(vt_view_snapshot(view), (vt_twin_kind)kind, &info);
        any = any || info.members > 0;
    }
    return any;
}

/* Of vt_command_need what the items are about that commands act on. */
static unsigned state_of_items(vt_window *window)
{
    vt_item_brief item = {.kind = VT_KIND_UNKNOWN};
    vt_subject subject = vt_window_subject(window);
    bool has_current = subject.count > 0 && vt_window_current(window, &item, NULL);
    unsigned state = subject.count > 0 ? VT_NEEDS_ITEM : 0;
    state |= subject.is_list ? VT_NEEDS_LIST : 0;
    state |= subject.is_list && subject.library ? VT_NEEDS_ROWS : 0;
    state |= subject.is_cards ? VT_NEEDS_CARDS : 0;
    state |= subject.table ? VT_NEEDS_TABLE : 0;
    state |= has_current && item.kind == VT_KIND_IMAGE ? VT_NEEDS_IMAGE : 0;
    state |= has_current && item.kind == VT_KIND_SEQUENCE ? VT_NEEDS_SEQUENCE : 0;
    state |= vt_window_has_stack(window) ? VT_NEEDS_STACK : 0;
    state |= has_duplicates(window) ? VT_NEEDS_DUPLICATES : 0;
    return state;
}

/* All of vt_command_need that is so now. */
static unsigned state_of(vt_window *window)
{
    bool workspace = vt_window_has_workspace(window);
    unsigned state = window->viewer_open ? VT_NEEDS_VIEWER
                     : workspace         ? VT_NEEDS_WORKSPACE
                                         : VT_NEEDS_LIBRARY;
    state |= vt_engine_is_read_only(window->context.engine) ? 0 : VT_NEEDS_WRITING;
    state |= vt_activity_count(window->activity) > 0 ? VT_NEEDS_IMPORTS : 0;
    state |= vt_window_is_searching(window) ? VT_NEEDS_SEARCH : 0;
    state |= state_of_items(window);
    state |= vt_window_can_compare(window) ? VT_NEEDS_COMPARABLE : 0;
    if (workspace) {
        return state; /* the others are about the library's page */
    }
    state |= vt_grid_has_groups(window->grid) ? VT_NEEDS_GROUPS : 0;
    state |= vt_library_album(window->library) != 0 ? VT_NEEDS_ALBUM : 0;
    state |= vt_sidebar_has_saved_chosen(window->sidebar) ? VT_NEEDS_SAVED_FILTER : 0;
    return state;
}

vt_command_need vt_command_missing(vt_window *window, vt_command_id id)
{
    unsigned missing = vt_command_get(id)->needs & ~state_of(window);
    return (vt_command_need)(missing & (~missing + 1)); /* its lowest bit */
}

/* Below the pointer a menu says why it does not offer an entry. */
static void set_reason(vt_window *window, int command, unsigned missing)
{
    unsigned need = missing & (~missing + 1); /* its lowest bit, as in vt_command_missing */
    if (need == window->missing[command]) {
        return;
    }
    window->missing[command] = need;
    q_action_set_tool_tip(window->actions[command],
                          need ? vt_tr("menu", vt_command_need_reason((vt_command_need)need)) : "");
}

void vt_commands_update(vt_window *window)
{
    unsigned state = state_of(window);
    for (int i = 0; i < VT_COMMAND_COUNT; i++) {
        const vt_command_row *row = vt_command_get((vt_command_id)i);
        q_action_set_enabled(window->actions[i], (row->needs & ~state) == 0);
        set_reason(window, i, row->needs & ~state);
        if (row->checked) {
            q_action_set_checked(window->actions[i], row->checked(window));
        }
    }
    vt_window_name_undo(window);
}
