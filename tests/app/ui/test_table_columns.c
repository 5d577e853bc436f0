/* app/ui/table/table_columns: what cells say. */
#include "tests/support/check.h"

#include "app/ui/table/table_columns.h"
#include "core/index/albums.h"
#include "core/index/attributes.h"
#include "core/index/tags.h"
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
    vt_item_brief sequence = library_item(3, 1, "walk.####.png");
    sequence.kind = VT_KIND_SEQUENCE;
    sequence.triangles = 240;
    sequence.rating = 4;
    library_put(all->index, sequence);
    const vt_item_attributes given = {.item_id = 3,
                                      .which =
                                          VT_ATTRIBUTE_LABEL | VT_ATTRIBUTE_TITLE | VT_ATTRIBUTES_OF_FILE,
                                      .label = 2,
                                      .title = "A walk, long",
                                      .title_length = 12,
                                      .camera = "X100",
                                      .camera_length = 4,
                                      .taken_ns = INT64_C(1600000000000000000)};
    const int64_t tags[] = {1, 2};
    const int64_t items[] = {3};
    assert_true(vt_index_put_attributes(all->index, &given, 1, NULL));
    assert_true(vt_index_put_tag(all->index, 1, 0, "place", 5, NULL));
    assert_true(vt_index_put_tag(all->index, 2, 1, "italy", 5, NULL));
    assert_true(vt_index_set_tags(all->index, 3, tags, 2, NULL));
    assert_true(vt_index_put_album(all->index, 1, 1, "Best of", 7, NULL));
    assert_true(vt_index_add_to_album(all->index, 1, items, 1, NULL));
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
    check_cell(all, 0, "Dimensions", "4000 \xc3\x97 3000");
    check_cell(all, 0, "Megapixels", "12.0");
    check_cell(all, 0, "Path", "/home/ada/pictures/caf\xef\xbf\xbd.jpg");
    check_cell(all, 0, "Taken", "");
    check_cell(all, 0, "Label", "");
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

static void a_sequence_says_what_it_is_and_was_given(void **state)
{
    const shelf *all = *state;
    check_cell(all, 2, "Kind", "Sequence");
    check_cell(all, 2, "Frames", "240");
    check_cell(all, 2, "Triangles", "");
    check_cell(all, 2, "Title", "A walk, long");
    check_cell(all, 2, "Rating", "4");
    check_cell(all, 2, "Label", "Yellow");
    check_cell(all, 2, "Tags", "place, place/italy");
    check_cell(all, 2, "Albums", "Best of");
    check_cell(all, 2, "Camera", "X100");
    check_cell(all, 2, "Taken", "2020-09-13 12:26");
}

/* All columns of all rows, as a file has them. */
static void cells_have_raw_values_for_programs(void **state)
{
    const shelf *all = *state;
    vt_str text = VT_STR_INIT;
    vt_csv csv;
    vt_csv_begin(&csv, vt_json_to_str, &text);
    for (uint32_t row = 0; row < 3; row++) {
        vt_table_row source = {.snapshot = all->snapshot, .row = row};
        vt_snapshot_item(all->snapshot, row, &source.item);
        for (int i = 0; i < vt_table_column_count(); i++) {
            vt_table_column_at(i)->write(&source, &csv);
        }
        vt_csv_end_row(&csv);
    }
    assert_true(vt_csv_end(&csv, NULL));
    assert_string_equal(
        text.data,
        "caf\xef\xbf\xbd.jpg,image,JPEG,4000x3000,4000,3000,12.000000,,,,4120000,2023-11-14T22:13:20Z,0,,,,,,"
        ","
        ","
        "ok,/home/ada/pictures,/home/ada/pictures/caf\xef\xbf\xbd.jpg\r\n"
        "gear.stl,model,STL,,,,,1204567,no,,1000,1970-01-01T00:00:00Z,0,,,,,,,,missing,/home/ada/pictures,"
        "/home/ada/pictures/gear.stl\r\n"
        "walk.####.png,sequence,JPEG,640x480,640,480,0.307200,,,240,1000,1970-01-01T00:00:00Z,4,yellow,"
        "\"A walk, long\",\"place, place/italy\",2020-09-13T12:26:40,X100,Best of,,ok,/home/ada/pictures,"
        "/home/ada/pictures/walk.####.png\r\n");
    vt_str_free(&text);
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

static void every_column_has_an_order_and_a_word(void **state)
{
    (void)state;
    for (int i = 0; i < vt_table_column_count(); i++) {
        const vt_table_column *column = vt_table_column_at(i);
        int of_key = vt_table_column_of_key(column->key);
        assert_in_range(of_key, 0, i); /* two may share one: dimensions and megapixels */
        assert_true(column->width > 0);
        assert_true(column->title[0] != '\0');
        assert_int_equal(vt_table_column_of_word(column->word, strlen(column->word)), i);
        assert_null(strpbrk(column->word, " =-"));
    }
    assert_int_equal(vt_table_column_of_key(VT_SORT_ID), -1); /* no column shows it */
    assert_int_equal(vt_table_column_of_word("colour", 6), -1);
    assert_int_equal(vt_table_column_of_word("nam", 3), -1);
    assert_string_equal(vt_table_column_at(VT_TABLE_NAME_COLUMN)->title, "Name");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_image_says_what_it_is),
        cmocka_unit_test(a_model_says_what_it_is),
        cmocka_unit_test(a_sequence_says_what_it_is_and_was_given),
        cmocka_unit_test(cells_have_raw_values_for_programs),
        cmocka_unit_test(values_of_a_newer_catalog_are_no_fault),
        cmocka_unit_test(every_column_has_an_order_and_a_word),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
