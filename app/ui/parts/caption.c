#include "app/ui/parts/caption.h"

#include "app/ui/parts/theme.h"

#include <qt6c/qfontmetrics.h>

void vt_caption_init(vt_caption *caption)
{
    caption->text = qt_string_from_utf8("");
    q_statictext_init(&caption->line);
    q_statictext_set_text_format(&caption->line, Qt_PlainText);
    q_font_init(&caption->font);
    caption->width = -1;
}

void vt_caption_fini(vt_caption *caption)
{
    q_font_fini(&caption->font);
    q_statictext_fini(&caption->line);
    qt_string_release(&caption->text);
}

void vt_caption_set(vt_caption *caption, const char *text)
{
    qt_string_release(&caption->text);
    caption->text = qt_string_from_utf8(text);
    caption->width = -1;
}

static void lay_out(vt_caption *caption, QPainter *painter, int width)
{
    q_font_assign(&caption->font, q_painter_font(painter));
    QFontMetrics metrics = q_painter_font_metrics(painter);
    QString shown = q_fontmetrics_elided_text_full_qs(&metrics, &caption->text, Qt_ElideMiddle, width, 0);
    q_statictext_set_text_qs(&caption->line, &shown);
    q_statictext_prepare(&caption->line, q_painter_device_transform(painter), &caption->font);
    qt_string_release(&shown);
    q_fontmetrics_fini(&metrics);
    caption->width = width;
}

void vt_caption_paint(vt_caption *caption, QPainter *painter, QRect area, vt_paint_align align, uint32_t rgb)
{
    int width = vt_paint_rect_width(area);
    if (caption->width != width || q_font_differs(&caption->font, q_painter_font(painter))) {
        lay_out(caption, painter, width);
    }
    static const double before[] = {[VT_PAINT_LEFT] = 0, [VT_PAINT_CENTRE] = 0.5, [VT_PAINT_RIGHT] = 1};
    QSizeF size = q_statictext_size(&caption->line);
    QPointF at = {area.x1 + (int)((width - size.wd) * before[align]),
                  area.y1 + (int)((vt_paint_rect_height(area) - size.ht) / 2)};
    QColor color = vt_theme_color(rgb);
    q_painter_set_pen_color(painter, &color);
    q_painter_draw_static_text(painter, &at, &caption->line);
}

void vt_caption_prewarm(double ratio)
{
    enum { FIRST = ' ', LAST = '~', WIDTH = 2000, HEIGHT = 40 };
    char characters[LAST - FIRST + 2] = "";
    for (int c = FIRST; c <= LAST; c++) {
        characters[c - FIRST] = (char)c;
    }
    QPixmap scratch;
    q_pixmap_init(&scratch, (int)(WIDTH * ratio), (int)(HEIGHT * ratio));
    q_pixmap_set_device_pixel_ratio(&scratch, ratio);
    vt_caption caption;
    vt_caption_init(&caption);
    vt_caption_set(&caption, characters);
    QPainter painter;
    q_painter_init_on(&painter, &scratch);
    vt_caption_paint(&caption, &painter, q_rect_make(0, 0, WIDTH, HEIGHT), VT_PAINT_LEFT, 0);
    q_painter_fini(&painter);
    vt_caption_fini(&caption);
    q_pixmap_fini(&scratch);
}
