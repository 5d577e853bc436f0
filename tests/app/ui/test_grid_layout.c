/* app/ui/browse/grid_layout: positions of cards among a million items. */
#include "tests/support/check.h"

#include "app/ui/browse/grid_layout.h"

#include <stdbool.h>

static vt_grid_layout layout_of(int64_t count, int width, int height)
{
    vt_grid_layout layout = {
        .count = count, .width = width, .height = height, .picture = 160, .caption = 40, .gap = 10};
    vt_grid_layout_update(&layout);
    return layout;
}

static void columns_fill_the_width(void **state)
{
    (void)state;
    vt_grid_layout layout = layout_of(1000, 1000, 700);
    assert_int_equal(layout.columns, 5);
    vt_grid_cell last = vt_grid_layout_cell(&layout, 4);
    assert_true(last.x + last.width <= 990);
    assert_true(last.x + last.width > 980);
    assert_int_equal(layout.rows, 200);
}

static void a_narrow_window_keeps_one_column(void **state)
{
    (void)state;
    vt_grid_layout layout = layout_of(10, 50, 700);
    assert_int_equal(layout.columns, 1);
    assert_int_equal(layout.rows, 10);
    assert_int_equal(vt_grid_layout_cell(&layout, 3).x, 10);
}

static void empty_content_has_nothing(void **state)
{
    (void)state;
    vt_grid_layout layout = layout_of(0, 1000, 700);
    vt_grid_range range = vt_grid_layout_visible(&layout, 0, 350);
    assert_int_equal(range.first, range.last);
    assert_int_equal(vt_grid_layout_item_at(&layout, 20, 20), -1);
    assert_int_equal(vt_grid_layout_step(&layout, -1, VT_GRID_DOWN), -1);
    assert_int_equal(vt_grid_layout_scroll_max(&layout), 0);
}

/* Every item whose cell touches the viewport is in the range, and no row beyond the margin is. */
static void visible_range_is_exact(void **state)
{
    (void)state;
    vt_grid_layout layout = layout_of(997, 1000, 700);
    for (int64_t scroll = 0; scroll <= vt_grid_layout_scroll_max(&layout); scroll += 37) {
        vt_grid_range range = vt_grid_layout_visible(&layout, scroll, 0);
        for (int64_t item = 0; item < layout.count; item++) {
            vt_grid_cell cell = vt_grid_layout_cell(&layout, item);
            bool touches = cell.y < scroll + layout.height && cell.y + cell.height > scroll;
            if (touches) {
                assert_in_range(item, range.first, range.last - 1);
            }
        }
        int64_t pages = (range.last - range.first) / layout.columns;
        assert_true(pages <= 700 / 210 + 3);
    }
}

static void a_million_items_scroll_to_their_end(void **state)
{
    (void)state;
    vt_grid_layout layout = layout_of(1000000, 1000, 700);
    vt_grid_range range = vt_grid_layout_visible(&layout, vt_grid_layout_scroll_max(&layout), 0);
    assert_int_equal(range.last, 1000000);
    assert_true(range.last - range.first < 40);
    assert_true(layout.content_height < INT32_MAX);
}

static void points_find_their_item_and_gaps_find_none(void **state)
{
    (void)state;
    vt_grid_layout layout = layout_of(23, 1000, 700);
    for (int64_t item = 0; item < 23; item++) {
        vt_grid_cell cell = vt_grid_layout_cell(&layout, item);
        assert_int_equal(vt_grid_layout_item_at(&layout, cell.x, cell.y), item);
        assert_int_equal(vt_grid_layout_item_at(&layout, cell.x + cell.width - 1, cell.y + cell.height - 1),
                         item);
        assert_int_equal(vt_grid_layout_item_at(&layout, cell.x - 1, cell.y), -1);
        assert_int_equal(vt_grid_layout_item_at(&layout, cell.x, cell.y - 1), -1);
    }
    vt_grid_cell behind_last = vt_grid_layout_cell(&layout, 23);
    assert_int_equal(vt_grid_layout_item_at(&layout, behind_last.x, behind_last.y), -1);
}

static void keys_move_and_stop_at_the_ends(void **state)
{
    (void)state;
    vt_grid_layout layout = layout_of(23, 1000, 700); /* 5 columns, last row has 3 */
    assert_int_equal(vt_grid_layout_step(&layout, -1, VT_GRID_RIGHT), 0);
    assert_int_equal(vt_grid_layout_step(&layout, 0, VT_GRID_LEFT), 0);
    assert_int_equal(vt_grid_layout_step(&layout, 4, VT_GRID_RIGHT), 5);
    assert_int_equal(vt_grid_layout_step(&layout, 3, VT_GRID_UP), 3);
    assert_int_equal(vt_grid_layout_step(&layout, 19, VT_GRID_DOWN), 22);
    assert_int_equal(vt_grid_layout_step(&layout, 22, VT_GRID_DOWN), 22);
    assert_int_equal(vt_grid_layout_step(&layout, 0, VT_GRID_PAGE_DOWN), 15);
    assert_int_equal(vt_grid_layout_step(&layout, 22, VT_GRID_PAGE_UP), 7);
    assert_int_equal(vt_grid_layout_step(&layout, 7, VT_GRID_HOME), 0);
    assert_int_equal(vt_grid_layout_step(&layout, 7, VT_GRID_END), 22);
}

static void reveal_scrolls_only_as_far_as_needed(void **state)
{
    (void)state;
    vt_grid_layout layout = layout_of(1000, 1000, 700);
    assert_int_equal(vt_grid_layout_reveal(&layout, 0, 3), 0);
    int64_t down = vt_grid_layout_reveal(&layout, 0, 100);
    vt_grid_cell cell = vt_grid_layout_cell(&layout, 100);
    assert_int_equal(cell.y + cell.height + layout.gap, down + layout.height);
    int64_t up = vt_grid_layout_reveal(&layout, down, 2);
    assert_int_equal(up, 0);
    int64_t end = vt_grid_layout_reveal(&layout, 0, 999);
    assert_int_equal(end, vt_grid_layout_scroll_max(&layout));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_fill_the_width),
        cmocka_unit_test(a_narrow_window_keeps_one_column),
        cmocka_unit_test(empty_content_has_nothing),
        cmocka_unit_test(visible_range_is_exact),
        cmocka_unit_test(a_million_items_scroll_to_their_end),
        cmocka_unit_test(points_find_their_item_and_gaps_find_none),
        cmocka_unit_test(keys_move_and_stop_at_the_ends),
        cmocka_unit_test(reveal_scrolls_only_as_far_as_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
