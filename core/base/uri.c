#include "core/base/uri.h"

#include <stdlib.h>
#include <string.h>

static int digit_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    char lower = (char)(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

static const char *skip(const char *at, const char *end, const char *prefix)
{
    size_t length = strlen(prefix);
    return (size_t)(end - at) >= length && memcmp(at, prefix, length) == 0 ? at + length : NULL;
}

char *vt_uri_to_path(const char *uri, size_t length)
{
    const char *end = uri + length;
    const char *at = skip(uri, end, "file://");
    const char *local = at ? skip(at, end, "localhost") : NULL;
    at = local ? local : at;
    if (!at || at == end || *at != '/') {
        return NULL;
    }
    char *path = malloc((size_t)(end - at) + 1);
    char *to = path;
    while (path && at < end) {
        int high = *at == '%' && end - at >= 3 ? digit_value(at[1]) : -1;
        int low = high >= 0 ? digit_value(at[2]) : -1;
        if (*at == '%' && (low < 0 || high * 16 + low == 0)) {
            free(path); /* a broken escape, or a NUL, which no path has */
            return NULL;
        }
        *to++ = *at == '%' ? (char)(high * 16 + low) : *at;
        at += *at == '%' ? 3 : 1;
    }
    if (path) {
        *to = '\0';
    }
    return path;
}

void vt_uri_from_path(const char *path, size_t length, vt_str *uri)
{
    /* RFC 3986, 2.3 and 3.3: what stands in a path as it is; but for the ';', which GLib writes as %3B, and
       other programs must find by our URIs what they have filed by theirs. */
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/!$&'()*+,=:@";
    vt_str_append_cstr(uri, "file://");
    for (size_t i = 0; i < length; i++) {
        if (path[i] && strchr(plain, path[i])) {
            vt_str_append_char(uri, path[i]);
        } else {
            vt_str_appendf(uri, "%%%02X", (unsigned char)path[i]);
        }
    }
}
