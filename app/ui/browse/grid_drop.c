/* What is dropped within the grid: an album that is shown in its own order is ordered by hand, and what is
   dragged goes where it is dropped; elsewhere it joins the stack it is dropped on. */
#include "app/ui/browse/grid_private.h"

#include "app/ui/library/edits.h"
#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"

#include <qt6c/qdropevent.h>
#include <qt6c/qpainter.h>

enum { MARK_WIDTH = 3, EDGE = 48, EDGE_STEP = 24 };

/* ---- the mark where it would go ---- */

static void mark_paint(QWidget *self, QPaintEvent *event)
{
    (void)event;
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    QRect all = q_widget_rect(self);
    uint32_t color = vt_theme_current()->accent;
    vt_paint_fill(&painter, (QRect){all.x1, all.y1, all.x1 + MARK_WIDTH - 1, all.y2}, color);
    if (all.x2 >= MARK_WIDTH) { /* around a card */
        vt_paint_fill(&painter, (QRect){all.x2 - MARK_WIDTH + 1, all.y1, all.x2, all.y2}, color);
        vt_paint_fill(&painter, (QRect){all.x1, all.y1, all.x2, all.y1 + MARK_WIDTH - 1}, color);
        vt_paint_fill(&painter, (QRect){all.x1, all.y2 - MARK_WIDTH + 1, all.x2, all.y2}, color);
    }
    q_painter_fini(&painter);
}

static const QWidgetVirtuals mark_virtuals = {.paint_event = mark_paint};
static qt_subclass mark_class = {
    .base = &qt_class_QWidget, .virtuals = &mark_virtuals, .instance_size = sizeof(QWidget)};

static void place_mark(vt_grid *grid, QRect area)
{
    if (!grid->drop_mark) {
        grid->drop_mark = qt_subclass_allocate(&mark_class);
        q_widget_init(grid->drop_mark, q_abstractscrollarea_viewport(&grid->area));
        qt_subclass_install(&mark_class, grid->drop_mark);
        q_widget_set_attribute(grid->drop_mark, Qt_WA_TransparentForMouseEvents);
    }
    q_widget_set_geometry_xywh(grid->drop_mark, area.x1, area.y1, vt_paint_rect_width(area),
                               vt_paint_rect_height(area));
    q_widget_show(grid->drop_mark);
    q_widget_raise(grid->drop_mark);
}

static void show_mark(vt_grid *grid, int64_t gap)
{
    bool behind = gap == grid->layout.count; /* the last card, at its right */
    vt_grid_cell cell = vt_grid_layout_cell(&grid->layout, behind ? gap - 1 : gap);
    int x = behind ? cell.x + cell.width + (grid->layout.gap - MARK_WIDTH) / 2
                   : cell.x - (grid->layout.gap + MARK_WIDTH) / 2;
    place_mark(grid, q_rect_make(x, (int)(cell.y - grid->scroll), MARK_WIDTH, cell.height));
}

static void show_mark_around(vt_grid *grid, int64_t item)
{
    vt_grid_cell cell = vt_grid_layout_cell(&grid->layout, item);
    place_mark(grid, q_rect_make(cell.x, (int)(cell.y - grid->scroll), cell.width, cell.height));
}

static void hide_mark(vt_grid *grid)
{
    if (grid->drop_mark) {
        q_widget_hide(grid->drop_mark);
    }
}

/* ---- dragging ---- */

static bool is_ordered_by_hand(const vt_grid *grid, QDropEventConstRef event)
{
    return q_dropevent_source(event) == (QObject *)&grid->area && vt_library_album(grid->library) != 0 &&
           vt_library_sort_key(grid->library, NULL) == VT_SORT_ALBUM && !grid->layout.groups &&
           grid->layout.count > 1 && !vt_engine_is_read_only(vt_library_engine(grid->library));
}

/* The card of a stack made by hand that is under the pointer and not among what is dragged; -1: none. */
static int64_t stack_under(const vt_grid *grid, QDropEventConstRef event)
{
    QPointF at = q_dropevent_position(event);
    int64_t item = vt_grid_layout_item_at(&grid->layout, (int)at.xp, (int64_t)at.yp + grid->scroll);
    int64_t row = item < 0 ? -1 : vt_grid_row_of(grid, item);
    vt_view_stack_info stack;
    bool fits = q_dropevent_source(event) == (QObject *)&grid->area && vt_grid_stack(grid, row, &stack) &&
                !vt_selection_contains(vt_library_selection(grid->library), row) &&
                !vt_engine_is_read_only(vt_library_engine(grid->library));
    return fits ? item : -1;
}

