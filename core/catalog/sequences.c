#include "core/catalog/sequences.h"

#include "core/catalog/db.h"
#include "core/catalog/edit_private.h"
#include "core/catalog/reader_private.h"
#include "core/catalog/sequences_private.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

static bool copy_bytes(vt_arena *arena, sqlite3_stmt *row, int column, const char **bytes, uint32_t *length)
{
    const char *found = sqlite3_column_blob(row, column);
    *length = (uint32_t)sqlite3_column_bytes(row, column);
    *bytes = vt_arena_copy(arena, found ? found : "", *length);
    return *bytes != NULL;
}

/* A stored number as what it must be; 0 for one that no program of ours writes. */
static uint32_t small_number(sqlite3_stmt *row, int column)
{
    sqlite3_int64 value = sqlite3_column_int64(row, column);
    return value > 0 && value <= INT32_MAX ? (uint32_t)value : 0;
}

static bool read_names(vt_arena *arena, sqlite3_stmt *row, vt_frame_names *names)
{
    names->width = small_number(row, 2);
    return copy_bytes(arena, row, 0, &names->prefix, &names->prefix_length) &&
           copy_bytes(arena, row, 1, &names->suffix, &names->suffix_length);
}

typedef struct row_reading {
    vt_arena *arena;
    vt_sequence_row *to;
    bool found, out_of_memory;
} row_reading;

static bool read_row(void *context, sqlite3_stmt *row)
{
    row_reading *at = context;
    vt_sequence_row *to = at->to;
    uint32_t ignored;
    *to = (vt_sequence_row){
        .poster = sqlite3_column_int64(row, 4),
        .poster_size = sqlite3_column_int64(row, 5),
        .poster_mtime_ns = sqlite3_column_int64(row, 6),
        .poster_ctime_ns = sqlite3_column_int64(row, 7),
        .rate_numerator = small_number(row, 8),
        .rate_denominator = small_number(row, 9),
    };
    at->found = true;
    at->out_of_memory =
        !read_names(at->arena, row, &to->names) || !copy_bytes(at->arena, row, 3, &to->ranges, &ignored);
    return false;
}

static bool out_of_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a sequence");
}

bool vt_catalog_reader_sequence(vt_catalog_reader *reader, int64_t item_id, vt_arena *arena,
                                vt_sequence_row *row, vt_error *error)
{
    row_reading at = {.arena = arena, .to = row};
    if (!vt_catalog_reader_each_row(reader,
                                    "SELECT prefix, suffix, width, ranges, poster, poster_size, "
                                    "poster_mtime_ns, poster_ctime_ns, rate_num, rate_den "
                                    "FROM sequence WHERE item_id = ?",
                                    item_id, read_row, &at, error)) {
        return false;
    }
    if (at.out_of_memory) {
        return out_of_memory(error);
    }
    return at.found ||
           vt_error_set(error, VT_ERROR_NOT_FOUND, "item %lld is no sequence", (long long)item_id);
}

static bool read_flag(void *context, sqlite3_stmt *row)
{
    *(bool *)context = sqlite3_column_int(row, 0) != 0;
    return false;
}

bool vt_catalog_reader_is_marked(vt_catalog_reader *reader, int64_t item_id, bool *marked, vt_error *error)
{
    *marked = false;
    return vt_catalog_reader_each_row(reader, "SELECT NOT (" VT_ITEM_UNMARKED ") FROM item WHERE id = ?",
                                      item_id, read_flag, marked, error);
}

/* ---- claims ---- */

struct vt_sequence_claims {
    sqlite3 *db;          /* the reader's */
    sqlite3_stmt *select; /* owned; NULL: there is nothing to be found */
};

#define SELECT_CLAIMS                                                                                        \
    "SELECT prefix, suffix, sequence.width, 0 AS kept FROM sequence JOIN item ON item.id = item_id "         \
    "WHERE folder_id = (SELECT id FROM folder WHERE path = ?1) "                                             \
    "UNION ALL SELECT prefix, suffix, 0, CASE joined WHEN 0 THEN 1 ELSE 2 END FROM sequence_choice "         \
    "WHERE folder_id = (SELECT id FROM folder WHERE path = ?1) ORDER BY 1, 2, 3"

_Static_assert(VT_SEQUENCE_KEPT_KNOWN == 0 && VT_SEQUENCE_KEPT_SPLIT == 1 && VT_SEQUENCE_KEPT_JOINED == 2,
               "the query names these by number");

vt_sequence_claims *vt_sequence_claims_create(vt_catalog_reader *reader, vt_error *error)
{
    vt_sequence_claims *claims = calloc(1, sizeof *claims);
    if (!claims) {
        out_of_memory(error);
        return NULL;
    }
    int64_t any = 0;
    claims->db = vt_catalog_reader_db(reader);
    bool done = vt_db_integer(claims->db,
                              "SELECT EXISTS (SELECT 1 FROM sequence) OR "
                              "EXISTS (SELECT 1 FROM sequence_choice)",
                              &any, error);
    if (done && any) {
        claims->select = vt_db_prepare(claims->db, SELECT_CLAIMS, error);
        done = claims->select != NULL;
    }
    if (!done) {
        vt_sequence_claims_free(claims);
        return NULL;
    }
    return claims;
}

