/* The disk and the memory fail at each point where they can, once or from then on; nothing committed is lost.
 */
#include "core/catalog/fixture.h"

#include "core/catalog/journal.h"
#include "core/catalog/thumbs.h"
#include "tests/core/catalog/edits.h"

/* An sqlite3_vfs between SQLite and the system that fails the `fail_at`th write, sync, truncation or
 * deletion. */
typedef struct fault_file {
    sqlite3_file base;
    sqlite3_file *real;
} fault_file;

static sqlite3_vfs *real_vfs;
static int fail_at; /* 0: never */
static bool for_ever;
static int calls, syncs;
static int failure_code;

static bool fails(void)
{
    calls++;
    return fail_at && (calls == fail_at || (for_ever && calls > fail_at));
}

static sqlite3_file *real(sqlite3_file *file)
{
    return ((fault_file *)file)->real;
}

static int fault_close(sqlite3_file *file)
{
    int rc = real(file)->pMethods->xClose(real(file));
    sqlite3_free(real(file));
    return rc;
}

static int fault_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 at)
{
    return real(file)->pMethods->xRead(real(file), bytes, count, at);
}

static int fault_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 at)
{
    if (fails()) {
        /* a torn write: half of it arrives */
        real(file)->pMethods->xWrite(real(file), bytes, count / 2, at);
        return failure_code;
    }
    return real(file)->pMethods->xWrite(real(file), bytes, count, at);
}

static int fault_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    return fails() ? SQLITE_IOERR_TRUNCATE : real(file)->pMethods->xTruncate(real(file), size);
}

static int fault_sync(sqlite3_file *file, int flags)
{
    (void)file;
    (void)flags;
    syncs++;
    return fails() ? SQLITE_IOERR_FSYNC
                   : SQLITE_OK; /* no power fails here: a real sync would only take time */
}

static int fault_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return real(file)->pMethods->xFileSize(real(file), size);
}

static int fault_lock(sqlite3_file *file, int lock)
{
    return real(file)->pMethods->xLock(real(file), lock);
}

static int fault_unlock(sqlite3_file *file, int lock)
{
    return real(file)->pMethods->xUnlock(real(file), lock);
}

static int fault_check_lock(sqlite3_file *file, int *locked)
{
    return real(file)->pMethods->xCheckReservedLock(real(file), locked);
}

static int fault_control(sqlite3_file *file, int op, void *argument)
{
    return real(file)->pMethods->xFileControl(real(file), op, argument);
}

static int fault_sector(sqlite3_file *file)
{
    return real(file)->pMethods->xSectorSize(real(file));
}

static int fault_traits(sqlite3_file *file)
{
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

static int fault_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **memory)
{
    return real(file)->pMethods->xShmMap(real(file), page, size, extend, memory);
}

static int fault_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
    return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}

static void fault_shm_barrier(sqlite3_file *file)
{
    real(file)->pMethods->xShmBarrier(real(file));
}

static int fault_shm_unmap(sqlite3_file *file, int delete_it)
{
    return real(file)->pMethods->xShmUnmap(real(file), delete_it);
}

static const sqlite3_io_methods fault_methods = {
    .iVersion = 2,
    .xClose = fault_close,
    .xRead = fault_read,
    .xWrite = fault_write,
    .xTruncate = fault_truncate,
    .xSync = fault_sync,
    .xFileSize = fault_size,
    .xLock = fault_lock,
    .xUnlock = fault_unlock,
    .xCheckReservedLock = fault_check_lock,
    .xFileControl = fault_control,
    .xSectorSize = fault_sector,
    .xDeviceCharacteristics = fault_traits,
    .xShmMap = fault_shm_map,
    .xShmLock = fault_shm_lock,
    .xShmBarrier = fault_shm_barrier,
    .xShmUnmap = fault_shm_unmap,
};

static int fault_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out_flags)
{
    (void)vfs;
    fault_file *self = (fault_file *)file;
    self->base.pMethods = NULL;
    self->real = sqlite3_malloc(real_vfs->szOsFile);
    if (!self->real) {
        return SQLITE_NOMEM;
    }
    int rc = real_vfs->xOpen(real_vfs, path, self->real, flags, out_flags);
    if (rc != SQLITE_OK) {
        sqlite3_free(self->real);
        return rc;
    }
    self->base.pMethods = &fault_methods;
    return SQLITE_OK;
}

static int fault_delete(sqlite3_vfs *vfs, const char *path, int sync_folder)
{
    (void)vfs;
    return fails() ? SQLITE_IOERR_DELETE : real_vfs->xDelete(real_vfs, path, sync_folder);
}

static void install_vfs(void)
{
    static sqlite3_vfs vfs;
    real_vfs = sqlite3_vfs_find(NULL);
    vfs = *real_vfs;
    vfs.zName = "faults";
    vfs.szOsFile = sizeof(fault_file);
    vfs.xOpen = fault_open;
    vfs.xDelete = fault_delete;
    sqlite3_vfs_register(&vfs, 1);
}

