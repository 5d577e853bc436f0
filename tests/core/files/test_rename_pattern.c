/* New names from patterns: each placeholder, what is replaced, and faults told at their place. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/files/rename_pattern.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Asked by LeakSanitizer, if there is one: newlocale() of glibc loses the list that it makes of $LOCPATH. */
const char *__lsan_default_suppressions(void); /* NOLINT: the sanitizer chose the name */
const char *__lsan_default_suppressions(void)  /* NOLINT */
{
    return "leak:argz_add_sep\n";
}

/* 2024-03-09 12:34:56 UTC; the tests' time zone is that. */
#define TIME (INT64_C(1709987696) * VT_NS_PER_S)

static vt_rename_pattern *create(const char *text, const char *search, const char *replace)
{
    vt_error error = VT_ERROR_INIT;
    vt_rename_pattern *pattern = vt_rename_pattern_create(text, strlen(text), search, replace, NULL, &error);
    if (!pattern) {
        fail_msg("%s: %s", text, error.message);
    }
    return pattern;
}

static void expect_name(const vt_rename_pattern *pattern, const char *path, size_t number,
                        const char *expected)
{
    vt_str name = VT_STR_INIT;
    const vt_rename_file file = {path, TIME};
    assert_int_equal(vt_rename_pattern_name(pattern, &file, number, &name), VT_RENAME_FINE);
    assert_string_equal(name.data, expected);
    vt_str_free(&name);
}

static void each_placeholder_gives_its_text(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *path, *expected;
        size_t number;
    } cases[] = {
        {"{name}", "/f/a.png", "a.png", 0},
        {"x", "/f/a.png", "x.png", 0},
        {"x", "/f/a", "x", 0},
        {"x", "/f/.a", "x", 0}, /* no extension */
        {"{name}", "/f/a.tar.gz", "a.tar.gz", 0},
        {"{name}.{ext}", "/f/a.PNG", "a.PNG", 0},
        {"{name}.{ext:lower}", "/f/a.PNG", "a.png", 0},
        {"{name}.{ext}", "/f/a", "a", 0}, /* no dot either */
        {"{ext}-{name}", "/f/a.png", "png-a", 0},
        {"{n}", "/f/a.png", "1.png", 0},
        {"{n}", "/f/a.png", "12.png", 11},
        {"{n:3}", "/f/a.png", "012.png", 11},
        {"{n:3}", "/f/a.png", "1000.png", 999},
        {"{n:2,0}", "/f/a.png", "00.png", 0},
        {"{n:4,100,5}", "/f/a.png", "0115.png", 3},
        {"{n:20,1000000000,1000000}", "/f/a", "00000001000999000000", 999999},
        {"{date}", "/f/a.png", "2024-03-09.png", 0},
        {"{date:}", "/f/a.png", "2024-03-09.png", 0},
        {"{date:%Y%m%d_%H%M%S}{n}", "/f/a.png", "20240309_1234561.png", 0},
        {"{date:%H:%M}", "/f/a.png", "12:34.png", 0},
        {"{folder}_{n}", "/some/holiday/a.png", "holiday_1.png", 0},
        {"{folder}", "/a.png", "", 0}, /* the root has no name */
        {"{folder:upper}{name:lower}",
         "/h\xc3\xb6r/\xc3\x84\xff"
         "B.png",
         "H\xc3\x96R\xc3\xa4\xff"
         "b.png",
         0},
        {"{name:upper}", "/f/\xf0\x90\x90\xa8\xe2\x82\xac.png", "\xf0\x90\x90\x80\xe2\x82\xac.png", 0},
        {"{{{name}}}", "/f/a.png", "{a}.png", 0},
        {"a}}b{{c", "/f/a", "a}b{c", 0},
        {"", "/f/a.png", "", 0},
        {"\xff{name}", "/f/\xfe.png", "\xff\xfe.png", 0}, /* bytes */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_rename_pattern *pattern = create(cases[i].pattern, NULL, NULL);
        expect_name(pattern, cases[i].path, cases[i].number, cases[i].expected);
        vt_rename_pattern_free(pattern);
    }
}

