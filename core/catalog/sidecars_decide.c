/* Conflicts with side-cars, settled by the user. */
#include "core/catalog/change_private.h"
#include "core/catalog/sidecars_private.h"

#include <stdlib.h>

/* ?1 is the item, 0: all; ?2 the field, 0: all. */
#define MEANT "(?1 = 0 OR c.item_id = ?1) AND (?2 = 0 OR c.field = ?2)"
/* From both sides' point of view it is agreed now: who differs from it has changed it. */
#define AGREE(column, field, value)                                                                          \
    "UPDATE sidecar SET " column " = " value                                                                 \
    " FROM sidecar_conflict AS c WHERE c.item_id = sidecar.item_id "                                         \
    "AND c.field = " field " AND " MEANT
#define TAKE(column, field, value)                                                                           \
    "UPDATE item SET " column " = " value " FROM sidecar_conflict AS c WHERE c.item_id = item.id "           \
    "AND c.field = " field " AND " MEANT

static const char *const agree[] = {
    AGREE("rating", "1", "nullif(CAST(c.theirs AS INTEGER), 0)"),
    AGREE("label", "2", "nullif(CAST(c.theirs AS INTEGER), 0)"),
    AGREE("title", "4", "nullif(c.theirs, '')"),
    AGREE("note", "8", "nullif(c.theirs, '')"),
};

static const char *const take[] = {
    TAKE("rating", "1", "max(0, min(5, CAST(c.theirs AS INTEGER)))"),
    TAKE("label", "2", "nullif(max(0, min(15, CAST(c.theirs AS INTEGER))), 0)"),
    TAKE("title", "4", "nullif(c.theirs, '')"),
    "INSERT OR REPLACE INTO note (item_id, text) SELECT c.item_id, c.theirs FROM sidecar_conflict AS c "
    "WHERE c.field = 8 AND c.theirs <> '' AND " MEANT,
    "DELETE FROM note WHERE item_id IN (SELECT c.item_id FROM sidecar_conflict AS c "
    "WHERE c.field = 8 AND c.theirs = '' AND " MEANT ")",
};

_Static_assert(VT_LABEL_MAX == 15, "a statement names the last label by number");

/* Ours are written even where nothing else is. */
static const char *const mark =
    "INSERT INTO sidecar_due (item_id, wish, since_ns) SELECT DISTINCT c.item_id, 1, 0 "
    "FROM sidecar_conflict AS c WHERE " MEANT " ON CONFLICT (item_id) DO UPDATE SET wish = 1, since_ns = 0";

static const char *const settled = "DELETE FROM sidecar_conflict AS c WHERE " MEANT;

typedef struct items {
    int64_t *ids; /* owned */
    size_t count, capacity;
} items;

static bool add_item(items *all, int64_t id, vt_error *error)
{
    if (all->count == all->capacity) {
        size_t capacity = all->capacity ? all->capacity * 2 : 64;
        int64_t *grown = realloc(all->ids, capacity * sizeof *grown);
        if (!grown) {
            return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for conflicts with side-cars");
        }
        all->ids = grown;
        all->capacity = capacity;
    }
    all->ids[all->count++] = id;
    return true;
}

static bool list_items(sqlite3 *db, const vt_sidecar_choice *choice, items *all, vt_error *error)
{
    sqlite3_stmt *select =
        vt_db_prepare(db, "SELECT DISTINCT c.item_id FROM sidecar_conflict AS c WHERE " MEANT, error);
    bool done = select != NULL;
    int rc = SQLITE_DONE;
    if (done) {
        sqlite3_bind_int64(select, 1, choice->item_id);
        sqlite3_bind_int64(select, 2, choice->field);
    }
    while (done && (rc = sqlite3_step(select)) == SQLITE_ROW) {
        done = add_item(all, sqlite3_column_int64(select, 0), error);
    }
    done = done && (rc == SQLITE_DONE || vt_db_fail(db, rc, "read", error));
    sqlite3_finalize(select);
    return done;
}

/* ---- what is to be undone ---- */

static const char *const find_values =
    "SELECT c.item_id, c.field, max(0, min(5, CAST(c.theirs AS INTEGER))), "
    "max(0, min(15, CAST(c.theirs AS INTEGER))), c.theirs, item.rating, coalesce(item.label, 0), item.title, "
    "note.text FROM sidecar_conflict AS c JOIN item ON item.id = c.item_id "
    "LEFT JOIN note ON note.item_id = c.item_id WHERE " MEANT;
