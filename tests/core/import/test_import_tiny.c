/* Tiny thumbnails: made with every thumbnail, there again at the next start, and given to items of catalogs
 * that have none. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/import/engine_private.h"
#include "core/index/tiny.h"
#include "tests/core/import/engine_session.h"
#include "tests/support/files.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PICTURES = 12 };

static int set_up(void **state)
{
    engine_session *session = session_create();
    session_pictures(session->pictures, PICTURES, 300, 150);
    session_open(session, 3, 1, NULL);
    *state = session;
    return 0;
}

static int tear_down(void **state)
{
    session_free(*state);
    return 0;
}

static void import_all(engine_session *session)
{
    import_record record;
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.imported, PICTURES);
}

/* Rows of the index that have a code, and whether each is of a picture twice as wide as high. */
static int coded_rows(engine_session *session)
{
    int count = 0;
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    for (uint32_t row = 0; row < vt_snapshot_count(snapshot); row++) {
        vt_tinythumb tiny;
        if (vt_snapshot_tiny(snapshot, row, &tiny)) {
            count++;
            assert_true(abs((int)vt_tinythumb_aspect(&tiny) - 2 * 65536) < 4000);
        }
    }
    vt_snapshot_release(snapshot);
    return count;
}

static void wait_until_loaded(engine_session *session)
{
    for (int i = 0; i < 10000 && !atomic_load(&session->engine->tiny_loaded); i++) {
        usleep(1000);
    }
    assert_true(atomic_load(&session->engine->tiny_loaded));
}

static int64_t codes_in_catalog(engine_session *session)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *count = NULL;
    assert_int_equal(sqlite3_open_v2(session->catalog, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT count(*) FROM tiny", -1, &count, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(count), SQLITE_ROW);
    int64_t codes = sqlite3_column_int64(count, 0);
    sqlite3_finalize(count);
    sqlite3_close(db);
    return codes;
}

static void forget_codes(engine_session *session)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(session->catalog, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "DELETE FROM tiny", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void on_picture(void *user, vt_picture *picture, const vt_error *error)
{
    assert_null(error);
    free(picture->pixels);
    ++*(int *)user;
}

static void show(engine_session *session, uint32_t row, uint32_t side)
{
    int came = 0;
    assert_non_null(vt_engine_request_thumbnail(session->engine, row, side, on_picture, &came, NULL));
    session_wait_for(session, &came);
}

static void an_import_makes_them(void **state)
{
    engine_session *session = *state;
    import_all(session);
    assert_int_equal(coded_rows(session), PICTURES);
    session_close(session);
    assert_int_equal(codes_in_catalog(session), PICTURES);
}

static void they_are_there_at_the_next_start(void **state)
{
    engine_session *session = *state;
    import_all(session);
    session_close(session);
    session_open(session, 3, 1, NULL);
    wait_until_loaded(session);
    assert_int_equal(coded_rows(session), PICTURES);
    session_close(session);
    session_open(session, 3, 1, &(vt_engine_options){.with_index = true, .read_only = true});
    wait_until_loaded(session);
    assert_int_equal(coded_rows(session), PICTURES);
}

/* Of those that were only taken in by name, whoever looks at one brings its code. */
static void an_item_that_is_first_shown_gets_one(void **state)
{
    engine_session *session = *state;
    import_record record;
    const vt_import_options by_name = {.read_limit = VT_IMPORT_READ_NONE};
    session_import(session, session->pictures, &by_name, &record);
    assert_int_equal(coded_rows(session), 0);
    show(session, 3, 0);
    session_wait_for(session, &session->rows_changed);
    assert_int_equal(coded_rows(session), 1);
    session_close(session);
    assert_int_equal(codes_in_catalog(session), 1);
}

/* A catalog from before there were any: what is shown gets its code, from the store or from the file. */
static void a_catalog_without_gets_them_as_it_is_shown(void **state)
{
    engine_session *session = *state;
    import_all(session);
    session_close(session);
    forget_codes(session);
    session_open(session, 3, 1, NULL);
    wait_until_loaded(session);
    assert_int_equal(coded_rows(session), 0);
    show(session, 2, 0);
    show(session, 2, 100); /* it has one now */
    show(session, 5, 512); /* not in the store: from the file */
    assert_int_equal(coded_rows(session), 2);
    assert_int_equal(session->rows_changed, 0); /* no row has changed for that */
    vt_engine_figures figures;
    do {
        usleep(1000);
        vt_engine_get_figures(session->engine, &figures);
    } while (figures.in_flight > 0);
    session_close(session);
    assert_int_equal(codes_in_catalog(session), 2);

    forget_codes(session);
    session_open(session, 3, 1, &(vt_engine_options){.with_index = true, .read_only = true});
    wait_until_loaded(session);
    show(session, 2, 0);
    assert_int_equal(coded_rows(session), 1); /* seen, though not kept */
    session_close(session);
    assert_int_equal(codes_in_catalog(session), 0);
}

/* Ending the engine does not wait for a library's colours. */
static void an_engine_can_be_closed_while_they_are_loaded(void **state)
{
    engine_session *session = *state;
    import_all(session);
    for (int i = 0; i < 20; i++) {
        session_close(session);
        session_open(session, 1, 1, NULL);
    }
    session_close(session);
    assert_int_equal(codes_in_catalog(session), PICTURES);
}

#define TINY_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TINY_TEST(an_import_makes_them),
        TINY_TEST(they_are_there_at_the_next_start),
        TINY_TEST(an_item_that_is_first_shown_gets_one),
        TINY_TEST(a_catalog_without_gets_them_as_it_is_shown),
        TINY_TEST(an_engine_can_be_closed_while_they_are_loaded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
