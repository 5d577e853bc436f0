#include "app/ui/browse/grid.h"

#include "app/ui/browse/grid_private.h"
#include "app/ui/files/drag_out.h"
#include "app/ui/keys/keys.h"
#include "app/ui/library/stacks.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qapplication.h>
#include <qt6c/qkeyevent.h>
#include <qt6c/qmouseevent.h>
#include <qt6c/qresizeevent.h>
#include <qt6c/qscrollbar.h>
#include <qt6c/qwheelevent.h>

#include <limits.h>
#include <math.h>
#include <stdlib.h>

enum { GAP = 8, HEADER_GAP = 4, STEP_SIDE = 24, SIDE_MIN = 64, SIDE_MAX = 512, SIDE_FIRST = 160 };

static vt_grid *grid_of(QAbstractScrollArea *self)
{
    return (vt_grid *)self;
}

/* ---- geometry ---- */

int64_t vt_grid_scroll_position(const vt_grid *grid)
{
    return q_abstractslider_value(q_abstractscrollarea_vertical_scroll_bar(&grid->area));
}

void vt_grid_set_scroll(vt_grid *grid, int64_t value)
{
    q_abstractslider_set_value(q_abstractscrollarea_vertical_scroll_bar(&grid->area), (int)value);
}

/* Recomputes everything that depends on sizes and counts. */
void vt_grid_relayout(vt_grid *grid)
{
    vt_grid_layout *layout = &grid->layout;
    QWidget *viewport = q_abstractscrollarea_viewport(&grid->area);
    layout->width = q_widget_width(viewport);
    layout->height = q_widget_height(viewport);
    layout->caption = vt_card_caption_height((int)grid->captions.count);
    layout->gap = GAP;
    layout->header = vt_group_header_height() + HEADER_GAP;
    vt_grid_layout_update(layout);
    QScrollBar *bar = q_abstractscrollarea_vertical_scroll_bar(&grid->area);
    q_abstractslider_set_page_step(bar, layout->height);
    q_abstractslider_set_single_step(bar, layout->cell_height / 2);
    /* A scroll bar counts in int: content of more than two thousand million pixels ends there. */
    int64_t end = vt_grid_layout_scroll_max(layout);
    q_abstractslider_set_range(bar, 0, end < INT_MAX ? (int)end : INT_MAX);
    vt_grid_update_scrubber(grid);
}

static void reveal(vt_grid *grid, int64_t row)
{
    if (row >= 0 && row < vt_library_count(grid->library)) {
        vt_grid_set_scroll(grid, vt_grid_reveal_row(grid, row));
    }
}

/* ---- what Qt calls ---- */

static void grid_resize(QAbstractScrollArea *self, QResizeEvent *event)
{
    (void)event;
    vt_grid *grid = grid_of(self);
    vt_grid_range seen = vt_grid_layout_visible(&grid->layout, vt_grid_scroll_position(grid), 0);
    int64_t top = vt_grid_scroll_position(grid) > 0 && seen.first < seen.last ? seen.first : -1;
    vt_grid_relayout(grid);
    if (top >= 0 && top < grid->layout.count) { /* what was at the top stays there */
        int64_t above = grid->layout.groups ? grid->layout.header : GAP;
        vt_grid_set_scroll(grid, vt_grid_layout_cell(&grid->layout, top).y - above);
    }
    vt_grid_place_cards(grid, vt_grid_scroll_position(grid));
}

static void grid_scroll(QAbstractScrollArea *self, int dx, int dy)
{
    (void)dx;
    vt_grid *grid = grid_of(self);
    q_widget_scroll(q_abstractscrollarea_viewport(self), 0, dy); /* moves the cards with their pixels */
    vt_grid_scroll_cards(grid, vt_grid_scroll_position(grid));
}

/* ---- the mouse ---- */

static int64_t item_at(vt_grid *grid, const QPointF *position)
{
    return vt_grid_layout_item_at(&grid->layout, (int)position->xp,
                                  (int64_t)position->yp + vt_grid_scroll_position(grid));
}

/* A stack is chosen as a whole: what is done to it is done to all of it. */
static void choose_item(vt_grid *grid, int64_t item, bool toggle, bool extend)
{
    vt_row_interval rows = vt_grid_rows_of(grid, item);
    if (grid->stacked) {
        vt_library_choose_rows(grid->library, rows.first, rows.last, toggle, extend);
    } else {
        vt_library_choose(grid->library, rows.first, toggle, extend);
    }
}

