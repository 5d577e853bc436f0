/* Views in the making: on a worker, from what is wanted now; taken over on the UI thread. */
#include "app/ui/library/carry.h"
#include "app/ui/library/library_private.h"
#include "core/base/clock.h"

#include <stdlib.h>
#include <string.h>

enum { REBUILD_MS = 250, REBUILD_SHARE = 5 };

/* One view in the making: made on the UI thread, run on a worker, handed back. */
typedef struct build_job {
    vt_library *library; /* only touched on the UI thread */
    QObject *receiver;
    const vt_snapshot *snapshot;
    vt_filter *filter;
    char *folder;
    int64_t *open_stacks;
    vt_view_request request; /* borrows the three, and `order` */
    const vt_order *order;   /* NULL: none is at hand */
    bool behind;             /* rows have arrived since `snapshot` was taken */
    bool abandoned;          /* nobody waits for it any more; the UI thread's */
    atomic_bool cancelled;
    const vt_view *before; /* what is shown now, and what is selected in it: carried over */
    vt_selection selection;
    uint64_t selection_version;
    const vt_view *view; /* the result */
    int64_t time;
    int64_t sort_asked; /* of the library when it was made, as the next one */
    uint64_t question;
} build_job;

static void start_build(vt_library *library);

static bool run_build(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    build_job *job = user;
    int64_t start = vt_clock_thread_cpu();
    job->view = vt_view_build(job->snapshot, &job->request, &job->cancelled, error);
    if (job->view && job->before) {
        vt_selection carried = VT_SELECTION_INIT;
        vt_selection_carry(&job->selection, job->before, job->view,
                           &carried); /* without memory: less is selected */
        vt_selection_free(&job->selection);
        job->selection = carried;
    }
    job->time = vt_clock_thread_cpu() - start;
    return job->view != NULL;
}

/* A filter that is half typed may hide the current item, or all. It is current again once it is shown, unless
 * the user has chosen something meanwhile. */
static void note_current(vt_library *library, const vt_view *before)
{
    int64_t current = library->selection.current;
    if (before && current >= 0 && current < (int64_t)vt_view_count(before)) {
        library->lost.is_known = true;
        library->lost.was_selected = vt_selection_contains(&library->selection, current);
        library->lost.row = vt_view_row(before, (uint32_t)current);
        library->lost.choices = library->choices;
    }
}

static void bring_back_current(vt_library *library)
{
    vt_selection *selection = &library->selection;
    const vt_snapshot *snapshot = vt_view_snapshot(library->view);
    if (selection->current >= 0 || library->lost.choices != library->choices) {
        library->lost.is_known = false;
    }
    if (!library->lost.is_known || library->lost.row >= vt_snapshot_count(snapshot)) {
        return;
    }
    uint32_t position = vt_view_position(library->view, library->lost.row);
    if (position != VT_INDEX_NO_ROW) {
        selection->current = selection->anchor = position;
        library->lost.is_known = false;
        if (library->lost.was_selected && selection->rows == 0) {
            vt_selection_add(selection, position, (int64_t)position + 1);
        }
    }
}

/* Large selections are carried by the job; a selection that changed meanwhile, here, as long as that is
   quick. */
static bool would_lose_selection(const vt_library *library, const build_job *job)
{
    enum { QUICK_ROWS = 5000 };
    return job->selection_version != library->selection_version && library->selection.rows > QUICK_ROWS;
}

static void carry_selection(vt_library *library, build_job *job, const vt_view *before)
{
    vt_selection carried = VT_SELECTION_INIT;
    note_current(library, before);
    if (job->selection_version == library->selection_version) {
        carried = job->selection;
        job->selection = (vt_selection)VT_SELECTION_INIT;
    } else if (before) {
        vt_selection_carry(&library->selection, before, library->view, &carried);
    }
    vt_selection_free(&library->selection);
    library->selection = carried;
    library->selection_version++;
    bring_back_current(library);
}

/* The order of all rows serves the views to come. */
static void keep_order(vt_library *library)
{
    const vt_order *order = vt_view_order(library->view);
    if (order != library->order && vt_order_is_whole(order)) {
        vt_order_release(library->order);
        library->order = vt_order_retain(order);
    }
}

/* Rows that came later are shown soon; at once if there is nothing else to show. */
static void follow_up(vt_library *library, const build_job *job)
{
    if (!job->behind) {
        library->rebuild_time = job->time;
        library->built_at = vt_clock_now();
    } else if (vt_library_count(library) == 0) {
        library->stale = true;
    } else {
        vt_library_rows_arrived(library);
    }
}

