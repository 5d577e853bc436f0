/* Side-cars as the catalog knows them: reading. */
#include "core/catalog/db.h"
#include "core/catalog/edit.h"
#include "core/catalog/embedded.h"
#include "core/catalog/reader_private.h"
#include "core/catalog/sidecars_private.h"
#include "core/catalog/tag_path.h"

#include <stdlib.h>
#include <string.h>

_Static_assert(VT_KIND_SEQUENCE == 3 && VT_ITEM_TRASHED == 5 && VT_SIDECAR_EDITED == 0 &&
                   VT_SIDECAR_RATING == 1 && VT_SIDECAR_LABEL == 2 && VT_SIDECAR_TITLE == 4 &&
                   VT_SIDECAR_NOTES == 8,
               "the statements name these by number");

#define SEEN_COLUMNS "long_size, long_mtime_ns, short_size, short_mtime_ns"

bool vt_sidecar_seen_same(const vt_sidecar_seen *a, const vt_sidecar_seen *b)
{
    bool same = true;
    for (int i = 0; i < VT_SIDECAR_NAMES; i++) {
        bool gone = a->size[i] < 0 && b->size[i] < 0;
        same = same && (gone || (a->size[i] == b->size[i] && a->mtime_ns[i] == b->mtime_ns[i]));
    }
    return same;
}

static bool no_memory(vt_error *error)
{
    vt_error_set(error, VT_ERROR_MEMORY, "out of memory for side-cars");
    return false;
}

void vt_sidecar_state_free(vt_sidecar_state *state)
{
    vt_str_free(&state->path);
    vt_sidecar_values_free(&state->agreed);
    vt_sidecar_values_free(&state->ours);
    vt_sidecar_values_free(&state->own);
    for (int i = 0; i < VT_SIDECAR_NAMES; i++) {
        vt_sidecar_values_free(&state->said[i]);
    }
    *state = (vt_sidecar_state){0};
}

static vt_sidecar_seen seen_at(sqlite3_stmt *row, int column)
{
    vt_sidecar_seen seen;
    for (int i = 0; i < VT_SIDECAR_NAMES; i++) {
        bool there = sqlite3_column_type(row, column + 2 * i) != SQLITE_NULL;
        seen.size[i] = there ? sqlite3_column_int64(row, column + 2 * i) : -1;
        seen.mtime_ns[i] = there ? sqlite3_column_int64(row, column + 2 * i + 1) : 0;
    }
    return seen;
}

/* A text of a column, NULL for none. False without memory. */
static bool text_at(sqlite3_stmt *row, int column, char **text)
{
    const char *value = (const char *)sqlite3_column_text(row, column);
    *text = value && *value ? strdup(value) : NULL;
    return *text || !value || !*value;
}

/* A stored number in a range, 0 for another. */
static int number_at(sqlite3_stmt *row, int column, int most)
{
    sqlite3_int64 number = sqlite3_column_int64(row, column);
    return number > 0 && number <= most ? (int)number : 0;
}

bool vt_sidecars_read_tags(sqlite3 *db, int64_t item_id, bool embedded, vt_sidecar_tags *tags,
                           vt_error *error)
{
    sqlite3_stmt *select =
        vt_db_prepare(db, "SELECT tag_id FROM item_tag WHERE item_id = ?1 AND (?2 = 0 OR given = 1)", error);
    vt_str path = VT_STR_INIT;
    bool done = select != NULL;
    int rc = SQLITE_DONE;
    if (done) {
        sqlite3_bind_int64(select, 1, item_id);
        sqlite3_bind_int(select, 2, embedded);
    }
    while (done && (rc = sqlite3_step(select)) == SQLITE_ROW) {
        vt_str_clear(&path);
        done = vt_tag_path_append(db, sqlite3_column_int64(select, 0), &path, error) &&
               (path.length == 0 || vt_sidecar_tags_add(tags, path.data, error));
    }
    done = done && (rc == SQLITE_DONE || vt_db_fail(db, rc, "read", error));
    sqlite3_finalize(select);
    vt_str_free(&path);
    return done;
}

/* Rating, label, title, note, tags of a side-car's terms, from `column` on. */
static bool take_values(sqlite3_stmt *row, int column, vt_sidecar_values *values, vt_error *error)
{
    values->rating = number_at(row, column, 5);
    values->label = number_at(row, column + 1, VT_LABEL_MAX);
    const char *tags = (const char *)sqlite3_column_text(row, column + 4);
    return ((text_at(row, column + 2, &values->title) && text_at(row, column + 3, &values->notes)) ||
            no_memory(error)) &&
           vt_sidecar_tags_add_lines(&values->tags, tags ? tags : "", error);
}

