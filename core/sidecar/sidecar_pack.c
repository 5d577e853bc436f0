#include "core/sidecar/sidecar_pack.h"

#include <string.h>

#define LENGTH_BYTES 4

void vt_sidecar_put_number(vt_str *to, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++) {
        vt_str_append_char(to, (char)(value >> (8 * i)));
    }
}

void vt_sidecar_put_text(vt_str *to, const char *text)
{
    size_t length = strlen(text);
    vt_sidecar_put_number(to, length, LENGTH_BYTES);
    vt_str_append(to, text, length + 1);
}

uint64_t vt_sidecar_get_number(vt_sidecar_unpacker *from, int bytes)
{
    uint64_t value = 0;
    if (from->failed || from->left < (size_t)bytes) {
        from->failed = true;
        return 0;
    }
    for (int i = 0; i < bytes; i++) {
        value |= (uint64_t)(unsigned char)from->at[i] << (8 * i);
    }
    from->at += bytes;
    from->left -= (size_t)bytes;
    return value;
}

const char *vt_sidecar_get_text(vt_sidecar_unpacker *from)
{
    size_t length = (size_t)vt_sidecar_get_number(from, LENGTH_BYTES);
    const char *text = from->at;
    if (from->failed || length >= from->left || memchr(text, '\0', length + 1) != text + length ||
        !vt_utf8_valid(text, length)) {
        from->failed = true;
        return "";
    }
    from->at += length + 1;
    from->left -= length + 1;
    return text;
}
