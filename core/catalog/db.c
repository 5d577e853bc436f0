#include "core/catalog/db.h"

#include "core/base/path.h"
#include "core/base/str.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>

/* The log is moved into the file by the commit that makes it longer than this: 16 MiB of 4 KiB pages. */
#define WAL_CHECKPOINT_PAGES 4096

static vt_error_code code_of_system(int system_errno, vt_error_code otherwise)
{
    switch (system_errno) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return VT_ERROR_NO_SPACE;
    case EACCES:
    case EPERM:
        return VT_ERROR_PERMISSION;
    case EROFS:
        return VT_ERROR_READ_ONLY;
    case ENOENT:
    case ENOTDIR:
        return VT_ERROR_NOT_FOUND;
    default:
        return otherwise;
    }
}

static vt_error_code code_of(int rc, int system_errno)
{
    switch (rc & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return VT_ERROR_BUSY;
    case SQLITE_NOMEM:
        return VT_ERROR_MEMORY;
    case SQLITE_READONLY:
        return VT_ERROR_READ_ONLY;
    case SQLITE_FULL:
        return VT_ERROR_NO_SPACE;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
        return VT_ERROR_CORRUPT;
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return VT_ERROR_PERMISSION;
    case SQLITE_TOOBIG:
        return VT_ERROR_LIMIT;
    case SQLITE_INTERRUPT:
        return VT_ERROR_CANCELLED;
    case SQLITE_IOERR:
        return rc == SQLITE_IOERR_NOMEM ? VT_ERROR_MEMORY : code_of_system(system_errno, VT_ERROR_IO);
    case SQLITE_CANTOPEN:
        return code_of_system(system_errno, VT_ERROR_IO);
    default:
        return VT_ERROR_INTERNAL;
    }
}

static const char *advice_for(vt_error_code code, int rc)
{
    switch (code) {
    case VT_ERROR_NO_SPACE:
        return "; make room on the disk and try again";
    case VT_ERROR_BUSY:
        return "; another program is using it";
    case VT_ERROR_READ_ONLY:
        if (rc == SQLITE_READONLY_ROLLBACK || rc == SQLITE_READONLY_RECOVERY) {
            return "; the program that wrote it last was ended amid it: open it for writing once";
        }
        return "; check the permissions of the file and its folder";
    case VT_ERROR_PERMISSION:
        return "; check the permissions of the file and its folder";
    case VT_ERROR_CORRUPT:
        return rc == SQLITE_NOTADB ? "; it is not a Vitrine file, name another one"
                                   : "; restore a backup of it";
    default:
        return "";
    }
}

static bool fail_at(const char *path, int rc, int system_errno, const char *text, const char *what,
                    vt_error *error)
{
    char *shown = path && *path ? vt_path_display(path) : NULL;
    vt_error_code code = code_of(rc, system_errno);
    /* SQLite gives no more than "disk I/O error" or "unable to open" where the system said why. */
    bool system = system_errno && ((rc & 0xff) == SQLITE_IOERR || (rc & 0xff) == SQLITE_CANTOPEN);
    char reason[128];
    vt_error_set(error, code, "cannot %s %s: %s%s", what, shown ? shown : "the database",
                 system ? strerror_r(system_errno, reason, sizeof reason) : text, advice_for(code, rc));
    if (error) {
        error->system = system_errno;
    }
    free(shown);
    return false;
}

/* The errno behind the failure of the last call. SQLite does not note it for a COMMIT; the files remember
 * theirs. */
static int system_reason(sqlite3 *db, int rc)
{
    int reason = (rc & 0xff) == SQLITE_CORRUPT ? 0 : sqlite3_system_errno(db);
    if (reason || ((rc & 0xff) != SQLITE_IOERR && (rc & 0xff) != SQLITE_CORRUPT)) {
        return reason;
    }
    static const int pointers[] = {SQLITE_FCNTL_JOURNAL_POINTER, SQLITE_FCNTL_FILE_POINTER};
    for (size_t i = 0; !reason && i < sizeof pointers / sizeof *pointers; i++) {
        sqlite3_file *file = NULL;
        if (sqlite3_file_control(db, "main", pointers[i], (void *)&file) == SQLITE_OK && file &&
            file->pMethods && file->pMethods->xFileControl) { /* a journal in memory has none */
            file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &reason);
        }
    }
    return reason;
}

