/* The plan of a move or a deletion of tags (change_tag_tree.c): what each of them and its items come to. */
#include "core/catalog/change_private.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 2 * VT_TAG_LEVELS_MAX }; /* deeper there is only a ring, in a damaged catalog */

/* What `sql` says of the tag ?1, with ?2, as items of a run; none if it says nothing. */
static bool plan_items(sqlite3 *db, vt_change *change, const char *sql, int64_t tag, int64_t other,
                       const vt_change_run *as, vt_error *error)
{
    sqlite3_stmt *select = vt_db_prepare(db, sql, error);
    bool done = select != NULL;
    int rc = SQLITE_DONE;
    vt_change_run *run = NULL;
    if (done) { /* a parameter that the statement does not have is none */
        sqlite3_bind_int64(select, 1, tag);
        sqlite3_bind_int64(select, 2, other);
    }
    while (done && (rc = sqlite3_step(select)) == SQLITE_ROW) {
        run = run ? run : vt_change_open(change, NULL, NULL, error);
        if (run) {
            run->tag = as->tag;
            run->before = as->before;
            run->after = as->after;
        }
        done = run && vt_change_add(change, sqlite3_column_int64(select, 0), error);
    }
    done = done && (rc == SQLITE_DONE || vt_db_fail(db, rc, "read", error));
    sqlite3_finalize(select);
    return done;
}

static bool plan_loss(sqlite3 *db, vt_change *change, int64_t tag, vt_error *error)
{
    return plan_items(db, change, "SELECT item_id FROM item_tag WHERE tag_id = ?1 ORDER BY item_id", tag, 0,
                      &(vt_change_run){.tag = tag, .before = 1}, error);
}

/* The tag as it is now; then it goes, or lies below `parent` as `name` (NULL: as it is called now). */
static bool plan_row(sqlite3 *db, vt_change *change, int64_t id, bool goes, int64_t parent, const char *name,
                     vt_error *error)
{
    sqlite3_stmt *select =
        vt_db_prepare(db, "SELECT coalesce(parent_id, 0), name FROM tag WHERE id = ?1", error);
    if (!select) {
        return false;
    }
    sqlite3_bind_int64(select, 1, id);
    int rc = sqlite3_step(select);
    bool done = rc == SQLITE_ROW || vt_db_fail(db, rc, "read", error);
    if (done) {
        const char *now = (const char *)sqlite3_column_text(select, 1);
        const vt_change_tag row = {.id = id,
                                   .parent_before = sqlite3_column_int64(select, 0),
                                   .parent_after = goes ? 0 : parent,
                                   .name_before = now,
                                   .name_after = goes   ? NULL
                                                 : name ? name
                                                        : now};
        done = vt_change_add_tag(change, &row, error) != NULL;
    }
    sqlite3_finalize(select);
    return done;
}

static bool plan_delete(sqlite3 *db, vt_change *change, int64_t tag, vt_error *error)
{
    vt_id_list all = {0};
    bool done =
        vt_change_read_ids(db,
                           "WITH RECURSIVE below (id, depth) AS (VALUES (?1, 0) UNION "
                           "SELECT tag.id, depth + 1 FROM below JOIN tag ON tag.parent_id = below.id "
                           "WHERE depth < 32) SELECT id FROM below GROUP BY id ORDER BY min(depth), id",
                           tag, &all, error);
    for (size_t i = 0; done && i < all.count; i++) {
        done = plan_row(db, change, all.ids[i], true, 0, NULL, error) &&
               plan_loss(db, change, all.ids[i], error);
    }
    free(all.ids);
    return done;
}

static bool goes_already(const vt_change *change, int64_t id)
{
    for (size_t i = 0; i < change->tag_count; i++) {
        if (change->tags[i].id == id && !change->tags[i].name_after) {
            return true;
        }
    }
    return false;
}

static bool plan_join(sqlite3 *db, vt_change *change, int64_t tag, int64_t into, int levels, vt_error *error);

/* A tag below one that is joined with `into`: so is it, with its namesake there, or it moves. */
static bool plan_child(sqlite3 *db, vt_change *change, int64_t child, int64_t into, int levels,
                       vt_error *error)
{
    int64_t twin = 0;
    if (!vt_edit_ask(db,
                     "SELECT id FROM tag WHERE parent_id = ?2 AND name = "
                     "(SELECT name FROM tag WHERE id = ?1)",
                     child, into, &twin, error)) {
        return false;
    }
    return twin && !goes_already(change, twin) ? plan_join(db, change, child, twin, levels - 1, error)
                                               : plan_row(db, change, child, false, into, NULL, error);
}

