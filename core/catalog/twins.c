#include "core/catalog/twins.h"

#include "core/catalog/db.h"
#include "core/catalog/reader_private.h"
#include "core/catalog/writer_private.h"

#include <stdlib.h>
#include <string.h>

/* ---- looks and fingerprints ---- */

typedef struct look_visit {
    vt_look_visitor visitor;
    void *user;
} look_visit;

static bool take_look(void *context, sqlite3_stmt *row)
{
    const look_visit *to = context;
    const vt_look look = {.hash = (uint64_t)sqlite3_column_int64(row, 1),
                          .structure = (uint8_t)sqlite3_column_int(row, 2),
                          .version = (uint8_t)sqlite3_column_int(row, 3)};
    return to->visitor(to->user, sqlite3_column_int64(row, 0), &look);
}

bool vt_catalog_reader_each_look(vt_catalog_reader *reader, int64_t after, vt_look_visitor visit, void *user,
                                 vt_error *error)
{
    look_visit to = {visit, user};
    return vt_catalog_reader_each_row(
        reader, "SELECT item_id, hash, structure, version FROM look WHERE item_id > ? ORDER BY item_id",
        after, take_look, &to, error);
}

typedef struct fingerprint_visit {
    vt_fingerprint_visitor visitor;
    void *user;
} fingerprint_visit;

static bool take_fingerprint(void *context, sqlite3_stmt *row)
{
    const fingerprint_visit *to = context;
    return to->visitor(to->user, sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 1),
                       (uint64_t)sqlite3_column_int64(row, 2));
}

bool vt_catalog_reader_each_fingerprint(vt_catalog_reader *reader, int64_t after,
                                        vt_fingerprint_visitor visit, void *user, vt_error *error)
{
    fingerprint_visit to = {visit, user};
    return vt_catalog_reader_each_row(
        reader, "SELECT item_id, size, hash FROM fingerprint WHERE item_id > ? ORDER BY item_id", after,
        take_fingerprint, &to, error);
}

/* ---- what was found ---- */

enum { TWIN_BYTES = 24 };

static void put_number(unsigned char *to, uint64_t number, int bytes)
{
    for (int i = 0; i < bytes; i++) {
        to[i] = (unsigned char)(number >> (8 * i));
    }
}

static uint64_t get_number(const unsigned char *from, int bytes)
{
    uint64_t number = 0;
    for (int i = 0; i < bytes; i++) {
        number |= (uint64_t)from[i] << (8 * i);
    }
    return number;
}

static unsigned char *pack(const vt_twins_found *found)
{
    unsigned char *bytes = malloc((size_t)found->count * TWIN_BYTES + 1);
    for (uint32_t i = 0; bytes && i < found->count; i++) {
        unsigned char *at = bytes + (size_t)i * TWIN_BYTES;
        put_number(at, (uint64_t)found->twins[i].id, 8);
        put_number(at + 8, found->twins[i].stamp, 8);
        put_number(at + 16, found->twins[i].group, 4);
        put_number(at + 20, found->twins[i].file, 4);
    }
    return bytes;
}

bool vt_catalog_writer_put_twins(vt_catalog_writer *writer, vt_twin_kind kind, const vt_twins_found *found,
                                 vt_error *error)
{
    sqlite3 *db = vt_catalog_writer_db(writer);
    unsigned char *bytes = pack(found);
    if (!bytes) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for %u duplicates", found->count);
    }
    sqlite3_stmt *put = vt_db_prepare(
        db, "INSERT OR REPLACE INTO twins (kind, found_ns, last_id, members) VALUES (?1, ?2, ?3, ?4)", error);
    bool done = put != NULL;
    if (done) {
        int rc = sqlite3_bind_int(put, 1, kind) | sqlite3_bind_int64(put, 2, found->found_ns) |
                 sqlite3_bind_int64(put, 3, found->last_id) |
                 sqlite3_bind_blob64(put, 4, bytes, (sqlite3_uint64)found->count * TWIN_BYTES, SQLITE_STATIC);
        done = rc == SQLITE_OK ? vt_db_run(put, "write to", error) : vt_db_fail(db, rc, "write to", error);
    }
    sqlite3_finalize(put);
    free(bytes);
    return done;
}

typedef struct twins_visit {
    vt_twins_found *found;
    bool is_there, no_memory;
} twins_visit;

static bool take_twins(void *context, sqlite3_stmt *row)
{
    twins_visit *to = context;
    const unsigned char *bytes = sqlite3_column_blob(row, 2);
    size_t length = (size_t)sqlite3_column_bytes(row, 2);
    vt_twins_found found = {.found_ns = sqlite3_column_int64(row, 0),
                            .last_id = sqlite3_column_int64(row, 1)};
    if (length % TWIN_BYTES != 0 || length / TWIN_BYTES > UINT32_MAX) {
        return false;
    }
    found.count = (uint32_t)(length / TWIN_BYTES);
    found.twins = malloc((found.count + (size_t)1) * sizeof *found.twins);
    if (!found.twins) {
        to->no_memory = true;
        return false;
    }
    for (uint32_t i = 0; i < found.count; i++) {
        const unsigned char *at = bytes + (size_t)i * TWIN_BYTES;
        found.twins[i] = (vt_twin){.id = (int64_t)get_number(at, 8),
                                   .stamp = get_number(at + 8, 8),
                                   .group = (uint32_t)get_number(at + 16, 4),
                                   .file = (uint32_t)get_number(at + 20, 4)};
    }
    *to->found = found;
    to->is_there = true;
    return false;
}

bool vt_catalog_reader_twins(vt_catalog_reader *reader, vt_twin_kind kind, vt_twins_found *found,
                             bool *is_there, vt_error *error)
{
    twins_visit to = {.found = found};
    *found = (vt_twins_found){0};
    *is_there = false;
    if (!vt_catalog_reader_each_row(reader, "SELECT found_ns, last_id, members FROM twins WHERE kind = ?",
                                    kind, take_twins, &to, error)) {
        return false;
    }
    *is_there = to.is_there;
    return !to.no_memory || vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the duplicates");
}
