/* Named workspaces: new ones, copies, other names; nothing waits for a dialogue. */
#include "app/ui/parts/question.h"
#include "app/ui/parts/translate.h"
#include "app/ui/window/command_functions.h"
#include "app/ui/window/window_private.h"

#include <qt6c/qinputdialog.h>

#include <stdlib.h>
#include <string.h>

static void ask_name(vt_window *window, const char *title, const char *name,
                     void (*named)(void *user, const QString *name))
{
    QInputDialog *dialog = q_inputdialog_new(&window->main);
    q_widget_set_attribute(dialog, Qt_WA_DeleteOnClose);
    q_widget_set_window_title(dialog, title);
    q_inputdialog_set_label_text(dialog, vt_tr("workspace", "Name"));
    q_inputdialog_set_text_value(dialog, name);
    q_inputdialog_on_text_value_selected(dialog, &window->main, named, window);
    q_widget_show(dialog);
    q_widget_raise(dialog);
    q_widget_activate_window(dialog);
}

static void settle(vt_window *window, const char *what, bool done, const vt_error *error)
{
    if (done) {
        vt_log_write(&window->context.log, VT_LOG_INFO, "workspace: %s name=%s count=%zu", what,
                     vt_workspaces_current(window->workspace.set),
                     vt_workspaces_count(window->workspace.set));
        vt_window_update_status(window);
    } else {
        vt_window_say(window, error->message);
    }
}

/* ---- new ---- */

static void on_new(void *user, const QString *text)
{
    vt_window *window = user;
    vt_error error = VT_ERROR_INIT;
    char *name = qt_string_to_utf8(text);
    vt_window_keep_workspace(window);
    vt_panes *panes = name ? vt_window_first_layout(&error) : NULL;
    bool done = panes && vt_workspaces_add(window->workspace.set, name, panes, &error);
    if (done) {
        vt_workspace_view_set_layout(window->workspace.view, panes);
        vt_workspace_view_take_focus(window->workspace.view);
    } else {
        vt_panes_free(panes);
    }
    settle(window, "new", done, &error);
    free(name);
}

void vt_command_workspace_new(vt_window *window)
{
    ask_name(window, vt_tr("workspace", "New workspace"), "", on_new);
}

/* ---- a copy, which is gone on with ---- */

static void on_duplicate(void *user, const QString *text)
{
    vt_window *window = user;
    vt_error error = VT_ERROR_INIT;
    char *name = qt_string_to_utf8(text);
    const char *current = vt_workspaces_current(window->workspace.set);
    vt_window_keep_workspace(window);
    bool done = name && current && vt_workspaces_duplicate(window->workspace.set, current, name, &error);
    if (done) {
        (void)vt_window_switch_workspace(window, name);
    } else {
        settle(window, "duplicated", false, &error);
    }
    free(name);
}

void vt_command_workspace_duplicate(vt_window *window)
{
    vt_str name = VT_STR_INIT;
    const char *current = vt_workspaces_current(window->workspace.set);
    vt_tr_append_with(&name, "workspace", "Copy of %1", current ? current : "");
    ask_name(window, vt_tr("workspace", "Duplicate the workspace"), name.data, on_duplicate);
    vt_str_free(&name);
}

/* ---- another name ---- */

static void on_rename(void *user, const QString *text)
{
    vt_window *window = user;
    vt_error error = VT_ERROR_INIT;
    char *name = qt_string_to_utf8(text);
    const char *current = vt_workspaces_current(window->workspace.set);
    bool done = name && current && vt_workspaces_rename(window->workspace.set, current, name, &error);
    settle(window, "renamed", done, &error);
    free(name);
}

void vt_command_workspace_rename(vt_window *window)
{
    const char *current = vt_workspaces_current(window->workspace.set);
    ask_name(window, vt_tr("workspace", "Rename the workspace"), current ? current : "", on_rename);
}

void vt_command_workspace_save(vt_window *window)
{
    vt_str text = VT_STR_INIT;
    const char *current = vt_workspaces_current(window->workspace.set);
    vt_window_keep_workspace(window);
    vt_tr_append_with(&text, "workspace",
                      vt_engine_is_read_only(window->context.engine)
                          ? VT_TR_NOOP("workspace",
                                       "The library is open for reading only: \u201c%1\u201d is kept until "
                                       "Vitrine ends")
                          : VT_TR_NOOP("workspace", "The workspace \u201c%1\u201d is saved"),
                      current ? current : "");
    vt_window_say(window, text.data);
    vt_str_free(&text);
}

/* ---- deleting: the next one is opened ---- */

static const char *another(const vt_workspaces *set, const char *name)
{
    for (size_t i = 0; i < vt_workspaces_count(set); i++) {
        if (strcmp(vt_workspaces_name(set, i), name) != 0) {
            return vt_workspaces_name(set, i);
        }
    }
    return NULL;
}

static void delete_current(void *user, int answer, bool never_again)
{
    (void)answer;
    (void)never_again;
    vt_window *window = user;
    vt_workspaces *set = window->workspace.set;
    vt_error error = VT_ERROR_INIT;
    const char *current = vt_workspaces_current(set);
    const char *next = current ? another(set, current) : NULL;
    char *name = current ? strdup(current) : NULL;
    if (name && !next) {
        vt_error_set(&error, VT_ERROR_USAGE, "%s",
                     vt_tr("workspace", "It is the only workspace: make another one first"));
    }
    bool done =
        name && next && vt_window_switch_workspace(window, next) && vt_workspaces_remove(set, name, &error);
    if (done || error.code != VT_ERROR_NONE) {
        settle(window, "deleted", done, &error);
    }
    free(name);
}

void vt_command_workspace_delete(vt_window *window)
{
    const char *current = vt_workspaces_current(window->workspace.set);
    vt_str text = VT_STR_INIT;
    vt_tr_append_with(&text, "workspace",
                      "Delete the workspace \u201c%1\u201d? The items in it are not touched.",
                      current ? current : "");
    const vt_question asked = {.title = vt_tr("workspace", "Delete the workspace"),
                               .text = text.data,
                               .answers = {vt_tr("workspace", "Delete")},
                               .refuse = vt_tr("workspace", "Cancel")};
    vt_question_show((QWidget *)&window->main, &asked, delete_current, window, NULL);
    vt_str_free(&text);
}
