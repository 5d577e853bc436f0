#include "core/catalog/backup.h"

#include "core/base/path.h"
#include "core/base/str.h"
#include "core/catalog/backup_private.h"
#include "core/catalog/catalog_private.h"
#include "core/catalog/lock.h"
#include "core/catalog/schema.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Names tried for the catalog that a restore puts aside. */
#define KEPT_MAX 10000

/* Moving the log of the catalog into its file waits this long for readers of other programs. */
#define RESTORE_BUSY_MS 500

static bool fail_system(const char *what, const char *path, int reason, vt_error *error)
{
    char *shown = vt_path_display(path);
    vt_error_set_errno(error, reason, "cannot %s %s", what, shown ? shown : "");
    free(shown);
    return false;
}

static char *format_path(const char *path, const char *suffix, long number, vt_error *error)
{
    vt_str name = VT_STR_INIT;
    vt_str_appendf(&name, "%s%s%ld", path, suffix, number);
    char *taken = vt_str_take(&name);
    if (!taken) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    return taken;
}

static bool sync_path(const char *path, int flags, vt_error *error)
{
    int file = open(path, flags | O_CLOEXEC);
    /* Some network file systems cannot sync a folder; the file itself is safe by then. */
    bool tolerated = flags & O_DIRECTORY;
    bool done = file >= 0 && (fsync(file) == 0 || (tolerated && errno == EINVAL));
    if (!done) {
        fail_system("sync", path, errno, error);
    }
    if (file >= 0) {
        close(file);
    }
    return done;
}

static bool sync_folder_of(const char *path, vt_error *error)
{
    const char *name = vt_path_name(path);
    char *folder = name == path ? strdup(".") : strndup(path, (size_t)(name - path));
    bool done = folder ? sync_path(folder, O_RDONLY | O_DIRECTORY, error)
                       : vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    free(folder);
    return done;
}

/* True if SQLite finds nothing wrong with the pages and rows behind `db`. */
static bool verify(sqlite3 *db, vt_error *error)
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
    } else if (!sound) {
        char *shown = vt_path_display(sqlite3_db_filename(db, "main"));
        vt_error_set(error, VT_ERROR_CORRUPT, "%s is damaged (%s); use another backup", shown ? shown : "",
                     verdict ? verdict : "?");
        free(shown);
    }
    sqlite3_finalize(check);
    return sound;
}

static bool copy_pages(sqlite3 *from, sqlite3 *to, vt_error *error)
{
    /* The copy is made anew after a crash, so its own journal need not reach the disk. */
    if (!vt_db_exec(to, "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF", "write", error)) {
        return false;
    }
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    if (!backup) {
        return vt_db_fail(to, sqlite3_errcode(to), "write", error);
    }
    /* All pages in one step: one snapshot, and no starting over when the writer commits. */
    int rc = sqlite3_backup_step(backup, -1);
    int finished = sqlite3_backup_finish(backup);
    if (rc == SQLITE_DONE && finished == SQLITE_OK) {
        return true;
    }
    return vt_db_fail(to, finished != SQLITE_OK ? finished : rc, "write", error);
}

/* A complete, verified and synced copy under a name of its own beside `to`; free() and unlink it. NULL and
 * `error`. */
static char *copy_beside(sqlite3 *from, const char *to, vt_error *error)
{
    char *temporary = format_path(to, ".unfinished-", (long)getpid(), error);
    if (!temporary) {
        return NULL;
    }
    unlink(temporary);
    sqlite3 *copy = vt_db_open(temporary, VT_DB_CREATE, error);
    /* The copy carries the mark of a write-ahead log, which a lone file must not. */
    bool done = copy && copy_pages(from, copy, error) &&
                vt_db_exec(copy, "PRAGMA journal_mode=DELETE", "write", error) && verify(copy, error);
    vt_db_close(copy);
    done = done && sync_path(temporary, O_RDONLY, error);
    if (!done) {
        unlink(temporary);
        free(temporary);
        return NULL;
    }
    return temporary;
}

