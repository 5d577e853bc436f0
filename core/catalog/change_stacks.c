/* Items that become a stack, leave one, or change places in it: runs by the stack they were in and the one
   they come into, with positions. */
#include "core/base/ids.h"
#include "core/catalog/change_private.h"
#include "core/catalog/stacks.h"

#include <stdlib.h>

/* ---- what is concerned ---- */

/* An item, and where it stands; stack 0: in none. */
typedef struct member {
    int64_t id, stack, position;
    bool chosen; /* named by the edit itself */
} member;

/* The items an edit is about, with all of the stacks that some of them are in. Those of a stack stand
   together, in its order. */
typedef struct members {
    sqlite3 *db;
    sqlite3_stmt *place;  /* of an item: its stack, 0 if in none; no row: it is not there */
    sqlite3_stmt *inside; /* a stack's members */
    member *at;           /* owned */
    size_t count, capacity;
} members;

static bool no_memory(vt_error *error)
{
    vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a stack");
    return false;
}

static bool add_member(members *to, member one, vt_error *error)
{
    if (to->count == to->capacity) {
        size_t capacity = to->capacity ? to->capacity * 2 : 64;
        member *grown = realloc(to->at, capacity * sizeof *grown);
        if (!grown) {
            return no_memory(error);
        }
        to->at = grown;
        to->capacity = capacity;
    }
    to->at[to->count++] = one;
    return true;
}

static bool add_stack(members *to, int64_t stack, vt_error *error)
{
    bool done = true;
    int rc;
    sqlite3_bind_int64(to->inside, 1, stack);
    while ((rc = sqlite3_step(to->inside)) == SQLITE_ROW && done) {
        done = add_member(to,
                          (member){.id = sqlite3_column_int64(to->inside, 0),
                                   .stack = stack,
                                   .position = sqlite3_column_int64(to->inside, 1)},
                          error);
    }
    sqlite3_reset(to->inside);
    return done && (rc == SQLITE_DONE || vt_db_fail(to->db, rc, "read", error));
}

/* An item that is named, and the stack it is in. */
typedef struct mention {
    int64_t id, stack;
    size_t rank; /* in the order of naming */
} mention;

static int compare_stacks(const void *a, const void *b)
{
    const mention *left = a;
    const mention *right = b;
    return left->stack != right->stack ? (left->stack > right->stack) - (left->stack < right->stack)
                                       : (left->rank > right->rank) - (left->rank < right->rank);
}

static int compare_ranks(const void *a, const void *b)
{
    const mention *left = a;
    const mention *right = b;
    return (left->rank > right->rank) - (left->rank < right->rank);
}

/* Of the items that are there; `*kept` of them. */
static bool look_up(members *to, const int64_t *ids, size_t count, mention *mentions, size_t *kept,
                    vt_error *error)
{
    for (size_t i = 0; i < count; i++) {
        sqlite3_bind_int64(to->place, 1, ids[i]);
        int rc = sqlite3_step(to->place);
        if (rc == SQLITE_ROW) {
            mentions[*kept] = (mention){ids[i], sqlite3_column_int64(to->place, 0), *kept};
            ++*kept;
        }
        sqlite3_reset(to->place);
        if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
            return vt_db_fail(to->db, rc, "read", error);
        }
    }
    return true;
}

/* Leaves one mention of each stack, the first. */
static size_t keep_first(mention *mentions, size_t count)
{
    size_t kept = 0;
    qsort(mentions, count, sizeof *mentions, compare_stacks);
    for (size_t i = 0; i < count; i++) {
        if (mentions[i].stack == 0 || kept == 0 || mentions[kept - 1].stack != mentions[i].stack) {
            mentions[kept++] = mentions[i];
        }
    }
    qsort(mentions, kept, sizeof *mentions, compare_ranks);
    return kept;
}

static bool add_mentioned(members *to, const int64_t *ids, size_t count, vt_error *error)
{
    size_t kept = 0;
    mention *mentions = malloc((count + 1) * sizeof *mentions);
    bool done = mentions ? look_up(to, ids, count, mentions, &kept, error) : no_memory(error);
    kept = done ? keep_first(mentions, kept) : 0;
    for (size_t i = 0; done && i < kept; i++) {
        done = mentions[i].stack ? add_stack(to, mentions[i].stack, error)
                                 : add_member(to, (member){.id = mentions[i].id}, error);
    }
    free(mentions);
    return done;
}

