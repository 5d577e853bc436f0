#include "tests/support/check.h"

#include "core/sequence/frame_rate.h"

#include <string.h>

static void check_read(const char *text, uint32_t numerator, uint32_t denominator)
{
    vt_frame_rate rate = {0, 0};
    vt_error error = VT_ERROR_INIT;
    if (!vt_frame_rate_parse(text, strlen(text), &rate, NULL, &error)) {
        fail_msg("%s: %s", text, error.message);
    }
    assert_int_equal(rate.numerator, numerator);
    assert_int_equal(rate.denominator, denominator);
}

static void reads_whole_rates_decimals_and_fractions(void **state)
{
    (void)state;
    check_read("24", 24, 1);
    check_read(" 24 ", 24, 1);
    check_read("24.0", 24, 1);
    check_read("0024", 24, 1);
    check_read("12.5", 25, 2);
    check_read("0.5", 1, 2);
    check_read("30000/1001", 30000, 1001);
    check_read(" 50 / 2 ", 25, 1);
    check_read("10/3", 10, 3);
    check_read("14.985", 2997, 200);
}

static void reads_the_decimals_of_ntsc_as_fractions(void **state)
{
    (void)state;
    check_read("23.976", 24000, 1001);
    check_read("23.98", 24000, 1001);
    check_read("23.976024", 24000, 1001);
    check_read("29.97", 30000, 1001);
    check_read("29.970", 30000, 1001);
    check_read("47.952", 48000, 1001);
    check_read("59.94", 60000, 1001);
    check_read("119.88", 120000, 1001);
    check_read("24.0", 24, 1);
    check_read("30.0", 30, 1);      /* one decimal is no rounding of 29.97 */
    check_read("23.97", 2397, 100); /* nor is this one of 23.976 */
    check_read("2997/100", 2997, 100);
}

static void writes_what_it_reads_as_the_same_rate(void **state)
{
    (void)state;
    static const struct {
        vt_frame_rate rate;
        const char *text;
    } cases[] = {
        {{24, 1}, "24"},
        {{25, 2}, "12.5"},
        {{24000, 1001}, "23.976"},
        {{30000, 1001}, "29.97"},
        {{48000, 1001}, "47.952"},
        {{60000, 1001}, "59.94"},
        {{120000, 1001}, "119.88"},
        {{10, 3}, "10/3"},
        {{2997, 100}, "2997/100"},
        {{1000, 1}, "1000"},
        {{1, 3600}, "1/3600"},
        {{15000, 1001}, "15000/1001"},
        {{999999, 1000}, "999.999"},
        {{1, 64}, "0.015625"},
        {{1, 128}, "1/128"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[VT_FRAME_RATE_TEXT];
        size_t length = vt_frame_rate_format(cases[i].rate, text);
        assert_string_equal(text, cases[i].text);
        assert_int_equal(length, strlen(text));
        check_read(text, cases[i].rate.numerator, cases[i].rate.denominator);
    }
    vt_frame_rate film = VT_FRAME_RATE_DEFAULT;
    check_read("24", film.numerator, film.denominator);
}

/* Every small fraction comes back from its own text. */
static void comes_back_from_its_text(void **state)
{
    (void)state;
    unsigned tried = 0;
    for (uint64_t above = 1; above < 400; above++) {
        for (uint64_t below = 1; below < 120; below++) {
            vt_frame_rate rate, again;
            char text[VT_FRAME_RATE_TEXT];
            if (vt_frame_rate_make(above, below, &rate, NULL)) {
                size_t length = vt_frame_rate_format(rate, text);
                assert_true(vt_frame_rate_parse(text, length, &again, NULL, NULL));
                assert_int_equal(again.numerator, rate.numerator);
                assert_int_equal(again.denominator, rate.denominator);
                tried++;
            }
        }
    }
    assert_int_equal(tried, 399 * 119);
}

static void check_refused(const char *text, vt_error_code code, size_t position, const char *words)
{
    vt_frame_rate rate = {7, 7};
    vt_error error = VT_ERROR_INIT;
    size_t at = 99;
    assert_false(vt_frame_rate_parse(text, strlen(text), &rate, &at, &error));
    assert_int_equal(error.code, code);
    assert_int_equal(at, position);
    if (!strstr(error.message, words)) {
        fail_msg("\"%s\": \"%s\" says nothing of \"%s\"", text, error.message, words);
    }
    assert_int_equal(rate.numerator, 7);
}

static void names_the_place_of_what_it_cannot_read(void **state)
{
    (void)state;
    check_refused("", VT_ERROR_USAGE, 0, "a number at character 1");
    check_refused("fast", VT_ERROR_USAGE, 0, "a number at character 1");
    check_refused("-24", VT_ERROR_USAGE, 0, "a number at character 1");
    check_refused("24 fps", VT_ERROR_USAGE, 3, "the end at character 4");
    check_refused("24,5", VT_ERROR_USAGE, 2, "the end at character 3");
    check_refused("24.", VT_ERROR_USAGE, 3, "a digit after the point at character 4");
    check_refused("30000/", VT_ERROR_USAGE, 6, "a number at character 7");
    check_refused("30/1.5", VT_ERROR_USAGE, 4, "the end at character 5");
    check_refused("23.976/1", VT_ERROR_USAGE, 6, "the end at character 7");
    check_refused("23.9760239", VT_ERROR_LIMIT, 9, "more than 6 digits");
}

static void refuses_what_no_film_has(void **state)
{
    (void)state;
    check_refused("0", VT_ERROR_LIMIT, 1, "above 0");
    check_refused("24/0", VT_ERROR_LIMIT, 4, "above 0");
    check_refused("1000.1", VT_ERROR_LIMIT, 6, "above 1000");
    check_refused("1/3601", VT_ERROR_LIMIT, 6, "below one frame in 3600 seconds");
    check_refused("1000003/1000", VT_ERROR_LIMIT, 12, "larger than 1000000");
    check_refused("99999999999999999999999999999999999999999999/1", VT_ERROR_LIMIT, 46, "larger than");
    check_refused("1/99999999999999999999999999999999999999999999", VT_ERROR_LIMIT, 46, "larger than");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_whole_rates_decimals_and_fractions),
        cmocka_unit_test(reads_the_decimals_of_ntsc_as_fractions),
        cmocka_unit_test(writes_what_it_reads_as_the_same_rate),
        cmocka_unit_test(comes_back_from_its_text),
        cmocka_unit_test(names_the_place_of_what_it_cannot_read),
        cmocka_unit_test(refuses_what_no_film_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
