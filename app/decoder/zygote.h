/*
 * The zygote's side of core/decode/helper_zygote.h: makes copies of this process until the program closes the
 * socket. One thread.
 */
#ifndef VT_DECODER_ZYGOTE_H
#define VT_DECODER_ZYGOTE_H

#include "core/base/error.h"

typedef enum vt_zygote_outcome {
    VT_ZYGOTE_ENDED,  /* in the zygote: the program is done with it */
    VT_ZYGOTE_FAILED, /* in the zygote: it was sent what is no request */
    VT_ZYGOTE_COPY    /* in each copy: VT_PROTOCOL_SOCKET and VT_PROTOCOL_SLOT are its own */
} vt_zygote_outcome;

vt_zygote_outcome vt_zygote_run(vt_error *error);

#endif
