/*
 * Private to core/import: makes a file that was read the item it was elsewhere, by its content (origin.h).
 *
 * Shared by all tasks of an engine, which wait for each other for some microseconds a file.
 */
#ifndef VT_IMPORT_CLAIM_H
#define VT_IMPORT_CLAIM_H

#include "core/import/entry.h"

typedef struct vt_claims vt_claims;

/* `catalog` is borrowed. NULL when memory runs out. Opens nothing before the first file is read. */
vt_claims *vt_claims_create(vt_catalog *catalog);
void vt_claims_free(vt_claims *claims); /* before the catalog; NULL is allowed */

/* If `entry` was read, and its path is none of an item that was read before: gives it its origin. What cannot
   be looked up is new. Any thread. */
void vt_claims_settle(vt_claims *claims, vt_entry *entry);

#endif
