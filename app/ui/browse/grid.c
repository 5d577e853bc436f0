#include "app/ui/browse/grid.h"

#include "app/ui/browse/grid_private.h"
#include "app/ui/parts/theme.h"

#include <qt6c/qapplication.h>
#include <qt6c/qkeyevent.h>
#include <qt6c/qmouseevent.h>
#include <qt6c/qresizeevent.h>
#include <qt6c/qscrollbar.h>
#include <qt6c/qwheelevent.h>

#include <stdlib.h>

enum { GAP = 8, STEP_SIDE = 24, SIDE_MIN = 64, SIDE_MAX = 512, SIDE_FIRST = 160 };

static vt_grid *grid_of(QAbstractScrollArea *self)
{
    return (vt_grid *)self;
}

/* ---- geometry ---- */

static int64_t scroll_of(const vt_grid *grid)
{
    return q_abstractslider_value(q_abstractscrollarea_vertical_scroll_bar(&grid->area));
}

static void set_scroll(vt_grid *grid, int64_t value)
{
    q_abstractslider_set_value(q_abstractscrollarea_vertical_scroll_bar(&grid->area), (int)value);
}

/* Recomputes everything that depends on sizes and counts. */
static void relayout(vt_grid *grid)
{
    vt_grid_layout *layout = &grid->layout;
    QWidget *viewport = q_abstractscrollarea_viewport(&grid->area);
    layout->count = vt_library_count(grid->library);
    layout->width = q_widget_width(viewport);
    layout->height = q_widget_height(viewport);
    layout->caption = vt_card_caption_height();
    layout->gap = GAP;
    vt_grid_layout_update(layout);
    QScrollBar *bar = q_abstractscrollarea_vertical_scroll_bar(&grid->area);
    q_abstractslider_set_page_step(bar, layout->height);
    q_abstractslider_set_single_step(bar, layout->cell_height / 2);
    q_abstractslider_set_range(bar, 0, (int)vt_grid_layout_scroll_max(layout));
}

static void reveal(vt_grid *grid, int64_t row)
{
    if (row >= 0) {
        set_scroll(grid, vt_grid_layout_reveal(&grid->layout, scroll_of(grid), row));
    }
}

/* ---- what Qt calls ---- */

static void grid_resize(QAbstractScrollArea *self, QResizeEvent *event)
{
    (void)event;
    vt_grid *grid = grid_of(self);
    int64_t top =
        vt_grid_layout_item_at(&grid->layout, GAP + 1, scroll_of(grid) + grid->layout.cell_height / 2);
    relayout(grid);
    if (top > 0) {
        set_scroll(grid,
                   vt_grid_layout_cell(&grid->layout, top).y - GAP); /* what was at the top stays there */
    }
    vt_grid_place_cards(grid, scroll_of(grid));
}

static void grid_scroll(QAbstractScrollArea *self, int dx, int dy)
{
    (void)dx;
    vt_grid *grid = grid_of(self);
    q_widget_scroll(q_abstractscrollarea_viewport(self), 0, dy); /* moves the cards with their pixels */
    vt_grid_scroll_cards(grid, scroll_of(grid));
}

static int64_t row_at(vt_grid *grid, const QPointF *position)
{
    return vt_grid_layout_item_at(&grid->layout, (int)position->xp, (int64_t)position->yp + scroll_of(grid));
}

static void grid_mouse_press(QAbstractScrollArea *self, QMouseEvent *event)
{
    vt_grid *grid = grid_of(self);
    QPointF at = q_singlepointevent_position(event);
    int64_t row = row_at(grid, &at);
    int keys = (int)q_inputevent_modifiers(event);
    bool right = q_singlepointevent_button(event) == Qt_RightButton;
    bool already = row >= 0 && vt_selection_contains(vt_library_selection(grid->library), row);
    if (row >= 0 && !(right && already)) {
        vt_library_choose(grid->library, row, keys & Qt_ControlModifier, keys & Qt_ShiftModifier);
    }
    q_widget_set_focus(self);
}

static void grid_double_click(QAbstractScrollArea *self, QMouseEvent *event)
{
    vt_grid *grid = grid_of(self);
    QPointF at = q_singlepointevent_position(event);
    int64_t row = row_at(grid, &at);
    if ((int)q_inputevent_modifiers(event) & (Qt_ControlModifier | Qt_ShiftModifier)) {
        grid_mouse_press(self, event); /* two quick clicks that select, each for itself */
    } else if (row >= 0 && q_singlepointevent_button(event) == Qt_LeftButton) {
        grid->open(grid->user, row);
    }
}

static void grid_wheel(QAbstractScrollArea *self, QWheelEvent *event)
{
    vt_grid *grid = grid_of(self);
    if ((int)q_inputevent_modifiers(event) & Qt_ControlModifier) {
        QPoint angle = q_wheelevent_angle_delta(event);
        int steps = angle.yp > 0 ? 1 : -1;
        vt_grid_set_picture_side(grid, grid->layout.picture + steps * STEP_SIDE);
        return;
    }
    q_abstractscrollarea_base_wheel_event(self, event);
}

typedef struct key_step {
    int key;
    vt_grid_step step;
} key_step;

