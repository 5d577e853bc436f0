/* The result of a query as rows, and as items. */
#include "app/ui/panes/pane_item.h"
#include "app/ui/panes/pane_query.h"

#include "app/ui/parts/translate.h"
#include "core/export/csv.h"

#include <qt6c/qapplication.h>
#include <qt6c/qclipboard.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOB_SHOWN_MAX = 32, TEXT_SHOWN_MAX = 1000, COPIED_MAX = 32 << 20 };

static size_t row_count(const void *user)
{
    const vt_pane_query *pane = user;
    return pane->result ? vt_query_result_rows(pane->result) : 0;
}

static size_t column_count(const void *user)
{
    const vt_pane_query *pane = user;
    return pane->result ? vt_query_result_columns(pane->result) : 0;
}

static vt_query_cell cell_at(const vt_pane_query *pane, size_t row, size_t column)
{
    return vt_query_result_cell(pane->result, pane->order ? pane->order[row] : row, column);
}

static void write_real(double value, bool whole, vt_str *text)
{
    enum { SHOWN = 10, MOST = 17 };
    char digits[40];
    snprintf(digits, sizeof digits, "%.*g", SHOWN, value);
    for (int many = SHOWN + 1; whole && many <= MOST && strtod(digits, NULL) != value; many++) {
        snprintf(digits, sizeof digits, "%.*g", many, value);
    }
    vt_str_append_cstr(text, digits);
}

static void write_blob(const vt_query_cell *cell, size_t most, vt_str *text)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < cell->text.length && i < most; i++) {
        unsigned char byte = (unsigned char)cell->text.bytes[i];
        vt_str_append_char(text, digits[byte >> 4]);
        vt_str_append_char(text, digits[byte & 15]);
    }
    vt_str_append_cstr(text, cell->text.length > most ? "\u2026" : "");
}

/* For eyes: a cell may hold megabytes, and is written anew whenever it is painted. */
static void cell(const void *user, size_t row, size_t column, vt_str *text)
{
    vt_query_cell at = cell_at(user, row, column);
    size_t length = at.text.length;
    switch (at.kind) {
    case VT_QUERY_NULL:
        vt_str_append_cstr(text, "NULL"); /* an empty text is another thing */
        break;
    case VT_QUERY_INTEGER:
        vt_str_appendf(text, "%lld", (long long)at.integer);
        break;
    case VT_QUERY_REAL:
        write_real(at.real, false, text);
        break;
    case VT_QUERY_TEXT:
        vt_str_append_display(text, at.text.bytes,
                              length > TEXT_SHOWN_MAX ? vt_utf8_cut(at.text.bytes, TEXT_SHOWN_MAX) : length);
        vt_str_append_cstr(text, length > TEXT_SHOWN_MAX ? "\u2026" : "");
        break;
    case VT_QUERY_BLOB:
        write_blob(&at, BLOB_SHOWN_MAX, text);
        break;
    }
}

static bool is_number(const void *user, size_t row, size_t column)
{
    vt_query_cell at = cell_at(user, row, column);
    return at.kind == VT_QUERY_INTEGER || at.kind == VT_QUERY_REAL;
}

static bool is_nothing(const void *user, size_t row, size_t column)
{
    return cell_at(user, row, column).kind == VT_QUERY_NULL;
}

static void title(const void *user, size_t column, vt_str *text)
{
    const char *name = vt_query_result_name(((const vt_pane_query *)user)->result, column);
    vt_str_append_display(text, name, strlen(name));
}

/* SIZE_MAX: rows are no items. */
static size_t item_column(const vt_pane_query *pane)
{
    return pane->result ? vt_query_result_item_column(pane->result) : SIZE_MAX;
}

/* The id in a row; 0: none. */
static int64_t item_of(const vt_pane_query *pane, size_t row)
{
    size_t column = item_column(pane);
    vt_query_cell at = {.kind = VT_QUERY_NULL};
    if (column != SIZE_MAX && row < row_count(pane)) {
        at = cell_at(pane, row, column);
    }
    return at.kind == VT_QUERY_INTEGER && at.integer > 0 ? at.integer : 0;
}

static void opened(void *user, size_t row)
{
    vt_pane_query *pane = user;
    char argument[32];
    vt_error error = VT_ERROR_INIT;
    vt_pane_item item = VT_PANE_ITEM_INIT;
    snprintf(argument, sizeof argument, "%lld", (long long)item_of(pane, row));
    if (vt_pane_item_find(&item, pane->content.context->engine, argument, &error)) {
        char provider[64];
        vt_pane_content_opened(&pane->content, vt_pane_provider_of(&item.brief, provider));
    } else {
        q_label_set_text(pane->status,
                         item_column(pane) == SIZE_MAX
                             ? vt_tr("panes", "No column called item_id says which item this is.")
                             : error.message);
    }
    vt_pane_item_clear(&item);
}

