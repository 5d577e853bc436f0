/* Private to core/index: the inside of a tally. It is filled by tally.c (rows), and then completed by
   tally_tables.c: what follows from the counts of folders, sets and days. */
#ifndef VT_INDEX_TALLY_PRIVATE_H
#define VT_INDEX_TALLY_PRIVATE_H

#include "core/index/folder_order.h"
#include "core/index/tally.h"

/* Days of all moments that 64 bits of nanoseconds can tell, around 1970-01-01. */
#define VT_DAYS_AROUND  106752
#define VT_TALLY_VALUES 256

typedef struct vt_tally_list {
    vt_tally_date *dates;
    uint32_t count;
} vt_tally_list;

struct vt_tally {
    atomic_uint references;
    const vt_snapshot *snapshot; /* one reference */
    uint32_t items;
    uint32_t untagged;
    uint32_t facets[VT_FACET_COUNT][VT_TALLY_VALUES];
    /* Owned, by number. */
    uint32_t *folders;
    uint32_t *folders_before; /* [count + 1]: items in the folders before this place of their order */
    uint32_t *folders_deep;
    uint32_t *tags, *tags_deep;
    uint32_t *albums;
    vt_folder_order *folder_order; /* one reference */
    const vt_tag_order *tag_order; /* the snapshot's */
    uint32_t *album_order;
    uint32_t album_order_count;
    vt_tally_camera *cameras;
    uint32_t camera_count;
    vt_tally_list dates[VT_TALLY_SPANS];
};

/* Counts of what rows hold, of which those of the tally are made; owned by vt_tally_create. */
typedef struct vt_tally_counts {
    uint32_t *tag_sets, *album_sets; /* by number of the set */
    uint32_t *cameras;               /* by number */
    uint32_t *days;                  /* [2 * VT_DAYS_AROUND] */
} vt_tally_counts;

/* False when memory runs out. */
bool vt_tally_complete(vt_tally *tally, const vt_tally_counts *counts);

#endif