enum { ID, FIELD, THEIR_RATING, THEIR_LABEL, THEIR_TEXT, RATING, LABEL, TITLE, NOTE };

/* The values of one conflict, before and after. */
static bool add_value(vt_change *change, sqlite3_stmt *select, vt_error *error)
{
    int field = sqlite3_column_int(select, FIELD);
    bool rating = field == VT_SIDECAR_RATING;
    bool number = rating || field == VT_SIDECAR_LABEL;
    const char *text =
        number ? NULL : (const char *)sqlite3_column_text(select, field == VT_SIDECAR_TITLE ? TITLE : NOTE);
    const char *theirs = number ? NULL : (const char *)sqlite3_column_text(select, THEIR_TEXT);
    vt_change_run *run = vt_change_open(change, text, theirs, error);
    if (!run) {
        return false;
    }
    run->kind = rating                      ? VT_EDIT_RATING
                : number                    ? VT_EDIT_LABEL
                : field == VT_SIDECAR_TITLE ? VT_EDIT_TITLE
                                            : VT_EDIT_NOTE;
    run->before = number ? sqlite3_column_int(select, rating ? RATING : LABEL) : 0;
    run->after = number ? sqlite3_column_int(select, rating ? THEIR_RATING : THEIR_LABEL) : 0;
    return vt_change_add(change, sqlite3_column_int64(select, ID), error);
}

static bool note_values(sqlite3 *db, const vt_sidecar_choice *choice, vt_change *change, vt_error *error)
{
    sqlite3_stmt *select = vt_db_prepare(db, find_values, error);
    bool done = select != NULL;
    int rc = SQLITE_DONE;
    if (done) {
        sqlite3_bind_int64(select, 1, choice->item_id);
        sqlite3_bind_int64(select, 2, choice->field);
    }
    while (done && (rc = sqlite3_step(select)) == SQLITE_ROW) {
        done = add_value(change, select, error);
    }
    done = done && (rc == SQLITE_DONE || vt_db_fail(db, rc, "read", error));
    sqlite3_finalize(select);
    return done;
}

static bool run_all(sqlite3 *db, const char *const *sql, size_t count, const vt_sidecar_choice *choice,
                    vt_error *error)
{
    bool done = true;
    for (size_t i = 0; done && i < count; i++) {
        done = vt_edit_run(db, sql[i], choice->item_id, choice->field, NULL, error);
    }
    return done;
}

static bool settle(sqlite3 *db, const vt_sidecar_choice *choice, bool ours, vt_error *error)
{
    return run_all(db, agree, sizeof agree / sizeof *agree, choice, error) &&
           (ours ? run_all(db, &mark, 1, choice, error)
                 : run_all(db, take, sizeof take / sizeof *take, choice, error)) &&
           run_all(db, &settled, 1, choice, error);
}

/* In one transaction; what becomes of values goes to `noted`, if that is wanted. */
static bool decide(vt_catalog_writer *writer, const vt_sidecar_choice *choices, size_t choice_count,
                   bool ours, items *all, vt_change *noted, vt_error *error)
{
    sqlite3 *db = vt_catalog_writer_db(writer);
    if (!vt_catalog_writer_begin_synced(writer, error)) {
        return false;
    }
    bool done = true;
    for (size_t i = 0; done && i < choice_count; i++) {
        done = list_items(db, &choices[i], all, error) &&
               (!noted || note_values(db, &choices[i], noted, error)) && settle(db, &choices[i], ours, error);
    }
    return vt_catalog_writer_end_synced(writer, done, error);
}

bool vt_sidecars_decide(vt_catalog_writer *writer, const vt_sidecar_choice *choices, size_t choice_count,
                        bool ours, int64_t **ids, size_t *count, vt_error *error)
{
    items all = {0};
    *ids = NULL;
    *count = 0;
    if (!decide(writer, choices, choice_count, ours, &all, NULL, error)) {
        free(all.ids);
        return false;
    }
    *ids = all.ids;
    *count = all.count;
    return true;
}

vt_change *vt_change_take_sidecars(vt_catalog_writer *writer, const vt_sidecar_choice *choices, size_t count,
                                   vt_error *error)
{
    items all = {0};
    vt_change *change = calloc(1, sizeof *change);
    if (!change) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for conflicts with side-cars");
        return NULL;
    }
    change->kind = VT_EDIT_TAKE_SIDECAR;
    if (!decide(writer, choices, count, false, &all, change, error)) {
        vt_change_free(change);
        change = NULL;
    }
    free(all.ids);
    return change;
}
