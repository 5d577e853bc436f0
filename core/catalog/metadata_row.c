#include "core/catalog/metadata_row.h"

#include <string.h>

#define TAKEN_COLUMN  1
#define OFFSET_COLUMN 2
#define ISO_COLUMN    5
#define RATING_COLUMN 10

/* In the order of the columns; counted from 0, parameters count from 1. */
static const struct {
    int column;
    vt_metadata_fact fact;
    size_t at;
} measures[] = {
    {3, VT_METADATA_EXPOSURE, offsetof(vt_metadata, exposure)},
    {4, VT_METADATA_F_NUMBER, offsetof(vt_metadata, f_number)},
    {6, VT_METADATA_FOCAL, offsetof(vt_metadata, focal_mm)},
    {7, VT_METADATA_POSITION, offsetof(vt_metadata, latitude)},
    {8, VT_METADATA_POSITION, offsetof(vt_metadata, longitude)},
    {9, VT_METADATA_ALTITUDE, offsetof(vt_metadata, altitude)},
};

static const struct {
    int column;
    vt_metadata_text field;
} texts[] = {
    {11, VT_METADATA_CAMERA},      {12, VT_METADATA_LENS},    {13, VT_METADATA_TITLE},
    {14, VT_METADATA_DESCRIPTION}, {15, VT_METADATA_CREATOR}, {16, VT_METADATA_COPYRIGHT},
    {17, VT_METADATA_KEYWORDS},    {18, VT_METADATA_LABEL},
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static int bind_integer(sqlite3_stmt *statement, int column, bool known, int64_t value)
{
    return known ? sqlite3_bind_int64(statement, column + 1, value)
                 : sqlite3_bind_null(statement, column + 1);
}

int vt_metadata_row_bind(sqlite3_stmt *statement, int64_t item_id, const vt_metadata *metadata)
{
    uint32_t known = metadata->known;
    int rc = sqlite3_bind_int64(statement, 1, item_id) |
             bind_integer(statement, TAKEN_COLUMN, known & VT_METADATA_TAKEN, metadata->taken_ns) |
             bind_integer(statement, OFFSET_COLUMN, known & VT_METADATA_OFFSET, metadata->offset_minutes) |
             bind_integer(statement, ISO_COLUMN, known & VT_METADATA_ISO, metadata->iso) |
             bind_integer(statement, RATING_COLUMN, known & VT_METADATA_RATING, metadata->rating);
    for (size_t i = 0; i < COUNT(measures); i++) {
        double value;
        memcpy(&value, (const char *)metadata + measures[i].at, sizeof value);
        rc |= known & (uint32_t)measures[i].fact
                  ? sqlite3_bind_double(statement, measures[i].column + 1, value)
                  : sqlite3_bind_null(statement, measures[i].column + 1);
    }
    for (size_t i = 0; i < COUNT(texts); i++) {
        const char *text = vt_metadata_get(metadata, texts[i].field);
        rc |= text[0] ? sqlite3_bind_text(statement, texts[i].column + 1, text, -1, SQLITE_STATIC)
                      : sqlite3_bind_null(statement, texts[i].column + 1);
    }
    return rc;
}

static bool is_there(sqlite3_stmt *statement, int column)
{
    return sqlite3_column_type(statement, column) != SQLITE_NULL;
}

static void read_text(sqlite3_stmt *statement, int column, vt_metadata_text field, vt_metadata *metadata)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    size_t length = text ? (size_t)sqlite3_column_bytes(statement, column) : 0;
    if (field != VT_METADATA_KEYWORDS) {
        vt_metadata_set(metadata, field, text ? text : "", length);
        return;
    }
    for (size_t at = 0; at < length;) {
        const char *end = memchr(text + at, '\n', length - at);
        size_t size = end ? (size_t)(end - text) - at : length - at;
        vt_metadata_add(metadata, field, text + at, size);
        at += size + 1;
    }
}

void vt_metadata_row_read(sqlite3_stmt *statement, vt_metadata *metadata)
{
    memset(metadata, 0, sizeof *metadata);
    if (is_there(statement, TAKEN_COLUMN)) {
        vt_metadata_set_taken_ns(metadata, sqlite3_column_int64(statement, TAKEN_COLUMN));
    }
    if (is_there(statement, OFFSET_COLUMN)) {
        vt_metadata_set_number(metadata, VT_METADATA_OFFSET, sqlite3_column_double(statement, OFFSET_COLUMN));
    }
    if (is_there(statement, ISO_COLUMN)) {
        vt_metadata_set_number(metadata, VT_METADATA_ISO, sqlite3_column_double(statement, ISO_COLUMN));
    }
    if (is_there(statement, RATING_COLUMN)) {
        vt_metadata_set_number(metadata, VT_METADATA_RATING, sqlite3_column_double(statement, RATING_COLUMN));
    }
    for (size_t i = 0; i < COUNT(measures); i++) {
        if (measures[i].fact != VT_METADATA_POSITION && is_there(statement, measures[i].column)) {
            vt_metadata_set_number(metadata, measures[i].fact,
                                   sqlite3_column_double(statement, measures[i].column));
        }
    }
    if (is_there(statement, 7) && is_there(statement, 8)) {
        vt_metadata_set_position(metadata, sqlite3_column_double(statement, 7),
                                 sqlite3_column_double(statement, 8));
    }
    for (size_t i = 0; i < COUNT(texts); i++) {
        read_text(statement, texts[i].column, texts[i].field, metadata);
    }
}
