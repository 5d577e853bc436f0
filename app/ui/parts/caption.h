/*
 * One line of text that is painted often: elided and laid out once, then only drawn. Laying out is most of
 * what a line costs, and a card is painted several times before it rests.
 *
 * Embedded by value in whoever shows it: that one owns it. UI thread only; vt_caption_paint inside a paint
 * event.
 */
#ifndef VT_UI_PARTS_CAPTION_H
#define VT_UI_PARTS_CAPTION_H

#include "app/ui/parts/paint.h"

#include <qt6c/qfont.h>
#include <qt6c/qstatictext.h>

typedef struct vt_caption {
    QString text;
    QStaticText line; /* the text as it fits into `width` pixels of `font` */
    QFont font;
    int width; /* -1: not laid out yet */
} vt_caption;

void vt_caption_init(vt_caption *caption);
void vt_caption_fini(vt_caption *caption);

/* `text` is UTF-8 and copied. */
void vt_caption_set(vt_caption *caption, const char *text);

/* Like vt_paint_text: centred vertically, elided in the middle where it is too long. */
void vt_caption_paint(vt_caption *caption, QPainter *painter, QRect area, vt_paint_align align, uint32_t rgb);

/* Draws the usual characters once, out of sight, so that the first real caption need not load their shapes.
   `ratio`: device pixels per pixel of the screen. Needs no paint event. */
void vt_caption_prewarm(double ratio);

#endif
