/*
 * What the user does with a sequence: split it, join files to one, set its frame rate.
 *
 * The engine's writer does it, between batches; it is on the disk before the answer comes. After a split the
 * frames are items known by their names (VT_ITEM_UNREAD), and a join says what the next import shall make of
 * the files: so the caller then imports the folder.
 *
 * Threads: the main thread (engine.h).
 */
#ifndef VT_IMPORT_SEQUENCE_EDIT_H
#define VT_IMPORT_SEQUENCE_EDIT_H

#include "core/base/error.h"
#include "core/import/engine.h"
#include "core/sequence/frame_rate.h"

#include <stdbool.h>
#include <stdint.h>

/* That wait for the writer or for delivery. */
#define VT_SEQUENCE_EDITS_MAX 64

/* Exactly one, inside vt_engine_deliver, unless the engine is freed before. `error` NULL: it is done. */
typedef void (*vt_sequence_edited)(void *user, const vt_error *error);

/* False and `error`, and no callback: VT_ERROR_READ_ONLY, VT_ERROR_LIMIT, VT_ERROR_MEMORY. What the callback
   may get: see core/catalog/sequences.h. */
bool vt_engine_split_sequence(vt_engine *engine, int64_t item_id, vt_sequence_edited done, void *user,
                              vt_error *error);

/* `path` (bytes, absolute): of one of the files. All of its folder that are numbered like it become one, if
   there are two or more. Also VT_ERROR_USAGE at once: a name without a number. */
bool vt_engine_join_sequence(vt_engine *engine, const char *path, vt_sequence_edited done, void *user,
                             vt_error *error);

bool vt_engine_set_frame_rate(vt_engine *engine, int64_t item_id, vt_frame_rate rate, vt_sequence_edited done,
                              void *user, vt_error *error);

#endif
