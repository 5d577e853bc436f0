#include "core/index/index.h"

#include "tests/core/index/library.h"
#include "tests/support/check.h"

#include <pthread.h>
#include <stdlib.h>

static void starts_empty(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    assert_int_equal(vt_snapshot_count(snapshot), 0);
    assert_int_equal(vt_snapshot_folder_count(snapshot), 0);
    assert_int_equal(vt_snapshot_find(snapshot, 1), VT_INDEX_NO_ROW);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
    vt_index_free(NULL);
}

static void keeps_every_column(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    library_folder(index, 7, "/pictures/Cars");
    library_folder(index, 7, "/elsewhere"); /* known already */
    library_folder(index, 9, "/");
    vt_item_brief item = library_item(5, 7, "Red.JPG");
    item.mtime_ns = -3;
    item.size = INT64_C(5000000000);
    item.triangles = UINT64_C(5000000000);
    item.watertight = VT_WATERTIGHT_YES;
    item.state = VT_ITEM_MISSING;
    item.rating = 4;
    library_put(index, item);
    library_put(index, library_item(8, 9, "top.png"));
    const vt_snapshot *snapshot = library_publish(index);

    vt_item_brief found;
    vt_snapshot_item(snapshot, 0, &found);
    assert_int_equal(found.id, 5);
    assert_int_equal(found.folder_id, 7);
    assert_string_equal(found.name, "Red.JPG");
    assert_int_equal(found.name_length, 7);
    assert_int_equal(found.width, 640);
    assert_int_equal(found.height, 480);
    assert_int_equal(found.size, INT64_C(5000000000));
    assert_int_equal(found.mtime_ns, -3);
    assert_int_equal(found.triangles, UINT32_MAX);
    assert_int_equal(found.kind, VT_KIND_IMAGE);
    assert_int_equal(found.format, VT_FORMAT_JPEG);
    assert_int_equal(found.state, VT_ITEM_MISSING);
    assert_int_equal(found.watertight, VT_WATERTIGHT_YES);
    assert_int_equal(found.rating, 4);

    assert_int_equal(vt_snapshot_find(snapshot, 8), 1);
    assert_int_equal(vt_snapshot_find(snapshot, 6), VT_INDEX_NO_ROW);
    assert_int_equal(vt_snapshot_folder_of(snapshot, 1), 1);
    size_t length = 0;
    int64_t id = 0;
    assert_string_equal(vt_snapshot_folder(snapshot, 0, &length, &id), "/pictures/Cars");
    assert_int_equal(length, 14);
    assert_int_equal(id, 7);

    vt_str path = VT_STR_INIT;
    vt_snapshot_path(snapshot, 0, &path);
    assert_string_equal(path.data, "/pictures/Cars/Red.JPG");
    vt_str_clear(&path);
    vt_snapshot_path(snapshot, 1, &path);
    assert_string_equal(path.data, "/top.png");
    vt_str_free(&path);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void refuses_bad_items(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/a");
    vt_item_brief items[] = {library_item(2, 1, "a"), library_item(4, 1, "b"), library_item(3, 1, "c")};
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_index_put(index, items, 3, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_non_null(strstr(error.message, "item 3"));

    vt_item_brief stray = library_item(9, 2, "x");
    assert_false(vt_index_put(index, &stray, 1, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_non_null(strstr(error.message, "folder 2"));

    char *name = malloc(40000);
    memset(name, 'n', 40000);
    vt_item_brief large = library_item(9, 1, "x");
    large.name = name;
    large.name_length = 40000;
    assert_false(vt_index_put(index, &large, 1, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    large.name_length = 32767;
    assert_true(vt_index_put(index, &large, 1, &error));
    free(name);

    const vt_snapshot *snapshot = library_publish(index);
    assert_int_equal(vt_snapshot_count(snapshot), 3); /* those before the bad one are in */
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void snapshots_do_not_change(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/a");
    for (int64_t id = 1; id <= 5000; id++) {
        library_put(index, library_item(id, 1, "x"));
    }
    const vt_snapshot *nothing = vt_index_snapshot(index);
    assert_int_equal(vt_snapshot_count(nothing), 0); /* not published yet */
    vt_snapshot_release(nothing);
    const vt_snapshot *old = library_publish(index);

    vt_item_brief item = library_item(10, 1, "renamed");
    item.rating = 5;
    library_put(index, item);
    assert_true(vt_index_remove(index, 20, NULL));
    assert_true(vt_index_remove(index, 999999, NULL));
    library_put(index, library_item(5001, 1, "new"));
    library_folder(index, 2, "/b");
    const vt_snapshot *fresh = library_publish(index);

    assert_true(vt_snapshot_version(fresh) > vt_snapshot_version(old));
    assert_int_equal(vt_snapshot_count(old), 5000);
    assert_int_equal(vt_snapshot_count(fresh), 5001);
    assert_int_equal(vt_snapshot_folder_count(old), 1);
    assert_int_equal(vt_snapshot_folder_count(fresh), 2);
    vt_item_brief before;
    vt_item_brief after;
    vt_snapshot_item(old, 9, &before);
    vt_snapshot_item(fresh, 9, &after);
    assert_int_equal(before.rating, 0);
    assert_int_equal(after.rating, 5);
    assert_string_equal(before.name, "x");
    assert_string_equal(after.name, "renamed");
    assert_false(vt_snapshot_removed(old, 19));
    assert_true(vt_snapshot_removed(fresh, 19));

    vt_snapshot_retain(old);
    vt_snapshot_release(old);
    vt_snapshot_item(old, 9, &before); /* one reference is left */
    assert_int_equal(before.rating, 0);
    vt_snapshot_release(old);
    vt_snapshot_release(fresh);
    vt_index_free(index);
}

static void items_are_counted_without_those_removed(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/a");
    for (int64_t id = 1; id <= 5000; id++) {
        library_put(index, library_item(id, 1, "x"));
    }
    assert_true(vt_index_remove(index, 4000, NULL)); /* before it was published */
    const vt_snapshot *first = library_publish(index);
    assert_int_equal(vt_snapshot_item_count(first), 4999);

    for (int64_t id = 4090; id < 4100; id++) { /* in two chunks */
        assert_true(vt_index_remove(index, id, NULL));
    }
    assert_true(vt_index_remove(index, 4095, NULL)); /* again */
    assert_true(vt_index_remove(index, 999999, NULL));
    const vt_snapshot *second = library_publish(index);
    assert_int_equal(vt_snapshot_item_count(second), 4989);
    assert_int_equal(vt_snapshot_count(second), 5000);

    library_put(index, library_item(4095, 1, "x")); /* it is back */
    library_put(index, library_item(1, 1, "y"));    /* has changed */
    library_put(index, library_item(5001, 1, "x"));
    const vt_snapshot *third = library_publish(index);
    assert_int_equal(vt_snapshot_item_count(third), 4991);
    assert_int_equal(vt_snapshot_item_count(first), 4999);
    uint32_t live = 0;
    for (uint32_t row = 0; row < vt_snapshot_count(third); row++) {
        live += !vt_snapshot_removed(third, row);
    }
    assert_int_equal(live, vt_snapshot_item_count(third));
    vt_snapshot_release(first);
    vt_snapshot_release(second);
    vt_snapshot_release(third);
    vt_index_free(index);
}

static void finds_every_folder(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    char path[64];
    const int64_t folders = 20000;
    for (int64_t id = 1; id <= folders; id++) {
        (void)snprintf(path, sizeof path, "/f/%lld", (long long)id);
        library_folder(index, id * 4096, path);
    }
    for (int64_t id = 1; id <= folders; id++) {
        library_put(index, library_item(id, (folders + 1 - id) * 4096, "x"));
    }
    const vt_snapshot *snapshot = library_publish(index);
    for (uint32_t row = 0; row < (uint32_t)folders; row++) {
        vt_item_brief item;
        vt_snapshot_item(snapshot, row, &item);
        assert_int_equal(item.folder_id, (folders - row) * 4096);
        assert_int_equal(vt_snapshot_folder_of(snapshot, row), folders - 1 - row);
    }
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void stays_small(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/a");
    const int64_t rows = 20480;
    for (int64_t id = 1; id <= rows; id++) {
        library_put(index, library_item(id, 1, "a name of 25 bytes or so."));
    }
    size_t columns = 0;
    size_t names = 0;
    vt_index_memory(index, &columns, &names);
    assert_true(columns / (size_t)rows <= 160);
    /* Twice the name, and what is left of the last huge page. */
    assert_true(names <= (size_t)rows * 2 * 26 + (size_t)2 * 1024 * 1024 + 4096);
    vt_index_free(index);
}

enum { BATCH = 100, BATCHES = 300 };

typedef struct shared {
    vt_index *index;
    atomic_bool done;
    atomic_uint faults;
} shared;

/* Batch n appends BATCH rows and sets the size of the rows 0 to 99 to n, so a consistent snapshot has rows in
   whole batches and one size in all of the first hundred. */
static void *read_snapshots(void *user)
{
    shared *with = user;
    uint64_t version = 0;
    unsigned faults = 0;
    bool last = false;
    while (!last) {
        last = atomic_load(&with->done);
        const vt_snapshot *snapshot = vt_index_snapshot(with->index);
        faults += vt_snapshot_version(snapshot) < version;
        version = vt_snapshot_version(snapshot);
        uint32_t count = vt_snapshot_count(snapshot);
        faults += count % BATCH != 0;
        vt_item_brief item;
        for (uint32_t row = 0; row < count; row++) {
            vt_snapshot_item(snapshot, row, &item);
            faults += item.id != (int64_t)row + 1 || item.name_length != strlen(item.name);
            faults += row < BATCH && (uint64_t)item.size != version;
        }
        vt_snapshot_release(snapshot);
    }
    atomic_fetch_add(&with->faults, faults);
    return NULL;
}

static void readers_run_beside_the_writer(void **state)
{
    (void)state;
    shared with = {.index = vt_index_create()};
    pthread_t readers[2];
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pthread_create(&readers[i], NULL, read_snapshots, &with), 0);
    }
    char name[32];
    for (int64_t batch = 1; batch <= BATCHES; batch++) {
        (void)snprintf(name, sizeof name, "/folder %lld", (long long)batch);
        library_folder(with.index, batch, name);
        for (int64_t i = 1; i <= BATCH; i++) {
            vt_item_brief item = library_item((batch - 1) * BATCH + i, batch, name);
            item.size = batch;
            library_put(with.index, item);
        }
        for (int64_t id = 1; id <= BATCH; id++) {
            vt_item_brief item = library_item(id, 1, "x");
            item.size = batch;
            library_put(with.index, item);
        }
        vt_snapshot_release(library_publish(with.index));
    }
    atomic_store(&with.done, true);
    for (int i = 0; i < 2; i++) {
        pthread_join(readers[i], NULL);
    }
    assert_int_equal(with.faults, 0);
    vt_index_free(with.index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starts_empty),
        cmocka_unit_test(keeps_every_column),
        cmocka_unit_test(refuses_bad_items),
        cmocka_unit_test(snapshots_do_not_change),
        cmocka_unit_test(items_are_counted_without_those_removed),
        cmocka_unit_test(finds_every_folder),
        cmocka_unit_test(stays_small),
        cmocka_unit_test(readers_run_beside_the_writer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
