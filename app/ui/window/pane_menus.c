/* What the menus of panes and workspaces have besides commands: links, groups, and the names of workspaces.
 */
#include "app/ui/panes/workspace_edit.h"
#include "app/ui/parts/translate.h"
#include "app/ui/window/window_private.h"

#include <qt6c/qinputdialog.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What an entry does: with a number, or a name. */
typedef struct entry {
    vt_window *window;
    unsigned number;
    char name[VT_PANES_NAME_MAX + 1];
    void (*run)(vt_window *window, unsigned number, const char *name);
} entry;

static void on_entry(void *user, bool checked)
{
    (void)checked;
    const entry *of = user;
    of->run(of->window, of->number, of->name);
    vt_commands_update(of->window);
}

/* A name may have an & of its own, which is no mark before a letter. */
static void append_name(vt_str *text, const char *name)
{
    for (; *name; name++) {
        vt_str_append_cstr(text, *name == '&' ? "&" : "");
        vt_str_append_char(text, *name);
    }
}

/* The menu owns it, and forgets it when it is cleared. */
static QAction *add_entry(vt_window *window, QMenu *menu, const char *text, unsigned number, const char *name,
                          void (*run)(vt_window *window, unsigned number, const char *name))
{
    entry *of = calloc(1, sizeof *of);
    QAction *action = q_action_new(text, menu);
    q_widget_add_action(menu, action);
    if (of) {
        *of = (entry){.window = window, .number = number, .run = run};
        (void)snprintf(of->name, sizeof of->name, "%s", name ? name : "");
        q_action_on_triggered_with(action, action, on_entry, of, &(qt_connect_options){.destroy = free});
    }
    return action;
}

static QAction *add_named(vt_window *window, QMenu *menu, const char *name,
                          void (*run)(vt_window *window, unsigned number, const char *name))
{
    vt_str text = VT_STR_INIT;
    append_name(&text, name);
    QAction *action = add_entry(window, menu, text.data, 0, name, run);
    vt_str_free(&text);
    return action;
}

/* With the menus in it. */
static void empty(QMenu *menu)
{
    const QList *children = q_object_children(menu);
    for (ptrdiff_t i = 0; i < children->size; i++) {
        QObject *child = ((QObject **)children->ptr)[i];
        if (q_object_inherits(child, "QMenu")) {
            q_object_delete_later(child);
        }
    }
    q_menu_clear(menu);
}

static void check(QAction *action, bool on)
{
    q_action_set_checkable(action, true);
    q_action_set_checked(action, on);
}

/* ---- links ---- */

static void set_link(vt_window *window, unsigned number, const char *name)
{
    (void)name;
    vt_workspace_set_link(window->workspace.view, number);
}

static void fill_links(void *user)
{
    vt_window *window = user;
    q_menu_clear(window->workspace.links);
    if (!vt_window_has_workspace(window)) {
        return;
    }
    unsigned present = vt_workspace_link(window->workspace.view);
    check(add_entry(window, window->workspace.links, vt_tr("workspace", "&Not linked"), 0, NULL, set_link),
          present == 0);
    for (unsigned number = 1; number <= VT_PANES_LINKS_MAX; number++) {
        char words[16];
        (void)snprintf(words, sizeof words, "&%u", number);
        check(add_entry(window, window->workspace.links, words, number, NULL, set_link), present == number);
    }
}

/* ---- groups ---- */

static void on_group_name(void *user, const QString *text)
{
    vt_window *window = user;
    char *name = qt_string_to_utf8(text);
    if (name && vt_window_has_workspace(window)) {
        vt_workspace_new_group(window->workspace.view, name);
    }
    free(name);
}

static void new_group(vt_window *window, unsigned number, const char *name)
{
    (void)number;
    (void)name;
    QInputDialog *dialog = q_inputdialog_new(&window->main);
    q_widget_set_attribute(dialog, Qt_WA_DeleteOnClose);
    q_widget_set_window_title(dialog, vt_tr("workspace", "New group"));
    q_inputdialog_set_label_text(dialog, vt_tr("workspace", "Name"));
    q_inputdialog_on_text_value_selected(dialog, &window->main, on_group_name, window);
    q_widget_show(dialog);
    q_widget_activate_window(dialog);
}

static void put_into(vt_window *window, unsigned number, const char *name)
{
    (void)name;
    vt_workspace_set_group(window->workspace.view, number);
}

static void turn_group(vt_window *window, unsigned number, const char *name)
{
    vt_panes_group group;
    const vt_panes *panes = vt_workspace_view_layout(window->workspace.view);
    (void)name;
    if (vt_panes_find_group(panes, number, &group)) {
        vt_workspace_collapse_group(window->workspace.view, number, !group.collapsed);
    }
}

static void close_group(vt_window *window, unsigned number, const char *name)
{
    (void)name;
    vt_workspace_close_group(window->workspace.view, number);
}

static void dissolve_group(vt_window *window, unsigned number, const char *name)
{
    (void)name;
    vt_workspace_dissolve_group(window->workspace.view, number);
}

/* Its panes as a workspace of that name; the open one stays open. */
static void save_group(vt_window *window, unsigned number, const char *name)
{
    vt_workspaces *set = window->workspace.set;
    vt_error error = VT_ERROR_INIT;
    const char *current = vt_workspaces_current(set);
    char *before = current ? strdup(current) : NULL;
    vt_window_keep_workspace(window);
    vt_panes *picked = before ? vt_workspace_pick_group(window->workspace.view, number) : NULL;
    if (picked && vt_workspaces_add(set, name, picked, &error)) {
        vt_str text = VT_STR_INIT;
        vt_panes_free(vt_workspaces_open(set, before, NULL, NULL, &error));
        vt_tr_append_with(&text, "workspace", "The group is saved as the workspace \u201c%1\u201d", name);
        vt_window_say(window, text.data);
        vt_str_free(&text);
    } else if (picked) {
        vt_window_say(window, error.message);
    }
    vt_panes_free(picked);
    free(before);
}

