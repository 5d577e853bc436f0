/* Stacks made by hand, by the engine: written, and shown by its index at once. */
#include "tests/core/import/engine_session.h"
#include "tests/support/check.h"

#include "core/import/item_edit.h"
#include "core/index/filter.h"

#include <stdlib.h>
#include <string.h>

enum { ITEMS = 10 };

static int set_up(void **state)
{
    engine_session *session = session_create();
    import_record record = {0};
    session_pictures(session->pictures, ITEMS, 8, 8);
    session_open(session, 2, 1, &(vt_engine_options){.with_index = true});
    session_wait_for(session, &session->index_loaded);
    session_import(session, session->pictures, NULL, &record);
    *state = session;
    return 0;
}

static int tear_down(void **state)
{
    engine_session *session = *state;
    session_close(session);
    session_free(session);
    return 0;
}

typedef struct answer {
    int came;
    vt_error_code code;
} answer;

static void on_ready(void *user, const vt_edit_result *result)
{
    *(answer *)user = (answer){1, result->error ? result->error->code : VT_ERROR_NONE};
}

static uint32_t found(engine_session *session, const char *text)
{
    vt_error error = VT_ERROR_INIT;
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    vt_filter *filter = vt_filter_compile(text, strlen(text), NULL, &error);
    uint32_t *rows = NULL;
    uint32_t count = 0;
    if (!filter || !vt_filter_run(filter, snapshot, NULL, &rows, &count, &error)) {
        fail_msg("%s", error.message);
    }
    free(rows);
    vt_filter_free(filter);
    vt_snapshot_release(snapshot);
    return count;
}

static answer ask(engine_session *session, vt_edit_kind kind, const int64_t *ids, size_t count)
{
    answer done = {0};
    vt_error error = VT_ERROR_INIT;
    const vt_item_edit edit = {.kind = kind};
    if (!vt_engine_edit(session->engine, &edit, vt_edit_target_of_items(ids, count), on_ready, &done,
                        &error)) {
        fail_msg("%s", error.message);
    }
    session_wait_for(session, &done.came);
    return done;
}

static void do_edit(engine_session *session, vt_edit_kind kind, const int64_t *ids, size_t count)
{
    assert_int_equal(ask(session, kind, ids, count).code, VT_ERROR_NONE);
}

static void undo_one(engine_session *session)
{
    answer undone = {0};
    assert_true(vt_engine_undo(session->engine, on_ready, &undone, NULL));
    session_wait_for(session, &undone.came);
    assert_int_equal(undone.code, VT_ERROR_NONE);
}

static void stacks_are_shown_at_once(void **state)
{
    engine_session *session = *state;
    const int64_t ids[] = {9, 2, 5};
    const int64_t second[] = {5, 7};
    do_edit(session, VT_EDIT_STACK, ids, 3);
    assert_int_equal(found(session, "stack:yes"), 3);
    assert_int_equal(found(session, "stack:cover id:9"), 1);
    do_edit(session, VT_EDIT_STACK, second, 2); /* 7 comes to it */
    assert_int_equal(found(session, "stack:yes"), 4);
    assert_int_equal(vt_history_to_undo(vt_engine_history(session->engine))->count, 1); /* the others were */
    undo_one(session);
    assert_int_equal(found(session, "stack:yes"), 3);
    do_edit(session, VT_EDIT_STACK_COVER, second, 1);
    assert_int_equal(found(session, "stack:cover id:5"), 1);
    do_edit(session, VT_EDIT_TAKE_OUT, ids, 2);
    assert_int_equal(found(session, "stack:no"), ITEMS); /* one is left: it is none */
    undo_one(session);
    undo_one(session);
    assert_int_equal(found(session, "stack:cover id:9"), 1);
    undo_one(session);
    assert_int_equal(found(session, "stack:yes"), 0);
    const int64_t pair[] = {1, 3};
    do_edit(session, VT_EDIT_STACK, ids, 3);
    do_edit(session, VT_EDIT_STACK, pair, 2);
    const int64_t both[] = {9, 1};
    do_edit(session, VT_EDIT_STACK, both, 2);
    const vt_edit_step *merged = vt_history_to_undo(vt_engine_history(session->engine));
    assert_int_equal(merged->count, 2);
    assert_int_not_equal(vt_change_run_at(merged->change, 0)->stack_before, 0);
}

static void what_is_no_stack_is_told(void **state)
{
    engine_session *session = *state;
    const int64_t alone[] = {4};
    assert_int_equal(ask(session, VT_EDIT_STACK, alone, 1).code, VT_ERROR_USAGE);
    assert_null(vt_history_to_undo(vt_engine_history(session->engine)));
    assert_int_equal(found(session, "stack:yes"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(stacks_are_shown_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_stack_is_told, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
