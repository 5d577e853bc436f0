#include "tests/support/check.h"

#include "core/sequence/sequence_name.h"

#include <string.h>

/* The name with its parts: where the digits stand, as "prefix|digits|suffix". */
static void check_parts(const char *name, const char *parts_expected, int64_t number)
{
    vt_sequence_name parts;
    vt_error error = VT_ERROR_INIT;
    if (!vt_sequence_name_parse(name, strlen(name), &parts, &error)) {
        fail_msg("%s: %s", name, error.message);
    }
    char found[300];
    size_t end = (size_t)parts.digits_at + parts.digits_length;
    snprintf(found, sizeof found, "%.*s|%.*s|%s", (int)parts.digits_at, name, (int)parts.digits_length,
             name + parts.digits_at, name + end);
    assert_string_equal(found, parts_expected);
    assert_int_equal(parts.number, number);
    assert_int_equal(parts.length, strlen(name));
}

static void finds_the_number_wherever_it_stands(void **state)
{
    (void)state;
    check_parts("name.0001.png", "name.|0001|.png", 1);
    check_parts("name_0001.png", "name_|0001|.png", 1);
    check_parts("name0001.png", "name|0001|.png", 1);
    check_parts("0001.png", "|0001|.png", 1);
    check_parts("name-0001-left.exr", "name-|0001|-left.exr", 1);
    check_parts("name 7", "name |7|", 7);
    check_parts("a.0.b", "a.|0|.b", 0);
    check_parts(".0017.png", ".|0017|.png", 17);
    check_parts("0017", "|0017|", 17);
    check_parts("scene2_take3_0042.tga", "scene2_take3_|0042|.tga", 42);
}

static void has_no_negative_numbers(void **state)
{
    (void)state;
    check_parts("name-12.png", "name-|12|.png", 12);
    check_parts("name.-0012.png", "name.-|0012|.png", 12);
}

static void takes_no_digits_of_the_extension(void **state)
{
    (void)state;
    check_parts("name.0001.jp2", "name.|0001|.jp2", 1);
    vt_sequence_name parts;
    assert_false(vt_sequence_name_parse("name.mp4", 8, &parts, NULL));
    assert_true(vt_sequence_name_parse("a1.png", 6, &parts, NULL));
    assert_int_equal(parts.extension_at, 3);
    assert_true(vt_sequence_name_parse("a1", 2, &parts, NULL));
    assert_int_equal(parts.extension_at, 2);
    assert_true(vt_sequence_name_parse("a1.", 3, &parts, NULL));
    assert_int_equal(parts.extension_at, 3);
}

static void passes_over_versions_sizes_and_quantities(void **state)
{
    (void)state;
    check_parts("shot_v002.0101.exr", "shot_v002.|0101|.exr", 101);
    check_parts("shot.0101.v002.exr", "shot.|0101|.v002.exr", 101);
    check_parts("v2_0101.exr", "v2_|0101|.exr", 101);
    check_parts("shot.0101_V3.exr", "shot.|0101|_V3.exr", 101);
    check_parts("rev0101.exr", "rev|0101|.exr", 101); /* no version: a word that ends in v */
    check_parts("shot_0001_1920x1080.png", "shot_|0001|_1920x1080.png", 1);
    check_parts("shot_0001_1080p.png", "shot_|0001|_1080p.png", 1);
    check_parts("shot_0001_16bit.png", "shot_|0001|_16bit.png", 1);
    check_parts("shot_0001_4K.png", "shot_|0001|_4K.png", 1);
    check_parts("shot_0001px.0002.png", "shot_0001px.|0002|.png", 2);
    check_parts("shot_0001kind.png", "shot_|0001|kind.png", 1);
}

