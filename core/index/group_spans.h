/*
 * The inside of a grouped view: rows brought into the order of their groups, and where each group begins.
 * Only core/index includes this; view.h is for the others. Any thread but the UI's.
 */
#ifndef VT_INDEX_GROUP_SPANS_H
#define VT_INDEX_GROUP_SPANS_H

#include "core/index/group.h"

#include <stdatomic.h>

/* 8 bytes a group; in the order of the rows it was made of. */
typedef struct vt_group_spans {
    uint32_t count;
    uint32_t *starts; /* count + 1 of them: the last is the number of rows; owned */
    uint32_t *values; /* owned */
} vt_group_spans;

/* How rows are to be brought into groups. */
typedef struct vt_group_order {
    vt_group_by by;
    bool last_first;     /* as they are read, the last group comes first */
    bool read_backwards; /* they are read from the end */
} vt_group_order;

/* Brings `rows`, whose order among equals is kept, into the order of their groups, and fills `spans`. False
   and `error`: VT_ERROR_MEMORY, VT_ERROR_CANCELLED; `spans` is empty then and the order undefined. */
bool vt_group_spans_make(vt_group_spans *spans, const vt_snapshot *snapshot, const vt_group_order *order,
                         uint32_t *rows, uint32_t count, const atomic_bool *cancelled, vt_error *error);
void vt_group_spans_free(vt_group_spans *spans);

/* < 0, 0, > 0 as groups of these values follow each other forwards. */
int vt_group_compare_values(const vt_snapshot *snapshot, vt_group_by by, uint32_t a, uint32_t b);

/* The group that holds row number `place`. Logarithmic. */
uint32_t vt_group_spans_of(const vt_group_spans *spans, uint32_t place);

/* The group with this value, VT_INDEX_NO_ROW if there is none. Logarithmic. `by` and `backwards` as it was
   made. */
uint32_t vt_group_spans_find(const vt_group_spans *spans, const vt_snapshot *snapshot, vt_group_by by,
                             bool backwards, uint32_t value);

/* The value of what no camera is known of: number 0 of the vocabulary is the empty text. */
#define VT_GROUP_NO_CAMERA 0

#endif
