#include "core/base/clock.h"
#include "core/import/errand.h"
#include "core/import/file_work_private.h"

#include <stdlib.h>
#include <string.h>

/* ---- tasks: preparing, and the steps on the disk ---- */

static void follow(vt_file_work *work);
static void note(vt_file_work *work);
static void refused(vt_file_work *work);

typedef enum task_kind { TASK_PREPARE, TASK_MOVE } task_kind;

typedef struct step_task {
    vt_message message; /* first */
    vt_file_work *work;
    task_kind kind;
} step_task;

static void prepared(vt_file_work *work)
{
    work->figures.prepared = true;
    bool nothing = work->settling ? !work->found : work->steps.count == 0;
    if (work->fault.code != VT_ERROR_NONE && work->undoes.id && !work->settling) {
        refused(work);
    } else if (work->fault.code != VT_ERROR_NONE || nothing) {
        vt_file_work_end(work);
    } else if (work->settling) {
        follow(work);
    } else {
        note(work);
    }
}

static void deliver_task(vt_message *message, void *actor)
{
    (void)actor;
    step_task *task = (step_task *)message;
    vt_file_work *work = task->work;
    task_kind kind = task->kind;
    free(task);
    if (kind == TASK_PREPARE) {
        prepared(work);
    } else {
        follow(work);
    }
}

static void discard_task(vt_message *message)
{
    free(message);
}

static const vt_message_ops task_message = {"files", deliver_task, discard_task};

static bool run_task(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    const step_task *step = user;
    vt_file_work *work = step->work;
    if (step->kind == TASK_MOVE) {
        return vt_file_steps_run(work) || vt_error_set(error, VT_ERROR_CANCELLED, "stopped");
    }
    bool done = work->settling    ? vt_file_settle_read(work, &work->found, &work->fault)
                : work->recalls   ? vt_file_recall_read(work, &work->fault)
                : work->undoes.id ? vt_file_undo_prepare(work, &work->fault)
                                  : vt_file_steps_prepare(work, &work->fault);
    return done || vt_error_set(error, VT_ERROR_CANCELLED, "not begun");
}

static void task_finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    step_task *step = user;
    vt_engine *engine = step->work->engine;
    if (state != VT_TASK_DONE && step->work->fault.code == VT_ERROR_NONE) {
        step->work->fault = *error; /* it was cancelled before it ran */
    }
    if (!vt_mailbox_post(engine->mailbox, &step->message)) {
        free(step);
    }
    vt_pulse_task_ended(engine);
}

static const vt_task_ops task_ops = {"files", run_task, task_finished, NULL};

static void submit(vt_file_work *work, task_kind kind)
{
    vt_engine *engine = work->engine;
    step_task *step = calloc(1, sizeof *step);
    /* Taking back goes on after Cancel: the token of the work is asked by the steps. */
    vt_task *task = step ? vt_task_create(&task_ops, step, engine->cancel) : NULL;
    bool started = false;
    if (task) {
        *step = (step_task){{.ops = &task_message}, work, kind};
        pthread_mutex_lock(&engine->lock);
        engine->tasks++;
        pthread_mutex_unlock(&engine->lock);
        started = vt_executor_submit(engine->executor, task, VT_PRIORITY_CRITICAL, &work->fault);
        vt_task_unref(task);
        if (!started) {
            pthread_mutex_lock(&engine->lock);
            engine->tasks--;
            pthread_mutex_unlock(&engine->lock);
        }
    } else {
        vt_error_set(&work->fault, VT_ERROR_MEMORY, "out of memory for files to be moved");
    }
    if (!started) {
        free(step);
        work->keep_note = work->id != 0;
        vt_file_work_end(work);
    }
}

static void start_moving(vt_file_work *work)
{
    submit(work, TASK_MOVE);
}

/* ---- errands: the journal, and the rows ---- */

static void post(vt_file_work *work, const vt_errand_ops *ops)
{
    if (!vt_errand_post(work->engine, ops, work, &work->fault)) {
        work->keep_note = work->id != 0;
        vt_file_work_end(work);
    }
}

