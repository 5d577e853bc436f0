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

/* The two parts. False and `at->error`. */
bool vt_duplicates_find_same(vt_duplicates_search *at);
bool vt_duplicates_find_alike(vt_duplicates_search *at);

#endif
