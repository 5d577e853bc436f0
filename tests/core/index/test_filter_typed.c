/* A filter while it is typed: conditions whose value is still to come are left out. */
#include "tests/support/check.h"

#include "core/index/filter.h"
#include "tests/core/index/library.h"

#include <stdlib.h>
#include <string.h>

static vt_index *make_library(void)
{
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/home/pictures");
    vt_item_brief items[] = {library_item(1, 1, "red car.jpg"), library_item(2, 1, "red gear.stl"),
                             library_item(3, 1, "boats.png"), library_item(4, 1, "gear.stl")};
    items[1].kind = items[3].kind = VT_KIND_MODEL;
    for (size_t i = 0; i < sizeof items / sizeof items[0]; i++) {
        library_put(index, items[i]);
    }
    return index;
}

static bool same_rows(const vt_snapshot *snapshot, const vt_filter *one, const vt_filter *other)
{
    uint32_t *rows[2] = {NULL, NULL};
    uint32_t counts[2] = {0, 0};
    assert_true(vt_filter_run(one, snapshot, NULL, &rows[0], &counts[0], NULL));
    assert_true(vt_filter_run(other, snapshot, NULL, &rows[1], &counts[1], NULL));
    bool same = counts[0] == counts[1] && vt_filter_is_empty(one) == vt_filter_is_empty(other);
    for (uint32_t i = 0; same && i < counts[0]; i++) {
        same = rows[0][i] == rows[1][i];
    }
    free(rows[0]);
    free(rows[1]);
    return same;
}

/* Of a text that is being typed: the rest of it, and a word on what is to come. */
static void leaves_out_what_has_no_value_yet(void **state)
{
    (void)state;
    static const struct {
        const char *text, *rest;
        size_t position;
        const char *says;
    } typed[] = {
        {"tag:", "", 4, "tag:NAME, tag:\"TWO WORDS\" or tag:none"},
        {"-album:", "", 7, "album:NAME"},
        {"camera!=", "", 8, "camera:NAME"},
        {"title:", "", 6, "title:none"},
        {"name:", "", 5, "name:\"red car\""},
        {"folder: ", "", 7, "folder:car"},
        {"path:", "", 5, "path:car"},
        {"ext:", "", 4, "ext:jpg"},
        {"kind:", "", 5, "image, model, sequence, unknown"},
        {"format:", "", 7, "jpeg, jpg, png"},
        {"watertight:", "", 11, "yes, no, unknown"},
        {"missing:", "", 8, "yes, no"},
        {"duplicate:", "", 10, "same, alike, any"},
        {"label:", "", 6, "none, red, yellow"},
        {"width>", "", 6, "4000, 12m"},
        {"size>=", "", 6, "500k"},
        {"date:", "", 5, "2024-05-17"},
        {"taken<", "", 6, "2024-05-17"},
        {"red tag:", "red", 8, "tag:NAME"},
        {"tag: red", "red", 4, "tag:NAME"},
        {"red width> kind:model", "red kind:model", 10, "4000"},
        {"red or tag:", "red", 11, "tag:NAME"},
        {"tag: or album:", "", 4, "tag:NAME"},
        {"red -(tag: album:)", "red", 10, "tag:NAME"},
        {"-(tag: boats)", "-boats", 6, "tag:NAME"},
        {"-(red tag: or kind:model)", "-(red or kind:model)", 10, "tag:NAME"},
    };
    vt_index *index = make_library();
    const vt_snapshot *snapshot = library_publish(index);
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        vt_error error = VT_ERROR_INIT;
        size_t position = 99;
        vt_filter *filter = vt_filter_compile_typed(typed[i].text, strlen(typed[i].text), &position, &error);
        vt_filter *rest = vt_filter_compile(typed[i].rest, strlen(typed[i].rest), NULL, NULL);
        if (!filter || position != typed[i].position || !strstr(error.message, typed[i].says)) {
            fail_msg("%s: at %zu: %s", typed[i].text, position, error.message);
        }
        if (!same_rows(snapshot, filter, rest)) {
            fail_msg("%s: is not %s", typed[i].text, typed[i].rest);
        }
        assert_null(vt_filter_compile(typed[i].text, strlen(typed[i].text), NULL, NULL));
        vt_filter_free(filter);
        vt_filter_free(rest);
    }
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void what_is_wrong_is_wrong_while_typing(void **state)
{
    (void)state;
    static const char *const wrong[] = {"tga:", "tag>", "tag: kind:modl", "tag: (", "tag: -", "tag: or"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        vt_error error = VT_ERROR_INIT;
        size_t position = 99;
        assert_null(vt_filter_compile_typed(wrong[i], strlen(wrong[i]), &position, &error));
        assert_null(strstr(error.message, "the value is missing"));
        assert_true(position <= strlen(wrong[i]));
    }
    vt_error error = VT_ERROR_INIT;
    vt_filter *filter = vt_filter_compile_typed("tag:\"\" red", 10, NULL, &error);
    assert_non_null(filter); /* two quotes are a value */
    assert_int_equal(error.code, VT_ERROR_NONE);
    vt_filter_free(filter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaves_out_what_has_no_value_yet),
        cmocka_unit_test(what_is_wrong_is_wrong_while_typing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
