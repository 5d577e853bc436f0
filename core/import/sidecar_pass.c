#include "core/import/sidecars_private.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "core/base/path.h"
#include "core/import/walk_private.h"
#include "core/sidecar/sidecar_helper.h"
#include "core/sidecar/sidecar_path.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define LOOK_NS (50 * VT_NS_PER_MS)

typedef struct vt_sidecar_visit {
    struct vt_sidecar_visit *next;
    vt_sidecar_visit_kind kind;
    char path[];
} place;

bool vt_walk_note_sidecars(vt_walk *at, vt_sidecar_visit_kind kind, const char *path, size_t length)
{
    if (vt_engine_sidecar_use(at->import->engine) == VT_SIDECARS_OFF) {
        return true;
    }
    place *noted = malloc(sizeof *noted + length + 1);
    if (!noted) {
        return vt_walk_out_of_memory(at);
    }
    memcpy(noted->path, path, length);
    noted->path[length] = '\0';
    noted->kind = kind;
    noted->next = at->sidecars;
    at->sidecars = noted;
    return true;
}

void vt_walk_forget_sidecars(vt_walk *at)
{
    while (at->sidecars) {
        place *next = at->sidecars->next;
        free(at->sidecars);
        at->sidecars = next;
    }
}

/* ---- which items of a folder are to be looked at ---- */

/* Side-cars of a folder by the names of the files they belong to. */
typedef struct owner {
    size_t name;                           /* among the names of the folder */
    const char *sidecar[VT_SIDECAR_NAMES]; /* NULL: not there */
} owner;

typedef struct pass {
    vt_walk *walk;
    vt_sidecar_sync sync;
    vt_sidecar_batch *batch;
    vt_str folder; /* ends in '/' */
    owner *owners; /* owned; by `name` */
    size_t owner_count;
    int64_t *ids; /* owned; of items to be looked at */
    size_t id_count, id_capacity;
    int64_t unasked; /* items for which there was no helper */
    bool failed;     /* for want of memory */
} pass;

static int compare_owners(const void *a, const void *b)
{
    const owner *left = a, *right = b;
    return (left->name > right->name) - (left->name < right->name);
}

/* Fills the owners of all side-cars of the folder; of the two names of one file one entry. */
static bool find_owners(pass *on)
{
    const vt_sidecar_folder *around = &on->sync.around;
    size_t count = 0, kept = 0;
    for (size_t i = 0; i < around->count; i++) {
        count += vt_sidecar_path_is_sidecar(around->names[i]);
    }
    free(on->owners);
    on->owner_count = 0;
    on->owners = calloc(count + 1, sizeof *on->owners);
    for (size_t i = 0; on->owners && i < around->count; i++) {
        const char *name = around->names[i];
        size_t whose =
            vt_sidecar_path_is_sidecar(name) ? vt_sidecar_folder_owner(around, name) : VT_SIDECAR_NOBODY;
        if (whose != VT_SIDECAR_NOBODY) {
            /* The long name has all of the file's name before its extension. */
            bool is_long = strlen(name) == strlen(around->names[whose]) + strlen(".xmp");
            owner *at = &on->owners[on->owner_count++];
            *at = (owner){.name = whose};
            at->sidecar[is_long ? VT_SIDECAR_LONG : VT_SIDECAR_SHORT] = name;
        }
    }
    if (on->owner_count > 1) {
        qsort(on->owners, on->owner_count, sizeof *on->owners, compare_owners);
    }
    for (size_t i = 0; i < on->owner_count; i++) {
        if (kept > 0 && on->owners[kept - 1].name == on->owners[i].name) {
            for (int k = 0; k < VT_SIDECAR_NAMES; k++) {
                const char *name = on->owners[i].sidecar[k];
                on->owners[kept - 1].sidecar[k] = name ? name : on->owners[kept - 1].sidecar[k];
            }
        } else {
            on->owners[kept++] = on->owners[i];
        }
    }
    on->owner_count = kept;
    return on->owners != NULL;
}

static const owner *owner_of(const pass *on, const char *name)
{
    size_t first = 0, end = on->owner_count;
    while (first < end) {
        size_t middle = first + (end - first) / 2;
        int order = strcmp(on->sync.around.names[on->owners[middle].name], name);
        if (order == 0) {
            return &on->owners[middle];
        }
        if (order < 0) {
            first = middle + 1;
        } else {
            end = middle;
        }
    }
    return NULL;
}

static bool add_id(pass *on, int64_t id)
{
    if (on->id_count == on->id_capacity) {
        size_t capacity = on->id_capacity ? on->id_capacity * 2 : 64;
        int64_t *grown = realloc(on->ids, capacity * sizeof *grown);
        if (!grown) {
            on->failed = true;
            return false;
        }
        on->ids = grown;
        on->id_capacity = capacity;
    }
    on->ids[on->id_count++] = id;
    return true;
}

