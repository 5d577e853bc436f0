/* app/ui/viewer/failure_words: each fault is told with what to do about it. */
#include "tests/support/check.h"

#include "app/ui/viewer/failure_words.h"

#include <string.h>

static void every_fault_has_words(void **state)
{
    (void)state;
    for (int code = 0; code < VT_ERROR_COUNT; code++) {
        const vt_failure_words *words = vt_failure_words_of((vt_error_code)code);
        assert_true(strlen(words->headline) > 10);
        assert_true(strlen(words->advice) > 10);
        assert_int_equal(words->advice[strlen(words->advice) - 1], '.');
    }
    assert_string_equal(vt_failure_words_of(VT_ERROR_NOT_FOUND)->headline, "This file is gone");
    assert_string_equal(vt_failure_words_of(VT_ERROR_CORRUPT)->headline, "This file is damaged");
}

static void advice_follows_the_reason_unless_that_has_it(void **state)
{
    (void)state;
    char text[512];
    vt_error error = VT_ERROR_INIT;
    vt_error_set(&error, VT_ERROR_CORRUPT, "PNG: bad filter");
    assert_string_equal(vt_failure_detail(text, sizeof text, &error),
                        "PNG: bad filter\nCopy it again from where it came from.");
    vt_error_set(&error, VT_ERROR_LIMIT,
                 "too many; to allow it, raise the setting limits.pixels and try the file again");
    assert_string_equal(vt_failure_detail(text, sizeof text, &error), error.message);
    char small[12];
    assert_int_equal(strlen(vt_failure_detail(small, sizeof small, &error)), sizeof small - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fault_has_words),
        cmocka_unit_test(advice_follows_the_reason_unless_that_has_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
