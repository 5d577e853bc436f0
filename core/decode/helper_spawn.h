/*
 * Helper spawn: how a vitrine-decoder process is executed, as a helper (helper_process.h) or as a zygote
 * (helper_zygote.h). Used by those two only.
 *
 * The child gets the descriptors it is born with (protocol.h), nothing else that is open, no signal handlers,
 * a process group of its own, and next to nothing of the environment. It dies with the calling thread.
 */
#ifndef VT_DECODE_HELPER_SPAWN_H
#define VT_DECODE_HELPER_SPAWN_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* A pair of connected sockets: `*ours` for this process, `*theirs` for the child, numbered so high that
   giving it its place in the child cannot overwrite another. Both are the caller's, also those made before a
   failure (-1: not made). */
bool vt_helper_socketpair(int *ours, int *theirs, vt_error *error);

/* The same number of descriptor for what else goes to the child; takes `fd` over. -1: errno. */
int vt_helper_move_high(int fd);

/* Executes `program` with a limit of `memory` bytes of address space for helpers. `role`: NULL for a helper,
   else its second argument; `slot`: -1 for none. */
bool vt_helper_spawn(const char *program, uint64_t memory, const char *role, int socket, int slot, pid_t *pid,
                     vt_error *error);

/* Waits for the end of `pid`; returns what it ended of, as waitpid does. */
int vt_helper_reap(pid_t pid);

#endif
