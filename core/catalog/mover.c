#include "core/catalog/mover.h"

#include "core/catalog/db.h"
#include "core/catalog/writer_private.h"

#include <stdlib.h>

typedef enum statement_id {
    FIND,
    IN_THE_WAY,
    GIVE_WAY,
    FORGET_FAILURE,
    TAKE_CHOICES,
    MOVE,
    STATEMENT_COUNT
} statement_id;

static const char *const statement_text[STATEMENT_COUNT] = {
    [FIND] = "SELECT folder_id FROM item WHERE id = ?1 AND name = ?2 "
             "AND folder_id = (SELECT id FROM folder WHERE path = ?3)",
    [IN_THE_WAY] = "SELECT id FROM item WHERE folder_id = ?1 AND name = ?2",
    [GIVE_WAY] = "DELETE FROM item WHERE id = ?1 AND " VT_ITEM_UNMARKED,
    [FORGET_FAILURE] = "DELETE FROM failure WHERE folder_id = ?1 AND name = ?2",
    /* What the user decided of files numbered like this one (core/catalog/sequences.h) holds where they go.
     */
    [TAKE_CHOICES] =
        "INSERT OR IGNORE INTO sequence_choice (folder_id, prefix, suffix, joined, rate_num, rate_den) "
        "SELECT ?1, prefix, suffix, joined, rate_num, rate_den FROM sequence_choice "
        "WHERE folder_id = ?3 AND length(?2) > length(prefix) + length(suffix) "
        "AND substr(?2, 1, length(prefix)) = prefix "
        "AND substr(?2, 1 + length(?2) - length(suffix)) = suffix "
        "AND CAST(substr(?2, 1 + length(prefix), length(?2) - length(prefix) - length(suffix)) "
        "AS TEXT) NOT GLOB '*[^0-9]*'",
    [MOVE] = "UPDATE item SET folder_id = ?1, name = ?2 WHERE id = ?3",
};

struct vt_mover {
    sqlite3 *db; /* borrowed */
    sqlite3_stmt *statements[STATEMENT_COUNT];
};

vt_mover *vt_mover_create(sqlite3 *db, vt_error *error)
{
    vt_mover *mover = calloc(1, sizeof *mover);
    if (!mover) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    mover->db = db;
    if (!vt_db_prepare_all(db, statement_text, STATEMENT_COUNT, mover->statements, error)) {
        vt_mover_free(mover);
        return NULL;
    }
    return mover;
}

void vt_mover_free(vt_mover *mover)
{
    if (mover) {
        vt_db_finalize_all(mover->statements, STATEMENT_COUNT);
        free(mover);
    }
}

/* The number in the one row of a bound statement, 0 if there is none. The parameters are let go. */
static bool ask(vt_mover *mover, statement_id which, int bound, int64_t *number, vt_error *error)
{
    sqlite3_stmt *select = mover->statements[which];
    int rc = bound == SQLITE_OK ? sqlite3_step(select) : bound;
    *number = rc == SQLITE_ROW ? sqlite3_column_int64(select, 0) : 0;
    bool done = rc == SQLITE_ROW || rc == SQLITE_DONE || vt_db_fail(mover->db, rc, "write to", error);
    sqlite3_reset(select);
    sqlite3_clear_bindings(select);
    return done;
}

static bool run(vt_mover *mover, statement_id which, int bound, vt_error *error)
{
    bool done = bound == SQLITE_OK ? vt_db_run(mover->statements[which], "write to", error)
                                   : vt_db_fail(mover->db, bound, "write to", error);
    sqlite3_clear_bindings(mover->statements[which]);
    return done;
}

/* Binds a folder's number and the name of `path`, the first two parameters of many statements. */
static int bind_place(sqlite3_stmt *statement, int64_t folder, const char *path, uint32_t length,
                      uint32_t name_at)
{
    return sqlite3_bind_int64(statement, 1, folder) |
           vt_db_bind_bytes(statement, 2, path + name_at, length - name_at);
}

/* Makes room at the new path. `*free_place` is false if what is there stays. */
static bool clear_place(vt_mover *mover, const vt_item *item, vt_origin *origin, bool *free_place,
                        vt_error *error)
{
    int64_t there = 0;
    int bound = bind_place(mover->statements[IN_THE_WAY], item->folder_id, item->path, item->path_length,
                           item->name_at);
    if (!ask(mover, IN_THE_WAY, bound, &there, error)) {
        return false;
    }
    *free_place = there == 0;
    if (*free_place || there == origin->id) {
        return true;
    }
    if (!run(mover, GIVE_WAY, sqlite3_bind_int64(mover->statements[GIVE_WAY], 1, there), error)) {
        return false;
    }
    *free_place = sqlite3_changes(mover->db) > 0;
    origin->replaced_id = *free_place ? there : 0;
    return true;
}

bool vt_mover_move(vt_mover *mover, const vt_item *item, vt_origin *origin, bool *moved, vt_error *error)
{
    sqlite3_stmt *find = mover->statements[FIND];
    sqlite3_stmt *move = mover->statements[MOVE];
    uint32_t name_at = vt_path_split(origin->path, origin->path_length);
    int64_t folder = 0;
    *moved = false;
    origin->replaced_id = 0;
    int bound = bind_place(find, origin->id, origin->path, origin->path_length, name_at) |
                vt_db_bind_bytes(find, 3, origin->path, vt_path_folder_length(name_at));
    if (!ask(mover, FIND, bound, &folder, error)) {
        return false;
    }
    bool room = false;
    if (folder == 0 || !clear_place(mover, item, origin, &room, error)) {
        return folder == 0;
    }
    if (!room) {
        return true;
    }
    bound = bind_place(mover->statements[FORGET_FAILURE], folder, origin->path, origin->path_length, name_at);
    if (!run(mover, FORGET_FAILURE, bound, error)) {
        return false;
    }
    if (folder != item->folder_id) {
        bound = bind_place(mover->statements[TAKE_CHOICES], item->folder_id, item->path, item->path_length,
                           item->name_at) |
                sqlite3_bind_int64(mover->statements[TAKE_CHOICES], 3, folder);
        if (!run(mover, TAKE_CHOICES, bound, error)) {
            return false;
        }
    }
    bound = bind_place(move, item->folder_id, item->path, item->path_length, item->name_at) |
            sqlite3_bind_int64(move, 3, origin->id);
    *moved = run(mover, MOVE, bound, error);
    return *moved;
}
