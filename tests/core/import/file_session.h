/* What tests of works on files share: an engine with a trash of its own, works from beginning to end, and
   what the catalog and the index then have. */
#ifndef VT_TESTS_FILE_SESSION_H
#define VT_TESTS_FILE_SESSION_H

#include "tests/core/import/sequence_session.h"

#include "core/import/file_work.h"

typedef struct work_record {
    int progress, finished;
    vt_error error;
} work_record;

static inline void note_progress(void *user, vt_file_work *work)
{
    (void)work;
    ((work_record *)user)->progress++;
}

static inline void note_end(void *user, vt_file_work *work, const vt_error *error)
{
    (void)work;
    work_record *record = user;
    record->finished++;
    if (error) {
        record->error = *error;
    }
}

static inline vt_file_work_listener record_work(work_record *record)
{
    *record = (work_record){0};
    return (vt_file_work_listener){note_progress, note_end, record};
}

static inline int64_t id_at(const void *user, size_t index)
{
    return ((const int64_t *)user)[index];
}

static inline vt_file_items items_of(const int64_t *ids, size_t count)
{
    return (vt_file_items){count, id_at, NULL, (void *)ids};
}

/* A folder of its own for the trash, on the file system of the pictures. */
static inline int set_up_files(void **state)
{
    set_up(state);
    engine_session *session = *state;
    assert_int_equal(setenv("XDG_DATA_HOME", files_path(session->root, "data"), 1), 0);
    return 0;
}

static inline vt_file_work *wait_for(engine_session *session, vt_file_work *work, work_record *record)
{
    assert_non_null(work);
    session_wait_for(session, &record->finished);
    assert_int_equal(record->finished, 1);
    return work;
}

static inline vt_file_work *trash(engine_session *session, const int64_t *ids, size_t count,
                                  work_record *record)
{
    const vt_file_items items = items_of(ids, count);
    const vt_file_work_listener listener = record_work(record);
    return wait_for(session, vt_engine_trash(session->engine, &items, &listener, NULL), record);
}

static inline vt_file_work *rename_items(engine_session *session, const int64_t *ids, size_t count,
                                         const vt_rename_wish *wish, work_record *record)
{
    const vt_file_items items = items_of(ids, count);
    const vt_file_work_listener listener = record_work(record);
    return wait_for(session, vt_engine_rename(session->engine, &items, wish, &listener, NULL), record);
}

static inline vt_file_work *undo(engine_session *session, const vt_file_work *work, work_record *record)
{
    const vt_file_work_listener listener = record_work(record);
    return wait_for(session, vt_engine_undo_files(session->engine, work, &listener, NULL), record);
}

static inline int64_t id_of(engine_session *session, const char *name)
{
    known found;
    return read_item(session, name, &found) ? found.item.id : 0;
}

static inline bool is_there(const engine_session *session, const char *name)
{
    return access(files_path(session->pictures, name), F_OK) == 0;
}

/* Whether the views show the item, and under which name. */
static inline bool is_shown(engine_session *session, int64_t id, const char *name)
{
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    uint32_t row = vt_snapshot_find(snapshot, id);
    vt_item_brief brief = {0};
    bool shown = row != VT_INDEX_NO_ROW && !vt_snapshot_removed(snapshot, row);
    if (shown) {
        vt_snapshot_item(snapshot, row, &brief);
        shown = strlen(name) == brief.name_length && memcmp(name, brief.name, brief.name_length) == 0;
    }
    vt_snapshot_release(snapshot);
    return shown;
}

static inline bool has_everything(engine_session *session, int64_t id)
{
    vt_item item;
    vt_item_marks marks;
    int tags = 0;
    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(session->engine), NULL);
    bool has = vt_catalog_reader_item(reader, id, &item, NULL) && item.rating == 4 &&
               vt_marks_item(reader, id, &marks, NULL);
    if (has) {
        has = marks.label == 2 && strcmp(marks.title, "Opening") == 0 && strcmp(marks.note, "as agreed") == 0;
        vt_item_marks_free(&marks);
    }
    has = has && vt_marks_each_tag_of(reader, id, count_one, &tags, NULL) && tags == 1;
    vt_catalog_reader_free(reader);
    return has;
}

/* Files in a folder whose names begin so. */
static inline int count_files(const char *folder, const char *prefix)
{
    char command[4096];
    snprintf(command, sizeof command, "ls -A '%s' 2>/dev/null | grep -c '^%s'", folder, prefix);
    FILE *pipe = popen(command, "r");
    int count = -1;
    assert_int_equal(fscanf(pipe, "%d", &count), 1);
    pclose(pipe);
    return count;
}

#endif
