#include "app/ui/files/export_job.h"

#include "core/base/thread.h"
#include "core/export/export_copy.h"
#include "core/import/request.h"

#include <qt6c/invoke.h>
#include <qt6c/qtimer.h>

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    TELL_MS = 150,
    ASKED_MAX = 16 /* pictures of a contact sheet that are asked for at once: a MiB each at most */
};

/* A cell of the page of a contact sheet, on its way. */
typedef struct page_cell {
    struct vt_export_job *job;
    size_t chosen;       /* which of them */
    vt_request *request; /* NULL: not asked for, or over */
    vt_error fault;      /* why there is no picture */
    bool over;
} page_cell;

struct vt_export_job {
    vt_engine *engine;
    vt_executor *executor;
    vt_chosen *chosen; /* owned */
    vt_export_wish wish;
    vt_export_ops ops;
    vt_cancel *cancel;
    QObject *receiver; /* of what workers post: gone with the job */
    QTimer *tell;

    atomic_llong done, failed, total;
    vt_export_failure *failures; /* owned; whoever works adds to them: one at a time */
    size_t failure_count;
    vt_error fault;

    /* All but contact sheets. */
    pthread_t thread;
    bool working;

    /* Contact sheets: some pictures of a page are asked for at a time, and painted when all have come. */
    vt_task *task;
    vt_sheet *sheet;
    size_t first, cell_count; /* of the page: the chosen ones from `first` on */
    size_t asked, over;       /* of its cells */
    vt_sheet_cell *cells;     /* of the page */
    page_cell *page;          /* owned, as these: what becomes of them */
    bool ended;
};

static void go_on(vt_export_job *job);

bool vt_export_picture_wish(const vt_export_wish *wish, vt_picture_wish *pictures)
{
    *pictures = (vt_picture_wish){.side = (uint32_t)wish->side,
                                  .quality = wish->quality,
                                  .frames = wish->frames,
                                  .describe = wish->describe};
    switch (wish->kind) {
    case VT_EXPORT_JPEG:
        pictures->format = VT_PICTURE_JPEG;
        return true;
    case VT_EXPORT_PNG:
        pictures->format = VT_PICTURE_PNG;
        return true;
    case VT_EXPORT_WEBP:
        pictures->format = VT_PICTURE_WEBP;
        return true;
    default:
        return false;
    }
}

bool vt_export_sheet_wish(const vt_export_wish *wish, size_t items, vt_sheet_options *sheet)
{
    *sheet = (vt_sheet_options){.folder = wish->folder,
                                .name = "contact sheet",
                                .pdf = wish->kind == VT_EXPORT_SHEET_PDF,
                                .paper = wish->paper,
                                .landscape = wish->landscape,
                                .columns = wish->columns,
                                .captions = wish->captions,
                                .items = items};
    return wish->kind == VT_EXPORT_SHEET_PDF || wish->kind == VT_EXPORT_SHEET_PNG;
}

static void note_failure(vt_export_job *job, const char *path, const vt_error *error)
{
    atomic_fetch_add(&job->failed, 1);
    if (!job->failures) {
        job->failures = calloc(VT_EXPORT_FAILURES_MAX, sizeof *job->failures);
    }
    char *copy = job->failures && job->failure_count < VT_EXPORT_FAILURES_MAX ? strdup(path) : NULL;
    if (copy) {
        job->failures[job->failure_count++] = (vt_export_failure){copy, *error};
    }
}

static void on_tell(void *user)
{
    vt_export_job *job = user;
    job->ops.progress(job->ops.user, vt_export_done(job), atomic_load(&job->total));
    if (job->sheet && vt_cancel_requested(job->cancel)) {
        go_on(job); /* whatever is being waited for */
    }
}

static void end(vt_export_job *job)
{
    if (!job->ended) {
        job->ended = true;
        q_timer_stop(job->tell);
        job->ops.finished(job->ops.user, job->fault.code == VT_ERROR_NONE ? NULL : &job->fault);
    }
}

/* ---- copies, pictures, lists ---- */

static void copy_progress(void *user, const vt_export_progress *progress)
{
    vt_export_job *job = user;
    atomic_store(&job->done, progress->done);
    atomic_store(&job->total, progress->files);
}

static void copy_failed(void *user, const char *path, const vt_error *error)
{
    note_failure(user, path, error);
}

static void take_copies(void *user)
{
    vt_export_job *job = user;
    pthread_join(job->thread, NULL);
    job->working = false;
    end(job);
}

static bool write_list(vt_export_job *job, bool json, vt_error *error)
{
    vt_str temporary = VT_STR_INIT;
    const vt_item_columns all = vt_item_columns_all();
    const vt_listed_rows rows = vt_chosen_rows(job->chosen);
    int file = vt_export_begin(job->wish.folder, &temporary, error);
    FILE *stream = file >= 0 ? fdopen(file, "w") : NULL;
    bool done = false;
    if (stream) {
        done = vt_item_list_write(stream, json ? VT_ITEM_LIST_JSON : VT_ITEM_LIST_CSV, &rows, &all,
                                  job->cancel, error);
        if (fclose(stream) != 0 && done) {
            done = vt_error_set_errno(error, errno, "cannot write to %s", job->wish.folder);
        }
    } else if (file >= 0) {
        close(file);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a list");
    }
    if (file >= 0 && !done) {
        unlink(temporary.data);
    }
    done = done &&
           vt_export_finish(temporary.data, job->wish.folder, json ? "items.json" : "items.csv", NULL, error);
    atomic_store(&job->done, done ? (long long)rows.count : 0);
    vt_str_free(&temporary);
    return done;
}

