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

static void a_point_lies_between_two_items(void **state)
{
    (void)state;
    vt_grid_layout layout = layout_of(7, 1000, 700); /* five columns, two in the second row */
    vt_grid_cell second = vt_grid_layout_cell(&layout, 1);
    vt_grid_cell seventh = vt_grid_layout_cell(&layout, 6);
    assert_int_equal(vt_grid_layout_gap_at(&layout, -5, -5), 0);
    assert_int_equal(vt_grid_layout_gap_at(&layout, second.x + 10, 50), 1);
    assert_int_equal(vt_grid_layout_gap_at(&layout, second.x + second.width - 10, 50), 2);
    assert_int_equal(vt_grid_layout_gap_at(&layout, 995, 50), 5);
    assert_int_equal(vt_grid_layout_gap_at(&layout, 5, seventh.y + 20), 5);
    assert_int_equal(vt_grid_layout_gap_at(&layout, seventh.x + 20, seventh.y + 20), 6);
    assert_int_equal(vt_grid_layout_gap_at(&layout, 995, seventh.y + 20), 7);
    assert_int_equal(vt_grid_layout_gap_at(&layout, 500, 5000), 7);
    layout = layout_of(0, 1000, 700);
    assert_int_equal(vt_grid_layout_gap_at(&layout, 500, 50), 0);
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

/* ---- groups ---- */

static const uint32_t sizes_of_groups[] = {7, 1, 12, 3};

static void give_sizes(const void *of, uint32_t first, uint32_t count, uint32_t *sizes)
{
    for (uint32_t i = 0; i < count; i++) {
        sizes[i] = of ? ((const uint32_t *)of)[first + i] : 1;
    }
}

/* Five columns of cells 210 high, headers 30 high; groups of 7, 1, 12 and 3. `collapsed`: -1 for none. */
static vt_grid_layout grouped(vt_group_lines *lines, int collapsed)
{
    const vt_group_source source = {4, give_sizes, sizes_of_groups};
    const uint32_t exceptions[] = {(uint32_t)collapsed};
    assert_true(vt_group_lines_set(lines, &source, exceptions, collapsed >= 0, false, 1));
    vt_grid_layout layout = {.width = 1000,
                             .height = 700,
                             .picture = 160,
                             .caption = 40,
                             .gap = 10,
                             .header = 30,
                             .groups = lines};
    vt_grid_layout_update(&layout);
    return layout;
}

static void groups_begin_with_a_header_and_a_row(void **state)
{
    (void)state;
    vt_group_lines *lines = vt_group_lines_create();
    vt_grid_layout layout = grouped(lines, -1);
    assert_int_equal(layout.columns, 5);
    assert_int_equal(layout.count, 23);
    assert_int_equal(layout.rows, 2 + 1 + 3 + 1);
    assert_int_equal(layout.content_height, 4 * 30 + 7 * 210 + 10);
    assert_int_equal(vt_grid_layout_header(&layout, 0), 0);
    assert_int_equal(vt_grid_layout_header(&layout, 1), 30 + 2 * 210);
    assert_int_equal(vt_grid_layout_cell(&layout, 0).y, 30);
    assert_int_equal(vt_grid_layout_cell(&layout, 7).y, 30 + 2 * 210 + 30);
    assert_int_equal(vt_grid_layout_cell(&layout, 7).x, 10);
    assert_int_equal(vt_grid_layout_group_at(&layout, 449), 0);
    assert_int_equal(vt_grid_layout_group_at(&layout, 450), 1);
    layout = grouped(lines, 2);
    assert_int_equal(layout.count, 11);
    assert_int_equal(layout.content_height, 4 * 30 + 4 * 210 + 10);
    assert_int_equal(vt_grid_layout_header(&layout, 3) - vt_grid_layout_header(&layout, 2), 30);
    vt_group_lines_free(lines);
}

static void keys_go_over_the_borders_of_groups(void **state)
{
    (void)state;
    vt_group_lines *lines = vt_group_lines_create();
    vt_grid_layout layout = grouped(lines, -1);
    assert_int_equal(vt_grid_layout_step(&layout, 6, VT_GRID_RIGHT), 7);
    assert_int_equal(vt_grid_layout_step(&layout, 4, VT_GRID_DOWN), 6); /* the last of a short row */
    assert_int_equal(vt_grid_layout_step(&layout, 6, VT_GRID_DOWN), 7);
    assert_int_equal(vt_grid_layout_step(&layout, 8, VT_GRID_UP), 7);
    assert_int_equal(vt_grid_layout_step(&layout, 0, VT_GRID_UP), 0);
    assert_int_equal(vt_grid_layout_step(&layout, 22, VT_GRID_DOWN), 22);
    int column = -1; /* down the fourth column: over a group of one item and back */
    int64_t item = 3;
    static const int64_t down[] = {6, 7, 11, 16, 19, 22, 22};
    for (size_t i = 0; i < sizeof down / sizeof *down; i++) {
        item = vt_grid_layout_step_on(&layout, item, VT_GRID_DOWN, &column);
        assert_int_equal(item, down[i]);
    }
    static const int64_t up[] = {19, 16, 11, 7, 6, 3, 3};
    for (size_t i = 0; i < sizeof up / sizeof *up; i++) {
        item = vt_grid_layout_step_on(&layout, item, VT_GRID_UP, &column);
        assert_int_equal(item, up[i]);
    }
    vt_grid_layout_step_on(&layout, item, VT_GRID_LEFT, &column);
    assert_int_equal(column, -1);
    layout = grouped(lines, 2); /* what is collapsed is stepped over */
    assert_int_equal(vt_grid_layout_step(&layout, 7, VT_GRID_DOWN), 8);
    vt_group_lines_free(lines);
}

/* Page Down from the first item and Page Up from the last pass through everything, a row at least each. */
static void pages_reach_the_ends(void **state)
{
    (void)state;
    vt_group_lines *lines = vt_group_lines_create();
    for (int collapsed = -1; collapsed < 4; collapsed++) {
        vt_grid_layout layout = grouped(lines, collapsed);
        for (layout.height = 100; layout.height < 1000; layout.height += 77) {
            int64_t item = 0;
            for (int steps = 0; steps < 10; steps++) {
                int64_t next = vt_grid_layout_step(&layout, item, VT_GRID_PAGE_DOWN);
                assert_true(next > item || item + layout.columns >= layout.count || item == layout.count - 1);
                item = next;
            }
            assert_true(vt_grid_layout_step(&layout, item, VT_GRID_DOWN) == item);
            for (int steps = 0; steps < 10; steps++) {
                item = vt_grid_layout_step(&layout, item, VT_GRID_PAGE_UP);
            }
            assert_true(vt_grid_layout_step(&layout, item, VT_GRID_UP) == item);
        }
    }
    vt_group_lines_free(lines);
}

static void what_is_seen_of_groups_is_exact(void **state)
{
    (void)state;
    vt_group_lines *lines = vt_group_lines_create();
    for (int collapsed = -1; collapsed < 4; collapsed++) {
        vt_grid_layout layout = grouped(lines, collapsed);
        layout.height = 300;
        for (int64_t scroll = 0; scroll <= vt_grid_layout_scroll_max(&layout); scroll += 7) {
            vt_grid_range range = vt_grid_layout_visible(&layout, scroll, 0);
            for (int64_t item = 0; item < layout.count; item++) {
                vt_grid_cell cell = vt_grid_layout_cell(&layout, item);
                bool touches = cell.y < scroll + layout.height && cell.y + cell.height > scroll;
                if (touches) {
                    assert_in_range(item, range.first, range.last - 1);
                }
                assert_int_equal(vt_grid_layout_item_at(&layout, cell.x, cell.y), item);
                assert_int_equal(vt_grid_layout_item_at(&layout, cell.x, cell.y - 1), -1);
            }
            assert_true(range.last - range.first <= 3 * layout.columns);
            assert_true(range.last <= layout.count);
        }
        for (uint32_t group = 0; group < 4; group++) {
            int64_t y = vt_grid_layout_header(&layout, group);
            assert_int_equal(vt_grid_layout_item_at(&layout, 20, y + 29), -1);
        }
    }
    vt_group_lines_free(lines);
}

static void a_million_groups_scroll_to_their_end(void **state)
{
    (void)state;
    vt_group_lines *lines = vt_group_lines_create();
    const vt_group_source source = {1000000, give_sizes, NULL};
    assert_true(vt_group_lines_set(lines, &source, NULL, 0, false, 1));
    vt_grid_layout layout = {.width = 1000,
                             .height = 700,
                             .picture = 160,
                             .caption = 40,
                             .gap = 10,
                             .header = 30,
                             .groups = lines};
    vt_grid_layout_update(&layout);
    assert_int_equal(layout.content_height, INT64_C(240000010));
    vt_grid_range range = vt_grid_layout_visible(&layout, vt_grid_layout_scroll_max(&layout), 0);
    assert_int_equal(range.last, 1000000);
    assert_true(range.last - range.first <= 4);
    assert_int_equal(vt_grid_layout_group_at(&layout, 240 * 777777), 777777);
    assert_int_equal(vt_grid_layout_step(&layout, 777777, VT_GRID_DOWN), 777778);
    vt_group_lines_free(lines);
}

static void revealing_leaves_room_for_the_header(void **state)
{
    (void)state;
    vt_group_lines *lines = vt_group_lines_create();
    vt_grid_layout layout = grouped(lines, -1);
    int64_t end = vt_grid_layout_scroll_max(&layout);
    assert_int_equal(vt_grid_layout_reveal(&layout, end, 5), vt_grid_layout_cell(&layout, 5).y - 30);
    assert_int_equal(vt_grid_layout_reveal(&layout, end, 0), 0);
    vt_group_lines_free(lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_fill_the_width),
        cmocka_unit_test(a_narrow_window_keeps_one_column),
        cmocka_unit_test(a_point_lies_between_two_items),
        cmocka_unit_test(empty_content_has_nothing),
        cmocka_unit_test(visible_range_is_exact),
        cmocka_unit_test(a_million_items_scroll_to_their_end),
        cmocka_unit_test(points_find_their_item_and_gaps_find_none),
        cmocka_unit_test(keys_move_and_stop_at_the_ends),
        cmocka_unit_test(reveal_scrolls_only_as_far_as_needed),
        cmocka_unit_test(groups_begin_with_a_header_and_a_row),
        cmocka_unit_test(keys_go_over_the_borders_of_groups),
        cmocka_unit_test(pages_reach_the_ends),
        cmocka_unit_test(what_is_seen_of_groups_is_exact),
        cmocka_unit_test(a_million_groups_scroll_to_their_end),
        cmocka_unit_test(revealing_leaves_room_for_the_header),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
