#include "app/ui/parts/line_label.h"

#include "app/ui/parts/sizing.h"

#include <qt6c/qevent.h>
#include <qt6c/qfontmetrics.h>
#include <qt6c/qpainter.h>
#include <qt6c/qpalette.h>
#include <qt6c/runtime.h>

typedef struct line_label {
    QLabel label; /* first */
} line_label;

int vt_line_label_needs(QLabel *label)
{
    QString text = q_label_text_qs(label);
    QFontMetrics metrics = q_widget_font_metrics(label);
    int width = q_fontmetrics_horizontal_advance_full_qs(&metrics, &text, -1);
    q_fontmetrics_fini(&metrics);
    qt_string_release(&text);
    return width;
}

static void paint_event(QLabel *self, QPaintEvent *event)
{
    (void)event;
    QRect area = q_widget_rect(self);
    QString text = q_label_text_qs(self);
    QFontMetrics metrics = q_widget_font_metrics(self);
    QString shown =
        q_fontmetrics_elided_text_full_qs(&metrics, &text, Qt_ElideRight, area.x2 - area.x1 + 1, 0);
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    q_painter_set_pen_color(&painter,
                            q_palette_color(q_widget_palette(self), q_widget_foreground_role(self)));
    q_painter_draw_text_rect_full_qs(&painter, &area,
                                     (q_label_alignment(self) & Qt_AlignHorizontal_Mask) | Qt_AlignVCenter |
                                         Qt_TextSingleLine,
                                     &shown, NULL);
    q_painter_fini(&painter);
    qt_string_release(&shown);
    qt_string_release(&text);
    q_fontmetrics_fini(&metrics);
}

static bool label_event(QLabel *self, QEvent *event)
{
    if (q_event_type(event) == QEvent_ToolTip) {
        QString text = q_label_text_qs(self);
        q_widget_set_tool_tip(self, "");
        if (vt_line_label_needs(self) > q_widget_width(self)) {
            q_widget_set_tool_tip_qs(self, &text);
        }
        qt_string_release(&text);
    }
    return q_label_base_event(self, event);
}

static const QLabelVirtuals label_virtuals = {.event = label_event, .paint_event = paint_event};
static qt_subclass label_class = {
    .base = &qt_class_QLabel, .virtuals = &label_virtuals, .instance_size = sizeof(line_label)};

QLabel *vt_line_label_create(QWidgetRef parent)
{
    line_label *label = qt_subclass_allocate(&label_class);
    q_label_init_empty(&label->label, parent);
    qt_subclass_install(&label_class, label);
    q_label_set_text_format(&label->label, Qt_PlainText);
    vt_set_size_policy(&label->label, QSizePolicy_Ignored, QSizePolicy_Preferred);
    return &label->label;
}
