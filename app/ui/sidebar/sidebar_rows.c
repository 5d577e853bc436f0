#include "app/ui/sidebar/sidebar_rows.h"

#include <stdlib.h>
#include <string.h>

static uint32_t add_text(vt_sidebar_rows *rows, const char *text, size_t length, bool shown)
{
    uint32_t at = (uint32_t)rows->text.length;
    if (shown) {
        vt_str_append_display(&rows->text, text, length);
    } else {
        vt_str_append(&rows->text, text, length);
    }
    vt_str_append_char(&rows->text, '\0');
    rows->failed = rows->failed || rows->text.failed || rows->text.length > UINT32_MAX / 2;
    return at;
}

/* The last row that is one less deep. */
static uint32_t parent_for(const vt_sidebar_rows *rows, unsigned depth)
{
    uint32_t at = rows->count ? rows->count - 1 : VT_SIDEBAR_NONE;
    while (at != VT_SIDEBAR_NONE && rows->rows[at].depth >= depth) {
        at = rows->rows[at].parent;
    }
    return at;
}

void vt_sidebar_rows_add(vt_sidebar_rows *rows, unsigned depth, const char *title, size_t length,
                         int64_t count, const char *filter)
{
    if (rows->failed || rows->count == VT_SIDEBAR_ROWS_MAX) {
        rows->failed = true;
        return;
    }
    if (rows->count == rows->capacity) {
        uint32_t capacity = rows->capacity ? rows->capacity * 2 : 32;
        vt_sidebar_row *grown = realloc(rows->rows, capacity * sizeof *grown);
        if (!grown) {
            rows->failed = true;
            return;
        }
        rows->rows = grown;
        rows->capacity = capacity;
    }
    uint32_t parent = parent_for(rows, depth);
    vt_sidebar_row row = {.parent = parent,
                          .depth = (uint16_t)(parent == VT_SIDEBAR_NONE ? 0 : rows->rows[parent].depth + 1),
                          .count = count};
    row.title_at = add_text(rows, title, length, true);
    row.filter_at = add_text(rows, filter, strlen(filter), false);
    row.place = parent == VT_SIDEBAR_NONE ? rows->top_count++ : rows->rows[parent].child_count++;
    rows->rows[rows->count++] = row;
}

void vt_sidebar_rows_set_id(vt_sidebar_rows *rows, int64_t id)
{
    if (!rows->failed && rows->count > 0) {
        rows->rows[rows->count - 1].id = id;
    }
}

void vt_sidebar_rows_path(const vt_sidebar_rows *rows, uint32_t row, vt_str *path)
{
    if (rows->rows[row].parent != VT_SIDEBAR_NONE) {
        vt_sidebar_rows_path(rows, rows->rows[row].parent, path);
        vt_str_append_char(path, '/');
    }
    vt_str_append_cstr(path, vt_sidebar_rows_title(rows, row));
}

bool vt_sidebar_rows_finish(vt_sidebar_rows *rows)
{
    rows->children = rows->failed ? NULL : malloc((rows->count + 1) * sizeof *rows->children);
    if (!rows->children) {
        vt_sidebar_rows_free(rows);
        rows->failed = true;
        return false;
    }
    uint32_t next = rows->top_count; /* the top ones come first */
    for (uint32_t i = 0; i < rows->count; i++) {
        rows->rows[i].first_child = next;
        next += rows->rows[i].child_count;
    }
    for (uint32_t i = 0; i < rows->count; i++) {
        const vt_sidebar_row *row = &rows->rows[i];
        uint32_t first = row->parent == VT_SIDEBAR_NONE ? 0 : rows->rows[row->parent].first_child;
        rows->children[first + row->place] = i;
    }
    return true;
}

void vt_sidebar_rows_free(vt_sidebar_rows *rows)
{
    free(rows->rows);
    free(rows->children);
    vt_str_free(&rows->text);
    *rows = (vt_sidebar_rows)VT_SIDEBAR_ROWS_INIT;
}

const char *vt_sidebar_rows_title(const vt_sidebar_rows *rows, uint32_t row)
{
    return rows->text.data + rows->rows[row].title_at;
}

const char *vt_sidebar_rows_filter(const vt_sidebar_rows *rows, uint32_t row)
{
    return rows->text.data + rows->rows[row].filter_at;
}

uint32_t vt_sidebar_rows_child_count(const vt_sidebar_rows *rows, uint32_t parent)
{
    return parent == VT_SIDEBAR_NONE ? rows->top_count : rows->rows[parent].child_count;
}

uint32_t vt_sidebar_rows_child(const vt_sidebar_rows *rows, uint32_t parent, uint32_t place)
{
    return rows->children[(parent == VT_SIDEBAR_NONE ? 0 : rows->rows[parent].first_child) + place];
}

uint32_t vt_sidebar_rows_find(const vt_sidebar_rows *rows, const char *filter)
{
    for (uint32_t i = 0; i < rows->count; i++) {
        if (strcmp(vt_sidebar_rows_filter(rows, i), filter) == 0) {
            return i;
        }
    }
    return VT_SIDEBAR_NONE;
}

bool vt_sidebar_rows_same_shape(const vt_sidebar_rows *a, const vt_sidebar_rows *b)
{
    if (a->count != b->count || a->text.length != b->text.length ||
        memcmp(a->text.data, b->text.data, a->text.length) != 0) {
        return false;
    }
    for (uint32_t i = 0; i < a->count; i++) {
        if (a->rows[i].depth != b->rows[i].depth) {
            return false;
        }
    }
    return true;
}
