/*
 * What the catalog has of one item that the index does not hold: the metadata of its file, for a view.
 *
 * Read by a task on the engine's executor, also of a catalog that is open for reading only. Threads: the main
 * thread (engine.h).
 */
#ifndef VT_IMPORT_ITEM_METADATA_H
#define VT_IMPORT_ITEM_METADATA_H

#include "core/base/error.h"
#include "core/decode/metadata.h"
#include "core/import/engine.h"

#include <stdint.h>

/* That wait for an answer. */
#define VT_METADATA_REQUESTS_MAX 16

typedef struct vt_metadata_request vt_metadata_request;

/* `metadata` is lent for the call, empty if nothing is known; or NULL, and `error` as the catalog's reader
   gives it. Afterwards the request is gone. */
typedef void (*vt_metadata_ready)(void *user, const vt_metadata *metadata, const vt_error *error);

/* NULL and `error`: VT_ERROR_LIMIT, VT_ERROR_MEMORY. */
vt_metadata_request *vt_engine_request_metadata(vt_engine *engine, int64_t item_id, vt_metadata_ready ready,
                                                void *user, vt_error *error);

/* No callback follows. NULL is allowed. */
void vt_metadata_request_cancel(vt_metadata_request *request);

#endif
