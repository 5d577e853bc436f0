#include "app/ui/viewer/canvas.h"

#include "app/ui/parts/icons.h"
#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"
#include "core/base/str.h"

#include <qt6c/qcursor.h>
#include <qt6c/qmouseevent.h>
#include <qt6c/qpainter.h>
#include <qt6c/qresizeevent.h>
#include <qt6c/qwheelevent.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* CLICK_SLACK: the mouse may move by so much in a click. */
enum { MESSAGE_ICON = 48, CHECK_SIDE = 12, CLICK_SLACK = 3 };

struct vt_canvas {
    QWidget widget; /* first */
    const vt_canvas_ops *ops;
    void *user;
    QImage picture;
    bool has_picture, crisp, checks, dragging, dragged;
    vt_canvas_ground ground;
    vt_turn turn;
    vt_canvas_message kind;
    QRectF target;
    QPointF last, first; /* of the mouse, while dragging; where that began, on the screen */
    vt_canvas_button button;
    QString message, detail, more; /* owned */
};

static vt_canvas *canvas_of(QWidget *self)
{
    return (vt_canvas *)self;
}

/* ---- painting ---- */

/* Colours that do not follow the theme: black as in a cinema, the middle grey that colours are judged on, and
   a light table. */
static uint32_t ground_of(const vt_canvas *canvas)
{
    static const uint32_t grounds[VT_CANVAS_GROUND_COUNT] = {
        [VT_CANVAS_BLACK] = 0x000000, [VT_CANVAS_GREY] = 0x777777, [VT_CANVAS_LIGHT] = 0xf4f4f4};
    return canvas->ground == VT_CANVAS_THEME ? vt_theme_current()->canvas : grounds[canvas->ground];
}

