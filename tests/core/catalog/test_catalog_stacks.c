/* Stacks made by hand: edits that are undone and redone. */
#include "core/catalog/fixture.h"

#include "core/base/str.h"
#include "core/catalog/change.h"
#include "core/catalog/check.h"
#include "core/catalog/stacks.h"

static vt_catalog *catalog;
static vt_catalog_writer *writer;

static int set_up(void **state)
{
    if (fixture_set_up(state) != 0) {
        return -1;
    }
    catalog = fixture_open(VT_CATALOG_READ_WRITE);
    writer = fixture_writer(catalog);
    fixture_fill(writer, 20);
    return 0;
}

static int tear_down(void **state)
{
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    return fixture_tear_down(state);
}

#define stack_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

static vt_change *make(vt_edit_kind kind, const int64_t *ids, size_t count)
{
    vt_error error = VT_ERROR_INIT;
    vt_change *change = vt_change_make(writer, &(vt_item_edit){.kind = kind}, ids, count, &error);
    if (!change) {
        fail_msg("%s", error.message);
    }
    return change;
}

#define MAKE(kind, ...)                                                                                      \
    make(kind, (const int64_t[]){__VA_ARGS__}, sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t))

static void do_edit(vt_change *change)
{
    vt_change_free(change);
}

static size_t apply(const vt_change *change, vt_change_direction direction)
{
    vt_error error = VT_ERROR_INIT;
    size_t skipped = 99;
    if (!vt_change_apply(writer, change, direction, &skipped, &error)) {
        fail_msg("%s", error.message);
    }
    return skipped;
}

typedef struct listing {
    vt_str text;
    int64_t stack;
} listing;

static bool list_member(void *user, int64_t stack, int64_t item)
{
    listing *to = user;
    vt_str_appendf(&to->text, stack == to->stack ? " %lld" : to->stack ? " | %lld" : "%lld", (long long)item);
    to->stack = stack;
    return true;
}

/* The items of all stacks: "3 1 2 | 9 8". */
static void expect_stacks(const char *wanted)
{
    listing of = {.text = VT_STR_INIT};
    vt_catalog_reader *reader = vt_catalog_reader_open(catalog, NULL);
    assert_true(vt_catalog_reader_each_in_stacks(reader, list_member, &of, NULL));
    assert_string_equal(of.text.data ? of.text.data : "", wanted);
    vt_catalog_reader_free(reader);
    vt_str_free(&of.text);
}

static vt_stack_place place_of(int64_t item)
{
    vt_stack_place place;
    vt_catalog_reader *reader = vt_catalog_reader_open(catalog, NULL);
    assert_true(vt_catalog_reader_stack_place(reader, item, &place, NULL));
    vt_catalog_reader_free(reader);
    return place;
}

static void is_made_and_undone(void **state)
{
    (void)state;
    vt_change *change = MAKE(VT_EDIT_STACK, 5, 2, 9, 777); /* one of them is not there */
    expect_stacks("5 2 9");
    assert_int_equal(vt_change_count(change), 3);
    assert_int_equal(place_of(2).position, 2);
    assert_int_equal(place_of(2).count, 3);
    assert_int_equal(place_of(1).stack, 0);
    assert_int_equal(apply(change, VT_CHANGE_BACK), 0);
    expect_stacks("");
    assert_int_equal(apply(change, VT_CHANGE_FORTH), 0);
    expect_stacks("5 2 9");
    vt_change_free(change);
    change = MAKE(VT_EDIT_STACK, 2, 9); /* they are one stack already */
    assert_int_equal(vt_change_count(change), 0);
    vt_change_free(change);
}

static void takes_in_the_stacks_of_its_items(void **state)
{
    (void)state;
    do_edit(MAKE(VT_EDIT_STACK, 1, 2, 3));
    do_edit(MAKE(VT_EDIT_STACK, 4, 5));
    do_edit(MAKE(VT_EDIT_STACK, 6, 7));
    vt_change *change = MAKE(VT_EDIT_STACK, 9, 5, 2, 3, 10);
    expect_stacks("6 7 | 9 4 5 1 2 3 10"); /* whole stacks, each where the first of its items was named */
    assert_int_equal(apply(change, VT_CHANGE_BACK), 0);
    expect_stacks("1 2 3 | 4 5 | 6 7");
    assert_int_equal(apply(change, VT_CHANGE_FORTH), 0);
    expect_stacks("6 7 | 9 4 5 1 2 3 10");
    vt_change_free(change);
    do_edit(MAKE(VT_EDIT_STACK, 7, 12)); /* an item comes to a stack */
    expect_stacks("6 7 12 | 9 4 5 1 2 3 10");
}

static void is_taken_apart(void **state)
{
    (void)state;
    do_edit(MAKE(VT_EDIT_STACK, 1, 2, 3));
    do_edit(MAKE(VT_EDIT_STACK, 4, 5));
    vt_change *change = MAKE(VT_EDIT_UNSTACK, 2, 15, 4);
    expect_stacks("");
    assert_int_equal(vt_change_count(change), 5);
    assert_int_equal(apply(change, VT_CHANGE_BACK), 0);
    expect_stacks("1 2 3 | 4 5");
    vt_change_free(change);
}

