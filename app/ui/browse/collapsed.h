/*
 * Which groups the user has collapsed, by what they are and not by where they stand: so it holds when rows
 * come and go, for each way to group by itself, as long as the program runs.
 *
 * Either none is collapsed but some, or all are but some. No Qt; one thread.
 */
#ifndef VT_UI_BROWSE_COLLAPSED_H
#define VT_UI_BROWSE_COLLAPSED_H

#include "core/index/view.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Exceptions kept; beyond that the oldest is forgotten. */
#define VT_COLLAPSED_MAX 1024

typedef struct vt_collapsed {
    struct {
        bool all;
        size_t count;
        uint32_t values[VT_COLLAPSED_MAX]; /* exceptions, the oldest first; see vt_group_value */
    } by[VT_GROUP_BY_COUNT];
} vt_collapsed;

/* Collapses one group, or opens it again. */
void vt_collapsed_turn(vt_collapsed *collapsed, vt_group_by by, uint32_t value);

/* All of this kind, or none. */
void vt_collapsed_set_all(vt_collapsed *collapsed, vt_group_by by, bool all);

/* The exceptions among the groups of `view`, as their numbers in ascending order: how many. */
size_t vt_collapsed_find(const vt_collapsed *collapsed, const vt_view *view,
                         uint32_t groups[VT_COLLAPSED_MAX]);

#endif
