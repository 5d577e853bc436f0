/*
 * The small signs on a card's picture: kind, frames, missing, rating, label. Each has a ground and an edge of
 * its own, so that it can be read on any picture, and gets by with little room on small cards.
 *
 * UI thread only, inside a paint event.
 */
#ifndef VT_UI_BROWSE_CARD_BADGES_H
#define VT_UI_BROWSE_CARD_BADGES_H

#include "app/ui/parts/caption.h"
#include "app/ui/parts/icons.h"

/* An icon on a rounded ground, kept as a picture. */
typedef struct vt_sign {
    vt_icon icon;
    int corner, icon_side;
    uint32_t ground, line, icon_color;
} vt_sign;

void vt_sign_paint(QPainter *painter, QRect area, const vt_sign *sign);

/* In the upper right corner of `square`: an icon of its own, or one with a number behind it, of which
   `length` characters are there; the number is left out where there is no room. */
void vt_badge_paint_icon(QPainter *painter, QRect square, vt_icon icon, uint32_t rgb);
void vt_badge_paint_number(QPainter *painter, QRect square, vt_icon icon, vt_caption *number, int length);
/* Where that stands: also where only the icon has room. */
QRect vt_badge_number_place(QRect square, int length);

/* In the lower left corner: 1 to 5 stars, or one and a digit where there is no room. */
void vt_badge_paint_rating(QPainter *painter, QRect square, int rating);

/* In the lower right corner: a dot in the label's colour; a ring for a label that has none here. */
void vt_badge_paint_label(QPainter *painter, QRect square, int label);

#endif
