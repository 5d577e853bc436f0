/*
 * Strings: a growable byte buffer, and UTF-8 helpers for what came from outside.
 *
 * File names are bytes, not text: they are kept as they are everywhere and turned into valid UTF-8 only for
 * display (vt_str_append_display). Threads: a vt_str belongs to one thread at a time.
 */
#ifndef VT_BASE_STR_H
#define VT_BASE_STR_H

#include "core/base/unicode.h"

#include <stdbool.h>
#include <stddef.h>

/* A byte string that grows. `data` always ends in a NUL that `length` does not count; bytes may contain NULs.
   Start with VT_STR_INIT; release with vt_str_free. When memory runs out, `failed` is set, further appends do
   nothing and `data` keeps what it had: check once at the end. */
typedef struct vt_str {
    char *data; /* owned; never NULL, but points to a constant while nothing was appended */
    size_t length;
    size_t capacity; /* 0 while `data` points to the constant */
    bool failed;
} vt_str;

extern char vt_str_nothing[1];

#define VT_STR_INIT                                                                                          \
    {                                                                                                        \
        vt_str_nothing, 0, 0, false                                                                          \
    }

void vt_str_append(vt_str *str, const void *bytes, size_t count);
void vt_str_append_cstr(vt_str *str, const char *text);
void vt_str_append_char(vt_str *str, char c);
void vt_str_appendf(vt_str *str, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Appends `bytes` as valid UTF-8 fit for one line of a window or terminal: a byte that is not part of a valid
   character becomes U+FFFD, control characters (newline, escape, bidirectional overrides) become U+FFFD too.
 */
void vt_str_append_display(vt_str *str, const void *bytes, size_t count);

/* Makes room for `count` more bytes; false and `failed` when memory runs out. */
bool vt_str_reserve(vt_str *str, size_t count);

/* Sets the length to 0 and keeps the memory. */
void vt_str_clear(vt_str *str);

/* Hands the bytes over to the caller, who frees them with free(); the string is empty afterwards.
   NULL if an append had failed (everything is released then). */
char *vt_str_take(vt_str *str);

void vt_str_free(vt_str *str);

#endif
