/*
 * Groups in the grid: what is collapsed, the headers, the one that sticks to the top, stacks, and the jump
 * from one group to the next.
 */
#include "app/ui/browse/grid_private.h"

#include "app/ui/library/stacks.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/twin_words.h"
#include "core/base/str.h"

#include <qt6c/qpaintevent.h>

#include <stdlib.h>

/* ---- the layout ---- */

static void sizes_of(const void *view, uint32_t first, uint32_t count, uint32_t *sizes)
{
    vt_view_group_sizes(view, first, count, sizes);
}

static vt_group_by grouped_by(const vt_grid *grid)
{
    return grid->view ? vt_view_grouped_by(grid->view) : VT_GROUP_NONE;
}

static void lay_out_groups(vt_grid *grid)
{
    static uint32_t exceptions[VT_COLLAPSED_MAX]; /* of the UI's thread */
    vt_group_by by = grouped_by(grid);
    size_t count = vt_collapsed_find(grid->collapsed, grid->view, exceptions);
    const vt_group_source source = {vt_view_group_count(grid->view), sizes_of, grid->view};
    bool all = grid->collapsed->by[by].all && !grid->opened;
    bool done = vt_group_lines_set(grid->lines, &source, exceptions, grid->opened ? 0 : count, all,
                                   grid->layout.columns);
    grid->layout.groups = done ? grid->lines : NULL;
}

void vt_grid_take_groups(vt_grid *grid)
{
    const vt_view *before = grid->view;
    const vt_view *now = vt_library_view(grid->library);
    grid->view = now ? vt_view_retain(now) : NULL;
    grid->opened = vt_library_opened_folder(grid->library);
    uint32_t groups = now ? vt_view_group_count(now) : 0;
    grid->stacked = groups && grid->stacks && grouped_by(grid) == VT_GROUP_FOLDER && !grid->opened;
    grid->layout.groups = NULL;
    grid->layout.count = grid->stacked ? groups : vt_library_count(grid->library);
    if (groups && !grid->stacked) {
        lay_out_groups(grid);
    }
    vt_view_release(before);
    vt_grid_reserve_scrubber(grid);
}

int64_t vt_grid_row_of(const vt_grid *grid, int64_t item)
{
    if (grid->stacked) {
        return vt_view_group(grid->view, (uint32_t)item).first;
    }
    if (!grid->layout.groups) {
        return item;
    }
    vt_group_place place = vt_group_lines_of_slot(grid->lines, item);
    return place.position + (item - place.slot);
}

int64_t vt_grid_item_of(const vt_grid *grid, int64_t row, bool *hidden)
{
    *hidden = false;
    if (row < 0 || (!grid->stacked && !grid->layout.groups)) {
        return row;
    }
    if (grid->stacked) {
        return vt_view_group_of(grid->view, (uint32_t)row);
    }
    vt_group_place place = vt_group_lines_of_position(grid->lines, row);
    *hidden = place.lines == 0;
    return *hidden ? place.slot : place.slot + (row - place.position);
}

vt_row_interval vt_grid_rows_of(const vt_grid *grid, int64_t item)
{
    if (grid->stacked) {
        vt_group_span group = vt_view_group(grid->view, (uint32_t)item);
        return (vt_row_interval){group.first, (int64_t)group.first + group.count};
    }
    int64_t row = vt_grid_row_of(grid, item);
    return (vt_row_interval){row, row + 1};
}

int64_t vt_grid_reveal_row(const vt_grid *grid, int64_t row)
{
    bool hidden = false;
    int64_t scroll = vt_grid_scroll_position(grid);
    int64_t item = vt_grid_item_of(grid, row, &hidden);
    if (!hidden) {
        return vt_grid_layout_reveal(&grid->layout, scroll, item);
    }
    int64_t top = vt_grid_layout_header(&grid->layout, vt_view_group_of(grid->view, (uint32_t)row));
    int64_t bottom = top + grid->layout.header - grid->layout.height;
    return scroll > top ? top : scroll < bottom ? bottom : scroll;
}

/* ---- headers ---- */

