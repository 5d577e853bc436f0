/* Copies that the program makes by itself: when, how, and which of them stay. */
#include "core/catalog/fixture.h"

#include "core/base/clock.h"
#include "core/catalog/snapshot.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#define HOUR (3600 * VT_NS_PER_S)
#define DAY  (24 * HOUR)
#define NOON INT64_C(1700049600000000000) /* 2023-11-15 12:00 UTC */

static void test_once_a_day(void **state)
{
    (void)state;
    assert_true(vt_snapshot_is_due(0, NOON));
    assert_false(vt_snapshot_is_due(NOON, NOON));
    assert_false(vt_snapshot_is_due(NOON, NOON + DAY - 1));
    assert_true(vt_snapshot_is_due(NOON, NOON + DAY));
    assert_true(vt_snapshot_is_due(NOON + 365 * DAY, NOON)); /* the clock was a year ahead */
    assert_true(vt_snapshot_is_due(NOON, NOON - 1));
}

static size_t choose(const int64_t *hours, size_t count)
{
    int64_t taken[8];
    for (size_t i = 0; i < count; i++) {
        taken[i] = NOON - hours[i] * HOUR;
    }
    return vt_snapshot_choose(taken, count, NOON);
}

static void test_which_one_goes(void **state)
{
    (void)state;
    assert_int_equal(choose((const int64_t[]){0, 24, 48}, 3), 3);
    assert_int_equal(choose((const int64_t[]){0, 24, 48, 72}, 4), 2);
    assert_int_equal(choose((const int64_t[]){0, 24, 48, 14 * 24}, 4), 3);
    assert_int_equal(choose((const int64_t[]){0, 24, 48, 14 * 24 - 1}, 4), 2);
    assert_int_equal(choose((const int64_t[]){0, 19, 48, 72}, 4), 1);
    assert_int_equal(choose((const int64_t[]){-1000, 0, 48, 72}, 4), 0);
}

/* A year of one snapshot a day, by the rule alone. */
static void test_a_year_keeps_a_day_and_a_week(void **state)
{
    (void)state;
    int64_t taken[5] = {0};
    size_t count = 0;
    for (int day = 0; day < 365; day++) {
        int64_t now = NOON + day * DAY;
        memmove(taken + 1, taken, count * sizeof *taken);
        taken[0] = now;
        count++;
        size_t which = vt_snapshot_choose(taken, count, now);
        assert_int_not_equal(which, 0);
        if (which < count) {
            memmove(taken + which, taken + which + 1, (count - which - 1) * sizeof *taken);
            count--;
        }
        assert_true(count <= VT_SNAPSHOTS_KEPT);
        if (day >= 2) {
            assert_int_equal(now - taken[1], DAY);
            assert_true(now - taken[2] >= 2 * DAY && now - taken[2] < 15 * DAY);
        }
    }
}

static vt_catalog *open_filled(int items)
{
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, items);
    vt_catalog_writer_free(writer);
    return catalog;
}

static int64_t items_in(const char *path)
{
    return fixture_number(path, "SELECT count(*) FROM item");
}

static size_t count_snapshots(void)
{
    vt_snapshot_list list;
    assert_true(vt_snapshot_list_read(fixture_path, &list, NULL));
    size_t count = list.count;
    vt_snapshot_list_free(&list);
    return count;
}

static void test_a_snapshot_is_a_catalog_beside_the_catalog(void **state)
{
    (void)state;
    vt_catalog *catalog = open_filled(500);
    int files = fixture_count_files();
    char *path = NULL;
    vt_snapshot_options options = {.now_ns = NOON};
    assert_true(vt_snapshot_take(catalog, &options, &path, NULL));
    char expected[256];
    snprintf(expected, sizeof expected, "%s.snapshot-20231115-120000", fixture_path);
    assert_string_equal(path, expected);
    assert_int_equal(items_in(path), 500);
    assert_int_equal(fixture_count_files(), files + 1);
    char *newest = vt_snapshot_newest_sound(fixture_path, NULL);
    assert_string_equal(newest, path);
    free(newest);
    free(path);

    bool taken = true;
    options.now_ns = NOON + DAY - 1;
    assert_true(vt_snapshot_take_if_due(catalog, &options, &taken, NULL));
    assert_false(taken);
    options.now_ns = NOON + DAY;
    assert_true(vt_snapshot_take_if_due(catalog, &options, &taken, NULL));
    assert_true(taken);
    assert_int_equal(count_snapshots(), 2);
    for (int day = 2; day < 9; day++) {
        options.now_ns = NOON + day * DAY;
        assert_true(vt_snapshot_take_if_due(catalog, &options, NULL, NULL));
    }
    assert_int_equal(count_snapshots(), VT_SNAPSHOTS_KEPT);
    vt_snapshot_list list;
    assert_true(vt_snapshot_list_read(fixture_path, &list, NULL));
    assert_int_equal(list.snapshots[0].taken_ns, NOON + 8 * DAY);
    assert_int_equal(list.snapshots[1].taken_ns, NOON + 7 * DAY);
    assert_int_equal(list.snapshots[2].taken_ns, NOON);
    vt_snapshot_list_free(&list);
    vt_catalog_close(catalog);
}

