/* core/base/json_reader: every kind of value, strictness by RFC 8259, limits, places of faults, the writer's
   output read back, every truncation. */
#include "tests/support/check.h"

#include "core/base/json_reader.h"
#include "core/base/json_writer.h"

#include <locale.h>
#include <math.h>
#include <string.h>

/* Reads a whole text by skipping it; the fault's words, or NULL. */
static const char *fault_of_bytes(const char *text, size_t length)
{
    static vt_error error;
    vt_error_clear(&error);
    vt_json_reader json;
    vt_json_read_begin(&json, "test", text, length);
    bool skipped = vt_json_skip(&json);
    bool good = vt_json_read_end(&json, &error);
    assert_true(skipped || !good);
    assert_int_equal(good, error.code == VT_ERROR_NONE);
    return good ? NULL : error.message;
}

static const char *fault_of(const char *text)
{
    return fault_of_bytes(text, strlen(text));
}

static void test_valid_texts(void **state)
{
    (void)state;
    static const char *const texts[] = {"null",
                                        " true ",
                                        "\t\r\n false",
                                        "0",
                                        "-0",
                                        "-1.5e+3",
                                        "1E9",
                                        "\"\"",
                                        "[]",
                                        "{}",
                                        "[[],[{}]]",
                                        "{\"a\":1,\"a\":{\"b\":[1,2,3]}}",
                                        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\ud83d\\ude00\"",
                                        "\"\xC3\xA4\""};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *fault = fault_of(texts[i]);
        assert_null(fault);
    }
}

static void test_invalid_texts(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        " ",
                                        "nul",
                                        "True",
                                        "tru",
                                        "NaN",
                                        "Infinity",
                                        "-",
                                        "01",
                                        "1.",
                                        ".5",
                                        "+1",
                                        "1e",
                                        "1e+",
                                        "0x10",
                                        "--1",
                                        "[1,]",
                                        "[,1]",
                                        "[1 2]",
                                        "[1",
                                        "[",
                                        "{",
                                        "{\"a\"}",
                                        "{\"a\":}",
                                        "{\"a\":1,}",
                                        "{a:1}",
                                        "{\"a\" 1}",
                                        "{\"a\":1 \"b\":2}",
                                        "[1}",
                                        "{\"a\":1]",
                                        "\"",
                                        "\"\\",
                                        "\"\\x\"",
                                        "\"\\u12\"",
                                        "\"\\u12g4\"",
                                        "\"\\ud800\"",
                                        "\"\\udc00\"",
                                        "\"\\ud800\\u0041\"",
                                        "\"\\ud800x\"",
                                        "\"\n\"",
                                        "\"\xFF\"",
                                        "\"\xC3\"",
                                        "\"\xED\xA0\x80\"",
                                        "1 1",
                                        "{} x",
                                        "// a\n1",
                                        "'a'",
                                        "1e999",
                                        "\\"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *fault = fault_of(texts[i]);
        if (!fault) {
            print_message("taken, and should not be: %s\n", texts[i]);
        }
        assert_non_null(fault);
        assert_non_null(strstr(fault, "test, line "));
    }
    assert_non_null(fault_of_bytes("\"a\0b\"", 5)); /* a raw NUL */
    assert_non_null(fault_of_bytes("1\0", 2));
}

