/* core/base/json_writer: forms, escaping, numbers, faults. */
#include "tests/support/check.h"

#include "core/base/json_writer.h"
#include "core/base/str.h"

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static vt_json_writer json;
static vt_str text = VT_STR_INIT;

static void begin(vt_json_style style)
{
    vt_str_clear(&text);
    vt_json_begin(&json, vt_json_to_str, &text, style);
}

static void assert_written(const char *expected)
{
    vt_error error = VT_ERROR_INIT;
    if (!vt_json_end(&json, &error)) {
        fail_msg("%s", error.message);
    }
    assert_string_equal(text.data, expected);
}

static void assert_fault(vt_error_code code)
{
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_json_end(&json, &error));
    assert_int_equal(error.code, code);
    assert_true(strlen(error.message) > 10);
}

static void write_sample(void)
{
    vt_json_object_begin(&json);
    vt_json_key(&json, "name");
    vt_json_string(&json, "a");
    vt_json_key(&json, "list");
    vt_json_array_begin(&json);
    vt_json_int(&json, 1);
    vt_json_bool(&json, true);
    vt_json_null(&json);
    vt_json_array_end(&json);
    vt_json_key(&json, "empty");
    vt_json_object_begin(&json);
    vt_json_object_end(&json);
    vt_json_key(&json, "none");
    vt_json_array_begin(&json);
    vt_json_array_end(&json);
    vt_json_key(&json, "no");
    vt_json_string(&json, NULL);
    vt_json_object_end(&json);
}

static void both_styles(void **state)
{
    (void)state;
    begin(VT_JSON_COMPACT);
    write_sample();
    assert_written("{\"name\":\"a\",\"list\":[1,true,null],\"empty\":{},\"none\":[],\"no\":null}");
    begin(VT_JSON_INDENTED);
    write_sample();
    assert_written("{\n  \"name\": \"a\",\n  \"list\": [\n    1,\n    true,\n    null\n  ],\n"
                   "  \"empty\": {},\n  \"none\": [],\n  \"no\": null\n}\n");
}

static void text_is_escaped_and_valid(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t count;
        const char *expected;
    } cases[] = {
        {"", 0, "\"\""},
        {"plain / text", 12, "\"plain / text\""},
        {"a\"b\\c", 5, "\"a\\\"b\\\\c\""},
        {"\b\f\n\r\t", 5, "\"\\b\\f\\n\\r\\t\""},
        {"\x00\x1f\x7f", 3, "\"\\u0000\\u001f\x7f\""},
        {"\xc3\xa4\xf0\x9f\x96\xbc", 6, "\"\xc3\xa4\xf0\x9f\x96\xbc\""},
        {"x\xff\xfey", 4, "\"x\xef\xbf\xbd\xef\xbf\xbdy\""},
        {"\xc3", 1, "\"\xef\xbf\xbd\""},                                 /* cut short */
        {"\xc0\xaf", 2, "\"\xef\xbf\xbd\xef\xbf\xbd\""},                 /* overlong */
        {"\xed\xa0\x80", 3, "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""}, /* surrogate */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin(VT_JSON_COMPACT);
        vt_json_bytes(&json, cases[i].bytes, cases[i].count);
        assert_written(cases[i].expected);
        assert_true(vt_utf8_valid(text.data, text.length));
    }
    begin(VT_JSON_COMPACT);
    vt_json_object_begin(&json);
    vt_json_key(&json, "k\n\xff");
    vt_json_null(&json);
    vt_json_object_end(&json);
    assert_written("{\"k\\n\xef\xbf\xbd\":null}");
}

static void whole_numbers_are_exact(void **state)
{
    (void)state;
    begin(VT_JSON_COMPACT);
    vt_json_array_begin(&json);
    vt_json_int(&json, INT64_MIN);
    vt_json_int(&json, INT64_MAX);
    vt_json_uint(&json, UINT64_MAX);
    vt_json_array_end(&json);
    assert_written("[-9223372036854775808,9223372036854775807,18446744073709551615]");
}

static void doubles_read_back_the_same(void **state)
{
    (void)state;
    const double values[] = {0, -0.0, 0.1, 1.0 / 3, 1e300, 5e-324, 123456789.125, -2.5, 1e21, 0.1 + 0.2};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        begin(VT_JSON_COMPACT);
        vt_json_double(&json, values[i]);
        assert_true(vt_json_end(&json, NULL));
        double back = strtod(text.data, NULL);
        assert_memory_equal(&back, &values[i], sizeof back);
    }
    begin(VT_JSON_COMPACT);
    vt_json_double(&json, 0.1);
    assert_written("0.1");
    begin(VT_JSON_COMPACT);
    vt_json_array_begin(&json);
    vt_json_double(&json, NAN);
    vt_json_double(&json, INFINITY);
    vt_json_double(&json, -INFINITY);
    vt_json_array_end(&json);
    assert_written("[null,null,null]");
}

