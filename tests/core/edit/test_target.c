/* Which items an edit is about, where closed stacks are more than the row that stands for them. */
#include "core/edit/target.h"
#include "core/index/stacks.h"

#include "tests/core/index/library.h"
#include "tests/support/check.h"

#include <stdlib.h>

/* Ids 1 to 9 in rows 0 to 8, of names a to i; stack 4 is of e, b, h (ids 5, 2, 8), stack 7 of c, d (3, 4). */
static const vt_snapshot *make_snapshot(vt_index *index)
{
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i"};
    static const vt_stacked members[] = {{4, 5}, {4, 2}, {4, 8}, {7, 3}, {7, 4}};
    library_folder(index, 1, "/x");
    for (int i = 0; i < 9; i++) {
        library_put(index, library_item(i + 1, 1, names[i]));
    }
    assert_true(vt_index_set_stacks(index, members, 5, NULL));
    return library_publish(index);
}

typedef struct fixture {
    vt_index *index;
    const vt_snapshot *snapshot;
} fixture;

static int set_up(void **state)
{
    fixture *all = calloc(1, sizeof *all);
    all->index = vt_index_create();
    all->snapshot = make_snapshot(all->index);
    *state = all;
    return 0;
}

static int tear_down(void **state)
{
    fixture *all = *state;
    vt_snapshot_release(all->snapshot);
    vt_index_free(all->index);
    free(all);
    return 0;
}

static const vt_view *view_of(const fixture *all, bool descending, vt_open_stacks open)
{
    const vt_view_request request = {
        .key = VT_SORT_NAME, .descending = descending, .stacks = true, .open = open, .positions = true};
    const vt_view *view = vt_view_build(all->snapshot, &request, NULL, NULL);
    assert_non_null(view);
    return view;
}

static void expect_ids(const vt_edit_target *target, const char *wanted)
{
    char found[64] = "";
    int64_t *ids = vt_edit_target_list(target, NULL);
    assert_non_null(ids);
    for (size_t i = 0; i < vt_edit_target_count(target); i++) {
        (void)snprintf(found + strlen(found), sizeof found - strlen(found), "%d", (int)ids[i]);
    }
    free(ids);
    assert_string_equal(found, wanted);
}

static void expect(const vt_view *view, vt_edit_rows rows, bool whole, const char *wanted)
{
    vt_edit_target *target = vt_edit_target_of_rows(view, &rows, 1, whole);
    expect_ids(target, wanted);
    for (int id = 1; id <= 9; id++) { /* a row is its id less one */
        bool listed = strchr(wanted, '0' + id) != NULL;
        assert_int_equal(vt_edit_target_contains(target, id, (uint32_t)id - 1), listed);
    }
    vt_edit_target_release(target);
}

static void a_closed_stack_is_its_front_or_all_of_it(void **state)
{
    const vt_view *view = view_of(*state, false, (vt_open_stacks){0}); /* 1 3 5 6 7 9 */
    expect(view, (vt_edit_rows){0, 6}, false, "135679");
    expect(view, (vt_edit_rows){0, 6}, true, "134528679");
    expect(view, (vt_edit_rows){1, 2}, true, "34");
    expect(view, (vt_edit_rows){2, 4}, true, "5286");
    expect(view, (vt_edit_rows){3, 99}, true, "679");
    expect(view, (vt_edit_rows){0, 0}, true, "");
    vt_view_release(view);
}

static void members_keep_their_order_in_a_view_turned_round(void **state)
{
    const vt_view *view = view_of(*state, true, (vt_open_stacks){0}); /* 9 7 6 5 3 1 */
    expect(view, (vt_edit_rows){0, 6}, true, "976528341");
    expect(view, (vt_edit_rows){3, 4}, true, "528");
    expect(view, (vt_edit_rows){4, 6}, true, "341");
    vt_view_release(view);
}

static void an_open_stack_is_what_is_chosen_of_it(void **state)
{
    static const int64_t seven[] = {7};
    for (int descending = 0; descending < 2; descending++) {
        const vt_view *view = view_of(*state, descending, (vt_open_stacks){seven, 1, false});
        if (descending) { /* 9 7 6 5 3 4 1 */
            expect(view, (vt_edit_rows){0, 7}, true, "976528341");
            expect(view, (vt_edit_rows){4, 5}, true, "3");
            expect(view, (vt_edit_rows){5, 7}, true, "41");
        } else { /* 1 3 4 5 6 7 9 */
            expect(view, (vt_edit_rows){0, 7}, true, "134528679");
            expect(view, (vt_edit_rows){1, 2}, true, "3");
            expect(view, (vt_edit_rows){2, 4}, true, "4528");
        }
        vt_view_release(view);
    }
}

static void what_is_hidden_is_counted_and_found(void **state)
{
    const vt_view *view = view_of(*state, false, (vt_open_stacks){0});
    uint32_t stacks = 99;
    uint32_t position = 99;
    assert_int_equal(vt_view_hidden(view, 0, 6, &stacks), 3);
    assert_int_equal(stacks, 2);
    assert_int_equal(vt_view_hidden(view, 2, 2, &stacks), 0);
    assert_int_equal(stacks, 0);
    assert_int_equal(vt_view_hidden(view, 3, 6, NULL), 0);
    assert_int_equal(vt_view_hidden_row(view, 0, 2, &position), 7);
    assert_int_equal(position, 2);
    assert_int_equal(vt_view_hidden_row(view, 2, 0, &position), 1);
    assert_int_equal(vt_view_hidden_in(view, 7), 4);
    assert_int_equal(vt_view_hidden_in(view, 4), VT_INDEX_NO_ROW);
    assert_int_equal(vt_view_hidden_in(view, 0), VT_INDEX_NO_ROW);
    vt_view_release(view);
}

static void an_item_is_put_in_front_of_all_others(void **state)
{
    const vt_view *view = view_of(*state, false, (vt_open_stacks){0});
    vt_edit_target *target = vt_edit_target_of_rows(view, &(vt_edit_rows){3, 5}, 1, false);
    vt_edit_target_put_first(target, 5);
    vt_edit_target_put_first(target, 3);
    expect_ids(target, "367");
    vt_edit_target_release(target);
    target = vt_edit_target_of_items((const int64_t[]){8, 1}, 2);
    vt_edit_target_put_first(target, 5);
    expect_ids(target, "581");
    vt_edit_target_release(target);
    vt_view_release(view);
}

#define TARGET_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TARGET_TEST(a_closed_stack_is_its_front_or_all_of_it),
        TARGET_TEST(members_keep_their_order_in_a_view_turned_round),
        TARGET_TEST(an_open_stack_is_what_is_chosen_of_it),
        TARGET_TEST(what_is_hidden_is_counted_and_found),
        TARGET_TEST(an_item_is_put_in_front_of_all_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
