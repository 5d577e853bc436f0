/*
 * Privileges: what a decoder process gives up by the classic means that every kernel has. Called once, by the
 * only thread, in this order.
 */
#ifndef VT_DECODER_PRIVILEGES_H
#define VT_DECODER_PRIVILEGES_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stdint.h>

/* Seconds of processor time after which the kernel ends the process, and after which it asks to be replaced
   (vt_wire_reply.tainted). One file takes at most vt_limits.wall_ns_cap of wall time, which fits between. */
#define VT_PRIVILEGES_CPU_SECONDS      300
#define VT_PRIVILEGES_CPU_WORN_SECONDS 200

/* No more privileges by executing anything, no look into this process by others of the same user, and no
   capability even for root. `*isolated` tells whether the process got an empty network and IPC namespace of
   its own, which many systems do not allow: no fault. All of it passes on to copies of the process. */
bool vt_privileges_drop(bool *isolated, vt_error *error);

/* Limits address space to `memory` bytes (0: as it is), stack and processor time, and allows no core file, no
   growing file, no new process and few descriptors. What whoever started the program had limited further
   stays so. */
bool vt_privileges_limit(uint64_t memory, vt_error *error);

/* Death with the thread of the program that started this process, or the one it is a copy of: the program
   keeps that thread for life. Each copy has to say it anew, and after any change of privileges. */
bool vt_privileges_die_with_program(vt_error *error);

#endif
