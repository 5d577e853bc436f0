#include "app/ui/parts/icons.h"

#include "app/ui/parts/icon_shapes.h"
#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"

#include <qt6c/qbrush.h>
#include <qt6c/qguiapplication.h>
#include <qt6c/qpainterpath.h>
#include <qt6c/qpen.h>
#include <qt6c/qpixmap.h>

static const double grid_side = 24;
static const double stroke_width = 1.6;

static void add_command(QPainterPath *path, const vt_icon_command *command, double x, double y, double scale)
{
    double at[6];
    for (int i = 0; i < 6; i += 2) {
        at[i] = x + command->numbers[i] * scale;
        at[i + 1] = y + command->numbers[i + 1] * scale;
    }
    switch (command->verb) {
    case 'M':
        q_painterpath_move_to_xy(path, at[0], at[1]);
        break;
    case 'L':
        q_painterpath_line_to_xy(path, at[0], at[1]);
        break;
    case 'Q':
        q_painterpath_quad_to_xy(path, at[0], at[1], at[2], at[3]);
        break;
    case 'C':
        q_painterpath_cubic_to_xy(path, at[0], at[1], at[2], at[3], at[4], at[5]);
        break;
    case 'O': {
        double radius = command->numbers[2] * scale;
        q_painterpath_add_ellipse_xywh(path, at[0] - radius, at[1] - radius, 2 * radius, 2 * radius);
        break;
    }
    case 'Z':
        q_painterpath_close_subpath(path);
        break;
    }
}

void vt_icon_paint(QPainter *painter, vt_icon icon, double x, double y, double side, uint32_t rgb)
{
    double scale = side / grid_side;
    QColor color = vt_theme_color(rgb);
    QBrush brush;
    q_brush_init_color(&brush, &color);
    QPen pen;
    q_pen_init_stroke_full(&pen, &brush, stroke_width * scale, Qt_SolidLine, Qt_RoundCap, Qt_RoundJoin);
    q_painter_save(painter);
    q_painter_set_render_hint(painter, QPainter_Antialiasing);
    for (const char *const *shape = vt_icon_shapes((int)icon); *shape; shape++) {
        QPainterPath path;
        q_painterpath_init(&path);
        vt_icon_command command = {0};
        for (const char *at = *shape; vt_icon_command_read(&at, &command);) {
            add_command(&path, &command, x, y, scale);
        }
        if (**shape == '*') {
            q_painter_fill_path(painter, &path, &brush);
        } else {
            q_painter_stroke_path(painter, &path, &pen);
        }
        q_painterpath_fini(&path);
    }
    q_painter_restore(painter);
    q_pen_fini(&pen);
    q_brush_fini(&brush);
}

/* ---- icons for buttons ---- */

static void add_pixmap(QIcon *icon, vt_icon shape, uint32_t rgb, double opacity, QIcon_Mode mode,
                       QIcon_State state)
{
    enum { SIDE = 24, SCALE = 3 }; /* drawn at three times the size: sharp up to a scale factor of 3 */
    QPixmap pixmap;
    q_pixmap_init(&pixmap, SIDE * SCALE, SIDE * SCALE);
    QColor clear = q_color_from_rgb_channels_full(0, 0, 0, 0);
    q_pixmap_fill(&pixmap, &clear);
    QPainter painter;
    q_painter_init_on(&painter, &pixmap);
    q_painter_set_opacity(&painter, opacity);
    vt_icon_paint(&painter, shape, 0, 0, SIDE * SCALE, rgb);
    q_painter_fini(&painter);
    q_icon_add_pixmap_full(icon, &pixmap, mode, state);
    q_pixmap_fini(&pixmap);
}

QIcon vt_icon_make(vt_icon shape)
{
    const vt_theme *theme = vt_theme_current();
    QIcon icon;
    q_icon_init(&icon);
    add_pixmap(&icon, shape, theme->text, 1.0, QIcon_Normal, QIcon_Off);
    add_pixmap(&icon, shape, theme->accent, 1.0, QIcon_Normal, QIcon_On);
    add_pixmap(&icon, shape, theme->text, 0.4, QIcon_Disabled, QIcon_Off);
    return icon;
}

QIcon vt_icon_make_dot(uint32_t rgb)
{
    enum { SIDE = 24, SCALE = 3, INSET = 5 };
    QIcon icon;
    q_icon_init(&icon);
    QPixmap pixmap;
    q_pixmap_init(&pixmap, SIDE * SCALE, SIDE * SCALE);
    QColor clear = q_color_from_rgb_channels_full(0, 0, 0, 0);
    q_pixmap_fill(&pixmap, &clear);
    QPainter painter;
    q_painter_init_on(&painter, &pixmap);
    int side = (SIDE - 2 * INSET) * SCALE;
    vt_paint_round(&painter, q_rect_make(INSET * SCALE, INSET * SCALE, side, side), side / 2, rgb,
                   VT_PAINT_NO_LINE);
    q_painter_fini(&painter);
    q_icon_add_pixmap(&icon, &pixmap);
    q_pixmap_fini(&pixmap);
    return icon;
}
