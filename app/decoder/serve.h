/* Serve: answers the requests of one program until it closes the socket. One thread. */
#ifndef VT_DECODER_SERVE_H
#define VT_DECODER_SERVE_H

#include "core/base/error.h"
#include "core/decode/protocol.h"

#include <stddef.h>
#include <stdint.h>

typedef struct vt_server {
    int socket;
    uint8_t *slot; /* [slot_bytes], shared with the program */
    size_t slot_bytes;
    vt_confinement confinement;
} vt_server;

/* Returns true at the orderly end; false and `error` if the program sent what is no request. */
bool vt_serve(const vt_server *server, vt_error *error);

#endif
