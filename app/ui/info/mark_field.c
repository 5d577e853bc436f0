#include "app/ui/info/mark_field.h"

#include "app/ui/parts/labels.h"
#include "app/ui/parts/paint.h"
#include "app/ui/parts/stars.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qkeyevent.h>
#include <qt6c/qmouseevent.h>
#include <qt6c/qpainter.h>

#include <stdio.h>
#include <stdlib.h>

enum { CELL = 26, STAR = 18, DOT = 14, MARKS = VT_STARS, DIFFERS = -1 };
_Static_assert(VT_STARS == VT_LABELS, "both rows are as long"); /* NOLINT(misc-redundant-expression) */

struct vt_mark_field {
    QWidget widget; /* first */
    vt_mark_kind kind;
    int number;
    int hovered;     /* mark under the mouse, 0: none */
    QString several; /* owned */
    void (*chosen)(void *user, int number);
    void *user;
};

/* ---- painting ---- */

static void paint_star(const vt_mark_field *field, QPainter *painter, int mark, double x, double y)
{
    const vt_theme *theme = vt_theme_current();
    bool is_on = mark <= field->number;
    bool is_near = mark <= field->hovered;
    uint32_t line = is_on || is_near ? theme->accent : theme->muted;
    vt_star_paint(painter, x + (CELL - STAR) / 2.0, y + (CELL - STAR) / 2.0, STAR,
                  is_on ? theme->accent : VT_PAINT_NO_FILL, line);
}

static void paint_dot(const vt_mark_field *field, QPainter *painter, int mark, int x, int y)
{
    const vt_theme *theme = vt_theme_current();
    const vt_label_info *label = vt_label_get(mark);
    const int inset = (CELL - DOT) / 2;
    if (mark == field->number || mark == field->hovered) {
        uint32_t ring = mark == field->number ? theme->text : theme->line;
        vt_paint_round(painter, q_rect_make(x + inset - 4, y + inset - 4, DOT + 8, DOT + 8), DOT / 2 + 4,
                       VT_PAINT_NO_FILL, ring);
    }
    vt_paint_round(painter, q_rect_make(x + inset, y + inset, DOT, DOT), DOT / 2, label->rgb,
                   VT_PAINT_NO_LINE);
}

static void field_paint(QWidget *self, QPaintEvent *event)
{
    (void)event;
    const vt_mark_field *field = (vt_mark_field *)self;
    const vt_theme *theme = vt_theme_current();
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    for (int mark = 1; mark <= MARKS; mark++) {
        if (field->kind == VT_MARK_STARS) {
            paint_star(field, &painter, mark, (mark - 1) * CELL, 0);
        } else {
            paint_dot(field, &painter, mark, (mark - 1) * CELL, 0);
        }
    }
    if (field->number == DIFFERS) {
        QRect rest = q_rect_make(MARKS * CELL + 4, 0, q_widget_width(self) - MARKS * CELL - 4, CELL);
        vt_paint_text(&painter, rest, VT_PAINT_LEFT, &field->several, theme->muted);
    }
    if (q_widget_has_focus(self)) {
        vt_paint_round(&painter, q_rect_make(0, 0, MARKS * CELL, CELL), 4, VT_PAINT_NO_FILL, theme->accent);
    }
    q_painter_fini(&painter);
}

/* ---- choosing ---- */

static int mark_at(QMouseEvent *event)
{
    QPointF at = q_singlepointevent_position(event);
    int mark = (int)(at.xp / CELL) + 1;
    return at.xp >= 0 && at.yp >= 0 && at.yp < CELL && mark <= MARKS ? mark : 0;
}

static void hover(vt_mark_field *field, int mark)
{
    if (mark != field->hovered) {
        field->hovered = mark;
        q_widget_update(&field->widget);
    }
}

static void field_move(QWidget *self, QMouseEvent *event)
{
    hover((vt_mark_field *)self, mark_at(event));
}

static void field_leave(QWidget *self, QEvent *event)
{
    (void)event;
    hover((vt_mark_field *)self, 0);
}

static void field_press(QWidget *self, QMouseEvent *event)
{
    vt_mark_field *field = (vt_mark_field *)self;
    int mark = mark_at(event);
    if (mark && q_singlepointevent_button(event) == Qt_LeftButton) {
        field->chosen(field->user, mark == field->number ? 0 : mark);
    }
}

static void field_key(QWidget *self, QKeyEvent *event)
{
    vt_mark_field *field = (vt_mark_field *)self;
    int number = field->number == DIFFERS ? 0 : field->number;
    switch (q_keyevent_key(event)) {
    case Qt_Key_Left:
        number--;
        break;
    case Qt_Key_Right:
        number++;
        break;
    default:
        q_widget_base_key_press_event(self, event);
        return;
    }
    if (number >= 0 && number <= MARKS) {
        field->chosen(field->user, number);
    }
}

/* ---- life ---- */

static void field_finish(void *self)
{
    qt_string_release(&((vt_mark_field *)self)->several);
}

static const QWidgetVirtuals field_virtuals = {.paint_event = field_paint,
                                               .mouse_move_event = field_move,
                                               .mouse_press_event = field_press,
                                               .leave_event = field_leave,
                                               .key_press_event = field_key};
static qt_subclass field_class = {.base = &qt_class_QWidget,
                                  .virtuals = &field_virtuals,
                                  .instance_size = sizeof(vt_mark_field),
                                  .finish = field_finish};

vt_mark_field *vt_mark_field_create(QWidgetRef parent, vt_mark_kind kind,
                                    void (*chosen)(void *user, int number), void *user)
{
    vt_mark_field *field = qt_subclass_allocate(&field_class);
    q_widget_init(&field->widget, parent);
    qt_subclass_install(&field_class, field);
    field->kind = kind;
    field->chosen = chosen;
    field->user = user;
    field->several = qt_string_from_utf8("various");
    q_widget_set_mouse_tracking(&field->widget, true);
    q_widget_set_focus_policy(&field->widget, Qt_TabFocus);
    q_widget_set_minimum_size(&field->widget, MARKS * CELL, CELL);
    q_widget_set_fixed_height(&field->widget, CELL);
    q_widget_set_accessible_name(&field->widget,
                                 kind == VT_MARK_STARS ? vt_tr("info", "Rating") : vt_tr("info", "Label"));
    vt_mark_field_set(field, 0);
    return field;
}

QWidget *vt_mark_field_widget(vt_mark_field *field)
{
    return &field->widget;
}

void vt_mark_field_set(vt_mark_field *field, int number)
{
    vt_str words = VT_STR_INIT;
    const vt_label_info *label = vt_label_get(number);
    if (number == DIFFERS) {
        vt_str_append_cstr(&words, vt_tr("info", "various"));
    } else if (field->kind == VT_MARK_STARS) {
        vt_tr_append_count(&words, "info", "%n of 5 stars", "%n of 5 stars", number);
    } else {
        vt_str_append_cstr(&words, label ? vt_tr("label", label->name) : vt_tr("info", "none"));
    }
    field->number = number;
    q_widget_set_accessible_description(&field->widget, words.failed ? "" : words.data);
    vt_str_free(&words);
    q_widget_update(&field->widget);
}
