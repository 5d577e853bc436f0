/* The header of a pane: painted, pressed, dragged; and its buttons. */
#include "app/ui/panes/pane_frame_private.h"

#include "app/ui/parts/labels.h"
#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qcontextmenuevent.h>
#include <qt6c/qfontmetrics.h>
#include <qt6c/qkeyevent.h>
#include <qt6c/qmouseevent.h>

#include <stdio.h>
#include <stdlib.h>

enum {
    EDGE = 1,
    BUTTON = 24,
    ICON_SIDE = 16,
    GAP = 8,
    BADGE = 18,
    SLACK = 6,    /* the mouse may move by so much in a click */
    NARROW = 160, /* a pane narrower than this has no button but the menu */
};

enum { MENU, MAXIMISE, CLOSE };

/* ---- where things are ---- */

static int button_count(const vt_pane_frame *frame)
{
    return q_widget_width(&frame->widget) < NARROW ? 1 : VT_PANE_BUTTONS;
}

void vt_pane_frame_arrange(vt_pane_frame *frame)
{
    int width = q_widget_width(&frame->widget), height = q_widget_height(&frame->widget);
    int count = button_count(frame);
    for (int i = 0; i < VT_PANE_BUTTONS; i++) {
        q_widget_set_visible(frame->buttons[i], i < count);
        q_widget_set_geometry_xywh(frame->buttons[i], width - EDGE - 3 - (count - i) * BUTTON,
                                   (VT_PANE_HEADER - BUTTON) / 2, BUTTON, BUTTON);
    }
    if (frame->body) {
        int below = height - VT_PANE_HEADER - EDGE;
        q_widget_set_geometry_xywh(frame->body, EDGE, VT_PANE_HEADER, width > 2 * EDGE ? width - 2 * EDGE : 0,
                                   below > 0 ? below : 0);
    }
}

static void frame_resize(QWidget *self, QResizeEvent *event)
{
    (void)event;
    vt_pane_frame_arrange((vt_pane_frame *)self);
}

/* ---- painting ---- */

/* Panes that share their selection have the same number and colour. */
static int paint_link(const vt_pane_frame *frame, QPainter *painter, int right)
{
    if (!frame->link) {
        return right;
    }
    static const uint32_t grounds[] = {0x2f6fb2, 0x2e7d4f, 0x9a5b00, 0x8e3a86, 0xb03a3a,
                                       0x4d5db8, 0x00767c, 0x6b6b12, 0x7a4a2b};
    char number[16];
    QRect place = q_rect_make(right - BADGE, (VT_PANE_HEADER - BADGE) / 2, BADGE, BADGE);
    (void)snprintf(number, sizeof number, "%u", frame->link);
    QString text = qt_string_from_utf8(number);
    vt_paint_round(painter, place, BADGE / 2, grounds[(frame->link - 1) % 9], VT_PAINT_NO_LINE);
    vt_paint_text(painter, place, VT_PAINT_CENTRE, &text, 0xffffff);
    qt_string_release(&text);
    return right - BADGE - GAP;
}

static int paint_group(const vt_pane_frame *frame, QPainter *painter, int right, int room)
{
    if (!frame->group.size) {
        return right;
    }
    const QFontMetrics metrics = q_widget_font_metrics(&frame->widget);
    int wide = q_fontmetrics_horizontal_advance_full_qs(&metrics, &frame->group, -1) + 2 * GAP;
    q_fontmetrics_fini((QFontMetrics *)&metrics);
    wide = wide < room / 3 ? wide : room / 3;
    QRect place = q_rect_make(right - wide, (VT_PANE_HEADER - BADGE) / 2, wide, BADGE);
    vt_paint_round(painter, place, BADGE / 2, vt_theme_current()->well, VT_PAINT_NO_LINE);
    vt_paint_text(painter, q_rect_make(right - wide + GAP / 2, place.y1, wide - GAP, BADGE), VT_PAINT_CENTRE,
                  &frame->group, vt_theme_current()->text);
    return right - wide - GAP;
}

