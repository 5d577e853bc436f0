#include "app/ui/info/info_reader.h"

#include <stdlib.h>
#include <string.h>

enum { PART = 4000, SUGGESTIONS = 20 };

/* While a task is under way, what it works on is its own: all between the two lines. */
struct vt_info_reader {
    QObject *receiver;
    vt_engine *engine;
    vt_executor *executor;
    const vt_info_ops *ops;
    void *user;
    vt_task *task;          /* NULL: none */
    vt_edit_target *wanted; /* to be read next; NULL: nothing */
    char *typed;            /* to be completed next; NULL: nothing */
    /* ---- */
    vt_catalog_reader *catalog; /* opened when first needed */
    vt_edit_target *target;     /* being read; NULL: nothing */
    int64_t *ids;               /* its items; NULL: not listed yet */
    size_t count, looked_at;
    vt_marks_survey *survey;
    vt_info *info;
    bool complete;
    char *completing; /* NULL: nothing */
    char *suggestions[SUGGESTIONS];
    size_t suggestion_count;
    /* ---- */
};

static void next(vt_info_reader *reader);

static void forget_reading(vt_info_reader *reader)
{
    vt_edit_target_release(reader->target);
    vt_marks_survey_free(reader->survey);
    free(reader->ids);
    vt_shared_marks_free(&reader->info->marks);
    reader->target = NULL;
    reader->survey = NULL;
    reader->ids = NULL;
    reader->complete = false;
}

static void forget_completing(vt_info_reader *reader)
{
    for (size_t i = 0; i < reader->suggestion_count; i++) {
        free(reader->suggestions[i]);
    }
    free(reader->completing);
    reader->completing = NULL;
    reader->suggestion_count = 0;
}

/* ---- on the worker ---- */

static bool keep_suggestion(void *user, const char *path)
{
    vt_info_reader *reader = user;
    char *copy = strdup(path);
    if (copy) {
        reader->suggestions[reader->suggestion_count++] = copy;
    }
    return copy != NULL;
}

static bool begin_reading(vt_info_reader *reader, vt_error *error)
{
    reader->ids = vt_edit_target_list(reader->target, error);
    reader->count = vt_edit_target_count(reader->target);
    reader->looked_at = 0;
    reader->survey = reader->ids ? vt_marks_survey_begin(reader->catalog, error) : NULL;
    return reader->survey != NULL;
}

static bool end_reading(vt_info_reader *reader, vt_error *error)
{
    vt_info *info = reader->info;
    reader->complete = true;
    info->is_one = reader->count == 1;
    return vt_marks_survey_end(reader->survey, &info->marks, error) &&
           (!info->is_one ||
            (vt_catalog_reader_item(reader->catalog, reader->ids[0], &info->item, error) &&
             vt_catalog_reader_metadata(reader->catalog, reader->ids[0], &info->metadata, error)));
}

static bool read_part(vt_info_reader *reader, vt_error *error)
{
    if (!reader->ids && !begin_reading(reader, error)) {
        return false;
    }
    size_t left = reader->count - reader->looked_at;
    size_t part = left < PART ? left : PART;
    if (!vt_marks_survey_add(reader->survey, reader->ids + reader->looked_at, part, error)) {
        return false;
    }
    reader->looked_at += part;
    return reader->looked_at < reader->count || end_reading(reader, error);
}

static bool run(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    vt_info_reader *reader = user;
    if (!reader->catalog) {
        reader->catalog = vt_catalog_reader_open(vt_engine_catalog(reader->engine), error);
    }
    bool open = reader->catalog != NULL;
    if (reader->completing) { /* without suggestions one types on */
        return open && vt_marks_complete_tag(reader->catalog, reader->completing, SUGGESTIONS,
                                             keep_suggestion, reader, error);
    }
    vt_error_clear(&reader->info->error);
    if (!open || !read_part(reader, error)) {
        reader->info->error = *error;
        reader->complete = true;
    }
    return true;
}

/* ---- on the window's thread ---- */

static void take(void *user)
{
    vt_info_reader *reader = user;
    vt_task_unref(reader->task);
    reader->task = NULL;
    if (reader->completing) {
        if (!reader->typed) { /* else it is old already */
            reader->ops->suggested(reader->user, (const char *const *)reader->suggestions,
                                   reader->suggestion_count);
        }
        forget_completing(reader);
    } else if (reader->complete && !reader->wanted) {
        reader->ops->read(reader->user, reader->info);
        forget_reading(reader);
    }
    next(reader);
}

static void finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    (void)state;
    (void)error;
    vt_info_reader *reader = user;
    qt_post(reader->receiver, take, reader, NULL);
}

static const vt_task_ops read_ops = {.name = "item-panel", .run = run, .finished = finished};

/* What is typed first: somebody waits for it. */
static void next(vt_info_reader *reader)
{
    if (reader->task) {
        return;
    }
    if (reader->typed) {
        reader->completing = reader->typed;
        reader->typed = NULL;
    } else if (reader->wanted) {
        forget_reading(reader);
        reader->target = reader->wanted;
        reader->wanted = NULL;
    }
    if (!reader->completing && !reader->target) {
        return;
    }
    reader->task = vt_task_create(&read_ops, reader, NULL);
    if (reader->task && !vt_executor_submit(reader->executor, reader->task, VT_PRIORITY_LOW, NULL)) {
        vt_task_unref(reader->task);
        reader->task = NULL;
    }
}

void vt_info_read(vt_info_reader *reader, vt_edit_target *target)
{
    vt_edit_target_release(reader->wanted);
    reader->wanted = target;
    next(reader);
}

void vt_info_complete(vt_info_reader *reader, const char *typed)
{
    free(reader->typed);
    reader->typed = *typed ? strdup(typed) : NULL;
    if (!*typed) {
        reader->ops->suggested(reader->user, NULL, 0);
    }
    next(reader);
}

vt_info_reader *vt_info_reader_create(QObjectRef receiver, vt_engine *engine, vt_executor *executor,
                                      const vt_info_ops *ops, void *user)
{
    vt_info_reader *reader = calloc(1, sizeof *reader);
    vt_info *info = calloc(1, sizeof *info);
    if (!reader || !info) {
        free(reader);
        free(info);
        return NULL;
    }
    reader->receiver = receiver.QObject_;
    reader->engine = engine;
    reader->executor = executor;
    reader->ops = ops;
    reader->user = user;
    reader->info = info;
    return reader;
}

void vt_info_reader_free(vt_info_reader *reader)
{
    if (!reader) {
        return;
    }
    if (reader->task) {
        vt_task_wait(reader->task, VT_FOREVER); /* its post goes with the receiver */
        vt_task_unref(reader->task);
    }
    forget_reading(reader);
    forget_completing(reader);
    vt_edit_target_release(reader->wanted);
    free(reader->typed);
    vt_catalog_reader_free(reader->catalog);
    free(reader->info);
    free(reader);
}
