#include "core/import/sequence_edit.h"

#include "core/import/engine_private.h"
#include "core/import/frames.h"
#include "core/sequence/sequence_listing.h"

#include <stdlib.h>
#include <string.h>

typedef enum edit_kind { EDIT_SPLIT, EDIT_JOIN, EDIT_RATE } edit_kind;

struct vt_sequence_edit {
    vt_message message; /* the answer; first */
    struct vt_sequence_edit *next;
    vt_engine *engine;
    edit_kind kind;
    int64_t item_id;
    vt_frame_rate rate;
    char *path; /* owned; of a join */
    vt_error error;
    vt_sequence_edited done;
    void *user;
};

static void free_edit(vt_sequence_edit *edit)
{
    free(edit->path);
    free(edit);
}

static void deliver(vt_message *message, void *actor)
{
    vt_engine *engine = actor;
    vt_sequence_edit *edit = (vt_sequence_edit *)message;
    pthread_mutex_lock(&engine->lock);
    engine->edit_count--;
    pthread_mutex_unlock(&engine->lock);
    edit->done(edit->user, edit->error.code == VT_ERROR_NONE ? NULL : &edit->error);
    free_edit(edit);
}

static void discard(vt_message *message)
{
    free_edit((vt_sequence_edit *)message);
}

static const vt_message_ops answer_ops = {"sequence-edited", deliver, discard};

/* ---- the writer's part ---- */

/* Names of the frames of one sequence. */
typedef struct frame_list {
    vt_sequence_row row;
    vt_sequence_ranges ranges;
    vt_str name;
} frame_list;

static bool name_frame(void *user, uint64_t index, const char **name, size_t *length, vt_error *error)
{
    frame_list *list = user;
    const vt_sequence_pattern pattern = vt_frames_pattern(&list->row.names);
    int64_t frame = 0;
    vt_str_clear(&list->name);
    if (!vt_sequence_ranges_at(&list->ranges, index, &frame)) {
        return vt_error_set(error, VT_ERROR_INTERNAL, "a sequence has fewer frames than it says");
    }
    if (!vt_sequence_pattern_name(&pattern, frame, &list->name, error)) {
        return false;
    }
    *name = list->name.data;
    *length = list->name.length;
    return true;
}

/* Frames of a sequence that a damaged catalog claims to have could be without number. */
#define FRAMES_MAX VT_SEQUENCE_LISTING_MAX

static bool split_rows(vt_engine *engine, vt_catalog_reader *reader, int64_t item_id, vt_error *error)
{
    frame_list list = {.ranges = VT_SEQUENCE_RANGES_INIT, .name = VT_STR_INIT};
    vt_arena *arena = vt_arena_create(0);
    bool done = arena || vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a sequence");
    done = done && vt_catalog_reader_sequence(reader, item_id, arena, &list.row, error) &&
           vt_sequence_ranges_parse(list.row.ranges, strlen(list.row.ranges), &list.ranges, NULL, error);
    uint64_t frames = done ? vt_sequence_ranges_frames(&list.ranges) : 0;
    if (frames > FRAMES_MAX) {
        done = vt_error_set(error, VT_ERROR_CORRUPT,
                            "the catalog says that the sequence has %llu frames, which cannot be; run check",
                            (unsigned long long)frames);
    }
    done = done && vt_edit_split_sequence(engine->catalog_writer, item_id, frames, name_frame, &list, error);
    vt_str_free(&list.name);
    vt_sequence_ranges_clear(&list.ranges);
    vt_arena_free(arena);
    return done;
}

typedef struct publishing {
    vt_engine *engine;
    vt_error *error;
    bool failed;
} publishing;

static bool put_brief(void *user, const vt_item_brief *item)
{
    publishing *at = user;
    at->failed = !vt_index_put(at->engine->index, item, 1, at->error);
    return !at->failed;
}

/* The frames become rows of the views, and the sequence goes. Beside the catalog that is of no consequence:
   at the next start all is there. */
static void publish_split(vt_engine *engine, vt_catalog_reader *reader, int64_t after, int64_t sequence)
{
    vt_error error = VT_ERROR_INIT;
    publishing at = {.engine = engine, .error = &error};
    if (!engine->index) {
        return;
    }
    bool put = vt_catalog_reader_each_brief(reader, after, put_brief, &at, &error) && !at.failed &&
               vt_index_remove(engine->index, sequence, &error);
    if (!vt_index_publish(engine->index, put ? &error : NULL) || !put) {
        vt_log_write(&engine->log, VT_LOG_ERROR, "a split is not shown before the next start: %s",
                     error.message);
    }
    vt_engine_tell_rows_changed(engine);
}

static bool run_split(vt_engine *engine, int64_t item_id, vt_error *error)
{
    int64_t last = 0;
    vt_catalog_reader *reader = vt_catalog_reader_open(engine->catalog, error);
    bool done = reader && vt_catalog_reader_last_id(reader, &last, error) &&
                split_rows(engine, reader, item_id, error);
    if (done) {
        publish_split(engine, reader, last, item_id);
    }
    vt_catalog_reader_free(reader);
    return done;
}

