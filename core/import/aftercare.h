/*
 * Private to core/import: what an engine does for its catalog once imports have changed rows and none is
 * under way any more: a snapshot, if one is due (core/catalog/snapshot.h), a columns file (columns_care.h),
 * and duplicates brought up to date (duplicates_follow.h), on a thread of its own with the lowest priority.
 * The writer never waits for it, and vt_engine_free gives it up.
 */
#ifndef VT_IMPORT_AFTERCARE_H
#define VT_IMPORT_AFTERCARE_H

#include "core/import/engine_private.h"

/* With the engine's lock held: whether it should begin now. */
bool vt_aftercare_is_due_locked(vt_engine *engine);
/* The pulse's, without the lock: begins it. */
void vt_aftercare_start(vt_engine *engine);
/* Waits for its end; the pulse must have ended, and `stopping` be set. */
void vt_aftercare_stop(vt_engine *engine);

/* The calling thread works only while nobody else wants to. */
void vt_aftercare_stand_back(void);

/* Tells the main thread of a fault that stops nothing but that the user should know; of each kind one at a
   time waits to be delivered. Any thread. */
void vt_engine_tell_trouble(vt_engine *engine, vt_trouble_kind kind, const vt_error *error);

#endif
