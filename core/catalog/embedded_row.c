/* What pictures carry in themselves, and items get from it: reading and writing. */
#include "core/base/str.h"
#include "core/catalog/change_private.h"
#include "core/catalog/embedded.h"
#include "core/catalog/sidecars_private.h"

#include <stdlib.h>
#include <string.h>

/* A stored number in a range, 0 for another. */
static int number_at(sqlite3_stmt *row, int column, int most)
{
    sqlite3_int64 number = sqlite3_column_int64(row, column);
    return number > 0 && number <= most ? (int)number : 0;
}

bool vt_embedded_read(sqlite3 *db, int64_t item_id, vt_embedded *embedded, vt_error *error)
{
    vt_embedded_free(embedded);
    sqlite3_stmt *select =
        vt_db_prepare(db, "SELECT rating, label, given, tags FROM embedded WHERE item_id = ?1", error);
    if (!select) {
        return false;
    }
    sqlite3_bind_int64(select, 1, item_id);
    int rc = sqlite3_step(select);
    bool done = rc == SQLITE_ROW || rc == SQLITE_DONE || vt_db_fail(db, rc, "read", error);
    embedded->known = done && rc == SQLITE_ROW;
    if (embedded->known) {
        embedded->said.rating = number_at(select, 0, 5);
        embedded->said.label = number_at(select, 1, VT_LABEL_MAX);
        embedded->given = (uint32_t)sqlite3_column_int64(select, 2) & (VT_SIDECAR_RATING | VT_SIDECAR_LABEL);
        const char *lines = (const char *)sqlite3_column_text(select, 3);
        done = vt_sidecar_tags_add_lines(&embedded->said.tags, lines ? lines : "", error) &&
               vt_sidecars_read_tags(db, item_id, true, &embedded->tags, error);
    }
    sqlite3_finalize(select);
    return done;
}

/* What the item has, and what it last agreed on with its side-car. */
static bool read_item(sqlite3 *db, int64_t item_id, vt_sidecar_values *ours, vt_sidecar_values *agreed,
                      vt_error *error)
{
    sqlite3_stmt *select = vt_db_prepare(db,
                                         "SELECT item.rating, item.label, s.rating, s.label, s.tags "
                                         "FROM item LEFT JOIN sidecar AS s ON s.item_id = item.id "
                                         "WHERE item.id = ?1",
                                         error);
    if (!select) {
        return false;
    }
    sqlite3_bind_int64(select, 1, item_id);
    int rc = sqlite3_step(select);
    bool done = rc == SQLITE_ROW || rc == SQLITE_DONE || vt_db_fail(db, rc, "read", error);
    if (done && rc == SQLITE_ROW) {
        ours->rating = number_at(select, 0, 5);
        ours->label = number_at(select, 1, VT_LABEL_MAX);
        agreed->rating = number_at(select, 2, 5);
        agreed->label = number_at(select, 3, VT_LABEL_MAX);
        const char *lines = (const char *)sqlite3_column_text(select, 4);
        done = vt_sidecar_tags_add_lines(&agreed->tags, lines ? lines : "", error);
    }
    sqlite3_finalize(select);
    return done && vt_sidecars_read_tags(db, item_id, false, &ours->tags, error);
}

/* ---- writing ---- */

typedef enum statement_id {
    FIND_TAG,
    MAKE_TAG,
    GIVE_TAG,
    TAKE_TAG,
    SET_RATING,
    SET_LABEL,
    PUT_SAID,
    DROP_SAID,
    STATEMENT_COUNT
} statement_id;

