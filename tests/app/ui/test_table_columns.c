/* app/ui/table/table_columns: what cells say. */
#include "tests/support/check.h"

#include "app/ui/table/table_columns.h"
#include "tests/core/index/library.h"

#include <stdlib.h>
#include <string.h>

typedef struct shelf {
    vt_index *index;
    const vt_snapshot *snapshot;
} shelf;

static int set_up(void **state)
{
    setenv("TZ", "UTC", 1);
    shelf *all = calloc(1, sizeof *all);
    all->index = vt_index_create();
    library_folder(all->index, 1, "/home/ada/pictures");
    vt_item_brief picture = library_item(1, 1, "caf\xe9.jpg");
    picture.width = 4000;
    picture.height = 3000;
    picture.size = 4120000;
    picture.mtime_ns = INT64_C(1700000000000000000);
    library_put(all->index, picture);
    vt_item_brief model = library_item(2, 1, "gear.stl");
    model.kind = VT_KIND_MODEL;
    model.format = VT_FORMAT_STL;
    model.width = model.height = 0;
    model.triangles = 1204567;
    model.watertight = VT_WATERTIGHT_NO;
    model.state = VT_ITEM_MISSING;
    library_put(all->index, model);
    all->snapshot = library_publish(all->index);
    *state = all;
    return 0;
}

static int tear_down(void **state)
{
    shelf *all = *state;
    vt_snapshot_release(all->snapshot);
    vt_index_free(all->index);
    free(all);
    return 0;
}

static const vt_table_column *column_named(const char *title)
{
    for (int i = 0; i < vt_table_column_count(); i++) {
        if (strcmp(vt_table_column_at(i)->title, title) == 0) {
            return vt_table_column_at(i);
        }
    }
    fail_msg("no column %s", title);
    return NULL;
}

static void check_cell(const shelf *all, uint32_t row, const char *title, const char *expected)
{
    vt_table_row source = {.snapshot = all->snapshot, .row = row};
    vt_snapshot_item(all->snapshot, row, &source.item);
    vt_str text = VT_STR_INIT;
    column_named(title)->say(&source, &text);
    assert_string_equal(text.data, expected);
    vt_str_free(&text);
}

static void an_image_says_what_it_is(void **state)
{
    const shelf *all = *state;
    check_cell(all, 0, "Name", "caf\xef\xbf\xbd.jpg"); /* a byte that is no UTF-8 is shown as such */
    check_cell(all, 0, "Kind", "Image");
    check_cell(all, 0, "Format", "JPEG");
    check_cell(all, 0, "Width", "4,000");
    check_cell(all, 0, "Height", "3,000");
    check_cell(all, 0, "Triangles", "");
    check_cell(all, 0, "Watertight", "");
    check_cell(all, 0, "Size", "4.1 MB");
    check_cell(all, 0, "Changed", "2023-11-14 22:13");
    check_cell(all, 0, "State", "");
    check_cell(all, 0, "Folder", "/home/ada/pictures");
}

static void a_model_says_what_it_is(void **state)
{
    const shelf *all = *state;
    check_cell(all, 1, "Kind", "Model");
    check_cell(all, 1, "Width", "");
    check_cell(all, 1, "Triangles", "1,204,567");
    check_cell(all, 1, "Watertight", "No");
    check_cell(all, 1, "State", "missing");
}

static void values_of_a_newer_catalog_are_no_fault(void **state)
{
    const shelf *all = *state;
    for (int i = 0; i < vt_table_column_count(); i++) {
        vt_table_row source = {.snapshot = all->snapshot, .row = 0};
        vt_snapshot_item(all->snapshot, 0, &source.item);
        source.item.kind = source.item.format = source.item.state = source.item.watertight = 255;
        vt_str text = VT_STR_INIT;
        vt_table_column_at(i)->say(&source, &text);
        assert_false(text.failed);
        vt_str_free(&text);
    }
}

static void every_column_has_an_order_of_its_own(void **state)
{
    (void)state;
    for (int i = 0; i < vt_table_column_count(); i++) {
        const vt_table_column *column = vt_table_column_at(i);
        assert_int_equal(vt_table_column_of_key(column->key), i);
        assert_true(column->width > 0);
        assert_true(column->title[0] != '\0');
    }
    assert_int_equal(vt_table_column_of_key(VT_SORT_ID), -1); /* no column shows it */
    assert_string_equal(vt_table_column_at(VT_TABLE_NAME_COLUMN)->title, "Name");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_image_says_what_it_is),
        cmocka_unit_test(a_model_says_what_it_is),
        cmocka_unit_test(values_of_a_newer_catalog_are_no_fault),
        cmocka_unit_test(every_column_has_an_order_of_its_own),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
