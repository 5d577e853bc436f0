/*
 * The import engine: one catalog at work. It owns the opened catalog, its one writer, the thumbnails store,
 * the index and the pool of decoder helpers, and runs its work on an executor it is given.
 *
 *     scan thread -> combined tasks on the executor: open, decode in a helper, thumbnail -> lock-free queue
 * -> the writer, a task: one transaction per batch, rows published to the index -> mailbox -> main thread
 *
 * On it stand import operations (operation.h) and requests for pictures (request.h), which the window and the
 * command line use alike.
 *
 * Threads: one thread is the main thread: the one that calls vt_engine_create. All functions of the three
 * headers are called there and return at once unless they say otherwise, and all callbacks run there, inside
 * vt_engine_deliver. Core calls nobody: when there is something to deliver, `wake` is called (on any thread,
 * once until the next vt_engine_deliver), and the main thread then calls vt_engine_deliver from its event
 * loop.
 */
#ifndef VT_IMPORT_ENGINE_H
#define VT_IMPORT_ENGINE_H

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/catalog/catalog.h"
#include "core/catalog/thumbs.h"
#include "core/index/index.h"
#include "core/memory/governor.h"
#include "core/settings/settings.h"
#include "core/task/executor.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct vt_engine vt_engine;

/* Thumbnails that the programs of a desktop share (shared_thumb.h). */
typedef enum vt_shared_thumbs_use {
    VT_SHARED_THUMBS_DEFAULT, /* as $VITRINE_SHARED_THUMBNAILS says: "off", "read", "write"; else as the
                                 settings say, and without them they are read */
    VT_SHARED_THUMBS_OFF,
    VT_SHARED_THUMBS_READ,
    VT_SHARED_THUMBS_WRITE /* read, and left for others */
} vt_shared_thumbs_use;

/* Everything is copied or, where it says so, borrowed. */
typedef struct vt_engine_options {
    const char *catalog_path; /* NULL: vt_catalog_default_path */
    const char *thumbs_path;  /* NULL: the default place for this catalog */
    const char *columns_path; /* of the columns file (core/index/columns.h); NULL: its default place */
    bool read_only;           /* never write; imports are refused */
    bool read_only_if_busy;   /* another program has it open: read only instead of VT_ERROR_BUSY */
    bool with_index;          /* load the index and keep it up to date; an import needs none */
    bool snapshots;           /* take one after imports that changed rows, when it is due (snapshot.h) */
    vt_executor *executor;    /* borrowed; must outlive the engine */
    int jobs; /* files decoded at once, one helper each, whatever the settings say; 0: as they say, and
                  without them as many as there are processors, at most 8 */
    const vt_settings *settings; /* limits, memory, jobs, sequences, shared thumbnails; NULL: standard ones */
    vt_shared_thumbs_use shared_thumbs;
    const char *decoder_path; /* the helper program; NULL: $VITRINE_DECODER, else beside this program */
    vt_log log;
    void (*wake)(void *user);                                /* see above; may be NULL: poll deliver */
    void (*index_loaded)(void *user, const vt_error *error); /* rows are there; NULL error: all went well */
    void (*rows_changed)(void *user); /* items were read because they were shown: the index has news */
    /* Something went wrong that stops nothing, and that the user should be told: thumbnails cannot be stored,
       no snapshot could be made. The log has it, too. */
    void (*trouble)(void *user, const vt_error *error);
    void (*sidecars_changed)(void *user); /* other figures of side-cars (sidecars.h), at most every 100 ms */
    void *user;                           /* of these callbacks */
} vt_engine_options;

/* Opens the catalog and starts loading the index on a worker. Blocks for some milliseconds (opening SQLite).
   NULL and `error` as vt_catalog_open; VT_ERROR_NOT_FOUND if there is no helper program. */
vt_engine *vt_engine_create(const vt_engine_options *options, vt_error *error);

/* Cancels what is under way, waits for it (at most about 2 s), commits what was decoded, and closes.
   Callbacks that were not delivered are dropped. NULL is allowed. False if threads hang in the system, on a
   disk or a server that does not answer: the catalog is in order, but those threads may come back, so neither
   the engine's memory nor its executor can be freed. The caller then ends the process by _exit. */
bool vt_engine_free(vt_engine *engine);

/* Runs callbacks until none is left or `budget_ns` is over (0: until none is left). True if some are left:
   come back in the next turn of the event loop. */
bool vt_engine_deliver(vt_engine *engine, int64_t budget_ns);

/* Borrowed. The index is NULL without `with_index`; before `index_loaded` it is empty. */
vt_catalog *vt_engine_catalog(vt_engine *engine);
vt_thumbs *vt_engine_thumbs(vt_engine *engine);
vt_index *vt_engine_index(vt_engine *engine);
bool vt_engine_is_read_only(const vt_engine *engine);

