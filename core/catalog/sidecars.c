/* Side-cars as the catalog knows them: writing. */
#include "core/catalog/sidecars.h"

#include "core/base/clock.h"
#include "core/catalog/sidecars_private.h"

#include <stdio.h>

static bool no_memory(vt_error *error)
{
    vt_error_set(error, VT_ERROR_MEMORY, "out of memory for side-cars");
    return false;
}

/* ---- marks ---- */

#define CAN_HAVE_ONE "kind <> 3 AND state <> 5"

static bool is_of_sidecars(vt_edit_kind kind)
{
    return kind == VT_EDIT_RATING || kind == VT_EDIT_LABEL || kind == VT_EDIT_TITLE || kind == VT_EDIT_NOTE ||
           kind == VT_EDIT_ADD_TAGS || kind == VT_EDIT_REMOVE_TAGS || kind == VT_EDIT_MOVE_TAG ||
           kind == VT_EDIT_DELETE_TAG || kind == VT_EDIT_TAKE_SIDECAR;
}

/* What the user asked for stays asked for. */
bool vt_sidecars_mark_change(vt_catalog_writer *writer, const vt_change *change, vt_error *error)
{
    if (!vt_catalog_writer_marks(writer) || !is_of_sidecars(change->kind)) {
        return true;
    }
    for (size_t i = 0; i < change->tag_count; i++) { /* it and what lies below have other paths now */
        if (!vt_sidecars_mark_tagged(writer, change->tags[i].id, error)) {
            return false;
        }
    }
    return vt_edit_run_each(vt_catalog_writer_db(writer),
                            "INSERT INTO sidecar_due (item_id, wish, since_ns) SELECT id, 0, ?2 FROM item "
                            "WHERE id = ?1 AND " CAN_HAVE_ONE
                            " ON CONFLICT (item_id) DO UPDATE SET since_ns = excluded.since_ns, "
                            "wish = CASE wish WHEN 2 THEN 0 ELSE wish END",
                            change->ids, change->count, vt_clock_wall(), error);
}

bool vt_sidecars_mark_tagged(vt_catalog_writer *writer, int64_t tag, vt_error *error)
{
    return !vt_catalog_writer_marks(writer) ||
           vt_edit_run(vt_catalog_writer_db(writer),
                       "WITH RECURSIVE below (id) AS (VALUES (?1) UNION "
                       "SELECT tag.id FROM below JOIN tag ON tag.parent_id = below.id) "
                       "INSERT INTO sidecar_due (item_id, wish, since_ns) SELECT DISTINCT item.id, 0, ?2 "
                       "FROM below JOIN item_tag ON tag_id = below.id JOIN item ON item.id = item_id "
                       "WHERE " CAN_HAVE_ONE
                       " ON CONFLICT (item_id) DO UPDATE SET since_ns = excluded.since_ns, "
                       "wish = CASE wish WHEN 2 THEN 0 ELSE wish END",
                       tag, vt_clock_wall(), NULL, error);
}

/* What is asked for is older than all edits: it comes first. */
bool vt_sidecars_ask(vt_catalog_writer *writer, const int64_t *ids, size_t count, vt_sidecar_wish wish,
                     vt_error *error)
{
    sqlite3 *db = vt_catalog_writer_db(writer);
    if (!vt_catalog_writer_begin_synced(writer, error)) {
        return false;
    }
    bool done =
        vt_edit_run_each(db, "DELETE FROM sidecar_failure WHERE item_id = ?1", ids, count, 0, error) &&
        vt_edit_run_each(db,
                         "INSERT INTO sidecar_due (item_id, wish, since_ns) SELECT id, ?2, 0 FROM item "
                         "WHERE id = ?1 AND " CAN_HAVE_ONE
                         " ON CONFLICT (item_id) DO UPDATE SET since_ns = 0, "
                         "wish = CASE WHEN wish = 1 OR excluded.wish = 2 THEN wish ELSE 1 END",
                         ids, count, wish, error);
    return vt_catalog_writer_end_synced(writer, done, error);
}

