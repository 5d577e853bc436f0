#include "app/ui/browse/grid_layout.h"

static int64_t clamp(int64_t value, int64_t low, int64_t high)
{
    return value < low ? low : value > high ? high : value;
}

static int pitch_of(const vt_grid_layout *layout)
{
    return layout->cell_height + layout->gap;
}

void vt_grid_layout_update(vt_grid_layout *layout)
{
    int room = layout->width - layout->gap;
    int columns = room / (layout->picture + layout->gap);
    layout->columns = columns > 0 ? columns : 1;
    layout->cell_width = room / layout->columns - layout->gap;
    if (layout->cell_width < layout->picture) {
        layout->cell_width = layout->picture;
    }
    layout->cell_height = layout->picture + layout->caption;
    layout->rows = (layout->count + layout->columns - 1) / layout->columns;
    int64_t headers = 0;
    if (layout->groups) {
        vt_group_lines_set_columns(layout->groups, layout->columns);
        layout->count = vt_group_lines_slots(layout->groups);
        layout->rows = vt_group_lines_total(layout->groups);
        headers = (int64_t)vt_group_lines_groups(layout->groups) * layout->header;
    }
    layout->content_height = headers + layout->rows * pitch_of(layout) + layout->gap;
}

/* ---- groups ---- */

/* Where a group's first row begins. */
static int64_t top_of(const vt_grid_layout *layout, const vt_group_place *place)
{
    return ((int64_t)place->group + 1) * layout->header + place->line * pitch_of(layout);
}

static vt_group_place place_at(const vt_grid_layout *layout, int64_t y)
{
    return vt_group_lines_at_height(layout->groups, y, layout->header, pitch_of(layout));
}

int64_t vt_grid_layout_header(const vt_grid_layout *layout, uint32_t group)
{
    vt_group_place place = vt_group_lines_at(layout->groups, group);
    return top_of(layout, &place) - layout->header;
}

uint32_t vt_grid_layout_group_at(const vt_grid_layout *layout, int64_t y)
{
    return place_at(layout, y).group;
}

/* The row that holds an item: its first item, how many it has, and where it begins. */
typedef struct row_place {
    int64_t first;
    int count;
    int64_t y;
} row_place;

static row_place row_of(const vt_grid_layout *layout, int64_t item)
{
    if (!layout->groups) {
        int64_t row = item / layout->columns;
        int64_t left = layout->count - row * layout->columns;
        return (row_place){row * layout->columns, (int)(left < layout->columns ? left : layout->columns),
                           layout->gap + row * pitch_of(layout)};
    }
    vt_group_place place = vt_group_lines_of_slot(layout->groups, item);
    int64_t row = (item - place.slot) / layout->columns;
    int64_t left = place.count - row * layout->columns;
    return (row_place){place.slot + row * layout->columns,
                       (int)(left < layout->columns ? left : layout->columns),
                       top_of(layout, &place) + row * pitch_of(layout)};
}

/* The first item of the row that reaches below y, or, `whole`, that begins at or below it. */
static int64_t first_item_below(const vt_grid_layout *layout, int64_t y, bool whole)
{
    vt_group_place place = place_at(layout, y);
    int64_t down = y - top_of(layout, &place);
    int64_t row = down <= 0 ? 0 : (down + (whole ? pitch_of(layout) - 1 : 0)) / pitch_of(layout);
    if (row >= place.lines) {
        return place.slot + (place.lines ? place.count : 0);
    }
    return place.slot + row * layout->columns;
}

vt_grid_cell vt_grid_layout_cell(const vt_grid_layout *layout, int64_t item)
{
    row_place row = row_of(layout, item);
    return (vt_grid_cell){
        .x = layout->gap + (int)(item - row.first) * (layout->cell_width + layout->gap),
        .y = row.y,
        .width = layout->cell_width,
        .height = layout->cell_height,
    };
}

vt_grid_range vt_grid_layout_visible(const vt_grid_layout *layout, int64_t scroll, int margin)
{
    int pitch = pitch_of(layout);
    if (layout->columns == 0) {
        return (vt_grid_range){0, 0}; /* not laid out yet */
    }
    if (layout->groups) {
        int64_t first = first_item_below(layout, scroll - margin > 0 ? scroll - margin : 0, false);
        int64_t last = first_item_below(layout, scroll + layout->height + margin, true);
        return (vt_grid_range){first, last > first ? last : first};
    }
    int64_t top = clamp(scroll - margin - layout->gap, 0, layout->content_height);
    int64_t bottom = clamp(scroll + layout->height + margin, 0, layout->content_height);
    vt_grid_range range = {
        .first = top / pitch * layout->columns,
        .last = (bottom + pitch - 1) / pitch * layout->columns,
    };
    range.first = clamp(range.first, 0, layout->count);
    range.last = clamp(range.last, range.first, layout->count);
    return range;
}

