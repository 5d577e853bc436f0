/* Items are copied with what belongs to them; a file that fails holds up none. */
#include "tests/core/import/file_session.h"

#include "core/import/export_items.h"
#include "core/import/export_pictures.h"

typedef struct exported {
    vt_export_progress progress;
    int failures;
    vt_error error;
} exported;

static void take_progress(void *user, const vt_export_progress *progress)
{
    ((exported *)user)->progress = *progress;
}

static void take_failure(void *user, const char *path, const vt_error *error)
{
    assert_non_null(strstr(path, "gone.ppm"));
    ((exported *)user)->error = *error;
    ((exported *)user)->failures++;
}

static void items_go_with_all_that_is_theirs(void **state)
{
    engine_session *session = *state;
    import_record record;
    exported all = {0};
    char *to = strdup(files_folder(session->root, "copies"));
    files_write_picture(files_path(session->pictures, "a.ppm"), 8, 8, 1);
    files_write_picture(files_path(session->pictures, "gone.ppm"), 8, 8, 2);
    files_write(files_path(session->pictures, "a.ppm.xmp"), "<x/>", 4);
    files_write(files_path(session->pictures, "gone.xmp"), "<x/>", 4);
    write_frames(session, 1, 12);
    session_import(session, session->pictures, &careful, &record);
    const int64_t ids[] = {id_of(session, "gone.ppm"), id_of(session, "a.ppm"), shot(session).item.id};
    assert_int_equal(unlink(files_path(session->pictures, "gone.ppm")), 0);
    files_write(files_path(to, "a.ppm"), "mine", 4);
    const vt_file_items items = items_of(ids, 3);
    const vt_export_listener listener = {take_progress, take_failure, &all};
    vt_export_survey survey;
    assert_true(
        vt_export_look(vt_engine_catalog(session->engine), &items, to, NULL, NULL, &survey, &all.error));
    assert_int_equal(survey.files, 14);
    assert_int_equal(survey.missing, 1);
    assert_int_equal(survey.taken, 2); /* the side-car follows its file, whose name is taken */
    assert_true(vt_export_items(vt_engine_catalog(session->engine), &items, to, NULL, &listener, &all.error));
    assert_int_equal(all.progress.files, 15); /* nobody knows any more whose gone.xmp was */
    assert_int_equal(all.progress.done, 14);
    assert_int_equal(all.progress.failed, 1);
    assert_int_equal(all.failures, 1);
    assert_int_equal(all.error.code, VT_ERROR_NOT_FOUND);
    assert_int_equal(count_files(to, "shot"), 12);
    assert_int_equal(access(files_path(to, "a (2).ppm"), F_OK), 0);
    assert_int_equal(access(files_path(to, "a (2).ppm.xmp"), F_OK), 0);
    size_t count = 0;
    char *bytes = files_read(files_path(to, "a.ppm"), &count);
    assert_int_equal(count, 4); /* what was there stayed */
    free(bytes);
    free(to);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(items_go_with_all_that_is_theirs, set_up_files, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
