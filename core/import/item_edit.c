#include "core/import/item_edit.h"

#include "core/edit/show.h"
#include "core/import/engine_private.h"
#include "core/import/errand.h"
#include "core/import/sidecars_private.h"

#include <stdlib.h>
#include <string.h>

/* One errand: an edit, or a step gone over once more. */
typedef struct edit_job {
    vt_edit_action action;
    vt_edit_step *step;         /* one reference */
    vt_item_edit edit;          /* of VT_EDIT_MAKE; its texts are owned */
    vt_edit_target *target;     /* owned */
    vt_sidecar_choice *choices; /* owned; of VT_EDIT_TAKE_SIDECAR */
    size_t choice_count;
    vt_edit_ready ready;
    void *user;
    size_t skipped;
    uint64_t version;
} edit_job;

/* ---- an edit of one's own ---- */

static void free_edit(vt_item_edit *edit)
{
    free((char *)edit->text);
    for (size_t i = 0; edit->tags && i < edit->tag_count; i++) {
        free((char *)edit->tags[i]);
    }
    free((char **)edit->tags);
}

static bool copy_edit(const vt_item_edit *from, vt_item_edit *to)
{
    *to = *from;
    to->text = from->text ? strdup(from->text) : NULL;
    char **tags = calloc(from->tag_count + 1, sizeof *tags);
    to->tags = (const char *const *)tags;
    bool done = tags && (to->text || !from->text);
    for (size_t i = 0; done && i < from->tag_count; i++) {
        tags[i] = strdup(from->tags[i]);
        done = tags[i] != NULL;
    }
    if (!done) {
        free_edit(to);
    }
    return done;
}

static void release_job(void *user)
{
    edit_job *job = user;
    if (job->action == VT_EDIT_MAKE) {
        free_edit(&job->edit);
    }
    vt_edit_target_release(job->target);
    vt_edit_step_release(job->step);
    free(job->choices);
    free(job);
}

/* ---- the writer's part ---- */

static vt_change_direction direction_of(const edit_job *job)
{
    return job->action == VT_EDIT_UNDO ? VT_CHANGE_BACK : VT_CHANGE_FORTH;
}

static bool put_rows(vt_engine *engine, const void *what, const vt_snapshot *before, vt_error *error)
{
    const edit_job *job = what;
    return vt_edit_show(engine->index, engine->catalog, before, job->step->change, direction_of(job),
                        job->skipped, error);
}

static void publish(vt_engine *engine, edit_job *job)
{
    uint32_t first_row = 0;
    uint32_t row_count = 0;
    if (!engine->index || !job->step->change) {
        return;
    }
    vt_writer_publish(engine, put_rows, job, &first_row, &row_count);
    const vt_snapshot *after = vt_index_snapshot(engine->index);
    job->version = vt_snapshot_version(after);
    vt_snapshot_release(after);
    vt_engine_tell_rows_changed(engine);
}

static bool make(vt_engine *engine, edit_job *job, vt_error *error)
{
    if (job->choices) {
        job->step->change =
            vt_change_take_sidecars(engine->catalog_writer, job->choices, job->choice_count, error);
        return job->step->change != NULL;
    }
    int64_t *ids = vt_edit_target_list(job->target, error);
    if (ids) {
        job->step->change =
            vt_change_make(engine->catalog_writer, &job->edit, ids, vt_edit_target_count(job->target), error);
    }
    free(ids);
    return job->step->change != NULL;
}

static bool run_job(vt_engine *engine, void *user, vt_error *error)
{
    edit_job *job = user;
    const vt_change *change = job->step->change;
    bool done;
    if (job->action == VT_EDIT_MAKE) {
        done = make(engine, job, error);
    } else { /* a step that was never made has nothing to go over */
        done = !change ||
               vt_change_apply(engine->catalog_writer, change, direction_of(job), &job->skipped, error);
    }
    if (done) {
        publish(engine, job);
        vt_sidecar_service_poke(engine->sidecars);
    }
    return done;
}

/* ---- the main thread's part ---- */

static void done_job(vt_engine *engine, void *user, const vt_error *error)
{
    edit_job *job = user;
    if (job->action == VT_EDIT_MAKE) {
        vt_history_settle(engine->history, job->step);
    } else if (error) {
        vt_history_revert(engine->history, job->step, job->action == VT_EDIT_UNDO);
    }
    size_t values = !error && job->step->change ? vt_change_count(job->step->change) : 0;
    const vt_edit_result result = {.action = job->action,
                                   .step = job->step,
                                   .changed = values - job->skipped,
                                   .skipped = job->skipped,
                                   .version = job->version,
                                   .error = error};
    if (job->ready) {
        job->ready(job->user, &result);
    }
}

