/*
 * What the user can do with the window. Each command is an id here, a row of the const table in
 * command_table.c and a function (command_functions.h); actions, menus and keys are made from the table, so a
 * new command is an id, a row and a function in a file of the part it belongs to. UI thread only.
 */
#ifndef VT_UI_WINDOW_COMMANDS_H
#define VT_UI_WINDOW_COMMANDS_H

#include "app/ui/parts/icons.h"

#include <qt6c/qwidget.h>
#include <stdbool.h>

struct vt_window;

typedef enum vt_command {
    /* File */
    VT_COMMAND_ADD_FOLDER,
    VT_COMMAND_ADD_FILES,
    VT_COMMAND_SHOW_MISSING,
    VT_COMMAND_RELINK,
    VT_COMMAND_ROOTS,
    VT_COMMAND_LOOK_AGAIN,
    VT_COMMAND_SHOW_FAILURES,
    VT_COMMAND_SHOW_SIDECARS,
    VT_COMMAND_CANCEL_IMPORTS,
    VT_COMMAND_SETTINGS,
    VT_COMMAND_QUIT,
    /* Edit */
    VT_COMMAND_UNDO,
    VT_COMMAND_REDO,
    /* Item */
    VT_COMMAND_OPEN,
    VT_COMMAND_VIEW,
    VT_COMMAND_OPEN_WITH,
    VT_COMMAND_SHOW_FOLDER,
    VT_COMMAND_COPY_FILES,
    VT_COMMAND_COPY_PATH,
    VT_COMMAND_COPY_CSV,
    VT_COMMAND_EXPORT,
    VT_COMMAND_RENAME,
    VT_COMMAND_TRASH,
    VT_COMMAND_DELETE,
    VT_COMMAND_RATE_0, /* to RATE_5, in their order */
    VT_COMMAND_RATE_1,
    VT_COMMAND_RATE_2,
    VT_COMMAND_RATE_3,
    VT_COMMAND_RATE_4,
    VT_COMMAND_RATE_5,
    VT_COMMAND_LABEL_RED, /* to PURPLE, in the order of app/ui/parts/labels.h */
    VT_COMMAND_LABEL_YELLOW,
    VT_COMMAND_LABEL_GREEN,
    VT_COMMAND_LABEL_BLUE,
    VT_COMMAND_LABEL_PURPLE,
    VT_COMMAND_LABEL_NONE,
    VT_COMMAND_TAGS,
    VT_COMMAND_EDIT_CELL,
    VT_COMMAND_WRITE_SIDECARS,
    VT_COMMAND_READ_SIDECARS,
    VT_COMMAND_NEW_ALBUM,
    VT_COMMAND_ADD_TO_ALBUM,
    VT_COMMAND_REMOVE_FROM_ALBUM,
    VT_COMMAND_RENAME_ALBUM,
    VT_COMMAND_DELETE_ALBUM,
    VT_COMMAND_STACK,
    VT_COMMAND_TURN_STACK,
    VT_COMMAND_STACK_COVER,
    VT_COMMAND_TAKE_OUT,
    VT_COMMAND_UNSTACK,
    VT_COMMAND_OPEN_STACKS,
    VT_COMMAND_CLOSE_STACKS,
    VT_COMMAND_SPLIT,
    VT_COMMAND_JOIN,
    VT_COMMAND_SELECT_ALL,
    VT_COMMAND_SELECT_INVERSE,
    VT_COMMAND_SELECT_NONE,
    VT_COMMAND_FIND,
    VT_COMMAND_FIND_DUPLICATES,
    VT_COMMAND_PAUSE_DUPLICATES,
    VT_COMMAND_STOP_DUPLICATES,
    VT_COMMAND_SELECT_DUPLICATES,
    VT_COMMAND_KEEP_THIS,
    VT_COMMAND_GIVE_KEPT,
    /* View */
    VT_COMMAND_BROWSE,
    VT_COMMAND_TABLE,
    VT_COMMAND_WORKSPACE,
    VT_COMMAND_COLUMNS,
    VT_COMMAND_LARGER,
    VT_COMMAND_SMALLER,
    VT_COMMAND_NEXT_GROUP,
    VT_COMMAND_PREVIOUS_GROUP,
    VT_COMMAND_COLLAPSE,
    VT_COMMAND_COLLAPSE_ALL,
    VT_COMMAND_EXPAND_ALL,
    VT_COMMAND_FOLDERS,
    VT_COMMAND_ACTIVITY,
    VT_COMMAND_INFO,
    VT_COMMAND_PERFORMANCE,
    VT_COMMAND_SAVE_FILTER,
    VT_COMMAND_FORGET_FILTER,
    VT_COMMAND_FULL_SCREEN,
    VT_COMMAND_COMPARE,
    VT_COMMAND_THEME_SYSTEM,
    VT_COMMAND_THEME_LIGHT,
    VT_COMMAND_THEME_DARK,
    VT_COMMAND_THEME_CONTRAST,
    /* Panes */
    VT_COMMAND_SPLIT_RIGHT,
    VT_COMMAND_SPLIT_BELOW,
    VT_COMMAND_SPLIT_LEFT,
    VT_COMMAND_SPLIT_ABOVE,
    VT_COMMAND_PANE_CHOOSE,
    VT_COMMAND_PANE_MAXIMISE,
    VT_COMMAND_PANE_WINDOW,
    VT_COMMAND_PANE_CLOSE,
    VT_COMMAND_FOCUS_LEFT,
    VT_COMMAND_FOCUS_RIGHT,
    VT_COMMAND_FOCUS_UP,
    VT_COMMAND_FOCUS_DOWN,
    VT_COMMAND_MOVE_LEFT,
    VT_COMMAND_MOVE_RIGHT,
    VT_COMMAND_MOVE_UP,
    VT_COMMAND_MOVE_DOWN,
    VT_COMMAND_SWAP_NEXT,
    VT_COMMAND_SWAP_PREVIOUS,
    VT_COMMAND_WIDER,
    VT_COMMAND_NARROWER,
    VT_COMMAND_HIGHER,
    VT_COMMAND_LOWER,
    VT_COMMAND_EVEN_OUT,
    /* Workspaces */
    VT_COMMAND_WORKSPACE_NEW,
    VT_COMMAND_WORKSPACE_DUPLICATE,
    VT_COMMAND_WORKSPACE_RENAME,
    VT_COMMAND_WORKSPACE_SAVE,
    VT_COMMAND_WORKSPACE_DELETE,
    /* Help */
    VT_COMMAND_MANUAL,
    VT_COMMAND_PALETTE,
    VT_COMMAND_SHORTCUTS,
    VT_COMMAND_ABOUT,
    VT_COMMAND_COUNT
} vt_command_id;

