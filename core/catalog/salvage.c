#include "core/catalog/salvage.h"

#include "core/base/str.h"
#include "core/catalog/backup_private.h"
#include "core/catalog/catalog_private.h"
#include "core/catalog/files.h"
#include "core/catalog/lock.h"
#include "core/catalog/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Where neither end of a table can be read nothing tells how far its keys go. Ours are given from 1 upwards,
 * and a page holds few hundred rows: more than that for each page of the file is not looked for. */
#define KEYS_A_PAGE 512

/* Looks in a row that find nothing before the rest of a table is given up. An inner page that is lost stands
 * for some 15,000 items, each of which costs three. */
#define FAILURES_MAX 100000

/* One way through a table of the damaged file. */
typedef struct passage {
    sqlite3 *from, *to;
    sqlite3_stmt *up,
        *down;            /* rows with a key from ?1 to ?2, ascending and descending; the key comes first */
    sqlite3_stmt *insert; /* takes what follows the key */
    bool halve;           /* the key is an integer: what lies between two damages can be asked for */
    bool unique;          /* no two rows have the same key */
    int64_t high;         /* no key is larger, as far as one can tell */
    int64_t rows, unreadable;
    int64_t failures; /* since a row was read */
} passage;

/* Tables whose rows an index knows, too, as far as it does. */
static const struct {
    const char *table, *key, *rows, *insert;
    bool halve;
} second_passages[] = {
    {"folder", "0", "folder INDEXED BY sqlite_autoindex_folder_1 WHERE ?1 <= ?2 ORDER BY path",
     "id, path) VALUES (?, ?)", false},
    {"item", "folder_id",
     "item INDEXED BY sqlite_autoindex_item_1 WHERE folder_id BETWEEN ?1 AND ?2 ORDER BY folder_id",
     "id, folder_id, name, kind, format, state, size, mtime_ns, ctime_ns, dev, ino) "
     "VALUES (?, ?, ?, 0, 0, 4, 0, 0, 0, 0, 0)",
     true},
    {"item_tag", "tag_id",
     "item_tag INDEXED BY item_tag_by_tag WHERE tag_id BETWEEN ?1 AND ?2 ORDER BY tag_id",
     "item_id, tag_id) VALUES (?, ?)", true},
    {"album_item", "album_id",
     "album_item INDEXED BY album_item_in_order WHERE album_id BETWEEN ?1 AND ?2 ORDER BY album_id",
     "album_id, item_id, position) VALUES (?, ?, ?)", true},
    {"stack_item", "stack_id",
     "stack_item INDEXED BY stack_item_in_order WHERE stack_id BETWEEN ?1 AND ?2 ORDER BY stack_id",
     "stack_id, item_id, position) VALUES (?, ?, ?)", true},
};
static const char *const second_columns[] = {"id, path", "id, folder_id, name", "item_id, tag_id",
                                             "album_id, item_id, position", "stack_id, item_id, position"};

static bool fail_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
}

/* Whether the row cannot be read, as against that nothing can. */
static bool is_damage(int rc)
{
    int kind = rc & 0xff;
    return kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB ||
           (kind == SQLITE_IOERR && rc != SQLITE_IOERR_NOMEM);
}

static bool take_row(passage *self, sqlite3_stmt *row, vt_error *error)
{
    int columns = sqlite3_bind_parameter_count(self->insert);
    int rc = SQLITE_OK;
    for (int i = 0; rc == SQLITE_OK && i < columns; i++) {
        rc = sqlite3_bind_value(self->insert, i + 1, sqlite3_column_value(row, i + 1));
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_step(self->insert);
    }
    sqlite3_reset(self->insert);
    /* A damaged row may break a constraint: it is as good as unreadable. */
    if (rc == SQLITE_DONE) {
        self->rows += sqlite3_changes(self->to);
    } else if ((rc & 0xff) != SQLITE_CONSTRAINT) {
        return vt_db_fail(self->to, rc, "write", error);
    }
    return true;
}

/* Takes rows from `low` to `high` until one cannot be read. The key of the last that could goes to `*last`.
 */
static bool walk(passage *self, sqlite3_stmt *rows, int64_t low, int64_t high, int64_t *last, bool *ended,
                 vt_error *error)
{
    sqlite3_bind_int64(rows, 1, low);
    sqlite3_bind_int64(rows, 2, high);
    int rc = SQLITE_ROW;
    bool done = true;
    while (done && (rc = sqlite3_step(rows)) == SQLITE_ROW) {
        *last = sqlite3_column_int64(rows, 0);
        self->failures = 0;
        done = take_row(self, rows, error);
    }
    *ended = rc == SQLITE_DONE;
    if (done && !*ended) {
        self->failures++;
        done = is_damage(rc) || vt_db_fail(self->from, rc, "read", error);
    }
    sqlite3_reset(rows);
    return done;
}

