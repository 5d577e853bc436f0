/* Items leave as pictures of another format: what can be read does, and nothing is overwritten or left half.
 */
#include "tests/core/import/file_session.h"

#include "core/import/export_pictures.h"

typedef struct exported {
    vt_export_progress progress;
    int failures;
    vt_error failure;
    vt_cancel *cancel; /* asked for after the first file; NULL: never */
} exported;

static void take_progress(void *user, const vt_export_progress *progress)
{
    exported *all = user;
    all->progress = *progress;
    if (all->cancel) {
        vt_cancel_request(all->cancel);
    }
}

static void take_failure(void *user, const char *path, const vt_error *error)
{
    assert_true(path[0] == '/');
    ((exported *)user)->failure = *error;
    ((exported *)user)->failures++;
}

static bool export(engine_session *session, const int64_t *ids, size_t count, const char *to,
                   const vt_picture_wish *wish, exported *all, vt_error *error)
{
    const vt_file_items items = items_of(ids, count);
    const vt_export_listener listener = {take_progress, take_failure, all};
    *all = (exported){.cancel = all->cancel};
    return vt_engine_export_pictures(session->engine, &items, to, wish, all->cancel, &listener, error);
}

static void pictures_models_and_frames(void **state)
{
    engine_session *session = *state;
    import_record record;
    exported all = {0};
    vt_error error = VT_ERROR_INIT;
    char *to = strdup(files_folder(session->root, "out"));
    files_write_picture(files_path(session->pictures, "a.ppm"), 80, 40, 1);
    files_write_picture(files_path(session->pictures, "gone.ppm"), 8, 8, 2);
    files_write_tetrahedron(files_path(session->pictures, "cup.stl"), 10.0f);
    write_frames(session, 1, 12);
    session_import(session, session->pictures, &careful, &record);
    const int64_t ids[] = {id_of(session, "gone.ppm"), id_of(session, "a.ppm"), id_of(session, "cup.stl"),
                           shot(session).item.id};
    assert_int_equal(unlink(files_path(session->pictures, "gone.ppm")), 0);
    files_write(files_path(to, "a.webp"), "mine", 4);
    const vt_picture_wish cover = {.format = VT_PICTURE_WEBP, .side = 40, .quality = 80};
    vt_export_survey survey;
    const vt_file_items items = items_of(ids, 4);
    assert_true(
        vt_export_look(vt_engine_catalog(session->engine), &items, to, &cover, NULL, &survey, &error));
    assert_int_equal(survey.files, 3);
    assert_int_equal(survey.missing, 1);
    assert_int_equal(survey.taken, 1);
    assert_true(survey.bytes > 0);
    assert_int_equal(count_files(to, ""), 1); /* a look writes nothing */

    assert_true(export(session, ids, 4, to, &cover, &all, &error));
    assert_int_equal(all.progress.files, 4);
    assert_int_equal(all.progress.done, 3);
    assert_int_equal(all.failures, 1);
    assert_int_equal(all.failure.code, VT_ERROR_NOT_FOUND);
    assert_int_equal(access(files_path(to, "a (2).webp"), F_OK), 0);
    assert_int_equal(access(files_path(to, "cup.webp"), F_OK), 0);
    assert_int_equal(count_files(to, "shot"), 1);
    assert_int_equal(count_files(to, ".vitrine"), 0);
    size_t count = 0;
    char *bytes = files_read(files_path(to, "a.webp"), &count);
    assert_int_equal(count, 4); /* what was there stayed */
    free(bytes);

    const vt_picture_wish frames = {.format = VT_PICTURE_PNG, .side = 8, .quality = 80, .frames = true};
    assert_true(export(session, ids + 3, 1, to, &frames, &all, &error));
    assert_int_equal(all.progress.done, 12);
    assert_int_equal(count_files(to, "shot"), 13);
    free(to);
}

static void a_stop_leaves_whole_files(void **state)
{
    engine_session *session = *state;
    import_record record;
    exported all = {.cancel = vt_cancel_create(NULL)};
    vt_error error = VT_ERROR_INIT;
    char *to = strdup(files_folder(session->root, "out"));
    static const char *const names[] = {"one.ppm", "two.ppm", "three.ppm", "four.ppm", "five.ppm"};
    int64_t ids[5];
    for (int i = 0; i < 5; i++) {
        files_write_picture(files_path(session->pictures, names[i]), 64, 64, (unsigned)i);
    }
    session_import(session, session->pictures, &careful, &record);
    for (int i = 0; i < 5; i++) {
        ids[i] = id_of(session, names[i]);
    }
    const vt_picture_wish wish = {.format = VT_PICTURE_JPEG, .side = 0, .quality = 80};
    assert_false(export(session, ids, 5, to, &wish, &all, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    assert_int_equal(all.progress.done, 1);
    assert_int_equal(count_files(to, ""), 1);
    vt_cancel_unref(all.cancel);
    free(to);
}

static void a_folder_that_is_not_there_ends_it(void **state)
{
    engine_session *session = *state;
    import_record record;
    exported all = {0};
    vt_error error = VT_ERROR_INIT;
    files_write_picture(files_path(session->pictures, "a.ppm"), 8, 8, 1);
    files_write_picture(files_path(session->pictures, "b.ppm"), 8, 8, 2);
    session_import(session, session->pictures, &careful, &record);
    const int64_t ids[] = {id_of(session, "a.ppm"), id_of(session, "b.ppm")};
    const vt_picture_wish wish = {.format = VT_PICTURE_PNG, .quality = 80};
    assert_false(export(session, ids, 2, files_path(session->root, "none"), &wish, &all, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    assert_non_null(strstr(error.message, "/none"));
    assert_int_equal(all.failures, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(pictures_models_and_frames, set_up_files, tear_down),
        cmocka_unit_test_setup_teardown(a_stop_leaves_whole_files, set_up_files, tear_down),
        cmocka_unit_test_setup_teardown(a_folder_that_is_not_there_ends_it, set_up_files, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
