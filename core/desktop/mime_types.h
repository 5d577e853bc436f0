/*
 * MIME types of formats, as shared-mime-info and IANA have them, with the other names that programs still
 * claim for them. Constant data, any thread.
 */
#ifndef VT_DESKTOP_MIME_TYPES_H
#define VT_DESKTOP_MIME_TYPES_H

#include "core/decode/media.h"

/* The registered type first; NULL behind the last. An unknown format has none. Valid for ever. */
const char *const *vt_mime_types(vt_format format);

#endif
