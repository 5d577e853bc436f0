/* app/ui/library/overlay: what is seen of an edit before the index shows it. */
#include "tests/support/check.h"

#include "app/ui/library/overlay.h"
#include "core/index/view.h"
#include "tests/core/index/library.h"

enum { ITEMS = 100 };

typedef struct shelf {
    vt_index *index;
    const vt_snapshot *snapshot;
    const vt_view *view; /* by size, descending: the rows the other way round */
    vt_overlay *overlay;
} shelf;

static int set_up(void **state)
{
    static shelf all;
    all.index = vt_index_create();
    library_folder(all.index, 1, "/pictures");
    for (int i = 1; i <= ITEMS; i++) {
        vt_item_brief item = library_item(i, 1, "a.jpg");
        item.size = i;
        library_put(all.index, item);
    }
    all.snapshot = library_publish(all.index);
    const vt_view_request request = {.key = VT_SORT_SIZE, .descending = true, .positions = true};
    all.view = vt_view_build(all.snapshot, &request, NULL, NULL);
    all.overlay = vt_overlay_create();
    *state = &all;
    return all.view && all.overlay ? 0 : -1;
}

static int tear_down(void **state)
{
    shelf *all = *state;
    vt_overlay_free(all->overlay);
    vt_view_release(all->view);
    vt_snapshot_release(all->snapshot);
    vt_index_free(all->index);
    return 0;
}

#define overlay_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* The rating that is seen of the item with this id. */
static int seen(const shelf *all, int64_t id)
{
    vt_item_brief item;
    uint32_t row = vt_snapshot_find(all->snapshot, id);
    vt_snapshot_item(all->snapshot, row, &item);
    vt_overlay_apply(all->overlay, row, &item);
    return item.rating;
}

static uint64_t rate(const shelf *all, int64_t first, int64_t last, int rating)
{
    static uint64_t number;
    number++;
    return vt_overlay_add(all->overlay, number, VT_EDIT_RATING, rating,
                          vt_edit_target_of_rows(all->view, &(vt_edit_rows){first, last}, 1, false))
               ? number
               : 0;
}

static void an_edit_is_seen_until_the_index_has_it(void **state)
{
    const shelf *all = *state;
    uint64_t number = rate(all, 0, 3, 4); /* the largest: 100, 99, 98 */
    assert_true(number != 0);
    assert_int_equal(seen(all, 100), 4);
    assert_int_equal(seen(all, 98), 4);
    assert_int_equal(seen(all, 97), 0);
    uint64_t second = rate(all, 2, 5, 2); /* a later one counts */
    assert_int_equal(seen(all, 98), 2);
    assert_int_equal(seen(all, 99), 4);
    vt_overlay_settle(all->overlay, number, 7);
    vt_overlay_view_shown(all->overlay, 6); /* not that view yet */
    assert_int_equal(seen(all, 100), 4);
    vt_overlay_view_shown(all->overlay, 7);
    assert_int_equal(seen(all, 100), 0); /* of the snapshot of before */
    assert_int_equal(seen(all, 98), 2);
    vt_overlay_settle(all->overlay, second, 0); /* it failed */
    assert_int_equal(seen(all, 98), 0);
    assert_true(vt_overlay_is_empty(all->overlay));
}

static void items_by_their_ids_are_seen_too(void **state)
{
    const shelf *all = *state;
    const int64_t ids[] = {5, 50};
    vt_overlay_add(all->overlay, 1, VT_EDIT_RATING, 3, vt_edit_target_of_items(ids, 2));
    assert_int_equal(seen(all, 5), 3);
    assert_int_equal(seen(all, 50), 3);
    assert_int_equal(seen(all, 6), 0);
}

static void what_has_no_column_is_not_shown(void **state)
{
    const shelf *all = *state;
    const int64_t id = 5;
    assert_false(vt_overlay_add(all->overlay, 1, VT_EDIT_NOTE, 0, vt_edit_target_of_items(&id, 1)));
    assert_false(vt_overlay_add(all->overlay, 2, VT_EDIT_RATING, 1, NULL));
    vt_overlay_settle(all->overlay, 1, 0); /* is not there: nothing happens */
    assert_true(vt_overlay_is_empty(all->overlay));
}

static void there_is_a_limit(void **state)
{
    const shelf *all = *state;
    for (int i = 0; i < VT_OVERLAY_MAX; i++) {
        assert_true(rate(all, 0, 1, 1) != 0);
    }
    assert_int_equal(rate(all, 0, 1, 5), 0);
    assert_int_equal(seen(all, 100), 1);
}

static void rows_that_came_later_are_left_alone(void **state)
{
    shelf *all = *state;
    rate(all, 0, ITEMS, 5);
    library_put(all->index, library_item(ITEMS + 1, 1, "late.jpg"));
    vt_snapshot_release(all->snapshot);
    all->snapshot = library_publish(all->index);
    assert_int_equal(seen(all, ITEMS + 1), 0);
    assert_int_equal(seen(all, 1), 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        overlay_test(an_edit_is_seen_until_the_index_has_it), overlay_test(items_by_their_ids_are_seen_too),
        overlay_test(what_has_no_column_is_not_shown),        overlay_test(there_is_a_limit),
        overlay_test(rows_that_came_later_are_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
