/* Stacks as rows, and as views fold them. */
#include "core/index/stacks.h"
#include "core/index/tally.h"
#include "core/index/view.h"

#include "tests/core/index/library.h"
#include "tests/support/check.h"

/* Ids 1 to 9, rows 0 to 8, of names a to i: /x has the odd ids, /y the even ones; the rating is the row. */
static vt_index *make_library(void)
{
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i"};
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/x");
    library_folder(index, 2, "/y");
    for (int i = 0; i < 9; i++) {
        vt_item_brief item = library_item(i + 1, i % 2 + 1, names[i]);
        item.rating = (uint8_t)(i % 6);
        library_put(index, item);
    }
    return index;
}

/* Stack 4 is of e, b, h (rows 4, 1, 7), stack 7 of c, d (rows 2, 3). */
static const vt_stacked usual[] = {{4, 5}, {4, 2}, {4, 8}, {7, 3}, {7, 4}};

static const vt_snapshot *stacked(vt_index *index, const vt_stacked *members, uint32_t count)
{
    assert_true(vt_index_set_stacks(index, members, count, NULL));
    return library_publish(index);
}

static const vt_view *build(const vt_snapshot *snapshot, vt_view_request request)
{
    vt_error error = VT_ERROR_INIT;
    const vt_view *view = vt_view_build(snapshot, &request, NULL, &error);
    if (!view) {
        fail_msg("%s", error.message);
    }
    return view;
}

/* The rows, and that each is found where it stands. */
static void expect_view(const vt_view *view, const char *rows)
{
    char found[64] = "";
    for (uint32_t i = 0; i < vt_view_count(view); i++) {
        uint32_t row = vt_view_row(view, i);
        assert_int_equal(vt_view_position(view, row), i);
        (void)snprintf(found + strlen(found), sizeof found - strlen(found), "%u", row);
    }
    assert_string_equal(found, rows);
}

static void expect_request(const vt_snapshot *snapshot, vt_view_request request, const char *rows)
{
    request.positions = true;
    const vt_view *view = build(snapshot, request);
    expect_view(view, rows);
    vt_view_release(view);
}

