#include "app/ui/browse/grid_layout.h"

static int64_t clamp(int64_t value, int64_t low, int64_t high)
{
    return value < low ? low : value > high ? high : value;
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
    layout->content_height = layout->rows * (layout->cell_height + layout->gap) + layout->gap;
}

vt_grid_cell vt_grid_layout_cell(const vt_grid_layout *layout, int64_t item)
{
    int64_t row = item / layout->columns;
    int column = (int)(item % layout->columns);
    return (vt_grid_cell){
        .x = layout->gap + column * (layout->cell_width + layout->gap),
        .y = layout->gap + row * (layout->cell_height + layout->gap),
        .width = layout->cell_width,
        .height = layout->cell_height,
    };
}

vt_grid_range vt_grid_layout_visible(const vt_grid_layout *layout, int64_t scroll, int margin)
{
    int pitch = layout->cell_height + layout->gap;
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
    int row_pitch = layout->cell_height + layout->gap;
    x -= layout->gap;
    y -= layout->gap;
    if (x < 0 || y < 0 || x / column_pitch >= layout->columns || x % column_pitch >= layout->cell_width ||
        y % row_pitch >= layout->cell_height) {
        return -1;
    }
    int64_t item = y / row_pitch * layout->columns + x / column_pitch;
    return item < layout->count ? item : -1;
}

int64_t vt_grid_layout_step(const vt_grid_layout *layout, int64_t item, vt_grid_step step)
{
    if (layout->count == 0) {
        return -1;
    }
    if (item < 0) {
        return step == VT_GRID_END ? layout->count - 1 : 0;
    }
    int64_t rows_per_page = layout->height / (layout->cell_height + layout->gap);
    int64_t page = (rows_per_page > 1 ? rows_per_page : 1) * layout->columns;
    int64_t to = item;
    switch (step) {
    case VT_GRID_LEFT:
        to = item - 1;
        break;
    case VT_GRID_RIGHT:
        to = item + 1;
        break;
    case VT_GRID_UP:
        to = item >= layout->columns ? item - layout->columns : item;
        break;
    case VT_GRID_DOWN:
        /* Onto a shorter last row: its last item, as file managers do. */
        to = item / layout->columns < layout->rows - 1 ? item + layout->columns : item;
        break;
    case VT_GRID_PAGE_UP:
        to = item >= page ? item - page : item % layout->columns;
        break;
    case VT_GRID_PAGE_DOWN:
        to = item + page;
        break;
    case VT_GRID_HOME:
        to = 0;
        break;
    case VT_GRID_END:
        to = layout->count - 1;
        break;
    }
    return clamp(to, 0, layout->count - 1);
}

int64_t vt_grid_layout_scroll_max(const vt_grid_layout *layout)
{
    return layout->content_height > layout->height ? layout->content_height - layout->height : 0;
}

int64_t vt_grid_layout_reveal(const vt_grid_layout *layout, int64_t scroll, int64_t item)
{
    vt_grid_cell cell = vt_grid_layout_cell(layout, item);
    int64_t top = cell.y - layout->gap;
    int64_t bottom = cell.y + cell.height + layout->gap - layout->height;
    if (scroll > top) {
        scroll = top;
    } else if (scroll < bottom) {
        scroll = bottom < top ? bottom : top;
    }
    return clamp(scroll, 0, vt_grid_layout_scroll_max(layout));
}