/* One stat a side-car tells whether it has changed. */
static bool take_item(void *user, int64_t id, const char *name, const vt_sidecar_seen *seen)
{
    pass *on = user;
    const owner *has = owner_of(on, name);
    vt_sidecar_seen now;
    if (!has) {
        return true; /* one that is gone changes nothing */
    }
    size_t folder = on->folder.length;
    for (int i = 0; i < VT_SIDECAR_NAMES; i++) {
        struct stat facts;
        on->folder.length = folder;
        on->folder.data[folder] = '\0';
        vt_str_append_cstr(&on->folder, has->sidecar[i] ? has->sidecar[i] : "");
        bool there = has->sidecar[i] && !on->folder.failed && lstat(on->folder.data, &facts) == 0;
        now.size[i] = there ? facts.st_size : -1;
        now.mtime_ns[i] = there ? vt_clock_nanoseconds(facts.st_mtim) : 0;
    }
    on->folder.length = folder;
    on->folder.data[folder] = '\0';
    return vt_sidecar_seen_same(&now, seen) || add_id(on, id);
}

/* ---- reading them ---- */

static bool is_cancelled(void *user)
{
    return vt_import_is_cancelled(user);
}

static void count(pass *on, const vt_sidecar_batch *batch)
{
    vt_import *import = on->walk->import;
    int64_t read = 0;
    for (size_t i = 0; i < batch->count; i++) {
        read += batch->works[i].read && !batch->works[i].unreadable;
    }
    pthread_mutex_lock(&import->lock);
    import->figures.sidecars += read;
    import->figures.sidecars_failed += batch->failed;
    import->figures.sidecar_conflicts += batch->conflicts;
    import->progress_due = true;
    pthread_mutex_unlock(&import->lock);
    vt_import_notify(import);
}

static void count_unasked(const pass *on)
{
    vt_import *import = on->walk->import;
    pthread_mutex_lock(&import->lock);
    import->figures.sidecars_failed += on->unasked;
    pthread_mutex_unlock(&import->lock);
}

static bool commit(pass *on)
{
    vt_sidecar_batch *batch = on->batch;
    on->batch = NULL;
    bool done =
        !batch || batch->count == 0 ||
        vt_sidecar_commit(on->walk->import->engine, batch, is_cancelled, on->walk->import, &on->walk->fault);
    if (done && batch) {
        count(on, batch);
    }
    vt_sidecar_batch_unref(batch);
    return done;
}

/* When the machine has no time for it, the side-car is left for the next look: nothing is noted of it. With
   no helper to be had at all an import does not go on. */
static bool skip_unasked(pass *on, vt_sidecar_work *work)
{
    vt_walk *at = on->walk;
    if (!work->unasked || at->fault.code != VT_ERROR_BUSY) {
        return false;
    }
    if (on->unasked++ == 0) {
        vt_log_write(&at->import->engine->log, VT_LOG_WARN, "%s", at->fault.message);
    }
    vt_error_clear(&at->fault);
    vt_sidecar_work_clear(work);
    on->batch->count--;
    return true;
}

static bool read_items(pass *on)
{
    vt_walk *at = on->walk;
    bool done = true;
    for (size_t i = 0; done && i < on->id_count; i++) {
        on->batch = on->batch ? on->batch : vt_sidecar_batch_create(&at->fault);
        /* A mark of an edit stays: it is for the engine's own thread to write. */
        done = on->batch && vt_import_wait_held(at->import) && !vt_import_is_cancelled(at->import);
        if (done) {
            vt_sidecar_work *work = &on->batch->works[on->batch->count++];
            done = vt_sidecar_sync_item(&on->sync, on->ids[i], false, work, &at->fault);
            work->before.since_ns = -1;
            done = done || skip_unasked(on, work);
        }
        done = done && (on->batch->count < VT_SIDECAR_BATCH || commit(on));
    }
    on->id_count = 0;
    return commit(on) && done;
}

static bool look_at_folder(pass *on, const char *path)
{
    vt_walk *at = on->walk;
    size_t length = strlen(path);
    vt_str_clear(&on->folder);
    vt_str_append(&on->folder, path, length);
    if (length > 0 && path[length - 1] != '/') {
        vt_str_append_char(&on->folder, '/');
    }
    vt_sidecar_folder_clear(&on->sync.around); /* as it is now */
    if (on->folder.failed || !vt_sidecar_folder_around(&on->sync.around, on->folder.data) ||
        !find_owners(on)) {
        return vt_walk_out_of_memory(at);
    }
    return vt_sidecars_each_in_folder(at->reader, path, length, take_item, on, &at->fault) &&
           (!on->failed || vt_walk_out_of_memory(at)) && read_items(on);
}

