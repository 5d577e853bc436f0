#include "core/import/sequence_facts.h"

#include "core/import/engine_private.h"
#include "core/import/frames.h"

#include <stdlib.h>
#include <string.h>

struct vt_facts_request {
    vt_message message; /* the answer; first */
    vt_engine *engine;
    int64_t item_id;
    vt_facts_ready ready; /* the main thread's; NULL: cancelled */
    void *user;
    vt_sequence_facts *facts; /* owned */
    vt_error error;
};

void vt_sequence_facts_free(vt_sequence_facts *facts)
{
    if (facts) {
        vt_sequence_ranges_clear(&facts->ranges);
        free(facts->folder);
        free(facts->prefix);
        free(facts->suffix);
        free(facts);
    }
}

bool vt_sequence_facts_path(const vt_sequence_facts *facts, uint64_t index, vt_str *path)
{
    int64_t frame;
    const vt_frame_names names = {.prefix = facts->prefix,
                                  .suffix = facts->suffix,
                                  .prefix_length = (uint32_t)strlen(facts->prefix),
                                  .suffix_length = (uint32_t)strlen(facts->suffix),
                                  .width = facts->width};
    return vt_sequence_ranges_at(&facts->ranges, index, &frame) &&
           vt_frames_path(&names, facts->folder, strlen(facts->folder), frame, path, NULL);
}

uint64_t vt_sequence_facts_index(const vt_sequence_facts *facts, int64_t frame)
{
    uint64_t before = 0;
    for (size_t i = 0; i < facts->ranges.count; i++) {
        const vt_sequence_range *range = &facts->ranges.items[i];
        if (frame <= range->last) {
            return before + (frame > range->first ? (uint64_t)(frame - range->first) : 0);
        }
        before += (uint64_t)(range->last - range->first) + 1;
    }
    return facts->frames - 1;
}

static vt_sequence_facts *facts_of(const vt_item *item, const vt_sequence_row *row, vt_error *error)
{
    vt_sequence_facts *facts = calloc(1, sizeof *facts);
    bool copied = false;
    if (facts) {
        facts->item_id = item->id;
        facts->folder = strndup(item->path, vt_path_folder_length(item->name_at));
        facts->prefix = strndup(row->names.prefix, row->names.prefix_length);
        facts->suffix = strndup(row->names.suffix, row->names.suffix_length);
        facts->width = row->names.width;
        facts->poster = row->poster;
        facts->rate = VT_FRAME_RATE_DEFAULT;
        copied = facts->folder && facts->prefix && facts->suffix;
    }
    if (!copied) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a sequence");
    } else if (vt_sequence_ranges_parse(row->ranges, strlen(row->ranges), &facts->ranges, NULL, error)) {
        facts->frames = vt_sequence_ranges_frames(&facts->ranges);
        facts->rate_is_set =
            row->rate_numerator > 0 &&
            vt_frame_rate_make(row->rate_numerator, row->rate_denominator, &facts->rate, NULL);
        return facts;
    }
    vt_sequence_facts_free(facts);
    return NULL;
}

static bool run(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    vt_facts_request *request = user;
    vt_item item;
    vt_sequence_row row;
    vt_arena *arena = vt_arena_create(0);
    vt_catalog_reader *reader = arena ? vt_catalog_reader_open(request->engine->catalog, error) : NULL;
    if (!arena) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a sequence");
    } else if (reader && vt_catalog_reader_sequence(reader, request->item_id, arena, &row, error) &&
               vt_catalog_reader_item(reader, request->item_id, &item, error)) {
        request->facts = facts_of(&item, &row, error);
    }
    vt_catalog_reader_free(reader);
    vt_arena_free(arena);
    return request->facts != NULL;
}

static void free_request(vt_facts_request *request)
{
    vt_sequence_facts_free(request->facts);
    free(request);
}

static void deliver(vt_message *message, void *actor)
{
    vt_engine *engine = actor;
    vt_facts_request *request = (vt_facts_request *)message;
    engine->facts_count--;
    if (request->ready) {
        vt_sequence_facts *facts = request->facts;
        request->facts = NULL; /* the callee's now */
        request->ready(request->user, facts, facts ? NULL : &request->error);
    }
    free_request(request);
}

static void discard(vt_message *message)
{
    free_request((vt_facts_request *)message);
}

static const vt_message_ops answer_ops = {"sequence-facts", deliver, discard};

static void finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    (void)state;
    vt_facts_request *request = user;
    vt_engine *engine = request->engine;
    request->error = *error;
    if (!vt_mailbox_post(engine->mailbox, &request->message)) {
        free_request(request);
    }
    vt_pulse_task_ended(engine);
}

static const vt_task_ops facts_ops = {"sequence-facts", run, finished, NULL};

vt_facts_request *vt_engine_request_facts(vt_engine *engine, int64_t item_id, vt_facts_ready ready,
                                          void *user, vt_error *error)
{
    if (engine->facts_count >= VT_FACTS_REQUESTS_MAX) {
        vt_error_set(error, VT_ERROR_LIMIT, "%d sequences are asked for already", VT_FACTS_REQUESTS_MAX);
        return NULL;
    }
    vt_facts_request *request = calloc(1, sizeof *request);
    vt_task *task = request ? vt_task_create(&facts_ops, request, engine->cancel) : NULL;
    if (!task) {
        free(request);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a sequence");
        return NULL;
    }
    request->message.ops = &answer_ops;
    request->engine = engine;
    request->item_id = item_id;
    request->ready = ready;
    request->user = user;
    engine->facts_count++;
    pthread_mutex_lock(&engine->lock);
    engine->tasks++;
    pthread_mutex_unlock(&engine->lock);
    bool started = vt_executor_submit(engine->executor, task, VT_PRIORITY_CRITICAL, error);
    vt_task_unref(task);
    if (!started) {
        engine->facts_count--;
        pthread_mutex_lock(&engine->lock);
        engine->tasks--;
        pthread_mutex_unlock(&engine->lock);
        free_request(request);
        return NULL;
    }
    return request;
}

void vt_facts_request_cancel(vt_facts_request *request)
{
    if (request) {
        request->ready = NULL; /* its answer goes nowhere */
    }
}
