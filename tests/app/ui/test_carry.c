/* A selection follows its items into another view. */
#include "tests/support/check.h"

#include "app/ui/library/carry.h"
#include "core/index/index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ITEMS = 100 };

static vt_index *make_index(void)
{
    vt_index *index = vt_index_create();
    assert_true(vt_index_add_folder(index, 1, "/a", 2, NULL));
    for (int64_t id = 1; id <= ITEMS; id++) {
        char name[16];
        int length =
            snprintf(name, sizeof name, "%03d", (int)(ITEMS - id)); /* by name, the other way round */
        const vt_item_brief item = {.id = id,
                                    .folder_id = 1,
                                    .name = name,
                                    .name_length = (uint32_t)length,
                                    .size = id,
                                    .kind = VT_KIND_IMAGE};
        assert_true(vt_index_put(index, &item, 1, NULL));
    }
    assert_true(vt_index_publish(index, NULL));
    return index;
}

static const vt_view *build(const vt_snapshot *snapshot, vt_sort_key key, const char *filter)
{
    vt_filter *compiled = vt_filter_compile(filter, strlen(filter), NULL, NULL);
    const vt_view_request request = {.filter = compiled, .key = key, .positions = true};
    const vt_view *view = vt_view_build(snapshot, &request, NULL, NULL);
    assert_non_null(view);
    vt_filter_free(compiled);
    return view;
}

static void follows_another_order(void **state)
{
    (void)state;
    vt_index *index = make_index();
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    const vt_view *before = build(snapshot, VT_SORT_ID, "");
    const vt_view *now = build(snapshot, VT_SORT_NAME, "");
    vt_selection from = VT_SELECTION_INIT;
    vt_selection to = VT_SELECTION_INIT;
    vt_selection_add(&from, 0, 10);
    vt_selection_add(&from, 50, 51);
    from.current = 9;
    from.anchor = 0;
    assert_true(vt_selection_carry(&from, before, now, &to));
    assert_int_equal(to.rows, 11);
    assert_int_equal(to.count, 2); /* neighbours stay one interval */
    assert_true(vt_selection_contains(&to, 99) && vt_selection_contains(&to, 90) &&
                vt_selection_contains(&to, 49));
    assert_int_equal(to.current, 90);
    assert_int_equal(to.anchor, 99);
    vt_selection_free(&from);
    vt_selection_free(&to);
    vt_view_release(before);
    vt_view_release(now);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void forgets_what_is_no_longer_shown(void **state)
{
    (void)state;
    vt_index *index = make_index();
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    const vt_view *before = build(snapshot, VT_SORT_ID, "");
    const vt_view *now = build(snapshot, VT_SORT_ID, "size>5");
    vt_selection from = VT_SELECTION_INIT;
    vt_selection to = VT_SELECTION_INIT;
    vt_selection_add(&from, 0, ITEMS);
    from.current = 2;
    assert_true(vt_selection_carry(&from, before, now, &to));
    assert_int_equal(to.rows, ITEMS - 5);
    assert_int_equal(to.current, -1);
    vt_selection_free(&from);
    vt_selection_free(&to);
    vt_view_release(before);
    vt_view_release(now);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

/* Against the definition: a row is selected if its item was. */
static void any_selection_follows_into_any_view(void **state)
{
    (void)state;
    static const char *const filters[] = {"", "size>5", "size<64", "size=64 or size=65", "size>1000"};
    vt_index *index = make_index();
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    const vt_view *before = build(snapshot, VT_SORT_NAME, "size>2");
    for (int round = 0; round < 300; round++) {
        const vt_view *now = build(snapshot, round % 2 ? VT_SORT_ID : VT_SORT_NAME,
                                   filters[round % (int)(sizeof filters / sizeof *filters)]);
        vt_selection from = VT_SELECTION_INIT;
        vt_selection to = VT_SELECTION_INIT;
        for (int i = rand() % 9; i > 0; i--) {
            int64_t first = rand() % (ITEMS - 2);
            vt_selection_add(&from, first, first + 1 + rand() % (int)(ITEMS - 2 - first));
        }
        assert_true(vt_selection_carry(&from, before, now, &to));
        for (uint32_t row = 0; row < vt_view_count(now); row++) {
            uint32_t stood = vt_view_position(before, vt_view_row(now, row));
            bool was = stood != VT_INDEX_NO_ROW && vt_selection_contains(&from, stood);
            assert_int_equal(vt_selection_contains(&to, row), was);
        }
        vt_selection_free(&from);
        vt_selection_free(&to);
        vt_view_release(now);
    }
    vt_view_release(before);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(follows_another_order),
        cmocka_unit_test(forgets_what_is_no_longer_shown),
        cmocka_unit_test(any_selection_follows_into_any_view),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
