/*
 * File paths as URIs (RFC 8089) and back, byte for byte: a path need not be UTF-8, which is why Qt's texts
 * will not do. Any thread.
 */
#ifndef VT_BASE_URI_H
#define VT_BASE_URI_H

#include "core/base/str.h"

#include <stddef.h>

/* The path of "file:///a%20b" or "file://localhost/a": owned by the caller, free(). NULL for a URI of another
   kind or host, for one that is broken, and when memory runs out. */
char *vt_uri_to_path(const char *uri, size_t length);

/* Appends the URI of an absolute path. Check `uri->failed`. */
void vt_uri_from_path(const char *path, size_t length, vt_str *uri);

#endif
