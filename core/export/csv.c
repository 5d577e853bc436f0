#include "core/export/csv.h"

#include "core/base/clock.h"
#include "core/base/str.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

void vt_csv_begin(vt_csv *csv, vt_json_sink sink, void *user)
{
    *csv = (vt_csv){.sink = sink, .user = user};
}

static void put(vt_csv *csv, const char *bytes, size_t count)
{
    if (csv->fault || count == 0) {
        return;
    }
    errno = 0;
    if (!csv->sink(csv->user, bytes, count)) {
        csv->fault = errno ? errno : EIO;
    }
}

static void begin_field(vt_csv *csv, bool is_empty)
{
    if (csv->fields > 0) {
        put(csv, ",", 1);
    }
    csv->only_empty = csv->fields == 0 && is_empty;
    csv->fields++;
}

/* RFC 4180, 2.6; spaces at the border, since many readers drop those that are not quoted. */
static bool needs_quotes(const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] == ',' || bytes[i] == '"' || bytes[i] == '\r' || bytes[i] == '\n') {
            return true;
        }
    }
    return count > 0 && (bytes[0] == ' ' || bytes[count - 1] == ' ');
}

/* Runs of good bytes go out as one. */
static void put_text(vt_csv *csv, const char *bytes, size_t count)
{
    size_t from = 0;
    for (size_t at = 0; at < count;) {
        size_t length = vt_utf8_decode(bytes + at, count - at, NULL);
        if (length == 0) {
            put(csv, bytes + from, at - from);
            put(csv, "\xef\xbf\xbd", 3);
            from = ++at;
        } else if (bytes[at] == '"') {
            put(csv, bytes + from, at + 1 - from); /* this quote, and again with the next run */
            from = at++;
        } else {
            at += length;
        }
    }
    put(csv, bytes + from, count - from);
}

void vt_csv_bytes(vt_csv *csv, const void *bytes, size_t count)
{
    bool quoted = needs_quotes(bytes, count);
    begin_field(csv, count == 0);
    put(csv, "\"", quoted);
    put_text(csv, bytes, count);
    put(csv, "\"", quoted);
}

void vt_csv_text(vt_csv *csv, const char *text)
{
    vt_csv_bytes(csv, text, strlen(text));
}

void vt_csv_empty(vt_csv *csv)
{
    begin_field(csv, true);
}

void vt_csv_int(vt_csv *csv, int64_t value)
{
    char digits[24];
    vt_csv_bytes(csv, digits, (size_t)snprintf(digits, sizeof digits, "%" PRId64, value));
}

/* By whole numbers: printf would take the locale's sign for the point. */
void vt_csv_decimal(vt_csv *csv, double value, int decimals)
{
    const double largest = 9e18;
    double scaled = value;
    int64_t unit = 1;
    for (int i = 0; i < decimals; i++) {
        scaled *= 10;
        unit *= 10;
    }
    if (!(fabs(scaled) < largest)) { /* nor a NaN */
        vt_csv_empty(csv);
        return;
    }
    int64_t whole = llround(scaled);
    int64_t size = whole < 0 ? -whole : whole;
    char digits[48];
    int length = snprintf(digits, sizeof digits, "%s%" PRId64, whole < 0 ? "-" : "", size / unit);
    if (decimals > 0) {
        length +=
            snprintf(digits + length, sizeof digits - (size_t)length, ".%0*" PRId64, decimals, size % unit);
    }
    vt_csv_bytes(csv, digits, (size_t)length);
}

static void put_time(vt_csv *csv, int64_t ns, const char *format)
{
    enum { YEAR_FIRST = 0 - 1900, YEAR_LAST = 9999 - 1900 };
    char words[40];
    struct tm parts;
    time_t seconds = (time_t)(ns / VT_NS_PER_S - (ns % VT_NS_PER_S < 0));
    bool good = gmtime_r(&seconds, &parts) && parts.tm_year >= YEAR_FIRST && parts.tm_year <= YEAR_LAST;
    size_t length = good ? strftime(words, sizeof words, format, &parts) : 0;
    vt_csv_bytes(csv, words, length);
}

void vt_csv_time(vt_csv *csv, int64_t ns)
{
    put_time(csv, ns, "%Y-%m-%dT%H:%M:%SZ");
}

void vt_csv_clock(vt_csv *csv, int64_t ns)
{
    put_time(csv, ns, "%Y-%m-%dT%H:%M:%S");
}

void vt_csv_end_row(vt_csv *csv)
{
    if (csv->only_empty) {
        put(csv, "\"\"", 2);
    }
    put(csv, "\r\n", 2);
    csv->fields = 0;
    csv->only_empty = false;
}

bool vt_csv_end(vt_csv *csv, vt_error *error)
{
    switch (csv->fault) {
    case 0:
        return true;
    case ENOMEM:
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a table as CSV");
    case ENOSPC:
    case EDQUOT:
        return vt_error_set(error, VT_ERROR_NO_SPACE,
                            "the table could not be written: there is no space left on that disk. Make room "
                            "there, or choose another place");
    default:
        return vt_error_set(error, VT_ERROR_IO, "the table could not be written: %s", strerror(csv->fault));
    }
}