static void items_leave_it(void **state)
{
    (void)state;
    do_edit(MAKE(VT_EDIT_STACK, 1, 2, 3));
    vt_change *first = MAKE(VT_EDIT_TAKE_OUT, 1);
    expect_stacks("2 3");
    vt_change *second = MAKE(VT_EDIT_TAKE_OUT, 2, 15); /* a single item is no stack */
    expect_stacks("");
    assert_int_equal(vt_change_count(second), 2);
    assert_int_equal(apply(second, VT_CHANGE_BACK), 0);
    expect_stacks("2 3");
    assert_int_equal(apply(first, VT_CHANGE_BACK), 0);
    expect_stacks("1 2 3"); /* it is the cover again */
    vt_change_free(first);
    vt_change_free(second);
}

static void gets_another_cover(void **state)
{
    (void)state;
    do_edit(MAKE(VT_EDIT_STACK, 1, 2, 3));
    vt_change *change = MAKE(VT_EDIT_STACK_COVER, 3);
    expect_stacks("3 1 2");
    assert_int_equal(apply(change, VT_CHANGE_BACK), 0);
    expect_stacks("1 2 3");
    assert_int_equal(apply(change, VT_CHANGE_FORTH), 0);
    vt_change_free(change);
    change = MAKE(VT_EDIT_STACK_COVER, 3);
    assert_int_equal(vt_change_count(change), 0); /* it is that already */
    vt_change_free(change);
}

static void keeps_what_others_changed_since(void **state)
{
    (void)state;
    vt_change *change = MAKE(VT_EDIT_STACK, 1, 2, 3);
    do_edit(MAKE(VT_EDIT_TAKE_OUT, 3));
    do_edit(MAKE(VT_EDIT_STACK, 3, 4));
    assert_int_equal(apply(change, VT_CHANGE_BACK), 1);
    expect_stacks("3 4");
    assert_int_equal(apply(change, VT_CHANGE_FORTH), 1);
    expect_stacks("1 2 | 3 4");
    fixture_sql(fixture_path, "PRAGMA foreign_keys=ON; DELETE FROM item WHERE id = 2");
    assert_int_equal(place_of(1).stack, 0); /* one alone is in none */
    assert_int_equal(apply(change, VT_CHANGE_BACK), 2);
    expect_stacks("3 4");
    vt_change_free(change);
}

static void expect_refused(const int64_t *ids, size_t count, vt_error_code code, const char *part)
{
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_change_make(writer, &(vt_item_edit){.kind = VT_EDIT_STACK}, ids, count, &error));
    assert_string_equal(vt_error_code_name(error.code), vt_error_code_name(code));
    if (!strstr(error.message, part)) {
        fail_msg("%s", error.message);
    }
}

static void refuses_what_is_none(void **state)
{
    (void)state;
    const int64_t twice[] = {1, 1};
    const int64_t gone[] = {777};
    expect_refused(twice, 1, VT_ERROR_USAGE, "two items");
    expect_refused(twice, 2, VT_ERROR_USAGE, "twice");
    expect_refused(gone, 1, VT_ERROR_NOT_FOUND, "");
    fixture_fill(writer, VT_STACK_ITEMS_MAX + 1);
    int64_t *many = malloc((VT_STACK_ITEMS_MAX + 1) * sizeof *many);
    for (int i = 0; i <= VT_STACK_ITEMS_MAX; i++) {
        many[i] = i + 1;
    }
    expect_refused(many, VT_STACK_ITEMS_MAX + 1, VT_ERROR_USAGE, "album");
    do_edit(make(VT_EDIT_STACK, many, VT_STACK_ITEMS_MAX));
    expect_refused(many + VT_STACK_ITEMS_MAX - 1, 2, VT_ERROR_USAGE, "too many"); /* with all of its stack */
    assert_int_equal(place_of(7).count, VT_STACK_ITEMS_MAX);
    free(many);
}

static void is_checked_and_put_right(void **state)
{
    (void)state;
    do_edit(MAKE(VT_EDIT_STACK, 1, 2, 3));
    vt_catalog_writer_free(writer); /* one that checks and repairs must be the only one that writes */
    fixture_sql(fixture_path,
                "INSERT INTO stack_item VALUES (777, 9, 1), (778, 9, 2), (4, 12, 1), (5, -3, 1), (6, -3, 2)");
    static vt_check_report report;
    for (int repair = 0; repair < 2; repair++) {
        vt_error error = VT_ERROR_INIT;
        if (!vt_check_catalog(catalog, NULL, repair == 1, &report, &error)) {
            fail_msg("%s", error.message);
        }
        int64_t orphans = 0;
        int64_t numbers = 0;
        int64_t singles = 0;
        for (size_t i = 0; i < report.count; i++) {
            const vt_check_finding *finding = &report.findings[i];
            orphans += strstr(finding->message, "stacks of items that are not there") ? finding->rows : 0;
            numbers += strcmp(finding->rule, "stack-number") == 0 ? finding->rows : 0;
            singles += strcmp(finding->rule, "stack-single") == 0 ? finding->rows : 0;
        }
        assert_int_equal(orphans, 2);
        assert_int_equal(numbers, 2);
        assert_int_equal(singles, 1);
        assert_int_equal(vt_check_is_sound(&report), repair);
    }
    assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM stack_item"), 3);
    writer = fixture_writer(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        stack_test(is_made_and_undone),   stack_test(takes_in_the_stacks_of_its_items),
        stack_test(is_taken_apart),       stack_test(items_leave_it),
        stack_test(gets_another_cover),   stack_test(keeps_what_others_changed_since),
        stack_test(refuses_what_is_none), stack_test(is_checked_and_put_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
