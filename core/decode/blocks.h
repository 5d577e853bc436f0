/*
 * Blocks: the EXIF, XMP, IPTC and ICC blocks of a picture file as they stand in it, copied out.
 *
 * JPEG: APP1 (EXIF, standard XMP), APP13, APP2 (a profile in several segments is put together). PNG: eXIf,
 * iTXt "XML:com.adobe.xmp", iCCP; gAMA is the PNG decoder's business, cHRM is not looked at. WebP: EXIF, XMP,
 * ICCP. Other formats: nothing. Sources: ITU T.81 annex B, ICC.1 annex B, PNG 3rd edition section 11, the
 * WebP container specification.
 *
 * Only the marked places are read, with pread: what lies between is stepped over. At most VT_BLOCKS_BYTES are
 * kept per file and VT_BLOCKS_PARTS parts of it looked at. Nothing here fails: a block that is broken is not
 * there. Any thread.
 */
#ifndef VT_DECODE_BLOCKS_H
#define VT_DECODE_BLOCKS_H

#include "core/decode/input.h"
#include "core/decode/media.h"

#include <stddef.h>
#include <stdint.h>

#define VT_BLOCKS_BYTES ((size_t)4 << 20)
#define VT_BLOCKS_PARTS 4096

typedef struct vt_block {
    uint8_t *bytes; /* owned by the blocks; NULL if there is none */
    size_t size;
    uint64_t at; /* where it stands in the file; of a JPEG's profile and of what was packed: 0 */
} vt_block;

typedef struct vt_blocks {
    vt_block exif;
    vt_block xmp;
    vt_block iptc;
    vt_block icc;
} vt_blocks;

/* Fills `blocks`. The position of `input` does not change. vt_blocks_free afterwards, always. */
void vt_blocks_read(vt_format format, vt_input *input, vt_blocks *blocks);
void vt_blocks_free(vt_blocks *blocks);

#endif
