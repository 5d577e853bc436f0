/*
 * Picture files. Each writer takes RGBA bytes (straight alpha, rows from the top) and a path, and returns
 * false with errno or its own message on stderr when the file cannot be written.
 */
#ifndef VT_MAKE_SAMPLES_ENCODE_H
#define VT_MAKE_SAMPLES_ENCODE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct picture {
    const uint8_t *rgba;
    int width, height;
} picture;

bool write_jpeg(const char *path, picture p, int quality);

/* Stores the picture turned by 90 degrees and says so in its EXIF data (orientation 6), as a camera held
   upright does: a program that honours EXIF shows it as it was given here. */
bool write_jpeg_turned(const char *path, picture p, int quality);

bool write_png(const char *path, picture p);      /* RGBA, 8 bits */
bool write_png_rgb(const char *path, picture p);  /* RGB, 8 bits */
bool write_png_grey(const char *path, picture p); /* grey, 16 bits */
bool write_webp(const char *path, picture p, float quality);
bool write_gif(const char *path, picture p); /* one frame, a palette of 6 x 6 x 6 colours, dithered */
bool write_bmp(const char *path, picture p);
bool write_tga(const char *path, picture p);
bool write_psd(const char *path, picture p);
bool write_ppm(const char *path, picture p);
/* Radiance RGBE; `rgb` are floats, 3 per pixel. */
bool write_hdr(const char *path, const float *rgb, int width, int height);

#endif
