#include "core/decode/xmp_utf16.h"

#include <stdint.h>
#include <string.h>

enum { MARK_BYTES = 2, UNIT_BYTES = 2 };

bool vt_xmp_is_utf16(const void *bytes, size_t count)
{
    const uint8_t *at = bytes;
    if (count < MARK_BYTES) {
        return false;
    }
    bool utf32 = count >= 4 && at[0] == 0xff && at[1] == 0xfe && at[2] == 0 && at[3] == 0;
    return ((at[0] == 0xff && at[1] == 0xfe) || (at[0] == 0xfe && at[1] == 0xff)) && !utf32;
}

static unsigned unit_at(const uint8_t *bytes, bool big_endian)
{
    return big_endian ? (unsigned)bytes[0] << 8 | bytes[1] : (unsigned)bytes[1] << 8 | bytes[0];
}

/* RFC 3629. */
static size_t encode(unsigned code_point, char to[4])
{
    if (code_point < 0x80) {
        to[0] = (char)code_point;
        return 1;
    }
    size_t length = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = length - 1; i > 0; i--, code_point >>= 6) {
        to[i] = (char)(0x80 | (code_point & 0x3f));
    }
    to[0] = (char)(lead[length] | code_point);
    return length;
}

/* <?xml ... ?> at the beginning of what was appended from `from` on. */
static void drop_declaration(vt_str *text, size_t from)
{
    const char *start = text->data + from;
    size_t length = text->length - from;
    const char *end = length > 6 && memcmp(start, "<?xml", 5) == 0 && strchr(" \t\r\n", start[5])
                          ? memmem(start, length, "?>", 2)
                          : NULL;
    if (end) {
        size_t dropped = (size_t)(end + 2 - start);
        memmove(text->data + from, end + 2, length - dropped + 1);
        text->length -= dropped;
    }
}

bool vt_xmp_from_utf16(const void *bytes, size_t count, vt_str *text)
{
    const uint8_t *at = bytes;
    bool big_endian = at[0] == 0xfe;
    size_t from = text->length;
    while (count >= UNIT_BYTES && count % UNIT_BYTES == 0 &&
           unit_at(at + count - UNIT_BYTES, big_endian) == 0) {
        count -= UNIT_BYTES;
    }
    if (count % UNIT_BYTES != 0) {
        return false;
    }
    for (size_t i = MARK_BYTES; i < count; i += UNIT_BYTES) {
        unsigned code_point = unit_at(at + i, big_endian);
        char encoded[4];
        if (code_point >= 0xd800 && code_point < 0xe000) { /* the first of two units */
            unsigned second = i + UNIT_BYTES < count ? unit_at(at + i + UNIT_BYTES, big_endian) : 0;
            if (code_point >= 0xdc00 || second < 0xdc00 || second >= 0xe000) {
                return false;
            }
            code_point = 0x10000 + ((code_point - 0xd800) << 10) + (second - 0xdc00);
            i += UNIT_BYTES;
        }
        vt_str_append(text, encoded, encode(code_point, encoded));
    }
    if (!text->failed) {
        drop_declaration(text, from);
    }
    return !text->failed;
}