/* Memory that fails at the `memory_fail_at`th request. */
static sqlite3_mem_methods real_memory;
static int memory_fail_at, memory_calls;
static bool memory_for_ever;

static bool memory_fails(void)
{
    memory_calls++;
    return memory_fail_at &&
           (memory_calls == memory_fail_at || (memory_for_ever && memory_calls > memory_fail_at));
}

static void *fault_malloc(int size)
{
    return memory_fails() ? NULL : real_memory.xMalloc(size);
}

static void *fault_realloc(void *memory, int size)
{
    return memory_fails() ? NULL : real_memory.xRealloc(memory, size);
}

static void install_memory(void)
{
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real_memory);
    sqlite3_mem_methods faulty = real_memory;
    faulty.xMalloc = fault_malloc;
    faulty.xRealloc = fault_realloc;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &faulty);
}

static void no_faults(void)
{
    fail_at = 0;
    memory_fail_at = 0;
}

static int64_t count_items(void)
{
    int64_t sound = fixture_number(fixture_path, "SELECT count(*) FROM pragma_integrity_check "
                                                 "WHERE integrity_check = 'ok'");
    assert_int_equal(sound, 1);
    return fixture_number(fixture_path, "SELECT count(*) FROM item");
}

/* A session: opens, commits three batches of 20 items, rates, checkpoints, closes. Returns the items that the
   catalog said are committed; a step may fail, the session goes on with the next. */
static int64_t session(vt_catalog_journal journal, bool *failed)
{
    vt_catalog_options options = {.journal = journal, .log = vt_log_none};
    vt_error error = VT_ERROR_INIT;
    vt_catalog *catalog = vt_catalog_open(fixture_path, &options, &error);
    vt_catalog_writer *writer = catalog ? vt_catalog_writer_create(catalog, &error) : NULL;
    int64_t committed = 0;
    for (int b = 0; writer && b < 3; b++) {
        vt_item items[20];
        char paths[20][300];
        for (int i = 0; i < 20; i++) {
            snprintf(paths[i], sizeof paths[i], "/folder %d/%0250d.jpg", b, b * 20 + i);
            items[i] = fixture_item(paths[i], i);
        }
        vt_batch batch = {.items = items, .item_count = 20};
        vt_error why = VT_ERROR_INIT;
        vt_commit result;
        if (vt_catalog_writer_commit(writer, &batch, &result, &why)) {
            committed += (int64_t)result.inserted;
        } else {
            error = why;
            assert_int_equal(items[0].id, 0);
        }
    }
    vt_error why = VT_ERROR_INIT;
    if (writer && (!vt_catalog_writer_checkpoint(writer, &why) ||
                   (committed && !edits_rate(writer, 1, 3, &why) && why.code != VT_ERROR_NOT_FOUND))) {
        error = why;
    }
    int64_t few[] = {1, 2, 3};
    const char *tag = "place/rome";
    vt_error_clear(&why);
    if (writer && committed && !edits_add_tags(writer, few, 3, &tag, 1, &why) &&
        why.code != VT_ERROR_NOT_FOUND) {
        error = why;
    }
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    *failed = error.code != VT_ERROR_NONE;
    assert_true(!*failed || error.message[0] != '\0');
    assert_int_not_equal(error.code, VT_ERROR_INTERNAL);
    return committed;
}

static void delete_catalog(void)
{
    static const char *const names[] = {"library.vitrine", "library.vitrine-wal", "library.vitrine-shm",
                                        "library.vitrine-journal"};
    for (size_t i = 0; i < 4; i++) {
        unlink(fixture_file(names[i]));
    }
}

/* After failure `n`: what was called committed is there, what else is there are whole batches, and the
 * catalog works. */
static void look_after(int n, vt_catalog_journal journal, int64_t committed)
{
    vt_error error = VT_ERROR_INIT;
    vt_catalog *catalog = fixture_try_open(VT_CATALOG_READ_WRITE, &error);
    if (!catalog) {
        fail_msg("after failure %d: %s", n, error.message);
    }
    vt_catalog_close(catalog);
    int64_t found = count_items();
    if (found < committed || found % 20 != 0) {
        fail_msg("failure %d: %lld items were committed, %lld are there", n, (long long)committed,
                 (long long)found);
    }
    bool failed_again = false;
    session(journal, &failed_again);
    if (failed_again) {
        fail_msg("after failure %d the catalog could not be used", n);
    }
    assert_int_equal(count_items(), 60);
}

/* A session for each point of failure in turn. */
static void fail_everywhere(vt_catalog_journal journal, int *at, int *counter)
{
    int rounds = 0;
    int failures = 0;
    for (int n = 1; rounds < 2000; n += 1 + n / 50, rounds++) {
        delete_catalog();
        *counter = 0;
        *at = n;
        bool failed = false;
        int64_t committed = session(journal, &failed);
        int reached = *counter;
        no_faults();
        if (reached < n) {
            break;
        }
        failures += failed;
        look_after(n, journal, committed);
    }
    print_message("%d points of failure, %d told\n", rounds, failures);
    assert_true(rounds > 20 && rounds < 2000);
    assert_true(failures > 10);
}

