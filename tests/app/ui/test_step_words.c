/* What steps are called that can be undone. */
#include "tests/support/check.h"

#include "app/ui/parts/step_words.h"

static void expect(vt_edit_kind kind, size_t count, const char *expected)
{
    vt_str words = VT_STR_INIT;
    vt_edit_step *step = vt_edit_step_create(kind, count);
    vt_step_words(step, &words);
    assert_string_equal(words.data, expected);
    vt_edit_step_release(step);
    vt_str_free(&words);
}

static void steps_of_items_are_counted(void **state)
{
    (void)state;
    expect(VT_EDIT_RATING, 12, "rating of 12 items");
    expect(VT_EDIT_LABEL, 1, "label of 1 item");
    expect(VT_EDIT_TITLE, 1, "title of 1 item");
    expect(VT_EDIT_NOTE, 2, "note on 2 items");
    expect(VT_EDIT_ADD_TAGS, 1000000, "tagging of 1,000,000 items");
    expect(VT_EDIT_REMOVE_TAGS, 1, "untagging of 1 item");
    expect(VT_EDIT_ADD_TO_ALBUM, 3, "adding 3 items to an album");
    expect(VT_EDIT_REMOVE_FROM_ALBUM, 3, "removal of 3 items from an album");
    expect(VT_EDIT_ORDER_ALBUM, 3, "moving of 3 items in an album");
    expect(VT_EDIT_STACK, 3, "stacking of 3 items");
    expect(VT_EDIT_UNSTACK, 3, "unstacking of 3 items");
    expect(VT_EDIT_TAKE_OUT, 1, "taking 1 item out of its stack");
    expect(VT_EDIT_STACK_COVER, 1, "choice of 1 cover");
    expect(VT_EDIT_TAKE_SIDECAR, 2, "values from side-cars of 2 items");
}

/* Before they are written: what they are about is known only then. */
static void steps_of_albums_and_tags_are_named(void **state)
{
    (void)state;
    expect(VT_EDIT_CREATE_ALBUM, 3, "new album \u201c\u2026\u201d");
    expect(VT_EDIT_RENAME_ALBUM, 1, "renaming of the album \u201c\u2026\u201d");
    expect(VT_EDIT_MOVE_ALBUM, 1, "moving of an album");
    expect(VT_EDIT_DELETE_ALBUM, 1, "deletion of the album \u201c\u2026\u201d");
    expect(VT_EDIT_MOVE_TAG, 1, "renaming of the tag \u201c\u2026\u201d");
    expect(VT_EDIT_DELETE_TAG, 1, "deletion of the tag \u201c\u2026\u201d");
}

static void every_kind_has_words(void **state)
{
    (void)state;
    for (int kind = 0; kind < VT_EDIT_KIND_COUNT; kind++) {
        vt_str words = VT_STR_INIT;
        vt_edit_step *step = vt_edit_step_create((vt_edit_kind)kind, 1);
        vt_step_words(step, &words);
        assert_true(words.length > 5);
        vt_edit_step_release(step);
        vt_str_free(&words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_of_items_are_counted),
        cmocka_unit_test(steps_of_albums_and_tags_are_named),
        cmocka_unit_test(every_kind_has_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
