/*
 * Colour profiles: turns the pixels of a picture with an embedded ICC profile into sRGB.
 *
 * By Little CMS 2, perceptual intent, after scaling: a thumbnail's pixels are few. A profile that changes
 * nothing (its effect on a grid of colours is at most one step of 255) is recognised once and costs nothing
 * from then on. RGB and grey profiles are used; those of CMYK are not, since the decoder has made RGB of such
 * a picture already.
 *
 * A cache keeps the transforms of the profiles seen last: cameras write the same one into every file.
 * Threads: a cache belongs to one thread at a time. Opens no file. Runs in the decoder helper.
 */
#ifndef VT_DECODE_ICC_H
#define VT_DECODE_ICC_H

#include "core/decode/image.h"

#include <stdbool.h>
#include <stddef.h>

#define VT_ICC_CACHE_PROFILES      8
#define VT_ICC_CACHE_PROFILE_BYTES ((size_t)1 << 20) /* a larger one is looked at anew each time */

/* NULL when memory runs out. */
vt_icc_cache *vt_icc_cache_create(void);
void vt_icc_cache_free(vt_icc_cache *cache);

/* True if `profile` is of use for pictures of so many channels (vt_media_info.channels) and means other
   colours than sRGB. */
bool vt_icc_matters(vt_icc_cache *cache, const void *profile, size_t size, unsigned channels);

/* Converts `pixels` (premultiplied BGRA) in place. False if they were left as they are: the profile does not
   matter, is broken, or there was no memory. */
bool vt_icc_convert(vt_icc_cache *cache, const void *profile, size_t size, unsigned channels, bool has_alpha,
                    vt_pixels *pixels);

/* Profiles that were opened so far, for tests: a second picture of the same profile opens none. */
unsigned vt_icc_opened(const vt_icc_cache *cache);

#endif
