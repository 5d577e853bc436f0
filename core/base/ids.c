#include "core/base/ids.h"

#include <stdlib.h>

int vt_ids_compare(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

void vt_ids_sort(int64_t *ids, size_t count)
{
    if (count > 1) {
        qsort(ids, count, sizeof *ids, vt_ids_compare);
    }
}

bool vt_ids_contain(const int64_t *sorted, size_t count, int64_t id)
{
    return count > 0 && bsearch(&id, sorted, count, sizeof id, vt_ids_compare) != NULL;
}
