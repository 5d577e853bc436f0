/*
 * Private to core/catalog: rating, label and tags that a picture carries in itself, as a source of what its
 * item has: of the lowest rank, below the user and below side-cars (core/catalog/sidecars.h).
 *
 * The table `embedded` holds what the picture said when it was read last, and which of its single values the
 * item got from there; what it got of tags is marked in `item_tag.given`. From that, by the next reading:
 * what the picture says as before changes nothing, so what the user has taken away stays away; what it says
 * newly is given, unless the item has a value of its own; what it says no more goes again, unless it has
 * become the user's or a side-car's. None of it is an edit: it leaves no mark for a side-car, is no conflict,
 * and is not undone. Titles need none of this: where an item has none the picture's is shown.
 *
 * A rating of -1 ("rejected") and a label that is no colour of ours say nothing, as in side-cars.
 *
 * Within a transaction of the writer, or a reader's statement; the thread of these.
 */
#ifndef VT_CATALOG_EMBEDDED_H
#define VT_CATALOG_EMBEDDED_H

#include "core/catalog/db.h"
#include "core/decode/metadata.h"
#include "core/sidecar/sidecar_merge.h"

/* Conditions on a row of `item`: its rating or label is what its picture carries. */
#define VT_EMBEDDED_RATING                                                                                   \
    "EXISTS (SELECT 1 FROM embedded AS own WHERE own.item_id = item.id AND own.given & 1 "                   \
    "AND own.rating = item.rating)"
#define VT_EMBEDDED_LABEL                                                                                    \
    "EXISTS (SELECT 1 FROM embedded AS own WHERE own.item_id = item.id AND own.given & 2 "                   \
    "AND own.label = item.label)"

_Static_assert(VT_SIDECAR_RATING == 1 && VT_SIDECAR_LABEL == 2, "the statements name these by number");

/* What is known of one item. Begin with all zero. */
typedef struct vt_embedded {
    bool known;             /* there is a row */
    vt_sidecar_values said; /* rating, label and tags only, as all here */
    uint32_t given;         /* vt_sidecar_field: single values that the item got from it */
    vt_sidecar_tags tags;   /* those that the item got from it, and still has */
} vt_embedded;

bool vt_embedded_read(sqlite3 *db, int64_t item_id, vt_embedded *embedded, vt_error *error);
void vt_embedded_free(vt_embedded *embedded);

/* What of `ours`, which the item has, is the picture's alone: neither changed by the user nor `agreed` with a
   side-car. Into one that is all zero, to be freed in any case. False and VT_ERROR_MEMORY. */
bool vt_embedded_own(const vt_embedded *embedded, const vt_sidecar_values *ours,
                     const vt_sidecar_values *agreed, vt_sidecar_values *own, vt_error *error);

/* What `metadata` says in terms of the catalog. As above. */
bool vt_embedded_values(const vt_metadata *metadata, vt_sidecar_values *values, vt_error *error);

/* What is to become of an item by what its picture says now. */
typedef struct vt_embedded_plan {
    uint32_t change;     /* single values to be set, to those of `said` */
    uint32_t given;      /* as in vt_embedded */
    vt_sidecar_tags add; /* may be among those the item has: then they stay what they are */
    vt_sidecar_tags remove;
} vt_embedded_plan;

/* `before` is what was known, `ours` what the item has. To be freed in any case. False and VT_ERROR_MEMORY.
 */
bool vt_embedded_plan_make(const vt_embedded *before, const vt_sidecar_values *ours,
                           const vt_sidecar_values *agreed, const vt_sidecar_values *said,
                           vt_embedded_plan *plan, vt_error *error);
void vt_embedded_plan_free(vt_embedded_plan *plan);

/* What was written. */
typedef struct vt_embedded_change {
    bool changed; /* rating, label or tags of the item */
    int rating;   /* that it has now, as the next */
    int label;
    int made; /* tags that were new */
} vt_embedded_change;

/* Writes such changes: statements that are prepared once, for a picture has twenty tags and a library a
   hundred thousand pictures. `db` must outlive it. NULL and `error`. */
typedef struct vt_embedder vt_embedder;
vt_embedder *vt_embedder_create(sqlite3 *db, vt_error *error);
void vt_embedder_free(vt_embedder *embedder);

/* Merges what the picture of the item says, which may be nothing. `fresh`: the item has just come, and has
   nothing yet. */
bool vt_embedder_merge(vt_embedder *embedder, int64_t item_id, bool fresh, const vt_metadata *metadata,
                       vt_embedded_change *change, vt_error *error);

/* Whether it says anything that this is about. */
bool vt_embedded_says(const vt_metadata *metadata);

#endif
