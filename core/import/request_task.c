#include "core/import/dispatch.h"

#include "core/base/clock.h"
#include "core/decode/reduce.h"
#include "core/import/fault.h"
#include "core/import/frames.h"
#include "core/import/reading.h"
#include "core/import/shared_thumb.h"
#include "core/import/tiny.h"

#include <stdlib.h>
#include <string.h>

/* Box of a view whose size was left to us: the largest picture a helper hands over. */
#define VIEW_SIDE_MAX 8192
#define MODEL_SIDE    1024

/* Reduces `pixels` so that its longer side has at most `side` pixels (0: leaves it); its data is replaced. */
static bool reduce(vt_pixels *pixels, uint32_t side, vt_error *error)
{
    vt_pixels small;
    if (side == 0 || (pixels->width <= side && pixels->height <= side)) {
        return true;
    }
    if (!vt_pixels_reduce(pixels, side, &small, error)) {
        return false;
    }
    free(pixels->data);
    *pixels = small;
    return true;
}

/* Hands the pixels over to the picture. Rows are brought together if they lie apart. */
static void take_pixels(vt_picture *picture, vt_pixels *pixels)
{
    size_t line = (size_t)pixels->width * 4;
    if (pixels->stride != line) {
        for (uint32_t y = 1; y < pixels->height; y++) {
            memmove(pixels->data + y * line, pixels->data + y * pixels->stride, line);
        }
    }
    picture->width = pixels->width;
    picture->height = pixels->height;
    picture->stride = line;
    picture->pixels = pixels->data;
    *pixels = (vt_pixels){0};
}

/* True if the thumbnail of that size was in the store; anything that is wrong with it makes it be decoded
   anew. */
static bool read_store(vt_request *request, uint32_t size_class)
{
    vt_thumb thumb;
    vt_thumb_key key = request->key;
    key.size_class = size_class;
    bool found = false;
    uint32_t width, height;
    if (!vt_thumbs_get(request->engine->thumbs, &key, &thumb, &found, NULL) || !found) {
        return false;
    }
    vt_pixels pixels = {0};
    bool decoded = vt_thumb_size(thumb.bytes, thumb.length, &width, &height, NULL);
    if (decoded) {
        pixels.capacity = (size_t)width * height * 4;
        pixels.data = malloc(pixels.capacity);
        decoded = pixels.data && vt_thumb_decode(thumb.bytes, thumb.length, &pixels, NULL);
    }
    if (decoded) {
        vt_tiny_offer(request->engine, request->key.item_id, &pixels);
        decoded = reduce(&pixels, request->side, NULL);
    }
    free((void *)thumb.bytes);
    if (!decoded) {
        free(pixels.data);
        return false;
    }
    take_pixels(&request->picture, &pixels);
    request->picture.from_store = true;
    return true;
}

/* Of the content that the request's key names. */
static void store(const vt_request *request, const vt_pixels *pixels)
{
    vt_blob blob;
    if (vt_engine_is_read_only(request->engine) || !vt_thumb_encode(pixels, &blob, NULL)) {
        return;
    }
    const vt_thumb thumb = {(uint16_t)pixels->width, (uint16_t)pixels->height, VT_THUMB_CODEC, blob.data,
                            blob.size};
    vt_error error = VT_ERROR_INIT;
    if (!vt_thumbs_put(request->engine->thumbs, &request->key, &thumb, 1, &error)) {
        vt_log_write(&request->engine->log, VT_LOG_DEBUG, "a thumbnail is not stored: %s", error.message);
    }
    free(blob.data);
}

/* False if the file has changed since the catalog knew it: the next import takes it up. Of what a sequence
   consists no single file tells: a poster that has changed is seen by the next import, too. */
static bool is_as_known(const vt_request *request, const struct stat *facts)
{
    if (request->is_sequence) {
        return true;
    }
    int64_t mtime = vt_clock_nanoseconds(facts->st_mtim);
    return facts->st_size == request->key.size && mtime == request->key.mtime_ns;
}

/* What was found out about an item of which only the name was known goes the way of an import, thumbnail and
   all. A fault of the machine is no one's: then it stays unread. */
static void tell_catalog(vt_request *request, vt_reading *reading, const vt_error *fault)
{
    if (fault && (fault->code == VT_ERROR_CANCELLED || (!reading->judged && vt_fault_is_ours(fault)))) {
        return;
    }
    vt_entry *entry = vt_entry_create(NULL, VT_ENTRY_DECODE, request->path, request->path_length, NULL, 0);
    if (!entry) {
        return; /* the next look at it tries again */
    }
    entry->known_id = request->key.item_id;
    entry->was_unread = true;
    if (request->frames) {
        vt_entry_set_frames(entry, request->frames);
        request->frames = NULL; /* the entry's now */
    } else if (reading->stat.st_ino) {
        vt_entry_set_stat(entry, &reading->stat);
    }
    if (fault) {
        vt_entry_take_fault(entry, fault);
    } else {
        vt_entry_take_reading(entry, reading);
        vt_claims_settle(request->engine->claims, entry);
    }
    vt_pipeline_add_read(request->engine, entry);
}