bool vt_sidecars_retry(vt_catalog_writer *writer, vt_error *error)
{
    sqlite3 *db = vt_catalog_writer_db(writer);
    if (!vt_catalog_writer_begin_synced(writer, error)) {
        return false;
    }
    bool done = vt_db_exec(db,
                           "INSERT OR IGNORE INTO sidecar_due (item_id, wish, since_ns) "
                           "SELECT item_id, CASE wish WHEN 2 THEN 2 ELSE 1 END, 0 FROM sidecar_failure; "
                           "DELETE FROM sidecar_failure",
                           "write to", error);
    return vt_catalog_writer_end_synced(writer, done, error);
}

bool vt_sidecars_forget_due(vt_catalog_writer *writer, vt_error *error)
{
    if (!vt_catalog_writer_begin_synced(writer, error)) {
        return false;
    }
    bool done = vt_db_exec(vt_catalog_writer_db(writer), "DELETE FROM sidecar_due", "write to", error);
    return vt_catalog_writer_end_synced(writer, done, error);
}

/* ---- what was found out ---- */

static void bind_text(sqlite3_stmt *statement, int parameter, const char *text)
{
    if (text && *text) {
        sqlite3_bind_text(statement, parameter, text, -1, SQLITE_STATIC);
    } else {
        sqlite3_bind_null(statement, parameter);
    }
}

/* Runs it, and tells whether it changed a row. */
static bool run_one(sqlite3 *db, sqlite3_stmt *statement, bool *changed, vt_error *error)
{
    bool done = statement && vt_db_run(statement, "write to", error);
    *changed = done && sqlite3_changes64(db) > 0;
    sqlite3_finalize(statement);
    return done;
}

static bool put_number(sqlite3 *db, const char *sql, int64_t id, int now, int before, bool *good,
                       vt_error *error)
{
    sqlite3_stmt *update = vt_db_prepare(db, sql, error);
    sqlite3_bind_int64(update, 1, id);
    sqlite3_bind_int(update, 2, now);
    sqlite3_bind_int(update, 3, before);
    return run_one(db, update, good, error);
}

static bool put_text(sqlite3 *db, const char *sql, int64_t id, const char *now, const char *before,
                     bool *good, vt_error *error)
{
    sqlite3_stmt *update = vt_db_prepare(db, sql, error);
    if (!update) {
        return false;
    }
    sqlite3_bind_int64(update, 1, id);
    bind_text(update, 2, now);
    bind_text(update, 3, before);
    return run_one(db, update, good, error);
}

static bool put_note(sqlite3 *db, int64_t id, const char *now, const char *before, bool *good,
                     vt_error *error)
{
    bool had = before && *before, has = now && *now;
    const char *sql = !had  ? "INSERT OR IGNORE INTO note (item_id, text) VALUES (?1, ?2)"
                      : has ? "UPDATE note SET text = ?2 WHERE item_id = ?1 AND text IS ?3"
                            : "DELETE FROM note WHERE item_id = ?1 AND text IS ?3";
    return put_text(db, sql, id, now, before, good, error);
}

static bool give_tags(sqlite3 *db, vt_sidecar_outcome *of, bool give, vt_error *error)
{
    const vt_sidecar_values *now = of->now, *before = &of->before->ours;
    const vt_sidecar_tags *from = give ? &now->tags : &before->tags;
    const vt_sidecar_tags *except = give ? &before->tags : &now->tags;
    bool done = true;
    for (size_t i = 0; done && i < from->count; i++) {
        int64_t tag = 0;
        /* A name that no tag here can have stays in the side-car alone. */
        if (vt_sidecar_tags_has(except, from->list[i]) || !vt_edit_check_tag(from->list[i], NULL)) {
            continue;
        }
        done =
            vt_edit_find_tag(db, from->list[i], &tag, give ? &of->made : NULL, error) &&
            (tag == 0 || vt_edit_run(db,
                                     give ? "INSERT OR IGNORE INTO item_tag (item_id, tag_id) VALUES (?1, ?2)"
                                          : "DELETE FROM item_tag WHERE item_id = ?1 AND tag_id = ?2",
                                     of->id, tag, NULL, error));
    }
    return done;
}

