#include "app/ui/panes/workspace_view.h"

#include "app/ui/panes/workspace_private.h"
#include "app/ui/parts/translate.h"
#include "core/base/clock.h"

#include <stdlib.h>
#include <string.h>

enum { WINDOW_WIDTH = 640, WINDOW_HEIGHT = 480, EDGE = 24, LEAST = 80 };

static const vt_geometry_style style = {
    .divider = VT_PANE_DIVIDER, .header = VT_PANE_HEADER, .grab = 3, .edge = EDGE, .least = LEAST};

/* ---- finding ---- */

vt_pane_record *vt_workspace_record(vt_workspace_view *view, vt_pane_id pane)
{
    uint32_t number = vt_id_map_get(&view->numbers, pane);
    return number == VT_ID_MAP_NONE ? NULL : &view->records[number];
}

vt_pane_surface *vt_workspace_surface(vt_workspace_view *view, vt_pane_id window)
{
    for (size_t i = 0; i < view->surface_count; i++) {
        if (vt_pane_surface_window(view->surfaces[i]) == window) {
            return view->surfaces[i];
        }
    }
    return NULL;
}

void vt_workspace_say_error(vt_workspace_view *view, const vt_error *error)
{
    view->ops.say(view->ops.user, error->message);
}

/* A window that is not there yet will be as large as it was. */
static vt_rect area_of(vt_workspace_view *view, const vt_panes_window *window)
{
    vt_pane_surface *surface = vt_workspace_surface(view, window->id);
    if (surface) {
        return vt_pane_surface_area(surface);
    }
    return vt_rect_is_empty(window->place) ? (vt_rect){0, 0, WINDOW_WIDTH, WINDOW_HEIGHT}
                                           : (vt_rect){0, 0, window->place.width, window->place.height};
}

const vt_geometry_map *vt_workspace_map(vt_workspace_view *view, vt_pane_id window)
{
    vt_panes_window of;
    vt_error error = VT_ERROR_INIT;
    if (!view->panes || !vt_panes_find_window(view->panes, window, &of)) {
        return NULL;
    }
    return vt_geometry_get(view->geometry, view->panes, window, area_of(view, &of), &error);
}

/* ---- records ---- */

static vt_pane_record *add_record(vt_workspace_view *view, vt_pane_id pane)
{
    if (view->record_count == view->record_room) {
        uint32_t room = view->record_room ? 2 * view->record_room : 32;
        vt_pane_record *larger = realloc(view->records, room * sizeof *larger);
        if (!larger) {
            return NULL;
        }
        view->records = larger;
        view->record_room = room;
    }
    if (!vt_id_map_reserve(&view->numbers, view->record_count + 1)) {
        return NULL;
    }
    vt_pane_record *record = &view->records[view->record_count];
    *record = (vt_pane_record){.pane = pane};
    vt_id_map_put(&view->numbers, pane, view->record_count++);
    return record;
}

static void drop_record(vt_workspace_view *view, vt_pane_record *record)
{
    vt_workspace_sleep(view, record);
    vt_id_map_remove(&view->numbers, record->pane);
    const vt_pane_record *last = &view->records[--view->record_count];
    if (record != last) {
        *record = *last;
        vt_id_map_put(&view->numbers, record->pane, (uint32_t)(record - view->records));
    }
}

/* ---- windows ---- */

static void open_window(vt_workspace_view *view, vt_pane_id id)
{
    vt_panes_window window;
    if (vt_workspace_surface(view, id) || view->surface_count == VT_PANES_WINDOWS_MAX ||
        !vt_panes_find_window(view->panes, id, &window)) {
        return;
    }
    vt_pane_surface *surface =
        vt_pane_surface_create(q_widget_window(view->widget), id, true, &vt_workspace_surface_ops, view);
    QWidget *widget = vt_pane_surface_widget(surface);
    vt_rect area = area_of(view, &window);
    view->surfaces[view->surface_count++] = surface;
    q_widget_set_window_title(widget, "Vitrine");
    q_widget_resize(widget, area.width, area.height);
    if (!vt_rect_is_empty(window.place)) {
        q_widget_move(widget, window.place.x, window.place.y);
    }
    view->ops.window_made(view->ops.user, widget);
    if (window.full) {
        q_widget_set_window_state(widget, Qt_WindowMaximized);
    }
    if (q_widget_is_visible(q_widget_window(view->widget))) { /* else vt_workspace_view_show_windows comes */
        q_widget_show(widget);
    }
}