static void texts_are_replaced_in_the_old_name(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *search, *replace, *path, *expected;
    } cases[] = {
        {"{name}", "IMG_", "", "/f/IMG_1.png", "1.png"},
        {"{name}", "a", "bb", "/a/aXaa.a", "bbXbbbb.a"},     /* neither in the folder nor in the extension */
        {"a{name:upper}", "a", "b", "/f/aa.png", "aBB.png"}, /* nor in the pattern */
        {"{name}", "aa", "a", "/f/aaa.png", "aa.png"},       /* once through */
        {"{name}", ".", "[.*]", "/f/a.b.png", "a[.*]b.png"}, /* plain text */
        {"{name}", "", "x", "/f/a.png", "a.png"},
        {"{name}", "\xff", "\xc3\xa4", "/f/\xff.png", "\xc3\xa4.png"},
        {"{name}", "longer than the name", "", "/f/a.png", "a.png"},
        {"{name}", "a", "", "/f/a.png", ""}, /* empty, not ".png" */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_rename_pattern *pattern = create(cases[i].pattern, cases[i].search, cases[i].replace);
        expect_name(pattern, cases[i].path, 0, cases[i].expected);
        vt_rename_pattern_free(pattern);
    }
}

static void dates_are_local_and_may_be_unknown(void **state)
{
    (void)state;
    vt_rename_pattern *pattern = create("{date:%Y-%m-%d %H:%M:%S}", NULL, NULL);
    vt_str name = VT_STR_INIT;
    const vt_rename_file unknown = {"/f/a.png", VT_RENAME_NO_TIME};
    assert_int_equal(vt_rename_pattern_name(pattern, &unknown, 0, &name), VT_RENAME_NO_DATE);
    vt_str_clear(&name);
    const vt_rename_file before = {"/f/a", -1}; /* a nanosecond before 1970 */
    assert_int_equal(vt_rename_pattern_name(pattern, &before, 0, &name), VT_RENAME_FINE);
    assert_string_equal(name.data, "1969-12-31 23:59:59");
    setenv("TZ", "XYZ-2", 1); /* two hours east */
    tzset();
    expect_name(pattern, "/f/a", 0, "2024-03-09 14:34:56");
    setenv("TZ", "UTC", 1);
    tzset();
    vt_str_free(&name);
    vt_rename_pattern_free(pattern);
}

static void faults_are_told_at_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        size_t place;
        const char *part;
    } cases[] = {
        {"ab{nam}", 2, "no such placeholder"},
        {"{}", 0, "no such placeholder"},
        {"{Name}", 0, "no such placeholder"},
        {"ab{name", 2, "'}' of this placeholder is missing"},
        {"{", 0, "'}' of this placeholder is missing"},
        {"ab}c", 2, "without a '{'"},
        {"{name:title}", 6, "'lower' or 'upper'"},
        {"{n:x}", 3, "number of digits"},
        {"{n:0}", 3, "number of digits"},
        {"{n:21}", 3, "number of digits"},
        {"{n:3,}", 5, "first number"},
        {"{n:3,-1}", 5, "first number"},
        {"{n:3,1000000001}", 5, "first number"},
        {"{n:3,99999999999999999999}", 5, "first number"},
        {"{n:3,1,0}", 7, "a step"},
        {"{n:3,1,2,3}", 8, "nothing can follow"},
        {"{date:%Y/%D}", 9, "no conversion"}, /* 03/09/24 */
        {"{date:%}", 6, "no conversion"},
        {"{date:%Ey}", 6, "no conversion"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_error error = VT_ERROR_INIT;
        size_t place = 99;
        const char *text = cases[i].pattern;
        assert_null(vt_rename_pattern_create(text, strlen(text), NULL, NULL, &place, &error));
        assert_int_equal(error.code, VT_ERROR_USAGE);
        char byte[32];
        snprintf(byte, sizeof byte, "at character %zu of", cases[i].place + 1);
        if (place != cases[i].place || !strstr(error.message, cases[i].part) ||
            !strstr(error.message, byte)) {
            fail_msg("%s: %zu, %s", text, place, error.message);
        }
    }
}

/* People count characters, and see what they have typed. */
static void a_fault_behind_other_letters_is_counted_in_characters(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    size_t place = 99;
    const char *text = "Köln ä {numbr} {date}";
    assert_null(vt_rename_pattern_create(text, strlen(text), NULL, NULL, &place, &error));
    assert_int_equal(place, 9); /* bytes, for programs */
    assert_non_null(strstr(error.message, "at character 8 of the pattern, {numbr} {date}: there is no such"));
    text = "{name} {";
    assert_null(vt_rename_pattern_create(text, strlen(text), NULL, NULL, &place, &error));
    assert_non_null(strstr(error.message, "at character 8 of the pattern, {: the '}'"));
}

