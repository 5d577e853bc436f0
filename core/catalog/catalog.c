#include "core/catalog/catalog.h"

#include "core/base/clock.h"
#include "core/base/path.h"
#include "core/base/str.h"
#include "core/catalog/backup_private.h"
#include "core/catalog/catalog_private.h"
#include "core/catalog/files.h"
#include "core/catalog/lock.h"
#include "core/catalog/schema.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *vt_catalog_resolve(const char *path, const char *what, vt_error *error)
{
    struct stat facts;
    bool exists = stat(path, &facts) == 0;
    const char *name = vt_path_name(path);
    char *shown = vt_path_display(path);
    char *resolved = NULL;
    if (exists && !S_ISREG(facts.st_mode)) {
        vt_error_set(error, VT_ERROR_NOT_REGULAR, "%s is not a file, so it cannot be a %s; name another one",
                     shown ? shown : "the path", what);
    } else if (exists) {
        resolved = vt_path_absolute(path, error);
    } else if (*name == '\0') {
        vt_error_set(error, VT_ERROR_USAGE, "\"%s\" names a folder, not a %s", shown ? shown : "", what);
    } else {
        char *folder = name == path ? strdup(".") : strndup(path, (size_t)(name - path));
        char *above = folder ? realpath(folder, NULL) : NULL;
        int reason = errno;
        if (above) {
            resolved = vt_path_join(above, name);
        } else {
            vt_error_set_errno(error, reason, "the folder of the %s %s cannot be used", what,
                               shown ? shown : "");
        }
        if (above && !resolved) {
            vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        }
        free(above);
        free(folder);
    }
    free(shown);
    return resolved;
}

static char *with_suffix(const char *path, const char *suffix)
{
    vt_str joined = VT_STR_INIT;
    vt_str_append_cstr(&joined, path);
    vt_str_append_cstr(&joined, suffix);
    return vt_str_take(&joined);
}

static bool read_identity(vt_catalog *catalog, sqlite3 *db, vt_error *error)
{
    sqlite3_stmt *select = vt_db_prepare(db, "SELECT value FROM property WHERE name = 'identity'", error);
    if (!select) {
        return false;
    }
    const char *value =
        sqlite3_step(select) == SQLITE_ROW ? (const char *)sqlite3_column_text(select, 0) : NULL;
    bool found = value && strlen(value) == sizeof catalog->identity - 1;
    if (found) {
        memcpy(catalog->identity, value, sizeof catalog->identity);
    } else {
        vt_error_set(error, VT_ERROR_CORRUPT, "the catalog %s has lost its identity; restore a backup",
                     catalog->path);
    }
    sqlite3_finalize(select);
    return found;
}

/* Refuses what is not ours through a connection that cannot write, so that such a file stays as it is. */
static bool probe(vt_catalog *catalog, vt_error *error)
{
    if (access(catalog->path, F_OK) != 0) {
        return true;
    }
    sqlite3 *db = vt_db_open(catalog->path, VT_DB_READ, error);
    if (!db) {
        return false;
    }
    vt_error why = VT_ERROR_INIT;
    bool ours = vt_schema_version(&vt_catalog_schema, db, &catalog->version, &why);
    int rc = sqlite3_extended_errcode(db);
    vt_db_close(db);
    /* A journal that a killed writer left must be played back first, which only the writer may. */
    if (!ours && (rc == SQLITE_READONLY_ROLLBACK || rc == SQLITE_READONLY_RECOVERY)) {
        return true;
    }
    if (!ours && error) {
        *error = why;
    }
    return ours;
}

/* Nothing was changed yet: what the copy is for, and what to do, is more than its own fault can say. */
static bool refuse_upgrade(const vt_catalog *catalog, const vt_error *why, vt_error *error)
{
    char *shown = vt_path_display(catalog->path);
    const char *advice = why->code == VT_ERROR_NO_SPACE  ? "; make room on the disk, nothing was changed"
                         : why->code == VT_ERROR_CORRUPT ? "; it is damaged: run 'vitrine check --repair'"
                                                         : "; nothing was changed";
    vt_error_set(
        error, why->code,
        "%s has version %d and the copy of it that is made before an upgrade to %d failed (%.200s)%s",
        shown ? shown : "the catalog", catalog->version, vt_catalog_newest_version(), why->message, advice);
    free(shown);
    return false;
}

/* A copy that an attempt before this one left is not taken for good: the catalog may have changed since. */
static bool backup_before_upgrade(vt_catalog *catalog, vt_error *error)
{
    int newest = vt_catalog_newest_version();
    if (catalog->version == 0 || catalog->version == newest) {
        return true;
    }
    char suffix[40];
    snprintf(suffix, sizeof suffix, ".before-v%d-", newest);
    char *to = vt_files_stamped(catalog->path, suffix, vt_clock_wall(), error);
    if (!to) {
        return false;
    }
    vt_error why = VT_ERROR_INIT;
    bool done = vt_backup_copy(catalog->writable, to, NULL, &why);
    if (done) {
        vt_log_write(&catalog->log, VT_LOG_INFO, "%s: upgrading version %d to %d, the old one is kept as %s",
                     catalog->path, catalog->version, newest, to);
    } else {
        refuse_upgrade(catalog, &why, error);
    }
    free(to);
    return done;
}

