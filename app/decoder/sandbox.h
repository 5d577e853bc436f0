/*
 * Sandbox: what a decoder process gives up before it looks at a stranger's bytes, and how far that came.
 *
 * Level A (VT_SANDBOX_FULL): limits, no files by Landlock, and a system call filter. B (VT_SANDBOX_FILTER):
 * the kernel has no Landlock; the filter refuses files too. C (VT_SANDBOX_LIMITS): there is no filter. A
 * level is only claimed after it was tried from inside (landlock.h, filter.h), and what is missing has a
 * reason. In two steps, each called once, by the only thread: between them a zygote makes its copies.
 */
#ifndef VT_DECODER_SANDBOX_H
#define VT_DECODER_SANDBOX_H

#include "core/base/error.h"
#include "core/decode/protocol.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

/* The first step, after the warm-up: gives up privileges for this process and its copies. `*isolated` as of
   vt_privileges_drop. */
bool vt_sandbox_prepare(bool *isolated, vt_error *error);

/* The second, in the process that will decode, after everything that must be opened has been opened. Confines
   it, with `memory` bytes of address space (0: as it is), as far as the kernel allows, and tells how far in
   `reached`. False and `error` if not even limits could be set. Sanitized builds need vast address space and
   system calls of their own and stay at VT_SANDBOX_NONE. */
bool vt_sandbox_enter(uint64_t memory, bool isolated, vt_confinement *reached, vt_error *error);

/* fstat() by the one system call that takes no path, which that of glibc is not. For use in the sandbox. */
int vt_sandbox_fstat(int fd, struct stat *stat);

#endif