/* One row alone, which nothing here leaves, is no pair: both are read as at first then. */
static bool read_said(sqlite3 *db, int64_t id, vt_sidecar_state *state, vt_error *error)
{
    sqlite3_stmt *select = vt_db_prepare(db,
                                         "SELECT name, rating, label, title, note, tags FROM sidecar_said "
                                         "WHERE item_id = ?1 AND name IN (0, 1)",
                                         error);
    bool done = select != NULL;
    int rc = SQLITE_DONE, found = 0;
    if (done) {
        sqlite3_bind_int64(select, 1, id);
    }
    while (done && (rc = sqlite3_step(select)) == SQLITE_ROW) {
        done = take_values(select, 1, &state->said[sqlite3_column_int(select, 0)], error);
        found++;
    }
    done = done && (rc == SQLITE_DONE || vt_db_fail(db, rc, "read", error));
    sqlite3_finalize(select);
    state->both = found == VT_SIDECAR_NAMES;
    return done;
}

#define STATE_SQL                                                                                            \
    "SELECT folder.path, item.name, item.rating, item.label, item.title, note.text, "                        \
    "s.item_id, " SEEN_COLUMNS ", s.rating, s.label, s.title, s.note, s.tags, due.wish, due.since_ns "       \
    "FROM item JOIN folder ON folder.id = folder_id LEFT JOIN note ON note.item_id = item.id "               \
    "LEFT JOIN sidecar AS s ON s.item_id = item.id LEFT JOIN sidecar_due AS due ON due.item_id = item.id "   \
    "WHERE item.id = ?1 AND item.kind <> 3 AND item.state <> 5"

static bool take_state(sqlite3_stmt *row, vt_sidecar_state *state, vt_error *error)
{
    vt_str_append(&state->path, sqlite3_column_blob(row, 0), (size_t)sqlite3_column_bytes(row, 0));
    if (state->path.length > 0 && state->path.data[state->path.length - 1] != '/') {
        vt_str_append_char(&state->path, '/');
    }
    vt_str_append(&state->path, sqlite3_column_blob(row, 1), (size_t)sqlite3_column_bytes(row, 1));
    state->ours.rating = number_at(row, 2, 5);
    state->ours.label = number_at(row, 3, VT_LABEL_MAX);
    state->known = sqlite3_column_type(row, 6) != SQLITE_NULL;
    state->seen = seen_at(row, 7);
    state->due = sqlite3_column_type(row, 16) != SQLITE_NULL;
    state->wish = (vt_sidecar_wish)number_at(row, 16, VT_SIDECAR_WISH_COUNT - 1);
    state->since_ns = sqlite3_column_int64(row, 17);
    bool texts = text_at(row, 4, &state->ours.title) && text_at(row, 5, &state->ours.notes);
    return ((texts && !state->path.failed) || no_memory(error)) &&
           take_values(row, 11, &state->agreed, error);
}

/* What the item has of its picture. */
static bool read_own(sqlite3 *db, int64_t id, vt_sidecar_state *state, vt_error *error)
{
    vt_embedded embedded = {0};
    bool done = vt_embedded_read(db, id, &embedded, error) &&
                vt_embedded_own(&embedded, &state->ours, &state->agreed, &state->own, error);
    vt_embedded_free(&embedded);
    return done;
}

bool vt_sidecars_state(vt_catalog_reader *reader, int64_t id, vt_sidecar_state *state, vt_error *error)
{
    sqlite3 *db = vt_catalog_reader_db(reader);
    vt_sidecar_state_free(state);
    sqlite3_stmt *select = vt_db_prepare(db, STATE_SQL, error);
    if (!select) {
        return false;
    }
    sqlite3_bind_int64(select, 1, id);
    int rc = sqlite3_step(select); /* the tags are read while it stands: of the same commit */
    bool done = rc == SQLITE_ROW ? take_state(select, state, error)
                : rc == SQLITE_DONE
                    ? vt_error_set(error, VT_ERROR_NOT_FOUND,
                                   "there is no item %lld that can have a side-car", (long long)id)
                    : vt_db_fail(db, rc, "read", error);
    done = done && vt_sidecars_read_tags(db, id, false, &state->ours.tags, error) &&
           read_said(db, id, state, error) && read_own(db, id, state, error);
    sqlite3_finalize(select);
    return done;
}

bool vt_sidecars_each_in_folder(vt_catalog_reader *reader, const char *path, size_t length,
                                vt_sidecar_visitor visit, void *user, vt_error *error)
{
    sqlite3 *db = vt_catalog_reader_db(reader);
    sqlite3_stmt *select = vt_db_prepare(
        db,
        "SELECT item.id, item.name, " SEEN_COLUMNS " FROM item LEFT JOIN sidecar ON item_id = item.id "
        "WHERE folder_id = (SELECT id FROM folder WHERE path = ?1) AND kind <> 3 AND state <> 5",
        error);
    vt_str name = VT_STR_INIT;
    bool done = select != NULL && vt_db_bind_bytes(select, 1, path, (uint32_t)length) == SQLITE_OK;
    bool on = done;
    int rc = SQLITE_DONE;
    while (on && (rc = sqlite3_step(select)) == SQLITE_ROW) {
        vt_sidecar_seen seen = seen_at(select, 2);
        vt_str_clear(&name);
        vt_str_append(&name, sqlite3_column_blob(select, 1), (size_t)sqlite3_column_bytes(select, 1));
        done = !name.failed || no_memory(error);
        on = done && visit(user, sqlite3_column_int64(select, 0), name.data ? name.data : "", &seen);
    }
    done = done && (!on || rc == SQLITE_DONE || vt_db_fail(db, rc, "read", error));
    sqlite3_finalize(select);
    vt_str_free(&name);
    return done;
}

