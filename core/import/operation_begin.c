/* How an import begins: what it is asked for is checked, and its thread is started. */
#include "core/import/operation_private.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "core/base/path.h"
#include "core/base/thread.h"
#include "core/import/journal_notes.h"
#include "core/import/origin.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static void report_progress(void *user, const vt_progress_report *report)
{
    (void)report;
    vt_import *import = user;
    pthread_mutex_lock(&import->lock);
    import->progress_due = true;
    bool wanted = vt_import_want_notice_locked(import);
    pthread_mutex_unlock(&import->lock);
    if (wanted) {
        vt_import_post(import);
    }
}

static void link_open_locked(vt_import *import)
{
    vt_engine *engine = import->engine;
    import->next_open = engine->open_imports;
    engine->open_imports = import;
}

/* Copies of the paths. False and `error` if one was looked at and is not there; what was copied stays in
   `import`. */
static bool take_paths(vt_import *import, const char *const *paths, size_t count, vt_error *error)
{
    import->paths_checked = count <= VT_IMPORT_PATHS_CHECKED && !import->options.retry_failures;
    import->paths = calloc(count, sizeof *import->paths);
    if (!import->paths) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory while starting an import");
    }
    for (size_t i = 0; i < count; i++) {
        char *path = import->paths_checked ? vt_path_absolute(paths[i], error) : strdup(paths[i]);
        if (!path) {
            if (!import->paths_checked) {
                vt_error_set(error, VT_ERROR_MEMORY, "out of memory while starting an import");
            }
            return false;
        }
        import->paths[import->path_count++] = path;
    }
    return true;
}

static vt_import *create(vt_engine *engine, const vt_import_options *options,
                         const vt_import_listener *listener)
{
    vt_import *import = calloc(1, sizeof *import);
    if (!import) {
        return NULL;
    }
    if (pthread_mutex_init(&import->lock, NULL) != 0) {
        free(import);
        return NULL;
    }
    if (!vt_cond_init(&import->ended)) {
        pthread_mutex_destroy(&import->lock);
        free(import);
        return NULL;
    }
    import->message.ops = &vt_import_notice_ops;
    import->engine = engine;
    atomic_init(&import->references, 1);
    import->failures_end = &import->failures;
    import->options = options ? *options : (vt_import_options){0};
    atomic_init(&import->held, false);
    import->options.renames = vt_renames_copy(import->options.renames, import->options.rename_count);
    import->listener = listener ? *listener : (vt_import_listener){0};
    import->begun_ns = vt_clock_now();
    import->open = 1; /* the walk */
    import->cancel = vt_cancel_create(engine->cancel);
    import->progress = vt_progress_create(0, VT_THROTTLE_IMPORT, report_progress, import, NULL);
    if (!import->cancel || !import->progress || (!import->options.renames && import->options.rename_count)) {
        vt_import_unref(import);
        return NULL;
    }
    return import;
}

bool vt_import_options_check(const vt_import_options *options, vt_error *error)
{
    const vt_import_wishes *wishes = &options->wishes;
    vt_choice *choice = vt_choice_create(&options->choice, error);
    if (!choice) {
        return false;
    }
    vt_choice_free(choice);
    if (options->items_max < 0) {
        return vt_error_set(error, VT_ERROR_USAGE, "the largest number of items is less than 0");
    }
    if (wishes->batch < 0 || wishes->batch > VT_IMPORT_BATCH_MAX || wishes->chunk < 0 ||
        wishes->chunk > VT_IMPORT_CHUNK_MAX || wishes->workers < 0) {
        return vt_error_set(error, VT_ERROR_USAGE, "batches have 1 to %d rows, chunks 1 to %d files",
                            VT_IMPORT_BATCH_MAX, VT_IMPORT_CHUNK_MAX);
    }
    return wishes->memory == 0 || wishes->memory >= VT_IMPORT_MEMORY_MIN ||
           vt_error_set(error, VT_ERROR_USAGE, "an import needs a memory limit of %" PRId64 " MB at least",
                        VT_IMPORT_MEMORY_MIN / VT_MEMORY_MB);
}

static bool start(vt_import *import, vt_error *error)
{
    vt_engine *engine = import->engine;
    pthread_mutex_lock(&engine->lock);
    bool room = engine->active < VT_IMPORTS_MAX;
    if (room) {
        link_open_locked(import);
        engine->active++;
        engine->scanning++;
        pthread_cond_signal(&engine->beat);
    }
    pthread_mutex_unlock(&engine->lock);
    if (!room) {
        return vt_error_set(error, VT_ERROR_LIMIT,
                            "%d imports are under way already; wait until one of them is finished",
                            VT_IMPORTS_MAX);
    }
    vt_engine_weigh_wishes(engine);
    vt_journal_started(import);
    vt_import_notify(import); /* `started` */
    int failed = vt_thread_start(&import->thread, "import", vt_import_walk, import);
    import->has_thread = failed == 0;
    if (failed) {
        pthread_mutex_lock(&engine->lock);
        vt_import_unlink_open_locked(import);
        engine->active--;
        engine->scanning--;
        pthread_mutex_unlock(&engine->lock);
        vt_engine_weigh_wishes(engine);
        vt_journal_end(import, true);
        return vt_error_set_errno(error, failed, "cannot start a thread for the import");
    }
    return true;
}

vt_import *vt_engine_import(vt_engine *engine, const char *const *paths, size_t count,
                            const vt_import_options *options, const vt_import_listener *listener,
                            vt_error *error)
{
    if (!engine->catalog_writer) {
        vt_error_set(error, VT_ERROR_READ_ONLY, "cannot import: the catalog %s is open for reading only",
                     vt_catalog_path(engine->catalog));
        return NULL;
    }
    if (count == 0) {
        vt_error_set(error, VT_ERROR_USAGE, "no folder or file to import was given");
        return NULL;
    }
    if (options && !vt_import_options_check(options, error)) {
        return NULL;
    }
    vt_import *import = create(engine, options, listener);
    if (!import) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory while starting an import");
        return NULL;
    }
    import->choice = vt_choice_create(&import->options.choice, error);
    import->cancel_fd = import->choice ? vt_cancel_fd(import->cancel, error) : -1;
    if (import->cancel_fd < 0 || !take_paths(import, paths, count, error) ||
        (!import->options.unnoted && !vt_journal_begin(import, error)) || !start(import, error)) {
        import->freed = true; /* its notice, if there is one, tells nobody */
        vt_journal_drop(import);
        vt_import_unref(import);
        return NULL;
    }
    import->next = engine->imports;
    engine->imports = import;
    return import;
}
