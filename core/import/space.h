/*
 * Private to core/import: what happens when the disk of the catalog is full.
 *
 * Nothing is lost and nothing ends: the writer keeps what it could not commit, the imports are told that they
 * are paused, and everything before the writer waits, since what may be in flight is bounded. Every second
 * the engine's own thread asks the file system whether there is room again; then, or when the user asks for
 * it, the writer tries the same batch once more. Who cancels an import meanwhile has what it held dropped.
 *
 * An import that does not want to wait (its option no_wait) ends with VT_ERROR_NO_SPACE instead. A limit on
 * the size of files (EFBIG) does not pass, so it ends every import.
 */
#ifndef VT_IMPORT_SPACE_H
#define VT_IMPORT_SPACE_H

#include "core/import/engine_private.h"

/* Room an import needs to begin, and one that was paused to go on: the log, a batch and a checkpoint. */
#define VT_SPACE_RESERVE ((int64_t)64 * 1024 * 1024)

/* True for a fault that passes once there is room. */
bool vt_space_is_full(const vt_error *error);

/* The writer's: false and VT_ERROR_NO_SPACE, which names the place, how much is free and how much is needed,
   if an import should not begin. */
bool vt_space_check(vt_engine *engine, vt_error *error);

/* The writer's: it could not write for want of room. Ends the imports that do not wait, and tells the others;
   whoever was told already is not told again. */
void vt_space_pause(vt_engine *engine, const vt_error *error);
/* The writer's: it could write again, or nobody waits any more. */
void vt_space_go_on(vt_engine *engine);

/* With the engine's lock held: whether the writer should leave the disk alone now. */
bool vt_space_is_waiting_locked(const vt_engine *engine);
/* With the engine's lock held: when to ask for room again; VT_FOREVER if nothing waits for it. */
int64_t vt_space_next_locked(const vt_engine *engine);
/* The pulse's, without the lock: asks for room if it is time. */
void vt_space_poll(vt_engine *engine);
/* With the engine's lock held: something of an import that is cancelled is there for the writer. It must not
   wait for room, and may come after vt_space_try. */
void vt_space_let_go_locked(vt_engine *engine);
/* The writer should try again now, whatever the disk says: the user asked for it, or an import was cancelled.
   Any thread. */
void vt_space_try(vt_engine *engine);

#endif
