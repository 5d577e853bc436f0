#include "core/catalog/backup.h"

#include "core/base/path.h"
#include "core/base/replaceable.h"
#include "core/catalog/backup_private.h"
#include "core/catalog/catalog_private.h"
#include "core/catalog/files.h"
#include "core/catalog/lock.h"
#include "core/catalog/schema.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Moving the log of the catalog into its file waits this long for readers of other programs. */
#define RESTORE_BUSY_MS 500

/* A copy that commits of the writer made begin anew so often gives up. */
#define RESTARTS_MAX 20

bool vt_backup_verify(sqlite3 *db, vt_error *error)
{
    sqlite3_stmt *check = vt_db_prepare(db, "PRAGMA quick_check(1)", error);
    if (!check) {
        return false;
    }
    int rc = sqlite3_step(check);
    const char *verdict = rc == SQLITE_ROW ? (const char *)sqlite3_column_text(check, 0) : NULL;
    bool sound = verdict && strcmp(verdict, "ok") == 0;
    if (rc != SQLITE_ROW) {
        vt_db_fail(db, rc, "verify", error);
    } else if (!sound && vt_db_is_verdict(verdict ? verdict : "", error)) {
        char *shown = vt_path_display(sqlite3_db_filename(db, "main"));
        vt_error_set(error, VT_ERROR_CORRUPT, "%s is damaged (%s); use another backup", shown ? shown : "",
                     verdict ? verdict : "?");
        free(shown);
    }
    sqlite3_finalize(check);
    return sound;
}

static bool give_up(sqlite3 *from, vt_error *error)
{
    char *shown = vt_path_display(sqlite3_db_filename(from, "main"));
    vt_error_set(error, VT_ERROR_BUSY, "%s is being written all the time; copy it when that has ended",
                 shown ? shown : "the catalog");
    free(shown);
    return false;
}

/* `still`: the source stays as it is, whatever others commit. */
static bool step_through(sqlite3_backup *backup, sqlite3 *from, sqlite3 *to, bool still,
                         const vt_backup_pace *pace, vt_error *error)
{
    int restarts = 0;
    int left = INT_MAX;
    for (;;) {
        int rc = sqlite3_backup_step(backup, pace ? pace->pages : -1);
        if (rc == SQLITE_DONE) {
            return true;
        }
        if (rc != SQLITE_OK && rc != SQLITE_BUSY && rc != SQLITE_LOCKED) {
            return vt_db_fail(to, rc, "write", error);
        }
        /* A step that does not bring the end nearer was refused, or the copy was begun anew. */
        int left_now = sqlite3_backup_remaining(backup);
        restarts += rc != SQLITE_OK || left_now >= left;
        left = left_now;
        if (restarts > (still ? 0 : RESTARTS_MAX)) {
            return give_up(from, error);
        }
        if (pace && pace->go_on && !pace->go_on(pace->user)) {
            return vt_error_set(error, VT_ERROR_CANCELLED, "the copy of the catalog was stopped");
        }
    }
}

static bool copy_pages(sqlite3 *from, sqlite3 *to, const vt_backup_pace *pace, vt_error *error)
{
    bool wal = false;
    int64_t first_look = 0;
    /* The copy is made anew after a crash, so its own journal need not reach the disk. */
    if (!vt_db_exec(to, "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF", "write", error) ||
        !vt_db_uses_wal(from, &wal, error)) {
        return false;
    }
    bool still = wal && vt_db_exec(from, "BEGIN", "read", error);
    bool done = still ? vt_db_integer(from, "SELECT count(*) FROM sqlite_schema", &first_look, error) : !wal;
    sqlite3_backup *backup = done ? sqlite3_backup_init(to, "main", from, "main") : NULL;
    if (done && !backup) {
        done = vt_db_fail(to, sqlite3_errcode(to), "write", error);
    }
    done = done && step_through(backup, from, to, still, pace, error);
    int finished = backup ? sqlite3_backup_finish(backup) : SQLITE_OK;
    if (done && finished != SQLITE_OK) {
        done = vt_db_fail(to, finished, "write", error);
    }
    if (still) {
        sqlite3_exec(from, "ROLLBACK", NULL, NULL, NULL);
    }
    return done;
}

/* SQLite's question whether to give up, within one statement. */
static int is_given_up(void *user)
{
    const vt_backup_pace *pace = user;
    return !pace->go_on(pace->user);
}

/* Looking through the whole copy takes as long as making it. */
static bool verify_at_pace(sqlite3 *copy, const vt_backup_pace *pace, vt_error *error)
{
    enum { OPERATIONS = 20000 }; /* of SQLite's virtual machine: some milliseconds */
    bool may_stop = pace && pace->go_on;
    vt_error why = VT_ERROR_INIT;
    sqlite3_progress_handler(copy, may_stop ? OPERATIONS : 0, is_given_up, (void *)pace);
    bool sound = vt_backup_verify(copy, &why);
    sqlite3_progress_handler(copy, 0, NULL, NULL);
    if (!sound && why.code == VT_ERROR_CANCELLED) {
        vt_error_set(&why, VT_ERROR_CANCELLED, "the copy of the catalog was stopped");
    }
    if (!sound && error) {
        *error = why;
    }
    return sound;
}

