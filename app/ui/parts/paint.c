#include "app/ui/parts/paint.h"

#include "app/ui/parts/theme.h"

#include <qt6c/qapplication.h>
#include <qt6c/qbrush.h>
#include <qt6c/qfont.h>
#include <qt6c/qfontmetrics.h>
#include <qt6c/qpaintdevice.h>
#include <qt6c/qpen.h>
#include <qt6c/qpixmapcache.h>

#include <math.h>
#include <stdio.h>

void vt_paint_fill(QPainter *painter, QRect area, uint32_t rgb)
{
    QColor color = vt_theme_color(rgb);
    q_painter_fill_rect_color(painter, &area, &color);
}

static void paint_round(QPainter *painter, QRect area, int radius, uint32_t fill, uint32_t line);

/* A tall area in three parts: Qt splits a fill of many rows that is no plain rectangle over threads and waits
   for them, which takes long while decoders have every processor. The middle is a plain rectangle; the ends
   are low. */
static void paint_round_in_parts(QPainter *painter, QRect area, int radius, uint32_t fill)
{
    vt_paint_fill(painter, (QRect){area.x1, area.y1 + radius, area.x2, area.y2 - radius}, fill);
    const QRect ends[] = {{area.x1, area.y1, area.x2, area.y1 + radius - 1},
                          {area.x1, area.y2 - radius + 1, area.x2, area.y2}};
    for (int i = 0; i < 2; i++) {
        q_painter_save(painter);
        q_painter_set_clip_rect_rect_clipoperation_full(painter, &ends[i], Qt_IntersectClip);
        paint_round(painter, area, radius, fill, VT_PAINT_NO_LINE);
        q_painter_restore(painter);
    }
}

void vt_paint_round(QPainter *painter, QRect area, int radius, uint32_t fill, uint32_t line)
{
    enum { TALL = 64 };
    if (line == VT_PAINT_NO_LINE && fill != VT_PAINT_NO_FILL && vt_paint_rect_height(area) >= TALL) {
        paint_round_in_parts(painter, area, radius, fill);
    } else {
        paint_round(painter, area, radius, fill, line);
    }
}

static void paint_round(QPainter *painter, QRect area, int radius, uint32_t fill, uint32_t line)
{
    QBrush brush;
    QPen pen;
    if (fill == VT_PAINT_NO_FILL) {
        q_brush_init(&brush);
    } else {
        QColor color = vt_theme_color(fill);
        q_brush_init_color(&brush, &color);
    }
    if (line == VT_PAINT_NO_LINE) {
        q_pen_init_style(&pen, Qt_NoPen);
    } else {
        QColor color = vt_theme_color(line);
        q_pen_init_color(&pen, &color);
    }
    q_painter_save(painter);
    q_painter_set_render_hint(painter, QPainter_Antialiasing);
    q_painter_set_brush(painter, &brush);
    q_painter_set_pen(painter, &pen);
    /* Half a pixel in, so that a line one pixel wide is sharp. */
    double inset = line == VT_PAINT_NO_LINE ? 0 : 0.5;
    QRectF rect = q_rectf_make(area.x1 + inset, area.y1 + inset, vt_paint_rect_width(area) - 2 * inset,
                               vt_paint_rect_height(area) - 2 * inset);
    q_painter_draw_rounded_rect(painter, &rect, radius, radius);
    q_painter_restore(painter);
    q_pen_fini(&pen);
    q_brush_fini(&brush);
}

void vt_paint_text(QPainter *painter, QRect area, vt_paint_align align, const QString *text, uint32_t rgb)
{
    static const int flags[] = {
        [VT_PAINT_LEFT] = Qt_AlignLeft,
        [VT_PAINT_CENTRE] = Qt_AlignHCenter,
        [VT_PAINT_RIGHT] = Qt_AlignRight,
    };
    QFontMetrics metrics = q_painter_font_metrics(painter);
    QString shown =
        q_fontmetrics_elided_text_full_qs(&metrics, text, Qt_ElideMiddle, vt_paint_rect_width(area), 0);
    QColor color = vt_theme_color(rgb);
    q_painter_set_pen_color(painter, &color);
    q_painter_draw_text_rect_full_qs(painter, &area, flags[align] | Qt_AlignVCenter | Qt_TextSingleLine,
                                     &shown, NULL);
    qt_string_release(&shown);
    q_fontmetrics_fini(&metrics);
}

void vt_paint_pixmap(QPainter *painter, QRect target, const QPixmap *pixmap)
{
    q_painter_draw_pixmap_rect(painter, &target, pixmap);
}

void vt_paint_paper(QPainter *painter, QRect target)
{
    const vt_theme *theme = vt_theme_current();
    if (theme->dark) {
        vt_paint_fill(painter, target, theme->paper);
    }
}

/* In strips: see paint_round_in_parts. */
void vt_paint_stretched(QPainter *painter, QRect target, const QImage *image)
{
    enum { STRIP = 64 };
    q_painter_save(painter);
    q_painter_set_render_hint_full(painter, QPainter_SmoothPixmapTransform, true);
    for (int top = target.y1; top <= target.y2; top += STRIP) {
        int bottom = top + STRIP - 1 < target.y2 ? top + STRIP - 1 : target.y2;
        QRect strip = {target.x1, top, target.x2, bottom};
        q_painter_set_clip_rect_rect_clipoperation_full(painter, &strip, Qt_ReplaceClip);
        q_painter_draw_image_rect(painter, &target, image);
    }
    q_painter_restore(painter);
}

static void draw_kept(QPixmap *picture, QRect area, double ratio, vt_paint_drawing draw, const void *data)
{
    QColor clear = q_color_from_rgb_channels_full(0, 0, 0, 0);
    q_pixmap_set_device_pixel_ratio(picture, ratio);
    q_pixmap_fill(picture, &clear);
    QPainter painter;
    q_painter_init_on(&painter, picture);
    draw(&painter, q_rect_make(0, 0, vt_paint_rect_width(area), vt_paint_rect_height(area)), data);
    q_painter_fini(&painter);
}

void vt_paint_kept(QPainter *painter, QRect area, const char *name, vt_paint_drawing draw, const void *data)
{
    double ratio = q_paintdevice_device_pixel_ratio_f(q_painter_device(painter));
    int width = (int)ceil(vt_paint_rect_width(area) * ratio);
    int height = (int)ceil(vt_paint_rect_height(area) * ratio);
    if (width <= 0 || height <= 0) {
        return; /* of a widget that has no room: there is nothing to see */
    }
    char key[96];
    snprintf(key, sizeof key, "vitrine %s %dx%d@%g", name, width, height, ratio);
    QPixmap picture;
    q_pixmap_init_null(&picture);
    if (!q_pixmapcache_find(key, &picture)) {
        q_pixmap_fini(&picture);
        q_pixmap_init(&picture, width, height);
        draw_kept(&picture, area, ratio, draw, data);
        q_pixmapcache_insert(key, &picture); /* without room it is drawn again the next time */
    }
    QPoint at = {area.x1, area.y1};
    q_painter_draw_pixmap_point_pixmap(painter, &at, &picture);
    q_pixmap_fini(&picture);
}

int vt_paint_line_height(void)
{
    QFont font = q_application_font();
    QFontMetrics metrics;
    q_fontmetrics_init(&metrics, &font);
    int height = q_fontmetrics_height(&metrics);
    q_fontmetrics_fini(&metrics);
    q_font_fini(&font);
    return height;
}
