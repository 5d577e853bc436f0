#include "app/ui/parts/style.h"

#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"
#include "core/base/clock.h"

#include <qt6c/qfontmetrics.h>
#include <qt6c/qstyleoptioncomplex.h>
#include <qt6c/qstyleoptionprogressbar.h>
#include <qt6c/qstyleoptionslider.h>
#include <qt6c/qwidget.h>
#include <qt6c/runtime.h>

enum {
    CELL_MARGIN = 7,  /* beside the text of a cell, and between icon and text */
    ROW_EXTRA = 6,    /* height beside the text */
    HEADER_MARGIN = 8 /* beside and, in halves, above and below a title */
};

static int pixel_metric(const QProxyStyle *self, QStyle_PixelMetric metric, const QStyleOption *option,
                        const QWidget *widget)
{
    switch (metric) {
    case QStyle_PM_FocusFrameHMargin: /* Qt takes it for the margin of text in cells */
        return CELL_MARGIN;
    case QStyle_PM_HeaderMargin:
        return HEADER_MARGIN;
    default:
        return q_proxystyle_base_pixel_metric(self, metric, option, widget);
    }
}

static QSize size_from_contents(const QProxyStyle *self, QStyle_ContentsType type, const QStyleOption *option,
                                const QSize *contents, const QWidget *widget)
{
    QSize size = q_proxystyle_base_size_from_contents(self, type, option, contents, widget);
    if (type == QStyle_CT_ItemViewItem) {
        size.ht += ROW_EXTRA;
    }
    return size;
}

static void draw_frame(QRect area, uint32_t color, QPainter *painter)
{
    vt_paint_fill(painter, (QRect){area.x1, area.y1, area.x2, area.y1}, color);
    vt_paint_fill(painter, (QRect){area.x1, area.y2, area.x2, area.y2}, color);
    vt_paint_fill(painter, (QRect){area.x1, area.y1, area.x1, area.y2}, color);
    vt_paint_fill(painter, (QRect){area.x2, area.y1, area.x2, area.y2}, color);
}

/* Fusion's own frames are a shade darker than the ground: none at all on black. */
static void draw_outline(const QStyleOption *option, QRect area, QPainter *painter)
{
    const vt_theme *theme = vt_theme_current();
    if (!theme->outlines) {
        return;
    }
    int state = *q_styleoption_field_state(option);
    uint32_t color = state & QStyle_State_HasFocus ? theme->accent : theme->line;
    draw_frame(area, state & QStyle_State_Enabled ? color : theme->hover, painter);
}

/* On dark grounds a box without a check would be nothing but a hole: its frame is as light as dimmed words.
 */
static void draw_box_outline(const QStyleOption *option, QPainter *painter)
{
    const vt_theme *theme = vt_theme_current();
    QRect area = *q_styleoption_field_rect(option);
    int state = *q_styleoption_field_state(option);
    if (theme->outlines) {
        draw_outline(option, area, painter);
    } else if (theme->dark) {
        draw_frame(area,
                   !(state & QStyle_State_Enabled)  ? theme->line
                   : state & QStyle_State_MouseOver ? theme->accent
                                                    : theme->muted,
                   painter);
    }
}

/* Fusion's frame of a group begins below its title. */
static QRect group_frame(const QStyleOption *option, const QWidget *widget)
{
    enum { GAP = 3 };
    QRect area = *q_styleoption_field_rect(option);
    QFontMetrics metrics;
    q_fontmetrics_init(&metrics, q_widget_font(widget));
    area.y1 += q_fontmetrics_height(&metrics) + GAP;
    q_fontmetrics_fini(&metrics);
    return area;
}

/* A row of a table that has the keyboard is selected, which is mark enough: no frame around one of its cells.
 */
static void draw_primitive(const QProxyStyle *self, QStyle_PrimitiveElement element,
                           const QStyleOption *option, QPainter *painter, const QWidget *widget)
{
    if (element != QStyle_PE_FrameFocusRect || !widget || !q_object_inherits(widget, "QAbstractItemView")) {
        q_proxystyle_base_draw_primitive(self, element, option, painter, widget);
    }
    /* Of a text that is edited, or around what lies over the window; lists have their ground. */
    bool is_frame =
        element == QStyle_PE_Frame && widget &&
        (q_object_inherits(widget, "QPlainTextEdit") || !q_object_inherits(widget, "QAbstractScrollArea"));
    if (is_frame || element == QStyle_PE_FrameLineEdit || element == QStyle_PE_PanelButtonCommand) {
        draw_outline(option, *q_styleoption_field_rect(option), painter);
    } else if (element == QStyle_PE_FrameGroupBox && widget) {
        draw_outline(option, group_frame(option, widget), painter);
    } else if (element == QStyle_PE_IndicatorCheckBox || element == QStyle_PE_IndicatorItemViewItemCheck) {
        draw_box_outline(option, painter);
    }
}

/* How far along a bar its filled part begins and ends, in thousandths. While nobody knows how much there is,
   a piece of it wanders to and fro with the time. */
