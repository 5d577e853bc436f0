#include "app/ui/activity/unfinished_bar.h"

#include "app/ui/parts/icons.h"
#include "app/ui/parts/line_label.h"
#include "app/ui/parts/translate.h"
#include "core/base/str.h"

#include <qt6c/qhboxlayout.h>
#include <qt6c/qlabel.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qtoolbutton.h>

#include <string.h>

struct vt_unfinished_bar {
    QWidget widget; /* first */
    vt_activity *activity;
    vt_engine *engine;
    void (*say)(void *user, const char *text);
    void *user;
    vt_log log;
    QLabel *text;
    bool closed, updating;
};

void vt_unfinished_bar_update(vt_unfinished_bar *bar)
{
    const vt_unfinished_list *list = vt_engine_unfinished(bar->engine);
    if (bar->updating) {
        return; /* in the middle of Resume, which looks again at its end */
    }
    q_widget_set_visible(&bar->widget, list->count > 0 && !bar->closed);
    if (list->count == 0) {
        return;
    }
    vt_str text = VT_STR_INIT;
    const vt_unfinished *first = &list->imports[0];
    vt_str subject = VT_STR_INIT;
    vt_str_append_display(&subject, first->paths[0], strlen(first->paths[0]));
    if (first->count > 1) {
        vt_tr_append_count(&subject, "activity", " and %n more", " and %n more", (int64_t)first->count - 1);
    }
    vt_tr_append_with(&text, "activity", "An import of %1 was interrupted",
                      subject.length ? subject.data : "");
    if (list->count > 1) {
        vt_tr_append_count(&text, "activity", ", and %n other", ", and %n others", (int64_t)list->count - 1);
    }
    vt_str_append_cstr(&text, vt_tr("activity", ". What it had imported is kept."));
    vt_str_free(&subject);
    q_label_set_text(bar->text, text.data);
    vt_log_write(&bar->log, VT_LOG_INFO, "unfinished: %s", text.data);
    vt_str_free(&text);
}

/* One that cannot be gone on with now is said, and stays; so do those beyond what may run at once. */
static void on_resume(void *user, bool checked)
{
    (void)checked;
    vt_unfinished_bar *bar = user;
    const vt_unfinished_list *list = vt_engine_unfinished(bar->engine);
    size_t at = 0;
    bar->updating = true;
    while (at < list->count) {
        vt_error error = VT_ERROR_INIT;
        size_t before = list->count;
        if (!vt_activity_resume(bar->activity, &list->imports[at], &error)) {
            bar->say(bar->user, error.message);
        }
        at += list->count == before;
    }
    bar->updating = false;
    vt_unfinished_bar_update(bar);
}

static void on_discard(void *user, bool checked)
{
    (void)checked;
    vt_unfinished_bar *bar = user;
    const vt_unfinished_list *list = vt_engine_unfinished(bar->engine);
    for (size_t before = list->count + 1; list->count > 0 && list->count < before;) {
        before = list->count;
        vt_engine_discard(bar->engine, list->imports[0].id);
    }
    vt_unfinished_bar_update(bar);
}

static void on_close(void *user, bool checked)
{
    (void)checked;
    vt_unfinished_bar *bar = user;
    bar->closed = true;
    q_widget_hide(&bar->widget);
}

static qt_subclass bar_class = {.base = &qt_class_QWidget, .instance_size = sizeof(vt_unfinished_bar)};

static QToolButton *make_close(vt_unfinished_bar *bar)
{
    QToolButton *close = q_toolbutton_new(&bar->widget);
    QIcon icon = vt_icon_make(VT_ICON_CLOSE);
    q_abstractbutton_set_icon(close, &icon);
    q_icon_fini(&icon);
    q_toolbutton_set_auto_raise(close, true);
    q_widget_set_tool_tip(close, vt_tr("activity", "Decide later"));
    q_widget_set_accessible_name(close, vt_tr("activity", "Decide later"));
    return close;
}

vt_unfinished_bar *vt_unfinished_bar_create(QWidgetRef parent, vt_activity *activity, vt_engine *engine,
                                            void (*say)(void *user, const char *text), void *user, vt_log log)
{
    vt_unfinished_bar *bar = qt_subclass_allocate(&bar_class);
    q_widget_init(&bar->widget, parent);
    qt_subclass_install(&bar_class, bar);
    bar->activity = activity;
    bar->engine = engine;
    bar->say = say;
    bar->user = user;
    bar->log = log;
    bar->text = vt_line_label_create(&bar->widget);
    QPushButton *resume = q_pushbutton_new(vt_tr("activity", "Resume"), &bar->widget);
    QPushButton *discard = q_pushbutton_new(vt_tr("activity", "Discard"), &bar->widget);
    QToolButton *close = make_close(bar);
    q_widget_set_tool_tip(discard,
                          vt_tr("activity", "Forget the interrupted import; what it had imported stays"));
    QHBoxLayout *layout = q_hboxlayout_new_widget(&bar->widget);
    q_layout_set_contents_margins(layout, 12, 1, 12, 1);
    q_boxlayout_add_widget_full(layout, bar->text, 1, 0);
    q_boxlayout_add_widget(layout, resume);
    q_boxlayout_add_widget(layout, discard);
    q_boxlayout_add_widget(layout, close);
    q_abstractbutton_on_clicked(resume, &bar->widget, on_resume, bar);
    q_abstractbutton_on_clicked(discard, &bar->widget, on_discard, bar);
    q_abstractbutton_on_clicked(close, &bar->widget, on_close, bar);
    vt_unfinished_bar_update(bar);
    return bar;
}

QWidget *vt_unfinished_bar_widget(vt_unfinished_bar *bar)
{
    return &bar->widget;
}