static void test_the_name_of_a_snapshot_tells_its_time(void **state)
{
    (void)state;
    assert_int_equal(vt_snapshot_time("/a/library.vitrine.snapshot-19700102-000001"), DAY + DAY / 86400);
    assert_int_equal(vt_snapshot_time("/a.snapshot-b/l.snapshot-19700102-000001"), DAY + DAY / 86400);
    assert_int_equal(vt_snapshot_time("/a/library.vitrine.snapshot-yesterday"), 0);
    assert_int_equal(vt_snapshot_time("19700102-000001"), 0);
    assert_int_equal(vt_snapshot_time(""), 0);
}

/* Between two steps the writer commits. */
typedef struct importing {
    vt_catalog_writer *writer;
    int steps;
} importing;

static bool commit_between(void *user)
{
    importing *self = user;
    char path[64];
    snprintf(path, sizeof path, "/imported/%d.jpg", self->steps++);
    vt_item item = fixture_item(path, self->steps);
    vt_batch batch = {.items = &item, .item_count = 1};
    vt_error error = VT_ERROR_INIT;
    if (!vt_catalog_writer_commit(self->writer, &batch, NULL, &error)) {
        fail_msg("%s", error.message);
    }
    return true;
}

static void test_the_writer_goes_on_and_the_snapshot_sees_one_commit(void **state)
{
    (void)state;
    vt_catalog *catalog = open_filled(50000);
    vt_catalog_writer *writer = fixture_writer(catalog);
    int64_t pages = fixture_number(fixture_path, "PRAGMA page_count");
    importing work = {.writer = writer};
    vt_snapshot_options options = {.go_on = commit_between, .user = &work};
    char *path = NULL;
    assert_true(vt_snapshot_take(catalog, &options, &path, NULL));
    assert_true(work.steps > pages / 64); /* each step is small; it was asked while verifying, too */
    assert_true(work.steps > 10);
    assert_int_equal(items_in(path), 50000);
    assert_int_equal(items_in(fixture_path), 50000 + work.steps);
    assert_int_equal(fixture_number(path, "SELECT (SELECT group_concat(integrity_check) FROM "
                                          "pragma_integrity_check) = 'ok'"),
                     1);
    free(path);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static bool commit_seldom(void *user)
{
    importing *self = user;
    return self->steps >= 5 || commit_between(user);
}

static void test_without_a_write_ahead_log_it_begins_anew(void **state)
{
    (void)state;
    vt_catalog_options how = {.journal = VT_CATALOG_JOURNAL_ROLLBACK, .log = vt_log_none};
    vt_catalog *catalog = vt_catalog_open(fixture_path, &how, NULL);
    assert_non_null(catalog);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 5000);
    importing work = {.writer = writer};
    vt_snapshot_options options = {.go_on = commit_seldom, .user = &work};
    char *path = NULL;
    assert_true(vt_snapshot_take(catalog, &options, &path, NULL));
    assert_int_equal(items_in(path), 5005);
    free(path);
    /* an import that never pauses makes it give up instead of going round for ever */
    vt_error error = VT_ERROR_INIT;
    options = (vt_snapshot_options){.go_on = commit_between, .user = &work, .now_ns = NOON};
    assert_false(vt_snapshot_take(catalog, &options, &path, &error));
    assert_int_equal(error.code, VT_ERROR_BUSY);
    assert_null(path);
    assert_int_equal(count_snapshots(), 1);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static bool never(void *user)
{
    (void)user;
    return false;
}

static void test_a_snapshot_that_fails_leaves_nothing_behind(void **state)
{
    (void)state;
    vt_catalog *catalog = open_filled(5000);
    int files = fixture_count_files();
    vt_error error = VT_ERROR_INIT;
    vt_snapshot_options options = {.go_on = never};
    assert_false(vt_snapshot_take(catalog, &options, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    assert_int_equal(fixture_count_files(), files);

    signal(SIGXFSZ, SIG_IGN);
    struct rlimit ordinary;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &ordinary), 0);
    struct rlimit tight = {.rlim_cur = (rlim_t)200 * 1024, .rlim_max = ordinary.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
    bool taken = vt_snapshot_take(catalog, NULL, NULL, &error);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &ordinary), 0);
    assert_false(taken);
    assert_int_equal(error.code, VT_ERROR_NO_SPACE);
    assert_int_equal(fixture_count_files(), files);
    vt_catalog_close(catalog);

    catalog = fixture_open(VT_CATALOG_READ_ONLY);
    assert_false(vt_snapshot_take(catalog, NULL, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_READ_ONLY);
    vt_catalog_close(catalog);
}

static void test_a_damaged_catalog_replaces_no_snapshot(void **state)
{
    (void)state;
    vt_catalog *catalog = open_filled(5000);
    for (int i = 0; i < 3; i++) {
        vt_snapshot_options options = {.now_ns = NOON + i * DAY};
        assert_true(vt_snapshot_take(catalog, &options, NULL, NULL));
    }
    vt_catalog_close(catalog);
    int64_t leaf = fixture_number(fixture_path,
                                  "SELECT max(pageno) FROM dbstat WHERE name = 'item' AND pagetype = 'leaf'");
    size_t length = 0;
    char *bytes = fixture_slurp(fixture_path, &length);
    memset(bytes + (leaf - 1) * 4096, 0xee, 4096);
    fixture_spill(fixture_path, bytes, length);
    free(bytes);
    catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_snapshot_take(catalog, NULL, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_CORRUPT);
    assert_int_equal(count_snapshots(), 3);
    vt_catalog_close(catalog);

    /* of the snapshots, too, the newest that is sound is offered */
    fixture_spill(fixture_file("library.vitrine.snapshot-20231117-120000"), "?", 1);
    char *newest = vt_snapshot_newest_sound(fixture_path, NULL);
    assert_non_null(newest);
    assert_non_null(strstr(newest, "20231116-120000"));
    free(newest);
}

static void test_names_that_are_no_snapshots_are_left_alone(void **state)
{
    (void)state;
    static const char *const names[] = {
        "library.vitrine.snapshot-",
        "library.vitrine.snapshot-20231131-120000", /* there is no such day */
        "library.vitrine.snapshot-20231115-120000x",
        "library.vitrine.snapshot-2023-1115120000",
        "library.vitrine.snapshot-20231115-126000",
        "other.vitrine.snapshot-20231115-120000",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        fixture_spill(fixture_file(names[i]), "mine", 4);
    }
    assert_int_equal(count_snapshots(), 0);
    char *newest = vt_snapshot_newest_sound(fixture_path, NULL);
    assert_null(newest);
    vt_catalog *catalog = open_filled(10);
    for (int i = 0; i < 6; i++) {
        vt_snapshot_options options = {.now_ns = NOON + i * DAY};
        assert_true(vt_snapshot_take(catalog, &options, NULL, NULL));
    }
    vt_catalog_close(catalog);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_int_equal(access(fixture_file(names[i]), F_OK), 0);
    }
}

