/*
 * Stacks made by hand (core/catalog/stacks.h), as rows: what the views fold.
 *
 * They are given to the index as a whole, when it is loaded and after each edit of stacks; members that are
 * removed (in the trash, too) leave with the next publish and come back when that is undone. A stack of less
 * than two is none.
 *
 * Members stand by stack, in the stack's order: their number in that order is their place.
 *
 * Memory: 32 bytes a member and 16 a stack (as many again while snapshots of before are held), and a bit a
 * row; nothing, and no time, where there are none. Threads: as index.h.
 */
#ifndef VT_INDEX_STACKS_H
#define VT_INDEX_STACKS_H

#include "core/base/error.h"
#include "core/catalog/reader.h"
#include "core/index/index.h"

#include <stdbool.h>
#include <stdint.h>

#define VT_INDEX_NO_STACK UINT32_MAX

/* An item in a stack. */
typedef struct vt_stacked {
    int64_t stack, item;
} vt_stacked;

/* All stacks, by ascending number, each in its order: they take the place of those of before. Items that the
   index does not know are left out. Not visible before vt_index_publish. VT_ERROR_MEMORY: then they are as
   before. */
bool vt_index_set_stacks(vt_index *index, const vt_stacked *members, uint32_t count, vt_error *error);

/* The same with those of the catalog. `*any`: there are some, or were, so publishing is worth while. Errors:
   those of readers, too. */
bool vt_index_read_stacks(vt_index *index, vt_catalog_reader *reader, bool *any, vt_error *error);

typedef struct vt_index_stack {
    int64_t id;            /* the catalog's number */
    uint32_t first, count; /* places */
} vt_index_stack;

/* Numbered from 0, by ascending id; constant time. */
uint32_t vt_snapshot_stack_count(const vt_snapshot *snapshot);
vt_index_stack vt_snapshot_stack(const vt_snapshot *snapshot, uint32_t stack);
uint32_t vt_snapshot_stack_row(const vt_snapshot *snapshot, uint32_t place);

/* The stack that a row is in, and its place (may be NULL); VT_INDEX_NO_STACK. Logarithmic, in the members. */
uint32_t vt_snapshot_stack_of(const vt_snapshot *snapshot, uint32_t row, uint32_t *place);

/* The stack with this id; VT_INDEX_NO_STACK. Logarithmic. */
uint32_t vt_snapshot_find_stack(const vt_snapshot *snapshot, int64_t id);

#endif
