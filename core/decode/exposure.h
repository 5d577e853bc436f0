/*
 * How a picture was exposed, as cameras show it: "1/200 s  f/2.8  ISO 100  50 mm". Numbers have a point,
 * whatever the locale. No state; any thread.
 */
#ifndef VT_DECODE_EXPOSURE_H
#define VT_DECODE_EXPOSURE_H

#include "core/base/str.h"
#include "core/decode/metadata.h"

/* Appends what is known of it, two spaces between; nothing if the camera noted none. */
void vt_exposure_append(vt_str *text, const vt_metadata *metadata);

#endif