typedef struct header_text {
    vt_str title, detail;
} header_text;

/* The texts are lent by `text`, which is ended by the caller. */
static vt_group_header_content content_of(const vt_grid *grid, uint32_t group, header_text *text)
{
    const vt_snapshot *snapshot = vt_view_snapshot(grid->view);
    vt_group_by by = grouped_by(grid);
    vt_group_span span = vt_view_group(grid->view, group);
    int64_t last = (int64_t)span.first + span.count;
    const vt_selection *selection = vt_library_selection(grid->library);
    bool collapsed = vt_group_lines_is_collapsed(grid->lines, group);
    *text = (header_text){VT_STR_INIT, VT_STR_INIT};
    vt_twin_kind kind;
    bool twins = vt_group_twins(by, &kind) && span.value != VT_GROUP_NO_TWIN;
    if (twins) {
        vt_twin_group group;
        vt_snapshot_twin_group(snapshot, kind, span.value, &group);
        vt_twin_words_title(kind, &group, &text->title);
        vt_twin_words_detail(&group, &text->detail);
        twins = group.count == span.count; /* the title has the number */
    } else {
        vt_group_append_title(snapshot, by, span.value, vt_tr, &text->title);
        vt_group_append_detail(snapshot, by, span.value, &text->detail);
    }
    return (vt_group_header_content){.title = text->title.length ? text->title.data : "",
                                     .detail = text->detail.length ? text->detail.data : "",
                                     .count = twins ? -1 : (int64_t)span.count,
                                     .selected = vt_selection_of_rows(selection, span.first, last),
                                     .collapsed = collapsed,
                                     .leads_back = grid->opened != 0,
                                     .current = collapsed && selection->current >= span.first &&
                                                selection->current < last};
}

static void end_text(header_text *text)
{
    vt_str_free(&text->title);
    vt_str_free(&text->detail);
}

/* Of a group, in the viewport. */
static QRect header_area(const vt_grid *grid, uint32_t group)
{
    int64_t y = vt_grid_layout_header(&grid->layout, group) - grid->scroll;
    return q_rect_make(0, (int)y, grid->layout.width, vt_group_header_height());
}

/* Groups whose headers are in sight; at most as many as the viewport is high. */
static vt_grid_range headers_in_sight(const vt_grid *grid)
{
    if (!grid->layout.groups || vt_group_lines_groups(grid->lines) == 0) {
        return (vt_grid_range){0, 0};
    }
    return (vt_grid_range){
        vt_grid_layout_group_at(&grid->layout, grid->scroll),
        (int64_t)vt_grid_layout_group_at(&grid->layout, grid->scroll + grid->layout.height) + 1};
}

void vt_grid_paint_headers(vt_grid *grid, QPaintEvent *event)
{
    vt_grid_range groups = headers_in_sight(grid);
    if (groups.first == groups.last) {
        return;
    }
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(q_abstractscrollarea_viewport(&grid->area)));
    for (int64_t group = groups.first; group < groups.last; group++) {
        QRect area = header_area(grid, (uint32_t)group);
        if (q_rect_intersects(&area, q_paintevent_rect(event))) {
            header_text text;
            vt_group_header_content content = content_of(grid, (uint32_t)group, &text);
            vt_group_header_paint(&painter, area, &content);
            end_text(&text);
        }
    }
    q_painter_fini(&painter);
}

/* The header of what is at the top stays there; the next one pushes it out. */
void vt_grid_place_sticky(vt_grid *grid)
{
    QWidget *sticky = vt_group_header_widget(grid->sticky);
    vt_grid_range groups = headers_in_sight(grid);
    if (groups.first == groups.last) {
        q_widget_hide(sticky);
        return;
    }
    uint32_t group = (uint32_t)groups.first;
    int y = 0;
    int height = vt_group_header_height();
    if (group + 1 < vt_group_lines_groups(grid->lines)) {
        QRect next = header_area(grid, group + 1);
        y = next.y1 < height ? next.y1 - height : 0;
    }
    header_text text;
    vt_group_header_content content = content_of(grid, group, &text);
    vt_group_header_set(grid->sticky, &content);
    end_text(&text);
    QRect area = q_rect_make(0, y, grid->layout.width, height);
    q_widget_set_geometry(sticky, &area);
    q_widget_show(sticky);
    q_widget_raise(sticky);
}