static void test_values(void **state)
{
    (void)state;
    static const char text[] = "{\"d\":-2.5e2,\"i\":-9223372036854775808,\"t\":\"x\\u0000y\",\"u\":\"plain\","
                               "\"b\":true,\"n\":null,\"l\":[1,2,3]}";
    vt_json_reader json;
    vt_json_text key = {0}, value = {0};
    vt_json_read_begin(&json, "test", text, sizeof text - 1);
    double d = 0;
    int64_t i = 0, sum = 0, item = 0;
    bool b = false;
    assert_true(vt_json_enter_object(&json));
    assert_true(vt_json_next_member(&json, &key) && vt_json_text_is(&key, "d"));
    assert_false(vt_json_text_is(&key, "dd"));
    assert_int_equal(vt_json_read_kind(&json), VT_JSON_NUMBER);
    assert_true(vt_json_read_double(&json, &d));
    assert_true(d == -250);
    assert_true(vt_json_next_member(&json, &key) && vt_json_read_int(&json, INT64_MIN, 0, &i));
    assert_true(i == INT64_MIN);
    assert_true(vt_json_next_member(&json, &key) && vt_json_read_text(&json, 3, &value));
    assert_int_equal(value.length, 3);
    assert_memory_equal(value.bytes, "x\0y", 3);
    assert_true(vt_json_next_member(&json, &key) && vt_json_read_text(&json, 5, &value));
    assert_true(vt_json_text_is(&value, "plain"));
    assert_true(value.bytes > text && value.bytes < text + sizeof text); /* not copied */
    assert_true(vt_json_next_member(&json, &key) && vt_json_read_bool(&json, &b) && b);
    assert_true(vt_json_next_member(&json, &key));
    assert_int_equal(vt_json_read_kind(&json), VT_JSON_NULL);
    assert_true(vt_json_skip(&json));
    assert_true(vt_json_next_member(&json, &key) && vt_json_enter_array(&json));
    while (vt_json_next_item(&json)) {
        assert_true(vt_json_read_int(&json, 1, 3, &item));
        sum += item;
    }
    assert_int_equal(sum, 6);
    assert_false(vt_json_next_member(&json, &key));
    assert_true(vt_json_read_end(&json, NULL));
}

