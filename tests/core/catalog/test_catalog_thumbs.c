#include "core/catalog/fixture.h"

#include "core/catalog/check.h"
#include "core/catalog/thumbs.h"

#include <pthread.h>
#include <sys/wait.h>

static int lines_logged;

static void count_line(void *user, vt_log_level level, const char *component, const char *line)
{
    (void)user;
    (void)component;
    (void)line;
    lines_logged += level == VT_LOG_WARN;
}

static vt_catalog *open_catalog(vt_catalog_mode mode)
{
    vt_catalog_options options = {.mode = mode,
                                  .log = {.sink = count_line, .component = "test", .level = VT_LOG_WARN}};
    lines_logged = 0;
    vt_error error = VT_ERROR_INIT;
    vt_catalog *catalog = vt_catalog_open(fixture_path, &options, &error);
    if (!catalog) {
        fail_msg("%s", error.message);
    }
    return catalog;
}

static vt_thumbs *open_thumbs(vt_catalog *catalog)
{
    vt_error error = VT_ERROR_INIT;
    vt_thumbs *thumbs = vt_thumbs_open(catalog, fixture_file("cache.thumbs"), &error);
    if (!thumbs) {
        fail_msg("%s", error.message);
    }
    return thumbs;
}

static vt_thumb_key key_of(int64_t id)
{
    return (vt_thumb_key){.item_id = id, .size = 1000, .mtime_ns = 5, .size_class = 256};
}

static void put(vt_thumbs *thumbs, int64_t id, const char *bytes)
{
    vt_thumb_key key = key_of(id);
    vt_thumb thumb = {.width = 256, .height = 65535, .codec = 3, .bytes = bytes, .length = strlen(bytes)};
    vt_error error = VT_ERROR_INIT;
    if (!vt_thumbs_put(thumbs, &key, &thumb, 1, &error)) {
        fail_msg("%s", error.message);
    }
}

static bool has(vt_thumbs *thumbs, vt_thumb_key key, const char *bytes)
{
    vt_thumb thumb;
    bool found = false;
    vt_error error = VT_ERROR_INIT;
    if (!vt_thumbs_get(thumbs, &key, &thumb, &found, &error)) {
        fail_msg("%s", error.message);
    }
    if (!found) {
        assert_null(thumb.bytes);
        return false;
    }
    assert_int_equal(thumb.width, 256);
    assert_int_equal(thumb.height, 65535);
    assert_int_equal(thumb.codec, 3);
    assert_int_equal(thumb.length, strlen(bytes));
    assert_memory_equal(thumb.bytes, bytes, thumb.length);
    free((void *)thumb.bytes);
    return true;
}

static int64_t stored(vt_thumbs *thumbs)
{
    int64_t count = 0;
    int64_t bytes = 0;
    assert_true(vt_thumbs_counts(thumbs, &count, &bytes, NULL));
    return count;
}

static void test_a_thumbnail_is_found_by_item_class_and_content(void **state)
{
    (void)state;
    vt_catalog *catalog = open_catalog(VT_CATALOG_READ_WRITE);
    vt_thumbs *thumbs = open_thumbs(catalog);
    assert_false(has(thumbs, key_of(7), ""));
    put(thumbs, 7, "seven");
    assert_true(has(thumbs, key_of(7), "seven"));
    vt_thumb_key other = key_of(7);
    other.size++;
    assert_false(has(thumbs, other, ""));
    other = key_of(7);
    other.mtime_ns--;
    assert_false(has(thumbs, other, ""));
    other = key_of(7);
    other.size_class = 512;
    assert_false(has(thumbs, other, ""));
    put(thumbs, 7, "again");
    assert_true(has(thumbs, key_of(7), "again"));
    assert_int_equal(stored(thumbs), 1);
    vt_thumbs_close(thumbs);
    thumbs = open_thumbs(catalog);
    assert_true(has(thumbs, key_of(7), "again"));
    vt_thumbs_close(thumbs);
    assert_int_equal(lines_logged, 0);
    vt_catalog_close(catalog);
}

