#include "app/ui/panes/pane_frame.h"

#include "app/ui/panes/pane_frame_private.h"
#include "app/ui/parts/translate.h"

#include <stdio.h>
#include <string.h>

enum { DELAY_MS = 150 };

static void finish(void *self)
{
    vt_pane_frame *frame = self;
    qt_string_release(&frame->title);
    qt_string_release(&frame->group);
    vt_str_free(&frame->name);
}

static qt_subclass frame_class = {.base = &qt_class_QWidget,
                                  .virtuals = &vt_pane_frame_virtuals,
                                  .instance_size = sizeof(vt_pane_frame),
                                  .finish = finish};

/* ---- what is below the header ---- */

static void set_body(vt_pane_frame *frame, QWidget *body)
{
    if (frame->body == body) {
        return;
    }
    QWidget *before = frame->body;
    QWidget *keyboard = q_widget_focus_widget(q_widget_window(&frame->widget));
    bool had_it = keyboard && (keyboard == &frame->widget ||
                               (before && (keyboard == before || q_widget_is_ancestor_of(before, keyboard))));
    frame->body = body;
    if (body) {
        vt_pane_frame_arrange(frame);
        q_widget_show(body);
        q_widget_lower(body); /* what shows where a pane would go is above it */
    }
    if (had_it) { /* with nothing below it the frame keeps it: Qt would give it to another pane */
        vt_pane_frame_take_keyboard(frame);
    }
    if (before) {
        q_widget_hide(before);
    }
}

static void on_cancel(void *user)
{
    const vt_pane_frame *frame = user;
    frame->ops->cancel(frame->user, frame->pane);
}

static void on_retry(void *user)
{
    const vt_pane_frame *frame = user;
    frame->ops->retry(frame->user, frame->pane);
}

static void on_change(void *user)
{
    const vt_pane_frame *frame = user;
    frame->ops->change(frame->user, frame->pane);
}

static void on_chosen(void *user, const char *provider)
{
    const vt_pane_frame *frame = user;
    frame->ops->chosen(frame->user, frame->pane, provider);
}

static vt_pane_notice *notice_of(vt_pane_frame *frame)
{
    if (!frame->notice) {
        frame->notice = vt_pane_notice_create(&frame->widget,
                                              &(vt_pane_notice_ops){on_cancel, on_retry, on_change, frame});
    }
    return frame->notice;
}

/* ---- the title ---- */

static void set_title(vt_pane_frame *frame, vt_icon icon, const char *type, const char *name)
{
    vt_str text = VT_STR_INIT;
    vt_str_append_cstr(&text, type);
    if (*name) {
        vt_str_append_cstr(&text, *type ? " \u00b7 " : "");
        vt_str_append_cstr(&text, name);
    }
    qt_string_release(&frame->title);
    frame->title = qt_string_from_utf8(text.data);
    frame->icon = icon;
    q_widget_set_accessible_description(&frame->widget, text.data);
    if (q_widget_is_window(q_widget_parent_widget(&frame->widget))) {
        q_widget_set_window_title(q_widget_parent_widget(&frame->widget), text.data);
    }
    q_widget_update(&frame->widget);
    vt_str_free(&text);
}

static void describe(vt_pane_frame *frame)
{
    const vt_pane_content *content = frame->content;
    vt_str_clear(&frame->name);
    if (content->type->describe) {
        content->type->describe(content, &frame->name);
    }
    set_title(frame, content->type->icon, vt_tr("panes", content->type->title), frame->name.data);
}

/* ---- what it shows ---- */

static void on_delay(void *user)
{
    vt_pane_frame *frame = user;
    frame->delayed = true;
    vt_pane_frame_refresh(frame);
}

void vt_pane_frame_refresh(vt_pane_frame *frame)
{
    vt_pane_content *content = frame->content;
    if (!content) {
        return;
    }
    describe(frame);
    if (content->stage == VT_PANE_LOADING && !frame->delayed) {
        if (!q_timer_is_active(frame->delay)) {
            q_timer_start_interval(frame->delay, DELAY_MS);
        }
        return; /* what is there stays meanwhile */
    }
    q_timer_stop(frame->delay);
    if (content->stage == VT_PANE_LOADING) {
        vt_pane_notice_load(notice_of(frame), content->progress, content->type->cancel != NULL);
        set_body(frame, vt_pane_notice_widget(frame->notice));
        return;
    }
    frame->delayed = false;
    if (content->stage == VT_PANE_FAILED) {
        vt_pane_notice_fail(notice_of(frame), content->error.message, true);
        set_body(frame, vt_pane_notice_widget(frame->notice));
    } else {
        set_body(frame, content->widget);
    }
}

static void forget_content(vt_pane_frame *frame)
{
    q_timer_stop(frame->delay);
    frame->delayed = false;
    if (frame->content) {
        if (frame->body == frame->content->widget) {
            frame->body = NULL;
        }
        q_widget_hide(frame->content->widget);
        q_widget_set_parent(frame->content->widget, NULL); /* it is not deleted along with this */
        frame->content = NULL;
    }
}

