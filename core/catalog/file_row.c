#include "core/catalog/file_row.h"

#include "core/base/clock.h"
#include "core/catalog/db.h"
#include "core/catalog/writer_private.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What an item is that is to be seen again: read, or known by its name only. */
#define STATE_SEEN "CASE WHEN width IS NULL AND triangles IS NULL THEN 4 ELSE 0 END"

typedef enum statement_id {
    FIND_FOLDER,
    INSERT_FOLDER,
    FIND_ITEM,
    GIVE_WAY,
    STEP_ASIDE,
    FORGET_FAILURE,
    MOVE,
    LOOK,
    RENAME_STATE,
    TRASH_STATE,
    NOTE_TRASHED,
    RESTORE_STATE,
    FORGET_TRASHED,
    STATE,
    RENAME_SEQUENCE,
    REMOVE,
    STATEMENT_COUNT
} statement_id;

static const char *const statement_text[STATEMENT_COUNT] = {
    [FIND_FOLDER] = "SELECT id FROM folder WHERE path = ?1",
    [INSERT_FOLDER] = "INSERT INTO folder (path) VALUES (?1)",
    [FIND_ITEM] = "SELECT id FROM item WHERE folder_id = ?1 AND name = ?2",
    [GIVE_WAY] = "DELETE FROM item WHERE id = ?1 AND " VT_ITEM_UNMARKED,
    /* "a.png (missing 17)": a name that is nobody else's. */
    [STEP_ASIDE] =
        "UPDATE item SET state = 1, name = CAST(CAST(name AS TEXT) || ' (missing ' || id || ')' AS "
        "BLOB) WHERE id = ?1",
    [FORGET_FAILURE] = "DELETE FROM failure WHERE folder_id = ?1 AND name = ?2",
    [MOVE] = "UPDATE item SET folder_id = ?1, name = ?2 WHERE id = ?3",
    [LOOK] = "UPDATE item SET ctime_ns = ?2, dev = ?3, ino = ?4 WHERE id = ?1",
    [RENAME_STATE] = "UPDATE item SET state = " STATE_SEEN " WHERE id = ?1 AND state IN (1, 3)",
    [TRASH_STATE] = "UPDATE item SET state = 5 WHERE id = ?1",
    [NOTE_TRASHED] = "INSERT OR REPLACE INTO trashed (item_id, trashed_ns) VALUES (?1, ?2)",
    [RESTORE_STATE] = "UPDATE item SET state = " STATE_SEEN " WHERE id = ?1",
    [FORGET_TRASHED] = "DELETE FROM trashed WHERE item_id = ?1",
    [STATE] = "SELECT state FROM item WHERE id = ?1",
    [RENAME_SEQUENCE] = "UPDATE sequence SET prefix = ?2, suffix = ?3, width = ?4 WHERE item_id = ?1",
    [REMOVE] = "DELETE FROM item WHERE id = ?1",
};

_Static_assert(VT_ITEM_OK == 0 && VT_ITEM_MISSING == 1 && VT_ITEM_FAILED == 3 && VT_ITEM_UNREAD == 4 &&
                   VT_ITEM_TRASHED == 5,
               "the statements name these states by number");

struct vt_file_rows {
    sqlite3 *db; /* borrowed */
    sqlite3_stmt *statements[STATEMENT_COUNT];
};

vt_file_rows *vt_file_rows_create(sqlite3 *db, vt_error *error)
{
    vt_file_rows *rows = calloc(1, sizeof *rows);
    if (!rows) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    rows->db = db;
    if (!vt_db_prepare_all(db, statement_text, STATEMENT_COUNT, rows->statements, error)) {
        vt_file_rows_free(rows);
        return NULL;
    }
    return rows;
}

void vt_file_rows_free(vt_file_rows *rows)
{
    if (rows) {
        vt_db_finalize_all(rows->statements, STATEMENT_COUNT);
        free(rows);
    }
}

/* The number in the one row of a bound statement, 0 if there is none. The parameters are let go. */
static bool ask(vt_file_rows *rows, statement_id which, int bound, int64_t *number, vt_error *error)
{
    sqlite3_stmt *select = rows->statements[which];
    int rc = bound == SQLITE_OK ? sqlite3_step(select) : bound;
    *number = rc == SQLITE_ROW ? sqlite3_column_int64(select, 0) : 0;
    bool done = rc == SQLITE_ROW || rc == SQLITE_DONE || vt_db_fail(rows->db, rc, "write to", error);
    sqlite3_reset(select);
    sqlite3_clear_bindings(select);
    return done;
}

static bool run(vt_file_rows *rows, statement_id which, int bound, vt_error *error)
{
    bool done = bound == SQLITE_OK ? vt_db_run(rows->statements[which], "write to", error)
                                   : vt_db_fail(rows->db, bound, "write to", error);
    sqlite3_clear_bindings(rows->statements[which]);
    return done;
}

/* Statements whose only parameter is a number. */
static bool run_for(vt_file_rows *rows, statement_id which, int64_t id, vt_error *error)
{
    return run(rows, which, sqlite3_bind_int64(rows->statements[which], 1, id), error);
}

/* A path as the catalog has it: the folder's number and the name. */
typedef struct place {
    int64_t folder;
    const char *name;
    uint32_t length;
} place;

