/* Side-cars asked about in the test's own process: both halves of the way through a helper, without one. */
#ifndef VT_TESTS_SIDECAR_ASKING_H
#define VT_TESTS_SIDECAR_ASKING_H

#include "core/sidecar/sidecar_parse.h"

static inline const vt_sidecar_asking *here(void)
{
    static vt_sidecar_asking asking;
    asking = vt_sidecar_asking_here();
    return &asking;
}

#endif
