/* Commands of the sidebar: saved filters. */
#include "app/ui/parts/translate.h"
#include "app/ui/window/command_functions.h"
#include "app/ui/window/window_private.h"

#include <qt6c/qinputdialog.h>

#include <stdlib.h>

static void on_name(void *user, const QString *name)
{
    vt_window *window = user;
    char *given = qt_string_to_utf8(name);
    char *text = q_lineedit_text(window->filter);
    if (!given || !text || !vt_sidebar_save_filter(window->sidebar, given, text)) {
        vt_window_say(
            window,
            vt_tr("window", "The filter was not saved: it needs a name, and no more than 64 can be kept"));
    }
    free(given);
    free(text);
}

/* Under its own words unless the user knows better ones. */
void vt_command_save_filter(vt_window *window)
{
    char *text = q_lineedit_text(window->filter);
    if (!text || !*text) {
        vt_window_say(
            window,
            vt_tr("window",
                  "There is no filter to be saved: write one into the box, or choose in the sidebar"));
        free(text);
        return;
    }
    QInputDialog *dialog = q_inputdialog_new(&window->main);
    q_widget_set_attribute(dialog, Qt_WA_DeleteOnClose);
    q_widget_set_window_title(dialog, vt_tr("window", "Save the filter"));
    q_inputdialog_set_label_text(dialog, vt_tr("window", "Name"));
    q_inputdialog_set_text_value(dialog, text);
    q_inputdialog_on_text_value_selected(dialog, &window->main, on_name, window);
    q_widget_show(dialog); /* returns at once: nothing waits for it */
    q_widget_raise(dialog);
    q_widget_activate_window(dialog);
    free(text);
}

void vt_command_forget_filter(vt_window *window)
{
    if (!vt_sidebar_forget_filter(window->sidebar)) {
        vt_window_say(window, vt_tr("window", "Choose a saved filter in the sidebar first"));
    }
    vt_commands_update(window);
}
