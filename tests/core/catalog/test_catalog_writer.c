#include "core/catalog/fixture.h"
#include "tests/core/catalog/edits.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/resource.h>

static void test_new_changed_and_unchanged_items_are_told_apart(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    vt_item items[] = {fixture_item("/a/one.jpg", 1), fixture_item("/a/two.jpg", 2),
                       fixture_item("/b/three.jpg", 3)};
    vt_outcome outcomes[3];
    vt_commit result =
        fixture_commit(writer, (vt_batch){.items = items, .item_count = 3, .outcomes = outcomes});
    assert_int_equal(result.inserted, 3);
    assert_int_equal(outcomes[2], VT_OUTCOME_INSERTED);
    assert_true(items[0].id > 0 && items[1].id > items[0].id && items[2].id > items[1].id);
    assert_int_equal(items[0].folder_id, items[1].folder_id);
    assert_int_not_equal(items[0].folder_id, items[2].folder_id);
    assert_int_equal(items[0].name_at, 3);

    int64_t id = items[1].id;
    items[1].mtime_ns++;
    items[1].media.width = 17;
    items[1].id = 0;
    result = fixture_commit(writer, (vt_batch){.items = items, .item_count = 3, .outcomes = outcomes});
    assert_int_equal(result.unchanged, 2);
    assert_int_equal(result.updated, 1);
    assert_int_equal(result.inserted, 0);
    assert_int_equal(outcomes[0], VT_OUTCOME_UNCHANGED);
    assert_int_equal(outcomes[1], VT_OUTCOME_UPDATED);
    assert_int_equal(items[1].id, id);

    vt_catalog_reader *reader = fixture_reader(catalog);
    vt_item read;
    assert_true(vt_catalog_reader_item(reader, id, &read, NULL));
    assert_int_equal(read.media.width, 17);
    vt_catalog_reader_free(reader);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static void test_each_change_stat_can_tell_is_a_change(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    vt_item item = fixture_item("/a/one.jpg", 1);
    fixture_commit(writer, (vt_batch){.items = &item, .item_count = 1});
    for (int change = 0; change < 5; change++) {
        item.size += change == 0;
        item.mtime_ns -= change == 1; /* clocks go back, too */
        item.ctime_ns += change == 2;
        item.ino += change == 3;
        item.state = change == 4 ? VT_ITEM_MISSING : VT_ITEM_OK;
        vt_commit result = fixture_commit(writer, (vt_batch){.items = &item, .item_count = 1});
        assert_int_equal(result.updated, 1);
    }
    item.dev++; /* another mount is no change */
    vt_commit result = fixture_commit(writer, (vt_batch){.items = &item, .item_count = 1});
    assert_int_equal(result.unchanged, 1);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static void test_every_fact_comes_back(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    vt_item item = fixture_item("/models/bunny.stl", -5);
    item.dev = UINT64_MAX;
    item.ino = UINT64_MAX - 1;
    item.media = (vt_media_info){
        .kind = VT_KIND_MODEL,
        .format = VT_FORMAT_STL,
        .orientation = 8,
        .has_alpha = 1,
        .channels = 4,
        .bit_depth = 32,
        .watertight = VT_WATERTIGHT_YES,
        .ascii = 1,
        .width = UINT32_MAX,
        .height = 1,
        .triangles = (uint64_t)1 << 40,
        .vertices = (uint64_t)1 << 41,
        .bounds_min = {-1.5F, 0, 2.25F},
        .bounds_max = {1e30F, 1e-30F, 3},
        .area = 0.1,
        .volume = -7.5,
        .dropped_triangles = UINT32_MAX,
    };
    fixture_commit(writer, (vt_batch){.items = &item, .item_count = 1});
    vt_catalog_reader *reader = fixture_reader(catalog);
    vt_item read;
    assert_true(vt_catalog_reader_item_at(reader, item.path, item.path_length, &read, NULL));
    assert_memory_equal(&read.media, &item.media, sizeof read.media);
    assert_string_equal(read.path, item.path);
    assert_int_equal(read.id, item.id);
    assert_int_equal(read.folder_id, item.folder_id);
    assert_int_equal(read.name_at, item.name_at);
    assert_int_equal(read.size, item.size);
    assert_int_equal(read.mtime_ns, item.mtime_ns);
    assert_int_equal(read.ctime_ns, item.ctime_ns);
    assert_true(read.dev == item.dev && read.ino == item.ino);
    vt_catalog_reader_free(reader);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static void test_failures_replace_each_other_and_are_forgotten(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    vt_item item = fixture_item("/a/one.jpg", 1);
    fixture_commit(writer, (vt_batch){.items = &item, .item_count = 1});
    vt_failure failures[] = {fixture_failure("/a/one.jpg", VT_ERROR_CORRUPT),
                             fixture_failure("/a/one.jpg", VT_ERROR_TIMEOUT),
                             fixture_failure("/a", VT_ERROR_PERMISSION), fixture_failure("/", VT_ERROR_IO)};
    vt_commit result = fixture_commit(writer, (vt_batch){.failures = failures, .failure_count = 4});
    assert_int_equal(result.failed, 4);
    assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM failure"), 3);
    assert_int_equal(fixture_number(fixture_path, "SELECT state FROM item"), VT_ITEM_FAILED);
    /* the facts of before stay */
    assert_int_equal(fixture_number(fixture_path, "SELECT width FROM item"), 4001);

    result = fixture_commit(writer, (vt_batch){.items = &item, .item_count = 1});
    assert_int_equal(result.updated, 1);
    assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM failure"), 2);
    assert_int_equal(fixture_number(fixture_path, "SELECT state FROM item"), VT_ITEM_OK);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static void test_missing_items_keep_their_facts_and_return(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    vt_item item = fixture_item("/a/one.jpg", 1);
    fixture_commit(writer, (vt_batch){.items = &item, .item_count = 1});
    assert_true(edits_rate(writer, item.id, 4, NULL));
    int64_t ids[] = {item.id, 999, item.id};
    vt_commit result = fixture_commit(writer, (vt_batch){.missing_ids = ids, .missing_count = 3});
    assert_int_equal(result.missing, 1);
    result = fixture_commit(writer, (vt_batch){.items = &item, .item_count = 1});
    assert_int_equal(result.updated, 1);
    assert_int_equal(item.rating, 4);
    assert_int_equal(fixture_number(fixture_path, "SELECT rating FROM item"), 4);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static void test_a_bad_record_undoes_its_whole_batch(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    static const char *const bad[] = {"relative.jpg", "", "/folder/"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        vt_item items[] = {fixture_item("/a/one.jpg", 1), fixture_item(bad[i], 2)};
        vt_outcome outcomes[2];
        vt_batch batch = {.items = items, .item_count = 2, .outcomes = outcomes};
        vt_error error = VT_ERROR_INIT;
        assert_false(vt_catalog_writer_commit(writer, &batch, NULL, &error));
        assert_int_equal(error.code, VT_ERROR_USAGE);
        assert_int_equal(outcomes[0], VT_OUTCOME_NONE);
        assert_int_equal(items[0].id, 0);
        assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM item"), 0);
        assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM folder"), 0);
    }
    vt_item hole = fixture_item("/a/b\0c", 1);
    hole.path_length = 6;
    vt_batch batch = {.items = &hole, .item_count = 1};
    assert_false(vt_catalog_writer_commit(writer, &batch, NULL, NULL));
    char *path = malloc(VT_PATH_LENGTH_MAX + 2);
    assert_non_null(path);
    memset(path, '/', VT_PATH_LENGTH_MAX + 1);
    path[VT_PATH_LENGTH_MAX] = 'x';
    vt_item huge = {.path = path, .path_length = VT_PATH_LENGTH_MAX + 1};
    batch.items = &huge;
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_catalog_writer_commit(writer, &batch, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    path[VT_PATH_LENGTH_MAX - 1] = 'x';
    huge.path_length--;
    assert_true(vt_catalog_writer_commit(writer, &batch, NULL, NULL));
    free(path);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

/* `count` items with names of 250 bytes: some 40 KB for 100. free() both. */
static vt_item *long_items(int count, char (**paths)[256])
{
    vt_item *items = calloc((size_t)count, sizeof *items);
    *paths = calloc((size_t)count, sizeof **paths);
    assert_non_null(items);
    assert_non_null(*paths);
    for (int i = 0; i < count; i++) {
        snprintf((*paths)[i], sizeof **paths, "/full/%0240d", i);
        items[i] = fixture_item((*paths)[i], i);
    }
    return items;
}

static void test_a_full_disk_undoes_the_batch_which_can_be_tried_again(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 10);
    char(*paths)[256];
    vt_item *items = long_items(2000, &paths);
    vt_batch batch = {.items = items, .item_count = 2000};
    vt_commit result;
    vt_error error = VT_ERROR_INIT;

    /* A limit of the size of files: write(2) fails in the middle of the log like on a full disk. */
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit tight = {.rlim_cur = 200 * 1024, .rlim_max = before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
    bool done = vt_catalog_writer_commit(writer, &batch, &result, &error);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_false(done);
    assert_int_equal(error.code, VT_ERROR_NO_SPACE);
    assert_non_null(strstr(error.message, "make room"));
    assert_int_equal(result.inserted, 0);
    assert_int_equal(items[0].id, 0);
    assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM item"), 10);

    assert_true(vt_catalog_writer_commit(writer, &batch, &result, &error));
    assert_int_equal(result.inserted, 2000);
    assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM item"), 2010);
    free(items);
    free(paths);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static void test_ratings_are_the_users(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    vt_item item = fixture_item("/a/one.jpg", 1);
    item.rating = 5; /* an import does not rate */
    fixture_commit(writer, (vt_batch){.items = &item, .item_count = 1});
    assert_int_equal(item.rating, 0);
    vt_error error = VT_ERROR_INIT;
    assert_true(edits_rate(writer, item.id, 3, &error));
    assert_false(edits_rate(writer, item.id, 6, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_false(edits_rate(writer, item.id, -1, &error));
    assert_false(edits_rate(writer, item.id + 1, 3, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    item.size++;
    fixture_commit(writer, (vt_batch){.items = &item, .item_count = 1});
    assert_int_equal(item.rating, 3);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static void test_ids_are_not_used_again(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    vt_item items[] = {fixture_item("/a/one.jpg", 1), fixture_item("/a/two.jpg", 2)};
    vt_failure failure = fixture_failure("/a/two.jpg", VT_ERROR_CORRUPT);
    fixture_commit(writer,
                   (vt_batch){.items = items, .item_count = 2, .failures = &failure, .failure_count = 1});
    int64_t last = items[1].id;
    assert_true(vt_catalog_writer_remove(writer, &last, 1, NULL));
    assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM item"), 1);
    assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM failure"), 0);
    assert_true(vt_catalog_writer_remove(writer, &last, 1, NULL)); /* unknown by now */
    vt_catalog_writer_free(writer);
    writer = fixture_writer(catalog);
    vt_item next = fixture_item("/a/three.jpg", 3);
    fixture_commit(writer, (vt_batch){.items = &next, .item_count = 1});
    assert_true(next.id > last);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static void test_there_is_one_writer(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_catalog_writer_create(catalog, &error));
    assert_int_equal(error.code, VT_ERROR_BUSY);
    vt_catalog_writer_free(writer);
    writer = fixture_writer(catalog);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    catalog = fixture_open(VT_CATALOG_READ_ONLY);
    assert_null(vt_catalog_writer_create(catalog, &error));
    assert_int_equal(error.code, VT_ERROR_READ_ONLY);
    vt_catalog_close(catalog);
}

static void test_a_checkpoint_empties_the_log_and_waits_for_no_reader(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 100);
    vt_catalog_reader *reader = fixture_reader(catalog);
    assert_true(vt_catalog_reader_begin(reader, NULL));
    vt_item late = fixture_item("/late.jpg", 1);
    fixture_commit(writer, (vt_batch){.items = &late, .item_count = 1});
    assert_true(vt_catalog_writer_checkpoint(writer, NULL));
    struct stat facts;
    assert_int_equal(stat(fixture_file("library.vitrine-wal"), &facts), 0);
    assert_true(facts.st_size > 0);
    vt_catalog_reader_end(reader);
    assert_true(vt_catalog_writer_checkpoint(writer, NULL));
    assert_int_equal(stat(fixture_file("library.vitrine-wal"), &facts), 0);
    assert_int_equal(facts.st_size, 0);
    vt_catalog_reader_free(reader);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

/* Counts until it is told to stop; every count must be a whole number of batches. */
typedef struct counter {
    vt_catalog *catalog;
    atomic_bool stop;
    int64_t looks, torn;
} counter;

static void *count_items(void *user)
{
    counter *self = user;
    vt_catalog_reader *reader = vt_catalog_reader_open(self->catalog, NULL);
    while (reader && !atomic_load(&self->stop)) {
        vt_catalog_counts counts;
        if (vt_catalog_reader_counts(reader, &counts, NULL)) {
            self->torn += counts.items % 50 != 0;
            self->looks++;
        }
    }
    vt_catalog_reader_free(reader);
    return NULL;
}

static void test_readers_on_other_threads_see_whole_batches(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    counter counters[3];
    pthread_t threads[3];
    for (int i = 0; i < 3; i++) {
        counters[i] = (counter){.catalog = catalog};
        assert_int_equal(pthread_create(&threads[i], NULL, count_items, &counters[i]), 0);
    }
    char(*paths)[256];
    vt_item *items = long_items(2000, &paths);
    for (int i = 0; i < 2000; i += 50) {
        vt_commit result = fixture_commit(writer, (vt_batch){.items = items + i, .item_count = 50});
        assert_int_equal(result.inserted, 50);
    }
    for (int i = 0; i < 3; i++) {
        atomic_store(&counters[i].stop, true);
        pthread_join(threads[i], NULL);
        assert_int_equal(counters[i].torn, 0);
    }
    free(items);
    free(paths);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(test_new_changed_and_unchanged_items_are_told_apart),
        fixture_test(test_each_change_stat_can_tell_is_a_change),
        fixture_test(test_every_fact_comes_back),
        fixture_test(test_failures_replace_each_other_and_are_forgotten),
        fixture_test(test_missing_items_keep_their_facts_and_return),
        fixture_test(test_a_bad_record_undoes_its_whole_batch),
        fixture_test(test_a_full_disk_undoes_the_batch_which_can_be_tried_again),
        fixture_test(test_ratings_are_the_users),
        fixture_test(test_ids_are_not_used_again),
        fixture_test(test_there_is_one_writer),
        fixture_test(test_a_checkpoint_empties_the_log_and_waits_for_no_reader),
        fixture_test(test_readers_on_other_threads_see_whole_batches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
