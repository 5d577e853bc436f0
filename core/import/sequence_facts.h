/*
 * What the catalog knows of one sequence, for a view: its frames, their names, its rate.
 *
 * Read by a task on the engine's executor, also of a catalog that is open for reading only. Threads: the main
 * thread (engine.h), but for the functions on facts, which any thread may call.
 */
#ifndef VT_IMPORT_SEQUENCE_FACTS_H
#define VT_IMPORT_SEQUENCE_FACTS_H

#include "core/base/error.h"
#include "core/base/str.h"
#include "core/import/engine.h"
#include "core/sequence/frame_rate.h"
#include "core/sequence/sequence_ranges.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* That wait for an answer. */
#define VT_FACTS_REQUESTS_MAX 16

/* Owned by whoever holds it: vt_sequence_facts_free. */
typedef struct vt_sequence_facts {
    int64_t item_id;
    vt_sequence_ranges ranges; /* at least one frame */
    uint64_t frames;
    vt_frame_rate rate;
    bool rate_is_set; /* by the user; else it is VT_FRAME_RATE_DEFAULT */
    int64_t poster;   /* the frame that the thumbnail shows */
    char *folder;     /* absolute, bytes */
    char *prefix, *suffix;
    uint32_t width;
} vt_sequence_facts;

void vt_sequence_facts_free(vt_sequence_facts *facts); /* NULL is allowed */

/* Appends the path of the frame at `index`, counted from 0. False beyond the last, and when memory runs out.
 */
bool vt_sequence_facts_path(const vt_sequence_facts *facts, uint64_t index, vt_str *path);

/* Where `frame` stands, or the first one behind it that is there; the last one for any beyond. */
uint64_t vt_sequence_facts_index(const vt_sequence_facts *facts, int64_t frame);

typedef struct vt_facts_request vt_facts_request;

/* `facts` are the callee's; or NULL, and `error`: VT_ERROR_NOT_FOUND, or as the reader's. Afterwards the
   request is gone. */
typedef void (*vt_facts_ready)(void *user, vt_sequence_facts *facts, const vt_error *error);

/* NULL and `error`: VT_ERROR_LIMIT, VT_ERROR_MEMORY. */
vt_facts_request *vt_engine_request_facts(vt_engine *engine, int64_t item_id, vt_facts_ready ready,
                                          void *user, vt_error *error);

/* No callback follows. NULL is allowed. */
void vt_facts_request_cancel(vt_facts_request *request);

#endif
