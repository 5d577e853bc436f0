/*
 * JSON writer (RFC 8259), streaming: a value goes to the sink as it is written, so a list of a million items
 * needs no memory.
 *
 *     vt_json_writer json;
 *     vt_json_begin(&json, vt_json_to_file, stdout, VT_JSON_INDENTED);
 *     vt_json_object_begin(&json);
 *     vt_json_key(&json, "items");
 *     vt_json_uint(&json, 3);
 *     vt_json_object_end(&json);
 *     if (!vt_json_end(&json, &error)) ...
 *
 * The output is always valid UTF-8: a byte that is not part of a well-formed character becomes U+FFFD. No
 * call needs checking: the first fault (sink failed, key missing, nested too deep) stops all output and is
 * told by vt_json_end. Threads: a writer belongs to one thread at a time.
 */
#ifndef VT_BASE_JSON_WRITER_H
#define VT_BASE_JSON_WRITER_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_JSON_DEPTH_MAX 128

typedef enum vt_json_style {
    VT_JSON_COMPACT, /* one line, no spaces: for programs and one record a line */
    VT_JSON_INDENTED /* two spaces a level, a newline at the end: for people */
} vt_json_style;

/* Takes `count` bytes; returns false if it could not, with errno set. */
typedef bool (*vt_json_sink)(void *user, const char *bytes, size_t count);

/* Sinks: `user` is a vt_str * or a FILE *. */
bool vt_json_to_str(void *user, const char *bytes, size_t count);
bool vt_json_to_file(void *user, const char *bytes, size_t count);

/* A value, so that it needs no allocation. Fields are private. */
typedef struct vt_json_writer {
    vt_json_sink sink;
    void *user;
    vt_json_style style;
    vt_error fault;                    /* the first one */
    unsigned depth;                    /* of open objects and arrays */
    char closing[VT_JSON_DEPTH_MAX];   /* '}' or ']' per level */
    bool has_items[VT_JSON_DEPTH_MAX]; /* per level: a comma is needed before the next */
    bool has_key;                      /* a key was written and waits for its value */
    bool has_root;                     /* the one top-level value was begun */
} vt_json_writer;

/* Starts a text of one top-level value. `user` must outlive the writer. */
void vt_json_begin(vt_json_writer *json, vt_json_sink sink, void *user, vt_json_style style);

/* Ends the text. False and `error` if anything went wrong since vt_json_begin: VT_ERROR_IO or the like from
   the sink, VT_ERROR_INTERNAL for calls in an order that makes no JSON. There is nothing to free. */
bool vt_json_end(vt_json_writer *json, vt_error *error);

void vt_json_object_begin(vt_json_writer *json);
void vt_json_object_end(vt_json_writer *json);
void vt_json_array_begin(vt_json_writer *json);
void vt_json_array_end(vt_json_writer *json);

/* The name of the next value in an object; NUL-terminated. */
void vt_json_key(vt_json_writer *json, const char *name);

/* Text of `count` bytes, NULs allowed. */
void vt_json_bytes(vt_json_writer *json, const void *bytes, size_t count);
/* NUL-terminated text; NULL writes null. */
void vt_json_string(vt_json_writer *json, const char *text);
void vt_json_int(vt_json_writer *json, int64_t value);
void vt_json_uint(vt_json_writer *json, uint64_t value);
/* The shortest of 15 to 17 digits that reads back as the same double, whatever the locale; NaN and
   infinities, which JSON lacks, write null. */
void vt_json_double(vt_json_writer *json, double value);
void vt_json_bool(vt_json_writer *json, bool value);
void vt_json_null(vt_json_writer *json);

#endif