static void open_item(vt_grid *grid, int64_t item)
{
    vt_view_stack_info stack;
    int64_t row = vt_grid_row_of(grid, item);
    if (!grid->stacked && vt_grid_stack(grid, row, &stack) && stack.shown > 1 && !stack.open) {
        vt_library_turn_stack(grid->library, stack.id);
    } else if (grid->stacked) {
        vt_item_brief first;
        vt_library_item(grid->library, row, &first);
        vt_library_open_folder(grid->library, first.folder_id);
    } else {
        grid->open(grid->user, row);
    }
}

static void grid_mouse_press(QAbstractScrollArea *self, QMouseEvent *event)
{
    vt_grid *grid = grid_of(self);
    QPointF at = q_singlepointevent_position(event);
    int keys = (int)q_inputevent_modifiers(event);
    bool right = q_singlepointevent_button(event) == Qt_RightButton;
    q_widget_set_focus(self);
    if (vt_grid_is_header(grid, (int)at.yp)) {
        grid->pressed = -1;
        if (!right) {
            vt_grid_press_header(grid, (int)at.xp, (int)at.yp, keys & Qt_ShiftModifier);
        }
        return;
    }
    int64_t item = item_at(grid, &at);
    int64_t row = item >= 0 ? vt_grid_row_of(grid, item) : -1;
    if (!right && item >= 0 && vt_grid_press_stack(grid, item, &at)) {
        grid->pressed = -1;
        return;
    }
    bool already = row >= 0 && vt_selection_contains(vt_library_selection(grid->library), row);
    bool left = q_singlepointevent_button(event) == Qt_LeftButton;
    grid->step_column = -1;
    grid->pressed = left ? item : -1;
    grid->pressed_at = at;
    grid->choose_late = left && already && !(keys & (Qt_ControlModifier | Qt_ShiftModifier));
    if (row >= 0 && !grid->choose_late && !(right && already)) {
        choose_item(grid, item, keys & Qt_ControlModifier, keys & Qt_ShiftModifier);
    }
}

static void grid_mouse_move(QAbstractScrollArea *self, QMouseEvent *event)
{
    vt_grid *grid = grid_of(self);
    QPointF at = q_singlepointevent_position(event);
    double way = fabs(at.xp - grid->pressed_at.xp) + fabs(at.yp - grid->pressed_at.yp);
    if (grid->pressed >= 0 && ((int)q_singlepointevent_buttons(event) & Qt_LeftButton) &&
        way >= q_application_start_drag_distance()) {
        grid->pressed = -1;
        grid->choose_late = false;
        vt_drag_out(self, grid->library);
    } else {
        vt_grid_hover(grid, event);
    }
}

static void grid_mouse_release(QAbstractScrollArea *self, QMouseEvent *event)
{
    vt_grid *grid = grid_of(self);
    if (grid->choose_late && grid->pressed >= 0 && q_singlepointevent_button(event) == Qt_LeftButton) {
        choose_item(grid, grid->pressed, false, false);
    }
    grid->choose_late = false;
    grid->pressed = -1;
}

