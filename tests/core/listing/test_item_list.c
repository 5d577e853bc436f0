/* Lists of items as CSV and JSON: raw values, only what an item has. */
#include "tests/support/check.h"

#include "core/index/albums.h"
#include "core/index/attributes.h"
#include "core/index/tags.h"
#include "core/listing/item_list.h"
#include "tests/core/index/library.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static struct {
    vt_index *index;
    const vt_snapshot *snapshot;
} here;

static int set_up(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    here.index = vt_index_create();
    library_folder(here.index, 1, "/a, b");
    vt_item_brief picture = library_item(7, 1, "say \"x\".jpg");
    picture.rating = 4;
    picture.mtime_ns = 1715968801LL * 1000000000;
    vt_item_brief model = library_item(9, 1, "cup.stl");
    model.kind = VT_KIND_MODEL;
    model.format = VT_FORMAT_STL;
    model.width = model.height = 0;
    model.triangles = 12;
    model.watertight = VT_WATERTIGHT_YES;
    model.state = VT_ITEM_MISSING;
    library_put(here.index, picture);
    library_put(here.index, model);
    const vt_item_attributes attributes = {.item_id = 7,
                                           .which = VT_ATTRIBUTE_LABEL | VT_ATTRIBUTE_TITLE |
                                                    VT_ATTRIBUTES_OF_FILE,
                                           .label = 3,
                                           .title = "Dawn",
                                           .title_length = 4,
                                           .camera = "X100",
                                           .camera_length = 4,
                                           .taken_ns = 86400LL * 1000000000};
    assert_true(vt_index_put_attributes(here.index, &attributes, 1, &error));
    assert_true(vt_index_put_tag(here.index, 1, 0, "place", 5, &error));
    assert_true(vt_index_put_tag(here.index, 2, 1, "rome", 4, &error));
    assert_true(vt_index_put_tag(here.index, 3, 0, "sky", 3, &error));
    assert_true(vt_index_set_tags(here.index, 7, (const int64_t[]){2, 3}, 2, &error));
    assert_true(vt_index_put_album(here.index, 1, 0, "Best", 4, &error));
    assert_true(vt_index_add_to_album(here.index, 1, (const int64_t[]){7}, 1, &error));
    here.snapshot = library_publish(here.index);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    vt_snapshot_release(here.snapshot);
    vt_index_free(here.index);
    return 0;
}

static uint32_t itself(void *user, size_t index)
{
    (void)user;
    return (uint32_t)index;
}

static char *write_list(vt_item_list_form form, const char *columns)
{
    vt_error error = VT_ERROR_INIT;
    vt_item_columns wanted = vt_item_columns_all();
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    const vt_listed_rows rows = {here.snapshot, 2, itself, NULL};
    assert_true(!columns || vt_item_columns_parse(columns, &wanted, &error));
    assert_true(vt_item_list_write(stream, form, &rows, &wanted, NULL, &error));
    fclose(stream);
    return text;
}

static void csv_has_all_columns(void **state)
{
    (void)state;
    char *text = write_list(VT_ITEM_LIST_CSV, NULL);
    assert_string_equal(
        text,
        "id,path,kind,format,size,mtime,width,height,triangles,watertight,rating,state,frames,name,"
        "label,title,"
        "tags,camera,taken,albums,stack,stack_position\r\n"
        "7,\"/a, b/say \"\"x\"\".jpg\",image,JPEG,1000,2024-05-17T18:00:01Z,640,480,,,4,ok,,\"say "
        "\"\"x\"\".jpg\",3,"
        "Dawn,place/rome;sky,X100,1970-01-02T00:00:00,Best,,\r\n"
        "9,\"/a, b/cup.stl\",model,STL,1000,1970-01-01T00:00:00Z,,,12,yes,,missing,,cup.stl,,,,,,,,\r\n");
    free(text);
}

static void json_has_what_an_item_has(void **state)
{
    (void)state;
    char *text = write_list(VT_ITEM_LIST_JSON, "name,width,watertight,tags,albums,state,label");
    assert_string_equal(
        text, "{\n  \"total\": 2,\n  \"items\": [\n    {\n      \"name\": \"say \\\"x\\\".jpg\",\n"
              "      \"width\": 640,\n      \"tags\": [\n        \"place/rome\",\n        \"sky\"\n"
              "      ],\n      \"albums\": [\n        \"Best\"\n      ],\n      \"label\": 3\n    },\n"
              "    {\n      \"name\": \"cup.stl\",\n      \"watertight\": true,\n"
              "      \"state\": \"missing\"\n    }\n  ]\n}\n");
    free(text);
}

static void columns_are_chosen_in_order(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_item_columns columns;
    char *text = write_list(VT_ITEM_LIST_CSV, "rating,id");
    assert_string_equal(text, "rating,id\r\n4,7\r\n,9\r\n");
    free(text);
    assert_false(vt_item_columns_parse("id,colour", &columns, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_non_null(strstr(error.message, "'colour'; there are id, path"));
    assert_false(vt_item_columns_parse("id,id", &columns, &error));
    assert_false(vt_item_columns_parse("", &columns, &error));
    assert_false(vt_item_columns_parse("id,", &columns, &error));
}

static void a_removed_tag_is_none(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_index_remove_tag(here.index, 3, &error));
    vt_snapshot_release(here.snapshot);
    here.snapshot = library_publish(here.index);
    char *text = write_list(VT_ITEM_LIST_CSV, "tags");
    assert_string_equal(text, "tags\r\nplace/rome\r\n\"\"\r\n");
    free(text);
}

static void a_full_disk_is_told(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    FILE *stream = fopen("/dev/full", "w");
    const vt_item_columns all = vt_item_columns_all();
    const vt_listed_rows rows = {here.snapshot, 2, itself, NULL};
    assert_false(vt_item_list_write(stream, VT_ITEM_LIST_CSV, &rows, &all, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_NO_SPACE);
    fclose(stream);
}

static void it_can_be_stopped(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_cancel *cancel = vt_cancel_create(NULL);
    vt_cancel_request(cancel);
    FILE *stream = fopen("/dev/null", "w");
    const vt_item_columns all = vt_item_columns_all();
    const vt_listed_rows rows = {here.snapshot, 2, itself, NULL};
    assert_false(vt_item_list_write(stream, VT_ITEM_LIST_JSON, &rows, &all, cancel, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    fclose(stream);
    vt_cancel_unref(cancel);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(csv_has_all_columns, set_up, tear_down),
        cmocka_unit_test_setup_teardown(json_has_what_an_item_has, set_up, tear_down),
        cmocka_unit_test_setup_teardown(columns_are_chosen_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_removed_tag_is_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_full_disk_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_can_be_stopped, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
