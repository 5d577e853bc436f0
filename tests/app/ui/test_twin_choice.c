/* What is selected among duplicates: never all of a group. And what the kept one gets of the others. */
#include "tests/support/check.h"

#include "app/ui/library/twin_choice.h"
#include "core/index/tags.h"
#include "tests/core/index/library.h"

#include <stdlib.h>

enum { ITEMS = 9 };

/* Same: 4, 2, 7 (2 and 7 are one file), 9; and 5, 6. Item 6 has four stars and the tags sea and sun, item 5
   the tag sun; item 2 has five stars. */
static vt_index *filled(void)
{
    vt_error error = VT_ERROR_INIT;
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/a");
    for (int64_t id = 1; id <= ITEMS; id++) {
        vt_item_brief item = library_item(id, 1, "a.jpg");
        item.rating = id == 6 ? 4 : id == 2 ? 5 : 0;
        library_put(index, item);
    }
    assert_true(vt_index_put_tag(index, 1, 0, "sea", 3, &error));
    assert_true(vt_index_put_tag(index, 2, 0, "sun", 3, &error));
    assert_true(vt_index_set_tags(index, 6, (const int64_t[]){1, 2}, 2, &error));
    assert_true(vt_index_set_tags(index, 5, (const int64_t[]){2}, 1, &error));
    const uint64_t stamp = vt_twin_stamp(1000, 0);
    vt_twin same[] = {{4, stamp, 0, 0}, {2, stamp, 0, 1}, {7, stamp, 0, 1},
                      {9, stamp, 0, 2}, {5, stamp, 1, 0}, {6, stamp, 1, 1}};
    assert_true(vt_index_set_twins(index, VT_TWIN_SAME,
                                   &(vt_twins_found){.twins = same, .count = 6, .last_id = 9}, &error));
    return index;
}

static const vt_view *view_of(vt_index *index, const char *text)
{
    vt_error error = VT_ERROR_INIT;
    const vt_snapshot *snapshot = library_publish(index);
    vt_filter *filter = vt_filter_compile(text, strlen(text), NULL, &error);
    const vt_view_request request = {
        .filter = filter, .key = VT_SORT_ID, .group = VT_GROUP_SAME, .positions = true};
    const vt_view *view = vt_view_build(snapshot, &request, NULL, &error);
    assert_non_null(view);
    vt_filter_free(filter);
    vt_snapshot_release(snapshot);
    return view;
}

static void check_selected(const vt_view *view, const vt_selection *selection, const char *ids)
{
    char text[64] = "";
    size_t used = 0;
    for (uint32_t i = 0; i < vt_view_count(view); i++) {
        vt_item_brief item;
        vt_snapshot_item(vt_view_snapshot(view), vt_view_row(view, i), &item);
        if (vt_selection_contains(selection, i)) {
            used += (size_t)snprintf(text + used, sizeof text - used, "%d ", (int)item.id);
        }
    }
    assert_string_equal(text, ids);
}

static int64_t position_of(const vt_view *view, int64_t id)
{
    return vt_view_position(view, vt_snapshot_find(vt_view_snapshot(view), id));
}

static void all_but_the_best_of_each_group(void **state)
{
    (void)state;
    vt_index *index = filled();
    const vt_view *view = view_of(index, "duplicate:same");
    vt_selection selection = VT_SELECTION_INIT;
    assert_int_equal(vt_twin_kind_of(view), VT_TWIN_SAME);
    assert_true(vt_twin_select_all_but_best(view, VT_TWIN_SAME, &selection));
    check_selected(view, &selection, "2 7 9 6 ");
    vt_selection_free(&selection);
    vt_view_release(view);
    /* The best is kept also where it is not shown: then all that is shown may go. */
    view = view_of(index, "duplicate:same -id:4");
    selection = (vt_selection)VT_SELECTION_INIT;
    assert_true(vt_twin_select_all_but_best(view, VT_TWIN_SAME, &selection));
    check_selected(view, &selection, "2 7 9 6 ");
    vt_selection_free(&selection);
    vt_view_release(view);
    vt_index_free(index);
}