/* Knows again those that the edit names. */
static bool mark_chosen(members *of, const int64_t *ids, size_t count, vt_error *error)
{
    int64_t *sorted = malloc((count + 1) * sizeof *sorted);
    if (!sorted) {
        return no_memory(error);
    }
    for (size_t i = 0; i < count; i++) {
        sorted[i] = ids[i];
    }
    vt_ids_sort(sorted, count);
    for (size_t i = 0; i < of->count; i++) {
        of->at[i].chosen = vt_ids_contain(sorted, count, of->at[i].id);
    }
    free(sorted);
    return true;
}

static bool gather(members *to, const int64_t *ids, size_t count, vt_error *error)
{
    to->place = vt_db_prepare(to->db,
                              "SELECT coalesce(stack_id, 0) FROM item LEFT JOIN stack_item "
                              "ON item_id = item.id WHERE item.id = ?1",
                              error);
    to->inside =
        to->place
            ? vt_db_prepare(
                  to->db,
                  "SELECT item_id, position FROM stack_item WHERE stack_id = ?1 ORDER BY position, item_id",
                  error)
            : NULL;
    bool done = to->inside && add_mentioned(to, ids, count, error);
    sqlite3_finalize(to->place);
    sqlite3_finalize(to->inside);
    return done && mark_chosen(to, ids, count, error);
}

/* ---- what becomes of it ---- */

/* Notes that a member comes to stand elsewhere; one that does not is left out. */
static bool put(vt_change *change, const member *from, int64_t stack, int64_t position, vt_error *error)
{
    if (from->stack == stack && from->position == position) {
        return true;
    }
    const vt_change_run *last = change->run_count ? &change->runs[change->run_count - 1] : NULL;
    if (!last || last->stack_before != from->stack || last->stack_after != stack) {
        vt_change_run *run = vt_change_open(change, NULL, NULL, error);
        if (!run) {
            return false;
        }
        run->stack_before = from->stack;
        run->stack_after = stack;
    }
    return vt_change_add_placed(change, from->id, from->position, position, error);
}

static bool read_stack(vt_change *change, const members *of, vt_error *error)
{
    int64_t stack = of->count ? of->at[0].stack : 0;
    if (of->count < 2) {
        return vt_error_set(error, VT_ERROR_USAGE, "a stack is of two items at least: select more of them");
    }
    if (of->count > VT_STACK_ITEMS_MAX) {
        return vt_error_set(error, VT_ERROR_USAGE,
                            "%zu items are too many for a stack, which has %d at most: select fewer, or "
                            "put them into an album",
                            of->count, VT_STACK_ITEMS_MAX);
    }
    if (stack == 0 &&
        !vt_edit_ask(of->db, "SELECT coalesce(max(stack_id), 0) + 1 FROM stack_item", 0, 0, &stack, error)) {
        return false;
    }
    bool done = true;
    for (size_t i = 0; done && i < of->count; i++) {
        done = put(change, &of->at[i], stack, (int64_t)i + 1, error);
    }
    return done;
}

/* The members [first, end) of one stack, or an item in none; what is not said stays. */
typedef bool (*stack_reader)(vt_change *change, const members *of, size_t first, size_t end, vt_error *error);

static bool read_unstacked(vt_change *change, const members *of, size_t first, size_t end, vt_error *error)
{
    bool done = true;
    for (size_t i = first; done && i < end; i++) {
        done = put(change, &of->at[i], 0, 0, error);
    }
    return done;
}

static bool read_taken(vt_change *change, const members *of, size_t first, size_t end, vt_error *error)
{
    size_t left = 0;
    bool done = true;
    for (size_t i = first; i < end; i++) {
        left += !of->at[i].chosen;
    }
    for (size_t i = first; done && i < end; i++) {
        done = (!of->at[i].chosen && left > 1) || put(change, &of->at[i], 0, 0, error);
    }
    return done;
}