/* Another view is shown from now on; takes it over. */
static const vt_view *replace_view(vt_library *library, const vt_view *view)
{
    const vt_view *before = library->view;
    library->view = view;
    vt_overlay_view_shown(library->overlay, vt_snapshot_version(vt_view_snapshot(view)));
    return before;
}

static void tell_of_view(vt_library *library)
{
    vt_library_tell_view_changed(library);
    vt_library_tell_selection_changed(library);
}

/* The view that is shown now is the first one in the order that was asked for then; 0: it is not. */
static void answer_sort(vt_library *library, int64_t asked)
{
    library->sort_time = asked ? vt_clock_now() - asked : 0;
}

static void take_view(void *user)
{
    build_job *job = user;
    vt_library *library = job->library;
    vt_task *task = library->building; /* keeps the job */
    library->building = NULL;
    library->building_cancelled = NULL;
    bool again = job->view && !job->abandoned && would_lose_selection(library, job);
    if ((!job->view || again) && !job->abandoned && !library->sort_asked) {
        library->sort_asked = job->sort_asked; /* it made way for another one */
    }
    if (again) { /* all were selected while it was built: the next one takes them along */
        library->stale = true;
    } else if (job->view && !job->abandoned) {
        library->build_time = job->time;
        answer_sort(library, job->sort_asked);
        library->builds++;
        library->shown = job->question;
        const vt_view *before = replace_view(library, job->view);
        job->view = NULL;
        carry_selection(library, job, before);
        vt_view_release(before);
        tell_of_view(library);
        keep_order(library);
        follow_up(library, job);
    }
    vt_task_unref(task);
    if (library->stale && !library->building && !library->held) {
        start_build(library);
    }
}

/* On the worker: the result goes to the UI thread, which owns the library. */
static void build_finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)state;
    (void)error;
    (void)task;
    build_job *job = user;
    qt_post(job->receiver, take_view, job, NULL);
}

static void release_build(void *user)
{
    build_job *job = user;
    vt_view_release(job->view);
    vt_view_release(job->before);
    vt_selection_free(&job->selection);
    vt_order_release(job->order);
    vt_snapshot_release(job->snapshot);
    vt_filter_free(job->filter);
    free(job->open_stacks);
    free(job->folder);
    free(job);
}

static const vt_task_ops build_ops = {
    .name = "view", .run = run_build, .finished = build_finished, .release = release_build};

/* All but the filter. */
static vt_view_request request_of(const vt_library *library)
{
    bool whole = library->whole_folders && library->group == VT_GROUP_FOLDER && !library->opened_folder;
    vt_view_request request = {.folder_id = library->opened_folder,
                               .album_id = library->album,
                               .below = *library->folder && !library->opened_folder ? library->folder : NULL,
                               .group = library->group,
                               .group_descending = library->group_descending,
                               .stacks = library->fold_stacks && !whole,
                               .open = {library->open_stacks, library->open_count, library->open_others},
                               .positions = true};
    vt_sort sorts[VT_SORT_KEYS_MAX];
    unsigned count = vt_library_sorts(library, sorts);
    request.key = sorts[0].key;
    request.descending = sorts[0].descending;
    request.then_count = count - 1;
    memcpy(request.then, sorts + 1, (count - 1) * sizeof *sorts);
    return request;
}

/* What is wanted now can be picked from the order at hand. */
static bool serves(const vt_library *library)
{
    vt_view_request request = request_of(library);
    return library->order && vt_view_order_serves(library->order, &request);
}

