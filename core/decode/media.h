/*
 * What is known of a file's content once it has been decoded: the record that travels from the decoder helper
 * to the import, the catalog and the views. Plain data without pointers, so that it crosses a process border
 * as it is.
 */
#ifndef VT_DECODE_MEDIA_H
#define VT_DECODE_MEDIA_H

#include <stdint.h>

/* Kinds of items. The numbers are stored in catalogs: never renumber. */
typedef enum vt_kind {
    VT_KIND_UNKNOWN = 0,
    VT_KIND_IMAGE = 1,
    VT_KIND_MODEL = 2,
    VT_KIND_SEQUENCE = 3
} vt_kind;

/* File formats. The numbers are stored in catalogs: never renumber, add at the end. */
typedef enum vt_format {
    VT_FORMAT_UNKNOWN = 0,
    VT_FORMAT_JPEG = 1,
    VT_FORMAT_PNG = 2,
    VT_FORMAT_WEBP = 3,
    VT_FORMAT_GIF = 4,
    VT_FORMAT_BMP = 5,
    VT_FORMAT_TGA = 6,
    VT_FORMAT_PSD = 7,
    VT_FORMAT_HDR = 8,
    VT_FORMAT_PNM = 9,
    VT_FORMAT_STL = 10,
    VT_FORMAT_COUNT
} vt_format;

typedef enum vt_watertight {
    VT_WATERTIGHT_UNKNOWN = 0,
    VT_WATERTIGHT_NO = 1,
    VT_WATERTIGHT_YES = 2
} vt_watertight;

typedef struct vt_media_info {
    uint8_t kind;        /* vt_kind */
    uint8_t format;      /* vt_format */
    uint8_t orientation; /* EXIF orientation found, 1 to 8; 0 if none. Width and height are as displayed. */
    uint8_t has_alpha;   /* 1 if some pixel may be transparent */
    uint8_t channels;    /* in the file: 1 grey, 2 grey + alpha, 3 RGB, 4 RGBA or CMYK */
    uint8_t bit_depth;   /* in the file, per channel; 32 for floating point */
    uint8_t watertight;  /* vt_watertight, models only */
    uint8_t ascii;       /* 1 for a text form of the format (STL) */
    uint32_t width;      /* pixels; images only */
    uint32_t height;     /* pixels; images only */
    uint64_t triangles;  /* of a model; of a sequence: its frames */
    uint64_t vertices;   /* distinct positions; models only */
    float bounds_min[3]; /* model units; models only */
    float bounds_max[3];
    double area;                /* model units squared */
    double volume;              /* model units cubed, of the enclosed space; meaningful if watertight */
    uint32_t dropped_triangles; /* left out because a coordinate was not a finite number */
    uint32_t reserved;          /* 0 */
} vt_media_info;

#endif
