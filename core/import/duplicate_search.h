/*
 * The engine's search for duplicates (duplicates.h): under way while imports are, can be held and cancelled,
 * and what it finds is kept in the catalog and shown by the index (core/index/twins.h), also at the next
 * start.
 *
 * It is a thread of its own with the lowest priority, as a walk is and no task: it may read for hours, and
 * on the pool it would hold a thread that the writer needs.
 *
 * Threads: the engine's main thread; all return at once, but for vt_duplicate_search_wait.
 */
#ifndef VT_IMPORT_DUPLICATE_SEARCH_H
#define VT_IMPORT_DUPLICATE_SEARCH_H

#include "core/import/duplicates.h"
#include "core/import/engine.h"

typedef struct vt_duplicate_search vt_duplicate_search;

typedef struct vt_duplicate_figures {
    bool over, held;
    vt_error error; /* once over: VT_ERROR_NONE, VT_ERROR_CANCELLED, or what ended it */
    vt_duplicates_phase phase;
    uint64_t done, total;            /* of the phase: bytes, or pictures */
    uint32_t members[VT_TWIN_KINDS]; /* once over: found */
    uint32_t skipped, without_look;  /* once over: as vt_duplicates_result */
    uint64_t bytes_read;
} vt_duplicate_figures;

/* What is sought and not found any more is forgotten when it is over, and not before; a search that is
   cancelled or fails leaves all as it was. NULL and `error`: VT_ERROR_USAGE (nothing is sought, or the engine
   has no index), VT_ERROR_READ_ONLY, VT_ERROR_BUSY (another one is under way), VT_ERROR_MEMORY, or no
   thread. */
vt_duplicate_search *vt_duplicate_search_start(vt_engine *engine, bool same, bool alike, unsigned distance,
                                               vt_error *error);

void vt_duplicate_search_get_figures(vt_duplicate_search *search, vt_duplicate_figures *figures);

/* It goes on as soon as it is not held any more. */
void vt_duplicate_search_hold(vt_duplicate_search *search, bool held);

/* It ends soon, with VT_ERROR_CANCELLED; looks that were made are kept. */
void vt_duplicate_search_cancel(vt_duplicate_search *search);

/* Blocks until it is over and the index shows what it found, at most `timeout_ns` (< 0: for ever). */
bool vt_duplicate_search_wait(vt_duplicate_search *search, int64_t timeout_ns);

/* Cancels it and does not wait. NULL is allowed. */
void vt_duplicate_search_free(vt_duplicate_search *search);

#endif
