/* What tests of sequences in a whole engine share: frames on the disk, what the catalog knows of them, and
 * edits.
 */
#ifndef VT_TESTS_SEQUENCE_SESSION_H
#define VT_TESTS_SEQUENCE_SESSION_H

#include "tests/support/check.h"

#include "core/catalog/marks.h"
#include "core/catalog/sequences.h"
#include "core/import/sequence_edit.h"
#include "tests/core/catalog/edits.h"
#include "tests/core/import/engine_session.h"
#include "tests/support/files.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const vt_import_options careful = {.sequences = VT_SEQUENCE_CAREFUL};

static inline int set_up(void **state)
{
    engine_session *session = session_create();
    session_open(session, 4, 1, NULL);
    *state = session;
    return 0;
}

static inline int tear_down(void **state)
{
    session_free(*state);
    return 0;
}

/* ---- files ---- */

static inline const char *frame_path(const engine_session *session, int frame)
{
    char name[32];
    snprintf(name, sizeof name, "shot.%04d.ppm", frame);
    return files_path(session->pictures, name);
}

static inline void write_frames(const engine_session *session, int first, int last)
{
    for (int frame = first; frame <= last; frame++) {
        files_write_picture(frame_path(session, frame), 32, 20, (unsigned)frame);
    }
}

/* A frame of one grey. */
static inline void write_grey(const engine_session *session, int frame, int grey)
{
    char bytes[13 + 32 * 20 * 3];
    int head = snprintf(bytes, sizeof bytes, "P6\n32 20\n255\n");
    memset(bytes + head, grey, sizeof bytes - (size_t)head);
    files_write(frame_path(session, frame), bytes, sizeof bytes);
}

/* ---- the catalog ---- */

typedef struct known {
    vt_item item; /* its path is not kept */
    vt_sequence_row row;
    char ranges[128], prefix[64], suffix[64];
} known;

static inline bool read_item(engine_session *session, const char *name, known *to)
{
    char *path = strdup(files_path(session->pictures, name));
    vt_error error = VT_ERROR_INIT;
    vt_arena *arena = vt_arena_create(0);
    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(session->engine), &error);
    assert_non_null(reader);
    *to = (known){0};
    bool found = vt_catalog_reader_item_at(reader, path, strlen(path), &to->item, &error);
    if (found && vt_catalog_reader_sequence(reader, to->item.id, arena, &to->row, NULL)) {
        snprintf(to->ranges, sizeof to->ranges, "%s", to->row.ranges);
        snprintf(to->prefix, sizeof to->prefix, "%.*s", (int)to->row.names.prefix_length,
                 to->row.names.prefix);
        snprintf(to->suffix, sizeof to->suffix, "%.*s", (int)to->row.names.suffix_length,
                 to->row.names.suffix);
    }
    vt_catalog_reader_free(reader);
    vt_arena_free(arena);
    free(path);
    return found;
}

static inline known shot(engine_session *session)
{
    known found;
    assert_true(read_item(session, "shot.####.ppm", &found));
    return found;
}

/* Edits while no engine is there, as another run of the program would. */
typedef void (*editor)(vt_catalog_writer *writer, const int64_t *ids, size_t count);

static inline void edit(engine_session *session, editor change, const int64_t *ids, size_t count)
{
    vt_error error = VT_ERROR_INIT;
    session_close(session);
    vt_catalog *catalog =
        vt_catalog_open(session->catalog, &(vt_catalog_options){.mode = VT_CATALOG_READ_WRITE}, &error);
    assert_non_null(catalog);
    vt_catalog_writer *writer = vt_catalog_writer_create(catalog, &error);
    assert_non_null(writer);
    change(writer, ids, count);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    session_open(session, 4, 1, NULL);
    session_wait_for(session, &session->index_loaded);
}

static inline void give_three_stars(vt_catalog_writer *writer, const int64_t *ids, size_t count)
{
    assert_true(edits_set_rating(writer, ids, count, 3, NULL));
}