static void knows_members_by_row(void **state)
{
    (void)state;
    vt_index *index = make_library();
    const vt_stacked odd[] = {{4, 5}, {4, 2}, {4, 777},
                              {5, 1}, {7, 3}, {7, 4}}; /* 777 is not there, 5 is alone */
    const vt_snapshot *snapshot = stacked(index, odd, 6);
    uint32_t place = 99;
    assert_int_equal(vt_snapshot_stack_count(snapshot), 2);
    assert_int_equal(vt_snapshot_stack_of(snapshot, 1, &place), 0);
    assert_int_equal(place, 1);
    assert_int_equal(vt_snapshot_stack_row(snapshot, 0), 4);
    assert_int_equal(vt_snapshot_stack_of(snapshot, 0, NULL), VT_INDEX_NO_STACK);
    assert_int_equal(vt_snapshot_find_stack(snapshot, 7), 1);
    assert_int_equal(vt_snapshot_find_stack(snapshot, 5), VT_INDEX_NO_STACK);
    assert_int_equal(vt_snapshot_stack(snapshot, 1).count, 2);
    const vt_snapshot *none = stacked(index, NULL, 0);
    assert_int_equal(vt_snapshot_stack_count(none), 0);
    assert_int_equal(vt_snapshot_find_stack(none, 7), VT_INDEX_NO_STACK);
    assert_int_equal(vt_snapshot_stack_count(snapshot), 2); /* what a snapshot shows stays */
    vt_snapshot_release(none);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void follows_what_is_removed(void **state)
{
    (void)state;
    vt_index *index = make_library();
    vt_snapshot_release(stacked(index, usual, 5));
    assert_true(vt_index_remove(index, 3, NULL));
    assert_true(vt_index_remove(index, 5, NULL));
    const vt_snapshot *snapshot = library_publish(index);
    assert_int_equal(vt_snapshot_stack_count(snapshot), 1); /* of c and d one is left */
    expect_request(snapshot, (vt_view_request){.key = VT_SORT_NAME, .stacks = true}, "013568");
    vt_snapshot_release(snapshot);
    library_put(index, library_item(3, 1, "c")); /* its deletion is undone */
    snapshot = library_publish(index);
    assert_int_equal(vt_snapshot_stack_count(snapshot), 2);
    expect_request(snapshot, (vt_view_request){.key = VT_SORT_NAME, .stacks = true}, "012568");
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void shows_one_row_for_each(void **state)
{
    (void)state;
    vt_index *index = make_library();
    const vt_snapshot *snapshot = stacked(index, usual, 5);
    const int64_t four[] = {4};
    const int64_t both[] = {4, 7};
    vt_view_request request = {.key = VT_SORT_NAME};
    expect_request(snapshot, request, "012345678");
    request.stacks = true;
    expect_request(snapshot, request, "024568");
    request.open = (vt_open_stacks){four, 1, false};
    expect_request(snapshot, request,
                   "024"
                   "17"
                   "568"); /* in the stack's order, behind its cover */
    request.descending = true;
    expect_request(snapshot, request,
                   "8654"
                   "17"
                   "20"); /* in that order, too */
    request.open = (vt_open_stacks){both, 2, false};
    expect_request(snapshot, request,
                   "8654"
                   "17"
                   "2"
                   "3"
                   "0");
    request.open = (vt_open_stacks){four, 1, true}; /* all but this one */
    expect_request(snapshot, request,
                   "86542"
                   "3"
                   "0");
    request.open = (vt_open_stacks){NULL, 0, true};
    request.descending = false;
    expect_request(snapshot, request,
                   "02"
                   "3"
                   "4"
                   "17"
                   "568");
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void rows_are_ordered_by_stack(void **state)
{
    (void)state;
    vt_index *index = make_library();
    const vt_snapshot *snapshot = stacked(index, usual, 5);
    vt_view_request request = {.key = VT_SORT_STACK, .positions = true};
    const vt_view *before = build(snapshot, request);
    expect_view(before, "41723"
                        "0568");
    vt_snapshot_release(snapshot);
    snapshot = stacked(index, usual + 3, 2); /* no row has changed, and yet the order has */
    request.order = vt_view_order(before);
    expect_request(snapshot, request,
                   "23"
                   "0145678");
    vt_view_release(before);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void turns_round_with_what_is_open(void **state)
{
    (void)state;
    vt_index *index = make_library();
    const vt_snapshot *snapshot = stacked(index, usual, 5);
    const vt_view *view = build(
        snapshot,
        (vt_view_request){.key = VT_SORT_NAME, .stacks = true, .open = {NULL, 0, true}, .positions = true});
    const vt_view *reversed = vt_view_reversed(view);
    expect_view(reversed, "8654"
                          "17"
                          "2"
                          "3"
                          "0");
    vt_view_release(view);
    vt_view_release(reversed);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void shows_what_a_filter_finds_inside(void **state)
{
    (void)state;
    vt_index *index = make_library();
    const vt_snapshot *snapshot = stacked(index, usual, 5);
    vt_filter *filter = vt_filter_compile("name:b or name:h or name:d or name:i", 36, NULL, NULL);
    vt_view_request request = {.filter = filter, .key = VT_SORT_NAME, .stacks = true, .positions = true};
    const vt_view *view = build(snapshot, request);
    expect_view(view, "138"); /* b stands for b and h, d for itself: the covers do not match */
    vt_view_stack_info info;
    assert_true(vt_view_stack(view, 1, &info));
    assert_int_equal(info.id, 4);
    assert_int_equal(info.front, 1);
    assert_int_equal(info.count, 3);
    assert_int_equal(info.shown, 2);
    assert_false(info.open);
    assert_true(vt_view_stack(view, 3, &info));
    assert_int_equal(info.shown, 1);
    assert_false(vt_view_stack(view, 8, &info));
    assert_int_equal(vt_view_count(view), 3);
    assert_int_equal(vt_view_item_count(view), 4);
    vt_view_release(view);
    request.open = (vt_open_stacks){NULL, 0, true};
    view = build(snapshot, request);
    expect_view(view, "1"
                      "7"
                      "38");
    assert_true(vt_view_stack(view, 7, &info));
    assert_true(info.open);
    assert_true(vt_view_stack(view, 3, &info));
    assert_false(info.open); /* there is nothing to open */
    vt_view_release(view);
    vt_filter_free(filter);
    expect_request(snapshot, (vt_view_request){.folder_id = 2, .key = VT_SORT_NAME, .stacks = true}, "135");
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void groups_hold_what_is_open(void **state)
{
    (void)state;
    vt_index *index = make_library();
    const vt_snapshot *snapshot = stacked(index, usual, 5);
    for (int turned = 0; turned < 2; turned++) {
        const vt_view *view = build(snapshot, (vt_view_request){.key = VT_SORT_NAME,
                                                                .descending = turned,
                                                                .stacks = true,
                                                                .open = {NULL, 0, true},
                                                                .group = VT_GROUP_FOLDER,
                                                                .positions = true});
        expect_view(view, turned ? "864"
                                   "17"
                                   "2"
                                   "3"
                                   "05"
                                 : "02"
                                   "3"
                                   "4"
                                   "17"
                                   "685");
        assert_int_equal(vt_view_group_count(view), 2);
        vt_group_span x = vt_view_group(view, 0);
        vt_group_span y = vt_view_group(view, 1);
        assert_int_equal(x.first, 0);
        assert_int_equal(x.count, 8); /* b, h and d stand with their covers */
        assert_int_equal(y.first, 8);
        assert_int_equal(y.count, 1);
        uint32_t sizes[2];
        vt_view_group_sizes(view, 0, 2, sizes);
        assert_int_equal(sizes[0], 8);
        assert_int_equal(sizes[1], 1);
        for (uint32_t i = 0; i < 9; i++) {
            assert_int_equal(vt_view_group_of(view, i), i == 8);
        }
        vt_view_release(view);
    }
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void reads_what_is_inside_too(void **state)
{
    (void)state;
    vt_index *index = make_library();
    const vt_snapshot *snapshot = stacked(index, usual, 5);
    const vt_view *view = build(snapshot, (vt_view_request){.key = VT_SORT_NAME, .stacks = true});
    for (size_t room = 1; room < 12; room++) { /* wherever the block ends */
        unsigned seen = 0;
        uint32_t rows[12];
        uint32_t next = 0;
        for (size_t read; (read = vt_view_read_rows(view, &next, rows, room)) > 0;) {
            for (size_t i = 0; i < read; i++) {
                assert_false(seen >> rows[i] & 1);
                seen |= 1U << rows[i];
            }
        }
        assert_int_equal(seen, 0x1FF);
    }
    vt_view_release(view);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void is_found_by_the_filter(void **state)
{
    (void)state;
    static const struct {
        const char *text, *rows;
    } cases[] = {{"stack:yes", "12347"},     {"stack:no", "0568"},  {"-stack:yes", "0568"},
                 {"stack!=no", "12347"},     {"stack:cover", "24"}, {"stack:inside", "137"},
                 {"stack!=cover", "0135678"}};
    vt_index *index = make_library();
    const vt_snapshot *snapshot = stacked(index, usual, 5);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_filter *filter = vt_filter_compile(cases[i].text, strlen(cases[i].text), NULL, NULL);
        assert_non_null(filter);
        expect_request(snapshot, (vt_view_request){.filter = filter, .key = VT_SORT_NAME}, cases[i].rows);
        vt_filter_free(filter);
    }
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_filter_compile("stack:maybe", 11, NULL, &error));
    assert_non_null(strstr(error.message, "cover"));
    vt_snapshot_release(snapshot);
    snapshot = stacked(index, NULL, 0);
    vt_filter *filter = vt_filter_compile("stack:yes", 9, NULL, NULL);
    expect_request(snapshot, (vt_view_request){.filter = filter}, "");
    vt_filter_free(filter);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

/* A view built by hand: any stacks, any of them open, any filter; against one built the plain way. */
static void views_agree_with_a_plain_reading(void **state)
{
    (void)state;
    enum { ITEMS = 3000, ROUNDS = 30 };
    uint32_t seed = 7;
#define NEXT() (seed = seed * 1664525U + 1013904223U, seed >> 8)
    for (int round = 0; round < ROUNDS; round++) {
        vt_index *index = vt_index_create();
        library_folder(index, 1, "/x");
        for (int i = 0; i < ITEMS; i++) {
            vt_item_brief item = library_item(i + 1, 1, "n");
            item.size = NEXT() % 100000;
            item.rating = (uint8_t)(NEXT() % 6);
            library_put(index, item);
        }
        vt_stacked members[ITEMS];
        uint32_t count = 0;
        uint32_t stacks = 1 + NEXT() % 40;
        static uint32_t stack_of[ITEMS];
        for (int i = 0; i < ITEMS; i++) {
            stack_of[i] = NEXT() % 3 ? 0 : 1 + NEXT() % stacks;
        }
        for (uint32_t stack = 1; stack <= stacks; stack++) {
            for (int i = ITEMS - 1; i >= 0; i--) {
                if (stack_of[i] == stack) {
                    members[count++] = (vt_stacked){stack, i + 1};
                }
            }
        }
        const vt_snapshot *snapshot = stacked(index, members, count);
        int64_t open_ids[40];
        uint32_t open_count = 0;
        for (uint32_t stack = 1; stack <= stacks; stack++) {
            if (NEXT() % 2) {
                open_ids[open_count++] = stack;
            }
        }
        bool descending = NEXT() % 2;
        const char *text = round % 3 == 0 ? "" : round % 3 == 1 ? "rating>2" : "rating:1 size<9000";
        vt_filter *filter = vt_filter_compile(text, strlen(text), NULL, NULL);
        vt_view_request request = {
            .filter = filter, .key = VT_SORT_SIZE, .descending = descending, .positions = true};
        const vt_view *flat = build(snapshot, request);
        request.stacks = true;
        request.open = (vt_open_stacks){open_ids, open_count, false};
        const vt_view *view = build(snapshot, request);
        uint32_t at = 0;
        for (uint32_t i = 0; i < vt_view_count(flat); i++) {
            uint32_t row = vt_view_row(flat, i);
            uint32_t place;
            uint32_t number = vt_snapshot_stack_of(snapshot, row, &place);
            vt_view_stack_info info;
            if (number == VT_INDEX_NO_STACK) {
                assert_int_equal(vt_view_row(view, at), row);
                assert_int_equal(vt_view_position(view, row), at++);
                continue;
            }
            assert_true(vt_view_stack(view, row, &info));
            if (info.front != row) {
                assert_int_equal(vt_view_position(view, row) == VT_INDEX_NO_ROW, !info.open);
                continue;
            }
            assert_int_equal(vt_view_row(view, at), row);
            assert_int_equal(vt_view_position(view, row), at++);
            vt_index_stack stack = vt_snapshot_stack(snapshot, number);
            for (uint32_t k = place + 1; info.open && k < stack.first + stack.count; k++) {
                uint32_t inside = vt_snapshot_stack_row(snapshot, k);
                if (vt_view_position(flat, inside) != VT_INDEX_NO_ROW) {
                    assert_int_equal(vt_view_row(view, at), inside);
                    assert_int_equal(vt_view_position(view, inside), at++);
                }
            }
        }
        assert_int_equal(vt_view_count(view), at);
        vt_view_release(flat);
        vt_view_release(view);
        vt_filter_free(filter);
        vt_snapshot_release(snapshot);
        vt_index_free(index);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_members_by_row),          cmocka_unit_test(follows_what_is_removed),
        cmocka_unit_test(shows_one_row_for_each),        cmocka_unit_test(rows_are_ordered_by_stack),
        cmocka_unit_test(turns_round_with_what_is_open), cmocka_unit_test(shows_what_a_filter_finds_inside),
        cmocka_unit_test(groups_hold_what_is_open),      cmocka_unit_test(reads_what_is_inside_too),
        cmocka_unit_test(is_found_by_the_filter),        cmocka_unit_test(views_agree_with_a_plain_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
