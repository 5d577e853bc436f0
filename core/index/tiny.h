/*
 * Tiny thumbnails beside the index: a column of 32 bytes a row, so that cards and rows show colour at once.
 *
 * It is no part of what a snapshot keeps unchanged: a code that becomes known is seen by all snapshots, and
 * nothing is copied or published for it. So it can be filled in the background after the rows are shown. Room
 * is made for 4096 rows at a time, and only where one of them has a code.
 *
 * Threads: any. Writers take turns; readers take no lock, and for a row that is being written find nothing.
 */
#ifndef VT_INDEX_TINY_H
#define VT_INDEX_TINY_H

#include "core/base/error.h"
#include "core/catalog/tiny.h"
#include "core/index/index.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What to do with a row that has a code. */
typedef enum vt_tiny_known { VT_TINY_REPLACE, VT_TINY_KEEP } vt_tiny_known;

/* Takes in codes of items; quickest in ascending order. Items that are in no published row are left out.
   VT_ERROR_MEMORY; then those before are in. */
bool vt_index_put_tiny(vt_index *index, const vt_tiny *tinies, size_t count, vt_tiny_known known,
                       vt_error *error);

/* The code of a row; false if it has none yet. Some 10 ns. */
bool vt_snapshot_tiny(const vt_snapshot *snapshot, uint32_t row, vt_tinythumb *tiny);

/* Reads all codes of the catalog for rows that have none yet. `*cancelled` (NULL allowed) is looked at every
   few thousand rows: VT_ERROR_CANCELLED. Codes that were read before a failure are in. */
bool vt_index_load_tiny(vt_index *index, vt_catalog_reader *reader, const atomic_bool *cancelled,
                        vt_error *error);

#endif