static void zero_bytes_and_lengths_are_refused(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    size_t place;
    assert_null(vt_rename_pattern_create("ab\0c", 4, NULL, NULL, &place, &error));
    assert_int_equal(place, 2);
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_null(vt_rename_pattern_create("{date:%\0}", 9, NULL, NULL, &place, &error));
    assert_int_equal(place, 6);
    char text[VT_RENAME_PATTERN_MAX + 2];
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    assert_null(vt_rename_pattern_create(text, strlen(text), NULL, NULL, &place, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_null(vt_rename_pattern_create("x", 1, text, NULL, &place, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_null(vt_rename_pattern_create("x", 1, "x", text, &place, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    vt_rename_pattern_free(create(text + 1, NULL, NULL)); /* as long as it may be */
    char many[65 * 3];
    for (size_t i = 0; i < sizeof many; i++) {
        many[i] = "{n}"[i % 3];
    }
    assert_null(vt_rename_pattern_create(many, sizeof many, NULL, NULL, &place, &error));
    assert_int_equal(place, 64 * 3);
    vt_rename_pattern *pattern = vt_rename_pattern_create(many, sizeof many - 3, NULL, NULL, &place, &error);
    assert_non_null(pattern);
    vt_rename_pattern_free(pattern);
    char date[] = "{date:                                                                 }";
    assert_int_equal(strlen(date), 6 + 65 + 1);
    assert_null(vt_rename_pattern_create(date, strlen(date), NULL, NULL, &place, &error));
    assert_int_equal(place, 6 + 64);
}

static void a_pattern_makes_a_plan(void **state)
{
    (void)state;
    static const vt_rename_file files[] = {
        {"/f/a.png", TIME}, {"/f/b.png", TIME}, {"/f/c.png", VT_RENAME_NO_TIME}};
    enum { FILES = sizeof files / sizeof *files };
    vt_rename_plan *plan = vt_rename_plan_create();
    vt_rename_pattern *pattern = create("{date}", NULL, NULL);
    assert_true(vt_rename_pattern_plan(pattern, files, FILES, plan, NULL));
    assert_true(vt_rename_plan_check(plan, false, NULL, NULL, NULL));
    assert_int_equal(vt_rename_plan_count(plan), FILES);
    assert_int_equal(vt_rename_plan_at(plan, 0).problem, VT_RENAME_TWICE);
    assert_int_equal(vt_rename_plan_at(plan, 1).problem, VT_RENAME_TWICE);
    assert_int_equal(vt_rename_plan_at(plan, 2).problem, VT_RENAME_NO_DATE);
    assert_string_equal(vt_rename_plan_at(plan, 1).new_path, "/f/2024-03-09.png");
    assert_null(vt_rename_plan_at(plan, 2).new_path);
    vt_rename_pattern_free(pattern);
    vt_rename_plan_free(plan);

    plan = vt_rename_plan_create();
    pattern = create("{n}/x", NULL, NULL);
    assert_true(vt_rename_pattern_plan(pattern, files, FILES, plan, NULL));
    assert_int_equal(vt_rename_plan_at(plan, 2).problem, VT_RENAME_SLASH);
    const vt_rename_file relative = {"a.png", TIME};
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_rename_pattern_plan(pattern, &relative, 1, plan, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    vt_rename_pattern_free(pattern);
    vt_rename_plan_free(plan);
}

/* What a menu shows is what a pattern takes. */
static void the_table_of_placeholders_is_true(void **state)
{
    (void)state;
    size_t count = 0;
    for (; *vt_rename_placeholder_at(count).name; count++) {
        vt_rename_pattern_free(create(vt_rename_placeholder_at(count).example, NULL, NULL));
        assert_true(strlen(vt_rename_placeholder_at(count).meaning) > 0);
    }
    assert_int_equal(count, 5);
}

int main(void)
{
    setenv("TZ", "UTC", 1);
    tzset();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_placeholder_gives_its_text),
        cmocka_unit_test(texts_are_replaced_in_the_old_name),
        cmocka_unit_test(dates_are_local_and_may_be_unknown),
        cmocka_unit_test(faults_are_told_at_their_place),
        cmocka_unit_test(a_fault_behind_other_letters_is_counted_in_characters),
        cmocka_unit_test(zero_bytes_and_lengths_are_refused),
        cmocka_unit_test(a_pattern_makes_a_plan),
        cmocka_unit_test(the_table_of_placeholders_is_true),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
