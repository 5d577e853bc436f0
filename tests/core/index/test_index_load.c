#include "tests/core/catalog/fixture.h"

#include "core/index/index.h"

static void loads_a_whole_catalog(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 5000);
    vt_item items[] = {fixture_item("/top.jpg", 1), fixture_item("/a/b\xFF/gear.stl", 2)};
    items[1].media = (vt_media_info){
        .kind = VT_KIND_MODEL, .format = VT_FORMAT_STL, .watertight = VT_WATERTIGHT_YES, .triangles = 1234};
    fixture_commit(writer, (vt_batch){.items = items, .item_count = 2});
    vt_catalog_reader *reader = fixture_reader(catalog);

    vt_index *index = vt_index_create();
    vt_error error = VT_ERROR_INIT;
    if (!vt_index_load(index, reader, NULL, &error)) {
        fail_msg("%s", error.message);
    }
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    assert_int_equal(vt_snapshot_count(snapshot), 5002);
    assert_int_equal(vt_snapshot_folder_count(snapshot), 3);
    for (int i = 0; i < 2; i++) {
        uint32_t row = vt_snapshot_find(snapshot, items[i].id);
        assert_int_not_equal(row, VT_INDEX_NO_ROW);
        vt_str path = VT_STR_INIT;
        vt_snapshot_path(snapshot, row, &path);
        assert_string_equal(path.data, items[i].path);
        vt_str_free(&path);
        vt_item_brief brief;
        vt_snapshot_item(snapshot, row, &brief);
        assert_int_equal(brief.triangles, items[i].media.triangles);
        assert_int_equal(brief.width, items[i].media.width);
        assert_int_equal(brief.mtime_ns, items[i].mtime_ns);
        assert_int_equal(brief.folder_id, items[i].folder_id);
    }
    vt_snapshot_release(snapshot);
    vt_index_free(index);
    vt_catalog_reader_free(reader);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static void stops_where_it_must(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 10);
    vt_catalog_reader *reader = fixture_reader(catalog);

    vt_index *index = vt_index_create();
    vt_error error = VT_ERROR_INIT;
    atomic_bool cancelled = true;
    assert_false(vt_index_load(index, reader, &cancelled, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    assert_int_equal(vt_snapshot_count(snapshot), 0); /* nothing half is shown */
    vt_snapshot_release(snapshot);
    vt_index_free(index);

    /* An item whose folder is not there: a catalog that somebody else has changed. */
    fixture_sql(fixture_path, "PRAGMA foreign_keys = OFF; DELETE FROM folder");
    index = vt_index_create();
    assert_false(vt_index_load(index, reader, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_CORRUPT);
    assert_non_null(strstr(error.message, "vitrine check"));
    vt_index_free(index);

    /* The failed loads have ended their transactions: the reader goes on. */
    assert_true(vt_catalog_reader_begin(reader, &error));
    vt_catalog_reader_end(reader);
    vt_catalog_reader_free(reader);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(loads_a_whole_catalog),
        fixture_test(stops_where_it_must),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
