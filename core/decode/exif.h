/*
 * EXIF: what a camera writes beside a picture. A bounds-checked reader of its own for the dozen tags that
 * vt_metadata holds, because the general library parses a hundred and maker notes that nobody here asks for.
 *
 * Format: CIPA DC-008 (EXIF 2.32) section 4.6, in TIFF directories (tiff.h); the texts that Windows adds are
 * UTF-16. Four directories are read (main, EXIF, GPS, preview), each once, whatever their pointers say. A
 * block is what follows "Exif\0\0", or starts with it. Any thread.
 */
#ifndef VT_DECODE_EXIF_H
#define VT_DECODE_EXIF_H

#include "core/decode/metadata.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The orientation 1 to 8, the one field that changes how a picture is shown. 0 if there is none or the block
   makes no sense: a broken tag must not cost the picture. */
int vt_exif_orientation(const void *bytes, size_t count);

/* Adds what the block knows to `metadata`; what makes no sense is left out. */
void vt_exif_read(const void *bytes, size_t count, vt_metadata *metadata);

/* The JPEG preview in the block's second directory, within `bytes`; NULL if there is none. Its first two
   bytes are those of a JPEG, nothing else is checked. */
const uint8_t *vt_exif_preview(const void *bytes, size_t count, size_t *preview_bytes);

#endif