static bool plan_join(sqlite3 *db, vt_change *change, int64_t tag, int64_t into, int levels, vt_error *error)
{
    if (levels == 0) {
        return vt_error_set(error, VT_ERROR_CORRUPT, "the tags are damaged; run 'vitrine check --repair'");
    }
    vt_id_list children = {0};
    bool done =
        plan_row(db, change, tag, true, 0, NULL, error) && plan_loss(db, change, tag, error) &&
        plan_items(db, change,
                   "SELECT item_id FROM item_tag AS own WHERE tag_id = ?1 AND NOT EXISTS "
                   "(SELECT 1 FROM item_tag WHERE item_id = own.item_id AND tag_id = ?2) "
                   "ORDER BY item_id",
                   tag, into, &(vt_change_run){.tag = into, .after = 1}, error) &&
        vt_change_read_ids(db, "SELECT id FROM tag WHERE parent_id = ?1 ORDER BY id", tag, &children, error);
    for (size_t i = 0; done && i < children.count; i++) {
        done = plan_child(db, change, children.ids[i], into, levels, error);
    }
    free(children.ids);
    return done;
}

/* The tag at `path`, of which `length` bytes count; levels that are missing are planned. */
static bool plan_levels(sqlite3 *db, vt_change *change, const char *path, size_t length, int64_t *parent,
                        vt_error *error)
{
    int64_t fresh = 0;
    *parent = 0;
    if (!vt_edit_ask(db, "SELECT coalesce(max(id), 0) FROM tag", 0, 0, &fresh, error)) {
        return false;
    }
    for (size_t at = 0; at < length;) {
        size_t name = strcspn(path + at, "/");
        int64_t found = 0;
        if (!vt_edit_find_child(db, *parent, path + at, name, &found, error)) {
            return false;
        }
        char level[VT_TAG_BYTES_MAX + 1];
        memcpy(level, path + at, name); /* vt_item_edit_check has seen how long it is */
        level[name] = '\0';
        const vt_change_tag row = {.id = fresh + 1, .parent_after = *parent, .name_after = level};
        if (!found && !vt_change_add_tag(change, &row, error)) {
            return false;
        }
        fresh += !found;
        *parent = found ? found : fresh;
        at += name + 1;
    }
    return true;
}

static bool lies_below(sqlite3 *db, int64_t tag, int64_t top, bool *below, vt_error *error)
{
    int64_t at = tag;
    for (int i = 0; at != 0 && at != top && i < DEPTH_MAX; i++) {
        if (!vt_edit_ask(db, "SELECT coalesce(parent_id, 0) FROM tag WHERE id = ?1", at, 0, &at, error)) {
            return false;
        }
    }
    *below = at == top;
    return true;
}

static bool plan_move(sqlite3 *db, vt_change *change, int64_t tag, const char *path, const char *to,
                      vt_error *error)
{
    const char *slash = strrchr(to, '/');
    const char *name = slash ? slash + 1 : to;
    size_t above = slash ? (size_t)(slash - to) : 0;
    int64_t parent = 0;
    int64_t taken = 0;
    int64_t last = 0; /* the lowest level above that is there */
    bool below = false;
    if (strcmp(path, to) == 0) {
        return true;
    }
    if (!plan_levels(db, change, to, above, &parent, error)) {
        return false;
    }
    last = change->tag_count ? change->tags[0].parent_after : parent;
    if ((last && !lies_below(db, last, tag, &below, error)) ||
        !vt_edit_find_child(db, parent, name, strlen(name), &taken, error)) {
        return false;
    }
    if (below) {
        return vt_error_set(error, VT_ERROR_USAGE, "the tag \"%s\" cannot lie below itself", path);
    }
    return taken ? plan_join(db, change, tag, taken, VT_TAG_LEVELS_MAX + 1, error)
                 : plan_row(db, change, tag, false, parent, name, error);
}

bool vt_change_plan_tags(sqlite3 *db, vt_change *change, const vt_item_edit *edit, const int64_t *ids,
                         size_t count, vt_error *error)
{
    (void)ids;
    (void)count;
    int64_t tag = 0;
    if (!vt_edit_find_tag(db, edit->tags[0], &tag, NULL, error)) {
        return false;
    }
    if (tag == 0) {
        return vt_error_set(error, VT_ERROR_NOT_FOUND, "there is no tag \"%s\"", edit->tags[0]);
    }
    return edit->kind == VT_EDIT_DELETE_TAG ? plan_delete(db, change, tag, error)
                                            : plan_move(db, change, tag, edit->tags[0], edit->text, error);
}
