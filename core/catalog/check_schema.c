#include "core/catalog/check_private.h"

#include "core/base/str.h"
#include "core/catalog/db.h"
#include "core/catalog/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INTEGRITY_CHECK "PRAGMA main.integrity_check(1)"

/* Objects of the newest version; the tables and indexes of schema.c are some twenty. */
#define OBJECTS_MAX 64

/* A table or index as this program makes it, beside what the file says of it. */
typedef struct object {
    char *type, *name, *wanted; /* owned; `wanted` is NULL for an index that SQLite makes by itself */
    char *found;                /* owned; NULL: none, or without text */
    bool there;
} object;

typedef struct comparison {
    size_t count;
    object objects[OBJECTS_MAX];
} comparison;

/* Line ends and spaces say nothing, and versions of SQLite set them differently. */
static bool is_same_text(const char *a, const char *b)
{
    static const char blank[] = " \t\r\n";
    for (;;) {
        a += strspn(a, blank);
        b += strspn(b, blank);
        if (!*a || !*b) {
            return *a == *b;
        }
        if (*a++ != *b++) {
            return false;
        }
    }
}

static bool is_right(const object *is)
{
    if (!is->there || !is->wanted || !is->found) {
        return is->there && !is->wanted == !is->found;
    }
    return is_same_text(is->found, is->wanted);
}

static void free_comparison(comparison *all)
{
    for (size_t i = 0; i < all->count; i++) {
        free(all->objects[i].type);
        free(all->objects[i].name);
        free(all->objects[i].wanted);
        free(all->objects[i].found);
    }
}

static char *copy_column(sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text ? strdup(text) : NULL;
}

/* All objects of a catalog made now by this program, at the version of the file. */
static bool read_wanted(int version, comparison *all, vt_error *error)
{
    sqlite3 *fresh = vt_db_open(":memory:", VT_DB_CREATE, error);
    sqlite3_stmt *select = NULL;
    if (fresh && vt_schema_migrate_to(&vt_catalog_schema, fresh, version, error)) {
        select = vt_db_prepare(fresh, "SELECT type, name, sql FROM sqlite_schema", error);
    }
    int rc = SQLITE_DONE;
    bool memory = true;
    while (select && memory && all->count < OBJECTS_MAX && (rc = sqlite3_step(select)) == SQLITE_ROW) {
        object *next = &all->objects[all->count++];
        *next = (object){copy_column(select, 0), copy_column(select, 1), copy_column(select, 2), NULL, false};
        memory = next->type && next->name && (next->wanted || sqlite3_column_bytes(select, 2) == 0);
    }
    bool done = select && memory && rc == SQLITE_DONE;
    if (select && !memory) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    } else if (select && !done) {
        vt_db_fail(fresh, rc, "read", error);
    }
    sqlite3_finalize(select);
    vt_db_close(fresh);
    return done;
}

static bool read_found(sqlite3 *db, comparison *all, vt_error *error)
{
    sqlite3_stmt *select =
        vt_db_prepare(db, "SELECT sql FROM sqlite_schema WHERE type = ?1 AND name = ?2", error);
    bool done = select != NULL;
    for (size_t i = 0; done && i < all->count; i++) {
        object *is = &all->objects[i];
        sqlite3_bind_text(select, 1, is->type, -1, SQLITE_STATIC);
        sqlite3_bind_text(select, 2, is->name, -1, SQLITE_STATIC);
        int rc = sqlite3_step(select);
        is->there = rc == SQLITE_ROW;
        free(is->found);
        is->found = is->there ? copy_column(select, 0) : NULL;
        sqlite3_reset(select);
        done = rc == SQLITE_ROW || rc == SQLITE_DONE || vt_db_fail(db, rc, "check", error);
    }
    sqlite3_finalize(select);
    return done;
}