void vt_pane_frame_show_content(vt_pane_frame *frame, vt_pane_content *content)
{
    forget_content(frame);
    frame->content = content;
    q_widget_set_parent(content->widget, &frame->widget);
    q_widget_hide(
        content->widget); /* or it came up with the frame, unplaced, should the content have failed */
    if (content->stage == VT_PANE_LOADING) {
        set_body(frame, NULL);
    }
    vt_pane_frame_refresh(frame);
}

void vt_pane_frame_show_error(vt_pane_frame *frame, const char *title, const vt_error *error)
{
    forget_content(frame);
    vt_str name = VT_STR_INIT;
    vt_str_append_display(&name, title, strlen(title));
    set_title(frame, VT_ICON_WARNING, "", name.data);
    vt_str_free(&name);
    vt_pane_notice_fail(notice_of(frame), error->message, error->code != VT_ERROR_NOT_FOUND);
    set_body(frame, vt_pane_notice_widget(frame->notice));
}

void vt_pane_frame_show_choice(vt_pane_frame *frame)
{
    forget_content(frame);
    set_title(frame, VT_ICON_SEARCH, vt_tr("panes", "New pane"), "");
    if (!frame->chooser) {
        frame->chooser = vt_pane_chooser_create(&frame->widget, on_chosen, frame);
    }
    set_body(frame, vt_pane_chooser_widget(frame->chooser));
}

/* ---- the frame ---- */

vt_pane_frame *vt_pane_frame_create(QWidgetRef parent, const vt_pane_frame_ops *ops, void *user)
{
    vt_pane_frame *frame = qt_subclass_allocate(&frame_class);
    q_widget_init(&frame->widget, parent);
    qt_subclass_install(&frame_class, frame);
    q_widget_hide(&frame->widget);
    frame->ops = ops;
    frame->user = user;
    frame->name = (vt_str)VT_STR_INIT;
    frame->title = qt_string_from_utf8("");
    frame->group = qt_string_from_utf8("");
    frame->delay = q_timer_new(&frame->widget);
    q_timer_set_single_shot(frame->delay, true);
    q_timer_on_timeout(frame->delay, frame->delay, on_delay, frame);
    q_widget_set_focus_policy(&frame->widget, Qt_ClickFocus);
    vt_pane_frame_make_buttons(frame);
    return frame;
}

QWidget *vt_pane_frame_widget(vt_pane_frame *frame)
{
    return &frame->widget;
}

vt_pane_frame *vt_pane_frame_around(QWidget *widget)
{
    while (widget && !qt_subclass_is(&frame_class, widget)) {
        widget = q_widget_parent_widget(widget);
    }
    return (vt_pane_frame *)widget;
}

uint32_t vt_pane_frame_pane(const vt_pane_frame *frame)
{
    return frame->pane;
}

void *vt_pane_frame_user(const vt_pane_frame *frame)
{
    return frame->user;
}

void vt_pane_frame_set_pane(vt_pane_frame *frame, uint32_t pane)
{
    vt_str name = VT_STR_INIT;
    char number[16];
    frame->pane = pane;
    if (!pane) {
        forget_content(frame);
        set_body(frame, NULL);
        vt_pane_frame_set_marks(frame, 0, "");
        vt_pane_frame_set_focused(frame, false);
        return;
    }
    (void)snprintf(number, sizeof number, "%u", pane);
    vt_tr_append_with(&name, "panes", "Pane %1", number);
    q_widget_set_accessible_name(&frame->widget, name.data);
    vt_str_free(&name);
    vt_pane_frame_name_buttons(frame);
}

void vt_pane_frame_set_focused(vt_pane_frame *frame, bool focused)
{
    if (frame->focused != focused) {
        frame->focused = focused;
        q_widget_update(&frame->widget);
    }
}

void vt_pane_frame_set_maximised(vt_pane_frame *frame, bool maximised)
{
    if (frame->maximised != maximised) {
        frame->maximised = maximised;
        vt_pane_frame_set_theme(frame);
        vt_pane_frame_name_buttons(frame);
    }
}

void vt_pane_frame_set_marks(vt_pane_frame *frame, unsigned link, const char *group)
{
    frame->link = link;
    qt_string_release(&frame->group);
    frame->group = qt_string_from_utf8(group);
    q_widget_update(&frame->widget);
}

/* The first one in it that takes the keyboard. */
static QWidget *taker(QWidget *widget)
{
    if (q_widget_focus_proxy(widget) || q_widget_focus_policy(widget) != Qt_NoFocus) {
        return widget;
    }
    const QList *children = q_object_children(widget);
    for (ptrdiff_t i = 0; i < children->size; i++) {
        QObject *child = ((QObject **)children->ptr)[i];
        QWidget *found = q_object_is_widget_type(child) && !q_widget_is_hidden((QWidget *)child)
                             ? taker((QWidget *)child)
                             : NULL;
        if (found) {
            return found;
        }
    }
    return NULL;
}

void vt_pane_frame_take_keyboard(vt_pane_frame *frame)
{
    QWidget *to = frame->body ? taker(frame->body) : NULL;
    q_widget_set_focus(to ? to : &frame->widget);
}
