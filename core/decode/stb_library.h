/*
 * stb_image, compiled once (stb_library.c) with only the formats that no better library reads, dimensions
 * limited, and memory zeroed: formats that read past the end of a short file then show black, not what the
 * memory held before.
 */
#ifndef VT_DECODE_STB_LIBRARY_H
#define VT_DECODE_STB_LIBRARY_H

#define STBI_NO_JPEG
#define STBI_NO_PNG
#define STBI_NO_PIC
#define STBI_NO_STDIO
#define STBI_MAX_DIMENSIONS 65500

#include <stb/stb_image.h>

#endif
