#include "core/import/engine_private.h"

#include "core/import/dispatch.h"
#include "core/import/fault.h"
#include "core/import/frames.h"
#include "core/import/growth.h"
#include "core/import/reading.h"
#include "core/import/shared_thumb.h"

#include <stdlib.h>

#define GROWTHS_MAX 2 /* a file that stops and grows on is read again so often */

/* What the task carries. */
typedef struct work {
    vt_engine *engine;
    vt_entry *entry; /* owned until it has gone to the writer */
} work;

/* What a fault makes of the entry. False if the task ends with it. */
static bool take_fault(vt_entry *entry, bool judged, vt_error *error)
{
    if (error->code == VT_ERROR_CANCELLED) {
        return false;
    }
    if (!judged && vt_fault_is_ours(error)) {
        vt_fault_explain(error, entry->path);
        vt_import_abort(entry->import, error);
        return false;
    }
    vt_entry_take_fault(entry, error);
    return true;
}

/* Of a sequence the frame that stands for it. */
static bool read_entry(const work *job, const vt_decode_request *request, vt_reading *reading,
                       vt_error *error)
{
    vt_entry *entry = job->entry;
    int cancel_fd = vt_import_cancel_fd(entry->import);
    if (entry->frames) {
        return vt_frames_read(entry->frames, job->engine->helpers, VT_HELPER_BACKGROUND, entry->path,
                              vt_path_folder_length(entry->item.name_at), request, cancel_fd, reading, error);
    }
    return vt_reading_run(job->engine->helpers, VT_HELPER_BACKGROUND, entry->path, entry->item.path_length,
                          request, cancel_fd, reading, error);
}

static bool run(vt_task *task, void *user, vt_error *error)
{
    work *job = user;
    vt_entry *entry = job->entry;
    vt_reading reading;
    const vt_decode_request request = {
        .what = VT_WHAT_THUMBNAIL, .box_width = VT_STORED_SIDE, .box_height = VT_STORED_SIDE};
    if (!vt_cancel_check(vt_task_cancel_token(task), error)) {
        return false;
    }
    bool read = read_entry(job, &request, &reading, error);
    for (int again = 0; !read && !entry->frames && again < GROWTHS_MAX; again++) {
        if (!vt_growth_wait(entry->path, entry->item.path_length, &reading.stat,
                            vt_import_cancel_fd(entry->import), error)) {
            break;
        }
        vt_decode_result_clear(&reading.result);
        read = read_entry(job, &request, &reading, error);
    }
    if (reading.stat.st_ino && !entry->frames) {
        vt_entry_set_stat(entry, &reading.stat);
    }
    if (!entry->frames) {
        vt_shared_thumbs_offer(job->engine->shared, entry->path, entry->item.path_length, &reading, read);
    }
    if (read) {
        vt_entry_take_reading(entry, &reading);
        vt_claims_settle(job->engine->claims, entry);
    }
    vt_decode_result_clear(&reading.result); /* part of a picture, too: an item is whole or a failure */
    if (!read && !take_fault(entry, reading.judged, error)) {
        return false;
    }
    vt_error_clear(error);
    vt_import_decoded(entry->import);
    return true;
}

static void finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    (void)error;
    work *job = user;
    vt_engine *engine = job->engine;
    vt_entry *entry = job->entry;
    job->entry = NULL;
    vt_dispatch_entry_decoded(engine, entry);
    if (state == VT_TASK_DONE) {
        vt_pipeline_to_writer(engine, entry);
    } else {
        vt_pipeline_drop(engine, entry);
    }
    vt_dispatch_entry_ended(engine);
}

static void release(void *user)
{
    free(user);
}

static const vt_task_ops combined_ops = {"combined-processing", run, finished, release};

vt_task *vt_combined_task_create(vt_engine *engine, vt_entry *entry)
{
    work *job = malloc(sizeof *job);
    if (!job) {
        return NULL;
    }
    *job = (work){engine, entry};
    vt_task *task = vt_task_create(&combined_ops, job, vt_import_token(entry->import));
    if (!task) {
        free(job);
    }
    return task;
}

void vt_combined_task_disown(vt_task *task)
{
    ((work *)vt_task_user(task))->entry = NULL;
}
