/*
 * Helper pool: decoder processes for the worker threads, two of them kept for what the user waits for: one
 * for the viewer, which keeps the model loaded that is looked at, and one for thumbnails that are visible.
 * A third one has all side-cars and nothing else: no picture can have made anything of it, and it waits for
 * no import.
 *
 * Processes are started by one permanent thread, because the kernel ends a helper when the *thread* that
 * started it ends (PR_SET_PDEATHSIG), and pool threads come and go. They are copies of a zygote
 * (helper_zygote.h), and a spare is kept ready, so that a crash does not cost a start.
 *
 * Threads: all functions from any thread; vt_helper_pool_free after all helpers have been released.
 */
#ifndef VT_DECODE_HELPER_POOL_H
#define VT_DECODE_HELPER_POOL_H

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/decode/helper.h"
#include "core/decode/limits.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct vt_helper_pool vt_helper_pool;

typedef struct vt_helper_pool_options {
    const char *program; /* path of vitrine-decoder; copied */
    unsigned workers;    /* helpers for background work, 1 to VT_HELPER_POOL_MAX; the kept ones are added */
    vt_limits limits;
    vt_log log;
} vt_helper_pool_options;

#define VT_HELPER_POOL_MAX 64

typedef struct vt_helper_pool_figures {
    uint64_t starts;   /* helpers started, spares included */
    uint64_t crashes;  /* ended by themselves while a picture was with them, or answered nonsense */
    uint64_t timeouts; /* killed at their deadline */
    uint64_t recycles; /* replaced in good order after many pictures or much memory */
    uint64_t decoded;  /* requests answered, errors included */
    unsigned running;  /* processes alive now, the zygote included */
    unsigned workers;  /* background helpers there may be */
    unsigned acquired; /* helpers at work, the kept ones included */
    unsigned waiting;  /* threads that wait for a helper */
    vt_sandbox_level sandbox;
} vt_helper_pool_figures;

/* For what a helper is acquired. Visible and interactive work takes a background helper if its own is busy,
   before all background work that waits. */
typedef enum vt_helper_class {
    VT_HELPER_BACKGROUND,
    VT_HELPER_VISIBLE,     /* a thumbnail that is looked at */
    VT_HELPER_INTERACTIVE, /* the viewer */
    VT_HELPER_SIDECARS,    /* one side-car after the other */
    VT_HELPER_CLASS_COUNT
} vt_helper_class;

/* Starts one helper to see that it works and what confines it; the others start when first needed.
   NULL and `error` if the program is missing or does not answer. */
vt_helper_pool *vt_helper_pool_create(const vt_helper_pool_options *options, vt_error *error);

/* Ends all helpers and waits for them. NULL is allowed. */
void vt_helper_pool_free(vt_helper_pool *pool);

/* A helper for the calling thread; waits until one is free. Never NULL: if its process cannot be started,
   vt_helper_decode says so. */
vt_helper *vt_helper_pool_acquire(vt_helper_pool *pool, vt_helper_class helper_class);

/* The same, but NULL and VT_ERROR_CANCELLED soon after `cancel_fd` (-1: never) has become readable while no
   helper is free. */
vt_helper *vt_helper_pool_acquire_unless(vt_helper_pool *pool, vt_helper_class helper_class, int cancel_fd,
                                         vt_error *error);

void vt_helper_pool_release(vt_helper_pool *pool, vt_helper *helper);

/* Another number of background helpers, 1 to VT_HELPER_POOL_MAX. Those beyond it end at once, or when the
   file they are at is done. */
void vt_helper_pool_set_workers(vt_helper_pool *pool, unsigned workers);

/* Other limits, for every file that is given to a helper from now on. */
void vt_helper_pool_set_limits(vt_helper_pool *pool, const vt_limits *limits);
vt_limits vt_helper_pool_limits(vt_helper_pool *pool);

vt_helper_pool_figures vt_helper_pool_read(vt_helper_pool *pool);

/* How the process started last is confined, and why not better. */
vt_confinement vt_helper_pool_confinement(vt_helper_pool *pool);

/* Fills `pids` with up to `limit` processes alive now, the zygote included, and returns how many (for memory
 * figures). */
size_t vt_helper_pool_pids(vt_helper_pool *pool, pid_t *pids, size_t limit);

/* Fills `formats` with up to `limit` that are out of use, because their files crashed helpers one after the
   other (format_guard.h), and returns how many. Each was told in the log, as a warning. */
size_t vt_helper_pool_out_of_use(vt_helper_pool *pool, vt_format *formats, size_t limit);

/* Puts a format back into use. */
void vt_helper_pool_allow(vt_helper_pool *pool, vt_format format);

/* The helper program beside the running executable, or $VITRINE_DECODER if that is set (tests).
   Owned by the caller, free(). NULL and `error` if there is none. */
char *vt_helper_program_find(vt_error *error);

#endif
