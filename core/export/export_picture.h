/*
 * Pixels as a picture file for others: JPEG (libjpeg-turbo), PNG (libspng) or WebP (libwebp).
 *
 * Pixels are sRGB, premultiplied BGRA, as decoders give them (core/decode/image.h), and the file says so: by
 * a profile (srgb_profile.h), a PNG by its sRGB chunk. What is seen through is white in a JPEG. What shall be
 * known of the picture goes along as an XMP packet (XMP specification, part 3), and nothing else: no EXIF, no
 * preview, no place.
 *
 * Threads: no shared state; any but the window's.
 */
#ifndef VT_EXPORT_EXPORT_PICTURE_H
#define VT_EXPORT_EXPORT_PICTURE_H

#include "core/base/error.h"
#include "core/decode/image.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef enum vt_picture_format {
    VT_PICTURE_JPEG,
    VT_PICTURE_PNG,
    VT_PICTURE_WEBP,
    VT_PICTURE_FORMAT_COUNT
} vt_picture_format;

/* A JPEG holds no longer packet in one piece. */
#define VT_PICTURE_XMP_MAX ((size_t)65000)

/* "jpeg", "png", "webp": for the command line. */
const char *vt_picture_format_name(vt_picture_format format);
bool vt_picture_format_from_name(const char *name, vt_picture_format *format); /* "jpg", too */
/* Of file names, with the dot. */
const char *vt_picture_format_extension(vt_picture_format format);
/* The longest side a file can have, in pixels. */
unsigned vt_picture_format_side_max(vt_picture_format format);

/* Bytes that a file of so many pixels has, more or less: for telling what an export will need. */
double vt_picture_format_estimate(vt_picture_format format, int quality, double pixels);

/* Writes the file to `stream`. `quality`: 1 to 100, of JPEG and WebP; `xmp` may be NULL. VT_ERROR_LIMIT (too
   large for the format), VT_ERROR_NO_SPACE, VT_ERROR_IO, VT_ERROR_MEMORY. */
bool vt_export_picture(const vt_pixels *pixels, vt_picture_format format, int quality, const void *xmp,
                       size_t xmp_length, FILE *stream, vt_error *error);

#endif
