/* Files that are taken in by name and stat, and read afterwards, later, or when they are shown. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/catalog/reader.h"
#include "tests/core/import/engine_session.h"
#include "tests/support/files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int set_up(void **state)
{
    engine_session *session = session_create();
    session_open(session, 3, 1, NULL);
    *state = session;
    return 0;
}

static int tear_down(void **state)
{
    session_free(*state);
    return 0;
}

/* Items of the catalog in one state. */
static int count_state(engine_session *session, vt_item_state state)
{
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    int count = 0;
    for (uint32_t row = 0; row < vt_snapshot_count(snapshot); row++) {
        vt_item_brief item;
        vt_snapshot_item(snapshot, row, &item);
        count += !vt_snapshot_removed(snapshot, row) && item.state == state;
    }
    vt_snapshot_release(snapshot);
    return count;
}

static vt_item_brief item_of(engine_session *session, uint32_t row)
{
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    vt_item_brief item;
    vt_snapshot_item(snapshot, row, &item);
    vt_snapshot_release(snapshot);
    return item;
}

static void import_with_limit(engine_session *session, int64_t limit, import_record *record)
{
    const vt_import_options options = {.read_limit = limit};
    session_import(session, session->pictures, &options, record);
    assert_int_equal(record->error.code, VT_ERROR_NONE);
    assert_int_equal(record->figures.waiting, 0);
}

static void with_read_none_files_are_items_by_their_names(void **state)
{
    engine_session *session = *state;
    enum { COUNT = 2500 }; /* more than two chunks */
    session_pictures(session->pictures, COUNT, 8, 8);
    import_record record;
    import_with_limit(session, VT_IMPORT_READ_NONE, &record);
    assert_int_equal(record.figures.found, COUNT);
    assert_int_equal(record.figures.imported, COUNT);
    assert_int_equal(record.figures.deferred, COUNT);
    assert_int_equal(record.figures.decoded, 0);
    assert_int_equal(record.rows, COUNT);
    assert_int_equal(count_state(session, VT_ITEM_UNREAD), COUNT);
    vt_item_brief item = item_of(session, 7);
    assert_int_equal(item.kind, VT_KIND_IMAGE); /* as the name promises */
    assert_int_equal(item.format, VT_FORMAT_PNM);
    assert_true(item.size > 0 && item.mtime_ns > 0);

    import_with_limit(session, VT_IMPORT_READ_NONE, &record); /* nothing new, nothing read */
    assert_int_equal(record.figures.unchanged, COUNT);
    assert_int_equal(record.figures.imported, 0);

    session_close(session); /* the catalog tells the same */
    session_open(session, 3, 1, NULL);
    assert_int_equal(count_state(session, VT_ITEM_UNREAD), COUNT);
}

static void the_limit_counts_new_files_and_later_imports_go_on(void **state)
{
    engine_session *session = *state;
    enum { COUNT = 600 };
    session_pictures(session->pictures, COUNT, 8, 8);
    import_record record;
    import_with_limit(session, 500, &record);
    assert_int_equal(record.figures.imported, COUNT);
    assert_int_equal(record.figures.deferred, 100);
    assert_int_equal(record.figures.decoded, 500);
    assert_int_equal(count_state(session, VT_ITEM_OK), 500);
    import_with_limit(session, 60, &record);
    assert_int_equal(record.figures.imported, 60);
    assert_int_equal(record.figures.unchanged, COUNT - 60);
    assert_int_equal(count_state(session, VT_ITEM_UNREAD), 40);
    import_with_limit(session, 0, &record);
    assert_int_equal(record.figures.imported, 40);
    assert_int_equal(count_state(session, VT_ITEM_OK), COUNT);
    assert_int_equal(session_items(session), COUNT);
}

static void listing_does_not_wait_for_reading(void **state)
{
    engine_session *session = *state;
    enum { COUNT = 3000 };
    session_pictures(session->pictures, COUNT, 8, 8);
    vt_error error = VT_ERROR_INIT;
    import_record record = {0};
    vt_import_listener listener = session_listener(&record);
    const char *path = session->pictures;
    vt_import *import = vt_engine_import(session->engine, &path, 1, NULL, &listener, &error);
    vt_import_figures figures = {0};
    while (!figures.scanned) {
        vt_engine_deliver(session->engine, 0);
        vt_import_get_figures(import, &figures);
    }
    /* All are found while no more than what was in flight can have been read. */
    assert_int_equal(figures.found, COUNT);
    assert_true(figures.decoded < COUNT);
    session_wait_for(session, &record.finished);
    vt_import_free(import);
    assert_int_equal(record.figures.imported, COUNT);
    assert_int_equal(record.figures.decoded, COUNT);
    assert_int_equal(record.figures.updated, 0); /* an item that is read for the first time is new */
    assert_int_equal(record.figures.deferred, 0);
    assert_int_equal(count_state(session, VT_ITEM_OK), COUNT);
}

