/*
 * PNG, the quick way for the usual ones: pictures of 8 bits a channel, not interlaced, unpacked as a whole by
 * libdeflate, which takes less than half the time of the row-wise inflation.
 *
 * It never decides that a file is bad: whatever is unusual or damaged is left to the careful decoder in
 * png.c, which also words the errors. Threads: no shared state.
 */
#ifndef VT_DECODE_PNG_PACKED_H
#define VT_DECODE_PNG_PACKED_H

#include "core/decode/input.h"
#include "core/decode/scale.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct vt_png_packed vt_png_packed;

typedef struct vt_png_form {
    uint32_t width;
    uint32_t height;
    unsigned pixel_bytes;        /* as stored: 1 grey or index, 2 grey and alpha, 3 RGB, 4 RGBA */
    const uint8_t (*palette)[4]; /* RGBA; NULL: not indexed */
    unsigned colours;            /* in the palette */
} vt_png_form;

/* Reads and unpacks the picture whose first IDAT chunk begins at `offset` (the position of `input` does not
   move). NULL if that is not possible or not worth it. Owned: vt_png_packed_free. */
vt_png_packed *vt_png_packed_read(vt_input *input, uint64_t offset, const vt_png_form *form);
void vt_png_packed_free(vt_png_packed *packed);

/* Pushes all rows, in layout VT_LAYOUT_GREY, GREY_ALPHA, RGB or RGBA by the form's pixel bytes; indexed ones
   are RGB or RGBA by `layout`. */
void vt_png_packed_push(vt_png_packed *packed, vt_layout layout, vt_scaler *scaler);

#endif
