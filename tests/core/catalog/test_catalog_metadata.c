/* What pictures say of themselves: a row where they say something, with the item in one transaction. */
#include "core/catalog/fixture.h"

#include "core/base/clock.h"

static void set(vt_metadata *m, vt_metadata_text field, const char *text)
{
    vt_metadata_set(m, field, text, strlen(text));
}

static vt_metadata all_facts(void)
{
    vt_metadata m = {0};
    assert_true(vt_metadata_set_taken(&m, "1905-02-03T04:05:06.789-03:30", 29));
    vt_metadata_set_number(&m, VT_METADATA_EXPOSURE, 1.0 / 8000);
    vt_metadata_set_number(&m, VT_METADATA_F_NUMBER, 1.4);
    vt_metadata_set_number(&m, VT_METADATA_ISO, 102400);
    vt_metadata_set_number(&m, VT_METADATA_FOCAL, 85);
    vt_metadata_set_position(&m, -33.5, 151.25);
    vt_metadata_set_number(&m, VT_METADATA_ALTITUDE, -4);
    vt_metadata_set_number(&m, VT_METADATA_RATING, -1);
    for (int i = 0; i < VT_METADATA_TAGS; i++) { /* tags are given to the item instead (embedded.h) */
        set(&m, (vt_metadata_text)i, "t\xc3\xa4xt");
    }
    vt_metadata_add(&m, VT_METADATA_KEYWORDS, "second", 6);
    set(&m, VT_METADATA_DESCRIPTION, "two\nlines");
    assert_int_equal(m.known, VT_METADATA_ALL_FACTS);
    return m;
}

static int64_t rows(void)
{
    return fixture_number(fixture_path, "SELECT count(*) FROM metadata");
}

static void check_read(const vt_catalog *catalog, int64_t id, const vt_metadata *expected)
{
    vt_catalog_reader *reader = fixture_reader(catalog);
    vt_metadata read;
    assert_true(vt_catalog_reader_metadata(reader, id, &read, NULL));
    assert_memory_equal(&read, expected, sizeof read);
    vt_catalog_reader_free(reader);
}

static void test_written_with_the_item_and_read_back(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    vt_item items[] = {fixture_item("/a/one.jpg", 1), fixture_item("/a/two.jpg", 2),
                       fixture_item("/a/three.jpg", 3)};
    const vt_metadata full = all_facts();
    const vt_metadata empty = {0};
    vt_metadata one_fact = {0};
    set(&one_fact, VT_METADATA_LABEL, "Red");
    const vt_metadata *said[] = {&full, &empty, &one_fact};
    vt_batch batch = {.items = items, .item_count = 3, .metadata = said};
    fixture_commit(writer, batch);
    assert_int_equal(rows(), 2); /* none for the one that says nothing */
    check_read(catalog, items[0].id, &full);
    check_read(catalog, items[1].id, &empty);
    check_read(catalog, items[2].id, &one_fact);
    check_read(catalog, 4711, &empty);

    said[0] = &empty; /* unchanged items keep theirs */
    fixture_commit(writer, batch);
    check_read(catalog, items[0].id, &full);
    said[0] = NULL; /* and so do those of which nothing was read */
    items[0].state = VT_ITEM_MISSING;
    fixture_commit(writer, batch);
    check_read(catalog, items[0].id, &full);
    items[0].state = VT_ITEM_OK;
    said[0] = &empty;
    items[0].mtime_ns++; /* of new content the old is not true any more */
    items[1].mtime_ns++;
    said[1] = &one_fact;
    fixture_commit(writer, batch);
    check_read(catalog, items[0].id, &empty);
    check_read(catalog, items[1].id, &one_fact);
    assert_int_equal(rows(), 2);

    assert_true(vt_catalog_writer_remove(writer, &items[2].id, 1, NULL));
    assert_int_equal(rows(), 1);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static void test_a_batch_that_fails_leaves_none(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    vt_item items[] = {fixture_item("/a/one.jpg", 1), fixture_item("not/absolute.jpg", 2)};
    const vt_metadata full = all_facts();
    const vt_metadata *said[] = {&full, &full};
    vt_batch batch = {.items = items, .item_count = 2, .metadata = said};
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_catalog_writer_commit(writer, &batch, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_int_equal(rows(), 0);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

/* What no program of ours wrote is unknown. */
static void test_nonsense_in_the_file_is_not_known(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    vt_item item = fixture_item("/a/one.jpg", 1);
    const vt_metadata full = all_facts();
    const vt_metadata empty = {0};
    const vt_metadata *said[] = {&full};
    fixture_commit(writer, (vt_batch){.items = &item, .item_count = 1, .metadata = said});
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    fixture_sql(fixture_path,
                "UPDATE metadata SET taken_ns = 9223372036854775807, taken_offset = 9999, exposure = -1,"
                " f_number = 1e99, iso = -5, focal_mm = 0, latitude = 91, altitude = 1e300, rating = 6,"
                " camera = '  ', lens = char(7), title = '', description = char(10, 9), creator = NULL,"
                " copyright = NULL, keywords = char(10, 10), label = ' '"
                " WHERE item_id > 0 AND lens IS NOT NULL");
    catalog = fixture_open(VT_CATALOG_READ_ONLY);
    check_read(catalog, item.id, &empty);
    vt_catalog_close(catalog);
}

/* A catalog of before gets the table, and its items stay. */
static void test_an_older_catalog_is_upgraded(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    vt_item item = fixture_item("/a/one.jpg", 1);
    fixture_commit(writer, (vt_batch){.items = &item, .item_count = 1});
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    fixture_sql(fixture_path,
                "DROP TABLE metadata; DROP TABLE tiny; DROP TABLE sequence; "
                "DROP TABLE sequence_choice; DROP TABLE fingerprint; DROP TABLE root;"
                "DROP INDEX item_by_file; DELETE FROM migration WHERE version >= 3;"
                "DROP TABLE file_step; DROP TABLE file_work; DROP TABLE trashed;"
                "DROP TABLE sidecar; DROP TABLE sidecar_due; DROP TABLE sidecar_conflict; "
                "DROP TABLE sidecar_failure; DROP TABLE look; DROP TABLE twins; DROP TABLE stack_item;"
                "DROP TABLE workspace; DROP TABLE sidecar_said; DROP TABLE embedded; ALTER TABLE item_tag "
                "DROP COLUMN given;"
                "PRAGMA user_version = 2");
    catalog = fixture_open(VT_CATALOG_READ_WRITE);
    assert_int_equal(rows(), 0);
    assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM item"), 1);
    const vt_metadata empty = {0};
    check_read(catalog, item.id, &empty);
    vt_catalog_close(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(test_written_with_the_item_and_read_back),
        fixture_test(test_a_batch_that_fails_leaves_none),
        fixture_test(test_nonsense_in_the_file_is_not_known),
        fixture_test(test_an_older_catalog_is_upgraded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