static bool run_join(vt_engine *engine, const char *path, vt_error *error)
{
    uint32_t length = (uint32_t)strlen(path);
    uint32_t name_at = vt_path_split(path, length);
    vt_sequence_name parts;
    if (!vt_sequence_name_parse(path + name_at, length - name_at, &parts, error)) {
        return false;
    }
    const vt_sequence_pattern pattern = vt_sequence_pattern_of(path + name_at, &parts, 1);
    const vt_frame_names names = {.prefix = pattern.prefix,
                                  .suffix = pattern.suffix,
                                  .prefix_length = pattern.prefix_length,
                                  .suffix_length = pattern.suffix_length};
    return vt_edit_join_sequence(engine->catalog_writer, path, vt_path_folder_length(name_at), &names, error);
}

static void run_edit(vt_sequence_edit *edit)
{
    vt_engine *engine = edit->engine;
    switch (edit->kind) {
    case EDIT_SPLIT:
        run_split(engine, edit->item_id, &edit->error);
        break;
    case EDIT_JOIN:
        run_join(engine, edit->path, &edit->error);
        break;
    case EDIT_RATE:
        vt_edit_set_frame_rate(engine->catalog_writer, edit->item_id, edit->rate.numerator,
                               edit->rate.denominator, &edit->error);
        break;
    }
    if (!vt_mailbox_post(engine->mailbox, &edit->message)) {
        free_edit(edit);
    }
}

void vt_sequence_edits_run(vt_engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    vt_sequence_edit *edit = engine->edits_first;
    engine->edits_first = NULL;
    engine->edits_end = &engine->edits_first;
    pthread_mutex_unlock(&engine->lock);
    while (edit) {
        vt_sequence_edit *next = edit->next;
        run_edit(edit);
        edit = next;
    }
}

/* ---- the main thread's part ---- */

/* To the writer. False if there is no room. */
static bool link_in(vt_engine *engine, vt_sequence_edit *edit)
{
    pthread_mutex_lock(&engine->lock);
    bool room = engine->edit_count < VT_SEQUENCE_EDITS_MAX;
    if (room) {
        engine->edit_count++;
        *engine->edits_end = edit;
        engine->edits_end = &edit->next;
        pthread_cond_signal(&engine->beat);
    }
    pthread_mutex_unlock(&engine->lock);
    return room;
}

static bool submit(vt_engine *engine, const vt_sequence_edit *wanted, vt_error *error)
{
    if (!engine->catalog_writer) {
        return vt_error_set(error, VT_ERROR_READ_ONLY, "the catalog %s is open for reading only",
                            vt_catalog_path(engine->catalog));
    }
    vt_sequence_edit *edit = malloc(sizeof *edit);
    char *path = edit && wanted->path ? strdup(wanted->path) : NULL;
    if (!edit || (wanted->path && !path)) {
        free(edit);
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a change to a sequence");
    }
    *edit = *wanted;
    edit->message.ops = &answer_ops;
    edit->engine = engine;
    edit->path = path;
    if (!link_in(engine, edit)) {
        free_edit(edit);
        return vt_error_set(error, VT_ERROR_LIMIT, "%d changes to sequences are under way already",
                            VT_SEQUENCE_EDITS_MAX);
    }
    return true;
}

bool vt_engine_split_sequence(vt_engine *engine, int64_t item_id, vt_sequence_edited done, void *user,
                              vt_error *error)
{
    const vt_sequence_edit edit = {.kind = EDIT_SPLIT, .item_id = item_id, .done = done, .user = user};
    return submit(engine, &edit, error);
}

bool vt_engine_join_sequence(vt_engine *engine, const char *path, vt_sequence_edited done, void *user,
                             vt_error *error)
{
    size_t length = strlen(path);
    vt_sequence_name parts;
    vt_error fault = VT_ERROR_INIT;
    if (length > VT_PATH_LENGTH_MAX || path[0] != '/') {
        return vt_error_set(error, VT_ERROR_USAGE, "not the absolute path of a file");
    }
    uint32_t name_at = vt_path_split(path, (uint32_t)length);
    if (!vt_sequence_name_parse(path + name_at, length - name_at, &parts, &fault)) {
        return vt_error_set(error, VT_ERROR_USAGE, "%s: it cannot be a frame", fault.message);
    }
    const vt_sequence_edit edit = {.kind = EDIT_JOIN, .path = (char *)path, .done = done, .user = user};
    return submit(engine, &edit, error);
}

bool vt_engine_set_frame_rate(vt_engine *engine, int64_t item_id, vt_frame_rate rate, vt_sequence_edited done,
                              void *user, vt_error *error)
{
    const vt_sequence_edit edit = {
        .kind = EDIT_RATE, .item_id = item_id, .rate = rate, .done = done, .user = user};
    return submit(engine, &edit, error);
}
