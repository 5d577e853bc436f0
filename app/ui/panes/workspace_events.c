/* What frames, contents and surfaces tell the workspace. */
#include "app/ui/panes/types.h"
#include "app/ui/panes/workspace_edit.h"
#include "app/ui/panes/workspace_private.h"
#include "core/layout/workspace.h"

#include <string.h>

/* ---- frames ---- */

static void pressed(void *user, uint32_t pane)
{
    vt_workspace_set_focused(user, pane, true);
}

static void dragged(void *user, uint32_t pane, int x, int y)
{
    vt_workspace_drag(user, pane, x, y);
}

static void dropped(void *user, uint32_t pane, bool done, int x, int y)
{
    (void)pane;
    vt_workspace_drop(user, done, x, y);
}

static void open_menu(void *user, uint32_t pane, int x, int y)
{
    vt_workspace_view *view = user;
    vt_workspace_set_focused(view, pane, true); /* the menu is about the pane that has the keyboard */
    q_menu_popup(view->ops.menu(view->ops.user), &(QPoint){x, y});
}

static void maximise(void *user, uint32_t pane)
{
    vt_workspace_set_focused(user, pane, true);
    vt_workspace_turn_maximised(user);
}

static void close_pane(void *user, uint32_t pane)
{
    vt_workspace_set_focused(user, pane, false);
    vt_workspace_close_pane(user);
}

static void retry(void *user, uint32_t pane)
{
    vt_workspace_view *view = user;
    vt_pane_record *record = vt_workspace_record(view, pane);
    vt_panes_node node;
    const char *argument = NULL;
    if (!record || !vt_panes_find(view->panes, pane, &node)) {
        return;
    }
    vt_pane_content *content = vt_workspace_content(record);
    if (content && vt_pane_type_of(node.provider, &argument) == content->type) {
        content->type->show(content, argument);
        vt_pane_frame_refresh(record->frame);
    } else {
        vt_workspace_renew(view, record);
    }
}

static void cancel(void *user, uint32_t pane)
{
    const vt_pane_record *record = vt_workspace_record(user, pane);
    vt_pane_content *content = record ? vt_workspace_content(record) : NULL;
    if (content && content->type->cancel) {
        content->type->cancel(content);
    }
}

static void change(void *user, uint32_t pane)
{
    vt_workspace_set_provider(user, pane, VT_PANE_CHOOSE);
}

static void chosen(void *user, uint32_t pane, const char *provider)
{
    vt_workspace_set_provider(user, pane, provider);
}

const vt_pane_frame_ops vt_workspace_frame_ops = {.pressed = pressed,
                                                  .dragged = dragged,
                                                  .dropped = dropped,
                                                  .menu = open_menu,
                                                  .maximise = maximise,
                                                  .close = close_pane,
                                                  .retry = retry,
                                                  .cancel = cancel,
                                                  .change = change,
                                                  .chosen = chosen};

/* ---- contents: `user` is the frame they are in ---- */

/* The view a frame belongs to. */
static vt_workspace_view *view_of(vt_pane_frame *frame)
{
    return vt_pane_frame_user(frame);
}

static void subject_changed(void *user, vt_pane_content *content)
{
    (void)content;
    vt_workspace_view *view = view_of(user);
    if (vt_pane_frame_pane(user) == view->focused) {
        vt_workspace_check_subject(view);
    }
}

static void stage_changed(void *user, vt_pane_content *content)
{
    vt_pane_frame_refresh(user);
    subject_changed(user, content);
}

/* One that can take them all does. */
static void follow(vt_pane_content *content, vt_pane_content *other, const int64_t *items, size_t count)
{
    vt_chosen *taken = other->type->follow && count > 0 ? vt_pane_content_chosen(content) : NULL;
    if (taken) {
        other->type->follow(other, taken);
    } else if (other->type->select) {
        other->type->select(other, items, count);
    }
}

/* To the panes that are linked with it; what they select in turn goes nowhere. */
static void selected(void *user, vt_pane_content *content, const int64_t *items, size_t count)
{
    vt_workspace_view *view = view_of(user);
    vt_pane_id linked[64];
    if (view->selecting || !view->panes) {
        return;
    }
    view->selecting = true;
    size_t found = vt_panes_linked(view->panes, vt_pane_frame_pane(user), linked, 64);
    found = found < 64 ? found : 64;
    for (size_t i = 0; i < found; i++) {
        const vt_pane_record *record = vt_workspace_record(view, linked[i]);
        vt_pane_content *other = record ? vt_workspace_content(record) : NULL;
        if (other) {
            follow(content, other, items, count);
        }
    }
    view->selecting = false;
    vt_log_write(&view->context.log, VT_LOG_DEBUG, "panes: selected pane=%u items=%zu linked=%zu",
                 vt_pane_frame_pane(user), count, found);
}