void vt_sequence_claims_free(vt_sequence_claims *claims)
{
    if (claims) {
        sqlite3_finalize(claims->select);
        free(claims);
    }
}

bool vt_sequence_claims_any(const vt_sequence_claims *claims)
{
    return claims->select != NULL;
}

static bool append_claim(vt_arena *arena, sqlite3_stmt *row, vt_sequence_claim **list, size_t *count,
                         size_t *capacity)
{
    if (*count == *capacity) {
        size_t more = *capacity ? *capacity * 2 : 16;
        vt_sequence_claim *grown = vt_arena_alloc(arena, more * sizeof *grown);
        if (!grown) {
            return false;
        }
        if (*count > 0) {
            memcpy(grown, *list, *count * sizeof *grown);
        }
        *list = grown;
        *capacity = more;
    }
    vt_sequence_claim *claim = &(*list)[(*count)++];
    claim->kept = (vt_sequence_verdict_kept)sqlite3_column_int(row, 3);
    return read_names(arena, row, &claim->names);
}

bool vt_sequence_claims_of(vt_sequence_claims *claims, const char *path, size_t length, vt_arena *arena,
                           vt_sequence_claim **list, size_t *count, vt_error *error)
{
    size_t capacity = 0;
    *list = NULL;
    *count = 0;
    if (!claims->select || length > VT_PATH_LENGTH_MAX) {
        return true;
    }
    bool room = true;
    int rc = vt_db_bind_bytes(claims->select, 1, path, (uint32_t)length);
    if (rc == SQLITE_OK) {
        while (room && (rc = sqlite3_step(claims->select)) == SQLITE_ROW) {
            room = append_claim(arena, claims->select, list, count, &capacity);
        }
    }
    bool done = room ? rc == SQLITE_DONE || vt_db_fail(claims->db, rc, "read", error) : out_of_memory(error);
    sqlite3_reset(claims->select);
    sqlite3_clear_bindings(claims->select);
    return done;
}

/* ---- writing, within the transaction of a batch ---- */

#define PUT_SEQUENCE                                                                                         \
    "INSERT INTO sequence (item_id, prefix, suffix, width, ranges, poster, poster_size, poster_mtime_ns, "   \
    "poster_ctime_ns, rate_num, rate_den) "                                                                  \
    "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, choice.rate_num, choice.rate_den FROM (SELECT 1) "           \
    "LEFT JOIN sequence_choice AS choice "                                                                   \
    "ON choice.folder_id = ?10 AND choice.prefix = ?2 AND choice.suffix = ?3 WHERE true "                    \
    "ON CONFLICT (item_id) DO UPDATE SET prefix = excluded.prefix, suffix = excluded.suffix, "               \
    "width = excluded.width, ranges = excluded.ranges, poster = excluded.poster, "                           \
    "poster_size = excluded.poster_size, poster_mtime_ns = excluded.poster_mtime_ns, "                       \
    "poster_ctime_ns = excluded.poster_ctime_ns"

static bool put_row(sqlite3 *db, const vt_item *item, const vt_sequence_row *row, vt_error *error)
{
    sqlite3_stmt *put = vt_db_prepare(db, PUT_SEQUENCE, error);
    if (!put) {
        return false;
    }
    int rc = vt_db_bind_bytes(put, 2, row->names.prefix, row->names.prefix_length);
    rc = rc == SQLITE_OK ? vt_db_bind_bytes(put, 3, row->names.suffix, row->names.suffix_length) : rc;
    rc = rc == SQLITE_OK ? sqlite3_bind_text(put, 5, row->ranges, -1, SQLITE_STATIC) : rc;
    if (rc == SQLITE_OK) { /* numbers in range: binding them never fails */
        sqlite3_bind_int64(put, 1, item->id);
        sqlite3_bind_int64(put, 4, row->names.width);
        sqlite3_bind_int64(put, 6, row->poster);
        sqlite3_bind_int64(put, 7, row->poster_size);
        sqlite3_bind_int64(put, 8, row->poster_mtime_ns);
        sqlite3_bind_int64(put, 9, row->poster_ctime_ns);
        sqlite3_bind_int64(put, 10, item->folder_id);
    }
    bool done = rc == SQLITE_OK ? vt_db_run(put, "write to", error) : vt_db_fail(db, rc, "write to", error);
    sqlite3_finalize(put);
    return done;
}

/* All that the user gave to an item, as one text: equal texts are equal gifts. */
#define FINGERPRINT                                                                                          \
    "SELECT rating || '|' || coalesce(label, 0) || '|' || quote(title) || '|' || "                           \
    "quote((SELECT text FROM note WHERE item_id = ?1)) || '|' || "                                           \
    "coalesce((SELECT group_concat(tag_id) FROM (SELECT tag_id FROM item_tag WHERE item_id = ?1 "            \
    "ORDER BY tag_id)), '') || '|' || "                                                                      \
    "coalesce((SELECT group_concat(album_id) FROM (SELECT album_id FROM album_item WHERE item_id = ?1 "      \
    "ORDER BY album_id)), '') FROM item WHERE id = ?1"

