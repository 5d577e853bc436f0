/* What helper.c and helper_pool.c know of each other. */
#ifndef VT_DECODE_HELPER_PRIVATE_H
#define VT_DECODE_HELPER_PRIVATE_H

#include "core/base/str.h"
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

/* What a process has had of strangers' files. */
typedef enum vt_helper_had { VT_HAD_NOTHING, VT_HAD_ONE_SIDECAR, VT_HAD_MANY } vt_helper_had;

struct vt_helper {
    vt_helper_pool *pool;
    vt_helper_counts *counts;
    vt_format_guard *guard;
    vt_limits limits; /* the pool's when it was acquired */
    vt_helper_process process;
    uint64_t memory; /* what `process` was started with */
    int niceness;    /* of its processes */
    unsigned images;
    vt_helper_had had;
    vt_str only;  /* the side-car, if it is one */
    bool retired; /* the process is being ended: the next request gets another */
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