static const char *const statement_text[STATEMENT_COUNT] = {
    [FIND_TAG] = "SELECT id FROM tag WHERE parent_id IS nullif(?1, 0) AND name = ?2",
    [MAKE_TAG] = "INSERT INTO tag (parent_id, name) VALUES (nullif(?1, 0), ?2)",
    [GIVE_TAG] = "INSERT OR IGNORE INTO item_tag (item_id, tag_id, given) VALUES (?1, ?2, 1)",
    [TAKE_TAG] = "DELETE FROM item_tag WHERE item_id = ?1 AND tag_id = ?2 AND given = 1",
    [SET_RATING] = "UPDATE item SET rating = ?2 WHERE id = ?1",
    [SET_LABEL] = "UPDATE item SET label = nullif(?2, 0) WHERE id = ?1",
    [PUT_SAID] = "INSERT OR REPLACE INTO embedded VALUES (?1, nullif(?2, 0), nullif(?3, 0), ?4, ?5)",
    [DROP_SAID] = "DELETE FROM embedded WHERE item_id = ?1",
};

struct vt_embedder {
    sqlite3 *db; /* borrowed */
    sqlite3_stmt *statements[STATEMENT_COUNT];
};

static bool no_memory(vt_error *error)
{
    vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the tags of a picture");
    return false;
}

vt_embedder *vt_embedder_create(sqlite3 *db, vt_error *error)
{
    vt_embedder *embedder = calloc(1, sizeof *embedder);
    if (!embedder) {
        no_memory(error);
        return NULL;
    }
    embedder->db = db;
    if (!vt_db_prepare_all(db, statement_text, STATEMENT_COUNT, embedder->statements, error)) {
        vt_embedder_free(embedder);
        return NULL;
    }
    return embedder;
}

void vt_embedder_free(vt_embedder *embedder)
{
    if (embedder) {
        vt_db_finalize_all(embedder->statements, STATEMENT_COUNT);
        free(embedder);
    }
}

/* Runs a statement of up to two numbers that returns no row. */
static bool run(vt_embedder *embedder, statement_id which, int64_t first, int64_t second, vt_error *error)
{
    sqlite3_stmt *statement = embedder->statements[which];
    sqlite3_bind_int64(statement, 1, first);
    if (sqlite3_bind_parameter_count(statement) > 1) {
        sqlite3_bind_int64(statement, 2, second);
    }
    return vt_db_run(statement, "write to", error);
}

/* The tag `name` below `parent` (0: at the top), 0 in `*id` if there is none and `made` is NULL. */
static bool find_child(vt_embedder *embedder, int64_t parent, const char *name, size_t length, int64_t *id,
                       int *made, vt_error *error)
{
    sqlite3_stmt *find = embedder->statements[FIND_TAG];
    sqlite3_bind_int64(find, 1, parent);
    sqlite3_bind_text(find, 2, name, (int)length, SQLITE_STATIC);
    int rc = sqlite3_step(find);
    *id = rc == SQLITE_ROW ? sqlite3_column_int64(find, 0) : 0;
    sqlite3_reset(find);
    if (rc != SQLITE_DONE || !made) {
        return rc == SQLITE_ROW || rc == SQLITE_DONE || vt_db_fail(embedder->db, rc, "write to", error);
    }
    sqlite3_stmt *make = embedder->statements[MAKE_TAG];
    sqlite3_bind_int64(make, 1, parent);
    sqlite3_bind_text(make, 2, name, (int)length, SQLITE_STATIC);
    bool done = vt_db_run(make, "write to", error);
    *id = sqlite3_last_insert_rowid(embedder->db);
    ++*made;
    return done;
}

static bool find_tag(vt_embedder *embedder, const char *path, int64_t *id, int *made, vt_error *error)
{
    int64_t parent = 0;
    bool done = true;
    for (;;) {
        size_t name = strcspn(path, "/");
        done = find_child(embedder, parent, path, name, id, made, error);
        if (!done || *id == 0 || path[name] == '\0') {
            return done;
        }
        parent = *id;
        path += name + 1;
    }
}

