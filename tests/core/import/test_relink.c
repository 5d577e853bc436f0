/* Relinking: moved files are found by one walk, by each kind of evidence, and nothing is guessed. */
#include "tests/support/check.h"

#include "core/catalog/roots.h"
#include "core/import/engine_private.h"
#include "core/import/relink.h"
#include "tests/core/catalog/edits.h"
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

static vt_relink *search(engine_session *session, const char *old_folder, const char *folder)
{
    vt_error error = VT_ERROR_INIT;
    vt_relink *relink =
        vt_relink_search(vt_engine_catalog(session->engine), old_folder, folder, NULL, &error);
    if (!relink) {
        fail_msg("%s", error.message);
    }
    return relink;
}

static int64_t apply(engine_session *session, vt_relink *relink)
{
    int64_t moved = -1;
    vt_error error = VT_ERROR_INIT;
    if (!vt_relink_apply(relink, session_writer(session), NULL, NULL, &moved, &error)) {
        fail_msg("%s", error.message);
    }
    return moved;
}

static int64_t id_of(engine_session *session, const char *path)
{
    vt_item item = {0};
    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(session->engine), NULL);
    bool found = vt_catalog_reader_item_at(reader, path, strlen(path), &item, NULL);
    vt_catalog_reader_free(reader);
    return found ? item.id : 0;
}

static bool take_root(void *user, const vt_root *root)
{
    snprintf(user, 256, "%s", root->path);
    return true;
}

static void a_moved_folder_is_one_walk(void **state)
{
    engine_session *session = *state;
    enum { COUNT = 2500 }; /* more than two transactions */
    const vt_import_options listed = {.read_limit = VT_IMPORT_READ_NONE};
    import_record record;
    session_pictures(session->pictures, COUNT, 4, 4);
    session_open(session, 4, 2, NULL);
    session_import(session, session->pictures, &listed, &record); /* never read: no index knows them */
    int64_t id = id_of(session, files_path(session->pictures, "0007.ppm"));
    assert_true(edits_set_rating(session_writer(session), &id, 1, 3, NULL));
    char *folder = strdup(files_path(session->root, "moved"));
    assert_int_equal(rename(session->pictures, folder), 0);

    vt_relink *relink = search(session, session->pictures, folder);
    vt_relink_figures figures;
    vt_relink_get_figures(relink, &figures);
    assert_int_equal(figures.sought, COUNT);
    assert_int_equal(figures.files, COUNT);
    assert_int_equal(figures.read, 0);
    assert_int_equal(figures.matches, COUNT);
    assert_int_equal(figures.by[VT_EVIDENCE_FILE], COUNT);
    assert_int_equal(figures.doubts, 0);
    vt_relink_match match = vt_relink_match_at(relink, 7);
    assert_int_equal(match.id, id);
    assert_string_equal(match.from, files_path(session->pictures, "0007.ppm"));
    assert_string_equal(match.to, files_path(folder, "0007.ppm"));
    assert_int_equal(id_of(session, match.to), 0); /* a preview so far */

    assert_int_equal(apply(session, relink), COUNT);
    assert_int_equal(id_of(session, files_path(folder, "0007.ppm")), id);
    assert_int_equal(session_items(session), COUNT);
    vt_relink_free(relink);
    char root[256] = "";
    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(session->engine), NULL);
    assert_true(vt_catalog_reader_each_root(reader, take_root, root, NULL));
    assert_string_equal(root, folder); /* it is watched where it is now */
    vt_catalog_reader_free(reader);
    session_import(session, folder, &listed, &record);
    assert_int_equal(record.figures.unchanged, COUNT);
    files_remove(folder);
}

/* Copies: other inodes. With times kept, without, renamed, in other folders. */
static void each_evidence_finds_its_own(void **state)
{
    engine_session *session = *state;
    import_record record;
    char *old_folder = strdup(files_folder(session->pictures, "old"));
    char *folder = strdup(files_folder(session->root, "new"));
    files_write_picture(files_path(old_folder, "place.ppm"), 30, 20, 1);
    files_write_picture(files_path(old_folder, "content.ppm"), 31, 20, 2);
    files_write_picture(files_path(old_folder, "name.ppm"), 32, 20, 3);
    files_write_picture(files_path(old_folder, "lost.ppm"), 33, 20, 4);
    session_open(session, 4, 2, NULL);
    session_import(session, session->pictures, NULL, &record);
    char command[2000];
    char *deep = strdup(files_folder(folder, "deep"));
    snprintf(command, sizeof command,
             "cp -p %s/place.ppm %s && cp -p %s/name.ppm %s && cp %s/content.ppm %s/other.ppm", old_folder,
             folder, old_folder, deep, old_folder, deep);
    assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c) */
    assert_int_equal(rename(old_folder, files_path(session->root, "away")), 0);

    vt_relink *relink = search(session, old_folder, folder);
    vt_relink_figures figures;
    vt_relink_get_figures(relink, &figures);
    assert_int_equal(figures.sought, 4);
    assert_int_equal(figures.matches, 3);
    assert_int_equal(figures.by[VT_EVIDENCE_PLACE], 1);
    assert_int_equal(figures.by[VT_EVIDENCE_NAME], 1);
    assert_int_equal(figures.by[VT_EVIDENCE_CONTENT], 1);
    assert_int_equal(figures.read, 1); /* only where nothing else told */
    assert_int_equal(apply(session, relink), 3);
    vt_relink_free(relink);
    assert_int_not_equal(id_of(session, files_path(deep, "other.ppm")), 0);
    assert_int_equal(session_items(session), 4);
    free(deep);
    free(folder);
    free(old_folder);
}

