#include "app/ui/panes/drag_picture.h"

#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qpainter.h>
#include <qt6c/qpixmap.h>

/* The pointer is not over it: what is under the pointer decides where the pane goes. */
enum { WIDTH = 240, HEIGHT = 180, AWAY = 18, EDGE = 1, PADDING = 8 };

struct vt_drag_picture {
    QWidget widget; /* first */
    QPixmap pixmap;
    QString words;
};

static int title_height(void)
{
    return vt_paint_line_height() + PADDING;
}

static void picture_paint(QWidget *self, QPaintEvent *event)
{
    (void)event;
    const vt_drag_picture *picture = (vt_drag_picture *)self;
    const vt_theme *theme = vt_theme_current();
    int width = q_widget_width(self), height = q_widget_height(self), title = title_height();
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    vt_paint_fill(&painter, q_widget_rect(self), theme->accent); /* what is left of it is the edge */
    vt_paint_fill(&painter, q_rect_make(EDGE, EDGE, width - 2 * EDGE, title), theme->selection);
    vt_paint_text(&painter, q_rect_make(EDGE + PADDING, EDGE, width - 2 * (EDGE + PADDING), title),
                  VT_PAINT_LEFT, &picture->words, theme->selection_text);
    vt_paint_pixmap(&painter, q_rect_make(EDGE, EDGE + title, width - 2 * EDGE, height - 2 * EDGE - title),
                    &picture->pixmap);
    q_painter_fini(&painter);
}

/* Within WIDTH x HEIGHT, in the pixels of the screen; the widget's size follows. */
static void take(vt_drag_picture *picture, QWidget *source)
{
    const QRect whole = q_widget_rect(source);
    QPixmap seen = q_widget_grab(source, &whole);
    double ratio = q_pixmap_device_pixel_ratio(&seen);
    const QSize most = {(int)(WIDTH * ratio), (int)(HEIGHT * ratio)};
    QPixmap small = q_pixmap_scaled_full(&seen, &most, Qt_KeepAspectRatio, Qt_SmoothTransformation);
    int width = (int)(q_pixmap_width(&small) / ratio), height = (int)(q_pixmap_height(&small) / ratio);
    q_pixmap_assign(&picture->pixmap, &small);
    q_pixmap_fini(&small);
    q_pixmap_fini(&seen);
    q_widget_resize(&picture->widget, width + 2 * EDGE, height + 2 * EDGE + title_height());
}

static void picture_finish(void *self)
{
    vt_drag_picture *picture = self;
    qt_string_release(&picture->words);
    q_pixmap_fini(&picture->pixmap);
}

static const QWidgetVirtuals picture_virtuals = {.paint_event = picture_paint};
static qt_subclass picture_class = {.base = &qt_class_QWidget,
                                    .virtuals = &picture_virtuals,
                                    .instance_size = sizeof(vt_drag_picture),
                                    .finish = picture_finish};

vt_drag_picture *vt_drag_picture_create(QWidgetRef parent)
{
    vt_drag_picture *picture = qt_subclass_allocate(&picture_class);
    q_widget_init_full(&picture->widget, parent,
                       (int)Qt_ToolTip | (int)Qt_FramelessWindowHint | (int)Qt_WindowTransparentForInput |
                           (int)Qt_WindowDoesNotAcceptFocus);
    qt_subclass_install(&picture_class, picture);
    q_pixmap_init_null(&picture->pixmap);
    picture->words = qt_string_from_utf8(vt_tr("panes", "In a window of its own"));
    q_widget_set_attribute(&picture->widget, Qt_WA_ShowWithoutActivating);
    q_widget_set_attribute(&picture->widget, Qt_WA_TransparentForMouseEvents);
    q_widget_set_accessible_name(&picture->widget, vt_tr("panes", "In a window of its own"));
    return picture;
}

void vt_drag_picture_show(vt_drag_picture *picture, QWidget *source, int x, int y)
{
    if (!q_widget_is_visible(&picture->widget)) {
        take(picture, source);
    }
    q_widget_move(&picture->widget, x + AWAY, y + AWAY);
    q_widget_show(&picture->widget);
}

void vt_drag_picture_hide(vt_drag_picture *picture)
{
    if (q_widget_is_visible(&picture->widget)) {
        QPixmap none;
        q_pixmap_init_null(&none);
        q_widget_hide(&picture->widget);
        q_pixmap_assign(&picture->pixmap, &none);
        q_pixmap_fini(&none);
    }
}
