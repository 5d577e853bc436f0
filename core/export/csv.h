/*
 * Tables as comma-separated values (RFC 4180), streaming: a field goes to the sink as it is written, so a
 * list of a million rows needs no memory.
 *
 *     vt_csv csv;
 *     vt_csv_begin(&csv, vt_json_to_file, stdout);
 *     vt_csv_text(&csv, "name");
 *     vt_csv_text(&csv, "size");
 *     vt_csv_end_row(&csv);
 *     if (!vt_csv_end(&csv, &error)) ...
 *
 * Rows end in CR LF. A field with a comma, a quote, a line end, or a space at its border is quoted, and so is
 * one that is empty and alone in its row, which would be an empty line. The output is valid UTF-8, without a
 * byte order mark: a byte that is not part of a well-formed character becomes U+FFFD. Values are raw: numbers
 * without digits grouped and with a point, dates as ISO 8601.
 *
 * A field that begins with =, +, - or @ is taken for a formula by spreadsheet programs. It is written as it
 * is nevertheless: whatever would disarm it changes a name, and other programs would read the changed one.
 *
 * No call needs checking: the first fault of the sink stops all output and is told by vt_csv_end. Threads: a
 * writer belongs to one thread at a time.
 */
#ifndef VT_EXPORT_CSV_H
#define VT_EXPORT_CSV_H

#include "core/base/error.h"
#include "core/base/json_writer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A value, so that it needs no allocation. Fields are private. */
typedef struct vt_csv {
    vt_json_sink sink; /* as of json_writer.h: vt_json_to_str, vt_json_to_file */
    void *user;
    size_t fields;   /* of the row so far */
    bool only_empty; /* the row is one empty field so far */
    int fault;       /* errno of the sink's first failure, 0: none */
} vt_csv;

void vt_csv_begin(vt_csv *csv, vt_json_sink sink, void *user);

/* Each is one field. */
void vt_csv_bytes(vt_csv *csv, const void *bytes, size_t count); /* a text, a file name */
void vt_csv_text(vt_csv *csv, const char *text);
void vt_csv_int(vt_csv *csv, int64_t value);
/* With `decimals` (0 to 9) digits behind the point, whatever the locale. */
void vt_csv_decimal(vt_csv *csv, double value, int decimals);
void vt_csv_empty(vt_csv *csv);
/* Nanoseconds since 1970-01-01 00:00 UTC: "2026-11-21T06:30:05Z". What is no year of four digits is empty. */
void vt_csv_time(vt_csv *csv, int64_t ns);
/* The same of a clock of which nobody knows the zone (a camera's): "2026-11-21T06:30:05". */
void vt_csv_clock(vt_csv *csv, int64_t ns);

void vt_csv_end_row(vt_csv *csv);

/* False and `error` (VT_ERROR_IO, VT_ERROR_NO_SPACE, VT_ERROR_MEMORY) if not all could be written. */
bool vt_csv_end(vt_csv *csv, vt_error *error);

#endif