static bool run_note(vt_engine *engine, void *user, vt_error *error)
{
    vt_file_work *work = user;
    const vt_file_journal_entry start = {
        .kind = work->kind, .undoes = work->undoes.id, .items = work->figures.items};
    return vt_file_journal_begin(engine->catalog_writer, &start, &work->steps, &work->id, error);
}

static void noted(vt_engine *engine, void *user, const vt_error *error)
{
    (void)engine;
    vt_file_work *work = user;
    if (error) {
        work->fault = *error;
        refused(work);
    } else {
        start_moving(work);
    }
}

static const vt_errand_ops note_ops = {"files: note", run_note, noted, NULL};

static void note(vt_file_work *work)
{
    post(work, &note_ops);
}

/* The row as it was, but for its place and state. */
static bool put_row(vt_engine *engine, const vt_snapshot *before, const vt_file_row *row,
                    const vt_file_step *step, vt_error *error)
{
    if (row->replaced_id && !vt_index_remove(engine->index, row->replaced_id, error)) {
        return false;
    }
    uint32_t at = row->id ? vt_snapshot_find(before, row->id) : VT_INDEX_NO_ROW;
    if (at == VT_INDEX_NO_ROW) {
        return true;
    }
    if (row->removed) {
        return vt_index_remove(engine->index, row->id, error);
    }
    vt_item_brief brief;
    uint32_t length = (uint32_t)strlen(step->to);
    uint32_t name_at = vt_path_split(step->to, length);
    vt_snapshot_item(before, at, &brief);
    brief.folder_id = row->folder_id;
    brief.name = step->to + name_at;
    brief.name_length = length - name_at;
    brief.state = row->state;
    return vt_index_add_folder(engine->index, row->folder_id, step->to, vt_path_folder_length(name_at),
                               error) &&
           vt_index_put(engine->index, &brief, 1, error);
}

static bool put_rows(vt_engine *engine, const void *what, const vt_snapshot *before, vt_error *error)
{
    const vt_file_work *work = what;
    bool done = true;
    for (size_t i = work->at; done && i < work->batch; i++) {
        done = put_row(engine, before, &work->rows[i - work->at], &work->steps.steps[i], error);
    }
    return done;
}

static bool run_follow(vt_engine *engine, void *user, vt_error *error)
{
    vt_file_work *work = user;
    uint32_t first, count;
    if (!vt_file_journal_follow(engine->catalog_writer, work->kind, work->id, &work->steps, work->at,
                                work->batch, work->rows, error)) {
        return false;
    }
    vt_writer_publish(engine, put_rows, work, &first, &count);
    vt_engine_tell_rows_changed(engine);
    return true;
}

/* All that was renamed is given back its name of before, by a work of its own in the journal, which cannot be
   undone: if this was an undo, what it was to undo still can. */
static bool run_turn(vt_engine *engine, void *user, vt_error *error)
{
    vt_file_work *work = user;
    vt_file_steps back = VT_FILE_STEPS_INIT;
    int64_t id = 0;
    bool done = vt_file_steps_reverse(work->kind, &work->steps, &back) ||
                vt_error_set(error, VT_ERROR_MEMORY, "out of memory for files to be moved");
    const vt_file_journal_entry start = {.kind = VT_FILE_RENAME_BACK, .replaces = work->id};
    done = done && vt_file_journal_begin(engine->catalog_writer, &start, &back, &id, error);
    if (!done) {
        vt_file_steps_clear(&back);
        return false;
    }
    vt_file_steps_clear(&work->steps);
    work->steps = back;
    work->id = id;
    work->kind = VT_FILE_RENAME_BACK;
    work->figures.taking_back = true;
    work->at = work->batch = 0;
    work->first_fault = work->fault;
    vt_error_clear(&work->fault);
    return true;
}

