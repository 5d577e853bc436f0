/* Tiny thumbnails in the catalog: of items that are there, replaced by newer ones, gone with their item. */
#include "core/catalog/fixture.h"

#include "core/catalog/tiny.h"

/* A code that `number` tells from others. */
static vt_tiny tiny_of(int64_t id, uint8_t number)
{
    vt_tiny tiny = {.item_id = id};
    memset(tiny.code.bytes, number, sizeof tiny.code.bytes);
    return tiny;
}

typedef struct list {
    vt_tiny tinies[16];
    size_t count, most;
} list;

static bool append(void *user, const vt_tiny *tiny)
{
    list *to = user;
    assert_true(to->count < 16);
    to->tinies[to->count++] = *tiny;
    return to->count < to->most;
}

static list all_of(const vt_catalog *catalog, int64_t after, size_t most)
{
    list found = {.most = most};
    vt_catalog_reader *reader = fixture_reader(catalog);
    vt_error error = VT_ERROR_INIT;
    if (!vt_catalog_reader_each_tiny(reader, after, append, &found, &error)) {
        fail_msg("%s", error.message);
    }
    vt_catalog_reader_free(reader);
    return found;
}

static void put(vt_catalog_writer *writer, const vt_tiny *tinies, size_t count)
{
    vt_error error = VT_ERROR_INIT;
    if (!vt_catalog_writer_put_tiny(writer, tinies, count, &error)) {
        fail_msg("%s", error.message);
    }
}

static void test_written_and_read_back_in_order(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 5);
    const vt_tiny first[] = {tiny_of(4, 40), tiny_of(999, 9), tiny_of(2, 20)}; /* there is no item 999 */
    put(writer, first, 3);
    list found = all_of(catalog, 0, 16);
    assert_int_equal(found.count, 2);
    assert_memory_equal(&found.tinies[0], &first[2], sizeof *first);
    assert_memory_equal(&found.tinies[1], &first[0], sizeof *first);
    assert_int_equal(all_of(catalog, 2, 16).count, 1);
    assert_int_equal(all_of(catalog, 0, 1).count, 1); /* the visitor has seen enough */

    const vt_tiny newer[] = {tiny_of(2, 21)};
    put(writer, newer, 1);
    put(writer, NULL, 0);
    found = all_of(catalog, 0, 16);
    assert_int_equal(found.count, 2);
    assert_memory_equal(&found.tinies[0], &newer[0], sizeof *newer);

    const int64_t gone[] = {2};
    assert_true(vt_catalog_writer_remove(writer, gone, 1, NULL));
    assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM tiny"), 1);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

/* A code that no program of ours wrote is not there. */
static void test_nonsense_in_the_file_is_left_out(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 5);
    const vt_tiny good = tiny_of(5, 50);
    put(writer, &good, 1);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    fixture_sql(fixture_path, "INSERT INTO tiny VALUES (1, x''), (2, randomblob(31)), (3, zeroblob(32)), "
                              "(4, zeroblob(1000000))");
    catalog = fixture_open(VT_CATALOG_READ_ONLY);
    list found = all_of(catalog, 0, 16);
    assert_int_equal(found.count, 1);
    assert_memory_equal(&found.tinies[0], &good, sizeof good);
    vt_catalog_close(catalog);
}

static void test_a_catalog_without_the_table_says_so(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 2);
    fixture_sql(fixture_path, "DROP TABLE tiny");
    vt_error error = VT_ERROR_INIT;
    list found = {.most = 16};
    const vt_tiny tiny = tiny_of(1, 1);
    assert_false(vt_catalog_writer_put_tiny(writer, &tiny, 1, &error));
    assert_int_not_equal(error.code, VT_ERROR_NONE);
    error = (vt_error)VT_ERROR_INIT;
    vt_catalog_reader *reader = fixture_reader(catalog);
    assert_false(vt_catalog_reader_each_tiny(reader, 0, append, &found, &error));
    assert_int_not_equal(error.code, VT_ERROR_NONE);
    vt_catalog_reader_free(reader);
    /* The transaction is over: the writer goes on. */
    vt_item item = fixture_item("/b/1.jpg", 7);
    fixture_commit(writer, (vt_batch){.items = &item, .item_count = 1});
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

/* All or nothing: the second code breaks a rule that the test has made. */
static void test_codes_of_one_call_are_written_together(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 3);
    fixture_sql(fixture_path, "CREATE UNIQUE INDEX one_of_each ON tiny (code)");
    const vt_tiny same[] = {tiny_of(1, 7), tiny_of(2, 7)};
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_catalog_writer_put_tiny(writer, same, 2, &error));
    assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM tiny"), 0);
    put(writer, same, 1);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static void test_an_older_catalog_is_upgraded(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 3);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    fixture_sql(fixture_path,
                "DROP TABLE tiny; DROP TABLE sequence; DROP TABLE sequence_choice; "
                "DROP TABLE fingerprint; DROP TABLE root; DROP INDEX item_by_file; "
                "DELETE FROM migration WHERE version >= 4;"
                "DROP TABLE file_step; DROP TABLE file_work; DROP TABLE trashed;"
                "DROP TABLE sidecar; DROP TABLE sidecar_due; DROP TABLE sidecar_conflict; "
                "DROP TABLE sidecar_failure; DROP TABLE look; DROP TABLE twins; DROP TABLE stack_item;"
                "DROP TABLE workspace; DROP TABLE sidecar_said; DROP TABLE embedded; ALTER TABLE item_tag "
                "DROP COLUMN given;"
                "PRAGMA user_version = 3");
    catalog = fixture_open(VT_CATALOG_READ_WRITE);
    assert_int_equal(all_of(catalog, 0, 16).count, 0);
    assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM item"), 3);
    vt_catalog_close(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(test_written_and_read_back_in_order),
        fixture_test(test_nonsense_in_the_file_is_left_out),
        fixture_test(test_a_catalog_without_the_table_says_so),
        fixture_test(test_codes_of_one_call_are_written_together),
        fixture_test(test_an_older_catalog_is_upgraded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
