#include "app/ui/activity/activity_total.h"

#include "app/ui/parts/sizing.h"
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

static void add_waiting(vt_str *text, int64_t count, const char *what)
{
    char words[32];
    if (count > 0) {
        vt_str_appendf(text, "  \u00b7  %s %s", vt_wording_count(words, sizeof words, count), what);
    }
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
        vt_str_appendf(&text, "%d more than are shown here  \u00b7  ", hidden);
    }
    vt_str_appendf(&text, "%d %s at work  \u00b7  reading %d files, at most %d at once", imports,
                   imports == 1 ? "import" : "imports", figures->decoding, figures->jobs);
    add_waiting(&text, figures->waiting[VT_PRIORITY_NORMAL] + figures->waiting[VT_PRIORITY_LOW],
                "files are next");
    add_waiting(&text, figures->waiting[VT_PRIORITY_CRITICAL], "visible pictures wait");
    add_waiting(&text, figures->waiting[VT_PRIORITY_HIGH], "nearby pictures wait");
    if (figures->memory.level > VT_MEMORY_NORMAL) {
        vt_str_appendf(&text, "  \u00b7  memory %s", vt_memory_level_name(figures->memory.level));
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
    total->text = q_label_new_empty(&total->widget);
    q_label_set_text_format(total->text, Qt_PlainText);
    vt_set_size_policy(total->text, QSizePolicy_Ignored, QSizePolicy_Preferred);
    QPushButton *details = q_pushbutton_new("Details", &total->widget);
    q_widget_set_accessible_name(details, "All imports");
    QPushButton *cancel = q_pushbutton_new("Cancel all", &total->widget);
    QHBoxLayout *layout = q_hboxlayout_new_widget(&total->widget);
    q_layout_set_contents_margins(layout, 12, 4, 12, 4);
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
