/* A disk that fills up amid an import: it waits, tells, goes on, and loses nothing. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/catalog/check.h"
#include "core/import/unfinished.h"
#include "tests/core/import/engine_session.h"
#include "tests/support/files.h"

#include <errno.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

enum { PICTURES = 200, WRITES_MAX = 400, ROUNDS = 60 };

/* ---- a disk that is full from the `full_from`th write to the catalog on ---- */

static atomic_int writes, full_from; /* 0: it has room */
static sqlite3_vfs full_vfs;
static sqlite3_vfs *real_vfs;

/* SQLite has several ways to write, by what a file is locked with: one of them for the log. */
enum { KINDS = 8 };
static struct {
    sqlite3_io_methods full; /* first: what a file has in the place of its own */
    const sqlite3_io_methods *real;
} kinds[KINDS];
static pthread_mutex_t kinds_lock = PTHREAD_MUTEX_INITIALIZER;

static const sqlite3_io_methods *real(sqlite3_file *file)
{
    size_t kind = 0;
    while (file->pMethods != &kinds[kind].full) {
        kind++;
    }
    return kinds[kind].real;
}

static int write_or_not(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 at)
{
    int number = atomic_fetch_add(&writes, 1) + 1;
    int from = atomic_load(&full_from);
    if (from && number >= from) {
        real(file)->xWrite(file, bytes, count / 2, at); /* half of it arrives */
        return SQLITE_FULL;
    }
    return real(file)->xWrite(file, bytes, count, at);
}

/* The files of the catalog are the system's own, but for their way to write. */
static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    int rc = real_vfs->xOpen(real_vfs, name, file, flags, out);
    (void)vfs;
    if (rc != SQLITE_OK || !name || !strstr(name, "library.vitrine") || !file->pMethods) {
        return rc;
    }
    size_t kind = 0;
    pthread_mutex_lock(&kinds_lock);
    while (kind < KINDS - 1 && kinds[kind].real && kinds[kind].real != file->pMethods) {
        kind++;
    }
    if (!kinds[kind].real) {
        kinds[kind].real = file->pMethods;
        kinds[kind].full = *file->pMethods;
        kinds[kind].full.xWrite = write_or_not;
    }
    file->pMethods = &kinds[kind].full;
    pthread_mutex_unlock(&kinds_lock);
    return rc;
}

static int make_disk(void **state)
{
    (void)state;
    real_vfs = sqlite3_vfs_find(NULL);
    full_vfs = *real_vfs;
    full_vfs.zName = "full";
    full_vfs.xOpen = open_file;
    return sqlite3_vfs_register(&full_vfs, 1);
}

static void fill(int from)
{
    atomic_store(&writes, 0);
    atomic_store(&full_from, from);
}

/* ---- an import on it ---- */

typedef struct waiting {
    import_record record;
    int paused, went_on;
    char reason[512];
} waiting;

static void on_paused(void *user, vt_import *import, const vt_error *reason)
{
    waiting *self = user; /* whose first member is the record */
    vt_import_figures figures;
    vt_import_get_figures(import, &figures);
    if (reason) {
        assert_int_equal(reason->code, VT_ERROR_NO_SPACE);
        snprintf(self->reason, sizeof self->reason, "%s", reason->message);
        self->paused++;
        assert_true(figures.paused);
    } else {
        self->went_on++;
    }
}

static vt_import *start(engine_session *session, const char *path, const vt_import_options *options,
                        waiting *self)
{
    vt_error error = VT_ERROR_INIT;
    *self = (waiting){0};
    vt_import_listener listener = session_listener(&self->record);
    listener.paused = on_paused;
    vt_import *import = vt_engine_import(session->engine, &path, 1, options, &listener, &error);
    if (!import) {
        fail_msg("%s", error.message);
    }
    return import;
}

static int set_up(void **state)
{
    engine_session *session = session_create();
    session_pictures(session->pictures, PICTURES, 30, 20);
    fill(0);
    *state = session;
    return 0;
}

static int tear_down(void **state)
{
    fill(0);
    session_free(*state);
    return 0;
}

static void assert_sound(engine_session *session, int items)
{
    vt_error error = VT_ERROR_INIT;
    static vt_check_report report;
    assert_int_equal(session_items(session), items);
    assert_int_equal(session_failures(session), 0);
    assert_true(vt_check_catalog(vt_engine_catalog(session->engine), NULL, false, &report, &error));
    if (report.total != 0) {
        fail_msg("%s", report.findings[0].message);
    }
}