static bool open_to_write(vt_catalog *catalog, vt_catalog_journal journal, vt_error *error)
{
    catalog->lock = vt_lock_take(catalog->path, error);
    if (catalog->lock < 0 || !probe(catalog, error)) {
        return false;
    }
    vt_files_remove_unfinished(catalog->path, &catalog->log);
    catalog->writable = vt_db_open(catalog->path, VT_DB_CREATE, error);
    if (!catalog->writable ||
        !vt_schema_version(&vt_catalog_schema, catalog->writable, &catalog->version, error)) {
        return false;
    }
    if (sqlite3_db_readonly(catalog->writable, "main") == 1) {
        return vt_error_set(error, VT_ERROR_READ_ONLY,
                            "%s cannot be written; check its permissions, or open it for reading",
                            catalog->path);
    }
    bool network = journal == VT_CATALOG_JOURNAL_AUTO && vt_db_on_network(catalog->path);
    if (network) {
        vt_log_write(
            &catalog->log, VT_LOG_WARN,
            "%s lies on a network or FUSE file system: no write-ahead log, so the window may wait for an "
            "import; a local disk is faster and safer",
            catalog->path);
    }
    bool want_wal = journal == VT_CATALOG_JOURNAL_WAL || (journal == VT_CATALOG_JOURNAL_AUTO && !network);
    /* The copy comes first: the kind of the journal stands in the file, too. */
    if (!backup_before_upgrade(catalog, error) ||
        !vt_db_set_journal(catalog->writable, want_wal, &catalog->wal, error) ||
        !vt_schema_migrate(&vt_catalog_schema, catalog->writable, error)) {
        return false;
    }
    catalog->version = vt_catalog_newest_version();
    return read_identity(catalog, catalog->writable, error);
}

/* A write-ahead log needs a file of shared memory beside the catalog. Where that cannot be made (a read-only
   disk or folder) and the log is empty, the catalog is complete as it stands. */
static bool is_complete_without_log(const char *path)
{
    char *log = with_suffix(path, "-wal");
    struct stat facts;
    bool complete = log && (stat(log, &facts) != 0 ? errno == ENOENT : facts.st_size == 0);
    free(log);
    return complete;
}

static bool try_to_read(vt_catalog *catalog, vt_error *error)
{
    sqlite3 *db = vt_catalog_connect(catalog, error);
    if (!db) {
        return false;
    }
    bool wal_journal = false;
    int64_t pages = 0;
    bool read = vt_schema_version(&vt_catalog_schema, db, &catalog->version, error) &&
                vt_db_integer(db, "PRAGMA page_count", &pages, error);
    if (read && catalog->version != vt_catalog_newest_version()) {
        read = vt_error_set(error, VT_ERROR_VERSION,
                            "%s has version %d and must be upgraded to %d; open it for writing once",
                            catalog->path, catalog->version, vt_catalog_newest_version());
    }
    read = read && read_identity(catalog, db, error);
    if (read && !catalog->fixed) {
        sqlite3_stmt *mode = vt_db_prepare(db, "PRAGMA journal_mode", error);
        wal_journal = mode && sqlite3_step(mode) == SQLITE_ROW &&
                      strcmp((const char *)sqlite3_column_text(mode, 0), "wal") == 0;
        sqlite3_finalize(mode);
    }
    catalog->wal = wal_journal;
    vt_db_close(db);
    return read;
}

static bool open_to_read(vt_catalog *catalog, vt_error *error)
{
    if (access(catalog->path, F_OK) != 0) {
        char *shown = vt_path_display(catalog->path);
        vt_error_set_errno(error, errno, "cannot read the catalog %s", shown ? shown : "");
        free(shown);
        return false;
    }
    if (catalog->fixed && !is_complete_without_log(catalog->path)) {
        return vt_error_set(error, VT_ERROR_BUSY, "the log beside %s is not empty", catalog->path);
    }
    vt_error why = VT_ERROR_INIT;
    bool read = try_to_read(catalog, &why);
    bool could_not_share = why.code == VT_ERROR_READ_ONLY || why.code == VT_ERROR_PERMISSION ||
                           why.code == VT_ERROR_IO || why.code == VT_ERROR_NOT_FOUND;
    if (!read && !catalog->fixed && could_not_share && access(catalog->path, R_OK) == 0 &&
        is_complete_without_log(catalog->path)) {
        catalog->fixed = true;
        vt_error_clear(&why);
        read = try_to_read(catalog, &why);
    }
    if (!read && error) {
        *error = why;
    }
    return read;
}

