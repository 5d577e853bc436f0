/*
 * Private to core/import: side-cars. sidecar_sync.c brings one item and its side-car together;
 * sidecar_commit.c has the writer take in what that found; sidecar_pass.c is an import's look at them;
 * sidecars.c is the engine's thread that writes them.
 */
#ifndef VT_IMPORT_SIDECARS_PRIVATE_H
#define VT_IMPORT_SIDECARS_PRIVATE_H

#include "core/import/engine_private.h"
#include "core/import/sidecars.h"
#include "core/sidecar/sidecar_ask.h"
#include "core/sidecar/sidecar_folder.h"
#include "core/sidecar/sidecar_news.h"

/* What one thread needs for it. */
typedef struct vt_sidecar_sync {
    vt_catalog_reader *reader; /* borrowed */
    vt_sidecar_asking asking;  /* who looks into them: a helper */
    vt_sidecar_name name;      /* of a new one */
    bool only_read;            /* nothing is written, whatever marks say */
    vt_sidecar_folder around;  /* begin with all zero; vt_sidecar_folder_clear */
} vt_sidecar_sync;

/* One item. Begin with all zero. */
typedef struct vt_sidecar_work {
    int64_t id;
    bool gone; /* no item, or none that can have a side-car: nothing is to be done */
    vt_sidecar_state before;
    vt_sidecar_values theirs;
    vt_sidecar_merged merged;
    vt_sidecar_seen seen;
    bool both; /* side-cars of both names: what each of them says is in the next */
    vt_sidecar_values said[VT_SIDECAR_NAMES];
    bool read, written; /* a side-car was there; it was changed or made */
    bool unreadable;    /* it was there, and nothing is known of what it says */
    bool unasked;       /* after a fault: that is the reason, see vt_sidecar_sync_item */
    vt_error failure;   /* VT_ERROR_NONE: none */
} vt_sidecar_work;

/* Looks at the item `id` and its side-car; with `write` the side-car gets what it lacks, if the mark of the
   item, or `edits` for one of an edit, allows it. False and `error` only for faults of the catalog or memory,
   and if nobody could be asked (vt_sidecar_is_unasked): then nothing was found out, and nothing is to be
   noted. What is wrong with the file is in `work`. */
bool vt_sidecar_sync_item(vt_sidecar_sync *sync, int64_t id, bool edits, vt_sidecar_work *work,
                          vt_error *error);
void vt_sidecar_work_clear(vt_sidecar_work *work);

/* Items on their way to the writer. */
typedef struct vt_sidecar_batch vt_sidecar_batch;
struct vt_sidecar_batch {
    atomic_int references; /* of who fills it, and of the errand */
    size_t count;
    vt_sidecar_work works[VT_SIDECAR_BATCH];
    int64_t conflicts, taken, failed; /* filled in by the commit */
    pthread_mutex_t lock;             /* guards: */
    pthread_cond_t changed;
    bool ended;
    vt_error error; /* VT_ERROR_NONE: it went well */
};
vt_sidecar_batch *vt_sidecar_batch_create(vt_error *error);
void vt_sidecar_batch_unref(vt_sidecar_batch *batch); /* NULL is allowed */

/* Has the writer commit what is in the batch, and waits for that; `stop` is asked ten times a second whether
   to give up waiting (VT_ERROR_CANCELLED; the commit still comes). The batch is not to be used again. */
bool vt_sidecar_commit(vt_engine *engine, vt_sidecar_batch *batch, bool (*stop)(void *user), void *user,
                       vt_error *error);

/* ---- of an import: sidecar_pass.c ---- */

struct vt_walk;

/* Side-cars are to be looked at in the folder `path`, or only those of the file `path`, or the side-car of
   that name. False without memory. */
typedef enum vt_sidecar_visit_kind {
    VT_SIDECAR_VISIT_FOLDER,
    VT_SIDECAR_VISIT_FILE,
    VT_SIDECAR_VISIT_SIDECAR
} vt_sidecar_visit_kind;
bool vt_walk_note_sidecars(struct vt_walk *at, vt_sidecar_visit_kind kind, const char *path, size_t length);

/* Looks at all that were noted, once what the import has found is committed. False when cancelled, or
   at->fault. */
bool vt_walk_read_sidecars(struct vt_walk *at);
void vt_walk_forget_sidecars(struct vt_walk *at);

/* ---- the engine's thread: sidecars.c ---- */

typedef struct vt_sidecar_service vt_sidecar_service;

/* For an engine that may write; runs from then on. NULL and `error`. */
vt_sidecar_service *vt_sidecar_service_create(vt_engine *engine, vt_error *error);

/* Ends the thread; what is due at once is still written as far as there is time. False if it hangs in the
   system. Before the pulse is stopped. NULL is allowed. */
bool vt_sidecar_service_stop(vt_sidecar_service *service);
void vt_sidecar_service_free(vt_sidecar_service *service);

/* There may be something new to do, or to tell. Any thread; NULL is allowed. */
void vt_sidecar_service_poke(vt_sidecar_service *service);

/* A wish is on its way to the writer; it has been taken up, or was refused. Any thread; NULL is allowed. */
void vt_sidecar_service_expect(vt_sidecar_service *service);
void vt_sidecar_service_expected(vt_sidecar_service *service);

/* What the settings say now. */
vt_sidecar_use vt_engine_sidecar_use(const vt_engine *engine);

#endif
