/*
 * Zygote: a vitrine-decoder that has behind it what every helper does before it is confined (loading, warming
 * up, giving up privileges) and then only makes copies of itself, which are the helpers. It never sees a byte
 * of a stranger's file. A copy costs a fraction of a start, so that a picture that kills its decoder costs
 * little more than the picture.
 *
 * The copies are children of this program, not of the zygote's, and die with the thread that started the
 * zygote. They share one layout of addresses, which might be guessed by crashing one after the other: after
 * VT_ZYGOTE_CHILDREN copies another zygote, with another layout, should take over.
 *
 * Threads: a zygote belongs to the thread that started it.
 */
#ifndef VT_DECODE_HELPER_ZYGOTE_H
#define VT_DECODE_HELPER_ZYGOTE_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define VT_ZYGOTE_CHILDREN 64

typedef struct vt_zygote {
    pid_t pid; /* 0: none runs */
    int socket;
    unsigned children; /* copies made */
} vt_zygote;

#define VT_ZYGOTE_NONE ((vt_zygote){.socket = -1})

/* Starts `program` as a zygote whose copies have a limit of `memory` bytes of address space. Does not wait
   until it is ready. */
bool vt_zygote_start(const char *program, uint64_t memory, vt_zygote *zygote, vt_error *error);

/* Has a copy made that serves `socket` with `slot` as its kept slot (both stay the caller's; close them). The
   caller must wait for the end of `*pid`. Errors: VT_ERROR_INTERNAL, VT_ERROR_TIMEOUT: this zygote is of no
   use any more. */
bool vt_zygote_fork(vt_zygote *zygote, int socket, int slot, pid_t *pid, vt_error *error);

/* Ends it; its copies go on. `*zygote` becomes VT_ZYGOTE_NONE. */
void vt_zygote_end(vt_zygote *zygote);

#endif
