/* Columns files in the making: there whole or not at all, and not too many. */
#include "core/base/clock.h"
#include "core/index/columns_tidy.h"
#include "tests/core/index/columns_fixture.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

/* ---- writing it ---- */

static bool stop_at_once(void *user)
{
    return --*(int *)user > 0;
}

static bool write_to_catalog(void *user)
{
    int *calls = user;
    if (++*calls == 2) {
        fixture_sql(fixture_path, "UPDATE item SET rating = 1 WHERE id = 7");
    }
    return true;
}

/* What fails leaves no file, and what was there as it was. */
static void writing_is_all_or_nothing(void **state)
{
    (void)state;
    fill(20000, 3);
    int files = fixture_count_files();
    int calls = 3;
    vt_columns_pace pace = {stop_at_once, &calls};
    assert_false(write_paced(&pace));
    assert_int_equal(last_error.code, VT_ERROR_CANCELLED);
    assert_int_equal(fixture_count_files(), files);

    calls = 0;
    pace.go_on = write_to_catalog;
    assert_false(write_paced(&pace));
    assert_int_equal(last_error.code, VT_ERROR_CHANGED);
    assert_int_equal(fixture_count_files(), files);

    write_columns();
    size_t size[2];
    char *before = fixture_slurp(columns_path, &size[0]);
    fixture_sql(fixture_path, "UPDATE item SET rating = 2 WHERE id = 7");
    const struct rlimit small = {100000, RLIM_INFINITY};
    const struct rlimit large = {RLIM_INFINITY, RLIM_INFINITY};
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    assert_false(write_paced(NULL));
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &large), 0);
    assert_true(last_error.code == VT_ERROR_NO_SPACE || last_error.code == VT_ERROR_IO);
    assert_int_equal(fixture_count_files(), files + 1);
    char *now = fixture_slurp(columns_path, &size[1]);
    assert_int_equal(size[0], size[1]);
    assert_memory_equal(now, before, size[0]);
    free(before);
    free(now);
    write_columns();
    assert_used(VT_CATALOG_READ_ONLY);
}

/* Killed at any moment of it, a program leaves the old file, the new one, or none that is used. */
static void killed_while_writing(void **state)
{
    (void)state;
    enum { ROUNDS = 24 };
    fill(60000, 3);
    int used = 0, refused = 0;
    int64_t began = vt_clock_now();
    write_columns();
    int64_t took = vt_clock_now() - began; /* under a sanitizer ten times as long */
    fixture_sql(fixture_path, "UPDATE item SET rating = (rating + 1) % 6 WHERE id = 9");
    for (int i = 0; i < ROUNDS; i++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            write_columns();
            pause(); /* until it is killed */
        }
        /* Moments all over the writing and some time behind it; the last one surely. */
        int64_t wait = i == ROUNDS - 1 ? 10 * took : took * i / (ROUNDS / 2);
        usleep((useconds_t)(wait / VT_NS_PER_US));
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, NULL, 0), child);
        vt_catalog *catalog = fixture_open(VT_CATALOG_READ_ONLY);
        vt_index *quick = load_columns(catalog);
        vt_index *slow = load_catalog(catalog);
        if (quick) {
            assert_same(quick, slow);
        } else {
            assert_true(last_error.code == VT_ERROR_NOT_FOUND || last_error.code == VT_ERROR_CHANGED);
        }
        used += quick != NULL;
        refused += quick == NULL;
        vt_index_free(quick);
        vt_index_free(slow);
        vt_catalog_close(catalog);
        if (quick) {
            fixture_sql(fixture_path, "UPDATE item SET rating = (rating + 1) % 6 WHERE id = 9");
        }
    }
    assert_true(used > 0 && refused > 0);
    write_columns();
    assert_used(VT_CATALOG_READ_ONLY);
}

