/* Bytes as text: base64 of RFC 4648, section 4, with padding. Any thread. */
#ifndef VT_LAYOUT_BASE64_H
#define VT_LAYOUT_BASE64_H

#include "core/base/str.h"

/* Check `text->failed`. */
void vt_base64_append(vt_str *text, const void *bytes, size_t length);

/* Appends the bytes of a text. False, with some of them appended, if it is no base64 as _append writes it. */
bool vt_base64_decode(const char *text, size_t length, vt_str *bytes);

#endif
