/* Named workspaces, kept by the engine's writer. */
#include "tests/core/import/engine_session.h"
#include "tests/support/check.h"

#include "core/base/str.h"
#include "core/import/workspace_keep.h"

#include <stdlib.h>
#include <string.h>

static int set_up(void **state)
{
    *state = session_create();
    return 0;
}

static int tear_down(void **state)
{
    session_free(*state);
    return 0;
}

static void on_trouble(void *user, const vt_error *error)
{
    (void)error;
    (*(int *)user)++;
}

static bool list_row(void *user, const vt_workspace_row *row)
{
    vt_str_appendf(user, "%s%s=%.*s ", row->name, row->last ? "*" : "", (int)row->length, row->text);
    return true;
}

static void expect(engine_session *session, const char *wanted)
{
    vt_str text = VT_STR_INIT;
    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(session->engine), NULL);
    assert_true(vt_catalog_reader_each_workspace(reader, list_row, &text, NULL));
    assert_string_equal(text.data, wanted);
    vt_catalog_reader_free(reader);
    vt_str_free(&text);
}

static void ask(engine_session *session, vt_workspace_action action, const char *name, const char *text,
                const char *new_name, int *troubles)
{
    vt_error error = VT_ERROR_INIT;
    const vt_workspace_row row = {.name = name, .text = text, .length = strlen(text), .previous = ""};
    if (!vt_engine_keep_workspace(session->engine, action, &row, new_name, on_trouble, troubles, &error)) {
        fail_msg("%s", error.message);
    }
}

/* Also what was asked for right before the engine ends. */
static void all_of_it_is_written_in_its_order(void **state)
{
    engine_session *session = *state;
    int troubles = 0;
    session_open(session, 2, 1, &(vt_engine_options){.with_index = false});
    ask(session, VT_WORKSPACE_PUT, "one", "1", NULL, &troubles);
    ask(session, VT_WORKSPACE_PUT, "two", "2", NULL, &troubles);
    ask(session, VT_WORKSPACE_PUT, "gone", "3", NULL, &troubles);
    ask(session, VT_WORKSPACE_RENAME, "one", "", "first", &troubles);
    ask(session, VT_WORKSPACE_SET_LAST, "two", "", NULL, &troubles);
    ask(session, VT_WORKSPACE_REMOVE, "gone", "", NULL, &troubles);
    session_close(session);
    session_open(session, 2, 1, &(vt_engine_options){.with_index = false});
    expect(session, "first=1 two*=2 ");
    assert_int_equal(troubles, 0);
    ask(session, VT_WORKSPACE_RENAME, "first", "", "two", &troubles); /* there is one */
    session_wait_for(session, &troubles);
    expect(session, "first=1 two*=2 ");
    session_close(session);
}

static void a_library_that_is_only_read_keeps_nothing(void **state)
{
    engine_session *session = *state;
    vt_error error = VT_ERROR_INIT;
    const vt_workspace_row row = {.name = "one", .text = "", .previous = ""};
    session_open(session, 2, 1, &(vt_engine_options){.with_index = false});
    session_close(session);
    session_open(session, 2, 1, &(vt_engine_options){.read_only = true});
    assert_false(vt_engine_keep_workspace(session->engine, VT_WORKSPACE_PUT, &row, NULL, NULL, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_READ_ONLY);
    session_close(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(all_of_it_is_written_in_its_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_library_that_is_only_read_keeps_nothing, set_up, tear_down)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
