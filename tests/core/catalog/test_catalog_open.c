#include "core/catalog/fixture.h"
#include "tests/core/catalog/edits.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>

static void make_catalog(void)
{
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 100);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

/* Opening fails with `code` in both modes, names the file, and leaves it byte-identical with nothing beside
 * it. */
static void refuse(vt_error_code code)
{
    size_t length = 0;
    char *before = fixture_slurp(fixture_path, &length);
    static const vt_catalog_mode modes[] = {VT_CATALOG_READ_WRITE, VT_CATALOG_READ_ONLY};
    for (size_t i = 0; i < 2; i++) {
        vt_error error = VT_ERROR_INIT;
        assert_null(fixture_try_open(modes[i], &error));
        if (error.code != code) {
            fail_msg("%s: %s", vt_error_code_name(error.code), error.message);
        }
        assert_non_null(strstr(error.message, "library.vitrine"));
        size_t length_after = 0;
        char *after = fixture_slurp(fixture_path, &length_after);
        assert_int_equal(length_after, length);
        assert_memory_equal(after, before, length);
        free(after);
        struct stat facts;
        assert_true(stat(fixture_file("library.vitrine-wal"), &facts) != 0 || facts.st_size == 0);
        unlink(fixture_file("library.vitrine-wal"));
        unlink(fixture_file("library.vitrine-shm"));
        unlink(fixture_file("library.vitrine.lock"));
        assert_int_equal(fixture_count_files(), 1);
    }
    free(before);
}

static void test_a_new_catalog_is_empty_and_complete(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    assert_int_equal(vt_catalog_version(catalog), vt_catalog_newest_version());
    assert_int_equal(strlen(vt_catalog_identity(catalog)), 32);
    assert_false(vt_catalog_is_read_only(catalog));
    assert_true(vt_catalog_uses_wal(catalog));
    assert_string_equal(vt_catalog_path(catalog), fixture_path);
    char identity[33];
    snprintf(identity, sizeof identity, "%s", vt_catalog_identity(catalog));
    vt_catalog_close(catalog);
    assert_int_equal(access(fixture_file("library.vitrine-wal"), F_OK), -1); /* closing empties the log */
    assert_int_equal(fixture_number(fixture_path, "PRAGMA application_id"), 0x56697472);
    assert_int_equal(fixture_number(fixture_path, "PRAGMA user_version"), vt_catalog_newest_version());
    assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM migration"),
                     vt_catalog_newest_version());

    catalog = fixture_open(VT_CATALOG_READ_ONLY);
    assert_string_equal(vt_catalog_identity(catalog), identity);
    assert_true(vt_catalog_is_read_only(catalog));
    vt_catalog_close(catalog);
}

static void test_no_database_is_refused(void **state)
{
    (void)state;
    char text[5000];
    memset(text, 'x', sizeof text);
    fixture_spill(fixture_path, text, sizeof text);
    refuse(VT_ERROR_CORRUPT);
    fixture_spill(fixture_path, text, 10);
    refuse(VT_ERROR_CORRUPT);
    memcpy(text, "SQLite format 3", 16);
    fixture_spill(fixture_path, text, sizeof text);
    refuse(VT_ERROR_CORRUPT);
}

static void test_a_database_of_another_program_is_refused(void **state)
{
    (void)state;
    fixture_sql(fixture_path, "CREATE TABLE t (x); INSERT INTO t VALUES (1)");
    refuse(VT_ERROR_UNSUPPORTED);
    fixture_sql(fixture_path, "PRAGMA application_id=252006674; PRAGMA user_version=1");
    refuse(VT_ERROR_UNSUPPORTED);
    unlink(fixture_path);
    fixture_sql(fixture_path, "PRAGMA user_version=8");
    refuse(VT_ERROR_UNSUPPORTED);
}