static inline void give_everything(vt_catalog_writer *writer, const int64_t *ids, size_t count)
{
    static const char *const tags[] = {"film/dailies"};
    int64_t album = 0;
    assert_true(edits_set_rating(writer, ids, count, 4, NULL));
    assert_true(edits_set_label(writer, ids, count, 2, NULL));
    assert_true(edits_set_title(writer, ids, count, "Opening", NULL));
    assert_true(edits_set_note(writer, ids, count, "as agreed", NULL));
    assert_true(edits_add_tags(writer, ids, count, tags, 1, NULL));
    assert_true(edits_create_album(writer, "Reel", &album, NULL));
    assert_true(edits_add_to_album(writer, album, ids, count, NULL));
}

static inline bool count_one(void *user, const vt_tag *tag)
{
    assert_string_equal(tag->path, "film/dailies");
    ++*(int *)user;
    return true;
}

static inline bool count_item(void *user, int64_t item_id)
{
    (void)item_id;
    ++*(int *)user;
    return true;
}

static inline void assert_has_everything(engine_session *session, int64_t id)
{
    vt_item_marks marks;
    int tags = 0;
    vt_item item;
    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(session->engine), NULL);
    assert_non_null(reader);
    assert_true(vt_marks_item(reader, id, &marks, NULL));
    assert_int_equal(marks.label, 2);
    assert_string_equal(marks.title, "Opening");
    assert_string_equal(marks.note, "as agreed");
    vt_item_marks_free(&marks);
    assert_true(vt_marks_each_tag_of(reader, id, count_one, &tags, NULL));
    assert_int_equal(tags, 1);
    assert_true(vt_catalog_reader_item(reader, id, &item, NULL));
    assert_int_equal(item.rating, 4);
    vt_catalog_reader_free(reader);
}

static inline int in_album(engine_session *session)
{
    int items = 0;
    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(session->engine), NULL);
    assert_non_null(reader);
    assert_true(vt_marks_each_in_album(reader, 1, count_item, &items, NULL));
    vt_catalog_reader_free(reader);
    return items;
}

/* ---- the index and the store ---- */

/* Rows that are not removed; the rating of the one that shows `name` goes to `*rating`. */
static inline uint32_t rows(engine_session *session, const char *name, vt_item_brief *of)
{
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    uint32_t count = 0;
    for (uint32_t row = 0; row < vt_snapshot_count(snapshot); row++) {
        vt_item_brief item;
        vt_snapshot_item(snapshot, row, &item);
        count += !vt_snapshot_removed(snapshot, row);
        if (name && item.name_length == strlen(name) && memcmp(item.name, name, item.name_length) == 0) {
            *of = item;
        }
    }
    vt_snapshot_release(snapshot);
    return count;
}

static inline bool has_thumb(engine_session *session, const vt_item *item)
{
    vt_thumb thumb;
    bool found = false;
    const vt_thumb_key key = {item->id, item->size, item->mtime_ns, 256};
    assert_true(vt_thumbs_get(vt_engine_thumbs(session->engine), &key, &thumb, &found, NULL));
    if (found) {
        free((void *)thumb.bytes);
    }
    return found;
}

static inline import_record import(engine_session *session, const vt_import_options *options)
{
    import_record record;
    session_import(session, session->pictures, options, &record);
    assert_int_equal(record.error.code, VT_ERROR_NONE);
    return record;
}

static inline void assert_untouched(engine_session *session)
{
    vt_engine_figures before, after;
    vt_engine_get_figures(session->engine, &before);
    import_record again = import(session, &careful);
    vt_engine_get_figures(session->engine, &after);
    assert_int_equal(again.figures.decoded, 0);
    assert_int_equal(again.figures.imported + again.figures.updated + again.figures.missing, 0);
    assert_int_equal(after.batches, before.batches);
}

/* ---- what the user does ---- */

typedef struct answer {
    int came;
    vt_error error;
} answer;

static inline void on_edited(void *user, const vt_error *error)
{
    answer *to = user;
    to->came++;
    if (error) {
        to->error = *error;
    }
}

static inline void split(engine_session *session, int64_t id)
{
    answer done = {0};
    assert_true(vt_engine_split_sequence(session->engine, id, on_edited, &done, NULL));
    session_wait_for(session, &done.came);
    assert_int_equal(done.error.code, VT_ERROR_NONE);
}

static inline void join(engine_session *session, const char *path)
{
    answer done = {0};
    assert_true(vt_engine_join_sequence(session->engine, path, on_edited, &done, NULL));
    session_wait_for(session, &done.came);
    assert_int_equal(done.error.code, VT_ERROR_NONE);
}

#define sequence_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