static void test_a_write_that_fails_once(void **state)
{
    (void)state;
    for_ever = false;
    failure_code = SQLITE_IOERR_WRITE;
    fail_everywhere(VT_CATALOG_JOURNAL_WAL, &fail_at, &calls);
}

static void test_a_disk_that_fails_for_good(void **state)
{
    (void)state;
    for_ever = true;
    failure_code = SQLITE_IOERR_WRITE;
    fail_everywhere(VT_CATALOG_JOURNAL_WAL, &fail_at, &calls);
}

static void test_a_disk_that_is_full_from_some_point_on(void **state)
{
    (void)state;
    for_ever = true;
    failure_code = SQLITE_FULL;
    fail_everywhere(VT_CATALOG_JOURNAL_WAL, &fail_at, &calls);
}

static void test_a_rollback_journal_that_fails(void **state)
{
    (void)state;
    failure_code = SQLITE_IOERR_WRITE;
    for_ever = false;
    fail_everywhere(VT_CATALOG_JOURNAL_ROLLBACK, &fail_at, &calls);
    for_ever = true;
    fail_everywhere(VT_CATALOG_JOURNAL_ROLLBACK, &fail_at, &calls);
}

static void test_memory_that_runs_out_once(void **state)
{
    (void)state;
    memory_for_ever = false;
    fail_everywhere(VT_CATALOG_JOURNAL_WAL, &memory_fail_at, &memory_calls);
}

static void test_memory_that_runs_out_for_good(void **state)
{
    (void)state;
    memory_for_ever = true;
    fail_everywhere(VT_CATALOG_JOURNAL_WAL, &memory_fail_at, &memory_calls);
}

static void test_what_the_user_typed_is_synced_and_a_batch_is_not(void **state)
{
    (void)state;
    no_faults();
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 10);
    syncs = 0;
    vt_item item = fixture_item("/a.jpg", 1);
    fixture_commit(writer, (vt_batch){.items = &item, .item_count = 1});
    assert_int_equal(syncs, 0);
    assert_true(edits_rate(writer, item.id, 1, NULL));
    assert_true(syncs > 0);
    syncs = 0;
    const char *tag = "a/b";
    assert_true(edits_add_tags(writer, &item.id, 1, &tag, 1, NULL));
    assert_int_equal(syncs, 1); /* one transaction, one sync of the log */
    int64_t id = 0;
    syncs = 0;
    assert_true(edits_create_album(writer, "album", &id, NULL));
    assert_int_equal(syncs, 1);
    assert_false(
        edits_set_rating(writer, &(int64_t){999}, 1, 1, NULL)); /* one that fails leaves no setting */
    const char *path = "/photos";
    syncs = 0;
    assert_true(vt_catalog_writer_journal_begin(writer, &path, 1, "", &id, NULL));
    assert_int_equal(syncs, 1);
    syncs = 0;
    item.size++;
    fixture_commit(writer, (vt_batch){.items = &item, .item_count = 1});
    assert_int_equal(syncs, 0);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static void test_thumbnails_survive_a_failing_disk(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_thumbs *thumbs = vt_thumbs_open(catalog, fixture_file("cache.thumbs"), NULL);
    assert_non_null(thumbs);
    failure_code = SQLITE_FULL;
    for_ever = true;
    int told = 0;
    for (int n = 1; n < 40; n++) {
        calls = 0;
        fail_at = n;
        vt_thumb_key key = {.item_id = n, .size_class = 256};
        static char bytes[20000];
        vt_thumb thumb = {.width = 1, .height = 1, .bytes = bytes, .length = sizeof bytes};
        vt_error error = VT_ERROR_INIT;
        bool stored = vt_thumbs_put(thumbs, &key, &thumb, 1, &error);
        no_faults();
        told += !stored;
        assert_true(stored || error.code == VT_ERROR_NO_SPACE);
        bool found = false;
        assert_true(vt_thumbs_get(thumbs, &key, &thumb, &found, &error));
        assert_int_equal(found, stored);
        free((void *)thumb.bytes);
    }
    assert_true(told > 0);
    vt_thumbs_close(thumbs);
    vt_catalog_close(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(test_a_write_that_fails_once),
        fixture_test(test_a_disk_that_fails_for_good),
        fixture_test(test_a_disk_that_is_full_from_some_point_on),
        fixture_test(test_a_rollback_journal_that_fails),
        fixture_test(test_memory_that_runs_out_once),
        fixture_test(test_memory_that_runs_out_for_good),
        fixture_test(test_what_the_user_typed_is_synced_and_a_batch_is_not),
        fixture_test(test_thumbnails_survive_a_failing_disk),
    };
    install_memory();
    install_vfs();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
