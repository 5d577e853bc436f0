#include "core/listing/item_value.h"

#include "core/base/clock.h"
#include "core/base/str.h"
#include "core/decode/format.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <time.h>

#define BETWEEN ";"

static const char *const names[VT_ITEM_COLUMN_COUNT] = {
    [VT_COLUMN_ID] = "id",         [VT_COLUMN_PATH] = "path",
    [VT_COLUMN_KIND] = "kind",     [VT_COLUMN_FORMAT] = "format",
    [VT_COLUMN_SIZE] = "size",     [VT_COLUMN_MTIME] = "mtime",
    [VT_COLUMN_WIDTH] = "width",   [VT_COLUMN_HEIGHT] = "height",
    [VT_COLUMN_RATING] = "rating", [VT_COLUMN_TRIANGLES] = "triangles",
    [VT_COLUMN_STATE] = "state",   [VT_COLUMN_WATERTIGHT] = "watertight",
    [VT_COLUMN_FRAMES] = "frames", [VT_COLUMN_NAME] = "name",
    [VT_COLUMN_LABEL] = "label",   [VT_COLUMN_TITLE] = "title",
    [VT_COLUMN_TAGS] = "tags",     [VT_COLUMN_CAMERA] = "camera",
    [VT_COLUMN_TAKEN] = "taken",   [VT_COLUMN_ALBUMS] = "albums",
    [VT_COLUMN_STACK] = "stack",   [VT_COLUMN_STACK_POSITION] = "stack_position",
};

/* ---- words ---- */

const char *vt_item_column_name(vt_item_column column)
{
    return names[column];
}

const char *vt_item_kind_name(uint8_t kind)
{
    static const char *const kinds[] = {
        [VT_KIND_UNKNOWN] = "unknown",
        [VT_KIND_IMAGE] = "image",
        [VT_KIND_MODEL] = "model",
        [VT_KIND_SEQUENCE] = "sequence",
    };
    return kind < sizeof kinds / sizeof *kinds ? kinds[kind] : "unknown";
}

const char *vt_item_state_name(uint8_t state)
{
    static const char *const states[VT_ITEM_STATE_COUNT] = {
        [VT_ITEM_OK] = "ok",         [VT_ITEM_MISSING] = "missing", [VT_ITEM_OFFLINE] = "offline",
        [VT_ITEM_FAILED] = "failed", [VT_ITEM_UNREAD] = "unread",   [VT_ITEM_TRASHED] = "trashed",
    };
    return state < VT_ITEM_STATE_COUNT ? states[state] : "unknown";
}

const char *vt_item_format_name(uint8_t format)
{
    const vt_format_info *info = vt_format_get((vt_format)format);
    return info ? info->name : "unknown";
}

void vt_item_time_as(int64_t ns, const char *form, char text[VT_ITEM_TIME_SIZE])
{
    int64_t seconds = ns / VT_NS_PER_S - (ns % VT_NS_PER_S < 0);
    time_t at = (time_t)seconds;
    struct tm parts;
    if (!gmtime_r(&at, &parts) || parts.tm_year < -1900 || parts.tm_year > 9999 - 1900 ||
        strftime(text, VT_ITEM_TIME_SIZE, form, &parts) == 0) {
        snprintf(text, VT_ITEM_TIME_SIZE, "%" PRId64, seconds);
    }
}

void vt_item_time(int64_t ns, char text[VT_ITEM_TIME_SIZE])
{
    vt_item_time_as(ns, "%Y-%m-%dT%H:%M:%SZ", text);
}

/* ---- columns ---- */

vt_item_columns vt_item_columns_all(void)
{
    vt_item_columns all = {.count = VT_ITEM_COLUMN_COUNT};
    for (int i = 0; i < VT_ITEM_COLUMN_COUNT; i++) {
        all.columns[i] = (vt_item_column)i;
    }
    return all;
}

