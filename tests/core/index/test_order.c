/* Views that are picked from the order of an earlier one are those that sorting anew would give. */
#include "core/index/order_rows.h"

#include "core/index/view.h"
#include "tests/core/index/library.h"
#include "tests/support/check.h"
#include "tests/support/random.h"

#include <stdlib.h>

enum { ITEMS = 5000, FOLDERS = 40, REMOVED = 100 };

static vt_index *make_library(void)
{
    vt_index *index = vt_index_create();
    char name[32];
    for (int i = 1; i <= FOLDERS; i++) {
        (void)snprintf(name, sizeof name, "/pictures/%d", i);
        library_folder(index, i, name);
    }
    for (int i = 0; i < ITEMS; i++) {
        (void)snprintf(name, sizeof name, "%s %d", i % 3 ? "boat" : "car", random_next() % 900);
        vt_item_brief item = library_item(i + 1, random_next() % FOLDERS + 1, name);
        item.size = random_next() % 50;
        item.rating = (uint8_t)(random_next() % 6);
        library_put(index, item);
    }
    for (int i = 0; i < REMOVED; i++) {
        assert_true(vt_index_remove(index, i * 7 + 1, NULL));
    }
    return index;
}

static const vt_view *build(const vt_snapshot *snapshot, vt_view_request request, const char *filter,
                            const vt_order *order)
{
    vt_error error = VT_ERROR_INIT;
    vt_filter *compiled = filter ? vt_filter_compile(filter, strlen(filter), NULL, NULL) : NULL;
    request.filter = compiled;
    request.order = order;
    const vt_view *view = vt_view_build(snapshot, &request, NULL, &error);
    vt_filter_free(compiled);
    assert_non_null(view);
    return view;
}

static void expect_same_groups(const vt_view *view, const vt_view *expected)
{
    assert_int_equal(vt_view_group_count(view), vt_view_group_count(expected));
    for (uint32_t i = 0; i < vt_view_group_count(view); i++) {
        vt_group_span span = vt_view_group(view, i);
        vt_group_span wanted = vt_view_group(expected, i);
        assert_int_equal(span.first, wanted.first);
        assert_int_equal(span.count, wanted.count);
        assert_int_equal(span.value, wanted.value);
        assert_int_equal(vt_view_group_of(view, span.first + span.count - 1), i);
        assert_int_equal(vt_view_find_group(view, span.value), i);
    }
}

static void expect_same(const vt_view *view, const vt_view *expected)
{
    assert_int_equal(vt_view_count(view), vt_view_count(expected));
    for (uint32_t i = 0; i < vt_view_count(view); i++) {
        assert_int_equal(vt_view_row(view, i), vt_view_row(expected, i));
        assert_int_equal(vt_view_position(view, vt_view_row(view, i)), i);
    }
    for (uint32_t row = 0; row < ITEMS; row++) {
        assert_int_equal(vt_view_position(view, row), vt_view_position(expected, row));
    }
    expect_same_groups(view, expected);
}

/* By hand: those of the whole, in its order, that the filter alone leaves. */
static void expect_picked(const vt_view *view, const vt_view *whole, const char *text)
{
    uint32_t *rows = NULL;
    uint32_t count = 0;
    uint32_t at = 0;
    static bool left[ITEMS];
    memset(left, 0, sizeof left);
    vt_filter *filter = vt_filter_compile(text, strlen(text), NULL, NULL);
    assert_true(vt_filter_run(filter, vt_view_snapshot(view), NULL, &rows, &count, NULL));
    for (uint32_t i = 0; i < count; i++) {
        left[rows[i]] = true;
    }
    assert_int_equal(vt_view_count(view), count);
    for (uint32_t i = 0; i < vt_view_count(whole); i++) {
        uint32_t row = vt_view_row(whole, i);
        if (left[row]) {
            assert_int_equal(vt_view_row(view, at), row);
            at++;
        }
    }
    free(rows);
    vt_filter_free(filter);
}

static void expect_reading(const vt_view *view, bool descending)
{
    enum { ROOM = 77 };
    uint32_t rows[ROOM];
    uint32_t next = 0;
    uint32_t count = vt_view_count(view);
    uint32_t at = 0;
    for (size_t read; (read = vt_view_read_rows(view, &next, rows, ROOM)) > 0;) {
        for (size_t i = 0; i < read; i++, at++) {
            assert_int_equal(rows[i], vt_view_row(view, descending ? count - 1 - at : at));
        }
    }
    assert_int_equal(at, count);
}