/* In the pane that showed the last one, or in a new one to the right. */
static void open_beside(vt_workspace_view *view, vt_pane_id from, const char *provider)
{
    vt_pane_record *record = vt_workspace_record(view, from);
    vt_panes_node node;
    vt_error error = VT_ERROR_INIT;
    if (!record || !view->panes) {
        return;
    }
    if (record->beside && vt_panes_find(view->panes, record->beside, &node)) {
        vt_workspace_set_provider(view, record->beside, provider);
        return;
    }
    if (vt_panes_split(view->panes, from, VT_PANE_RIGHT, provider, &record->beside, &error)) {
        vt_workspace_edited(view);
    } else {
        vt_workspace_say_error(view, &error);
    }
}

static void opened(void *user, vt_pane_content *content, const char *provider)
{
    (void)content;
    open_beside(view_of(user), vt_pane_frame_pane(user), provider);
}

void vt_workspace_view_open(vt_workspace_view *view, const char *provider)
{
    open_beside(view, view->focused, provider);
}

const vt_pane_events vt_workspace_content_events = {.stage_changed = stage_changed,
                                                    .selected = selected,
                                                    .subject_changed = subject_changed,
                                                    .opened = opened};

/* ---- surfaces ---- */

static const vt_geometry_map *surface_map(void *user, vt_pane_id window)
{
    return vt_workspace_map(user, window);
}

static void divider_dragged(void *user, vt_pane_id window, const vt_hit *hit, int dx, int dy, bool done)
{
    vt_workspace_view *view = user;
    vt_pane_surface *surface = vt_workspace_surface(view, window);
    vt_error error = VT_ERROR_INIT;
    if (surface &&
        !vt_geometry_drag(view->geometry, view->panes, vt_pane_surface_area(surface), hit, dx, dy, &error)) {
        vt_workspace_say_error(view, &error);
        return;
    }
    vt_workspace_request(view);
    if (done) {
        vt_log_write(&view->context.log, VT_LOG_DEBUG, "divider: dragged dividers=%zu dx=%d dy=%d",
                     hit->divider_count, dx, dy);
        vt_workspace_edited(view);
    }
}

static void divider_evened(void *user, const vt_hit *hit)
{
    vt_workspace_view *view = user;
    vt_error error = VT_ERROR_INIT;
    bool done = true;
    for (size_t i = 0; done && i < hit->divider_count; i++) {
        done = vt_panes_even_out(view->panes, hit->dividers[i].before, &error);
    }
    if (!done) {
        vt_workspace_say_error(view, &error);
        return;
    }
    vt_log_write(&view->context.log, VT_LOG_DEBUG, "divider: evened out dividers=%zu", hit->divider_count);
    vt_workspace_edited(view);
}

/* At once: what is painted then stands where it belongs. */
static void surface_resized(void *user, vt_pane_id window)
{
    (void)window;
    vt_workspace_update(user);
}

/* Closed by its title: its panes go back to where they came from, so nothing is lost. */
static void surface_closed(void *user, vt_pane_id window)
{
    vt_workspace_view *view = user;
    vt_error error = VT_ERROR_INIT;
    vt_panes_window of;
    bool done = true;
    size_t count = 0;
    vt_pane_id keyboard = view->focused;
    while (done && vt_panes_find_window(view->panes, window, &of)) {
        vt_pane_id pane = vt_panes_next_pane(view->panes, 0);
        vt_panes_node node;
        while (pane && vt_panes_find(view->panes, pane, &node) && node.window != window) {
            pane = vt_panes_next_pane(view->panes, pane);
        }
        done = pane && vt_panes_attach(view->panes, pane, &error);
        count += done;
    }
    if (!done) {
        vt_workspace_say_error(view, &error);
    }
    vt_log_write(&view->context.log, VT_LOG_DEBUG, "panes: window closed panes=%zu", count);
    vt_workspace_edited(view);
    vt_workspace_update(view);
    vt_workspace_set_focused(view, keyboard, true); /* the window had it: its pane has it still */
}

const vt_pane_surface_ops vt_workspace_surface_ops = {.map = surface_map,
                                                      .dragged = divider_dragged,
                                                      .even_out = divider_evened,
                                                      .resized = surface_resized,
                                                      .closed = surface_closed};
