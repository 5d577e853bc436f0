/* Commands of the menu File. */
#include "app/ui/parts/translate.h"
#include "app/ui/window/command_functions.h"
#include "app/ui/window/window_private.h"

#include <qt6c/qfiledialog.h>

#include <stdlib.h>

void vt_command_add_files(vt_window *window)
{
    QList files =
        q_filedialog_get_open_file_names_full(&window->main, vt_tr("window", "Add files"), "", "", NULL, 0);
    size_t count = 0;
    const char **paths = calloc((size_t)files.size + 1, sizeof *paths);
    for (ptrdiff_t i = 0; paths && i < files.size; i++) {
        paths[count++] = qt_string_to_utf8(&((QString *)files.ptr)[i]);
    }
    if (count) {
        vt_window_import(window, paths, count);
    }
    for (size_t i = 0; i < count; i++) {
        free((char *)paths[i]);
    }
    free(paths);
    qt_string_list_release(&files);
}

/* Filtered, so that what is done with them is what is done with others. */
void vt_command_show_missing(vt_window *window)
{
    vt_window_close_viewer(window);
    q_lineedit_set_text(window->filter, "missing:yes");
    vt_library_set_filter(window->library, "missing:yes");
}

void vt_command_relink(vt_window *window)
{
    char *path = q_filedialog_get_existing_directory_full(
        &window->main, vt_tr("window", "Look for missing files in a folder"), "", QFileDialog_ShowDirsOnly);
    if (path && *path) {
        if (!window->relink) {
            window->relink =
                vt_relink_dialog_create(&window->main, window->context.engine, window->context.log);
        }
        vt_relink_dialog_search(window->relink, path);
    }
    free(path);
}

void vt_command_cancel_imports(vt_window *window)
{
    vt_activity_cancel_all(window->activity);
}

static void show_keyboard(void *user)
{
    vt_command_shortcuts(user);
}

static void settings_applied(void *user, const vt_settings *settings)
{
    vt_window_take_settings(user, settings);
}

static void add_folder(void *user)
{
    vt_command_add_folder(user);
}

static void relink(void *user)
{
    vt_command_relink(user);
}

static void roots_changed(void *user)
{
    vt_window *window = user;
    if (window->changes) {
        vt_watch_refresh(window->changes);
    }
}

void vt_command_roots(vt_window *window)
{
    static const vt_root_dialog_ops ops = {add_folder, relink, roots_changed};
    if (!window->roots) {
        window->roots =
            vt_root_dialog_create(&window->main, window->context.engine, window->context.view_executor, &ops,
                                  window, window->context.log);
    }
    vt_root_dialog_show(window->roots);
}

static void show_folders(void *user)
{
    vt_command_roots(user);
}

void vt_command_settings(vt_window *window)
{
    static const vt_settings_elsewhere elsewhere = {show_keyboard, show_folders};

    if (!window->settings) {
        window->settings =
            vt_settings_dialog_create(&window->main, window->context.engine, window->context.view_executor,
                                      settings_applied, &elsewhere, window, window->context.log);
    }
    vt_settings_dialog_show(window->settings, &window->context.settings);
}

void vt_command_quit(vt_window *window)
{
    q_widget_close(&window->main);
}