/* Whether the side-cars that may be those of `path` are others than `seen`. */
static bool has_news(const char *path, const vt_sidecar_seen *seen)
{
    vt_sidecar_seen now;
    bool any = false;
    for (int i = 0; i < VT_SIDECAR_NAMES; i++) {
        struct stat facts;
        char *sidecar = i == VT_SIDECAR_LONG ? vt_sidecar_path_long(path) : vt_sidecar_path_short(path);
        bool there = sidecar && lstat(sidecar, &facts) == 0;
        any = any || there;
        now.size[i] = there ? facts.st_size : -1;
        now.mtime_ns[i] = there ? vt_clock_nanoseconds(facts.st_mtim) : 0;
        free(sidecar);
    }
    return any && !vt_sidecar_seen_same(&now, seen);
}

/* The item at `path`, if there is one: nothing of what is beside it was listed. */
static bool look_at_file(pass *on, const char *path, bool *known)
{
    vt_item item;
    vt_walk *at = on->walk;
    vt_sidecar_state state = {0};
    vt_error reason = VT_ERROR_INIT;
    bool done = vt_catalog_reader_item_at(at->reader, path, strlen(path), &item, &reason);
    *known = done;
    done = done && vt_sidecars_state(at->reader, item.id, &state, &reason);
    if (done && has_news(path, &state.seen) && !add_id(on, item.id)) {
        vt_walk_out_of_memory(at);
    } else if (!done && reason.code != VT_ERROR_NOT_FOUND) {
        at->fault = reason;
    }
    vt_sidecar_state_free(&state);
    return at->fault.code == VT_ERROR_NONE && (on->id_count < VT_SIDECAR_BATCH || read_items(on));
}

static bool look_at_sidecar(pass *on, const char *path)
{
    bool known = false;
    char *file = strndup(path, strlen(path) - strlen(".xmp"));
    bool done = file ? look_at_file(on, file, &known) : vt_walk_out_of_memory(on->walk);
    free(file);
    if (!done || known) {
        return done;
    }
    if (!vt_sidecar_folder_around(&on->sync.around, path)) {
        return vt_walk_out_of_memory(on->walk);
    }
    size_t whose = vt_sidecar_folder_owner(&on->sync.around, vt_path_name(path));
    if (whose == VT_SIDECAR_NOBODY) {
        return true;
    }
    vt_str owner = VT_STR_INIT;
    vt_str_append(&owner, path, (size_t)(vt_path_name(path) - path));
    vt_str_append_cstr(&owner, on->sync.around.names[whose]);
    done = owner.failed ? vt_walk_out_of_memory(on->walk) : look_at_file(on, owner.data, &known);
    vt_str_free(&owner);
    return done;
}

/* Until all this import has found is committed, or it is cancelled. */
static bool wait_committed(vt_import *import)
{
    vt_engine *engine = import->engine;
    bool wait = true;
    pthread_mutex_lock(&engine->lock);
    while (wait && !vt_import_is_cancelled(import)) {
        pthread_mutex_lock(&import->lock);
        wait = import->open > 1; /* beside this walk */
        pthread_mutex_unlock(&import->lock);
        if (wait) {
            vt_cond_wait_until(&engine->room, &engine->lock, vt_clock_now() + LOOK_NS);
        }
    }
    pthread_mutex_unlock(&engine->lock);
    return !vt_import_is_cancelled(import);
}

bool vt_walk_read_sidecars(vt_walk *at)
{
    vt_engine *engine = at->import->engine;
    if (!at->sidecars) {
        return true;
    }
    vt_sidecar_helper helper = {engine->helpers, vt_import_cancel_fd(at->import)};
    pass on = {.walk = at,
               .sync = {.reader = at->reader, .asking = vt_sidecar_asking_helper(&helper), .only_read = true},
               .folder = VT_STR_INIT};
    bool done = wait_committed(at->import);
    for (const place *next = at->sidecars; done && next; next = next->next) {
        bool known;
        done = next->kind == VT_SIDECAR_VISIT_FOLDER ? look_at_folder(&on, next->path)
               : next->kind == VT_SIDECAR_VISIT_FILE ? look_at_file(&on, next->path, &known)
                                                     : look_at_sidecar(&on, next->path);
    }
    done = done && read_items(&on);
    count_unasked(&on);
    vt_sidecar_batch_unref(on.batch);
    vt_sidecar_folder_clear(&on.sync.around);
    vt_str_free(&on.folder);
    free(on.owners);
    free(on.ids);
    vt_sidecar_service_poke(engine->sidecars);
    return done;
}