void vt_grid_update_headers(vt_grid *grid)
{
    vt_grid_range groups = headers_in_sight(grid);
    for (int64_t group = groups.first; group < groups.last; group++) {
        QRect area = header_area(grid, (uint32_t)group);
        q_widget_update_rect(q_abstractscrollarea_viewport(&grid->area), &area);
    }
    vt_grid_place_sticky(grid);
}

/* ---- collapsing ---- */

/* After it the header of `group` stands where it stood, or at the top if it stuck there. */
static void lay_out_again(vt_grid *grid, uint32_t group)
{
    int64_t above = vt_grid_layout_header(&grid->layout, group) - vt_grid_scroll_position(grid);
    vt_grid_take_groups(grid);
    vt_grid_relayout(grid);
    vt_grid_set_scroll(grid, vt_grid_layout_header(&grid->layout, group) - (above > 0 ? above : 0));
    vt_grid_place_cards(grid, vt_grid_scroll_position(grid));
    q_widget_update(q_abstractscrollarea_viewport(&grid->area));
}

static void turn(vt_grid *grid, uint32_t group)
{
    vt_collapsed_turn(grid->collapsed, grouped_by(grid), vt_view_group(grid->view, group).value);
    lay_out_again(grid, group);
}

/* The group whose header stands at this height of the viewport, -1 if none does. */
static int64_t header_at(const vt_grid *grid, int y)
{
    vt_grid_range groups = headers_in_sight(grid);
    for (int64_t group = groups.first; group < groups.last; group++) {
        QRect area = group == groups.first ? *q_widget_geometry(vt_group_header_widget(grid->sticky))
                                           : header_area(grid, (uint32_t)group);
        if (y >= area.y1 && y <= area.y2) {
            return group;
        }
    }
    return -1;
}

bool vt_grid_is_header(const vt_grid *grid, int y)
{
    return header_at(grid, y) >= 0;
}

void vt_grid_press_header(vt_grid *grid, int x, int y, bool extend)
{
    int64_t group = header_at(grid, y);
    vt_group_span span = vt_view_group(grid->view, (uint32_t)group);
    if (vt_group_header_is_box(x)) {
        vt_library_choose_rows(grid->library, span.first, (int64_t)span.first + span.count, true, extend);
    } else if (grid->opened) {
        vt_library_open_folder(grid->library, 0);
    } else {
        turn(grid, (uint32_t)group);
    }
}

/* The group of the current row, or of what is at the top. */
static uint32_t group_in_hand(const vt_grid *grid)
{
    int64_t current = vt_library_selection(grid->library)->current;
    return current >= 0 && current < vt_library_count(grid->library)
               ? vt_view_group_of(grid->view, (uint32_t)current)
               : vt_grid_layout_group_at(&grid->layout, grid->scroll);
}

bool vt_grid_has_groups(const vt_grid *grid)
{
    return grid->layout.groups && vt_group_lines_groups(grid->lines) > 0;
}

void vt_grid_turn_group(vt_grid *grid)
{
    if (vt_grid_has_groups(grid) && !grid->opened) {
        turn(grid, group_in_hand(grid));
        vt_grid_set_scroll(grid, vt_grid_reveal_row(grid, vt_library_selection(grid->library)->current));
    }
}

void vt_grid_collapse_all(vt_grid *grid, bool collapsed)
{
    if (vt_grid_has_groups(grid)) {
        uint32_t group = group_in_hand(grid);
        vt_collapsed_set_all(grid->collapsed, grouped_by(grid), collapsed);
        lay_out_again(grid, group);
    }
}

/* ---- from group to group ---- */

/* The first row from `row` on, in steps of `direction`, that is of another group than `row` is; the number of
   rows, or -1, if there is none. Rows of a group follow each other, so steps may grow. */
