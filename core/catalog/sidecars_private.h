/* Private to core/catalog: the marks that edits leave. */
#ifndef VT_CATALOG_SIDECARS_PRIVATE_H
#define VT_CATALOG_SIDECARS_PRIVATE_H

#include "core/catalog/change_private.h"
#include "core/catalog/sidecars.h"

/* Within the transaction of an edit: marks the items that `change` is about, if it is of a kind that
   side-cars have and marking is on. */
bool vt_sidecars_mark_change(vt_catalog_writer *writer, const vt_change *change, vt_error *error);

/* The same for all items that have the tag or one below it: it gets another name, or goes. */
bool vt_sidecars_mark_tagged(vt_catalog_writer *writer, int64_t tag, vt_error *error);

/* Adds the tags of an item, or (`embedded`) those that it got from its picture. */
bool vt_sidecars_read_tags(sqlite3 *db, int64_t item_id, bool embedded, vt_sidecar_tags *tags,
                           vt_error *error);

#endif
