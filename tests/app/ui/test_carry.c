/* A selection follows its items into another view. */
#include "tests/support/check.h"

#include "app/ui/library/carry.h"
#include "core/index/index.h"

#include <stdio.h>
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(follows_another_order),
        cmocka_unit_test(forgets_what_is_no_longer_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