static void *work(void *user)
{
    vt_export_job *job = user;
    vt_picture_wish pictures;
    const vt_file_items items = vt_chosen_items(job->chosen);
    const vt_export_listener listener = {copy_progress, copy_failed, job};
    if (vt_export_picture_wish(&job->wish, &pictures)) {
        vt_engine_export_pictures(job->engine, &items, job->wish.folder, &pictures, job->cancel, &listener,
                                  &job->fault);
    } else if (job->wish.kind == VT_EXPORT_COPY) {
        vt_export_items(vt_engine_catalog(job->engine), &items, job->wish.folder, job->cancel, &listener,
                        &job->fault);
    } else {
        write_list(job, job->wish.kind == VT_EXPORT_JSON, &job->fault);
    }
    items.release(items.user);
    qt_post(job->receiver, take_copies, job, NULL);
    return NULL;
}

/* ---- contact sheets ---- */

/* What is on its way does not come any more. */
static void forget_cells(vt_export_job *job)
{
    for (size_t i = 0; i < job->cell_count; i++) {
        if (job->page[i].request) {
            vt_request_cancel(job->page[i].request);
        }
        free(job->cells[i].pixels);
        free(job->cells[i].caption);
    }
    job->cell_count = 0;
}

static void begin_page(vt_export_job *job)
{
    size_t left = vt_chosen_count(job->chosen) - job->first;
    size_t full = vt_sheet_cells_per_page(job->sheet);
    job->cell_count = left < full ? left : full;
    job->asked = job->over = 0;
    for (size_t i = 0; i < job->cell_count; i++) {
        job->cells[i] = (vt_sheet_cell){0};
        job->page[i] = (page_cell){.job = job, .chosen = job->first + i};
    }
}

static bool run_write(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    vt_export_job *job = user;
    return vt_sheet_add_page(job->sheet, job->cells, job->cell_count, error);
}

static void take_written(void *user)
{
    vt_export_job *job = user;
    vt_error fault = VT_ERROR_INIT;
    vt_task_get_error(job->task, &fault);
    if (fault.code != VT_ERROR_NONE) {
        job->fault = fault; /* of the folder, not of these pictures: the next would fare no better */
    }
    vt_task_unref(job->task);
    job->task = NULL;
    job->first += job->cell_count;
    forget_cells(job);
    go_on(job);
}

static void write_finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    (void)state;
    (void)error;
    qt_post(((vt_export_job *)user)->receiver, take_written, user, NULL);
}

static const vt_task_ops write_ops = {"export", run_write, write_finished, NULL};

static void write_cells(vt_export_job *job)
{
    job->task = vt_task_create(&write_ops, job, NULL);
    if (!job->task || !vt_executor_submit(job->executor, job->task, VT_PRIORITY_NORMAL, &job->fault)) {
        vt_task_unref(job->task);
        job->task = NULL;
        vt_error_set(&job->fault, VT_ERROR_MEMORY, "out of memory for an export");
        end(job);
    }
}

/* A cell of a page stays, even if there is nothing to be seen in it. */
static void take_picture(void *user, vt_picture *picture, const vt_error *error)
{
    page_cell *of = user;
    vt_export_job *job = of->job;
    vt_item_brief item;
    vt_sheet_cell *cell = &job->cells[of->chosen - job->first];
    of->request = NULL;
    of->over = true;
    job->over++;
    vt_chosen_item(job->chosen, of->chosen, &item);
    cell->caption = vt_sheet_caption(job->wish.captions, &item);
    if (picture) {
        cell->pixels = picture->pixels;
        cell->width = picture->width;
        cell->height = picture->height;
        atomic_fetch_add(&job->done, 1);
    } else {
        of->fault = *error;
    }
    go_on(job);
}

static void ask(vt_export_job *job, page_cell *of)
{
    vt_item_brief item;
    vt_error error = VT_ERROR_INIT;
    vt_chosen_item(job->chosen, of->chosen, &item);
    const vt_snapshot *now = vt_index_snapshot(vt_engine_index(job->engine));
    uint32_t row = vt_snapshot_find(now, item.id);
    vt_snapshot_release(now);
    if (row == VT_INDEX_NO_ROW) {
        vt_error_set(&error, VT_ERROR_NOT_FOUND, "it is not in the library any more");
        take_picture(of, NULL, &error);
        return;
    }
    const int small = 256;
    uint32_t side = vt_sheet_picture_side(job->sheet) > small ? 2 * small : small;
    vt_request *request = vt_engine_request_nearby(job->engine, row, side, take_picture, of, &error);
    if (request) {
        of->request = request;
    } else if (error.code != VT_ERROR_NONE) {
        take_picture(of, NULL, &error);
    }
}