static build_job *make_job(vt_library *library)
{
    vt_error error = VT_ERROR_INIT;
    size_t position = 0;
    vt_filter *filter =
        vt_filter_compile_typed(library->filter_text, strlen(library->filter_text), &position, &error);
    uint64_t question = filter ? library->question : library->shown;
    vt_library_tell_filter(library, filter != NULL, &error, position);
    if (filter) {
        vt_library_replace_text(&library->good_filter, library->filter_text, strlen(library->filter_text));
    } else {
        /* New rows, folders and orders go on being shown, through the last filter that was one. */
        filter = vt_filter_compile_typed(library->good_filter, strlen(library->good_filter), NULL, NULL);
        if (!filter) {
            return NULL;
        }
    }
    build_job *job = calloc(1, sizeof *job);
    char *folder = strdup(library->folder);
    int64_t *open = malloc((library->open_count + (size_t)1) * sizeof *open);
    if (!job || !folder || !open) {
        free(job);
        free(folder);
        free(open);
        vt_filter_free(filter);
        return NULL;
    }
    *job = (build_job){.library = library,
                       .receiver = library->receiver,
                       .snapshot = vt_index_snapshot(vt_engine_index(library->engine)),
                       .filter = filter,
                       .folder = folder,
                       .open_stacks = open,
                       .request = request_of(library),
                       .order = library->order ? vt_order_retain(library->order) : NULL,
                       .before = library->view ? vt_view_retain(library->view) : NULL,
                       .selection = VT_SELECTION_INIT,
                       .selection_version = library->selection_version,
                       .question = question};
    if (library->open_count) {
        memcpy(open, library->open_stacks, library->open_count * sizeof *open);
    }
    job->request.open.ids = open;
    job->request.filter = filter;
    job->request.below = job->request.below ? folder : NULL;
    job->request.order = job->order;
    if (library->hurried && serves(library) && vt_order_snapshot(job->order) != job->snapshot) {
        vt_snapshot_release(job->snapshot);
        job->snapshot = vt_snapshot_retain(vt_order_snapshot(job->order));
        job->behind = true;
    }
    library->hurried = false;
    job->sort_asked = library->sort_asked;
    library->sort_asked = 0;
    if (!vt_selection_copy(&library->selection, &job->selection)) {
        job->selection_version--; /* carried when the view is taken */
    }
    return job;
}

static void start_build(vt_library *library)
{
    library->stale = false;
    build_job *job = make_job(library);
    if (!job) {
        return;
    }
    vt_task *task = vt_task_create(&build_ops, job, NULL);
    if (!task) {
        release_build(job);
        return;
    }
    library->building = task;
    library->building_cancelled = job->behind ? NULL : &job->cancelled;
    if (!vt_executor_submit(library->executor, task, VT_PRIORITY_CRITICAL, NULL)) {
        library->building = NULL;
        library->building_cancelled = NULL;
        vt_task_unref(task);
    }
}

void vt_library_abandon_build(vt_library *library, bool wait)
{
    q_timer_stop(library->later);
    library->stale = false;
    if (library->building) {
        build_job *job = vt_task_user(library->building);
        job->abandoned = true;
        atomic_store(&job->cancelled, true);
        vt_executor_cancel(library->executor, library->building);
        if (wait) {
            vt_task_wait(library->building, VT_FOREVER);
        }
    }
}

void vt_library_build_now(vt_library *library)
{
    q_timer_stop(library->later);
    if (library->building || library->held) {
        library->stale = true;
    } else {
        start_build(library);
    }
}

void vt_library_hold(vt_library *library, bool hold)
{
    library->held = hold;
    if (!hold && library->stale && !library->building) {
        start_build(library);
    }
}

bool vt_library_turn_round(vt_library *library)
{
    vt_view_request request = request_of(library);
    bool descending = false;
    if (!library->view || library->building || library->stale ||
        !vt_view_order_serves(vt_view_order(library->view), &request)) {
        return false;
    }
    (void)vt_view_key(library->view, &descending);
    if (descending == request.descending) {
        return false;
    }
    int64_t start = vt_clock_thread_cpu();
    const vt_view *view = vt_view_reversed(library->view);
    if (!view) {
        return false;
    }
    vt_selection_reverse(&library->selection, vt_view_count(view));
    library->selection_version++;
    vt_view_release(replace_view(library, view));
    library->build_time = vt_clock_thread_cpu() - start;
    answer_sort(library, library->sort_asked);
    library->sort_asked = 0;
    library->shown = library->question;
    tell_of_view(library);
    return true;
}

void vt_library_build_hurried(vt_library *library)
{
    library->hurried = true;
    if (library->building_cancelled && serves(library)) {
        atomic_store(library->building_cancelled, true);
    }
    vt_library_build_now(library);
}

void vt_library_on_later(void *user)
{
    vt_library_build_now(user);
}

void vt_library_rows_arrived(vt_library *library)
{
    if (q_timer_is_active(library->later)) {
        return;
    }
    int64_t pause = library->rebuild_time * REBUILD_SHARE;
    int64_t wait = REBUILD_MS * VT_NS_PER_MS > pause ? REBUILD_MS * VT_NS_PER_MS : pause;
    int64_t gone = vt_clock_now() - library->built_at;
    if (!library->view || gone >= wait) {
        vt_library_build_now(library);
    } else {
        q_timer_start_interval(library->later, (int)((wait - gone) / VT_NS_PER_MS) + 1);
    }
}
