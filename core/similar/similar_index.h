/*
 * Index of perceptual hashes (perceptual.h): all that differ from one in at most d of 64 places, and all
 * groups of similar items among a million.
 *
 * Method: multi-index hashing (M. Norouzi, A. Punjani, D. J. Fleet, "Fast Search in Hamming Space with
 * Multi-Index Hashing", CVPR 2012). A hash is cut into four parts of 16 bits. Two hashes that differ in d = 4
 * r
 * + a places differ in at most r places of one of the first a + 1 parts, or in at most r - 1 of one of the
 * others; so only items that share such a part, or nearly, have to be compared.
 *
 * Groups are stars: the best item, and what lies within d of it. Each item is in one group at most, and every
 * member is similar to the one that would be kept, which is what somebody who is about to delete the others
 * relies on. Connected components chain instead: a is like b, b like c, and soon a sunset is grouped with a
 * tomato. The best is that of the highest quality, so what lies within d of two stars goes to the better one.
 *
 * Items are numbers 0 to count - 1: the caller's rows. Equal hashes are stored once, so that ten thousand
 * copies cost no more than one. Hashes that are not equal but share a part by the thousand (a long shot of a
 * fixed camera) cost the square of their number; that is what `cancelled` is for.
 *
 * Memory: VT_SIMILAR_BYTES_PER_ITEM each and VT_SIMILAR_BYTES_FIXED, in flat arrays.
 * Threads: an index is constant once made: any number of threads may search it. Finding takes long: not on
 * the window's thread.
 */
#ifndef VT_SIMILAR_SIMILAR_INDEX_H
#define VT_SIMILAR_SIMILAR_INDEX_H

#include "core/base/error.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_SIMILAR_DISTANCE_MAX 10

/* Of the index, at most; its creation needs 32 more an item, grouping up to 64, both given back. */
#define VT_SIMILAR_BYTES_PER_ITEM 32
#define VT_SIMILAR_BYTES_FIXED    (4 * 65537 * 4)

typedef struct vt_similar_index vt_similar_index;

typedef struct vt_similar_match {
    uint32_t item;
    uint32_t distance;
} vt_similar_match;

typedef struct vt_similar_group {
    uint32_t first; /* its members' place in `members`, the best one first */
    uint32_t count; /* 2 or more */
} vt_similar_group;

/* Groups by the quality of their best member, members by their distance to it, then by quality; what is equal
   in these by number. */
typedef struct vt_similar_groups {
    vt_similar_group *groups;
    uint32_t count;
    vt_similar_match *members;
    uint32_t member_count;
} vt_similar_groups;

typedef struct vt_similar_options {
    unsigned distance;       /* d, at most VT_SIMILAR_DISTANCE_MAX */
    const uint64_t *quality; /* of each item, the more the better: pixels, or bytes; NULL: all the same */
    const atomic_bool *cancelled;                                /* NULL: never */
    void (*progress)(void *user, uint64_t done, uint64_t total); /* on the caller's thread; NULL: none */
    void *user;
} vt_similar_options;

/* Copies the hashes; `count` may be 0. VT_ERROR_MEMORY, VT_ERROR_CANCELLED. */
vt_similar_index *vt_similar_index_create(const uint64_t *hashes, uint32_t count,
                                          const atomic_bool *cancelled, vt_error *error);
void vt_similar_index_free(vt_similar_index *index); /* NULL is allowed */

/* Items it was made of. */
uint32_t vt_similar_index_count(const vt_similar_index *index);

/* Bytes it holds. */
size_t vt_similar_index_bytes(const vt_similar_index *index);

/* All items within `distance` of `hash`, nearest first, equally near ones by number: writes the first `room`
   of them, and how many there are. VT_ERROR_USAGE for a distance above VT_SIMILAR_DISTANCE_MAX,
   VT_ERROR_MEMORY, VT_ERROR_CANCELLED. */
bool vt_similar_index_find(const vt_similar_index *index, uint64_t hash, unsigned distance,
                           const atomic_bool *cancelled, vt_similar_match *matches, uint32_t room,
                           uint32_t *count, vt_error *error);

/* Fills `groups`, whose arrays are the caller's then: vt_similar_groups_clear. On failure it is empty:
   VT_ERROR_USAGE, VT_ERROR_MEMORY, VT_ERROR_CANCELLED. */
bool vt_similar_index_group(const vt_similar_index *index, const vt_similar_options *options,
                            vt_similar_groups *groups, vt_error *error);
void vt_similar_groups_clear(vt_similar_groups *groups);

#endif
