/*
 * Numbers of items, tags and albums in ascending order: sorted, and looked for. Any thread.
 */
#ifndef VT_BASE_IDS_H
#define VT_BASE_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* For qsort and bsearch over int64_t. */
int vt_ids_compare(const void *a, const void *b);

/* Into ascending order. `ids` may be NULL if there are none. */
void vt_ids_sort(int64_t *ids, size_t count);

/* Whether `id` is among them; logarithmic. `sorted` may be NULL if there are none. */
bool vt_ids_contain(const int64_t *sorted, size_t count, int64_t id);

#endif
