/*
 * Limits: how large a file of somebody else's making may be before it is refused. Every refusal is a
 * VT_ERROR_LIMIT whose message names the limit. Values are settings; these are the defaults.
 */
#ifndef VT_DECODE_LIMITS_H
#define VT_DECODE_LIMITS_H

#include <stdint.h>

typedef struct vt_limits {
    uint32_t max_side;          /* pixels along one side */
    uint32_t max_scans;         /* scans of a progressive JPEG: each costs a pass over the whole picture */
    uint64_t max_pixels;        /* of a picture that must be decoded at full size */
    uint64_t max_pixels_scaled; /* of one that its library reduces while decoding (JPEG, WebP) */
    uint64_t max_image_bytes;   /* of an image file */
    uint64_t max_model_bytes;   /* of a model file */
    uint64_t max_memory;        /* bytes of address space of one decoder helper */
    int64_t wall_ns;            /* time for one file, longer only while the machine lets it starve ... */
    int64_t wall_ns_per_mib;    /* ... plus this for each MiB of it ... */
    int64_t wall_ns_cap;        /* ... but never more than this */
} vt_limits;

extern const vt_limits vt_limits_default;

/* Time allowed for a file of `bytes` bytes, in nanoseconds. */
int64_t vt_limits_wall(const vt_limits *limits, uint64_t bytes);

#endif