bool vt_db_fail(sqlite3 *db, int rc, const char *what, vt_error *error)
{
    int extended = sqlite3_extended_errcode(db);
    if ((extended & 0xff) == (rc & 0xff)) {
        rc = extended;
    }
    int reason = system_reason(db, rc);
    if ((rc & 0xff) == SQLITE_CORRUPT) {
        /* SQLite calls a page malformed that the disk could not read. The file may be sound. */
        rc = reason == EIO ? SQLITE_IOERR_READ : rc;
        reason = reason == EIO ? EIO : 0;
    }
    return fail_at(sqlite3_db_filename(db, "main"), rc, reason, sqlite3_errstr(rc), what, error);
}

/* "Page 16: unable to get the page. error code=7" */
bool vt_db_is_verdict(const char *said, vt_error *error)
{
    static const char code[] = "error code=";
    for (const char *at = said; (at = strstr(at, code)); at += sizeof code - 1) {
        if ((strtol(at + sizeof code - 1, NULL, 10) & 0xff) == SQLITE_NOMEM) {
            return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for looking through a database");
        }
    }
    return true;
}

/* Percent-encodes what has a meaning in a URI; SQLite takes other bytes as they are. */
static char *fixed_uri(const char *path)
{
    vt_str uri = VT_STR_INIT;
    vt_str_append_cstr(&uri, "file:");
    for (const char *at = path; *at; at++) {
        if (strchr("%?#", *at)) {
            vt_str_appendf(&uri, "%%%02x", (unsigned)(unsigned char)*at);
        } else {
            vt_str_append_char(&uri, *at);
        }
    }
    vt_str_append_cstr(&uri, "?immutable=1");
    return vt_str_take(&uri);
}

static int harden(sqlite3 *db, vt_db_access access)
{
    static const struct {
        int option, value;
    } settings[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}, {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},        {SQLITE_DBCONFIG_DQS_DDL, 0},
        {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
    };
    int rc = SQLITE_OK;
    for (size_t i = 0; rc == SQLITE_OK && i < sizeof settings / sizeof *settings; i++) {
        rc = sqlite3_db_config(db, settings[i].option, settings[i].value, NULL);
    }
    if (rc == SQLITE_OK && access != VT_DB_CREATE) {
        /* Only the writer ever touches the log, on closing, too. */
        rc = sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_busy_timeout(db, VT_DB_BUSY_TIMEOUT_MS);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_exec(db, "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY", NULL,
                          NULL, NULL);
    }
    return rc;
}