static void close_window(vt_workspace_view *view, vt_pane_id id)
{
    for (size_t i = 1; i < view->surface_count; i++) {
        vt_pane_surface *surface = view->surfaces[i];
        if (vt_pane_surface_window(surface) == id) {
            view->surfaces[i] = view->surfaces[--view->surface_count];
            if (view->drag.over == surface) {
                view->drag.over = NULL;
            }
            q_widget_hide(vt_pane_surface_widget(surface));
            q_object_delete_later(vt_pane_surface_widget(surface)); /* it may be what is told of right now */
            return;
        }
    }
}

/* ---- bringing the view to the layout ---- */

static void place(vt_workspace_view *view, vt_pane_record *record)
{
    vt_pane_surface *surface = vt_workspace_surface(view, record->window);
    if (!record->frame || !surface) {
        return;
    }
    QWidget *widget = vt_pane_frame_widget(record->frame);
    if (q_widget_parent_widget(widget) != vt_pane_surface_widget(surface)) {
        q_widget_set_parent(widget, vt_pane_surface_widget(surface));
        vt_pane_frame_refresh(record->frame);
    }
    if (!vt_rect_is_empty(record->rect)) {
        q_widget_set_geometry_xywh(widget, record->rect.x, record->rect.y, record->rect.width,
                                   record->rect.height);
    }
    q_widget_set_visible(widget, !vt_rect_is_empty(record->rect));
}

static void apply(vt_workspace_view *view, const vt_scene_edit *edit)
{
    vt_pane_record *record = edit->pane ? vt_workspace_record(view, edit->pane) : NULL;
    switch (edit->kind) {
    case VT_SCENE_OPEN_WINDOW:
        open_window(view, edit->window);
        break;
    case VT_SCENE_CLOSE_WINDOW:
        close_window(view, edit->window);
        break;
    case VT_SCENE_REMOVE:
        if (record) {
            drop_record(view, record);
        }
        break;
    case VT_SCENE_PROVIDER:
        if (record) {
            vt_workspace_renew(view, record);
        }
        break;
    case VT_SCENE_CREATE:
        record = record ? record : add_record(view, edit->pane);
        /* fall through */
    case VT_SCENE_MOVE:
    case VT_SCENE_RESIZE:
        if (record) {
            record->window = edit->window;
            record->rect = edit->rect;
            place(view, record);
        }
        break;
    case VT_SCENE_KINDS:
        break;
    }
}

/* The scene of the layout, and which of its panes can be seen. */
static bool look(vt_workspace_view *view, vt_error *error)
{
    vt_panes_window window;
    vt_scene_begin(view->after);
    vt_live_panes_begin(view->live);
    for (size_t i = 0; vt_panes_window_at(view->panes, i, &window); i++) {
        vt_pane_surface *surface = vt_workspace_surface(view, window.id);
        bool minimised = surface && vt_pane_surface_is_own(surface) &&
                         q_widget_is_minimized(vt_pane_surface_widget(surface));
        vt_rect area = area_of(view, &window);
        const vt_geometry_map *map = vt_geometry_get(view->geometry, view->panes, window.id, area, error);
        if (!map || !vt_scene_add(view->after, view->panes, map, error) ||
            !vt_live_panes_see(view->live, view->panes, map, minimised ? (vt_rect){0, 0, 0, 0} : area,
                               error)) {
            return false;
        }
    }
    vt_scene_end(view->after);
    return true;
}

static void show_marks(vt_workspace_view *view)
{
    for (uint32_t i = 0; i < view->record_count; i++) {
        const vt_pane_record *record = &view->records[i];
        vt_panes_node node;
        vt_panes_window window;
        if (!record->frame || !vt_panes_find(view->panes, record->pane, &node)) {
            continue;
        }
        vt_panes_group group = {.name = ""};
        if (node.group) {
            (void)vt_panes_find_group(view->panes, node.group, &group);
        }
        bool maximised =
            vt_panes_find_window(view->panes, node.window, &window) && window.maximised == record->pane;
        vt_pane_frame_set_marks(record->frame, node.link, group.name ? group.name : "");
        vt_pane_frame_set_maximised(record->frame, maximised);
        vt_pane_frame_set_focused(record->frame, view->focused == record->pane);
    }
}