/* Borrowed. Who holds how much: caches of whoever uses the engine belong on it, until they are freed. */
vt_registry *vt_engine_resources(vt_engine *engine);

/* Borrowed. Counts this process and its helpers; sampled on a thread of the engine's while there is work, and
   as long as pressure is above normal. Clean-ups run there. */
vt_governor *vt_engine_governor(vt_engine *engine);

/* How many files are decoded at once for a wish for `wanted` of them (0: as many as processors, at most 8),
   and how many threads the executor should have for that: some more, so that what is visible, the writer and
   the viewer never wait for a thread. */
int vt_engine_jobs_for(int wanted);
unsigned vt_engine_workers_for(int wanted);

/* Another number of files decoded at once, while work goes on: threads and helpers beyond it end when the
   file they are at is done; no work is lost. Also sets the executor's number of workers. False and `error` if
   the system gives no more threads; then nothing has changed. */
bool vt_engine_set_jobs(vt_engine *engine, int wanted, vt_error *error);

/* Other settings, while work goes on; any thread, and blocks for some milliseconds: limits for every file
   that is given to a helper from now on, memory from the next sample on, sequences for imports that begin,
   jobs and shared thumbnails unless they were given to vt_engine_create. False and `error`: VT_ERROR_USAGE
   for memory limits that make no sense, or as vt_engine_set_jobs. */
bool vt_engine_apply_settings(vt_engine *engine, const vt_settings *settings, vt_error *error);

/* Imports that are paused because the disk is full try again now; they do so by themselves once there is
   room. Without any nothing happens. Any thread. */
void vt_engine_go_on(vt_engine *engine);

/* True while a snapshot is being made, or about to be: who has nothing else to do may wait for it. Any
   thread. */
bool vt_engine_is_caring(vt_engine *engine);

/* What the engine does and holds at the moment. */
typedef struct vt_engine_figures {
    int imports;       /* operations under way */
    int64_t in_flight; /* files between the scan and the writer, never more than in_flight_limit */
    int64_t in_flight_limit;
    int64_t in_flight_peak;
    int64_t requests;                   /* pictures asked for and not delivered */
    int jobs;                           /* files that may be decoded at once in the background */
    int decoding;                       /* files with the executor, visible ones included */
    int64_t chunk;                      /* files taken on at a time: adapts to memory */
    int64_t waiting[VT_PRIORITY_COUNT]; /* to be decoded: visible, nearby, of imports, of idle imports */
    vt_executor_figures tasks;          /* of the executor, which others may use, too */
    int helpers;                        /* processes alive */
    int helpers_busy;
    int helper_waits;        /* threads that wait for a helper */
    int64_t batches;         /* committed since the start */
    int64_t items_committed; /* of these batches; what is taken in by name counts when it was read */
    int64_t commits, commit_ns_total, commit_ns_max; /* transactions of imports, and time in them */
    int64_t writer_cpu_ns;                           /* processor time of the writer */
    int64_t helper_starts;                           /* processes */
    int64_t helper_crashes;                          /* died, or were stopped at the time limit */
    int64_t turns;                                   /* calls of vt_engine_deliver that had something to do */
    int64_t turn_ns_total;                           /* time spent in them */
    int64_t turn_ns_max;                             /* the longest */
    int64_t
        turn_work_ns_max;   /* the most processor time in one: where the system took the thread away, less */
    int64_t rss_bytes;      /* of this process and its helpers, now */
    int64_t rss_peak_bytes; /* the most that was seen, sampled every 100 ms while there is work */
    vt_governor_stats memory; /* pressure, limits, clean-ups */
    char sandbox;             /* 'A' to 'D': confinement the helpers report; '?' before the first one ran */
    char sandbox_reason[384]; /* UTF-8: why it is not 'A'; empty if it is, or is not known */
    char out_of_use[128]; /* formats not read for now, as "GIF, PSD": their files crashed decoders one after
                             the other (core/decode/format_guard.h); empty: none */
} vt_engine_figures;

void vt_engine_get_figures(vt_engine *engine, vt_engine_figures *figures);

/* Fills `pids` with up to `limit` processes of helpers alive now, and returns how many. */
#define VT_ENGINE_HELPERS_MAX 128
size_t vt_engine_helper_pids(vt_engine *engine, pid_t *pids, size_t limit);

/* Jobs, queues, tasks and helpers of these figures as a JSON object. */
void vt_engine_write_schedule(const vt_engine_figures *figures, vt_json_writer *json);

#endif
