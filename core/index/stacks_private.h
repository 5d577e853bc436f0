/* Private to core/index: stacks as the catalog has them, and the table of those that hold, which snapshots
   share. */
#ifndef VT_INDEX_STACKS_PRIVATE_H
#define VT_INDEX_STACKS_PRIVATE_H

#include "core/index/chunk.h"
#include "core/index/stacks.h"

#include <stdatomic.h>

/* A row and its place, by row. */
typedef struct vt_stack_row {
    uint32_t row, place;
} vt_stack_row;

/* Immutable. */
typedef struct vt_stack_table {
    atomic_uint references;
    uint32_t count, stack_count;
    uint32_t *rows, *stacks_of; /* by place; owned */
    vt_stack_row *by_row;       /* owned */
    vt_index_stack *stacks;     /* owned */
} vt_stack_table;

typedef struct vt_stack_member {
    int64_t stack;
    uint32_t row;
} vt_stack_member;

/* The writer's. */
typedef struct vt_stacks {
    vt_stack_member *members; /* by stack, in its order; owned */
    uint32_t count;
    uint64_t *bits;         /* by row: is among them; owned */
    uint32_t bit_rows;      /* rows that have a bit */
    bool touched;           /* one of these rows was changed or removed since the newest table */
    vt_stack_table *newest; /* one reference; NULL: there are none */
} vt_stacks;

/* A row is changed or removed. */
static inline void vt_stacks_touch(vt_stacks *stacks, uint32_t row)
{
    stacks->touched =
        stacks->touched || (row < stacks->bit_rows && (stacks->bits[row / 64] >> (row & 63) & 1));
}

/* Makes what holds the newest table, in time in proportion to the members, if any of it has changed. False
   when memory runs out. */
bool vt_stacks_publish(vt_stacks *stacks, const vt_piece *pieces);
size_t vt_stacks_bytes(const vt_stacks *stacks);
void vt_stacks_free(vt_stacks *stacks);

vt_stack_table *vt_stack_table_retain(vt_stack_table *table); /* NULL is allowed */
void vt_stack_table_release(vt_stack_table *table);           /* likewise */

#endif
