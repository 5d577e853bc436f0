/* Tiny thumbnails beside the index: seen at once by every snapshot, whole or not at all, filled from the
 * catalog. */
#include "tests/core/catalog/fixture.h"

#include "core/index/tiny.h"
#include "tests/core/index/library.h"

#include <pthread.h>

static vt_tiny tiny_of(int64_t id, uint8_t number)
{
    vt_tiny tiny = {.item_id = id};
    memset(tiny.code.bytes, number, sizeof tiny.code.bytes);
    return tiny;
}

static vt_index *make_index(int64_t rows)
{
    vt_index *index = vt_index_create();
    assert_non_null(index);
    library_folder(index, 1, "/a");
    for (int64_t id = 1; id <= rows; id++) {
        library_put(index, library_item(id * 2, 1, "x.jpg")); /* even numbers */
    }
    assert_true(vt_index_publish(index, NULL));
    return index;
}

/* What a row of the snapshot shows: the number of its code, 0 for none. */
static int shown(const vt_snapshot *snapshot, uint32_t row)
{
    vt_tinythumb tiny;
    return vt_snapshot_tiny(snapshot, row, &tiny) ? tiny.bytes[VT_TINYTHUMB_BYTES - 1] : 0;
}

static void put(vt_index *index, vt_tiny tiny, vt_tiny_known known)
{
    vt_error error = VT_ERROR_INIT;
    if (!vt_index_put_tiny(index, &tiny, 1, known, &error)) {
        fail_msg("%s", error.message);
    }
}

static void a_snapshot_sees_what_comes_later(void **state)
{
    (void)state;
    enum { ROWS = 9000 }; /* in three blocks */
    vt_index *index = make_index(ROWS);
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    uint64_t version = vt_snapshot_version(snapshot);
    assert_int_equal(shown(snapshot, 0), 0);
    static const uint32_t rows[] = {0, 1, 4095, 4096, ROWS - 1};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        put(index, tiny_of((int64_t)rows[i] * 2 + 2, (uint8_t)(i + 1)), VT_TINY_KEEP);
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(shown(snapshot, rows[i]), i + 1);
    }
    assert_int_equal(shown(snapshot, 2), 0);
    assert_int_equal(shown(snapshot, 4094), 0);
    put(index, tiny_of(3, 9), VT_TINY_REPLACE); /* no such item */
    put(index, tiny_of(ROWS * 2 + 2, 9), VT_TINY_REPLACE);
    put(index, tiny_of(6, 0), VT_TINY_REPLACE); /* the code of nothing */
    assert_int_equal(shown(snapshot, 2), 0);
    put(index, tiny_of(2, 77), VT_TINY_KEEP);
    assert_int_equal(shown(snapshot, 0), 1);
    put(index, tiny_of(2, 77), VT_TINY_REPLACE);
    assert_int_equal(shown(snapshot, 0), 77);
    const vt_snapshot *newest = vt_index_snapshot(index);
    assert_int_equal(vt_snapshot_version(newest), version); /* nothing had to be published */
    vt_snapshot_release(newest);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void rows_that_are_not_published_have_none(void **state)
{
    (void)state;
    vt_index *index = make_index(1);
    library_put(index, library_item(100, 1, "y.jpg"));
    put(index, tiny_of(100, 5), VT_TINY_REPLACE);
    assert_true(vt_index_publish(index, NULL));
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    assert_int_equal(shown(snapshot, 1), 0);
    put(index, tiny_of(100, 5), VT_TINY_REPLACE);
    assert_int_equal(shown(snapshot, 1), 5);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

/* Blocks are made where there are codes, and nowhere else. */
static void memory_is_that_of_the_blocks_in_use(void **state)
{
    (void)state;
    vt_index *index = make_index(20000);
    size_t before = 0;
    size_t after = 0;
    size_t names = 0;
    vt_index_memory(index, &before, &names);
    put(index, tiny_of(20000, 1), VT_TINY_KEEP);
    put(index, tiny_of(20002, 1), VT_TINY_KEEP);
    vt_index_memory(index, &after, &names);
    assert_int_equal(after - before, 4096 * VT_TINYTHUMB_BYTES);
    vt_index_free(index);
}

typedef struct race {
    vt_index *index;
    atomic_bool stop;
    int torn, seen;
} race;

static void *look(void *user)
{
    race *with = user;
    const vt_snapshot *snapshot = vt_index_snapshot(with->index);
    while (!atomic_load(&with->stop)) {
        vt_tinythumb tiny;
        if (vt_snapshot_tiny(snapshot, 0, &tiny)) {
            with->seen++;
            for (int i = 1; i < VT_TINYTHUMB_BYTES; i++) {
                with->torn += tiny.bytes[i] != tiny.bytes[0];
            }
        }
    }
    vt_snapshot_release(snapshot);
    return NULL;
}

static void a_code_is_read_whole_or_not_at_all(void **state)
{
    (void)state;
    enum { TURNS = 20000 };
    race with = {.index = make_index(1)};
    pthread_t thread;
    put(with.index, tiny_of(2, 1), VT_TINY_REPLACE);
    assert_int_equal(pthread_create(&thread, NULL, look, &with), 0);
    for (int i = 0; i < TURNS; i++) {
        put(with.index, tiny_of(2, (uint8_t)(i % 255 + 1)), VT_TINY_REPLACE);
    }
    atomic_store(&with.stop, true);
    pthread_join(thread, NULL);
    assert_int_equal(with.torn, 0);
    vt_index_free(with.index);
}

static void all_are_loaded_but_for_newer_ones(void **state)
{
    (void)state;
    enum { ITEMS = 10000 };
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, ITEMS);
    vt_tiny *tinies = malloc(ITEMS * sizeof *tinies);
    assert_non_null(tinies);
    size_t count = 0;
    for (int64_t id = 1; id <= ITEMS; id++) {
        if (id % 10) {
            tinies[count++] = tiny_of(id, (uint8_t)(id % 200 + 1));
        }
    }
    assert_true(vt_catalog_writer_put_tiny(writer, tinies, count, NULL));
    free(tinies);
    vt_catalog_reader *reader = fixture_reader(catalog);
    vt_index *index = vt_index_create();
    vt_error error = VT_ERROR_INIT;
    atomic_bool cancelled = true;
    assert_true(vt_index_load(index, reader, NULL, NULL, &error));
    assert_false(vt_index_load_tiny(index, reader, &cancelled, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    put(index, tiny_of(5, 250), VT_TINY_REPLACE); /* made while the others are loaded */
    assert_true(vt_index_load_tiny(index, reader, NULL, &error));
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    for (uint32_t row = 0; row < ITEMS; row++) {
        vt_item_brief item;
        vt_snapshot_item(snapshot, row, &item);
        int expected = item.id == 5 ? 250 : item.id % 10 ? (int)(item.id % 200 + 1) : 0;
        assert_int_equal(shown(snapshot, row), expected);
    }
    vt_snapshot_release(snapshot);
    fixture_sql(fixture_path, "DROP TABLE tiny");
    error = (vt_error)VT_ERROR_INIT;
    assert_false(vt_index_load_tiny(index, reader, NULL, &error));
    assert_int_not_equal(error.code, VT_ERROR_NONE);
    vt_index_free(index);
    vt_catalog_reader_free(reader);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_snapshot_sees_what_comes_later),
        cmocka_unit_test(rows_that_are_not_published_have_none),
        cmocka_unit_test(memory_is_that_of_the_blocks_in_use),
        cmocka_unit_test(a_code_is_read_whole_or_not_at_all),
        fixture_test(all_are_loaded_but_for_newer_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
