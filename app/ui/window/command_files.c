/* Commands that touch files, and those that hand them to other programs (app/ui/files). */
#include "app/ui/files/drag_out.h"
#include "app/ui/files/show_in_manager.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "app/ui/window/command_functions.h"
#include "app/ui/window/window_private.h"

void vt_command_trash(vt_window *window)
{
    vt_files_trash(window->files, vt_window_chosen(window));
}

void vt_command_delete(vt_window *window)
{
    vt_files_delete(window->files, vt_window_chosen(window));
}

void vt_command_export(vt_window *window)
{
    vt_files_export(window->files, vt_window_chosen(window), vt_window_all_shown(window));
}

void vt_command_rename(vt_window *window)
{
    vt_files_rename(window->files, vt_window_chosen(window));
}

void vt_command_copy_files(vt_window *window)
{
    vt_chosen *items = vt_window_chosen(window);
    if (items) {
        vt_str text = VT_STR_INIT;
        size_t count = vt_chosen_count(items);
        vt_copy_files(items);
        vt_tr_append_count(&text, "window", "%n item has been copied, to be pasted in a file manager",
                           "%n items have been copied, to be pasted in a file manager", (int64_t)count);
        vt_window_say(window, text.data);
        vt_str_free(&text);
    }
}

void vt_command_copy_path(vt_window *window)
{
    vt_chosen *items = vt_window_chosen(window);
    if (items) {
        bool one = vt_chosen_count(items) == 1;
        vt_window_say(window,
                      vt_copy_paths(items)
                          ? one ? vt_tr("window", "The path has been copied")
                                : vt_tr("window", "The paths have been copied")
                          : vt_tr("window",
                                  "These paths cannot be copied: one of them is not text (UTF-8), or they "
                                  "are more than 100,000"));
    }
}

static void no_manager(void *user)
{
    vt_window_say(user, vt_tr("window", "There is no file manager that could show the folder"));
}

void vt_window_show_in_file_manager(vt_window *window, const char *path)
{
    vt_show_in_manager(&window->main, window->context.view_executor, path, no_manager, window,
                       window->context.log);
}

void vt_command_show_folder(vt_window *window)
{
    vt_item_brief item;
    vt_str path = VT_STR_INIT;
    if (vt_window_current(window, &item, &path)) {
        vt_window_show_in_file_manager(window, path.data);
    }
    vt_str_free(&path);
}

static void changed(void *user)
{
    vt_window_name_undo(user);
}

static void made(void *user)
{
    vt_window *window = user;
    vt_undo_order_push(&window->undo_order, VT_UNDO_FILES);
}

static void moved(void *user, bool undone)
{
    vt_window *window = user;
    if (undone) {
        vt_undo_order_back(&window->undo_order, VT_UNDO_FILES);
    } else {
        vt_undo_order_forth(&window->undo_order, VT_UNDO_FILES);
    }
}

static vt_chosen *chosen_to_open(void *user)
{
    return vt_window_chosen(user);
}

static void say(void *user, const char *text)
{
    vt_window_say(user, text);
}

static void fault(void *user, const char *text)
{
    const vt_window *window = user;
    vt_files_tell(window->files, text);
}

void vt_window_make_open_with(vt_window *window)
{
    const vt_open_with_context context = {.engine = window->context.engine,
                                          .executor = window->context.view_executor,
                                          .use_settings = window->context.use_settings,
                                          .chosen = chosen_to_open,
                                          .say = say,
                                          .fault = fault,
                                          .user = window,
                                          .log = window->context.log};
    window->open_with = vt_open_with_create(&window->main, &context);
    vt_open_with_use_menu(window->open_with, window->menus[VT_MENU_OPEN_WITH],
                          window->actions[VT_COMMAND_OPEN_WITH]);
}

void vt_command_open_with(vt_window *window)
{
    vt_open_with_show_all(window->open_with);
}

void vt_window_make_files(vt_window *window)
{
    const vt_files_context context = {.engine = window->context.engine,
                                      .executor = window->context.view_executor,
                                      .use_settings = window->context.use_settings,
                                      .made = made,
                                      .moved = moved,
                                      .changed = changed,
                                      .user = window,
                                      .log = window->context.log};
    window->files = vt_files_create(&window->main, &context);
}
