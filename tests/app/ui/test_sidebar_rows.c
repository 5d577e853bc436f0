/* The rows of the sidebar's sections, what they count, and the filters that are made of them. */
#include "tests/support/check.h"

#include "app/ui/sidebar/sidebar_sections.h"
#include "core/base/clock.h"
#include "core/index/attributes.h"
#include "core/index/filter.h"
#include "core/index/tags.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void add(vt_sidebar_rows *rows, unsigned depth, const char *title, const char *filter)
{
    vt_sidebar_rows_add(rows, depth, title, strlen(title), 1, filter);
}

static void rows_form_a_tree(void **state)
{
    (void)state;
    vt_sidebar_rows rows = VT_SIDEBAR_ROWS_INIT;
    add(&rows, 0, "cars", "tag:cars");
    add(&rows, 1, "red", "tag:cars/red");
    add(&rows, 1, "blue", "tag:cars/blue");
    add(&rows, 2, "dark", "tag:cars/blue/dark");
    add(&rows, 0, "trees", "tag:trees");
    add(&rows, 7, "too deep", "tag:x"); /* below the last one */
    assert_true(vt_sidebar_rows_finish(&rows));
    assert_int_equal(vt_sidebar_rows_child_count(&rows, VT_SIDEBAR_NONE), 2);
    assert_int_equal(vt_sidebar_rows_child(&rows, VT_SIDEBAR_NONE, 1), 4);
    assert_int_equal(vt_sidebar_rows_child_count(&rows, 0), 2);
    assert_int_equal(vt_sidebar_rows_child(&rows, 0, 1), 2);
    assert_int_equal(vt_sidebar_rows_child(&rows, 2, 0), 3);
    assert_int_equal(rows.rows[3].parent, 2);
    assert_int_equal(rows.rows[5].parent, 4);
    assert_int_equal(rows.rows[5].depth, 1);
    assert_string_equal(vt_sidebar_rows_title(&rows, 3), "dark");
    assert_int_equal(vt_sidebar_rows_find(&rows, "tag:cars/blue/dark"), 3);
    assert_int_equal(vt_sidebar_rows_find(&rows, "tag:none"), VT_SIDEBAR_NONE);
    vt_sidebar_rows_free(&rows);
}

static void a_hundred_thousand_rows_are_a_few_megabytes(void **state)
{
    (void)state;
    enum { TAGS = 100000 };
    vt_sidebar_rows rows = VT_SIDEBAR_ROWS_INIT;
    for (int i = 0; i < TAGS; i++) {
        char title[32], filter[32];
        snprintf(title, sizeof title, "tag %d", i);
        snprintf(filter, sizeof filter, "tag:%d", i);
        add(&rows, i % 10 ? 1 : 0, title, filter);
    }
    assert_true(vt_sidebar_rows_finish(&rows));
    assert_int_equal(rows.count, TAGS);
    assert_int_equal(vt_sidebar_rows_child_count(&rows, VT_SIDEBAR_NONE), TAGS / 10);
    assert_int_equal(vt_sidebar_rows_child(&rows, VT_SIDEBAR_NONE, TAGS / 10 - 1), TAGS - 10);
    assert_true(rows.capacity * sizeof *rows.rows + rows.text.capacity < (size_t)16 * 1000 * 1000);
    vt_sidebar_rows_free(&rows);
}

static void other_counts_are_the_same_shape(void **state)
{
    (void)state;
    vt_sidebar_rows a = VT_SIDEBAR_ROWS_INIT;
    vt_sidebar_rows b = VT_SIDEBAR_ROWS_INIT;
    vt_sidebar_rows_add(&a, 0, "x", 1, 5, "kind:x");
    vt_sidebar_rows_add(&b, 0, "x", 1, 9, "kind:x");
    assert_true(vt_sidebar_rows_same_shape(&a, &b));
    add(&b, 0, "y", "kind:y");
    assert_false(vt_sidebar_rows_same_shape(&a, &b));
    vt_sidebar_rows_free(&a);
    vt_sidebar_rows_free(&b);
}

static void combined(const vt_sidebar_section *sections, const char *const *filters, size_t count,
                     const char *wanted)
{
    vt_str text = VT_STR_INIT;
    vt_sidebar_combine(sections, filters, count, &text);
    assert_string_equal(text.data, wanted);
    vt_filter *filter = vt_filter_compile(text.data, text.length, NULL, NULL);
    assert_non_null(filter); /* the filter box understands it */
    vt_filter_free(filter);
    vt_str_free(&text);
}