static bool read_cover(vt_change *change, const members *of, size_t first, size_t end, vt_error *error)
{
    int64_t position = 1;
    bool done = true;
    for (int chosen = 1; chosen >= 0; chosen--) {
        for (size_t i = first; done && i < end; i++) {
            if (of->at[i].chosen == (chosen == 1)) {
                done = put(change, &of->at[i], of->at[i].stack, position++, error);
            }
        }
    }
    return done;
}

static bool read_each_stack(vt_change *change, const members *of, stack_reader read, vt_error *error)
{
    bool done = true;
    size_t end;
    for (size_t first = 0; done && first < of->count; first = end) {
        for (end = first + 1; end < of->count && of->at[end].stack == of->at[first].stack;) {
            end++;
        }
        done = of->at[first].stack == 0 || read(change, of, first, end, error);
    }
    return done;
}

static bool read_stacks(sqlite3 *db, vt_change *change, const vt_item_edit *edit, const int64_t *ids,
                        size_t count, vt_error *error)
{
    members of = {.db = db};
    bool done = gather(&of, ids, count, error);
    if (done && edit->kind == VT_EDIT_STACK) {
        done = read_stack(change, &of, error);
    } else if (done) {
        done = read_each_stack(change, &of,
                               edit->kind == VT_EDIT_UNSTACK    ? read_unstacked
                               : edit->kind == VT_EDIT_TAKE_OUT ? read_taken
                                                                : read_cover,
                               error);
    }
    free(of.at);
    return done;
}

/* ---- writing ---- */

/* The statements of one run. */
typedef struct writing {
    sqlite3_stmt *take;  /* ?1 the item: it leaves the stack ?2, if it is in that; NULL: it was in none */
    sqlite3_stmt *place; /* it comes into the stack ?2, at ?3; NULL: into none */
} writing;

/* An item that was in no stack, and is in one by now, keeps that. */
static bool prepare(sqlite3 *db, int64_t from, int64_t to, writing *with, vt_error *error)
{
    *with = (writing){0};
    if (from != 0) {
        with->take = vt_db_prepare(db, "DELETE FROM stack_item WHERE item_id = ?1 AND stack_id = ?2", error);
    }
    if (to != 0 && (from == 0 || with->take)) {
        with->place = vt_db_prepare(db,
                                    "INSERT OR IGNORE INTO stack_item (item_id, stack_id, position) "
                                    "SELECT id, ?2, ?3 FROM item WHERE id = ?1",
                                    error);
    }
    return (from == 0 || with->take) && (to == 0 || with->place);
}

static bool write_item(sqlite3 *db, const writing *with, int64_t id, const int64_t stacks[2],
                       int64_t position, size_t *skipped, vt_error *error)
{
    bool there = true;
    if (with->take) {
        sqlite3_bind_int64(with->take, 1, id);
        sqlite3_bind_int64(with->take, 2, stacks[0]);
        if (!vt_db_run(with->take, "write to", error)) {
            return false;
        }
        there = sqlite3_changes64(db) > 0;
    }
    if (there && with->place) {
        sqlite3_bind_int64(with->place, 1, id);
        sqlite3_bind_int64(with->place, 2, stacks[1]);
        sqlite3_bind_int64(with->place, 3, position);
        if (!vt_db_run(with->place, "write to", error)) {
            return false;
        }
        there = sqlite3_changes64(db) > 0;
    }
    *skipped += !there;
    return true;
}

static bool write_stacks(sqlite3 *db, const vt_change *change, vt_change_direction direction, size_t *skipped,
                         vt_error *error)
{
    bool back = direction == VT_CHANGE_BACK;
    bool done = true;
    for (size_t i = 0; done && i < change->run_count; i++) {
        const vt_change_run *run = &change->runs[i];
        const int64_t stacks[2] = {back ? run->stack_after : run->stack_before,
                                   back ? run->stack_before : run->stack_after};
        const int64_t *positions = (back ? change->before : change->after) + run->first;
        const int64_t *ids = vt_change_ids(change, run);
        writing with;
        done = prepare(db, stacks[0], stacks[1], &with, error);
        for (size_t k = 0; done && k < run->count; k++) {
            done = write_item(db, &with, ids[k], stacks, positions[k], skipped, error);
        }
        sqlite3_finalize(with.take);
        sqlite3_finalize(with.place);
    }
    return done;
}

const vt_change_ops vt_change_stacks = {read_stacks, write_stacks};
