/* Commands of imports: the dialogue that prepares one. */
#include "app/ui/window/command_functions.h"
#include "app/ui/window/window_private.h"

static bool start(void *user, const char *const *paths, size_t count, const vt_import_options *options,
                  vt_error *error)
{
    return vt_activity_import(((vt_window *)user)->activity, paths, count, options, error);
}

void vt_window_show_intake(vt_window *window, const char *const *paths, size_t count)
{
    if (!window->intake) {
        window->intake =
            vt_intake_dialog_create(&window->main, window->context.engine, window->context.use_settings,
                                    start, window, window->context.log);
    }
    vt_intake_dialog_show(window->intake, paths, count);
}

void vt_command_add_folder(vt_window *window)
{
    vt_window_show_intake(window, NULL, 0);
}
