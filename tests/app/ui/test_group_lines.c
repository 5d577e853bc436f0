/* app/ui/browse/group_lines: sums over groups, against counting them one by one. */
#include "tests/support/check.h"
#include "tests/support/random.h"

#include "app/ui/browse/group_lines.h"

#include <stdlib.h>

enum { GROUPS = 1000 };

typedef struct library {
    uint32_t sizes[GROUPS];
    uint32_t count;
} library;

static void give_sizes(const void *of, uint32_t first, uint32_t count, uint32_t *sizes)
{
    const library *from = of;
    assert_true(first + count <= from->count);
    for (uint32_t i = 0; i < count; i++) {
        sizes[i] = from->sizes[first + i];
    }
}

static void compare(const library *of, vt_group_lines *lines, bool (*collapsed)(uint32_t group), int columns)
{
    int64_t position = 0;
    int64_t slot = 0;
    int64_t line = 0;
    for (uint32_t g = 0; g < of->count; g++) {
        bool hidden = collapsed(g);
        uint32_t rows = hidden ? 0 : (of->sizes[g] + (uint32_t)columns - 1) / (uint32_t)columns;
        vt_group_place place = vt_group_lines_at(lines, g);
        assert_int_equal(place.group, g);
        assert_int_equal(place.position, position);
        assert_int_equal(place.slot, slot);
        assert_int_equal(place.line, line);
        assert_int_equal(place.count, of->sizes[g]);
        assert_int_equal(place.lines, rows);
        assert_int_equal(vt_group_lines_is_collapsed(lines, g), hidden);
        assert_int_equal(vt_group_lines_of_position(lines, position).group, g);
        assert_int_equal(vt_group_lines_of_position(lines, position + of->sizes[g] - 1).group, g);
        if (!hidden) {
            assert_int_equal(vt_group_lines_of_slot(lines, slot).group, g);
            assert_int_equal(vt_group_lines_of_slot(lines, slot + of->sizes[g] - 1).group, g);
        }
        int64_t y = g * INT64_C(30) + line * 200;
        assert_int_equal(vt_group_lines_at_height(lines, y, 30, 200).group, g);
        assert_int_equal(vt_group_lines_at_height(lines, y + 29 + rows * INT64_C(200), 30, 200).group, g);
        position += of->sizes[g];
        slot += hidden ? 0 : of->sizes[g];
        line += rows;
    }
    assert_int_equal(vt_group_lines_slots(lines), slot);
    assert_int_equal(vt_group_lines_total(lines), line);
    assert_int_equal(vt_group_lines_groups(lines), of->count);
}

static bool none(uint32_t group)
{
    (void)group;
    return false;
}

static bool every_seventh(uint32_t group)
{
    return group % 7 == 0;
}

static bool all_but_every_seventh(uint32_t group)
{
    return group % 7 != 0;
}

/* Sizes of all orders of magnitude, numbers of groups around those of blocks, all numbers of columns that
   fit a wide screen. */
static void sums_are_as_if_counted(void **state)
{
    (void)state;
    static const uint32_t counts[] = {1, 2, 63, 64, 65, 128, 129, GROUPS};
    static library all;
    uint32_t exceptions[GROUPS];
    size_t exception_count = 0;
    vt_group_lines *lines = vt_group_lines_create();
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        all.count = counts[i];
        exception_count = 0;
        for (uint32_t g = 0; g < all.count; g++) {
            all.sizes[g] = 1 + (random_next() >> random_next() % 15) % 16000;
            if (every_seventh(g)) {
                exceptions[exception_count++] = g;
            }
        }
        const vt_group_source source = {all.count, give_sizes, &all};
        for (int columns = 1; columns < 60; columns += 1 + columns / 7) {
            assert_true(vt_group_lines_set(lines, &source, NULL, 0, false, columns));
            compare(&all, lines, none, columns);
            assert_true(vt_group_lines_set(lines, &source, exceptions, exception_count, false, 1));
            vt_group_lines_set_columns(lines, columns);
            compare(&all, lines, every_seventh, columns);
            assert_true(vt_group_lines_set(lines, &source, exceptions, exception_count, true, columns));
            compare(&all, lines, all_but_every_seventh, columns);
        }
    }
    vt_group_lines_free(lines);
}

/* The index's limit, and the numbers of columns where rounding would show first. */
static void one_group_holds_all_the_index_can(void **state)
{
    (void)state;
    static library all = {.sizes = {UINT32_C(16) * 1024 * 1024}, .count = 1};
    vt_group_lines *lines = vt_group_lines_create();
    const vt_group_source source = {1, give_sizes, &all};
    for (int columns = 1; columns < 3000; columns++) {
        assert_true(vt_group_lines_set(lines, &source, NULL, 0, false, columns));
        assert_int_equal(vt_group_lines_total(lines), (all.sizes[0] + columns - 1) / columns);
    }
    vt_group_lines_free(lines);
}

static void no_groups_have_no_lines(void **state)
{
    (void)state;
    vt_group_lines *lines = vt_group_lines_create();
    assert_int_equal(vt_group_lines_groups(lines), 0);
    assert_int_equal(vt_group_lines_total(lines), 0);
    static library all = {.sizes = {5}, .count = 1};
    const vt_group_source source = {1, give_sizes, &all};
    assert_true(vt_group_lines_set(lines, &source, NULL, 0, true, 3));
    assert_int_equal(vt_group_lines_slots(lines), 0);
    const vt_group_source nothing = {0, give_sizes, &all};
    assert_true(vt_group_lines_set(lines, &nothing, NULL, 0, false, 3));
    assert_int_equal(vt_group_lines_total(lines), 0);
    vt_group_lines_free(lines);
    vt_group_lines_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_are_as_if_counted),
        cmocka_unit_test(one_group_holds_all_the_index_can),
        cmocka_unit_test(no_groups_have_no_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
