#include "core/sequence/sequence_name.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* What numbers before them count, instead of frames. */
static const char *const units[] = {"p", "k", "px", "bit", "bits", "fps", "dpi"};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_x(char c)
{
    return c == 'x' || c == 'X';
}

/* A run of digits: name[at] to name[end - 1]; the extension is not part of `name`. */
typedef struct run {
    const char *name;
    size_t at, end, length;
} run;

static bool is_version(const run *it)
{
    char before = it->at > 0 ? it->name[it->at - 1] : '\0';
    char earlier = it->at > 1 ? it->name[it->at - 2] : '\0';
    return (before == 'v' || before == 'V') && !is_letter(earlier) && !is_digit(earlier);
}

static bool is_size(const run *it)
{
    return (it->at > 1 && is_x(it->name[it->at - 1]) && is_digit(it->name[it->at - 2])) ||
           (it->end + 1 < it->length && is_x(it->name[it->end]) && is_digit(it->name[it->end + 1]));
}

static bool is_quantity(const run *it)
{
    size_t letters = 0;
    while (it->end + letters < it->length && is_letter(it->name[it->end + letters])) {
        letters++;
    }
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (letters == strlen(units[i]) && strncasecmp(it->name + it->end, units[i], letters) == 0) {
            return true;
        }
    }
    return false;
}

/* The last run of digits that ends at `end` or before. False if there is none. */
static bool previous_run(run *it, size_t end)
{
    while (end > 0 && !is_digit(it->name[end - 1])) {
        end--;
    }
    it->end = end;
    while (end > 0 && is_digit(it->name[end - 1])) {
        end--;
    }
    it->at = end;
    return it->end > it->at;
}

static bool read_number(const char *digits, size_t length, int64_t *number)
{
    int64_t value = 0;
    for (size_t i = 0; i < length; i++) {
        int64_t digit = digits[i] - '0';
        if (value > (INT64_MAX - digit) / 10) {
            return false;
        }
        value = value * 10 + digit;
    }
    *number = value;
    return true;
}

/* Length of the name without the dot and what follows it. */
static size_t base_length(const char *name, size_t length)
{
    for (size_t at = length; at > 1; at--) {
        if (name[at - 1] == '.') {
            return at - 1;
        }
    }
    return length;
}

bool vt_sequence_name_parse(const char *name, size_t length, vt_sequence_name *parts, vt_error *error)
{
    if (length > VT_SEQUENCE_NAME_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT, "a file name of %zu bytes; more than %d cannot be", length,
                            VT_SEQUENCE_NAME_MAX);
    }
    if (length == 0 || memchr(name, '/', length) || memchr(name, '\0', length)) {
        return vt_error_set(error, VT_ERROR_USAGE, "no name of a file: %s",
                            length == 0 ? "it is empty" : "it holds a slash or a NUL");
    }
    run found = {.name = name, .length = base_length(name, length)};
    size_t end = found.length;
    while (previous_run(&found, end) && (is_version(&found) || is_size(&found) || is_quantity(&found))) {
        end = found.at;
    }
    if (found.end == found.at) {
        return vt_error_set(error, VT_ERROR_NOT_FOUND, "the file name has no frame number");
    }
    *parts = (vt_sequence_name){.length = (uint8_t)length,
                                .digits_at = (uint8_t)found.at,
                                .digits_length = (uint8_t)(found.end - found.at),
                                .extension_at = (uint8_t)(found.length + (found.length < length))};
    if (!read_number(name + found.at, found.end - found.at, &parts->number)) {
        return vt_error_set(error, VT_ERROR_LIMIT,
                            "the frame number at byte %zu of the file name is larger than %" PRId64,
                            found.at + 1, INT64_MAX);
    }
    return true;
}

bool vt_sequence_name_is_padded(const char *name, const vt_sequence_name *parts)
{
    return parts->digits_length > 1 && name[parts->digits_at] == '0';
}

