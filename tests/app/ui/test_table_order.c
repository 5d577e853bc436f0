/* app/ui/table/table_order: orders by several keys, as clicks make them, in words, and in a session. */
#include "tests/support/check.h"

#include "app/ui/table/table_order.h"

#include <string.h>

static void check_order(const vt_table_order *order, const char *expected)
{
    vt_str words = VT_STR_INIT;
    vt_table_order_write(order, &words);
    assert_string_equal(words.data, expected);
    vt_str_free(&words);
}

static vt_table_order order_of(const char *words)
{
    vt_table_order order = {.sorts = {{VT_SORT_PATH, false}}, .count = 1};
    assert_true(vt_table_order_read(words, &order));
    return order;
}

static void a_click_sorts_and_another_one_turns(void **state)
{
    (void)state;
    vt_table_order order = order_of("path");
    order = vt_table_order_clicked(&order, VT_SORT_SIZE, false);
    check_order(&order, "size");
    order = vt_table_order_clicked(&order, VT_SORT_SIZE, false);
    check_order(&order, "-size");
    order = vt_table_order_clicked(&order, VT_SORT_SIZE, false);
    check_order(&order, "size");
    order = vt_table_order_clicked(&order, VT_SORT_NAME, false);
    check_order(&order, "name");
}

static void with_shift_keys_are_added(void **state)
{
    (void)state;
    vt_table_order order = order_of("-rating");
    order = vt_table_order_clicked(&order, VT_SORT_SIZE, true);
    check_order(&order, "-rating size");
    order = vt_table_order_clicked(&order, VT_SORT_SIZE, true);
    check_order(&order, "-rating -size");
    order = vt_table_order_clicked(&order, VT_SORT_RATING, true);
    check_order(&order, "rating -size");
    order = vt_table_order_clicked(&order, VT_SORT_NAME, true);
    order = vt_table_order_clicked(&order, VT_SORT_KIND, true);
    check_order(&order, "rating -size name kind");
    order = vt_table_order_clicked(&order, VT_SORT_WIDTH, true); /* there is room for four */
    check_order(&order, "rating -size name width");
    assert_int_equal(vt_table_order_find(&order, VT_SORT_NAME), 2);
    assert_int_equal(vt_table_order_find(&order, VT_SORT_KIND), -1);
    order = vt_table_order_without(&order, VT_SORT_SIZE);
    check_order(&order, "rating name width");
    order = vt_table_order_clicked(&order, VT_SORT_NAME, false);
    check_order(&order, "name");
    order = vt_table_order_without(&order, VT_SORT_NAME); /* the only one stays */
    check_order(&order, "name");
}

static void an_order_is_said_in_words(void **state)
{
    (void)state;
    vt_table_order order = order_of("name -size rating");
    vt_str text = VT_STR_INIT;
    vt_table_order_say(&order, &text);
    assert_string_equal(text.data, "Name \xe2\x86\x91, then Size \xe2\x86\x93, then Rating \xe2\x86\x91");
    vt_str_free(&text);
    for (int key = 0; key < VT_SORT_KEY_COUNT; key++) {
        assert_true(strlen(vt_table_order_title((vt_sort_key)key)) > 0);
    }
}

static void damaged_words_are_read_as_far_as_they_make_sense(void **state)
{
    (void)state;
    vt_table_order order = order_of("  colour -size   size --kind name width height path ");
    check_order(&order, "-size name width height");
    vt_table_order same = order;
    assert_false(vt_table_order_read("", &same));
    assert_false(vt_table_order_read("-", &same));
    assert_false(vt_table_order_read("nothing -of-that averylongwordthatisnokeyatallandneverwas", &same));
    check_order(&same, "-size name width height");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_click_sorts_and_another_one_turns),
        cmocka_unit_test(with_shift_keys_are_added),
        cmocka_unit_test(an_order_is_said_in_words),
        cmocka_unit_test(damaged_words_are_read_as_far_as_they_make_sense),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