static void what_cannot_be_told_apart_is_listed(void **state)
{
    engine_session *session = *state;
    import_record record;
    char *folder = strdup(files_folder(session->root, "new"));
    char *one = strdup(files_path(session->pictures, "one.ppm"));
    files_write_picture(one, 30, 20, 1);
    session_open(session, 4, 2, NULL);
    session_import(session, session->pictures, NULL, &record);
    files_copy(one, files_path(folder, "a.ppm"), 0);
    files_copy(one, files_path(folder, "b.ppm"), 0);
    unlink(one);
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.missing, 1);

    vt_relink *relink = search(session, NULL, folder); /* all that is missing */
    vt_relink_figures figures;
    vt_relink_get_figures(relink, &figures);
    assert_int_equal(figures.sought, 1);
    assert_int_equal(figures.matches, 0);
    assert_int_equal(figures.doubts, 2);
    assert_string_equal(vt_relink_doubt_at(relink, 0).path, files_path(folder, "a.ppm"));
    assert_int_equal(apply(session, relink), 0);
    vt_relink_free(relink);

    unlink(files_path(folder, "b.ppm"));
    relink = search(session, NULL, folder);
    assert_int_equal(apply(session, relink), 1);
    vt_relink_free(relink);
    assert_int_not_equal(id_of(session, files_path(folder, "a.ppm")), 0);
    free(one);
    free(folder);
}

static void on_relinked(void *user, int64_t moved, const vt_error *error)
{
    assert_null(error);
    *(int *)user = (int)moved;
}

static void an_engine_relinks_beside_its_other_work(void **state)
{
    engine_session *session = *state;
    import_record record;
    session_pictures(session->pictures, 5, 4, 4);
    session_open(session, 4, 2, NULL);
    session_import(session, session->pictures, NULL, &record);
    char *folder = strdup(files_path(session->root, "moved"));
    assert_int_equal(rename(session->pictures, folder), 0);
    int moved = 0;
    assert_true(vt_engine_relink(session->engine, search(session, session->pictures, folder), on_relinked,
                                 &moved, NULL));
    session_wait_for(session, &moved);
    assert_int_equal(moved, 5);
    session_wait_for(session, &session->rows_changed);
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    assert_int_equal(vt_snapshot_count(snapshot), 5);
    vt_str path = VT_STR_INIT;
    vt_snapshot_path(snapshot, 3, &path);
    assert_int_equal(strncmp(path.data, folder, strlen(folder)), 0);
    vt_str_free(&path);
    vt_snapshot_release(snapshot);
    files_remove(folder);
}

static void errors_say_what_to_do(void **state)
{
    engine_session *session = *state;
    vt_error error = VT_ERROR_INIT;
    import_record record;
    session_pictures(session->pictures, 2, 4, 4);
    session_open(session, 4, 2, NULL);
    session_import(session, session->pictures, NULL, &record);
    vt_catalog *catalog = vt_engine_catalog(session->engine);
    assert_null(vt_relink_search(catalog, NULL, "/nowhere/at/all", NULL, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    assert_non_null(strstr(error.message, "/nowhere/at/all"));
    assert_int_equal(rename(session->pictures, files_path(session->root, "moved")), 0);
    vt_cancel *cancel = vt_cancel_create(NULL);
    vt_cancel_request(cancel);
    assert_null(vt_relink_search(catalog, session->pictures, session->root, cancel, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    vt_cancel_unref(cancel);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_moved_folder_is_one_walk, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_evidence_finds_its_own, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_told_apart_is_listed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_engine_relinks_beside_its_other_work, set_up, tear_down),
        cmocka_unit_test_setup_teardown(errors_say_what_to_do, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
