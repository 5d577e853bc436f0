/*
 * The few things Vitrine's own widgets paint: rounded grounds, one line of text, a picture.
 *
 * Colours are 0xRRGGBB. UI thread only, inside a paint event.
 */
#ifndef VT_UI_PARTS_PAINT_H
#define VT_UI_PARTS_PAINT_H

#include <qt6c/qimage.h>
#include <qt6c/qpainter.h>
#include <qt6c/qpixmap.h>
#include <qt6c/qrect.h>
#include <qt6c/runtime.h>
#include <stdint.h>

#define VT_PAINT_NO_FILL UINT32_MAX
#define VT_PAINT_NO_LINE UINT32_MAX

typedef enum vt_paint_align { VT_PAINT_LEFT, VT_PAINT_CENTRE, VT_PAINT_RIGHT } vt_paint_align;

void vt_paint_fill(QPainter *painter, QRect area, uint32_t rgb);
void vt_paint_round(QPainter *painter, QRect area, int radius, uint32_t fill, uint32_t line);

/* One line, centred vertically, elided in the middle where it is too long (the end of a file name matters).
 */
void vt_paint_text(QPainter *painter, QRect area, vt_paint_align align, const QString *text, uint32_t rgb);

/* The picture scaled into `target`. */
void vt_paint_pixmap(QPainter *painter, QRect target, const QPixmap *pixmap);

/* Before a picture that may be transparent: where the theme is dark, what was drawn for paper needs some. */
void vt_paint_paper(QPainter *painter, QRect target);

/* A few pixels stretched to fill `target`, smoothly. */
void vt_paint_stretched(QPainter *painter, QRect target, const QImage *image);

/* What `draw` paints into `area`, kept as a picture under `name`, its size and the screen's scale: the next
   time only that picture is drawn. `name` says all that the drawing depends on: shape and colours. */
typedef void (*vt_paint_drawing)(QPainter *painter, QRect area, const void *data);
void vt_paint_kept(QPainter *painter, QRect area, const char *name, vt_paint_drawing draw, const void *data);

/* Height of a line in the application's font. */
int vt_paint_line_height(void);

static inline int vt_paint_rect_x(QRect rect)
{
    return rect.x1;
}

static inline int vt_paint_rect_y(QRect rect)
{
    return rect.y1;
}

static inline int vt_paint_rect_width(QRect rect)
{
    return rect.x2 - rect.x1 + 1;
}

static inline int vt_paint_rect_height(QRect rect)
{
    return rect.y2 - rect.y1 + 1;
}

#endif