/* A name that no tag here can have stays in the picture alone. */
static bool put_tags(vt_embedder *embedder, int64_t item_id, const vt_sidecar_tags *tags, bool give,
                     vt_embedded_change *change, vt_error *error)
{
    bool done = true;
    for (size_t i = 0; done && i < tags->count; i++) {
        int64_t tag = 0;
        if (!vt_edit_check_tag(tags->list[i], NULL)) {
            continue;
        }
        done = find_tag(embedder, tags->list[i], &tag, give ? &change->made : NULL, error);
        if (done && tag != 0) {
            done = run(embedder, give ? GIVE_TAG : TAKE_TAG, item_id, tag, error);
            change->changed = change->changed || sqlite3_changes64(embedder->db) > 0;
        }
    }
    return done;
}

static bool put_said(vt_embedder *embedder, int64_t item_id, const vt_sidecar_values *said, uint32_t given,
                     vt_error *error)
{
    vt_str lines = VT_STR_INIT;
    for (size_t i = 0; i < said->tags.count; i++) {
        vt_str_append_cstr(&lines, said->tags.list[i]);
        vt_str_append_char(&lines, '\n');
    }
    sqlite3_stmt *put = embedder->statements[PUT_SAID];
    bool done = !lines.failed || no_memory(error);
    if (done) {
        sqlite3_bind_int64(put, 1, item_id);
        sqlite3_bind_int(put, 2, said->rating);
        sqlite3_bind_int(put, 3, said->label);
        sqlite3_bind_int64(put, 4, given);
        if (lines.length > 0) {
            sqlite3_bind_text(put, 5, lines.data, (int)lines.length, SQLITE_STATIC);
        } else {
            sqlite3_bind_null(put, 5);
        }
        done = vt_db_run(put, "write to", error);
        sqlite3_bind_null(put, 5); /* the text goes */
    }
    vt_str_free(&lines);
    return done;
}

/* A picture that says nothing any more has no row. */
static bool write_plan(vt_embedder *embedder, int64_t item_id, const vt_embedded_plan *plan,
                       const vt_sidecar_values *said, vt_embedded_change *change, vt_error *error)
{
    bool any = said->rating > 0 || said->label > 0 || said->tags.count > 0;
    change->changed = plan->change != 0;
    return (!(plan->change & VT_SIDECAR_RATING) || run(embedder, SET_RATING, item_id, said->rating, error)) &&
           (!(plan->change & VT_SIDECAR_LABEL) || run(embedder, SET_LABEL, item_id, said->label, error)) &&
           put_tags(embedder, item_id, &plan->remove, false, change, error) &&
           put_tags(embedder, item_id, &plan->add, true, change, error) &&
           (any ? put_said(embedder, item_id, said, plan->given, error)
                : run(embedder, DROP_SAID, item_id, 0, error));
}

bool vt_embedder_merge(vt_embedder *embedder, int64_t item_id, bool fresh, const vt_metadata *metadata,
                       vt_embedded_change *change, vt_error *error)
{
    vt_embedded before = {0};
    vt_sidecar_values ours = {0}, agreed = {0}, said = {0};
    vt_embedded_plan plan = {0};
    *change = (vt_embedded_change){0};
    bool done = vt_embedded_values(metadata, &said, error) &&
                (fresh || (vt_embedded_read(embedder->db, item_id, &before, error) &&
                           read_item(embedder->db, item_id, &ours, &agreed, error))) &&
                vt_embedded_plan_make(&before, &ours, &agreed, &said, &plan, error) &&
                write_plan(embedder, item_id, &plan, &said, change, error);
    change->rating = plan.change & VT_SIDECAR_RATING ? said.rating : ours.rating;
    change->label = plan.change & VT_SIDECAR_LABEL ? said.label : ours.label;
    vt_embedded_plan_free(&plan);
    vt_embedded_free(&before);
    vt_sidecar_values_free(&ours);
    vt_sidecar_values_free(&agreed);
    vt_sidecar_values_free(&said);
    return done;
}
