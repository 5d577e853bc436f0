/*
 * Tags that are moved and deleted, as what happens to each of them and to its items.
 *
 * Reading makes the plan: rows of the table of tags with what they are before and after, upper levels first,
 * and runs of items that lose a tag or get one. Writing follows it in either direction. It does all of it or
 * nothing: if a tag is not as the plan has it, or its place is taken, what came between would be lost.
 */
#include "core/catalog/change_private.h"

#include <stdlib.h>
#include <string.h>

static bool no_memory(vt_error *error)
{
    vt_error_set(error, VT_ERROR_MEMORY, "out of memory for an edit of tags");
    return false;
}

bool vt_change_read_ids(sqlite3 *db, const char *sql, int64_t first, vt_id_list *list, vt_error *error)
{
    sqlite3_stmt *select = vt_db_prepare(db, sql, error);
    bool done = select != NULL;
    int rc = SQLITE_DONE;
    if (done) {
        sqlite3_bind_int64(select, 1, first);
    }
    while (done && (rc = sqlite3_step(select)) == SQLITE_ROW) {
        if (list->count == list->capacity) {
            size_t capacity = list->capacity ? list->capacity * 2 : 64;
            int64_t *grown = realloc(list->ids, capacity * sizeof *grown);
            if (!grown) {
                done = no_memory(error);
                break;
            }
            list->ids = grown;
            list->capacity = capacity;
        }
        list->ids[list->count++] = sqlite3_column_int64(select, 0);
    }
    done = done && (rc == SQLITE_DONE || vt_db_fail(db, rc, "read", error));
    sqlite3_finalize(select);
    return done;
}

/* A tag of the plan in the direction it is followed. */
typedef struct step {
    int64_t id, parent; /* below which it comes; 0: none */
    const char *name;   /* by which; NULL: it goes */
    const char *from;   /* its name now; NULL: it is not there */
    int64_t from_parent;
    bool done; /* it is as it shall be */
    bool stays;
} step;

typedef struct walk {
    sqlite3 *db;
    const vt_change *change;
    bool back;
    step *steps;         /* owned; in the order of the plan */
    const step **sorted; /* owned; by id */
    vt_error *error;
} walk;

static int compare_steps(const void *a, const void *b)
{
    const step *left = *(const step *const *)a;
    const step *right = *(const step *const *)b;
    return (left->id > right->id) - (left->id < right->id);
}

static const step *find_step(const walk *of, int64_t id)
{
    const step key = {.id = id};
    const step *wanted = &key;
    const step **found =
        bsearch(&wanted, of->sorted, of->change->tag_count, sizeof(const step *), compare_steps);
    return found ? *found : NULL;
}

static bool start_walk(walk *of)
{
    size_t count = of->change->tag_count;
    of->steps = calloc(count + 1, sizeof *of->steps);
    of->sorted = calloc(count + 1, sizeof *of->sorted);
    if (!of->steps || !of->sorted) {
        return no_memory(of->error);
    }
    for (size_t i = 0; i < count; i++) {
        const vt_change_tag *tag = &of->change->tags[i];
        of->steps[i] = (step){.id = tag->id,
                              .parent = of->back ? tag->parent_before : tag->parent_after,
                              .name = of->back ? tag->name_before : tag->name_after,
                              .from = of->back ? tag->name_after : tag->name_before,
                              .from_parent = of->back ? tag->parent_after : tag->parent_before};
        of->sorted[i] = &of->steps[i];
    }
    qsort(of->sorted, count, sizeof *of->sorted, compare_steps);
    return true;
}

/* Whether the tag is there with this name, or is not (NULL). */
static bool is_as(const walk *of, int64_t id, int64_t parent, const char *name, bool *as)
{
    sqlite3_stmt *select = vt_db_prepare(
        of->db, "SELECT coalesce(parent_id, 0) = ?2 AND name IS ?3 FROM tag WHERE id = ?1", of->error);
    if (!select) {
        return false;
    }
    sqlite3_bind_int64(select, 1, id);
    sqlite3_bind_int64(select, 2, parent);
    int rc = sqlite3_bind_text(select, 3, name, -1, SQLITE_STATIC);
    rc = rc == SQLITE_OK ? sqlite3_step(select) : rc;
    *as = rc == SQLITE_ROW ? sqlite3_column_int(select, 0) != 0 : name == NULL;
    bool done = rc == SQLITE_ROW || rc == SQLITE_DONE || vt_db_fail(of->db, rc, "read", of->error);
    sqlite3_finalize(select);
    return done;
}

/* A tag's new parent is there or comes, and nobody else is called so below it. */
static bool has_room(const walk *of, const step *one, bool *room)
{
    const step *parent = one->parent ? find_step(of, one->parent) : NULL;
    int64_t there = one->parent == 0 || (parent && parent->name);
    int64_t taken = 0;
    if ((!there && !parent &&
         !vt_edit_ask(of->db, "SELECT 1 FROM tag WHERE id = ?1", one->parent, 0, &there, of->error)) ||
        !vt_edit_find_child(of->db, one->parent, one->name, strlen(one->name), &taken, of->error)) {
        return false;
    }
    *room = there && (taken == 0 || taken == one->id || find_step(of, taken));
    return true;
}

