#include "app/ui/library/library.h"

#include "app/ui/library/carry.h"
#include "core/base/clock.h"

#include <qt6c/qobject.h>
#include <qt6c/qtimer.h>

#include <stdlib.h>
#include <string.h>

enum { REBUILD_MS = 250, REBUILD_SHARE = 5 };

struct vt_library {
    vt_engine *engine;
    vt_executor *executor;
    QObject *receiver; /* of finished builds; gone with the library */
    QTimer *later;     /* a rebuild that waits */
    vt_library_listener listeners[VT_LIBRARY_LISTENERS_MAX];
    size_t listener_count;

    char *filter_text; /* owned; what shall be shown next, like the three below */
    char *good_filter; /* owned; the last text that was a filter */
    char *folder;      /* owned; "" for everything */
    vt_sort_key key;
    bool descending;

    const vt_view *view; /* what is shown; NULL until the first one is built */
    vt_selection selection;
    uint64_t selection_version; /* grows with every change */
    vt_task *building;          /* NULL if none */
    bool stale;                 /* something changed since `building` began */
    int64_t build_time, built_at;
};

/* One view in the making: made on the UI thread, run on a worker, handed back. */
typedef struct build_job {
    vt_library *library; /* only touched on the UI thread */
    QObject *receiver;
    const vt_snapshot *snapshot;
    vt_filter *filter;
    char *folder;
    vt_sort_key key;
    bool descending;
    const vt_view *before; /* what is shown now, and what is selected in it: carried over */
    vt_selection selection;
    uint64_t selection_version;
    const vt_view *view; /* the result */
    int64_t time;
} build_job;

static void start_build(vt_library *library);

/* ---- telling ---- */

static void tell_view_changed(vt_library *library)
{
    for (size_t i = 0; i < library->listener_count; i++) {
        if (library->listeners[i].view_changed) {
            library->listeners[i].view_changed(library->listeners[i].user);
        }
    }
}

static void tell_selection_changed(vt_library *library)
{
    for (size_t i = 0; i < library->listener_count; i++) {
        if (library->listeners[i].selection_changed) {
            library->listeners[i].selection_changed(library->listeners[i].user);
        }
    }
}

static void tell_filter(vt_library *library, const vt_error *error, size_t position)
{
    for (size_t i = 0; i < library->listener_count; i++) {
        const vt_library_listener *listener = &library->listeners[i];
        if (error && listener->filter_failed) {
            listener->filter_failed(listener->user, error, position);
        } else if (!error && listener->filter_worked) {
            listener->filter_worked(listener->user);
        }
    }
}

/* ---- building a view ---- */

static bool run_build(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    build_job *job = user;
    int64_t start = vt_clock_now();
    vt_view_request request = {.filter = job->filter,
                               .below = *job->folder ? job->folder : NULL,
                               .key = job->key,
                               .descending = job->descending,
                               .positions = true};
    job->view = vt_view_build(job->snapshot, &request, NULL, error);
    if (job->view && job->before) {
        vt_selection carried = VT_SELECTION_INIT;
        vt_selection_carry(&job->selection, job->before, job->view,
                           &carried); /* without memory: less is selected */
        vt_selection_free(&job->selection);
        job->selection = carried;
    }
    job->time = vt_clock_now() - start;
    return job->view != NULL;
}

/* Large selections are carried by the job; a selection that changed meanwhile, here, as long as that is
 * quick. */
static void carry_selection(vt_library *library, build_job *job, const vt_view *before)
{
    enum { QUICK_ROWS = 5000 };
    vt_selection carried = VT_SELECTION_INIT;
    if (job->selection_version == library->selection_version) {
        carried = job->selection;
        job->selection = (vt_selection)VT_SELECTION_INIT;
    } else if (before && library->selection.rows <= QUICK_ROWS) {
        vt_selection_carry(&library->selection, before, library->view, &carried);
    }
    vt_selection_free(&library->selection);
    library->selection = carried;
    library->selection_version++;
}