/* What is further on comes into sight. */
static void scroll_at_edge(vt_grid *grid, double y)
{
    int64_t scroll = vt_grid_scroll_position(grid);
    if (y < EDGE) {
        vt_grid_set_scroll(grid, scroll - EDGE_STEP);
    } else if (y > grid->layout.height - EDGE) {
        vt_grid_set_scroll(grid, scroll + EDGE_STEP);
    }
}

static int64_t gap_at(const vt_grid *grid, QPointF at)
{
    return vt_grid_layout_gap_at(&grid->layout, (int)at.xp, (int64_t)at.yp + grid->scroll);
}

void vt_grid_drag_enter(QAbstractScrollArea *self, QDragEnterEvent *event)
{
    if (is_ordered_by_hand((vt_grid *)self, event) ||
        q_dropevent_source(event) == (QObject *)&((vt_grid *)self)->area) {
        q_dropevent_set_drop_action(event, Qt_CopyAction);
        q_event_accept(event); /* each place of the way decides */
    } else {
        q_event_ignore(event); /* the window takes in files from outside */
    }
}

void vt_grid_drag_move(QAbstractScrollArea *self, QDragMoveEvent *event)
{
    vt_grid *grid = (vt_grid *)self;
    QPointF at = q_dropevent_position(event);
    bool by_hand = is_ordered_by_hand(grid, event);
    int64_t stack = by_hand ? -1 : stack_under(grid, event);
    if (by_hand || q_dropevent_source(event) == (QObject *)&grid->area) {
        scroll_at_edge(grid, at.yp);
    }
    if (!by_hand && stack < 0) {
        hide_mark(grid);
        q_event_ignore(event);
        return;
    }
    if (by_hand) {
        show_mark(grid, gap_at(grid, at));
    } else {
        show_mark_around(grid, stack);
    }
    q_dropevent_set_drop_action(event, Qt_CopyAction);
    q_event_accept(event);
}

void vt_grid_drag_leave(QAbstractScrollArea *self, QDragLeaveEvent *event)
{
    (void)event;
    hide_mark((vt_grid *)self);
}

/* The item in front of which the selected ones go: the next that is not itself one of them. 0: behind all.
   They may be all that is there; then this looks through an interval of the selection at a time. */
static int64_t item_behind(const vt_grid *grid, int64_t row)
{
    const vt_selection *selection = vt_library_selection(grid->library);
    for (size_t i = 0; i < selection->count; i++) {
        const vt_row_interval *chosen = &selection->intervals[i];
        if (chosen->first <= row && row < chosen->last) {
            row = chosen->last;
        }
    }
    if (row >= vt_library_count(grid->library)) {
        return 0;
    }
    vt_item_brief item;
    vt_library_item(grid->library, row, &item);
    return item.id;
}

static void drop_on_stack(vt_grid *grid, QDropEvent *event)
{
    int64_t item = stack_under(grid, event);
    if (item < 0) {
        q_event_ignore(event);
        return;
    }
    vt_item_brief front;
    vt_error error = VT_ERROR_INIT; /* as below */
    vt_library_item(grid->library, vt_grid_row_of(grid, item), &front);
    vt_library_add_to_stack(grid->library, front.id, &error);
    q_dropevent_set_drop_action(event, Qt_CopyAction);
    q_event_accept(event);
}

void vt_grid_drop(QAbstractScrollArea *self, QDropEvent *event)
{
    vt_grid *grid = (vt_grid *)self;
    hide_mark(grid);
    if (!is_ordered_by_hand(grid, event)) {
        drop_on_stack(grid, event);
        return;
    }
    const vt_item_edit edit = {.kind = VT_EDIT_ORDER_ALBUM,
                               .album = vt_library_album(grid->library),
                               .before = item_behind(grid, gap_at(grid, q_dropevent_position(event)))};
    vt_error error = VT_ERROR_INIT; /* the edit's own end tells what the disk says */
    vt_library_edit(grid->library, &edit, false, &error);
    q_dropevent_set_drop_action(event, Qt_CopyAction);
    q_event_accept(event);
}
