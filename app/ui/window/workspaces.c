/* The page with panes: which workspace it shows, and how all of them are kept. */
#include "app/ui/panes/types.h"
#include "app/ui/parts/translate.h"
#include "app/ui/window/window_private.h"
#include "core/base/clock.h"

#include <qt6c/qguiapplication.h>
#include <qt6c/qscreen.h>

#include <stdlib.h>
#include <string.h>

/* Changes that follow each other are kept as one. */
enum { KEEP_MS = 1500, SCREENS_MAX = 16 };

static void say_error(vt_window *window, const vt_error *error)
{
    vt_window_say(window, error->message);
}

/* ---- a first layout ---- */

static const char *provider_of(const char *provider)
{
    return vt_pane_type_of(provider, NULL) ? provider : NULL;
}

/* Cards at the left; beside them what is known of the selected one, and help. */
vt_panes *vt_window_first_layout(vt_error *error)
{
    const char *info = provider_of("info:"), *help = provider_of("help:");
    const char *cards = provider_of("browse:|");
    vt_pane_id left = 0, right = 0;
    vt_str note = VT_STR_INIT; /* where there is neither */
    vt_str_append_cstr(&note, "note:");
    vt_str_append_cstr(&note, vt_tr("workspace",
                                    "F7 and F8 make new panes. Headers and dividers are dragged; a double "
                                    "click makes a pane as large as the window, or evens out."));
    vt_panes *panes = vt_panes_create(cards ? cards : "choose:", &left, error);
    bool done = panes && vt_panes_split(panes, left, VT_PANE_RIGHT, info ? info : note.data, &right, error) &&
                vt_panes_set_ratio(panes, left, 0.68, error) && vt_panes_set_link(panes, left, 1, error) &&
                vt_panes_set_link(panes, right, info ? 1 : 0, error);
    vt_pane_id below = 0;
    if (done && info && help) {
        done = vt_panes_split(panes, right, VT_PANE_BELOW, help, &below, error);
    }
    if (!done) {
        vt_panes_free(panes);
        panes = NULL;
    }
    vt_str_free(&note);
    return panes;
}

/* ---- keeping ---- */

void vt_window_keep_workspace(vt_window *window)
{
    vt_error error = VT_ERROR_INIT;
    if (!window->workspace.view || !vt_workspaces_current(window->workspace.set)) {
        return;
    }
    q_timer_stop(window->workspace.keep);
    const vt_panes *panes = vt_workspace_view_layout(window->workspace.view);
    if (panes && !vt_workspaces_save(window->workspace.set, panes, &error)) {
        say_error(window, &error);
        return;
    }
    vt_log_write(&window->context.log, VT_LOG_DEBUG, "workspace: kept name=%s panes=%zu",
                 vt_workspaces_current(window->workspace.set), panes ? vt_panes_pane_count(panes) : 0);
}

static void on_keep(void *user)
{
    vt_window_keep_workspace(user);
}

/* ---- switching ---- */

static bool is_known(void *user, const char *provider)
{
    (void)user;
    return vt_pane_type_of(provider, NULL) != NULL || strncmp(provider, "choose:", 7) == 0;
}

static size_t list_screens(vt_rect rects[SCREENS_MAX])
{
    QList screens = q_guiapplication_screens();
    size_t count = 0;
    for (ptrdiff_t i = 0; i < screens.size && count < SCREENS_MAX; i++) {
        QRect area = q_screen_available_geometry(((QScreen **)screens.ptr)[i]);
        rects[count++] = (vt_rect){area.x1, area.y1, area.x2 - area.x1 + 1, area.y2 - area.y1 + 1};
    }
    qt_list_release(&screens, sizeof(QScreen *));
    return count;
}

static void say_report(vt_window *window, const char *name, const vt_workspace_report *report)
{
    vt_str text = VT_STR_INIT;
    if (report->previous) {
        vt_str why = VT_STR_INIT;
        vt_tr_append_with(&why, "workspace",
                          "The workspace \u201c%1\u201d could not be read; it is as it was before its last "
                          "change. ",
                          name);
        vt_str_append_cstr(&text, why.data);
        vt_str_append_cstr(&text, report->why.message);
        vt_str_free(&why);
    } else if (report->layout.windows_moved) {
        vt_tr_append_count(&text, "workspace", "%n window stood on no screen and was moved onto one",
                           "%n windows stood on no screen and were moved onto one",
                           (int64_t)report->layout.windows_moved);
    }
    if (text.length) {
        vt_window_say(window, text.data);
    }
    vt_str_free(&text);
}

