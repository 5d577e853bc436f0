#include "app/ui/panes/pane_notice.h"

#include "app/ui/parts/icons.h"
#include "app/ui/parts/line_label.h"
#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qhboxlayout.h>
#include <qt6c/qlabel.h>
#include <qt6c/qprogressbar.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qvboxlayout.h>

#include <string.h>

enum {
    ICON_SIDE = 40,
    BAR_WIDTH = 220,
    STEPS = 1000,
    STRETCH_OF_WORDS = 1000, /* all that is free up to their length, before the ends of a row get any */
    SPACING = 10,
    MARGIN = 11, /* around a column */
    MARGIN_LOW = 2,
};

struct vt_pane_notice {
    QWidget widget; /* first */
    vt_pane_notice_ops ops;
    QVBoxLayout *layout; /* a column, or a row in a pane that is too low for one */
    QHBoxLayout *buttons;
    QWidget *picture;
    QLabel *text, *line; /* the same words: broken into lines in a column, one line in a row */
    QProgressBar *bar;
    QPushButton *cancel, *retry, *change;
    bool failed; /* what is told, whether there is room for all of it or not */
};

static void notice_paint(QWidget *self, QPaintEvent *event)
{
    (void)event;
    const vt_pane_notice *notice = (vt_pane_notice *)self;
    const vt_theme *theme = vt_theme_current();
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    vt_paint_fill(&painter, q_widget_rect(self), theme->base);
    if (!q_widget_is_hidden(notice->picture)) {
        const QRect *place = q_widget_geometry(notice->picture);
        double x = place->x1 + (vt_paint_rect_width(*place) - ICON_SIDE) / 2.0;
        vt_icon_paint(&painter, VT_ICON_WARNING, x, place->y1, ICON_SIDE, theme->danger);
    }
    q_painter_fini(&painter);
}

/* ---- places ---- */

/* The keyboard leaves what is about to be hidden for `to`: Qt would give it to another pane, which the next
   command would be for. */
static void hide_button(QPushButton *button, QWidget *to)
{
    if (q_widget_has_focus(button)) {
        q_widget_set_focus(to);
    }
    q_widget_hide(button);
}

static int width_of_buttons(const vt_pane_notice *notice)
{
    QPushButton *const buttons[] = {notice->cancel, notice->retry, notice->change};
    int width = 0;
    for (size_t i = 0; i < sizeof buttons / sizeof *buttons; i++) {
        if (!q_widget_is_hidden(buttons[i])) {
            width += q_widget_size_hint(buttons[i]).wd + (width > 0 ? SPACING : 0);
        }
    }
    return width;
}

/* One below the other; false: the pane is too low for that. The picture goes first. */
static bool arrange_column(vt_pane_notice *notice, int width, int height)
{
    bool narrow = width_of_buttons(notice) > width - 2 * MARGIN;
    q_boxlayout_set_direction(notice->layout, QBoxLayout_TopToBottom);
    q_boxlayout_set_direction(notice->buttons, narrow ? QBoxLayout_TopToBottom : QBoxLayout_LeftToRight);
    q_layout_set_contents_margins(notice->layout, MARGIN, MARGIN, MARGIN, MARGIN);
    q_widget_hide(notice->line);
    q_widget_show(notice->text);
    for (int picture = notice->failed; picture >= 0; picture--) {
        q_widget_set_visible(notice->picture, picture != 0);
        q_layout_invalidate((QLayout *)notice->layout);
        if (q_layout_total_minimum_height_for_width((QLayout *)notice->layout, width) <= height) {
            return true;
        }
    }
    return false;
}

/* One beside the other; something else to show is in the menu of the pane, too. */
static void arrange_row(vt_pane_notice *notice, int width)
{
    q_boxlayout_set_direction(notice->layout, QBoxLayout_LeftToRight);
    q_boxlayout_set_direction(notice->buttons, QBoxLayout_LeftToRight);
    q_layout_set_contents_margins(notice->layout, MARGIN, MARGIN_LOW, MARGIN, MARGIN_LOW);
    q_widget_hide(notice->text);
    q_widget_show(notice->line);
    q_widget_set_maximum_width(notice->line, vt_line_label_needs(notice->line) + 1); /* pixels are rounded */
    if (!q_widget_is_hidden(notice->retry) && width_of_buttons(notice) > width / 2) {
        hide_button(notice->change, (QWidget *)notice->retry);
    }
}

static void arrange(vt_pane_notice *notice)
{
    int width = q_widget_width(&notice->widget);
    int height = q_widget_height(&notice->widget);
    q_widget_set_visible(notice->change, notice->failed);
    q_widget_set_visible(notice->bar, !notice->failed);
    if (!arrange_column(notice, width, height)) {
        arrange_row(notice, width);
    }
    q_layout_activate((QLayout *)notice->layout);
}

static void notice_resized(QWidget *self, QResizeEvent *event)
{
    q_widget_base_resize_event(self, event);
    arrange((vt_pane_notice *)self);
}

static const QWidgetVirtuals notice_virtuals = {.paint_event = notice_paint, .resize_event = notice_resized};
static qt_subclass notice_class = {
    .base = &qt_class_QWidget, .virtuals = &notice_virtuals, .instance_size = sizeof(vt_pane_notice)};

static void on_cancel(void *user, bool checked)
{
    (void)checked;
    const vt_pane_notice *notice = user;
    notice->ops.cancel(notice->ops.user);
}