static void picks_what_sorting_anew_would_give(void **state)
{
    (void)state;
    static const char *const filters[] = {"car", "size<1 boat", "rating>=3", "nowhere", "size>=0", "boat 77"};
    vt_index *index = make_library();
    const vt_snapshot *snapshot = library_publish(index);
    for (int round = 0; round < 4 * VT_GROUP_BY_COUNT; round++) {
        vt_view_request request = {.key = round % 2 ? VT_SORT_NAME : VT_SORT_SIZE,
                                   .descending = round % 3 == 0,
                                   .then = {{VT_SORT_RATING, round % 5 == 0}},
                                   .then_count = round % 2,
                                   .group = (vt_group_by)(round / 4),
                                   .group_descending = round % 4 > 1,
                                   .positions = true};
        const vt_view *whole = build(snapshot, request, NULL, NULL);
        const vt_order *order = vt_view_order(whole);
        assert_true(vt_order_is_whole(order));
        assert_int_equal(vt_view_count(whole), ITEMS - REMOVED);
        expect_reading(whole, request.descending);
        for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
            const vt_view *picked = build(snapshot, request, filters[i], order);
            const vt_view *anew = build(snapshot, request, filters[i], NULL);
            assert_ptr_equal(vt_view_order(picked), order);
            assert_ptr_not_equal(vt_view_order(anew), order);
            expect_same(picked, anew);
            expect_picked(picked, whole, filters[i]);
            expect_reading(picked, request.descending);
            vt_view_release(picked);
            vt_view_release(anew);
        }
        vt_view_release(whole);
    }
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void picks_folders(void **state)
{
    (void)state;
    vt_index *index = make_library();
    const vt_snapshot *snapshot = library_publish(index);
    vt_view_request request = {.key = VT_SORT_NAME, .group = VT_GROUP_RATING, .positions = true};
    const vt_view *whole = build(snapshot, request, NULL, NULL);
    request.below = "/pictures/7";
    const vt_view *picked = build(snapshot, request, NULL, vt_view_order(whole));
    const vt_view *anew = build(snapshot, request, NULL, NULL);
    assert_ptr_equal(vt_view_order(picked), vt_view_order(whole));
    assert_false(vt_order_is_whole(vt_view_order(anew))); /* some 120 of 4900 */
    assert_in_range(vt_view_count(picked), 50, 200);
    expect_same(picked, anew);
    vt_view_release(anew);
    vt_view_release(picked);
    vt_view_release(whole);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static bool is_taken(const vt_snapshot *snapshot, vt_view_request request, const vt_order *order)
{
    const vt_view *view = build(snapshot, request, "car", order);
    bool taken = vt_view_order(view) == order;
    vt_view_release(view);
    return taken;
}

static void takes_only_the_order_that_is_wanted(void **state)
{
    (void)state;
    vt_index *index = make_library();
    const vt_snapshot *snapshot = library_publish(index);
    const vt_view_request by_size = {.key = VT_SORT_SIZE, .positions = true};
    const vt_view *whole = build(snapshot, by_size, NULL, NULL);
    const vt_order *order = vt_order_retain(vt_view_order(whole));
    vt_view_release(whole);
    assert_true(is_taken(snapshot, by_size, order));
    const vt_view_request others[] = {
        {.key = VT_SORT_NAME},
        {.key = VT_SORT_SIZE, .then = {{VT_SORT_NAME, false}}, .then_count = 1},
        {.key = VT_SORT_SIZE, .group = VT_GROUP_KIND},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_false(vt_view_order_serves(order, &others[i]));
        assert_false(is_taken(snapshot, others[i], order));
    }
    assert_true(is_taken(snapshot, (vt_view_request){.key = VT_SORT_SIZE, .descending = true}, order));

    library_put(index, library_item(ITEMS + 1, 1, "car"));
    const vt_snapshot *later = library_publish(index);
    assert_true(vt_view_order_serves(order, &by_size)); /* over its own snapshot */
    assert_false(is_taken(later, by_size, order));
    vt_snapshot_release(later);
    vt_snapshot_release(snapshot);
    assert_int_equal(vt_snapshot_count(vt_order_snapshot(order)), ITEMS);
    vt_order_release(order);
    vt_order_release(NULL);
    vt_index_free(index);
}

static void without_places_it_serves_those_who_ask_for_none(void **state)
{
    (void)state;
    vt_index *index = make_library();
    const vt_snapshot *snapshot = library_publish(index);
    vt_view_request request = {.key = VT_SORT_NAME};
    const vt_view *whole = build(snapshot, request, NULL, NULL);
    assert_true(is_taken(snapshot, request, vt_view_order(whole)));
    request.positions = true;
    assert_false(is_taken(snapshot, request, vt_view_order(whole)));
    vt_view_release(whole);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

/* ---- following a library that changes ---- */

/* New items, and changes to what is there, of all kinds. */
static void change(vt_index *index, int round)
{
    char name[32];
    for (int i = 0; i < 60; i++) {
        bool is_new = i < 20;
        int64_t id = is_new ? ITEMS + round * 20 + i + 1 : (int64_t)(random_next() % ITEMS) + 1;
        (void)snprintf(name, sizeof name, "%s %u", i % 3 ? "boat" : "Car", random_next() % 900);
        vt_item_brief item = library_item(id, random_next() % FOLDERS + 1, name);
        item.size = random_next() % 50;
        item.rating = (uint8_t)(random_next() % 6);
        library_put(index, item);
    }
    (void)vt_index_remove(index, random_next() % ITEMS + 1, NULL);
    (void)vt_index_remove(index, ITEMS + round * 20 + 1, NULL);
}

static void expect_followed(const vt_snapshot *later, vt_view_request request, const vt_order *order)
{
    vt_order *followed = NULL;
    assert_true(vt_order_follow(order, later, &followed, NULL, NULL));
    bool ranked =
        request.key == VT_SORT_TITLE || request.key == VT_SORT_CAMERA || request.key == VT_SORT_TAGS ||
        request.key == VT_SORT_ALBUM || request.key == VT_SORT_ALBUMS || request.key == VT_SORT_STACK ||
        request.group == VT_GROUP_SAME || request.group == VT_GROUP_CAMERA || request.group == VT_GROUP_ALIKE;
    assert_int_equal(followed == NULL, ranked);
    if (ranked) {
        return;
    }
    assert_true(vt_order_is_whole(followed));
    assert_ptr_equal(vt_order_snapshot(followed), later);
    const vt_view *view = build(later, request, NULL, followed);
    const vt_view *anew = build(later, request, NULL, NULL);
    const vt_view *by_itself = build(later, request, "car", order);
    const vt_view *cars_anew = build(later, request, "car", NULL);
    assert_ptr_equal(vt_view_order(view), followed);
    expect_same(view, anew);
    expect_same(by_itself, cars_anew);
    vt_view_release(view);
    vt_view_release(anew);
    vt_view_release(by_itself);
    vt_view_release(cars_anew);
    vt_order_release(followed);
}

static void follows_a_library_that_changes(void **state)
{
    (void)state;
    vt_index *index = make_library();
    for (int round = 0; round < 3 * VT_SORT_KEY_COUNT; round++) {
        vt_view_request request = {.key = (vt_sort_key)(round % VT_SORT_KEY_COUNT),
                                   .then = {{round % 2 ? VT_SORT_NAME : VT_SORT_RATING, round % 2 == 0}},
                                   .then_count = round % 3 > 0,
                                   .group = (vt_group_by)(round % VT_GROUP_BY_COUNT),
                                   .group_descending = round % 4 > 1,
                                   .positions = true};
        const vt_snapshot *before = library_publish(index);
        const vt_view *whole = build(before, request, NULL, NULL);
        const vt_order *order = vt_order_retain(vt_view_order(whole));
        vt_view_release(whole);
        vt_snapshot_release(before);
        change(index, round);
        const vt_snapshot *later = library_publish(index);
        expect_followed(later, request, order);
        vt_snapshot_release(later);
        vt_order_release(order);
    }
    vt_index_free(index);
}

static void does_not_follow_what_it_cannot(void **state)
{
    (void)state;
    vt_index *index = make_library();
    const vt_snapshot *snapshot = library_publish(index);
    const vt_view *by_title = build(snapshot, (vt_view_request){.key = VT_SORT_TITLE}, NULL, NULL);
    const vt_view *by_size = build(snapshot, (vt_view_request){.key = VT_SORT_SIZE}, NULL, NULL);
    char name[32];
    for (int i = 0; i < ITEMS / 4; i++) {
        (void)snprintf(name, sizeof name, "new %d", i);
        library_put(index, library_item(ITEMS + i + 1, 1, name));
    }
    const vt_snapshot *later = library_publish(index);
    vt_order *order = NULL;
    assert_true(vt_order_follow(vt_view_order(by_title), snapshot, &order, NULL, NULL));
    assert_null(order); /* what comes before a title depends on all titles */
    assert_true(vt_order_follow(vt_view_order(by_size), later, &order, NULL, NULL));
    assert_null(order); /* too many */
    assert_true(vt_order_follow(vt_view_order(by_size), snapshot, &order, NULL, NULL));
    assert_non_null(order);
    vt_order_release(order);
    const atomic_bool cancelled = true;
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_view_build(later, &(vt_view_request){.key = VT_SORT_SIZE, .order = vt_view_order(by_size)},
                              &cancelled, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    vt_view_release(by_title);
    vt_view_release(by_size);
    vt_snapshot_release(snapshot);
    vt_snapshot_release(later);
    vt_index_free(index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(picks_what_sorting_anew_would_give),
        cmocka_unit_test(picks_folders),
        cmocka_unit_test(takes_only_the_order_that_is_wanted),
        cmocka_unit_test(without_places_it_serves_those_who_ask_for_none),
        cmocka_unit_test(follows_a_library_that_changes),
        cmocka_unit_test(does_not_follow_what_it_cannot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
