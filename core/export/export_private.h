/* Private to core/export: one function a picture format; arguments as vt_export_picture. */
#ifndef VT_EXPORT_EXPORT_PRIVATE_H
#define VT_EXPORT_EXPORT_PRIVATE_H

#include "core/export/export_picture.h"

#include <stdint.h>

bool vt_export_jpeg(const vt_pixels *pixels, int quality, const void *xmp, size_t xmp_length, FILE *stream,
                    vt_error *error);
bool vt_export_png(const vt_pixels *pixels, const void *xmp, size_t xmp_length, FILE *stream,
                   vt_error *error);
bool vt_export_webp(const vt_pixels *pixels, int quality, const void *xmp, size_t xmp_length, FILE *stream,
                    vt_error *error);

/* A row as straight RGBA. */
void vt_export_straight_row(const uint8_t *from, uint8_t *to, uint32_t width);

#endif