static void names_are_bytes(void **state)
{
    (void)state;
    check_parts("\xFF\xFE"
                "0001.png",
                "\xFF\xFE|0001|.png", 1);
    check_parts("name\xC3.0002\x80.png", "name\xC3.|0002|\x80.png", 2);
    check_parts("\xD9\xA1.0003.png", "\xD9\xA1.|0003|.png", 3); /* an Arabic digit one is no digit here */
    check_parts("a\nb\x1B[2J.0004.png", "a\nb\x1B[2J.|0004|.png", 4);
}

static void reads_numbers_below_two_to_the_63(void **state)
{
    (void)state;
    check_parts("a9223372036854775807.png", "a|9223372036854775807|.png", INT64_MAX);
    check_parts("a00000000000000000000000000000000000000000000000012.png",
                "a|00000000000000000000000000000000000000000000000012|.png", 12);
    static const char *const too_large[] = {"a9223372036854775808.png", "a99999999999999999999.png",
                                            "a1.18446744073709551617.png"};
    for (size_t i = 0; i < sizeof too_large / sizeof *too_large; i++) {
        vt_sequence_name parts;
        vt_error error = VT_ERROR_INIT;
        assert_false(vt_sequence_name_parse(too_large[i], strlen(too_large[i]), &parts, &error));
        assert_int_equal(error.code, VT_ERROR_LIMIT);
        assert_non_null(strstr(error.message, i == 2 ? "at byte 4" : "at byte 2"));
    }
}

static void refuses_what_is_no_name_of_a_frame(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        size_t length;
        vt_error_code code;
    } cases[] = {{"", 0, VT_ERROR_USAGE},           {"a/1.png", 7, VT_ERROR_USAGE},
                 {"a\0001.png", 7, VT_ERROR_USAGE}, {"photo.png", 9, VT_ERROR_NOT_FOUND},
                 {".png", 4, VT_ERROR_NOT_FOUND},   {"shot_v002.exr", 13, VT_ERROR_NOT_FOUND},
                 {".", 1, VT_ERROR_NOT_FOUND},      {"4k.png", 6, VT_ERROR_NOT_FOUND}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_sequence_name parts;
        vt_error error = VT_ERROR_INIT;
        assert_false(vt_sequence_name_parse(cases[i].name, cases[i].length, &parts, &error));
        assert_int_equal(error.code, cases[i].code);
        assert_true(error.message[0] != '\0');
    }
}

