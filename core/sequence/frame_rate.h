/*
 * Frame rates as exact fractions: 24, 12.5, 30000/1001.
 *
 * The rates of NTSC video are written with decimals and mean a fraction: 23.976 and 23.98 are 24000/1001,
 * 29.97 is 30000/1001 (SMPTE ST 12-1). Numbers are written with a point, whatever the locale.
 * Threads: no state, any thread.
 */
#ifndef VT_SEQUENCE_FRAME_RATE_H
#define VT_SEQUENCE_FRAME_RATE_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Frames a second: numerator / denominator, in lowest terms, both above 0. */
typedef struct vt_frame_rate {
    uint32_t numerator, denominator;
} vt_frame_rate;

/* Film, and what programs that write frames start with. */
#define VT_FRAME_RATE_DEFAULT                                                                                \
    (vt_frame_rate)                                                                                          \
    {                                                                                                        \
        24, 1                                                                                                \
    }

#define VT_FRAME_RATE_MAX         1000    /* frames a second */
#define VT_FRAME_RATE_SECONDS_MAX 3600    /* a frame may stand still for */
#define VT_FRAME_RATE_PART_MAX    1000000 /* of numerator and denominator */
#define VT_FRAME_RATE_DECIMALS    6       /* digits after the point, at most */

/* Room for the longest text of vt_frame_rate_format and its NUL. */
#define VT_FRAME_RATE_TEXT 24

/* Makes a rate of two numbers, in lowest terms. False and VT_ERROR_LIMIT if it is beyond the limits above. */
bool vt_frame_rate_make(uint64_t numerator, uint64_t denominator, vt_frame_rate *rate, vt_error *error);

/* Reads `length` bytes: "24", "23.976" or "30000/1001", spaces around allowed. False and `error`:
   VT_ERROR_USAGE (the message says what was found where), VT_ERROR_LIMIT. `*position` (NULL allowed) is then
   the byte offset of the place. */
bool vt_frame_rate_parse(const char *text, size_t length, vt_frame_rate *rate, size_t *position,
                         vt_error *error);

/* Writes the shortest text that vt_frame_rate_parse reads as the same rate: "24", "23.976", "12.5", "10/3".
   Returns its length. `rate`: within the limits. */
size_t vt_frame_rate_format(vt_frame_rate rate, char text[VT_FRAME_RATE_TEXT]);

#endif