static int find_column(const char *text, size_t length)
{
    for (int i = 0; i < VT_ITEM_COLUMN_COUNT; i++) {
        if (strlen(names[i]) == length && strncmp(names[i], text, length) == 0) {
            return i;
        }
    }
    return -1;
}

static bool has(const vt_item_columns *columns, int column)
{
    for (size_t i = 0; i < columns->count; i++) {
        if ((int)columns->columns[i] == column) {
            return true;
        }
    }
    return false;
}

bool vt_item_columns_parse(const char *text, vt_item_columns *columns, vt_error *error)
{
    columns->count = 0;
    for (const char *at = text;; at++) {
        size_t length = strcspn(at, ",");
        int column = find_column(at, length);
        if (column >= 0 && has(columns, column)) {
            return vt_error_set(error, VT_ERROR_USAGE, "the column '%.*s' is there twice", (int)length, at);
        }
        if (column < 0) {
            vt_str all = VT_STR_INIT;
            for (int i = 0; i < VT_ITEM_COLUMN_COUNT; i++) {
                vt_str_appendf(&all, "%s%s", i ? ", " : "", names[i]);
            }
            vt_error_set(error, VT_ERROR_USAGE, "there is no column '%.*s'; there are %s", (int)length, at,
                         all.data);
            vt_str_free(&all);
            return false;
        }
        columns->columns[columns->count++] = (vt_item_column)column;
        at += length;
        if (!*at) {
            return true;
        }
    }
}

/* ---- values ---- */

static void to_json(void *to, const char *text, size_t length)
{
    vt_json_bytes(to, text, length);
}

static void to_joined(void *to, const char *text, size_t length)
{
    vt_str *joined = to;
    if (joined->length) {
        vt_str_append_cstr(joined, BETWEEN);
    }
    vt_str_append(joined, text, length);
}

/* ---- writing ---- */

static void put_member(vt_json_writer *json, const vt_listed_item *of, vt_item_column column)
{
    vt_item_value is;
    vt_item_value_get(of, column, &is);
    bool usual = column == VT_COLUMN_STATE && of->item->state == VT_ITEM_OK;
    if (is.type == VT_VALUE_NONE || usual) {
        return;
    }
    vt_json_key(json, names[column]);
    switch (is.type) {
    case VT_VALUE_NUMBER:
        vt_json_int(json, is.number);
        break;
    case VT_VALUE_TEXT:
        vt_json_bytes(json, is.text, is.length);
        break;
    case VT_VALUE_BOOL:
        vt_json_bool(json, is.number != 0);
        break;
    case VT_VALUE_TAGS:
    case VT_VALUE_ALBUMS:
        vt_json_array_begin(json);
        (is.type == VT_VALUE_TAGS ? vt_item_each_tag : vt_item_each_album)(of, to_json, json);
        vt_json_array_end(json);
        break;
    case VT_VALUE_NONE:
        break;
    }
}

void vt_item_list_members(vt_json_writer *json, const vt_listed_item *item, const vt_item_columns *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        put_member(json, item, columns->columns[i]);
    }
}

void vt_item_list_csv_header(vt_csv *csv, const vt_item_columns *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        vt_csv_text(csv, names[columns->columns[i]]);
    }
    vt_csv_end_row(csv);
}

/* A field as text: of a number its digits. */
static void append_value(vt_str *text, const vt_listed_item *of, vt_item_column column)
{
    vt_item_value is;
    vt_item_value_get(of, column, &is);
    switch (is.type) {
    case VT_VALUE_NUMBER:
        vt_str_appendf(text, "%" PRId64, is.number);
        break;
    case VT_VALUE_TEXT:
        vt_str_append(text, is.text, is.length);
        break;
    case VT_VALUE_BOOL:
        vt_str_append_cstr(text, is.number ? "yes" : "no");
        break;
    case VT_VALUE_TAGS:
        vt_item_each_tag(of, to_joined, text);
        break;
    case VT_VALUE_ALBUMS:
        vt_item_each_album(of, to_joined, text);
        break;
    case VT_VALUE_NONE:
        break;
    }
}

