/* Tags given to items and taken from them: a run for each tag, known by its path. */
#include "core/base/str.h"
#include "core/catalog/change_private.h"
#include "core/catalog/tag_path.h"

#include <stdlib.h>
#include <string.h>

/* ---- giving ---- */

static bool read_without(sqlite3 *db, vt_change *change, int64_t tag, const int64_t *ids, size_t count,
                         vt_error *error)
{
    sqlite3_stmt *select = vt_db_prepare(db,
                                         "SELECT 1 FROM item WHERE id = ?1 AND NOT EXISTS "
                                         "(SELECT 1 FROM item_tag WHERE item_id = ?1 AND tag_id = ?2)",
                                         error);
    bool done = select != NULL;
    if (done) {
        sqlite3_bind_int64(select, 2, tag);
    }
    for (size_t i = 0; done && i < count; i++) {
        sqlite3_bind_int64(select, 1, ids[i]);
        int rc = sqlite3_step(select);
        sqlite3_reset(select);
        done = rc == SQLITE_ROW    ? vt_change_add(change, ids[i], error)
               : rc == SQLITE_DONE ? true
                                   : vt_db_fail(db, rc, "read", error);
    }
    sqlite3_finalize(select);
    return done;
}

static bool read_given(sqlite3 *db, vt_change *change, const vt_item_edit *edit, const int64_t *ids,
                       size_t count, vt_error *error)
{
    for (size_t i = 0; i < edit->tag_count; i++) {
        int64_t tag = 0;
        int made = 0;
        if (!vt_edit_find_tag(db, edit->tags[i], &tag, &made, error)) {
            return false;
        }
        vt_change_run *run = vt_change_open(change, edit->tags[i], edit->tags[i], error);
        if (!run) {
            return false;
        }
        run->after = 1;
        run->made = made;
        if (!read_without(db, change, tag, ids, count, error)) {
            return false;
        }
    }
    return true;
}

/* ---- taking ---- */

typedef struct pair {
    int64_t tag, item;
} pair;

typedef struct pairs {
    pair *all; /* owned */
    size_t count, capacity;
} pairs;

static bool add_pair(pairs *list, int64_t tag, int64_t item, vt_error *error)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 256;
        pair *grown = realloc(list->all, capacity * sizeof *grown);
        if (!grown) {
            return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for an edit");
        }
        list->all = grown;
        list->capacity = capacity;
    }
    list->all[list->count++] = (pair){tag, item};
    return true;
}

/* The tags and all below them, in temp.doomed. */
static bool mark_doomed(sqlite3 *db, const vt_item_edit *edit, vt_error *error)
{
    bool done = vt_db_exec(db, "CREATE TEMP TABLE IF NOT EXISTS doomed (id INTEGER PRIMARY KEY)", "write to",
                           error) &&
                vt_db_exec(db, "DELETE FROM temp.doomed", "write to", error);
    for (size_t i = 0; done && i < edit->tag_count; i++) {
        int64_t tag = 0;
        done = vt_edit_find_tag(db, edit->tags[i], &tag, NULL, error) &&
               (tag == 0 || vt_edit_run(db,
                                        "WITH RECURSIVE below (id) AS (VALUES (?1) UNION "
                                        "SELECT tag.id FROM below JOIN tag ON tag.parent_id = below.id) "
                                        "INSERT OR IGNORE INTO temp.doomed SELECT id FROM below",
                                        tag, 0, NULL, error));
    }
    return done;
}

static bool read_pairs(sqlite3 *db, const int64_t *ids, size_t count, pairs *list, vt_error *error)
{
    sqlite3_stmt *select = vt_db_prepare(
        db, "SELECT tag_id FROM item_tag WHERE item_id = ?1 AND tag_id IN (SELECT id FROM temp.doomed)",
        error);
    bool done = select != NULL;
    for (size_t i = 0; done && i < count; i++) {
        int rc;
        sqlite3_bind_int64(select, 1, ids[i]);
        while (done && (rc = sqlite3_step(select)) != SQLITE_DONE) {
            done = rc == SQLITE_ROW ? add_pair(list, sqlite3_column_int64(select, 0), ids[i], error)
                                    : vt_db_fail(db, rc, "read", error);
        }
        sqlite3_reset(select);
    }
    sqlite3_finalize(select);
    return done;
}

static int compare_pairs(const void *a, const void *b)
{
    const pair *left = a;
    const pair *right = b;
    if (left->tag != right->tag) {
        return left->tag < right->tag ? -1 : 1;
    }
    return (left->item > right->item) - (left->item < right->item);
}

