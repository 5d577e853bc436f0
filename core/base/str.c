#include "core/base/str.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char vt_str_nothing[1] = "";

bool vt_str_reserve(vt_str *str, size_t count)
{
    if (str->failed || count > SIZE_MAX / 4 - str->length) {
        str->failed = true;
        return false;
    }
    size_t needed = str->length + count + 1;
    if (needed <= str->capacity) {
        return true;
    }
    size_t capacity = str->capacity ? str->capacity : 64;
    while (capacity < needed) {
        capacity *= 2;
    }
    char *data = realloc(str->capacity ? str->data : NULL, capacity);
    if (!data) {
        str->failed = true;
        return false;
    }
    if (!str->capacity) {
        data[0] = '\0';
    }
    str->data = data;
    str->capacity = capacity;
    return true;
}

void vt_str_append(vt_str *str, const void *bytes, size_t count)
{
    if (count == 0 || !vt_str_reserve(str, count)) {
        return;
    }
    memcpy(str->data + str->length, bytes, count);
    str->length += count;
    str->data[str->length] = '\0';
}

void vt_str_append_cstr(vt_str *str, const char *text)
{
    vt_str_append(str, text, strlen(text));
}

void vt_str_append_char(vt_str *str, char c)
{
    vt_str_append(str, &c, 1);
}

void vt_str_appendf(vt_str *str, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0) {
        str->failed = true;
        return;
    }
    if (length == 0 || !vt_str_reserve(str, (size_t)length)) {
        return;
    }
    va_start(args, format);
    vsnprintf(str->data + str->length, (size_t)length + 1, format, args);
    va_end(args);
    str->length += (size_t)length;
}

/* Control characters, and the bidirectional overrides that make "gpj.exe" look like "exe.jpg". */
static bool is_unprintable(unsigned code_point)
{
    return code_point < 0x20 || (code_point >= 0x7f && code_point < 0xa0) ||
           (code_point >= 0x202a && code_point <= 0x202e) || (code_point >= 0x2066 && code_point <= 0x2069) ||
           code_point == 0x2028 || code_point == 0x2029;
}

void vt_str_append_display(vt_str *str, const void *bytes, size_t count)
{
    const char *at = bytes;
    while (count > 0) {
        unsigned code_point = 0;
        size_t length = vt_utf8_decode(at, count, &code_point);
        if (length == 0 || is_unprintable(code_point)) {
            vt_str_append(str, "\xef\xbf\xbd", 3);
            length = length ? length : 1;
        } else {
            vt_str_append(str, at, length);
        }
        at += length;
        count -= length;
    }
}

void vt_str_clear(vt_str *str)
{
    str->length = 0;
    if (str->capacity) {
        str->data[0] = '\0';
    }
}

char *vt_str_take(vt_str *str)
{
    if (!str->failed && str->capacity == 0) {
        vt_str_reserve(str, 1);
    }
    char *data = NULL;
    if (str->failed) {
        vt_str_free(str);
    } else {
        data = str->data;
    }
    *str = (vt_str)VT_STR_INIT;
    return data;
}

void vt_str_free(vt_str *str)
{
    if (str->capacity) {
        free(str->data);
    }
    *str = (vt_str)VT_STR_INIT;
}