vt_sequence_pattern vt_sequence_pattern_of(const char *name, const vt_sequence_name *parts, uint32_t width)
{
    uint32_t suffix_at = (uint32_t)parts->digits_at + parts->digits_length;
    return (vt_sequence_pattern){.prefix = name,
                                 .prefix_length = parts->digits_at,
                                 .suffix = name + suffix_at,
                                 .suffix_length = parts->length - suffix_at,
                                 .width = width};
}

/* The digits of `frame` in `pattern`, without a NUL; returns how many. */
static size_t write_digits(const vt_sequence_pattern *pattern, int64_t frame,
                           char digits[VT_SEQUENCE_NAME_MAX])
{
    char plain[24];
    size_t length = (size_t)snprintf(plain, sizeof plain, "%" PRId64, frame);
    size_t width = pattern->width < VT_SEQUENCE_NAME_MAX ? pattern->width : VT_SEQUENCE_NAME_MAX;
    size_t zeros = length < width ? width - length : 0;
    memset(digits, '0', zeros);
    memcpy(digits + zeros, plain, length);
    return zeros + length;
}

bool vt_sequence_pattern_name(const vt_sequence_pattern *pattern, int64_t frame, vt_str *out, vt_error *error)
{
    if (frame < 0) {
        return vt_error_set(error, VT_ERROR_USAGE, "frame %" PRId64 " asked for: numbers begin at 0", frame);
    }
    char digits[VT_SEQUENCE_NAME_MAX];
    size_t count = write_digits(pattern, frame, digits);
    if (count + pattern->prefix_length + pattern->suffix_length > VT_SEQUENCE_NAME_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT,
                            "the name of frame %" PRId64 " would be longer than %d bytes", frame,
                            VT_SEQUENCE_NAME_MAX);
    }
    vt_str_append(out, pattern->prefix, pattern->prefix_length);
    vt_str_append(out, digits, count);
    vt_str_append(out, pattern->suffix, pattern->suffix_length);
    return !out->failed || vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the name of a frame");
}

bool vt_sequence_pattern_matches(const vt_sequence_pattern *pattern, const char *name, size_t length,
                                 int64_t *frame)
{
    size_t around = (size_t)pattern->prefix_length + pattern->suffix_length;
    if (length > VT_SEQUENCE_NAME_MAX || length <= around) {
        return false;
    }
    size_t digits = length - around;
    const char *first = name + pattern->prefix_length;
    for (size_t i = 0; i < digits; i++) {
        if (!is_digit(first[i])) {
            return false;
        }
    }
    bool written_so = digits == pattern->width || (digits > pattern->width && first[0] != '0');
    return written_so && memcmp(name, pattern->prefix, pattern->prefix_length) == 0 &&
           memcmp(first + digits, pattern->suffix, pattern->suffix_length) == 0 &&
           read_number(first, digits, frame);
}

void vt_sequence_pattern_append_hashes(const vt_sequence_pattern *pattern, vt_str *out)
{
    vt_str_append(out, pattern->prefix, pattern->prefix_length);
    for (uint32_t i = 0; i < pattern->width && i < VT_SEQUENCE_NAME_MAX; i++) {
        vt_str_append_char(out, '#');
    }
    vt_str_append(out, pattern->suffix, pattern->suffix_length);
}

static void append_doubling_percents(const char *bytes, size_t length, vt_str *out)
{
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] == '%') {
            vt_str_append_char(out, '%');
        }
        vt_str_append_char(out, bytes[i]);
    }
}

void vt_sequence_pattern_append_printf(const vt_sequence_pattern *pattern, vt_str *out)
{
    append_doubling_percents(pattern->prefix, pattern->prefix_length, out);
    if (pattern->width > 1) {
        vt_str_appendf(out, "%%0%" PRIu32 "d", pattern->width);
    } else {
        vt_str_append_cstr(out, "%d");
    }
    append_doubling_percents(pattern->suffix, pattern->suffix_length, out);
}
