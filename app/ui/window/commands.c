#include "app/ui/window/commands.h"

#include "app/ui/window/sequences.h"
#include "app/ui/window/window_private.h"
#include "core/base/uri.h"

#include <qt6c/qapplication.h>
#include <qt6c/qclipboard.h>
#include <qt6c/qdesktopservices.h>
#include <qt6c/qfiledialog.h>
#include <qt6c/qkeysequence.h>
#include <qt6c/qmenu.h>
#include <qt6c/qmenubar.h>
#include <qt6c/qmessagebox.h>
#include <qt6c/qurl.h>

#include <stdlib.h>
#include <string.h>

enum { SIZE_STEP = 32 };

/* ---- functions ---- */

static void add_folder(vt_window *window)
{
    char *path =
        q_filedialog_get_existing_directory_full(&window->main, "Add a folder", "", QFileDialog_ShowDirsOnly);
    if (path && *path) {
        vt_window_import(window, (const char *const *)&path, 1);
    }
    free(path);
}

static void add_files(vt_window *window)
{
    QList files = q_filedialog_get_open_file_names_full(&window->main, "Add files", "", "", NULL, 0);
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

static void retry(void *user, const char *const *paths, size_t count)
{
    vt_window *window = user;
    vt_error error = VT_ERROR_INIT;
    const vt_import_options options = {.retry_failures = true,
                                       .sequences = vt_engine_sequences(window->context.engine)};
    if (!vt_activity_import(window->activity, paths, count, &options, &error)) {
        vt_window_say(window, error.message);
    }
}

static void show_failures(vt_window *window)
{
    if (!window->failures) {
        window->failures = vt_failures_create(&window->main, window->library, window->context.view_executor,
                                              retry, window, window->context.log);
    }
    vt_failures_show(window->failures);
}

/* Filtered, so that what is done with them is what is done with others. */
static void show_missing(vt_window *window)
{
    vt_window_close_viewer(window);
    q_lineedit_set_text(window->filter, "missing:yes");
    vt_library_set_filter(window->library, "missing:yes");
}

static void relink(vt_window *window)
{
    char *path = q_filedialog_get_existing_directory_full(&window->main, "Look for missing files in a folder",
                                                          "", QFileDialog_ShowDirsOnly);
    if (path && *path) {
        if (!window->relink) {
            window->relink =
                vt_relink_dialog_create(&window->main, window->context.engine, window->context.log);
        }
        vt_relink_dialog_search(window->relink, path);
    }
    free(path);
}

static void cancel_imports(vt_window *window)
{
    vt_activity_cancel_all(window->activity);
}

static void settings_applied(void *user, const vt_settings *settings)
{
    vt_window_take_settings(user, settings);
}

static void show_settings(vt_window *window)
{
    if (!window->settings) {
        window->settings =
            vt_settings_dialog_create(&window->main, window->context.engine, window->context.view_executor,
                                      settings_applied, window, window->context.log);
    }
    vt_settings_dialog_show(window->settings, &window->context.settings);
}

static void quit(vt_window *window)
{
    q_widget_close(&window->main);
}

static void open_current(vt_window *window)
{
    vt_window_open(window, vt_library_selection(window->library)->current);
}

/* The path of the current item, "" if there is none. */
static vt_str current_path(vt_window *window)
{
    vt_str path = VT_STR_INIT;
    int64_t row = vt_library_selection(window->library)->current;
    if (row >= 0 && row < vt_library_count(window->library)) {
        vt_library_path(window->library, row, &path);
    }
    return path;
}

static void show_folder(vt_window *window)
{
    vt_str path = current_path(window);
    char *slash = strrchr(path.data, '/');
    if (slash) {
        vt_str uri = VT_STR_INIT;
        vt_uri_from_path(path.data, (size_t)(slash - path.data) + 1, &uri);
        QByteArray encoded = qt_bytearray_from_bytes(uri.data, uri.length);
        QUrl url = q_url_from_encoded(&encoded);
        if (!q_desktopservices_open_url(&url)) {
            vt_window_say(window, "There is no file manager that could show the folder");
        }
        q_url_fini(&url);
        qt_bytearray_release(&encoded);
        vt_str_free(&uri);
    }
    vt_str_free(&path);
}

static void copy_path(vt_window *window)
{
    vt_str path = current_path(window);
    if (path.length && !vt_utf8_valid(path.data, path.length)) {
        vt_window_say(window, "The name of this file is not text (UTF-8), so its path cannot be copied");
    } else if (path.length) {
        q_clipboard_set_text(q_guiapplication_clipboard(), path.data);
        vt_window_say(window, "The path has been copied");
    }
    vt_str_free(&path);
}

static void select_all(vt_window *window)
{
    vt_library_select_all(window->library);
}

static void find(vt_window *window)
{
    vt_window_close_viewer(window);
    q_widget_set_focus_focusreason(window->filter, Qt_ShortcutFocusReason);
    q_lineedit_select_all(window->filter);
}

static void browse(vt_window *window)
{
    vt_window_set_view(window, VT_WINDOW_BROWSE);
}

static void table(vt_window *window)
{
    vt_window_set_view(window, VT_WINDOW_TABLE);
}

static void larger(vt_window *window)
{
    vt_grid_set_picture_side(window->grid, vt_grid_picture_side(window->grid) + SIZE_STEP);
}

static void smaller(vt_window *window)
{
    vt_grid_set_picture_side(window->grid, vt_grid_picture_side(window->grid) - SIZE_STEP);
}

static void toggle_folders(vt_window *window)
{
    QWidget *folders = vt_folder_view_widget(window->folders);
    q_widget_set_visible(folders, q_widget_is_hidden(folders));
}

static void full_screen(vt_window *window)
{
    if ((int)q_widget_window_state(&window->main) & Qt_WindowFullScreen) {
        q_widget_show_normal(&window->main);
    } else {
        q_widget_show_full_screen(&window->main);
    }
}

static void set_icons(vt_window *window);

static void set_theme(vt_window *window, vt_theme_choice choice)
{
    window->context.theme = choice;
    vt_theme_apply(choice);
    set_icons(window);
    vt_viewer_set_icons(window->viewer);
    vt_folder_view_set_icons(window->folders);
    q_widget_update(&window->main);
}

static void theme_system(vt_window *window)
{
    set_theme(window, VT_THEME_SYSTEM);
}

static void theme_light(vt_window *window)
{
    set_theme(window, VT_THEME_LIGHT);
}

static void theme_dark(vt_window *window)
{
    set_theme(window, VT_THEME_DARK);
}

static void show_box(vt_window *window, const char *title, const char *text)
{
    QMessageBox *box = q_messagebox_new(&window->main);
    q_widget_set_attribute(box, Qt_WA_DeleteOnClose);
    q_widget_set_window_title(box, title);
    q_messagebox_set_text_format(box, Qt_RichText);
    q_messagebox_set_text(box, text);
    /* A button of our own words has no icon, unlike the standard ones. */
    q_messagebox_add_button_string_buttonrole(box, "Close", QMessageBox_RejectRole);
    q_dialog_open(box); /* returns at once: nothing waits for it */
}

static void shortcuts(vt_window *window);

/* The reason is text of the helper's, which could be anything: no markup may come from it. */
static void append_reason(vt_str *text, const char *reason)
{
    if (reason[0]) {
        vt_str_append_cstr(text, "<p>Why not A: ");
        for (const char *at = reason; *at; at++) {
            switch (*at) {
            case '<':
                vt_str_append_cstr(text, "&lt;");
                break;
            case '&':
                vt_str_append_cstr(text, "&amp;");
                break;
            default:
                vt_str_append_char(text, *at);
            }
        }
        vt_str_append_cstr(text, "</p>");
    }
}

static void about(vt_window *window)
{
    vt_engine_figures figures;
    vt_engine_get_figures(window->context.engine, &figures);
    static const char *const levels[] = {"A: own process, system call filter, no file system",
                                         "B: own process, system call filter",
                                         "C: own process, resource limits", "D: own process only"};
    const char *level =
        figures.sandbox >= 'A' && figures.sandbox <= 'D' ? levels[figures.sandbox - 'A'] : "not known yet";
    vt_str text = VT_STR_INIT;
    vt_str_appendf(&text,
                   "<h3>Vitrine " VITRINE_VERSION
                   "</h3><p>A library for pictures and 3D models that never freezes. "
                   "Written in C on Qt %s.</p><p>Decoders run confined at level %s.</p>",
                   qt_version(), level);
    append_reason(&text, figures.sandbox_reason);
    if (figures.out_of_use[0]) {
        vt_str_appendf(
            &text,
            "<p>Not read until the next start, because one file after the other crashed the decoder: "
            "%s.</p>",
            figures.out_of_use);
    }
    show_box(window, "About Vitrine", text.data);
    vt_str_free(&text);
}

/* ---- the table ---- */

typedef enum menu_id { MENU_FILE, MENU_ITEM, MENU_VIEW, MENU_HELP, MENU_COUNT, MENU_NONE } menu_id;

static const char *const menu_titles[MENU_COUNT] = {"&File", "&Item", "&View", "&Help"};

typedef struct command_row {
    menu_id menu;
    const char *text;
    const char *key; /* as Qt writes it, "" for none */
    int icon;        /* vt_icon, -1 for none */
    bool checkable;
    bool line_before; /* a separator in the menu */
    void (*run)(vt_window *window);
} command_row;

static const command_row commands[VT_COMMAND_COUNT] = {
    [VT_COMMAND_ADD_FOLDER] = {MENU_FILE, "Add &folder\u2026", "Ctrl+O", VT_ICON_ADD_FOLDER, false, false,
                               add_folder},
    [VT_COMMAND_ADD_FILES] = {MENU_FILE, "Add f&iles\u2026", "Ctrl+Shift+O", -1, false, false, add_files},
    [VT_COMMAND_SHOW_MISSING] = {MENU_FILE, "Sho&w missing items", "", -1, false, true, show_missing},
    [VT_COMMAND_RELINK] = {MENU_FILE, "Find &missing files\u2026", "", -1, false, false, relink},
    [VT_COMMAND_SHOW_FAILURES] = {MENU_FILE, "Files &that failed\u2026", "", -1, false, true, show_failures},
    [VT_COMMAND_CANCEL_IMPORTS] = {MENU_FILE, "&Cancel all imports", "Ctrl+Shift+X", -1, false, false,
                                   cancel_imports},
    [VT_COMMAND_SETTINGS] = {MENU_FILE, "&Settings\u2026", "Ctrl+,", -1, false, true, show_settings},
    [VT_COMMAND_QUIT] = {MENU_FILE, "&Quit", "Ctrl+Q", -1, false, true, quit},
    [VT_COMMAND_OPEN] = {MENU_ITEM, "&Open", "", -1, false, false, open_current},
    [VT_COMMAND_SHOW_FOLDER] = {MENU_ITEM, "Show in file &manager", "Ctrl+M", -1, false, false, show_folder},
    [VT_COMMAND_COPY_PATH] = {MENU_ITEM, "&Copy path", "Ctrl+Shift+C", -1, false, false, copy_path},
    [VT_COMMAND_SPLIT] = {MENU_ITEM, "S&plit into single files", "", -1, false, true,
                          vt_window_split_sequence},
    [VT_COMMAND_JOIN] = {MENU_ITEM, "&Join files that are numbered alike", "", -1, false, false,
                         vt_window_join_sequence},
    [VT_COMMAND_SELECT_ALL] = {MENU_ITEM, "Select &all", "Ctrl+A", -1, false, true, select_all},
    [VT_COMMAND_FIND] = {MENU_ITEM, "&Find", "Ctrl+F", -1, false, false, find},
    [VT_COMMAND_BROWSE] = {MENU_VIEW, "&Cards", "Ctrl+1", VT_ICON_GRID, true, false, browse},
    [VT_COMMAND_TABLE] = {MENU_VIEW, "&Table", "Ctrl+2", VT_ICON_TABLE, true, false, table},
    [VT_COMMAND_LARGER] = {MENU_VIEW, "&Larger", "Ctrl++", -1, false, true, larger},
    [VT_COMMAND_SMALLER] = {MENU_VIEW, "&Smaller", "Ctrl+-", -1, false, false, smaller},
    [VT_COMMAND_FOLDERS] = {MENU_VIEW, "&Folders", "F9", -1, true, true, toggle_folders},
    [VT_COMMAND_FULL_SCREEN] = {MENU_VIEW, "F&ull screen", "F11", -1, false, false, full_screen},
    [VT_COMMAND_THEME_SYSTEM] = {MENU_VIEW, "Colours of the &desktop", "", -1, true, true, theme_system},
    [VT_COMMAND_THEME_LIGHT] = {MENU_VIEW, "L&ight", "", -1, true, false, theme_light},
    [VT_COMMAND_THEME_DARK] = {MENU_VIEW, "Dar&k", "", -1, true, false, theme_dark},
    [VT_COMMAND_SHORTCUTS] = {MENU_HELP, "&Keyboard", "F1", -1, false, false, shortcuts},
    [VT_COMMAND_ABOUT] = {MENU_HELP, "&About Vitrine", "", -1, false, false, about},
};

/* Keys that views handle themselves, for the sheet. */
static const struct {
    const char *key, *does;
} view_keys[] = {{"Arrows, Page Up, Page Down, Home, End", "Move"},
                 {"Shift or Ctrl and a click", "Select several"},
                 {"Enter, double click", "Open"},
                 {"Ctrl and the wheel", "Larger and smaller cards"},
                 {"Left, Right, Space", "Previous and next in the viewer"},
                 {"Space, Left, Right, Home, End", "Play a sequence, step through its frames"},
                 {"+, -, 0, 1", "Zoom in, out, fit, actual size"},
                 {"Drag", "Move an image, turn a model"},
                 {"Esc", "Back to the library"}};

static void add_shortcut(vt_str *text, const char *key, const char *does)
{
    vt_str_appendf(text,
                   "<tr><td style='padding: 2px 24px 2px 0; white-space: nowrap'><b>%s</b></td><td "
                   "style='white-space: nowrap'>",
                   key);
    for (const char *at = does; *at; at++) {
        if (*at != '&') { /* marks the letter for Alt in menus */
            vt_str_append_char(text, *at);
        }
    }
    vt_str_append_cstr(text, "</td></tr>");
}

static void shortcuts(vt_window *window)
{
    vt_str text = VT_STR_INIT;
    vt_str_append_cstr(&text, "<table>");
    for (size_t i = 0; i < sizeof view_keys / sizeof *view_keys; i++) {
        add_shortcut(&text, view_keys[i].key, view_keys[i].does);
    }
    for (int i = 0; i < VT_COMMAND_COUNT; i++) {
        if (*commands[i].key) {
            add_shortcut(&text, commands[i].key, commands[i].text);
        }
    }
    vt_str_append_cstr(&text, "</table>");
    show_box(window, "Keyboard", text.data);
    vt_str_free(&text);
}

/* ---- actions and menus ---- */

typedef struct action_user {
    vt_window *window;
    const command_row *row;
} action_user;

static void on_triggered(void *user, bool checked)
{
    (void)checked;
    const action_user *action = user;
    action->row->run(action->window);
    vt_commands_update(action->window);
}

static QAction *make_action(vt_window *window, const command_row *row)
{
    QAction *action = q_action_new(row->text, &window->main);
    if (*row->key) {
        QKeySequence key;
        q_keysequence_init_text(&key, row->key);
        q_action_set_shortcut(action, &key);
        q_keysequence_fini(&key);
    }
    q_action_set_checkable(action, row->checkable);
    action_user *user = malloc(sizeof *user);
    if (user) {
        *user = (action_user){window, row};
        q_action_on_triggered_with(action, &window->main, on_triggered, user,
                                   &(qt_connect_options){.destroy = free});
    }
    return action;
}

/* In the colours of the present theme. */
static void set_icons(vt_window *window)
{
    for (int i = 0; i < VT_COMMAND_COUNT; i++) {
        if (commands[i].icon >= 0) {
            QIcon icon = vt_icon_make((vt_icon)commands[i].icon);
            q_action_set_icon(window->actions[i], &icon);
            q_icon_fini(&icon);
        }
    }
}

void vt_commands_make(vt_window *window)
{
    QMenuBar *bar = q_mainwindow_menu_bar(&window->main);
    QMenu *menus[MENU_COUNT];
    for (int i = 0; i < MENU_COUNT; i++) {
        menus[i] = q_menubar_add_menu_string(bar, menu_titles[i]);
    }
    for (int i = 0; i < VT_COMMAND_COUNT; i++) {
        const command_row *row = &commands[i];
        window->actions[i] = make_action(window, row);
        if (row->line_before) {
            q_menu_add_separator(menus[row->menu]);
        }
        q_widget_add_action(menus[row->menu], window->actions[i]);
    }
    set_icons(window);
}

void vt_commands_add_menus(vt_window *window)
{
    static const vt_command_id ids[] = {VT_COMMAND_OPEN,  VT_COMMAND_SHOW_FOLDER, VT_COMMAND_COPY_PATH,
                                        VT_COMMAND_SPLIT, VT_COMMAND_JOIN,        VT_COMMAND_SELECT_ALL};
    QWidget *const views[] = {vt_grid_widget(window->grid), vt_table_widget(window->table)};
    for (size_t v = 0; v < sizeof views / sizeof *views; v++) {
        for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
            q_widget_add_action(views[v], window->actions[ids[i]]);
        }
        q_widget_set_context_menu_policy(views[v], Qt_ActionsContextMenu);
    }
}

