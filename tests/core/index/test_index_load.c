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
    if (!vt_index_load(index, reader, NULL, NULL, &error)) {
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

static void assert_same_rows(const vt_snapshot *a, const vt_snapshot *b)
{
    assert_int_equal(vt_snapshot_count(a), vt_snapshot_count(b));
    for (uint32_t row = 0; row < vt_snapshot_count(a); row++) {
        vt_item_brief one, other;
        vt_snapshot_item(a, row, &one);
        vt_snapshot_item(b, row, &other);
        assert_int_equal(one.id, other.id);
        assert_int_equal(one.size, other.size);
        assert_int_equal(one.name_length, other.name_length);
        assert_memory_equal(one.name, other.name, one.name_length);
    }
}

/* Loads with one reader and with two; what the second brings must make no difference. */
static void load_both_ways(vt_catalog *catalog)
{
    vt_catalog_reader *reader = fixture_reader(catalog);
    vt_catalog_reader *second = fixture_reader(catalog);
    vt_index *alone = vt_index_create();
    vt_index *together = vt_index_create();
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_index_load(alone, reader, NULL, NULL, &error));
    assert_true(vt_index_load(together, reader, second, NULL, &error));
    const vt_snapshot *a = vt_index_snapshot(alone);
    const vt_snapshot *b = vt_index_snapshot(together);
    assert_same_rows(a, b);
    vt_snapshot_release(a);
    vt_snapshot_release(b);
    vt_index_free(alone);
    vt_index_free(together);
    vt_catalog_reader_free(second);
    vt_catalog_reader_free(reader);
}

static void two_readers_load_the_same(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 140000);
    vt_catalog_writer_free(writer);
    load_both_ways(catalog);
    /* Gaps: within a stripe, over whole ones, at the start and at the end. */
    fixture_sql(fixture_path, "DELETE FROM item WHERE id % 7 = 0 OR id < 100 OR id BETWEEN 30000 AND 99000 "
                              "OR id > 139000");
    load_both_ways(catalog);
    fixture_sql(fixture_path, "UPDATE item SET id = 4611686018427387904 + id WHERE id > 120000");
    load_both_ways(catalog);

    /* Cancelled, and with a row that cannot be taken, in the second one's stripe. */
    vt_catalog_reader *reader = fixture_reader(catalog);
    vt_catalog_reader *second = fixture_reader(catalog);
    fixture_sql(fixture_path, "DELETE FROM item WHERE id > 120000");
    vt_error error = VT_ERROR_INIT;
    atomic_bool cancelled = true;
    vt_index *index = vt_index_create();
    assert_false(vt_index_load(index, reader, second, &cancelled, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    vt_index_free(index);
    fixture_sql(fixture_path, "PRAGMA foreign_keys = OFF; UPDATE item SET folder_id = 999999 WHERE id = "
                              "(SELECT max(id) FROM item WHERE id <= 120000)");
    index = vt_index_create();
    assert_false(vt_index_load(index, reader, second, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_CORRUPT);
    vt_index_free(index);
    vt_catalog_reader_free(second);
    vt_catalog_reader_free(reader);
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
    assert_false(vt_index_load(index, reader, NULL, &cancelled, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    assert_int_equal(vt_snapshot_count(snapshot), 0); /* nothing half is shown */
    vt_snapshot_release(snapshot);
    vt_index_free(index);

    /* An item whose folder is not there: a catalog that somebody else has changed. */
    fixture_sql(fixture_path, "PRAGMA foreign_keys = OFF; DELETE FROM folder");
    index = vt_index_create();
    assert_false(vt_index_load(index, reader, NULL, NULL, &error));
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
        fixture_test(two_readers_load_the_same),
        fixture_test(stops_where_it_must),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