typedef enum vt_command_menu {
    VT_MENU_FILE,
    VT_MENU_EDIT,
    VT_MENU_ITEM,
    VT_MENU_OPEN_WITH, /* within the menu of items, like the next four */
    VT_MENU_RATING,
    VT_MENU_LABEL,
    VT_MENU_ALBUM,
    VT_MENU_STACK,
    VT_MENU_VIEW,
    VT_MENU_PANES,
    VT_MENU_PANE_FOCUS, /* within the menu of panes, like the next two */
    VT_MENU_PANE_MOVE,
    VT_MENU_PANE_SIZE,
    VT_MENU_WORKSPACES,
    VT_MENU_HELP,
    VT_MENU_COUNT
} vt_command_menu;

/* What must be so for a command to be offered; all of those a row names. Its keys hold only then, too, so a
   key may mean one thing in the library and another in the viewer. */
typedef enum vt_command_need {
    VT_NEEDS_NOTHING = 0,
    VT_NEEDS_WRITING = 1 << 0, /* the library may be written */
    VT_NEEDS_LIBRARY = 1 << 1, /* the library is shown: neither the viewer nor the workspace */
    VT_NEEDS_VIEWER = 1 << 2,  /* the viewer is open */
    VT_NEEDS_CARDS = 1 << 3,   /* items are chosen among cards, rather than in a table */
    VT_NEEDS_ITEM = 1 << 4,    /* an item is current where the keyboard is: see vt_window_subject */
    VT_NEEDS_IMAGE = 1 << 5,   /* and is an image */
    VT_NEEDS_SEQUENCE = 1 << 6,
    VT_NEEDS_IMPORTS = 1 << 7,    /* imports are at work */
    VT_NEEDS_GROUPS = 1 << 8,     /* the cards are grouped */
    VT_NEEDS_COMPARABLE = 1 << 9, /* two to four items can be shown beside one another */
    VT_NEEDS_SEARCH = 1 << 10,    /* duplicates are being looked for */
    VT_NEEDS_ALBUM = 1 << 11,     /* an album is shown */
    VT_NEEDS_STACK = 1 << 12,     /* the current item is in a stack made by hand */
    VT_NEEDS_WORKSPACE = 1 << 13, /* the workspace is shown */
    VT_NEEDS_LIST = 1 << 14,      /* items are chosen among others: on the library's page or in a pane */
    VT_NEEDS_ROWS = 1 << 15,      /* and those are of the library itself, rather than the result of a query */
    VT_NEEDS_TABLE = 1 << 16,     /* a table has them: that of the library's page, or of a pane */
    VT_NEEDS_DUPLICATES = 1 << 17,   /* duplicates are known among all items */
    VT_NEEDS_SAVED_FILTER = 1 << 18, /* one is chosen in the sidebar */
    VT_NEEDS_COUNT = 19
} vt_command_need;

