#include "core/catalog/query.h"

#include "core/base/clock.h"
#include "core/base/str.h"
#include "core/catalog/catalog_private.h"
#include "core/catalog/query_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    STEPS = 20000, /* of SQLite's machine between two looks at the limits: some tenths of a millisecond */
    BUSY_MS = 2000,
    CELL_BYTES_MAX = 1 << 20 /* of one value, also of those that are computed on the way */
};

struct vt_query {
    atomic_bool cancelled;
    vt_query_limits limits;
    int64_t deadline;    /* 0: none */
    int64_t memory_then; /* what SQLite held when it began */
    vt_error_code ended; /* why it was ended from outside; VT_ERROR_NONE: it was not */
    bool preparing;      /* the views are being made: all is allowed */
    char secret[24];     /* what the names of the views beneath begin with; another one each time */
    char refused[256];   /* what the authorizer said no to; "" for nothing */
};

vt_query_limits vt_query_limits_default(void)
{
    return (vt_query_limits){.time_ns = 30 * VT_NS_PER_S, .rows = 10000, .bytes = (size_t)256 << 20};
}

vt_query *vt_query_create(void)
{
    return calloc(1, sizeof(vt_query));
}

void vt_query_free(vt_query *query)
{
    free(query);
}

void vt_query_cancel(vt_query *query)
{
    atomic_store(&query->cancelled, true);
}

/* ---- what is allowed ---- */