static void wake_and_sleep(vt_workspace_view *view, vt_error *error)
{
    vt_live_change change;
    if (!vt_live_panes_end(view->live, &change, error)) {
        vt_workspace_say_error(view, error);
        return;
    }
    for (size_t i = 0; i < change.sleep_count; i++) {
        vt_pane_record *record = vt_workspace_record(view, change.sleep[i]);
        if (record) {
            vt_workspace_sleep(view, record);
        }
    }
    for (size_t i = 0; i < change.wake_count; i++) {
        vt_pane_record *record = vt_workspace_record(view, change.wake[i]);
        if (record && !record->frame) {
            vt_workspace_wake(view, record);
            place(view, record);
        }
    }
}

static void log_figures(vt_workspace_view *view, size_t edits)
{
    vt_workspace_figures figures;
    vt_workspace_view_get_figures(view, &figures);
    vt_log_write(&view->context.log, VT_LOG_DEBUG,
                 "panes: panes=%zu visible=%zu live=%zu windows=%zu edits=%zu updates=%llu requests=%llu",
                 figures.live.panes, figures.live.visible, figures.live.live, figures.windows, edits,
                 (unsigned long long)figures.updates, (unsigned long long)figures.requests);
}

void vt_workspace_update(vt_workspace_view *view)
{
    vt_error error = VT_ERROR_INIT;
    if (!view->panes || view->updating || view->stopped || !q_widget_width(view->widget)) {
        return;
    }
    view->updating = true;
    size_t count = 0;
    const vt_scene_edit *edits =
        look(view, &error) ? vt_reconcile(view->before, view->after, &count, &error) : NULL;
    for (size_t i = 0; edits && i < count; i++) {
        apply(view, &edits[i]);
    }
    if (edits) {
        vt_scene *before = view->before;
        view->before = view->after;
        view->after = before;
        wake_and_sleep(view, &error);
        vt_panes_node node;
        if (!vt_panes_find(view->panes, view->focused, &node)) {
            vt_workspace_set_focused(view, vt_panes_next_pane(view->panes, 0), false);
        }
        show_marks(view);
        vt_workspace_note_memory(view);
        log_figures(view, count);
        vt_workspace_check_subject(view);
        view->ops.changed(view->ops.user);
    } else {
        vt_workspace_say_error(view, &error);
    }
    view->updating = false;
}

/* ---- once in 16 ms ---- */

static void on_timer(void *user)
{
    vt_workspace_view *view = user;
    vt_coalesce_work work = vt_coalesce_take(&view->coalesce, vt_clock_now());
    if (work.update) {
        vt_workspace_update(view);
    }
    int64_t wait = vt_coalesce_wait(&view->coalesce, vt_clock_now());
    if (wait >= 0) {
        q_timer_start_interval(view->timer, (int)((wait + VT_NS_PER_MS - 1) / VT_NS_PER_MS));
    }
}

void vt_workspace_request(vt_workspace_view *view)
{
    if (view->stopped) {
        return;
    }
    vt_coalesce_request(&view->coalesce);
    if (!q_timer_is_active(view->timer)) {
        int64_t wait = vt_coalesce_wait(&view->coalesce, vt_clock_now());
        q_timer_start_interval(view->timer, (int)((wait + VT_NS_PER_MS - 1) / VT_NS_PER_MS));
    }
}

void vt_workspace_edited(vt_workspace_view *view)
{
    vt_workspace_request(view);
    view->ops.edited(view->ops.user);
}

/* ---- making it ---- */

static void destroyed(void *user)
{
    vt_workspace_view *view = user;
    vt_panes_free(view->panes);
    vt_geometry_free(view->geometry);
    vt_scene_free(view->before);
    vt_scene_free(view->after);
    vt_live_panes_free(view->live);
    vt_id_map_free(&view->numbers);
    free(view->memory);
    free(view->records);
    free(view->types);
    free(view->bindings);
    free(view);
}

static bool make_parts(vt_workspace_view *view, vt_error *error)
{
    view->geometry = vt_geometry_create(&style, error);
    view->before = view->geometry ? vt_scene_create(error) : NULL;
    view->after = view->before ? vt_scene_create(error) : NULL;
    view->live = view->after ? vt_live_panes_create(VT_LIVE_PANES_SPARE, error) : NULL;
    return view->live && vt_workspace_make_cache(view, error);
}

