/* Commands of the menu View. */
#include "app/ui/window/command_functions.h"
#include "app/ui/window/window_private.h"

enum { SIZE_STEP = 32 };

void vt_command_browse(vt_window *window)
{
    vt_window_set_view(window, VT_WINDOW_BROWSE);
}

bool vt_command_is_browse(vt_window *window)
{
    return window->view == VT_WINDOW_BROWSE && !vt_window_has_workspace(window);
}

void vt_command_table(vt_window *window)
{
    vt_window_set_view(window, VT_WINDOW_TABLE);
}

bool vt_command_is_table(vt_window *window)
{
    return window->view == VT_WINDOW_TABLE && !vt_window_has_workspace(window);
}

/* The table shows them, whatever was shown. */
void vt_command_columns(vt_window *window)
{
    vt_window_set_view(window, VT_WINDOW_TABLE);
    vt_table_show_columns_menu(window->table);
}

void vt_command_edit_cell(vt_window *window)
{
    vt_subject subject = vt_window_subject(window);
    if (!vt_window_has_workspace(window)) {
        vt_window_set_view(window, VT_WINDOW_TABLE);
    }
    if (subject.table) {
        vt_table_edit_current(subject.table);
    }
}

void vt_command_copy_csv(vt_window *window)
{
    vt_subject subject = vt_window_subject(window);
    if (subject.table) {
        vt_table_copy_csv(subject.table);
    }
}

void vt_command_larger(vt_window *window)
{
    vt_grid_set_picture_side(window->grid, vt_grid_picture_side(window->grid) + SIZE_STEP);
}

void vt_command_smaller(vt_window *window)
{
    vt_grid_set_picture_side(window->grid, vt_grid_picture_side(window->grid) - SIZE_STEP);
}

void vt_command_folders(vt_window *window)
{
    QWidget *sidebar = vt_sidebar_widget(window->sidebar);
    q_widget_set_visible(sidebar, q_widget_is_hidden(sidebar));
}

bool vt_command_has_folders(vt_window *window)
{
    return !q_widget_is_hidden(vt_sidebar_widget(window->sidebar));
}

void vt_command_full_screen(vt_window *window)
{
    vt_window_set_full_screen(window, !vt_window_is_full_screen(window));
}

static void set_theme(vt_window *window, vt_theme_choice choice)
{
    window->context.theme = choice;
    window->theme_chosen = true;
    vt_theme_apply(choice);
    vt_commands_set_icons(window);
    vt_viewer_set_icons(window->viewer);
    vt_info_panel_set_theme(window->info);
    vt_folder_view_set_icons(window->folders);
    if (window->workspace.view) {
        vt_workspace_view_set_theme(window->workspace.view);
    }
    q_widget_update(&window->main);
}

void vt_command_theme_system(vt_window *window)
{
    set_theme(window, VT_THEME_SYSTEM);
}

bool vt_command_is_theme_system(vt_window *window)
{
    return window->context.theme == VT_THEME_SYSTEM;
}

void vt_command_theme_light(vt_window *window)
{
    set_theme(window, VT_THEME_LIGHT);
}

bool vt_command_is_theme_light(vt_window *window)
{
    return window->context.theme == VT_THEME_LIGHT;
}

void vt_command_theme_dark(vt_window *window)
{
    set_theme(window, VT_THEME_DARK);
}

bool vt_command_is_theme_dark(vt_window *window)
{
    return window->context.theme == VT_THEME_DARK;
}

void vt_command_theme_contrast(vt_window *window)
{
    set_theme(window, VT_THEME_HIGH_CONTRAST);
}

bool vt_command_is_theme_contrast(vt_window *window)
{
    return window->context.theme == VT_THEME_HIGH_CONTRAST;
}

void vt_command_theme_follow(vt_window *window)
{
    if (vt_theme_desktop_changed() && window->context.theme == VT_THEME_SYSTEM) {
        vt_log_write(&window->context.log, VT_LOG_INFO, "theme: the desktop's colours have changed");
        set_theme(window, VT_THEME_SYSTEM);
    }
}
