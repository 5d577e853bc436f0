#include "core/catalog/file_finished.h"

#include "core/base/clock.h"
#include "core/catalog/db.h"
#include "core/catalog/edit_private.h"
#include "core/catalog/reader_private.h"

#include <string.h>

/* ---- reading ---- */

static bool take_work(void *context, sqlite3_stmt *row)
{
    vt_file_finished_list *list = context;
    int kind = sqlite3_column_int(row, 1);
    if (kind < 0 || kind >= VT_FILE_WORK_KIND_COUNT || kind == VT_FILE_DELETE) {
        return true; /* none of ours can be */
    }
    list->works[list->count++] = (vt_file_finished){.id = sqlite3_column_int64(row, 0),
                                                    .kind = (vt_file_work_kind)kind,
                                                    .ended_ns = sqlite3_column_int64(row, 2),
                                                    .items = sqlite3_column_int64(row, 3),
                                                    .files = sqlite3_column_int64(row, 4)};
    return list->count < VT_FILE_FINISHED_MAX;
}

bool vt_file_finished_list_read(vt_catalog_reader *reader, int64_t now_ns, vt_file_finished_list *list,
                                vt_error *error)
{
    list->count = 0;
    bool done = vt_catalog_reader_each_row(reader,
                                           "SELECT id, kind, ended_ns, items, files FROM file_work "
                                           "WHERE ended_ns >= ?1 ORDER BY id DESC",
                                           now_ns - VT_FILE_FINISHED_AGE_NS, take_work, list, error);
    list->count = done ? list->count : 0;
    for (size_t i = 0; i < list->count / 2; i++) {
        vt_file_finished newer = list->works[i];
        list->works[i] = list->works[list->count - 1 - i];
        list->works[list->count - 1 - i] = newer;
    }
    return done;
}

/* ---- the end of a work ---- */

static bool is_undo(vt_file_work_kind kind)
{
    return kind == VT_FILE_RENAME_BACK || kind == VT_FILE_RESTORE;
}

static bool forget(sqlite3 *db, int64_t id, vt_error *error)
{
    return vt_edit_run(db, "DELETE FROM file_work WHERE id = ?1", id, 0, NULL, error);
}

static const char count_files[] =
    "UPDATE file_work SET files = (SELECT count(*) FROM file_step WHERE work_id = ?1 AND row_only = 0) "
    "WHERE id = ?1";

/* What it has undone, and what cannot be, is no longer part of the work that it was to undo. */
static bool take_away(sqlite3 *db, int64_t undoes, const vt_file_steps *steps, vt_error *error)
{
    sqlite3_stmt *remove =
        vt_db_prepare(db, "DELETE FROM file_step WHERE work_id = ?1 AND target = ?2", error);
    bool done = remove != NULL;
    for (size_t i = 0; done && i < steps->count; i++) {
        const vt_file_step *step = &steps->steps[i];
        if (step->done || step->gone) {
            int bound = sqlite3_bind_int64(remove, 1, undoes) |
                        vt_db_bind_bytes(remove, 2, step->from, (uint32_t)strlen(step->from));
            done = bound == SQLITE_OK ? vt_db_run(remove, "write to", error)
                                      : vt_db_fail(db, bound, "write to", error);
        }
    }
    sqlite3_finalize(remove);
    return done && vt_edit_run(db, count_files, undoes, 0, NULL, error);
}

/* It was to undo `undoes`, which stays with what is left of it, if anything is. */
static bool leave(sqlite3 *db, int64_t id, int64_t undoes, const vt_file_steps *steps, int64_t *kept,
                  vt_error *error)
{
    int64_t left = 0;
    bool done = forget(db, id, error) && take_away(db, undoes, steps, error) &&
                vt_edit_ask(db, "SELECT count(*) FROM file_step WHERE work_id = ?1 AND row_only = 0", undoes,
                            0, &left, error);
    *kept = left > 0 ? undoes : 0;
    return done && (left > 0 || forget(db, undoes, error));
}

static bool trim(sqlite3 *db, vt_error *error)
{
    static const char sql[] =
        "DELETE FROM file_work WHERE ended_ns IS NOT NULL AND (ended_ns < ?1 OR id IN ("
        "  SELECT id FROM (SELECT id, row_number() OVER newest AS place, sum(files) OVER newest AS total"
        "    FROM file_work WHERE ended_ns IS NOT NULL WINDOW newest AS (ORDER BY id DESC))"
        "  WHERE place > 1 AND (place > ?2 OR total > %d)))";
    char text[sizeof sql + 16];
    sqlite3_snprintf((int)sizeof text, text, sql, VT_FILE_FINISHED_STEPS);
    return vt_edit_run(db, text, vt_clock_wall() - VT_FILE_FINISHED_AGE_NS, VT_FILE_FINISHED_MAX, NULL,
                       error);
}

static bool keep(sqlite3 *db, int64_t id, int64_t undoes, vt_error *error)
{
    static const char redoable[] =
        "DELETE FROM file_work WHERE ended_ns IS NOT NULL AND kind = ?1 AND id <> ?2";
    bool done =
        vt_edit_run(db, "DELETE FROM file_step WHERE work_id = ?1 AND done = 0", id, 0, NULL, error) &&
        vt_edit_run(db, "UPDATE file_work SET ended_ns = ?2, undoes = NULL WHERE id = ?1", id,
                    vt_clock_wall(), NULL, error) &&
        vt_edit_run(db, count_files, id, 0, NULL, error);
    if (done && undoes) {
        done = forget(db, undoes, error);
    } else if (done) {
        done = vt_edit_run(db, redoable, VT_FILE_RENAME_BACK, id, NULL, error) &&
               vt_edit_run(db, redoable, VT_FILE_RESTORE, id, NULL, error);
    }
    return done && trim(db, error);
}

bool vt_file_finished_end(vt_catalog_writer *writer, vt_file_work_kind kind, int64_t id, int64_t undoes,
                          const vt_file_steps *steps, int64_t *kept, vt_error *error)
{
    sqlite3 *db = vt_catalog_writer_db(writer);
    bool any = false;
    bool all = true;
    for (size_t i = 0; i < steps->count; i++) {
        any = any || (steps->steps[i].done && !steps->steps[i].row_only);
        all = all && steps->steps[i].done;
    }
    /* What is in the trash has to come out again, be it not all that was to go there. */
    bool keeps = any && kind != VT_FILE_DELETE && (is_undo(kind) ? undoes && all : true);
    *kept = 0;
    if (!vt_catalog_writer_begin_synced(writer, error)) {
        return false;
    }
    bool done;
    if (keeps) {
        done = keep(db, id, undoes, error);
        *kept = id;
    } else if (undoes) {
        done = leave(db, id, undoes, steps, kept, error);
    } else {
        done = forget(db, id, error);
    }
    done = vt_catalog_writer_end_synced(writer, done, error);
    *kept = done ? *kept : 0;
    return done;
}
