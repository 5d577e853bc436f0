/* Reading from the store of thumbnails: by as many threads as ask, each by a connection of its own. */
#include "core/catalog/catalog_private.h"
#include "core/catalog/schema.h"
#include "core/catalog/thumbs_fields.h"
#include "core/catalog/thumbs_private.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char get_sql[] = "SELECT width, height, codec, bytes FROM thumbnail "
                              "WHERE item_id = ? AND size_class = ? AND size = ? AND mtime_ns = ?";

static void close_reader(vt_thumb_reader *reader)
{
    sqlite3_finalize(reader->get);
    vt_db_close(reader->db);
}

void vt_thumbs_close_idle_readers(vt_thumbs *thumbs)
{
    pthread_mutex_lock(&thumbs->idle_lock);
    while (thumbs->idle_count) {
        close_reader(&thumbs->idle[--thumbs->idle_count]);
    }
    pthread_mutex_unlock(&thumbs->idle_lock);
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
static bool take_reader(vt_thumbs *thumbs, vt_thumb_reader *reader, vt_error *error)
{
    *reader = (vt_thumb_reader){0};
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

static void give_back_reader(vt_thumbs *thumbs, vt_thumb_reader *reader)
{
    pthread_mutex_lock(&thumbs->idle_lock);
    bool kept = thumbs->idle_count < VT_THUMBS_IDLE_READERS_MAX;
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
    bool excused = absent || vt_thumbs_is_damage(why->code);
    if (excused && !absent && !atomic_exchange(&thumbs->damaged, true)) {
        vt_log_write(&thumbs->catalog->log, VT_LOG_WARN, "thumbnails: %s", why->message);
    }
    if (!excused && error) {
        *error = *why;
    }
    return excused;
}

typedef bool (*reader_work)(vt_thumb_reader *reader, void *user, vt_error *error);

/* Runs `work` with a reader, unless the store is damaged or not there: a store without thumbnails is no
   error. The reader is kept for the next who asks if `keep`, which wants it as it was, and if `work` returns
   true. */
static bool with_reader(vt_thumbs *thumbs, reader_work work, void *user, bool keep, vt_error *error)
{
    if (atomic_load(&thumbs->damaged)) {
        return true;
    }
    vt_error why = VT_ERROR_INIT;
    vt_thumb_reader reader;
    pthread_rwlock_rdlock(&thumbs->file_lock);
    bool done = take_reader(thumbs, &reader, &why);
    if (done) {
        done = work(&reader, user, &why);
        if (done && keep) {
            give_back_reader(thumbs, &reader);
        } else {
            close_reader(&reader);
        }
    }
    done = done || excuse(thumbs, &why, error);
    pthread_rwlock_unlock(&thumbs->file_lock);
    return done;
}

typedef struct get_work {
    const vt_thumb_key *key;
    vt_thumb *thumb;
    bool *found;
} get_work;

static bool get_one(vt_thumb_reader *reader, void *user, vt_error *error)
{
    const get_work *wanted = user;
    sqlite3_stmt *get = reader->get;
    sqlite3_bind_int64(get, 1, wanted->key->item_id);
    sqlite3_bind_int64(get, 2, wanted->key->size_class);
    sqlite3_bind_int64(get, 3, wanted->key->size);
    sqlite3_bind_int64(get, 4, wanted->key->mtime_ns);
    int rc = sqlite3_step(get);
    bool done = rc == SQLITE_ROW || rc == SQLITE_DONE || vt_db_fail(reader->db, rc, "read", error);
    if (rc == SQLITE_ROW) {
        const void *bytes = sqlite3_column_blob(get, 3);
        size_t length = (size_t)sqlite3_column_bytes(get, 3);
        void *copy = bytes && length && length <= VT_THUMB_BYTES_MAX ? malloc(length) : NULL;
        if (copy) {
            *wanted->thumb = (vt_thumb){.width = (uint16_t)sqlite3_column_int(get, 0),
                                        .height = (uint16_t)sqlite3_column_int(get, 1),
                                        .codec = (uint16_t)sqlite3_column_int(get, 2),
                                        .bytes = memcpy(copy, bytes, length),
                                        .length = length};
            *wanted->found = true;
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
    get_work wanted = {.key = key, .thumb = thumb, .found = found};
    return with_reader(thumbs, get_one, &wanted, true, error);
}

typedef struct read_work {
    vt_thumbs_work work;
    void *user;
} read_work;

static bool read_all(vt_thumb_reader *reader, void *user, vt_error *error)
{
    const read_work *of = user;
    return of->work(reader->db, of->user, error);
}

bool vt_thumbs_read(vt_thumbs *thumbs, vt_thumbs_work work, void *user, vt_error *error)
{
    read_work of = {.work = work, .user = user};
    return with_reader(thumbs, read_all, &of, false, error); /* work may leave statements and a transaction */
}