static void take_view(void *user)
{
    build_job *job = user;
    vt_library *library = job->library;
    vt_task *task = library->building; /* keeps the job */
    library->building = NULL;
    library->build_time = job->time;
    library->built_at = vt_clock_now();
    if (job->view) {
        const vt_view *before = library->view;
        library->view = job->view;
        job->view = NULL;
        carry_selection(library, job, before);
        vt_view_release(before);
        tell_view_changed(library);
        tell_selection_changed(library);
    }
    vt_task_unref(task);
    if (library->stale && !library->building) {
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
    vt_snapshot_release(job->snapshot);
    vt_filter_free(job->filter);
    free(job->folder);
    free(job);
}

static const vt_task_ops build_ops = {
    .name = "view", .run = run_build, .finished = build_finished, .release = release_build};

/* False if nothing changed. */
static bool replace_text(char **own, const char *text, size_t length)
{
    if (strlen(*own) == length && memcmp(*own, text, length) == 0) {
        return false;
    }
    char *copy = strndup(text, length);
    if (copy) {
        free(*own);
        *own = copy;
    }
    return copy != NULL;
}

static build_job *make_job(vt_library *library)
{
    vt_error error = VT_ERROR_INIT;
    size_t position = 0;
    vt_filter *filter =
        vt_filter_compile(library->filter_text, strlen(library->filter_text), &position, &error);
    if (filter) {
        tell_filter(library, NULL, 0);
        replace_text(&library->good_filter, library->filter_text, strlen(library->filter_text));
    } else {
        tell_filter(library, &error, position);
        /* New rows, folders and orders go on being shown, through the last filter that was one. */
        filter = vt_filter_compile(library->good_filter, strlen(library->good_filter), NULL, NULL);
        if (!filter) {
            return NULL;
        }
    }
    build_job *job = calloc(1, sizeof *job);
    char *folder = strdup(library->folder);
    if (!job || !folder) {
        free(job);
        free(folder);
        vt_filter_free(filter);
        return NULL;
    }
    *job = (build_job){.library = library,
                       .receiver = library->receiver,
                       .snapshot = vt_index_snapshot(vt_engine_index(library->engine)),
                       .filter = filter,
                       .folder = folder,
                       .key = library->key,
                       .descending = library->descending,
                       .before = library->view ? vt_view_retain(library->view) : NULL,
                       .selection = VT_SELECTION_INIT,
                       .selection_version = library->selection_version};
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
    if (!vt_executor_submit(library->executor, task, VT_PRIORITY_CRITICAL, NULL)) {
        library->building = NULL;
        vt_task_unref(task);
    }
}

static void build_now(vt_library *library)
{
    q_timer_stop(library->later);
    if (library->building) {
        library->stale = true;
    } else {
        start_build(library);
    }
}

static void on_later(void *user)
{
    build_now(user);
}

void vt_library_rows_arrived(vt_library *library)
{
    if (q_timer_is_active(library->later)) {
        return;
    }
    int64_t pause = library->build_time * REBUILD_SHARE;
    int64_t wait = REBUILD_MS * VT_NS_PER_MS > pause ? REBUILD_MS * VT_NS_PER_MS : pause;
    int64_t gone = vt_clock_now() - library->built_at;
    if (!library->view || gone >= wait) {
        build_now(library);
    } else {
        q_timer_start_interval(library->later, (int)((wait - gone) / VT_NS_PER_MS) + 1);
    }
}

/* ---- life ---- */

vt_library *vt_library_create(vt_engine *engine, vt_executor *executor, vt_error *error)
{
    vt_library *library = calloc(1, sizeof *library);
    char *filter = strdup("");
    char *folder = strdup("");
    char *good_filter = strdup("");
    if (!library || !filter || !folder || !good_filter) {
        free(library);
        free(filter);
        free(good_filter);
        free(folder);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the library's view");
        return NULL;
    }
    library->engine = engine;
    library->executor = executor;
    library->filter_text = filter;
    library->good_filter = good_filter;
    library->folder = folder;
    library->key = VT_SORT_PATH;
    library->selection = (vt_selection)VT_SELECTION_INIT;
    library->receiver = q_object_new(NULL);
    library->later = q_timer_new(library->receiver);
    q_timer_set_single_shot(library->later, true);
    q_timer_on_timeout(library->later, library->receiver, on_later, library);
    return library;
}

void vt_library_free(vt_library *library)
{
    if (!library) {
        return;
    }
    if (library->building) {
        vt_task_wait(library->building, VT_FOREVER);
    }
    q_object_delete(library->receiver); /* a result that is on its way is dropped */
    vt_task_unref(library->building);
    vt_view_release(library->view);
    vt_selection_free(&library->selection);
    free(library->filter_text);
    free(library->good_filter);
    free(library->folder);
    free(library);
}

void vt_library_listen(vt_library *library, const vt_library_listener *listener)
{
    if (library->listener_count < VT_LIBRARY_LISTENERS_MAX) {
        library->listeners[library->listener_count++] = *listener;
    }
}

/* ---- what is shown ---- */

vt_engine *vt_library_engine(vt_library *library)
{
    return library->engine;
}

int64_t vt_library_count(const vt_library *library)
{
    return library->view ? vt_view_count(library->view) : 0;
}

int64_t vt_library_total(const vt_library *library)
{
    return library->view ? vt_snapshot_item_count(vt_view_snapshot(library->view)) : 0;
}

bool vt_library_is_loading(const vt_library *library)
{
    return !library->view;
}

bool vt_library_is_building(const vt_library *library)
{
    return library->building || q_timer_is_active(library->later);
}

bool vt_library_is_narrowed(const vt_library *library)
{
    return *library->filter_text || *library->folder;
}

uint32_t vt_library_index_row(const vt_library *library, int64_t row)
{
    return vt_view_row(library->view, (uint32_t)row);
}

void vt_library_item(const vt_library *library, int64_t row, vt_item_brief *item)
{
    vt_snapshot_item(vt_view_snapshot(library->view), vt_library_index_row(library, row), item);
}

bool vt_library_tiny(const vt_library *library, int64_t row, vt_tinythumb *tiny)
{
    return vt_snapshot_tiny(vt_view_snapshot(library->view), vt_library_index_row(library, row), tiny);
}

void vt_library_path(const vt_library *library, int64_t row, vt_str *path)
{
    vt_snapshot_path(vt_view_snapshot(library->view), vt_library_index_row(library, row), path);
}

int64_t vt_library_row_of(const vt_library *library, int64_t item_id)
{
    if (!library->view) {
        return -1;
    }
    uint32_t row = vt_snapshot_find(vt_view_snapshot(library->view), item_id);
    uint32_t position = row == VT_INDEX_NO_ROW ? VT_INDEX_NO_ROW : vt_view_position(library->view, row);
    return position == VT_INDEX_NO_ROW ? -1 : (int64_t)position;
}

uint64_t vt_item_version(const vt_item_brief *item)
{
    return (uint64_t)item->mtime_ns * 0x9e3779b97f4a7c15u ^ (uint64_t)item->size;
}

const vt_snapshot *vt_library_snapshot(vt_library *library)
{
    return vt_index_snapshot(vt_engine_index(library->engine));
}

int64_t vt_library_build_time(const vt_library *library)
{
    return library->build_time;
}

/* ---- what shall be shown ---- */

void vt_library_set_filter(vt_library *library, const char *text)
{
    if (replace_text(&library->filter_text, text, strlen(text))) {
        build_now(library);
    }
}

void vt_library_set_folder(vt_library *library, const char *path, size_t length)
{
    if (replace_text(&library->folder, path, length)) {
        build_now(library);
    }
}

void vt_library_set_sort(vt_library *library, vt_sort_key key, bool descending)
{
    if (key != library->key || descending != library->descending) {
        library->key = key;
        library->descending = descending;
        build_now(library);
    }
}

vt_sort_key vt_library_sort_key(const vt_library *library, bool *descending)
{
    if (descending) {
        *descending = library->descending;
    }
    return library->key;
}

/* ---- selection ---- */

const vt_selection *vt_library_selection(const vt_library *library)
{
    return &library->selection;
}

void vt_library_choose(vt_library *library, int64_t row, bool toggle, bool extend)
{
    if (row >= 0 && row < vt_library_count(library)) {
        vt_selection_choose(&library->selection, row, toggle, extend);
        library->selection_version++;
        tell_selection_changed(library);
    }
}

void vt_library_select_all(vt_library *library)
{
    vt_selection_add(&library->selection, 0, vt_library_count(library));
    library->selection_version++;
    tell_selection_changed(library);
}

void vt_library_select(vt_library *library, const vt_selection *selection)
{
    vt_selection copy = VT_SELECTION_INIT;
    if (vt_selection_copy(selection, &copy)) {
        vt_selection_free(&library->selection);
        library->selection = copy;
        library->selection_version++;
        tell_selection_changed(library);
    }
}
