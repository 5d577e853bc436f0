/* What helper.c and helper_pool.c know of each other. */
#ifndef VT_DECODE_HELPER_PRIVATE_H
#define VT_DECODE_HELPER_PRIVATE_H

#include "core/decode/format_guard.h"
#include "core/decode/helper_pool.h"
#include "core/decode/helper_process.h"

#include <stdatomic.h>
#include <stdbool.h>

/* Counted by helpers while they work. */
typedef struct vt_helper_counts {
    atomic_uint_fast64_t crashes;
    atomic_uint_fast64_t timeouts;
    atomic_uint_fast64_t recycles;
    atomic_uint_fast64_t decoded;
} vt_helper_counts;

struct vt_helper {
    vt_helper_pool *pool;
    vt_helper_counts *counts;
    vt_format_guard *guard;
    vt_limits limits; /* the pool's when it was acquired */
    vt_helper_process process;
    uint64_t memory; /* what `process` was started with */
    int niceness;    /* of its processes */
    unsigned images;
    bool touched; /* the process has had a file */
    uint64_t next_id;
    int view_slot; /* -1: none; kept for the next view of the same size */
    size_t view_bytes;
    const uint8_t *view_mapped;
    _Atomic pid_t pid;   /* of the process, for other threads */
    _Atomic int sandbox; /* vt_sandbox_level of the process */
    bool acquired;       /* the pool's, under its lock */
};

void vt_helper_init(vt_helper *helper, vt_helper_pool *pool, vt_helper_counts *counts, vt_format_guard *guard,
                    int niceness);
void vt_helper_finish(vt_helper *helper);

/* Tells the log that a format is out of use since this file's crash. */
void vt_helper_pool_tell_out_of_use(vt_helper_pool *pool, const vt_error *reason);

/* A running process for a helper: the spare, or one that is started now, with `*memory` bytes of address
   space. Owned by the caller. */
bool vt_helper_pool_take_process(vt_helper_pool *pool, vt_helper_process *process, uint64_t *memory,
                                 vt_error *error);

#endif
