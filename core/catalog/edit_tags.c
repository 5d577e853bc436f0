#include "core/catalog/change_private.h"

#include "core/base/str.h"
#include "core/catalog/sidecars_private.h"

#include <string.h>

/* The tag ?1 and all below it. UNION ends at a ring, which only a damaged catalog has. */
#define WITH_BELOW                                                                                           \
    "WITH RECURSIVE below (id) AS (VALUES (?1) UNION "                                                       \
    "SELECT tag.id FROM below JOIN tag ON tag.parent_id = below.id) "

static bool check_path(const char *path, vt_error *error)
{
    int levels = 0;
    const char *at = path;
    for (;;) {
        size_t length = strcspn(at, "/");
        if (length == 0) {
            return vt_error_set(error, VT_ERROR_USAGE, "a level of the tag \"%.100s\" has no name",
                                vt_utf8_valid(path, strlen(path)) ? path : "?");
        }
        if (!vt_edit_check_text(at, length, VT_TAG_BYTES_MAX, false, "a level of a tag", error)) {
            return false;
        }
        if (++levels > VT_TAG_LEVELS_MAX) {
            return vt_error_set(error, VT_ERROR_USAGE, "a tag has at most %d levels", VT_TAG_LEVELS_MAX);
        }
        if (at[length] == '\0') {
            return true;
        }
        at += length + 1;
    }
}

bool vt_edit_find_child(sqlite3 *db, int64_t parent, const char *name, size_t length, int64_t *id,
                        vt_error *error)
{
    *id = 0;
    sqlite3_stmt *find =
        vt_db_prepare(db, "SELECT id FROM tag WHERE parent_id IS nullif(?1, 0) AND name = ?2", error);
    if (!find) {
        return false;
    }
    int rc = sqlite3_bind_int64(find, 1, parent);
    rc = rc == SQLITE_OK ? sqlite3_bind_text(find, 2, name, (int)length, SQLITE_STATIC) : rc;
    rc = rc == SQLITE_OK ? sqlite3_step(find) : rc;
    if (rc == SQLITE_ROW) {
        *id = sqlite3_column_int64(find, 0);
    }
    bool done = rc == SQLITE_ROW || rc == SQLITE_DONE || vt_db_fail(db, rc, "read", error);
    sqlite3_finalize(find);
    return done;
}

static bool insert_child(sqlite3 *db, int64_t parent, const char *name, size_t length, int64_t *id,
                         vt_error *error)
{
    sqlite3_stmt *insert =
        vt_db_prepare(db, "INSERT INTO tag (parent_id, name) VALUES (nullif(?1, 0), ?2)", error);
    if (!insert) {
        return false;
    }
    int rc = sqlite3_bind_int64(insert, 1, parent);
    rc = rc == SQLITE_OK ? sqlite3_bind_text(insert, 2, name, (int)length, SQLITE_STATIC) : rc;
    bool done =
        rc == SQLITE_OK ? vt_db_run(insert, "write to", error) : vt_db_fail(db, rc, "write to", error);
    *id = sqlite3_last_insert_rowid(db);
    sqlite3_finalize(insert);
    return done;
}

/* Walks the first `length` bytes of a path that was checked. Without `made` a level that is missing gives 0;
   with it, it is made and counted there. */
static bool walk_making(sqlite3 *db, const char *path, size_t length, int *made, int64_t *id, vt_error *error)
{
    int64_t parent = 0;
    size_t at = 0;
    while (at < length) {
        size_t name = strcspn(path + at, "/");
        if (!vt_edit_find_child(db, parent, path + at, name, id, error)) {
            return false;
        }
        if (*id == 0 && !made) {
            return true;
        }
        if (*id == 0) {
            if (!insert_child(db, parent, path + at, name, id, error)) {
                return false;
            }
            ++*made;
        }
        parent = *id;
        at += name + 1;
    }
    *id = parent;
    return true;
}

static bool walk(sqlite3 *db, const char *path, size_t length, bool make, int64_t *id, vt_error *error)
{
    int made = 0;
    return walk_making(db, path, length, make ? &made : NULL, id, error);
}

bool vt_edit_check_tag(const char *path, vt_error *error)
{
    return check_path(path, error);
}

bool vt_edit_find_tag(sqlite3 *db, const char *path, int64_t *id, int *made, vt_error *error)
{
    return walk_making(db, path, strlen(path), made, id, error);
}

static bool find_tag(sqlite3 *db, const char *path, int64_t *id, vt_error *error)
{
    if (!check_path(path, error) || !walk(db, path, strlen(path), false, id, error)) {
        return false;
    }
    return *id || vt_error_set(error, VT_ERROR_NOT_FOUND, "there is no tag \"%s\"", path);
}