static bool is_view(const char *name)
{
    for (size_t i = 0; name && i < vt_query_source_count; i++) {
        if (strcmp(vt_query_sources[i].view.name, name) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_table(const char *name)
{
    for (const char *const *at = vt_query_tables; *at; at++) {
        if (strcmp(*at, name) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_function(const char *name)
{
    for (const char *const *at = vt_query_functions; name && *at; at++) {
        if (strcasecmp(*at, name) == 0) {
            return true;
        }
    }
    return false;
}

/* A view may be read by whoever asks. A table only by a view of a name that nobody knows, on which that of
   the same meaning stands: SQLite names a part of the query itself (WITH) as the reader as well, and such a
   part may be called anything. Who counts rows reads no column, and SQLite does not tell for whom; of parts
   of the query itself it names no database then. */
static bool may_read(const vt_query *query, const char *table, const char *column, const char *database,
                     const char *reader)
{
    bool of_temp = database && strcmp(database, "temp") == 0;
    bool of_main = database && strcmp(database, "main") == 0;
    size_t length = strlen(query->secret);
    bool is_secret = table && strncmp(table, query->secret, length) == 0;
    bool for_secret = reader && strncmp(reader, query->secret, length) == 0;
    bool counts = column && !*column;
    return is_secret || (of_temp && is_view(table)) || (of_main && for_secret) ||
           (counts && (!database || (of_main && table && is_table(table))));
}

static int refuse(vt_query *query, const char *what, const char *name)
{
    size_t secret = strlen(query->secret);
    if (name && strncmp(name, query->secret, secret) == 0) {
        name += secret;
    }
    if (!query->refused[0]) {
        snprintf(query->refused, sizeof query->refused, "%s%s%s", what, name ? " " : "", name ? name : "");
    }
    return SQLITE_DENY;
}

static int authorize(void *user, int action, const char *first, const char *second, const char *database,
                     const char *reader)
{
    vt_query *query = user;
    if (query->preparing) {
        return SQLITE_OK;
    }
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_READ:
        return may_read(query, first, second, database, reader) ? SQLITE_OK
                                                                : refuse(query, "there is no view", first);
    case SQLITE_FUNCTION:
        return is_function(second) ? SQLITE_OK : refuse(query, "there is no function", second);
    default:
        return refuse(query, "a query can only read: begin it with SELECT", NULL);
    }
}

/* ---- limits ---- */

static int end(vt_query *query, vt_error_code why)
{
    query->ended = why;
    return 1;
}

static int look_at_limits(void *user)
{
    vt_query *query = user;
    if (atomic_load(&query->cancelled)) {
        return end(query, VT_ERROR_CANCELLED);
    }
    if (query->deadline && vt_clock_now() > query->deadline) {
        return end(query, VT_ERROR_TIMEOUT);
    }
    if (sqlite3_memory_used() - query->memory_then > (int64_t)query->limits.bytes) {
        return end(query, VT_ERROR_LIMIT);
    }
    return 0;
}

static bool fail_of_limit(const vt_query *query, vt_error *error)
{
    switch (query->ended) {
    case VT_ERROR_CANCELLED:
        return vt_error_set(error, VT_ERROR_CANCELLED, "the query was cancelled");
    case VT_ERROR_TIMEOUT:
        return vt_error_set(
            error, VT_ERROR_TIMEOUT,
            "the query took longer than %lld s and was ended; make it smaller with WHERE or LIMIT",
            (long long)(query->limits.time_ns / VT_NS_PER_S));
    default:
        return vt_error_set(
            error, VT_ERROR_LIMIT,
            "the query needs more than %zu MiB of memory and was ended; ask for fewer columns or "
            "rows",
            query->limits.bytes >> 20);
    }
}

/* ---- the connection ---- */

static void set_limits(sqlite3 *db)
{
    static const struct {
        int limit, value;
    } limits[] = {
        {SQLITE_LIMIT_LENGTH, CELL_BYTES_MAX},
        {SQLITE_LIMIT_SQL_LENGTH, (int)VT_QUERY_TEXT_MAX},
        {SQLITE_LIMIT_COLUMN, 200},
        {SQLITE_LIMIT_EXPR_DEPTH, 200},
        {SQLITE_LIMIT_COMPOUND_SELECT, 50},
        {SQLITE_LIMIT_VDBE_OP, 250000},
        {SQLITE_LIMIT_FUNCTION_ARG, 50},
        {SQLITE_LIMIT_ATTACHED, 0},
        {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200},
        {SQLITE_LIMIT_VARIABLE_NUMBER, 0},
        {SQLITE_LIMIT_TRIGGER_DEPTH, 1},
        {SQLITE_LIMIT_WORKER_THREADS, 0},
    };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        sqlite3_limit(db, limits[i].limit, limits[i].value);
    }
}

/* The views are of this connection alone; those of a stranger's catalog stay out of reach (may_read). */
static bool make_views(vt_query *query, sqlite3 *db, vt_error *error)
{
    bool done = true;
    uint64_t number = 0;
    sqlite3_randomness(sizeof number, &number);
    snprintf(query->secret, sizeof query->secret, "v%016llx", (unsigned long long)number);
    for (size_t i = 0; done && i < vt_query_source_count; i++) {
        const char *name = vt_query_sources[i].view.name;
        vt_str sql = VT_STR_INIT;
        vt_str_appendf(&sql, "CREATE TEMP VIEW %s%s AS ", query->secret, name);
        for (const char *at = vt_query_sources[i].select; *at; at++) {
            vt_str_append(&sql, *at == '$' ? query->secret : at, *at == '$' ? strlen(query->secret) : 1);
        }
        vt_str_appendf(&sql, "; CREATE TEMP VIEW %s AS SELECT * FROM temp.%s%s", name, query->secret, name);
        done = sql.failed ? vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a query")
                          : vt_db_exec(db, sql.data, "read", error);
        vt_str_free(&sql);
    }
    return done;
}

static sqlite3 *connect(vt_query *query, const vt_catalog *catalog, vt_error *error)
{
    sqlite3 *db = vt_catalog_connect(catalog, error);
    if (!db) {
        return NULL;
    }
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 1, NULL);
    sqlite3_busy_timeout(db, BUSY_MS);
    query->preparing = true;
    bool ready = make_views(query, db, error);
    query->preparing = false;
    if (!ready) {
        vt_db_close(db);
        return NULL;
    }
    set_limits(db);
    sqlite3_set_authorizer(db, authorize, query);
    sqlite3_progress_handler(db, STEPS, look_at_limits, query);
    return db;
}

/* ---- running ---- */

/* The text is at fault. Where, SQLite tells of some faults only. */
static bool fail_of_text(vt_query *query, sqlite3 *db, int rc, int *position, vt_error *error)
{
    int at = sqlite3_error_offset(db);
    if (query->ended != VT_ERROR_NONE) {
        return fail_of_limit(query, error);
    }
    if (query->refused[0]) {
        return vt_error_set(error, VT_ERROR_USAGE,
                            "%s; the page \"queries\" of the manual tells what there is", query->refused);
    }
    if ((rc & 0xff) == SQLITE_TOOBIG) {
        return vt_error_set(error, VT_ERROR_LIMIT, "the query makes a text that is too long (%s)",
                            sqlite3_errmsg(db));
    }
    if ((rc & 0xff) != SQLITE_ERROR) {
        return vt_db_fail(db, rc, "read", error);
    }
    if (position) {
        *position = at;
    }
    const char *words = sqlite3_errmsg(db);
    bool is_missing = strncmp(words, "no such ", strlen("no such ")) == 0;
    return vt_error_set(error, VT_ERROR_USAGE, "%s%s", words,
                        is_missing ? "; the page \"queries\" of the manual tells what there is" : "");
}

/* White space, comments and semicolons are nothing. */
static const char *skip_nothing(const char *sql)
{
    for (;;) {
        sql += strspn(sql, " \t\r\n\f;");
        if (strncmp(sql, "--", 2) == 0) {
            sql += strcspn(sql, "\n");
        } else if (strncmp(sql, "/*", 2) == 0) {
            const char *over = strstr(sql + 2, "*/");
            sql = over ? over + 2 : sql + strlen(sql);
        } else {
            return sql;
        }
    }
}

static bool is_nothing(const char *sql)
{
    return *skip_nothing(sql) == '\0';
}

/* Told at once, and better than SQLite would. */
static bool reads(const char *sql)
{
    static const char *const words[] = {"SELECT", "WITH", "VALUES"};
    sql = skip_nothing(sql);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strncasecmp(sql, words[i], strlen(words[i])) == 0) {
            return true;
        }
    }
    return false;
}

static sqlite3_stmt *prepare(vt_query *query, sqlite3 *db, const char *sql, int *position, vt_error *error)
{
    if (!reads(sql)) {
        vt_error_set(error, VT_ERROR_USAGE, "a query can only read: begin it with SELECT");
        return NULL;
    }
    sqlite3_stmt *statement = NULL;
    const char *tail = "";
    int rc = sqlite3_prepare_v3(db, sql, -1, 0, &statement, &tail);
    if (rc != SQLITE_OK) {
        fail_of_text(query, db, rc, position, error);
        return NULL;
    }
    if (!is_nothing(tail)) {
        if (position) {
            *position = (int)(tail - sql);
        }
        vt_error_set(error, VT_ERROR_USAGE, "a query is one SELECT: nothing may stand behind its semicolon");
    } else if (!statement || sqlite3_column_count(statement) == 0 || !sqlite3_stmt_readonly(statement) ||
               sqlite3_stmt_isexplain(statement)) {
        vt_error_set(error, VT_ERROR_USAGE, "a query can only read: begin it with SELECT");
    } else {
        return statement;
    }
    sqlite3_finalize(statement);
    return NULL;
}

static bool take_cell(vt_query_result *result, sqlite3_stmt *row, int column, vt_query_cell *cell)
{
    const void *bytes = NULL;
    switch (sqlite3_column_type(row, column)) {
    case SQLITE_INTEGER:
        *cell = (vt_query_cell){.kind = VT_QUERY_INTEGER, .integer = sqlite3_column_int64(row, column)};
        return true;
    case SQLITE_FLOAT:
        *cell = (vt_query_cell){.kind = VT_QUERY_REAL, .real = sqlite3_column_double(row, column)};
        return true;
    case SQLITE_TEXT:
        *cell = (vt_query_cell){.kind = VT_QUERY_TEXT};
        bytes = sqlite3_column_text(row, column);
        break;
    case SQLITE_BLOB:
        *cell = (vt_query_cell){.kind = VT_QUERY_BLOB};
        bytes = sqlite3_column_blob(row, column);
        break;
    default:
        *cell = (vt_query_cell){.kind = VT_QUERY_NULL};
        return true;
    }
    cell->text.length = (size_t)sqlite3_column_bytes(row, column);
    cell->text.bytes = vt_query_result_keep(result, bytes, cell->text.length);
    return cell->text.bytes != NULL;
}

static bool take_row(vt_query_result *result, sqlite3_stmt *row)
{
    vt_query_cell *cells = vt_query_result_add_row(result);
    bool taken = cells != NULL;
    for (size_t i = 0; taken && i < result->columns; i++) {
        taken = take_cell(result, row, (int)i, &cells[i]);
    }
    return taken;
}

static vt_query_result *start_result(sqlite3_stmt *statement)
{
    vt_query_result *result = vt_query_result_create((size_t)sqlite3_column_count(statement));
    for (size_t i = 0; result && i < result->columns; i++) {
        const char *name = sqlite3_column_name(statement, (int)i);
        result->names[i] = name ? vt_query_result_keep(result, name, strlen(name)) : NULL;
        if (!result->names[i]) {
            vt_query_result_free(result);
            return NULL;
        }
        if (result->item_column == SIZE_MAX && strcasecmp(name, "item_id") == 0) {
            result->item_column = i;
        }
    }
    return result;
}

static bool read_rows(vt_query *query, sqlite3 *db, sqlite3_stmt *statement, vt_query_result *result,
                      vt_error *error)
{
    int rc = SQLITE_ROW;
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
        if (result->rows >= query->limits.rows) {
            result->is_cut = true;
            return true;
        }
        if (!take_row(result, statement)) {
            return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the result of the query");
        }
        if (result->bytes > query->limits.bytes) {
            query->ended = VT_ERROR_LIMIT;
            return fail_of_limit(query, error);
        }
        if (atomic_load(&query->cancelled)) { /* each row may be quick */
            query->ended = VT_ERROR_CANCELLED;
            return fail_of_limit(query, error);
        }
    }
    return rc == SQLITE_DONE || fail_of_text(query, db, rc, NULL, error);
}

