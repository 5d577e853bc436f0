/* app/ui/table/tag_line: tags in one line, typed by people. */
#include "tests/support/check.h"

#include "app/ui/table/tag_line.h"

#include <stdio.h>
#include <string.h>

static void check_line(const char *text, const char *const *tags, size_t count)
{
    vt_tag_line line = vt_tag_line_read(text);
    assert_int_equal(line.count, count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(line.tags[i], tags[i]);
    }
    assert_false(line.overflowed);
    vt_tag_line_clear(&line);
}

static void commas_part_tags(void **state)
{
    (void)state;
    check_line("holiday, place/italy", (const char *[]){"holiday", "place/italy"}, 2);
    check_line("  a  ,b,, c d ,", (const char *[]){"a", "b", "c d"}, 3);
    check_line("a, b, a", (const char *[]){"a", "b"}, 2);
    check_line("place/italy/ , /", (const char *[]){"place/italy"}, 1);
    check_line("", NULL, 0);
    check_line(" , ,", NULL, 0);
}

static void quotes_keep_commas(void **state)
{
    (void)state;
    check_line("\"Smith, John\", a", (const char *[]){"Smith, John", "a"}, 2);
    check_line("\"say \"\"hi\"\"\"", (const char *[]){"say \"hi\""}, 1);
    check_line("\"never, closed", (const char *[]){"never, closed"}, 1);
    check_line("\"\"", NULL, 0);
}

static void a_line_of_tags_is_read_as_those(void **state)
{
    (void)state;
    const char *const tags[] = {"a", "Smith, John", "say \"hi\"", "place/italy"};
    vt_str text = VT_STR_INIT;
    for (size_t i = 0; i < 4; i++) {
        vt_tag_line_append(&text, tags[i]);
    }
    assert_string_equal(text.data, "a, \"Smith, John\", \"say \"\"hi\"\"\", place/italy");
    check_line(text.data, tags, 4);
    vt_str_free(&text);
}

static void what_one_has_and_the_other_not(void **state)
{
    (void)state;
    vt_tag_line before = vt_tag_line_read("a, b, c");
    vt_tag_line now = vt_tag_line_read("c, d");
    const char *tags[VT_TAG_LINE_MAX];
    assert_int_equal(vt_tag_line_without(&now, &before, tags), 1);
    assert_string_equal(tags[0], "d");
    assert_int_equal(vt_tag_line_without(&before, &now, tags), 2);
    assert_string_equal(tags[0], "a");
    assert_string_equal(tags[1], "b");
    assert_int_equal(vt_tag_line_without(&now, &now, tags), 0);
    vt_tag_line_clear(&before);
    vt_tag_line_clear(&now);
}

static void too_many_are_said_to_be(void **state)
{
    (void)state;
    vt_str text = VT_STR_INIT;
    for (int i = 0; i < VT_TAG_LINE_MAX + 1; i++) {
        vt_str_appendf(&text, "%d,", i);
    }
    vt_tag_line line = vt_tag_line_read(text.data);
    assert_int_equal(line.count, VT_TAG_LINE_MAX);
    assert_true(line.overflowed);
    vt_tag_line_clear(&line);
    vt_str_free(&text);
}

static void check_at(const char *text, size_t cursor, const char *expected)
{
    size_t from = 0;
    size_t to = 0;
    vt_tag_line_at(text, cursor, &from, &to);
    assert_int_equal(to - from, strlen(expected));
    assert_memory_equal(text + from, expected, to - from);
}

static void the_tag_at_the_cursor_is_found(void **state)
{
    (void)state;
    check_at("", 0, "");
    check_at("hol", 3, "hol");
    check_at("hol", 0, "hol");
    check_at("a, hol", 6, "hol");
    check_at("a, hol, b", 4, "hol");
    check_at("a, hol, b", 1, "a");
    check_at("a, ", 3, "");
    check_at("a,", 2, "");
    check_at("\"Smith, J\", b", 8, "\"Smith, J\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commas_part_tags),
        cmocka_unit_test(quotes_keep_commas),
        cmocka_unit_test(a_line_of_tags_is_read_as_those),
        cmocka_unit_test(what_one_has_and_the_other_not),
        cmocka_unit_test(too_many_are_said_to_be),
        cmocka_unit_test(the_tag_at_the_cursor_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
