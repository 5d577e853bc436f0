#include "app/ui/panes/pane_surface.h"

#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"

#include <qt6c/qcloseevent.h>
#include <qt6c/qcursor.h>
#include <qt6c/qkeyevent.h>
#include <qt6c/qmouseevent.h>

struct vt_pane_surface {
    QWidget widget; /* first */
    vt_pane_id window;
    bool own, dragging;
    bool came; /* shown, but not painted since */
    const vt_pane_surface_ops *ops;
    void *user;
    vt_hit hit; /* while dragging: where that began; else what is under the mouse */
    QPoint start;
    QWidget *indicator; /* made when first needed */
};

static vt_pane_surface *surface_of(QWidget *self)
{
    return (vt_pane_surface *)self;
}

/* ---- painting ---- */

static QRect qrect_of(vt_rect rect)
{
    return q_rect_make(rect.x, rect.y, rect.width, rect.height);
}

/* The dividers under the mouse are marked where they stand now, which moves while they are dragged. */
static bool is_marked(const vt_pane_surface *surface, const vt_divider_place *divider)
{
    for (size_t i = 0; i < surface->hit.divider_count; i++) {
        if (surface->hit.dividers[i].before == divider->before) {
            return true;
        }
    }
    return false;
}

/* Some window managers put a window that comes by itself behind the one with the keyboard, and heed this only
   once they have: when it is painted. */
static void come_to_front(void *user)
{
    vt_pane_surface *surface = user;
    q_widget_raise(&surface->widget);
}

static void surface_paint(QWidget *self, QPaintEvent *event)
{
    (void)event;
    enum { MARK = 2 };
    vt_pane_surface *surface = surface_of(self);
    if (surface->came) {
        surface->came = false;
        qt_post((QObject *)self, come_to_front, surface, NULL);
    }
    const vt_theme *theme = vt_theme_current();
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    vt_paint_fill(&painter, q_widget_rect(self), theme->window);
    const vt_geometry_map *map =
        surface->hit.divider_count ? surface->ops->map(surface->user, surface->window) : NULL;
    for (size_t i = 0; map && i < map->divider_count; i++) {
        vt_rect rect = map->dividers[i].rect;
        if (is_marked(surface, &map->dividers[i]) && rect.width > MARK && rect.height > MARK) {
            bool upright = map->dividers[i].axis == VT_PANE_HORIZONTAL;
            vt_rect line = upright ? (vt_rect){rect.x + (rect.width - MARK) / 2, rect.y, MARK, rect.height}
                                   : (vt_rect){rect.x, rect.y + (rect.height - MARK) / 2, rect.width, MARK};
            vt_paint_fill(&painter, qrect_of(line), theme->accent);
        }
    }
    q_painter_fini(&painter);
}

/* ---- dividers ---- */

static void set_cursor(vt_pane_surface *surface)
{
    const vt_hit *hit = &surface->hit;
    if (!hit->divider_count) {
        q_widget_unset_cursor(&surface->widget);
        return;
    }
    QCursor cursor;
    q_cursor_init_cursorshape(&cursor, hit->kind == VT_HIT_CROSSING                  ? Qt_SizeAllCursor
                                       : hit->dividers[0].axis == VT_PANE_HORIZONTAL ? Qt_SplitHCursor
                                                                                     : Qt_SplitVCursor);
    q_widget_set_cursor(&surface->widget, &cursor);
    q_cursor_fini(&cursor);
}

static void set_hit(vt_pane_surface *surface, vt_hit hit)
{
    bool same = hit.divider_count == surface->hit.divider_count &&
                (!hit.divider_count || hit.dividers[0].before == surface->hit.dividers[0].before);
    surface->hit = hit;
    if (!same) {
        set_cursor(surface);
        q_widget_update(&surface->widget);
    }
}

static vt_hit hit_at(vt_pane_surface *surface, QPointF at)
{
    const vt_geometry_map *map = surface->ops->map(surface->user, surface->window);
    vt_hit hit = map ? vt_geometry_hit(map, (int)at.xp, (int)at.yp) : (vt_hit){.kind = VT_HIT_NOTHING};
    if (hit.kind != VT_HIT_DIVIDER && hit.kind != VT_HIT_CROSSING) {
        hit = (vt_hit){.kind = VT_HIT_NOTHING};
    }
    return hit;
}

static void drag_to(vt_pane_surface *surface, QPointF at, bool done)
{
    surface->ops->dragged(surface->user, surface->window, &surface->hit, (int)at.xp - surface->start.xp,
                          (int)at.yp - surface->start.yp, done);
    q_widget_update(&surface->widget);
}

static void surface_press(QWidget *self, QMouseEvent *event)
{
    vt_pane_surface *surface = surface_of(self);
    QPointF at = q_singlepointevent_position(event);
    set_hit(surface, hit_at(surface, at));
    if (q_singlepointevent_button(event) == Qt_LeftButton && surface->hit.divider_count) {
        surface->dragging = true;
        surface->start = (QPoint){(int)at.xp, (int)at.yp};
    }
}

static void surface_move(QWidget *self, QMouseEvent *event)
{
    vt_pane_surface *surface = surface_of(self);
    QPointF at = q_singlepointevent_position(event);
    if (surface->dragging) {
        drag_to(surface, at, false);
    } else {
        set_hit(surface, hit_at(surface, at));
    }
}

static void surface_release(QWidget *self, QMouseEvent *event)
{
    vt_pane_surface *surface = surface_of(self);
    QPointF at = q_singlepointevent_position(event);
    if (surface->dragging && q_singlepointevent_button(event) == Qt_LeftButton) {
        surface->dragging = false;
        drag_to(surface, at, true);
        set_hit(surface, hit_at(surface, at));
    }
}