/* A sequence is looked up in the catalog, which knows its frames. */
static bool read_file(vt_request *request, vt_helper_class helper_class, const vt_decode_request *wanted,
                      int cancel_fd, vt_reading *reading, vt_error *error)
{
    vt_helper_pool *helpers = request->engine->helpers;
    vt_item item;
    if (!request->is_sequence) {
        return vt_reading_run(helpers, helper_class, request->path, request->path_length, wanted, cancel_fd,
                              reading, error);
    }
    memset(reading, 0, sizeof *reading);
    vt_catalog_reader *reader = vt_catalog_reader_open(request->engine->catalog, error);
    if (reader && vt_catalog_reader_item(reader, request->key.item_id, &item, error)) {
        request->frames = vt_frames_job_load(reader, &item, error);
    }
    vt_catalog_reader_free(reader);
    uint32_t name_at = vt_path_split(request->path, (uint32_t)request->path_length);
    return request->frames &&
           vt_frames_read(request->frames, helpers, helper_class, request->path,
                          vt_path_folder_length(name_at), wanted, cancel_fd, reading, error);
}

/* What was decoded goes where it will be found again. */
static void keep(vt_request *request, vt_reading *reading)
{
    if (request->is_unread) {
        tell_catalog(request, reading, NULL);
    } else {
        vt_tiny_offer(request->engine, request->key.item_id, &reading->result.pixels);
    }
    /* Of an unread item the writer stores the usual size, and no other. */
    bool writer_stores = request->is_unread && request->key.size_class == VT_STORED_SIDE;
    if (!writer_stores && is_as_known(request, &reading->stat)) {
        store(request, &reading->result.pixels);
    }
}

/* The answer is made of these pixels; they are released. */
static bool answer_with(vt_request *request, vt_pixels *pixels, vt_error *error)
{
    bool reduced = reduce(pixels, request->side, error);
    if (reduced) {
        take_pixels(&request->picture, pixels);
    }
    free(pixels->data);
    *pixels = (vt_pixels){0};
    return reduced;
}

/* A thumbnail that another program has left. Of an unread item the catalog wants to know more than that. */
static bool read_shared(vt_request *request, int cancel_fd)
{
    const vt_shared_file file = {request->path, request->path_length, request->key.size,
                                 request->key.mtime_ns, request->longest};
    vt_pixels pixels;
    if (request->is_unread || request->is_sequence ||
        !vt_shared_thumbs_read(request->engine->shared, request->engine->helpers, &file,
                               request->key.size_class, cancel_fd, &pixels)) {
        return false;
    }
    vt_tiny_offer(request->engine, request->key.item_id, &pixels);
    store(request, &pixels);
    return answer_with(request, &pixels, NULL);
}

/* Of a file that is away, a thumbnail smaller than was asked for is better than none. */
static bool read_smaller(vt_request *request, vt_error *error)
{
    bool found = error->code != VT_ERROR_CANCELLED && request->key.size_class != VT_STORED_SIDE &&
                 read_store(request, VT_STORED_SIDE);
    if (found) {
        vt_error_clear(error);
    }
    return found;
}

/* The ThumbnailGenerationTask of document 003. */
static bool make_thumbnail(vt_request *request, vt_helper_class helper_class, int cancel_fd, vt_error *error)
{
    uint32_t box = request->key.size_class;
    if (read_store(request, box) || read_shared(request, cancel_fd)) {
        return true;
    }
    const vt_decode_request wanted = {.what = VT_WHAT_THUMBNAIL, .box_width = box, .box_height = box};
    vt_reading reading;
    bool read = read_file(request, helper_class, &wanted, cancel_fd, &reading, error);
    if (!request->is_sequence) {
        vt_shared_thumbs_offer(request->engine->shared, request->path, request->path_length, &reading, read);
    }
    if (!read) {
        vt_decode_result_clear(&reading.result); /* part of a picture is no thumbnail to be kept */
        if (request->is_unread && (request->frames || !request->is_sequence)) {
            tell_catalog(request, &reading, error);
        }
        return read_smaller(request, error);
    }
    keep(request, &reading);
    request->picture.media = reading.result.info;
    bool answered = answer_with(request, &reading.result.pixels, error);
    vt_decode_result_clear(&reading.result);
    return answered;
}

