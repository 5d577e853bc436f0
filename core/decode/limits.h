/*
 * Limits: how large a file of somebody else's making may be before it is refused. Every refusal is a
 * VT_ERROR_LIMIT (VT_ERROR_TIMEOUT for time) whose message names the setting that allows more
 * (core/settings/settings.h); these are the defaults.
 */
#ifndef VT_DECODE_LIMITS_H
#define VT_DECODE_LIMITS_H

#include <stdint.h>

/* The end of a refusal's message. */
#define VT_LIMIT_RAISE(setting) "; to allow it, raise the setting " setting " and try the file again"

/* Names of the settings, as the table has them. */
#define VT_LIMIT_SIDE          "limits.side"
#define VT_LIMIT_SCANS         "limits.scans"
#define VT_LIMIT_PIXELS        "limits.pixels"
#define VT_LIMIT_PIXELS_SCALED "limits.pixels_scaled"
#define VT_LIMIT_IMAGE_FILE    "limits.image_file"
#define VT_LIMIT_MODEL_FILE    "limits.model_file"
#define VT_LIMIT_TRIANGLES     "limits.triangles"
#define VT_LIMIT_MEMORY        "limits.helper_memory"
#define VT_LIMIT_TIME          "limits.time"
#define VT_LIMIT_TIME_PER_MIB  "limits.time_per_mib"
#define VT_LIMIT_TIME_MAX      "limits.time_max"

typedef struct vt_limits {
    uint32_t max_side;          /* pixels along one side */
    uint32_t max_scans;         /* scans of a progressive JPEG: each costs a pass over the whole picture */
    uint64_t max_pixels;        /* of a picture that must be decoded at full size */
    uint64_t max_pixels_scaled; /* of one that its library reduces while decoding (JPEG, WebP) */
    uint64_t max_image_bytes;   /* of an image file */
    uint64_t max_model_bytes;   /* of a model file */
    uint64_t max_triangles;     /* of a model */
    uint64_t max_memory;        /* bytes of address space of one decoder helper */
    int64_t wall_ns;            /* time for one file, longer only while the machine lets it starve ... */
    int64_t wall_ns_per_mib;    /* ... plus this for each MiB of it ... */
    int64_t wall_ns_cap;        /* ... but never more than this */
} vt_limits;

extern const vt_limits vt_limits_default;

/* Time allowed for a file of `bytes` bytes, in nanoseconds. */
int64_t vt_limits_wall(const vt_limits *limits, uint64_t bytes);

#endif