static const vt_errand_ops edit_ops = {"item-edit", run_job, done_job, release_job};

static bool no_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for an edit");
}

static bool check_writable(const vt_engine *engine, vt_error *error)
{
    return engine->catalog_writer ||
           vt_error_set(error, VT_ERROR_READ_ONLY, "the catalog %s is open for reading only",
                        vt_catalog_path(engine->catalog));
}

/* Takes over the job, whose step stands in the history from now on. */
static bool post_step(vt_engine *engine, edit_job *job, vt_error *error)
{
    vt_edit_step *step = vt_edit_step_retain(job->step);
    bool posted = vt_errand_post(engine, &edit_ops, job, error);
    if (posted) {
        vt_history_push(engine->history, step);
    }
    vt_edit_step_release(step);
    return posted;
}

bool vt_engine_edit(vt_engine *engine, const vt_item_edit *edit, vt_edit_target *target, vt_edit_ready ready,
                    void *user, vt_error *error)
{
    if (!target) {
        return no_memory(error);
    }
    bool good = check_writable(engine, error) && vt_item_edit_check(edit, error);
    edit_job *job = good ? calloc(1, sizeof *job) : NULL;
    if (!job || !copy_edit(edit, &job->edit)) {
        free(job);
        vt_edit_target_release(target);
        return good ? no_memory(error) : false;
    }
    job->action = VT_EDIT_MAKE;
    job->target = target;
    job->ready = ready;
    job->user = user;
    size_t count = vt_edit_target_count(target);
    job->step = vt_edit_step_create(edit->kind, vt_edit_kind_is_of_itself(edit->kind) && !count ? 1 : count);
    if (!job->step) {
        release_job(job);
        return no_memory(error);
    }
    return post_step(engine, job, error);
}

bool vt_engine_take_sidecars(vt_engine *engine, const vt_sidecar_choice *choices, size_t count,
                             vt_edit_ready ready, void *user, vt_error *error)
{
    edit_job *job = check_writable(engine, error) ? calloc(1, sizeof *job) : NULL;
    if (!job) {
        return engine->catalog_writer ? no_memory(error) : false;
    }
    *job = (edit_job){.action = VT_EDIT_MAKE,
                      .choices = calloc(count + 1, sizeof *choices),
                      .choice_count = count,
                      .ready = ready,
                      .user = user,
                      .step = vt_edit_step_create(VT_EDIT_TAKE_SIDECAR, count)};
    if (!job->choices || !job->step) {
        release_job(job);
        return no_memory(error);
    }
    memcpy(job->choices, choices, count * sizeof *choices);
    return post_step(engine, job, error);
}

static bool go_over(vt_engine *engine, vt_edit_action action, vt_edit_ready ready, void *user,
                    vt_error *error)
{
    bool undo = action == VT_EDIT_UNDO;
    if (!check_writable(engine, error)) {
        return false;
    }
    vt_edit_step *step = undo ? vt_history_to_undo(engine->history) : vt_history_to_redo(engine->history);
    if (!step) {
        return vt_error_set(error, VT_ERROR_NOT_FOUND, "there is nothing to %s", undo ? "undo" : "redo");
    }
    edit_job *job = calloc(1, sizeof *job);
    if (!job) {
        return no_memory(error);
    }
    *job = (edit_job){.action = action, .step = vt_edit_step_retain(step), .ready = ready, .user = user};
    if (!vt_errand_post(engine, &edit_ops, job, error)) {
        return false;
    }
    if (undo) {
        vt_history_back(engine->history);
    } else {
        vt_history_forth(engine->history);
    }
    return true;
}

bool vt_engine_undo(vt_engine *engine, vt_edit_ready ready, void *user, vt_error *error)
{
    return go_over(engine, VT_EDIT_UNDO, ready, user, error);
}

bool vt_engine_redo(vt_engine *engine, vt_edit_ready ready, void *user, vt_error *error)
{
    return go_over(engine, VT_EDIT_REDO, ready, user, error);
}

const vt_history *vt_engine_history(const vt_engine *engine)
{
    return engine->history;
}