static void one_of_a_section_and_all_sections(void **state)
{
    (void)state;
    static const vt_sidebar_section of[] = {VT_SIDEBAR_SAVED, VT_SIDEBAR_KINDS, VT_SIDEBAR_KINDS,
                                            VT_SIDEBAR_RATINGS};
    static const char *const filters[] = {"car or boat", "kind:image", "kind:model", "rating:5"};
    combined(of, filters, 0, "");
    combined(of, filters, 1, "(car or boat)");
    combined(of + 1, filters + 1, 1, "kind:image");
    combined(of + 1, filters + 1, 2, "(kind:image or kind:model)");
    combined(of + 1, filters + 1, 3, "(kind:image or kind:model) rating:5");
    combined(of, filters, 4, "(car or boat) (kind:image or kind:model) rating:5");
}

static void what_is_typed_behind_a_choice_is_kept_together(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *wanted;
    } cases[] = {{"red", "red"},
                 {"red or blue", "(red or blue)"},
                 {"(red or blue)", "(red or blue)"},
                 {"(a) OR (b)", "((a) OR (b))"},
                 {"(a)or(b)", "((a)or(b))"},
                 {"\"this or that\"", "\"this or that\""},
                 {"\"a \\\" or b\" c", "\"a \\\" or b\" c"},
                 {"order", "order"},
                 {"for", "for"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_str text = VT_STR_INIT;
        vt_sidebar_append_typed(cases[i].typed, &text);
        assert_string_equal(text.data, cases[i].wanted);
        vt_str_free(&text);
    }
}

static void rows_have_paths_and_stand_for_something(void **state)
{
    (void)state;
    vt_sidebar_rows rows = VT_SIDEBAR_ROWS_INIT;
    add(&rows, 0, "place", "tag:place");
    add(&rows, 1, "Italy", "tag:place/Italy");
    vt_sidebar_rows_set_id(&rows, 17);
    assert_int_equal(rows.rows[0].id, 0);
    assert_int_equal(rows.rows[1].id, 17);
    vt_str path = VT_STR_INIT;
    vt_sidebar_rows_path(&rows, 1, &path);
    assert_string_equal(path.data, "place/Italy");
    vt_str_free(&path);
    vt_sidebar_rows_free(&rows);
}