/* Pairs of one tag become a run. */
static bool add_runs(sqlite3 *db, vt_change *change, const pairs *list, vt_error *error)
{
    vt_str path = VT_STR_INIT;
    bool done = true;
    for (size_t i = 0; done && i < list->count; i++) {
        if (i == 0 || list->all[i].tag != list->all[i - 1].tag) {
            vt_str_clear(&path);
            done = vt_tag_path_append(db, list->all[i].tag, &path, error);
            vt_change_run *run = done ? vt_change_open(change, path.data, path.data, error) : NULL;
            done = run != NULL;
            if (run) {
                run->before = 1;
            }
        }
        done = done && vt_change_add(change, list->all[i].item, error);
    }
    vt_str_free(&path);
    return done;
}

static bool read_taken(sqlite3 *db, vt_change *change, const vt_item_edit *edit, const int64_t *ids,
                       size_t count, vt_error *error)
{
    pairs list = {0};
    bool done = mark_doomed(db, edit, error) && read_pairs(db, ids, count, &list, error);
    if (done && list.count) {
        qsort(list.all, list.count, sizeof *list.all, compare_pairs);
        done = add_runs(db, change, &list, error);
    }
    free(list.all);
    return done;
}

static bool read_tagging(sqlite3 *db, vt_change *change, const vt_item_edit *edit, const int64_t *ids,
                         size_t count, vt_error *error)
{
    return edit->kind == VT_EDIT_ADD_TAGS ? read_given(db, change, edit, ids, count, error)
                                          : read_taken(db, change, edit, ids, count, error);
}

/* ---- writing ---- */

static bool write_items(sqlite3 *db, const vt_change *change, const vt_change_run *run, int64_t tag,
                        bool give, size_t *skipped, vt_error *error)
{
    sqlite3_stmt *statement = vt_db_prepare(db,
                                            give ? "INSERT OR IGNORE INTO item_tag (item_id, tag_id) "
                                                   "SELECT id, ?2 FROM item WHERE id = ?1"
                                                 : "DELETE FROM item_tag WHERE item_id = ?1 AND tag_id = ?2",
                                            error);
    bool done = statement != NULL;
    if (done) {
        sqlite3_bind_int64(statement, 2, tag);
    }
    const int64_t *ids = vt_change_ids(change, run);
    for (size_t i = 0; done && i < run->count; i++) {
        sqlite3_bind_int64(statement, 1, ids[i]);
        done = vt_db_run(statement, "write to", error);
        *skipped += done && sqlite3_changes64(db) == 0;
    }
    sqlite3_finalize(statement);
    return done;
}

/* Levels that the edit had made go with it, unless something has come to them since. */
static bool unmake(sqlite3 *db, const vt_change_run *run, vt_error *error)
{
    vt_str path = VT_STR_INIT;
    vt_str_append_cstr(&path, run->text_after);
    bool done = !path.failed || vt_error_set(error, VT_ERROR_MEMORY, "out of memory for an edit");
    for (int level = 0; done && level < run->made && path.length; level++) {
        int64_t tag = 0;
        done = vt_edit_find_tag(db, path.data, &tag, NULL, error) &&
               vt_edit_run(db,
                           "DELETE FROM tag WHERE id = ?1 "
                           "AND NOT EXISTS (SELECT 1 FROM item_tag WHERE tag_id = ?1) "
                           "AND NOT EXISTS (SELECT 1 FROM tag AS child WHERE child.parent_id = ?1)",
                           tag, 0, NULL, error);
        char *slash = strrchr(path.data, '/');
        path.length = slash ? (size_t)(slash - path.data) : 0;
        path.data[path.length] = '\0';
    }
    vt_str_free(&path);
    return done;
}

static bool write_run(sqlite3 *db, const vt_change *change, const vt_change_run *run, bool back,
                      size_t *skipped, vt_error *error)
{
    bool give = (back ? run->before : run->after) != 0;
    int64_t tag = 0;
    int made = 0;
    if (!vt_edit_find_tag(db, run->text_after, &tag, give ? &made : NULL, error)) {
        return false;
    }
    if (tag == 0) { /* deleted, or renamed, since */
        *skipped += run->count;
        return true;
    }
    return write_items(db, change, run, tag, give, skipped, error) && (!back || unmake(db, run, error));
}

static bool write_tagging(sqlite3 *db, const vt_change *change, vt_change_direction direction,
                          size_t *skipped, vt_error *error)
{
    bool back = direction == VT_CHANGE_BACK;
    for (size_t i = 0; i < change->run_count; i++) {
        /* Back from the last to the first: what one of them made, a later one may lie below. */
        size_t at = back ? change->run_count - 1 - i : i;
        if (!write_run(db, change, &change->runs[at], back, skipped, error)) {
            return false;
        }
    }
    return true;
}

const vt_change_ops vt_change_tagging = {read_tagging, write_tagging};