bool vt_edit_add_tags(vt_catalog_writer *writer, const int64_t *ids, size_t count, const char *const *tags,
                      size_t tag_count, vt_error *error)
{
    if (!vt_edit_begin_items(writer, ids, count, error)) {
        return false;
    }
    sqlite3 *db = vt_catalog_writer_db(writer);
    bool done = true;
    for (size_t t = 0; done && t < tag_count; t++) {
        int64_t tag = 0;
        done = check_path(tags[t], error) && walk(db, tags[t], strlen(tags[t]), true, &tag, error) &&
               vt_edit_run_each(db,
                                "INSERT OR IGNORE INTO item_tag (item_id, tag_id) "
                                "SELECT id, ?2 FROM item WHERE id = ?1",
                                ids, count, tag, error);
    }
    return vt_catalog_writer_end_synced(writer, done, error);
}

bool vt_edit_remove_tags(vt_catalog_writer *writer, const int64_t *ids, size_t count, const char *const *tags,
                         size_t tag_count, vt_error *error)
{
    if (!vt_edit_begin_items(writer, ids, count, error)) {
        return false;
    }
    sqlite3 *db = vt_catalog_writer_db(writer);
    bool done = vt_db_exec(db, "CREATE TEMP TABLE IF NOT EXISTS doomed (id INTEGER PRIMARY KEY)", "write to",
                           error) &&
                vt_db_exec(db, "DELETE FROM temp.doomed", "write to", error);
    for (size_t t = 0; done && t < tag_count; t++) {
        int64_t tag = 0;
        done =
            check_path(tags[t], error) && walk(db, tags[t], strlen(tags[t]), false, &tag, error) &&
            (tag == 0 || vt_edit_run(db, WITH_BELOW "INSERT OR IGNORE INTO temp.doomed SELECT id FROM below",
                                     tag, 0, NULL, error));
    }
    done =
        done && vt_edit_run_each(
                    db, "DELETE FROM item_tag WHERE item_id = ?1 AND tag_id IN (SELECT id FROM temp.doomed)",
                    ids, count, 0, error);
    return vt_catalog_writer_end_synced(writer, done, error);
}

static bool is_below(sqlite3 *db, int64_t tag, int64_t above, bool *below, vt_error *error)
{
    int64_t found = 0;
    bool done = vt_edit_ask(db, WITH_BELOW "SELECT EXISTS (SELECT 1 FROM below WHERE id = ?2)", above, tag,
                            &found, error);
    *below = found != 0;
    return done;
}

bool vt_edit_check_levels(sqlite3 *db, vt_error *error)
{
    int64_t deepest = 0;
    if (!vt_edit_ask(db,
                     "WITH RECURSIVE level (id, depth) AS (SELECT id, 1 FROM tag WHERE parent_id IS NULL "
                     "UNION ALL SELECT tag.id, depth + 1 FROM level JOIN tag ON tag.parent_id = level.id "
                     "WHERE depth < 1000) SELECT max(depth) FROM level",
                     0, 0, &deepest, error)) {
        return false;
    }
    return deepest <= VT_TAG_LEVELS_MAX ||
           vt_error_set(error, VT_ERROR_USAGE, "a tag has at most %d levels", VT_TAG_LEVELS_MAX);
}

static bool set_place(sqlite3 *db, int64_t tag, int64_t parent, const char *name, vt_error *error)
{
    sqlite3_stmt *update =
        vt_db_prepare(db, "UPDATE tag SET parent_id = nullif(?2, 0), name = ?3 WHERE id = ?1", error);
    if (!update) {
        return false;
    }
    int rc = sqlite3_bind_int64(update, 1, tag);
    rc = rc == SQLITE_OK ? sqlite3_bind_int64(update, 2, parent) : rc;
    rc = rc == SQLITE_OK ? sqlite3_bind_text(update, 3, name, -1, SQLITE_STATIC) : rc;
    bool done =
        rc == SQLITE_OK ? vt_db_run(update, "write to", error) : vt_db_fail(db, rc, "write to", error);
    sqlite3_finalize(update);
    return done;
}

