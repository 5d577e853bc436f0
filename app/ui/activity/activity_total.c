#include "app/ui/activity/activity_total.h"

#include "app/ui/parts/line_label.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "core/base/str.h"

#include <qt6c/qhboxlayout.h>
#include <qt6c/qlabel.h>
#include <qt6c/qpushbutton.h>

struct vt_activity_total {
    QWidget widget; /* first */
    QLabel *text;
    void (*cancel_all)(void *user);
    void (*show_details)(void *user);
    void *user;
};

/* `one` and `many`: marked for the translators. */
static void add_waiting(vt_str *text, int64_t count, const char *one, const char *many)
{
    if (count > 0) {
        vt_str_append_cstr(text, "  \u00b7  ");
        vt_tr_append_count(text, "activity", one, many, count);
    }
}

static const char *const memory_levels[] = {
    [VT_MEMORY_NORMAL] = VT_TR_NOOP("activity", "memory normal"),
    [VT_MEMORY_ELEVATED] = VT_TR_NOOP("activity", "memory elevated"),
    [VT_MEMORY_HIGH] = VT_TR_NOOP("activity", "memory high"),
    [VT_MEMORY_CRITICAL] = VT_TR_NOOP("activity", "memory critical"),
};

static void add_decoding(vt_str *text, const vt_engine_figures *figures)
{
    char most[32];
    vt_str form = VT_STR_INIT;
    vt_tr_append_count(&form, "activity", "reading %n file, at most %1 at once",
                       "reading %n files, at most %1 at once", figures->decoding);
    vt_tr_fill(text, form.length ? form.data : "", vt_wording_count(most, sizeof most, figures->jobs));
    vt_str_free(&form);
}

void vt_activity_total_show(vt_activity_total *total, int imports, int hidden,
                            const vt_engine_figures *figures)
{
    bool several = imports > 1 || hidden > 0;
    q_widget_set_visible(&total->widget, several);
    if (!several) {
        return;
    }
    vt_str text = VT_STR_INIT;
    if (hidden > 0) {
        vt_tr_append_count(&text, "activity", "%n more than are shown here", "%n more than are shown here",
                           hidden);
        vt_str_append_cstr(&text, "  \u00b7  ");
    }
    vt_tr_append_count(&text, "activity", "%n import at work", "%n imports at work", imports);
    vt_str_append_cstr(&text, "  \u00b7  ");
    add_decoding(&text, figures);
    add_waiting(&text, figures->waiting[VT_PRIORITY_NORMAL] + figures->waiting[VT_PRIORITY_LOW],
                VT_TR_NOOP_COUNT("activity", "%n file is next", "%n files are next"));
    add_waiting(&text, figures->waiting[VT_PRIORITY_CRITICAL],
                VT_TR_NOOP_COUNT("activity", "%n visible picture waits", "%n visible pictures wait"));
    add_waiting(&text, figures->waiting[VT_PRIORITY_HIGH],
                VT_TR_NOOP_COUNT("activity", "%n nearby picture waits", "%n nearby pictures wait"));
    if (figures->memory.level > VT_MEMORY_NORMAL) {
        vt_str_appendf(&text, "  \u00b7  %s", vt_tr("activity", memory_levels[figures->memory.level]));
    }
    q_label_set_text(total->text, text.data);
    vt_str_free(&text);
}

static void on_cancel(void *user, bool checked)
{
    (void)checked;
    vt_activity_total *total = user;
    total->cancel_all(total->user);
}

static void on_details(void *user, bool checked)
{
    (void)checked;
    vt_activity_total *total = user;
    total->show_details(total->user);
}

static qt_subclass total_class = {.base = &qt_class_QWidget, .instance_size = sizeof(vt_activity_total)};

vt_activity_total *vt_activity_total_create(QWidgetRef parent, void (*cancel_all)(void *user),
                                            void (*show_details)(void *user), void *user)
{
    vt_activity_total *total = qt_subclass_allocate(&total_class);
    q_widget_init(&total->widget, parent);
    qt_subclass_install(&total_class, total);
    total->cancel_all = cancel_all;
    total->show_details = show_details;
    total->user = user;
    total->text = vt_line_label_create(&total->widget);
    QPushButton *details = q_pushbutton_new(vt_tr("activity", "Details"), &total->widget);
    q_widget_set_accessible_name(details, vt_tr("activity", "All imports"));
    QPushButton *cancel = q_pushbutton_new(vt_tr("activity", "Cancel all"), &total->widget);
    QHBoxLayout *layout = q_hboxlayout_new_widget(&total->widget);
    q_layout_set_contents_margins(layout, 12, 1, 12, 1);
    q_boxlayout_add_widget_full(layout, total->text, 1, 0);
    q_boxlayout_add_widget(layout, details);
    q_boxlayout_add_widget(layout, cancel);
    q_abstractbutton_on_clicked(details, &total->widget, on_details, total);
    q_abstractbutton_on_clicked(cancel, &total->widget, on_cancel, total);
    q_widget_hide(&total->widget);
    return total;
}

QWidget *vt_activity_total_widget(vt_activity_total *total)
{
    return &total->widget;
}