static void find_filled(const QStyleOptionProgressBar *option, int *from, int *to)
{
    enum { PIECE = 250, ROUND_MS = 2400 };
    int low = *q_styleoptionprogressbar_field_minimum(option);
    int high = *q_styleoptionprogressbar_field_maximum(option);
    if (high > low) {
        *from = 0;
        *to = (int)((int64_t)(*q_styleoptionprogressbar_field_progress(option) - low) * 1000 / (high - low));
        return;
    }
    int phase = (int)(vt_clock_now() / VT_NS_PER_MS % ROUND_MS) * 2000 / ROUND_MS;
    int place = phase < 1000 ? phase : 2000 - phase;
    *from = place * (1000 - PIECE) / 1000;
    *to = *from + PIECE;
}

/* Flat, for the reason of draw_scroll_bar. */
static void draw_progress(const QStyleOption *option, QPainter *painter, bool is_groove)
{
    enum { HEIGHT = 8 };
    const vt_theme *theme = vt_theme_current();
    QRect area = *q_styleoption_field_rect(option);
    int top = area.y1 + (vt_paint_rect_height(area) - HEIGHT) / 2;
    QRect bar = {area.x1, top, area.x2, top + HEIGHT - 1};
    if (is_groove) {
        vt_paint_round(painter, bar, HEIGHT / 2, theme->line, VT_PAINT_NO_LINE);
        return;
    }
    int from = 0;
    int to = 0;
    find_filled((const QStyleOptionProgressBar *)option, &from, &to);
    int width = vt_paint_rect_width(bar);
    bar.x2 = bar.x1 + width * to / 1000 - 1;
    bar.x1 += width * from / 1000;
    if (bar.x2 > bar.x1) {
        vt_paint_round(painter, bar, HEIGHT / 2, theme->accent, VT_PAINT_NO_LINE);
    }
}

/* Fusion lightens the edges of bars with white, which glares on dark ones. */
static void draw_control(const QProxyStyle *self, QStyle_ControlElement element, const QStyleOption *option,
                         QPainter *painter, const QWidget *widget)
{
    if (element == QStyle_CE_ProgressBarGroove || element == QStyle_CE_ProgressBarContents) {
        draw_progress(option, painter, element == QStyle_CE_ProgressBarGroove);
        return;
    }
    if (element != QStyle_CE_ToolBar || !widget) {
        q_proxystyle_base_draw_control(self, element, option, painter, widget);
        return;
    }
    const vt_theme *theme = vt_theme_current();
    QRect area = q_widget_rect(widget);
    vt_paint_fill(painter, area, theme->window);
    vt_paint_fill(painter, (QRect){area.x1, area.y2, area.x2, area.y2}, theme->line);
}

/* Flat, without Fusion's gradients: those are fills that Qt splits over threads and waits for (paint.c). */
static void draw_scroll_bar(const QProxyStyle *self, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget)
{
    enum { INSET = 3 };
    const vt_theme *theme = vt_theme_current();
    const QStyleOptionSlider *slider = (const QStyleOptionSlider *)option;
    vt_paint_fill(painter, *q_styleoption_field_rect(option), theme->window);
    if (*q_styleoptionslider_field_minimum(slider) == *q_styleoptionslider_field_maximum(slider)) {
        return; /* all is in sight: a handle as long as the bar would be something to pull at */
    }
    QRect handle =
        q_style_sub_control_rect_full(self, QStyle_CC_ScrollBar, option, QStyle_SC_ScrollBarSlider, widget);
    bool is_hot = *q_styleoption_field_state(option) & QStyle_State_MouseOver;
    handle = q_rect_adjusted(&handle, INSET, INSET, -INSET, -INSET);
    int across = vt_paint_rect_width(handle) < vt_paint_rect_height(handle) ? vt_paint_rect_width(handle)
                                                                            : vt_paint_rect_height(handle);
    vt_paint_round(painter, handle, across / 2, is_hot ? theme->accent : theme->muted, VT_PAINT_NO_LINE);
}

static void draw_complex_control(const QProxyStyle *self, QStyle_ComplexControl control,
                                 const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget)
{
    if (control == QStyle_CC_ScrollBar) {
        draw_scroll_bar(self, option, painter, widget);
    } else {
        q_proxystyle_base_draw_complex_control(self, control, option, painter, widget);
    }
    if (control == QStyle_CC_ComboBox || control == QStyle_CC_SpinBox) {
        draw_outline((const QStyleOption *)option, *q_styleoption_field_rect(option), painter);
    } else if (control == QStyle_CC_Slider) {
        static const QStyle_SubControl parts[] = {QStyle_SC_SliderGroove, QStyle_SC_SliderHandle};
        for (size_t i = 0; i < 2; i++) {
            QRect part = q_style_sub_control_rect_full(self, control, option, parts[i], widget);
            QRect line = {part.x1, (part.y1 + part.y2) / 2, part.x2, (part.y1 + part.y2) / 2 + 1};
            draw_outline((const QStyleOption *)option, i == 0 ? line : part, painter);
        }
    }
}

static const QProxyStyleVirtuals style_virtuals = {.draw_complex_control = draw_complex_control,
                                                   .draw_control = draw_control,
                                                   .draw_primitive = draw_primitive,
                                                   .pixel_metric = pixel_metric,
                                                   .size_from_contents = size_from_contents};
static qt_subclass style_class = {
    .base = &qt_class_QProxyStyle, .virtuals = &style_virtuals, .instance_size = sizeof(QProxyStyle)};

QProxyStyle *vt_style_create(void)
{
    QProxyStyle *style = qt_subclass_allocate(&style_class);
    q_proxystyle_init_string(style, "Fusion");
    qt_subclass_install(&style_class, style);
    return style;
}
