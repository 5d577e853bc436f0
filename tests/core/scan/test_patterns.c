/* Patterns of names, as people write them. */
#include "tests/support/check.h"

#include "core/scan/patterns.h"

#include <string.h>

static bool takes(const char *text, const char *name)
{
    vt_error error = VT_ERROR_INIT;
    vt_patterns *patterns = vt_patterns_create(text, VT_PATTERNS_PART, &error);
    if (!patterns) {
        fail_msg("%s: %s", text, error.message);
    }
    bool taken = vt_patterns_match(patterns, name, strlen(name));
    vt_patterns_free(patterns);
    return taken;
}

static void wildcards_stand_for_what_they_say(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *name;
        bool takes;
    } rows[] = {
        {"", "anything.png", true},
        {"*.stl", "part.stl", true},
        {"*.stl", "PART.STL", true},
        {"*.stl", "part.stl.png", false},
        {"*.stl; scan*", "Scan 12.jpg", true},
        {"*.stl; scan*", "my scan.jpg", false},
        {" ;; *.stl ;", "part.stl", true},
        {"scan", "my Scan 3.jpg", true},
        {"scan", "sca.jpg", false},
        {"a?c.png", "abc.png", true},
        {"a?c.png",
         "a\xc3\xa4"
         "c.png",
         true}, /* one character of two bytes */
        {"a?c.png",
         "a\xff"
         "c.png",
         true}, /* a byte that is no text */
        {"a?c.png", "ac.png", false},
        {"img[0-4].png", "img3.png", true},
        {"img[0-4].png", "img7.png", false},
        {"img[!0-4].png", "img7.png", true},
        {"img[]x].png", "img].png", true},
        {"*a*b*c*", "xxaxxbxxcxx", true},
        {"*a*b*c*", "xxaxxcxxbxx", false},
        {"*", "", true},
        {"!draft*", "final.png", true},
        {"!draft*", "Draft 2.png", false},
        {"*.png; !draft*", "final.png", true},
        {"*.png; !draft*", "draft.png", false},
        {"!draft*; *.png", "draft.png", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (takes(rows[i].pattern, rows[i].name) != rows[i].takes) {
            fail_msg("'%s' and '%s'", rows[i].pattern, rows[i].name);
        }
    }
}

/* Naive matchers take time without end for it. */
static void many_stars_take_no_time_without_end(void **state)
{
    (void)state;
    char name[256];
    memset(name, 'a', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    assert_false(takes("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", name));
}

static void folders_are_meant_as_a_whole_or_by_path(void **state)
{
    (void)state;
    vt_patterns *patterns = vt_patterns_create("cache/; .*; raw/old; /mnt/*/tmp", VT_PATTERNS_WHOLE, NULL);
    assert_non_null(patterns);
    assert_int_equal(vt_patterns_count(patterns), 4);
    assert_true(vt_patterns_have_path(patterns));
    assert_true(vt_patterns_hit(patterns, "Cache", 5, false));
    assert_false(vt_patterns_hit(patterns, "caches", 6, false));
    assert_true(vt_patterns_hit(patterns, ".hidden", 7, false));
    assert_false(vt_patterns_hit(patterns, "old", 3, false));
    assert_true(vt_patterns_hit(patterns, "/home/ada/raw/old", 17, true));
    assert_false(vt_patterns_hit(patterns, "/home/ada/draw/old", 18, true));
    assert_false(vt_patterns_hit(patterns, "/home/ada/raw/older", 19, true));
    assert_true(vt_patterns_hit(patterns, "/mnt/disk/tmp", 13, true));
    assert_false(vt_patterns_hit(patterns, "/x/mnt/disk/tmp", 15, true));
    vt_patterns_free(patterns);
}

static void what_is_no_pattern_is_quoted(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_patterns_create("*.png; img[0-4.png", VT_PATTERNS_PART, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_non_null(strstr(error.message, "img[0-4.png"));
    assert_null(vt_patterns_create("a; !", VT_PATTERNS_PART, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    char many[4 * VT_PATTERNS_MAX + 8] = "";
    for (int i = 0; i <= VT_PATTERNS_MAX; i++) {
        memcpy(many + 2 * i, "a;", sizeof "a;");
    }
    error = (vt_error)VT_ERROR_INIT;
    assert_null(vt_patterns_create(many, VT_PATTERNS_PART, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wildcards_stand_for_what_they_say),
        cmocka_unit_test(many_stars_take_no_time_without_end),
        cmocka_unit_test(folders_are_meant_as_a_whole_or_by_path),
        cmocka_unit_test(what_is_no_pattern_is_quoted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
