#include "core/import/duplicate_search.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "core/base/thread.h"
#include "core/import/aftercare.h"
#include "core/import/errand.h"

#include <stdlib.h>
#include <string.h>

struct vt_duplicate_search {
    vt_engine *engine;
    vt_duplicates_options options;
    atomic_bool cancelled;
    atomic_int references; /* the caller's, the thread's, the writer's */
    pthread_t thread;
    vt_duplicates_result result; /* the thread's, then the writer's */
    pthread_mutex_t lock;        /* guards all below */
    pthread_cond_t changed;
    vt_duplicate_figures figures;
    bool written; /* the writer has done with it, or never will */
    vt_error write_error;
};

static void unref(vt_duplicate_search *search)
{
    if (atomic_fetch_sub(&search->references, 1) == 1) {
        vt_duplicates_clear(&search->result);
        pthread_cond_destroy(&search->changed);
        pthread_mutex_destroy(&search->lock);
        free(search);
    }
}

/* ---- while it runs ---- */

enum { LOOK_NS = 100 * VT_NS_PER_MS };

/* Waits as long as it is held. */
static void progress(void *user, vt_duplicates_phase phase, uint64_t done, uint64_t total)
{
    vt_duplicate_search *search = user;
    if (vt_cancel_requested(search->engine->cancel)) {
        atomic_store(&search->cancelled, true);
    }
    pthread_mutex_lock(&search->lock);
    search->figures.phase = phase;
    search->figures.done = done;
    search->figures.total = total;
    while (search->figures.held && !atomic_load(&search->cancelled)) {
        vt_cond_wait_until(&search->changed, &search->lock, vt_deadline_after(LOOK_NS));
        if (vt_cancel_requested(search->engine->cancel)) {
            atomic_store(&search->cancelled, true);
        }
    }
    pthread_mutex_unlock(&search->lock);
}

typedef struct looks {
    size_t count;
    vt_tiny list[];
} looks;

static bool write_looks(vt_engine *engine, void *user, vt_error *error)
{
    const looks *made = user;
    return vt_catalog_writer_put_tiny(engine->catalog_writer, made->list, made->count, error);
}

static const vt_errand_ops looks_ops = {"looks of pictures", write_looks, NULL, free};

static void looked(void *user, const vt_tiny *list, size_t count)
{
    vt_duplicate_search *search = user;
    vt_error error = VT_ERROR_INIT;
    looks *made = malloc(sizeof *made + count * sizeof *list);
    if (!made) {
        return; /* they are made again the next time */
    }
    made->count = count;
    memcpy(made->list, list, count * sizeof *list);
    if (!vt_errand_post(search->engine, &looks_ops, made, &error)) {
        vt_log_write(&search->engine->log, VT_LOG_WARN, "looks of pictures are not kept: %s", error.message);
    }
}

/* ---- what was found ---- */

static bool write_found(vt_engine *engine, void *user, vt_error *error)
{
    vt_duplicate_search *search = user;
    const bool sought[VT_TWIN_KINDS] = {search->options.same, search->options.alike};
    bool done = true;
    vt_twins_found kept = {0};
    if (!vt_duplicates_remember(&search->result, &kept)) {
        done = vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the duplicates");
    }
    for (int kind = 0; done && kind < VT_TWIN_KINDS; kind++) {
        const vt_twins_found *found = kind == VT_TWIN_SAME ? &kept : &search->result.found[kind];
        done = !sought[kind] ||
               (vt_catalog_writer_put_twins(engine->catalog_writer, (vt_twin_kind)kind, found, error) &&
                vt_index_set_twins(engine->index, (vt_twin_kind)kind, found, error));
    }
    free(kept.twins);
    done = done && vt_index_publish(engine->index, error);
    atomic_fetch_add(&engine->twins_searches, search->options.same);
    vt_engine_weigh_index(engine);
    if (done) {
        vt_engine_tell_rows_changed(engine);
    } else {
        search->write_error = *error;
    }
    return done;
}

/* Whether it was done, or the engine ends. */
static void release_found(void *user)
{
    vt_duplicate_search *search = user;
    pthread_mutex_lock(&search->lock);
    search->written = true;
    pthread_cond_broadcast(&search->changed);
    pthread_mutex_unlock(&search->lock);
    unref(search);
}

static const vt_errand_ops found_ops = {"duplicates", write_found, NULL, release_found};

static bool keep(vt_duplicate_search *search, vt_error *error)
{
    atomic_fetch_add(&search->references, 1);
    if (!vt_errand_post(search->engine, &found_ops, search, error)) {
        return false;
    }
    pthread_mutex_lock(&search->lock);
    while (!search->written) {
        vt_cond_wait_until(&search->changed, &search->lock, VT_FOREVER);
    }
    pthread_mutex_unlock(&search->lock);
    *error = search->write_error;
    return error->code == VT_ERROR_NONE;
}

