/*
 * Private to core/index: twins as they were found, and the table of those that hold, which snapshots share.
 */
#ifndef VT_INDEX_TWINS_PRIVATE_H
#define VT_INDEX_TWINS_PRIVATE_H

#include "core/index/chunk.h"
#include "core/index/twins.h"

#include <stdatomic.h>

/* A row and its place, by row. */
typedef struct vt_twin_place {
    uint32_t row, place;
} vt_twin_place;

/* Immutable. */
typedef struct vt_twin_table {
    atomic_uint references;
    int64_t found_ns, last_id, gain;
    uint32_t count, group_count;
    uint32_t *rows, *groups_of, *files; /* by place; owned */
    vt_twin_place *by_row;              /* owned */
    vt_twin_group *groups;              /* owned */
} vt_twin_table;

/* Of one kind, the writer's. */
typedef struct vt_twin_found {
    uint32_t count;
    uint32_t *rows, *groups, *files; /* owned, in the order they were found in */
    uint64_t *stamps;                /* owned */
    uint64_t *bits;                  /* by row: is among them; owned */
    uint32_t bit_rows;               /* rows that have a bit */
    uint32_t file_limit;             /* above all of `files` */
    int64_t found_ns, last_id;
    bool touched;          /* one of these rows has changed since the newest table */
    vt_twin_table *newest; /* one reference; NULL: never searched */
} vt_twin_found;

/* A row is changed or removed. */
static inline void vt_twins_touch(vt_twin_found found[VT_TWIN_KINDS], uint32_t row)
{
    for (int kind = 0; kind < VT_TWIN_KINDS; kind++) {
        vt_twin_found *of = &found[kind];
        of->touched = of->touched || (row < of->bit_rows && (of->bits[row / 64] >> (row & 63) & 1));
    }
}

/* Makes what holds the newest tables, in time in proportion to what was found, if any of it has changed.
   False when memory runs out. */
bool vt_twins_publish(vt_twin_found found[VT_TWIN_KINDS], const vt_piece *pieces);
size_t vt_twins_bytes(const vt_twin_found found[VT_TWIN_KINDS]);
void vt_twins_free(vt_twin_found found[VT_TWIN_KINDS]);

vt_twin_table *vt_twin_table_retain(vt_twin_table *table); /* NULL is allowed */
void vt_twin_table_release(vt_twin_table *table);          /* likewise */

#endif
