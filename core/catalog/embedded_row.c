/* What pictures carry in themselves, and items get from it: reading and writing. */
#include "core/base/str.h"
#include "core/catalog/change_private.h"
#include "core/catalog/embedded.h"
#include "core/catalog/sidecars_private.h"

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

/* A name that no tag here can have stays in the picture alone. */
static bool put_tags(sqlite3 *db, int64_t item_id, const vt_sidecar_tags *tags, bool give,
                     vt_embedded_change *change, vt_error *error)
{
    bool done = true;
    for (size_t i = 0; done && i < tags->count; i++) {
        int64_t tag = 0, changed = 0;
        if (!vt_edit_check_tag(tags->list[i], NULL)) {
            continue;
        }
        done = vt_edit_find_tag(db, tags->list[i], &tag, give ? &change->made : NULL, error) &&
               (tag == 0 ||
                vt_edit_run(db,
                            give ? "INSERT OR IGNORE INTO item_tag (item_id, tag_id, given) "
                                   "VALUES (?1, ?2, 1)"
                                 : "DELETE FROM item_tag WHERE item_id = ?1 AND tag_id = ?2 AND given = 1",
                            item_id, tag, &changed, error));
        change->changed = change->changed || changed > 0;
    }
    return done;
}

static bool put_said(sqlite3 *db, int64_t item_id, const vt_sidecar_values *said, uint32_t given,
                     vt_error *error)
{
    vt_str lines = VT_STR_INIT;
    for (size_t i = 0; i < said->tags.count; i++) {
        vt_str_append_cstr(&lines, said->tags.list[i]);
        vt_str_append_char(&lines, '\n');
    }
    sqlite3_stmt *put =
        lines.failed ? NULL
                     : vt_db_prepare(db,
                                     "INSERT OR REPLACE INTO embedded (item_id, rating, label, given, tags) "
                                     "VALUES (?1, nullif(?2, 0), nullif(?3, 0), ?4, ?5)",
                                     error);
    bool done = put || (lines.failed &&
                        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the tags of a picture"));
    if (done) {
        sqlite3_bind_int64(put, 1, item_id);
        sqlite3_bind_int(put, 2, said->rating);
        sqlite3_bind_int(put, 3, said->label);
        sqlite3_bind_int64(put, 4, given);
        if (lines.length > 0) {
            sqlite3_bind_text(put, 5, lines.data, (int)lines.length, SQLITE_STATIC);
        }
        done = vt_db_run(put, "write to", error);
    }
    sqlite3_finalize(put);
    vt_str_free(&lines);
    return done;
}

/* A picture that says nothing any more has no row. */
static bool write_plan(sqlite3 *db, int64_t item_id, const vt_embedded_plan *plan,
                       const vt_sidecar_values *said, vt_embedded_change *change, vt_error *error)
{
    bool any = said->rating > 0 || said->label > 0 || said->tags.count > 0;
    change->changed = plan->change != 0;
    return (!(plan->change & VT_SIDECAR_RATING) ||
            vt_edit_run(db, "UPDATE item SET rating = ?2 WHERE id = ?1", item_id, said->rating, NULL,
                        error)) &&
           (!(plan->change & VT_SIDECAR_LABEL) ||
            vt_edit_run(db, "UPDATE item SET label = nullif(?2, 0) WHERE id = ?1", item_id, said->label, NULL,
                        error)) &&
           put_tags(db, item_id, &plan->remove, false, change, error) &&
           put_tags(db, item_id, &plan->add, true, change, error) &&
           (any ? put_said(db, item_id, said, plan->given, error)
                : vt_edit_run(db, "DELETE FROM embedded WHERE item_id = ?1", item_id, 0, NULL, error));
}

bool vt_embedded_merge(sqlite3 *db, int64_t item_id, const vt_metadata *metadata, vt_embedded_change *change,
                       vt_error *error)
{
    vt_embedded before = {0};
    vt_sidecar_values ours = {0}, agreed = {0}, said = {0};
    vt_embedded_plan plan = {0};
    *change = (vt_embedded_change){0};
    bool done = vt_embedded_values(metadata, &said, error) && vt_embedded_read(db, item_id, &before, error) &&
                read_item(db, item_id, &ours, &agreed, error) &&
                vt_embedded_plan_make(&before, &ours, &agreed, &said, &plan, error) &&
                write_plan(db, item_id, &plan, &said, change, error);
    change->rating = plan.change & VT_SIDECAR_RATING ? said.rating : ours.rating;
    vt_embedded_plan_free(&plan);
    vt_embedded_free(&before);
    vt_sidecar_values_free(&ours);
    vt_sidecar_values_free(&agreed);
    vt_sidecar_values_free(&said);
    return done;
}
