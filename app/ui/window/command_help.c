/* Commands of the menu Help. */
#include "app/ui/parts/markup.h"
#include "app/ui/parts/translate.h"
#include "app/ui/window/command_functions.h"
#include "app/ui/window/window_private.h"

#include <qt6c/qmessagebox.h>

#include <string.h>

static void show_box(vt_window *window, const char *title, const char *text)
{
    QMessageBox *box = q_messagebox_new(&window->main);
    q_widget_set_attribute(box, Qt_WA_DeleteOnClose);
    q_widget_set_window_title(box, title);
    q_messagebox_set_text_format(box, Qt_RichText);
    q_messagebox_set_text(box, text);
    /* A button of our own words has no icon, unlike the standard ones. */
    q_messagebox_add_button_string_buttonrole(box, vt_tr("window", "Close"), QMessageBox_RejectRole);
    q_dialog_open(box); /* returns at once: nothing waits for it */
}

/* The reason is text of the helper's, which could be anything: no markup may come from it. */
static void append_reason(vt_str *text, const char *reason)
{
    if (reason[0]) {
        vt_str_append_cstr(text, "<p>");
        vt_str_append_cstr(text, vt_tr("window", "Why not A:"));
        vt_str_append_char(text, ' ');
        vt_markup_append(text, reason, strlen(reason));
        vt_str_append_cstr(text, "</p>");
    }
}

void vt_command_about(vt_window *window)
{
    vt_engine_figures figures;
    vt_engine_get_figures(window->context.engine, &figures);
    static const char *const levels[] = {
        VT_TR_NOOP("window", "A: own process, system call filter, no file system"),
        VT_TR_NOOP("window", "B: own process, system call filter"),
        VT_TR_NOOP("window", "C: own process, resource limits"), VT_TR_NOOP("window", "D: own process only")};
    const char *level = figures.sandbox >= 'A' && figures.sandbox <= 'D'
                            ? levels[figures.sandbox - 'A']
                            : VT_TR_NOOP("window", "not known yet");
    vt_str text = VT_STR_INIT;
    vt_str_append_cstr(&text, "<h3>Vitrine " VITRINE_VERSION "</h3><p>");
    vt_tr_append_with(&text, "window",
                      "A library for pictures and 3D models that never freezes. Written in C on Qt %1.",
                      qt_version());
    vt_str_append_cstr(&text, "</p><p>");
    vt_tr_append_with(&text, "window", "Decoders run confined at level %1.", vt_tr("window", level));
    vt_str_append_cstr(&text, "</p>");
    append_reason(&text, figures.sandbox_reason);
    if (figures.out_of_use[0]) {
        vt_str_append_cstr(&text, "<p>");
        vt_tr_append_with(
            &text, "window",
            "Not read until the next start, because one file after the other crashed the decoder: %1.",
            figures.out_of_use);
        vt_str_append_cstr(&text, "</p>");
    }
    show_box(window, vt_tr("window", "About Vitrine"), text.data);
    vt_str_free(&text);
}

static void keys_changed(void *user)
{
    vt_commands_set_keys(user);
}

void vt_command_shortcuts(vt_window *window)
{
    if (!window->keys) {
        window->keys = vt_keys_dialog_create(&window->main, window->context.view_executor, keys_changed,
                                             window, window->context.log);
    }
    vt_keys_dialog_show(window->keys);
}

static void run_command(void *user, vt_command_id id)
{
    q_action_trigger(((vt_window *)user)->actions[id]);
}

static vt_command_need missing(void *user, vt_command_id id)
{
    return vt_command_missing(user, id);
}

static const vt_tally *counted(void *user)
{
    return vt_sidebar_tally(((vt_window *)user)->sidebar);
}

/* A folder is chosen in the tree, anything else by its filter: alone, so that all of it is shown. */
static void go(void *user, vt_completion_kind kind, const char *name, const char *filter)
{
    vt_window *window = user;
    vt_window_close_viewer(window);
    bool folder = kind == VT_COMPLETION_FOLDER;
    vt_folder_view_choose_all(window->folders);
    q_lineedit_set_text(window->filter, folder ? "" : filter);
    vt_library_set_filter(window->library, folder ? "" : filter);
    if (folder) {
        vt_folder_view_restore(window->folders, name);
    }
}

void vt_command_palette(vt_window *window)
{
    if (!window->palette) {
        window->palette = vt_palette_create(
            vt_window_widget(window), window->library, window->context.view_executor,
            &(vt_palette_ops){run_command, missing, go, counted, window}, window->context.log);
    }
    vt_palette_show(window->palette);
}
