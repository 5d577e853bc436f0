/* app/ui/table/table_layout: what was written is read again, and what somebody damaged as far as it makes
 * sense. */
#include "tests/support/check.h"

#include "app/ui/table/table_layout.h"

#include <string.h>

static vt_table_layout read_words(const char *words)
{
    return vt_table_layout_read(words, strlen(words));
}

static int column_of(const char *word)
{
    return vt_table_column_of_word(word, strlen(word));
}

static void check_place(const vt_table_layout *layout, int at, const char *word, int width, bool is_shown)
{
    assert_string_equal(vt_table_column_at(layout->places[at].column)->word, word);
    assert_int_equal(layout->places[at].width, width);
    assert_int_equal(layout->places[at].is_shown, is_shown);
}

/* Whatever was read: each column once, and one that is shown. */
static void check_whole(const vt_table_layout *layout)
{
    int times[VT_TABLE_COLUMNS_MAX] = {0};
    int shown = 0;
    for (int i = 0; i < vt_table_column_count(); i++) {
        const vt_table_place *place = &layout->places[i];
        assert_in_range(place->column, 0, vt_table_column_count() - 1);
        times[place->column]++;
        shown += place->is_shown;
        if (place->width != 0) {
            assert_in_range(place->width, VT_TABLE_WIDTH_MIN, VT_TABLE_WIDTH_MAX);
        }
    }
    for (int i = 0; i < vt_table_column_count(); i++) {
        assert_int_equal(times[i], 1);
    }
    assert_true(shown > 0);
}

static void what_was_written_is_read_again(void **state)
{
    (void)state;
    vt_table_layout layout = vt_table_layout_first();
    for (int i = 0; i < vt_table_column_count(); i++) { /* backwards, every third one hidden */
        layout.places[i] = (vt_table_place){vt_table_column_count() - 1 - i, 100 + i, i % 3 != 0};
    }
    vt_str words = VT_STR_INIT;
    vt_table_layout_write(&layout, &words);
    vt_table_layout read = vt_table_layout_read(words.data, words.length);
    for (int i = 0; i < vt_table_column_count(); i++) {
        assert_int_equal(read.places[i].column, layout.places[i].column);
        assert_int_equal(read.places[i].width, layout.places[i].width);
        assert_int_equal(read.places[i].is_shown, layout.places[i].is_shown);
    }
    vt_str_free(&words);
}

static void columns_that_are_not_named_follow_as_at_first(void **state)
{
    (void)state;
    vt_table_layout layout = read_words("size=90 -kind=50 name=300");
    check_whole(&layout);
    check_place(&layout, 0, "size", 90, true);
    check_place(&layout, 1, "kind", 50, false);
    check_place(&layout, 2, "name", 300, true);
    check_place(&layout, 3, "format", 0, false);
    check_place(&layout, 4, "dimensions", 0, true);
    const vt_table_layout first = vt_table_layout_first();
    for (int i = 3; i < vt_table_column_count(); i++) {
        assert_int_equal(layout.places[i].is_shown, vt_table_column_at(layout.places[i].column)->is_shown);
    }
    check_whole(&first);
}

static void damaged_words_are_passed_over(void **state)
{
    (void)state;
    static const char *const damaged[] = {
        "",
        " ",
        "   name=1   ",
        "colour=90",
        "name=",
        "name==9",
        "=9",
        "-",
        "-=",
        "--name=9",
        "name=-5",
        "name=99999999999999999999",
        "name=12x",
        "name=0 name=90 -name=7",
        "@ByteArray(\\0\\0\\0\\xff)",
        "size=9\nname=3",
        "NAME=90 Name=3",
        "name=90size=3",
    };
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        vt_table_layout layout = read_words(damaged[i]);
        check_whole(&layout);
    }
    vt_table_layout cut = vt_table_layout_read("name=300\0size=9", 15); /* as of a QHeaderView */
    check_whole(&cut);
    vt_table_layout wide = read_words("name=99999 size=3");
    check_place(&wide, 0, "name", VT_TABLE_WIDTH_MAX, true);
    check_place(&wide, 1, "size", VT_TABLE_WIDTH_MIN, true);
    vt_table_layout twice = read_words("size=50 -size=70");
    check_place(&twice, 0, "size", 50, true);
}

static void there_is_always_a_column(void **state)
{
    (void)state;
    vt_str words = VT_STR_INIT;
    for (int i = 0; i < vt_table_column_count(); i++) {
        vt_str_appendf(&words, "-%s=80 ", vt_table_column_at(i)->word);
    }
    vt_table_layout layout = vt_table_layout_read(words.data, words.length);
    check_whole(&layout);
    for (int i = 0; i < vt_table_column_count(); i++) {
        assert_int_equal(layout.places[i].is_shown, layout.places[i].column == column_of("name"));
    }
    vt_str_free(&words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_read_again),
        cmocka_unit_test(columns_that_are_not_named_follow_as_at_first),
        cmocka_unit_test(damaged_words_are_passed_over),
        cmocka_unit_test(there_is_always_a_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
