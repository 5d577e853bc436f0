/* Private to core/import: what the parts of a search for duplicates share. */
#ifndef VT_IMPORT_DUPLICATES_PRIVATE_H
#define VT_IMPORT_DUPLICATES_PRIVATE_H

#include "core/catalog/reader.h"
#include "core/import/duplicates.h"
#include "core/similar/best.h"

typedef struct vt_duplicates_search {
    vt_catalog_reader *reader;
    vt_thumbs *thumbs;
    const vt_snapshot *snapshot;
    const vt_duplicates_options *options;
    vt_duplicates_result *result;
    uint8_t *folders; /* by folder: 1 if it is below one of the paths; NULL: all are */
    vt_error *error;
} vt_duplicates_search;

/* Whether the item in `row` is among those that are compared at all; fills `item`. */
bool vt_duplicates_takes(const vt_duplicates_search *at, uint32_t row, vt_item_brief *item);

/* What decides which is kept. */
vt_best_item vt_duplicates_rank(uint32_t row, const vt_item_brief *item);

bool vt_duplicates_is_cancelled(const vt_duplicates_search *at);
bool vt_duplicates_no_memory(vt_duplicates_search *at);

/* What an item has to share with another one to be looked at. */
typedef struct vt_duplicates_candidate {
    int64_t size;
    uint64_t fingerprint; /* 0: not known */
    uint32_t row;
} vt_duplicates_candidate;

/* Where the candidates of `size` and `fingerprint` of the one at `from` end; with a fingerprint that is not
   known, all of its size. Sorted by size, fingerprint, row. */
uint32_t vt_duplicates_end_of_class(const vt_duplicates_candidate *list, uint32_t count, uint32_t from);

/* duplicates_known.c: what was found before. */
typedef struct vt_duplicates_known vt_duplicates_known;

/* NULL when memory runs out. */
vt_duplicates_known *vt_duplicates_known_create(vt_duplicates_search *at);
void vt_duplicates_known_free(vt_duplicates_known *known); /* NULL is allowed */

/* Leaves of the candidates those that have to be compared: some of their class came or changed. `list` has
   room for as many as are known more. */
uint32_t vt_duplicates_known_keep_due(vt_duplicates_known *known, vt_duplicates_candidate *list,
                                      uint32_t count);

/* Adds what still holds, and was not compared, to what was found, and puts all in order. */
bool vt_duplicates_known_merge(vt_duplicates_known *known);

/* The two parts. False and `at->error`. */
bool vt_duplicates_find_same(vt_duplicates_search *at);
bool vt_duplicates_find_alike(vt_duplicates_search *at);

#endif