static void what_cannot_be_read_is_a_failure_and_no_item(void **state)
{
    engine_session *session = *state;
    enum { COUNT = 900, BAD = 50 };
    session_pictures(session->pictures, COUNT - BAD, 8, 8);
    for (int i = 0; i < BAD; i++) {
        char name[32];
        snprintf(name, sizeof name, "zzz %03d.png", i);
        files_write(files_path(session->pictures, name), "no picture", 10);
    }
    import_record record;
    import_with_limit(session, VT_IMPORT_READ_NONE, &record);
    assert_int_equal(session_items(session), COUNT);
    import_with_limit(session, 0, &record);
    assert_int_equal(record.figures.imported, COUNT - BAD);
    assert_int_equal(record.figures.failed, BAD);
    assert_int_equal(record.failures, BAD);
    assert_int_equal(session_items(session), COUNT - BAD);
    assert_int_equal(session_failures(session), BAD);
    assert_int_equal(count_state(session, VT_ITEM_OK), COUNT - BAD);
    assert_int_equal(count_state(session, VT_ITEM_UNREAD) + count_state(session, VT_ITEM_FAILED), 0);
}

static void only_items_below_the_given_folder_are_read(void **state)
{
    engine_session *session = *state;
    const char *const folders[] = {"one", "one more"};
    char *paths[2];
    import_record record;
    for (int i = 0; i < 2; i++) {
        paths[i] = strdup(files_folder(session->pictures, folders[i]));
        session_pictures(paths[i], 20, 8, 8);
    }
    import_with_limit(session, VT_IMPORT_READ_NONE, &record);
    session_import(session, paths[0], NULL, &record);
    assert_int_equal(record.figures.imported, 20);
    assert_int_equal(count_state(session, VT_ITEM_UNREAD), 20);
    free(paths[0]);
    free(paths[1]);
}

/* ---- read because it is shown ---- */

typedef struct answer {
    int came;
    bool good;
} answer;

static void on_picture(void *user, vt_picture *picture, const vt_error *error)
{
    answer *to = user;
    to->came++;
    to->good = picture != NULL;
    assert_true((picture == NULL) != (error == NULL));
    if (picture) {
        free(picture->pixels);
    }
}

static void show(engine_session *session, uint32_t row, bool good)
{
    vt_error error = VT_ERROR_INIT;
    answer answer = {0};
    assert_non_null(vt_engine_request_thumbnail(session->engine, row, 64, on_picture, &answer, &error));
    session_wait_for(session, &answer.came);
    assert_int_equal(answer.good, good);
}

static void what_is_shown_is_read(void **state)
{
    engine_session *session = *state;
    session_pictures(session->pictures, 10, 40, 20);
    files_write(files_path(session->pictures, "9999.png"), "no picture", 10);
    import_record record;
    import_with_limit(session, VT_IMPORT_READ_NONE, &record);
    uint32_t bad = 0;
    while (item_of(session, bad).format != VT_FORMAT_PNG) {
        bad++;
    }
    uint32_t row = bad == 3 ? 4 : 3;
    show(session, row, true);
    session_wait_for(session, &session->rows_changed);
    vt_item_brief item = item_of(session, row);
    assert_int_equal(item.state, VT_ITEM_OK);
    assert_int_equal(item.width, 40);
    assert_int_equal(item.height, 20);
    assert_int_equal(count_state(session, VT_ITEM_UNREAD), 10);

    session->rows_changed = 0;
    show(session, bad, false);
    session_wait_for(session, &session->rows_changed);
    assert_int_equal(session_failures(session), 1);
    assert_int_equal(session_items(session), 10);

    import_with_limit(session, 0, &record); /* what was shown is not read again */
    assert_int_equal(record.figures.decoded, 9);
    assert_int_equal(record.figures.unchanged, 1);
    assert_int_equal(record.figures.failed, 1);
}

#define INTAKE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        INTAKE_TEST(with_read_none_files_are_items_by_their_names),
        INTAKE_TEST(the_limit_counts_new_files_and_later_imports_go_on),
        INTAKE_TEST(listing_does_not_wait_for_reading),
        INTAKE_TEST(what_cannot_be_read_is_a_failure_and_no_item),
        INTAKE_TEST(only_items_below_the_given_folder_are_read),
        INTAKE_TEST(what_is_shown_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
