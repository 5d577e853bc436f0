/*
 * What the index of similar_index.h consists of, for the files that make and search it. Values are the
 * different hashes, ascending and numbered; `order` has their numbers sorted by each of the parts.
 */
#ifndef VT_SIMILAR_SIMILAR_PRIVATE_H
#define VT_SIMILAR_SIMILAR_PRIVATE_H

#include "core/similar/similar_index.h"

enum { VT_SIMILAR_PARTS = 4, VT_SIMILAR_PART_BITS = 16, VT_SIMILAR_BUCKETS = 1 << VT_SIMILAR_PART_BITS };

struct vt_similar_index {
    uint32_t item_count;
    uint32_t value_count;
    uint64_t *values;
    uint32_t *first; /* of a value's items; one more ends the last */
    uint32_t *items;
    uint32_t *starts[VT_SIMILAR_PARTS]; /* of a bucket in `order`; one more ends the last */
    uint32_t *order[VT_SIMILAR_PARTS];
};

static inline uint32_t vt_similar_part(uint64_t hash, int part)
{
    return (uint32_t)(hash >> (part * VT_SIMILAR_PART_BITS)) & (VT_SIMILAR_BUCKETS - 1);
}

/* In how many places a part may differ, for hashes that differ in at most `distance`; below 0: this part need
   not be looked at, as another one tells. */
static inline int vt_similar_radius(unsigned distance, int part)
{
    return (int)(distance / VT_SIMILAR_PARTS) - (part > (int)(distance % VT_SIMILAR_PARTS));
}

/* The most patterns of at most 2 of 16 bits: 1 + 16 + 120. */
#define VT_SIMILAR_MASKS_MAX 137

/* All patterns of at most `radius` (0 to 2) bits, 0 first; returns how many. */
int vt_similar_masks(int radius, uint32_t masks[VT_SIMILAR_MASKS_MAX]);

/* Joins the numbers of values that are within `distance` of each other: `parent` becomes a forest in which
   each value leads to the root of its component. False: cancelled or out of memory. */
bool vt_similar_join(const vt_similar_index *index, const vt_similar_options *options, uint32_t *parent,
                     vt_error *error);

/* The root of a value in such a forest. */
uint32_t vt_similar_root(uint32_t *parent, uint32_t value);

#endif
