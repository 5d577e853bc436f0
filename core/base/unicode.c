#include "core/base/unicode.h"

#include <string.h>

size_t vt_utf8_decode(const void *bytes, size_t count, unsigned *code_point)
{
    static const unsigned smallest[5] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *at = bytes;
    if (count == 0) {
        return 0;
    }
    unsigned first = at[0];
    size_t length = first < 0x80         ? 1
                    : (first >> 5) == 6  ? 2
                    : (first >> 4) == 14 ? 3
                    : (first >> 3) == 30 ? 4
                                         : 0;
    if (length == 0 || length > count) {
        return 0;
    }
    unsigned value = length == 1 ? first : first & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xc0) != 0x80) {
            return 0;
        }
        value = value << 6 | (at[i] & 0x3fu);
    }
    if (value < smallest[length] || value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) {
        return 0;
    }
    if (code_point) {
        *code_point = value;
    }
    return length;
}

bool vt_utf8_valid(const void *bytes, size_t count)
{
    const char *at = bytes;
    while (count > 0) {
        size_t length = vt_utf8_decode(at, count, NULL);
        if (length == 0) {
            return false;
        }
        at += length;
        count -= length;
    }
    return true;
}

size_t vt_utf8_cut(const char *text, size_t limit)
{
    size_t length = strnlen(text, limit);
    size_t start = length;
    while (start > 0 && length - start < 4) {
        start--;
        if (((unsigned char)text[start] & 0xc0) != 0x80) {
            return vt_utf8_decode(text + start, length - start, NULL) == length - start ? length : start;
        }
    }
    return length;
}

size_t vt_utf8_encode(unsigned code_point, char to[4])
{
    static const unsigned char leads[] = {0, 0, 0xc0, 0xe0, 0xf0};
    if (vt_utf16_is_half(code_point) || code_point > 0x10ffff) {
        code_point = VT_REPLACEMENT;
    }
    if (code_point < 0x80) {
        to[0] = (char)code_point;
        return 1;
    }
    size_t length = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--, code_point >>= 6) {
        to[i] = (char)(0x80 | (code_point & 0x3f));
    }
    to[0] = (char)(leads[length] | code_point);
    return length;
}

static unsigned unit_at(const unsigned char *bytes, bool big_endian)
{
    return big_endian ? (unsigned)bytes[0] << 8 | bytes[1] : (unsigned)bytes[1] << 8 | bytes[0];
}

size_t vt_utf16_decode(const void *bytes, size_t count, bool big_endian, unsigned *code_point)
{
    const unsigned char *at = bytes;
    if (count < 2) {
        return 0;
    }
    unsigned first = unit_at(at, big_endian);
    unsigned second = count < 4 ? 0 : unit_at(at + 2, big_endian);
    bool pair = (first & 0xfc00) == 0xd800 && (second & 0xfc00) == 0xdc00;
    *code_point = pair ? vt_utf16_join(first, second) : first;
    return pair ? 4 : 2;
}
