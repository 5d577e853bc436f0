/* Ratings, labels, titles and notes: one value an item. */
#include "core/catalog/change_private.h"

#include <stdlib.h>
#include <string.h>

/* Values are read as they are, those too that only another program can have written. */
enum { UNCHANGED = UINT8_MAX };

static bool is_number(vt_edit_kind kind)
{
    return kind == VT_EDIT_RATING || kind == VT_EDIT_LABEL;
}

/* ---- reading what is there ---- */

static const char *select_of(vt_edit_kind kind)
{
    switch (kind) {
    case VT_EDIT_RATING:
        return "SELECT rating FROM item WHERE id = ?1";
    case VT_EDIT_LABEL:
        return "SELECT coalesce(label, 0) FROM item WHERE id = ?1";
    case VT_EDIT_TITLE:
        return "SELECT title FROM item WHERE id = ?1";
    default:
        return "SELECT note.text FROM item LEFT JOIN note ON note.item_id = item.id WHERE item.id = ?1";
    }
}

static int number_of(sqlite3_stmt *select)
{
    sqlite3_int64 number = sqlite3_column_int64(select, 0);
    return number > 0 && number < UNCHANGED ? (int)number : 0;
}

/* Old values beside the ids, UNCHANGED for one that stays as it is; how often each occurs goes to `seen`. */
static bool read_old(sqlite3 *db, sqlite3_stmt *select, int wanted, const int64_t *ids, size_t count,
                     uint8_t *old, size_t seen[UNCHANGED + 1], vt_error *error)
{
    for (size_t i = 0; i < count; i++) {
        sqlite3_bind_int64(select, 1, ids[i]);
        int rc = sqlite3_step(select);
        int number = rc == SQLITE_ROW ? number_of(select) : wanted;
        old[i] = (uint8_t)(number == wanted ? UNCHANGED : number);
        seen[old[i]]++;
        sqlite3_reset(select);
        if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
            return vt_db_fail(db, rc, "read", error);
        }
    }
    return true;
}

/* One run for each old value, whatever the order of the items. */
static bool add_numbers(vt_change *change, int value, int wanted, const int64_t *ids, const uint8_t *old,
                        size_t count, vt_error *error)
{
    vt_change_run *run = vt_change_open(change, NULL, NULL, error);
    if (!run) {
        return false;
    }
    run->before = value;
    run->after = wanted;
    bool done = true;
    for (size_t i = 0; done && i < count; i++) {
        done = old[i] != value || vt_change_add(change, ids[i], error);
    }
    return done;
}

static bool read_numbers(sqlite3 *db, sqlite3_stmt *select, vt_change *change, int wanted, const int64_t *ids,
                         size_t count, vt_error *error)
{
    size_t seen[UNCHANGED + 1] = {0};
    uint8_t *old = calloc(count + 1, 1);
    if (!old) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for an edit");
    }
    bool done = read_old(db, select, wanted, ids, count, old, seen, error);
    for (int value = 0; done && value < UNCHANGED; value++) {
        done = seen[value] == 0 || add_numbers(change, value, wanted, ids, old, count, error);
    }
    free(old);
    return done;
}

static bool same_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

/* A run for neighbours that had the same text. */
static bool read_texts(sqlite3 *db, sqlite3_stmt *select, vt_change *change, const char *wanted,
                       const int64_t *ids, size_t count, vt_error *error)
{
    const char *last = NULL;
    bool done = true;
    for (size_t i = 0; done && i < count; i++) {
        sqlite3_bind_int64(select, 1, ids[i]);
        int rc = sqlite3_step(select);
        const char *text = rc == SQLITE_ROW ? (const char *)sqlite3_column_text(select, 0) : wanted;
        if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
            done = vt_db_fail(db, rc, "read", error);
        } else if (!same_text(text, wanted)) {
            if (change->run_count == 0 || !same_text(text, last)) {
                const vt_change_run *run = vt_change_open(change, text, wanted, error);
                done = run != NULL;
                last = run ? run->text_before : NULL;
            }
            done = done && vt_change_add(change, ids[i], error);
        }
        sqlite3_reset(select);
    }
    return done;
}

static bool read_values(sqlite3 *db, vt_change *change, const vt_item_edit *edit, const int64_t *ids,
                        size_t count, vt_error *error)
{
    sqlite3_stmt *select = vt_db_prepare(db, select_of(edit->kind), error);
    if (!select) {
        return false;
    }
    bool done = is_number(edit->kind) ? read_numbers(db, select, change, edit->number, ids, count, error)
                                      : read_texts(db, select, change, edit->text, ids, count, error);
    sqlite3_finalize(select);
    return done;
}

/* ---- writing ---- */

/* ?1 is the item, ?2 the value it gets, ?3 the one it must have. */
static const char *write_of(vt_edit_kind kind, bool from_nothing, bool to_nothing)
{
    switch (kind) {
    case VT_EDIT_RATING:
        return "UPDATE item SET rating = ?2 WHERE id = ?1 AND rating = ?3";
    case VT_EDIT_LABEL:
        return "UPDATE item SET label = nullif(?2, 0) WHERE id = ?1 AND coalesce(label, 0) = ?3";
    case VT_EDIT_TITLE:
        return "UPDATE item SET title = ?2 WHERE id = ?1 AND title IS ?3";
    default:
        return from_nothing
                   ? "INSERT OR IGNORE INTO note (item_id, text) SELECT id, ?2 FROM item WHERE id = ?1"
               : to_nothing ? "DELETE FROM note WHERE item_id = ?1 AND text = ?3"
                            : "UPDATE note SET text = ?2 WHERE item_id = ?1 AND text = ?3";
    }
}

/* Binding a parameter that the statement does not have fails, and that is all right. */
static void bind_text(sqlite3_stmt *statement, int parameter, const char *text)
{
    if (text) {
        sqlite3_bind_text(statement, parameter, text, -1, SQLITE_STATIC);
    } else {
        sqlite3_bind_null(statement, parameter);
    }
}

static bool write_run(sqlite3 *db, const vt_change *change, const vt_change_run *run, bool back,
                      size_t *skipped, vt_error *error)
{
    const char *from = back ? run->text_after : run->text_before;
    const char *to = back ? run->text_before : run->text_after;
    sqlite3_stmt *update = vt_db_prepare(db, write_of(run->kind, !from, !to), error);
    if (!update) {
        return false;
    }
    if (is_number(run->kind)) {
        sqlite3_bind_int(update, 2, back ? run->before : run->after);
        sqlite3_bind_int(update, 3, back ? run->after : run->before);
    } else {
        bind_text(update, 2, to);
        bind_text(update, 3, from);
    }
    const int64_t *ids = vt_change_ids(change, run);
    bool done = true;
    for (size_t i = 0; done && i < run->count; i++) {
        sqlite3_bind_int64(update, 1, ids[i]);
        done = vt_db_run(update, "write to", error);
        *skipped += done && sqlite3_changes64(db) == 0;
    }
    sqlite3_finalize(update);
    return done;
}

static bool write_values(sqlite3 *db, const vt_change *change, vt_change_direction direction, size_t *skipped,
                         vt_error *error)
{
    for (size_t i = 0; i < change->run_count; i++) {
        if (!write_run(db, change, &change->runs[i], direction == VT_CHANGE_BACK, skipped, error)) {
            return false;
        }
    }
    return true;
}

const vt_change_ops vt_change_values = {read_values, write_values};
