#include "core/catalog/thumbs.h"

#include "core/base/path.h"
#include "core/base/str.h"
#include "core/catalog/cache_path.h"
#include "core/catalog/catalog_private.h"
#include "core/catalog/lock.h"
#include "core/catalog/schema.h"
#include "core/catalog/thumbs_fields.h"
#include "core/catalog/thumbs_private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char put_sql[] =
    "INSERT INTO thumbnail (item_id, size_class, size, mtime_ns, width, height, codec, bytes) "
    "VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (item_id, size_class) DO UPDATE SET "
    "size = excluded.size, mtime_ns = excluded.mtime_ns, width = excluded.width, "
    "height = excluded.height, codec = excluded.codec, bytes = excluded.bytes";

/* VT_ERROR_INTERNAL: SQLite knows the file but not the tables that it must have. */
bool vt_thumbs_is_damage(vt_error_code code)
{
    return code == VT_ERROR_CORRUPT || code == VT_ERROR_UNSUPPORTED || code == VT_ERROR_VERSION ||
           code == VT_ERROR_INTERNAL;
}

/* The store belongs to the catalog with this identity; an empty store is given it. */
static bool claim(vt_thumbs *thumbs, vt_error *error)
{
    sqlite3 *db = thumbs->writable;
    sqlite3_stmt *owner = vt_db_prepare(
        db,
        "INSERT INTO property VALUES ('catalog', ?1) ON CONFLICT (name) DO UPDATE SET value = value "
        "RETURNING value = ?1",
        error);
    if (!owner) {
        return false;
    }
    sqlite3_bind_text(owner, 1, vt_catalog_identity(thumbs->catalog), -1, SQLITE_STATIC);
    int rc = sqlite3_step(owner);
    bool ours = rc == SQLITE_ROW && sqlite3_column_int(owner, 0);
    if (rc != SQLITE_ROW) {
        vt_db_fail(db, rc, "open", error);
    } else if (!ours) {
        vt_error_set(error, VT_ERROR_UNSUPPORTED, "%s belongs to another catalog", thumbs->path);
    }
    sqlite3_finalize(owner);
    return ours;
}

static void close_writable(vt_thumbs *thumbs)
{
    sqlite3_finalize(thumbs->put);
    vt_db_close(thumbs->writable);
    thumbs->put = NULL;
    thumbs->writable = NULL;
}

static bool open_writable(vt_thumbs *thumbs, vt_error *error)
{
    bool wal = false;
    thumbs->writable = vt_db_open(thumbs->path, VT_DB_CREATE, error);
    bool opened = thumbs->writable &&
                  vt_db_set_journal(thumbs->writable, !vt_db_on_network(thumbs->path), &wal, error) &&
                  vt_schema_migrate(&vt_thumbs_schema, thumbs->writable, error) && claim(thumbs, error);
    struct stat facts = {0};
    if (opened) {
        thumbs->put = vt_db_prepare(thumbs->writable, put_sql, error);
        opened = thumbs->put != NULL;
        stat(thumbs->path, &facts); /* if it is gone already, the next put notices */
    }
    thumbs->dev = facts.st_dev;
    thumbs->ino = facts.st_ino;
    if (!opened) {
        close_writable(thumbs);
    }
    return opened;
}

static bool delete_files(const char *path, vt_error *error)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        vt_str file = VT_STR_INIT;
        vt_str_appendf(&file, "%s%s", path, suffixes[i]);
        bool deleted = !file.failed && (unlink(file.data) == 0 || errno == ENOENT);
        if (!deleted) {
            vt_error_set_errno(error, file.failed ? ENOMEM : errno,
                               "cannot delete the damaged thumbnails in %s", path);
        }
        vt_str_free(&file);
        if (!deleted) {
            return false;
        }
    }
    return true;
}

/* With file_lock held for writing (or before any other thread knows the store). */
static bool make_anew_locked(vt_thumbs *thumbs, const char *reason, vt_error *error)
{
    vt_thumbs_close_idle_readers(thumbs);
    close_writable(thumbs);
    thumbs->large_bytes = 0;
    vt_log_write(&thumbs->catalog->log, VT_LOG_WARN, "the thumbnails are made anew: %s", reason);
    atomic_store(&thumbs->damaged, false);
    return vt_cache_make_folder_of(thumbs->path, error) && delete_files(thumbs->path, error) &&
           open_writable(thumbs, error);
}

