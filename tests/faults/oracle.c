#include "tests/faults/oracle.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* All facts of an item. Its number and what stat says of the inode may differ from import to import. */
static const char CONTENT[] =
    "SELECT folder.path, name, kind, format, state, size, mtime_ns, rating, width, height, triangles, "
    "watertight,"
    " orientation, has_alpha, channels, bit_depth, ascii, vertices, dropped_triangles, min_x, min_y, min_z,"
    " max_x, max_y, max_z, area, volume FROM item JOIN folder ON folder.id = folder_id"
    " ORDER BY folder.path, name";

/* Each finds rows that must not be. */
static const struct {
    const char *sql, *meaning;
} rules[] = {
    {"SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'", "integrity_check"},
    {"SELECT count(*) FROM pragma_foreign_key_check", "foreign_key_check"},
    {"SELECT count(*) FROM item WHERE size <= 0 OR mtime_ns = 0 OR ino = 0 OR length(name) = 0"
     " OR (state = 0 AND width IS NULL AND triangles IS NULL)",
     "items without facts"},
    {"SELECT count(*) FROM failure WHERE length(message) = 0 OR length(name) = 0",
     "failures without a reason"},
};
static const struct {
    const char *sql, *meaning;
} thumbs_rules[] = {
    {"SELECT count(*) FROM pragma_integrity_check WHERE schema = 'thumbs' AND integrity_check <> 'ok'",
     "integrity_check of the thumbnails"},
    {"SELECT count(*) FROM thumbs.thumbnail WHERE item_id NOT IN (SELECT id FROM item)", "orphan thumbnails"},
    {"SELECT count(*) FROM thumbs.thumbnail WHERE length(bytes) = 0 OR width = 0 OR height = 0",
     "empty thumbnails"},
};

static bool complain(oracle *found, const char *what, const char *more)
{
    if (found->sound) {
        found->sound = false;
        snprintf(found->why, sizeof found->why, "%s: %s", what, more);
    }
    return false;
}

/* The integer a statement gives; what cannot be asked is not sound. */
static int64_t number(sqlite3 *db, const char *sql, oracle *found)
{
    sqlite3_stmt *statement = NULL;
    int64_t value = 0;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        value = sqlite3_column_int64(statement, 0);
    } else {
        complain(found, sql, sqlite3_errmsg(db));
    }
    sqlite3_finalize(statement);
    return value;
}

static void must_be_none(sqlite3 *db, const char *sql, const char *meaning, oracle *found)
{
    int64_t rows = number(db, sql, found);
    if (rows > 0) {
        char count[40];
        snprintf(count, sizeof count, "%lld rows", (long long)rows);
        complain(found, meaning, count);
    }
}

/* FNV-1a, over types and bytes of all columns. */
static uint64_t hash_row(uint64_t hash, sqlite3_stmt *statement)
{
    for (int column = 0; column < sqlite3_column_count(statement); column++) {
        const unsigned char *bytes = sqlite3_column_blob(statement, column);
        int length = sqlite3_column_bytes(statement, column);
        hash = (hash ^ (uint64_t)sqlite3_column_type(statement, column)) * UINT64_C(1099511628211);
        for (int i = 0; i < length; i++) {
            hash = (hash ^ bytes[i]) * UINT64_C(1099511628211);
        }
    }
    return hash;
}

static uint64_t hash_content(sqlite3 *db, oracle *found)
{
    sqlite3_stmt *statement = NULL;
    uint64_t hash = UINT64_C(14695981039346656037);
    int result = sqlite3_prepare_v2(db, CONTENT, -1, &statement, NULL);
    while (result == SQLITE_OK || result == SQLITE_ROW) {
        result = sqlite3_step(statement);
        if (result == SQLITE_ROW) {
            hash = hash_row(hash, statement);
        }
    }
    if (result != SQLITE_DONE) {
        complain(found, "content", sqlite3_errmsg(db));
    }
    sqlite3_finalize(statement);
    return hash;
}

static void look_at_thumbs(sqlite3 *db, const char *path, oracle *found)
{
    char *attach = sqlite3_mprintf("ATTACH %Q AS thumbs", path);
    int result = sqlite3_exec(db, attach, NULL, NULL, NULL);
    sqlite3_free(attach);
    if (result != SQLITE_OK) {
        complain(found, "thumbnails", sqlite3_errmsg(db));
        return;
    }
    if (number(db, "SELECT count(*) FROM thumbs.sqlite_schema", found) == 0) {
        return; /* not made yet */
    }
    for (size_t i = 0; i < sizeof thumbs_rules / sizeof *thumbs_rules; i++) {
        must_be_none(db, thumbs_rules[i].sql, thumbs_rules[i].meaning, found);
    }
    found->thumbnails = number(db, "SELECT count(*) FROM thumbs.thumbnail", found);
}

/* For writing, so that a journal that a dead program left is rolled back; but the log stays as it is. */
static sqlite3 *open_catalog(const char *path, oracle *found)
{
    enum { PATIENCE_MS = 10000 };
    sqlite3 *db = NULL;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) {
        complain(found, "open", db ? sqlite3_errmsg(db) : "out of memory");
        sqlite3_close(db);
        return NULL;
    }
    sqlite3_busy_timeout(db, PATIENCE_MS);
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    return db;
}

oracle oracle_look(const char *catalog, const char *thumbs)
{
    oracle found = {.sound = true, .empty = true, .content = UINT64_C(14695981039346656037)};
    if (access(catalog, F_OK) != 0) {
        return found;
    }
    sqlite3 *db = open_catalog(catalog, &found);
    if (!db) {
        return found;
    }
    if (number(db, "SELECT count(*) FROM sqlite_schema", &found) > 0) {
        found.empty = false;
        for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
            must_be_none(db, rules[i].sql, rules[i].meaning, &found);
        }
        found.items = number(db, "SELECT count(*) FROM item", &found);
        found.unread = number(db, "SELECT count(*) FROM item WHERE state = 4", &found);
        found.failures = number(db, "SELECT count(*) FROM failure", &found);
        found.content = hash_content(db, &found);
        if (thumbs && access(thumbs, F_OK) == 0) {
            look_at_thumbs(db, thumbs, &found);
        }
    }
    sqlite3_close(db);
    return found;
}

int64_t oracle_items(const char *catalog)
{
    struct stat facts;
    oracle ignored = {.sound = true};
    sqlite3 *db = NULL;
    int64_t items = 0;
    /* Nothing is made, and nothing recovered, beside a program that is at work. */
    if (stat(catalog, &facts) == 0 && facts.st_size > 0 &&
        sqlite3_open_v2(catalog, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK) {
        items = number(db, "SELECT count(*) FROM item", &ignored);
    }
    sqlite3_close(db);
    return items;
}
