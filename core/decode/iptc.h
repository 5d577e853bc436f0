/*
 * IPTC: captions and keywords as news agencies wrote them before XMP.
 *
 * Format: IPTC-NAA Information Interchange Model 4.2, data sets of record 2, in the image resource 0x0404 of
 * Adobe's Photoshop file formats ("8BIM"), which a JPEG keeps in APP13. Text that is valid as UTF-8 is
 * taken as that, else as Latin-1: data set 1:90, which should tell, is often missing or wrong, and what is
 * valid UTF-8 beyond ASCII hardly ever makes sense as Latin-1. Any thread.
 */
#ifndef VT_DECODE_IPTC_H
#define VT_DECODE_IPTC_H

#include "core/decode/metadata.h"

#include <stddef.h>

/* Adds what the segment (from "Photoshop 3.0\0" or its first "8BIM" on) knows to `metadata`. */
void vt_iptc_read(const void *bytes, size_t count, vt_metadata *metadata);

#endif
