/*
 * Private to the scan: where the attributes of a start tag stand in the text. expat has found the tag
 * well-formed; the bounds are checked all the same. Any thread.
 */
#ifndef VT_SIDECAR_SIDECAR_ATTRIBUTE_H
#define VT_SIDECAR_SIDECAR_ATTRIBUTE_H

#include "core/sidecar/sidecar_scan.h"

/* Of the tag from `begin` to before `end`: where its name ends, from which the next one is looked for. */
size_t vt_sidecar_first_attribute(const char *text, size_t begin, size_t end);

/* The next attribute behind `*at`, but for declarations of namespaces; `*at` moves behind it. False: there is
   none. */
bool vt_sidecar_next_attribute(const char *text, size_t *at, size_t end, vt_sidecar_span *whole,
                               vt_sidecar_span *content);

#endif