/* `*fits`: every tag is as it was left, or already as it shall be. */
static bool look(const walk *of, bool *fits)
{
    *fits = true;
    for (size_t i = 0; *fits && i < of->change->tag_count; i++) {
        step *one = &of->steps[i];
        bool as_left = false;
        if (!is_as(of, one->id, one->parent, one->name, &one->done) ||
            (!one->done && !is_as(of, one->id, one->from_parent, one->from, &as_left)) ||
            (as_left && one->name && !has_room(of, one, &as_left))) {
            return false;
        }
        *fits = one->done || as_left;
    }
    return true;
}

static bool write_items(const walk *of, bool give, size_t *skipped)
{
    sqlite3_stmt *statement =
        vt_db_prepare(of->db,
                      give ? "INSERT OR IGNORE INTO item_tag (item_id, tag_id) SELECT item.id, tag.id "
                             "FROM item, tag WHERE item.id = ?1 AND tag.id = ?2"
                           : "DELETE FROM item_tag WHERE item_id = ?1 AND tag_id = ?2",
                      of->error);
    bool done = statement != NULL;
    for (size_t i = 0; done && i < of->change->run_count; i++) {
        const vt_change_run *run = &of->change->runs[i];
        const int64_t *ids = vt_change_ids(of->change, run);
        bool has = (of->back ? run->before : run->after) != 0;
        for (size_t k = 0; done && has == give && k < run->count; k++) {
            sqlite3_bind_int64(statement, 1, ids[k]);
            sqlite3_bind_int64(statement, 2, run->tag);
            done = vt_db_run(statement, "write to", of->error);
            *skipped += done && sqlite3_changes64(of->db) == 0;
        }
    }
    sqlite3_finalize(statement);
    return done;
}

/* A tag that goes stays if something has come to it since: an item, or a tag below it. */
static bool look_at_leaver(const walk *of, step *one)
{
    int64_t items = 0;
    vt_id_list children = {0};
    bool done =
        vt_edit_ask(of->db, "SELECT 1 FROM item_tag WHERE tag_id = ?1", one->id, 0, &items, of->error) &&
        vt_change_read_ids(of->db, "SELECT id FROM tag WHERE parent_id = ?1", one->id, &children, of->error);
    one->stays = items != 0;
    for (size_t i = 0; done && i < children.count; i++) {
        const step *child = find_step(of, children.ids[i]);
        bool leaves = child && !child->stays && (!child->name || child->parent != one->id);
        one->stays = one->stays || !leaves;
    }
    free(children.ids);
    return done;
}

/* Lower levels first: one that stays holds those above it. */
static bool find_leavers(const walk *of, size_t *skipped)
{
    for (size_t i = of->change->tag_count; i-- > 0;) {
        step *one = &of->steps[i];
        if (!one->name && !one->done) {
            if (!look_at_leaver(of, one)) {
                return false;
            }
            *skipped += one->stays;
        }
    }
    return true;
}

/* ?1 the tag, ?2 its parent, ?3 its name. */
static bool put_row(const walk *of, const step *one)
{
    sqlite3_stmt *statement =
        vt_db_prepare(of->db,
                      one->from ? "UPDATE tag SET parent_id = nullif(?2, 0), name = ?3 WHERE id = ?1"
                                : "INSERT INTO tag (id, parent_id, name) VALUES (?1, nullif(?2, 0), ?3)",
                      of->error);
    if (!statement) {
        return false;
    }
    sqlite3_bind_int64(statement, 1, one->id);
    sqlite3_bind_int64(statement, 2, one->parent);
    int rc = sqlite3_bind_text(statement, 3, one->name, -1, SQLITE_STATIC);
    bool done = rc == SQLITE_OK ? vt_db_run(statement, "write to", of->error)
                                : vt_db_fail(of->db, rc, "write to", of->error);
    sqlite3_finalize(statement);
    return done;
}

static bool write_rows(const walk *of)
{
    size_t count = of->change->tag_count;
    bool done = true;
    /* First a name that no tag can have: what moves may come to stand where another one stood. */
    for (size_t i = 0; done && i < count; i++) {
        const step *one = &of->steps[i];
        if (one->from && !one->done && !one->stays) {
            done = vt_edit_run(of->db, "UPDATE tag SET parent_id = NULL, name = '/' || id WHERE id = ?1",
                               one->id, 0, NULL, of->error);
        }
    }
    for (size_t i = 0; done && i < 2 * count; i++) { /* those that are new, then those that move below them */
        const step *one = &of->steps[i % count];
        if (one->name && !one->done && (one->from == NULL) == (i < count)) {
            done = put_row(of, one);
        }
    }
    for (size_t i = count; done && i-- > 0;) {
        const step *one = &of->steps[i];
        if (!one->name && !one->done && !one->stays) {
            done = vt_edit_run(of->db, "DELETE FROM tag WHERE id = ?1", one->id, 0, NULL, of->error);
        }
    }
    return done;
}

static bool write_tree(sqlite3 *db, const vt_change *change, vt_change_direction direction, size_t *skipped,
                       vt_error *error)
{
    walk of = {.db = db, .change = change, .back = direction == VT_CHANGE_BACK, .error = error};
    bool fits = false;
    bool done = start_walk(&of) && look(&of, &fits);
    if (done && !fits) {
        *skipped = vt_change_count(change);
    } else if (done) {
        done = write_items(&of, false, skipped) && find_leavers(&of, skipped) && write_rows(&of) &&
               write_items(&of, true, skipped) && vt_edit_check_levels(db, error);
    }
    free(of.steps);
    free(of.sorted);
    return done;
}

const vt_change_ops vt_change_tag_tree = {vt_change_plan_tags, write_tree};
