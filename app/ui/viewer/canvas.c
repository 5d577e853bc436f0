#include "app/ui/viewer/canvas.h"

#include "app/ui/parts/icons.h"
#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"

#include <qt6c/qcursor.h>
#include <qt6c/qmouseevent.h>
#include <qt6c/qpainter.h>
#include <qt6c/qresizeevent.h>
#include <qt6c/qwheelevent.h>

#include <math.h>
#include <stdlib.h>

enum { MESSAGE_ICON = 48, CHECK_SIDE = 12 };

struct vt_canvas {
    QWidget widget; /* first */
    const vt_canvas_ops *ops;
    void *user;
    QImage picture;
    bool has_picture, crisp, checks, dragging;
    vt_canvas_message kind;
    QRectF target;
    QPointF last; /* of the mouse, while dragging */
    vt_canvas_button button;
    QString message, detail; /* owned */
};

static vt_canvas *canvas_of(QWidget *self)
{
    return (vt_canvas *)self;
}

/* ---- painting ---- */

/* Behind pictures with transparent parts: squares in two shades. */
static void paint_checks(QPainter *painter, const QRectF *area)
{
    const vt_theme *theme = vt_theme_current();
    QRect whole = q_rectf_to_aligned_rect(area);
    vt_paint_fill(painter, whole, theme->base);
    for (int y = whole.y1; y <= whole.y2; y += CHECK_SIDE) {
        int odd = (y - whole.y1) / CHECK_SIDE % 2;
        for (int x = whole.x1 + odd * CHECK_SIDE; x <= whole.x2; x += 2 * CHECK_SIDE) {
            int right = x + CHECK_SIDE - 1 < whole.x2 ? x + CHECK_SIDE - 1 : whole.x2;
            int bottom = y + CHECK_SIDE - 1 < whole.y2 ? y + CHECK_SIDE - 1 : whole.y2;
            vt_paint_fill(painter, q_rect_make_corners(&(QPoint){x, y}, &(QPoint){right, bottom}),
                          theme->well);
        }
    }
}

static void paint_picture(vt_canvas *canvas, QPainter *painter)
{
    QRect bounds = q_widget_rect(&canvas->widget);
    QRectF visible = q_rectf_make_rect(&bounds);
    visible = q_rectf_intersected(&canvas->target, &visible);
    if (canvas->checks && !q_rectf_is_empty(&visible)) {
        paint_checks(painter, &visible);
    }
    q_painter_set_render_hint_full(painter, QPainter_SmoothPixmapTransform, !canvas->crisp);
    QRectF source = q_rectf_make(0, 0, q_image_width(&canvas->picture), q_image_height(&canvas->picture));
    q_painter_draw_image_part(painter, &canvas->target, &canvas->picture, &source);
}

/* On a ground of its own, since the picture below may have any colour. */
static void paint_note(vt_canvas *canvas, QPainter *painter)
{
    enum { PADDING = 12, GAP = 16 };
    const vt_theme *theme = vt_theme_current();
    int line = vt_paint_line_height();
    int width = q_widget_width(&canvas->widget) - 2 * GAP;
    width = width < 640 ? width : 640;
    int height = 2 * line + 2 * PADDING;
    QRect ground = q_rect_make((q_widget_width(&canvas->widget) - width) / 2,
                               q_widget_height(&canvas->widget) - height - GAP, width, height);
    vt_paint_round(painter, ground, 8, theme->base, theme->line);
    QRect row = q_rect_make(ground.x1 + PADDING, ground.y1 + PADDING, width - 2 * PADDING, line);
    vt_paint_text(painter, row, VT_PAINT_CENTRE, &canvas->message, theme->text);
    row = q_rect_translated_xy(&row, 0, line);
    vt_paint_text(painter, row, VT_PAINT_CENTRE, &canvas->detail, theme->muted);
}

static void paint_message(vt_canvas *canvas, QPainter *painter)
{
    if (canvas->kind == VT_CANVAS_NOTE) {
        paint_note(canvas, painter);
        return;
    }
    const vt_theme *theme = vt_theme_current();
    int width = q_widget_width(&canvas->widget);
    int line = vt_paint_line_height();
    int top = q_widget_height(&canvas->widget) / 2 -
              (canvas->kind == VT_CANVAS_FAILURE ? MESSAGE_ICON + line : line) / 2;
    if (canvas->kind == VT_CANVAS_FAILURE) {
        vt_icon_paint(painter, VT_ICON_BROKEN, (width - MESSAGE_ICON) / 2.0, top - MESSAGE_ICON / 2.0,
                      MESSAGE_ICON, theme->danger);
        top += MESSAGE_ICON / 2 + line / 2;
    }
    vt_paint_text(painter, q_rect_make(24, top, width - 48, line + 4), VT_PAINT_CENTRE, &canvas->message,
                  theme->text);
    vt_paint_text(painter, q_rect_make(24, top + line + 6, width - 48, line + 4), VT_PAINT_CENTRE,
                  &canvas->detail, theme->muted);
}

static void canvas_paint(QWidget *self, QPaintEvent *event)
{
    (void)event;
    vt_canvas *canvas = canvas_of(self);
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    vt_paint_fill(&painter, q_widget_rect(self), vt_theme_current()->canvas);
    if (canvas->has_picture) {
        paint_picture(canvas, &painter);
    }
    if (canvas->message.size) {
        paint_message(canvas, &painter);
    }
    q_painter_fini(&painter);
}

/* ---- mouse ---- */