static void places_that_cannot_be_written(void **state)
{
    (void)state;
    fill(100, 3);
    snprintf(columns_path, sizeof columns_path, "%s/a/b/library.columns", fixture_folder);
    write_columns(); /* folders are made */
    assert_used(VT_CATALOG_READ_ONLY);
    snprintf(columns_path, sizeof columns_path, "%s/library.columns", fixture_path);
    assert_false(write_paced(NULL));
    assert_refused(VT_ERROR_NOT_FOUND);
}

static void folders_that_may_not_be_written(void **state)
{
    (void)state;
    if (geteuid() == 0) {
        print_message("folders_that_may_not_be_written: SKIPPED: root may write everywhere\n");
        skip();
    }
    fill(100, 3);
    snprintf(columns_path, sizeof columns_path, "%s/none/library.columns", fixture_folder);
    assert_int_equal(mkdir(fixture_file("none"), 0500), 0);
    assert_false(write_paced(NULL));
    assert_int_equal(last_error.code, VT_ERROR_PERMISSION);
}

/* What loading refuses has no file that would bring it in. */
static void catalogs_that_contradict_themselves(void **state)
{
    (void)state;
    fill(100, 3);
    fixture_sql(fixture_path, "PRAGMA foreign_keys = OFF; UPDATE item SET folder_id = 999 WHERE id = 50");
    assert_false(write_paced(NULL));
    assert_int_equal(last_error.code, VT_ERROR_CORRUPT);
    assert_false(is_there(columns_path));
}

static void look_tells(void **state)
{
    (void)state;
    fill(700, 3);
    vt_columns_info info;
    for (int i = 0; i < 3; i++) {
        vt_catalog *catalog = fixture_open(VT_CATALOG_READ_ONLY);
        vt_catalog_reader *reader = fixture_reader(catalog);
        vt_columns_look(catalog, reader, columns_path, &info);
        vt_catalog_reader_free(reader);
        vt_catalog_close(catalog);
        assert_int_equal(info.usable, i == 1);
        assert_int_equal(info.rows, i == 0 ? 0 : 700);
        assert_int_equal(info.bytes > 0, i > 0);
        static const vt_error_code codes[] = {VT_ERROR_NOT_FOUND, VT_ERROR_NONE, VT_ERROR_CHANGED};
        assert_int_equal(info.why_not.code, codes[i]);
        if (i == 0) {
            write_columns();
        } else {
            fixture_sql(fixture_path, "DELETE FROM item WHERE id = 3");
        }
    }
}

static void make_file(const char *name, int64_t age_s)
{
    fixture_spill(fixture_file(name), "x", 1);
    struct timespec times[2] = {{.tv_sec = time(NULL) - age_s}, {.tv_sec = time(NULL) - age_s}};
    assert_int_equal(utimensat(AT_FDCWD, fixture_file(name), times, 0), 0);
}

/* Catalogs that are gone leave files: there are never more than so many. */
static void keeps_its_folder_tidy(void **state)
{
    (void)state;
    fill(100, 3);
    for (int i = 0; i < VT_COLUMNS_FILES_MAX + 4; i++) {
        char name[32];
        snprintf(name, sizeof name, "other-%d.columns", i);
        make_file(name, 1000 - i);
    }
    make_file("library.columns.aB3dEf", 7200);
    make_file("other-1.columns.aB3dEf", 60); /* may be at work */
    make_file("mine.txt", 1000000);
    write_columns();
    assert_false(is_there(fixture_file("other-4.columns")));
    assert_true(is_there(fixture_file("other-5.columns")));
    assert_false(is_there(fixture_file("library.columns.aB3dEf")));
    assert_true(is_there(fixture_file("other-1.columns.aB3dEf")));
    assert_true(is_there(fixture_file("mine.txt")));
    assert_used(VT_CATALOG_READ_ONLY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        columns_test(writing_is_all_or_nothing),
        columns_test(killed_while_writing),
        columns_test(places_that_cannot_be_written),
        columns_test(folders_that_may_not_be_written),
        columns_test(catalogs_that_contradict_themselves),
        columns_test(look_tells),
        columns_test(keeps_its_folder_tidy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
