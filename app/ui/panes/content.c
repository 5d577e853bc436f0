/* Stages of a pane's content, and what it tells its pane. */
#include "app/ui/panes/content.h"

void vt_pane_content_init(vt_pane_content *content, const vt_pane_type *type, const vt_pane_context *context,
                          QWidget *widget)
{
    content->type = type;
    content->context = context;
    content->widget = widget;
    content->events = (vt_pane_events){.user = NULL};
    content->stage = VT_PANE_EMPTY;
    content->progress = -1;
}

static void tell_stage(vt_pane_content *content)
{
    if (content->events.stage_changed) {
        content->events.stage_changed(content->events.user, content);
    }
}

static void set_stage(vt_pane_content *content, vt_pane_stage stage, double progress)
{
    content->stage = stage;
    content->progress = progress;
    tell_stage(content);
}

void vt_pane_content_load(vt_pane_content *content, double progress)
{
    set_stage(content, VT_PANE_LOADING, progress);
}

void vt_pane_content_ready(vt_pane_content *content)
{
    set_stage(content, VT_PANE_READY, -1);
}

void vt_pane_content_fail(vt_pane_content *content, const vt_error *error)
{
    content->error = *error;
    set_stage(content, VT_PANE_FAILED, -1);
}

void vt_pane_content_empty(vt_pane_content *content)
{
    set_stage(content, VT_PANE_EMPTY, -1);
}

void vt_pane_content_titled(vt_pane_content *content)
{
    tell_stage(content);
}

void vt_pane_content_selected(vt_pane_content *content, const int64_t *items, size_t count)
{
    if (content->events.selected) {
        content->events.selected(content->events.user, content, items, count);
    }
}

void vt_pane_content_opened(vt_pane_content *content, const char *provider)
{
    if (content->events.opened) {
        content->events.opened(content->events.user, content, provider);
    }
}

void vt_pane_content_subject_changed(vt_pane_content *content)
{
    if (content->events.subject_changed) {
        content->events.subject_changed(content->events.user, content);
    }
}

void vt_pane_content_say(const vt_pane_content *content, const char *text)
{
    const vt_pane_context *context = content->context;
    if (context->say) {
        context->say(context->user, text);
    } else {
        vt_log_write(&context->log, VT_LOG_INFO, "message: %s", text);
    }
}

/* ---- what commands act on ---- */

vt_subject vt_pane_content_subject(const vt_pane_content *content)
{
    return content->stage == VT_PANE_READY && content->type->subject ? content->type->subject(content)
                                                                     : (vt_subject){.library = NULL};
}

vt_chosen *vt_pane_content_chosen(const vt_pane_content *content)
{
    vt_subject subject = vt_pane_content_subject(content);
    if (subject.count == 0) {
        return NULL;
    }
    return subject.library         ? vt_chosen_take(subject.library, subject.current_only)
           : content->type->chosen ? content->type->chosen(content)
                                   : NULL;
}
