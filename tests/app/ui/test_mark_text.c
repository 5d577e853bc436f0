/* Marks of the scrubber are cut by letters, whatever these are made of. */
#include "tests/support/check.h"

#include "app/ui/browse/mark_text.h"

static void check_mark(const char *word, const char *expected)
{
    vt_str text = VT_STR_INIT;
    vt_str_append_cstr(&text, ">");
    vt_mark_text_append(&text, word, 3);
    assert_string_equal(text.data + 1, expected);
    vt_str_free(&text);
}

static void words_are_cut_by_letters(void **state)
{
    (void)state;
    check_mark("March 2024", "Mar");
    check_mark("März 2024", "Mär");
    check_mark("août 2024", "aoû");
    check_mark("февраль", "фев");
    check_mark("7月 2024", "7月 ");
    check_mark("it", "it");
    check_mark("", "");
    check_mark("a\xC3", "a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_are_cut_by_letters)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