static void grid_double_click(QAbstractScrollArea *self, QMouseEvent *event)
{
    vt_grid *grid = grid_of(self);
    QPointF at = q_singlepointevent_position(event);
    int keys = (int)q_inputevent_modifiers(event) & (Qt_ControlModifier | Qt_ShiftModifier);
    int64_t item = item_at(grid, &at);
    if (keys || vt_grid_is_header(grid, (int)at.yp) || vt_grid_is_on_stack(grid, item, &at)) {
        grid_mouse_press(self, event); /* two quick clicks, each for itself */
        return;
    }
    if (item >= 0 && q_singlepointevent_button(event) == Qt_LeftButton) {
        open_item(grid, item);
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

/* Where a step begins if the current row is collapsed: at its neighbour that is shown. */
static int64_t stepped(vt_grid *grid, vt_grid_step step)
{
    bool hidden = false;
    int64_t current = vt_library_selection(grid->library)->current;
    if (current >= vt_library_count(grid->library)) {
        current = -1;
    }
    int64_t item = vt_grid_item_of(grid, current, &hidden);
    if (!hidden) {
        return vt_grid_layout_step_on(&grid->layout, item, step, &grid->step_column);
    }
    bool back = step == VT_GRID_LEFT || step == VT_GRID_UP || step == VT_GRID_PAGE_UP;
    item = back ? item - 1 : item;
    item = item >= grid->layout.count ? grid->layout.count - 1 : item < 0 ? 0 : item;
    bool far = step == VT_GRID_HOME || step == VT_GRID_END;
    return far ? vt_grid_layout_step(&grid->layout, item, step) : item;
}

static bool step_key(vt_grid *grid, int key, int modifiers)
{
    for (size_t i = 0; i < sizeof key_steps / sizeof *key_steps; i++) {
        if (key_steps[i].key == key) {
            int64_t item = stepped(grid, key_steps[i].step);
            if (item >= 0 && item < grid->layout.count) {
                choose_item(grid, item, false, modifiers & Qt_ShiftModifier);
                reveal(grid, vt_grid_row_of(grid, item));
            }
            return true;
        }
    }
    return false;
}

static void grid_key(QAbstractScrollArea *self, QKeyEvent *event)
{
    vt_grid *grid = grid_of(self);
    int modifiers = 0;
    int key = vt_view_key_pressed(VT_KEYS_CARDS, event, &modifiers);
    int64_t current = vt_library_selection(grid->library)->current;
    bool hidden = false;
    int64_t item = current < vt_library_count(grid->library) ? vt_grid_item_of(grid, current, &hidden) : -1;
    if ((key == Qt_Key_Return || key == Qt_Key_Enter) && item >= 0 && hidden) {
        vt_grid_turn_group(grid);
    } else if ((key == Qt_Key_Return || key == Qt_Key_Enter) && item >= 0) {
        open_item(grid, item);
    } else if ((key == Qt_Key_Backspace || key == Qt_Key_Escape) && vt_grid_close_stack(grid)) {
        return;
    } else if ((key == Qt_Key_Backspace || key == Qt_Key_Escape) && vt_library_opened_folder(grid->library)) {
        vt_library_open_folder(grid->library, 0);
    } else if (key == Qt_Key_Escape && vt_library_selection(grid->library)->rows > 0) {
        vt_library_select_none(grid->library);
    } else if (!step_key(grid, key, modifiers)) {
        q_abstractscrollarea_base_key_press_event(self, event);
    }
}

/* The cards are painted in the same go. */
static void grid_paint(QAbstractScrollArea *self, QPaintEvent *event)
{
    vt_grid *grid = grid_of(self);
    q_abstractscrollarea_base_paint_event(self, event);
    vt_grid_paint_headers(grid, event);
    grid->figures.painted |= grid->figures.first_viewport_ns > 0;
}

static void grid_show(QAbstractScrollArea *self, QShowEvent *event)
{
    q_widget_base_show_event(self, event);
    vt_grid_place_cards(grid_of(self), vt_grid_scroll_position(grid_of(self)));
}

static void grid_hide(QAbstractScrollArea *self, QHideEvent *event)
{
    vt_grid_end_hover(grid_of(self));
    q_widget_base_hide_event(self, event);
}

static void grid_finish(void *self)
{
    vt_grid_release_cards(self);
    vt_grid_release_groups(self);
}

static const QAbstractScrollAreaVirtuals grid_virtuals = {
    .resize_event = grid_resize,
    .scroll_contents_by = grid_scroll,
    .mouse_press_event = grid_mouse_press,
    .mouse_move_event = grid_mouse_move,
    .mouse_release_event = grid_mouse_release,
    .mouse_double_click_event = grid_double_click,
    .wheel_event = grid_wheel,
    .key_press_event = grid_key,
    .paint_event = grid_paint,
    .show_event = grid_show,
    .hide_event = grid_hide,
    .viewport_event = vt_grid_viewport_event,
    .drag_enter_event = vt_grid_drag_enter,
    .drag_move_event = vt_grid_drag_move,
    .drag_leave_event = vt_grid_drag_leave,
    .drop_event = vt_grid_drop,
};
static qt_subclass grid_class = {.base = &qt_class_QAbstractScrollArea,
                                 .virtuals = &grid_virtuals,
                                 .instance_size = sizeof(vt_grid),
                                 .finish = grid_finish};

/* ---- what the library tells ---- */

/* What is seen first, by its item, and how far below the upper edge. */
typedef struct first_seen {
    int64_t item; /* 0: nothing, or the beginning */
    int64_t below;
} first_seen;

static first_seen find_first(const vt_grid *grid)
{
    int64_t scroll = vt_grid_scroll_position(grid);
    vt_grid_range seen = vt_grid_layout_visible(&grid->layout, scroll, 0);
    int64_t row = grid->view && scroll > 0 && seen.first < seen.last ? vt_grid_row_of(grid, seen.first) : -1;
    first_seen first = {0, 0};
    if (row >= 0 && row < vt_view_count(grid->view)) {
        vt_item_brief item;
        vt_snapshot_item(vt_view_snapshot(grid->view), vt_view_row(grid->view, (uint32_t)row), &item);
        first = (first_seen){item.id, vt_grid_layout_cell(&grid->layout, seen.first).y - scroll};
    }
    return first;
}

/* Rows that come and go above it move nothing that is seen. */
static void keep_first(vt_grid *grid, const first_seen *first)
{
    bool hidden = false;
    int64_t row = first->item ? vt_library_row_of(grid->library, first->item) : -1;
    int64_t item = row >= 0 ? vt_grid_item_of(grid, row, &hidden) : -1;
    if (item >= 0 && item < grid->layout.count && !hidden) {
        vt_grid_set_scroll(grid, vt_grid_layout_cell(&grid->layout, item).y - first->below);
    }
}

/* Something else is shown: from its beginning, or where what is selected stands. */
static void begin_anew(vt_grid *grid)
{
    const vt_selection *selection = vt_library_selection(grid->library);
    vt_grid_set_scroll(grid, 0);
    if (selection->current >= 0 && vt_selection_contains(selection, selection->current)) {
        reveal(grid, selection->current);
    }
}

static void view_changed(void *user)
{
    vt_grid *grid = user;
    vt_prefetch_reset(&grid->prefetch); /* other rows, or another order */
    int64_t opened = grid->opened;
    bool other = grid->question != vt_library_question(grid->library);
    const first_seen first = other ? (first_seen){0, 0} : find_first(grid);
    grid->question = vt_library_question(grid->library);
    vt_grid_take_groups(grid);
    vt_grid_relayout(grid);
    if (opened != grid->opened && grid->opened) {
        vt_grid_set_scroll(grid, 0);
    } else if (opened != grid->opened) { /* back: to where it was opened */
        reveal(grid, vt_library_selection(grid->library)->current);
    } else if (other) {
        begin_anew(grid);
    } else {
        keep_first(grid, &first);
    }
    if (grid->layout.groups) {
        q_widget_update(q_abstractscrollarea_viewport(&grid->area));
    }
    vt_grid_place_cards(grid, vt_grid_scroll_position(grid));
}

static void selection_changed(void *user)
{
    vt_grid_mark_cards(user);
    vt_grid_update_headers(user);
}

/* Cards look at their items anew. */
static void items_changed(void *user, const vt_item_edit *edit)
{
    (void)edit;
    vt_grid_place_cards(user, vt_grid_scroll_position(user));
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
    q_widget_set_mouse_tracking(q_abstractscrollarea_viewport(&grid->area), true);
    q_widget_set_accept_drops(q_abstractscrollarea_viewport(&grid->area), true);
    q_widget_set_accessible_name(&grid->area, vt_tr("cards", "Items"));
    q_abstractscrollarea_set_vertical_scroll_bar_policy(&grid->area, Qt_ScrollBarAlwaysOn);
    q_abstractscrollarea_set_horizontal_scroll_bar_policy(&grid->area, Qt_ScrollBarAlwaysOff);
    q_widget_set_background_role(q_abstractscrollarea_viewport(&grid->area), QPalette_Base);
    grid->step_column = -1;
    grid->captions = vt_captions_default();
    if (!vt_grid_prepare_cards(grid) || !vt_grid_prepare_groups(grid)) {
        q_widget_delete(&grid->area);
        return NULL;
    }
    vt_library_listen(library, &(vt_library_listener){.view_changed = view_changed,
                                                      .selection_changed = selection_changed,
                                                      .items_changed = items_changed,
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
    vt_grid_relayout(grid);
    reveal(grid, current);
    vt_grid_forget_cards(grid);
    vt_grid_place_cards(grid, vt_grid_scroll_position(grid));
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

void vt_grid_set_captions(vt_grid *grid, const vt_captions *captions)
{
    vt_grid_range seen = vt_grid_layout_visible(&grid->layout, vt_grid_scroll_position(grid), 0);
    grid->captions = *captions;
    grid->look += 2; /* its last bit is another's */
    vt_grid_relayout(grid);
    if (seen.first > 0 && seen.first < grid->layout.count) {
        vt_grid_set_scroll(grid, vt_grid_layout_reveal(&grid->layout, 0, seen.first));
    }
    vt_grid_place_cards(grid, vt_grid_scroll_position(grid));
    q_widget_update(q_abstractscrollarea_viewport(&grid->area));
}

vt_captions vt_grid_captions(const vt_grid *grid)
{
    return grid->captions;
}

int64_t vt_grid_scroll(const vt_grid *grid)
{
    return vt_grid_scroll_position(grid);
}

void vt_grid_scroll_to(vt_grid *grid, int64_t pixels)
{
    vt_grid_set_scroll(grid, pixels);
}

void vt_grid_set_current(vt_grid *grid, int64_t row)
{
    vt_library_choose(grid->library, row, false, false);
    reveal(grid, row);
}