bool vt_thumbs_make_anew(vt_thumbs *thumbs, const char *reason, vt_error *error)
{
    if (thumbs->read_only) {
        return vt_error_set(error, VT_ERROR_READ_ONLY, "%s is open for reading only", thumbs->path);
    }
    pthread_rwlock_wrlock(&thumbs->file_lock);
    bool done = make_anew_locked(thumbs, reason, error);
    pthread_rwlock_unlock(&thumbs->file_lock);
    return done;
}

static bool open_store(vt_thumbs *thumbs, vt_error *error)
{
    if (thumbs->read_only) {
        return true;
    }
    thumbs->lock = vt_lock_take(thumbs->path, error);
    if (thumbs->lock < 0) {
        return false;
    }
    vt_error why = VT_ERROR_INIT;
    if (open_writable(thumbs, &why)) {
        return true;
    }
    if (vt_thumbs_is_damage(why.code)) {
        return make_anew_locked(thumbs, why.message, error);
    }
    if (error) {
        *error = why;
    }
    return false;
}

vt_thumbs *vt_thumbs_open(vt_catalog *catalog, const char *path, vt_error *error)
{
    vt_thumbs *thumbs = calloc(1, sizeof *thumbs);
    if (!thumbs) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    thumbs->catalog = catalog;
    thumbs->read_only = catalog->read_only;
    thumbs->lock = -1;
    thumbs->large_bytes = -1;
    atomic_init(&thumbs->large_limit, VT_THUMBS_LARGE_BYTES);
    pthread_rwlock_init(&thumbs->file_lock, NULL);
    pthread_mutex_init(&thumbs->write_lock, NULL);
    pthread_mutex_init(&thumbs->idle_lock, NULL);
    thumbs->path = path ? vt_catalog_resolve(path, "thumbnails store", error)
                        : vt_catalog_cache_path(catalog, "thumbnails", "thumbs", error);
    bool makes_folder = !path && !thumbs->read_only;
    bool opened = thumbs->path && (!makes_folder || vt_cache_make_folder_of(thumbs->path, error)) &&
                  open_store(thumbs, error);
    if (opened) {
        thumbs->announced = vt_catalog_set_thumbs_path(catalog, thumbs->path);
        opened = thumbs->announced || vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    if (!opened) {
        vt_thumbs_close(thumbs);
        return NULL;
    }
    return thumbs;
}

void vt_thumbs_close(vt_thumbs *thumbs)
{
    if (!thumbs) {
        return;
    }
    if (thumbs->announced) {
        vt_catalog_set_thumbs_path(thumbs->catalog, NULL);
    }
    vt_thumbs_close_idle_readers(thumbs);
    close_writable(thumbs);
    vt_lock_release(thumbs->lock);
    pthread_mutex_destroy(&thumbs->idle_lock);
    pthread_mutex_destroy(&thumbs->write_lock);
    pthread_rwlock_destroy(&thumbs->file_lock);
    free(thumbs->path);
    free(thumbs);
}

const char *vt_thumbs_path(const vt_thumbs *thumbs)
{
    return thumbs->path;
}

void vt_thumbs_set_large_limit(vt_thumbs *thumbs, int64_t bytes)
{
    atomic_store(&thumbs->large_limit, bytes);
}

vt_catalog *vt_thumbs_catalog(const vt_thumbs *thumbs)
{
    return thumbs->catalog;
}

static bool put_one(sqlite3_stmt *put, const vt_thumb_key *key, const vt_thumb *thumb, vt_error *error)
{
    if (thumb->length > VT_THUMB_BYTES_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT,
                            "a thumbnail of %zu bytes is larger than the store takes (%zu)", thumb->length,
                            VT_THUMB_BYTES_MAX);
    }
    int rc = vt_db_bind_bytes(put, 8, thumb->bytes, (uint32_t)thumb->length);
    rc |= sqlite3_bind_int64(put, 1, key->item_id) | sqlite3_bind_int64(put, 2, key->size_class) |
          sqlite3_bind_int64(put, 3, key->size) | sqlite3_bind_int64(put, 4, key->mtime_ns) |
          sqlite3_bind_int(put, 5, thumb->width) | sqlite3_bind_int(put, 6, thumb->height) |
          sqlite3_bind_int(put, 7, thumb->codec);
    if (rc != SQLITE_OK) {
        return vt_db_fail(sqlite3_db_handle(put), rc, "write to", error);
    }
    return vt_db_run(put, "write to", error);
}

