#include "app/ui/library/twins.h"

#include "app/ui/library/edits.h"
#include "app/ui/library/library_private.h"

#include <stdlib.h>

/* A view that changes faster than it can be gone through is given up after so many. */
enum { ATTEMPTS = 5 };

typedef struct twin_job {
    vt_library *library; /* only touched on the UI thread, like the next */
    vt_executor *executor;
    QObject *receiver; /* the library's: gone with it, and with it what is on its way */
    vt_task *task;
    vt_twin_work work;
    const vt_view *view;    /* retained */
    vt_selection selection; /* what is selected; then what is to be */
    vt_twin_gifts gifts;
    bool good;
    int attempt;
    vt_twin_done done;
    void *user;
} twin_job;

static bool start(const twin_job *from, int attempt);

static bool run(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    (void)error;
    twin_job *job = user;
    vt_twin_kind kind = vt_twin_kind_of(job->view);
    vt_selection chosen = VT_SELECTION_INIT;
    switch (job->work) {
    case VT_TWIN_SELECT_ALL:
        job->good = vt_twin_select_all_but_best(job->view, kind, &chosen);
        break;
    case VT_TWIN_SELECT_OTHERS:
        job->good = vt_twin_select_others(job->view, kind, job->selection.current, &chosen);
        break;
    case VT_TWIN_GIVE:
        job->good = vt_twin_find_gifts(job->view, kind, &job->selection, &job->gifts);
        return job->good;
    }
    vt_selection_free(&job->selection);
    job->selection = chosen;
    return job->good;
}

static void release(void *user)
{
    twin_job *job = user;
    vt_view_release(job->view);
    vt_selection_free(&job->selection);
    vt_twin_gifts_clear(&job->gifts);
    free(job);
}

/* ---- on the UI thread ---- */

static bool make_gifts(twin_job *job, size_t *made, vt_error *error)
{
    if (job->gifts.count > VT_TWIN_GIFTS_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT,
                            "the duplicates have %zu different tags and ratings to give, and %d can be given "
                            "at once: select fewer groups",
                            job->gifts.count, VT_TWIN_GIFTS_MAX);
    }
    for (size_t i = 0; i < job->gifts.count; i++) {
        const vt_twin_gift *gift = &job->gifts.list[i];
        const char *const tags[] = {gift->tag};
        const vt_item_edit edit = {.kind = gift->rating ? VT_EDIT_RATING : VT_EDIT_ADD_TAGS,
                                   .number = gift->rating,
                                   .tags = tags,
                                   .tag_count = gift->rating ? 0 : 1};
        vt_edit_target *target = vt_edit_target_of_items(gift->ids, gift->count);
        if (!target) {
            return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for an edit");
        }
        if (!vt_library_edit_target(job->library, &edit, target, error)) {
            return false;
        }
        ++*made;
    }
    return true;
}

/* Rows of a view that is not shown any more are no selection: it is gone through again. */
static void take(void *user)
{
    twin_job *job = user;
    vt_error error = VT_ERROR_INIT;
    vt_twin_result result = {.work = job->work, .groups = job->gifts.groups};
    bool selects = job->work != VT_TWIN_GIVE;
    job->library->twins = NULL;
    if (selects && job->view != vt_library_view(job->library) && start(job, job->attempt + 1)) {
        return;
    }
    if (!job->good) {
        vt_error_set(&error, VT_ERROR_MEMORY, "out of memory for the duplicates");
    } else if (selects && job->view != vt_library_view(job->library)) {
        vt_error_set(&error, VT_ERROR_BUSY, "what is shown changes too fast; try it again in a moment");
    } else if (selects) {
        result.selected = job->selection.rows;
        vt_library_select(job->library, &job->selection);
    } else {
        make_gifts(job, &result.gifts, &error);
    }
    result.error = error.code == VT_ERROR_NONE ? NULL : &error;
    job->done(job->user, &result);
}

static void let_go(void *user)
{
    vt_task_unref(((twin_job *)user)->task); /* and with it the job */
}

static void finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    (void)state;
    (void)error;
    twin_job *job = user;
    qt_post(job->receiver, take, job, let_go);
}

static const vt_task_ops ops = {.name = "duplicates", .run = run, .finished = finished, .release = release};

static bool start(const twin_job *from, int attempt)
{
    const vt_view *view = vt_library_view(from->library);
    twin_job *job = view && attempt < ATTEMPTS ? calloc(1, sizeof *job) : NULL;
    if (!job) {
        return false;
    }
    *job = (twin_job){.library = from->library,
                      .executor = from->executor,
                      .receiver = from->receiver,
                      .work = from->work,
                      .view = vt_view_retain(view),
                      .selection = VT_SELECTION_INIT,
                      .attempt = attempt,
                      .done = from->done,
                      .user = from->user};
    const vt_selection *selection = vt_library_selection(from->library);
    bool one = job->work == VT_TWIN_SELECT_OTHERS;
    job->selection.current = selection->current;
    bool good = one ? selection->current >= 0 && selection->current < (int64_t)vt_view_count(view)
                    : job->work == VT_TWIN_SELECT_ALL || vt_selection_copy(selection, &job->selection);
    job->task = good ? vt_task_create(&ops, job, NULL) : NULL;
    if (!job->task) {
        release(job);
        return false;
    }
    if (!vt_executor_submit(job->executor, job->task, VT_PRIORITY_HIGH, NULL)) {
        vt_task_unref(job->task);
        return false;
    }
    from->library->twins = job->task;
    return true;
}

bool vt_library_do_twins(vt_library *library, vt_executor *executor, vt_twin_work work, vt_twin_done done,
                         void *user)
{
    if (library->twins) {
        return false;
    }
    const twin_job wish = {.library = library,
                           .executor = executor,
                           .receiver = library->receiver,
                           .work = work,
                           .done = done,
                           .user = user};
    return start(&wish, 0);
}