char *vt_backup_copy_beside(sqlite3 *from, const char *to, const vt_backup_pace *pace, vt_error *error)
{
    char *temporary = vt_files_temporary(to, error);
    if (!temporary) {
        return NULL;
    }
    sqlite3 *copy = vt_db_open(temporary, VT_DB_CREATE, error);
    /* The copy carries the mark of a write-ahead log, which a lone file must not. */
    bool done = copy && copy_pages(from, copy, pace, error) &&
                vt_db_exec(copy, "PRAGMA journal_mode=DELETE", "write", error) &&
                verify_at_pace(copy, pace, error);
    vt_db_close(copy);
    if (!done) {
        unlink(temporary);
        free(temporary);
        return NULL;
    }
    return temporary;
}

bool vt_backup_copy(sqlite3 *from, const char *to, const vt_backup_pace *pace, vt_error *error)
{
    char *temporary = vt_backup_copy_beside(from, to, pace, error);
    bool done = temporary && vt_files_publish(temporary, to, error);
    if (temporary && !done) {
        unlink(temporary);
    }
    free(temporary);
    return done;
}

/* By the number that SQLite keeps at byte 68 (its file format, 1.3). */
static bool is_backup(const uint8_t *head, size_t length)
{
    enum { MARK_AT = 68 };
    return length >= MARK_AT + 4 && memcmp(head, "SQLite format 3", sizeof "SQLite format 3") == 0 &&
           ((uint32_t)head[MARK_AT] << 24 | (uint32_t)head[MARK_AT + 1] << 16 |
            (uint32_t)head[MARK_AT + 2] << 8 | head[MARK_AT + 3]) == VT_CATALOG_APPLICATION_ID;
}

static const vt_file_kind backup_kind = {.name = "backup of a catalog", .is = is_backup};

bool vt_backup_write(const vt_catalog *catalog, const char *to, vt_error *error)
{
    char *target = vt_catalog_resolve(to, "backup", error);
    if (!target) {
        return false;
    }
    bool done = false;
    if (vt_file_is_same(catalog->path, target)) {
        vt_error_set(error, VT_ERROR_USAGE, "a backup cannot go into the catalog itself; name another file");
    } else if (vt_file_is_replaceable(target, &backup_kind, error)) {
        sqlite3 *from = vt_catalog_connect(catalog, error);
        done = from && vt_backup_copy(from, target, NULL, error);
        vt_db_close(from);
    }
    free(target);
    return done;
}

/* Moves the log into the file, which fails while anybody else has the catalog open. A catalog so damaged that
   this cannot be done is put aside as it is. */
static bool close_journal(const char *path, vt_error *error)
{
    vt_error why = VT_ERROR_INIT;
    sqlite3 *db = vt_db_open(path, VT_DB_CREATE, &why);
    bool wal = false;
    bool free_of_users = true;
    if (db) {
        sqlite3_busy_timeout(db, RESTORE_BUSY_MS);
        if (!vt_db_set_journal(db, false, &wal, &why) && why.code == VT_ERROR_BUSY) {
            free_of_users = false;
        }
        sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    }
    vt_db_close(db);
    if (!free_of_users) {
        char *shown = vt_path_display(path);
        vt_error_set(error, VT_ERROR_BUSY, "%s is open in another program; close it and restore again",
                     shown ? shown : "the catalog");
        free(shown);
    }
    return free_of_users;
}

static bool is_restorable(sqlite3 *db, const char *from, vt_error *error)
{
    int version = 0;
    if (!vt_schema_version(&vt_catalog_schema, db, &version, error)) {
        return false;
    }
    if (version == 0) {
        char *shown = vt_path_display(from);
        vt_error_set(error, VT_ERROR_CORRUPT, "%s is empty, not a backup of a catalog; name another file",
                     shown ? shown : "the file");
        free(shown);
        return false;
    }
    return vt_backup_verify(db, error);
}

bool vt_backup_replace(const char *path, const char *temporary, const char *suffix, char **kept,
                       vt_error *error)
{
    *kept = NULL;
    bool exists = access(path, F_OK) == 0;
    if (exists && !close_journal(path, error)) {
        return false;
    }
    char *aside = exists ? vt_files_keep_aside(path, suffix, error) : NULL;
    bool done = (aside || !exists) && vt_files_publish(temporary, path, error);
    if (done) {
        *kept = aside;
    } else {
        free(aside);
    }
    return done;
}

/* With the lock of `path` held. */
static bool replace(const char *path, sqlite3 *from, char **kept, vt_error *error)
{
    char *temporary = vt_backup_copy_beside(from, path, NULL, error);
    bool done = temporary && vt_backup_replace(path, temporary, ".before-restore-", kept, error);
    if (temporary && !done) {
        unlink(temporary);
    }
    free(temporary);
    return done;
}

bool vt_backup_restore(const char *path, const char *from, char **kept, const vt_log *log, vt_error *error)
{
    char *aside = NULL;
    char *target = vt_catalog_resolve(path, "catalog", error);
    char *source = target ? vt_path_absolute(from, error) : NULL;
    sqlite3 *db = NULL;
    int lock = -1;
    bool done = false;
    if (source && vt_file_is_same(source, target)) {
        vt_error_set(error, VT_ERROR_USAGE, "a catalog cannot be restored from itself; name a backup");
    } else if (source) {
        db = vt_db_open(source, VT_DB_READ, error);
        lock = db && is_restorable(db, source, error) ? vt_lock_take(target, error) : -1;
        done = lock >= 0 && replace(target, db, &aside, error);
    }
    if (done) {
        vt_log_write(log, VT_LOG_INFO, "%s restored from %s; what was there is kept as %s", target, source,
                     aside ? aside : "nothing");
    }
    vt_db_close(db);
    vt_lock_release(lock);
    if (kept) {
        *kept = aside;
    } else {
        free(aside);
    }
    free(source);
    free(target);
    return done;
}
