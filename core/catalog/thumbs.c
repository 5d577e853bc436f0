#include "core/catalog/thumbs.h"

#include "core/base/path.h"
#include "core/base/str.h"
#include "core/catalog/cache_path.h"
#include "core/catalog/catalog_private.h"
#include "core/catalog/lock.h"
#include "core/catalog/schema.h"
#include "core/catalog/thumbs_private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Readers that are kept for the next get; more run at once if more threads ask. */
#define IDLE_READERS_MAX 8

typedef struct thumb_reader {
    sqlite3 *db;
    sqlite3_stmt *get;
} thumb_reader;

struct vt_thumbs {
    vt_catalog *catalog;
    char *path; /* owned, absolute */
    bool read_only;
    bool announced; /* the catalog knows our path */
    int lock;       /* descriptor of FILE.lock, -1 when read-only */
    atomic_llong large_limit;
    atomic_bool damaged; /* SQLite found damage: the next put begins a new store */

    pthread_rwlock_t
        file_lock;     /* held for reading by whoever uses the file, for writing to make it anew; guards: */
    sqlite3 *writable; /* NULL when read-only, and after an attempt to make it anew failed */
    dev_t dev;         /* of the file that `writable` has open */
    ino_t ino;

    pthread_mutex_t write_lock; /* taken after file_lock; writes take turns; guards: */
    sqlite3_stmt *put;
    int64_t large_bytes; /* of those of 512 pixels; negative: not counted yet */

    pthread_mutex_t idle_lock; /* innermost; guards: */
    thumb_reader idle[IDLE_READERS_MAX];
    size_t idle_count;
};

static const char put_sql[] =
    "INSERT INTO thumbnail (item_id, size_class, size, mtime_ns, width, height, codec, bytes) "
    "VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (item_id, size_class) DO UPDATE SET "
    "size = excluded.size, mtime_ns = excluded.mtime_ns, width = excluded.width, "
    "height = excluded.height, codec = excluded.codec, bytes = excluded.bytes";
static const char get_sql[] = "SELECT width, height, codec, bytes FROM thumbnail "
                              "WHERE item_id = ? AND size_class = ? AND size = ? AND mtime_ns = ?";

/* VT_ERROR_INTERNAL: SQLite knows the file but not the tables that it must have. */
static bool is_damage(vt_error_code code)
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

static void close_reader(thumb_reader *reader)
{
    sqlite3_finalize(reader->get);
    vt_db_close(reader->db);
}

