/*
 * Private to core/index: the keys of orders as numbers. A number is unsigned and in the order of what it
 * stands for; what is no number itself (titles, cameras, places in an album) is ranked beforehand.
 */
#ifndef VT_INDEX_SORT_KEYS_H
#define VT_INDEX_SORT_KEYS_H

#include "core/index/chunk.h"
#include "core/index/sort.h"

typedef struct vt_sort_tables {
    const vt_snapshot *snapshot;
    uint32_t *ranks; /* by title, camera, set of tags or row; owned by who sorts; NULL for other keys */
} vt_sort_tables;

typedef uint64_t (*vt_number_of)(const vt_sort_tables *tables, uint32_t row);

typedef struct vt_sort_number {
    const char *name;
    vt_number_of number; /* NULL: sorted as a text */
    bool ranked;         /* it depends on other rows, too: vt_sort_tables.ranks */
} vt_sort_number;

const vt_sort_number *vt_sort_number_of(vt_sort_key key);

/* Makes the ranks that `key` needs. `album` as in vt_sort_rows_by. */
bool vt_sort_tables_fill(vt_sort_tables *tables, vt_sort_key key, uint32_t album,
                         const atomic_bool *cancelled, vt_error *error);

#endif
