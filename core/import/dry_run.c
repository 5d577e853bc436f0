#include "core/import/dry_run.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "core/base/path.h"
#include "core/base/str.h"
#include "core/base/thread.h"
#include "core/decode/format.h"
#include "core/import/changes.h"
#include "core/import/engine_private.h"
#include "core/import/folder_grouping.h"
#include "core/import/offline.h"
#include "core/import/origin.h"

#include <stdlib.h>
#include <string.h>

struct vt_dry_run {
    vt_engine *engine; /* not touched any more once `over` */
    vt_import_options options;
    vt_choice *choice;
    char **paths; /* owned */
    size_t path_count;
    vt_cancel *cancel;
    int64_t begun_ns;
    pthread_t thread;
    atomic_int references; /* the user's and the thread's */

    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t ended;
    vt_dry_run_figures figures;
};

/* What the thread has. */
typedef struct walk {
    vt_dry_run *run;
    vt_catalog_reader *reader;
    vt_changes *changes;
    vt_folder_grouping *grouping;
    vt_offline *offline;
    vt_origins *origins;
    vt_scan *scan;
    vt_str path;
    vt_dry_run_figures *figures; /* this thread's; copied for others */
    vt_error fault;              /* why a callback stopped the walk */
} walk;

/* ---- counting ---- */

static void publish(walk *at)
{
    vt_scan_figures seen;
    vt_dry_run *run = at->run;
    vt_scan_get_figures(at->scan, &seen);
    at->figures->skipped = seen.skipped;
    at->figures->links = seen.links;
    at->figures->folders = seen.folders;
    at->figures->left_out_folders = seen.left_out;
    pthread_mutex_lock(&run->lock);
    run->figures = *at->figures;
    run->figures.over = false;
    pthread_mutex_unlock(&run->lock);
}

static bool find_origin(walk *at, const char *path, size_t length, const vt_scan_file *file,
                        vt_origin_verdict *verdict, vt_item *item)
{
    return vt_origins_of_entry(at->origins, path, length, file, &at->path, verdict, item, &at->fault);
}

/* Of a file that is new at its path. False: it is beyond the largest number of items. */
static bool count_new(walk *at, const vt_scan_file *file, bool moved)
{
    vt_dry_run_figures *figures = at->figures;
    int64_t most = at->run->options.items_max;
    if (moved) {
        figures->moved++;
    } else if (most > 0 && figures->new_files >= most) {
        figures->left_out_limit++;
        return false;
    } else {
        figures->new_files++;
        figures->bytes_to_read += file->size;
    }
    return true;
}

/* What becomes of one file, or of a sequence with `kind` VT_KIND_SEQUENCE. */
static bool take(walk *at, const char *path, size_t length, const vt_scan_file *file, vt_kind kind,
                 int64_t frames)
{
    vt_dry_run_figures *figures = at->figures;
    const vt_known_file *known;
    vt_file_change change = vt_changes_of(at->changes, file, &known);
    vt_choice_verdict verdict =
        vt_choice_judge(at->run->choice, file->name, kind, file->size, file->mtime_ns);
    if (verdict != VT_CHOICE_TAKE) {
        figures->left_out[verdict]++;
        return true;
    }
    vt_origin_verdict origin = VT_ORIGIN_NONE;
    vt_item was = {0};
    bool counts = true;
    switch (change) {
    case VT_FILE_CHANGE_NONE:
        figures->unchanged++;
        break;
    case VT_FILE_CHANGE_UNREAD:
        figures->unread++;
        figures->bytes_to_read += file->size;
        break;
    case VT_FILE_CHANGE_FAILED_BEFORE:
        *(at->run->options.retry_failures ? &figures->changed : &figures->failed_before) += 1;
        break;
    case VT_FILE_CHANGE_NEW:
        if (!known && !find_origin(at, path, length, file, &origin, &was)) {
            return false;
        }
        counts = count_new(at, file,
                           origin == VT_ORIGIN_FOUND &&
                               (was.media.kind == VT_KIND_SEQUENCE) == (kind == VT_KIND_SEQUENCE));
        break;
    case VT_FILE_CHANGE_CONTENT:
    case VT_FILE_CHANGE_BACK:
        figures->changed++;
        figures->bytes_to_read += file->size;
        break;
    }
    if (counts) {
        figures->found++;
        figures->frames += frames;
        figures->bytes += file->size;
        figures->kinds[kind]++;
        figures->formats[vt_format_of_name(file->name)]++;
    }
    return true;
}

/* ---- what the scan and the grouping tell ---- */

static bool take_files(void *user, const char *path, size_t length, const vt_scan_file *found, size_t count)
{
    walk *at = user;
    bool on = true;
    for (size_t i = 0; i < count && on; i++) {
        const vt_format_info *format = vt_format_get(vt_format_of_name(found[i].name));
        on = take(at, path, length, &found[i], format ? format->kind : VT_KIND_UNKNOWN, 0);
    }
    publish(at);
    return on;
}