static bool publish(const char *temporary, const char *to, vt_error *error)
{
    if (rename(temporary, to) != 0) {
        return fail_system("write", to, errno, error);
    }
    return sync_folder_of(to, error);
}

bool vt_backup_copy(sqlite3 *from, const char *to, vt_error *error)
{
    char *temporary = copy_beside(from, to, error);
    bool done = temporary && publish(temporary, to, error);
    if (temporary && !done) {
        unlink(temporary);
    }
    free(temporary);
    return done;
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat facts_a;
    struct stat facts_b;
    return stat(a, &facts_a) == 0 && stat(b, &facts_b) == 0 && facts_a.st_dev == facts_b.st_dev &&
           facts_a.st_ino == facts_b.st_ino;
}

bool vt_backup_write(const vt_catalog *catalog, const char *to, vt_error *error)
{
    char *target = vt_catalog_resolve(to, "backup", error);
    if (!target) {
        return false;
    }
    bool done = false;
    if (is_same_file(catalog->path, target)) {
        vt_error_set(error, VT_ERROR_USAGE, "a backup cannot go into the catalog itself; name another file");
    } else {
        sqlite3 *from = vt_catalog_connect(catalog, error);
        done = from && vt_backup_copy(from, target, error);
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

/* A log that stayed would be taken for that of the restored catalog. */
static bool move_side_files(const char *path, const char *kept, vt_error *error)
{
    static const char *const suffixes[] = {"-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        vt_str from = VT_STR_INIT;
        vt_str to = VT_STR_INIT;
        vt_str_appendf(&from, "%s%s", path, suffixes[i]);
        vt_str_appendf(&to, "%s%s", kept, suffixes[i]);
        bool done = !from.failed && !to.failed ? rename(from.data, to.data) == 0 || errno == ENOENT ||
                                                     fail_system("move", from.data, errno, error)
                                               : vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        vt_str_free(&from);
        vt_str_free(&to);
        if (!done) {
            return false;
        }
    }
    return true;
}

/* A second name for the catalog, under which it stays when its first is given to the restored one; free(). */
static char *keep_aside(const char *path, vt_error *error)
{
    for (long number = 1; number <= KEPT_MAX; number++) {
        char *kept = format_path(path, ".before-restore-", number, error);
        if (!kept) {
            return NULL;
        }
        int linked = link(path, kept);
        if (linked != 0 && (errno == EPERM || errno == EOPNOTSUPP || errno == EMLINK) &&
            access(kept, F_OK) != 0) {
            linked = rename(path, kept); /* a file system without hard links */
        }
        if (linked == 0) {
            if (move_side_files(path, kept, error)) {
                return kept;
            }
            free(kept);
            return NULL;
        }
        int reason = errno;
        bool taken = reason == EEXIST || access(kept, F_OK) == 0;
        free(kept);
        if (!taken) {
            fail_system("keep a copy of", path, reason, error);
            return NULL;
        }
    }
    vt_error_set(error, VT_ERROR_LIMIT,
                 "%d catalogs were put aside already; delete some FILE.before-restore-N", KEPT_MAX);
    return NULL;
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
    return verify(db, error);
}

/* With the lock of `path` held. */
static bool replace(const char *path, sqlite3 *from, char **kept, vt_error *error)
{
    bool exists = access(path, F_OK) == 0;
    if (exists && !close_journal(path, error)) {
        return false;
    }
    char *temporary = copy_beside(from, path, error);
    if (!temporary) {
        return false;
    }
    char *aside = exists ? keep_aside(path, error) : NULL;
    bool done = (aside || !exists) && publish(temporary, path, error);
    if (!done) {
        unlink(temporary);
    }
    free(temporary);
    if (done) {
        *kept = aside;
    } else {
        free(aside);
    }
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
    if (source && is_same_file(source, target)) {
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