void vt_item_list_csv_row(vt_csv *csv, const vt_listed_item *item, const vt_item_columns *columns)
{
    vt_str text = VT_STR_INIT;
    for (size_t i = 0; i < columns->count; i++) {
        vt_str_clear(&text);
        append_value(&text, item, columns->columns[i]);
        vt_csv_bytes(csv, text.data, text.length);
    }
    vt_csv_end_row(csv);
    vt_str_free(&text);
}

void vt_item_list_line(vt_str *text, const vt_listed_item *item, const vt_item_columns *columns)
{
    vt_str one = VT_STR_INIT;
    for (size_t i = 0; i < columns->count; i++) {
        vt_str_clear(&one);
        append_value(&one, item, columns->columns[i]);
        if (i > 0) {
            vt_str_append_char(text, '\t');
        }
        vt_str_append_display(text, one.data, one.length);
    }
    vt_str_free(&one);
}

/* ---- whole lists ---- */

bool vt_item_list_each(const vt_listed_rows *rows, vt_listed_visitor take, void *to, const vt_cancel *cancel,
                       vt_error *error)
{
    vt_str path = VT_STR_INIT;
    bool done = true;
    for (size_t i = 0; done && i < rows->count; i++) {
        vt_item_brief item;
        uint32_t row = rows->at(rows->user, i);
        vt_snapshot_item(rows->snapshot, row, &item);
        vt_str_clear(&path);
        vt_snapshot_path(rows->snapshot, row, &path);
        done = !path.failed || vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a list");
        done = done && (!cancel || vt_cancel_check(cancel, error));
        if (done) {
            take(to, &(vt_listed_item){&item, path.data, rows->snapshot, row});
        }
    }
    vt_str_free(&path);
    return done;
}

typedef struct list_writer {
    vt_csv csv;
    vt_json_writer json;
    const vt_item_columns *columns;
} list_writer;

static void take_csv(void *to, const vt_listed_item *item)
{
    list_writer *writer = to;
    vt_item_list_csv_row(&writer->csv, item, writer->columns);
}

static void take_json(void *to, const vt_listed_item *item)
{
    list_writer *writer = to;
    vt_json_object_begin(&writer->json);
    vt_item_list_members(&writer->json, item, writer->columns);
    vt_json_object_end(&writer->json);
}

static bool write_json(FILE *stream, list_writer *writer, const vt_listed_rows *rows, const vt_cancel *cancel,
                       vt_error *error)
{
    vt_json_writer *json = &writer->json;
    vt_json_begin(json, vt_json_to_file, stream, VT_JSON_INDENTED);
    vt_json_object_begin(json);
    vt_json_key(json, "total");
    vt_json_uint(json, rows->count);
    vt_json_key(json, "items");
    vt_json_array_begin(json);
    bool done = vt_item_list_each(rows, take_json, writer, cancel, error);
    vt_json_array_end(json);
    vt_json_object_end(json);
    return vt_json_end(json, done ? error : NULL) && done;
}

bool vt_item_list_write(FILE *stream, vt_item_list_form form, const vt_listed_rows *rows,
                        const vt_item_columns *columns, const vt_cancel *cancel, vt_error *error)
{
    list_writer writer = {.columns = columns};
    bool done = false;
    if (form == VT_ITEM_LIST_JSON) {
        done = write_json(stream, &writer, rows, cancel, error);
    } else {
        vt_csv_begin(&writer.csv, vt_json_to_file, stream);
        vt_item_list_csv_header(&writer.csv, columns);
        done = vt_item_list_each(rows, take_csv, &writer, cancel, error);
        done = vt_csv_end(&writer.csv, done ? error : NULL) && done;
    }
    errno = 0;
    return done && ((fflush(stream) == 0 && !ferror(stream)) ||
                    vt_error_set_errno(error, errno ? errno : EIO, "cannot write the list"));
}