static void the_locale_does_not_matter(void **state)
{
    (void)state;
    if (!setlocale(LC_NUMERIC, "de_DE.UTF-8") && !setlocale(LC_NUMERIC, "fr_FR.UTF-8")) {
        print_message("no locale with a decimal comma is installed\n");
        skip();
    }
    begin(VT_JSON_COMPACT);
    vt_json_double(&json, 1.5);
    bool ok = vt_json_end(&json, NULL);
    setlocale(LC_NUMERIC, "C");
    assert_true(ok);
    assert_string_equal(text.data, "1.5");
}

static void misuse_is_told(void **state)
{
    (void)state;
    begin(VT_JSON_COMPACT);
    assert_fault(VT_ERROR_INTERNAL); /* nothing written */
    begin(VT_JSON_COMPACT);
    vt_json_null(&json);
    vt_json_null(&json);
    assert_fault(VT_ERROR_INTERNAL); /* two values */
    begin(VT_JSON_COMPACT);
    vt_json_object_begin(&json);
    vt_json_int(&json, 1);
    assert_fault(VT_ERROR_INTERNAL); /* no key */
    begin(VT_JSON_COMPACT);
    vt_json_array_begin(&json);
    vt_json_key(&json, "k");
    assert_fault(VT_ERROR_INTERNAL); /* a key in an array */
    begin(VT_JSON_COMPACT);
    vt_json_object_begin(&json);
    vt_json_key(&json, "k");
    vt_json_object_end(&json);
    assert_fault(VT_ERROR_INTERNAL); /* a key without value */
    begin(VT_JSON_COMPACT);
    vt_json_array_begin(&json);
    vt_json_object_end(&json);
    assert_fault(VT_ERROR_INTERNAL); /* the wrong end */
    begin(VT_JSON_COMPACT);
    vt_json_array_begin(&json);
    assert_fault(VT_ERROR_INTERNAL); /* not ended */
    begin(VT_JSON_COMPACT);
    vt_json_array_end(&json);
    assert_fault(VT_ERROR_INTERNAL); /* ended twice */
}

static void depth_is_limited(void **state)
{
    (void)state;
    for (int depth = VT_JSON_DEPTH_MAX; depth <= VT_JSON_DEPTH_MAX + 1; depth++) {
        begin(VT_JSON_COMPACT);
        for (int i = 0; i < depth; i++) {
            vt_json_array_begin(&json);
        }
        for (int i = 0; i < depth; i++) {
            vt_json_array_end(&json);
        }
        assert_int_equal(vt_json_end(&json, NULL), depth == VT_JSON_DEPTH_MAX);
    }
}

static int calls;

static bool fail_at_third(void *user, const char *bytes, size_t count)
{
    (void)user;
    (void)bytes;
    (void)count;
    errno = ENOSPC;
    return ++calls < 3;
}

static void a_failed_sink_stops_output(void **state)
{
    (void)state;
    calls = 0;
    vt_json_begin(&json, fail_at_third, NULL, VT_JSON_INDENTED);
    write_sample();
    assert_fault(VT_ERROR_NO_SPACE);
    assert_int_equal(calls, 3);

    FILE *full = fopen("/dev/full", "w");
    if (full) {
        setvbuf(full, NULL, _IONBF, 0);
        vt_json_begin(&json, vt_json_to_file, full, VT_JSON_COMPACT);
        write_sample();
        assert_fault(VT_ERROR_NO_SPACE);
        fclose(full);
    }
}

static void writes_to_a_file(void **state)
{
    (void)state;
    char *bytes = NULL;
    size_t count = 0;
    FILE *file = open_memstream(&bytes, &count);
    assert_non_null(file);
    vt_json_begin(&json, vt_json_to_file, file, VT_JSON_COMPACT);
    vt_json_string(&json, "x");
    assert_true(vt_json_end(&json, NULL));
    fclose(file);
    assert_string_equal(bytes, "\"x\"");
    free(bytes);
}

static int clean_up(void **state)
{
    (void)state;
    vt_str_free(&text);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_styles),
        cmocka_unit_test(text_is_escaped_and_valid),
        cmocka_unit_test(whole_numbers_are_exact),
        cmocka_unit_test(doubles_read_back_the_same),
        cmocka_unit_test(the_locale_does_not_matter),
        cmocka_unit_test(misuse_is_told),
        cmocka_unit_test(depth_is_limited),
        cmocka_unit_test(a_failed_sink_stops_output),
        cmocka_unit_test(writes_to_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, clean_up);
}
