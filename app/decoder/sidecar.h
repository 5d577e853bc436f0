/*
 * Side-cars: read and changed as core/sidecar does it, on this side of the socket. One thread.
 */
#ifndef VT_DECODER_SIDECAR_H
#define VT_DECODER_SIDECAR_H

#include "core/base/error.h"
#include "core/decode/protocol.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Answers `request` about the bytes in `file`; `*bytes` of the slot are the answer then. False and `error`,
   of which nothing is in the slot: those of vt_sidecar_serve, VT_ERROR_LIMIT for an answer larger than the
   slot. Messages begin with a verb. */
bool vt_decoder_sidecar(const vt_wire_request *request, int file, uint8_t *slot, size_t slot_bytes,
                        uint32_t *bytes, vt_error *error);

#endif
