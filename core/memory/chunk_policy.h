/*
 * How many files a collection or an import takes on at a time (document 004: chunks of 10 that adapt to
 * memory). Doubles after each chunk while memory is plenty, stays at the first sign of pressure, halves at
 * high pressure and goes to 1 when it is critical; never below 1, never above the caller's maximum.
 *
 * A plain value without a lock: one thread at a time.
 */
#ifndef VT_MEMORY_CHUNK_POLICY_H
#define VT_MEMORY_CHUNK_POLICY_H

#include "core/memory/pressure.h"

#include <stddef.h>

#define VT_CHUNK_FIRST 10

typedef struct vt_chunk_policy {
    size_t size; /* of the next chunk */
    size_t maximum;
} vt_chunk_policy;

/* `maximum`: 0 counts as 1. Starts at VT_CHUNK_FIRST, or at the maximum if that is less. */
vt_chunk_policy vt_chunk_policy_start(size_t maximum);

/* Before each further chunk: its size under this level. */
size_t vt_chunk_policy_next(vt_chunk_policy *policy, vt_memory_level level);

#endif
