#include "tests/support/check.h"

#include "core/catalog/writer.h"
#include "core/index/filter.h"
#include "tests/core/import/edit_session.h"

#include <stdlib.h>
#include <string.h>

void edit_session_fill(const char *path, int count)
{
    vt_error error = VT_ERROR_INIT;
    const vt_catalog_options options = {.log = vt_log_none};
    vt_catalog *catalog = vt_catalog_open(path, &options, &error);
    vt_catalog_writer *writer = catalog ? vt_catalog_writer_create(catalog, &error) : NULL;
    vt_item *items = calloc((size_t)count, sizeof *items);
    char(*paths)[32] = calloc((size_t)count, sizeof *paths);
    assert_non_null(writer);
    for (int i = 0; i < count; i++) {
        int length = snprintf(paths[i], sizeof paths[i], "/made/%d.jpg", i);
        items[i] = (vt_item){.path = paths[i],
                             .path_length = (uint32_t)length,
                             .size = i + 1,
                             .mtime_ns = 1,
                             .ino = (uint64_t)i + 1,
                             .state = VT_ITEM_OK,
                             .media = {.kind = VT_KIND_IMAGE, .format = VT_FORMAT_JPEG}};
    }
    vt_batch batch = {.items = items, .item_count = (size_t)count};
    assert_true(vt_catalog_writer_commit(writer, &batch, NULL, NULL));
    free(items);
    free(paths);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

void edit_session_ready(void *user, const vt_edit_result *result)
{
    edit_answer *to = user;
    to->came++;
    to->changed = result->changed;
    to->skipped = result->skipped;
    to->version = result->version;
    if (result->error) {
        to->error = *result->error;
    }
}

vt_edit_target *edit_session_rows(engine_session *session, int64_t first, int64_t last)
{
    vt_error error = VT_ERROR_INIT;
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    const vt_view_request request = {.key = VT_SORT_PATH, .positions = true};
    const vt_view *view = vt_view_build(snapshot, &request, NULL, &error);
    vt_edit_target *target = vt_edit_target_of_rows(view, &(vt_edit_rows){first, last}, 1, false);
    vt_view_release(view);
    vt_snapshot_release(snapshot);
    return target;
}

uint32_t edit_session_found(engine_session *session, const char *text)
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

void edit_session_edit(engine_session *session, const vt_item_edit *edit, vt_edit_target *target)
{
    edit_answer done = {0};
    vt_error error = VT_ERROR_INIT;
    if (!vt_engine_edit(session->engine, edit, target, edit_session_ready, &done, &error)) {
        fail_msg("%s", error.message);
    }
    session_wait_for(session, &done.came);
    assert_int_equal(done.error.code, VT_ERROR_NONE);
}

void edit_session_edit_rows(engine_session *session, const vt_item_edit *edit, int64_t first, int64_t last)
{
    edit_session_edit(session, edit, edit_session_rows(session, first, last));
}

void edit_session_edit_itself(engine_session *session, const vt_item_edit *edit)
{
    edit_session_edit(session, edit, vt_edit_target_of_items(NULL, 0));
}

edit_answer edit_session_try(engine_session *session, const vt_item_edit *edit)
{
    edit_answer done = {0};
    vt_error error = VT_ERROR_INIT;
    vt_edit_target *target = vt_edit_target_of_items(NULL, 0);
    if (vt_engine_edit(session->engine, edit, target, edit_session_ready, &done, &error)) {
        session_wait_for(session, &done.came);
    } else {
        done.error = error;
    }
    return done;
}

void edit_session_undo(engine_session *session)
{
    edit_answer undone = {0};
    assert_true(vt_engine_undo(session->engine, edit_session_ready, &undone, NULL));
    session_wait_for(session, &undone.came);
    assert_int_equal(undone.error.code, VT_ERROR_NONE);
}

void edit_session_redo(engine_session *session)
{
    edit_answer redone = {0};
    assert_true(vt_engine_redo(session->engine, edit_session_ready, &redone, NULL));
    session_wait_for(session, &redone.came);
    assert_int_equal(redone.error.code, VT_ERROR_NONE);
    assert_int_equal(redone.skipped, 0);
}