/* Here, since the window's thread has no time for it. */
static void count_histogram(vt_picture *picture)
{
    picture->histogram = malloc(sizeof *picture->histogram);
    if (picture->histogram) {
        vt_histogram_count(picture->histogram, picture->pixels, picture->width, picture->height,
                           picture->stride);
    }
}

static bool make_image(vt_request *request, int cancel_fd, vt_error *error)
{
    vt_decode_request wanted = {
        .what = VT_WHAT_VIEW, .box_width = request->width, .box_height = request->height};
    wanted.region = request->region;
    if (wanted.box_width == 0 || wanted.box_height == 0) {
        uint32_t side = request->has_view ? MODEL_SIDE : VIEW_SIDE_MAX;
        wanted.box_width = wanted.box_height = side;
    }
    if (request->has_view) {
        wanted.yaw = request->view.yaw;
        wanted.pitch = request->view.pitch;
        wanted.zoom = request->view.zoom;
        wanted.pan_x = request->view.pan_x;
        wanted.pan_y = request->view.pan_y;
        wanted.flags = request->view.look | (request->view.turning ? VT_DECODE_TURNING : 0);
    }
    vt_reading reading;
    bool read = vt_reading_run(request->engine->helpers,
                               request->is_ahead ? VT_HELPER_BACKGROUND : VT_HELPER_INTERACTIVE,
                               request->path, request->path_length, &wanted, cancel_fd, &reading, error);
    if (!read && !reading.result.pixels.data) {
        return false;
    }
    request->picture.partial = !read;
    request->picture.media = reading.result.info;
    take_pixels(&request->picture, &reading.result.pixels);
    vt_decode_result_clear(&reading.result);
    if (!request->has_view && request->region.width == 0) {
        count_histogram(&request->picture);
    }
    if (request->picture.partial) {
        request->error = *error;
        vt_error_clear(error);
    }
    return true;
}

/* ---- ends ---- */

/* The answer goes to the main thread. */
static void answer(vt_request *request, bool done, const vt_error *error)
{
    request->succeeded = done && request->picture.pixels;
    if (!request->succeeded || !request->picture.partial) {
        request->error = *error;
    }
    if (done && !request->succeeded) {
        vt_error_set(&request->error, VT_ERROR_INTERNAL, "the decoder gave no picture");
    }
    if (!vt_mailbox_post(request->engine->mailbox, &request->message)) {
        vt_request_unref(request, 1);
    }
}

/* ---- images: a task each ---- */

static bool run_image(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    vt_request *request = user;
    if (request->is_count) {
        count_histogram(&request->picture);
        return true;
    }
    int cancel_fd = vt_cancel_fd(request->cancel, error);
    return cancel_fd >= 0 && make_image(request, cancel_fd, error);
}

static void image_finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    vt_request *request = user;
    vt_engine *engine = request->engine;
    answer(request, state == VT_TASK_DONE, error);
    vt_pulse_task_ended(engine);
}

static const vt_task_ops image_ops = {"image-view", run_image, image_finished, NULL};

vt_task *vt_request_task_create(vt_request *request)
{
    return vt_task_create(&image_ops, request, request->cancel);
}

/* ---- thumbnails: slots ---- */

typedef struct slot {
    vt_engine *engine;
    vt_request *request; /* what it took; NULL: nothing */
    vt_helper_class helper_class;
} slot;

static bool run_slot(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    slot *of = user;
    of->request = vt_dispatch_take(of->engine, &of->helper_class);
    if (!of->request) {
        return true; /* what it was meant for was cancelled, or another slot was quicker */
    }
    int cancel_fd = vt_cancel_fd(of->request->cancel, error);
    return cancel_fd >= 0 && make_thumbnail(of->request, of->helper_class, cancel_fd, error);
}

static void slot_finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    slot *of = user;
    vt_engine *engine = of->engine;
    bool took = of->request != NULL;
    if (took) {
        answer(of->request, state == VT_TASK_DONE, error);
    }
    vt_dispatch_slot_ended(engine, took, of->helper_class);
}

static void release_slot(void *user)
{
    free(user);
}

static const vt_task_ops slot_ops = {"thumbnail-generation", run_slot, slot_finished, release_slot};

vt_task *vt_request_slot_create(vt_engine *engine)
{
    slot *of = malloc(sizeof *of);
    if (!of) {
        return NULL;
    }
    *of = (slot){engine, NULL, VT_HELPER_BACKGROUND};
    vt_task *task = vt_task_create(&slot_ops, of, engine->cancel);
    if (!task) {
        free(of);
    }
    return task;
}