/* Calls itself for halves: at most 64 deep. */
static bool take_range(passage *self, int64_t low, int64_t high, vt_error *error)
{
    bool ended = false;
    int64_t up_to = INT64_MIN;
    int64_t down_to = INT64_MAX;
    if (!walk(self, self->up, low, high, &up_to, &ended, error)) {
        return false;
    }
    if (ended || self->failures >= FAILURES_MAX) {
        return true;
    }
    if (self->unique && low == high) {
        self->unreadable++;
        return true;
    }
    if (!walk(self, self->down, low, high, &down_to, &ended, error)) {
        return false;
    }
    if (ended || !self->halve) {
        return true;
    }
    /* What is left lies between the last keys that were read; a key without a row behind it is none. */
    if (up_to >= high || down_to <= low || (!self->unique && low == high)) {
        return true;
    }
    int64_t first = up_to >= low && up_to != INT64_MIN ? up_to + 1 : low < 0 ? 0 : low;
    int64_t last = down_to != INT64_MAX ? down_to - 1 : high > self->high ? self->high : high;
    if (first > last) {
        return true;
    }
    int64_t middle = (int64_t)((uint64_t)first + ((uint64_t)last - (uint64_t)first) / 2);
    return take_range(self, first, middle, error) &&
           (middle == last || take_range(self, middle + 1, last, error));
}

/* Prepares and walks. A statement that the damaged file does not allow finds nothing. */
static bool go(passage *self, const char *up, const char *down, const char *insert, vt_error *error)
{
    vt_error damage = VT_ERROR_INIT;
    self->insert = vt_db_prepare(self->to, insert, error);
    bool done = self->insert != NULL;
    if (done) {
        self->up = vt_db_prepare(self->from, up, &damage);
        self->down = self->up ? vt_db_prepare(self->from, down, &damage) : NULL;
        int64_t pages = 0;
        if (self->down && !vt_db_integer(self->from, "PRAGMA page_count", &pages, NULL)) {
            pages = 0;
        }
        self->high = pages * KEYS_A_PAGE;
        if (self->down) {
            done = take_range(self, INT64_MIN, INT64_MAX, error);
        } else if (damage.code == VT_ERROR_MEMORY) {
            done = fail_memory(error);
        }
    }
    sqlite3_finalize(self->up);
    sqlite3_finalize(self->down);
    sqlite3_finalize(self->insert);
    return done;
}

/* How a table is asked for: from the new file, whose tables are the same. */
typedef struct table_shape {
    char key[64];
    bool integer_key, unique;
    vt_str columns, marks; /* "id, path" and "?, ?" */
} table_shape;