static bool die(void *user)
{
    int *steps = user;
    if (++*steps == 2) {
        kill(getpid(), SIGKILL);
    }
    return true;
}

static void test_what_a_killed_program_left_is_removed(void **state)
{
    (void)state;
    vt_catalog_close(open_filled(5000));
    fflush(NULL);
    pid_t child = fork();
    assert_int_not_equal(child, -1);
    if (child == 0) {
        vt_catalog *catalog = fixture_try_open(VT_CATALOG_READ_WRITE, NULL);
        int steps = 0;
        vt_snapshot_options options = {.go_on = die, .user = &steps, .now_ns = NOON};
        if (catalog) {
            vt_snapshot_take(catalog, &options, NULL, NULL);
        }
        _exit(1);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    char left[256];
    char alive[256];
    snprintf(left, sizeof left, "%s.snapshot-20231115-120000.unfinished-%d", fixture_path, (int)child);
    snprintf(alive, sizeof alive, "%s.copy.unfinished-%d", fixture_path, (int)getppid());
    fixture_spill(alive, "of a program that is alive", 5);
    fixture_spill(fixture_file("library.vitrine.unfinished-"), "of nobody", 5);
    fixture_spill(fixture_file("library.vitrine.unfinished-business"), "of nobody", 5);
    assert_int_equal(access(left, F_OK), 0);
    assert_int_equal(count_snapshots(), 0); /* it is none */
    vt_catalog_close(fixture_open(VT_CATALOG_READ_ONLY));
    assert_int_equal(access(left, F_OK), 0);
    vt_catalog_close(fixture_open(VT_CATALOG_READ_WRITE));
    assert_int_equal(access(left, F_OK), -1);
    assert_int_equal(access(alive, F_OK), 0);
    assert_int_equal(access(fixture_file("library.vitrine.unfinished-"), F_OK), 0);
    assert_int_equal(access(fixture_file("library.vitrine.unfinished-business"), F_OK), 0);
    assert_int_equal(items_in(fixture_path), 5000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_once_a_day),
        cmocka_unit_test(test_which_one_goes),
        cmocka_unit_test(test_a_year_keeps_a_day_and_a_week),
        fixture_test(test_a_snapshot_is_a_catalog_beside_the_catalog),
        fixture_test(test_the_name_of_a_snapshot_tells_its_time),
        fixture_test(test_the_writer_goes_on_and_the_snapshot_sees_one_commit),
        fixture_test(test_without_a_write_ahead_log_it_begins_anew),
        fixture_test(test_a_snapshot_that_fails_leaves_nothing_behind),
        fixture_test(test_a_damaged_catalog_replaces_no_snapshot),
        fixture_test(test_names_that_are_no_snapshots_are_left_alone),
        fixture_test(test_what_a_killed_program_left_is_removed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
