/* Looks of pictures, and what the last search for duplicates found, in the catalog. */
#include "tests/core/catalog/fixture.h"

#include "core/catalog/tiny.h"
#include "core/catalog/twins.h"

#include <stdlib.h>

static vt_twins_found read_back(vt_catalog *catalog, vt_twin_kind kind, bool *is_there)
{
    vt_error error = VT_ERROR_INIT;
    vt_twins_found found;
    vt_catalog_reader *reader = vt_catalog_reader_open(catalog, &error);
    if (!vt_catalog_reader_twins(reader, kind, &found, is_there, &error)) {
        fail_msg("%s", error.message);
    }
    vt_catalog_reader_free(reader);
    return found;
}

static bool count_look(void *user, int64_t item_id, const vt_look *look)
{
    *(int64_t *)user += item_id * 1000 + (int64_t)look->hash + look->structure;
    return true;
}

static int64_t sum_of_looks(vt_catalog *catalog, int64_t after)
{
    vt_error error = VT_ERROR_INIT;
    int64_t sum = 0;
    vt_catalog_reader *reader = vt_catalog_reader_open(catalog, &error);
    assert_true(vt_catalog_reader_each_look(reader, after, count_look, &sum, &error));
    vt_catalog_reader_free(reader);
    return sum;
}

static void test_what_was_found_is_kept(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    bool is_there = true;
    read_back(catalog, VT_TWIN_SAME, &is_there);
    assert_false(is_there);
    vt_twin twins[] = {{.id = INT64_MAX, .stamp = UINT64_MAX, .group = 7, .file = UINT32_MAX}, {.id = 3}};
    vt_twins_found found = {.twins = twins, .count = 2, .found_ns = -5, .last_id = 99};
    assert_true(vt_catalog_writer_put_twins(writer, VT_TWIN_SAME, &found, &error));
    found.count = 0;
    assert_true(vt_catalog_writer_put_twins(writer, VT_TWIN_ALIKE, &found, &error));
    vt_twins_found again = read_back(catalog, VT_TWIN_SAME, &is_there);
    assert_true(is_there);
    assert_int_equal(again.count, 2);
    assert_memory_equal(again.twins, twins, sizeof twins);
    assert_int_equal(again.found_ns, -5);
    assert_int_equal(again.last_id, 99);
    free(again.twins);
    again = read_back(catalog, VT_TWIN_ALIKE, &is_there);
    assert_true(is_there);
    assert_int_equal(again.count, 0);
    free(again.twins);
    vt_catalog_writer_free(writer);
    /* What no program of ours wrote. */
    fixture_sql(fixture_path, "UPDATE twins SET members = zeroblob(25) WHERE kind = 0");
    read_back(catalog, VT_TWIN_SAME, &is_there);
    assert_false(is_there);
    vt_catalog_close(catalog);
}

static void test_looks_go_with_their_items(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 3);
    const vt_tiny looks[] = {{.item_id = 1, .look = {.hash = 5, .structure = 20, .version = 1}},
                             {.item_id = 2, .look = {.hash = 6, .structure = 30, .version = 1}},
                             {.item_id = 3}, /* none */
                             {.item_id = 999, .look = {.hash = 1, .version = 1}}};
    assert_true(vt_catalog_writer_put_tiny(writer, looks, 4, &error));
    assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM tiny"), 0);
    assert_int_equal(sum_of_looks(catalog, 0), 3000 + 11 + 50);
    assert_int_equal(sum_of_looks(catalog, 1), 2000 + 6 + 30);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    fixture_sql(fixture_path, "PRAGMA foreign_keys = ON; DELETE FROM item WHERE id = 2");
    assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM look"), 1);
}

static void test_a_catalog_without_the_tables_says_so(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_sql(fixture_path, "DROP TABLE twins; DROP TABLE look");
    const vt_twins_found nothing = {.count = 0};
    assert_false(vt_catalog_writer_put_twins(writer, VT_TWIN_SAME, &nothing, &error));
    assert_int_not_equal(error.code, VT_ERROR_NONE);
    vt_catalog_writer_free(writer);
    vt_twins_found found;
    bool is_there = true;
    int64_t sum = 0;
    vt_catalog_reader *reader = vt_catalog_reader_open(catalog, &error);
    assert_false(vt_catalog_reader_twins(reader, VT_TWIN_SAME, &found, &is_there, &error));
    assert_false(is_there);
    assert_false(vt_catalog_reader_each_look(reader, 0, count_look, &sum, &error));
    vt_catalog_reader_free(reader);
    vt_catalog_close(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(test_what_was_found_is_kept),
        fixture_test(test_looks_go_with_their_items),
        fixture_test(test_a_catalog_without_the_tables_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