bool vt_window_switch_workspace(vt_window *window, const char *name)
{
    vt_rect screens[SCREENS_MAX];
    vt_error error = VT_ERROR_INIT;
    vt_workspace_report report = {0};
    int64_t begun = vt_clock_now();
    const vt_layout_load load = {
        .screens = screens, .screen_count = list_screens(screens), .known = is_known, .user = window};
    vt_window_keep_workspace(window);
    vt_panes *panes = vt_workspaces_open(window->workspace.set, name, &load, &report, &error);
    if (!panes) {
        vt_str text = VT_STR_INIT;
        vt_tr_append_with(&text, "workspace", "The workspace \u201c%1\u201d cannot be opened: ", name);
        vt_str_append_cstr(&text, error.message);
        vt_window_say(window, text.data);
        vt_str_free(&text);
        return false;
    }
    vt_workspace_view_set_layout(window->workspace.view, panes);
    int64_t took = vt_clock_now() - begun;
    vt_log_write(&window->context.log, VT_LOG_INFO, "workspace: switched name=%s panes=%zu us=%lld", name,
                 vt_panes_pane_count(panes), (long long)(took / VT_NS_PER_US));
    say_report(window, name, &report);
    vt_workspace_view_take_focus(window->workspace.view);
    vt_window_update_status(window);
    return true;
}

/* The last one; if it cannot be read any other; and if there is none, a first one. */
static void open_first(vt_window *window)
{
    vt_workspaces *set = window->workspace.set;
    vt_error error = VT_ERROR_INIT;
    if (vt_workspaces_current(set)) {
        return;
    }
    bool done = window->workspace.last && vt_window_switch_workspace(window, window->workspace.last);
    for (size_t i = 0; !done && i < vt_workspaces_count(set); i++) {
        const char *name = vt_workspaces_name(set, i);
        done = (!window->workspace.last || strcmp(name, window->workspace.last) != 0) &&
               vt_window_switch_workspace(window, name);
    }
    vt_panes *panes = done ? NULL : vt_window_first_layout(&error);
    if (panes) { /* the name may be that of one that cannot be read: that one stays */
        const char *names[] = {vt_tr("workspace", "Workspace"), vt_tr("workspace", "New workspace")};
        done = vt_workspaces_add(set, names[0], panes, &error) ||
               vt_workspaces_add(set, names[1], panes, &error);
        vt_workspace_view_set_layout(window->workspace.view, panes);
        vt_log_write(&window->context.log, VT_LOG_INFO, "workspace: first panes=%zu",
                     vt_panes_pane_count(panes));
    }
    if (!done) {
        say_error(window, &error);
    }
}

/* ---- the page ---- */

static void say(void *user, const char *text)
{
    vt_window_say(user, text);
}

static void changed(void *user)
{
    vt_info_panel_refresh(((vt_window *)user)->info);
    vt_commands_update(user);
    vt_window_update_status(user);
}

static void edited(void *user)
{
    q_timer_start(((vt_window *)user)->workspace.keep);
}

static QMenu *menu(void *user)
{
    return ((vt_window *)user)->menus[VT_MENU_PANES];
}

/* All keys hold there, too. */
static void window_made(void *user, QWidget *widget)
{
    vt_window *window = user;
    for (int i = 0; i < VT_COMMAND_COUNT; i++) {
        q_widget_add_action(widget, window->actions[i]);
    }
}

static void add_menu(void *user, QWidget *view)
{
    vt_commands_add_item_menu(user, view);
}

