#include "core/catalog/change_private.h"

#include "core/base/clock.h"
#include "core/base/ids.h"

#include <stdlib.h>
#include <string.h>

bool vt_edit_find_album(sqlite3 *db, int64_t album, vt_error *error)
{
    int64_t found = 0;
    return vt_edit_ask(db, "SELECT 1 FROM album WHERE id = ?1", album, 0, &found, error) &&
           (found ||
            vt_error_set(error, VT_ERROR_NOT_FOUND, "the catalog has no album %lld", (long long)album));
}

bool vt_edit_check_album(const char *name, vt_error *error)
{
    if (!*name) {
        return vt_error_set(error, VT_ERROR_USAGE, "an album needs a name");
    }
    return vt_edit_check_text(name, strlen(name), VT_TITLE_BYTES_MAX, false, "the name of an album", error);
}

/* Numbers in an order of the user's. */
typedef struct order {
    int64_t *ids; /* owned */
    size_t count;
} order;

/* What `sql` (with ?1) gives, in memory of its own: free(order->ids), also on failure. */
static bool read_order(sqlite3 *db, const char *count_sql, const char *sql, int64_t first, order *list,
                       vt_error *error)
{
    *list = (order){0};
    int64_t rows = 0;
    if (!vt_edit_ask(db, count_sql, first, 0, &rows, error)) {
        return false;
    }
    list->ids = malloc(((size_t)rows + 1) * sizeof *list->ids);
    if (!list->ids) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    sqlite3_stmt *select = vt_db_prepare(db, sql, error);
    if (!select) {
        return false;
    }
    sqlite3_bind_int64(select, 1, first);
    int rc = SQLITE_DONE;
    while (list->count < (size_t)rows && (rc = sqlite3_step(select)) == SQLITE_ROW) {
        list->ids[list->count++] = sqlite3_column_int64(select, 0);
    }
    bool done = rc == SQLITE_ROW || rc == SQLITE_DONE || vt_db_fail(db, rc, "read", error);
    sqlite3_finalize(select);
    return done;
}

static bool contains(const order *sorted, int64_t id)
{
    return vt_ids_contain(sorted->ids, sorted->count, id);
}

static bool sorted_copy(const int64_t *ids, size_t count, order *copy, vt_error *error)
{
    copy->ids = malloc((count + 1) * sizeof *copy->ids);
    if (!copy->ids) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    if (count) {
        memcpy(copy->ids, ids, count * sizeof *copy->ids);
    }
    copy->count = count;
    vt_ids_sort(copy->ids, count);
    return true;
}

/* Writes to `moved` what `list` becomes when `ids`, those that are in it, stand before `before`. */
static void put_before(const order *list, const order *members, const order *chosen, const int64_t *ids,
                       size_t count, int64_t before, order *moved)
{
    bool placed = false;
    size_t at = 0;
    bool has_place = contains(members, before) && !contains(chosen, before);
    while (at < list->count || !placed) {
        if (!placed && (at == list->count || (has_place && list->ids[at] == before))) {
            for (size_t i = 0; i < count && moved->count < list->count; i++) {
                if (contains(members, ids[i])) {
                    moved->ids[moved->count++] = ids[i];
                }
            }
            placed = true;
        } else {
            if (!contains(chosen, list->ids[at]) && moved->count < list->count) {
                moved->ids[moved->count++] = list->ids[at];
            }
            at++;
        }
    }
}

/* Where `moved` differs from `list`: positions are written anew, 1 and up. */
static bool write_order(sqlite3 *db, const char *sql, int64_t album, const order *moved, vt_error *error)
{
    sqlite3_stmt *update = vt_db_prepare(db, sql, error);
    bool done = update != NULL;
    for (size_t i = 0; done && i < moved->count; i++) {
        sqlite3_bind_int64(update, 1, moved->ids[i]);
        sqlite3_bind_int64(update, 2, (sqlite3_int64)i + 1);
        sqlite3_bind_int64(update, 3, album);
        done = vt_db_run(update, "write to", error);
    }
    sqlite3_finalize(update);
    return done;
}

static bool move(sqlite3 *db, const order *list, const int64_t *ids, size_t count, int64_t before,
                 const char *update, int64_t album, vt_error *error)
{
    order members = {0};
    order chosen = {0};
    order moved = {.ids = malloc((list->count + 1) * sizeof *moved.ids)};
    bool done = moved.ids || vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    done = done && sorted_copy(list->ids, list->count, &members, error) &&
           sorted_copy(ids, count, &chosen, error);
    for (size_t i = 1; done && i < chosen.count; i++) {
        if (chosen.ids[i] == chosen.ids[i - 1]) {
            done = vt_error_set(error, VT_ERROR_USAGE, "the item %lld is to be moved twice",
                                (long long)chosen.ids[i]);
        }
    }
    if (done) {
        put_before(list, &members, &chosen, ids, count, before, &moved);
        done = write_order(db, update, album, &moved, error);
    }
    free(members.ids);
    free(chosen.ids);
    free(moved.ids);
    return done;
}

bool vt_edit_place_album(sqlite3 *db, int64_t album, int64_t before, vt_error *error)
{
    order albums = {0};
    bool done = vt_edit_find_album(db, album, error) &&
                read_order(db, "SELECT count(*) FROM album", "SELECT id FROM album ORDER BY position, id", 0,
                           &albums, error) &&
                move(db, &albums, &album, 1, before,
                     "UPDATE album SET position = ?2 WHERE id = ?1 AND position <> ?2", 0, error);
    free(albums.ids);
    return done;
}

bool vt_edit_order_album(sqlite3 *db, int64_t album, const int64_t *ids, size_t count, int64_t before,
                         vt_error *error)
{
    order items = {0};
    bool done =
        vt_edit_find_album(db, album, error) &&
        read_order(db, "SELECT count(*) FROM album_item WHERE album_id = ?1",
                   "SELECT item_id FROM album_item WHERE album_id = ?1 ORDER BY position, item_id", album,
                   &items, error) &&
        move(db, &items, ids, count, before,
             "UPDATE album_item SET position = ?2 WHERE item_id = ?1 AND album_id = ?3 AND position <> ?2",
             album, error);
    free(items.ids);
    return done;
}