static bool find_place(vt_file_rows *rows, const char *path, bool make, place *at, vt_error *error)
{
    uint32_t length = (uint32_t)strlen(path);
    uint32_t name_at = vt_path_split(path, length);
    uint32_t folder = vt_path_folder_length(name_at);
    *at = (place){0, path + name_at, length - name_at};
    if (!ask(rows, FIND_FOLDER, vt_db_bind_bytes(rows->statements[FIND_FOLDER], 1, path, folder), &at->folder,
             error)) {
        return false;
    }
    if (at->folder || !make) {
        return true;
    }
    if (!run(rows, INSERT_FOLDER, vt_db_bind_bytes(rows->statements[INSERT_FOLDER], 1, path, folder),
             error)) {
        return false;
    }
    at->folder = sqlite3_last_insert_rowid(rows->db);
    return true;
}

static int bind_place(const vt_file_rows *rows, statement_id which, const place *at)
{
    sqlite3_stmt *statement = rows->statements[which];
    return sqlite3_bind_int64(statement, 1, at->folder) |
           vt_db_bind_bytes(statement, 2, at->name, at->length);
}

static bool clear_place(vt_file_rows *rows, const place *at, int64_t id, vt_file_row *row, vt_error *error)
{
    int64_t there = 0;
    if (!ask(rows, FIND_ITEM, bind_place(rows, FIND_ITEM, at), &there, error)) {
        return false;
    }
    if (there == 0 || there == id) {
        return true;
    }
    if (!run_for(rows, GIVE_WAY, there, error)) {
        return false;
    }
    if (sqlite3_changes(rows->db) > 0) {
        row->replaced_id = there;
        return true;
    }
    return run_for(rows, STEP_ASIDE, there, error);
}

/* A rename changes the ctime: taken over, so that nobody reads the file again because of it. */
static bool look(vt_file_rows *rows, const vt_file_step *step, int64_t id, vt_error *error)
{
    struct stat facts;
    if (step->row_only || lstat(step->to, &facts) != 0) {
        return true;
    }
    sqlite3_stmt *update = rows->statements[LOOK];
    int bound = sqlite3_bind_int64(update, 1, id) |
                sqlite3_bind_int64(update, 2, vt_clock_nanoseconds(facts.st_ctim)) |
                sqlite3_bind_int64(update, 3, (sqlite3_int64)facts.st_dev) |
                sqlite3_bind_int64(update, 4, (sqlite3_int64)facts.st_ino);
    return run(rows, LOOK, bound, error);
}

/* "shot.####.png": what is around the number, and its digits. The run that is last in the name. */
static bool rename_sequence(vt_file_rows *rows, const place *at, int64_t id, vt_error *error)
{
    uint32_t end = at->length;
    while (end > 0 && at->name[end - 1] != '#') {
        end--;
    }
    uint32_t begin = end;
    while (begin > 0 && at->name[begin - 1] == '#') {
        begin--;
    }
    if (begin == end) {
        return true;
    }
    sqlite3_stmt *update = rows->statements[RENAME_SEQUENCE];
    int bound = sqlite3_bind_int64(update, 1, id) | vt_db_bind_bytes(update, 2, at->name, begin) |
                vt_db_bind_bytes(update, 3, at->name + end, at->length - end) |
                sqlite3_bind_int64(update, 4, end - begin);
    return run(rows, RENAME_SEQUENCE, bound, error);
}

static bool set_state(vt_file_rows *rows, vt_file_work_kind kind, int64_t id, vt_error *error)
{
    if (kind == VT_FILE_TRASH) {
        sqlite3_stmt *note = rows->statements[NOTE_TRASHED];
        int bound = sqlite3_bind_int64(note, 1, id) | sqlite3_bind_int64(note, 2, vt_clock_wall());
        return run_for(rows, TRASH_STATE, id, error) && run(rows, NOTE_TRASHED, bound, error);
    }
    if (kind == VT_FILE_RESTORE) {
        return run_for(rows, RESTORE_STATE, id, error) && run_for(rows, FORGET_TRASHED, id, error);
    }
    return run_for(rows, RENAME_STATE, id, error);
}

static bool move(vt_file_rows *rows, vt_file_work_kind kind, const vt_file_step *step, vt_file_row *row,
                 vt_error *error)
{
    place to;
    int64_t state = 0;
    if (!find_place(rows, step->to, true, &to, error) || !clear_place(rows, &to, row->id, row, error)) {
        return false;
    }
    int bound = bind_place(rows, MOVE, &to) | sqlite3_bind_int64(rows->statements[MOVE], 3, row->id);
    bool renamed = kind == VT_FILE_RENAME || kind == VT_FILE_RENAME_BACK;
    if (!run(rows, MOVE, bound, error) || !look(rows, step, row->id, error) ||
        !set_state(rows, kind, row->id, error) ||
        (step->row_only && renamed && !rename_sequence(rows, &to, row->id, error)) ||
        !ask(rows, STATE, sqlite3_bind_int64(rows->statements[STATE], 1, row->id), &state, error)) {
        return false;
    }
    row->folder_id = to.folder;
    row->state = (uint8_t)state;
    return true;
}

bool vt_file_rows_follow(vt_file_rows *rows, vt_file_work_kind kind, const vt_file_step *step,
                         vt_file_row *row, vt_error *error)
{
    place from;
    *row = (vt_file_row){0};
    if (!find_place(rows, step->from, false, &from, error)) {
        return false;
    }
    if (!from.folder) {
        return true;
    }
    if (!run(rows, FORGET_FAILURE, bind_place(rows, FORGET_FAILURE, &from), error) ||
        !ask(rows, FIND_ITEM, bind_place(rows, FIND_ITEM, &from), &row->id, error)) {
        return false;
    }
    if (!row->id) {
        return true;
    }
    row->removed = kind == VT_FILE_DELETE;
    if (row->removed) {
        return run_for(rows, REMOVE, row->id, error);
    }
    return !step->to || move(rows, kind, step, row, error);
}
