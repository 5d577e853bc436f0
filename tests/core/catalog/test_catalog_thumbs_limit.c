/* Thumbnails of 512 pixels hold no more than they may: the oldest go, the small ones stay. */
#include "core/catalog/fixture.h"

#include "core/catalog/thumbs.h"

enum { BYTES = 1000 };

static vt_thumb_key key_of(int64_t id, uint32_t size_class)
{
    return (vt_thumb_key){.item_id = id, .size = 1, .mtime_ns = 1, .size_class = size_class};
}

static void put(vt_thumbs *thumbs, int64_t id, uint32_t size_class)
{
    static const uint8_t bytes[BYTES];
    const vt_thumb_key key = key_of(id, size_class);
    const vt_thumb thumb = {.width = 9, .height = 9, .codec = 1, .bytes = bytes, .length = BYTES};
    vt_error error = VT_ERROR_INIT;
    if (!vt_thumbs_put(thumbs, &key, &thumb, 1, &error)) {
        fail_msg("%s", error.message);
    }
}

static bool has(vt_thumbs *thumbs, int64_t id, uint32_t size_class)
{
    const vt_thumb_key key = key_of(id, size_class);
    vt_thumb thumb;
    bool found = false;
    assert_true(vt_thumbs_get(thumbs, &key, &thumb, &found, NULL));
    free((void *)thumb.bytes);
    return found;
}

static int64_t count(vt_thumbs *thumbs)
{
    int64_t stored = 0;
    int64_t bytes = 0;
    assert_true(vt_thumbs_counts(thumbs, &stored, &bytes, NULL));
    return stored;
}

static vt_thumbs *open_thumbs(vt_catalog *catalog, int64_t limit)
{
    vt_error error = VT_ERROR_INIT;
    vt_thumbs *thumbs = vt_thumbs_open(catalog, fixture_file("cache.thumbs"), &error);
    if (!thumbs) {
        fail_msg("%s", error.message);
    }
    vt_thumbs_set_large_limit(thumbs, limit);
    return thumbs;
}

static void test_the_oldest_large_ones_go(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_thumbs *thumbs = open_thumbs(catalog, (int64_t)16 * BYTES);
    for (int64_t id = 1; id <= 16; id++) {
        put(thumbs, id, 512);
        put(thumbs, id, 256);
    }
    assert_int_equal(count(thumbs), 32); /* just what they may hold */
    put(thumbs, 17, 512);
    assert_int_equal(count(thumbs), 16 + 14); /* an eighth of the limit is free again */
    assert_false(has(thumbs, 3, 512));
    assert_true(has(thumbs, 4, 512));
    assert_true(has(thumbs, 17, 512));
    assert_true(has(thumbs, 1, 256));
    vt_thumbs_close(thumbs);
    vt_catalog_close(catalog);
}

/* What is replaced or deleted meanwhile is not counted twice. */
static void test_they_are_counted_before_any_goes(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_thumbs *thumbs = open_thumbs(catalog, (int64_t)8 * BYTES);
    for (int64_t turn = 0; turn < 5; turn++) {
        for (int64_t id = 1; id <= 8; id++) {
            put(thumbs, id, 512);
        }
    }
    assert_int_equal(count(thumbs), 8);
    assert_true(vt_thumbs_delete_orphans(thumbs, NULL, NULL)); /* no item is in the catalog */
    assert_int_equal(count(thumbs), 0);
    for (int64_t id = 11; id <= 18; id++) {
        put(thumbs, id, 512);
    }
    assert_int_equal(count(thumbs), 8);
    vt_thumbs_close(thumbs);

    /* A store that is opened again does not know how full it is. */
    thumbs = open_thumbs(catalog, (int64_t)8 * BYTES);
    put(thumbs, 19, 512);
    assert_int_equal(count(thumbs), 7);
    vt_thumbs_set_large_limit(thumbs, 0);
    put(thumbs, 20, 512);
    assert_int_equal(count(thumbs), 0);
    vt_thumbs_close(thumbs);
    vt_catalog_close(catalog);
}

static void test_a_store_of_before_is_upgraded(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_thumbs *thumbs = open_thumbs(catalog, BYTES);
    put(thumbs, 1, 512);
    vt_thumbs_close(thumbs);
    fixture_sql(
        fixture_file("cache.thumbs"),
        "DROP INDEX thumbnail_large; DELETE FROM migration WHERE version >= 2; PRAGMA user_version = 1");
    thumbs = open_thumbs(catalog, BYTES);
    assert_true(has(thumbs, 1, 512));
    put(thumbs, 2, 512);
    assert_int_equal(count(thumbs), 0); /* one alone is more than seven eighths */
    vt_thumbs_close(thumbs);
    vt_catalog_close(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(test_the_oldest_large_ones_go),
        fixture_test(test_they_are_counted_before_any_goes),
        fixture_test(test_a_store_of_before_is_upgraded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
