#include "core/base/json_reader.h"

#include <errno.h>
#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Longer numbers mean nothing that a double could hold. */
enum { NUMBER_MAX = 100, POINT_MAX = 4 }; /* some locales have a point of several bytes */

bool vt_json_read_failed(const vt_json_reader *json)
{
    return json->fault.code != VT_ERROR_NONE;
}

/* The first fault, with its place as an editor counts it. */
static bool fault_at(vt_json_reader *json, size_t at, vt_error_code code, const char *words)
{
    if (!vt_json_read_failed(json)) {
        size_t line = 1, begin = 0;
        for (size_t i = 0; i < at && i < json->length; i++) {
            if (json->text[i] == '\n') {
                line++;
                begin = i + 1;
            }
        }
        vt_error_set(&json->fault, code, "%s, line %zu, column %zu: %s", json->what, line, at - begin + 1,
                     words);
    }
    return false;
}

bool vt_json_refuse(vt_json_reader *json, vt_error_code code, const char *format, ...)
{
    char words[384];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    return fault_at(json, json->value_at, code, words);
}

static bool corrupt(vt_json_reader *json, size_t at, const char *words)
{
    return fault_at(json, at, VT_ERROR_CORRUPT, words);
}

static void skip_space(vt_json_reader *json)
{
    while (json->at < json->length && (json->text[json->at] == ' ' || json->text[json->at] == '\t' ||
                                       json->text[json->at] == '\n' || json->text[json->at] == '\r')) {
        json->at++;
    }
}

/* The byte that stands here, or NUL at the end of the text. */
static char here(const vt_json_reader *json)
{
    return json->at < json->length ? json->text[json->at] : '\0';
}

void vt_json_read_begin(vt_json_reader *json, const char *what, const char *text, size_t length)
{
    *json = (vt_json_reader){.what = what, .text = text, .length = length, .unquoted = VT_STR_INIT};
}

bool vt_json_read_end(vt_json_reader *json, vt_error *error)
{
    if (!vt_json_read_failed(json)) {
        skip_space(json);
        if (json->at < json->length) {
            corrupt(json, json->at, "more text stands behind its end");
        }
    }
    vt_str_free(&json->unquoted);
    json->unquoted = (vt_str)VT_STR_INIT;
    if (vt_json_read_failed(json) && error) {
        *error = json->fault;
    }
    return !vt_json_read_failed(json);
}

vt_json_kind vt_json_read_kind(vt_json_reader *json)
{
    if (vt_json_read_failed(json)) {
        return VT_JSON_NOTHING;
    }
    skip_space(json);
    char c = here(json);
    switch (c) {
    case '{':
        return VT_JSON_OBJECT;
    case '[':
        return VT_JSON_ARRAY;
    case '"':
        return VT_JSON_TEXT;
    case 't':
    case 'f':
        return VT_JSON_BOOL;
    case 'n':
        return VT_JSON_NULL;
    default:
        return c == '-' || (c >= '0' && c <= '9') ? VT_JSON_NUMBER : VT_JSON_NOTHING;
    }
}

/* To a value of this kind; false if another stands here. */
static bool expect(vt_json_reader *json, vt_json_kind kind)
{
    static const char *const wanted[] = {
        [VT_JSON_OBJECT] = "an object", [VT_JSON_ARRAY] = "a list",       [VT_JSON_TEXT] = "a text in quotes",
        [VT_JSON_NUMBER] = "a number",  [VT_JSON_BOOL] = "true or false", [VT_JSON_NULL] = "null"};
    vt_json_kind found = vt_json_read_kind(json);
    json->value_at = json->at;
    if (vt_json_read_failed(json)) {
        return false;
    }
    if (found != kind) {
        return vt_json_refuse(json, VT_ERROR_CORRUPT,
                              json->at == json->length ? "it ends where %s should stand"
                                                       : "%s should stand here",
                              wanted[kind]);
    }
    return true;
}

static bool enter(vt_json_reader *json, vt_json_kind kind)
{
    if (!expect(json, kind)) {
        return false;
    }
    if (json->depth == VT_JSON_READ_DEPTH_MAX) {
        return vt_json_refuse(json, VT_ERROR_LIMIT, "nested more than %d levels deep",
                              VT_JSON_READ_DEPTH_MAX);
    }
    json->at++;
    json->depth++;
    json->fresh = true;
    return true;
}

/* To the next member or item; false behind the last one, or with a fault. */
static bool next(vt_json_reader *json, char closing)
{
    if (vt_json_read_failed(json)) {
        return false;
    }
    skip_space(json);
    bool first = json->fresh;
    json->fresh = false;
    if (here(json) == closing) {
        json->at++;
        json->depth--;
        return false;
    }
    if (first) {
        return true;
    }
    if (here(json) != ',') {
        return corrupt(json, json->at,
                       json->at == json->length ? "it ends in the middle" : "a comma is missing");
    }
    json->at++;
    return true;
}