static void test_a_newer_catalog_is_refused_and_stays_byte_identical(void **state)
{
    (void)state;
    make_catalog();
    int newest = vt_catalog_newest_version();
    char tomorrow[100];
    snprintf(tomorrow, sizeof tomorrow, "PRAGMA user_version=%d; CREATE TABLE of_tomorrow (x)", newest + 1);
    fixture_sql(fixture_path, tomorrow);
    unlink(fixture_file("library.vitrine.lock"));
    refuse(VT_ERROR_VERSION);
    vt_error error = VT_ERROR_INIT;
    assert_null(fixture_try_open(VT_CATALOG_READ_WRITE, &error));
    char version[32];
    snprintf(version, sizeof version, "has version %d", newest + 1);
    assert_non_null(strstr(error.message, version));
    snprintf(version, sizeof version, "knows version %d", newest);
    assert_non_null(strstr(error.message, version));
}

static void test_a_catalog_cut_short_or_without_identity_is_refused(void **state)
{
    (void)state;
    make_catalog();
    fixture_sql(fixture_path, "DELETE FROM property");
    vt_error error = VT_ERROR_INIT;
    assert_null(fixture_try_open(VT_CATALOG_READ_WRITE, &error));
    assert_int_equal(error.code, VT_ERROR_CORRUPT);
    assert_int_equal(truncate(fixture_path, 4096), 0);
    assert_null(fixture_try_open(VT_CATALOG_READ_WRITE, &error));
    assert_int_equal(error.code, VT_ERROR_CORRUPT);
}

