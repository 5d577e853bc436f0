#include "core/catalog/file_journal.h"

#include "core/base/clock.h"
#include "core/catalog/db.h"
#include "core/catalog/edit_private.h"
#include "core/catalog/file_row.h"
#include "core/catalog/reader_private.h"

#include <stdlib.h>
#include <string.h>

/* ---- lists of steps ---- */

bool vt_file_steps_add(vt_file_steps *steps, const vt_file_step *step)
{
    if (steps->count == steps->capacity) {
        size_t capacity = steps->capacity ? steps->capacity * 2 : 64;
        vt_file_step *grown = realloc(steps->steps, capacity * sizeof *grown);
        if (!grown) {
            return false;
        }
        steps->steps = grown;
        steps->capacity = capacity;
    }
    vt_file_step copy = *step;
    copy.from = strdup(step->from);
    copy.to = step->to ? strdup(step->to) : NULL;
    if (!copy.from || (step->to && !copy.to)) {
        free(copy.from);
        free(copy.to);
        return false;
    }
    steps->steps[steps->count++] = copy;
    return true;
}

void vt_file_steps_clear(vt_file_steps *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        free(steps->steps[i].from);
        free(steps->steps[i].to);
    }
    free(steps->steps);
    *steps = (vt_file_steps)VT_FILE_STEPS_INIT;
}

/* ---- writing ---- */

static int bind_path(sqlite3_stmt *statement, int column, const char *path)
{
    return path ? vt_db_bind_bytes(statement, column, path, (uint32_t)strlen(path))
                : sqlite3_bind_null(statement, column);
}

static bool insert_work(sqlite3 *db, const vt_file_journal_entry *start, int64_t *id, vt_error *error)
{
    sqlite3_stmt *insert = vt_db_prepare(
        db, "INSERT INTO file_work (kind, begun_ns, undoes, items) VALUES (?, ?, nullif(?, 0), ?)", error);
    if (!insert) {
        return false;
    }
    int bound = sqlite3_bind_int(insert, 1, (int)start->kind) |
                sqlite3_bind_int64(insert, 2, vt_clock_wall()) |
                sqlite3_bind_int64(insert, 3, start->undoes) | sqlite3_bind_int64(insert, 4, start->items);
    bool done =
        bound == SQLITE_OK ? vt_db_run(insert, "write to", error) : vt_db_fail(db, bound, "write to", error);
    *id = sqlite3_last_insert_rowid(db);
    sqlite3_finalize(insert);
    return done;
}

static bool insert_steps(sqlite3 *db, int64_t id, const vt_file_steps *steps, vt_error *error)
{
    sqlite3_stmt *insert =
        vt_db_prepare(db,
                      "INSERT INTO file_step (work_id, position, item, origin, target, row_only, done, dev, "
                      "ino, size, mtime_ns) VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?)",
                      error);
    bool done = insert != NULL;
    for (size_t i = 0; done && i < steps->count; i++) {
        const vt_file_step *step = &steps->steps[i];
        int bound = sqlite3_bind_int64(insert, 1, id) | sqlite3_bind_int64(insert, 2, (sqlite3_int64)i) |
                    sqlite3_bind_int64(insert, 3, step->item) | bind_path(insert, 4, step->from) |
                    bind_path(insert, 5, step->to) | sqlite3_bind_int(insert, 6, step->row_only) |
                    sqlite3_bind_int64(insert, 7, (sqlite3_int64)step->dev) |
                    sqlite3_bind_int64(insert, 8, (sqlite3_int64)step->ino) |
                    sqlite3_bind_int64(insert, 9, step->size) |
                    sqlite3_bind_int64(insert, 10, step->mtime_ns);
        done = bound == SQLITE_OK ? vt_db_run(insert, "write to", error)
                                  : vt_db_fail(db, bound, "write to", error);
    }
    sqlite3_finalize(insert);
    return done;
}

/* Whoever else would undo the same work comes too late. */
static bool may_undo(sqlite3 *db, int64_t undoes, vt_error *error)
{
    int64_t kept = 0;
    if (!vt_edit_ask(db,
                     "SELECT count(*) FROM file_work WHERE id = ?1 AND ended_ns IS NOT NULL AND NOT EXISTS "
                     "(SELECT 1 FROM file_work other WHERE other.undoes = ?1)",
                     undoes, 0, &kept, error)) {
        return false;
    }
    return kept > 0 || vt_error_set(error, VT_ERROR_CHANGED,
                                    "what was done to these files is not kept any more, or was undone "
                                    "already; nothing is changed");
}

bool vt_file_journal_begin(vt_catalog_writer *writer, const vt_file_journal_entry *start,
                           const vt_file_steps *steps, int64_t *id, vt_error *error)
{
    sqlite3 *db = vt_catalog_writer_db(writer);
    int64_t made = 0;
    *id = 0;
    if (!vt_catalog_writer_begin_synced(writer, error)) {
        return false;
    }
    bool done = (!start->undoes || may_undo(db, start->undoes, error)) &&
                insert_work(db, start, &made, error) && insert_steps(db, made, steps, error) &&
                (!start->replaces || vt_file_journal_forget(writer, start->replaces, error));
    done = vt_catalog_writer_end_synced(writer, done, error);
    *id = done ? made : 0;
    return done;
}

static bool note_done(sqlite3 *db, sqlite3_stmt *update, int64_t id, size_t position, const char *to,
                      vt_error *error)
{
    int bound = sqlite3_bind_int64(update, 1, id) | sqlite3_bind_int64(update, 2, (sqlite3_int64)position) |
                bind_path(update, 3, to);
    return bound == SQLITE_OK ? vt_db_run(update, "write to", error)
                              : vt_db_fail(db, bound, "write to", error);
}

