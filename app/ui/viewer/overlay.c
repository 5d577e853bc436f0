#include "app/ui/viewer/overlay.h"

#include "app/ui/info/facts_lines.h"
#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "core/base/str.h"

#include <qt6c/qpainter.h>
#include <qt6c/qpainterpath.h>
#include <qt6c/qpen.h>
#include <qt6c/qtoolbutton.h>
#include <qt6c/runtime.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 400, WIDTH_LEAST = 104, PADDING = 14, GAP = 12, RADIUS = 8, CURVES = 120, ROW_GAP = 6 };

struct vt_viewer_overlay {
    QWidget widget; /* first */
    vt_fact_list facts;
    vt_facts_lines *lines; /* of them, wrapped; NULL when memory ran out */
    vt_histogram histogram;
    QToolButton *choice; /* beside the widget, which lets the mouse through */
    bool has_histogram, shows_facts, shows_histogram, may_choose;
    int canvas_width, canvas_height;
};

/* ---- painting ---- */

static int row_height(void)
{
    return vt_paint_line_height() + ROW_GAP;
}

static void paint_words(QPainter *painter, QRect row, vt_paint_align align, const char *words, uint32_t rgb)
{
    QString text = qt_string_from_utf8(words);
    vt_paint_text(painter, row, align, &text, rgb);
    qt_string_release(&text);
}

static int inner_width(int width)
{
    return width - 2 * PADDING;
}

/* Between `top` and `bottom`: what there is no room for is cut off. */
static void paint_facts(const vt_viewer_overlay *overlay, QPainter *painter, int top, int bottom)
{
    const vt_theme *theme = vt_theme_current();
    int width = inner_width(q_widget_width(&overlay->widget));
    const vt_facts_colours colours = {
        .label = theme->muted, .value = theme->text, .alone = theme->text, .ground = 0, .chosen = 0};
    const QRectF area = {PADDING, top, width, bottom - top};
    const QPointF corner = {PADDING, top};
    const vt_facts_range nothing = {{0, 0}, {0, 0}};
    q_painter_save(painter);
    q_painter_set_clip_rect(painter, &area);
    q_painter_translate(painter, &corner);
    vt_facts_lines_paint(overlay->lines, painter, width, &nothing, &colours);
    q_painter_restore(painter);
}

/* Square root of the share: few pixels are seen beside many. */
static double curve_y(const vt_histogram *histogram, int channel, int value, uint32_t top, QRect area)
{
    double share = sqrt((double)histogram->counts[channel][value] / top);
    return area.y2 - (share < 1 ? share : 1) * (vt_paint_rect_height(area) - 1);
}

static void paint_curve(const vt_histogram *histogram, int channel, uint32_t top, QPainter *painter,
                        QRect area, uint32_t rgb)
{
    QPointF points[256];
    double step = (vt_paint_rect_width(area) - 1) / 255.0;
    for (int value = 0; value < 256; value++) {
        points[value] = q_pointf_make(area.x1 + value * step, curve_y(histogram, channel, value, top, area));
    }
    QPen pen;
    QColor color = vt_theme_color(rgb);
    q_pen_init_color(&pen, &color);
    q_pen_set_width_f(&pen, channel == VT_HISTOGRAM_LUMINANCE ? 2.0 : 1.4);
    q_painter_set_pen(painter, &pen);
    q_painter_draw_polyline(painter, points, 256);
    q_pen_fini(&pen);
}

static void paint_share(QPainter *painter, QRect row, vt_paint_align align, const char *form, double share)
{
    char number[32];
    vt_str text = VT_STR_INIT;
    vt_tr_fill(&text, form, vt_wording_decimal(number, sizeof number, 1, share * 100));
    paint_words(painter, row, align, text.failed ? "" : text.data, vt_theme_current()->muted);
    vt_str_free(&text);
}