static void test_a_thumbnail_too_large_undoes_its_batch(void **state)
{
    (void)state;
    vt_catalog *catalog = open_catalog(VT_CATALOG_READ_WRITE);
    vt_thumbs *thumbs = open_thumbs(catalog);
    vt_thumb_key keys[] = {key_of(1), key_of(2)};
    vt_thumb thumb[] = {{.bytes = "x", .length = 1}, {.bytes = "x", .length = VT_THUMB_BYTES_MAX + 1}};
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_thumbs_put(thumbs, keys, thumb, 2, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_int_equal(stored(thumbs), 0);
    vt_thumbs_close(thumbs);
    vt_catalog_close(catalog);
}

static void expect_made_anew(void)
{
    vt_catalog *catalog = open_catalog(VT_CATALOG_READ_WRITE);
    vt_thumbs *thumbs = open_thumbs(catalog);
    assert_int_equal(lines_logged, 1);
    assert_int_equal(stored(thumbs), 0);
    put(thumbs, 1, "new");
    assert_true(has(thumbs, key_of(1), "new"));
    vt_thumbs_close(thumbs);
    vt_catalog_close(catalog);
}

static void make_store(void)
{
    vt_catalog *catalog = open_catalog(VT_CATALOG_READ_WRITE);
    vt_thumbs *thumbs = open_thumbs(catalog);
    put(thumbs, 1, "old");
    vt_thumbs_close(thumbs);
    vt_catalog_close(catalog);
}

static void test_a_store_that_is_no_store_is_made_anew(void **state)
{
    (void)state;
    static const char *const damages[] = {
        "PRAGMA user_version=99", "PRAGMA application_id=5",       "DROP TABLE thumbnail",
        "DROP TABLE property",    "UPDATE property SET value='0'",
    };
    fixture_spill(fixture_file("cache.thumbs"),
                  "not a database, but longer than its header would be: "
                  "0123456789012345678901234567890123456789012345678901234567890123456789",
                  120);
    expect_made_anew();
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        fixture_sql(fixture_file("cache.thumbs"), damages[i]);
        expect_made_anew();
    }
}

static void test_damage_under_way_finds_nothing_until_the_next_put(void **state)
{
    (void)state;
    make_store();
    size_t length = 0;
    char *bytes = fixture_slurp(fixture_file("cache.thumbs"), &length);
    assert_true(length > 8192);
    memset(bytes + 4096, 0x5a, length - 4096);
    fixture_spill(fixture_file("cache.thumbs"), bytes, length);
    free(bytes);
    vt_catalog *catalog = open_catalog(VT_CATALOG_READ_WRITE);
    vt_thumbs *thumbs = open_thumbs(catalog);
    assert_false(has(thumbs, key_of(1), ""));
    put(thumbs, 2, "two");
    assert_true(has(thumbs, key_of(2), "two"));
    assert_int_equal(stored(thumbs), 1);
    assert_true(lines_logged > 0);
    vt_thumbs_close(thumbs);
    vt_catalog_close(catalog);
}

static void test_a_file_taken_away_is_replaced_by_the_next_put(void **state)
{
    (void)state;
    vt_catalog *catalog = open_catalog(VT_CATALOG_READ_WRITE);
    mkdir(fixture_file("cache"), 0700);
    vt_thumbs *thumbs = vt_thumbs_open(catalog, fixture_file("cache/a.thumbs"), NULL);
    assert_non_null(thumbs);
    put(thumbs, 1, "one");
    char command[300];
    snprintf(command, sizeof command, "rm -r %s", fixture_file("cache"));
    assert_int_equal(system(command), 0);
    put(thumbs, 2, "two");
    assert_true(has(thumbs, key_of(2), "two"));
    assert_false(has(thumbs, key_of(1), ""));
    assert_int_equal(access(fixture_file("cache/a.thumbs"), F_OK), 0);
    vt_thumbs_close(thumbs);
    vt_catalog_close(catalog);
}

static void test_a_store_of_another_catalog_is_not_read(void **state)
{
    (void)state;
    make_store();
    unlink(fixture_path);
    unlink(fixture_file("library.vitrine-wal"));
    vt_catalog_close(open_catalog(VT_CATALOG_READ_WRITE));
    vt_catalog *catalog = open_catalog(VT_CATALOG_READ_ONLY);
    vt_thumbs *thumbs = open_thumbs(catalog);
    assert_false(has(thumbs, key_of(1), ""));
    vt_thumbs_close(thumbs);
    vt_catalog_close(catalog);
    expect_made_anew();
}

