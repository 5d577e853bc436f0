#include "core/import/item_metadata.h"

#include "core/import/engine_private.h"

#include <stdlib.h>

struct vt_metadata_request {
    vt_message message; /* the answer; first */
    vt_engine *engine;
    int64_t item_id;
    vt_metadata_ready ready; /* the main thread's; NULL: cancelled */
    void *user;
    vt_metadata metadata;
    bool found;
    vt_error error;
};

static bool run(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    vt_metadata_request *request = user;
    vt_catalog_reader *reader = vt_catalog_reader_open(request->engine->catalog, error);
    request->found =
        reader && vt_catalog_reader_metadata(reader, request->item_id, &request->metadata, error);
    vt_catalog_reader_free(reader);
    return request->found;
}

static void deliver(vt_message *message, void *actor)
{
    vt_engine *engine = actor;
    vt_metadata_request *request = (vt_metadata_request *)message;
    engine->metadata_count--;
    if (request->ready) {
        request->ready(request->user, request->found ? &request->metadata : NULL,
                       request->found ? NULL : &request->error);
    }
    free(request);
}

static void discard(vt_message *message)
{
    free((vt_metadata_request *)message);
}

static const vt_message_ops answer_ops = {"item-metadata", deliver, discard};

static void finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    (void)state;
    vt_metadata_request *request = user;
    vt_engine *engine = request->engine;
    request->error = *error;
    if (!vt_mailbox_post(engine->mailbox, &request->message)) {
        free(request);
    }
    vt_pulse_task_ended(engine);
}

static const vt_task_ops metadata_ops = {"item-metadata", run, finished, NULL};

vt_metadata_request *vt_engine_request_metadata(vt_engine *engine, int64_t item_id, vt_metadata_ready ready,
                                                void *user, vt_error *error)
{
    if (engine->metadata_count >= VT_METADATA_REQUESTS_MAX) {
        vt_error_set(error, VT_ERROR_LIMIT, "the metadata of %d items are asked for already",
                     VT_METADATA_REQUESTS_MAX);
        return NULL;
    }
    vt_metadata_request *request = calloc(1, sizeof *request);
    vt_task *task = request ? vt_task_create(&metadata_ops, request, engine->cancel) : NULL;
    if (!task) {
        free(request);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for an item's metadata");
        return NULL;
    }
    request->message.ops = &answer_ops;
    request->engine = engine;
    request->item_id = item_id;
    request->ready = ready;
    request->user = user;
    engine->metadata_count++;
    pthread_mutex_lock(&engine->lock);
    engine->tasks++;
    pthread_mutex_unlock(&engine->lock);
    bool started = vt_executor_submit(engine->executor, task, VT_PRIORITY_HIGH, error);
    vt_task_unref(task);
    if (!started) {
        engine->metadata_count--;
        vt_pulse_task_ended(engine);
        free(request);
        return NULL;
    }
    return request;
}

void vt_metadata_request_cancel(vt_metadata_request *request)
{
    if (request) {
        request->ready = NULL; /* its answer goes nowhere */
    }
}