static void close_idle_readers(vt_thumbs *thumbs)
{
    pthread_mutex_lock(&thumbs->idle_lock);
    while (thumbs->idle_count) {
        close_reader(&thumbs->idle[--thumbs->idle_count]);
    }
    pthread_mutex_unlock(&thumbs->idle_lock);
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
    close_idle_readers(thumbs);
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
    if (is_damage(why.code)) {
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
    close_idle_readers(thumbs);
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
        if (!is_damage(why.code)) {
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

/* Whether the store a connection reads is one of this catalog: a read-only program finds whatever lies there.
   One that a program was making when it was ended (no table yet, or no owner) is not there yet. */
static bool is_ours(const vt_thumbs *thumbs, sqlite3 *db, vt_error *error)
{
    int version = 0;
    if (!vt_schema_version(&vt_thumbs_schema, db, &version, error)) {
        return false;
    }
    if (version == 0) {
        return vt_error_set(error, VT_ERROR_NOT_FOUND, "%s is empty", thumbs->path);
    }
    sqlite3_stmt *owner = vt_db_prepare(db, "SELECT value = ? FROM property WHERE name = 'catalog'", error);
    if (!owner) {
        return false;
    }
    sqlite3_bind_text(owner, 1, vt_catalog_identity(thumbs->catalog), -1, SQLITE_STATIC);
    int rc = sqlite3_step(owner);
    bool ours = rc == SQLITE_ROW && sqlite3_column_int(owner, 0);
    sqlite3_finalize(owner);
    if (rc == SQLITE_DONE) {
        return vt_error_set(error, VT_ERROR_NOT_FOUND, "%s is nobody's yet", thumbs->path);
    }
    return ours || vt_error_set(error, VT_ERROR_UNSUPPORTED, "%s belongs to another catalog", thumbs->path);
}

/* An idle reader or a new one. With file_lock held. */
static bool take_reader(vt_thumbs *thumbs, thumb_reader *reader, vt_error *error)
{
    *reader = (thumb_reader){0};
    pthread_mutex_lock(&thumbs->idle_lock);
    bool taken = thumbs->idle_count > 0;
    if (taken) {
        *reader = thumbs->idle[--thumbs->idle_count];
    }
    pthread_mutex_unlock(&thumbs->idle_lock);
    if (taken) {
        return true;
    }
    if (access(thumbs->path, F_OK) != 0) {
        return vt_error_set(error, VT_ERROR_NOT_FOUND, "there is no %s", thumbs->path);
    }
    reader->db = vt_db_open(thumbs->path, VT_DB_READ, error);
    if (reader->db && (!thumbs->read_only || is_ours(thumbs, reader->db, error))) {
        reader->get = vt_db_prepare(reader->db, get_sql, error);
    }
    if (!reader->get) {
        close_reader(reader);
        return false;
    }
    return true;
}

static void give_back_reader(vt_thumbs *thumbs, thumb_reader *reader)
{
    pthread_mutex_lock(&thumbs->idle_lock);
    bool kept = thumbs->idle_count < IDLE_READERS_MAX;
    if (kept) {
        thumbs->idle[thumbs->idle_count++] = *reader;
    }
    pthread_mutex_unlock(&thumbs->idle_lock);
    if (!kept) {
        close_reader(reader);
    }
}

/* A damaged store is no error to a reader, it merely finds nothing. Nor is one that only a writer can read
   again (VT_ERROR_READ_ONLY): the program that made it was ended amid its first pages. */
static bool excuse(vt_thumbs *thumbs, const vt_error *why, vt_error *error)
{
    bool absent = why->code == VT_ERROR_NOT_FOUND || why->code == VT_ERROR_READ_ONLY;
    bool excused = absent || is_damage(why->code);
    if (excused && !absent && !atomic_exchange(&thumbs->damaged, true)) {
        vt_log_write(&thumbs->catalog->log, VT_LOG_WARN, "thumbnails: %s", why->message);
    }
    if (!excused && error) {
        *error = *why;
    }
    return excused;
}

static bool read_thumb(thumb_reader *reader, const vt_thumb_key *key, vt_thumb *thumb, bool *found,
                       vt_error *error)
{
    sqlite3_stmt *get = reader->get;
    sqlite3_bind_int64(get, 1, key->item_id);
    sqlite3_bind_int64(get, 2, key->size_class);
    sqlite3_bind_int64(get, 3, key->size);
    sqlite3_bind_int64(get, 4, key->mtime_ns);
    int rc = sqlite3_step(get);
    bool done = rc == SQLITE_ROW || rc == SQLITE_DONE || vt_db_fail(reader->db, rc, "read", error);
    if (rc == SQLITE_ROW) {
        const void *bytes = sqlite3_column_blob(get, 3);
        size_t length = (size_t)sqlite3_column_bytes(get, 3);
        void *copy = bytes && length && length <= VT_THUMB_BYTES_MAX ? malloc(length) : NULL;
        if (copy) {
            *thumb = (vt_thumb){.width = (uint16_t)sqlite3_column_int(get, 0),
                                .height = (uint16_t)sqlite3_column_int(get, 1),
                                .codec = (uint16_t)sqlite3_column_int(get, 2),
                                .bytes = memcpy(copy, bytes, length),
                                .length = length};
            *found = true;
        } else if (bytes && length && length <= VT_THUMB_BYTES_MAX) {
            done = vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        }
    }
    sqlite3_reset(get);
    return done;
}

bool vt_thumbs_get(vt_thumbs *thumbs, const vt_thumb_key *key, vt_thumb *thumb, bool *found, vt_error *error)
{
    *found = false;
    *thumb = (vt_thumb){0};
    if (atomic_load(&thumbs->damaged)) {
        return true;
    }
    vt_error why = VT_ERROR_INIT;
    thumb_reader reader;
    pthread_rwlock_rdlock(&thumbs->file_lock);
    bool done = take_reader(thumbs, &reader, &why);
    if (done) {
        done = read_thumb(&reader, key, thumb, found, &why);
        if (done) {
            give_back_reader(thumbs, &reader);
        } else {
            close_reader(&reader);
        }
    }
    done = done || excuse(thumbs, &why, error);
    pthread_rwlock_unlock(&thumbs->file_lock);
    return done;
}

bool vt_thumbs_is_damaged(const vt_thumbs *thumbs)
{
    return atomic_load(&thumbs->damaged);
}

bool vt_thumbs_read(vt_thumbs *thumbs, vt_thumbs_work work, void *user, vt_error *error)
{
    if (atomic_load(&thumbs->damaged)) {
        return true;
    }
    vt_error why = VT_ERROR_INIT;
    thumb_reader reader;
    pthread_rwlock_rdlock(&thumbs->file_lock);
    bool done = take_reader(thumbs, &reader, &why);
    if (done) {
        done = work(reader.db, user, &why);
        close_reader(&reader);
    }
    done = done || excuse(thumbs, &why, error);
    pthread_rwlock_unlock(&thumbs->file_lock);
    return done;
}