bool vt_json_enter_object(vt_json_reader *json)
{
    return enter(json, VT_JSON_OBJECT);
}

bool vt_json_enter_array(vt_json_reader *json)
{
    return enter(json, VT_JSON_ARRAY);
}

bool vt_json_next_item(vt_json_reader *json)
{
    return next(json, ']');
}

bool vt_json_next_member(vt_json_reader *json, vt_json_text *key)
{
    if (!next(json, '}') || !vt_json_read_text(json, json->length, key)) {
        return false;
    }
    skip_space(json);
    if (here(json) != ':') {
        return corrupt(json, json->at, "a colon is missing");
    }
    json->at++;
    return true;
}

/* ---- texts ---- */

static bool read_hex4(vt_json_reader *json, unsigned *value)
{
    *value = 0;
    for (int i = 0; i < 4; i++, json->at++) {
        char c = here(json);
        unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
                         : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10
                                                : 16;
        if (digit == 16) {
            return corrupt(json, json->at, "four hexadecimal digits should stand here");
        }
        *value = *value * 16 + digit;
    }
    return true;
}

/* \uXXXX, where a character beyond 16 bits is two of them (RFC 8259, section 7). */
static bool read_code(vt_json_reader *json)
{
    char character[4];
    unsigned code = 0, low = 0;
    size_t begin = json->at;
    if (!read_hex4(json, &code)) {
        return false;
    }
    if (vt_utf16_is_half(code)) {
        bool pair = code < 0xDC00 && json->length - json->at >= 2 && json->text[json->at] == '\\' &&
                    json->text[json->at + 1] == 'u';
        if (pair) {
            json->at += 2;
            if (!read_hex4(json, &low)) {
                return false;
            }
        }
        if (!pair || low < 0xDC00 || low > 0xDFFF) {
            return corrupt(json, begin, "half a character");
        }
        code = vt_utf16_join(code, low);
    }
    vt_str_append(&json->unquoted, character, vt_utf8_encode(code, character));
    return true;
}

/* Behind a backslash. */
static bool read_escape(vt_json_reader *json)
{
    static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    char c = here(json);
    const char *found = c ? strchr(letters, c) : NULL;
    json->at++;
    if (c == 'u') {
        return read_code(json);
    }
    if (!found) {
        return corrupt(json, json->at - 1, "a backslash before what needs none");
    }
    vt_str_append_char(&json->unquoted, meant[found - letters]);
    return true;
}

/* Up to the closing quote. Pieces without escapes are copied whole, and a text without any is not copied. */
static bool read_quoted(vt_json_reader *json, vt_json_text *text)
{
    vt_str_clear(&json->unquoted);
    size_t piece = ++json->at;
    bool escaped = false;
    for (;;) {
        char c = here(json);
        if (json->at == json->length) {
            return corrupt(json, json->value_at, "a text without its closing quote");
        }
        if ((unsigned char)c < 0x20) {
            return corrupt(json, json->at, "a control character in a text");
        }
        if (c != '"' && c != '\\') {
            json->at++;
            continue;
        }
        size_t count = json->at - piece;
        if (!vt_utf8_valid(json->text + piece, count)) {
            return corrupt(json, piece, "a text that is not UTF-8");
        }
        if (c == '"' && !escaped) {
            *text = (vt_json_text){json->text + piece, count};
            json->at++;
            return true;
        }
        vt_str_append(&json->unquoted, json->text + piece, count);
        json->at++;
        if (c == '"') {
            *text = (vt_json_text){json->unquoted.data, json->unquoted.length};
            return !json->unquoted.failed || fault_at(json, json->value_at, VT_ERROR_MEMORY, "out of memory");
        }
        escaped = true;
        if (!read_escape(json)) {
            return false;
        }
        piece = json->at;
    }
}

bool vt_json_read_text(vt_json_reader *json, size_t bytes_max, vt_json_text *text)
{
    *text = (vt_json_text){"", 0};
    if (!expect(json, VT_JSON_TEXT) || !read_quoted(json, text)) {
        return false;
    }
    json->fresh = false;
    if (text->length > bytes_max) {
        return vt_json_refuse(json, VT_ERROR_LIMIT, "a text of %zu bytes; at most %zu are allowed",
                              text->length, bytes_max);
    }
    return true;
}

bool vt_json_text_is(const vt_json_text *text, const char *other)
{
    return strlen(other) == text->length && memcmp(text->bytes, other, text->length) == 0;
}

/* ---- numbers and words ---- */

static size_t skip_digits(vt_json_reader *json)
{
    size_t begin = json->at;
    while (here(json) >= '0' && here(json) <= '9') {
        json->at++;
    }
    return json->at - begin;
}