/* The first fault stays, tells its place, and everything after it is refused. */
static void test_faults_and_places(void **state)
{
    (void)state;
    static const char text[] = "{\n  \"a\": 1,\n  \"b\": 7.5\n}";
    vt_json_reader json;
    vt_json_text key;
    vt_error error = VT_ERROR_INIT;
    int64_t number = 0;
    bool flag = false;
    vt_json_read_begin(&json, "test", text, sizeof text - 1);
    assert_true(vt_json_enter_object(&json) && vt_json_next_member(&json, &key));
    assert_false(vt_json_read_int(&json, 2, 5, &number));
    assert_int_equal(number, 2);
    assert_true(vt_json_read_failed(&json));
    assert_false(vt_json_refuse(&json, VT_ERROR_USAGE, "later"));
    assert_false(vt_json_next_member(&json, &key));
    assert_false(vt_json_enter_array(&json));
    assert_false(vt_json_read_bool(&json, &flag));
    assert_false(vt_json_skip(&json));
    assert_int_equal(vt_json_read_kind(&json), VT_JSON_NOTHING);
    assert_false(vt_json_read_end(&json, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_string_equal(error.message, "test, line 2, column 8: a number from 2 to 5 should stand here");

    vt_json_read_begin(&json, "test", text, sizeof text - 1);
    assert_true(vt_json_enter_object(&json) && vt_json_next_member(&json, &key) && vt_json_skip(&json) &&
                vt_json_next_member(&json, &key));
    assert_false(vt_json_read_int(&json, 0, 9, &number));
    assert_false(vt_json_read_end(&json, &error));
    assert_string_equal(error.message, "test, line 3, column 8: a whole number should stand here");

    vt_json_read_begin(&json, "test", "\"long\"", 6);
    assert_false(vt_json_read_text(&json, 3, &key));
    assert_false(vt_json_read_end(&json, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);

    vt_json_read_begin(&json, "test", "[]", 2);
    assert_false(vt_json_enter_object(&json));
    assert_false(vt_json_read_end(&json, &error));
    assert_int_equal(error.code, VT_ERROR_CORRUPT);
    assert_string_equal(error.message, "test, line 1, column 1: an object should stand here");

    vt_json_read_begin(&json, "test", "5", 1);
    assert_true(vt_json_read_int(&json, 0, 9, &number));
    assert_false(vt_json_refuse(&json, VT_ERROR_VERSION, "from version %d", 5));
    assert_false(vt_json_read_end(&json, &error));
    assert_int_equal(error.code, VT_ERROR_VERSION);
    assert_string_equal(error.message, "test, line 1, column 1: from version 5");
}

static void test_limits(void **state)
{
    (void)state;
    for (int depth = VT_JSON_READ_DEPTH_MAX; depth <= VT_JSON_READ_DEPTH_MAX + 1; depth++) {
        vt_str text = VT_STR_INIT;
        for (int i = 0; i < depth; i++) {
            vt_str_append_char(&text, '[');
        }
        for (int i = 0; i < depth; i++) {
            vt_str_append_char(&text, ']');
        }
        assert_int_equal(fault_of_bytes(text.data, text.length) == NULL, depth == VT_JSON_READ_DEPTH_MAX);
        vt_str_free(&text);
    }
    char digits[102];
    memset(digits, '1', sizeof digits);
    assert_null(fault_of_bytes(digits, 100));
    assert_non_null(fault_of_bytes(digits, 101));
    assert_non_null(fault_of("1e308000"));
    vt_json_reader json;
    int64_t number = 0;
    vt_json_read_begin(&json, "test", "9223372036854775808", 19);
    assert_false(vt_json_read_int(&json, INT64_MIN, INT64_MAX, &number));
    assert_false(vt_json_read_end(&json, NULL));
}

static void test_every_truncation_is_refused(void **state)
{
    (void)state;
    static const char text[] =
        "{\"a\":[1.5,\"\\u00e4\\ud83d\\ude00\xC3\xA4\",true,null,{}],\"b\":{\"c\":-3}}";
    assert_null(fault_of(text));
    for (size_t length = 0; length < sizeof text - 1; length++) {
        assert_non_null(fault_of_bytes(text, length));
    }
}

static void test_what_the_writer_wrote(void **state)
{
    (void)state;
    static const double numbers[] = {0, -1, 0.1, 1.0 / 3, 1e-300, 123456789.125, 1.7976931348623157e308};
    enum { COUNT = sizeof numbers / sizeof *numbers };
    /* The program runs in the user's locale: where a comma stands, numbers must be read all the same. */
    bool comma = setlocale(LC_NUMERIC, "de_DE.UTF-8") != NULL;
    if (!comma) {
        print_message("the locale de_DE.UTF-8 is not installed: decimal commas are not tried\n");
    }
    vt_str text = VT_STR_INIT;
    vt_json_writer out;
    vt_json_begin(&out, vt_json_to_str, &text, VT_JSON_INDENTED);
    vt_json_array_begin(&out);
    for (int i = 0; i < COUNT; i++) {
        vt_json_double(&out, numbers[i]);
    }
    vt_json_array_end(&out);
    assert_true(vt_json_end(&out, NULL));
    vt_json_reader json;
    vt_json_read_begin(&json, "test", text.data, text.length);
    assert_true(vt_json_enter_array(&json));
    for (int i = 0; i < COUNT; i++) {
        double number = NAN;
        assert_true(vt_json_next_item(&json) && vt_json_read_double(&json, &number));
        assert_true(number == numbers[i]);
    }
    assert_false(vt_json_next_item(&json));
    assert_true(vt_json_read_end(&json, NULL));
    vt_str_free(&text);
    setlocale(LC_NUMERIC, "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_valid_texts),
                                       cmocka_unit_test(test_invalid_texts),
                                       cmocka_unit_test(test_values),
                                       cmocka_unit_test(test_faults_and_places),
                                       cmocka_unit_test(test_limits),
                                       cmocka_unit_test(test_every_truncation_is_refused),
                                       cmocka_unit_test(test_what_the_writer_wrote)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