static void test_a_read_only_store_reads_and_makes_nothing(void **state)
{
    (void)state;
    vt_catalog_close(open_catalog(VT_CATALOG_READ_WRITE));
    vt_catalog *catalog = open_catalog(VT_CATALOG_READ_ONLY);
    vt_thumbs *thumbs = open_thumbs(catalog);
    assert_false(has(thumbs, key_of(1), ""));
    assert_int_equal(stored(thumbs), 0);
    assert_int_not_equal(access(fixture_file("cache.thumbs"), F_OK), 0);
    vt_thumb_key key = key_of(1);
    vt_thumb thumb = {.bytes = "x", .length = 1};
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_thumbs_put(thumbs, &key, &thumb, 1, &error));
    assert_int_equal(error.code, VT_ERROR_READ_ONLY);
    assert_false(vt_thumbs_delete_orphans(thumbs, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_READ_ONLY);
    vt_thumbs_close(thumbs);
    vt_catalog_close(catalog);
    make_store();
    catalog = open_catalog(VT_CATALOG_READ_ONLY);
    thumbs = open_thumbs(catalog);
    assert_true(has(thumbs, key_of(1), "old"));
    vt_thumbs_close(thumbs);
    vt_catalog_close(catalog);
}

/* What a program leaves that is killed while it makes its store is no damage. */
static void test_a_store_that_was_only_begun_is_an_empty_one(void **state)
{
    (void)state;
    static const char *const begun[] = {
        "DROP TABLE migration; DROP TABLE property; DROP TABLE thumbnail;"
        "PRAGMA application_id = 0; PRAGMA user_version = 0",
        "DELETE FROM property; DELETE FROM thumbnail",
    };
    for (size_t i = 0; i < sizeof begun / sizeof *begun; i++) {
        make_store();
        fixture_sql(fixture_file("cache.thumbs"), begun[i]);
        vt_catalog *catalog = open_catalog(VT_CATALOG_READ_ONLY);
        vt_thumbs *thumbs = open_thumbs(catalog);
        vt_check_report report;
        assert_true(vt_check_catalog(catalog, thumbs, false, &report, NULL));
        assert_int_equal(report.total, 0);
        assert_false(has(thumbs, key_of(1), ""));
        vt_thumbs_close(thumbs);
        vt_catalog_close(catalog);
    }
}

/* A rollback journal with pages in it: a reader may not play it back. */
static void test_a_store_cut_off_in_its_first_pages_is_an_empty_one(void **state)
{
    (void)state;
    make_store();
    const char *sql = "PRAGMA journal_mode=DELETE; PRAGMA cache_size=1; BEGIN;"
                      "UPDATE thumbnail SET bytes = zeroblob(100000)";
    fflush(NULL);
    pid_t child = fork();
    assert_int_not_equal(child, -1);
    if (child == 0) {
        sqlite3 *db = NULL;
        sqlite3_open(fixture_file("cache.thumbs"), &db);
        sqlite3_exec(db, sql, NULL, NULL, NULL);
        sqlite3_db_cacheflush(db);
        _exit(0); /* amid the transaction */
    }
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_int_equal(access(fixture_file("cache.thumbs-journal"), F_OK), 0);
    vt_catalog *catalog = open_catalog(VT_CATALOG_READ_ONLY);
    vt_thumbs *thumbs = open_thumbs(catalog);
    vt_check_report report;
    vt_error error = VT_ERROR_INIT;
    if (!vt_check_catalog(catalog, thumbs, false, &report, &error)) {
        fail_msg("%s", error.message);
    }
    assert_int_equal(report.total, 0);
    assert_false(has(thumbs, key_of(1), ""));
    vt_thumbs_close(thumbs);
    vt_catalog_close(catalog);
}