/* In the order of the page, whichever came first. */
static void tell_failures(vt_export_job *job)
{
    for (size_t i = 0; i < job->cell_count; i++) {
        vt_str path = VT_STR_INIT;
        if (job->page[i].fault.code != VT_ERROR_NONE) {
            vt_chosen_path(job->chosen, job->page[i].chosen, &path);
            note_failure(job, path.data, &job->page[i].fault);
        }
        vt_str_free(&path);
    }
}

static void go_on_with_page(vt_export_job *job)
{
    if (job->cell_count == 0) {
        begin_page(job);
    }
    while (job->asked < job->cell_count && job->asked - job->over < ASKED_MAX) {
        ask(job, &job->page[job->asked++]);
    }
    if (job->over == job->cell_count) {
        tell_failures(job);
        write_cells(job);
    }
}

static void take_turn(void *user)
{
    vt_export_job *job = user;
    bool all = job->first == vt_chosen_count(job->chosen);
    if (job->ended || job->task) {
        return; /* what is written goes on by itself */
    }
    if (vt_cancel_requested(job->cancel) && !all) {
        vt_error_set(&job->fault, VT_ERROR_CANCELLED, "stopped");
    }
    if (job->fault.code != VT_ERROR_NONE) {
        forget_cells(job);
        end(job);
    } else if (all) {
        if (job->sheet) {
            vt_sheet_finish(job->sheet, NULL, &job->fault);
        }
        end(job);
    } else {
        go_on_with_page(job);
    }
}

/* From the event loop: whatever fails at once must not nest. */
static void go_on(vt_export_job *job)
{
    qt_post(job->receiver, take_turn, job, NULL);
}

static bool start_sheet(vt_export_job *job, const vt_sheet_options *options, vt_error *error)
{
    job->sheet = vt_sheet_create(options, error);
    if (!job->sheet) {
        return false;
    }
    size_t cells = vt_sheet_cells_per_page(job->sheet);
    job->cells = calloc(cells, sizeof *job->cells);
    job->page = calloc(cells, sizeof *job->page);
    if (!job->cells || !job->page) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for an export");
    }
    go_on(job);
    return true;
}

/* ---- life ---- */

vt_export_job *vt_export_start(vt_engine *engine, vt_executor *executor, vt_chosen *chosen,
                               const vt_export_wish *wish, const vt_export_ops *ops, vt_error *error)
{
    vt_export_job *job = calloc(1, sizeof *job);
    if (!job) {
        vt_chosen_unref(chosen);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for an export");
        return NULL;
    }
    job->engine = engine;
    job->executor = executor;
    job->chosen = chosen;
    job->wish = *wish;
    job->wish.folder = strdup(wish->folder);
    job->ops = *ops;
    job->cancel = vt_cancel_create(NULL);
    job->receiver = q_object_new(NULL);
    job->tell = q_timer_new(job->receiver);
    atomic_store(&job->total, (long long)vt_chosen_count(chosen));
    q_timer_set_interval(job->tell, TELL_MS);
    q_timer_on_timeout(job->tell, job->receiver, on_tell, job);
    vt_sheet_options sheet;
    bool started = job->wish.folder && job->cancel;
    if (!started) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for an export");
    } else if (vt_export_sheet_wish(&job->wish, vt_chosen_count(chosen), &sheet)) {
        started = start_sheet(job, &sheet, error);
    } else {
        started = job->working = vt_thread_start(&job->thread, "export", work, job) == 0;
        if (!started) {
            vt_error_set(error, VT_ERROR_MEMORY, "the system gives no thread for an export");
        }
    }
    if (!started) {
        vt_export_free(job);
        return NULL;
    }
    q_timer_start(job->tell);
    return job;
}

void vt_export_cancel(vt_export_job *job)
{
    vt_cancel_request(job->cancel);
}

void vt_export_free(vt_export_job *job)
{
    if (!job) {
        return;
    }
    job->ended = true;
    if (job->cancel) {
        vt_cancel_request(job->cancel);
    }
    if (job->working) {
        pthread_join(job->thread, NULL);
    }
    if (job->task) {
        vt_task_wait(job->task, VT_FOREVER);
        vt_task_unref(job->task);
    }
    q_object_delete(job->receiver); /* what is on its way is dropped */
    forget_cells(job);
    vt_sheet_free(job->sheet);
    for (size_t i = 0; i < job->failure_count; i++) {
        free(job->failures[i].path);
    }
    free(job->failures);
    free(job->cells);
    free(job->page);
    free(job->wish.folder);
    vt_cancel_unref(job->cancel);
    vt_chosen_unref(job->chosen);
    free(job);
}

int64_t vt_export_done(const vt_export_job *job)
{
    return atomic_load(&((vt_export_job *)job)->done);
}

int64_t vt_export_failed(const vt_export_job *job)
{
    return atomic_load(&((vt_export_job *)job)->failed);
}

const vt_export_failure *vt_export_failures(const vt_export_job *job, size_t *count)
{
    *count = job->failure_count;
    return job->failures;
}
