#include "core/catalog/query_private.h"

#include <stdlib.h>
#include <string.h>

vt_query_result *vt_query_result_create(size_t columns)
{
    vt_query_result *result = calloc(1, sizeof *result);
    if (!result) {
        return NULL;
    }
    result->arena = vt_arena_create(0);
    result->names = calloc(columns + 1, sizeof *result->names);
    result->columns = columns;
    result->item_column = SIZE_MAX;
    if (!result->arena || !result->names) {
        vt_query_result_free(result);
        return NULL;
    }
    return result;
}

void vt_query_result_free(vt_query_result *result)
{
    if (result) {
        vt_arena_free(result->arena);
        free(result->names);
        free(result->cells);
        free(result);
    }
}

const char *vt_query_result_keep(vt_query_result *result, const void *bytes, size_t length)
{
    result->bytes += length + 1;
    return vt_arena_copy(result->arena, bytes ? bytes : "", length);
}

vt_query_cell *vt_query_result_add_row(vt_query_result *result)
{
    enum { ROWS_FIRST = 64 };
    if (result->rows == result->room) {
        size_t room = result->room ? result->room * 2 : ROWS_FIRST;
        vt_query_cell *cells = realloc(result->cells, room * result->columns * sizeof *cells);
        if (!cells) {
            return NULL;
        }
        result->cells = cells;
        result->room = room;
    }
    result->bytes += result->columns * sizeof(vt_query_cell);
    return result->cells + result->rows++ * result->columns;
}

size_t vt_query_result_rows(const vt_query_result *result)
{
    return result->rows;
}

size_t vt_query_result_columns(const vt_query_result *result)
{
    return result->columns;
}

bool vt_query_result_is_cut(const vt_query_result *result)
{
    return result->is_cut;
}

const char *vt_query_result_name(const vt_query_result *result, size_t column)
{
    return result->names[column];
}

vt_query_cell vt_query_result_cell(const vt_query_result *result, size_t row, size_t column)
{
    return result->cells[row * result->columns + column];
}

size_t vt_query_result_item_column(const vt_query_result *result)
{
    return result->item_column;
}

size_t vt_query_result_bytes(const vt_query_result *result)
{
    return result->bytes;
}

/* ---- order ---- */

typedef struct sort_by {
    const vt_query_result *result;
    size_t column;
    bool descending;
} sort_by;

/* Numbers, then texts, then bytes, then nothing. */
static int rank(vt_query_kind kind)
{
    static const int ranks[] = {[VT_QUERY_NULL] = 3,
                                [VT_QUERY_INTEGER] = 0,
                                [VT_QUERY_REAL] = 0,
                                [VT_QUERY_TEXT] = 1,
                                [VT_QUERY_BLOB] = 2};
    return ranks[kind];
}

static int compare_numbers(const vt_query_cell *a, const vt_query_cell *b)
{
    if (a->kind == VT_QUERY_INTEGER && b->kind == VT_QUERY_INTEGER) {
        return (a->integer > b->integer) - (a->integer < b->integer);
    }
    double left = a->kind == VT_QUERY_INTEGER ? (double)a->integer : a->real;
    double right = b->kind == VT_QUERY_INTEGER ? (double)b->integer : b->real;
    return (left > right) - (left < right);
}

static int compare_texts(const vt_query_cell *a, const vt_query_cell *b)
{
    size_t common = a->text.length < b->text.length ? a->text.length : b->text.length;
    int order = memcmp(a->text.bytes, b->text.bytes, common);
    return order ? order : (a->text.length > b->text.length) - (a->text.length < b->text.length);
}

static int compare_rows(const void *left, const void *right, void *user)
{
    const sort_by *by = user;
    uint32_t rows[2] = {*(const uint32_t *)left, *(const uint32_t *)right};
    vt_query_cell a = vt_query_result_cell(by->result, rows[0], by->column);
    vt_query_cell b = vt_query_result_cell(by->result, rows[1], by->column);
    int order = rank(a.kind) - rank(b.kind);
    if (order && (a.kind == VT_QUERY_NULL || b.kind == VT_QUERY_NULL)) {
        return order; /* last, whatever the direction */
    }
    if (!order && rank(a.kind) == 0) {
        order = compare_numbers(&a, &b);
    } else if (!order && a.kind != VT_QUERY_NULL) {
        order = compare_texts(&a, &b);
    }
    order = by->descending ? -order : order;
    return order ? order : (rows[0] > rows[1]) - (rows[0] < rows[1]);
}

uint32_t *vt_query_result_sort(const vt_query_result *result, size_t column, bool descending)
{
    uint32_t *rows = malloc((result->rows + 1) * sizeof *rows);
    if (rows) {
        for (size_t i = 0; i < result->rows; i++) {
            rows[i] = (uint32_t)i;
        }
        sort_by by = {result, column, descending};
        qsort_r(rows, result->rows, sizeof *rows, compare_rows, &by);
    }
    return rows;
}
