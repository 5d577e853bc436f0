#include "support/check.h"

#include "core/mesh/number.h"

#include <locale.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static uint32_t bits_of(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static float read_good(const char *text)
{
    float value = -12345;
    if (!vt_number_read_float(text, strlen(text), &value)) {
        fail_msg("not taken for a number: %s", text);
    }
    return value;
}

static void test_agrees_with_strtof(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "0",
        "-0",
        "1",
        "+1",
        "-1.5",
        ".5",
        "5.",
        "1e3",
        "1E-3",
        "1.e+2",
        "00001.25000",
        "16777217",
        "0.1",
        "3.4e38",
        "1.17549e-38",
        "1e-45",
        "1.4e-45",
        "7e-46",
        "1e-50",
        "0e999",
        "1e-999999",
        "123456789012345678901234567890",
        "3.4028234663852886e38",
        "0.00000000000000000000000000000000000000000001401298464324817",
        "1000000000000000000000000000000000000000e-39",
        "9007199254740993",
        "1.00000005960464477539062",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        float value = read_good(texts[i]);
        float expected = strtof(texts[i], NULL);
        if (bits_of(value) != bits_of(expected)) {
            fail_msg("%s read as %.9g, not %.9g", texts[i], value, expected);
        }
    }
}

/* What programs print of a float, in the usual formats, must come back as the same float. */
static void test_printed_floats_come_back(void **state)
{
    (void)state;
    static const char *const formats[] = {"%.9g", "%.8e", "%.17g", "%.12e"};
    uint32_t bits = 12345;
    for (int i = 0; i < 100000; i++) {
        bits = bits * 1664525U + 1013904223U;
        float value;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value)) {
            continue;
        }
        char text[64];
        snprintf(text, sizeof text, formats[i % 4], value);
        float again = read_good(text);
        if (bits_of(again) != bits_of(value)) {
            fail_msg("%s read as %.9g", text, again);
        }
    }
}

static void test_special_values(void **state)
{
    (void)state;
    assert_true(isnan(read_good("nan")));
    assert_true(isnan(read_good("-NaN(ind)")));
    assert_true(isnan(read_good("1.#QNAN")));
    assert_true(isnan(read_good("-1.#IND")));
    assert_true(isinf(read_good("inf")));
    assert_true(isinf(read_good("-Infinity")));
    assert_true(isinf(read_good("1e39")));
    assert_true(read_good("-1e999999999999") == -INFINITY);
    assert_true(isinf(read_good("3.4028236e38")));
}

static void test_refuses_what_is_no_number(void **state)
{
    (void)state;
    static const char *const texts[] = {"",   "-",   "+",    ".",     "-.",  "e5",  "1e",  "1e+",
                                        "1x", "1,5", "0x10", "1.2.3", "--1", "abc", "1e5x"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        float value;
        if (vt_number_read_float(texts[i], strlen(texts[i]), &value)) {
            fail_msg("taken for a number: %s", texts[i]);
        }
    }
}

/* The length alone ends a number: nothing behind it is looked at. */
static void test_reads_no_further_than_its_length(void **state)
{
    (void)state;
    float value;
    assert_true(vt_number_read_float("12345", 2, &value));
    assert_true(value == 12);
    assert_true(vt_number_read_float("1e5", 1, &value));
    assert_true(value == 1);
    assert_false(vt_number_read_float("infinity", 2, &value));
}

static void test_takes_points_in_any_locale(void **state)
{
    (void)state;
    const char *names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8"};
    for (size_t i = 0; i < sizeof names / sizeof *names && !setlocale(LC_ALL, names[i]); i++) {
    }
    assert_true(read_good("1.5") == 1.5F);
    setlocale(LC_ALL, "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_agrees_with_strtof),
        cmocka_unit_test(test_printed_floats_come_back),
        cmocka_unit_test(test_special_values),
        cmocka_unit_test(test_refuses_what_is_no_number),
        cmocka_unit_test(test_reads_no_further_than_its_length),
        cmocka_unit_test(test_takes_points_in_any_locale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
