#include "core/import/dispatch.h"

#include "core/import/frames.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

void vt_picture_clear(vt_picture *picture)
{
    free(picture->pixels);
    free(picture->histogram);
    picture->pixels = NULL;
    picture->histogram = NULL;
}

void vt_request_unref(vt_request *request, int count)
{
    if (atomic_fetch_sub(&request->references, count) > count) {
        return;
    }
    vt_cancel_unref(request->cancel);
    vt_picture_clear(&request->picture);
    vt_frames_job_free(request->frames);
    free(request->path);
    free(request);
}

vt_request *vt_request_of_place(vt_priority_entry *place)
{
    return (vt_request *)((char *)place - offsetof(vt_request, place));
}

static vt_request **bucket_of(vt_engine *engine, uint32_t row)
{
    return &engine->rows[row % VT_REQUEST_BUCKETS].first;
}

static void link_in(vt_request *request)
{
    vt_engine *engine = request->engine;
    request->next = engine->requests;
    if (engine->requests) {
        engine->requests->previous = request;
    }
    engine->requests = request;
    engine->request_count++;
    if (request->is_thumbnail) {
        vt_request **bucket = bucket_of(engine, request->row);
        request->next_in_bucket = *bucket;
        *bucket = request;
    }
}

static void link_out(vt_request *request)
{
    vt_engine *engine = request->engine;
    if (request->previous) {
        request->previous->next = request->next;
    } else {
        engine->requests = request->next;
    }
    if (request->next) {
        request->next->previous = request->previous;
    }
    engine->request_count--;
    if (request->is_thumbnail) {
        vt_request **at = bucket_of(engine, request->row);
        while (*at != request) {
            at = &(*at)->next_in_bucket;
        }
        *at = request->next_in_bucket;
    }
}

/* The main thread's hold on the request is given up, but for its reference. */
static void forget(vt_request *request)
{
    link_out(request);
    vt_task_unref(request->task);
    request->task = NULL;
    request->forgotten = true;
}

static void deliver(vt_message *message, void *actor)
{
    (void)actor;
    vt_request *request = (vt_request *)message; /* its first member */
    int references = 1;                          /* the message's */
    if (!request->forgotten) {
        forget(request); /* the callback may ask for the next one, or cancel all there are */
        references++;
        if (request->succeeded) {
            vt_picture picture = request->picture;
            request->picture.pixels = NULL;
            request->picture.histogram = NULL;
            picture.message = picture.partial ? request->error.message : NULL;
            request->ready(request->user, &picture, NULL);
        } else {
            request->ready(request->user, NULL, &request->error);
        }
    }
    vt_request_unref(request, references);
}

static void discard(vt_message *message)
{
    vt_request_unref((vt_request *)message, 1);
}

static const vt_message_ops answer_ops = {"picture", deliver, discard};

static vt_request *create(vt_engine *engine, vt_picture_ready ready, void *user, vt_error *error)
{
    if (engine->request_count >= VT_REQUESTS_MAX) {
        vt_error_set(error, VT_ERROR_LIMIT, "%d pictures are asked for already", VT_REQUESTS_MAX);
        return NULL;
    }
    vt_request *request = calloc(1, sizeof *request);
    if (request) {
        request->cancel = vt_cancel_create(engine->cancel);
    }
    if (!request || !request->cancel) {
        free(request);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a picture");
        return NULL;
    }
    request->message.ops = &answer_ops;
    request->engine = engine;
    request->ready = ready;
    request->user = user;
    atomic_init(&request->references, 1);
    return request;
}

/* Starts the work for an image. On failure the request is released. */
static vt_request *submit_image(vt_request *request, vt_error *error)
{
    vt_engine *engine = request->engine;
    request->task = request->path || request->is_count ? vt_request_task_create(request) : NULL;
    if (!request->task) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a picture");
        vt_request_unref(request, 1);
        return NULL;
    }
    link_in(request);
    atomic_fetch_add(&request->references, 1); /* the task's */
    pthread_mutex_lock(&engine->lock);
    engine->tasks++;
    pthread_mutex_unlock(&engine->lock);
    vt_priority priority = request->is_ahead ? VT_PRIORITY_HIGH : VT_PRIORITY_CRITICAL;
    if (vt_executor_submit(engine->executor, request->task, priority, error)) {
        if (!request->is_ahead) { /* it is looked at */
            vt_executor_move(engine->executor, request->task, priority, true);
        }
        return request;
    }
    pthread_mutex_lock(&engine->lock);
    engine->tasks--;
    pthread_mutex_unlock(&engine->lock);
    forget(request);
    vt_request_unref(request, 2);
    return NULL;
}

/* The large size only where it shows more: a small image is stored whole. */
static uint32_t size_class_of(const vt_item_brief *item, uint32_t longest, uint32_t side)
{
    bool image = item->kind == VT_KIND_IMAGE || item->kind == VT_KIND_SEQUENCE;
    bool small = image && longest > 0 && longest <= VT_STORED_SIDE;
    return side <= VT_STORED_SIDE || small ? VT_STORED_SIDE : VT_STORED_SIDE_LARGE;
}

/* Queues a thumbnail for the slots. On failure the request is released. */
static vt_request *queue_thumbnail(vt_request *request, vt_priority priority, vt_error *error)
{
    vt_engine *engine = request->engine;
    if (!request->path) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a picture");
        vt_request_unref(request, 1);
        return NULL;
    }
    link_in(request);
    atomic_fetch_add(&request->references, 1); /* the queue's */
    if (!vt_priority_queue_push(engine->wanted, &request->place, priority, error)) {
        forget(request);
        vt_request_unref(request, 2);
        return NULL;
    }
    vt_dispatch(engine);
    return request;
}