static void insert_workspace(vt_window *window, unsigned number, const char *name)
{
    vt_workspaces *set = window->workspace.set;
    vt_error error = VT_ERROR_INIT;
    const char *current = vt_workspaces_current(set);
    char *before = current ? strdup(current) : NULL;
    (void)number;
    vt_window_keep_workspace(window);
    vt_panes *other = before ? vt_workspaces_open(set, name, NULL, NULL, &error) : NULL;
    if (other) {
        vt_panes_free(vt_workspaces_open(set, before, NULL, NULL, &error));
        vt_workspace_graft(window->workspace.view, other);
        vt_panes_free(other);
    } else {
        vt_window_say(window, error.message);
    }
    free(before);
}

/* Each group with what can be done with it. */
static void add_group(vt_window *window, const vt_panes_group *group)
{
    vt_str title = VT_STR_INIT;
    append_name(&title, group->name);
    vt_tr_append_count(&title, "workspace", " (%n pane)", " (%n panes)", (int64_t)group->panes);
    QMenu *menu = q_menu_add_menu_string(window->workspace.groups, title.data);
    vt_str_free(&title);
    add_entry(window, menu, vt_tr("workspace", "&Put this pane into it"), group->id, NULL, put_into);
    check(add_entry(window, menu, vt_tr("workspace", "&Collapsed"), group->id, NULL, turn_group),
          group->collapsed);
    q_menu_add_separator(menu);
    add_entry(window, menu, vt_tr("workspace", "&Save as a workspace"), group->id, group->name, save_group);
    add_entry(window, menu, vt_tr("workspace", "&Dissolve"), group->id, NULL, dissolve_group);
    add_entry(window, menu, vt_tr("workspace", "C&lose all its panes"), group->id, NULL, close_group);
}

static void fill_groups(void *user)
{
    vt_window *window = user;
    QMenu *menu = window->workspace.groups;
    empty(menu);
    if (!vt_window_has_workspace(window)) {
        return;
    }
    vt_panes_group group;
    const vt_panes *panes = vt_workspace_view_layout(window->workspace.view);
    add_entry(window, menu, vt_tr("workspace", "&New group with this pane\u2026"), 0, NULL, new_group);
    if (vt_workspace_group(window->workspace.view, &group)) {
        add_entry(window, menu, vt_tr("workspace", "&Take this pane out"), 0, NULL, put_into);
    }
    for (size_t i = 0; panes && vt_panes_group_at(panes, i, &group); i++) {
        if (i == 0) {
            q_menu_add_separator(menu);
        }
        add_group(window, &group);
    }
}

/* ---- workspaces ---- */

static void switch_to(vt_window *window, unsigned number, const char *name)
{
    (void)number;
    if (!vt_window_has_workspace(window)) {
        vt_window_show_workspace(window, true);
    }
    const char *current = vt_workspaces_current(window->workspace.set);
    if (!current || strcmp(current, name) != 0) {
        vt_window_switch_workspace(window, name);
    }
}

static void fill_inserts(void *user)
{
    vt_window *window = user;
    const char *current = vt_workspaces_current(window->workspace.set);
    const char *name;
    q_menu_clear(window->workspace.inserts);
    for (size_t i = 0;
         vt_window_has_workspace(window) && (name = vt_workspaces_name(window->workspace.set, i)); i++) {
        if (!current || strcmp(current, name) != 0) {
            add_named(window, window->workspace.inserts, name, insert_workspace);
        }
    }
}

/* The names first, then the commands as they were. */
static void fill_workspaces(void *user)
{
    vt_window *window = user;
    QMenu *menu = window->menus[VT_MENU_WORKSPACES];
    const char *current = vt_workspaces_current(window->workspace.set);
    const char *name;
    q_menu_clear(menu);
    for (size_t i = 0; (name = vt_workspaces_name(window->workspace.set, i)); i++) {
        check(add_named(window, menu, name, switch_to), current && strcmp(current, name) == 0);
    }
    q_menu_add_separator(menu);
    for (int i = VT_COMMAND_WORKSPACE_NEW; i <= VT_COMMAND_WORKSPACE_DELETE; i++) {
        q_widget_add_action(menu, window->actions[i]);
    }
}

void vt_window_make_pane_menus(vt_window *window)
{
    QMenu *panes = window->menus[VT_MENU_PANES];
    q_menu_add_separator(panes);
    window->workspace.links = q_menu_add_menu_string(panes, vt_tr("workspace", "Lin&k the selection"));
    window->workspace.groups = q_menu_add_menu_string(panes, vt_tr("workspace", "Gro&up"));
    window->workspace.inserts = q_menu_add_menu_string(panes, vt_tr("workspace", "&Insert a workspace"));
    q_menu_on_about_to_show(window->workspace.links, &window->main, fill_links, window);
    q_menu_on_about_to_show(window->workspace.groups, &window->main, fill_groups, window);
    q_menu_on_about_to_show(window->workspace.inserts, &window->main, fill_inserts, window);
    q_menu_on_about_to_show(window->menus[VT_MENU_WORKSPACES], &window->main, fill_workspaces, window);
}
