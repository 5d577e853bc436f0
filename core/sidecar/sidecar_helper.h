/*
 * Asking about side-cars in a decoder helper of the program's pool, that for side-cars. Blocks while that one
 * is at another.
 *
 * Threads: any, each with one of its own.
 */
#ifndef VT_SIDECAR_SIDECAR_HELPER_H
#define VT_SIDECAR_SIDECAR_HELPER_H

#include "core/decode/helper_pool.h"
#include "core/sidecar/sidecar_ask.h"

typedef struct vt_sidecar_helper {
    vt_helper_pool *helpers; /* borrowed */
    int cancel_fd;           /* readable once nobody wants to know any more; -1: never */
} vt_sidecar_helper;

/* `helper` is lent as long as the asking is used. */
vt_sidecar_asking vt_sidecar_asking_helper(vt_sidecar_helper *helper);

#endif
