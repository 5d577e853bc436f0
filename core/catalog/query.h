/*
 * Queries of the user's: one SELECT over the catalog, on a connection of its own that can only read.
 *
 * What can be read are the views of the const table below, and nothing else: they are made on that connection
 * only, and stay as they are documented when the tables beneath them change. An authorizer of SQLite's
 * refuses all else (writing, ATTACH, PRAGMA, the tables themselves, functions that are not on a list), each
 * statement has a limit of time, of rows and of memory, and can be cancelled.
 *
 * Threads: a query belongs to one thread at a time, never the UI's; vt_query_cancel may be called on any. A
 * result is immutable.
 */
#ifndef VT_CATALOG_QUERY_H
#define VT_CATALOG_QUERY_H

#include "core/base/error.h"
#include "core/catalog/catalog.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One that is longer is refused. */
#define VT_QUERY_TEXT_MAX ((size_t)64 << 10)

/* ---- what can be asked ---- */

/* A column of a view, for people who write queries; constant. */
typedef struct vt_query_column {
    const char *name;
    const char *text; /* English: what it holds; translatable, context "query" */
} vt_query_column;

/* A view: `columns` ends with a name that is NULL. A column called item_id is the number of an item, in all
   of them: whoever shows a row of a result can open the item it names. */
typedef struct vt_query_view {
    const char *name;
    const char *text; /* English: a row for each what; translatable, context "query" */
    const vt_query_column *columns;
} vt_query_view;

size_t vt_query_view_count(void);
const vt_query_view *vt_query_view_get(size_t index);

/* The names of the functions that may be called, NULL behind the last. */
extern const char *const vt_query_functions[];

/* ---- asking ---- */

typedef struct vt_query_limits {
    int64_t time_ns; /* 0: as long as it takes */
    size_t rows;     /* further ones are left out, and said to be */
    size_t bytes;    /* of the result, and of what SQLite holds meanwhile, each */
} vt_query_limits;

/* 30 s, 10,000 rows, 256 MiB. */
vt_query_limits vt_query_limits_default(void);

typedef enum vt_query_kind {
    VT_QUERY_NULL,
    VT_QUERY_INTEGER,
    VT_QUERY_REAL,
    VT_QUERY_TEXT,
    VT_QUERY_BLOB
} vt_query_kind;

/* A cell; texts and bytes belong to the result. */
typedef struct vt_query_cell {
    vt_query_kind kind;
    union {
        int64_t integer;
        double real;
        struct {
            const char *bytes; /* a NUL follows */
            size_t length;
        } text;
    };
} vt_query_cell;

typedef struct vt_query_result vt_query_result;

typedef struct vt_query vt_query;

/* NULL and `error` when memory runs out. */
vt_query *vt_query_create(void);
void vt_query_free(vt_query *query); /* NULL is allowed; not while it runs */

/* Ends what runs, soon, and whatever is run with it later. Any thread. */
void vt_query_cancel(vt_query *query);

/* Runs `sql` over `catalog` and returns its result, which the caller frees. NULL and `error`: VT_ERROR_USAGE
   for what is no single SELECT, or not allowed, `*position` (NULL allowed) then being the byte of the text
   that the message is about, or -1; VT_ERROR_TIMEOUT, VT_ERROR_LIMIT, VT_ERROR_CANCELLED, VT_ERROR_MEMORY;
   and as vt_catalog_reader_open. */
vt_query_result *vt_query_run(vt_query *query, const vt_catalog *catalog, const char *sql,
                              const vt_query_limits *limits, int *position, vt_error *error);

void vt_query_result_free(vt_query_result *result); /* NULL is allowed */

size_t vt_query_result_rows(const vt_query_result *result);
size_t vt_query_result_columns(const vt_query_result *result);
/* There were more rows than the limit allowed. */
bool vt_query_result_is_cut(const vt_query_result *result);
const char *vt_query_result_name(const vt_query_result *result, size_t column);
vt_query_cell vt_query_result_cell(const vt_query_result *result, size_t row, size_t column);
/* The column that names items, SIZE_MAX if there is none. */
size_t vt_query_result_item_column(const vt_query_result *result);
/* Bytes held. */
size_t vt_query_result_bytes(const vt_query_result *result);

/* The rows in the order of a column: numbers before texts, nothing last; equal ones as they were. free();
   NULL when memory runs out. In time n log n: not on the UI thread. */
uint32_t *vt_query_result_sort(const vt_query_result *result, size_t column, bool descending);

#endif
