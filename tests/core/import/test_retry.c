/* 'Try again' with a list that is older than the disk, and lists of paths too long to be looked at at once.
 */
#include "tests/support/check.h"

#include "tests/core/import/engine_session.h"
#include "tests/support/files.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int set_up(void **state)
{
    engine_session *session = session_create();
    session_open(session, 4, 2, NULL);
    *state = session;
    return 0;
}

static int tear_down(void **state)
{
    session_free(*state);
    return 0;
}

static void write_text(engine_session *session, const char *name)
{
    files_write(files_path(session->pictures, name), "no picture", 10);
}

/* Imports names of the pictures' folder, or whole paths. */
static void import_names(engine_session *session, const char *const *names, size_t count,
                         const vt_import_options *options, import_record *record)
{
    vt_error error = VT_ERROR_INIT;
    char **paths = calloc(count, sizeof *paths);
    assert_non_null(paths);
    for (size_t i = 0; i < count; i++) {
        paths[i] = strdup(names[i][0] == '/' ? names[i] : files_path(session->pictures, names[i]));
    }
    *record = (import_record){0};
    vt_import_listener listener = session_listener(record);
    vt_import *import =
        vt_engine_import(session->engine, (const char *const *)paths, count, options, &listener, &error);
    for (size_t i = 0; i < count; i++) { /* they were copied */
        free(paths[i]);
    }
    free(paths);
    if (!import) {
        fail_msg("%s", error.message);
    }
    session_wait_for(session, &record->finished);
    vt_import_free(import);
}

static const vt_import_options retry = {.retry_failures = true};

static void a_failed_file_that_is_gone_does_not_keep_others_from_being_tried(void **state)
{
    engine_session *session = *state;
    static const char *const names[] = {"gone.png", "mended.png", "bad.png", "item.png"};
    import_record record;
    files_write_picture(files_path(session->pictures, "item.png"), 30, 20, 3);
    session_import(session, session->pictures, NULL, &record);
    for (int i = 0; i < 4; i++) {
        write_text(session, names[i]);
    }
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.failed, 4);
    assert_int_equal(unlink(files_path(session->pictures, "gone.png")), 0);
    assert_int_equal(unlink(files_path(session->pictures, "item.png")), 0);
    files_write_picture(files_path(session->pictures, "mended.png"), 30, 20, 1);
    import_names(session, names, 4, &retry, &record);
    assert_int_equal(record.error.code, VT_ERROR_NONE);
    assert_int_equal(record.figures.imported, 1);
    assert_int_equal(record.figures.failed, 1);
    assert_int_equal(record.figures.absent, 2);
    assert_int_equal(record.figures.missing, 1); /* the item */
    assert_int_equal(session_failures(session), 1);
}

static void the_failure_of_a_lone_file_that_is_gone_is_forgotten(void **state)
{
    engine_session *session = *state;
    static const char *const name = "gone.png";
    import_record record;
    write_text(session, name);
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(session_failures(session), 1);
    assert_int_equal(unlink(files_path(session->pictures, name)), 0);
    import_names(session, &name, 1, &retry, &record);
    assert_int_equal(record.error.code, VT_ERROR_NONE);
    assert_int_equal(record.figures.absent, 1);
    assert_int_equal(session_failures(session), 0);
}

/* A link is followed where the user names it, but what failed at its place is over. */
static void a_failed_file_that_became_a_link_is_forgotten(void **state)
{
    engine_session *session = *state;
    static const char *const name = "was-file.png";
    import_record record;
    write_text(session, name);
    session_import(session, session->pictures, NULL, &record);
    char *target = strdup(files_path(session->root, "target.ppm"));
    files_write_picture(target, 30, 20, 1);
    assert_int_equal(unlink(files_path(session->pictures, name)), 0);
    assert_int_equal(symlink(target, files_path(session->pictures, name)), 0);
    import_names(session, &name, 1, &retry, &record);
    assert_int_equal(record.error.code, VT_ERROR_NONE);
    assert_int_equal(record.figures.imported, 1);
    assert_int_equal(session_failures(session), 0);
    free(target);
}

/* A folder nobody may enter any more: the file is neither gone nor refused. */
static void a_failed_file_that_cannot_be_reached_stays_failed(void **state)
{
    engine_session *session = *state;
    if (geteuid() == 0) {
        print_message("root reaches everything: run the tests as another user\n");
        skip();
    }
    static const char *const name = "below/bad.png";
    import_record record;
    char *below = strdup(files_folder(session->pictures, "below"));
    write_text(session, name);
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(chmod(below, 0), 0);
    import_names(session, &name, 1, &retry, &record);
    assert_int_equal(chmod(below, 0700), 0);
    assert_int_equal(record.error.code, VT_ERROR_NONE);
    assert_int_equal(record.figures.failed, 1);
    assert_int_equal(record.figures.absent, 0);
    assert_int_equal(session_failures(session), 1);
    free(below);
}

static void paths_nobody_knows_are_an_error(void **state)
{
    engine_session *session = *state;
    static const char *const unknown[] = {"/no/such/folder/a.png", "/no/such/folder/b.png"};
    import_record record;
    import_names(session, unknown, 2, &retry, &record);
    assert_int_equal(record.error.code, VT_ERROR_NOT_FOUND);
    assert_non_null(strstr(record.error.message, unknown[0]));
    assert_int_equal(record.figures.absent, 2);
    assert_int_equal(session_failures(session), 0);
}

static void many_paths_are_looked_at_before_anything_is_read(void **state)
{
    engine_session *session = *state;
    enum { COUNT = VT_IMPORT_PATHS_CHECKED + 4 };
    char texts[COUNT][16];
    const char *names[COUNT];
    import_record record;
    session_pictures(session->pictures, COUNT, 30, 20);
    for (int i = 0; i < COUNT; i++) {
        snprintf(texts[i], sizeof texts[i], "%04d.ppm", i);
        names[i] = texts[i];
    }
    names[COUNT - 1] = "/no/such/file.png";
    import_names(session, names, COUNT, NULL, &record);
    assert_int_equal(record.error.code, VT_ERROR_NOT_FOUND);
    assert_non_null(strstr(record.error.message, names[COUNT - 1]));
    assert_int_equal(record.figures.decoded, 0);
    names[COUNT - 1] = texts[COUNT - 1];
    import_names(session, names, COUNT, NULL, &record);
    assert_int_equal(record.error.code, VT_ERROR_NONE);
    assert_int_equal(record.figures.imported, COUNT);
}

#define RETRY_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RETRY_TEST(a_failed_file_that_is_gone_does_not_keep_others_from_being_tried),
        RETRY_TEST(the_failure_of_a_lone_file_that_is_gone_is_forgotten),
        RETRY_TEST(a_failed_file_that_became_a_link_is_forgotten),
        RETRY_TEST(a_failed_file_that_cannot_be_reached_stays_failed),
        RETRY_TEST(paths_nobody_knows_are_an_error),
        RETRY_TEST(many_paths_are_looked_at_before_anything_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