/* As it is: what is copied is to be worked with. A clipboard's text ends at its first zero byte. */
static void write_whole(const vt_query_cell *cell, vt_str *text)
{
    switch (cell->kind) {
    case VT_QUERY_NULL:
        break;
    case VT_QUERY_INTEGER:
        vt_str_appendf(text, "%lld", (long long)cell->integer);
        break;
    case VT_QUERY_REAL:
        write_real(cell->real, true, text);
        break;
    case VT_QUERY_TEXT:
        if (memchr(cell->text.bytes, '\0', cell->text.length)) {
            vt_str_append_display(text, cell->text.bytes, cell->text.length);
        } else {
            vt_str_append(text, cell->text.bytes, cell->text.length);
        }
        break;
    case VT_QUERY_BLOB:
        write_blob(cell, SIZE_MAX, text);
        break;
    }
}

static void copy_cell(const vt_query_cell *cell, vt_csv *csv)
{
    vt_str text = VT_STR_INIT;
    write_whole(cell, &text);
    vt_csv_bytes(csv, text.data ? text.data : "", text.length);
    vt_str_free(&text);
}

static void copy_row(const vt_pane_query *pane, size_t row, vt_csv *csv)
{
    for (size_t column = 0; column < column_count(pane); column++) {
        vt_query_cell at = cell_at(pane, row, column);
        copy_cell(&at, csv);
    }
    vt_csv_end_row(csv);
}

static void say_copied(const vt_pane_query *pane, int64_t copied, int64_t chosen)
{
    if (copied < chosen) {
        vt_str text = VT_STR_INIT;
        vt_tr_append_count(&text, "panes", "Only the first row was copied: they are very long.",
                           "Only the first %n rows were copied: they are very long.", copied);
        vt_pane_content_say(&pane->content, text.data);
        vt_str_free(&text);
    }
}

static void copy(void *user)
{
    vt_pane_query *pane = user;
    vt_str text = VT_STR_INIT;
    vt_csv csv;
    vt_selection chosen = VT_SELECTION_INIT;
    int64_t copied = 0;
    bool done = vt_pane_rows_chosen(pane->rows, &chosen);
    vt_csv_begin(&csv, vt_json_to_str, &text);
    for (size_t column = 0; column < column_count(pane); column++) {
        vt_csv_text(&csv, vt_query_result_name(pane->result, column));
    }
    vt_csv_end_row(&csv);
    for (size_t i = 0; i < chosen.count; i++) {
        const vt_row_interval *rows = &chosen.intervals[i];
        for (int64_t row = rows->first; row < rows->last && text.length < COPIED_MAX; row++, copied++) {
            copy_row(pane, (size_t)row, &csv);
        }
    }
    if (vt_csv_end(&csv, NULL) && done && copied > 0 && !text.failed) {
        q_clipboard_set_text(q_guiapplication_clipboard(), text.data);
        say_copied(pane, copied, chosen.rows);
    }
    vt_selection_free(&chosen);
    vt_str_free(&text);
}

static bool are_items(const void *user)
{
    return item_column(user) != SIZE_MAX;
}

static void copy_value(void *user, size_t row, size_t column)
{
    const vt_pane_query *pane = user;
    vt_str text = VT_STR_INIT;
    vt_query_cell at = cell_at(pane, row, column);
    write_whole(&at, &text);
    if (!text.failed) {
        q_clipboard_set_text(q_guiapplication_clipboard(), text.data ? text.data : "");
    }
    vt_str_free(&text);
}

static void selected(void *user)
{
    vt_pane_query *pane = user;
    pane->chosen = item_column(pane) == SIZE_MAX ? 0 : vt_pane_rows_selected(pane->rows, NULL);
    vt_pane_content_subject_changed(&pane->content);
}

const vt_pane_rows_ops vt_pane_query_rows = {.rows = row_count,
                                             .columns = column_count,
                                             .cell = cell,
                                             .is_number = is_number,
                                             .is_nothing = is_nothing,
                                             .title = title,
                                             .opened = opened,
                                             .copy = copy,
                                             .copy_value = copy_value,
                                             .are_items = are_items,
                                             .selected = selected};

/* ---- what commands act on ---- */

vt_subject vt_pane_query_subject(const vt_pane_content *content)
{
    const vt_pane_query *pane = (const vt_pane_query *)content;
    size_t row = 0;
    vt_subject subject = {.is_list = true};
    if (pane->chosen && vt_pane_rows_current(pane->rows, &row)) {
        subject.item = item_of(pane, row);
        subject.count = (int64_t)pane->chosen;
    }
    return subject;
}

/* A result may have an item in several rows. */
static int by_id(const void *one, const void *other)
{
    int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
    return (a > b) - (a < b);
}

vt_chosen *vt_pane_query_chosen(const vt_pane_content *content)
{
    const vt_pane_query *pane = (const vt_pane_query *)content;
    size_t *rows = NULL;
    size_t count = vt_pane_rows_selected(pane->rows, &rows);
    int64_t *ids = rows ? malloc((count + 1) * sizeof *ids) : NULL;
    vt_chosen *chosen = NULL;
    if (ids) {
        size_t kept = 0;
        for (size_t i = 0; i < count; i++) {
            ids[i] = item_of(pane, rows[i]);
        }
        qsort(ids, count, sizeof *ids, by_id);
        for (size_t i = 0; i < count; i++) {
            if (ids[i] && (kept == 0 || ids[kept - 1] != ids[i])) {
                ids[kept++] = ids[i];
            }
        }
        chosen = vt_pane_items_chosen(content->context->engine, ids, kept);
    }
    free(ids);
    free(rows);
    return chosen;
}
