/* The filters that were used last, the newest first, each once. A plain list; no Qt. */
#ifndef VT_UI_FILTER_RECENT_FILTERS_H
#define VT_UI_FILTER_RECENT_FILTERS_H

#include <stdbool.h>
#include <stddef.h>

#define VT_RECENT_FILTERS_MAX 10

/* All zero at first. */
typedef struct vt_recent_filters {
    char *texts[VT_RECENT_FILTERS_MAX]; /* owned; UTF-8 */
    size_t count;
} vt_recent_filters;

/* Puts `text`, without blanks around it, in front; the oldest goes. False if nothing changes: it is blank,
   stands there already, or memory runs out. */
bool vt_recent_filters_add(vt_recent_filters *recent, const char *text);
void vt_recent_filters_clear(vt_recent_filters *recent);

#endif
