#include "core/index/filter_private.h"

#include <string.h>
#include <time.h>

#define NS_PER_S INT64_C(1000000000)

/* Nanoseconds since 1970 in 64 bits reach from 1678 to 2262. */
enum { YEAR_MIN = 1700, YEAR_MAX = 2200 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What the letter after a number multiplies it by, 0 if it is none. */
static int64_t multiplier(char c, vt_unit unit)
{
    static const char letters[] = "kmgt";
    const char *letter = c ? strchr(letters, c) : NULL;
    if (!letter) {
        return 0;
    }
    int64_t factor = 1;
    for (const char *at = letters; at <= letter; at++) {
        factor *= unit == VT_UNIT_BYTES ? 1024 : 1000;
    }
    return factor;
}

const char *vt_unit_examples(vt_unit unit)
{
    static const char *const examples[] = {
        [VT_UNIT_COUNT] = "4000, 12m or 1k..2k",
        [VT_UNIT_BYTES] = "500k, 1m, 1.5g or 1m..20m (of 1024)",
        [VT_UNIT_DATE] = "2024, 2024-05, 2024-05-17 or 2024-05..2025",
        [VT_UNIT_CLOCK] = "2024, 2024-05, 2024-05-17 or 2024-05..2025",
    };
    return examples[unit];
}

static bool not_a_number(vt_span text, vt_unit unit, vt_error *error)
{
    vt_excerpt excerpt;
    return vt_error_set(error, VT_ERROR_USAGE, "\"%s\" is not a number; write it like %s",
                        vt_span_excerpt(text, excerpt), vt_unit_examples(unit));
}

static bool too_large(vt_span text, vt_error *error)
{
    vt_excerpt excerpt;
    return vt_error_set(error, VT_ERROR_USAGE, "%s is too large: at most 9,223,372,036,854,775,807",
                        vt_span_excerpt(text, excerpt));
}

/* Digits, perhaps a point and more digits, perhaps a letter. A fraction is cut to whole units: "1.5k" is
 * 1500. */
static bool parse_number(vt_span text, vt_unit unit, vt_interval *point, vt_error *error)
{
    int64_t whole = 0;
    size_t at = 0;
    for (; at < text.length && is_digit(text.bytes[at]); at++) {
        if (__builtin_mul_overflow(whole, 10, &whole) ||
            __builtin_add_overflow(whole, text.bytes[at] - '0', &whole)) {
            return too_large(text, error);
        }
    }
    bool digits = at > 0;
    int64_t fraction = 0; /* in units of 1 / scale */
    int64_t scale = 1;
    if (at < text.length && text.bytes[at] == '.') {
        const int64_t precision = 1000000; /* times the largest multiplier still fits */
        for (at++; at < text.length && is_digit(text.bytes[at]); at++) {
            digits = true;
            if (scale < precision) {
                fraction = fraction * 10 + (text.bytes[at] - '0');
                scale *= 10;
            }
        }
    }
    int64_t factor = at < text.length ? multiplier(text.bytes[at], unit) : 0;
    at += factor != 0;
    at += unit == VT_UNIT_BYTES && at < text.length && text.bytes[at] == 'b'; /* "10mb" */
    if (!digits || at != text.length) {
        return not_a_number(text, unit, error);
    }
    factor = factor ? factor : 1;
    int64_t value = 0;
    if (__builtin_mul_overflow(whole, factor, &value) ||
        __builtin_add_overflow(value, fraction * factor / scale, &value)) {
        return too_large(text, error);
    }
    *point = (vt_interval){value, value};
    return true;
}

/* `count` digits at `*at`, which moves behind them; -1 if they are not there. */
static int parse_digits(vt_span text, size_t *at, size_t count)
{
    if (text.length - *at < count) {
        return -1;
    }
    int value = 0;
    for (size_t end = *at + count; *at < end; (*at)++) {
        if (!is_digit(text.bytes[*at])) {
            return -1;
        }
        value = value * 10 + (text.bytes[*at] - '0');
    }
    return value;
}

/* The start of a day, in nanoseconds. A day or month beyond the end counts on. */
static int64_t start_of_day(int year, int month, int day, vt_unit unit)
{
    struct tm local = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day, .tm_isdst = -1};
    return (int64_t)(unit == VT_UNIT_CLOCK ? timegm(&local) : mktime(&local)) * NS_PER_S;
}

static int days_of_month(int year, int month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

static bool parse_date(vt_span text, vt_unit unit, vt_interval *interval, vt_error *error)
{
    size_t at = 0;
    int year = parse_digits(text, &at, 4);
    int month = 0; /* 0: the whole year */
    int day = 0;   /* 0: the whole month */
    if (year >= 0 && at < text.length && text.bytes[at] == '-') {
        at++;
        month = parse_digits(text, &at, 2);
        if (month > 0 && at < text.length && text.bytes[at] == '-') {
            at++;
            day = parse_digits(text, &at, 2);
            day = day == 0 ? -1 : day;
        }
        month = month == 0 ? -1 : month;
    }
    vt_excerpt excerpt;
    if (year < 0 || month < 0 || day < 0 || at != text.length) {
        return vt_error_set(error, VT_ERROR_USAGE, "\"%s\" is not a date; write it like %s",
                            vt_span_excerpt(text, excerpt), vt_unit_examples(unit));
    }
    if (year < YEAR_MIN || year > YEAR_MAX || month > 12 || (day && day > days_of_month(year, month))) {
        return vt_error_set(error, VT_ERROR_USAGE, "there is no day %s between the years %d and %d",
                            vt_span_excerpt(text, excerpt), YEAR_MIN, YEAR_MAX);
    }
    int64_t after = day     ? start_of_day(year, month, day + 1, unit)
                    : month ? start_of_day(year, month + 1, 1, unit)
                            : start_of_day(year + 1, 1, 1, unit);
    *interval = (vt_interval){start_of_day(year, month ? month : 1, day ? day : 1, unit), after - 1};
    return true;
}

static bool parse_one(vt_span text, vt_unit unit, vt_interval *interval, vt_error *error)
{
    bool date = unit == VT_UNIT_DATE || unit == VT_UNIT_CLOCK;
    return date ? parse_date(text, unit, interval, error) : parse_number(text, unit, interval, error);
}

bool vt_interval_parse(vt_span value, vt_unit unit, vt_interval *interval, bool *is_range, vt_error *error)
{
    const char *dots = value.length ? memmem(value.bytes, value.length, "..", 2) : NULL;
    *is_range = dots != NULL;
    if (!dots) {
        return parse_one(value, unit, interval, error);
    }
    vt_span first = {value.bytes, (size_t)(dots - value.bytes)};
    vt_span last = {dots + 2, value.length - first.length - 2};
    if (first.length == 0 && last.length == 0) {
        return vt_error_set(error, VT_ERROR_USAGE, "a range needs at least one end: 1..2, 1.. or ..2");
    }
    vt_interval low = {INT64_MIN, INT64_MIN};
    vt_interval high = {INT64_MAX, INT64_MAX};
    if ((first.length && !parse_one(first, unit, &low, error)) ||
        (last.length && !parse_one(last, unit, &high, error))) {
        return false;
    }
    *interval = (vt_interval){low.low, high.high};
    if (interval->low > interval->high) {
        vt_excerpt excerpt;
        return vt_error_set(error, VT_ERROR_USAGE, "the range %s ends before it begins: swap its ends",
                            vt_span_excerpt(value, excerpt));
    }
    return true;
}