/* A small index: what each section tells of it. */
static void sections_count_what_is_there(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    assert_true(vt_index_add_folder(index, 1, "/a", 2, NULL));
    struct tm day = {.tm_year = 124, .tm_mon = 4, .tm_mday = 17, .tm_isdst = -1};
    int64_t may = (int64_t)mktime(&day) * VT_NS_PER_S;
    for (int i = 1; i <= 10; i++) {
        vt_item_brief item = {.id = i,
                              .folder_id = 1,
                              .name = "x",
                              .name_length = 1,
                              .kind = i <= 7 ? VT_KIND_IMAGE : VT_KIND_MODEL,
                              .format = i <= 7 ? VT_FORMAT_PNG : VT_FORMAT_STL,
                              .state = i == 10 ? VT_ITEM_MISSING : VT_ITEM_OK,
                              .rating = i <= 2 ? 5 : 0,
                              .mtime_ns = i <= 4 ? may : may + 40 * 86400 * VT_NS_PER_S};
        assert_true(vt_index_put(index, &item, 1, NULL));
    }
    assert_true(vt_index_remove(index, 9, NULL));
    assert_true(vt_index_put_tag(index, 5, 0, "place", 5, NULL));
    assert_true(vt_index_put_tag(index, 6, 5, "the \"old\" town", 14, NULL));
    const int64_t tag = 6;
    assert_true(vt_index_set_tags(index, 3, &tag, 1, NULL));
    const vt_item_attributes given = {.item_id = 4,
                                      .which = VT_ATTRIBUTE_LABEL | VT_ATTRIBUTE_CAMERA,
                                      .label = 1,
                                      .camera = "Fine X100",
                                      .camera_length = 9};
    assert_true(vt_index_put_attributes(index, &given, 1, NULL));
    assert_true(vt_index_publish(index, NULL));
    static vt_saved_filters saved;
    assert_true(vt_saved_filters_put(&saved, "Best", "rating:5"));
    assert_true(vt_saved_filters_put(&saved, "Broken", "(kind:"));
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    const vt_tally *tally = vt_tally_create(snapshot, NULL, NULL, NULL);
    assert_non_null(tally);
    const vt_sidebar_source source = {tally, &saved, NULL};
    static const struct {
        vt_sidebar_section section;
        const char *filter;
        int64_t count;
    } wanted[] = {
        {VT_SIDEBAR_KINDS, "kind:image", 7},
        {VT_SIDEBAR_KINDS, "kind:model", 2},
        {VT_SIDEBAR_FORMATS, "format:PNG", 7},
        {VT_SIDEBAR_RATINGS, "rating:5", 2},
        {VT_SIDEBAR_RATINGS, "rating:0", 7},
        {VT_SIDEBAR_RATINGS, "rating:3", 0},
        {VT_SIDEBAR_DATES, "date:2024", 9},
        {VT_SIDEBAR_DATES, "date:2024-05", 4},
        {VT_SIDEBAR_DATES, "date:2024-06", 5},
        {VT_SIDEBAR_MISSING, "missing:yes", 1},
        {VT_SIDEBAR_SAVED, "rating:5", 2},
        {VT_SIDEBAR_SAVED, "(kind:", -1},
        {VT_SIDEBAR_LABELS, "label:1", 1},
        {VT_SIDEBAR_LABELS, "label:5", 0},
        {VT_SIDEBAR_CAMERAS, "camera:\"Fine X100\"", 1},
        {VT_SIDEBAR_TAGS, "tag:\"/place\"", 1},
        {VT_SIDEBAR_TAGS, "tag:none", 8},
        {VT_SIDEBAR_TAGS, "tag:\"/place/the \\\"old\\\" town\"", 1},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        vt_sidebar_rows rows = VT_SIDEBAR_ROWS_INIT;
        vt_sidebar_section_get(wanted[i].section)->fill(&source, &rows);
        assert_true(vt_sidebar_rows_finish(&rows));
        uint32_t row = vt_sidebar_rows_find(&rows, wanted[i].filter);
        if (row == VT_SIDEBAR_NONE || rows.rows[row].count != wanted[i].count) {
            fail_msg("%s: %lld", wanted[i].filter,
                     row == VT_SIDEBAR_NONE ? -9LL : (long long)rows.rows[row].count);
        }
        vt_sidebar_rows_free(&rows);
        vt_filter *filter = vt_filter_compile(wanted[i].filter, strlen(wanted[i].filter), NULL, NULL);
        uint32_t *found = NULL;
        uint32_t count = 0;
        if (filter) { /* and a click on it shows as many */
            assert_true(vt_filter_run(filter, snapshot, NULL, &found, &count, NULL));
            assert_int_equal(count, wanted[i].count);
        }
        free(found);
        vt_filter_free(filter);
    }
    vt_tally_release(tally);
    vt_saved_filters_clear(&saved);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void saved_filters_are_a_list_by_name(void **state)
{
    (void)state;
    static vt_saved_filters saved, copy;
    assert_false(vt_saved_filters_put(&saved, "", "x"));
    assert_false(vt_saved_filters_put(&saved, "x", ""));
    assert_true(vt_saved_filters_put(&saved, "b", "1"));
    assert_true(vt_saved_filters_put(&saved, "a", "2"));
    assert_true(vt_saved_filters_put(&saved, "B", "3")); /* the same name */
    assert_int_equal(saved.count, 2);
    assert_string_equal(saved.list[0].name, "a");
    assert_string_equal(vt_saved_filters_find(&saved, "b")->text, "3");
    for (int i = 0; saved.count < VT_SAVED_FILTERS_MAX; i++) {
        char name[16];
        snprintf(name, sizeof name, "n%03d", i);
        assert_true(vt_saved_filters_put(&saved, name, "x"));
    }
    assert_false(vt_saved_filters_put(&saved, "one more", "x"));
    assert_true(vt_saved_filters_copy(&saved, &copy));
    vt_saved_filters_remove(&saved, "a");
    vt_saved_filters_remove(&saved, "not there");
    assert_null(vt_saved_filters_find(&saved, "a"));
    assert_int_equal(copy.count, VT_SAVED_FILTERS_MAX);
    vt_saved_filters_clear(&saved);
    vt_saved_filters_clear(&copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_form_a_tree),
        cmocka_unit_test(a_hundred_thousand_rows_are_a_few_megabytes),
        cmocka_unit_test(other_counts_are_the_same_shape),
        cmocka_unit_test(one_of_a_section_and_all_sections),
        cmocka_unit_test(what_is_typed_behind_a_choice_is_kept_together),
        cmocka_unit_test(rows_have_paths_and_stand_for_something),
        cmocka_unit_test(sections_count_what_is_there),
        cmocka_unit_test(saved_filters_are_a_list_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
