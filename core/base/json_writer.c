#include "core/base/json_writer.h"

#include "core/base/str.h"

#include <errno.h>
#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool vt_json_to_str(void *user, const char *bytes, size_t count)
{
    vt_str *str = user;
    vt_str_append(str, bytes, count);
    if (str->failed) {
        errno = ENOMEM;
    }
    return !str->failed;
}

bool vt_json_to_file(void *user, const char *bytes, size_t count)
{
    return fwrite(bytes, 1, count, user) == count;
}

static void put(vt_json_writer *json, const char *bytes, size_t count)
{
    if (json->fault.code != VT_ERROR_NONE || count == 0) {
        return;
    }
    errno = 0;
    if (!json->sink(json->user, bytes, count)) {
        vt_error_set_errno(&json->fault, errno ? errno : EIO, "cannot write JSON");
    }
}

static void put_text(vt_json_writer *json, const char *text)
{
    put(json, text, strlen(text));
}

static void misuse(vt_json_writer *json, const char *what)
{
    if (json->fault.code == VT_ERROR_NONE) {
        vt_error_set(&json->fault, VT_ERROR_INTERNAL, "JSON writer: %s", what);
    }
}

static bool failed(const vt_json_writer *json)
{
    return json->fault.code != VT_ERROR_NONE;
}

static bool in_object(const vt_json_writer *json)
{
    return json->depth > 0 && json->closing[json->depth - 1] == '}';
}

static void new_line(vt_json_writer *json)
{
    if (json->style == VT_JSON_INDENTED) {
        put_text(json, "\n");
        for (unsigned level = 0; level < json->depth; level++) {
            put_text(json, "  ");
        }
    }
}

/* Comma and line break before the next key, or before the next value of an array. */
static void separate(vt_json_writer *json)
{
    bool *has_items = &json->has_items[json->depth - 1];
    if (*has_items) {
        put_text(json, ",");
    }
    *has_items = true;
    new_line(json);
}

/* What stands before any value; false if none may stand here. */
static bool begin_value(vt_json_writer *json)
{
    if (failed(json)) {
        return false;
    }
    if (json->depth == 0) {
        if (json->has_root) {
            misuse(json, "a second value at the top");
            return false;
        }
        json->has_root = true;
    } else if (in_object(json)) {
        if (!json->has_key) {
            misuse(json, "a value without a key in an object");
            return false;
        }
        json->has_key = false;
    } else {
        separate(json);
    }
    return !failed(json);
}

void vt_json_begin(vt_json_writer *json, vt_json_sink sink, void *user, vt_json_style style)
{
    *json = (vt_json_writer){.sink = sink, .user = user, .style = style};
}

bool vt_json_end(vt_json_writer *json, vt_error *error)
{
    if (json->depth > 0) {
        misuse(json, "an object or array was not ended");
    } else if (!json->has_root) {
        misuse(json, "no value was written");
    }
    if (json->style == VT_JSON_INDENTED) {
        put_text(json, "\n");
    }
    if (failed(json) && error) {
        *error = json->fault;
    }
    return !failed(json);
}

static void open_level(vt_json_writer *json, const char *opening, char closing)
{
    if (!begin_value(json)) {
        return;
    }
    if (json->depth == VT_JSON_DEPTH_MAX) {
        misuse(json, "nested too deep");
        return;
    }
    put_text(json, opening);
    json->closing[json->depth] = closing;
    json->has_items[json->depth] = false;
    json->depth++;
}

static void close_level(vt_json_writer *json, char closing)
{
    if (failed(json)) {
        return;
    }
    if (json->depth == 0 || json->closing[json->depth - 1] != closing || json->has_key) {
        misuse(json, "an end that matches no beginning");
        return;
    }
    json->depth--;
    if (json->has_items[json->depth]) {
        new_line(json);
    }
    put(json, &closing, 1);
}

void vt_json_object_begin(vt_json_writer *json)
{
    open_level(json, "{", '}');
}

void vt_json_object_end(vt_json_writer *json)
{
    close_level(json, '}');
}

void vt_json_array_begin(vt_json_writer *json)
{
    open_level(json, "[", ']');
}

void vt_json_array_end(vt_json_writer *json)
{
    close_level(json, ']');
}

static void put_escaped(vt_json_writer *json, unsigned char c)
{
    static const char *const short_forms[128] = {
        ['"'] = "\\\"", ['\\'] = "\\\\", ['\b'] = "\\b", ['\f'] = "\\f",
        ['\n'] = "\\n", ['\r'] = "\\r",  ['\t'] = "\\t",
    };
    if (short_forms[c]) {
        put_text(json, short_forms[c]);
    } else {
        char text[8];
        snprintf(text, sizeof text, "\\u%04x", c);
        put_text(json, text);
    }
}

/* Plain stretches go out in one piece: most text has nothing to escape. */
static void put_quoted(vt_json_writer *json, const char *bytes, size_t count)
{
    put_text(json, "\"");
    size_t plain = 0; /* start of what is not yet written */
    size_t at = 0;
    while (at < count && !failed(json)) {
        unsigned char c = (unsigned char)bytes[at];
        if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
            at++;
            continue;
        }
        size_t length = c < 0x80 ? 0 : vt_utf8_decode(bytes + at, count - at, NULL);
        if (length > 0) {
            at += length;
            continue;
        }
        put(json, bytes + plain, at - plain);
        if (c < 0x80) {
            put_escaped(json, c);
        } else {
            put_text(json, "\xef\xbf\xbd"); /* U+FFFD */
        }
        at++;
        plain = at;
    }
    put(json, bytes + plain, at - plain);
    put_text(json, "\"");
}

void vt_json_key(vt_json_writer *json, const char *name)
{
    if (failed(json)) {
        return;
    }
    if (!in_object(json) || json->has_key) {
        misuse(json, "a key where none may stand");
        return;
    }
    separate(json);
    put_quoted(json, name, strlen(name));
    put_text(json, json->style == VT_JSON_INDENTED ? ": " : ":");
    json->has_key = true;
}

void vt_json_bytes(vt_json_writer *json, const void *bytes, size_t count)
{
    if (begin_value(json)) {
        put_quoted(json, bytes, count);
    }
}

static void value_text(vt_json_writer *json, const char *text)
{
    if (begin_value(json)) {
        put_text(json, text);
    }
}

void vt_json_string(vt_json_writer *json, const char *text)
{
    if (text) {
        vt_json_bytes(json, text, strlen(text));
    } else {
        vt_json_null(json);
    }
}

void vt_json_int(vt_json_writer *json, int64_t value)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, value);
    value_text(json, text);
}

void vt_json_uint(vt_json_writer *json, uint64_t value)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRIu64, value);
    value_text(json, text);
}

/* The decimal point of the locale, which may be several bytes, becomes the one JSON knows. */
static void use_point(char *text)
{
    const char *point = localeconv()->decimal_point;
    size_t length = strlen(point);
    char *found = length ? strstr(text, point) : NULL;
    if (found) {
        *found = '.';
        memmove(found + 1, found + length, strlen(found + length) + 1);
    }
}

void vt_json_double(vt_json_writer *json, double value)
{
    if (!isfinite(value)) {
        vt_json_null(json);
        return;
    }
    char text[48];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value) {
            break;
        }
    }
    use_point(text);
    value_text(json, text);
}

void vt_json_bool(vt_json_writer *json, bool value)
{
    value_text(json, value ? "true" : "false");
}

void vt_json_null(vt_json_writer *json)
{
    value_text(json, "null");
}