static void test_orphans_are_deleted_and_the_others_stay(void **state)
{
    (void)state;
    vt_catalog *catalog = open_catalog(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 20);
    vt_thumbs *thumbs = open_thumbs(catalog);
    for (int64_t id = -1; id <= 25; id++) {
        put(thumbs, id, "picture");
    }
    int64_t gone[] = {3, 20};
    assert_true(vt_catalog_writer_remove(writer, gone, 2, NULL));
    int64_t deleted = 0;
    assert_true(vt_thumbs_delete_orphans(thumbs, &deleted, NULL));
    assert_int_equal(deleted, 2 + 5 + 2); /* -1 and 0; 21 to 25; 3 and 20 */
    assert_int_equal(stored(thumbs), 18);
    assert_true(has(thumbs, key_of(19), "picture"));
    assert_false(has(thumbs, key_of(20), ""));
    assert_true(vt_thumbs_delete_orphans(thumbs, &deleted, NULL));
    assert_int_equal(deleted, 0);
    vt_thumbs_close(thumbs);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static void test_the_default_place_follows_the_catalog(void **state)
{
    (void)state;
    setenv("XDG_CACHE_HOME", fixture_folder, 1);
    vt_catalog *catalog = open_catalog(VT_CATALOG_READ_WRITE);
    vt_thumbs *thumbs = vt_thumbs_open(catalog, NULL, NULL);
    assert_non_null(thumbs);
    assert_true(strstr(vt_thumbs_path(thumbs), "/vitrine/thumbnails/") != NULL);
    assert_int_equal(strncmp(vt_thumbs_path(thumbs), fixture_folder, strlen(fixture_folder)), 0);
    struct stat facts;
    assert_int_equal(stat(vt_thumbs_path(thumbs), &facts), 0);
    vt_own_files own;
    vt_catalog_own_files(catalog, &own);
    assert_true(vt_own_files_contain(&own, facts.st_dev, facts.st_ino));
    char *first = strdup(vt_thumbs_path(thumbs));
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_thumbs_open(catalog, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_BUSY);
    vt_catalog_own_files(catalog, &own);
    assert_true(vt_own_files_contain(&own, facts.st_dev, facts.st_ino));
    vt_thumbs_close(thumbs);
    vt_catalog_close(catalog);

    vt_catalog_options options = {.mode = VT_CATALOG_READ_WRITE, .log = vt_log_none};
    catalog = vt_catalog_open(fixture_file("other.vitrine"), &options, NULL);
    thumbs = vt_thumbs_open(catalog, NULL, NULL);
    assert_string_not_equal(vt_thumbs_path(thumbs), first);
    free(first);
    vt_thumbs_close(thumbs);
    vt_catalog_close(catalog);
    unsetenv("XDG_CACHE_HOME");
}

typedef struct worker {
    vt_thumbs *thumbs;
    int number;
    int wrong;
} worker;

static void *put_and_get(void *user)
{
    worker *self = user;
    for (int i = 0; i < 60; i++) {
        vt_thumb_key key = key_of(self->number * 1000 + i);
        vt_thumb thumb = {.width = 1, .height = 1, .bytes = &self->number, .length = sizeof self->number};
        bool found = false;
        vt_thumb read = {0};
        self->wrong += !vt_thumbs_put(self->thumbs, &key, &thumb, 1, NULL);
        self->wrong += !vt_thumbs_get(self->thumbs, &key, &read, &found, NULL) || !found ||
                       memcmp(read.bytes, &self->number, sizeof self->number) != 0;
        free((void *)read.bytes);
    }
    return NULL;
}

static void test_many_threads_share_a_store(void **state)
{
    (void)state;
    vt_catalog *catalog = open_catalog(VT_CATALOG_READ_WRITE);
    vt_thumbs *thumbs = open_thumbs(catalog);
    worker workers[12];
    pthread_t threads[12];
    for (int i = 0; i < 12; i++) {
        workers[i] = (worker){.thumbs = thumbs, .number = i};
        assert_int_equal(pthread_create(&threads[i], NULL, put_and_get, &workers[i]), 0);
    }
    for (int i = 0; i < 12; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(workers[i].wrong, 0);
    }
    assert_int_equal(stored(thumbs), 12 * 60);
    vt_thumbs_close(thumbs);
    vt_catalog_close(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(test_a_thumbnail_is_found_by_item_class_and_content),
        fixture_test(test_a_thumbnail_too_large_undoes_its_batch),
        fixture_test(test_a_store_that_is_no_store_is_made_anew),
        fixture_test(test_damage_under_way_finds_nothing_until_the_next_put),
        fixture_test(test_a_file_taken_away_is_replaced_by_the_next_put),
        fixture_test(test_a_store_of_another_catalog_is_not_read),
        fixture_test(test_a_read_only_store_reads_and_makes_nothing),
        fixture_test(test_a_store_that_was_only_begun_is_an_empty_one),
        fixture_test(test_a_store_cut_off_in_its_first_pages_is_an_empty_one),
        fixture_test(test_orphans_are_deleted_and_the_others_stay),
        fixture_test(test_the_default_place_follows_the_catalog),
        fixture_test(test_many_threads_share_a_store),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
