/*
 * The ICC profile that says of a picture: its colours are sRGB. Some programs take untagged colours for those
 * of the screen.
 *
 * Version 4.3 (ICC.1:2010), of 480 bytes, the same in each picture: the curve as a formula (IEC 61966-2-1),
 * and the primaries of ITU-R BT.709 with their white D65 adapted to D50 by the Bradford transform, as annex E
 * of that specification has it. Any thread.
 */
#ifndef VT_EXPORT_SRGB_PROFILE_H
#define VT_EXPORT_SRGB_PROFILE_H

#include <stdint.h>

#define VT_SRGB_PROFILE_BYTES 480

void vt_srgb_profile_make(uint8_t profile[VT_SRGB_PROFILE_BYTES]);

#endif