static void *run(void *user)
{
    vt_duplicate_search *search = user;
    vt_engine *engine = search->engine;
    vt_error error = VT_ERROR_INIT;
    vt_aftercare_stand_back();
    const vt_snapshot *snapshot = vt_index_snapshot(engine->index);
    bool found = vt_duplicates_find(engine->catalog, engine->thumbs, snapshot, &search->options,
                                    &search->result, &error);
    vt_snapshot_release(snapshot);
    vt_duplicate_figures last = {.skipped = search->result.skipped,
                                 .without_look = search->result.without_look,
                                 .bytes_read = search->result.bytes_read};
    for (int kind = 0; kind < VT_TWIN_KINDS; kind++) {
        last.members[kind] = search->result.found[kind].count;
    }
    if (found && !keep(search, &error)) {
        vt_log_write(&engine->log, VT_LOG_WARN, "duplicates are not kept: %s", error.message);
    }
    pthread_mutex_lock(&engine->lock);
    engine->searching = false; /* whoever hears that it is over may begin the next one */
    pthread_mutex_unlock(&engine->lock);
    pthread_mutex_lock(&search->lock);
    last.phase = search->figures.phase;
    last.done = search->figures.done;
    last.total = search->figures.total;
    last.error = error;
    last.over = true;
    search->figures = last;
    pthread_cond_broadcast(&search->changed);
    pthread_mutex_unlock(&search->lock);
    unref(search);
    pthread_mutex_lock(&engine->lock);
    engine->dry_runs--;
    pthread_cond_signal(&engine->beat);
    pthread_mutex_unlock(&engine->lock); /* from here on the engine may be gone */
    return NULL;
}

/* ---- for the main thread ---- */

static vt_duplicate_search *create(vt_engine *engine, bool same, bool alike, unsigned distance)
{
    vt_duplicate_search *search = calloc(1, sizeof *search);
    if (!search) {
        return NULL;
    }
    if (pthread_mutex_init(&search->lock, NULL) != 0) {
        free(search);
        return NULL;
    }
    if (!vt_cond_init(&search->changed)) {
        pthread_mutex_destroy(&search->lock);
        free(search);
        return NULL;
    }
    search->engine = engine;
    search->options = (vt_duplicates_options){.same = same,
                                              .alike = alike,
                                              .distance = distance,
                                              .cancelled = &search->cancelled,
                                              .progress = progress,
                                              .looked = looked,
                                              .user = search};
    atomic_init(&search->references, 1);
    return search;
}

static bool may_search(const vt_engine *engine, bool same, bool alike, vt_error *error)
{
    if (!engine->index || (!same && !alike)) {
        return vt_error_set(error, VT_ERROR_USAGE,
                            engine->index ? "neither equal nor similar files are looked for"
                                          : "duplicates are looked for in the index, and there "
                                            "is none");
    }
    return engine->catalog_writer ||
           vt_error_set(error, VT_ERROR_READ_ONLY, "the catalog %s is open for reading only",
                        vt_catalog_path(engine->catalog));
}

/* Takes the one place there is for a search. */
static bool begin(vt_engine *engine, bool same)
{
    pthread_mutex_lock(&engine->lock);
    bool free_place = !engine->searching && engine->index_ready;
    if (free_place) {
        engine->searching = true;
        engine->searching_same = same;
        engine->dry_runs++;
    }
    pthread_mutex_unlock(&engine->lock);
    return free_place;
}

static void end(vt_engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    engine->searching = false;
    engine->dry_runs--;
    pthread_mutex_unlock(&engine->lock);
}

vt_duplicate_search *vt_duplicate_search_start(vt_engine *engine, bool same, bool alike, unsigned distance,
                                               vt_error *error)
{
    if (!may_search(engine, same, alike, error)) {
        return NULL;
    }
    vt_duplicate_search *search = create(engine, same, alike, distance);
    if (!search) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory while looking for duplicates");
        return NULL;
    }
    if (!begin(engine, same)) {
        vt_error_set(error, VT_ERROR_BUSY,
                     "the library is being loaded, or duplicates are looked for already; wait for its end");
        unref(search);
        return NULL;
    }
    atomic_fetch_add(&search->references, 1);
    int failed = vt_thread_start(&search->thread, "duplicates", run, search);
    if (failed != 0) {
        end(engine);
        atomic_store(&search->references, 1); /* there is no thread that would hold one */
        unref(search);
        vt_error_set_errno(error, failed, "cannot start a thread that looks for duplicates");
        return NULL;
    }
    return search;
}

void vt_duplicate_search_get_figures(vt_duplicate_search *search, vt_duplicate_figures *figures)
{
    pthread_mutex_lock(&search->lock);
    *figures = search->figures;
    pthread_mutex_unlock(&search->lock);
}

void vt_duplicate_search_hold(vt_duplicate_search *search, bool held)
{
    pthread_mutex_lock(&search->lock);
    search->figures.held = held && !search->figures.over;
    pthread_cond_broadcast(&search->changed);
    pthread_mutex_unlock(&search->lock);
}

void vt_duplicate_search_cancel(vt_duplicate_search *search)
{
    atomic_store(&search->cancelled, true);
    pthread_mutex_lock(&search->lock);
    pthread_cond_broadcast(&search->changed);
    pthread_mutex_unlock(&search->lock);
}

bool vt_duplicate_search_wait(vt_duplicate_search *search, int64_t timeout_ns)
{
    int64_t deadline = timeout_ns < 0 ? VT_FOREVER : vt_deadline_after(timeout_ns);
    pthread_mutex_lock(&search->lock);
    while (!search->figures.over && vt_cond_wait_until(&search->changed, &search->lock, deadline)) {
    }
    bool over = search->figures.over;
    pthread_mutex_unlock(&search->lock);
    return over;
}

void vt_duplicate_search_free(vt_duplicate_search *search)
{
    if (search) {
        vt_duplicate_search_cancel(search);
        pthread_detach(search->thread); /* the engine waits for its end */
        unref(search);
    }
}
