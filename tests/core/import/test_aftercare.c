/* What an engine does for its catalog after imports. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/catalog/snapshot.h"
#include "tests/core/import/engine_session.h"
#include "tests/support/files.h"

#include <glob.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PICTURES = 40 };

/* ---- a system on which no snapshot can be opened ---- */

static sqlite3_vfs refusing_vfs;
static sqlite3_vfs *real_vfs;
static atomic_bool refused;

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    (void)vfs;
    if (atomic_load(&refused) && name && strstr(name, ".snapshot-")) {
        file->pMethods = NULL;
        return SQLITE_CANTOPEN;
    }
    return real_vfs->xOpen(real_vfs, name, file, flags, out);
}

static int make_system(void **state)
{
    (void)state;
    real_vfs = sqlite3_vfs_find(NULL);
    refusing_vfs = *real_vfs;
    refusing_vfs.zName = "refusing";
    refusing_vfs.xOpen = open_file;
    return sqlite3_vfs_register(&refusing_vfs, 1);
}

/* ---- an engine that takes snapshots ---- */

static int troubles;
static char trouble[512];

static void on_trouble(void *user, const vt_error *error)
{
    (void)user;
    troubles++;
    snprintf(trouble, sizeof trouble, "%s", error->message);
}

static void open_session(engine_session *session)
{
    session_open(session, 3, 2,
                 &(vt_engine_options){.with_index = true, .snapshots = true, .trouble = on_trouble});
}

static int set_up(void **state)
{
    engine_session *session = session_create();
    session_pictures(session->pictures, PICTURES, 30, 20);
    atomic_store(&refused, false);
    troubles = 0;
    open_session(session);
    *state = session;
    return 0;
}

static int tear_down(void **state)
{
    session_free(*state);
    return 0;
}

static size_t snapshots(const engine_session *session)
{
    vt_snapshot_list list;
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_snapshot_list_read(session->catalog, &list, &error));
    size_t count = list.count;
    vt_snapshot_list_free(&list);
    return count;
}

static void wait_for_care(engine_session *session)
{
    int64_t until = vt_clock_now() + 60 * VT_NS_PER_S;
    while (vt_engine_is_caring(session->engine)) {
        assert_true(vt_clock_now() < until);
        vt_engine_deliver(session->engine, 0);
        usleep(1000);
    }
    vt_engine_deliver(session->engine, 0);
}

static void an_import_that_changed_rows_is_followed_by_a_snapshot(void **state)
{
    engine_session *session = *state;
    import_record record;
    assert_false(vt_engine_is_caring(session->engine));
    session_import(session, session->pictures, NULL, &record);
    wait_for_care(session);
    assert_int_equal(snapshots(session), 1);
    char *sound = vt_snapshot_newest_sound(session->catalog, NULL);
    assert_non_null(sound);
    /* One that changed nothing is not; nor one on the same day. */
    unlink(sound);
    free(sound);
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.unchanged, PICTURES);
    wait_for_care(session);
    assert_int_equal(snapshots(session), 0);
    for (unsigned i = 0; i < 2; i++) {
        files_write_picture(files_path(session->pictures, "more.ppm"), 30, 20, 1000 + i);
        session_import(session, session->pictures, NULL, &record);
        wait_for_care(session);
        assert_int_equal(snapshots(session), 1);
    }
    assert_int_equal(troubles, 0);
}

static void who_does_not_ask_for_snapshots_gets_none(void **state)
{
    engine_session *session = *state;
    import_record record;
    session_close(session);
    session_open(session, 3, 2, NULL);
    session_import(session, session->pictures, NULL, &record);
    assert_false(vt_engine_is_caring(session->engine));
    assert_int_equal(snapshots(session), 0);
}

static void a_snapshot_that_fails_is_told_and_stops_nothing(void **state)
{
    engine_session *session = *state;
    import_record record;
    atomic_store(&refused, true);
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.error.code, VT_ERROR_NONE);
    session_wait_for(session, &troubles);
    assert_non_null(strstr(trouble, "no snapshot"));
    wait_for_care(session);
    assert_int_equal(troubles, 1);
    assert_int_equal(snapshots(session), 0);
}

/* Whether it was made or given up: nothing half made is left. */
static void an_engine_that_ends_does_not_wait_for_it(void **state)
{
    engine_session *session = *state;
    import_record record;
    glob_t found;
    session_import(session, session->pictures, NULL, &record);
    session_close(session);
    char *pattern = strdup(files_path(session->root, "library.vitrine.*"));
    assert_int_equal(glob(pattern, 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        assert_true(strstr(found.gl_pathv[i], ".lock") || snapshots(session) == 1);
    }
    globfree(&found);
    free(pattern);
    open_session(session);
}

#define care_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        care_test(an_import_that_changed_rows_is_followed_by_a_snapshot),
        care_test(who_does_not_ask_for_snapshots_gets_none),
        care_test(a_snapshot_that_fails_is_told_and_stops_nothing),
        care_test(an_engine_that_ends_does_not_wait_for_it),
    };
    return cmocka_run_group_tests(tests, make_system, NULL);
}
