/*
 * Private to core/import: what an engine consists of, and what its parts ask of each other.
 *
 * engine.c         an engine begins, delivers to the main thread, ends
 * operation.c      imports (operation_begin.c: how they begin; hold.c: those that the user holds)
 * walk.c           the thread of an import, which finds files
 * pipeline.c       bounds the entries between scan and writer
 * dispatch.c       decides which file is decoded next
 * writer.c         commits batches of them; writer_publish.c puts these into the index
 * pulse.c          the engine's own thread: starts the writer when a batch is due, samples memory
 * request.c        pictures for the views
 * errand.c         brings small works of others to the writer
 * sequence_edit.c, item_edit.c, file_work.c   what the user does, between batches
 * journal_notes.c  what is under way, for a next start
 * space.c          a full disk
 * leave.c          cancelled imports of which something hangs on a disk that does not answer
 * aftercare.c      snapshots
 * tuning.c         settings, and the number of jobs
 * figures.c        what is told of all that
 *
 * Lock order: engine.lock, then import.lock, then the executor's. Callbacks run without any of them.
 */
#ifndef VT_IMPORT_ENGINE_PRIVATE_H
#define VT_IMPORT_ENGINE_PRIVATE_H

#include "core/catalog/writer.h"
#include "core/decode/helper_pool.h"
#include "core/import/claim.h"
#include "core/import/engine.h"
#include "core/import/entry.h"
#include "core/import/file_work.h"
#include "core/import/operation.h"
#include "core/import/request.h"
#include "core/import/unfinished.h"
#include "core/memory/chunk_policy.h"
#include "core/queue/mailbox.h"
#include "core/task/cancel.h"

#include <pthread.h>
#include <stdatomic.h>

/* Files between the scan and the writer: what they hold of memory is bounded by this. */
#define VT_IN_FLIGHT_LIMIT 384
/* A batch is committed when it has so many entries, or its oldest is so old, whichever comes first. */
#define VT_BATCH_ENTRIES 128
#define VT_BATCH_NS      (200 * VT_NS_PER_MS)
/* Chunks of files taken in by name that may wait for the writer. */
#define VT_INTAKE_CHUNKS 4
/* The sizes of stored thumbnails: longest side in pixels. The large one is made when it is asked for. */
#define VT_STORED_SIDE       256
#define VT_STORED_SIDE_LARGE 512
/* The number of thumbcodec.h's way to write them, in the store. */
#define VT_THUMB_CODEC 1

/* What goes wrong beside imports, and stops none. */
typedef enum vt_trouble_kind { VT_TROUBLE_THUMBS, VT_TROUBLE_SNAPSHOT, VT_TROUBLE_COUNT } vt_trouble_kind;

typedef struct vt_trouble {
    vt_message message; /* to the main thread; first */
    atomic_bool waits;  /* it is on its way, and `error` not to be touched */
    vt_error error;
} vt_trouble;

typedef struct vt_journal_note vt_journal_note;
typedef struct vt_sequence_edit vt_sequence_edit;

struct vt_engine {
    vt_catalog *catalog;
    vt_catalog_writer *catalog_writer; /* used by the writer task only; NULL when read-only */
    vt_thumbs *thumbs;
    vt_index *index;   /* NULL without; written by the loading task, then by the writer task */
    vt_claims *claims; /* which files that are read were items elsewhere */
    vt_helper_pool *helpers;
    struct vt_shared_thumbs *shared;      /* NULL: there are none */
    struct vt_sidecar_service *sidecars;  /* NULL when read-only */
    atomic_int sidecar_use, sidecar_name; /* as the settings say: vt_sidecar_use, vt_sidecar_name */
    void (*sidecars_changed)(void *user);
    atomic_bool twins_follow;   /* duplicates of the same content are kept up to date */
    atomic_uint twins_searches; /* that have brought something: what was begun before is out of date */
    atomic_int sequences;       /* a vt_sequence_mode: what the settings say */
    vt_registry *resources;
    vt_governor *governor;
    vt_resource_id index_resource; /* 0: none; told by whoever writes to the index */
    vt_executor *executor;         /* borrowed */
    vt_mailbox *mailbox;           /* to the main thread */
    vt_cancel *cancel;             /* above every other token */
    vt_log log;
    void (*wake)(void *user);
    void (*index_loaded)(void *user, const vt_error *error);
    void (*rows_changed)(void *user);
    void (*trouble)(void *user, const vt_error *error);
    void *user;
    vt_message rows_news;     /* that rows have changed outside of imports */
    atomic_bool rows_news_on; /* it is on its way */
    atomic_bool tiny_loaded;  /* rows without a tiny thumbnail have none in the catalog either */
    vt_trouble troubles[VT_TROUBLE_COUNT];
    bool snapshots; /* are taken after imports */