static void surface_double_click(QWidget *self, QMouseEvent *event)
{
    vt_pane_surface *surface = surface_of(self);
    surface->dragging = false;
    set_hit(surface, hit_at(surface, q_singlepointevent_position(event)));
    if (surface->hit.divider_count) {
        surface->ops->even_out(surface->user, &surface->hit);
    }
}

static void surface_leave(QWidget *self, QEvent *event)
{
    (void)event;
    vt_pane_surface *surface = surface_of(self);
    if (!surface->dragging) {
        set_hit(surface, (vt_hit){.kind = VT_HIT_NOTHING});
    }
}

/* ---- the window ---- */

static void surface_resize(QWidget *self, QResizeEvent *event)
{
    (void)event;
    vt_pane_surface *surface = surface_of(self);
    surface->ops->resized(surface->user, surface->window);
}

static void surface_show(QWidget *self, QShowEvent *event)
{
    (void)event;
    vt_pane_surface *surface = surface_of(self);
    surface->came = surface->own;
    surface->ops->resized(surface->user, surface->window);
}

/* Who is told takes the panes back, and then this goes; not within its own event. When the program ends Qt
   closes all windows, and one that does not close would keep it from that. */
static void surface_close(QWidget *self, QCloseEvent *event)
{
    vt_pane_surface *surface = surface_of(self);
    if (surface->own && q_widget_is_visible(q_widget_parent_widget(self))) {
        q_event_ignore(event);
        surface->ops->closed(surface->user, surface->window);
    } else {
        q_widget_base_close_event(self, event);
    }
}

static const QWidgetVirtuals surface_virtuals = {.paint_event = surface_paint,
                                                 .mouse_press_event = surface_press,
                                                 .mouse_move_event = surface_move,
                                                 .mouse_release_event = surface_release,
                                                 .mouse_double_click_event = surface_double_click,
                                                 .leave_event = surface_leave,
                                                 .resize_event = surface_resize,
                                                 .show_event = surface_show,
                                                 .close_event = surface_close};
static qt_subclass surface_class = {
    .base = &qt_class_QWidget, .virtuals = &surface_virtuals, .instance_size = sizeof(vt_pane_surface)};

/* ---- where something would go ---- */

static void indicator_paint(QWidget *self, QPaintEvent *event)
{
    (void)event;
    enum { GROUND = 70, EDGE = 2 };
    const vt_theme *theme = vt_theme_current();
    int width = q_widget_width(self), height = q_widget_height(self);
    QColor ground = vt_theme_color_alpha(theme->accent, GROUND);
    QRect all = q_rect_make(0, 0, width, height);
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    q_painter_fill_rect_color(&painter, &all, &ground);
    vt_paint_fill(&painter, q_rect_make(0, 0, width, EDGE), theme->accent);
    vt_paint_fill(&painter, q_rect_make(0, height - EDGE, width, EDGE), theme->accent);
    vt_paint_fill(&painter, q_rect_make(0, 0, EDGE, height), theme->accent);
    vt_paint_fill(&painter, q_rect_make(width - EDGE, 0, EDGE, height), theme->accent);
    q_painter_fini(&painter);
}

static const QWidgetVirtuals indicator_virtuals = {.paint_event = indicator_paint};
static qt_subclass indicator_class = {
    .base = &qt_class_QWidget, .virtuals = &indicator_virtuals, .instance_size = sizeof(QWidget)};

void vt_pane_surface_indicate(vt_pane_surface *surface, vt_rect rect)
{
    if (!surface->indicator && vt_rect_is_empty(rect)) {
        return;
    }
    if (!surface->indicator) {
        surface->indicator = qt_subclass_allocate(&indicator_class);
        q_widget_init(surface->indicator, &surface->widget);
        qt_subclass_install(&indicator_class, surface->indicator);
        q_widget_set_attribute(surface->indicator, Qt_WA_TransparentForMouseEvents);
    }
    QRect place = qrect_of(rect);
    q_widget_set_geometry(surface->indicator, &place);
    q_widget_set_visible(surface->indicator, !vt_rect_is_empty(rect));
    q_widget_raise(surface->indicator);
}

/* ---- making it ---- */

vt_pane_surface *vt_pane_surface_create(QWidgetRef parent, vt_pane_id window, bool own,
                                        const vt_pane_surface_ops *ops, void *user)
{
    vt_pane_surface *surface = qt_subclass_allocate(&surface_class);
    if (own) {
        q_widget_init_full(&surface->widget, parent, Qt_Window);
        q_widget_set_attribute_full(&surface->widget, Qt_WA_QuitOnClose, false); /* the main one decides */
    } else {
        q_widget_init(&surface->widget, parent);
    }
    qt_subclass_install(&surface_class, surface);
    surface->window = window;
    surface->own = own;
    surface->ops = ops;
    surface->user = user;
    q_widget_set_mouse_tracking(&surface->widget, true);
    return surface;
}

QWidget *vt_pane_surface_widget(vt_pane_surface *surface)
{
    return &surface->widget;
}

vt_pane_id vt_pane_surface_window(const vt_pane_surface *surface)
{
    return surface->window;
}

void vt_pane_surface_set_window(vt_pane_surface *surface, vt_pane_id window)
{
    surface->window = window;
}

bool vt_pane_surface_is_own(const vt_pane_surface *surface)
{
    return surface->own;
}

vt_rect vt_pane_surface_area(const vt_pane_surface *surface)
{
    return (vt_rect){0, 0, q_widget_width(&surface->widget), q_widget_height(&surface->widget)};
}