/* Behind pictures with transparent parts: squares in two shades. */
static void paint_checks(QPainter *painter, const QRectF *area)
{
    const vt_theme *theme = vt_theme_current();
    QRect whole = q_rectf_to_aligned_rect(area);
    vt_paint_fill(painter, whole, theme->paper);
    for (int y = whole.y1; y <= whole.y2; y += CHECK_SIDE) {
        int odd = (y - whole.y1) / CHECK_SIDE % 2;
        for (int x = whole.x1 + odd * CHECK_SIDE; x <= whole.x2; x += 2 * CHECK_SIDE) {
            int right = x + CHECK_SIDE - 1 < whole.x2 ? x + CHECK_SIDE - 1 : whole.x2;
            int bottom = y + CHECK_SIDE - 1 < whole.y2 ? y + CHECK_SIDE - 1 : whole.y2;
            vt_paint_fill(painter, q_rect_make_corners(&(QPoint){x, y}, &(QPoint){right, bottom}),
                          theme->shade);
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
    QRectF area = canvas->target;
    bool turned = canvas->turn.quarters != 0 || canvas->turn.mirrored;
    if (turned) {
        bool swaps = vt_turn_swaps(canvas->turn);
        double width = swaps ? area.h : area.w;
        double height = swaps ? area.w : area.h;
        q_painter_save(painter);
        q_painter_translate_xy(painter, area.xp + area.w / 2, area.yp + area.h / 2);
        q_painter_rotate(painter, 90.0 * canvas->turn.quarters);
        q_painter_scale(painter, canvas->turn.mirrored ? -1 : 1, 1);
        area = q_rectf_make(-width / 2, -height / 2, width, height);
    }
    QRectF source = q_rectf_make(0, 0, q_image_width(&canvas->picture), q_image_height(&canvas->picture));
    q_painter_draw_image_part(painter, &area, &canvas->picture, &source);
    if (canvas->ops->paint_detail) {
        canvas->ops->paint_detail(canvas->user, painter, &area);
    }
    if (turned) {
        q_painter_restore(painter);
    }
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
    vt_paint_text(painter, q_rect_make(24, top + 2 * line + 10, width - 48, line + 4), VT_PAINT_CENTRE,
                  &canvas->more, theme->muted);
}

static void canvas_paint(QWidget *self, QPaintEvent *event)
{
    (void)event;
    vt_canvas *canvas = canvas_of(self);
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    vt_paint_fill(&painter, q_widget_rect(self), ground_of(canvas));
    if (canvas->has_picture) {
        paint_picture(canvas, &painter);
    }
    if (canvas->message.size) {
        paint_message(canvas, &painter);
    }
    q_painter_fini(&painter);
    if (canvas->has_picture && canvas->ops->painted) {
        canvas->ops->painted(canvas->user);
    }
}

/* ---- mouse ---- */

static void canvas_press(QWidget *self, QMouseEvent *event)
{
    vt_canvas *canvas = canvas_of(self);
    canvas->dragging = true;
    canvas->dragged = false;
    canvas->first = q_singlepointevent_global_position(event);
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
    QPointF on_screen = q_singlepointevent_global_position(event);
    canvas->dragged = canvas->dragged || fabs(on_screen.xp - canvas->first.xp) > CLICK_SLACK ||
                      fabs(on_screen.yp - canvas->first.yp) > CLICK_SLACK;
    bool shift = (int)q_inputevent_modifiers(event) & Qt_ShiftModifier;
    canvas->ops->drag(canvas->user, canvas->button, shift, at.xp - canvas->last.xp, at.yp - canvas->last.yp);
    canvas->last = at;
}

static void canvas_release(QWidget *self, QMouseEvent *event)
{
    vt_canvas *canvas = canvas_of(self);
    bool clicked = canvas->dragging && !canvas->dragged;
    canvas->dragging = false;
    canvas->ops->drag_ended(canvas->user);
    if (clicked && canvas->button == VT_CANVAS_RIGHT && canvas->ops->menu) {
        QPointF at = q_singlepointevent_global_position(event);
        canvas->ops->menu(canvas->user, (QPoint){(int)at.xp, (int)at.yp});
    }
}

static void canvas_double_click(QWidget *self, QMouseEvent *event)
{
    vt_canvas *canvas = canvas_of(self);
    QPointF at = q_singlepointevent_position(event);
    if (q_singlepointevent_button(event) != Qt_LeftButton) { /* two presses: each has its menu */
        canvas_press(self, event);
        return;
    }
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
    qt_string_release(&canvas->more);
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
    q_widget_set_accessible_name(&canvas->widget, vt_tr("viewer", "Picture"));
    q_widget_set_focus_policy(&canvas->widget, Qt_StrongFocus);
    q_widget_set_attribute(&canvas->widget, Qt_WA_OpaquePaintEvent);
    q_widget_set_minimum_size(&canvas->widget, 120, 120);
    return canvas;
}

QWidget *vt_canvas_widget(vt_canvas *canvas)
{
    return &canvas->widget;
}

void vt_canvas_describe(vt_canvas *canvas, QWidget *focused, const char *name, const char *place, double zoom)
{
    vt_str text = VT_STR_INIT;
    vt_str_appendf(&text, "%s%s%s", name, *place ? ", " : "", place);
    if (*name && zoom > 0) {
        char number[32];
        snprintf(number, sizeof number, "%.0f", zoom * 100);
        vt_str_append_cstr(&text, ", ");
        vt_tr_append_with(&text, "viewer", "zoom %1 %", number);
    }
    const char *told = text.failed ? "" : text.data;
    q_widget_set_accessible_description(&canvas->widget, told);
    if (focused) {
        q_widget_set_accessible_description(focused, told);
    }
    vt_str_free(&text);
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

const unsigned char *vt_canvas_pixels(const vt_canvas *canvas, int *width, int *height, long *stride)
{
    *width = q_image_width(&canvas->picture);
    *height = q_image_height(&canvas->picture);
    *stride = q_image_bytes_per_line(&canvas->picture);
    return canvas->has_picture ? q_image_const_bits(&canvas->picture) : NULL;
}

void vt_canvas_place(vt_canvas *canvas, QRectF target, bool crisp, bool checks)
{
    canvas->target = target;
    canvas->checks = checks;
    canvas->crisp = crisp;
    q_widget_update(&canvas->widget);
}

void vt_canvas_swap_pictures(vt_canvas *one, vt_canvas *other)
{
    QImage picture;
    q_image_init_null(&picture);
    q_image_assign(&picture, &one->picture);
    q_image_assign(&one->picture, &other->picture);
    q_image_assign(&other->picture, &picture);
    q_image_fini(&picture);
    bool has_picture = one->has_picture;
    vt_canvas_message kind = one->kind;
    QString message = one->message;
    QString detail = one->detail;
    QString more = one->more;
    one->has_picture = other->has_picture;
    one->kind = other->kind;
    one->message = other->message;
    one->detail = other->detail;
    one->more = other->more;
    other->has_picture = has_picture;
    other->kind = kind;
    other->message = message;
    other->detail = detail;
    other->more = more;
    q_widget_update(&one->widget);
    q_widget_update(&other->widget);
}

void vt_canvas_set_ground(vt_canvas *canvas, vt_canvas_ground ground)
{
    canvas->ground = ground;
    q_widget_update(&canvas->widget);
}

void vt_canvas_set_turn(vt_canvas *canvas, vt_turn turn)
{
    canvas->turn = turn;
    q_widget_update(&canvas->widget);
}

void vt_canvas_set_message(vt_canvas *canvas, vt_canvas_message kind, const char *text, const char *detail)
{
    const char *second = strchr(detail, '\n');
    qt_string_release(&canvas->message);
    qt_string_release(&canvas->detail);
    qt_string_release(&canvas->more);
    canvas->message = qt_string_from_utf8(text);
    char first[512];
    snprintf(first, sizeof first, "%.*s", second ? (int)(second - detail) : (int)strlen(detail), detail);
    canvas->detail = qt_string_from_utf8(first);
    canvas->more = qt_string_from_utf8(second ? second + 1 : "");
    canvas->kind = kind;
    q_widget_update(&canvas->widget);
}