/* Gives the item what the side-car has brought. `*good` false: the user has edited it meanwhile. */
static bool put_values(sqlite3 *db, vt_sidecar_outcome *of, bool *good, vt_error *error)
{
    const vt_sidecar_values *now = of->now, *ours = &of->before->ours;
    bool done = true;
    *good = true;
    if (done && *good && (of->taken & VT_SIDECAR_RATING)) {
        done = put_number(db, "UPDATE item SET rating = ?2 WHERE id = ?1 AND rating = ?3", of->id,
                          now->rating, ours->rating, good, error);
    }
    if (done && *good && (of->taken & VT_SIDECAR_LABEL)) {
        done =
            put_number(db, "UPDATE item SET label = nullif(?2, 0) WHERE id = ?1 AND coalesce(label, 0) = ?3",
                       of->id, now->label, ours->label, good, error);
    }
    if (done && *good && (of->taken & VT_SIDECAR_TITLE)) {
        done = put_text(db, "UPDATE item SET title = ?2 WHERE id = ?1 AND title IS ?3", of->id, now->title,
                        ours->title, good, error);
    }
    if (done && *good && (of->taken & VT_SIDECAR_NOTES)) {
        done = put_note(db, of->id, now->notes, ours->notes, good, error);
    }
    if (done && *good && (of->taken & VT_SIDECAR_TAGS)) {
        done = give_tags(db, of, true, error) && give_tags(db, of, false, error);
    }
    return done;
}

/* Binds from `parameter` on: rating, label, title, note, tags. `lines` holds what is bound. */
static bool bind_values(sqlite3_stmt *statement, int parameter, const vt_sidecar_values *values,
                        vt_str *lines, vt_error *error)
{
    vt_str_clear(lines);
    for (size_t i = 0; i < values->tags.count; i++) {
        vt_str_append_cstr(lines, values->tags.list[i]);
        vt_str_append_char(lines, '\n');
    }
    sqlite3_bind_int(statement, parameter, values->rating);
    sqlite3_bind_int(statement, parameter + 1, values->label);
    bind_text(statement, parameter + 2, values->title);
    bind_text(statement, parameter + 3, values->notes);
    bind_text(statement, parameter + 4, lines->data);
    return !lines->failed || no_memory(error);
}

static bool put_row(sqlite3 *db, const vt_sidecar_outcome *of, vt_error *error)
{
    vt_str lines = VT_STR_INIT;
    sqlite3_stmt *put = vt_db_prepare(db,
                                      "INSERT OR REPLACE INTO sidecar (item_id, long_size, long_mtime_ns, "
                                      "short_size, short_mtime_ns, rating, label, title, note, tags) "
                                      "SELECT id, ?2, ?3, ?4, ?5, nullif(?6, 0), nullif(?7, 0), ?8, ?9, ?10 "
                                      "FROM item WHERE id = ?1",
                                      error);
    bool done = put != NULL;
    if (done) {
        sqlite3_bind_int64(put, 1, of->id);
        for (int i = 0; i < VT_SIDECAR_NAMES; i++) {
            if (of->seen.size[i] >= 0) {
                sqlite3_bind_int64(put, 2 + 2 * i, of->seen.size[i]);
                sqlite3_bind_int64(put, 3 + 2 * i, of->seen.mtime_ns[i]);
            }
        }
        done = bind_values(put, 6, of->agreed, &lines, error) && vt_db_run(put, "write to", error);
    }
    sqlite3_finalize(put);
    vt_str_free(&lines);
    return done;
}

static bool put_said(sqlite3 *db, const vt_sidecar_outcome *of, vt_error *error)
{
    if (!vt_edit_run(db, "DELETE FROM sidecar_said WHERE item_id = ?1", of->id, 0, NULL, error)) {
        return false;
    }
    bool done = true;
    for (int name = 0; done && of->said && name < VT_SIDECAR_NAMES; name++) {
        vt_str lines = VT_STR_INIT;
        sqlite3_stmt *put =
            vt_db_prepare(db,
                          "INSERT INTO sidecar_said (item_id, name, rating, label, title, note, tags) "
                          "VALUES (?1, ?2, nullif(?3, 0), nullif(?4, 0), ?5, ?6, ?7)",
                          error);
        done = put != NULL;
        if (done) {
            sqlite3_bind_int64(put, 1, of->id);
            sqlite3_bind_int(put, 2, name);
            done = bind_values(put, 3, &of->said[name], &lines, error) && vt_db_run(put, "write to", error);
        }
        sqlite3_finalize(put);
        vt_str_free(&lines);
    }
    return done;
}

