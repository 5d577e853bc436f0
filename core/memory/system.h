/*
 * How much memory this program may count on: what the machine has, or what its control group allows if that
 * is less. Sources: /proc/meminfo (proc(5)); memory.max and memory.current of version 2 control groups
 * (Linux, Documentation/admin-guide/cgroup-v2.rst); memory.limit_in_bytes and memory.usage_in_bytes of
 * version 1 (admin-guide/cgroup-v1/memory.rst). All bytes. Any thread.
 */
#ifndef VT_MEMORY_SYSTEM_H
#define VT_MEMORY_SYSTEM_H

#include "core/base/error.h"

#include <stdint.h>

typedef struct vt_system_memory {
    int64_t total;       /* MemTotal, or the smallest limit of a group if that is less */
    int64_t available;   /* can still be had without swapping: MemAvailable, or what a group has left */
    int64_t group_limit; /* the smallest limit of the group and those above it; 0: none */
} vt_system_memory;

/* Reads some files of /proc and /sys/fs/cgroup, in about a tenth of a millisecond. `root` goes before each
   path, NULL for the real ones (tests give a folder of theirs). A control group that cannot be read counts
   as none. False and `error` if /proc/meminfo cannot be read (as the system says) or lacks a line
   (VT_ERROR_CORRUPT). */
bool vt_system_memory_read(const char *root, vt_system_memory *memory, vt_error *error);

#endif
