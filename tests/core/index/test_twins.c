/* Twins in the index: what holds of what was found, in groups, orders and filters. */
#include "core/index/twins.h"
#include "core/index/view.h"
#include "tests/core/index/library.h"

#include <stdlib.h>

enum { ITEMS = 10 };

static vt_item_brief item_of(int64_t id)
{
    vt_item_brief item = library_item(id, 1, "a.jpg");
    item.size = 100 * id;
    item.mtime_ns = id;
    return item;
}

static vt_twin twin_of(int64_t id, uint32_t group, uint32_t file)
{
    return (vt_twin){.id = id, .stamp = vt_twin_stamp(100 * id, id), .group = group, .file = file};
}

/* Items 1 to 10. Same: 7, 3, 9 (3 and 9 are one file) and 2, 4; alike: 5, 6. */
static vt_index *filled(void)
{
    vt_error error = VT_ERROR_INIT;
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/a");
    for (int64_t id = 1; id <= ITEMS; id++) {
        library_put(index, item_of(id));
    }
    vt_twin same[] = {twin_of(7, 0, 0), twin_of(3, 0, 1), twin_of(9, 0, 1), twin_of(2, 1, 0),
                      twin_of(4, 1, 1)};
    vt_twin alike[] = {twin_of(5, 0, 0), twin_of(6, 0, 1), twin_of(77, 0, 2)};
    assert_true(vt_index_set_twins(index, VT_TWIN_SAME,
                                   &(vt_twins_found){.twins = same, .count = 5, .found_ns = 42, .last_id = 8},
                                   &error));
    assert_true(vt_index_set_twins(index, VT_TWIN_ALIKE,
                                   &(vt_twins_found){.twins = alike, .count = 3, .last_id = 10}, &error));
    return index;
}

static int64_t id_at(const vt_view *view, uint32_t position)
{
    vt_item_brief item;
    vt_snapshot_item(vt_view_snapshot(view), vt_view_row(view, position), &item);
    return item.id;
}

static const vt_view *build(const vt_snapshot *snapshot, const char *text, vt_view_request request)
{
    vt_error error = VT_ERROR_INIT;
    vt_filter *filter = vt_filter_compile(text, strlen(text), NULL, &error);
    assert_non_null(filter);
    request.filter = filter;
    const vt_view *view = vt_view_build(snapshot, &request, NULL, &error);
    assert_non_null(view);
    vt_filter_free(filter);
    return view;
}

/* That the filter shows these ids, in the order of ids. */
static void check_filter(const vt_snapshot *snapshot, const char *text, const int64_t *ids, uint32_t count)
{
    const vt_view *view = build(snapshot, text, (vt_view_request){.key = VT_SORT_ID});
    assert_int_equal(vt_view_count(view), count);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(id_at(view, i), ids[i]);
    }
    vt_view_release(view);
}

static void check_order(const vt_snapshot *snapshot, vt_view_request request, const int64_t *ids)
{
    const vt_view *view = build(snapshot, "duplicate:same", request);
    assert_int_equal(vt_view_count(view), 5);
    assert_int_equal(vt_view_group_count(view), 2);
    for (uint32_t i = 0; i < 5; i++) {
        assert_int_equal(id_at(view, i), ids[i]);
    }
    vt_view_release(view);
}

static vt_twins_info info_of(const vt_snapshot *snapshot, vt_twin_kind kind)
{
    vt_twins_info info;
    vt_snapshot_twins(snapshot, kind, &info);
    return info;
}