static bool read_shape(sqlite3 *to, const char *table, table_shape *shape, vt_error *error)
{
    sqlite3_stmt *select =
        vt_db_prepare(to,
                      "SELECT c.name, c.pk, c.type, (SELECT wr FROM pragma_table_list WHERE name = ?1 AND "
                      "schema = 'main') FROM pragma_table_info(?1) AS c",
                      error);
    if (!select) {
        return false;
    }
    sqlite3_bind_text(select, 1, table, -1, SQLITE_STATIC);
    snprintf(shape->key, sizeof shape->key, "rowid");
    shape->integer_key = shape->unique = true;
    int rc = SQLITE_DONE;
    while ((rc = sqlite3_step(select)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(select, 0);
        const char *type = (const char *)sqlite3_column_text(select, 2);
        if (sqlite3_column_int(select, 1) == 1 && sqlite3_column_int(select, 3)) {
            snprintf(shape->key, sizeof shape->key, "%s", name);
            shape->integer_key = type && strcmp(type, "INTEGER") == 0;
            shape->unique = false;
        }
        vt_str_appendf(&shape->columns, "%s%s", shape->columns.length ? ", " : "", name);
        vt_str_appendf(&shape->marks, "%s?", shape->marks.length ? ", " : "");
    }
    sqlite3_finalize(select);
    if (rc != SQLITE_DONE) {
        return vt_db_fail(to, rc, "read", error);
    }
    return (!shape->columns.failed && !shape->marks.failed) || fail_memory(error);
}

static bool copy_table(sqlite3 *from, sqlite3 *to, const char *table, vt_salvage_report *report,
                       vt_error *error)
{
    table_shape shape = {.columns = VT_STR_INIT, .marks = VT_STR_INIT};
    vt_str up = VT_STR_INIT;
    vt_str down = VT_STR_INIT;
    vt_str insert = VT_STR_INIT;
    bool done = read_shape(to, table, &shape, error);
    if (done) {
        const char *range = shape.integer_key ? "BETWEEN ?1 AND ?2" : "IS NOT NULL AND ?1 <= ?2";
        vt_str_appendf(&up, "SELECT %s, %s FROM %s NOT INDEXED WHERE %s %s ORDER BY %s", shape.key,
                       shape.columns.data, table, shape.key, range, shape.key);
        vt_str_appendf(&down, "%s DESC", up.data);
        vt_str_appendf(&insert, "INSERT OR IGNORE INTO %s (%s) VALUES (%s)", table, shape.columns.data,
                       shape.marks.data);
        done = (!up.failed && !down.failed && !insert.failed) || fail_memory(error);
    }
    if (done) {
        passage first = {.from = from, .to = to, .halve = shape.integer_key, .unique = shape.unique};
        done = go(&first, up.data, down.data, insert.data, error);
        report->rows += first.rows;
        report->unreadable_keys += first.unreadable;
    }
    vt_str_free(&shape.columns);
    vt_str_free(&shape.marks);
    vt_str_free(&up);
    vt_str_free(&down);
    vt_str_free(&insert);
    return done;
}

static bool copy_from_index(sqlite3 *from, sqlite3 *to, size_t which, vt_salvage_report *report,
                            vt_error *error)
{
    char up[400];
    char down[420];
    char insert[300];
    const char *table = second_passages[which].table;
    snprintf(up, sizeof up, "SELECT %s, %s FROM %s", second_passages[which].key, second_columns[which],
             second_passages[which].rows);
    snprintf(down, sizeof down, "%s DESC", up);
    snprintf(insert, sizeof insert, "INSERT OR IGNORE INTO %s (%s", table, second_passages[which].insert);
    passage again = {.from = from, .to = to, .halve = second_passages[which].halve};
    bool done = go(&again, up, down, insert, error);
    report->rows += again.rows;
    report->unread_items += strcmp(table, "item") == 0 ? again.rows : 0;
    return done;
}

/* The second passage of a table comes after its first, for what is known in full has precedence. */
static bool copy_tables(sqlite3 *from, sqlite3 *to, vt_salvage_report *report, vt_error *error)
{
    sqlite3_stmt *tables = vt_db_prepare(
        to, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'",
        error);
    if (!tables) {
        return false;
    }
    bool done = true;
    while (done && sqlite3_step(tables) == SQLITE_ROW) {
        const char *table = (const char *)sqlite3_column_text(tables, 0);
        done = copy_table(from, to, table, report, error);
        for (size_t i = 0; done && i < sizeof second_passages / sizeof *second_passages; i++) {
            done =
                strcmp(second_passages[i].table, table) != 0 || copy_from_index(from, to, i, report, error);
        }
    }
    sqlite3_finalize(tables);
    return done;
}

static bool copy_all(sqlite3 *from, sqlite3 *to, int version, vt_salvage_report *report, vt_error *error)
{
    /* References are looked at when everything is there. The file is made anew after a crash: no journal. */
    sqlite3_db_config(to, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
    return vt_db_exec(to, "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF", "write", error) &&
           vt_schema_migrate_to(&vt_catalog_schema, to, version, error) &&
           vt_db_exec(to, "BEGIN; DELETE FROM property", "write", error) &&
           copy_tables(from, to, report, error) &&
           vt_db_exec(to,
                      "INSERT OR IGNORE INTO property VALUES ('identity', lower(hex(randomblob(16))));"
                      "INSERT OR IGNORE INTO folder (id, path) SELECT DISTINCT folder_id, "
                      "CAST('/salvaged-folder-' || folder_id AS BLOB) FROM item "
                      "WHERE folder_id NOT IN (SELECT id FROM folder); COMMIT",
                      "write", error) &&
           vt_db_integer(to, "SELECT count(*) FROM folder WHERE CAST(path AS TEXT) GLOB '/salvaged-folder-*'",
                         &report->lost_folders, error) &&
           vt_db_integer(to, "SELECT count(*) FROM item", &report->items, error) &&
           vt_backup_verify(to, error);
}

/* With the lock of `path` held. The salvaged catalog under its temporary name; free(). */
static char *salvage_beside(const char *path, vt_salvage_report *report, vt_error *error)
{
    int version = 0;
    sqlite3 *from = vt_db_open(path, VT_DB_READ, error);
    bool ours = from && vt_schema_version(&vt_catalog_schema, from, &version, error);
    if (ours && version == 0) {
        ours = vt_error_set(error, VT_ERROR_CORRUPT, "%s is empty; restore a backup", path);
    }
    char *temporary = ours ? vt_files_temporary(path, error) : NULL;
    sqlite3 *to = temporary ? vt_db_open(temporary, VT_DB_CREATE, error) : NULL;
    bool done = to && copy_all(from, to, version, report, error);
    vt_db_close(to);
    vt_db_close(from);
    if (temporary && !done) {
        unlink(temporary);
        free(temporary);
        return NULL;
    }
    return temporary;
}

bool vt_salvage(const char *path, const vt_log *log, vt_salvage_report *report, vt_error *error)
{
    *report = (vt_salvage_report){0};
    char *target = vt_catalog_resolve(path, "catalog", error);
    int lock = target ? vt_lock_take(target, error) : -1;
    char *temporary = lock >= 0 ? salvage_beside(target, report, error) : NULL;
    bool done = temporary && vt_backup_replace(target, temporary, ".damaged-", &report->kept, error);
    if (temporary && !done) {
        unlink(temporary);
    }
    if (done) {
        vt_log_write(log, VT_LOG_WARN,
                     "%s was damaged: %lld rows were salvaged, the damaged file is kept as %s", target,
                     (long long)report->rows, report->kept ? report->kept : "nothing");
    }
    free(temporary);
    vt_lock_release(lock);
    free(target);
    return done;
}

void vt_salvage_report_free(vt_salvage_report *report)
{
    free(report->kept);
    *report = (vt_salvage_report){0};
}
