/*
 * Brings the index up to date with an edit that the catalog has committed: ratings and labels by what the
 * change says; titles, tags and what albums hold by reading them again, a thousand items a statement (some
 * 2 us an item).
 */
#ifndef VT_EDIT_SHOW_H
#define VT_EDIT_SHOW_H

#include "core/base/error.h"
#include "core/catalog/change.h"
#include "core/index/index.h"

#include <stdbool.h>

/* Puts what `change` wrote in `direction` into `index`; not visible before vt_index_publish. With `skipped`,
   items that have other values in `before`, the newest snapshot, are taken for those that were left as they
   were. The writer's thread. */
bool vt_edit_show(vt_index *index, const vt_catalog *catalog, const vt_snapshot *before,
                  const vt_change *change, vt_change_direction direction, size_t skipped, vt_error *error);

/* The same for items that something else has changed: ratings, labels, titles and tags are read again. With
   `made` tags may have come, too. */
bool vt_edit_show_items(vt_index *index, const vt_catalog *catalog, const vt_snapshot *before,
                        const int64_t *ids, size_t count, bool made, vt_error *error);

/* The same for their tags alone. */
bool vt_edit_show_tags(vt_index *index, const vt_catalog *catalog, const vt_snapshot *before,
                       const int64_t *ids, size_t count, bool made, vt_error *error);

#endif
