#include "core/mesh/number.h"

#include <math.h>
#include <stdint.h>
#include <strings.h>

/* Powers of ten that a double holds exactly. */
static const double exact_powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                      1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
#define EXACT_POWER_MAX   22
#define EXACT_DIGITS_MAX  (UINT64_C(1) << 53)
#define DIGITS_MAX        19   /* decimal digits that always fit 64 bits */
#define EXPONENT_CLAMP    9999 /* beyond any float, far from overflow */
#define FLOAT_DECADES_MAX 40
#define FLOAT_DECADES_MIN (-66) /* 19 digits below the smallest float */

/* A decimal number: digits * 10^exponent. */
typedef struct decimal {
    uint64_t digits;
    int exponent;
    int count; /* significant digits taken */
    bool any;  /* at least one digit seen */
} decimal;

static const char *take_digits(const char *at, const char *end, decimal *number, bool fraction)
{
    for (; at < end && *at >= '0' && *at <= '9'; at++) {
        number->any = true;
        if (number->count < DIGITS_MAX) {
            number->digits = number->digits * 10 + (uint64_t)(*at - '0');
            number->count += number->digits != 0;
            number->exponent -= fraction;
        } else {
            number->exponent += !fraction;
        }
        if (number->exponent > EXPONENT_CLAMP || number->exponent < -EXPONENT_CLAMP) {
            number->exponent = number->exponent > 0 ? EXPONENT_CLAMP : -EXPONENT_CLAMP;
        }
    }
    return at;
}

static const char *take_exponent(const char *at, const char *end, decimal *number)
{
    at++;
    bool negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+')) {
        at++;
    }
    int exponent = 0;
    const char *first = at;
    for (; at < end && *at >= '0' && *at <= '9'; at++) {
        exponent = exponent < EXPONENT_CLAMP ? exponent * 10 + (*at - '0') : exponent;
    }
    number->exponent += negative ? -exponent : exponent;
    return at > first ? at : NULL;
}

static double scaled(const decimal *number)
{
    int exponent = number->exponent;
    if (number->digits <= EXACT_DIGITS_MAX && exponent >= -EXACT_POWER_MAX && exponent <= EXACT_POWER_MAX) {
        /* Both are exact, so one operation rounds once. */
        return exponent < 0 ? (double)number->digits / exact_powers[-exponent]
                            : (double)number->digits * exact_powers[exponent];
    }
    if (number->digits == 0 || exponent < FLOAT_DECADES_MIN) {
        return 0;
    }
    if (exponent > FLOAT_DECADES_MAX) {
        return INFINITY;
    }
    long double value = number->digits;
    for (; exponent > 0; exponent -= EXACT_POWER_MAX) {
        value *= exact_powers[exponent < EXACT_POWER_MAX ? exponent : EXACT_POWER_MAX];
    }
    for (exponent = -exponent; exponent > 0 && number->exponent < 0; exponent -= EXACT_POWER_MAX) {
        value /= exact_powers[exponent < EXACT_POWER_MAX ? exponent : EXACT_POWER_MAX];
    }
    return (double)value;
}

/* "1.#QNAN", "1.#INF" and "-1.#IND" are what Microsoft's library prints. */
static bool read_special(const char *at, const char *end, float *value)
{
    if (end - at >= 3 && (strncasecmp(at, "nan", 3) == 0 || strncasecmp(at, "ind", 3) == 0)) {
        *value = NAN;
        return true;
    }
    if (end - at >= 3 && strncasecmp(at, "inf", 3) == 0) {
        *value = INFINITY;
        return true;
    }
    if (end - at >= 3 && at[0] == '1' && at[1] == '.' && at[2] == '#') {
        *value = NAN;
        return true;
    }
    return false;
}

bool vt_number_read_float(const char *text, size_t length, float *value)
{
    const char *at = text;
    const char *end = text + length;
    bool negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+')) {
        at++;
    }
    decimal number = {0, 0, 0, false};
    const char *start = at;
    at = take_digits(at, end, &number, false);
    if (at < end && *at == '.') {
        at = take_digits(at + 1, end, &number, true);
    }
    if (number.any && at < end && (*at == 'e' || *at == 'E' || *at == 'd' || *at == 'D')) {
        at = take_exponent(at, end, &number);
    }
    if (!number.any || at != end) {
        return read_special(start, end, value);
    }
    /* Conversion of a double beyond the largest float is undefined, so infinity is made here. */
    double magnitude = scaled(&number);
    double largest = 3.4028235677973366e38; /* half way from the largest float to the next power of two */
    float single = magnitude < largest ? (float)magnitude : INFINITY;
    *value = negative ? -single : single;
    return true;
}
