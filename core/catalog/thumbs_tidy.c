#include "core/catalog/catalog_private.h"
#include "core/catalog/thumbs_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct counts {
    int64_t thumbnails, bytes;
} counts;

static bool count_all(sqlite3 *db, void *user, vt_error *error)
{
    counts *total = user;
    int64_t pages = 0;
    int64_t page_size = 0;
    bool done = vt_db_integer(db, "SELECT count(*) FROM thumbnail", &total->thumbnails, error) &&
                vt_db_integer(db, "PRAGMA page_count", &pages, error) &&
                vt_db_integer(db, "PRAGMA page_size", &page_size, error);
    total->bytes = pages * page_size;
    return done;
}

bool vt_thumbs_counts(vt_thumbs *thumbs, int64_t *count, int64_t *bytes, vt_error *error)
{
    counts total = {0};
    bool done = vt_thumbs_read(thumbs, count_all, &total, error);
    *count = total.thumbnails;
    *bytes = total.bytes;
    return done;
}

typedef struct verification {
    char *verdict;
    size_t size;
    bool looked;
} verification;

static bool look_through(sqlite3 *db, void *user, vt_error *error)
{
    verification *result = user;
    sqlite3_stmt *check = vt_db_prepare(db, "PRAGMA integrity_check(1)", error);
    if (!check) {
        return false;
    }
    int rc = sqlite3_step(check);
    bool done = rc == SQLITE_ROW || vt_db_fail(db, rc, "read", error);
    if (done) {
        const char *text = (const char *)sqlite3_column_text(check, 0);
        bool sound = text && strcmp(text, "ok") == 0;
        snprintf(result->verdict, result->size, "%s", sound ? "" : text ? text : "?");
        result->looked = true;
    }
    sqlite3_finalize(check);
    return done;
}

bool vt_thumbs_verify(vt_thumbs *thumbs, char *verdict, size_t verdict_size, vt_error *error)
{
    verification result = {.verdict = verdict, .size = verdict_size};
    bool done = vt_thumbs_read(thumbs, look_through, &result, error);
    if (done && !result.looked) {
        bool damaged = vt_thumbs_is_damaged(thumbs);
        snprintf(verdict, verdict_size, "%s",
                 damaged ? "it is no sound thumbnails store of this catalog" : "");
    }
    return done;
}

/* Items that have thumbnails but are not in the catalog: numbers in an array that grows. */
typedef struct orphans {
    const vt_catalog *catalog;
    int64_t *ids; /* owned */
    size_t count, capacity;
    vt_error why; /* a failure of the catalog, which must not be taken for a damage of the store */
} orphans;

static bool append(orphans *list, int64_t id, vt_error *error)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 256;
        int64_t *ids = realloc(list->ids, capacity * sizeof *ids);
        if (!ids) {
            return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        }
        list->ids = ids;
        list->capacity = capacity;
    }
    list->ids[list->count++] = id;
    return true;
}

/* Walks two ascending lists of item numbers, those with thumbnails and those in the catalog, side by side. */
static bool merge(sqlite3_stmt *stored, sqlite3_stmt *items, orphans *list, vt_error *error)
{
    int stored_rc = SQLITE_ROW;
    int items_rc = sqlite3_step(items);
    while ((stored_rc = sqlite3_step(stored)) == SQLITE_ROW) {
        int64_t id = sqlite3_column_int64(stored, 0);
        while (items_rc == SQLITE_ROW && sqlite3_column_int64(items, 0) < id) {
            items_rc = sqlite3_step(items);
        }
        if (items_rc != SQLITE_ROW && items_rc != SQLITE_DONE) {
            break;
        }
        bool known = items_rc == SQLITE_ROW && sqlite3_column_int64(items, 0) == id;
        if (!known && !append(list, id, error)) {
            return false;
        }
    }
    if (items_rc != SQLITE_ROW && items_rc != SQLITE_DONE) {
        vt_db_fail(sqlite3_db_handle(items), items_rc, "read", &list->why);
        return true;
    }
    return stored_rc == SQLITE_DONE || vt_db_fail(sqlite3_db_handle(stored), stored_rc, "read", error);
}

static bool find_orphans(sqlite3 *db, void *user, vt_error *error)
{
    orphans *list = user;
    list->count = 0;
    /* The store is looked at before the catalog: a thumbnail seen there belongs to an item committed before.
     */
    sqlite3_stmt *stored =
        vt_db_prepare(db, "SELECT DISTINCT item_id FROM thumbnail ORDER BY item_id", error);
    int64_t any = 0;
    bool began = stored && (!sqlite3_get_autocommit(db) || vt_db_exec(db, "BEGIN", "read", error)) &&
                 vt_db_integer(db, "SELECT count(*) FROM property", &any, error);
    sqlite3 *catalog = began ? vt_catalog_connect(list->catalog, &list->why) : NULL;
    sqlite3_stmt *items =
        catalog ? vt_db_prepare(catalog, "SELECT id FROM item ORDER BY id", &list->why) : NULL;
    bool done = began && (!items || merge(stored, items, list, error));
    sqlite3_finalize(items);
    vt_db_close(catalog);
    sqlite3_finalize(stored);
    return done;
}

/* Hands out what went wrong with the catalog. */
static bool catalog_worked(const orphans *list, vt_error *error)
{
    if (list->why.code != VT_ERROR_NONE && error) {
        *error = list->why;
    }
    return list->why.code == VT_ERROR_NONE;
}

bool vt_thumbs_count_orphans(vt_thumbs *thumbs, int64_t *count, vt_error *error)
{
    orphans list = {.catalog = vt_thumbs_catalog(thumbs)};
    bool done = vt_thumbs_read(thumbs, find_orphans, &list, error) && catalog_worked(&list, error);
    *count = done ? (int64_t)list.count : 0;
    free(list.ids);
    return done;
}

static bool find_and_delete(sqlite3 *db, void *user, vt_error *error)
{
    orphans *list = user;
    sqlite3_stmt *delete = NULL;
    bool done = find_orphans(db, list, error) && catalog_worked(list, error);
    if (done && list->count) {
        delete = vt_db_prepare(db, "DELETE FROM thumbnail WHERE item_id = ?", error);
        done = delete != NULL;
    }
    size_t deleted = 0;
    for (size_t i = 0; done && i < list->count; i++) {
        sqlite3_bind_int64(delete, 1, list->ids[i]);
        done = vt_db_run(delete, "write to", error);
        deleted += done ? (size_t)sqlite3_changes(db) : 0;
    }
    sqlite3_finalize(delete);
    list->count = deleted;
    return done;
}

bool vt_thumbs_delete_orphans(vt_thumbs *thumbs, int64_t *deleted, vt_error *error)
{
    orphans list = {.catalog = vt_thumbs_catalog(thumbs)};
    bool done = vt_thumbs_write(thumbs, find_and_delete, &list, error);
    if (deleted) {
        *deleted = done ? (int64_t)list.count : 0;
    }
    free(list.ids);
    return done;
}