static void frame_paint(QWidget *self, QPaintEvent *event)
{
    (void)event;
    const vt_pane_frame *frame = (vt_pane_frame *)self;
    const vt_theme *theme = vt_theme_current();
    int width = q_widget_width(self), height = q_widget_height(self);
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    vt_paint_fill(&painter, q_widget_rect(self), frame->focused ? theme->accent : theme->line);
    vt_paint_fill(&painter, q_rect_make(EDGE, EDGE, width - 2 * EDGE, height - 2 * EDGE), theme->base);
    vt_paint_fill(&painter, q_rect_make(EDGE, EDGE, width - 2 * EDGE, VT_PANE_HEADER - EDGE),
                  frame->focused ? theme->hover : theme->window);
    if (frame->focused) {
        vt_paint_fill(&painter, q_rect_make(EDGE, EDGE, width - 2 * EDGE, 2), theme->accent);
    }
    vt_icon_paint(&painter, frame->icon, GAP, (VT_PANE_HEADER - ICON_SIDE) / 2.0, ICON_SIDE, theme->text);
    int right = width - EDGE - 6 - button_count(frame) * BUTTON;
    right = paint_link(frame, &painter, right);
    right = paint_group(frame, &painter, right, right);
    int left = GAP + ICON_SIDE + GAP;
    if (right - left > GAP) {
        vt_paint_text(&painter, q_rect_make(left, 0, right - left, VT_PANE_HEADER), VT_PAINT_LEFT,
                      &frame->title, frame->focused ? theme->text : theme->muted);
    }
    q_painter_fini(&painter);
}

/* ---- the mouse ---- */

static QPoint on_screen(QMouseEvent *event)
{
    QPointF at = q_singlepointevent_global_position(event);
    return (QPoint){(int)at.xp, (int)at.yp};
}

static bool in_header(QMouseEvent *event)
{
    return q_singlepointevent_position(event).yp < VT_PANE_HEADER;
}

static void frame_press(QWidget *self, QMouseEvent *event)
{
    vt_pane_frame *frame = (vt_pane_frame *)self;
    frame->pressed = in_header(event) && q_singlepointevent_button(event) == Qt_LeftButton;
    frame->dragging = false;
    frame->start = on_screen(event);
    frame->ops->pressed(frame->user, frame->pane);
}

static void frame_move(QWidget *self, QMouseEvent *event)
{
    vt_pane_frame *frame = (vt_pane_frame *)self;
    QPoint at = on_screen(event);
    if (!frame->pressed) {
        return;
    }
    if (!frame->dragging && (abs(at.xp - frame->start.xp) > SLACK || abs(at.yp - frame->start.yp) > SLACK)) {
        frame->dragging = true;
        q_widget_grab_keyboard(self);
    }
    if (frame->dragging) {
        frame->ops->dragged(frame->user, frame->pane, at.xp, at.yp);
    }
}

static void end_drag(vt_pane_frame *frame, bool done, QPoint at)
{
    bool dragging = frame->dragging;
    frame->pressed = frame->dragging = false;
    if (dragging) {
        q_widget_release_keyboard(&frame->widget);
        frame->ops->dropped(frame->user, frame->pane, done, at.xp, at.yp);
    }
}

static void frame_release(QWidget *self, QMouseEvent *event)
{
    vt_pane_frame *frame = (vt_pane_frame *)self;
    if (q_singlepointevent_button(event) == Qt_MiddleButton && in_header(event)) {
        frame->ops->close(frame->user, frame->pane); /* as a tab in a browser */
        return;
    }
    end_drag(frame, true, on_screen(event));
}

static void frame_double_click(QWidget *self, QMouseEvent *event)
{
    vt_pane_frame *frame = (vt_pane_frame *)self;
    frame->pressed = false;
    if (in_header(event) && q_singlepointevent_button(event) == Qt_LeftButton) {
        frame->ops->maximise(frame->user, frame->pane);
    }
}

/* Escape leaves it where it was. */
static void frame_key(QWidget *self, QKeyEvent *event)
{
    vt_pane_frame *frame = (vt_pane_frame *)self;
    if (frame->dragging && q_keyevent_key(event) == Qt_Key_Escape) {
        end_drag(frame, false, frame->start);
    } else {
        q_widget_base_key_press_event(self, event);
    }
}