static vt_kind current_kind(vt_window *window)
{
    vt_item_brief item;
    int64_t row = vt_library_selection(window->library)->current;
    if (row < 0 || row >= vt_library_count(window->library)) {
        return VT_KIND_UNKNOWN;
    }
    vt_library_item(window->library, row, &item);
    return (vt_kind)item.kind;
}

void vt_commands_update(vt_window *window)
{
    bool has_item = vt_library_selection(window->library)->current >= 0;
    vt_kind kind = current_kind(window);
    bool in_library = !window->viewer_open;
    bool writes = !vt_engine_is_read_only(window->context.engine);
    QAction **actions = window->actions;
    q_action_set_enabled(actions[VT_COMMAND_ADD_FOLDER], writes);
    q_action_set_enabled(actions[VT_COMMAND_ADD_FILES], writes);
    q_action_set_enabled(actions[VT_COMMAND_RELINK], writes);
    q_action_set_enabled(actions[VT_COMMAND_CANCEL_IMPORTS], vt_activity_count(window->activity) > 0);
    q_action_set_enabled(actions[VT_COMMAND_OPEN], has_item && in_library);
    q_action_set_enabled(actions[VT_COMMAND_SHOW_FOLDER], has_item);
    q_action_set_enabled(actions[VT_COMMAND_COPY_PATH], has_item);
    q_action_set_enabled(actions[VT_COMMAND_SPLIT], writes && kind == VT_KIND_SEQUENCE);
    q_action_set_enabled(actions[VT_COMMAND_JOIN], writes && kind == VT_KIND_IMAGE);
    q_action_set_enabled(actions[VT_COMMAND_SELECT_ALL], in_library);
    q_action_set_enabled(actions[VT_COMMAND_LARGER], in_library && window->view == VT_WINDOW_BROWSE);
    q_action_set_enabled(actions[VT_COMMAND_SMALLER], in_library && window->view == VT_WINDOW_BROWSE);
    q_action_set_checked(actions[VT_COMMAND_BROWSE], window->view == VT_WINDOW_BROWSE);
    q_action_set_checked(actions[VT_COMMAND_TABLE], window->view == VT_WINDOW_TABLE);
    q_action_set_checked(actions[VT_COMMAND_FOLDERS],
                         !q_widget_is_hidden(vt_folder_view_widget(window->folders)));
    for (int theme = VT_THEME_SYSTEM; theme <= VT_THEME_DARK; theme++) {
        q_action_set_checked(actions[VT_COMMAND_THEME_SYSTEM + theme], (int)window->context.theme == theme);
    }
}