int64_t vt_grid_layout_item_at(const vt_grid_layout *layout, int x, int64_t y)
{
    if (layout->columns == 0) {
        return -1; /* not laid out yet */
    }
    int column_pitch = layout->cell_width + layout->gap;
    int row_pitch = pitch_of(layout);
    int64_t first = 0;
    int64_t count = layout->count;
    x -= layout->gap;
    y -= layout->gap;
    if (layout->groups) {
        vt_group_place place = place_at(layout, y += layout->gap);
        y -= top_of(layout, &place);
        first = place.slot;
        count = place.lines ? place.count : 0;
    }
    if (x < 0 || y < 0 || x / column_pitch >= layout->columns || x % column_pitch >= layout->cell_width ||
        y % row_pitch >= layout->cell_height) {
        return -1;
    }
    int64_t item = y / row_pitch * layout->columns + x / column_pitch;
    return item < count ? first + item : -1;
}

int64_t vt_grid_layout_gap_at(const vt_grid_layout *layout, int x, int64_t y)
{
    if (layout->columns == 0 || layout->count == 0) {
        return 0;
    }
    int column_pitch = layout->cell_width + layout->gap;
    int64_t column = clamp((x - layout->gap / 2 + column_pitch / 2) / column_pitch, 0, layout->columns);
    int64_t row = clamp((y - layout->gap / 2) / pitch_of(layout), 0, layout->rows - 1);
    return clamp(row * layout->columns + column, 0, layout->count);
}

/* The item of a row that is nearest to `column`; a shorter row has its last one, as file managers do. */
static int64_t item_in_row(const row_place *row, int column)
{
    return row->first + (column < row->count ? column : row->count - 1);
}

/* A page up or down, whatever headers lie between; at least a row. */
static int64_t page_step(const vt_grid_layout *layout, const row_place *from, int direction, int column)
{
    int64_t page = layout->height - pitch_of(layout) - (layout->groups ? layout->header : 0);
    int64_t y = from->y + direction * (page > 0 ? page : 0);
    int64_t item = 0;
    if (y > 0 && layout->groups) {
        item = first_item_below(layout, y, direction > 0);
    } else if (y > 0) {
        item = (y - layout->gap + (direction > 0 ? pitch_of(layout) - 1 : 0)) / pitch_of(layout) *
               layout->columns;
    }
    item = clamp(item, 0, layout->count - 1);
    bool moved = direction > 0 ? item >= from->first + from->count : item < from->first;
    if (!moved) {
        item = clamp(direction > 0 ? from->first + from->count : from->first - 1, 0, layout->count - 1);
    }
    row_place to = row_of(layout, item);
    return item_in_row(&to, column);
}

static int64_t vertical_step(const vt_grid_layout *layout, int64_t item, vt_grid_step step, int column)
{
    row_place from = row_of(layout, item);
    switch (step) {
    case VT_GRID_PAGE_UP:
        return page_step(layout, &from, -1, column);
    case VT_GRID_PAGE_DOWN:
        return page_step(layout, &from, 1, column);
    case VT_GRID_UP:
        if (from.first > 0) {
            row_place above = row_of(layout, from.first - 1);
            return item_in_row(&above, column);
        }
        return item;
    default:
        if (from.first + from.count < layout->count) {
            row_place below = row_of(layout, from.first + from.count);
            return item_in_row(&below, column);
        }
        return item;
    }
}

int64_t vt_grid_layout_step_on(const vt_grid_layout *layout, int64_t item, vt_grid_step step, int *column)
{
    bool vertical =
        step == VT_GRID_UP || step == VT_GRID_DOWN || step == VT_GRID_PAGE_UP || step == VT_GRID_PAGE_DOWN;
    int aim = vertical ? *column : -1;
    *column = -1;
    if (layout->count == 0) {
        return -1;
    }
    if (item < 0) {
        return step == VT_GRID_END ? layout->count - 1 : 0;
    }
    if (vertical) {
        *column = aim >= 0 ? aim : (int)(item - row_of(layout, item).first);
        return vertical_step(layout, item, step, *column);
    }
    switch (step) {
    case VT_GRID_LEFT:
        return clamp(item - 1, 0, layout->count - 1);
    case VT_GRID_RIGHT:
        return clamp(item + 1, 0, layout->count - 1);
    case VT_GRID_END:
        return layout->count - 1;
    default:
        return 0;
    }
}

int64_t vt_grid_layout_step(const vt_grid_layout *layout, int64_t item, vt_grid_step step)
{
    int column = -1;
    return vt_grid_layout_step_on(layout, item, step, &column);
}

int64_t vt_grid_layout_scroll_max(const vt_grid_layout *layout)
{
    return layout->content_height > layout->height ? layout->content_height - layout->height : 0;
}

int64_t vt_grid_layout_reveal(const vt_grid_layout *layout, int64_t scroll, int64_t item)
{
    vt_grid_cell cell = vt_grid_layout_cell(layout, item);
    int64_t top = cell.y - (layout->groups ? layout->header : layout->gap); /* headers stick to the top */
    int64_t bottom = cell.y + cell.height + layout->gap - layout->height;
    if (scroll > top) {
        scroll = top;
    } else if (scroll < bottom) {
        scroll = bottom < top ? bottom : top;
    }
    return clamp(scroll, 0, vt_grid_layout_scroll_max(layout));
}