static void from_any_write_on_it_waits_and_loses_nothing(void **state)
{
    engine_session *session = *state;
    int met = 0;
    bool more = true;
    for (int from = 1; more && from < WRITES_MAX; from += from < 12 ? 1 : 9) {
        waiting import;
        session_open(session, 3, 2, NULL);
        fill(from);
        vt_import *running = start(session, session->pictures, NULL, &import);
        while (!import.paused && !import.record.finished) {
            vt_engine_deliver(session->engine, 0);
            vt_doorbell_wait(session->bell, VT_NS_PER_MS);
        }
        more = import.paused;
        if (import.paused) {
            met++;
            assert_non_null(strstr(import.reason, session->catalog));
            assert_non_null(strstr(import.reason, "needs 64 MB"));
            vt_engine_go_on(session->engine); /* in vain: it waits on, and is not told again */
            usleep(20000);
            vt_engine_deliver(session->engine, 0);
            assert_int_equal(import.paused, 1);
            assert_int_equal(import.record.finished, 0);
            fill(0);
            vt_engine_go_on(session->engine);
        }
        session_wait_for(session, &import.record.finished);
        assert_int_equal(import.went_on, import.paused);
        assert_int_equal(import.record.error.code, VT_ERROR_NONE);
        assert_int_equal(import.record.figures.imported, PICTURES);
        assert_int_equal(import.record.figures.failed, 0);
        assert_false(import.record.figures.paused);
        vt_import_free(running);
        fill(0);
        assert_sound(session, PICTURES);
        session_close(session);
        static const char *const suffixes[] = {"", "-wal", "-shm"};
        for (size_t i = 0; i < 3; i++) {
            char name[300];
            snprintf(name, sizeof name, "%s%s", session->catalog, suffixes[i]);
            unlink(name);
        }
    }
    assert_true(met > 12);
}

static void it_goes_on_by_itself_when_there_is_room(void **state)
{
    engine_session *session = *state;
    waiting import;
    session_open(session, 3, 2, NULL);
    fill(10);
    vt_import *running = start(session, session->pictures, NULL, &import);
    session_wait_for(session, &import.paused);
    fill(0);
    session_wait_for(session, &import.record.finished);
    assert_int_equal(import.went_on, 1);
    assert_int_equal(import.record.figures.imported, PICTURES);
    vt_import_free(running);
    assert_sound(session, PICTURES);
}

static void one_that_waits_can_be_cancelled(void **state)
{
    engine_session *session = *state;
    char *other = strdup(files_folder(session->root, "other"));
    waiting first, second;
    import_record again;
    session_pictures(other, 40, 20, 30);
    session_open(session, 3, 2, NULL);
    fill(8);
    vt_import *one = start(session, session->pictures, NULL, &first);
    vt_import *two = start(session, other, NULL, &second);
    session_wait_for(session, &first.paused);
    session_wait_for(session, &second.paused);
    int64_t begun = vt_clock_now();
    vt_import_cancel(one);
    session_wait_for(session, &first.record.finished);
    assert_true(vt_clock_now() - begun < 2 * VT_NS_PER_S);
    assert_int_equal(first.record.error.code, VT_ERROR_CANCELLED);
    assert_int_equal(second.record.finished, 0);
    fill(0);
    session_wait_for(session, &second.record.finished);
    assert_int_equal(second.record.error.code, VT_ERROR_NONE);
    assert_int_equal(second.record.figures.imported, 40);
    vt_import_free(one);
    vt_import_free(two);
    free(other);
    session_import(session, session->pictures, NULL, &again);
    assert_sound(session, PICTURES + 40);
}

/* Those that are listed by name only wait in the same way. */
static void what_is_taken_in_by_name_waits_too(void **state)
{
    engine_session *session = *state;
    waiting import;
    session_open(session, 3, 2, NULL);
    fill(8);
    vt_import *running =
        start(session, session->pictures, &(vt_import_options){.read_limit = VT_IMPORT_READ_NONE}, &import);
    session_wait_for(session, &import.paused);
    fill(0);
    session_wait_for(session, &import.record.finished);
    assert_int_equal(import.record.figures.deferred, PICTURES);
    vt_import_free(running);
    assert_sound(session, PICTURES);
    fill(8);
    import_record record;
    running = start(session, session->pictures, NULL, &import);
    session_wait_for(session, &import.paused);
    vt_import_free(running); /* cancelled */
    fill(0);
    session_import(session, session->pictures, NULL, &record);
    assert_sound(session, PICTURES);
}