static void on_retry(void *user, bool checked)
{
    (void)checked;
    const vt_pane_notice *notice = user;
    notice->ops.retry(notice->ops.user);
}

static void on_change(void *user, bool checked)
{
    (void)checked;
    const vt_pane_notice *notice = user;
    notice->ops.change(notice->ops.user);
}

static QPushButton *add_button(vt_pane_notice *notice, QHBoxLayout *row, const char *text,
                               void (*pressed)(void *user, bool checked))
{
    QPushButton *button = q_pushbutton_new(text, &notice->widget);
    q_abstractbutton_on_clicked(button, &notice->widget, pressed, notice);
    q_boxlayout_add_widget(row, button);
    return button;
}

vt_pane_notice *vt_pane_notice_create(QWidgetRef parent, const vt_pane_notice_ops *ops)
{
    vt_pane_notice *notice = qt_subclass_allocate(&notice_class);
    q_widget_init(&notice->widget, parent);
    qt_subclass_install(&notice_class, notice);
    notice->ops = *ops;
    q_widget_hide(&notice->widget);
    QVBoxLayout *layout = q_vboxlayout_new_widget(&notice->widget);
    notice->layout = layout;
    q_boxlayout_set_spacing(layout, SPACING);
    q_boxlayout_add_stretch_full(layout, 1);
    notice->picture = q_widget_new(&notice->widget);
    q_widget_set_fixed_height(notice->picture, ICON_SIDE + 4);
    q_boxlayout_add_widget(layout, notice->picture);
    notice->text = q_label_new_empty(&notice->widget);
    q_label_set_text_format(notice->text, Qt_PlainText);
    q_label_set_alignment(notice->text, Qt_AlignCenter);
    q_label_set_word_wrap(notice->text, true);
    q_boxlayout_add_widget(layout, notice->text);
    notice->line = vt_line_label_create(&notice->widget);
    q_boxlayout_add_widget_full(layout, notice->line, STRETCH_OF_WORDS, 0);
    notice->bar = q_progressbar_new(&notice->widget);
    q_progressbar_set_text_visible(notice->bar, false);
    q_widget_set_maximum_width(notice->bar, BAR_WIDTH);
    q_widget_set_minimum_width(notice->bar, 40);
    q_widget_set_accessible_name(notice->bar, vt_tr("panes", "Loading"));
    q_boxlayout_add_widget_full(layout, notice->bar, 0, Qt_AlignHCenter);
    QHBoxLayout *row = q_hboxlayout_new();
    notice->buttons = row;
    q_boxlayout_set_spacing(row, SPACING);
    q_boxlayout_add_stretch_full(row, 1);
    notice->cancel = add_button(notice, row, vt_tr("panes", "Cancel"), on_cancel);
    notice->retry = add_button(notice, row, vt_tr("panes", "Retry"), on_retry);
    notice->change = add_button(notice, row, vt_tr("panes", "Show something else"), on_change);
    q_boxlayout_add_stretch_full(row, 1);
    q_boxlayout_add_layout(layout, row);
    q_boxlayout_add_stretch_full(layout, 1);
    return notice;
}

QWidget *vt_pane_notice_widget(vt_pane_notice *notice)
{
    return &notice->widget;
}

/* The keyboard goes from a button that is hidden to one that is shown, or to the pane. */
static void show_buttons(vt_pane_notice *notice, bool cancel, bool retry, bool change)
{
    QPushButton *const buttons[] = {notice->cancel, notice->retry, notice->change};
    const bool shown[] = {cancel, retry, change};
    enum { BUTTONS = sizeof shown / sizeof *shown };
    QWidget *to = q_widget_parent_widget(&notice->widget);
    for (size_t i = BUTTONS; i-- > 0;) {
        if (shown[i]) {
            q_widget_show(buttons[i]);
            to = (QWidget *)buttons[i];
        }
    }
    for (size_t i = 0; i < BUTTONS; i++) {
        if (!shown[i]) {
            hide_button(buttons[i], to);
        }
    }
}

static void tell(vt_pane_notice *notice, const char *text, bool failed)
{
    q_label_set_text(notice->text, text);
    q_label_set_text(notice->line, text);
    notice->failed = failed;
    arrange(notice);
    q_widget_update(&notice->widget);
}

void vt_pane_notice_load(vt_pane_notice *notice, double progress, bool cancel)
{
    q_progressbar_set_range(notice->bar, 0, progress < 0 ? 0 : STEPS);
    q_progressbar_set_value(notice->bar, progress < 0 ? 0 : (int)(progress * STEPS));
    show_buttons(notice, cancel, false, false);
    tell(notice, vt_tr("panes", "Loading\u2026"), false);
}

void vt_pane_notice_fail(vt_pane_notice *notice, const char *reason, bool retry)
{
    vt_str text = VT_STR_INIT;
    while (*reason) { /* a message and what to do about it may be lines of their own */
        size_t length = strcspn(reason, "\n");
        vt_str_append_display(&text, reason, length);
        reason += length;
        if (*reason) {
            vt_str_append_cstr(&text, "\n");
            reason++;
        }
    }
    if (*text.data >= 'a' &&
        *text.data <= 'z') { /* a sentence of its own here; messages follow a colon elsewhere */
        *text.data = (char)(*text.data - 'a' + 'A');
    }
    show_buttons(notice, false, retry, true);
    tell(notice, text.data, true);
    vt_str_free(&text);
}