    vt_priority_queue *wanted;     /* thumbnails that wait for their turn: visible ones, then those nearby */
    vt_mpsc_queue decoded;         /* entries for the writer; it alone takes them out */
    struct vt_writer_batch *batch; /* the writer's scratch memory */
    bool thumbs_failed;            /* told in the log once; the writer's */

    /* The main thread's alone. */
    vt_request *requests; /* by prioritise: newest first */
    struct vt_request_bucket {
        vt_request *first;
    } * rows; /* hash table of requests that wait for a thumbnail */
    int64_t request_count;
    int facts_count;    /* sequences that were asked for */
    int metadata_count; /* items whose metadata were */
    int64_t turns, turn_ns_total, turn_ns_max, turn_work_ns_max;
    vt_import *imports; /* not yet freed */
    vt_unfinished_list unfinished;
    char *columns_path;         /* owned; NULL: no such file is read */
    struct vt_history *history; /* item_edit.c; NULL when read-only */
    vt_file_work *file_works;   /* not yet freed; the first that has not ended runs */
    int file_work_count;
    int64_t resuming; /* the one of these that is being resumed; 0: none */

    pthread_mutex_t lock; /* guards all below */
    pthread_cond_t beat;  /* to the pulse: something it waits for has changed */
    pthread_cond_t room;  /* to scans: in_flight has shrunk */
    struct vt_waiting_list {
        vt_entry *first, *last;
    } waiting[2];                /* entries to be decoded: of imports, then of idle ones */
    vt_memory_limits memory;     /* as the settings say */
    bool memory_wished;          /* the governor has another soft limit because of an import */
    int batch_entries;           /* entries that are a batch, VT_BATCH_ENTRIES unless an import wishes so */
    int batch_most;              /* entries of one commit */
    vt_chunk_policy chunk;       /* how many files are taken on at a time */
    size_t chunk_taken;          /* of the present chunk */
    vt_memory_level chunk_level; /* when that was last decided */
    struct vt_intake_chunk *intake_first, *intake_last; /* for the writer */
    int intake;                                         /* chunks in that list or being committed */
    vt_sequence_edit *edits_first, **edits_end;         /* for the writer */
    int edit_count;                                     /* in that list, or not yet delivered */
    struct vt_errand *errand_first;                     /* small works for the writer */
    int errands;                                        /* in that list or at work */
    vt_journal_note *notes;                             /* for the journal */
    struct {
        bool paused;  /* the disk is full: what was decoded waits */
        bool try_now; /* it should be tried again */
        bool forced;  /* the user wants it so, whatever the disk says */
        int64_t next_poll_ns;
    } space;
    struct {
        bool due, columns_due, twins_due, running;
        bool snapshot_now, columns_now, twins_now; /* what the running one has yet to end */
        int64_t twins_runs, twins_files_read;      /* ends of following duplicates, and what it took */
        bool has_thread;                           /* this and the thread are the pulse's */
        pthread_t thread;
    } care;
    vt_import *open_imports; /* not over; linked by next_open */
    int jobs;                /* files decoded at once, thumbnails included */
    int decoding;            /* entries with the executor */
    int slots;               /* thumbnail tasks with the executor (dispatch.h) ... */
    int slots_idle;          /* ... of these, those that have not yet taken a request ... */
    int slots_visible;       /* ... and those at a visible one */
    bool held;               /* memory is short: what waits is handed out after a sample or an end */
    int tasks;               /* of the engine's that may still touch it */
    int scanning;            /* imports whose walk is not over */
    int dry_runs;            /* threads of dry_run.c and duplicate_search.c */
    bool searching;          /* for duplicates, by duplicate_search.c ... */
    bool searching_same;     /* ... and files are compared for that */
    int active;              /* imports not over */
    int64_t in_flight, in_flight_peak;
    int64_t decoded_count; /* in `decoded` */
    int64_t oldest_ns;     /* when the first of them came */
    int64_t batches;
    struct {
        int64_t items, count, ns_total, ns_max, cpu_ns;
    } commits; /* of the writer: rows, transactions, their time; processor time of all it does */
    int64_t rss_bytes, rss_peak_bytes;
    atomic_bool *loading; /* stops the loading that is under way; NULL: none */
    bool dispatching;     /* one thread hands out at a time */
    bool writing;         /* the writer task is with the executor */
    bool index_ready;     /* loaded, or there is none */
    bool stopping;
    int left;        /* imports that are over but for what hangs in the system */
    int64_t stop_by; /* the pulse then stops without those who hang there */