/* Whether all items of `ids` carry the same. */
static bool carry_the_same(sqlite3 *db, const int64_t *ids, size_t count, bool *same, vt_error *error)
{
    sqlite3_stmt *select = vt_db_prepare(db, FINGERPRINT, error);
    char *first = NULL;
    bool done = select != NULL;
    *same = done;
    for (size_t i = 0; done && *same && i < count; i++) {
        sqlite3_bind_int64(select, 1, ids[i]);
        int rc = sqlite3_step(select);
        const char *text = rc == SQLITE_ROW ? (const char *)sqlite3_column_text(select, 0) : NULL;
        if (i == 0 && text) {
            first = strdup(text);
        }
        *same = text && first && strcmp(first, text) == 0;
        done = rc == SQLITE_ROW || rc == SQLITE_DONE || vt_db_fail(db, rc, "read", error);
        sqlite3_reset(select);
    }
    free(first);
    sqlite3_finalize(select);
    return done;
}

bool vt_sequence_copy_marks(sqlite3 *db, int64_t from, int64_t to, vt_error *error)
{
    /* Two items never have the same place in an album: this one goes to the end of each. */
    static const char *const statements[] = {
        "UPDATE item SET rating = CASE item.rating WHEN 0 THEN source.rating ELSE item.rating END, "
        "label = coalesce(item.label, source.label), title = coalesce(item.title, source.title) "
        "FROM item AS source WHERE item.id = ?2 AND source.id = ?1",
        "INSERT OR IGNORE INTO item_tag (item_id, tag_id) SELECT ?2, tag_id FROM item_tag "
        "WHERE item_id = ?1",
        "INSERT OR IGNORE INTO album_item (item_id, album_id, position) SELECT ?2, album_id, "
        "(SELECT max(last.position) + 1 FROM album_item AS last WHERE last.album_id = given.album_id) "
        "FROM album_item AS given WHERE item_id = ?1",
        "INSERT OR IGNORE INTO note (item_id, text) SELECT ?2, text FROM note WHERE item_id = ?1",
    };
    bool done = true;
    for (size_t i = 0; done && i < sizeof statements / sizeof *statements; i++) {
        done = vt_edit_run(db, statements[i], from, to, NULL, error);
    }
    return done;
}

/* Deletes frames that were items; those that went stay in the list. */
static bool delete_absorbed(sqlite3 *db, const char *sql, int64_t sequence, vt_sequence_put *put,
                            vt_error *error)
{
    sqlite3_stmt *drop = vt_db_prepare(db, sql, error);
    size_t gone = 0;
    bool done = drop != NULL;
    for (size_t i = 0; done && i < put->absorbed_count; i++) {
        sqlite3_bind_int64(drop, 1, put->absorbed[i]);
        sqlite3_bind_int64(drop, 2, sequence);
        done = vt_db_run(drop, "write to", error);
        if (done && sqlite3_changes(db) > 0) {
            put->absorbed[gone++] = put->absorbed[i];
        }
    }
    put->absorbed_count = gone;
    sqlite3_finalize(drop);
    return done;
}

/* Only what is a file of the same folder, whatever the list says. */
#define OF_SEQUENCE                                                                                          \
    "id = ?1 AND kind <> 3 AND folder_id = (SELECT folder_id FROM item AS whole WHERE whole.id = ?2)"

static bool absorb(sqlite3 *db, vt_item *item, vt_outcome outcome, vt_sequence_put *put, vt_error *error)
{
    bool give = false;
    if (put->absorbed_count == 0) {
        return true;
    }
    if (outcome == VT_OUTCOME_INSERTED && put->all_absorbed &&
        !carry_the_same(db, put->absorbed, put->absorbed_count, &give, error)) {
        return false;
    }
    if (!give) {
        return delete_absorbed(db, "DELETE FROM item WHERE " OF_SEQUENCE " AND " VT_ITEM_UNMARKED, item->id,
                               put, error);
    }
    int64_t rating = 0;
    bool done = vt_sequence_copy_marks(db, put->absorbed[0], item->id, error) &&
                vt_edit_ask(db, "SELECT rating FROM item WHERE id = ?1", item->id, 0, &rating, error) &&
                delete_absorbed(db, "DELETE FROM item WHERE " OF_SEQUENCE, item->id, put, error);
    item->rating = (uint8_t)(rating >= 0 && rating <= 5 ? rating : 0);
    return done;
}

bool vt_sequence_put_row(sqlite3 *db, vt_item *item, vt_outcome outcome, vt_sequence_put *put,
                         vt_error *error)
{
    if (outcome == VT_OUTCOME_UNCHANGED) {
        put->absorbed_count = 0;
        return true;
    }
    /* Frames that come and go leave the poster, whose fingerprint is looked for with the size of the whole.
     */
    return put_row(db, item, &put->row, error) &&
           (item->fingerprint || vt_edit_run(db, "UPDATE fingerprint SET size = ?2 WHERE item_id = ?1",
                                             item->id, item->size, NULL, error)) &&
           absorb(db, item, outcome, put, error);
}