static void takes_names_of_255_bytes_and_no_more(void **state)
{
    (void)state;
    char name[257];
    memset(name, '0', sizeof name);
    vt_sequence_name parts;
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_sequence_name_parse(name, 255, &parts, NULL));
    assert_int_equal(parts.digits_length, 255);
    assert_int_equal(parts.number, 0);
    assert_true(vt_sequence_name_is_padded(name, &parts));
    assert_false(vt_sequence_name_parse(name, 256, &parts, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_non_null(strstr(error.message, "256 bytes"));
}

static void knows_padding_by_a_leading_zero(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        bool padded;
    } cases[] = {
        {"a0.png", false}, {"a00.png", true}, {"a9.png", false}, {"a09.png", true}, {"a10.png", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_sequence_name parts;
        assert_true(vt_sequence_name_parse(cases[i].name, strlen(cases[i].name), &parts, NULL));
        assert_int_equal(vt_sequence_name_is_padded(cases[i].name, &parts), cases[i].padded);
    }
}

static vt_sequence_pattern pattern_of(const char *name, uint32_t width)
{
    vt_sequence_name parts;
    assert_true(vt_sequence_name_parse(name, strlen(name), &parts, NULL));
    return vt_sequence_pattern_of(name, &parts, width);
}

static void check_name(const vt_sequence_pattern *pattern, int64_t frame, const char *expected)
{
    vt_str out = VT_STR_INIT;
    int64_t again = -1;
    assert_true(vt_sequence_pattern_name(pattern, frame, &out, NULL));
    assert_string_equal(out.data, expected);
    assert_true(vt_sequence_pattern_matches(pattern, out.data, out.length, &again));
    assert_int_equal(again, frame);
    vt_str_free(&out);
}

static void writes_the_name_of_every_frame(void **state)
{
    (void)state;
    vt_sequence_pattern padded = pattern_of("name.0001-left.png", 4);
    check_name(&padded, 0, "name.0000-left.png");
    check_name(&padded, 240, "name.0240-left.png");
    check_name(&padded, 9999, "name.9999-left.png");
    check_name(&padded, 10000, "name.10000-left.png");
    check_name(&padded, INT64_MAX, "name.9223372036854775807-left.png");
    vt_sequence_pattern unpadded = pattern_of("9.png", 1);
    check_name(&unpadded, 9, "9.png");
    check_name(&unpadded, 10, "10.png");
}

static void refuses_names_that_cannot_be(void **state)
{
    (void)state;
    vt_str out = VT_STR_INIT;
    vt_error error = VT_ERROR_INIT;
    vt_sequence_pattern pattern = pattern_of("name.0001.png", 4);
    assert_false(vt_sequence_pattern_name(&pattern, -1, &out, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_non_null(strstr(error.message, "-1"));
    pattern.width = 246; /* 5 + 246 + 4 = 255 */
    assert_true(vt_sequence_pattern_name(&pattern, 1, &out, NULL));
    assert_int_equal(out.length, 255);
    vt_str_clear(&out);
    pattern.width = 247;
    assert_false(vt_sequence_pattern_name(&pattern, 1, &out, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_int_equal(out.length, 0);
    pattern.width = UINT32_MAX;
    assert_false(vt_sequence_pattern_name(&pattern, 1, &out, &error));
    vt_str_free(&out);
}

static void matches_its_own_names_only(void **state)
{
    (void)state;
    vt_sequence_pattern pattern = pattern_of("name.0001.png", 4);
    static const char *const others[] = {
        "name.001.png", "name.00001.png", "name.1.png", "name.0001.PNG", "game.0001.png",
        "name..png",    "name.000a.png",  "x",          "name.+001.png", "name.9223372036854775808.png"};
    int64_t frame = -7;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_false(vt_sequence_pattern_matches(&pattern, others[i], strlen(others[i]), &frame));
    }
    assert_int_equal(frame, -7);
    assert_true(vt_sequence_pattern_matches(&pattern, "name.12345.png", 14, &frame));
    assert_int_equal(frame, 12345);
}

static void check_shown(const char *name, uint32_t width, const char *hashes, const char *format)
{
    vt_sequence_pattern pattern = pattern_of(name, width);
    vt_str out = VT_STR_INIT;
    vt_sequence_pattern_append_hashes(&pattern, &out);
    assert_string_equal(out.data, hashes);
    vt_str_clear(&out);
    vt_sequence_pattern_append_printf(&pattern, &out);
    assert_string_equal(out.data, format);
    vt_str_free(&out);
}

static void shows_the_pattern(void **state)
{
    (void)state;
    check_shown("name.0001.png", 4, "name.####.png", "name.%04d.png");
    check_shown("name9.png", 1, "name#.png", "name%d.png");
    check_shown("100%_0012_half%.png", 4, "100%_####_half%.png", "100%%_%04d_half%%.png");
    check_shown("0000000012.png", 10, "##########.png", "%010d.png");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_number_wherever_it_stands),
        cmocka_unit_test(has_no_negative_numbers),
        cmocka_unit_test(takes_no_digits_of_the_extension),
        cmocka_unit_test(passes_over_versions_sizes_and_quantities),
        cmocka_unit_test(names_are_bytes),
        cmocka_unit_test(reads_numbers_below_two_to_the_63),
        cmocka_unit_test(refuses_what_is_no_name_of_a_frame),
        cmocka_unit_test(takes_names_of_255_bytes_and_no_more),
        cmocka_unit_test(knows_padding_by_a_leading_zero),
        cmocka_unit_test(writes_the_name_of_every_frame),
        cmocka_unit_test(refuses_names_that_cannot_be),
        cmocka_unit_test(matches_its_own_names_only),
        cmocka_unit_test(shows_the_pattern),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
