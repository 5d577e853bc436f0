#include "app/ui/browse/collapsed.h"

#include <stdlib.h>
#include <string.h>

static void forget(vt_collapsed *collapsed, vt_group_by by, size_t at)
{
    uint32_t *values = collapsed->by[by].values;
    collapsed->by[by].count--;
    memmove(values + at, values + at + 1, (collapsed->by[by].count - at) * sizeof *values);
}

void vt_collapsed_turn(vt_collapsed *collapsed, vt_group_by by, uint32_t value)
{
    for (size_t i = 0; i < collapsed->by[by].count; i++) {
        if (collapsed->by[by].values[i] == value) {
            forget(collapsed, by, i);
            return;
        }
    }
    if (collapsed->by[by].count == VT_COLLAPSED_MAX) {
        forget(collapsed, by, 0);
    }
    collapsed->by[by].values[collapsed->by[by].count++] = value;
}

void vt_collapsed_set_all(vt_collapsed *collapsed, vt_group_by by, bool all)
{
    collapsed->by[by].all = all;
    collapsed->by[by].count = 0;
}

static int compare_groups(const void *a, const void *b)
{
    const uint32_t *left = a;
    const uint32_t *right = b;
    return (*left > *right) - (*left < *right);
}

size_t vt_collapsed_find(const vt_collapsed *collapsed, const vt_view *view,
                         uint32_t groups[VT_COLLAPSED_MAX])
{
    vt_group_by by = vt_view_grouped_by(view);
    size_t found = 0;
    for (size_t i = 0; i < collapsed->by[by].count; i++) {
        uint32_t group = vt_view_find_group(view, collapsed->by[by].values[i]);
        if (group != VT_INDEX_NO_ROW) {
            groups[found++] = group;
        }
    }
    qsort(groups, found, sizeof *groups, compare_groups);
    return found;
}