/* Ends the transaction of the store that writes; with `done` false, or if the commit fails, nothing of it
 * remains. */
static bool end_locked(vt_thumbs *thumbs, bool done, vt_error *error)
{
    done = done && vt_db_exec(thumbs->writable, "COMMIT", "write to", error);
    if (!done && !sqlite3_get_autocommit(thumbs->writable)) {
        sqlite3_exec(thumbs->writable, "ROLLBACK", NULL, NULL, NULL);
    }
    return done;
}

/* Who clears the cache folder takes the file away from under us: what is written then, nobody finds. */
static bool is_in_place(const vt_thumbs *thumbs)
{
    struct stat facts;
    return stat(thumbs->path, &facts) == 0 && facts.st_dev == thumbs->dev && facts.st_ino == thumbs->ino;
}

bool vt_thumbs_write(vt_thumbs *thumbs, vt_thumbs_work work, void *user, vt_error *error)
{
    if (thumbs->read_only) {
        return vt_error_set(error, VT_ERROR_READ_ONLY, "%s is open for reading only", thumbs->path);
    }
    pthread_rwlock_rdlock(&thumbs->file_lock);
    pthread_mutex_lock(&thumbs->write_lock);
    bool done = false;
    if (!thumbs->writable) {
        /* An earlier attempt to make the store anew failed; whoever sees this error makes another. */
        vt_error_set(error, VT_ERROR_CORRUPT, "%s cannot be written", thumbs->path);
    } else if (!is_in_place(thumbs)) {
        vt_error_set(error, VT_ERROR_CORRUPT, "%s was deleted or replaced", thumbs->path);
    } else if (vt_db_exec(thumbs->writable, "BEGIN IMMEDIATE", "write to", error)) {
        done = end_locked(thumbs, work(thumbs->writable, user, error), error);
    }
    pthread_mutex_unlock(&thumbs->write_lock);
    pthread_rwlock_unlock(&thumbs->file_lock);
    return done;
}

typedef struct put_work {
    vt_thumbs *thumbs;
    const vt_thumb_key *keys;
    const vt_thumb *thumbnails;
    size_t count;
} put_work;

static bool put_all(sqlite3 *db, void *user, vt_error *error)
{
    const put_work *batch = user;
    vt_thumbs *thumbs = batch->thumbs;
    bool done = true;
    int64_t large = 0;
    for (size_t i = 0; done && i < batch->count; i++) {
        done = put_one(thumbs->put, &batch->keys[i], &batch->thumbnails[i], error);
        large += batch->keys[i].size_class == VT_THUMBS_LARGE ? (int64_t)batch->thumbnails[i].length : 0;
    }
    sqlite3_clear_bindings(thumbs->put);
    if (large) { /* too much, if this is undone or replaces some: then they are counted once more */
        thumbs->large_bytes += thumbs->large_bytes < 0 ? 0 : large;
        done = done &&
               vt_thumbs_keep_large_limit(db, atomic_load(&thumbs->large_limit), &thumbs->large_bytes, error);
    }
    return done;
}

bool vt_thumbs_put(vt_thumbs *thumbs, const vt_thumb_key *keys, const vt_thumb *thumbnails, size_t count,
                   vt_error *error)
{
    put_work batch = {.thumbs = thumbs, .keys = keys, .thumbnails = thumbnails, .count = count};
    vt_error why = VT_ERROR_INIT;
    if (!atomic_load(&thumbs->damaged)) {
        if (vt_thumbs_write(thumbs, put_all, &batch, &why)) {
            return true;
        }
        if (!vt_thumbs_is_damage(why.code)) {
            if (error) {
                *error = why;
            }
            return false;
        }
    } else {
        vt_error_set(&why, VT_ERROR_CORRUPT, "%s is damaged", thumbs->path);
    }
    return vt_thumbs_make_anew(thumbs, why.message, error) && vt_thumbs_write(thumbs, put_all, &batch, error);
}

bool vt_thumbs_is_damaged(const vt_thumbs *thumbs)
{
    return atomic_load(&thumbs->damaged);
}
