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
        done = vt_db_is_verdict(result->verdict, error);
        result->looked = done;
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

/* Thumbnails that nobody will ask for: what they are of, in an array that grows. */
typedef struct unused_thumb {
    int64_t item_id, size, mtime_ns;
} unused_thumb;

typedef struct unused_list {
    const vt_catalog *catalog;
    vt_thumbs_unused kind;
    unused_thumb *thumbs; /* owned, ascending by item */
    size_t count, capacity;
    int64_t deleted;
    vt_error why; /* a failure of the catalog, which must not be taken for a damage of the store */
} unused_list;

static bool append(unused_list *list, unused_thumb thumb, vt_error *error)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 256;
        unused_thumb *thumbs = realloc(list->thumbs, capacity * sizeof *thumbs);
        if (!thumbs) {
            return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        }
        list->thumbs = thumbs;
        list->capacity = capacity;
    }
    list->thumbs[list->count++] = thumb;
    return true;
}

/* Walks two lists that ascend by item, the thumbnails stored and the items of the catalog, side by side. */
static bool merge(sqlite3_stmt *stored, sqlite3_stmt *items, unused_list *list, vt_error *error)
{
    int stored_rc = SQLITE_ROW;
    int items_rc = sqlite3_step(items);
    while ((stored_rc = sqlite3_step(stored)) == SQLITE_ROW) {
        const unused_thumb thumb = {sqlite3_column_int64(stored, 0), sqlite3_column_int64(stored, 1),
                                    sqlite3_column_int64(stored, 2)};
        while (items_rc == SQLITE_ROW && sqlite3_column_int64(items, 0) < thumb.item_id) {
            items_rc = sqlite3_step(items);
        }
        if (items_rc != SQLITE_ROW && items_rc != SQLITE_DONE) {
            break;
        }
        bool known = items_rc == SQLITE_ROW && sqlite3_column_int64(items, 0) == thumb.item_id;
        bool current = known && sqlite3_column_int64(items, 1) == thumb.size &&
                       sqlite3_column_int64(items, 2) == thumb.mtime_ns;
        bool unused = list->kind == VT_THUMBS_OF_NO_ITEM ? !known : known && !current;
        if (unused && !append(list, thumb, error)) {
            return false;
        }
    }
    if (items_rc != SQLITE_ROW && items_rc != SQLITE_DONE) {
        vt_db_fail(sqlite3_db_handle(items), items_rc, "read", &list->why);
        return true;
    }
    return stored_rc == SQLITE_DONE || vt_db_fail(sqlite3_db_handle(stored), stored_rc, "read", error);
}

static bool find_unused(sqlite3 *db, void *user, vt_error *error)
{
    unused_list *list = user;
    list->count = 0;
    /* The store is looked at before the catalog: a thumbnail seen there belongs to an item committed before.
     */
    sqlite3_stmt *stored =
        vt_db_prepare(db, "SELECT DISTINCT item_id, size, mtime_ns FROM thumbnail ORDER BY item_id", error);
    int64_t any = 0;
    bool began = stored && (!sqlite3_get_autocommit(db) || vt_db_exec(db, "BEGIN", "read", error)) &&
                 vt_db_integer(db, "SELECT count(*) FROM property", &any, error);
    sqlite3 *catalog = began ? vt_catalog_connect(list->catalog, &list->why) : NULL;
    sqlite3_stmt *items =
        catalog ? vt_db_prepare(catalog, "SELECT id, size, mtime_ns FROM item ORDER BY id", &list->why)
                : NULL;
    bool done = began && (!items || merge(stored, items, list, error));
    sqlite3_finalize(items);
    vt_db_close(catalog);
    sqlite3_finalize(stored);
    return done;
}

/* Hands out what went wrong with the catalog. */
static bool catalog_worked(const unused_list *list, vt_error *error)
{
    if (list->why.code != VT_ERROR_NONE && error) {
        *error = list->why;
    }
    return list->why.code == VT_ERROR_NONE;
}

bool vt_thumbs_count_unused(vt_thumbs *thumbs, vt_thumbs_unused kind, int64_t *items, vt_error *error)
{
    unused_list list = {.catalog = vt_thumbs_catalog(thumbs), .kind = kind};
    bool done = vt_thumbs_read(thumbs, find_unused, &list, error) && catalog_worked(&list, error);
    *items = 0;
    for (size_t i = 0; done && i < list.count; i++) {
        *items += i == 0 || list.thumbs[i].item_id != list.thumbs[i - 1].item_id;
    }
    free(list.thumbs);
    return done;
}

static bool find_and_delete(sqlite3 *db, void *user, vt_error *error)
{
    unused_list *list = user;
    sqlite3_stmt *delete = NULL;
    bool done = find_unused(db, list, error) && catalog_worked(list, error);
    if (done && list->count) {
        delete =
            vt_db_prepare(db, "DELETE FROM thumbnail WHERE item_id = ? AND size = ? AND mtime_ns = ?", error);
        done = delete != NULL;
    }
    list->deleted = 0;
    for (size_t i = 0; done && i < list->count; i++) {
        sqlite3_bind_int64(delete, 1, list->thumbs[i].item_id);
        sqlite3_bind_int64(delete, 2, list->thumbs[i].size);
        sqlite3_bind_int64(delete, 3, list->thumbs[i].mtime_ns);
        done = vt_db_run(delete, "write to", error);
        list->deleted += done ? sqlite3_changes(db) : 0;
    }
    sqlite3_finalize(delete);
    return done;
}

bool vt_thumbs_delete_unused(vt_thumbs *thumbs, vt_thumbs_unused kind, int64_t *deleted, vt_error *error)
{
    unused_list list = {.catalog = vt_thumbs_catalog(thumbs), .kind = kind};
    bool done = vt_thumbs_write(thumbs, find_and_delete, &list, error);
    if (deleted) {
        *deleted = done ? list.deleted : 0;
    }
    free(list.thumbs);
    return done;
}

bool vt_thumbs_delete_orphans(vt_thumbs *thumbs, int64_t *deleted, vt_error *error)
{
    return vt_thumbs_delete_unused(thumbs, VT_THUMBS_OF_NO_ITEM, deleted, error);
}
