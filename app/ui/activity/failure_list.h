/* Files that failed, and which of them a filter lets through; no more than FAILURES_MAX, so that a filter is
   applied while one types. One thread. */
#ifndef VT_UI_ACTIVITY_FAILURE_LIST_H
#define VT_UI_ACTIVITY_FAILURE_LIST_H

#include "core/base/error.h"
#include "core/catalog/record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_FAILURE_LIST_MAX 10000

typedef struct vt_failed_file {
    char *path, *reason; /* owned; the path is bytes */
} vt_failed_file;

typedef struct vt_failure_list {
    vt_failed_file *files; /* owned */
    size_t count, capacity;
    uint16_t shown[VT_FAILURE_LIST_MAX]; /* places in `files` */
    size_t shown_count;
} vt_failure_list;

/* Copies it; false when memory runs out or the list is full. */
bool vt_failure_list_add(vt_failure_list *list, const vt_failure *failure);
void vt_failure_list_clear(vt_failure_list *list);

/* Lets through what has each word of `text` (8 at most) in its path or reason, in upper or lower case. */
void vt_failure_list_filter(vt_failure_list *list, const char *text);

/* The file in a row of those let through. */
const vt_failed_file *vt_failure_list_at(const vt_failure_list *list, size_t row);

#endif