static const key_step key_steps[] = {
    {Qt_Key_Left, VT_GRID_LEFT}, {Qt_Key_Right, VT_GRID_RIGHT},    {Qt_Key_Up, VT_GRID_UP},
    {Qt_Key_Down, VT_GRID_DOWN}, {Qt_Key_PageUp, VT_GRID_PAGE_UP}, {Qt_Key_PageDown, VT_GRID_PAGE_DOWN},
    {Qt_Key_Home, VT_GRID_HOME}, {Qt_Key_End, VT_GRID_END},
};

static bool step_key(vt_grid *grid, int key, int modifiers)
{
    for (size_t i = 0; i < sizeof key_steps / sizeof *key_steps; i++) {
        if (key_steps[i].key == key) {
            int64_t from = vt_library_selection(grid->library)->current;
            int64_t row = vt_grid_layout_step(&grid->layout, from, key_steps[i].step);
            vt_library_choose(grid->library, row, false, modifiers & Qt_ShiftModifier);
            reveal(grid, row);
            return true;
        }
    }
    return false;
}

static void grid_key(QAbstractScrollArea *self, QKeyEvent *event)
{
    vt_grid *grid = grid_of(self);
    int key = q_keyevent_key(event);
    int64_t current = vt_library_selection(grid->library)->current;
    if ((key == Qt_Key_Return || key == Qt_Key_Enter) && current >= 0) {
        grid->open(grid->user, current);
    } else if (!step_key(grid, key, (int)q_inputevent_modifiers(event))) {
        q_abstractscrollarea_base_key_press_event(self, event);
    }
}

/* The cards are painted in the same go. */
static void grid_paint(QAbstractScrollArea *self, QPaintEvent *event)
{
    vt_grid *grid = grid_of(self);
    q_abstractscrollarea_base_paint_event(self, event);
    grid->figures.painted |= grid->figures.first_viewport_ns > 0;
}

static void grid_show(QAbstractScrollArea *self, QShowEvent *event)
{
    q_widget_base_show_event(self, event);
    vt_grid_place_cards(grid_of(self), scroll_of(grid_of(self)));
}

static void grid_finish(void *self)
{
    vt_grid_release_cards(self);
}

static const QAbstractScrollAreaVirtuals grid_virtuals = {
    .resize_event = grid_resize,
    .scroll_contents_by = grid_scroll,
    .mouse_press_event = grid_mouse_press,
    .mouse_double_click_event = grid_double_click,
    .wheel_event = grid_wheel,
    .key_press_event = grid_key,
    .paint_event = grid_paint,
    .show_event = grid_show,
};
static qt_subclass grid_class = {.base = &qt_class_QAbstractScrollArea,
                                 .virtuals = &grid_virtuals,
                                 .instance_size = sizeof(vt_grid),
                                 .finish = grid_finish};

/* ---- what the library tells ---- */

static void view_changed(void *user)
{
    vt_grid *grid = user;
    vt_prefetch_reset(&grid->prefetch); /* other rows, or another order */
    relayout(grid);
    vt_grid_place_cards(grid, scroll_of(grid));
}

static void selection_changed(void *user)
{
    vt_grid_mark_cards(user);
}

/* ---- for the window ---- */

vt_grid *vt_grid_create(QWidgetRef parent, vt_library *library, vt_pictures *pictures, vt_grid_open open,
                        void *user)
{
    vt_grid *grid = qt_subclass_allocate(&grid_class);
    q_abstractscrollarea_init(&grid->area, parent);
    qt_subclass_install(&grid_class, grid);
    grid->library = library;
    grid->pictures = pictures;
    grid->open = open;
    grid->user = user;
    grid->layout.picture = SIDE_FIRST;
    q_frame_set_frame_shape(&grid->area, QFrame_NoFrame);
    q_widget_set_focus_policy(&grid->area, Qt_StrongFocus);
    q_widget_set_accessible_name(&grid->area, "Items");
    q_abstractscrollarea_set_vertical_scroll_bar_policy(&grid->area, Qt_ScrollBarAlwaysOn);
    q_abstractscrollarea_set_horizontal_scroll_bar_policy(&grid->area, Qt_ScrollBarAlwaysOff);
    q_widget_set_background_role(q_abstractscrollarea_viewport(&grid->area), QPalette_Base);
    if (!vt_grid_prepare_cards(grid)) {
        q_widget_delete(&grid->area);
        return NULL;
    }
    vt_library_listen(library, &(vt_library_listener){.view_changed = view_changed,
                                                      .selection_changed = selection_changed,
                                                      .user = grid});
    return grid;
}

QWidget *vt_grid_widget(vt_grid *grid)
{
    return (QWidget *)&grid->area;
}

void vt_grid_set_picture_side(vt_grid *grid, int side)
{
    side = side < SIDE_MIN ? SIDE_MIN : side > SIDE_MAX ? SIDE_MAX : side;
    if (side == grid->layout.picture) {
        return;
    }
    int64_t current = vt_library_selection(grid->library)->current;
    grid->layout.picture = side;
    relayout(grid);
    reveal(grid, current);
    vt_grid_forget_cards(grid);
    vt_grid_place_cards(grid, scroll_of(grid));
    if (grid->side_changed) {
        grid->side_changed(grid->user, side);
    }
}

int vt_grid_picture_side(const vt_grid *grid)
{
    return grid->layout.picture;
}

void vt_grid_on_side_changed(vt_grid *grid, void (*side_changed)(void *user, int side))
{
    grid->side_changed = side_changed;
}

void vt_grid_set_current(vt_grid *grid, int64_t row)
{
    vt_library_choose(grid->library, row, false, false);
    reveal(grid, row);
}
