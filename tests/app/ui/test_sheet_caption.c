/* app/ui/files/sheet_caption: what stands below a picture on a contact sheet. */
#include "tests/support/check.h"

#include "app/ui/files/sheet_caption.h"

#include <stdlib.h>
#include <string.h>

static vt_item_brief picture(void)
{
    return (vt_item_brief){.kind = VT_KIND_IMAGE,
                           .name = "cup.jpg",
                           .name_length = 7,
                           .width = 4000,
                           .height = 3000,
                           .size = 4100000,
                           .rating = 3,
                           .taken_ns = VT_TAKEN_UNKNOWN};
}

static void lines_have_one_order(void **state)
{
    (void)state;
    unsigned lines = 0;
    vt_item_brief item = picture();
    item.title = "My cup";
    item.title_length = 6;
    assert_true(vt_sheet_lines_read("size,rating,title,name", &lines, NULL));
    assert_int_equal(vt_sheet_line_count(lines), 4);
    char *caption = vt_sheet_caption(lines, &item);
    assert_string_equal(caption,
                        "cup.jpg\nMy cup\n\u2605\u2605\u2605\u2606\u2606\n4000 \u00d7 3000 \u00b7 4.1 MB\n");
    free(caption);
}

static void what_an_item_has_not_is_left_out(void **state)
{
    (void)state;
    vt_item_brief item = picture();
    item.rating = 0;
    char *caption = vt_sheet_caption(VT_SHEET_LINE(VT_SHEET_TITLE) | VT_SHEET_LINE(VT_SHEET_RATING), &item);
    assert_string_equal(caption, "");
    free(caption);
    caption = vt_sheet_caption(VT_SHEET_LINE(VT_SHEET_DATE), &item);
    assert_non_null(strstr(caption, "1970")); /* changed then, and never taken */
    free(caption);
    item.taken_ns = INT64_C(1700000000) * 1000000000;
    caption = vt_sheet_caption(VT_SHEET_LINE(VT_SHEET_DATE), &item);
    assert_non_null(strstr(caption, "2023"));
    free(caption);
}

static void names_cannot_break_the_lines(void **state)
{
    (void)state;
    vt_item_brief item = picture();
    item.name = "a\nb\xff";
    item.name_length = 4;
    char *caption = vt_sheet_caption(VT_SHEET_LINE(VT_SHEET_NAME), &item);
    assert_ptr_equal(strchr(caption, '\n'), caption + strlen(caption) - 1);
    free(caption);
}

static void words_are_read(void **state)
{
    (void)state;
    unsigned lines = 7;
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_sheet_lines_read("none", &lines, NULL));
    assert_int_equal(lines, 0);
    assert_int_equal(vt_sheet_line_count(VT_SHEET_LINES_ALL), VT_SHEET_LINE_COUNT);
    assert_false(vt_sheet_lines_read("name,", &lines, &error));
    assert_false(vt_sheet_lines_read("", &lines, &error));
    assert_false(vt_sheet_lines_read("name,colour", &lines, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_non_null(strstr(error.message, "'colour'"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_have_one_order),
        cmocka_unit_test(what_an_item_has_not_is_left_out),
        cmocka_unit_test(names_cannot_break_the_lines),
        cmocka_unit_test(words_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
