/* app/ui/parts/wording: numbers as people read them. */
#include "tests/support/check.h"

#include "app/ui/parts/wording.h"
#include "core/base/clock.h"

#include <stdlib.h>
#include <string.h>

static void sizes(void **state)
{
    (void)state;
    static const struct {
        int64_t bytes;
        const char *text;
    } cases[] = {{0, "0 bytes"},     {1, "1 byte"},       {999, "999 bytes"},
                 {1000, "1.0 kB"},   {4120000, "4.1 MB"}, {12800000, "13 MB"},
                 {999499, "999 kB"}, {999600, "1.0 MB"},  {1500000000, "1.5 GB"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[32];
        assert_string_equal(vt_wording_size(text, sizeof text, cases[i].bytes), cases[i].text);
    }
}

static void counts(void **state)
{
    (void)state;
    char text[32];
    assert_string_equal(vt_wording_count(text, sizeof text, 0), "0");
    assert_string_equal(vt_wording_count(text, sizeof text, 999), "999");
    assert_string_equal(vt_wording_count(text, sizeof text, 6900), "6,900");
    assert_string_equal(vt_wording_count(text, sizeof text, -1234567), "-1,234,567");
    char tiny[4];
    vt_wording_count(tiny, sizeof tiny, 123456); /* cut, but inside the buffer and ended */
    assert_true(strnlen(tiny, sizeof tiny) < sizeof tiny);
}

static void durations(void **state)
{
    (void)state;
    char text[32];
    assert_string_equal(vt_wording_duration(text, sizeof text, 12 * VT_NS_PER_S), "12 s");
    assert_string_equal(vt_wording_duration(text, sizeof text, 185 * VT_NS_PER_S), "3 min 5 s");
    assert_string_equal(vt_wording_duration(text, sizeof text, 7800 * VT_NS_PER_S), "2 h 10 min");
}

static void dates_are_local(void **state)
{
    (void)state;
    setenv("TZ", "UTC", 1);
    char text[32];
    assert_string_equal(vt_wording_date(text, sizeof text, INT64_C(1700000000) * VT_NS_PER_S),
                        "2023-11-14 22:13");
}

static void extents(void **state)
{
    (void)state;
    char text[48];
    assert_string_equal(vt_wording_extent(text, sizeof text, VT_KIND_IMAGE, 4000, 3000, 0),
                        "4000 \xc3\x97 3000");
    assert_string_equal(vt_wording_extent(text, sizeof text, VT_KIND_MODEL, 0, 0, 1), "1 triangle");
    assert_string_equal(vt_wording_extent(text, sizeof text, VT_KIND_MODEL, 0, 0, 1204), "1,204 triangles");
    assert_string_equal(vt_wording_extent(text, sizeof text, VT_KIND_SEQUENCE, 64, 36, 1240), "1,240 frames");
    assert_string_equal(vt_wording_extent(text, sizeof text, VT_KIND_SEQUENCE, 64, 36, 1), "1 frame");
    assert_string_equal(vt_wording_extent(text, sizeof text, VT_KIND_UNKNOWN, 0, 0, 0), "");
}

static void the_signs_are_those_of_the_language(void **state)
{
    (void)state;
    char text[32];
    vt_wording_set_signs('.', ',');
    assert_string_equal(vt_wording_count(text, sizeof text, 1234567), "1.234.567");
    assert_string_equal(vt_wording_size(text, sizeof text, 4100000), "4,1 MB");
    assert_string_equal(vt_wording_amount(text, sizeof text, VT_BUDGET_NANOSECONDS, 16666667), "16,7 ms");
    assert_string_equal(vt_wording_amount(text, sizeof text, VT_BUDGET_NANOSECONDS, 1500), "1,5 \u00b5s");
    assert_string_equal(vt_wording_amount(text, sizeof text, VT_BUDGET_BYTES, 0), "0 B");
    assert_string_equal(vt_wording_decimal(text, sizeof text, 2, 0.5), "0,50");
    vt_wording_set_signs(',', '.');
    assert_string_equal(vt_wording_decimal(text, sizeof text, 0, 2.5), "2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes),     cmocka_unit_test(counts),
        cmocka_unit_test(durations), cmocka_unit_test(dates_are_local),
        cmocka_unit_test(extents),   cmocka_unit_test(the_signs_are_those_of_the_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