    bool jobs_given; /* not to be changed by settings; set once */
    bool has_pulse;  /* set before and after the pulse lives */
    pthread_t pulse;
};

/* pipeline.c */

/* Waits for room for one more entry; false if the import was cancelled first. On its scanning thread. */
bool vt_pipeline_reserve(vt_engine *engine, const vt_import *import);
bool vt_pipeline_try_reserve(vt_engine *engine, const vt_import *import); /* the same without waiting */
/* How many entries may be under way now: a chunk, which adapts to memory (core/memory/chunk_policy.h). */
int64_t vt_pipeline_room_locked(vt_engine *engine);
void vt_pipeline_unreserve(vt_engine *engine); /* the room was not needed */

/* Hands an entry to the writer that belongs to no import: an item that was read because it was shown. */
void vt_pipeline_add_read(vt_engine *engine, vt_entry *entry);

/* Takes over an entry that has room reserved: to a decode task, or straight to the writer. */
void vt_pipeline_add(vt_engine *engine, vt_entry *entry);

/* Takes over a chunk of files taken in by name, waiting for room; false, and the chunk stays the caller's, if
   the import was cancelled first. On its scanning thread. */
bool vt_pipeline_take_in(vt_engine *engine, struct vt_intake_chunk *chunk);
/* Waits until the import's chunks are committed; false if it was cancelled first. */
bool vt_pipeline_wait_taken_in(vt_engine *engine, vt_import *import);
/* The writer's: the next chunk, NULL if there is none; and when it has been committed or dropped. */
struct vt_intake_chunk *vt_pipeline_next_chunk(vt_engine *engine);
/* Back to the front of the list: it could not be committed yet. */
void vt_pipeline_return_chunk(vt_engine *engine, struct vt_intake_chunk *chunk);
void vt_pipeline_chunk_ended(vt_engine *engine, struct vt_intake_chunk *chunk);

/* The entry is decoded, or needs no decoding: to the writer. Any thread. */
void vt_pipeline_to_writer(vt_engine *engine, vt_entry *entry);

/* Frees an entry and its room, and tells its import. */
void vt_pipeline_drop(vt_engine *engine, vt_entry *entry);
/* The same for as many at once. */
void vt_pipeline_drop_all(vt_engine *engine, vt_entry **entries, size_t count);

/* combined_task.c */

/* The task of document 003 for one entry: file, helper, thumbnail, writer's queue. Owns the entry. NULL when
   memory runs out; then the entry stays the caller's. */
vt_task *vt_combined_task_create(vt_engine *engine, vt_entry *entry);

/* Takes the entry back from a task that no executor accepted. */
void vt_combined_task_disown(vt_task *task);

/* writer.c, writer_publish.c */

