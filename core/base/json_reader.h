/*
 * JSON reader (RFC 8259), the other half of json_writer.h: goes through a text in the order it stands,
 * without building a tree of it, so a hostile text costs no more memory than its longest string.
 *
 *     vt_json_reader json;
 *     vt_json_text key;
 *     vt_json_read_begin(&json, "settings", text, length);
 *     if (vt_json_enter_object(&json)) {
 *         while (vt_json_next_member(&json, &key)) {
 *             if (vt_json_text_is(&key, "items")) {
 *                 vt_json_read_int(&json, 0, 1000, &items);
 *             } else {
 *                 vt_json_skip(&json);
 *             }
 *         }
 *     }
 *     if (!vt_json_read_end(&json, &error)) ...
 *
 * Every member and item must be read or skipped before the next is asked for. No call needs checking but for
 * the loops: the first fault ends all reading, every call returns false from then on, and vt_json_read_end
 * tells it, with line and column.
 *
 * Strict: well-formed UTF-8 only, no lone surrogates, no comments, no text behind the value, no number beyond
 * a double. Members of an object come as they stand, one that is there twice comes twice.
 * Threads: a reader belongs to one thread at a time.
 */
#ifndef VT_BASE_JSON_READER_H
#define VT_BASE_JSON_READER_H

#include "core/base/error.h"
#include "core/base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_JSON_READ_DEPTH_MAX 256 /* objects and arrays within each other */

typedef enum vt_json_kind {
    VT_JSON_NOTHING, /* no value stands here, or a fault was found */
    VT_JSON_OBJECT,
    VT_JSON_ARRAY,
    VT_JSON_TEXT,
    VT_JSON_NUMBER,
    VT_JSON_BOOL,
    VT_JSON_NULL
} vt_json_kind;

/* A string or key, escapes resolved: not NUL-terminated, may hold NULs; valid until the next call. */
typedef struct vt_json_text {
    const char *bytes;
    size_t length;
} vt_json_text;

/* A value on the stack; its fields are private. */
typedef struct vt_json_reader {
    const char *what; /* what is read, for messages */
    const char *text;
    size_t length, at;
    size_t value_at; /* where the value or key that was read last begins */
    unsigned depth;
    bool fresh;      /* an object or array was entered, and nothing of it read yet */
    vt_str unquoted; /* a string that had escapes */
    vt_error fault;  /* the first one */
} vt_json_reader;

/* Starts on a text, which must outlive the reader, as `what` must: "layout", for messages. */
void vt_json_read_begin(vt_json_reader *json, const char *what, const char *text, size_t length);

/* Ends it and releases what it holds. False and `error` (VT_ERROR_CORRUPT for what is no JSON or not of the
   kind asked for, VT_ERROR_LIMIT, VT_ERROR_MEMORY, or what vt_json_refuse was given) if anything was wrong or
   stands behind the value. */
bool vt_json_read_end(vt_json_reader *json, vt_error *error);

/* Of the value that stands here; reads nothing. */
vt_json_kind vt_json_read_kind(vt_json_reader *json);

/* Into an object, then to each of its members: false behind the last one, and the object is left. */
bool vt_json_enter_object(vt_json_reader *json);
bool vt_json_next_member(vt_json_reader *json, vt_json_text *key);

/* The same for an array. */
bool vt_json_enter_array(vt_json_reader *json);
bool vt_json_next_item(vt_json_reader *json);

/* Values. Numbers in full: 3.0 is no integer; what lies beyond the limits is refused with both named. */
bool vt_json_read_text(vt_json_reader *json, size_t bytes_max, vt_json_text *text);
bool vt_json_read_double(vt_json_reader *json, double *value);
bool vt_json_read_int(vt_json_reader *json, int64_t least, int64_t most, int64_t *value);
bool vt_json_read_bool(vt_json_reader *json, bool *value);

/* Goes past a value of any kind. */
bool vt_json_skip(vt_json_reader *json);

bool vt_json_text_is(const vt_json_text *text, const char *other);

/* The caller found something wrong with what it read last: the fault of this text from here, unless there is
   one already. Returns false. */
bool vt_json_refuse(vt_json_reader *json, vt_error_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* True once a fault was found. */
bool vt_json_read_failed(const vt_json_reader *json);

#endif