static bool put_conflict(sqlite3 *db, const vt_sidecar_outcome *of, vt_sidecar_field field, vt_error *error)
{
    char number[16];
    const char *text = field == VT_SIDECAR_TITLE ? of->theirs->title : of->theirs->notes;
    if (field == VT_SIDECAR_RATING || field == VT_SIDECAR_LABEL) {
        snprintf(number, sizeof number, "%d",
                 field == VT_SIDECAR_RATING ? of->theirs->rating : of->theirs->label);
        text = number;
    }
    sqlite3_stmt *put = vt_db_prepare(
        db, "INSERT OR REPLACE INTO sidecar_conflict (item_id, field, theirs) VALUES (?1, ?2, ?3)", error);
    if (!put) {
        return false;
    }
    sqlite3_bind_int64(put, 1, of->id);
    sqlite3_bind_int(put, 2, (int)field);
    sqlite3_bind_text(put, 3, text ? text : "", -1, SQLITE_STATIC);
    bool done = vt_db_run(put, "write to", error);
    sqlite3_finalize(put);
    return done;
}

static bool put_conflicts(sqlite3 *db, const vt_sidecar_outcome *of, vt_error *error)
{
    bool done = vt_edit_run(db, "DELETE FROM sidecar_conflict WHERE item_id = ?1", of->id, 0, NULL, error);
    for (uint32_t field = VT_SIDECAR_RATING; done && field <= VT_SIDECAR_NOTES; field <<= 1) {
        done = !(of->conflicts & field) || put_conflict(db, of, (vt_sidecar_field)field, error);
    }
    return done;
}

static bool put_failure(sqlite3 *db, const vt_sidecar_outcome *of, vt_error *error)
{
    if (!of->failure) {
        return vt_edit_run(db, "DELETE FROM sidecar_failure WHERE item_id = ?1", of->id, 0, NULL, error);
    }
    sqlite3_stmt *put = vt_db_prepare(db,
                                      "INSERT OR REPLACE INTO sidecar_failure (item_id, wish, code, message) "
                                      "SELECT id, ?2, ?3, ?4 FROM item WHERE id = ?1",
                                      error);
    if (!put) {
        return false;
    }
    sqlite3_bind_int64(put, 1, of->id);
    sqlite3_bind_int(put, 2, of->before->due ? (int)of->before->wish : VT_SIDECAR_READ);
    sqlite3_bind_text(put, 3, vt_error_code_name(of->failure->code), -1, SQLITE_STATIC);
    sqlite3_bind_text(put, 4, of->failure->message, -1, SQLITE_STATIC);
    bool done = vt_db_run(put, "write to", error);
    sqlite3_finalize(put);
    return done;
}

/* In a step of its own: an edit that came between takes all of it back, and leaves the mark. */
static bool put_outcome(sqlite3 *db, vt_sidecar_outcome *of, vt_error *error)
{
    bool good = true;
    int64_t there = 0;
    bool done = vt_edit_ask(db, "SELECT count(*) FROM item WHERE id = ?1", of->id, 0, &there, error) &&
                (there == 0 || vt_db_exec(db, "SAVEPOINT outcome", "write to", error));
    if (!done || there == 0) {
        return done;
    }
    done = (!of->now || put_values(db, of, &good, error)) && (!good || put_row(db, of, error)) &&
           (!good || put_said(db, of, error)) && (!good || !of->now || put_conflicts(db, of, error)) &&
           (!good || put_failure(db, of, error)) &&
           (!good || vt_edit_run(db, "DELETE FROM sidecar_due WHERE item_id = ?1 AND since_ns = ?2", of->id,
                                 of->before->since_ns, NULL, error));
    of->stored = done && good;
    return done && vt_db_exec(db, good ? "RELEASE outcome" : "ROLLBACK TO outcome; RELEASE outcome",
                              "write to", error);
}

bool vt_sidecars_put(vt_catalog_writer *writer, vt_sidecar_outcome *outcomes, size_t count, vt_error *error)
{
    if (!vt_catalog_writer_begin_synced(writer, error)) {
        return false;
    }
    bool done = true;
    for (size_t i = 0; done && i < count; i++) {
        done = put_outcome(vt_catalog_writer_db(writer), &outcomes[i], error);
    }
    return vt_catalog_writer_end_synced(writer, done, error);
}