vt_catalog *vt_catalog_open(const char *path, const vt_catalog_options *options, vt_error *error)
{
    vt_catalog *catalog = calloc(1, sizeof *catalog);
    if (!catalog) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    pthread_mutex_init(&catalog->thumbs_lock, NULL);
    catalog->lock = -1;
    catalog->log = vt_log_for(&options->log, "catalog");
    catalog->read_only = options->mode != VT_CATALOG_READ_WRITE;
    catalog->fixed = options->mode == VT_CATALOG_READ_CLOSED;
    catalog->path = vt_catalog_resolve(path, "catalog", error);
    bool opened = catalog->path && (catalog->read_only ? open_to_read(catalog, error)
                                                       : open_to_write(catalog, options->journal, error));
    if (!opened) {
        if (catalog->writable) {
            /* What was refused stays as it is: its log, too. */
            sqlite3_db_config(catalog->writable, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
        }
        vt_catalog_close(catalog);
        return NULL;
    }
    vt_log_write(&catalog->log, VT_LOG_INFO, "%s opened for %s, version %d", catalog->path,
                 catalog->read_only ? "reading" : "writing", catalog->version);
    return catalog;
}

void vt_catalog_close(vt_catalog *catalog)
{
    if (!catalog) {
        return;
    }
    vt_db_close(catalog->writable);
    vt_lock_release(catalog->lock);
    pthread_mutex_destroy(&catalog->thumbs_lock);
    free(catalog->thumbs_path);
    free(catalog->path);
    free(catalog);
}

sqlite3 *vt_catalog_connect(const vt_catalog *catalog, vt_error *error)
{
    return vt_db_open(catalog->path, catalog->fixed ? VT_DB_READ_FIXED : VT_DB_READ, error);
}

sqlite3 *vt_catalog_lend(vt_catalog *catalog, vt_error *error)
{
    if (catalog->read_only) {
        vt_error_set(error, VT_ERROR_READ_ONLY, "%s is open for reading only", catalog->path);
        return NULL;
    }
    if (atomic_exchange(&catalog->has_writer, true)) {
        vt_error_set(error, VT_ERROR_BUSY, "%s is being written by another task of this program; wait for it",
                     catalog->path);
        return NULL;
    }
    return catalog->writable;
}

void vt_catalog_give_back(vt_catalog *catalog)
{
    atomic_store(&catalog->has_writer, false);
}

bool vt_catalog_set_thumbs_path(vt_catalog *catalog, const char *path)
{
    char *copy = path ? strdup(path) : NULL;
    if (path && !copy) {
        return false;
    }
    pthread_mutex_lock(&catalog->thumbs_lock);
    free(catalog->thumbs_path);
    catalog->thumbs_path = copy;
    pthread_mutex_unlock(&catalog->thumbs_lock);
    return true;
}

const char *vt_catalog_path(const vt_catalog *catalog)
{
    return catalog->path;
}

bool vt_catalog_is_read_only(const vt_catalog *catalog)
{
    return catalog->read_only;
}

bool vt_catalog_uses_wal(const vt_catalog *catalog)
{
    return catalog->wal;
}

const char *vt_catalog_identity(const vt_catalog *catalog)
{
    return catalog->identity;
}

int vt_catalog_version(const vt_catalog *catalog)
{
    return catalog->version;
}

int vt_catalog_newest_version(void)
{
    return vt_schema_newest(&vt_catalog_schema);
}

char *vt_catalog_default_path(vt_error *error)
{
    char *folder = vt_path_xdg(VT_XDG_DATA, error);
    if (!folder || !vt_path_make_folders(folder, error)) {
        free(folder);
        return NULL;
    }
    char *path = vt_path_join(folder, "library.vitrine");
    if (!path) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    free(folder);
    return path;
}

static void add_own_files(vt_own_files *own, const char *path)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal", ".lock"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        char *file = with_suffix(path, suffixes[i]);
        struct stat facts;
        if (file && own->count < sizeof own->files / sizeof *own->files && stat(file, &facts) == 0) {
            own->files[own->count].dev = facts.st_dev;
            own->files[own->count++].ino = facts.st_ino;
        }
        free(file);
    }
}

void vt_catalog_own_files(vt_catalog *catalog, vt_own_files *own)
{
    own->count = 0;
    add_own_files(own, catalog->path);
    pthread_mutex_lock(&catalog->thumbs_lock);
    if (catalog->thumbs_path) {
        add_own_files(own, catalog->thumbs_path);
    }
    pthread_mutex_unlock(&catalog->thumbs_lock);
}

bool vt_own_files_contain(const vt_own_files *own, uint64_t dev, uint64_t ino)
{
    for (size_t i = 0; i < own->count; i++) {
        if (own->files[i].dev == dev && own->files[i].ino == ino) {
            return true;
        }
    }
    return false;
}

const char *vt_catalog_sqlite_version(void)
{
    return sqlite3_libversion();
}

int64_t vt_catalog_sqlite_memory(void)
{
    return sqlite3_memory_used();
}
