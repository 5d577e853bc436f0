/*
 * EXIF: the one field that changes how a picture is shown. A bounds-checked reader of its own, because the
 * general library parses a hundred tags and maker notes that nobody here asks for.
 *
 * Format: CIPA DC-008 (EXIF 2.3) section 4.5, a TIFF 6.0 header and image file directory. Any thread.
 */
#ifndef VT_DECODE_EXIF_H
#define VT_DECODE_EXIF_H

#include <stddef.h>
#include <stdint.h>

/* The orientation 1 to 8 in a TIFF block ("II*\0" or "MM\0*" first, an "Exif\0\0" before it is skipped).
   0 if there is none or the block makes no sense: a broken tag must not cost the picture. */
int vt_exif_orientation(const void *bytes, size_t count);

#endif
