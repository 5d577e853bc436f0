/*
 * Characters as UTF-8 (RFC 3629) and as UTF-16 (RFC 2781). Any thread.
 */
#ifndef VT_BASE_UNICODE_H
#define VT_BASE_UNICODE_H

#include <stdbool.h>
#include <stddef.h>

/* U+FFFD, in the place of what is no character. */
#define VT_REPLACEMENT 0xfffdU

/* True if all of `bytes` is well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates). */
bool vt_utf8_valid(const void *bytes, size_t count);

/* Length of the well-formed UTF-8 character at `bytes`, or 0 if there is none. `*code_point` may be NULL. */
size_t vt_utf8_decode(const void *bytes, size_t count, unsigned *code_point);

/* The largest length <= `limit` that does not end inside a character of `text`. */
size_t vt_utf8_cut(const char *text, size_t limit);

/* Writes a character, 1 to 4 bytes, and returns how many. What is none, half of a pair or above U+10FFFF,
   becomes VT_REPLACEMENT. */
size_t vt_utf8_encode(unsigned code_point, char to[4]);

/* One of the two units that a character beyond 16 bits has in UTF-16. */
static inline bool vt_utf16_is_half(unsigned unit)
{
    return unit >= 0xd800 && unit < 0xe000;
}

/* The character of two such units, 0xD800 to 0xDBFF and 0xDC00 to 0xDFFF. */
static inline unsigned vt_utf16_join(unsigned first, unsigned second)
{
    return 0x10000 + ((first & 0x3ff) << 10 | (second & 0x3ff));
}

/* Bytes that the first character takes, 2 or 4; 0 if there are fewer than two. Half of a pair without the
   other is given as it is (vt_utf16_is_half). */
size_t vt_utf16_decode(const void *bytes, size_t count, bool big_endian, unsigned *code_point);

#endif