static bool take_sequence(void *user, const char *path, size_t length, const vt_scan_file *shown,
                          vt_frames_job *job)
{
    int64_t frames = (int64_t)job->frames;
    vt_frames_job_free(job);
    return take(user, path, length, shown, VT_KIND_SEQUENCE, frames);
}

static bool was_elsewhere(void *user, const char *path, size_t length, const vt_scan_file *file, bool *was)
{
    vt_origin_verdict verdict = VT_ORIGIN_NONE;
    vt_item item = {0};
    *was = false;
    if (!find_origin(user, path, length, file, &verdict, &item)) {
        return false;
    }
    *was = verdict == VT_ORIGIN_FOUND && item.media.kind != VT_KIND_SEQUENCE;
    return true;
}

static bool folder_begin(void *user, const char *path, size_t length, bool whole)
{
    walk *at = user;
    vt_folder_grouping_begin(at->grouping, whole);
    return (!whole && vt_changes_is_of(at->changes, path, length)) ||
           vt_changes_begin(at->changes, path, length, &at->fault);
}

static bool files(void *user, const char *path, size_t length, const vt_scan_file *found, size_t count)
{
    walk *at = user;
    const vt_folder_sink sink = {take_files, take_sequence, was_elsewhere, at};
    return vt_folder_grouping_add(at->grouping, path, length, found, count, &sink, &at->fault);
}

static bool folder_end(void *user, const char *path, size_t length, bool complete)
{
    walk *at = user;
    const vt_folder_sink sink = {take_files, take_sequence, was_elsewhere, at};
    bool on =
        vt_folder_grouping_end(at->grouping, path, length, complete, &sink, at->run->cancel, &at->fault);
    publish(at);
    return on;
}

static bool trouble(void *user, const char *path, size_t length, const vt_error *error)
{
    (void)path;
    (void)length;
    (void)error;
    ((walk *)user)->figures->troubles++;
    return true;
}

/* ---- the thread ---- */

static bool open_walk(walk *at, vt_error *error)
{
    vt_dry_run *run = at->run;
    at->reader = vt_catalog_reader_open(run->engine->catalog, error);
    at->offline = at->reader ? vt_offline_create(at->reader, error) : NULL;
    if (!at->offline || !vt_offline_refresh(at->offline, 0, error)) {
        return false;
    }
    at->origins = vt_origins_create(at->reader, at->offline, error);
    at->changes = at->origins ? vt_changes_create(at->reader) : NULL;
    if (at->origins && !at->changes) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory while counting");
    }
    at->grouping =
        at->changes ? vt_folder_grouping_create(at->reader, at->changes, run->options.sequences, false, error)
                    : NULL;
    return at->grouping != NULL;
}

static void close_walk(walk *at)
{
    vt_scan_free(at->scan);
    vt_folder_grouping_free(at->grouping);
    vt_changes_free(at->changes);
    vt_origins_free(at->origins);
    vt_offline_free(at->offline);
    vt_catalog_reader_free(at->reader);
    vt_str_free(&at->path);
}

static bool walk_path(walk *at, size_t number, vt_error *error)
{
    const vt_scan_visitor visitor = {folder_begin, files, folder_end, trouble, at};
    vt_error stopped = VT_ERROR_INIT;
    at->figures->wrong_path = number;
    char *path = vt_path_absolute(at->run->paths[number], error);
    bool on = path && vt_scan_walk(at->scan, path, &visitor, &stopped);
    if (path && !on) {
        *error = at->fault.code != VT_ERROR_NONE ? at->fault : stopped;
    }
    free(path);
    return on;
}

static void walk_all(walk *at, vt_error *error)
{
    vt_dry_run *run = at->run;
    vt_own_files own;
    vt_catalog_own_files(run->engine->catalog, &own);
    const vt_scan_options options = {
        .hidden = run->options.hidden, .own = &own, .choice = run->choice, .cancel = run->cancel};
    if (!open_walk(at, error)) {
        return;
    }
    at->scan = vt_scan_create(&options);
    if (!at->scan) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory while counting");
        return;
    }
    bool on = true;
    for (size_t i = 0; i < run->path_count && on; i++) {
        on = vt_cancel_check(run->cancel, error) && walk_path(at, i, error);
    }
    publish(at);
}

static void unref(vt_dry_run *run)
{
    if (atomic_fetch_sub(&run->references, 1) > 1) {
        return;
    }
    for (size_t i = 0; i < run->path_count; i++) {
        free(run->paths[i]);
    }
    free(run->paths);
    vt_choice_free(run->choice);
    vt_cancel_unref(run->cancel);
    pthread_cond_destroy(&run->ended);
    pthread_mutex_destroy(&run->lock);
    free(run);
}