static void who_does_not_wait_is_told_and_can_go_on_later(void **state)
{
    engine_session *session = *state;
    waiting import;
    session_open(session, 3, 2, NULL);
    fill(20);
    vt_import *running = start(session, session->pictures, &(vt_import_options){.no_wait = true}, &import);
    session_wait_for(session, &import.record.finished);
    assert_int_equal(import.record.error.code, VT_ERROR_NO_SPACE);
    assert_non_null(strstr(import.record.error.message, "make room"));
    assert_int_equal(import.paused, 0);
    vt_import_free(running);
    fill(0);
    session_close(session);
    session_open(session, 3, 2, NULL);
    assert_int_equal(vt_engine_unfinished(session->engine)->count, 1);
    session_import(session, session->pictures, NULL, &import.record);
    assert_sound(session, PICTURES);
}

/* What helpers are at when it ends comes to the writer later: nothing may wait for a disk that stays full. */
static void who_does_not_wait_ends_whenever_the_disk_fills_up(void **state)
{
    engine_session *session = *state;
    int met = 0;
    for (int round = 0; round < ROUNDS; round++) {
        waiting import;
        session_open(session, 3, 2, NULL);
        fill(1 + round % 20);
        vt_import *running =
            start(session, session->pictures, &(vt_import_options){.no_wait = true}, &import);
        session_wait_for(session, &import.record.finished);
        met += import.record.error.code == VT_ERROR_NO_SPACE;
        vt_import_free(running);
        fill(0);
        session_close(session);
    }
    assert_true(met > 0);
}

static void an_engine_can_end_while_imports_wait(void **state)
{
    engine_session *session = *state;
    waiting import;
    session_open(session, 3, 2, NULL);
    fill(20);
    start(session, session->pictures, NULL, &import);
    session_wait_for(session, &import.paused);
    int64_t begun = vt_clock_now();
    session_close(session);
    assert_true(vt_clock_now() - begun < 2 * VT_NS_PER_S);
    fill(0);
    session_open(session, 3, 2, NULL);
    assert_int_equal(vt_engine_unfinished(session->engine)->count, 1);
    session_import(session, session->pictures, NULL, &import.record);
    assert_sound(session, PICTURES);
}

static void an_import_does_not_begin_on_a_disk_that_is_nearly_full(void **state)
{
    engine_session *session = *state;
    waiting import;
    char *disk = strdup(files_folder(session->root, "disk"));
    if (mount("none", disk, "tmpfs", 0, "size=32m") != 0) {
        print_message("SKIPPED: a small disk cannot be mounted: %s\n", strerror(errno));
        free(disk);
        skip();
        return;
    }
    free(session->catalog);
    session->catalog = strdup(files_path(disk, "library.vitrine"));
    session_open(session, 3, 2, NULL);
    vt_import *running = start(session, session->pictures, NULL, &import);
    session_wait_for(session, &import.paused);
    assert_int_equal(session_items(session), 0);
    int remounted = mount("none", disk, "tmpfs", MS_REMOUNT, "size=128m");
    if (remounted == 0) {
        session_wait_for(session, &import.record.finished);
        assert_int_equal(import.record.figures.imported, PICTURES);
    }
    vt_import_free(running);
    session_close(session);
    umount2(disk, MNT_DETACH);
    free(disk);
    assert_int_equal(remounted, 0);
}

#define full_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        full_test(from_any_write_on_it_waits_and_loses_nothing),
        full_test(it_goes_on_by_itself_when_there_is_room),
        full_test(one_that_waits_can_be_cancelled),
        full_test(what_is_taken_in_by_name_waits_too),
        full_test(who_does_not_wait_is_told_and_can_go_on_later),
        full_test(who_does_not_wait_ends_whenever_the_disk_fills_up),
        full_test(an_engine_can_end_while_imports_wait),
        full_test(an_import_does_not_begin_on_a_disk_that_is_nearly_full),
    };
    return cmocka_run_group_tests(tests, make_disk, NULL);
}
