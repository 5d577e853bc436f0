/* When a format is put out of use, when not, and how it comes back. */
#include "support/check.h"

#include "core/decode/format_guard.h"

#include <string.h>

static vt_format_guard *new_guard(void)
{
    vt_format_guard *guard = vt_format_guard_create();
    assert_non_null(guard);
    return guard;
}

/* `crashes` a second apart, with `read` files read before each; returns which one put the format out of use,
   counted from 1; 0: none. */
static int crash(vt_format_guard *guard, vt_format format, int crashes, int read, int64_t apart)
{
    int put_out = 0;
    for (int i = 0; i < crashes; i++) {
        for (int k = 0; k < read; k++) {
            vt_format_guard_read(guard, format);
        }
        if (vt_format_guard_crashed(guard, format, i * apart)) {
            assert_int_equal(put_out, 0);
            put_out = i + 1;
        }
    }
    return put_out;
}

static void test_the_eleventh_crash_within_a_minute(void **state)
{
    (void)state;
    vt_format_guard *guard = new_guard();
    vt_error error = VT_ERROR_INIT;
    assert_int_equal(crash(guard, VT_FORMAT_PNG, VT_GUARD_CRASHES, 0, VT_NS_PER_S), 0);
    assert_true(vt_format_guard_check(guard, VT_FORMAT_PNG, &error));
    assert_true(vt_format_guard_crashed(guard, VT_FORMAT_PNG, 59 * VT_NS_PER_S));
    assert_false(vt_format_guard_check(guard, VT_FORMAT_PNG, &error));
    assert_int_equal(error.code, VT_ERROR_BUSY);
    assert_non_null(strstr(error.message, "PNG"));
    assert_non_null(strstr(error.message, "start Vitrine again"));
    /* Told once; what was under way may still crash. */
    assert_false(vt_format_guard_crashed(guard, VT_FORMAT_PNG, 59 * VT_NS_PER_S));
    assert_true(vt_format_guard_check(guard, VT_FORMAT_JPEG, &error));
    vt_format_guard_free(guard);
}

static void test_slow_crashes_are_bad_files(void **state)
{
    (void)state;
    vt_format_guard *guard = new_guard();
    assert_int_equal(crash(guard, VT_FORMAT_PNG, 100, 0, 7 * VT_NS_PER_S), 0);
    assert_true(vt_format_guard_check(guard, VT_FORMAT_PNG, NULL));
    vt_format_guard_free(guard);
}

/* In a collection of many, some that crash do not stop the others. */
static void test_few_among_many_are_bad_files(void **state)
{
    (void)state;
    vt_format_guard *guard = new_guard();
    assert_int_equal(crash(guard, VT_FORMAT_PNG, 1000, 99, VT_NS_PER_MS), 0);
    assert_int_equal(crash(guard, VT_FORMAT_PNG, 1000, VT_GUARD_SHARE, VT_NS_PER_MS), 0);
    vt_format_guard_free(guard);
    guard = new_guard();
    assert_int_equal(crash(guard, VT_FORMAT_PNG, 100, VT_GUARD_SHARE - 1, VT_NS_PER_MS),
                     VT_GUARD_CRASHES + 1);
    vt_format_guard_free(guard);
}

static void test_the_way_back(void **state)
{
    (void)state;
    vt_format_guard *guard = new_guard();
    vt_format out[VT_FORMAT_COUNT];
    crash(guard, VT_FORMAT_STL, 20, 0, 0);
    crash(guard, VT_FORMAT_GIF, 20, 0, 0);
    assert_int_equal(vt_format_guard_list(guard, out, VT_FORMAT_COUNT), 2);
    assert_int_equal(out[0], VT_FORMAT_GIF);
    assert_int_equal(out[1], VT_FORMAT_STL);
    assert_int_equal(vt_format_guard_list(guard, out, 1), 1);
    vt_format_guard_allow(guard, VT_FORMAT_STL);
    assert_true(vt_format_guard_check(guard, VT_FORMAT_STL, NULL));
    assert_false(vt_format_guard_check(guard, VT_FORMAT_GIF, NULL));
    /* It starts anew: ten more are allowed. */
    assert_int_equal(crash(guard, VT_FORMAT_STL, 20, 0, 0), VT_GUARD_CRASHES + 1);
    vt_format_guard_free(guard);
}

static void test_what_promises_nothing_is_never_refused(void **state)
{
    (void)state;
    vt_format_guard *guard = new_guard();
    assert_int_equal(crash(guard, VT_FORMAT_UNKNOWN, 100, 0, 0), 0);
    assert_int_equal(crash(guard, VT_FORMAT_COUNT, 100, 0, 0), 0);
    vt_format_guard_allow(guard, VT_FORMAT_COUNT);
    assert_true(vt_format_guard_check(guard, VT_FORMAT_UNKNOWN, NULL));
    assert_true(vt_format_guard_check(guard, VT_FORMAT_COUNT, NULL));
    vt_format_guard_free(guard);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_eleventh_crash_within_a_minute),
        cmocka_unit_test(test_slow_crashes_are_bad_files),
        cmocka_unit_test(test_few_among_many_are_bad_files),
        cmocka_unit_test(test_the_way_back),
        cmocka_unit_test(test_what_promises_nothing_is_never_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
