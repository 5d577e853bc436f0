/* app/ui/browse/captions: which two lines are chosen, and what they say of an item. */
#include "tests/core/index/library.h"

#include "app/ui/browse/captions.h"
#include "core/index/attributes.h"

#include <stdlib.h>
#include <time.h>

static void expect_words(const vt_captions *captions, const char *words)
{
    char text[64];
    assert_string_equal(vt_captions_write(captions, text, sizeof text), words);
    const vt_captions again = vt_captions_read(text);
    assert_int_equal(again.count, captions->count);
    for (size_t i = 0; i < again.count; i++) {
        assert_int_equal(again.lines[i], captions->lines[i]);
    }
}

static void at_most_two_are_chosen(void **state)
{
    (void)state;
    vt_captions captions = vt_captions_default();
    expect_words(&captions, "name dimensions");
    vt_captions_turn(&captions, VT_CAPTION_SIZE); /* the one chosen first gives way */
    expect_words(&captions, "dimensions size");
    vt_captions_turn(&captions, VT_CAPTION_DIMENSIONS);
    expect_words(&captions, "size");
    assert_true(vt_captions_has(&captions, VT_CAPTION_SIZE));
    assert_false(vt_captions_has(&captions, VT_CAPTION_NAME));
    vt_captions_turn(&captions, VT_CAPTION_SIZE);
    expect_words(&captions, "none");
}

static void words_that_are_not_known_are_left_out(void **state)
{
    (void)state;
    vt_captions captions = vt_captions_read("weather  folder folder names");
    expect_words(&captions, "folder");
    captions = vt_captions_read("");
    assert_int_equal(captions.count, 0);
}

static void expect_line(const char *words, size_t number, const vt_snapshot *snapshot, const char *wanted)
{
    const vt_captions captions = vt_captions_read(words);
    vt_str text = VT_STR_INIT;
    vt_item_brief item;
    vt_snapshot_item(snapshot, 0, &item);
    vt_captions_append(&captions, number, snapshot, 0, &item, &text);
    assert_string_equal(text.length ? text.data : "", wanted);
    vt_str_free(&text);
}

static void give(vt_index *index, int64_t id, uint8_t label, int64_t taken)
{
    const vt_item_attributes item = {
        .item_id = id, .which = VT_ATTRIBUTE_LABEL | VT_ATTRIBUTE_TAKEN, .label = label, .taken_ns = taken};
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_index_put_attributes(index, &item, 1, &error));
}

static void expect_none(const char *words, const vt_snapshot *snapshot)
{
    const vt_captions captions = vt_captions_read(words);
    vt_str none = VT_STR_INIT;
    vt_item_brief item;
    vt_snapshot_item(snapshot, 1, &item);
    vt_captions_append(&captions, 0, snapshot, 1, &item, &none);
    assert_int_equal(none.length, 0);
    vt_str_free(&none);
}

static void lines_tell_of_the_item_in_the_order_of_the_menu(void **state)
{
    (void)state;
    setenv("TZ", "UTC", 1);
    tzset();
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/home/me/Holiday");
    vt_item_brief item = library_item(1, 1,
                                      "a\xff"
                                      "b.jpg");
    item.rating = 2;
    item.size = 4100000;
    library_put(index, item);
    item = library_item(2, 1, "unrated");
    library_put(index, item);
    give(index, 1, 2, INT64_C(-1000000000)); /* yellow; a second before 1970 */
    const vt_snapshot *snapshot = library_publish(index);
    expect_line("name", 0, snapshot,
                "a\xef\xbf\xbd"
                "b.jpg");
    expect_line("size name", 1, snapshot, "4.1 MB");
    expect_line("dimensions", 0, snapshot, "640 × 480");
    expect_line("date", 0, snapshot, "1970-01-01 00:00");
    expect_line("folder", 0, snapshot, "Holiday");
    expect_line("rating", 0, snapshot, "★★☆☆☆");
    expect_line("label", 0, snapshot, "Yellow");
    expect_line("taken", 0, snapshot, "1969-12-31 23:59");
    expect_none("rating", snapshot);
    expect_none("label", snapshot);
    expect_none("taken", snapshot);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_most_two_are_chosen),
        cmocka_unit_test(words_that_are_not_known_are_left_out),
        cmocka_unit_test(lines_tell_of_the_item_in_the_order_of_the_menu),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
