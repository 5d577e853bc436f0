#include "core/import/root_edit.h"

#include "core/catalog/roots.h"
#include "core/import/engine_private.h"
#include "core/import/errand.h"

#include <stdlib.h>
#include <string.h>

/* Items that one transaction takes out. */
enum { BATCH = 4096 };

typedef struct root_job {
    vt_root_edit edit; /* its path is owned */
    vt_root_edited done;
    void *user;
    int64_t removed;
} root_job;

static void release_job(void *user)
{
    root_job *job = user;
    free((char *)job->edit.path);
    free(job);
}

/* ---- the writer's part ---- */

typedef struct id_list {
    int64_t *ids; /* owned */
    size_t count, capacity;
    bool no_memory;
} id_list;

static bool keep_id(void *user, int64_t id)
{
    id_list *list = user;
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 1024;
        int64_t *grown = realloc(list->ids, capacity * sizeof *grown);
        if (!grown) {
            list->no_memory = true;
            return false;
        }
        list->ids = grown;
        list->capacity = capacity;
    }
    list->ids[list->count++] = id;
    return true;
}

/* Those that the catalog has no more. */
typedef struct gone {
    const int64_t *ids;
    size_t count;
} gone;

static bool take_out(vt_engine *engine, const void *what, const vt_snapshot *before, vt_error *error)
{
    (void)before;
    const gone *of = what;
    bool done = true;
    for (size_t i = 0; done && i < of->count; i++) {
        done = vt_index_remove(engine->index, of->ids[i], error);
    }
    return done;
}

static bool remove_items(vt_engine *engine, root_job *job, const id_list *list, vt_error *error)
{
    bool done = true;
    while (done && (size_t)job->removed < list->count) {
        size_t left = list->count - (size_t)job->removed;
        const gone part = {list->ids + job->removed, left < BATCH ? left : BATCH};
        done = vt_catalog_writer_remove(engine->catalog_writer, part.ids, part.count, error);
        job->removed += done ? (int64_t)part.count : 0;
    }
    const gone all = {list->ids, (size_t)job->removed};
    if (engine->index && all.count) {
        uint32_t first_row = 0;
        uint32_t row_count = 0;
        vt_writer_publish(engine, take_out, &all, &first_row, &row_count);
        vt_engine_tell_rows_changed(engine);
    }
    return done;
}

/* The root goes last: what is cut off is done again. */
static bool remove_root(vt_engine *engine, root_job *job, vt_error *error)
{
    id_list list = {0};
    vt_catalog_reader *reader = vt_catalog_reader_open(engine->catalog, error);
    bool done =
        reader && vt_roots_each_own_item(reader, job->edit.path, keep_id, &list, error) &&
        (!list.no_memory || vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the items of a folder"));
    vt_catalog_reader_free(reader);
    done = done && remove_items(engine, job, &list, error) &&
           vt_roots_forget(engine->catalog_writer, job->edit.path, error);
    free(list.ids);
    return done;
}

static bool run_job(vt_engine *engine, void *user, vt_error *error)
{
    root_job *job = user;
    switch (job->edit.action) {
    case VT_ROOT_CHOOSE:
        return vt_roots_set(engine->catalog_writer, job->edit.path, job->edit.watch, job->edit.scan_at_start,
                            error);
    case VT_ROOT_FORGET:
        return vt_roots_forget(engine->catalog_writer, job->edit.path, error);
    case VT_ROOT_REMOVE:
        break;
    }
    return remove_root(engine, job, error);
}

/* ---- the main thread's part ---- */

static void done_job(vt_engine *engine, void *user, const vt_error *error)
{
    (void)engine;
    const root_job *job = user;
    if (job->done) {
        job->done(job->user, &job->edit, job->removed, error);
    }
}

static const vt_errand_ops root_ops = {"root-edit", run_job, done_job, release_job};

bool vt_engine_edit_root(vt_engine *engine, const vt_root_edit *edit, vt_root_edited done, void *user,
                         vt_error *error)
{
    root_job *job = calloc(1, sizeof *job);
    char *path = strdup(edit->path);
    if (!job || !path) {
        free(job);
        free(path);
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a change to an imported folder");
    }
    *job = (root_job){.edit = *edit, .done = done, .user = user};
    job->edit.path = path;
    return vt_errand_post(engine, &root_ops, job, error);
}