static void canvas_press(QWidget *self, QMouseEvent *event)
{
    vt_canvas *canvas = canvas_of(self);
    canvas->dragging = true;
    canvas->last = q_singlepointevent_position(event);
    Qt_MouseButton button = q_singlepointevent_button(event);
    canvas->button = button == Qt_MiddleButton  ? VT_CANVAS_MIDDLE
                     : button == Qt_RightButton ? VT_CANVAS_RIGHT
                                                : VT_CANVAS_LEFT;
    q_widget_set_focus(self);
}

static void canvas_move(QWidget *self, QMouseEvent *event)
{
    vt_canvas *canvas = canvas_of(self);
    if (!canvas->dragging) {
        return;
    }
    QPointF at = q_singlepointevent_position(event);
    bool shift = (int)q_inputevent_modifiers(event) & Qt_ShiftModifier;
    canvas->ops->drag(canvas->user, canvas->button, shift, at.xp - canvas->last.xp, at.yp - canvas->last.yp);
    canvas->last = at;
}

static void canvas_release(QWidget *self, QMouseEvent *event)
{
    (void)event;
    vt_canvas *canvas = canvas_of(self);
    canvas->dragging = false;
    canvas->ops->drag_ended(canvas->user);
}

static void canvas_double_click(QWidget *self, QMouseEvent *event)
{
    vt_canvas *canvas = canvas_of(self);
    QPointF at = q_singlepointevent_position(event);
    canvas->ops->double_click(canvas->user, at.xp, at.yp);
}

static void canvas_wheel(QWidget *self, QWheelEvent *event)
{
    enum { ONE_STEP = 120 }; /* eighths of a degree */
    vt_canvas *canvas = canvas_of(self);
    QPoint angle = q_wheelevent_angle_delta(event);
    QPointF at = q_singlepointevent_position(event);
    canvas->ops->wheel(canvas->user, (double)angle.yp / ONE_STEP, at.xp, at.yp);
}

static void canvas_resize(QWidget *self, QResizeEvent *event)
{
    (void)event;
    vt_canvas *canvas = canvas_of(self);
    canvas->ops->resized(canvas->user, q_widget_width(self), q_widget_height(self));
}

/* ---- life ---- */

static void canvas_finish(void *self)
{
    vt_canvas *canvas = self;
    q_image_fini(&canvas->picture);
    qt_string_release(&canvas->message);
    qt_string_release(&canvas->detail);
}

static const QWidgetVirtuals canvas_virtuals = {
    .paint_event = canvas_paint,
    .mouse_press_event = canvas_press,
    .mouse_move_event = canvas_move,
    .mouse_release_event = canvas_release,
    .mouse_double_click_event = canvas_double_click,
    .wheel_event = canvas_wheel,
    .resize_event = canvas_resize,
};
static qt_subclass canvas_class = {.base = &qt_class_QWidget,
                                   .virtuals = &canvas_virtuals,
                                   .instance_size = sizeof(vt_canvas),
                                   .finish = canvas_finish};

vt_canvas *vt_canvas_create(QWidgetRef parent, const vt_canvas_ops *ops, void *user)
{
    vt_canvas *canvas = qt_subclass_allocate(&canvas_class);
    q_widget_init(&canvas->widget, parent);
    q_image_init_null(&canvas->picture);
    canvas->ops = ops;
    canvas->user = user;
    qt_subclass_install(&canvas_class, canvas);
    q_widget_set_accessible_name(&canvas->widget, "Picture");
    q_widget_set_focus_policy(&canvas->widget, Qt_StrongFocus);
    q_widget_set_attribute(&canvas->widget, Qt_WA_OpaquePaintEvent);
    q_widget_set_minimum_size(&canvas->widget, 120, 120);
    return canvas;
}

QWidget *vt_canvas_widget(vt_canvas *canvas)
{
    return &canvas->widget;
}

double vt_canvas_ratio(vt_canvas *canvas)
{
    return q_paintdevice_device_pixel_ratio_f(q_widget_as_paintdevice(&canvas->widget));
}

/* ---- what it shows ---- */

void vt_canvas_set_picture(vt_canvas *canvas, unsigned char *pixels, int width, int height, long stride)
{
    QImage picture;
    q_image_init_data_full(&picture, pixels, width, height, stride, QImage_Format_ARGB32_Premultiplied,
                           (void *)free, pixels);
    q_image_assign(&canvas->picture, &picture);
    q_image_fini(&picture);
    canvas->has_picture = true;
    q_widget_update(&canvas->widget);
}

void vt_canvas_clear(vt_canvas *canvas)
{
    QImage none;
    q_image_init_null(&none);
    q_image_assign(&canvas->picture, &none);
    q_image_fini(&none);
    canvas->has_picture = false;
    q_widget_update(&canvas->widget);
}

bool vt_canvas_has_picture(const vt_canvas *canvas)
{
    return canvas->has_picture;
}

void vt_canvas_place(vt_canvas *canvas, QRectF target, bool crisp, bool checks)
{
    canvas->target = target;
    canvas->checks = checks;
    canvas->crisp = crisp;
    q_widget_update(&canvas->widget);
}

void vt_canvas_set_message(vt_canvas *canvas, vt_canvas_message kind, const char *text, const char *detail)
{
    qt_string_release(&canvas->message);
    qt_string_release(&canvas->detail);
    canvas->message = qt_string_from_utf8(text);
    canvas->detail = qt_string_from_utf8(detail);
    canvas->kind = kind;
    q_widget_update(&canvas->widget);
}