static bool is_sound(sqlite3 *db)
{
    sqlite3_stmt *check = vt_db_prepare(db, INTEGRITY_CHECK, NULL);
    const char *verdict =
        check && sqlite3_step(check) == SQLITE_ROW ? (const char *)sqlite3_column_text(check, 0) : NULL;
    bool sound = verdict && strcmp(verdict, "ok") == 0;
    sqlite3_finalize(check);
    return sound;
}

/* Sets the texts of all objects that are there but not right, and has every connection read them again. The
   schema's own table is guarded otherwise. */
static bool write_texts(sqlite3 *db, const comparison *all, bool wanted, vt_error *error)
{
    int64_t cookie = 0;
    sqlite3_stmt *update = NULL;
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
    bool done = vt_db_integer(db, "PRAGMA schema_version", &cookie, error) &&
                vt_db_exec(db, "BEGIN IMMEDIATE; PRAGMA writable_schema=ON", "repair", error);
    update = done
                 ? vt_db_prepare(db, "UPDATE sqlite_schema SET sql = ?3 WHERE type = ?1 AND name = ?2", error)
                 : NULL;
    done = update != NULL;
    for (size_t i = 0; done && i < all->count; i++) {
        const object *is = &all->objects[i];
        if (is->there && is->found && is->wanted && !is_right(is)) {
            sqlite3_bind_text(update, 1, is->type, -1, SQLITE_STATIC);
            sqlite3_bind_text(update, 2, is->name, -1, SQLITE_STATIC);
            sqlite3_bind_text(update, 3, wanted ? is->wanted : is->found, -1, SQLITE_STATIC);
            done = vt_db_run(update, "repair", error);
        }
    }
    sqlite3_finalize(update);
    if (done) {
        char commit[80];
        snprintf(commit, sizeof commit, "PRAGMA schema_version=%lld; COMMIT", (long long)cookie + 1);
        done = vt_db_exec(db, commit, "repair", error);
    }
    if (!sqlite3_get_autocommit(db)) {
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    }
    sqlite3_exec(db, "PRAGMA writable_schema=RESET", NULL, NULL, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    return done;
}

/* A text says how rows are read and is no part of them: with the right text all are read as they were
   written. Should the rows not agree with it, the file is left as it was. */
static bool repair_texts(sqlite3 *db, comparison *all, bool *right, vt_error *error)
{
    *right = false;
    for (size_t i = 0; i < all->count; i++) {
        const object *is = &all->objects[i];
        if (!is_right(is) && (!is->there || !is->found || !is->wanted)) {
            return true; /* lost altogether: not for a text to bring back */
        }
    }
    if (!write_texts(db, all, true, error)) {
        return false;
    }
    *right = is_sound(db);
    return *right || write_texts(db, all, false, error);
}

static void tell(const comparison *all, bool repaired, vt_schema_finding told, void *user)
{
    for (size_t i = 0; i < all->count; i++) {
        const object *is = &all->objects[i];
        char message[256];
        if (is_right(is)) {
            continue;
        }
        snprintf(message, sizeof message, "the %s %.60s %s; %s", is->type, is->name,
                 is->there ? "is described otherwise than this program does, so its rows may be misread"
                           : "is not there",
                 repaired ? "its description was set right" : "run check with --repair, or restore a backup");
        told(user, message, repaired);
    }
}

bool vt_check_schema(sqlite3 *db, sqlite3 *writable, int version, vt_schema_finding told, void *user,
                     bool *right, vt_error *error)
{
    comparison *all = calloc(1, sizeof *all);
    if (!all) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    bool done = read_wanted(version, all, error) && read_found(db, all, error);
    bool same = done;
    for (size_t i = 0; i < all->count; i++) {
        same = same && is_right(&all->objects[i]);
    }
    *right = same;
    if (done && !same) {
        done = !writable || repair_texts(writable, all, right, error);
        if (done) {
            tell(all, *right, told, user);
        }
    }
    free_comparison(all);
    free(all);
    return done;
}
