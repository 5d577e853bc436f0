/* Files that the window asks for while an import reads them: each is shown, and counted, once. */
#include "tests/support/check.h"

#include "tests/core/import/engine_session.h"
#include "tests/support/files.h"

#include <unistd.h>

enum { BROKEN = 3, WHOLE = 2 };

static int set_up(void **state)
{
    engine_session *session = session_create();
    for (int i = 0; i < BROKEN; i++) {
        char name[32];
        snprintf(name, sizeof name, "broken-%d.ppm", i);
        files_write(files_path(session->pictures, name), "no picture", 10);
    }
    session_pictures(session->pictures, WHOLE, 40, 20);
    session_open(session, 1, 1, NULL);
    *state = session;
    return 0;
}

static int tear_down(void **state)
{
    session_free(*state);
    return 0;
}

static void on_picture(void *user, vt_picture *picture, const vt_error *error)
{
    int *came = user;
    ++*came;
    assert_true((picture == NULL) != (error == NULL));
    if (picture) {
        vt_picture_clear(picture);
    }
}

static void ask_for_all(engine_session *session, int *came)
{
    vt_error error = VT_ERROR_INIT;
    for (uint32_t row = 0; row < BROKEN + WHOLE; row++) {
        assert_non_null(
            vt_engine_request_thumbnail(session->engine, row, 64, on_picture, &came[row], &error));
    }
}

static void take_in_by_name(engine_session *session)
{
    const vt_import_options by_name = {.read_limit = VT_IMPORT_READ_NONE};
    import_record record = {0};
    session_import(session, session->pictures, &by_name, &record);
    assert_int_equal(record.figures.deferred, BROKEN + WHOLE);
}

/* Items that the index shows, and those of the catalog. */
static void expect_items(engine_session *session, uint32_t count)
{
    session_writer(session);
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    assert_int_equal(vt_snapshot_item_count(snapshot), count);
    vt_snapshot_release(snapshot);
    assert_int_equal(session_items(session), count);
    assert_int_equal(session_failures(session), BROKEN);
}

static void what_went_with_its_failure_does_not_come_back(void **state)
{
    engine_session *session = *state;
    int once[BROKEN + WHOLE] = {0}, again[BROKEN + WHOLE] = {0};
    take_in_by_name(session);
    vt_cancel *gate = vt_cancel_create(NULL);
    session_hold_worker(session, gate);
    ask_for_all(session, once);
    ask_for_all(session, again);
    vt_cancel_request(gate);
    for (int i = 0; i < BROKEN + WHOLE; i++) {
        session_wait_for(session, &once[i]);
        session_wait_for(session, &again[i]);
    }
    expect_items(session, WHOLE);
    vt_cancel_unref(gate);
}

static void what_is_read_twice_is_counted_once(void **state)
{
    engine_session *session = *state;
    int came[BROKEN + WHOLE] = {0};
    take_in_by_name(session);
    vt_cancel *gate = vt_cancel_create(NULL);
    session_hold_worker(session, gate);
    ask_for_all(session, came);
    vt_error error = VT_ERROR_INIT;
    import_record record = {0};
    vt_import_listener listener = session_listener(&record);
    const char *path = session->pictures;
    vt_import *import = vt_engine_import(session->engine, &path, 1, NULL, &listener, &error);
    assert_non_null(import);
    vt_engine_figures figures = {0};
    while (figures.in_flight < BROKEN + WHOLE) { /* all wait for the one worker */
        vt_engine_deliver(session->engine, 0);
        vt_engine_get_figures(session->engine, &figures);
        usleep(1000);
    }
    vt_cancel_request(gate);
    session_wait_for(session, &record.finished);
    for (int i = 0; i < BROKEN + WHOLE; i++) {
        session_wait_for(session, &came[i]);
    }
    assert_int_equal(record.figures.failed, BROKEN);
    assert_int_equal(record.failures, BROKEN); /* each was told once */
    assert_int_equal(record.figures.imported + record.figures.unchanged, WHOLE);
    vt_import_free(import);
    expect_items(session, WHOLE);
    vt_cancel_unref(gate);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_went_with_its_failure_does_not_come_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_read_twice_is_counted_once, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