static int64_t beyond_group(const vt_grid *grid, int64_t row, int direction)
{
    bool descending = false;
    vt_group_by by = vt_group_by_of_sort(vt_view_key(grid->view, &descending));
    const vt_snapshot *snapshot = vt_view_snapshot(grid->view);
    int64_t count = vt_view_count(grid->view);
    uint32_t value = vt_group_value(snapshot, by, vt_view_row(grid->view, (uint32_t)row));
    int64_t inside = row;
    int64_t step = 1;
    for (;;) {
        int64_t next = inside + direction * step;
        bool in_view = next >= 0 && next < count;
        if (in_view && vt_group_value(snapshot, by, vt_view_row(grid->view, (uint32_t)next)) == value) {
            inside = next;
            step *= 2;
        } else if (step == 1) {
            return next;
        } else {
            step /= 2;
        }
    }
}

static int64_t next_in_order(const vt_grid *grid, int64_t row, int direction)
{
    int64_t count = vt_view_count(grid->view);
    if (direction > 0) {
        int64_t next = beyond_group(grid, row, 1);
        return next < count ? next : row;
    }
    int64_t first = beyond_group(grid, row, -1) + 1;
    return first < row || first == 0 ? first : beyond_group(grid, first - 1, -1) + 1;
}

void vt_grid_go_to_group(vt_grid *grid, int direction)
{
    int64_t current = vt_library_selection(grid->library)->current;
    int64_t count = vt_library_count(grid->library);
    if (!grid->view || count == 0 || grid->stacked) {
        return;
    }
    if (current < 0 || current >= count) {
        current = 0;
    }
    if (!vt_grid_has_groups(grid)) {
        int64_t row = next_in_order(grid, current, direction);
        vt_library_choose(grid->library, row, false, false);
        vt_grid_set_scroll(grid, vt_grid_reveal_row(grid, row));
        return;
    }
    uint32_t group = vt_view_group_of(grid->view, (uint32_t)current);
    vt_group_span span = vt_view_group(grid->view, group);
    if (direction > 0 && group + 1 < vt_view_group_count(grid->view)) {
        group++;
    } else if (direction < 0 && current == span.first && group > 0) {
        group--;
    }
    vt_library_choose(grid->library, vt_view_group(grid->view, group).first, false, false);
    vt_grid_set_scroll(grid, vt_grid_layout_header(&grid->layout, group));
}

/* ---- stacks ---- */

void vt_grid_set_stacks(vt_grid *grid, bool on)
{
    if (on != grid->stacks) {
        grid->stacks = on;
        vt_library_keep_folders_whole(grid->library, on);
        vt_grid_forget_cards(grid);
        vt_grid_take_groups(grid);
        vt_grid_relayout(grid);
        vt_grid_set_scroll(grid, vt_grid_reveal_row(grid, vt_library_selection(grid->library)->current));
        vt_grid_place_cards(grid, vt_grid_scroll_position(grid));
        q_widget_update(q_abstractscrollarea_viewport(&grid->area));
    }
}

bool vt_grid_has_stacks(const vt_grid *grid)
{
    return grid->stacks;
}

/* ---- life ---- */

bool vt_grid_prepare_groups(vt_grid *grid)
{
    grid->lines = vt_group_lines_create();
    grid->collapsed = calloc(1, sizeof *grid->collapsed);
    grid->sticky = vt_group_header_create(q_abstractscrollarea_viewport(&grid->area));
    grid->scrubber = vt_scrubber_create(&grid->area, &vt_grid_scrubber_ops, grid);
    grid->hover = vt_hover_create(&grid->area, vt_library_engine(grid->library), vt_grid_show_moving, grid);
    grid->hovered = -1;
    return grid->lines && grid->collapsed && grid->hover;
}

void vt_grid_release_groups(vt_grid *grid)
{
    vt_hover_free(grid->hover);
    vt_view_release(grid->view);
    vt_group_lines_free(grid->lines);
    free(grid->collapsed);
    grid->hover = NULL;
    grid->view = NULL;
    grid->lines = NULL;
    grid->collapsed = NULL;
}
