/* The scrubber of the grid: what is at a share of the way down, by the groups or by what the order goes by.
 */
#include "app/ui/browse/grid_private.h"

#include "app/ui/browse/mark_text.h"
#include "app/ui/parts/translate.h"

static vt_group_by marked_by(const vt_grid *grid)
{
    if (!grid->view || vt_view_count(grid->view) == 0 || grid->opened) {
        return VT_GROUP_NONE;
    }
    vt_group_by by = vt_view_grouped_by(grid->view);
    return by != VT_GROUP_NONE ? by : vt_group_by_of_sort(vt_view_key(grid->view, NULL));
}

static int64_t scroll_at(const vt_grid *grid, double share)
{
    return (int64_t)(share * (double)vt_grid_layout_scroll_max(&grid->layout));
}

/* Of the group at the top when it is scrolled there, else of the row. */
static uint32_t value_at(const vt_grid *grid, double share)
{
    int64_t scroll = scroll_at(grid, share);
    if (grid->layout.groups) { /* not the one that is about to leave */
        uint32_t group = vt_grid_layout_group_at(&grid->layout, scroll + grid->layout.header - 1);
        return vt_view_group(grid->view, group).value;
    }
    vt_grid_range seen = vt_grid_layout_visible(&grid->layout, scroll, 0);
    int64_t last = grid->layout.count - 1;
    int64_t row = vt_grid_row_of(grid, seen.first < last ? seen.first : last);
    return vt_group_value(vt_view_snapshot(grid->view), marked_by(grid),
                          vt_view_row(grid->view, (uint32_t)row));
}

static uint64_t value(void *user, double share)
{
    return value_at(user, share);
}

/* Where all is of one year, its number tells nothing: then months are named. */
static bool is_one_year(const vt_grid *grid)
{
    enum { MONTHS = 12 }; /* of a value of VT_GROUP_MONTH */
    return marked_by(grid) == VT_GROUP_MONTH && value_at(grid, 0) / MONTHS == value_at(grid, 1) / MONTHS;
}

static void append_mark(void *user, double share, vt_str *text)
{
    enum { LETTERS = 3 };
    const vt_grid *grid = user;
    const vt_snapshot *snapshot = vt_view_snapshot(grid->view);
    if (!is_one_year(grid)) {
        vt_group_append_mark(snapshot, marked_by(grid), value_at(grid, share), text);
        return;
    }
    vt_str title = VT_STR_INIT;
    vt_group_append_title(snapshot, VT_GROUP_MONTH, value_at(grid, share), vt_tr, &title);
    vt_mark_text_append(text, title.data ? title.data : "", LETTERS);
    vt_str_free(&title);
}

static void append_title(void *user, double share, vt_str *text)
{
    const vt_grid *grid = user;
    vt_group_append_title(vt_view_snapshot(grid->view), marked_by(grid), value_at(grid, share), vt_tr, text);
}

static void jump(void *user, double share)
{
    vt_grid *grid = user;
    vt_grid_set_scroll(grid, scroll_at(grid, share));
}

const vt_scrubber_ops vt_grid_scrubber_ops = {
    .value = value, .append_mark = append_mark, .append_title = append_title, .jump = jump};

/* Its room is taken whether the content is higher than the view or not: else one would decide the other. */
void vt_grid_reserve_scrubber(vt_grid *grid)
{
    bool shown = marked_by(grid) != VT_GROUP_NONE;
    int width = shown ? vt_scrubber_width(vt_group_has_marks(marked_by(grid))) : 0;
    q_abstractscrollarea_set_viewport_margins(&grid->area, 0, 0, width, 0);
    q_widget_set_visible(vt_scrubber_widget(grid->scrubber), shown);
}

void vt_grid_update_scrubber(vt_grid *grid)
{
    const QRect *viewport = q_widget_geometry(q_abstractscrollarea_viewport(&grid->area));
    int width = vt_scrubber_width(vt_group_has_marks(marked_by(grid)));
    QRect area = {viewport->x2 + 1, viewport->y1, viewport->x2 + width, viewport->y2};
    q_widget_set_geometry(vt_scrubber_widget(grid->scrubber), &area);
    bool empty = marked_by(grid) == VT_GROUP_NONE || vt_grid_layout_scroll_max(&grid->layout) == 0;
    vt_scrubber_update(grid->scrubber, empty);
    vt_grid_move_scrubber(grid);
}

void vt_grid_move_scrubber(vt_grid *grid)
{
    int64_t end = vt_grid_layout_scroll_max(&grid->layout);
    vt_scrubber_set_share(grid->scrubber, end ? (double)grid->scroll / (double)end : 0);
}
