/* core/decode/exposure: what window and command line say of an exposure. */
#include "tests/support/check.h"

#include "core/decode/exposure.h"

#include <locale.h>

static void expect(const vt_metadata *metadata, const char *text)
{
    vt_str words = VT_STR_INIT;
    vt_exposure_append(&words, metadata);
    assert_string_equal(words.length > 0 ? words.data : "", text);
    vt_str_free(&words);
}

static void times_read_as_on_the_camera(void **state)
{
    (void)state;
    static const struct {
        double seconds;
        const char *text;
    } times[] = {{1e-9, "1/1000000000 s"}, {0.00025, "1/4000 s"}, {0.25, "1/4 s"},
                 {1 / 3.0, "0.3 s"},       {0.76923, "0.8 s"},    {1, "1 s"},
                 {2.5, "2.5 s"},           {30, "30 s"},          {1e6, "1000000 s"}};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        vt_metadata metadata = {0};
        vt_metadata_set_number(&metadata, VT_METADATA_EXPOSURE, times[i].seconds);
        expect(&metadata, times[i].text);
    }
}

static void what_is_known_stands_apart(void **state)
{
    (void)state;
    vt_metadata metadata = {0};
    expect(&metadata, "");
    vt_metadata_set_number(&metadata, VT_METADATA_FOCAL, 6.8600001);
    expect(&metadata, "6.86 mm");
    vt_metadata_set_number(&metadata, VT_METADATA_ISO, 400);
    expect(&metadata, "ISO 400  6.86 mm");
    vt_metadata_set_number(&metadata, VT_METADATA_F_NUMBER, 1.7999);
    expect(&metadata, "f/1.8  ISO 400  6.86 mm");
    vt_metadata_set_number(&metadata, VT_METADATA_EXPOSURE, 0.005);
    expect(&metadata, "1/200 s  f/1.8  ISO 400  6.86 mm");
}

static void it_is_added_to_what_stands_there(void **state)
{
    (void)state;
    vt_metadata metadata = {0};
    vt_str words = VT_STR_INIT;
    vt_metadata_set_number(&metadata, VT_METADATA_F_NUMBER, 8);
    vt_str_append_cstr(&words, "Exposure: ");
    vt_exposure_append(&words, &metadata);
    assert_string_equal(words.data, "Exposure: f/8");
    vt_str_free(&words);
}

static void a_decimal_comma_does_not_get_in(void **state)
{
    (void)state;
    if (!setlocale(LC_NUMERIC, "de_DE.UTF-8")) {
        print_message("skipped: the locale de_DE.UTF-8 is not installed\n");
        skip();
    }
    vt_metadata metadata = {0};
    vt_metadata_set_number(&metadata, VT_METADATA_F_NUMBER, 2.8);
    vt_metadata_set_number(&metadata, VT_METADATA_EXPOSURE, 2.5);
    expect(&metadata, "2.5 s  f/2.8");
    setlocale(LC_NUMERIC, "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_read_as_on_the_camera),
        cmocka_unit_test(what_is_known_stands_apart),
        cmocka_unit_test(it_is_added_to_what_stands_there),
        cmocka_unit_test(a_decimal_comma_does_not_get_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