static vt_request *request_thumbnail(vt_engine *engine, uint32_t row, uint32_t side, vt_priority priority,
                                     vt_picture_ready ready, void *user, vt_error *error)
{
    const vt_snapshot *snapshot = engine->index ? vt_index_snapshot(engine->index) : NULL;
    if (!snapshot || row >= vt_snapshot_count(snapshot)) {
        vt_error_set(error, VT_ERROR_USAGE, "there is no row %u", row);
        if (snapshot) {
            vt_snapshot_release(snapshot);
        }
        return NULL;
    }
    vt_request *request = create(engine, ready, user, error);
    if (request) {
        vt_item_brief item;
        vt_str path = VT_STR_INIT;
        vt_snapshot_item(snapshot, row, &item);
        vt_snapshot_path(snapshot, row, &path);
        request->is_thumbnail = true;
        request->row = row;
        request->side = side;
        request->is_unread = item.state == VT_ITEM_UNREAD && !vt_engine_is_read_only(engine);
        request->is_sequence = item.kind == VT_KIND_SEQUENCE;
        request->longest = item.width > item.height ? item.width : item.height;
        request->key =
            (vt_thumb_key){item.id, item.size, item.mtime_ns, size_class_of(&item, request->longest, side)};
        request->path_length = path.length;
        request->path = vt_str_take(&path);
    }
    vt_snapshot_release(snapshot);
    return request ? queue_thumbnail(request, priority, error) : NULL;
}

vt_request *vt_engine_request_thumbnail(vt_engine *engine, uint32_t row, uint32_t side,
                                        vt_picture_ready ready, void *user, vt_error *error)
{
    return request_thumbnail(engine, row, side, VT_PRIORITY_CRITICAL, ready, user, error);
}

vt_request *vt_engine_request_nearby(vt_engine *engine, uint32_t row, uint32_t side, vt_picture_ready ready,
                                     void *user, vt_error *error)
{
    return request_thumbnail(engine, row, side, VT_PRIORITY_HIGH, ready, user, error);
}

vt_request *vt_engine_request_image(vt_engine *engine, const char *path, uint32_t width, uint32_t height,
                                    const vt_model_view *view, vt_picture_ready ready, void *user,
                                    vt_error *error)
{
    vt_request *request = create(engine, ready, user, error);
    if (!request) {
        return NULL;
    }
    request->width = width;
    request->height = height;
    request->has_view = view != NULL;
    request->view = view ? *view : (vt_model_view){0};
    request->path_length = strlen(path);
    request->path = strdup(path);
    return submit_image(request, error);
}

vt_request *vt_engine_request_region(vt_engine *engine, const char *path, const vt_region *region,
                                     uint32_t width, uint32_t height, vt_picture_ready ready, void *user,
                                     vt_error *error)
{
    vt_request *request = create(engine, ready, user, error);
    if (!request) {
        return NULL;
    }
    request->width = width;
    request->height = height;
    request->region = *region;
    request->path_length = strlen(path);
    request->path = strdup(path);
    return submit_image(request, error);
}

vt_request *vt_engine_request_image_ahead(vt_engine *engine, const char *path, uint32_t width,
                                          uint32_t height, vt_picture_ready ready, void *user,
                                          vt_error *error)
{
    vt_request *request = create(engine, ready, user, error);
    if (!request) {
        return NULL;
    }
    request->is_ahead = true;
    request->width = width;
    request->height = height;
    request->path_length = strlen(path);
    request->path = strdup(path);
    return submit_image(request, error);
}

vt_request *vt_engine_request_histogram(vt_engine *engine, vt_picture *picture, vt_picture_ready ready,
                                        void *user, vt_error *error)
{
    vt_request *request = create(engine, ready, user, error);
    if (!request) {
        vt_picture_clear(picture);
        return NULL;
    }
    request->is_count = true;
    request->picture = *picture;
    picture->pixels = NULL;
    picture->histogram = NULL;
    return submit_image(request, error);
}

/* Moves what still waits of these rows to the front or back of `priority`. */
static void move(vt_engine *engine, uint32_t row, vt_priority priority, bool to_front)
{
    for (vt_request *at = *bucket_of(engine, row); at; at = at->next_in_bucket) {
        if (at->row == row) {
            vt_priority_queue_move(engine->wanted, &at->place, priority, to_front);
        }
    }
}

void vt_engine_prioritise(vt_engine *engine, const uint32_t *rows, size_t count)
{
    /* Each goes to the front, so the one that shall be first goes last. */
    for (size_t i = count; i-- > 0;) {
        move(engine, rows[i], VT_PRIORITY_CRITICAL, true);
    }
    vt_dispatch(engine);
}

void vt_engine_defer(vt_engine *engine, const uint32_t *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        move(engine, rows[i], VT_PRIORITY_HIGH, false);
    }
}

void vt_request_cancel(vt_request *request)
{
    if (!request) {
        return;
    }
    vt_task *task = request->task ? vt_task_ref(request->task) : NULL;
    vt_engine *engine = request->engine;
    forget(request);
    vt_cancel_request(request->cancel);
    int references = 1;
    if (task) {
        vt_executor_cancel(engine->executor, task);
        vt_task_unref(task);
    } else if (vt_priority_queue_remove(engine->wanted, &request->place)) {
        references++; /* the queue's */
    }
    vt_request_unref(request, references);
}

void vt_requests_cancel_all(vt_engine *engine)
{
    for (vt_request *at = engine->requests, *next; at; at = next) {
        next = at->next;
        vt_request_cancel(at);
    }
}