static void test_missing_folders_and_files_are_told(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    assert_null(fixture_try_open(VT_CATALOG_READ_ONLY, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    assert_int_equal(fixture_count_files(), 0);
    snprintf(fixture_path, sizeof fixture_path, "%s/not/there", fixture_folder);
    assert_null(fixture_try_open(VT_CATALOG_READ_WRITE, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    snprintf(fixture_path, sizeof fixture_path, "%s", fixture_folder);
    assert_null(fixture_try_open(VT_CATALOG_READ_WRITE, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_REGULAR);
    snprintf(fixture_path, sizeof fixture_path, "/tmp/no-such-folder-of-vitrine/");
    assert_null(fixture_try_open(VT_CATALOG_READ_WRITE, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    snprintf(fixture_path, sizeof fixture_path, "%s/fifo", fixture_folder);
    assert_int_equal(mkfifo(fixture_path, 0600), 0);
    assert_null(fixture_try_open(VT_CATALOG_READ_WRITE, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_REGULAR);
}

/* Runs `body` in a child without any right over files of others (root has too many for these tests). */
static void as_nobody(void (*body)(void))
{
    fflush(NULL);
    pid_t child = fork();
    assert_int_not_equal(child, -1);
    if (child == 0) {
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) {
            _exit(3);
        }
        body();
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* In a child assertions would jump out of the test's frame: it exits with the line instead. */
#define child_assert(condition)                                                                              \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            fprintf(stderr, "line %d: %s\n", __LINE__, #condition);                                          \
            _exit(1);                                                                                        \
        }                                                                                                    \
    } while (0)

static void open_what_cannot_be_written(void)
{
    vt_error error = VT_ERROR_INIT;
    child_assert(!fixture_try_open(VT_CATALOG_READ_WRITE, &error));
    child_assert(error.code == VT_ERROR_PERMISSION || error.code == VT_ERROR_READ_ONLY);
    child_assert(strstr(error.message, "reading"));
    vt_catalog *catalog = fixture_try_open(VT_CATALOG_READ_ONLY, &error);
    child_assert(catalog);
    vt_catalog_reader *reader = vt_catalog_reader_open(catalog, &error);
    vt_catalog_counts counts;
    child_assert(reader && vt_catalog_reader_counts(reader, &counts, &error));
    child_assert(counts.items == 100);
    vt_catalog_reader_free(reader);
    vt_catalog_close(catalog);
}

static void test_a_read_only_folder_can_be_read(void **state)
{
    (void)state;
    make_catalog();
    unlink(fixture_file("library.vitrine.lock"));
    assert_int_equal(chmod(fixture_path, 0444), 0);
    assert_int_equal(chmod(fixture_folder, 0555), 0);
    as_nobody(open_what_cannot_be_written);
    /* a file that cannot be written in a folder that can */
    assert_int_equal(chmod(fixture_folder, 0777), 0);
    as_nobody(open_what_cannot_be_written);
    chmod(fixture_folder, 0700);
}

static void open_what_cannot_be_read(void)
{
    vt_error error = VT_ERROR_INIT;
    child_assert(!fixture_try_open(VT_CATALOG_READ_ONLY, &error));
    child_assert(error.code == VT_ERROR_PERMISSION);
    child_assert(strstr(error.message, "library.vitrine"));
}

static void test_a_file_without_permission_is_told(void **state)
{
    (void)state;
    make_catalog();
    assert_int_equal(chmod(fixture_folder, 0755), 0);
    assert_int_equal(chmod(fixture_path, 0), 0);
    as_nobody(open_what_cannot_be_read);
}

/* A child that opens the catalog for writing and holds it until it is killed; returns once it has it. */
static pid_t holding_child(void)
{
    int pipes[2];
    assert_int_equal(pipe(pipes), 0);
    fflush(NULL);
    pid_t child = fork();
    assert_int_not_equal(child, -1);
    if (child == 0) {
        vt_catalog *catalog = fixture_try_open(VT_CATALOG_READ_WRITE, NULL);
        vt_catalog_writer *writer = catalog ? vt_catalog_writer_create(catalog, NULL) : NULL;
        vt_item item = fixture_item("/of/the/child.jpg", 1);
        vt_batch batch = {.items = &item, .item_count = 1};
        char done = writer && vt_catalog_writer_commit(writer, &batch, NULL, NULL) ? 'y' : 'n';
        if (write(pipes[1], &done, 1) == 1) {
            pause();
        }
        _exit(0);
    }
    close(pipes[1]);
    char done = 'n';
    assert_int_equal(read(pipes[0], &done, 1), 1);
    close(pipes[0]);
    assert_int_equal(done, 'y');
    return child;
}

static void test_another_program_holds_the_lock_until_it_is_killed(void **state)
{
    (void)state;
    make_catalog();
    pid_t child = holding_child();
    vt_error error = VT_ERROR_INIT;
    assert_null(fixture_try_open(VT_CATALOG_READ_WRITE, &error));
    assert_int_equal(error.code, VT_ERROR_BUSY);
    char number[16];
    snprintf(number, sizeof number, "%d", (int)child);
    assert_non_null(strstr(error.message, number));
    assert_non_null(strstr(error.message, "close it and try again")); /* what one can do */

    /* for reading it opens, with what the other has committed */
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_ONLY);
    vt_catalog_reader *reader = fixture_reader(catalog);
    vt_catalog_counts counts;
    assert_true(vt_catalog_reader_counts(reader, &counts, NULL));
    assert_int_equal(counts.items, 101);
    vt_catalog_reader_free(reader);
    vt_catalog_close(catalog);

    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    catalog = fixture_open(VT_CATALOG_READ_WRITE);
    reader = fixture_reader(catalog);
    assert_true(vt_catalog_reader_counts(reader, &counts, NULL));
    assert_int_equal(counts.items, 101); /* a process that dies loses no committed batch */
    vt_catalog_reader_free(reader);
    vt_catalog_close(catalog);
}

static void test_of_many_that_start_at_once_one_writes(void **state)
{
    (void)state;
    for (int round = 0; round < 10; round++) {
        pid_t children[6];
        int gate[2];
        int tried[2];
        assert_int_equal(pipe(gate), 0);
        assert_int_equal(pipe(tried), 0);
        fflush(NULL);
        for (int i = 0; i < 6; i++) {
            children[i] = fork();
            assert_int_not_equal(children[i], -1);
            if (children[i] == 0) {
                char go = 0;
                close(gate[1]);
                if (read(gate[0], &go, 1) != 0) { /* the end of the pipe is the start */
                    _exit(2);
                }
                vt_error error = VT_ERROR_INIT;
                vt_catalog *catalog = fixture_try_open(VT_CATALOG_READ_WRITE, &error);
                /* whoever has it holds it until all have tried, which ends the second pipe */
                close(tried[1]);
                if (catalog && read(tried[0], &go, 1) != 0) {
                    _exit(2);
                }
                _exit(catalog ? 0 : error.code == VT_ERROR_BUSY ? 1 : 2);
            }
        }
        close(gate[0]);
        close(gate[1]);
        close(tried[0]);
        close(tried[1]);
        int opened = 0;
        int busy = 0;
        for (int i = 0; i < 6; i++) {
            int status = 0;
            waitpid(children[i], &status, 0);
            opened += WIFEXITED(status) && WEXITSTATUS(status) == 0;
            busy += WIFEXITED(status) && WEXITSTATUS(status) == 1;
        }
        assert_int_equal(opened, 1);
        assert_int_equal(busy, 5);
    }
}

static void test_a_rollback_journal_serves_where_shared_memory_does_not(void **state)
{
    (void)state;
    vt_catalog_options options = {.journal = VT_CATALOG_JOURNAL_ROLLBACK, .log = vt_log_none};
    vt_catalog *catalog = vt_catalog_open(fixture_path, &options, NULL);
    assert_non_null(catalog);
    assert_false(vt_catalog_uses_wal(catalog));
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 10);
    assert_true(edits_rate(writer, 1, 2, NULL));
    assert_int_equal(access(fixture_file("library.vitrine-wal"), F_OK), -1);
    vt_catalog *second = fixture_open(VT_CATALOG_READ_ONLY);
    assert_false(vt_catalog_uses_wal(second));
    vt_catalog_close(second);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    /* and back */
    catalog = fixture_open(VT_CATALOG_READ_WRITE);
    assert_true(vt_catalog_uses_wal(catalog));
    vt_catalog_close(catalog);
}

static void test_own_files_are_known_by_inode(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 3);
    vt_own_files own;
    vt_catalog_own_files(catalog, &own);
    static const char *const names[] = {"library.vitrine", "library.vitrine-wal", "library.vitrine-shm",
                                        "library.vitrine.lock"};
    struct stat facts;
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(stat(fixture_file(names[i]), &facts), 0);
        assert_true(vt_own_files_contain(&own, facts.st_dev, facts.st_ino));
    }
    assert_int_equal(stat(fixture_folder, &facts), 0);
    assert_false(vt_own_files_contain(&own, facts.st_dev, facts.st_ino));
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static void test_a_hostile_schema_does_nothing(void **state)
{
    (void)state;
    make_catalog();
    fixture_sql(fixture_path, "CREATE TRIGGER evil AFTER INSERT ON item BEGIN DELETE FROM item; END");
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    vt_item item = fixture_item("/new.jpg", 1);
    fixture_commit(writer, (vt_batch){.items = &item, .item_count = 1});
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM item"), 101);
}

/* A disk of 480 KB in a mount namespace of the child's own; exits with 77 where that is not allowed. */
static void fill_a_small_disk(void)
{
    bool root = geteuid() == 0;
    if (unshare(root ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS) != 0 ||
        mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("none", fixture_folder, "tmpfs", 0, "size=480k") != 0) {
        _exit(77);
    }
    vt_error error = VT_ERROR_INIT;
    vt_catalog *catalog = fixture_try_open(VT_CATALOG_READ_WRITE, &error);
    vt_catalog_writer *writer = catalog ? vt_catalog_writer_create(catalog, &error) : NULL;
    child_assert(writer);
    int64_t committed = 0;
    bool done = true;
    for (int i = 0; done && i < 1000; i++) {
        char path[1000];
        snprintf(path, sizeof path, "/full/%0900d.jpg", i);
        vt_item item = fixture_item(path, i);
        vt_batch batch = {.items = &item, .item_count = 1};
        done = vt_catalog_writer_commit(writer, &batch, NULL, &error);
        committed += done;
    }
    child_assert(!done && committed > 10);
    child_assert(error.code == VT_ERROR_NO_SPACE);
    child_assert(strstr(error.message, "make room"));
    vt_catalog_reader *reader = vt_catalog_reader_open(catalog, &error);
    vt_catalog_counts counts;
    child_assert(reader && vt_catalog_reader_counts(reader, &counts, &error));
    child_assert(counts.items == committed);
    vt_catalog_reader_free(reader);
    /* the user makes room */
    child_assert(mount(NULL, fixture_folder, NULL, MS_REMOUNT, "size=3m") == 0);
    vt_item item = fixture_item("/room.jpg", 1);
    vt_batch batch = {.items = &item, .item_count = 1};
    child_assert(vt_catalog_writer_commit(writer, &batch, NULL, &error));
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    child_assert(fixture_number(fixture_path, "SELECT count(*) FROM item") == committed + 1);
}

static void open_on_a_full_disk(void)
{
    bool root = geteuid() == 0;
    if (unshare(root ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS) != 0 ||
        mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("none", fixture_folder, "tmpfs", 0, "size=4k") != 0) {
        _exit(77);
    }
    vt_error error = VT_ERROR_INIT;
    child_assert(!fixture_try_open(VT_CATALOG_READ_WRITE, &error));
    child_assert(error.code == VT_ERROR_NO_SPACE);
}

static void on_a_small_disk(void (*body)(void))
{
    fflush(NULL);
    pid_t child = fork();
    assert_int_not_equal(child, -1);
    if (child == 0) {
        body();
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77) {
        print_message("SKIPPED: no right to mount a small disk\n");
        skip();
    }
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void test_a_full_disk_loses_no_commit(void **state)
{
    (void)state;
    on_a_small_disk(fill_a_small_disk);
}

static void test_a_full_disk_is_told_on_opening(void **state)
{
    (void)state;
    on_a_small_disk(open_on_a_full_disk);
}

static void test_the_default_path_lies_in_the_data_folder(void **state)
{
    (void)state;
    setenv("XDG_DATA_HOME", fixture_file("data"), 1);
    char *path = vt_catalog_default_path(NULL);
    assert_non_null(path);
    assert_string_equal(path, fixture_file("data/vitrine/library.vitrine"));
    free(path);
    assert_int_equal(access(fixture_file("data/vitrine"), W_OK), 0);
    fixture_spill(fixture_file("file"), "", 0);
    setenv("XDG_DATA_HOME", fixture_file("file"), 1);
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_catalog_default_path(&error));
    assert_int_not_equal(error.code, VT_ERROR_NONE);
    unsetenv("XDG_DATA_HOME");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(test_a_new_catalog_is_empty_and_complete),
        fixture_test(test_no_database_is_refused),
        fixture_test(test_a_database_of_another_program_is_refused),
        fixture_test(test_a_newer_catalog_is_refused_and_stays_byte_identical),
        fixture_test(test_a_catalog_cut_short_or_without_identity_is_refused),
        fixture_test(test_missing_folders_and_files_are_told),
        fixture_test(test_a_read_only_folder_can_be_read),
        fixture_test(test_a_file_without_permission_is_told),
        fixture_test(test_another_program_holds_the_lock_until_it_is_killed),
        fixture_test(test_of_many_that_start_at_once_one_writes),
        fixture_test(test_a_rollback_journal_serves_where_shared_memory_does_not),
        fixture_test(test_own_files_are_known_by_inode),
        fixture_test(test_a_hostile_schema_does_nothing),
        fixture_test(test_a_full_disk_loses_no_commit),
        fixture_test(test_a_full_disk_is_told_on_opening),
        fixture_test(test_the_default_path_lies_in_the_data_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