/* By the grammar: -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)? */
static bool scan_number(vt_json_reader *json, bool *integer)
{
    *integer = true;
    json->at += here(json) == '-';
    bool zero = here(json) == '0';
    size_t digits = skip_digits(json);
    bool good = digits > 0 && !(zero && digits > 1);
    if (good && here(json) == '.') {
        *integer = false;
        json->at++;
        good = skip_digits(json) > 0;
    }
    if (good && (here(json) == 'e' || here(json) == 'E')) {
        *integer = false;
        json->at++;
        json->at += here(json) == '+' || here(json) == '-';
        good = skip_digits(json) > 0;
    }
    return good || corrupt(json, json->value_at, "a number that is none");
}

/* The number that stands here as a C string, with the decimal point that strtod reads in this locale. */
static bool take_number(vt_json_reader *json, char number[NUMBER_MAX + POINT_MAX + 1], bool *integer)
{
    if (!expect(json, VT_JSON_NUMBER) || !scan_number(json, integer)) {
        return false;
    }
    json->fresh = false;
    size_t length = json->at - json->value_at;
    if (length > NUMBER_MAX) {
        return vt_json_refuse(json, VT_ERROR_LIMIT, "a number of %zu characters; at most %d are allowed",
                              length, NUMBER_MAX);
    }
    const char *from = json->text + json->value_at, *point = memchr(from, '.', length);
    const char *local = localeconv()->decimal_point;
    size_t whole = point ? (size_t)(point - from) : length, local_length = strlen(local);
    if (!point || local_length > POINT_MAX) {
        local = ".";
        local_length = point != NULL;
    }
    memcpy(number, from, whole);
    memcpy(number + whole, local, local_length);
    memcpy(number + whole + local_length, from + whole + (point != NULL), length - whole - (point != NULL));
    number[length - (point != NULL) + local_length] = '\0';
    return true;
}

bool vt_json_read_double(vt_json_reader *json, double *value)
{
    char number[NUMBER_MAX + POINT_MAX + 1];
    bool integer = false;
    *value = 0;
    if (!take_number(json, number, &integer)) {
        return false;
    }
    *value = strtod(number, NULL);
    if (!isfinite(*value)) {
        *value = 0;
        return vt_json_refuse(json, VT_ERROR_LIMIT, "a number that is too large");
    }
    return true;
}

bool vt_json_read_int(vt_json_reader *json, int64_t least, int64_t most, int64_t *value)
{
    char number[NUMBER_MAX + POINT_MAX + 1];
    bool integer = false;
    *value = least;
    if (!take_number(json, number, &integer)) {
        return false;
    }
    errno = 0;
    long long read = strtoll(number, NULL, 10);
    if (!integer) {
        return vt_json_refuse(json, VT_ERROR_CORRUPT, "a whole number should stand here");
    }
    if (errno == ERANGE || read < least || read > most) {
        return vt_json_refuse(json, VT_ERROR_LIMIT,
                              "a number from %" PRId64 " to %" PRId64 " should stand here", least, most);
    }
    *value = read;
    return true;
}

static bool read_word(vt_json_reader *json, const char *word)
{
    size_t length = strlen(word);
    if (json->length - json->at < length || memcmp(json->text + json->at, word, length) != 0) {
        return false;
    }
    json->at += length;
    json->fresh = false;
    return true;
}

bool vt_json_read_bool(vt_json_reader *json, bool *value)
{
    *value = false;
    if (!expect(json, VT_JSON_BOOL)) {
        return false;
    }
    *value = here(json) == 't';
    return read_word(json, *value ? "true" : "false") ||
           corrupt(json, json->value_at, "true or false should stand here");
}

bool vt_json_skip(vt_json_reader *json)
{
    vt_json_text text;
    double number = 0;
    bool flag = false;
    switch (vt_json_read_kind(json)) {
    case VT_JSON_OBJECT:
        if (vt_json_enter_object(json)) {
            while (vt_json_next_member(json, &text) && vt_json_skip(json)) {
            }
        }
        break;
    case VT_JSON_ARRAY:
        if (vt_json_enter_array(json)) {
            while (vt_json_next_item(json) && vt_json_skip(json)) {
            }
        }
        break;
    case VT_JSON_TEXT:
        vt_json_read_text(json, json->length, &text);
        break;
    case VT_JSON_NUMBER:
        vt_json_read_double(json, &number);
        break;
    case VT_JSON_BOOL:
        vt_json_read_bool(json, &flag);
        break;
    case VT_JSON_NULL:
        json->value_at = json->at;
        if (!read_word(json, "null")) {
            corrupt(json, json->at, "null should stand here");
        }
        break;
    default:
        if (!vt_json_read_failed(json)) {
            corrupt(json, json->at,
                    json->at == json->length ? "it ends where a value should stand"
                                             : "a value should stand here");
        }
        break;
    }
    return !vt_json_read_failed(json);
}
