/*
 * XMP that is UTF-16, as ISO 16684-1 (7.1) allows a packet to be, made UTF-8. Any thread.
 */
#ifndef VT_DECODE_XMP_UTF16_H
#define VT_DECODE_XMP_UTF16_H

#include "core/base/str.h"

#include <stdbool.h>
#include <stddef.h>

/* True if the bytes begin with the byte order mark of UTF-16, of either order, and not with that of UTF-32.
 */
bool vt_xmp_is_utf16(const void *bytes, size_t count);

/* Appends such bytes as UTF-8: without the mark, without an XML declaration, which may name the encoding, and
   without zeros at the end. False if they are no UTF-16 (half a character, an odd byte), or `text` has
   failed.
 */
bool vt_xmp_from_utf16(const void *bytes, size_t count, vt_str *text);

#endif
