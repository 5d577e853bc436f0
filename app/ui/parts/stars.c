#include "app/ui/parts/stars.h"

#include "app/ui/parts/theme.h"

#include <qt6c/qbrush.h>
#include <qt6c/qpainterpath.h>
#include <qt6c/qpen.h>

#include <math.h>

/* Five tips on a circle, five notches on a smaller one: 0.45 rather than the 0.382 of a pentagram, so that
   small stars keep a body. */
static void add_star(QPainterPath *path, double x, double y, double side)
{
    enum { CORNERS = 10 };
    const double notch = 0.45;
    const double radius = side / 2;
    const double down = radius * 0.05; /* a star's tips reach lower than its middle: this centres it */
    for (int i = 0; i < CORNERS; i++) {
        double angle = M_PI * (2.0 * i / CORNERS - 0.5);
        double reach = i % 2 ? radius * notch : radius;
        double at_x = x + radius + reach * cos(angle);
        double at_y = y + radius + down + reach * sin(angle);
        if (i == 0) {
            q_painterpath_move_to_xy(path, at_x, at_y);
        } else {
            q_painterpath_line_to_xy(path, at_x, at_y);
        }
    }
    q_painterpath_close_subpath(path);
}

void vt_star_paint(QPainter *painter, double x, double y, double side, uint32_t fill, uint32_t line)
{
    QPainterPath path;
    q_painterpath_init(&path);
    add_star(&path, x, y, side);
    q_painter_save(painter);
    q_painter_set_render_hint(painter, QPainter_Antialiasing);
    if (fill != VT_PAINT_NO_FILL) {
        QColor color = vt_theme_color(fill);
        QBrush brush;
        q_brush_init_color(&brush, &color);
        q_painter_fill_path(painter, &path, &brush);
        q_brush_fini(&brush);
    }
    if (line != VT_PAINT_NO_LINE) {
        QColor color = vt_theme_color(line);
        QBrush brush;
        QPen pen;
        q_brush_init_color(&brush, &color);
        q_pen_init_stroke_full(&pen, &brush, 1.2, Qt_SolidLine, Qt_RoundCap, Qt_RoundJoin);
        q_painter_stroke_path(painter, &path, &pen);
        q_pen_fini(&pen);
        q_brush_fini(&brush);
    }
    q_painter_restore(painter);
    q_painterpath_fini(&path);
}
