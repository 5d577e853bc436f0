/* Filters that the user keeps under a name. A plain list in the order of the names, without a lock; no Qt. */
#ifndef VT_UI_SIDEBAR_SAVED_FILTERS_H
#define VT_UI_SIDEBAR_SAVED_FILTERS_H

#include <stdbool.h>
#include <stddef.h>

#define VT_SAVED_FILTERS_MAX 64

typedef struct vt_saved_filter {
    char *name, *text; /* owned; UTF-8 */
} vt_saved_filter;

typedef struct vt_saved_filters {
    vt_saved_filter list[VT_SAVED_FILTERS_MAX];
    size_t count;
} vt_saved_filters;

/* Keeps `text` under `name`, in the place of one of that name. False when the list is full, memory runs out
   or one of them is empty. */
bool vt_saved_filters_put(vt_saved_filters *saved, const char *name, const char *text);
void vt_saved_filters_remove(vt_saved_filters *saved, const char *name);
const vt_saved_filter *vt_saved_filters_find(const vt_saved_filters *saved, const char *name);

/* A copy; false when memory runs out, and the copy is empty. */
bool vt_saved_filters_copy(const vt_saved_filters *saved, vt_saved_filters *copy);
void vt_saved_filters_clear(vt_saved_filters *saved);

#endif