static bool rename_tag(vt_catalog_writer *writer, const char *path, const char *to, vt_error *error)
{
    sqlite3 *db = vt_catalog_writer_db(writer);
    int64_t tag = 0;
    int64_t parent = 0;
    int64_t taken = 0;
    bool below = false;
    if (!find_tag(db, path, &tag, error) || !check_path(to, error)) {
        return false;
    }
    const char *slash = strrchr(to, '/');
    const char *name = slash ? slash + 1 : to;
    if (!walk(db, to, slash ? (size_t)(slash - to) : 0, true, &parent, error) ||
        (parent && !is_below(db, parent, tag, &below, error)) ||
        !vt_edit_find_child(db, parent, name, strlen(name), &taken, error)) {
        return false;
    }
    if (below) {
        return vt_error_set(error, VT_ERROR_USAGE, "the tag \"%s\" cannot lie below itself", path);
    }
    if (taken && taken != tag) {
        return vt_error_set(error, VT_ERROR_USAGE, "there is a tag \"%s\" already; merge the two", to);
    }
    return vt_sidecars_mark_tagged(writer, tag, error) && set_place(db, tag, parent, name, error) &&
           vt_edit_check_levels(db, error);
}

bool vt_edit_rename_tag(vt_catalog_writer *writer, const char *tag, const char *to, vt_error *error)
{
    if (!vt_catalog_writer_begin_synced(writer, error)) {
        return false;
    }
    bool done = rename_tag(writer, tag, to, error);
    return vt_catalog_writer_end_synced(writer, done, error);
}

/* Moves what `tag` has to `into`, then deletes it; calls itself for tags of the same name below both, which
   are at most `levels` deep. */
static bool merge(sqlite3 *db, int64_t tag, int64_t into, int levels, vt_error *error)
{
    if (levels == 0) {
        return vt_error_set(error, VT_ERROR_CORRUPT, "the tags are damaged; run 'vitrine check --repair'");
    }
    /* A name that no tag can have: what lies below `tag` may come to lie beside it. */
    bool done = vt_edit_run(db, "UPDATE tag SET parent_id = NULL, name = '/' || id WHERE id = ?1", tag, 0,
                            NULL, error) &&
                vt_edit_run(db,
                            "INSERT OR IGNORE INTO item_tag (item_id, tag_id) "
                            "SELECT item_id, ?2 FROM item_tag WHERE tag_id = ?1",
                            tag, into, NULL, error);
    int64_t last = INT64_MIN;
    while (done) {
        int64_t child = 0;
        int64_t twin = 0;
        done = vt_edit_ask(db, "SELECT min(id) FROM tag WHERE parent_id = ?1", tag, 0, &child, error);
        if (!done || child == 0) {
            break;
        }
        if (child <=
            last) { /* an index that still tells of a child that has left would tell of it for ever */
            return vt_error_set(error, VT_ERROR_CORRUPT,
                                "the tags are damaged; run 'vitrine check --repair'");
        }
        last = child;
        done =
            vt_edit_ask(db,
                        "SELECT id FROM tag WHERE parent_id = ?2 AND name = "
                        "(SELECT name FROM tag WHERE id = ?1)",
                        child, into, &twin, error) &&
            (twin ? merge(db, child, twin, levels - 1, error)
                  : vt_edit_run(db, "UPDATE tag SET parent_id = ?2 WHERE id = ?1", child, into, NULL, error));
    }
    return done && vt_edit_run(db, "DELETE FROM tag WHERE id = ?1", tag, 0, NULL, error);
}

static bool merge_tag(vt_catalog_writer *writer, const char *path, const char *into_path, vt_error *error)
{
    sqlite3 *db = vt_catalog_writer_db(writer);
    int64_t tag = 0;
    int64_t into = 0;
    bool below = false;
    if (!find_tag(db, path, &tag, error) || !find_tag(db, into_path, &into, error) ||
        !is_below(db, into, tag, &below, error)) {
        return false;
    }
    if (below) {
        return vt_error_set(error, VT_ERROR_USAGE, "the tag \"%s\" cannot be merged into itself or below",
                            path);
    }
    return vt_sidecars_mark_tagged(writer, tag, error) &&
           merge(db, tag, into, VT_TAG_LEVELS_MAX + 1, error) && vt_edit_check_levels(db, error);
}

bool vt_edit_merge_tag(vt_catalog_writer *writer, const char *tag, const char *into, vt_error *error)
{
    if (!vt_catalog_writer_begin_synced(writer, error)) {
        return false;
    }
    bool done = merge_tag(writer, tag, into, error);
    return vt_catalog_writer_end_synced(writer, done, error);
}

bool vt_edit_delete_tag(vt_catalog_writer *writer, const char *tag, vt_error *error)
{
    if (!vt_catalog_writer_begin_synced(writer, error)) {
        return false;
    }
    sqlite3 *db = vt_catalog_writer_db(writer);
    int64_t id = 0;
    bool done = find_tag(db, tag, &id, error) && vt_sidecars_mark_tagged(writer, id, error) &&
                vt_edit_run(db, "DELETE FROM tag WHERE id = ?1", id, 0, NULL, error);
    return vt_catalog_writer_end_synced(writer, done, error);
}