vt_workspace_view *vt_workspace_view_create(QWidgetRef parent, const vt_pane_context *context,
                                            const vt_workspace_ops *ops, vt_error *error)
{
    vt_workspace_view *view = calloc(1, sizeof *view);
    if (!view) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the workspace");
        return NULL;
    }
    view->context = *context;
    view->ops = *ops;
    if (!make_parts(view, error)) {
        destroyed(view);
        return NULL;
    }
    view->surfaces[0] = vt_pane_surface_create(parent, 0, false, &vt_workspace_surface_ops, view);
    view->surface_count = 1;
    view->widget = vt_pane_surface_widget(view->surfaces[0]);
    view->timer = q_timer_new(view->widget);
    q_timer_set_single_shot(view->timer, true);
    q_timer_set_timer_type(view->timer, Qt_PreciseTimer);
    q_timer_on_timeout_with(view->timer, view->timer, on_timer, view,
                            &(qt_connect_options){.destroy = destroyed});
    vt_workspace_watch_focus(view);
    vt_workspace_offer_memory(view);
    return view;
}

/* All panes are given back, and their windows closed. */
static void clear(vt_workspace_view *view)
{
    while (view->record_count) {
        drop_record(view, &view->records[view->record_count - 1]);
    }
    while (view->surface_count > 1) {
        close_window(view, vt_pane_surface_window(view->surfaces[1]));
    }
    view->drag.pane = 0;
    vt_live_panes_begin(view->live);
    vt_live_change change;
    (void)vt_live_panes_end(view->live, &change, &(vt_error)VT_ERROR_INIT); /* all are forgotten */
    vt_scene_begin(view->before);
    vt_scene_end(view->before);
}

void vt_workspace_view_stop(vt_workspace_view *view)
{
    view->stopped = true;
    qt_disconnect(&view->focus);
    q_timer_stop(view->timer);
    clear(view);
    vt_workspace_withdraw_memory(view);
    vt_provider_cache_free(view->cache);
    view->cache = NULL;
}

QWidget *vt_workspace_view_widget(vt_workspace_view *view)
{
    return view->widget;
}

void vt_workspace_view_set_layout(vt_workspace_view *view, vt_panes *panes)
{
    vt_panes_window main;
    vt_panes *before = view->panes;
    q_widget_set_updates_enabled(view->widget, false);
    view->panes = NULL; /* states of what goes are not for the new one */
    clear(view);
    vt_panes_free(before);
    view->panes = panes;
    (void)vt_panes_window_at(panes, 0, &main);
    vt_pane_surface_set_window(view->surfaces[0], main.id);
    view->focused = vt_panes_next_pane(panes, 0);
    vt_workspace_update(view);
    q_widget_set_updates_enabled(view->widget, true);
}

const vt_panes *vt_workspace_view_layout(vt_workspace_view *view)
{
    if (view->panes) {
        vt_workspace_keep_states(view);
        vt_provider_cache_clean(view->cache, vt_clock_now()); /* this is called now and then */
        for (size_t i = 1; i < view->surface_count; i++) {
            QWidget *widget = vt_pane_surface_widget(view->surfaces[i]);
            const QPoint at = q_widget_pos(widget);
            (void)vt_panes_place_window(
                view->panes, vt_pane_surface_window(view->surfaces[i]),
                (vt_rect){at.xp, at.yp, q_widget_width(widget), q_widget_height(widget)},
                q_widget_is_maximized(widget));
        }
    }
    return view->panes;
}

void vt_workspace_view_set_theme(vt_workspace_view *view)
{
    for (uint32_t i = 0; i < view->record_count; i++) {
        if (view->records[i].frame) {
            vt_pane_frame_set_theme(view->records[i].frame);
        }
    }
    for (size_t i = 0; i < view->kept_count; i++) {
        vt_pane_frame_set_theme(view->kept[i]);
    }
}

void vt_workspace_view_show_windows(vt_workspace_view *view, bool shown)
{
    for (size_t i = 1; i < view->surface_count; i++) {
        q_widget_set_visible(vt_pane_surface_widget(view->surfaces[i]), shown);
    }
    if (shown) {
        vt_workspace_request(view);
    }
}

void vt_workspace_view_get_figures(const vt_workspace_view *view, vt_workspace_figures *figures)
{
    vt_coalesce_stats coalesced;
    vt_provider_stats provided;
    *figures = (vt_workspace_figures){.windows = view->surface_count};
    vt_live_panes_get_stats(view->live, &figures->live);
    vt_coalesce_get_stats(&view->coalesce, &coalesced);
    figures->updates = coalesced.updates;
    figures->requests = coalesced.requests;
    if (view->cache) {
        vt_provider_cache_get_stats(view->cache, &provided);
        figures->created = provided.created;
        figures->reused = provided.reused;
    }
}
