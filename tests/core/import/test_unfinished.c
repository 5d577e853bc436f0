/* Imports that are cut off, and what the next start knows of them. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/import/unfinished.h"
#include "tests/core/import/engine_session.h"
#include "tests/support/files.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Several batches' worth, so that one can be met between the first and the last. */
enum { PICTURES = 2400 }; /* so many that an import is still under way when it is cut off */

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

static vt_import *start(engine_session *session, const vt_import_options *options, import_record *record)
{
    vt_error error = VT_ERROR_INIT;
    vt_import_listener listener = session_listener(record);
    const char *path = session->pictures;
    *record = (import_record){0};
    vt_import *import = vt_engine_import(session->engine, &path, 1, options, &listener, &error);
    if (!import) {
        fail_msg("%s", error.message);
    }
    session_wait_for(session, &record->batches);
    return import;
}

static size_t unfinished(engine_session *session)
{
    return vt_engine_unfinished(session->engine)->count;
}

static void reopen(engine_session *session)
{
    session_close(session);
    session_open(session, 3, 1, NULL);
}

/* Begins an import and ends the engine amid it. */
static void cut_off(engine_session *session, const vt_import_options *options)
{
    import_record record;
    start(session, options, &record);
    reopen(session);
}

static void what_has_ended_is_not_asked_for_again(void **state)
{
    engine_session *session = *state;
    import_record record;
    vt_import *import = start(session, NULL, &record);
    vt_import_cancel(import);
    session_wait_for(session, &record.finished);
    assert_int_equal(record.error.code, VT_ERROR_CANCELLED);
    vt_import_free(import);
    reopen(session);
    assert_int_equal(unfinished(session), 0);

    session_import(session, session->pictures, &(vt_import_options){.read_limit = VT_IMPORT_READ_NONE},
                   &record);
    reopen(session);
    assert_int_equal(unfinished(session), 0);
    assert_int_equal(session_items(session), PICTURES);

    session_import(session, session->pictures, NULL, &record);
    reopen(session);
    assert_int_equal(unfinished(session), 0);
}

static void what_was_cut_off_is_listed_and_gone_on_with(void **state)
{
    engine_session *session = *state;
    import_record record = {0};
    vt_error error = VT_ERROR_INIT;
    int64_t before = vt_clock_wall();
    cut_off(session, &(vt_import_options){.hidden = true});
    const vt_unfinished_list *list = vt_engine_unfinished(session->engine);
    assert_int_equal(list->count, 1);
    assert_int_equal(list->imports[0].count, 1);
    assert_string_equal(list->imports[0].paths[0], session->pictures);
    assert_true(list->imports[0].options.hidden);
    assert_true(list->imports[0].begun_ns >= before);
    int64_t kept = session_items(session);
    assert_true(kept > 0);

    vt_import_listener listener = session_listener(&record);
    int64_t id = list->imports[0].id;
    vt_import *import = vt_engine_resume(session->engine, id, &listener, &error);
    assert_non_null(import);
    assert_int_equal(unfinished(session), 0);
    assert_null(vt_engine_resume(session->engine, id, &listener, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    session_wait_for(session, &record.finished);
    vt_import_free(import);
    assert_int_equal(record.error.code, VT_ERROR_NONE);
    assert_int_equal(record.figures.imported + record.figures.unchanged, PICTURES);
    assert_int_equal(session_items(session), PICTURES);
    reopen(session);
    assert_int_equal(unfinished(session), 0);
}

static void an_import_of_the_same_path_goes_on_with_it(void **state)
{
    engine_session *session = *state;
    import_record record;
    cut_off(session, NULL);
    assert_int_equal(unfinished(session), 1);
    cut_off(session, NULL); /* cut off again: still one */
    assert_int_equal(unfinished(session), 1);
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(unfinished(session), 0);
    reopen(session);
    assert_int_equal(unfinished(session), 0);
}

static void one_of_another_path_leaves_it(void **state)
{
    engine_session *session = *state;
    import_record record;
    cut_off(session, NULL);
    const char *other = files_folder(session->root, "other");
    session_pictures(other, 3, 30, 20);
    session_import(session, other, NULL, &record);
    assert_int_equal(unfinished(session), 1);
    reopen(session);
    assert_int_equal(unfinished(session), 1);
}

static void what_is_discarded_is_forgotten(void **state)
{
    engine_session *session = *state;
    cut_off(session, NULL);
    vt_engine_discard(session->engine, vt_engine_unfinished(session->engine)->imports[0].id);
    vt_engine_discard(session->engine, 4711);
    assert_int_equal(unfinished(session), 0);
    int64_t kept = session_items(session);
    reopen(session);
    assert_int_equal(unfinished(session), 0);
    assert_int_equal(session_items(session), kept); /* what it had imported stays */
}

/* A path that is not there now may be a disk that is not plugged in. */
static void one_that_cannot_be_resumed_now_stays(void **state)
{
    engine_session *session = *state;
    vt_error error = VT_ERROR_INIT;
    cut_off(session, NULL);
    char *aside = strdup(files_path(session->root, "aside"));
    assert_int_equal(rename(session->pictures, aside), 0);
    int64_t id = vt_engine_unfinished(session->engine)->imports[0].id;
    assert_null(vt_engine_resume(session->engine, id, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    assert_int_equal(unfinished(session), 1);
    reopen(session);
    assert_int_equal(unfinished(session), 1);
    assert_int_equal(rename(aside, session->pictures), 0);
    free(aside);
}

static void who_only_reads_is_offered_none(void **state)
{
    engine_session *session = *state;
    vt_unfinished_list list;
    vt_error error = VT_ERROR_INIT;
    cut_off(session, NULL);
    session_close(session);
    session_open(session, 3, 1, &(vt_engine_options){.with_index = true, .read_only = true});
    assert_int_equal(unfinished(session), 0);
    assert_true(vt_unfinished_list_read(vt_engine_catalog(session->engine), &list, &error));
    assert_int_equal(list.count, 1);
    vt_unfinished_list_free(&list);
    vt_unfinished_list_free(&list);
}

static void options_are_kept_as_text(void **state)
{
    (void)state;
    static const vt_import_options all[] = {{0},
                                            {.hidden = true},
                                            {.retry_failures = true, .read_limit = VT_IMPORT_READ_NONE},
                                            {.read_limit = 123456789012}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        char text[VT_IMPORT_OPTIONS_TEXT];
        vt_import_options_write(&all[i], text);
        vt_import_options again = vt_import_options_read(text);
        assert_memory_equal(&again.read_limit, &all[i].read_limit, sizeof again.read_limit);
        assert_int_equal(again.hidden, all[i].hidden);
        assert_int_equal(again.retry_failures, all[i].retry_failures);
    }
    vt_import_options odd = vt_import_options_read("later=7  hiddenmost retry read=x ");
    assert_int_equal(odd.read_limit, 0);
    assert_false(odd.hidden);
    assert_true(odd.retry_failures);
}

#define unfinished_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        unfinished_test(what_has_ended_is_not_asked_for_again),
        unfinished_test(what_was_cut_off_is_listed_and_gone_on_with),
        unfinished_test(an_import_of_the_same_path_goes_on_with_it),
        unfinished_test(one_of_another_path_leaves_it),
        unfinished_test(what_is_discarded_is_forgotten),
        unfinished_test(one_that_cannot_be_resumed_now_stays),
        unfinished_test(who_only_reads_is_offered_none),
        cmocka_unit_test(options_are_kept_as_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
