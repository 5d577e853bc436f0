/* Just enough JSON (RFC 8259) to check what a program printed: strict validity, and values by key. */
#ifndef VT_TESTS_JSON_H
#define VT_TESTS_JSON_H

#include <stdbool.h>
#include <stddef.h>

/* A value inside a text: not NUL-terminated, without white space around it. `text` is NULL where there is
 * none. */
typedef struct json_value {
    const char *text;
    size_t length;
} json_value;

/* The one value that all of `text` consists of; none if it is not valid JSON or not UTF-8. */
json_value json_parse(const char *text, size_t length);

/* The value of `key` in an object; none if `object` is none or no object, or has no such key. */
json_value json_member(json_value object, const char *key);

/* The items of an array one after the other: the first, and the one after `item`, which is one of them. None
   at the end, and if it is no array. */
json_value json_first(json_value array);
json_value json_next(json_value array, json_value item);

/* Item `index` of an array, found from its begin; none beyond its end. */
json_value json_item(json_value array, size_t index);

/* How many items an array has; 0 if it is none. */
size_t json_count(json_value array);

/* -1e300 if it is no number, so that every comparison with an expected number fails. */
double json_number(json_value value);

bool json_is_string(json_value value);

/* True if the string value contains `part`, escapes taken as they stand. */
bool json_contains(json_value value, const char *part);

#endif
