/*
 * Lists of items for other programs: as CSV (RFC 4180) and as JSON, with raw values, whatever the locale.
 * Shared by the command line and the window's export, so that both say the same.
 *
 * JSON holds only what an item has; CSV has an empty field for what it has not. Several tags or albums in one
 * CSV field are separated by ";". Dates are ISO 8601: of files in UTC with a Z, of cameras as their clock
 * showed them, without a zone.
 *
 * Threads: no shared state; not the window's, for many items.
 */
#ifndef VT_LISTING_ITEM_LIST_H
#define VT_LISTING_ITEM_LIST_H

#include "core/base/error.h"
#include "core/base/json_writer.h"
#include "core/catalog/record.h"
#include "core/export/csv.h"
#include "core/index/index.h"
#include "core/task/cancel.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

typedef enum vt_item_column {
    VT_COLUMN_ID,
    VT_COLUMN_PATH,
    VT_COLUMN_KIND,
    VT_COLUMN_FORMAT,
    VT_COLUMN_SIZE,
    VT_COLUMN_MTIME,
    VT_COLUMN_WIDTH,
    VT_COLUMN_HEIGHT,
    VT_COLUMN_TRIANGLES,
    VT_COLUMN_WATERTIGHT,
    VT_COLUMN_RATING,
    VT_COLUMN_STATE,
    VT_COLUMN_FRAMES,
    VT_COLUMN_NAME,
    VT_COLUMN_LABEL,
    VT_COLUMN_TITLE,
    VT_COLUMN_TAGS,
    VT_COLUMN_CAMERA,
    VT_COLUMN_TAKEN,
    VT_COLUMN_ALBUMS,
    VT_COLUMN_STACK,          /* the catalog's number */
    VT_COLUMN_STACK_POSITION, /* 1: the cover */
    VT_ITEM_COLUMN_COUNT
} vt_item_column;

/* Which columns, in which order. */
typedef struct vt_item_columns {
    vt_item_column columns[VT_ITEM_COLUMN_COUNT];
    size_t count;
} vt_item_columns;

/* All of them, in the order above. */
vt_item_columns vt_item_columns_all(void);

/* "path,rating,tags". VT_ERROR_USAGE: one that is none, or is there twice; the message names all. */
bool vt_item_columns_parse(const char *text, vt_item_columns *columns, vt_error *error);

/* "id", "path", ...: in JSON, in CSV's first line, on the command line. */
const char *vt_item_column_name(vt_item_column column);

/* One item. */
typedef struct vt_listed_item {
    const vt_item_brief *item;
    const char *path;            /* bytes, NUL-terminated */
    const vt_snapshot *snapshot; /* where its tags and albums are looked up; NULL: they are left out */
    uint32_t row;
} vt_listed_item;

/* The members of an open object. */
void vt_item_list_members(vt_json_writer *json, const vt_listed_item *item, const vt_item_columns *columns);

void vt_item_list_csv_header(vt_csv *csv, const vt_item_columns *columns);
void vt_item_list_csv_row(vt_csv *csv, const vt_listed_item *item, const vt_item_columns *columns);

/* Its values for people and for `cut`: separated by tabs, without control characters. Check `text->failed`.
 */
void vt_item_list_line(vt_str *text, const vt_listed_item *item, const vt_item_columns *columns);

/* The rows that a list is of: `at` gives the `index`-th row of `snapshot`. */
typedef struct vt_listed_rows {
    const vt_snapshot *snapshot;
    size_t count;
    uint32_t (*at)(void *user, size_t index);
    void *user;
} vt_listed_rows;

/* Calls `take` for each row; false and `error` if memory runs out, or it is cancelled (NULL: never). */
typedef void (*vt_listed_visitor)(void *to, const vt_listed_item *item);
bool vt_item_list_each(const vt_listed_rows *rows, vt_listed_visitor take, void *to, const vt_cancel *cancel,
                       vt_error *error);

/* A whole file: CSV, or JSON as {"total": N, "items": [...]}. VT_ERROR_NO_SPACE, VT_ERROR_IO,
   VT_ERROR_CANCELLED, VT_ERROR_MEMORY. */
typedef enum vt_item_list_form { VT_ITEM_LIST_CSV, VT_ITEM_LIST_JSON } vt_item_list_form;
bool vt_item_list_write(FILE *stream, vt_item_list_form form, const vt_listed_rows *rows,
                        const vt_item_columns *columns, const vt_cancel *cancel, vt_error *error);

/* "image", ...; "ok", "missing", ...; "JPEG", ...: "unknown" for numbers that mean nothing. */
const char *vt_item_kind_name(uint8_t kind);
const char *vt_item_state_name(uint8_t state);
const char *vt_item_format_name(uint8_t format);

/* 2024-05-17T18:03:21Z into `text`; years beyond 9999 and before 0 as seconds. */
#define VT_ITEM_TIME_SIZE 40
void vt_item_time(int64_t ns, char text[VT_ITEM_TIME_SIZE]);

#endif
