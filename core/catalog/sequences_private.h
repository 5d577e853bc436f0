/* Private to core/catalog: what the writer asks of sequences.c, within its transaction. */
#ifndef VT_CATALOG_SEQUENCES_PRIVATE_H
#define VT_CATALOG_SEQUENCES_PRIVATE_H

#include "core/catalog/sequences.h"

#include <sqlite3.h>

/* Writes what `put` says of `item`, which was just committed with `outcome`. Its rating may be changed. */
bool vt_sequence_put_row(sqlite3 *db, vt_item *item, vt_outcome outcome, vt_sequence_put *put,
                         vt_error *error);

/* What the user gave to the item `from` becomes that of `to`, where `to` has nothing of that kind. */
bool vt_sequence_copy_marks(sqlite3 *db, int64_t from, int64_t to, vt_error *error);

#endif
