/* Private to core/index: what a view is made of; view.c makes it, view_read.c reads it. */
#ifndef VT_INDEX_VIEW_PRIVATE_H
#define VT_INDEX_VIEW_PRIVATE_H

#include "core/index/order_rows.h"
#include "core/index/rank_bits.h"
#include "core/index/stack_fold.h"
#include "core/index/view.h"

#include <stdatomic.h>

/* What a view and its reverse share: which places of the order are shown. */
typedef struct vt_view_picks {
    atomic_uint references;
    const vt_order *order; /* one reference */
    bool all;              /* then there are neither bits nor spans of its own */
    vt_rank_bits bits;     /* by place */
    uint32_t count;
    vt_group_spans spans; /* by picked place; those of the order without groups that are empty */
    vt_stack_fold fold;   /* all zero: nothing is folded */
} vt_view_picks;

struct vt_view {
    atomic_uint references;
    vt_view_picks *picks; /* one reference */
    bool descending;
};

#endif
