/*
 * The imported folders as a list for the window: read from the catalog by a worker, then shown. No Qt.
 */
#ifndef VT_UI_SETTINGS_ROOT_LIST_H
#define VT_UI_SETTINGS_ROOT_LIST_H

#include "core/base/error.h"
#include "core/catalog/roots.h"

#include <stdbool.h>
#include <stddef.h>

/* More are not shown: nobody imports so many one by one. */
#define VT_ROOT_LIST_MAX 10000

typedef struct vt_root_line {
    char *path; /* owned */
    bool watch, scan_at_start, offline;
    vt_root_counts counts; /* without what is its own */
} vt_root_line;

typedef struct vt_root_list {
    vt_root_line *lines; /* owned; by path */
    size_t count;
} vt_root_list;

/* NULL and `error` as the catalog's readers; time in proportion to the items. */
vt_root_list *vt_root_list_read(vt_catalog *catalog, vt_error *error);
void vt_root_list_free(vt_root_list *list); /* NULL is allowed */

/* The line of a path, -1 if there is none. */
int vt_root_list_find(const vt_root_list *list, const char *path);

/* What may be wrong with one; by the catalog, which no disk is asked for. */
typedef enum vt_root_state {
    VT_ROOT_IN_ORDER,
    VT_ROOT_EMPTY,        /* nothing was found in it */
    VT_ROOT_SOME_MISSING, /* files of it */
    VT_ROOT_ALL_MISSING,
    VT_ROOT_OFFLINE
} vt_root_state;
vt_root_state vt_root_line_state(const vt_root_line *line);

#endif