static bool run_end(vt_engine *engine, void *user, vt_error *error)
{
    vt_file_work *work = user;
    bool turned_back = work->first_fault.code != VT_ERROR_NONE;
    int64_t undoes = turned_back ? 0 : work->undoes.id;
    if (!vt_file_finished_end(engine->catalog_writer, work->kind, work->id, undoes, &work->steps,
                              &work->kept.id, error)) {
        return false;
    }
    work->kept = work->kept.id && work->kept.id == work->id
                     ? (vt_file_finished){work->id, work->kind, vt_clock_wall(), work->figures.items,
                                          work->figures.done}
                 : work->kept.id || turned_back ? work->undoes
                                                : (vt_file_finished){0};
    return true;
}

static void catalog_failed(vt_file_work *work, const vt_error *error)
{
    work->keep_note = true; /* the next start finds out how far it came */
    work->fault = *error;
    vt_file_work_end(work);
}

static void turned(vt_engine *engine, void *user, const vt_error *error)
{
    (void)engine;
    if (error) {
        catalog_failed(user, error);
    } else {
        start_moving(user);
    }
}

static void closed(vt_engine *engine, void *user, const vt_error *error)
{
    (void)engine;
    vt_file_work *work = user;
    if (error) {
        catalog_failed(work, error);
        return;
    }
    work->id = 0;
    vt_file_work_end(work);
}

static const vt_errand_ops turn_ops = {"files: take back", run_turn, turned, NULL};
static const vt_errand_ops end_ops = {"files: end", run_end, closed, NULL};

static void followed(vt_engine *engine, void *user, const vt_error *error)
{
    (void)engine;
    vt_file_work *work = user;
    if (error) {
        catalog_failed(work, error);
        return;
    }
    work->at = work->batch;
    if (work->listener.progress) {
        work->listener.progress(work->listener.user, work);
    }
    bool renames = work->kind == VT_FILE_RENAME ||
                   (work->kind == VT_FILE_RENAME_BACK && !work->figures.taking_back && !work->settling);
    bool failed = work->fault.code != VT_ERROR_NONE;
    bool settled = work->settling && !work->figures.taking_back && work->at >= work->came_to;
    if (settled && work->kind == VT_FILE_RENAME_BACK) {
        work->figures.taking_back = true; /* and it is gone on with */
        settled = false;
    }
    if (work->settling && !work->figures.taking_back && !settled) {
        follow(work);
    } else if (renames && (failed || settled)) {
        post(work, &turn_ops);
    } else if (failed || settled || work->at == work->steps.count) {
        post(work, &end_ops);
    } else {
        start_moving(work);
    }
}

static bool run_forget(vt_engine *engine, void *user, vt_error *error)
{
    const vt_file_work *work = user;
    return vt_file_journal_forget(engine->catalog_writer, work->undoes.id, error);
}

static void forgotten(vt_engine *engine, void *user, const vt_error *error)
{
    (void)engine;
    (void)error; /* it is refused again, then */
    vt_file_work_end(user);
}

static const vt_errand_ops forget_ops = {"files: forget", run_forget, forgotten, NULL};

/* An undo that has not begun. What it was to undo can be tried again, unless files of it are gone. */
static void refused(vt_file_work *work)
{
    if (work->forgets) {
        vt_error fault = work->fault;
        work->kept = (vt_file_finished){0};
        if (vt_errand_post(work->engine, &forget_ops, work, &work->fault)) {
            return;
        }
        work->fault = fault;
    } else if (work->fault.code != VT_ERROR_CHANGED || work->steps.count > 0) {
        work->kept = work->undoes; /* with id 0: nothing */
    }
    vt_file_work_end(work);
}

static const vt_errand_ops follow_ops = {"files: rows", run_follow, followed, NULL};

static void follow(vt_file_work *work)
{
    if (work->settling && !work->figures.taking_back) {
        size_t end = work->at + VT_FILE_BATCH;
        work->batch = end < work->came_to ? end : work->came_to;
        work->batch = work->batch > work->at ? work->batch : work->at;
    }
    post(work, &follow_ops);
}

void vt_file_work_begin(vt_file_work *work)
{
    submit(work, TASK_PREPARE);
}