static vt_query_result *run(vt_query *query, sqlite3 *db, const char *sql, int *position, vt_error *error)
{
    sqlite3_stmt *statement = prepare(query, db, sql, position, error);
    if (!statement) {
        return NULL;
    }
    vt_query_result *result = start_result(statement);
    if (!result) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the result of the query");
    } else if (!read_rows(query, db, statement, result, error)) {
        vt_query_result_free(result);
        result = NULL;
    }
    sqlite3_finalize(statement);
    return result;
}

vt_query_result *vt_query_run(vt_query *query, const vt_catalog *catalog, const char *sql,
                              const vt_query_limits *limits, int *position, vt_error *error)
{
    if (position) {
        *position = -1;
    }
    if (strlen(sql) > VT_QUERY_TEXT_MAX) {
        vt_error_set(error, VT_ERROR_LIMIT, "the query is longer than %zu bytes", VT_QUERY_TEXT_MAX);
        return NULL;
    }
    query->limits = *limits;
    query->deadline = limits->time_ns ? vt_clock_now() + limits->time_ns : 0;
    query->ended = VT_ERROR_NONE;
    query->refused[0] = '\0';
    sqlite3 *db = connect(query, catalog, error);
    if (!db) {
        return NULL;
    }
    query->memory_then = sqlite3_memory_used();
    vt_query_result *result = run(query, db, sql, position, error);
    vt_db_close(db);
    return result;
}
