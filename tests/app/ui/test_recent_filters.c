/* app/ui/filter/recent_filters: the newest first, each once, no more than ten. */
#include "tests/support/check.h"

#include "app/ui/filter/recent_filters.h"

#include <stdio.h>

static void the_newest_stands_first_and_each_once(void **state)
{
    (void)state;
    vt_recent_filters recent = {.count = 0};
    assert_false(vt_recent_filters_add(&recent, ""));
    assert_false(vt_recent_filters_add(&recent, " \t "));
    assert_true(vt_recent_filters_add(&recent, "red"));
    assert_false(vt_recent_filters_add(&recent, " red "));
    assert_true(vt_recent_filters_add(&recent, "blue"));
    assert_true(vt_recent_filters_add(&recent, "  kind:model "));
    assert_true(vt_recent_filters_add(&recent, "red"));
    assert_int_equal(recent.count, 3);
    assert_string_equal(recent.texts[0], "red");
    assert_string_equal(recent.texts[1], "kind:model");
    assert_string_equal(recent.texts[2], "blue");
    vt_recent_filters_clear(&recent);
    assert_int_equal(recent.count, 0);
}

static void the_oldest_goes(void **state)
{
    (void)state;
    vt_recent_filters recent = {.count = 0};
    char text[16];
    for (int i = 0; i < 13; i++) {
        snprintf(text, sizeof text, "x%d", i);
        assert_true(vt_recent_filters_add(&recent, text));
    }
    assert_int_equal(recent.count, VT_RECENT_FILTERS_MAX);
    assert_string_equal(recent.texts[0], "x12");
    assert_string_equal(recent.texts[9], "x3");
    assert_true(vt_recent_filters_add(&recent, "x3"));
    assert_string_equal(recent.texts[9], "x4");
    vt_recent_filters_clear(&recent);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_newest_stands_first_and_each_once),
        cmocka_unit_test(the_oldest_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