static void paint_histogram(const vt_viewer_overlay *overlay, QPainter *painter, int top)
{
    const vt_theme *theme = vt_theme_current();
    int width = inner_width(q_widget_width(&overlay->widget));
    QRect area = q_rect_make(PADDING, top, width, CURVES);
    vt_paint_fill(painter, area, theme->well);
    QRect words = q_rect_make(PADDING, top + CURVES + 4, width, row_height());
    if (!overlay->has_histogram) {
        paint_words(painter, area, VT_PAINT_CENTRE, vt_tr("viewer", "No histogram: there is no picture"),
                    theme->muted);
        return;
    }
    static const uint32_t light[] = {0xc62828, 0x2e7d32, 0x1565c0};
    static const uint32_t dark[] = {0xff6b6b, 0x66d17a, 0x6aa9ff};
    uint32_t most = vt_histogram_top(&overlay->histogram);
    q_painter_set_render_hint_full(painter, QPainter_Antialiasing, true);
    for (int channel = VT_HISTOGRAM_RED; channel <= VT_HISTOGRAM_BLUE; channel++) {
        paint_curve(&overlay->histogram, channel, most, painter, area,
                    theme->dark ? dark[channel] : light[channel]);
    }
    paint_curve(&overlay->histogram, VT_HISTOGRAM_LUMINANCE, most, painter, area, theme->text);
    paint_share(painter, words, VT_PAINT_LEFT, vt_tr("viewer", "black %1 %"),
                vt_histogram_black(&overlay->histogram));
    paint_share(painter, words, VT_PAINT_RIGHT, vt_tr("viewer", "full %1 %"),
                vt_histogram_full(&overlay->histogram));
}

static int facts_height(const vt_viewer_overlay *overlay, int width)
{
    return overlay->shows_facts && overlay->lines ? vt_facts_lines_height(overlay->lines, inner_width(width))
                                                  : 0;
}

static int histogram_height(const vt_viewer_overlay *overlay)
{
    return overlay->shows_histogram ? CURVES + 4 + row_height() : 0;
}

static void overlay_paint(QWidget *self, QPaintEvent *event)
{
    (void)event;
    const vt_viewer_overlay *overlay = (vt_viewer_overlay *)self;
    const vt_theme *theme = vt_theme_current();
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    q_painter_set_opacity(&painter, 0.93); /* what is below is still guessed */
    vt_paint_round(&painter, q_widget_rect(self), RADIUS, theme->base, theme->line);
    q_painter_set_opacity(&painter, 1);
    int bottom = q_widget_height(self) - PADDING - histogram_height(overlay);
    if (overlay->shows_facts && overlay->lines) {
        paint_facts(overlay, &painter, PADDING, bottom - (overlay->shows_histogram ? PADDING : 0));
    }
    if (overlay->shows_histogram) {
        paint_histogram(overlay, &painter, bottom);
    }
    q_painter_fini(&painter);
}

/* ---- what it shows ---- */

/* Screen readers are told what is painted. */
static void describe(vt_viewer_overlay *overlay)
{
    vt_str text = VT_STR_INIT;
    for (size_t i = 0; overlay->shows_facts && i < overlay->facts.count; i++) {
        vt_str_appendf(&text, "%s: %s\n", overlay->facts.facts[i].label, overlay->facts.facts[i].text);
    }
    if (!text.failed) {
        q_widget_set_accessible_description(&overlay->widget, text.length ? text.data : "");
    }
    vt_str_free(&text);
}

/* In the last row, between the two shares. */
static void place_choice(vt_viewer_overlay *overlay, bool seen)
{
    enum { SHARE_WIDTH = 92 };
    QRect area = *q_widget_geometry(&overlay->widget);
    int width = vt_paint_rect_width(area) - 2 * (PADDING + SHARE_WIDTH);
    QRect at = q_rect_make(area.x1 + PADDING + SHARE_WIDTH, area.y2 + 1 - PADDING - row_height(), width,
                           row_height());
    q_widget_set_geometry(overlay->choice, &at);
    q_widget_set_visible(overlay->choice,
                         seen && overlay->shows_histogram && overlay->may_choose && width > 0);
}

