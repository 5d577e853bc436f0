/*
 * What a thumbnail that programs share says of the file it shows: PNG text chunks with its URI, its time of
 * change and its size. Its own file is named after the URI.
 *
 * Source: Thumbnail Managing Standard 0.9.0 (freedesktop.org), "Thumbnail Attributes" and "Directory
 * Structure". MD5 as that asks for it: it names files, it keeps nobody out. Any thread; reading runs in the
 * decoder helper.
 */
#ifndef VT_DECODE_THUMB_ORIGIN_H
#define VT_DECODE_THUMB_ORIGIN_H

#include "core/base/error.h"
#include "core/base/replaceable.h"
#include "core/decode/input.h"
#include "core/decode/thumbcodec.h"

#include <stdbool.h>
#include <stdint.h>

#define VT_THUMB_NAME_BYTES 16 /* of the MD5 */

/* What the program says of itself in pictures that it makes, and by which they are known again: a PNG text of
   this keyword that begins with this word. */
#define VT_THUMB_SOFTWARE_KEY "Software"
#define VT_THUMB_SOFTWARE     "Vitrine " VITRINE_VERSION
extern const vt_file_kind vt_thumb_picture_kind;

/* Claims of the file, to be compared. Plain data: it travels from the helper. */
typedef struct vt_thumb_origin {
    uint8_t name[VT_THUMB_NAME_BYTES]; /* MD5 of Thumb::URI */
    int64_t mtime_s;                   /* Thumb::MTime, seconds since 1970 */
    int64_t size;                      /* Thumb::Size, bytes; negative: not told, it need not be */
    uint8_t is_told;                   /* 1: URI and MTime are there */
    uint8_t reserved[7];               /* 0 */
} vt_thumb_origin;

/* The MD5 of a URI; and as the 32 hexadecimal digits and the ".png" that its thumbnail is called. */
void vt_thumb_origin_name(const char *uri, uint8_t name[VT_THUMB_NAME_BYTES]);
void vt_thumb_origin_file(const uint8_t name[VT_THUMB_NAME_BYTES], char file[37]);

/* Reads the texts of the PNG `input`, whose position does not change. What is broken is not told. */
void vt_thumb_origin_read(vt_input *input, vt_thumb_origin *origin);

/* Adds one text chunk to a PNG of vt_thumb_encode_png; `text` is Latin-1. VT_ERROR_MEMORY: it is as before.
 */
bool vt_thumb_origin_add(vt_blob *png, const char *keyword, const char *text, vt_error *error);

#endif
