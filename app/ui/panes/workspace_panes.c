/* What panes show: frames and contents, taken from the provider cache and given back to it. */
#include "app/ui/panes/workspace_private.h"

#include "app/ui/panes/types.h"
#include "app/ui/parts/translate.h"
#include "core/base/clock.h"

#include <stdlib.h>
#include <string.h>

/* ---- types of the cache: contents as its objects ---- */

static void *make_content(void *user, vt_error *error)
{
    const vt_workspace_binding *binding = user;
    return binding->type->create(binding->context, error);
}

static const char *argument_of(const char *provider)
{
    const char *colon = strchr(provider, ':');
    return colon ? colon + 1 : "";
}

static bool show_content(void *user, void *object, const void *data, vt_error *error)
{
    (void)error;
    ((const vt_workspace_binding *)user)->type->show(object, argument_of(data));
    return true;
}

static void clear_content(void *user, void *object)
{
    ((const vt_workspace_binding *)user)->type->clear(object);
}

static void destroy_content(void *user, void *object)
{
    ((const vt_workspace_binding *)user)->type->destroy(object);
}

static const vt_object_ops content_ops = {.name = "content of a pane",
                                          .create = make_content,
                                          .configure = show_content,
                                          .reset = clear_content,
                                          .destroy = destroy_content};

static void *save_content(void *user, const void *object, size_t *length)
{
    const vt_workspace_binding *binding = user;
    *length = 0;
    return binding->type->save ? binding->type->save(object, length) : NULL;
}

static void restore_content(void *user, void *object, const void *bytes, size_t length)
{
    const vt_workspace_binding *binding = user;
    if (binding->type->restore) {
        binding->type->restore(object, bytes, length);
    }
}

static size_t bytes_of_content(void *user, const void *object)
{
    const vt_workspace_binding *binding = user;
    return binding->type->bytes ? binding->type->bytes(object) : 0;
}

/* One that has failed is tried anew. */
static bool is_content_valid(void *user, const void *object, const char *provider)
{
    const vt_workspace_binding *binding = user;
    const vt_pane_content *content = object;
    return content->stage != VT_PANE_FAILED &&
           (!binding->type->is_valid || binding->type->is_valid(content, argument_of(provider)));
}

bool vt_workspace_make_cache(vt_workspace_view *view, vt_error *error)
{
    size_t count = 0;
    while (vt_pane_types[count]) {
        count++;
    }
    view->types = calloc(count + 1, sizeof *view->types);
    view->bindings = calloc(count + 1, sizeof *view->bindings);
    if (!view->types || !view->bindings) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the workspace");
    }
    for (size_t i = 0; i < count; i++) {
        view->bindings[i] = (vt_workspace_binding){vt_pane_types[i], &view->context};
        view->types[i] = (vt_provider_type){.name = vt_pane_types[i]->name,
                                            .objects = &content_ops,
                                            .idle = vt_pane_types[i]->idle,
                                            .save = save_content,
                                            .restore = restore_content,
                                            .bytes = bytes_of_content,
                                            .valid = is_content_valid,
                                            .user = &view->bindings[i]};
    }
    vt_provider_limits limits = vt_provider_limits_usual;
    limits.in_use = VT_PANES_MAX; /* as many as there may be panes */
    view->cache = vt_provider_cache_create(view->types, count, &limits, error);
    return view->cache != NULL;
}

vt_pane_content *vt_workspace_content(const vt_pane_record *record)
{
    return record->provided ? vt_provided_object(record->provided) : NULL;
}

/* ---- content ---- */

/* What is known here of the provider may be of another pane or workspace: the layout's word holds. */
static void bring_back(vt_pane_record *record, const vt_panes_node *node)
{
    vt_pane_content *content = vt_workspace_content(record);
    vt_provider_source source = vt_provided_source(record->provided);
    if (node->state_length && source != VT_PROVIDER_GIVEN && content->type->restore) {
        content->type->restore(content, node->state, node->state_length);
    }
}

/* The words of a provider nobody has: it may come from a newer Vitrine, so the pane keeps it. */
static void word_unknown(const char *provider, vt_error *error)
{
    vt_str text = VT_STR_INIT;
    vt_str shown = VT_STR_INIT;
    vt_str_append_display(&shown, provider, vt_utf8_cut(provider, 100));
    vt_tr_append_with(&text, "panes",
                      "Nothing here shows \u201c%1\u201d. A newer Vitrine may; the pane keeps it.",
                      shown.data);
    vt_error_set(error, VT_ERROR_NOT_FOUND, "%s", text.data);
    vt_str_free(&shown);
    vt_str_free(&text);
}

