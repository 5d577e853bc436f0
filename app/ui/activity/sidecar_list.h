/* What is wrong with side-cars, for a table: values that differ here and there, and what could not be read or
   written; no more than VT_SIDECAR_LIST_MAX. No Qt; one thread. */
#ifndef VT_UI_ACTIVITY_SIDECAR_LIST_H
#define VT_UI_ACTIVITY_SIDECAR_LIST_H

#include "core/base/str.h"
#include "core/catalog/sidecars.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_SIDECAR_LIST_MAX 10000

typedef enum vt_sidecar_column {
    VT_SIDECAR_COLUMN_FILE,
    VT_SIDECAR_COLUMN_WHAT,
    VT_SIDECAR_COLUMN_OURS,
    VT_SIDECAR_COLUMN_THEIRS,
    VT_SIDECAR_COLUMN_COUNT
} vt_sidecar_column;

typedef struct vt_sidecar_row {
    int64_t item_id;
    uint32_t field; /* vt_sidecar_field; 0: a failure */
    char *path;     /* owned, like the next; bytes */
    char *ours, *theirs;
} vt_sidecar_row;

typedef struct vt_sidecar_list {
    vt_sidecar_row *rows; /* owned */
    size_t count, capacity;
    size_t conflicts; /* of these; they come first */
} vt_sidecar_list;

/* Copies it; false when memory runs out or the list is full. */
bool vt_sidecar_list_add(vt_sidecar_list *list, const vt_sidecar_problem *problem);
void vt_sidecar_list_free(vt_sidecar_list *list); /* NULL is allowed */

/* Appends a cell in the window's language: names, stars, colours. */
void vt_sidecar_row_text(const vt_sidecar_row *row, vt_sidecar_column column, vt_str *text);

/* The head of a column in the window's language. */
const char *vt_sidecar_column_title(vt_sidecar_column column);

#endif
