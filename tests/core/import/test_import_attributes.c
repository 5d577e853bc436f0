/* What files say of themselves is in the index once they are read, and again at the next start. */
#include "tests/support/check.h"

#include "tests/core/catalog/edits.h"
#include "tests/core/import/engine_session.h"
#include "tests/support/files.h"

#include <stdio.h>
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

static const char *sample(void)
{
    return files_sample("../../tests/fuzz/seeds/metadata/all.jpg");
}

/* The camera of the only item; waits until it is known, or is not any more. */
static void expect_camera(engine_session *session, bool known)
{
    for (int i = 0; i < 10000; i++) {
        const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
        vt_item_brief item = {.camera_length = 0};
        if (vt_snapshot_count(snapshot) == 1) {
            vt_snapshot_item(snapshot, 0, &item);
        }
        bool as_expected = vt_snapshot_count(snapshot) == 1 && (item.camera_length > 0) == known &&
                           (item.taken_ns != VT_TAKEN_UNKNOWN) == known;
        vt_snapshot_release(snapshot);
        if (as_expected) {
            return;
        }
        usleep(1000);
    }
    fail_msg("the camera is %sknown", known ? "not " : "");
}

static void an_import_brings_what_files_say(void **state)
{
    engine_session *session = *state;
    import_record record;
    const char *file = files_path(session->pictures, "picture.jpg");
    files_copy(sample(), file, 0);
    session_import(session, session->pictures, NULL, &record);
    expect_camera(session, true);

    session_close(session);
    session_open(session, 3, 1, NULL);
    expect_camera(session, true);

    files_write_picture(files_path(session->pictures, "picture.jpg"), 40, 30, 1); /* says nothing */
    session_import(session, session->pictures, NULL, &record);
    expect_camera(session, false);
}

/* What was loaded is loaded before anything is written: an import right after the start finds it there. */
static void a_start_ends_before_the_writer_begins(void **state)
{
    engine_session *session = *state;
    import_record record;
    files_copy(sample(), files_path(session->pictures, "picture.jpg"), 0);
    session_import(session, session->pictures, NULL, &record);
    const int64_t id = 1;
    assert_true(edits_set_label(session_writer(session), &id, 1, 4, NULL));
    for (int i = 0; i < 5; i++) {
        session_close(session);
        session_open(session, 3, 1, NULL);
        files_write_picture(files_path(session->pictures, "picture.jpg"), 40, 30, (unsigned)i);
        session_import(session, session->pictures, NULL, &record);
        const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
        vt_item_brief item;
        vt_snapshot_item(snapshot, 0, &item);
        assert_int_equal(item.label, 4);
        assert_int_equal(item.camera_length, 0);
        vt_snapshot_release(snapshot);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_import_brings_what_files_say, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_start_ends_before_the_writer_begins, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
