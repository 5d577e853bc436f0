#include "core/sequence/frame_rate.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Nominal rates of NTSC: the true one is 1000/1001 of it. A new one is one number. */
static const uint32_t ntsc[] = {24, 30, 48, 60, 120};

/* Text while it is read. */
typedef struct cursor {
    const char *text;
    size_t at, length;
} cursor;

/* A number of the text: digits / scale, scale a power of ten. */
typedef struct decimal {
    uint64_t digits, scale;
} decimal;

static uint64_t greatest_common_divisor(uint64_t a, uint64_t b)
{
    while (b > 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

bool vt_frame_rate_make(uint64_t numerator, uint64_t denominator, vt_frame_rate *rate, vt_error *error)
{
    uint64_t divisor = greatest_common_divisor(numerator, denominator);
    if (numerator == 0 || denominator == 0) {
        return vt_error_set(error, VT_ERROR_LIMIT, "a frame rate must be above 0; film has 24");
    }
    numerator /= divisor;
    denominator /= divisor;
    if (numerator > VT_FRAME_RATE_PART_MAX || denominator > VT_FRAME_RATE_PART_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT, "a frame rate of numbers larger than %d; use simpler ones",
                            VT_FRAME_RATE_PART_MAX);
    }
    if (numerator > denominator * VT_FRAME_RATE_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT, "a frame rate above %d frames a second",
                            VT_FRAME_RATE_MAX);
    }
    if (numerator * VT_FRAME_RATE_SECONDS_MAX < denominator) {
        return vt_error_set(error, VT_ERROR_LIMIT, "a frame rate below one frame in %d seconds",
                            VT_FRAME_RATE_SECONDS_MAX);
    }
    *rate = (vt_frame_rate){(uint32_t)numerator, (uint32_t)denominator};
    return true;
}

static void skip_spaces(cursor *in)
{
    while (in->at < in->length && in->text[in->at] == ' ') {
        in->at++;
    }
}

static bool at_digit(const cursor *in)
{
    return in->at < in->length && in->text[in->at] >= '0' && in->text[in->at] <= '9';
}

static bool at_char(const cursor *in, char c)
{
    return in->at < in->length && in->text[in->at] == c;
}

/* Digits onto `value`. Values beyond the limit of a part, with its decimals, stay beyond it. */
static size_t read_digits(cursor *in, uint64_t *value)
{
    const uint64_t enough = UINT64_C(1000000) * VT_FRAME_RATE_PART_MAX;
    size_t count = 0;
    for (; at_digit(in); in->at++, count++) {
        if (*value <= enough) {
            *value = *value * 10 + (uint64_t)(in->text[in->at] - '0');
        }
    }
    return count;
}

static bool expected(const cursor *in, const char *what, vt_error *error)
{
    return vt_error_set(
        error, VT_ERROR_USAGE,
        "expected %s at character %zu of the frame rate; write it like 24, 23.976 or 30000/1001", what,
        in->at + 1);
}

static bool read_decimal(cursor *in, bool fraction_allowed, decimal *number, vt_error *error)
{
    *number = (decimal){0, 1};
    if (read_digits(in, &number->digits) == 0) {
        return expected(in, "a number", error);
    }
    if (!fraction_allowed || !at_char(in, '.')) {
        return true;
    }
    in->at++;
    size_t point = in->at, decimals = read_digits(in, &number->digits);
    if (decimals == 0) {
        return expected(in, "a digit after the point", error);
    }
    if (decimals > VT_FRAME_RATE_DECIMALS) {
        in->at = point + VT_FRAME_RATE_DECIMALS;
        return vt_error_set(error, VT_ERROR_LIMIT, "a frame rate with more than %d digits after the point",
                            VT_FRAME_RATE_DECIMALS);
    }
    while (decimals-- > 0) {
        number->scale *= 10;
    }
    return true;
}

/* True if `number` is what 1000/1001 of a nominal rate looks like, rounded to its decimals, two or more. */
static bool means_ntsc(const decimal *number, uint32_t *nominal)
{
    for (size_t i = 0; i < sizeof ntsc / sizeof *ntsc && number->scale >= 100; i++) {
        uint64_t rounded = (ntsc[i] * UINT64_C(1000) * number->scale * 2 + 1001) / (2 * 1001);
        if (number->digits == rounded) {
            *nominal = ntsc[i];
            return true;
        }
    }
    return false;
}

static bool read_rate(cursor *in, vt_frame_rate *rate, vt_error *error)
{
    skip_spaces(in);
    decimal above, below = {1, 1};
    if (!read_decimal(in, true, &above, error)) {
        return false;
    }
    skip_spaces(in);
    if (above.scale == 1 && at_char(in, '/')) {
        in->at++;
        skip_spaces(in);
        if (!read_decimal(in, false, &below, error)) {
            return false;
        }
        skip_spaces(in);
    }
    if (in->at < in->length) {
        return expected(in, "the end", error);
    }
    uint32_t nominal;
    if (means_ntsc(&above, &nominal)) {
        return vt_frame_rate_make(nominal * UINT64_C(1000), 1001, rate, error);
    }
    return vt_frame_rate_make(above.digits, below.digits * above.scale, rate, error);
}

bool vt_frame_rate_parse(const char *text, size_t length, vt_frame_rate *rate, size_t *position,
                         vt_error *error)
{
    cursor in = {text, 0, length};
    bool read = read_rate(&in, rate, error);
    if (!read && position) {
        *position = in.at;
    }
    return read;
}

/* `rate` as a decimal of few digits; false if it is none. */
static bool as_decimal(vt_frame_rate rate, decimal *number, int *decimals)
{
    *number = (decimal){rate.numerator, 1};
    *decimals = 0;
    for (size_t i = 0; i < sizeof ntsc / sizeof *ntsc; i++) {
        if (rate.denominator == 1001 && rate.numerator == ntsc[i] * 1000) {
            *number = (decimal){(ntsc[i] * UINT64_C(1000000) + 500) / 1001, 1000};
            *decimals = 3;
            while (number->digits % 10 == 0) {
                number->digits /= 10;
                number->scale /= 10;
                --*decimals;
            }
            return true;
        }
    }
    while (number->scale % rate.denominator != 0 && *decimals < VT_FRAME_RATE_DECIMALS) {
        number->scale *= 10;
        ++*decimals;
    }
    number->digits = rate.numerator * number->scale / rate.denominator;
    uint32_t nominal;
    return number->scale % rate.denominator == 0 && !means_ntsc(number, &nominal);
}

size_t vt_frame_rate_format(vt_frame_rate rate, char text[VT_FRAME_RATE_TEXT])
{
    decimal number;
    int decimals, length;
    if (!as_decimal(rate, &number, &decimals)) {
        length = snprintf(text, VT_FRAME_RATE_TEXT, "%" PRIu32 "/%" PRIu32, rate.numerator, rate.denominator);
    } else if (decimals == 0) {
        length = snprintf(text, VT_FRAME_RATE_TEXT, "%" PRIu64, number.digits);
    } else {
        length = snprintf(text, VT_FRAME_RATE_TEXT, "%" PRIu64 ".%0*" PRIu64, number.digits / number.scale,
                          decimals, number.digits % number.scale);
    }
    return (size_t)length;
}