typedef enum vt_command_place {
    VT_IN_MENU = 0,         /* always */
    VT_AFTER_LINE = 1 << 0, /* after a separator in its menu */
    VT_IN_CONTEXT_MENU =
        1 << 1 /* and in the views' menu under the right mouse button, in the table's order */
} vt_command_place;

typedef struct vt_command_row {
    const char *name; /* in settings: it never changes */
    vt_command_menu menu;
    const char *text; /* English; & stands before the letter for Alt */
    const char *keys; /* the standard keys as Qt writes them, "; " between several, "" for none */
    int icon;         /* vt_icon, -1 for none */
    unsigned needs;   /* of vt_command_need */
    unsigned places;  /* of vt_command_place */
    void (*run)(struct vt_window *window);
    bool (*checked)(struct vt_window *window); /* NULL: nothing that is on or off */
} vt_command_row;

/* Valid for ever. */
const vt_command_row *vt_command_get(vt_command_id id);
/* English, with & before the letter for Alt. */
const char *vt_command_menu_title(vt_command_menu menu);
/* The menu that this one stands in, itself if it stands in the bar. */
vt_command_menu vt_command_menu_parent(vt_command_menu menu);
/* Why a command that needs this is not offered: an English sentence. */
const char *vt_command_need_reason(vt_command_need need);

/* Makes all actions and the menu bar. */
void vt_commands_make(struct vt_window *window);

/* Gives the views a menu under the right mouse button. */
void vt_commands_add_menus(struct vt_window *window);
/* Gives a view of items theirs: it is about what is chosen where the keyboard is. */
void vt_commands_add_item_menu(struct vt_window *window, QWidget *view);

/* Icons in the colours of the present theme. */
void vt_commands_set_icons(struct vt_window *window);

/* Gives the actions the keys that the map has now (app/ui/keys/keys.h). */
void vt_commands_set_keys(struct vt_window *window);

/* Checks and enables actions as the window's state is now. */
void vt_commands_update(struct vt_window *window);

/* The first thing that `id` needs and that is not so; VT_NEEDS_NOTHING if it may run. */
vt_command_need vt_command_missing(struct vt_window *window, vt_command_id id);

#endif
