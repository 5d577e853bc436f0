/*
 * Private to core/import: dispatch, which decides what is decoded next.
 *
 *     visible thumbnails > thumbnails nearby > entries of imports > entries of idle imports
 *
 * Strictly in this order, for work that has not begun; nothing that runs is interrupted. At most `jobs` files
 * are decoded in the background (nearby, imports, idle), and one visible thumbnail beside them, for which the
 * pool keeps a helper (core/decode/helper_pool.h): so a visible thumbnail waits for other visible ones only,
 * and if there are several, they take the next background helpers that become free. Views of whole images
 * and models stand apart: they have a helper of their own and go to the executor at once.
 *
 * Thumbnails are late-bound: a slot, one task of the executor, takes the most urgent request when a thread
 * runs it, not when it was submitted. Background work also asks the memory governor.
 *
 * Threads: any; the engine's lock is taken inside unless a function ends in _locked.
 */
#ifndef VT_IMPORT_DISPATCH_H
#define VT_IMPORT_DISPATCH_H

#include "core/import/request_private.h"

/* Threads of the executor beyond those that decode in the background: one each for a visible thumbnail, a
   view, the writer and the index. */
#define VT_DISPATCH_SPARE_WORKERS 4

/* Hands out what may be handed out. */
void vt_dispatch(vt_engine *engine);

/* True if something waits that the executor had no room for: try again soon. */
bool vt_dispatch_is_stuck_locked(const vt_engine *engine);

/* Queues an entry of an import behind the others of its kind. */
void vt_dispatch_append_locked(vt_engine *engine, vt_entry *entry);

/* What waits of an import that is held stands apart and is not in flight, until it goes on. */
void vt_dispatch_park_locked(vt_engine *engine, vt_import *import);
void vt_dispatch_unpark_locked(vt_engine *engine, vt_import *import);

/* The entry is decoded, or will not be: its import has one less at it. Before it is handed on. */
void vt_dispatch_entry_decoded(vt_engine *engine, const vt_entry *entry);

/* The task of an entry has ended. The last thing the task does with the engine. */
void vt_dispatch_entry_ended(vt_engine *engine);

/* Drops what waits of a cancelled import, whoever holds the helpers; nothing of it will wait afterwards. */
void vt_dispatch_sweep(vt_engine *engine, const vt_import *import);

/* The most urgent thumbnail, with the reference that its waiting held; NULL: none waits. A slot that runs
   asks once. `*helper_class`: which helper it may take. */
vt_request *vt_dispatch_take(vt_engine *engine, vt_helper_class *helper_class);

/* A slot has ended, having taken a request of that class or, `took` false, none. The last thing its task does
   with the engine. */
void vt_dispatch_slot_ended(vt_engine *engine, bool took, vt_helper_class helper_class);

#endif
