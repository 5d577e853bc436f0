/*
 * Sandbox: what a decoder process gives up before it looks at a stranger's bytes.
 *
 * This is the one place where system call filter and file system rules will be switched on; so far the
 * process confines itself by resource limits, and says so (VT_SANDBOX_LIMITS). Called once, by the only
 * thread, after everything that must be opened has been opened.
 */
#ifndef VT_DECODER_SANDBOX_H
#define VT_DECODER_SANDBOX_H

#include "core/base/error.h"
#include "core/decode/protocol.h"

#include <stdint.h>

/* Confines the process to `memory` bytes of address space (0: as it is), no new files, processes or
   privileges, and lets it die with its parent. Returns what has been reached; VT_SANDBOX_NONE and `error` if
   not even the limits could be set. Sanitized builds need vast address space and stay at VT_SANDBOX_NONE. */
vt_sandbox_level vt_sandbox_enter(uint64_t memory, vt_error *error);

#endif
