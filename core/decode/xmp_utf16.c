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
    while (count >= UNIT_BYTES && count % UNIT_BYTES == 0 && at[count - 1] == 0 && at[count - 2] == 0) {
        count -= UNIT_BYTES;
    }
    if (count % UNIT_BYTES != 0) {
        return false;
    }
    for (size_t i = MARK_BYTES, taken; i < count; i += taken) {
        unsigned code_point = 0;
        char encoded[4];
        taken = vt_utf16_decode(at + i, count - i, big_endian, &code_point);
        if (vt_utf16_is_half(code_point)) {
            return false;
        }
        vt_str_append(text, encoded, vt_utf8_encode(code_point, encoded));
    }
    if (!text->failed) {
        drop_declaration(text, from);
    }
    return !text->failed;
}