static void take_content(vt_workspace_view *view, vt_pane_record *record)
{
    vt_panes_node node;
    vt_error error = VT_ERROR_INIT;
    if (!vt_panes_find(view->panes, record->pane, &node)) {
        return;
    }
    if (strncmp(node.provider, VT_PANE_CHOOSE, strlen(VT_PANE_CHOOSE)) == 0) {
        vt_pane_frame_show_choice(record->frame);
        return;
    }
    record->provided = vt_provider_cache_acquire(view->cache, node.provider, node.state, node.state_length,
                                                 vt_clock_now(), &error);
    if (!record->provided) {
        if (error.code == VT_ERROR_NOT_FOUND) {
            word_unknown(node.provider, &error);
        }
        vt_log_write(&view->context.log, VT_LOG_DEBUG, "pane: id=%u failed: %s", record->pane, error.message);
        vt_pane_frame_show_error(record->frame, node.provider, &error);
        return;
    }
    vt_pane_content *content = vt_workspace_content(record);
    bring_back(record, &node);
    content->events = vt_workspace_content_events;
    content->events.user = record->frame;
    vt_pane_frame_show_content(record->frame, content);
    vt_log_write(&view->context.log, VT_LOG_DEBUG, "pane: id=%u shows %.200s source=%d", record->pane,
                 node.provider, vt_provided_source(record->provided));
}

static void keep_state(vt_workspace_view *view, vt_pane_record *record)
{
    size_t length = 0;
    if (!record->provided || !view->panes) {
        return;
    }
    void *bytes = vt_provided_save(record->provided, &length);
    vt_error error = VT_ERROR_INIT;
    if (length <= VT_PANES_STATE_MAX) { /* a longer one is lost, and nothing else */
        (void)vt_panes_set_state(view->panes, record->pane, bytes, bytes ? length : 0, &error);
    }
    free(bytes);
}

static void give_content_back(vt_workspace_view *view, vt_pane_record *record)
{
    vt_pane_content *content = vt_workspace_content(record);
    if (content) {
        content->events = (vt_pane_events){.user = NULL};
        vt_pane_frame_set_pane(record->frame, 0);
        vt_provided *provided = record->provided;
        record->provided = NULL;
        vt_provider_cache_release(view->cache, provided, vt_clock_now());
    }
}

/* ---- panes ---- */

void vt_workspace_wake(vt_workspace_view *view, vt_pane_record *record)
{
    vt_pane_surface *surface = vt_workspace_surface(view, record->window);
    if (!surface) {
        return;
    }
    if (view->kept_count) {
        record->frame = view->kept[--view->kept_count];
        q_widget_set_parent(vt_pane_frame_widget(record->frame), vt_pane_surface_widget(surface));
    } else {
        record->frame = vt_pane_frame_create(vt_pane_surface_widget(surface), &vt_workspace_frame_ops, view);
    }
    vt_pane_frame_set_pane(record->frame, record->pane);
    take_content(view, record);
}

void vt_workspace_sleep(vt_workspace_view *view, vt_pane_record *record)
{
    if (!record->frame) {
        return;
    }
    keep_state(view, record);
    give_content_back(view, record);
    vt_pane_frame *frame = record->frame;
    QWidget *widget = vt_pane_frame_widget(frame);
    record->frame = NULL;
    vt_pane_frame_set_pane(frame, 0);
    q_widget_hide(widget);
    if (view->kept_count < VT_PANE_FRAMES_KEPT && !view->stopped) {
        q_widget_set_parent(widget, view->widget); /* its own window may go */
        view->kept[view->kept_count++] = frame;
    } else {
        q_object_delete_later(widget); /* it may be what closes it right now */
    }
}

void vt_workspace_renew(vt_workspace_view *view, vt_pane_record *record)
{
    if (record->frame) {
        give_content_back(view, record);
        vt_pane_frame_set_pane(record->frame, record->pane);
        take_content(view, record);
        if (view->focused == record->pane) {
            vt_pane_frame_take_keyboard(record->frame);
        }
    }
}

void vt_workspace_keep_states(vt_workspace_view *view)
{
    for (uint32_t i = 0; i < view->record_count; i++) {
        keep_state(view, &view->records[i]);
    }
}

void vt_workspace_view_rows_changed(vt_workspace_view *view)
{
    for (uint32_t i = 0; i < view->record_count; i++) {
        vt_pane_record *record = &view->records[i];
        vt_pane_content *content = vt_workspace_content(record);
        if (content && content->type->rows_changed) {
            content->type->rows_changed(content);
        }
    }
}