bool vt_file_journal_follow(vt_catalog_writer *writer, vt_file_work_kind kind, int64_t id,
                            vt_file_steps *steps, size_t first, size_t end, vt_file_row *rows,
                            vt_error *error)
{
    sqlite3 *db = vt_catalog_writer_db(writer);
    if (!vt_catalog_writer_begin_synced(writer, error)) {
        return false;
    }
    vt_file_rows *follow = vt_file_rows_create(db, error);
    sqlite3_stmt *update = vt_db_prepare(
        db, "UPDATE file_step SET done = 1, target = ?3 WHERE work_id = ?1 AND position = ?2", error);
    bool done = follow && update;
    for (size_t i = first; done && i < end; i++) {
        const vt_file_step *step = &steps->steps[i];
        rows[i - first] = (vt_file_row){0};
        done = !step->done || step->followed ||
               (vt_file_rows_follow(follow, kind, step, &rows[i - first], error) &&
                note_done(db, update, id, i, step->to, error));
    }
    sqlite3_finalize(update);
    vt_file_rows_free(follow);
    done = vt_catalog_writer_end_synced(writer, done, error);
    for (size_t i = first; done && i < end; i++) {
        steps->steps[i].followed = steps->steps[i].done;
    }
    return done;
}

bool vt_file_journal_forget(vt_catalog_writer *writer, int64_t id, vt_error *error)
{
    return vt_edit_run(vt_catalog_writer_db(writer), "DELETE FROM file_work WHERE id = ?1", id, 0, NULL,
                       error);
}

/* ---- reading ---- */

static bool see_any(void *context, sqlite3_stmt *row)
{
    (void)row;
    *(bool *)context = true;
    return false;
}

bool vt_file_journal_any(vt_catalog_reader *reader, bool *any, vt_error *error)
{
    *any = false;
    return vt_catalog_reader_each_row(
        reader, "SELECT 1 FROM file_work WHERE id > ?1 AND ended_ns IS NULL LIMIT 1", 0, see_any, any, error);
}

typedef struct note_reading {
    vt_file_work_note *note;
    bool found, out_of_memory;
} note_reading;

static bool read_work(void *context, sqlite3_stmt *row)
{
    note_reading *at = context;
    int kind = sqlite3_column_int(row, 2);
    at->note->id = sqlite3_column_int64(row, 0);
    at->note->begun_ns = sqlite3_column_int64(row, 1);
    at->note->kind = kind >= 0 && kind < VT_FILE_WORK_KIND_COUNT ? (vt_file_work_kind)kind : VT_FILE_TRASH;
    at->note->undoes = sqlite3_column_int64(row, 3); /* NULL is 0 */
    at->note->items = sqlite3_column_int64(row, 4);
    at->found = true;
    return false;
}

static char *copy_path(sqlite3_stmt *row, int column)
{
    const char *bytes = sqlite3_column_blob(row, column);
    size_t length = (size_t)sqlite3_column_bytes(row, column);
    return strndup(bytes ? bytes : "", bytes ? length : 0);
}

static bool read_step(void *context, sqlite3_stmt *row)
{
    note_reading *at = context;
    bool has_target = sqlite3_column_type(row, 1) != SQLITE_NULL;
    vt_file_step step = {
        .from = copy_path(row, 0),
        .to = has_target ? copy_path(row, 1) : NULL,
        .item = (uint32_t)sqlite3_column_int64(row, 2),
        .row_only = sqlite3_column_int(row, 3) != 0,
        .done = sqlite3_column_int(row, 4) != 0,
        .followed = sqlite3_column_int(row, 4) != 0,
        .dev = (uint64_t)sqlite3_column_int64(row, 5),
        .ino = (uint64_t)sqlite3_column_int64(row, 6),
        .size = sqlite3_column_int64(row, 7),
        .mtime_ns = sqlite3_column_int64(row, 8),
    };
    at->out_of_memory = !step.from || (has_target && !step.to) || !vt_file_steps_add(&at->note->steps, &step);
    free(step.from);
    free(step.to);
    return !at->out_of_memory;
}

static bool read_note(vt_catalog_reader *reader, const char *which, int64_t first, vt_file_work_note *note,
                      bool *found, vt_error *error)
{
    *note = (vt_file_work_note){0};
    note_reading at = {.note = note};
    bool done = vt_catalog_reader_each_row(reader, which, first, read_work, &at, error) &&
                (!at.found || vt_catalog_reader_each_row(
                                  reader,
                                  "SELECT origin, target, item, row_only, done, dev, ino, size, mtime_ns "
                                  "FROM file_step WHERE work_id = ?1 ORDER BY position",
                                  note->id, read_step, &at, error));
    if (done && at.out_of_memory) {
        done = vt_error_set(error, VT_ERROR_MEMORY, "out of memory for what was being done to files");
    }
    if (!done) {
        vt_file_steps_clear(&note->steps);
    }
    *found = done && at.found;
    return done;
}

#define NOTE "SELECT id, begun_ns, kind, undoes, items FROM file_work WHERE id "

bool vt_file_journal_first(vt_catalog_reader *reader, vt_file_work_note *note, bool *found, vt_error *error)
{
    return read_note(reader, NOTE "> ?1 AND ended_ns IS NULL ORDER BY id LIMIT 1", 0, note, found, error);
}

bool vt_file_journal_ended(vt_catalog_reader *reader, int64_t id, vt_file_work_note *note, bool *found,
                           vt_error *error)
{
    return read_note(reader, NOTE "= ?1 AND ended_ns IS NOT NULL", id, note, found, error);
}
