/*
 * Private to core/import: duplicates of the same content follow what imports and the watch bring, once the
 * user has had them looked for.
 *
 * Only files that came or changed since are compared, with those that have their size and fingerprint; what
 * was compared before is not read again, whatever came of it. What has gone needs nothing: the index leaves
 * it out by itself (core/index/twins.h). A search that the user starts meanwhile goes before.
 *
 * Threads: that of the aftercare.
 */
#ifndef VT_IMPORT_DUPLICATES_FOLLOW_H
#define VT_IMPORT_DUPLICATES_FOLLOW_H

#include "core/import/engine_private.h"

void vt_duplicates_follow(vt_engine *engine);

#endif
