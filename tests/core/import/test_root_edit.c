/* Imported folders that the user changes while the engine is at work. */
#include "tests/core/import/engine_session.h"
#include "tests/support/check.h"
#include "tests/support/files.h"

#include "core/catalog/roots.h"
#include "core/import/root_edit.h"
#include "core/index/index.h"
#include "tests/core/catalog/edits.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PICTURES = 12 };

static int set_up(void **state)
{
    engine_session *session = session_create();
    import_record record = {0};
    session_pictures(session->pictures, PICTURES, 8, 8);
    char *inner = strdup(files_folder(session->pictures, "inner"));
    session_pictures(inner, PICTURES, 8, 9);
    session_open(session, 2, 1, &(vt_engine_options){.with_index = true});
    session_wait_for(session, &session->index_loaded);
    session_import(session, inner, NULL, &record); /* a root within a root: it was there first */
    session_import(session, session->pictures, NULL, &record);
    free(inner);
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
    int64_t removed;
    vt_error_code code;
} answer;

static void on_edited(void *user, const vt_root_edit *edit, int64_t removed, const vt_error *error)
{
    (void)edit;
    *(answer *)user = (answer){1, removed, error ? error->code : VT_ERROR_NONE};
}

static answer edit(engine_session *session, vt_root_action action, const char *path, int watch, int scan)
{
    answer told = {0};
    vt_error error = VT_ERROR_INIT;
    const vt_root_edit wanted = {action, path, watch, scan};
    if (!vt_engine_edit_root(session->engine, &wanted, on_edited, &told, &error)) {
        fail_msg("%s", error.message);
    }
    session_wait_for(session, &told.came);
    return told;
}

typedef struct roots {
    int count;
    bool watch, scan; /* of the one at `path` */
    const char *path;
} roots;

static bool take_root(void *user, const vt_root *root)
{
    roots *all = user;
    all->count++;
    if (strcmp(root->path, all->path) == 0) {
        all->watch = root->watch;
        all->scan = root->scan_at_start;
    }
    return true;
}

static roots read_roots(engine_session *session, const char *path)
{
    roots all = {.path = path};
    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(session->engine), NULL);
    assert_true(vt_catalog_reader_each_root(reader, take_root, &all, NULL));
    vt_catalog_reader_free(reader);
    return all;
}

static vt_root_counts count(engine_session *session, const char *path)
{
    vt_root_counts counts;
    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(session->engine), NULL);
    assert_true(vt_roots_count(reader, path, true, &counts, NULL));
    vt_catalog_reader_free(reader);
    return counts;
}

static uint32_t shown(engine_session *session)
{
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    uint32_t items = vt_snapshot_item_count(snapshot);
    vt_snapshot_release(snapshot);
    return items;
}

static void is_watched_as_chosen(void **state)
{
    engine_session *session = *state;
    assert_int_equal(edit(session, VT_ROOT_CHOOSE, session->pictures, 0, 1).code, VT_ERROR_NONE);
    roots now = read_roots(session, session->pictures);
    assert_false(now.watch);
    assert_true(now.scan);
    edit(session, VT_ROOT_CHOOSE, session->pictures, 1, -1);
    now = read_roots(session, session->pictures);
    assert_true(now.watch);
    assert_true(now.scan);
    assert_int_equal(edit(session, VT_ROOT_CHOOSE, "/nowhere", 1, 1).code, VT_ERROR_NOT_FOUND);
}

static void is_forgotten_and_its_items_stay(void **state)
{
    engine_session *session = *state;
    answer told = edit(session, VT_ROOT_FORGET, session->pictures, -1, -1);
    assert_int_equal(told.code, VT_ERROR_NONE);
    assert_int_equal(told.removed, 0);
    assert_int_equal(read_roots(session, session->pictures).count, 1);
    assert_int_equal(session_items(session), 2 * PICTURES);
    assert_int_equal(shown(session), 2 * PICTURES);
    assert_int_equal(edit(session, VT_ROOT_FORGET, session->pictures, -1, -1).code, VT_ERROR_NOT_FOUND);
}

static void its_own_items_go_with_it(void **state)
{
    engine_session *session = *state;
    assert_true(edits_rate(session_writer(session), 1, 3, NULL)); /* of the inner folder */
    assert_true(edits_rate(session_writer(session), PICTURES + 1, 3, NULL));
    vt_root_counts counts = count(session, session->pictures);
    assert_int_equal(counts.items, 2 * PICTURES);
    assert_int_equal(counts.missing, 0);
    assert_int_equal(counts.own, PICTURES); /* the others are the inner root's, too */
    assert_int_equal(counts.marked, 1);
    answer told = edit(session, VT_ROOT_REMOVE, session->pictures, -1, -1);
    assert_int_equal(told.code, VT_ERROR_NONE);
    assert_int_equal(told.removed, PICTURES);
    assert_int_equal(session_items(session), PICTURES);
    assert_int_equal(shown(session), PICTURES);
    assert_int_equal(read_roots(session, session->pictures).count, 1);
    assert_int_equal(access(files_path(session->pictures, "0000.ppm"), F_OK), 0); /* no file is touched */

    char *inner = strdup(files_path(session->pictures, "inner"));
    assert_int_equal(count(session, inner).own, PICTURES);
    assert_int_equal(edit(session, VT_ROOT_REMOVE, inner, -1, -1).removed, PICTURES);
    assert_int_equal(shown(session), 0);
    import_record record = {0};
    session_import(session, session->pictures, NULL, &record); /* they can come back, as new ones */
    assert_int_equal(shown(session), 2 * PICTURES);
    free(inner);
}

static void what_is_inside_of_another_keeps_its_items(void **state)
{
    engine_session *session = *state;
    char *inner = strdup(files_path(session->pictures, "inner"));
    assert_int_equal(count(session, inner).own, 0);
    assert_int_equal(edit(session, VT_ROOT_REMOVE, inner, -1, -1).removed, 0);
    assert_int_equal(session_items(session), 2 * PICTURES);
    assert_int_equal(read_roots(session, inner).count, 1);
    free(inner);
}

static void a_catalog_for_reading_refuses(void **state)
{
    engine_session *session = *state;
    session_close(session);
    session_open(session, 2, 1, &(vt_engine_options){.with_index = true, .read_only = true});
    vt_error error = VT_ERROR_INIT;
    const vt_root_edit wanted = {.action = VT_ROOT_FORGET, .path = session->pictures};
    assert_false(vt_engine_edit_root(session->engine, &wanted, NULL, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_READ_ONLY);
}

#define root_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        root_test(is_watched_as_chosen),          root_test(is_forgotten_and_its_items_stay),
        root_test(its_own_items_go_with_it),      root_test(what_is_inside_of_another_keeps_its_items),
        root_test(a_catalog_for_reading_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
