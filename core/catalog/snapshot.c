#include "core/catalog/snapshot.h"

#include "core/base/clock.h"
#include "core/catalog/backup_private.h"
#include "core/catalog/catalog_private.h"
#include "core/catalog/files.h"
#include "core/catalog/schema.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SUFFIX ".snapshot-"

#define HOUR_NS (3600 * VT_NS_PER_S)
#define DAY_NS  (24 * HOUR_NS)

/* 256 KiB: a millisecond on a disk of today. */
#define STEP_PAGES 64

typedef struct collection {
    vt_snapshot_list *list;
    size_t capacity;
    bool failed; /* memory ran out */
} collection;

static bool collect(void *user, const char *path, const char *rest)
{
    collection *self = user;
    vt_snapshot_list *list = self->list;
    int64_t taken = 0;
    if (!vt_files_read_time(rest, &taken)) {
        return true; /* unfinished, or a file of somebody else */
    }
    if (list->count == self->capacity) {
        size_t capacity = self->capacity ? self->capacity * 2 : 8;
        vt_snapshot *grown = realloc(list->snapshots, capacity * sizeof *grown);
        if (!grown) {
            self->failed = true;
            return false;
        }
        list->snapshots = grown;
        self->capacity = capacity;
    }
    char *copy = strdup(path);
    self->failed = !copy;
    if (copy) {
        list->snapshots[list->count++] = (vt_snapshot){.path = copy, .taken_ns = taken};
    }
    return copy != NULL;
}

static int newer_first(const void *a, const void *b)
{
    int64_t left = ((const vt_snapshot *)a)->taken_ns;
    int64_t right = ((const vt_snapshot *)b)->taken_ns;
    return (left < right) - (left > right);
}

bool vt_snapshot_list_read(const char *path, vt_snapshot_list *list, vt_error *error)
{
    *list = (vt_snapshot_list){0};
    collection all = {.list = list};
    bool done = vt_files_each(path, SUFFIX, collect, &all, error);
    if (done && all.failed) {
        done = vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    if (!done) {
        vt_snapshot_list_free(list);
    } else if (list->count) {
        qsort(list->snapshots, list->count, sizeof *list->snapshots, newer_first);
    }
    return done;
}

void vt_snapshot_list_free(vt_snapshot_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->snapshots[i].path);
    }
    free(list->snapshots);
    *list = (vt_snapshot_list){0};
}

bool vt_snapshot_is_due(int64_t newest_ns, int64_t now_ns)
{
    return newest_ns <= 0 || newest_ns > now_ns || now_ns - newest_ns >= DAY_NS;
}

size_t vt_snapshot_choose(const int64_t *taken_ns, size_t count, int64_t now_ns)
{
    if (count <= VT_SNAPSHOTS_KEPT) {
        return count;
    }
    if (taken_ns[0] > now_ns) {
        return 0;
    }
    if (taken_ns[0] - taken_ns[1] < 20 * HOUR_NS) {
        return 1;
    }
    return now_ns - taken_ns[count - 1] >= 14 * DAY_NS ? count - 1 : count - 2;
}

/* What cannot be removed is told in the log only: a snapshot too many harms nobody. */
static void rotate(const vt_catalog *catalog, int64_t now_ns)
{
    vt_snapshot_list list;
    if (!vt_snapshot_list_read(catalog->path, &list, NULL)) {
        return;
    }
    int64_t *taken = malloc((list.count + 1) * sizeof *taken);
    for (size_t i = 0; taken && i < list.count; i++) {
        taken[i] = list.snapshots[i].taken_ns;
    }
    size_t left = taken ? list.count : 0;
    while (left > VT_SNAPSHOTS_KEPT) {
        size_t which = vt_snapshot_choose(taken, left, now_ns);
        if (unlink(list.snapshots[which].path) != 0) {
            vt_log_write(&catalog->log, VT_LOG_WARN, "%s: an old snapshot, cannot be removed",
                         list.snapshots[which].path);
        }
        free(list.snapshots[which].path);
        left--;
        memmove(taken + which, taken + which + 1, (left - which) * sizeof *taken);
        memmove(list.snapshots + which, list.snapshots + which + 1, (left - which) * sizeof *list.snapshots);
        list.count = left;
    }
    free(taken);
    vt_snapshot_list_free(&list);
}

bool vt_snapshot_take(vt_catalog *catalog, const vt_snapshot_options *options, char **path, vt_error *error)
{
    static const vt_snapshot_options none = {0};
    options = options ? options : &none;
    if (path) {
        *path = NULL;
    }
    if (catalog->read_only) {
        return vt_error_set(error, VT_ERROR_READ_ONLY, "%s is open for reading only", catalog->path);
    }
    int64_t now = options->now_ns ? options->now_ns : vt_clock_wall();
    char *to = vt_files_stamped(catalog->path, SUFFIX, now, error);
    sqlite3 *from = to ? vt_catalog_connect(catalog, error) : NULL;
    const vt_backup_pace pace = {.pages = STEP_PAGES, .go_on = options->go_on, .user = options->user};
    bool done = from && vt_backup_copy(from, to, &pace, error);
    vt_db_close(from);
    if (done) {
        vt_log_write(&catalog->log, VT_LOG_INFO, "%s: a snapshot is kept as %s", catalog->path, to);
        rotate(catalog, now);
    }
    if (done && path) {
        *path = to;
    } else {
        free(to);
    }
    return done;
}

bool vt_snapshot_take_if_due(vt_catalog *catalog, const vt_snapshot_options *options, bool *taken,
                             vt_error *error)
{
    vt_snapshot_list list;
    if (taken) {
        *taken = false;
    }
    if (!vt_snapshot_list_read(catalog->path, &list, error)) {
        return false;
    }
    int64_t newest = list.count ? list.snapshots[0].taken_ns : 0;
    vt_snapshot_list_free(&list);
    int64_t now = options && options->now_ns ? options->now_ns : vt_clock_wall();
    if (!vt_snapshot_is_due(newest, now)) {
        return true;
    }
    bool done = vt_snapshot_take(catalog, options, NULL, error);
    if (done && taken) {
        *taken = true;
    }
    return done;
}

static bool is_sound(const char *path, vt_error *error)
{
    int version = 0;
    sqlite3 *db = vt_db_open(path, VT_DB_READ, error);
    bool sound = db && vt_schema_version(&vt_catalog_schema, db, &version, error) && version > 0 &&
                 vt_backup_verify(db, error);
    vt_db_close(db);
    return sound;
}

char *vt_snapshot_newest_sound(const char *path, vt_error *error)
{
    vt_snapshot_list list;
    char *found = NULL;
    if (!vt_snapshot_list_read(path, &list, error)) {
        return NULL;
    }
    for (size_t i = 0; i < list.count && !found; i++) {
        if (is_sound(list.snapshots[i].path, NULL)) {
            found = list.snapshots[i].path;
            list.snapshots[i].path = NULL;
        }
    }
    vt_snapshot_list_free(&list);
    return found;
}

int64_t vt_snapshot_time(const char *snapshot)
{
    const char *suffix = snapshot;
    int64_t taken = 0;
    for (const char *at = snapshot; (at = strstr(at, SUFFIX)) != NULL; at += sizeof SUFFIX - 1) {
        suffix = at + sizeof SUFFIX - 1; /* the last: a folder may have such a name, too */
    }
    return suffix != snapshot && vt_files_read_time(suffix, &taken) ? taken : 0;
}
