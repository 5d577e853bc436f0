/*
 * XMP: the RDF block in which programs keep what people said of a picture.
 *
 * Format: ISO 16684-1 (XMP 1), its Dublin Core, XMP, Photoshop, TIFF and EXIF properties, the lists of tags
 * of digiKam and Lightroom, and Windows' rating in per cent where there is no other; read by expat. A block
 * with a DOCTYPE is refused as a whole: no entity of a file's own is ever expanded. So is one that is no XML
 * or nests deeper than VT_XMP_DEPTH_MAX. Extended XMP of JPEG (what did not fit into one segment) is not
 * looked at. UTF-16 with a byte order mark is made UTF-8 first (xmp_utf16.h).
 *
 * A word of dc:subject that is a level of a tag in the lists is no tag of its own: some programs put the last
 * level of each tag there, some every level.
 *
 * Any thread. Opens no file; expat may ask the system for random bytes (getrandom).
 */
#ifndef VT_DECODE_XMP_H
#define VT_DECODE_XMP_H

#include "core/decode/metadata.h"

#include <stdbool.h>
#include <stddef.h>

#define VT_XMP_DEPTH_MAX 32

/* Sets `metadata` to what the block knows. False, and nothing is known, for a block that is refused. */
bool vt_xmp_read(const void *bytes, size_t count, vt_metadata *metadata);

#endif
