/*
 * Sandbox: what a decoder process gives up before it looks at a stranger's bytes, and how far that came.
 *
 * Level A (VT_SANDBOX_FULL): limits, no files by Landlock, and a system call filter. B (VT_SANDBOX_FILTER):
 * the kernel has no Landlock; the filter refuses files too. C (VT_SANDBOX_LIMITS): there is no filter. A
 * level is only claimed after it was tried from inside (landlock.h, filter.h), and what is missing has a
 * reason. Called once, by the only thread, after everything that must be opened has been opened.
 */
#ifndef VT_DECODER_SANDBOX_H
#define VT_DECODER_SANDBOX_H

#include "core/base/error.h"
#include "core/decode/protocol.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

/* Confines the process, with `memory` bytes of address space (0: as it is), as far as the kernel allows, and
   tells how far in `reached`. False and `error` if not even limits could be set. Sanitized builds need vast
   address space and system calls of their own and stay at VT_SANDBOX_NONE. */
bool vt_sandbox_enter(uint64_t memory, vt_confinement *reached, vt_error *error);

/* fstat() by the one system call that takes no path, which that of glibc is not. For use in the sandbox. */
int vt_sandbox_fstat(int fd, struct stat *stat);

#endif