static void groups_tell_what_there_is_to_gain(void **state)
{
    (void)state;
    vt_index *index = filled();
    const vt_snapshot *snapshot = library_publish(index);
    vt_twins_info info = info_of(snapshot, VT_TWIN_SAME);
    assert_true(info.searched);
    assert_int_equal(info.found_ns, 42);
    assert_int_equal(info.members, 5);
    assert_int_equal(info.groups, 2);
    assert_int_equal(info.younger, 2);      /* 9 and 10 */
    assert_int_equal(info.gain, 300 + 400); /* a hard link gains nothing */
    vt_twin_group group;
    vt_snapshot_twin_group(snapshot, VT_TWIN_SAME, 0, &group);
    assert_int_equal(group.count, 3);
    assert_int_equal(group.files, 2);
    assert_int_equal(group.size, 700);
    assert_int_equal(group.gain, 300);
    assert_int_equal(info_of(snapshot, VT_TWIN_ALIKE).members, 2); /* 77 is no item */
    assert_int_equal(vt_snapshot_twin_place(snapshot, VT_TWIN_SAME, 8), 2);
    assert_int_equal(vt_snapshot_twin_file(snapshot, VT_TWIN_SAME, 2), 1);
    assert_int_equal(vt_snapshot_twin_row(snapshot, VT_TWIN_SAME, 2), 8);
    assert_int_equal(vt_snapshot_twin_place(snapshot, VT_TWIN_SAME, 0), VT_INDEX_NO_ROW);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void filters_find_them(void **state)
{
    (void)state;
    vt_index *index = filled();
    const vt_snapshot *snapshot = library_publish(index);
    check_filter(snapshot, "duplicate:same", (const int64_t[]){2, 3, 4, 7, 9}, 5);
    check_filter(snapshot, "duplicate:alike", (const int64_t[]){5, 6}, 2);
    check_filter(snapshot, "duplicate:any", (const int64_t[]){2, 3, 4, 5, 6, 7, 9}, 7);
    check_filter(snapshot, "-duplicate:any", (const int64_t[]){1, 8, 10}, 3);
    check_filter(snapshot, "duplicate!=any", (const int64_t[]){1, 8, 10}, 3);
    check_filter(snapshot, "duplicate:same id:3..4", (const int64_t[]){3, 4}, 2);
    vt_error error = VT_ERROR_INIT;
    size_t position = 0;
    assert_null(vt_filter_compile("duplicate:twice", 15, &position, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_int_equal(position, 10);
    assert_non_null(strstr(error.message, "same, alike, any"));
    assert_null(vt_filter_compile("duplicate>same", 14, &position, &error));
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void groups_stand_best_first_whatever_the_order(void **state)
{
    (void)state;
    vt_index *index = filled();
    const vt_snapshot *snapshot = library_publish(index);
    static const int64_t forwards[] = {7, 3, 9, 2, 4};
    static const int64_t last_first[] = {2, 4, 7, 3, 9};
    vt_view_request request = {.key = VT_SORT_ID, .group = VT_GROUP_SAME, .positions = true};
    check_order(snapshot, request, forwards);
    request.descending = true;
    check_order(snapshot, request, forwards);
    request.group_descending = true;
    check_order(snapshot, request, last_first);
    request.descending = false;
    check_order(snapshot, request, last_first);
    /* Those without stand behind. */
    request.group_descending = false;
    const vt_view *view = build(snapshot, "", request);
    assert_int_equal(vt_view_group_count(view), 3);
    assert_int_equal(id_at(view, 0), 7);
    assert_int_equal(vt_view_group(view, 2).value, VT_GROUP_NO_TWIN);
    assert_int_equal(vt_view_group(view, 2).count, 5);
    assert_int_equal(vt_view_find_group(view, 1), 1);
    assert_int_equal(vt_view_group_of(view, 4), 1);
    vt_str title = VT_STR_INIT;
    vt_group_append_title(snapshot, VT_GROUP_SAME, 0, NULL, &title);
    assert_string_equal(title.data, "3 copies");
    vt_str_free(&title);
    vt_view_release(view);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void what_changes_leaves_and_comes_back(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_index *index = filled();
    const vt_snapshot *before = library_publish(index);
    assert_true(vt_index_remove(index, 4, &error)); /* a group of two is none any more */
    vt_item_brief changed = item_of(7);             /* the best has another content */
    changed.size++;
    library_put(index, changed);
    const vt_snapshot *after = library_publish(index);
    assert_int_equal(info_of(after, VT_TWIN_SAME).members, 2);
    assert_int_equal(info_of(after, VT_TWIN_SAME).groups, 1);
    assert_int_equal(info_of(after, VT_TWIN_SAME).gain, 0); /* 3 and 9 are one file */
    check_filter(after, "duplicate:same", (const int64_t[]){3, 9}, 2);
    assert_int_equal(info_of(before, VT_TWIN_SAME).members, 5);
    vt_snapshot_release(after);
    /* Put back, and only another name: as before. */
    library_put(index, item_of(4));
    changed = item_of(7);
    changed.name = "b.jpg";
    library_put(index, changed);
    after = library_publish(index);
    check_filter(after, "duplicate:same", (const int64_t[]){2, 3, 4, 7, 9}, 5);
    vt_snapshot_release(after);
    vt_item_brief away = item_of(2);
    away.state = VT_ITEM_OFFLINE;
    library_put(index, away);
    vt_item_brief gone = item_of(5);
    gone.state = VT_ITEM_MISSING;
    library_put(index, gone);
    after = library_publish(index);
    check_filter(after, "duplicate:same", (const int64_t[]){3, 7, 9}, 3);
    assert_int_equal(info_of(after, VT_TWIN_ALIKE).members, 0);
    vt_snapshot_release(after);
    vt_snapshot_release(before);
    vt_index_free(index);
}

static void nothing_searched_is_nothing_found(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/a");
    library_put(index, item_of(1));
    const vt_snapshot *snapshot = library_publish(index);
    assert_false(info_of(snapshot, VT_TWIN_SAME).searched);
    check_filter(snapshot, "duplicate:any", NULL, 0);
    check_filter(snapshot, "-duplicate:any", (const int64_t[]){1}, 1);
    const vt_view *view = build(snapshot, "", (vt_view_request){.group = VT_GROUP_ALIKE});
    assert_int_equal(vt_view_group_count(view), 1);
    vt_view_release(view);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

/* A stored table may be of another catalog, or damaged. */
static void nonsense_is_left_out(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_index *index = filled();
    vt_twin bad[] = {twin_of(2, 0, 0), twin_of(2, 0, 1), twin_of(4, 0, 4000000000U), twin_of(-5, 9, 0)};
    assert_true(vt_index_set_twins(index, VT_TWIN_SAME, &(vt_twins_found){.twins = bad, .count = 4}, &error));
    const vt_snapshot *snapshot = library_publish(index);
    assert_int_equal(info_of(snapshot, VT_TWIN_SAME).members, 0);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_tell_what_there_is_to_gain),
        cmocka_unit_test(filters_find_them),
        cmocka_unit_test(groups_stand_best_first_whatever_the_order),
        cmocka_unit_test(what_changes_leaves_and_comes_back),
        cmocka_unit_test(nothing_searched_is_nothing_found),
        cmocka_unit_test(nonsense_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