static void *run_thread(void *user)
{
    vt_dry_run *run = user;
    vt_engine *engine = run->engine;
    vt_dry_run_figures figures = {.error = VT_ERROR_INIT};
    walk at = {.run = run, .path = VT_STR_INIT, .figures = &figures, .fault = VT_ERROR_INIT};
    vt_error error = VT_ERROR_INIT;
    walk_all(&at, &error);
    close_walk(&at);
    pthread_mutex_lock(&run->lock);
    run->figures = figures;
    run->figures.error = error;
    run->figures.seconds = (double)(vt_clock_now() - run->begun_ns) / (double)VT_NS_PER_S;
    run->figures.over = true;
    pthread_cond_broadcast(&run->ended);
    pthread_mutex_unlock(&run->lock);
    unref(run);
    pthread_mutex_lock(&engine->lock);
    engine->dry_runs--;
    pthread_cond_signal(&engine->beat);
    pthread_mutex_unlock(&engine->lock); /* from here on the engine may be gone */
    return NULL;
}

/* ---- for the main thread ---- */

static bool copy_paths(vt_dry_run *run, const char *const *paths, size_t count)
{
    run->paths = calloc(count, sizeof *run->paths);
    for (size_t i = 0; run->paths && i < count; i++) {
        run->paths[i] = strdup(paths[i]);
        if (!run->paths[i]) {
            return false;
        }
        run->path_count++;
    }
    return run->paths != NULL;
}

static vt_dry_run *create(vt_engine *engine, const vt_import_options *options)
{
    vt_dry_run *run = calloc(1, sizeof *run);
    if (!run) {
        return NULL;
    }
    if (pthread_mutex_init(&run->lock, NULL) != 0) {
        free(run);
        return NULL;
    }
    if (!vt_cond_init(&run->ended)) {
        pthread_mutex_destroy(&run->lock);
        free(run);
        return NULL;
    }
    run->engine = engine;
    run->options = options ? *options : (vt_import_options){0};
    run->options.renames = NULL;
    run->options.rename_count = 0;
    run->begun_ns = vt_clock_now();
    atomic_init(&run->references, 1);
    return run;
}

vt_dry_run *vt_dry_run_start(vt_engine *engine, const char *const *paths, size_t count,
                             const vt_import_options *options, vt_error *error)
{
    if (count == 0) {
        vt_error_set(error, VT_ERROR_USAGE, "no folder or file was given");
        return NULL;
    }
    if (options && !vt_import_options_check(options, error)) {
        return NULL;
    }
    vt_dry_run *run = create(engine, options);
    if (!run) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory while counting");
        return NULL;
    }
    run->cancel = vt_cancel_create(engine->cancel);
    run->choice = run->cancel ? vt_choice_create(&run->options.choice, error) : NULL;
    if (!run->choice || !copy_paths(run, paths, count)) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory while counting");
        unref(run);
        return NULL;
    }
    pthread_mutex_lock(&engine->lock);
    engine->dry_runs++;
    pthread_mutex_unlock(&engine->lock);
    atomic_fetch_add(&run->references, 1);
    int failed = vt_thread_start(&run->thread, "dry run", run_thread, run);
    if (failed != 0) {
        pthread_mutex_lock(&engine->lock);
        engine->dry_runs--;
        pthread_mutex_unlock(&engine->lock);
        unref(run);
        unref(run);
        vt_error_set_errno(error, failed, "cannot start a thread for counting");
        return NULL;
    }
    return run;
}

void vt_dry_run_get_figures(vt_dry_run *run, vt_dry_run_figures *figures)
{
    pthread_mutex_lock(&run->lock);
    *figures = run->figures;
    pthread_mutex_unlock(&run->lock);
    if (!figures->over) {
        figures->seconds = (double)(vt_clock_now() - run->begun_ns) / (double)VT_NS_PER_S;
    }
}

int64_t vt_dry_run_left_out(const vt_dry_run_figures *figures)
{
    int64_t sum = figures->left_out_limit;
    for (int i = 0; i < VT_CHOICE_VERDICT_COUNT; i++) {
        sum += figures->left_out[i];
    }
    return sum;
}

void vt_dry_run_cancel(vt_dry_run *run)
{
    vt_cancel_request(run->cancel);
}

bool vt_dry_run_wait(vt_dry_run *run, int64_t timeout_ns)
{
    int64_t deadline = timeout_ns < 0 ? VT_FOREVER : vt_deadline_after(timeout_ns);
    pthread_mutex_lock(&run->lock);
    while (!run->figures.over && vt_cond_wait_until(&run->ended, &run->lock, deadline)) {
    }
    bool over = run->figures.over;
    pthread_mutex_unlock(&run->lock);
    return over;
}

void vt_dry_run_free(vt_dry_run *run)
{
    if (run) {
        vt_cancel_request(run->cancel);
        pthread_detach(run->thread); /* the engine waits for its end */
        unref(run);
    }
}