static void the_others_of_the_one_to_keep(void **state)
{
    (void)state;
    vt_index *index = filled();
    const vt_view *view = view_of(index, "");
    vt_selection selection = VT_SELECTION_INIT;
    /* 7 is the same file as 2: to delete it would gain nothing. */
    assert_true(vt_twin_select_others(view, VT_TWIN_SAME, position_of(view, 2), &selection));
    check_selected(view, &selection, "4 9 ");
    assert_int_equal(selection.current, position_of(view, 2));
    vt_selection_free(&selection);
    selection = (vt_selection)VT_SELECTION_INIT;
    assert_true(vt_twin_select_others(view, VT_TWIN_SAME, position_of(view, 1), &selection));
    assert_int_equal(selection.rows, 0);
    vt_selection_free(&selection);
    vt_view_release(view);
    vt_index_free(index);
}

static void the_kept_one_gets_the_highest_rating_and_all_tags(void **state)
{
    (void)state;
    vt_index *index = filled();
    const vt_view *view = view_of(index, "duplicate:same");
    vt_selection selection = VT_SELECTION_INIT;
    vt_twin_gifts gifts;
    assert_true(vt_twin_select_all_but_best(view, VT_TWIN_SAME, &selection));
    assert_true(vt_twin_find_gifts(view, VT_TWIN_SAME, &selection, &gifts));
    assert_int_equal(gifts.groups, 2);
    assert_int_equal(gifts.count, 3);
    assert_int_equal(gifts.list[0].rating, 4);
    assert_int_equal(gifts.list[0].count, 1);
    assert_int_equal(gifts.list[0].ids[0], 5);
    assert_int_equal(gifts.list[1].rating, 5);
    assert_int_equal(gifts.list[1].ids[0], 4);
    assert_string_equal(gifts.list[2].tag, "sea"); /* sun it has */
    assert_int_equal(gifts.list[2].count, 1);
    vt_twin_gifts_clear(&gifts);
    /* Of the whole group selected the best is meant; of none the group of the current one. */
    vt_selection_add(&selection, 0, vt_view_count(view));
    assert_true(vt_twin_find_gifts(view, VT_TWIN_SAME, &selection, &gifts));
    assert_int_equal(gifts.count, 3);
    vt_twin_gifts_clear(&gifts);
    vt_selection_clear(&selection);
    selection.current = position_of(view, 5);
    assert_true(vt_twin_find_gifts(view, VT_TWIN_SAME, &selection, &gifts));
    assert_int_equal(gifts.groups, 1);
    assert_int_equal(gifts.count, 2);
    vt_twin_gifts_clear(&gifts);
    vt_selection_free(&selection);
    vt_view_release(view);
    vt_index_free(index);
}

static void where_nobody_searched_there_is_nothing_to_do(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/a");
    library_put(index, library_item(1, 1, "a.jpg"));
    const vt_view *view = view_of(index, "");
    vt_selection selection = VT_SELECTION_INIT;
    vt_twin_gifts gifts;
    assert_true(vt_twin_select_all_but_best(view, VT_TWIN_SAME, &selection));
    assert_int_equal(selection.rows, 0);
    vt_selection_add(&selection, 0, 1);
    assert_true(vt_twin_find_gifts(view, VT_TWIN_SAME, &selection, &gifts));
    assert_int_equal(gifts.count + gifts.groups, 0);
    vt_twin_gifts_clear(&gifts);
    vt_selection_free(&selection);
    vt_view_release(view);
    vt_index_free(index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_but_the_best_of_each_group),
        cmocka_unit_test(the_others_of_the_one_to_keep),
        cmocka_unit_test(the_kept_one_gets_the_highest_rating_and_all_tags),
        cmocka_unit_test(where_nobody_searched_there_is_nothing_to_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
