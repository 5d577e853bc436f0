/*
 * The columns of the table, as a const table: word, title, how wide, what a cell says and what stands for it
 * in a file, which order a click on it means, and how it is edited in place.
 *
 * A new column is a row here and its two functions. Titles are English and translated by who shows them
 * (context "column"). No Qt; any thread, but cells that say something in the language of the window (kind,
 * watertight, label, state) only the window's.
 */
#ifndef VT_UI_TABLE_TABLE_COLUMNS_H
#define VT_UI_TABLE_TABLE_COLUMNS_H

#include "core/base/str.h"
#include "core/catalog/record.h"
#include "core/export/csv.h"
#include "core/index/index.h"
#include "core/index/sort.h"

#include <stdbool.h>
#include <stddef.h>

/* What a cell is made from. */
typedef struct vt_table_row {
    const vt_snapshot *snapshot;
    uint32_t row; /* of the index */
    vt_item_brief item;
} vt_table_row;

/* How the user changes a cell where it stands. */
typedef enum vt_table_edit {
    VT_TABLE_READ_ONLY,
    VT_TABLE_STARS, /* a click on a star */
    VT_TABLE_LABEL, /* a menu */
    VT_TABLE_TITLE, /* a line of text */
    VT_TABLE_TAGS   /* the same, tag_line.h */
} vt_table_edit;

typedef struct vt_table_column {
    const char *word;  /* in the session and above a column of CSV: it never changes */
    const char *title; /* English */
    int width;         /* at first, in widths of the digit 0 */
    bool is_number;    /* stands at the right */
    bool is_shown;     /* at first */
    vt_sort_key key;
    vt_table_edit edit;
    void (*say)(const vt_table_row *row, vt_str *text);  /* appends UTF-8 for people */
    void (*write)(const vt_table_row *row, vt_csv *csv); /* writes one field for programs */
} vt_table_column;

#define VT_TABLE_NAME_COLUMN 0
#define VT_TABLE_COLUMNS_MAX 32

/* Never NULL for 0 <= column < vt_table_column_count(). */
const vt_table_column *vt_table_column_at(int column);
int vt_table_column_count(void);

/* The column of that word (`length` bytes), -1 if there is none. */
int vt_table_column_of_word(const char *word, size_t length);

/* The first column that shows the order `key`, -1 if none does. */
int vt_table_column_of_key(vt_sort_key key);

#endif
