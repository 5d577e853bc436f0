/* Imports again after files have changed: what is read anew, what is missing, what is forgotten. */
#include "tests/support/check.h"

#include "tests/core/import/engine_session.h"
#include "tests/support/files.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* The state of the item whose name is `name`, in the index. */
static vt_item_state index_state(engine_session *session, const char *name)
{
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    int state = -1;
    for (uint32_t row = 0; row < vt_snapshot_count(snapshot); row++) {
        vt_item_brief item;
        vt_snapshot_item(snapshot, row, &item);
        if (item.name_length == strlen(name) && memcmp(item.name, name, item.name_length) == 0) {
            state = item.state;
        }
    }
    vt_snapshot_release(snapshot);
    assert_true(state >= 0);
    return (vt_item_state)state;
}

static void changes_on_the_disk_show_in_the_index(void **state)
{
    engine_session *session = *state;
    session_pictures(session->pictures, 4, 40, 30);
    char *below = strdup(files_folder(session->pictures, "below"));
    files_write_picture(files_path(below, "a.ppm"), 20, 20, 5);
    files_write_picture(files_path(below, "b.ppm"), 20, 20, 6);
    files_write_picture(files_path(below, "c.ppm"), 20, 20, 7);
    session_open(session, 4, 2, NULL);
    import_record record;
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.imported, 7);

    files_write_picture(files_path(session->pictures, "0000.ppm"), 50, 30, 77);
    files_write(files_path(session->pictures, "0001.ppm"), "no picture", 10);
    assert_int_equal(unlink(files_path(session->pictures, "0002.ppm")), 0);
    char *aside = strdup(files_path(session->root, "aside"));
    assert_int_equal(rename(below, aside), 0); /* a whole folder */
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.updated, 1);
    assert_int_equal(record.figures.failed, 1);
    assert_int_equal(record.figures.missing, 4);
    assert_int_equal(record.figures.unchanged, 1);
    assert_int_equal(record.figures.imported, 0);
    assert_int_equal(index_state(session, "0000.ppm"), VT_ITEM_OK);
    assert_int_equal(index_state(session, "0001.ppm"), VT_ITEM_FAILED);
    assert_int_equal(index_state(session, "0002.ppm"), VT_ITEM_MISSING);
    assert_int_equal(session_items(session), 7); /* nothing is dropped */

    /* A second look finds the same, without telling it again. */
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.missing, 0);
    assert_int_equal(record.batches, 0);
    /* The folder comes back: a rename leaves its files as they were. */
    assert_int_equal(rename(aside, below), 0);
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.updated, 3);
    assert_int_equal(record.figures.decoded, 0);
    free(aside);
    free(below);
}

static void failures_of_files_that_are_gone_are_forgotten(void **state)
{
    engine_session *session = *state;
    session_pictures(session->pictures, 2, 40, 30);
    files_write(files_path(session->pictures, "text.png"), "no picture", 10);
    files_write(files_path(session->pictures, "empty.jpg"), "", 0);
    session_open(session, 4, 2, NULL);
    import_record record;
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.failed, 2);
    assert_int_equal(session_failures(session), 2);
    assert_int_equal(unlink(files_path(session->pictures, "text.png")), 0);
    files_write_picture(files_path(session->pictures, "empty.jpg"), 9, 9, 3); /* by its content a picture */
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.failed, 0);
    assert_int_equal(record.figures.missing, 0);
    assert_int_equal(record.figures.imported, 1);
    assert_int_equal(session_failures(session), 0);
}

static void files_may_be_given_one_by_one(void **state)
{
    engine_session *session = *state;
    enum { COUNT = 10 };
    vt_error error = VT_ERROR_INIT;
    const char *paths[COUNT];
    session_pictures(session->pictures, COUNT + 5, 40, 30);
    for (int i = 0; i < COUNT; i++) {
        char name[32];
        snprintf(name, sizeof name, "%04d.ppm", i);
        paths[i] = strdup(files_path(session->pictures, name));
    }
    session_open(session, 4, 2, NULL);
    for (int round = 0; round < 2; round++) {
        import_record record = {0};
        vt_import_listener listener = session_listener(&record);
        vt_import *import = vt_engine_import(session->engine, paths, COUNT, NULL, &listener, &error);
        assert_non_null(import);
        session_wait_for(session, &record.finished);
        assert_int_equal(record.figures.imported, round ? 0 : COUNT);
        assert_int_equal(record.figures.unchanged, round ? COUNT : 0);
        assert_int_equal(record.figures.missing, 0);
        vt_import_free(import);
    }
    for (int i = 0; i < COUNT; i++) {
        free((char *)paths[i]);
    }
}

static void same_size_and_time_but_other_content_is_noticed(void **state)
{
    engine_session *session = *state;
    session_pictures(session->pictures, 2, 40, 30);
    session_open(session, 4, 2, NULL);
    import_record record;
    session_import(session, session->pictures, NULL, &record);
    /* Rewritten in place with its times set back, as some tools do: ctime tells. */
    char *path = strdup(files_path(session->pictures, "0001.ppm"));
    char *reference = strdup(files_path(session->root, "reference"));
    char command[1024];
    snprintf(command, sizeof command, "cp -p '%s' '%s'", path, reference);
    assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c): the test's own paths */
    files_write_picture(path, 40, 30, 99);
    snprintf(command, sizeof command, "touch -r '%s' '%s'", reference, path);
    assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c): the test's own paths */
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.updated, 1);
    assert_int_equal(record.figures.unchanged, 1);
    free(path);
    free(reference);
}

#define ENGINE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ENGINE_TEST(changes_on_the_disk_show_in_the_index),
        ENGINE_TEST(failures_of_files_that_are_gone_are_forgotten),
        ENGINE_TEST(files_may_be_given_one_by_one),
        ENGINE_TEST(same_size_and_time_but_other_content_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