static void place(vt_viewer_overlay *overlay)
{
    int room = overlay->canvas_width - 2 * GAP;
    int width = room < WIDTH ? room : WIDTH;
    int height = 2 * PADDING + facts_height(overlay, width) + histogram_height(overlay) +
                 (overlay->shows_facts && overlay->shows_histogram ? PADDING : 0);
    height = height < overlay->canvas_height - 2 * GAP ? height : overlay->canvas_height - 2 * GAP;
    bool seen =
        (overlay->shows_facts || overlay->shows_histogram) && width > WIDTH_LEAST && height > 2 * PADDING;
    if (seen) {
        QRect area = q_rect_make(overlay->canvas_width - GAP - width, GAP, width, height);
        q_widget_set_geometry(&overlay->widget, &area);
    }
    q_widget_set_visible(&overlay->widget, seen);
    place_choice(overlay, seen);
    q_widget_update(&overlay->widget);
    describe(overlay);
}

void vt_viewer_overlay_set_facts(vt_viewer_overlay *overlay, vt_fact_list *facts)
{
    vt_facts_clear(&overlay->facts);
    overlay->facts = *facts;
    *facts = (vt_fact_list){.count = 0};
    if (overlay->lines) {
        vt_facts_lines_set(overlay->lines, &overlay->facts);
    }
    place(overlay);
}

void vt_viewer_overlay_set_histogram(vt_viewer_overlay *overlay, const vt_histogram *histogram)
{
    overlay->has_histogram = histogram != NULL;
    if (histogram) {
        overlay->histogram = *histogram;
    }
    q_widget_update(&overlay->widget);
}

void vt_viewer_overlay_set_choice(vt_viewer_overlay *overlay, bool possible, bool of_seen)
{
    overlay->may_choose = possible;
    q_abstractbutton_set_text(overlay->choice, of_seen ? vt_tr("viewer", "of what is shown")
                                                       : vt_tr("viewer", "of the whole picture"));
    place(overlay);
}

void vt_viewer_overlay_show(vt_viewer_overlay *overlay, bool facts, bool histogram)
{
    overlay->shows_facts = facts;
    overlay->shows_histogram = histogram;
    place(overlay);
}

void vt_viewer_overlay_place(vt_viewer_overlay *overlay, int width, int height)
{
    overlay->canvas_width = width;
    overlay->canvas_height = height;
    place(overlay);
}

/* ---- life ---- */

static void overlay_finish(void *self)
{
    vt_viewer_overlay *overlay = (vt_viewer_overlay *)self;
    vt_facts_clear(&overlay->facts);
    vt_facts_lines_free(overlay->lines);
}

static const QWidgetVirtuals overlay_virtuals = {.paint_event = overlay_paint};
static qt_subclass overlay_class = {.base = &qt_class_QWidget,
                                    .virtuals = &overlay_virtuals,
                                    .instance_size = sizeof(vt_viewer_overlay),
                                    .finish = overlay_finish};

static void make_choice(vt_viewer_overlay *overlay, QWidgetRef parent, void (*chosen)(void *user, bool on),
                        void *user)
{
    overlay->choice = q_toolbutton_new(parent);
    q_widget_set_focus_policy(overlay->choice, Qt_NoFocus);
    q_widget_set_tool_tip(
        overlay->choice,
        vt_tr("viewer", "Histogram of the whole picture, or of what is shown of it (Shift+G)"));
    q_widget_set_accessible_name(overlay->choice, vt_tr("viewer", "What the histogram is of"));
    q_abstractbutton_on_clicked(overlay->choice, &overlay->widget, chosen, user);
    q_widget_hide(overlay->choice);
}

vt_viewer_overlay *vt_viewer_overlay_create(QWidgetRef parent, void (*chosen)(void *user, bool on),
                                            void *user)
{
    vt_viewer_overlay *overlay = qt_subclass_allocate(&overlay_class);
    q_widget_init(&overlay->widget, parent);
    qt_subclass_install(&overlay_class, overlay);
    overlay->lines = vt_facts_lines_create();
    if (overlay->lines) {
        vt_facts_lines_set_font(overlay->lines, q_widget_font(&overlay->widget));
    }
    q_widget_set_accessible_name(&overlay->widget, vt_tr("viewer", "Facts"));
    q_widget_set_attribute(&overlay->widget, Qt_WA_TransparentForMouseEvents);
    q_widget_hide(&overlay->widget);
    make_choice(overlay, parent, chosen, user);
    vt_viewer_overlay_set_choice(overlay, false, false);
    return overlay;
}
