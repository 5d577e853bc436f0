/*
 * What the user can do with the window, as a const table: text, key, icon, menu, function. Menus, keys and
 * buttons are made from it, so a new command is one line. UI thread only.
 */
#ifndef VT_UI_WINDOW_COMMANDS_H
#define VT_UI_WINDOW_COMMANDS_H

#include "app/ui/parts/icons.h"

#include <stdbool.h>

struct vt_window;

typedef enum vt_command {
    VT_COMMAND_ADD_FOLDER,
    VT_COMMAND_ADD_FILES,
    VT_COMMAND_SHOW_MISSING,
    VT_COMMAND_RELINK,
    VT_COMMAND_SHOW_FAILURES,
    VT_COMMAND_CANCEL_IMPORTS,
    VT_COMMAND_SETTINGS,
    VT_COMMAND_QUIT,
    VT_COMMAND_OPEN,
    VT_COMMAND_SHOW_FOLDER,
    VT_COMMAND_COPY_PATH,
    VT_COMMAND_SPLIT,
    VT_COMMAND_JOIN,
    VT_COMMAND_SELECT_ALL,
    VT_COMMAND_FIND,
    VT_COMMAND_BROWSE,
    VT_COMMAND_TABLE,
    VT_COMMAND_LARGER,
    VT_COMMAND_SMALLER,
    VT_COMMAND_FOLDERS,
    VT_COMMAND_FULL_SCREEN,
    VT_COMMAND_THEME_SYSTEM,
    VT_COMMAND_THEME_LIGHT,
    VT_COMMAND_THEME_DARK,
    VT_COMMAND_SHORTCUTS,
    VT_COMMAND_ABOUT,
    VT_COMMAND_COUNT
} vt_command_id;

/* Makes all actions and the menu bar. */
void vt_commands_make(struct vt_window *window);

/* Gives the views a menu under the right mouse button. */
void vt_commands_add_menus(struct vt_window *window);

/* Checks and enables actions as the window's state is now. */
void vt_commands_update(struct vt_window *window);

#endif