/* Only of the header: contents have their own. */
static void frame_context_menu(QWidget *self, QContextMenuEvent *event)
{
    const vt_pane_frame *frame = (vt_pane_frame *)self;
    const QPoint *at = q_contextmenuevent_pos(event);
    if (at->yp < VT_PANE_HEADER) {
        const QPoint *global = q_contextmenuevent_global_pos(event);
        frame->ops->menu(frame->user, frame->pane, global->xp, global->yp);
    }
}

const QWidgetVirtuals vt_pane_frame_virtuals = {.paint_event = frame_paint,
                                                .resize_event = frame_resize,
                                                .mouse_press_event = frame_press,
                                                .mouse_move_event = frame_move,
                                                .mouse_release_event = frame_release,
                                                .mouse_double_click_event = frame_double_click,
                                                .key_press_event = frame_key,
                                                .context_menu_event = frame_context_menu};

/* ---- the buttons ---- */

static void on_menu(void *user, bool checked)
{
    (void)checked;
    const vt_pane_frame *frame = user;
    QToolButton *button = frame->buttons[MENU];
    QPoint at = q_widget_map_to_global_point(button, &(QPoint){0, q_widget_height(button)});
    frame->ops->menu(frame->user, frame->pane, at.xp, at.yp);
}

static void on_maximise(void *user, bool checked)
{
    (void)checked;
    const vt_pane_frame *frame = user;
    frame->ops->maximise(frame->user, frame->pane);
}

static void on_close(void *user, bool checked)
{
    (void)checked;
    const vt_pane_frame *frame = user;
    frame->ops->close(frame->user, frame->pane);
}

void vt_pane_frame_make_buttons(vt_pane_frame *frame)
{
    static void (*const pressed[VT_PANE_BUTTONS])(void *user, bool checked) = {on_menu, on_maximise,
                                                                               on_close};
    for (int i = 0; i < VT_PANE_BUTTONS; i++) {
        frame->buttons[i] = q_toolbutton_new(&frame->widget);
        q_toolbutton_set_auto_raise(frame->buttons[i], true);
        q_widget_set_focus_policy(frame->buttons[i], Qt_NoFocus); /* all of it has keys */
        q_abstractbutton_set_icon_size(frame->buttons[i], &(QSize){ICON_SIDE, ICON_SIDE});
        q_abstractbutton_on_clicked(frame->buttons[i], &frame->widget, pressed[i], frame);
    }
    vt_pane_frame_set_theme(frame);
}

static void name_button(const vt_pane_frame *frame, int button, const char *tip, const char *name)
{
    vt_str text = VT_STR_INIT;
    char number[16];
    (void)snprintf(number, sizeof number, "%u", frame->pane);
    vt_tr_fill(&text, name, number);
    q_widget_set_tool_tip(frame->buttons[button], tip);
    q_widget_set_accessible_name(frame->buttons[button], text.data);
    vt_str_free(&text);
}

void vt_pane_frame_name_buttons(vt_pane_frame *frame)
{
    name_button(frame, MENU, vt_tr("panes", "Menu of the pane"), vt_tr("panes", "Menu of pane %1"));
    name_button(frame, MAXIMISE,
                frame->maximised ? vt_tr("panes", "As large as before") : vt_tr("panes", "Maximise"),
                vt_tr("panes", "Maximise pane %1"));
    name_button(frame, CLOSE, vt_tr("panes", "Close the pane"), vt_tr("panes", "Close pane %1"));
}

void vt_pane_frame_set_theme(vt_pane_frame *frame)
{
    const vt_icon icons[VT_PANE_BUTTONS] = {
        VT_ICON_MORE, frame->maximised ? VT_ICON_FIT : VT_ICON_FULL_SCREEN, VT_ICON_CLOSE};
    for (int i = 0; i < VT_PANE_BUTTONS; i++) {
        QIcon icon = vt_icon_make(icons[i]);
        q_abstractbutton_set_icon(frame->buttons[i], &icon);
        q_icon_fini(&icon);
    }
    q_widget_update(&frame->widget);
}
