/* Private to core/import: what the writer commits at once, for writer.c, which gathers and commits it, and
   writer_publish.c, which puts it into the index. On the writer's thread. */
#ifndef VT_IMPORT_WRITER_PRIVATE_H
#define VT_IMPORT_WRITER_PRIVATE_H

#include "core/import/engine_private.h"
#include "core/import/tiny.h"

typedef struct vt_writer_tally {
    vt_import *import;
    vt_import_batch batch;
    int64_t unchanged;
} vt_writer_tally;

/* All that one commit can hold: never more than what may be in flight. */
struct vt_writer_batch {
    size_t count, items, failures, missing, thumbs, tallies;
    vt_entry *entries[VT_IN_FLIGHT_LIMIT];
    vt_item item[VT_IN_FLIGHT_LIMIT];
    vt_entry *item_entry[VT_IN_FLIGHT_LIMIT]; /* whose item that is */
    const vt_metadata *metadata[VT_IN_FLIGHT_LIMIT];
    vt_sequence_put *sequence[VT_IN_FLIGHT_LIMIT];
    vt_outcome outcome[VT_IN_FLIGHT_LIMIT];
    vt_embedded_label embedded[VT_IN_FLIGHT_LIMIT];
    bool made_tags;
    vt_origin origin[VT_IN_FLIGHT_LIMIT];
    vt_failure failure[VT_IN_FLIGHT_LIMIT];
    vt_entry *failure_entry[VT_IN_FLIGHT_LIMIT];
    vt_failed_item failed_item[VT_IN_FLIGHT_LIMIT];
    int64_t missing_id[VT_IN_FLIGHT_LIMIT];
    const char *missing_path[VT_IN_FLIGHT_LIMIT];
    uint8_t missing_state[VT_IN_FLIGHT_LIMIT];
    vt_entry *missing_entry[VT_IN_FLIGHT_LIMIT];
    bool missed[VT_IN_FLIGHT_LIMIT]; /* it was not missing before, and has not moved */
    vt_thumb_key thumb_key[VT_IN_FLIGHT_LIMIT];
    vt_thumb thumb[VT_IN_FLIGHT_LIMIT];
    vt_tiny tiny[VT_IN_FLIGHT_LIMIT];
    vt_writer_tally tally[VT_IMPORTS_MAX + 1]; /* one for entries of no import */
};

/* What vt_writer_publish puts into the index: of a struct vt_writer_batch that was committed, or of a
   vt_intake_chunk. False and `error` when memory runs out. */
bool vt_writer_put_batch_rows(vt_engine *engine, const void *what, const vt_snapshot *before,
                              vt_error *error);
bool vt_writer_put_chunk_rows(vt_engine *engine, const void *what, const vt_snapshot *before,
                              vt_error *error);

#endif
