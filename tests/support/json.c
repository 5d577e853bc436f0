#include "tests/support/json.h"

#include "core/base/str.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 64 };

static const char *skip_space(const char *at, const char *end)
{
    while (at < end && strchr(" \t\r\n", *at) && *at) {
        at++;
    }
    return at;
}

static const char *skip_value(const char *at, const char *end, int depth);

static const char *skip_string(const char *at, const char *end)
{
    if (at >= end || *at != '"') {
        return NULL;
    }
    for (at++; at < end && *at != '"'; at++) {
        if ((unsigned char)*at < 0x20) {
            return NULL;
        }
        if (*at != '\\') {
            continue;
        }
        at++;
        if (at < end && *at == 'u') {
            if (end - at < 5 || strspn(at + 1, "0123456789abcdefABCDEF") < 4) {
                return NULL;
            }
            at += 4;
        } else if (at >= end || !*at || !strchr("\"\\/bfnrt", *at)) {
            return NULL;
        }
    }
    return at < end ? at + 1 : NULL;
}

static const char *skip_digits(const char *at, const char *end)
{
    const char *begin = at;
    while (at < end && *at >= '0' && *at <= '9') {
        at++;
    }
    return at > begin ? at : NULL;
}

static const char *skip_number(const char *at, const char *end)
{
    at += at < end && *at == '-';
    if (at < end && *at == '0') {
        at++;
    } else {
        at = skip_digits(at, end);
    }
    if (at && at < end && *at == '.') {
        at = skip_digits(at + 1, end);
    }
    if (at && at < end && (*at == 'e' || *at == 'E')) {
        at++;
        at += at < end && (*at == '+' || *at == '-');
        at = skip_digits(at, end);
    }
    return at;
}

/* An object if `close` is '}', an array if it is ']'; `at` stands behind the opening one. */
static const char *skip_members(const char *at, const char *end, char close, int depth)
{
    at = skip_space(at, end);
    if (at < end && *at == close) {
        return at + 1;
    }
    while (at && at < end) {
        if (close == '}') {
            at = skip_string(skip_space(at, end), end);
            at = at ? skip_space(at, end) : NULL;
            if (!at || at >= end || *at != ':') {
                return NULL;
            }
            at++;
        }
        at = skip_value(at, end, depth + 1);
        at = at ? skip_space(at, end) : NULL;
        if (!at || at >= end || (*at != ',' && *at != close)) {
            return NULL;
        }
        if (*at++ == close) {
            return at;
        }
    }
    return NULL;
}

static const char *skip_value(const char *at, const char *end, int depth)
{
    at = skip_space(at, end);
    if (at >= end || depth > DEPTH_MAX) {
        return NULL;
    }
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i]);
        if ((size_t)(end - at) >= length && memcmp(at, words[i], length) == 0) {
            return at + length;
        }
    }
    switch (*at) {
    case '{':
        return skip_members(at + 1, end, '}', depth);
    case '[':
        return skip_members(at + 1, end, ']', depth);
    case '"':
        return skip_string(at, end);
    default:
        return skip_number(at, end);
    }
}

static json_value value_at(const char *at, const char *end)
{
    at = skip_space(at, end);
    const char *after = skip_value(at, end, 0);
    return after ? (json_value){at, (size_t)(after - at)} : (json_value){NULL, 0};
}

json_value json_parse(const char *text, size_t length)
{
    json_value all = value_at(text, text + length);
    bool whole = all.text && skip_space(all.text + all.length, text + length) == text + length;
    return whole && vt_utf8_valid(text, length) ? all : (json_value){NULL, 0};
}

json_value json_member(json_value object, const char *key)
{
    if (!object.text || *object.text != '{') {
        return (json_value){NULL, 0};
    }
    const char *end = object.text + object.length, *at = skip_space(object.text + 1, end);
    while (at < end && *at == '"') {
        json_value name = value_at(at, end);
        at = skip_space(name.text + name.length, end) + 1; /* the colon */
        json_value value = value_at(at, end);
        if (name.length == strlen(key) + 2 && memcmp(name.text + 1, key, name.length - 2) == 0) {
            return value;
        }
        at = skip_space(skip_space(value.text + value.length, end) + 1, end); /* the comma */
    }
    return (json_value){NULL, 0};
}

/* The item at `at` of an array, or none at its end. */
static json_value item_at(const char *at, const char *end)
{
    return at < end && *at != ']' ? value_at(at, end) : (json_value){NULL, 0};
}

json_value json_first(json_value array)
{
    if (!array.text || *array.text != '[') {
        return (json_value){NULL, 0};
    }
    const char *end = array.text + array.length;
    return item_at(skip_space(array.text + 1, end), end);
}

json_value json_next(json_value array, json_value item)
{
    const char *end = array.text + array.length, *at = skip_space(item.text + item.length, end);
    if (at < end && *at == ',') {
        at = skip_space(at + 1, end);
    }
    return item_at(at, end);
}

json_value json_item(json_value array, size_t index)
{
    json_value item = json_first(array);
    while (item.text && index-- > 0) {
        item = json_next(array, item);
    }
    return item;
}

size_t json_count(json_value array)
{
    size_t count = 0;
    for (json_value item = json_first(array); item.text; item = json_next(array, item)) {
        count++;
    }
    return count;
}

double json_number(json_value value)
{
    bool number = value.text && (*value.text == '-' || (*value.text >= '0' && *value.text <= '9'));
    return number ? strtod(value.text, NULL) : -1e300;
}

bool json_is_string(json_value value)
{
    return value.text && *value.text == '"';
}

bool json_contains(json_value value, const char *part)
{
    return json_is_string(value) && memmem(value.text, value.length, part, strlen(part));
}