sqlite3 *vt_db_open(const char *path, vt_db_access access, vt_error *error)
{
    char *uri = access == VT_DB_READ_FIXED ? fixed_uri(path) : NULL;
    if (access == VT_DB_READ_FIXED && !uri) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (uri ? SQLITE_OPEN_URI : 0) |
                (access == VT_DB_CREATE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
    sqlite3 *db = NULL;
    int rc = sqlite3_open_v2(uri ? uri : path, &db, flags, NULL);
    free(uri);
    if (rc == SQLITE_OK) {
        rc = harden(db, access);
    }
    if (rc != SQLITE_OK) {
        fail_at(path, rc, db ? sqlite3_system_errno(db) : 0, sqlite3_errstr(rc), "open", error);
        sqlite3_close(db);
        return NULL;
    }
    return db;
}

void vt_db_close(sqlite3 *db)
{
    sqlite3_close(db);
}

bool vt_db_exec(sqlite3 *db, const char *sql, const char *what, vt_error *error)
{
    int rc = sqlite3_exec(db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK || vt_db_fail(db, rc, what, error);
}

sqlite3_stmt *vt_db_prepare(sqlite3 *db, const char *sql, vt_error *error)
{
    sqlite3_stmt *statement = NULL;
    int rc = sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
    if (rc != SQLITE_OK) {
        vt_db_fail(db, rc, "read", error);
    }
    return statement;
}

bool vt_db_prepare_all(sqlite3 *db, const char *const *texts, size_t count, sqlite3_stmt **statements,
                       vt_error *error)
{
    for (size_t i = 0; i < count; i++) {
        statements[i] = vt_db_prepare(db, texts[i], error);
        if (!statements[i]) {
            return false;
        }
    }
    return true;
}

void vt_db_finalize_all(sqlite3_stmt **statements, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        sqlite3_finalize(statements[i]);
    }
}

bool vt_db_integer(sqlite3 *db, const char *sql, int64_t *value, vt_error *error)
{
    *value = 0;
    sqlite3_stmt *statement = vt_db_prepare(db, sql, error);
    if (!statement) {
        return false;
    }
    int rc = sqlite3_step(statement);
    if (rc == SQLITE_ROW) {
        *value = sqlite3_column_int64(statement, 0);
    }
    bool done = rc == SQLITE_ROW || rc == SQLITE_DONE || vt_db_fail(db, rc, "read", error);
    sqlite3_finalize(statement);
    return done;
}

bool vt_db_run(sqlite3_stmt *statement, const char *what, vt_error *error)
{
    int rc = sqlite3_step(statement);
    bool done = rc == SQLITE_DONE || vt_db_fail(sqlite3_db_handle(statement), rc, what, error);
    sqlite3_reset(statement);
    return done;
}

static bool is_wal(sqlite3 *db, const char *pragma, bool *wal, vt_error *error)
{
    *wal = false;
    sqlite3_stmt *statement = vt_db_prepare(db, pragma, error);
    if (!statement) {
        return false;
    }
    int rc = sqlite3_step(statement);
    if (rc == SQLITE_ROW) {
        const unsigned char *mode = sqlite3_column_text(statement, 0);
        *wal = mode && strcmp((const char *)mode, "wal") == 0;
    }
    bool done = rc == SQLITE_ROW || vt_db_fail(db, rc, "open", error);
    sqlite3_finalize(statement);
    return done;
}

bool vt_db_uses_wal(sqlite3 *db, bool *wal, vt_error *error)
{
    return is_wal(db, "PRAGMA journal_mode", wal, error);
}

bool vt_db_set_journal(sqlite3 *db, bool want_wal, bool *wal, vt_error *error)
{
    if (!is_wal(db, want_wal ? "PRAGMA journal_mode=WAL" : "PRAGMA journal_mode=DELETE", wal, error)) {
        return false;
    }
    sqlite3_wal_autocheckpoint(db, WAL_CHECKPOINT_PAGES);
    /* A rollback journal is safe only if it is synced before the file is written: FULL. */
    return vt_db_exec(db, *wal ? "PRAGMA synchronous=NORMAL" : "PRAGMA synchronous=FULL", "open", error) &&
           vt_db_exec(db, "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-16384", "open", error);
}

bool vt_db_on_network(const char *path)
{
    /* Magic numbers of statfs(2) and linux/magic.h. */
    static const unsigned long network[] = {
        0x6969,     /* NFS */
        0x517b,     /* SMB */
        0xfe534d42, /* SMB2 */
        0xff534d42, /* CIFS */
        0x65735546, /* FUSE: sshfs, rclone, Google Drive, ... */
        0x01021997, /* 9p */
        0x5346414f, /* AFS */
        0x6b414653, /* kAFS */
        0x00c36400, /* Ceph */
        0x73757245, /* Coda */
        0x564c,     /* NCP */
    };
    struct statfs facts;
    if (statfs(path, &facts) != 0) {
        return false;
    }
    for (size_t i = 0; i < sizeof network / sizeof *network; i++) {
        if (((unsigned long)facts.f_type & 0xffffffff) == network[i]) {
            return true;
        }
    }
    return false;
}

int vt_db_bind_bytes(sqlite3_stmt *statement, int column, const char *bytes, uint32_t length)
{
    /* A NULL pointer would bind NULL. */
    return sqlite3_bind_blob64(statement, column, bytes ? bytes : "", length, SQLITE_STATIC);
}
