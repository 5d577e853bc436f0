#include "app/ui/browse/card_badges.h"

#include "app/ui/parts/labels.h"
#include "app/ui/parts/theme.h"

#include <stdio.h>

enum { BADGE = 22, EDGE = 4, STAR = 13, STAR_PADDING = 5 };

static void draw_sign(QPainter *painter, QRect area, const void *data)
{
    const vt_sign *sign = data;
    double inset = (vt_paint_rect_width(area) - sign->icon_side) / 2.0;
    vt_paint_round(painter, area, sign->corner, sign->ground, sign->line);
    vt_icon_paint(painter, sign->icon, vt_paint_rect_x(area) + inset, vt_paint_rect_y(area) + inset,
                  sign->icon_side, sign->icon_color);
}

void vt_sign_paint(QPainter *painter, QRect area, const vt_sign *sign)
{
    char name[64];
    snprintf(name, sizeof name, "sign %d %d %d %x %x %x", (int)sign->icon, sign->corner, sign->icon_side,
             sign->ground, sign->line, sign->icon_color);
    vt_paint_kept(painter, area, name, draw_sign, sign);
}

void vt_badge_paint_icon(QPainter *painter, QRect square, vt_icon icon, uint32_t rgb)
{
    const vt_theme *theme = vt_theme_current();
    const vt_sign sign = {.icon = icon,
                          .corner = BADGE / 2,
                          .icon_side = BADGE - 6,
                          .ground = theme->base,
                          .line = theme->line,
                          .icon_color = rgb};
    vt_sign_paint(painter,
                  q_rect_make(vt_paint_rect_x(square) + vt_paint_rect_width(square) - BADGE - EDGE,
                              vt_paint_rect_y(square) + EDGE, BADGE, BADGE),
                  &sign);
}

static int number_width(QRect square, int length)
{
    int width = BADGE + 10 + length * vt_paint_line_height() / 2;
    return width > vt_paint_rect_width(square) - 2 * EDGE ? BADGE : width;
}

QRect vt_badge_number_place(QRect square, int length)
{
    int width = number_width(square, length);
    return q_rect_make(vt_paint_rect_x(square) + vt_paint_rect_width(square) - width - EDGE,
                       vt_paint_rect_y(square) + EDGE, width, BADGE);
}

void vt_badge_paint_number(QPainter *painter, QRect square, vt_icon icon, vt_caption *number, int length)
{
    const vt_theme *theme = vt_theme_current();
    int width = number_width(square, length);
    if (width == BADGE) {
        vt_badge_paint_icon(painter, square, icon, theme->muted);
        return;
    }
    int left = vt_paint_rect_x(square) + vt_paint_rect_width(square) - width - EDGE;
    int top = vt_paint_rect_y(square) + EDGE;
    vt_paint_round(painter, q_rect_make(left, top, width, BADGE), BADGE / 2, theme->base, theme->line);
    vt_icon_paint(painter, icon, left + 6, top + 3, BADGE - 6, theme->muted);
    vt_caption_paint(number, painter, q_rect_make(left + BADGE, top, width - BADGE - EDGE, BADGE),
                     VT_PAINT_CENTRE, theme->text);
}

/* Stars on a ground; `stars` of them, and a digit behind if it is not 0. */
typedef struct stars {
    int stars, digit;
    uint32_t ground, line, color, text;
} stars;

static void draw_stars(QPainter *painter, QRect area, const void *data)
{
    const stars *what = data;
    vt_paint_round(painter, area, vt_paint_rect_height(area) / 2, what->ground, what->line);
    double top = vt_paint_rect_y(area) + (vt_paint_rect_height(area) - STAR) / 2.0;
    for (int star = 0; star < what->stars; star++) {
        vt_icon_paint(painter, VT_ICON_STAR, vt_paint_rect_x(area) + STAR_PADDING + star * STAR, top, STAR,
                      what->color);
    }
    if (what->digit) {
        char digit[2] = {(char)('0' + what->digit), '\0'};
        QString text = qt_string_from_utf8(digit);
        int left = vt_paint_rect_x(area) + STAR_PADDING + STAR;
        vt_paint_text(painter, q_rect_make(left, vt_paint_rect_y(area), STAR, vt_paint_rect_height(area)),
                      VT_PAINT_CENTRE, &text, what->text);
        qt_string_release(&text);
    }
}

void vt_badge_paint_rating(QPainter *painter, QRect square, int rating)
{
    enum { HEIGHT = 20 };
    const vt_theme *theme = vt_theme_current();
    bool room = 2 * STAR_PADDING + rating * STAR + 2 * EDGE <= vt_paint_rect_width(square) / 2 + 2 * STAR;
    const stars what = {.stars = room ? rating : 1,
                        .digit = room ? 0 : rating,
                        .ground = theme->base,
                        .line = theme->line,
                        .color = theme->star,
                        .text = theme->text};
    int width = 2 * STAR_PADDING + (what.stars + (what.digit > 0)) * STAR;
    char name[64];
    snprintf(name, sizeof name, "stars %d %d %x %x", what.stars, what.digit, what.ground, what.color);
    vt_paint_kept(painter,
                  q_rect_make(vt_paint_rect_x(square) + EDGE,
                              vt_paint_rect_y(square) + vt_paint_rect_height(square) - HEIGHT - EDGE, width,
                              HEIGHT),
                  name, draw_stars, &what);
}

/* A dot on a ground. */
typedef struct dot {
    uint32_t ground, line, fill, edge;
} dot;

static void draw_dot(QPainter *painter, QRect area, const void *data)
{
    enum { INSET = 5 };
    const dot *what = data;
    QRect inner = q_rect_adjusted(&area, INSET, INSET, -INSET, -INSET);
    vt_paint_round(painter, area, vt_paint_rect_height(area) / 2, what->ground, what->line);
    vt_paint_round(painter, inner, vt_paint_rect_height(inner) / 2, what->fill, what->edge);
}

void vt_badge_paint_label(QPainter *painter, QRect square, int label)
{
    enum { SIDE = 20 };
    const vt_theme *theme = vt_theme_current();
    const vt_label_info *info = vt_label_get(label);
    const dot what = {.ground = theme->base,
                      .line = theme->line,
                      .fill = info ? info->rgb : VT_PAINT_NO_FILL,
                      .edge = info ? VT_PAINT_NO_LINE : theme->muted};
    char name[64];
    snprintf(name, sizeof name, "dot %x %x %x %x", what.ground, what.line, what.fill, what.edge);
    vt_paint_kept(painter,
                  q_rect_make(vt_paint_rect_x(square) + vt_paint_rect_width(square) - SIDE - EDGE,
                              vt_paint_rect_y(square) + vt_paint_rect_height(square) - SIDE - EDGE, SIDE,
                              SIDE),
                  name, draw_dot, &what);
}
