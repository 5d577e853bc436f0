/*
 * Helper process: one running vitrine-decoder with its socket and its slot. Used by helper.c, helper_pool.c
 * and a bench only. A process is a value that belongs to one thread at a time.
 */
#ifndef VT_DECODE_HELPER_PROCESS_H
#define VT_DECODE_HELPER_PROCESS_H

#include "core/base/error.h"
#include "core/decode/helper_zygote.h"
#include "core/decode/protocol.h"

#include <stdint.h>
#include <sys/types.h>

typedef struct vt_helper_process {
    pid_t pid; /* 0: none runs */
    int pidfd; /* -1 on kernels without; the socket's end then tells of a death */
    int socket;
    const uint8_t *slot;        /* [VT_PROTOCOL_SLOT_BYTES] */
    vt_confinement confinement; /* as told when it started */
} vt_helper_process;

#define VT_HELPER_PROCESS_NONE ((vt_helper_process){.pidfd = -1, .socket = -1})

typedef enum vt_exchange {
    VT_EXCHANGE_ANSWERED,
    VT_EXCHANGE_DIED,    /* or answered something that is no reply */
    VT_EXCHANGE_TIMEOUT, /* it had its time */
    VT_EXCHANGE_STARVED, /* the machine gave it none */
    VT_EXCHANGE_CANCELLED
} vt_exchange;

/* Starts `program` with a limit of `memory` bytes of address space and waits until it answers. It dies with
   the calling thread. */
bool vt_helper_process_start(const char *program, uint64_t memory, vt_helper_process *process,
                             vt_error *error);

/* The same by a zygote of `program`, which has the loading and warming up behind it. */
bool vt_helper_process_fork(vt_zygote *zygote, const char *program, vt_helper_process *process,
                            vt_error *error);

/* Sends `request` with the descriptors (-1: none) and waits for the reply for `allowed` nanoseconds (up to
   four times that while the helper gets no processor time) or until `cancel_fd` (-1: none) is readable. The
   reply is as it came: check it. */
vt_exchange vt_helper_process_exchange(const vt_helper_process *process, const vt_wire_request *request,
                                       int fd1, int fd2, int64_t allowed, int cancel_fd,
                                       vt_wire_reply *reply);

/* Lets it end in good order, then by force; releases everything. `*process` becomes VT_HELPER_PROCESS_NONE.
 */
void vt_helper_process_end(vt_helper_process *process);

/* The same by force at once. Returns the wait status: what it died of, if it had died before. */
int vt_helper_process_kill(vt_helper_process *process);

#endif
