#include "app/ui/files/file_bar.h"

#include "app/ui/parts/icons.h"
#include "app/ui/parts/line_label.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qhboxlayout.h>
#include <qt6c/qlabel.h>
#include <qt6c/qprogressbar.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qtoolbutton.h>

enum { BAR_WIDTH = 160, BAR_STEPS = 1000 };

struct vt_file_bar {
    QWidget widget; /* first */
    const vt_file_bar_ops *ops;
    void *user;
    QLabel *text;
    QProgressBar *bar;
    QPushButton *cancel, *undo, *failures;
    QToolButton *close;
};

void vt_file_bar_show_progress(vt_file_bar *bar, const char *text, int64_t done, int64_t total)
{
    q_label_set_text(bar->text, text);
    q_progressbar_set_range(bar->bar, 0, total > 0 ? BAR_STEPS : 0);
    q_progressbar_set_value(bar->bar, total > 0 ? (int)(done * BAR_STEPS / total) : 0);
    q_widget_show(bar->bar);
    q_widget_show(bar->cancel);
    q_widget_set_enabled(bar->cancel, true);
    q_widget_hide(bar->undo);
    q_widget_hide(bar->failures);
    q_widget_hide(bar->close);
    q_widget_show(&bar->widget);
}

void vt_file_bar_show_end(vt_file_bar *bar, const char *text, bool can_undo, bool failures)
{
    q_label_set_text(bar->text, text);
    q_widget_hide(bar->bar);
    q_widget_hide(bar->cancel);
    q_widget_set_visible(bar->undo, can_undo);
    q_widget_set_visible(bar->failures, failures);
    q_widget_show(bar->close);
    q_widget_show(&bar->widget);
}

static void on_cancel(void *user, bool checked)
{
    (void)checked;
    vt_file_bar *bar = user;
    q_widget_set_enabled(bar->cancel, false);
    bar->ops->cancel(bar->user);
}

static void on_undo(void *user, bool checked)
{
    (void)checked;
    const vt_file_bar *bar = user;
    bar->ops->undo(bar->user);
}

static void on_failures(void *user, bool checked)
{
    (void)checked;
    const vt_file_bar *bar = user;
    bar->ops->show_failures(bar->user);
}

static void on_close(void *user, bool checked)
{
    (void)checked;
    q_widget_hide(&((vt_file_bar *)user)->widget);
}

static qt_subclass bar_class = {.base = &qt_class_QWidget, .instance_size = sizeof(vt_file_bar)};

static void add_close(vt_file_bar *bar)
{
    bar->close = q_toolbutton_new(&bar->widget);
    QIcon icon = vt_icon_make(VT_ICON_CLOSE);
    q_abstractbutton_set_icon(bar->close, &icon);
    q_icon_fini(&icon);
    q_toolbutton_set_auto_raise(bar->close, true);
    q_widget_set_tool_tip(bar->close, vt_tr("files", "Close this message"));
    q_widget_set_accessible_name(bar->close, vt_tr("files", "Close this message about files"));
}

vt_file_bar *vt_file_bar_create(QWidgetRef parent, const vt_file_bar_ops *ops, void *user)
{
    vt_file_bar *bar = qt_subclass_allocate(&bar_class);
    q_widget_init(&bar->widget, parent);
    qt_subclass_install(&bar_class, bar);
    bar->ops = ops;
    bar->user = user;
    bar->text = vt_line_label_create(&bar->widget);
    bar->bar = q_progressbar_new(&bar->widget);
    q_progressbar_set_text_visible(bar->bar, false);
    q_widget_set_fixed_width(bar->bar, BAR_WIDTH);
    bar->cancel = q_pushbutton_new(vt_tr("files", "Stop"), &bar->widget);
    bar->undo = q_pushbutton_new(vt_tr("files", "Undo"), &bar->widget);
    bar->failures = q_pushbutton_new(vt_tr("files", "Show what failed\u2026"), &bar->widget);
    add_close(bar);
    QHBoxLayout *layout = q_hboxlayout_new_widget(&bar->widget);
    q_layout_set_contents_margins(layout, 12, 1, 12, 1);
    q_boxlayout_add_widget_full(layout, bar->text, 1, 0);
    q_boxlayout_add_widget(layout, bar->bar);
    q_boxlayout_add_widget(layout, bar->cancel);
    q_boxlayout_add_widget(layout, bar->undo);
    q_boxlayout_add_widget(layout, bar->failures);
    q_boxlayout_add_widget(layout, bar->close);
    q_abstractbutton_on_clicked(bar->cancel, &bar->widget, on_cancel, bar);
    q_abstractbutton_on_clicked(bar->undo, &bar->widget, on_undo, bar);
    q_abstractbutton_on_clicked(bar->failures, &bar->widget, on_failures, bar);
    q_abstractbutton_on_clicked(bar->close, &bar->widget, on_close, bar);
    q_widget_hide(&bar->widget);
    return bar;
}

QWidget *vt_file_bar_widget(vt_file_bar *bar)
{
    return &bar->widget;
}
