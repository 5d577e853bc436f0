#include "app/ui/parts/wording.h"

#include "core/base/clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

static char thousands_sign = ',', decimal_sign = '.';

void vt_wording_set_signs(char thousands, char decimal)
{
    thousands_sign = thousands;
    decimal_sign = decimal;
}

char *vt_wording_point(char *text)
{
    for (char *at = text; *at; at++) {
        *at = *at == '.' ? decimal_sign : *at;
    }
    return text;
}

char *vt_wording_decimal(char *text, size_t size, int decimals, double value)
{
    snprintf(text, size, "%.*f", decimals, value);
    return vt_wording_point(text);
}

char *vt_wording_size(char *text, size_t size, int64_t bytes)
{
    static const char *const units[] = {"kB", "MB", "GB", "TB", "PB"};
    if (bytes < 1000) {
        snprintf(text, size, bytes == 1 ? "%" PRId64 " byte" : "%" PRId64 " bytes", bytes);
        return text;
    }
    double value = (double)bytes / 1000;
    size_t unit = 0;
    while (value >= 999.5 && unit + 1 < sizeof units / sizeof *units) {
        value /= 1000;
        unit++;
    }
    snprintf(text, size, value < 9.95 ? "%.1f %s" : "%.0f %s", value, units[unit]);
    return vt_wording_point(text);
}

char *vt_wording_amount(char *text, size_t size, vt_budget_unit unit, int64_t value)
{
    vt_budget_format(unit, value, text, size);
    return vt_wording_point(text);
}

char *vt_wording_count(char *text, size_t size, int64_t count)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%" PRId64, count < 0 ? -count : count);
    size_t out = 0;
    if (count < 0 && out + 1 < size) {
        text[out++] = '-';
    }
    for (int i = 0; i < length && out + 2 < size; i++) {
        if (i > 0 && (length - i) % 3 == 0) {
            text[out++] = thousands_sign;
        }
        text[out++] = digits[i];
    }
    text[out] = '\0';
    return text;
}

char *vt_wording_duration(char *text, size_t size, int64_t ns)
{
    int64_t seconds = (ns + VT_NS_PER_S / 2) / VT_NS_PER_S;
    if (seconds < 60) {
        snprintf(text, size, "%" PRId64 " s", seconds);
    } else if (seconds < 3600) {
        snprintf(text, size, "%" PRId64 " min %" PRId64 " s", seconds / 60, seconds % 60);
    } else {
        snprintf(text, size, "%" PRId64 " h %" PRId64 " min", seconds / 3600, seconds / 60 % 60);
    }
    return text;
}

char *vt_wording_date(char *text, size_t size, int64_t wall_ns)
{
    time_t seconds = (time_t)(wall_ns / VT_NS_PER_S);
    struct tm local;
    if (!localtime_r(&seconds, &local) || strftime(text, size, "%Y-%m-%d %H:%M", &local) == 0) {
        snprintf(text, size, "?");
    }
    return text;
}

char *vt_wording_clock(char *text, size_t size, int64_t shown_ns)
{
    time_t seconds = (time_t)(shown_ns / VT_NS_PER_S - (shown_ns % VT_NS_PER_S < 0));
    struct tm shown;
    if (!gmtime_r(&seconds, &shown) || strftime(text, size, "%Y-%m-%d %H:%M", &shown) == 0) {
        snprintf(text, size, "?");
    }
    return text;
}

char *vt_wording_extent(char *text, size_t size, vt_kind kind, uint32_t width, uint32_t height,
                        uint64_t triangles)
{
    if (kind == VT_KIND_MODEL) {
        char count[32];
        snprintf(text, size, triangles == 1 ? "%s triangle" : "%s triangles",
                 vt_wording_count(count, sizeof count, (int64_t)triangles));
    } else if (kind == VT_KIND_SEQUENCE) {
        char count[32];
        snprintf(text, size, triangles == 1 ? "%s frame" : "%s frames",
                 vt_wording_count(count, sizeof count, (int64_t)triangles));
    } else if (width && height) {
        snprintf(text, size, "%" PRIu32 " \xc3\x97 %" PRIu32, width, height);
    } else {
        snprintf(text, size, "%s", "");
    }
    return text;
}
