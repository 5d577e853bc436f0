#include "core/layout/base64.h"

#include <string.h>

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void vt_base64_append(vt_str *text, const void *bytes, size_t length)
{
    const unsigned char *from = bytes;
    for (size_t i = 0; i < length; i += 3) {
        size_t count = length - i < 3 ? length - i : 3;
        unsigned group = (unsigned)from[i] << 16 | (count > 1 ? (unsigned)from[i + 1] << 8 : 0) |
                         (count > 2 ? from[i + 2] : 0);
        char four[4];
        for (size_t k = 0; k < 4; k++) {
            four[k] = k <= count ? letters[group >> (18 - 6 * k) & 63] : '=';
        }
        vt_str_append(text, four, 4);
    }
}

static int value_of(char c)
{
    const char *found = c ? strchr(letters, c) : NULL;
    return found ? (int)(found - letters) : -1;
}

bool vt_base64_decode(const char *text, size_t length, vt_str *bytes)
{
    if (length % 4 != 0) {
        return false;
    }
    for (size_t i = 0; i < length; i += 4) {
        unsigned group = 0;
        size_t count = 4;
        if (i + 4 == length && text[i + 3] == '=') {
            count = text[i + 2] == '=' ? 2 : 3;
        }
        for (size_t k = 0; k < 4; k++) {
            int value = k < count ? value_of(text[i + k]) : 0;
            if (value < 0) {
                return false;
            }
            group = group << 6 | (unsigned)value;
        }
        /* What padding cuts off is nothing, or two texts would mean the same. */
        if ((count == 2 && (group & 0xFFFF) != 0) || (count == 3 && (group & 0xFF) != 0)) {
            return false;
        }
        const char three[] = {(char)(group >> 16), (char)(group >> 8), (char)group};
        vt_str_append(bytes, three, count - 1);
    }
    return true;
}