bool vt_sidecars_due(vt_catalog_reader *reader, int64_t until_ns, bool edits, int64_t *ids, size_t most,
                     size_t *count, int64_t *next_ns, vt_error *error)
{
    sqlite3 *db = vt_catalog_reader_db(reader);
    sqlite3_stmt *select = vt_db_prepare(
        db, "SELECT item_id, since_ns FROM sidecar_due WHERE wish >= ?1 ORDER BY since_ns, item_id LIMIT ?2",
        error);
    *count = 0;
    *next_ns = INT64_MAX;
    if (!select) {
        return false;
    }
    sqlite3_bind_int(select, 1, edits ? VT_SIDECAR_EDITED : VT_SIDECAR_WRITE);
    sqlite3_bind_int64(select, 2, (int64_t)most);
    int rc;
    while ((rc = sqlite3_step(select)) == SQLITE_ROW) {
        int64_t since = sqlite3_column_int64(select, 1);
        if (since > until_ns) {
            *next_ns = since;
            rc = SQLITE_DONE;
            break;
        }
        ids[(*count)++] = sqlite3_column_int64(select, 0);
    }
    bool done = rc == SQLITE_DONE || vt_db_fail(db, rc, "read", error);
    sqlite3_finalize(select);
    return done;
}

static bool take_counts(void *context, sqlite3_stmt *row)
{
    vt_sidecar_counts *counts = context;
    counts->due = sqlite3_column_int64(row, 0);
    counts->asked = sqlite3_column_int64(row, 1);
    counts->conflicts = sqlite3_column_int64(row, 2);
    counts->failures = sqlite3_column_int64(row, 3);
    return true;
}

bool vt_sidecars_count(vt_catalog_reader *reader, vt_sidecar_counts *counts, vt_error *error)
{
    *counts = (vt_sidecar_counts){0};
    return vt_catalog_reader_each_row(
        reader,
        "SELECT (SELECT count(*) FROM sidecar_due), (SELECT count(*) FROM sidecar_due WHERE wish > 0), "
        "(SELECT count(*) FROM sidecar_conflict), (SELECT count(*) FROM sidecar_failure)",
        0, take_counts, counts, error);
}

typedef struct listing {
    vt_sidecar_problem_visitor visit;
    void *user;
    vt_str path;
    vt_error *error;
    bool failed;
} listing;

static const char *string_at(sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text ? text : "";
}

static bool visit_problem(void *context, sqlite3_stmt *row)
{
    listing *list = context;
    vt_str_clear(&list->path);
    vt_str_append(&list->path, sqlite3_column_blob(row, 2), (size_t)sqlite3_column_bytes(row, 2));
    if (list->path.length > 0 && list->path.data[list->path.length - 1] != '/') {
        vt_str_append_char(&list->path, '/');
    }
    vt_str_append(&list->path, sqlite3_column_blob(row, 3), (size_t)sqlite3_column_bytes(row, 3));
    if (list->path.failed) {
        list->failed = !no_memory(list->error);
        return false;
    }
    const vt_sidecar_problem problem = {.item_id = sqlite3_column_int64(row, 0),
                                        .path = list->path.data,
                                        .field = (vt_sidecar_field)sqlite3_column_int(row, 1),
                                        .ours = string_at(row, 4),
                                        .theirs = string_at(row, 5)};
    return list->visit(list->user, &problem);
}

bool vt_sidecars_each_problem(vt_catalog_reader *reader, int64_t most, vt_sidecar_problem_visitor visit,
                              void *user, vt_error *error)
{
    listing list = {.visit = visit, .user = user, .error = error};
    bool done = vt_catalog_reader_each_row(
        reader,
        "SELECT * FROM (SELECT p.item_id, p.field, folder.path, item.name, CASE p.field WHEN 1 THEN rating "
        "WHEN 2 THEN coalesce(label, 0) WHEN 4 THEN coalesce(title, '') "
        "ELSE coalesce((SELECT text FROM note WHERE note.item_id = p.item_id), '') END, p.theirs "
        "FROM sidecar_conflict AS p JOIN item ON item.id = p.item_id JOIN folder ON folder.id = folder_id "
        "ORDER BY folder.path, item.name, p.field LIMIT ?1) "
        "UNION ALL SELECT * FROM (SELECT p.item_id, 0, folder.path, item.name, '', p.message "
        "FROM sidecar_failure AS p JOIN item ON item.id = p.item_id JOIN folder ON folder.id = folder_id "
        "ORDER BY folder.path, item.name LIMIT ?1) LIMIT ?1",
        most, visit_problem, &list, error);
    vt_str_free(&list.path);
    return done && !list.failed;
}
