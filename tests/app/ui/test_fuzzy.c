/* What is typed into the palette finds what is meant first. */
#include "tests/support/check.h"

#include "app/ui/palette/fuzzy.h"

#include <string.h>

static void expect_before(const char *typed, const char *better, const char *worse)
{
    int first = vt_fuzzy_score(typed, better);
    int second = vt_fuzzy_score(typed, worse);
    if (first < 0 || first <= second) {
        fail_msg("'%s': '%s' has %d, '%s' has %d", typed, better, first, worse, second);
    }
}

static void letters_count_in_their_order_only(void **state)
{
    (void)state;
    assert_true(vt_fuzzy_score("sal", "Select all") > 0);
    assert_int_equal(vt_fuzzy_score("las", "Select al"), -1);
    assert_int_equal(vt_fuzzy_score("x", "Select all"), -1);
    assert_int_equal(vt_fuzzy_score("selectalll", "Select all"), -1);
    assert_int_equal(vt_fuzzy_score("", "Select all"), 0);
    assert_int_equal(vt_fuzzy_score("  ", "Select all"), 0);
    assert_int_equal(vt_fuzzy_score("a", ""), -1);
}

static void beginnings_of_words_come_first(void **state)
{
    (void)state;
    expect_before("af", "Add folder", "Draft");
    expect_before("fs", "Full screen", "Fits");
    expect_before("se", "Settings", "Reset");
    expect_before("cp", "Copy path", "Scope");
}

static void letters_side_by_side_come_before_scattered_ones(void **state)
{
    (void)state;
    expect_before("open", "Open", "Options, pencil");
    expect_before("key", "Monkey", "Kilometre, away");
}

/* The first "o" is not the best one. */
static void the_best_way_is_found_not_the_first(void **state)
{
    (void)state;
    assert_true(vt_fuzzy_score("fo", "of folder") == vt_fuzzy_score("fo", "if folder"));
}

static void capitals_and_spaces_do_not_matter(void **state)
{
    (void)state;
    assert_int_equal(vt_fuzzy_score("ADD F", "add folder"), vt_fuzzy_score("addf", "ADD FOLDER"));
}

static void long_texts_have_an_end(void **state)
{
    (void)state;
    char text[1000], typed[200];
    memset(text, 'a', sizeof text - 1);
    memset(typed, 'a', sizeof typed - 1);
    text[sizeof text - 1] = '\0';
    typed[sizeof typed - 1] = '\0';
    assert_int_equal(vt_fuzzy_score(typed, text), -1);
    typed[VT_FUZZY_TYPED_MAX] = '\0';
    assert_true(vt_fuzzy_score(typed, text) > 0);
    text[sizeof text - 2] = 'z';
    assert_int_equal(vt_fuzzy_score("z", text), -1);
}

static void other_scripts_are_compared_as_they_are(void **state)
{
    (void)state;
    assert_true(vt_fuzzy_score("\u00fcb", "\u00dcber \u00fcber") > 0);
    assert_int_equal(vt_fuzzy_score("\u00fc", "uber"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_count_in_their_order_only),
        cmocka_unit_test(beginnings_of_words_come_first),
        cmocka_unit_test(letters_side_by_side_come_before_scattered_ones),
        cmocka_unit_test(the_best_way_is_found_not_the_first),
        cmocka_unit_test(capitals_and_spaces_do_not_matter),
        cmocka_unit_test(long_texts_have_an_end),
        cmocka_unit_test(other_scripts_are_compared_as_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
