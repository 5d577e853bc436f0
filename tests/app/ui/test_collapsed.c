/* app/ui/browse/collapsed: what is collapsed stays so while groups come and go. */
#include "tests/core/index/library.h"

#include "app/ui/browse/collapsed.h"

static vt_collapsed collapsed;

static const vt_view *by_rating(vt_index *index, bool descending)
{
    const vt_snapshot *snapshot = library_publish(index);
    const vt_view_request request = {.group = VT_GROUP_RATING, .group_descending = descending};
    const vt_view *view = vt_view_build(snapshot, &request, NULL, NULL);
    assert_non_null(view);
    vt_snapshot_release(snapshot);
    return view;
}

static void put(vt_index *index, int64_t id, uint8_t rating)
{
    vt_item_brief item = library_item(id, 1, "a");
    item.rating = rating;
    library_put(index, item);
}

static void groups_are_known_by_what_they_are(void **state)
{
    (void)state;
    uint32_t groups[VT_COLLAPSED_MAX];
    collapsed = (vt_collapsed){0};
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/p");
    put(index, 1, 2);
    put(index, 2, 4);
    vt_collapsed_turn(&collapsed, VT_GROUP_RATING, 4);
    vt_collapsed_turn(&collapsed, VT_GROUP_RATING, 5); /* there is none yet */
    vt_collapsed_turn(&collapsed, VT_GROUP_KIND, 2);   /* another matter */
    const vt_view *view = by_rating(index, false);
    assert_int_equal(vt_collapsed_find(&collapsed, view, groups), 1);
    assert_int_equal(groups[0], 1);
    vt_view_release(view);
    put(index, 3, 5);
    put(index, 4, 1);
    view = by_rating(index, false);
    assert_int_equal(vt_collapsed_find(&collapsed, view, groups), 2);
    assert_int_equal(groups[0], 2);
    assert_int_equal(groups[1], 3);
    vt_view_release(view);
    view = by_rating(index, true); /* 5 4 2 1: ascending, whichever was collapsed first */
    assert_int_equal(vt_collapsed_find(&collapsed, view, groups), 2);
    assert_int_equal(groups[0], 0);
    assert_int_equal(groups[1], 1);
    vt_collapsed_turn(&collapsed, VT_GROUP_RATING, 5);
    assert_int_equal(vt_collapsed_find(&collapsed, view, groups), 1);
    vt_collapsed_set_all(&collapsed, VT_GROUP_RATING, true);
    assert_true(collapsed.by[VT_GROUP_RATING].all);
    assert_int_equal(vt_collapsed_find(&collapsed, view, groups), 0); /* no exceptions any more */
    assert_false(collapsed.by[VT_GROUP_KIND].all);
    vt_view_release(view);
    vt_index_free(index);
}

static void the_oldest_is_forgotten(void **state)
{
    (void)state;
    collapsed = (vt_collapsed){0};
    for (uint32_t value = 0; value <= VT_COLLAPSED_MAX; value++) {
        vt_collapsed_turn(&collapsed, VT_GROUP_FOLDER, value);
    }
    assert_int_equal(collapsed.by[VT_GROUP_FOLDER].count, VT_COLLAPSED_MAX);
    assert_int_equal(collapsed.by[VT_GROUP_FOLDER].values[0], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_are_known_by_what_they_are),
        cmocka_unit_test(the_oldest_is_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