/* The writer's memory, for free(): what it is committing, or could not commit yet. NULL when memory runs
   out. */
struct vt_writer_batch *vt_writer_batch_create(void);

/* Starts the writer task; with the lock held, `writing` not set. False if the executor is full. */
bool vt_writer_start(vt_engine *engine);

/* Shows what was committed to the views: `put` brings it into the index; `before` is the snapshot of before.
   The rows that are new go to `*first_row` and `*row_count`. A failure costs rows in the window until the
   next start, nothing else. On the writer's thread. */
typedef bool (*vt_rows_putter)(vt_engine *engine, const void *what, const vt_snapshot *before,
                               vt_error *error);
void vt_writer_publish(vt_engine *engine, vt_rows_putter put, const void *what, uint32_t *first_row,
                       uint32_t *row_count);

/* Puts items as a commit left them into the index; `origins` may be NULL. For a vt_rows_putter. */
bool vt_writer_put_items(vt_engine *engine, const vt_item *items, const vt_origin *origins,
                         const vt_outcome *outcomes, size_t count, vt_error *error);

/* An item whose state alone has changed. For a vt_rows_putter. */
bool vt_writer_put_state(vt_engine *engine, const vt_snapshot *before, int64_t id, vt_item_state state,
                         vt_error *error);

/* Commits all that is decoded, on the calling thread: what the task does. */
void vt_writer_run(vt_engine *engine);

/* pulse.c */

/* Bytes of this process and its helpers, now; kept for the figures. `user` is the engine. */
int64_t vt_pulse_memory(void *user);
bool vt_pulse_start(vt_engine *engine, vt_error *error);
/* Commits what was decoded, then joins. False if threads hang in the system and may come back. */
bool vt_pulse_stop(vt_engine *engine);
/* One of the engine's tasks has ended: the last thing it does with the engine, which may be freed then. */
void vt_pulse_task_ended(vt_engine *engine);
/* True if the entries in `decoded` should be committed now. With the lock held. */
bool vt_pulse_is_batch_due_locked(const vt_engine *engine, int64_t now);

/* operation.c: called by the pipeline and the writer */

/* Entries of an import that ended otherwise than by a commit, or were committed: one each. */
void vt_import_entry_ended(vt_import *import);
bool vt_import_is_cancelled(const vt_import *import);

/* Whether another import of some of its files was under way at the same time. Any thread. */
bool vt_import_shares(const vt_import *import);
vt_cancel *vt_import_token(vt_import *import);
int vt_import_cancel_fd(const vt_import *import);
/* What one commit brought it; failures are handed over one by one before. */
void vt_import_committed(vt_import *import, const vt_import_batch *batch, int64_t unchanged);
void vt_import_failed_item(vt_import *import, const vt_failure *failure);
void vt_import_decoded(vt_import *import);
/* The import that still has to read the item at `path`, with one more entry begun; NULL: none. Somebody
   looked at the item before it was its turn. */
vt_import *vt_import_waiting_for(vt_engine *engine, const char *path);
/* Something that makes going on senseless: the disk cannot be written. The first one is kept. */
void vt_import_abort(vt_import *import, const vt_error *error);
/* The next of engine->imports. */
vt_import *vt_import_next(const vt_import *import);

/* tuning.c: what the settings choose, for what begins from now on. Any thread. */
void vt_engine_take_choices(vt_engine *engine, const vt_settings *settings);

/* engine.c: tells the registry what the index holds. The thread that writes to the index. */
void vt_engine_weigh_index(vt_engine *engine);

/* engine.c: tells the main thread of rows that have changed outside of imports. Any thread. */
void vt_engine_tell_rows_changed(vt_engine *engine);

/* leave.c, for the pulse: ends imports that were cancelled and whose rest hangs in the system. */
void vt_imports_leave_hanging(vt_engine *engine, int64_t now);

/* sequence_edit.c: does what waits, on the writer's thread. */
void vt_sequence_edits_run(vt_engine *engine);

/* request.c */
void vt_requests_cancel_all(vt_engine *engine);

#endif
