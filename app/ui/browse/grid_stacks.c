/* Stacks made by hand among the cards: opened and closed where they stand. */
#include "app/ui/browse/grid_private.h"

#include "app/ui/library/stacks.h"

bool vt_grid_stack(const vt_grid *grid, int64_t row, vt_view_stack_info *stack)
{
    return grid->view && !grid->stacked && row >= 0 && row < (int64_t)vt_view_count(grid->view) &&
           vt_view_stack(grid->view, vt_view_row(grid->view, (uint32_t)row), stack);
}

bool vt_grid_is_on_stack(const vt_grid *grid, int64_t item, const QPointF *at)
{
    const vt_card *card = item < 0 ? NULL : grid->cards[item % VT_GRID_CARDS_MAX];
    if (!card || vt_card_number(card) != item) {
        return false;
    }
    vt_grid_cell cell = vt_grid_layout_cell(&grid->layout, item);
    return vt_card_is_on_stack_badge(card, (int)at->xp - cell.x,
                                     (int)(at->yp + (double)grid->scroll - (double)cell.y));
}

bool vt_grid_press_stack(vt_grid *grid, int64_t item, const QPointF *at)
{
    vt_view_stack_info stack;
    int64_t row = item < 0 ? -1 : vt_grid_row_of(grid, item);
    if (!vt_grid_is_on_stack(grid, item, at) || !vt_grid_stack(grid, row, &stack) || stack.shown < 2) {
        return false;
    }
    vt_library_choose(grid->library, row, false, false);
    vt_library_turn_stack(grid->library, stack.id);
    return true;
}

bool vt_grid_close_stack(vt_grid *grid)
{
    vt_view_stack_info stack;
    int64_t row = vt_library_selection(grid->library)->current;
    if (!vt_grid_stack(grid, row, &stack) || !stack.open) {
        return false;
    }
    vt_library_turn_stack(grid->library, stack.id);
    return true;
}
