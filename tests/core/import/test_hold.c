/* Imports that the user holds, and lets go on. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/import/unfinished.h"
#include "tests/core/import/engine_session.h"
#include "tests/support/files.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PICTURES = 2400 };

static int set_up(void **state)
{
    engine_session *session = session_create();
    session_pictures(session->pictures, PICTURES, 30, 20);
    session_open(session, 3, 1, NULL);
    *state = session;
    return 0;
}

static int tear_down(void **state)
{
    session_free(*state);
    return 0;
}

static vt_import *start(engine_session *session, const char *path, const vt_import_options *options,
                        import_record *record)
{
    vt_error error = VT_ERROR_INIT;
    vt_import_listener listener = session_listener(record);
    *record = (import_record){0};
    vt_import *import = vt_engine_import(session->engine, &path, 1, options, &listener, &error);
    if (!import) {
        fail_msg("%s", error.message);
    }
    session_wait_for(session, &record->batches);
    return import;
}

/* Held, and everything that was under way is committed: the figures stand still. */
static vt_import_figures hold(engine_session *session, vt_import *import)
{
    vt_import_figures figures;
    vt_engine_figures engine;
    vt_import_hold(import);
    do {
        nanosleep(&(struct timespec){0, 20 * VT_NS_PER_MS}, NULL);
        vt_engine_deliver(session->engine, 0);
        vt_engine_get_figures(session->engine, &engine);
    } while (engine.in_flight > 0 || engine.decoding > 0);
    vt_import_get_figures(import, &figures);
    return figures;
}

static void it_stands_still_and_goes_on_where_it_was(void **state)
{
    engine_session *session = *state;
    import_record record;
    vt_import_figures later;
    vt_import *import = start(session, session->pictures, NULL, &record);
    vt_import_figures held = hold(session, import);
    assert_true(held.held);
    assert_false(held.paused); /* the disk is not full */
    assert_true(held.imported < PICTURES);
    nanosleep(&(struct timespec){0, 300 * VT_NS_PER_MS}, NULL);
    vt_engine_deliver(session->engine, 0);
    vt_import_get_figures(import, &later);
    assert_int_equal(later.imported, held.imported);
    assert_int_equal(later.decoded, held.decoded);
    assert_true(later.held_seconds > held.held_seconds);
    assert_int_equal(record.finished, 0);
    assert_true(session_items(session) >= held.imported);

    vt_import_go_on(import);
    vt_import_go_on(import); /* as often as one likes */
    session_wait_for(session, &record.finished);
    assert_int_equal(record.figures.imported, PICTURES);
    assert_int_equal(record.figures.decoded, PICTURES); /* none twice */
    assert_false(record.figures.held);
    assert_int_equal(session_items(session), PICTURES);
    vt_import_hold(import); /* too late for anything */
    vt_import_go_on(import);
    vt_import_free(import);
}

static void another_import_has_the_room(void **state)
{
    engine_session *session = *state;
    import_record record, other;
    vt_import *import = start(session, session->pictures, NULL, &record);
    hold(session, import);
    char *folder = strdup(files_folder(session->root, "other"));
    session_pictures(folder, 500, 8, 8);
    session_import(session, folder, NULL, &other);
    free(folder);
    assert_int_equal(other.figures.imported, 500);
    assert_int_equal(record.finished, 0);
    vt_import_go_on(import);
    session_wait_for(session, &record.finished);
    assert_int_equal(record.figures.imported, PICTURES);
    vt_import_free(import);
}

static void cancelled_while_held_it_ends(void **state)
{
    engine_session *session = *state;
    import_record record;
    vt_import *import = start(session, session->pictures, NULL, &record);
    hold(session, import);
    vt_import_cancel(import);
    session_wait_for(session, &record.finished);
    assert_int_equal(record.error.code, VT_ERROR_CANCELLED);
    assert_true(record.figures.imported < PICTURES);
    vt_import_free(import);
    session_close(session);
    session_open(session, 3, 1, NULL);
    assert_int_equal(vt_engine_unfinished(session->engine)->count, 0);
}

/* The program ends meanwhile: what was taken in is there, the rest is offered. */
static void left_while_held_it_is_offered_again(void **state)
{
    engine_session *session = *state;
    import_record record;
    vt_error error = VT_ERROR_INIT;
    enum { MOST = 2000 };
    const vt_import_options options = {.items_max = MOST};
    hold(session, start(session, session->pictures, &options, &record));
    session_close(session);
    session_open(session, 3, 1, NULL);
    const vt_unfinished_list *list = vt_engine_unfinished(session->engine);
    assert_int_equal(list->count, 1);
    assert_int_equal(list->imports[0].options.items_max, MOST);
    assert_int_equal(list->imports[0].options.items_since, 1);
    assert_true(session_items(session) <= MOST);
    vt_import_listener listener = session_listener(&record);
    record = (import_record){0};
    vt_import *import = vt_engine_resume(session->engine, list->imports[0].id, &listener, &error);
    assert_non_null(import);
    session_wait_for(session, &record.finished);
    vt_import_free(import);
    assert_int_equal(session_items(session), MOST);
}

#define hold_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        hold_test(it_stands_still_and_goes_on_where_it_was),
        hold_test(another_import_has_the_room),
        hold_test(cancelled_while_held_it_ends),
        hold_test(left_while_held_it_is_offered_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