static bool make_view(vt_window *window)
{
    const vt_pane_context context = {.engine = window->context.engine,
                                     .library = window->library,
                                     .executor = window->context.view_executor,
                                     .pictures = window->pictures,
                                     .monitor = window->context.monitor,
                                     .activity = window->activity,
                                     .performance = window->performance,
                                     .add_menu = add_menu,
                                     .say = say,
                                     .user = window,
                                     .log = window->context.log};
    const vt_workspace_ops ops = {say, changed, edited, menu, window_made, window};
    vt_error error = VT_ERROR_INIT;
    window->workspace.view = vt_workspace_view_create(window->pages, &context, &ops, &error);
    if (!window->workspace.view) {
        say_error(window, &error);
        return false;
    }
    QWidget *page = vt_workspace_view_widget(window->workspace.view);
    q_widget_set_accessible_name(page, vt_tr("window", "Workspace"));
    q_stackedwidget_add_widget(window->pages, page);
    return true;
}

bool vt_window_has_workspace(const vt_window *window)
{
    return window->workspace.open && !window->viewer_open;
}

/* What belongs to the library alone. */
static void enable_bar(vt_window *window, bool enabled)
{
    QWidget *const of_library[] = {(QWidget *)window->filter, (QWidget *)window->sort,
                                   (QWidget *)window->group, (QWidget *)window->size};
    for (size_t i = 0; i < sizeof of_library / sizeof *of_library; i++) {
        if (of_library[i]) {
            q_widget_set_enabled(of_library[i], enabled);
        }
    }
}

void vt_window_workspaces_read(vt_window *window)
{
    window->workspace.loaded = true;
    if (!window->workspace.open) {
        return;
    }
    if (!window->workspace.given) {
        open_first(window);
    }
    if (!window->workspace.given && !window->workspace.stored && !window->workspace.told) {
        window->workspace.told = true;
        vt_window_say(window,
                      vt_tr("workspace", "Workspaces are kept until Vitrine ends only: the library is "
                                         "open for reading only"));
    }
    vt_workspace_view_take_focus(window->workspace.view);
    vt_window_update_status(window);
    vt_commands_update(window);
}

void vt_window_show_workspace(vt_window *window, bool shown)
{
    if (shown == window->workspace.open || (shown && !window->workspace.set) ||
        (shown && !window->workspace.view && !make_view(window))) {
        return;
    }
    if (shown) {
        vt_window_close_viewer(window);
    } else {
        vt_window_keep_workspace(window);
        if (!q_widget_is_active_window(&window->main)) { /* a window of a pane had it, which goes now */
            q_widget_activate_window(&window->main);
        }
    }
    window->workspace.open = shown;
    enable_bar(window, !shown);
    vt_window_update_contents(window);
    vt_workspace_view_show_windows(window->workspace.view, shown);
    if (shown && window->workspace.loaded) {
        vt_window_workspaces_read(window);
    }
    vt_window_update_status(window);
    vt_commands_update(window);
    vt_log_write(&window->context.log, VT_LOG_INFO, "workspace: shown=%d", shown);
}

bool vt_window_open_workspace(vt_window *window, const char *layout, size_t length, vt_error *error)
{
    vt_rect screens[SCREENS_MAX];
    const vt_layout_load load = {
        .screens = screens, .screen_count = list_screens(screens), .known = is_known, .user = window};
    vt_panes *panes = layout ? vt_layout_from_json(layout, length, &load, NULL, error) : NULL;
    if (layout && !panes) {
        return false;
    }
    window->workspace.given = layout != NULL;
    vt_window_show_workspace(window, true);
    if (!window->workspace.view) {
        vt_panes_free(panes);
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a workspace");
    }
    if (panes) {
        vt_workspace_view_set_layout(window->workspace.view, panes);
    }
    return true;
}

/* ---- with the window ---- */

void vt_window_make_workspaces(vt_window *window)
{
    window->workspace.keep = q_timer_new(&window->main);
    q_timer_set_single_shot(window->workspace.keep, true);
    q_timer_set_interval(window->workspace.keep, KEEP_MS);
    q_timer_on_timeout(window->workspace.keep, &window->main, on_keep, window);
    vt_window_read_workspaces(window);
}

void vt_window_stop_workspaces(vt_window *window)
{
    vt_window_keep_workspace(window);
    vt_window_stop_reading_workspaces(window);
    if (window->workspace.view) {
        window->workspace.open = false; /* what ends now says nothing */
        vt_workspace_view_stop(window->workspace.view);
    }
    vt_workspaces_free(window->workspace.set);
    free(window->workspace.last);
    window->workspace.set = NULL;
}
