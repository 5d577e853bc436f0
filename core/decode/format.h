/*
 * Formats: the table of what Vitrine can read. A new format is one file with a decode function and one line.
 *
 * What a file is, its content says; its name only decides where content cannot (TGA, binary STL), and words
 * the complaint about text that was renamed to .jpg. Threads: constant data, any thread.
 */
#ifndef VT_DECODE_FORMAT_H
#define VT_DECODE_FORMAT_H

#include "core/base/error.h"
#include "core/decode/image.h"
#include "core/decode/media.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How many bytes from the start of a file vt_format_sniff wants to see (fewer if the file is shorter). */
#define VT_FORMAT_SNIFF_BYTES 1024

/* Decodes `input`; see vt_image_decode. */
typedef bool (*vt_image_decoder)(vt_input *input, const vt_image_request *request, vt_media_info *info,
                                 vt_pixels *pixels, vt_error *error);

typedef struct vt_format_info {
    vt_format id;
    vt_kind kind;
    const char *name;       /* "JPEG" */
    const char *extensions; /* lower case, each followed by a space: "jpg jpeg " */
    const char *library;    /* what decodes it, for `vitrine diagnose` */
    /* True if the first `count` of `size` bytes are certainly of this format. */
    bool (*is_certain)(const uint8_t *bytes, size_t count, uint64_t size);
    /* True if they may be, given that the name says so; NULL: only certain ones are accepted. */
    bool (*is_plausible)(const uint8_t *bytes, size_t count, uint64_t size);
    vt_image_decoder decode; /* NULL for models: core/mesh reads them */
} vt_format_info;

/* The table's line for `format`; NULL for VT_FORMAT_UNKNOWN and for numbers that are none. */
const vt_format_info *vt_format_get(vt_format format);

/* What the extension of `path` promises, VT_FORMAT_UNKNOWN if nothing. Upper and lower case are equal. */
vt_format vt_format_of_name(const char *path);

/* What the file is: `bytes` are its first `count` of `size` bytes, `hint` is what its name promises.
   VT_FORMAT_UNKNOWN and `error` (VT_ERROR_UNSUPPORTED, VT_ERROR_EMPTY, VT_ERROR_TRUNCATED) if it is nothing
   that can be read; the message says what it looks like. */
vt_format vt_format_sniff(const void *bytes, size_t count, uint64_t size, vt_format hint, vt_error *error);

#endif
