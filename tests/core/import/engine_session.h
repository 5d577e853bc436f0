/* An engine over a fresh catalog in a folder of its own, for tests: with threads, a real helper (the one that
   can be poisoned), and callbacks that count. */
#ifndef VT_TESTS_ENGINE_SESSION_H
#define VT_TESTS_ENGINE_SESSION_H

#include "core/import/engine.h"
#include "core/import/operation.h"
#include "core/import/request.h"
#include "core/queue/doorbell.h"
#include "core/task/cancel.h"

typedef struct engine_session {
    char *root, *pictures, *catalog, *thumbs; /* owned */
    const char *decoder;                      /* borrowed; NULL: the built one */
    vt_doorbell *bell;
    vt_executor *executor;
    vt_engine *engine;
    int index_loaded, rows_changed; /* how often it was told */
} engine_session;

/* What one import's callbacks said. */
typedef struct import_record {
    int64_t imported, updated, failed, missing, rows; /* sums over the batches */
    int started, batches, failures, progress, finished;
    uint32_t end_row;          /* the highest first_row + row_count */
    vt_import_figures figures; /* of `finished` */
    vt_error error;
} import_record;

/* The folders, not yet an engine. */
engine_session *session_create(void);
/* Opens the engine with `workers` threads and `jobs` helpers. */
void session_open(engine_session *session, unsigned workers, int jobs, const vt_engine_options *more);
void session_close(engine_session *session); /* the engine; the folders stay */
void session_free(engine_session *session);

/* Puts the helper program at `path`, and ends all helpers that run. */
void session_copy_decoder(const char *path);
void session_kill_helpers(engine_session *session);

/* Occupies one worker of the executor until `gate` is raised. */
void session_hold_worker(engine_session *session, vt_cancel *gate);

/* Runs callbacks until `*flag` is not 0; fails the test after a minute in which nothing came. */
void session_wait_for(engine_session *session, const int *flag);

/* The engine's writer, once it has nothing more to do: after an import its row of the journal goes. */
vt_catalog_writer *session_writer(engine_session *session);

/* A listener that fills `record`. */
vt_import_listener session_listener(import_record *record);

/* Imports one path from beginning to end. */
void session_import(engine_session *session, const char *path, const vt_import_options *options,
                    import_record *record);

/* `count` pictures "NNNN.ppm" in `folder`, each with its own content. */
void session_pictures(const char *folder, int count, int width, int height);

/* Rows in the catalog of a session: items whatever their state, and failures. */
int64_t session_items(engine_session *session);
int64_t session_failures(engine_session *session);

#endif
