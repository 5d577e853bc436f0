#include "core/listing/item_list.h"

#include "core/base/clock.h"
#include "core/base/path.h"
#include "core/base/str.h"
#include "core/decode/format.h"
#include "core/index/albums.h"
#include "core/index/stacks.h"
#include "core/index/tags.h"

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

static void put_time(int64_t ns, const char *form, char text[VT_ITEM_TIME_SIZE])
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
    put_time(ns, "%Y-%m-%dT%H:%M:%SZ", text);
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

typedef enum value_type {
    VALUE_NONE,
    VALUE_NUMBER,
    VALUE_TEXT,
    VALUE_BOOL,
    VALUE_TAGS,
    VALUE_ALBUMS
} value_type;

/* What an item has in a column. */
typedef struct value {
    value_type type;
    int64_t number;
    const char *text;
    size_t length;
    char time[VT_ITEM_TIME_SIZE]; /* what `text` may point to */
} value;

static void set_number(value *to, int64_t number)
{
    to->type = number > 0 ? VALUE_NUMBER : VALUE_NONE;
    to->number = number;
}

static void set_text(value *to, const char *text, size_t length)
{
    to->type = text && length ? VALUE_TEXT : VALUE_NONE;
    to->text = text;
    to->length = length;
}

static void set_word(value *to, const char *word)
{
    set_text(to, word, strlen(word));
}

static void get_file(const vt_listed_item *of, vt_item_column column, value *to)
{
    const vt_item_brief *item = of->item;
    switch (column) {
    case VT_COLUMN_PATH:
        set_word(to, of->path);
        break;
    case VT_COLUMN_NAME:
        set_word(to, vt_path_name(of->path));
        break;
    case VT_COLUMN_KIND:
        set_word(to, vt_item_kind_name(item->kind));
        break;
    case VT_COLUMN_FORMAT:
        set_word(to, vt_item_format_name(item->format));
        break;
    case VT_COLUMN_STATE:
        set_word(to, vt_item_state_name(item->state));
        break;
    case VT_COLUMN_MTIME:
        vt_item_time(item->mtime_ns, to->time);
        set_word(to, to->time);
        break;
    case VT_COLUMN_SIZE:
        to->type = VALUE_NUMBER; /* also 0 */
        to->number = item->size;
        break;
    default:
        to->type = VALUE_NUMBER;
        to->number = item->id;
        break;
    }
}

static void get_content(const vt_item_brief *item, vt_item_column column, value *to)
{
    bool sequence = item->kind == VT_KIND_SEQUENCE;
    switch (column) {
    case VT_COLUMN_WIDTH:
        set_number(to, item->width);
        break;
    case VT_COLUMN_HEIGHT:
        set_number(to, item->height);
        break;
    case VT_COLUMN_TRIANGLES:
        set_number(to, sequence ? 0 : (int64_t)item->triangles);
        break;
    case VT_COLUMN_FRAMES:
        set_number(to, sequence ? (int64_t)item->triangles : 0);
        break;
    case VT_COLUMN_WATERTIGHT:
        to->type = item->watertight == VT_WATERTIGHT_UNKNOWN ? VALUE_NONE : VALUE_BOOL;
        to->number = item->watertight == VT_WATERTIGHT_YES;
        break;
    case VT_COLUMN_CAMERA:
        set_text(to, item->camera, item->camera_length);
        break;
    case VT_COLUMN_TAKEN:
        if (item->taken_ns != VT_TAKEN_UNKNOWN) {
            put_time(item->taken_ns, "%Y-%m-%dT%H:%M:%S", to->time);
            set_word(to, to->time);
        }
        break;
    default:
        break;
    }
}

static void get_marks(const vt_listed_item *of, vt_item_column column, value *to)
{
    uint32_t count = 0;
    switch (column) {
    case VT_COLUMN_RATING:
        set_number(to, of->item->rating);
        break;
    case VT_COLUMN_LABEL:
        set_number(to, of->item->label);
        break;
    case VT_COLUMN_TITLE:
        set_text(to, of->item->title, of->item->title_length);
        break;
    case VT_COLUMN_TAGS:
        if (of->snapshot && vt_snapshot_tags_of(of->snapshot, of->row, &count) && count > 0) {
            to->type = VALUE_TAGS;
        }
        break;
    case VT_COLUMN_ALBUMS:
        if (of->snapshot && vt_snapshot_albums_of(of->snapshot, of->row, &count) && count > 0) {
            to->type = VALUE_ALBUMS;
        }
        break;
    default:
        break;
    }
}

static void get_stack(const vt_listed_item *of, vt_item_column column, value *to)
{
    uint32_t place;
    uint32_t number = of->snapshot ? vt_snapshot_stack_of(of->snapshot, of->row, &place) : VT_INDEX_NO_STACK;
    if (number != VT_INDEX_NO_STACK) {
        vt_index_stack stack = vt_snapshot_stack(of->snapshot, number);
        set_number(to, column == VT_COLUMN_STACK ? stack.id : (int64_t)place - stack.first + 1);
    }
}

static void get(const vt_listed_item *of, vt_item_column column, value *to)
{
    to->type = VALUE_NONE;
    switch (column) {
    case VT_COLUMN_ID:
    case VT_COLUMN_PATH:
    case VT_COLUMN_KIND:
    case VT_COLUMN_FORMAT:
    case VT_COLUMN_SIZE:
    case VT_COLUMN_MTIME:
    case VT_COLUMN_STATE:
    case VT_COLUMN_NAME:
        get_file(of, column, to);
        break;
    case VT_COLUMN_RATING:
    case VT_COLUMN_LABEL:
    case VT_COLUMN_TITLE:
    case VT_COLUMN_TAGS:
    case VT_COLUMN_ALBUMS:
        get_marks(of, column, to);
        break;
    case VT_COLUMN_STACK:
    case VT_COLUMN_STACK_POSITION:
        get_stack(of, column, to);
        break;
    default:
        get_content(of->item, column, to);
        break;
    }
}

/* ---- tags and albums ---- */

typedef void (*word_taker)(void *to, const char *text, size_t length);

static void each_tag(const vt_listed_item *of, word_taker take, void *to)
{
    uint32_t count = 0;
    const uint32_t *tags = vt_snapshot_tags_of(of->snapshot, of->row, &count);
    vt_str path = VT_STR_INIT;
    for (uint32_t i = 0; i < count; i++) {
        vt_index_tag tag;
        vt_snapshot_tag(of->snapshot, tags[i], &tag);
        if (!tag.removed) {
            vt_str_clear(&path);
            vt_snapshot_tag_path(of->snapshot, tags[i], &path);
            take(to, path.data, path.length);
        }
    }
    vt_str_free(&path);
}

static void each_album(const vt_listed_item *of, word_taker take, void *to)
{
    uint32_t count = 0;
    const uint32_t *albums = vt_snapshot_albums_of(of->snapshot, of->row, &count);
    for (uint32_t i = 0; i < count; i++) {
        vt_index_album album;
        vt_snapshot_album(of->snapshot, albums[i], &album);
        if (!album.removed) {
            take(to, album.name, album.name_length);
        }
    }
}

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
    value is;
    get(of, column, &is);
    bool usual = column == VT_COLUMN_STATE && of->item->state == VT_ITEM_OK;
    if (is.type == VALUE_NONE || usual) {
        return;
    }
    vt_json_key(json, names[column]);
    switch (is.type) {
    case VALUE_NUMBER:
        vt_json_int(json, is.number);
        break;
    case VALUE_TEXT:
        vt_json_bytes(json, is.text, is.length);
        break;
    case VALUE_BOOL:
        vt_json_bool(json, is.number != 0);
        break;
    case VALUE_TAGS:
    case VALUE_ALBUMS:
        vt_json_array_begin(json);
        (is.type == VALUE_TAGS ? each_tag : each_album)(of, to_json, json);
        vt_json_array_end(json);
        break;
    case VALUE_NONE:
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
    value is;
    get(of, column, &is);
    switch (is.type) {
    case VALUE_NUMBER:
        vt_str_appendf(text, "%" PRId64, is.number);
        break;
    case VALUE_TEXT:
        vt_str_append(text, is.text, is.length);
        break;
    case VALUE_BOOL:
        vt_str_append_cstr(text, is.number ? "yes" : "no");
        break;
    case VALUE_TAGS:
        each_tag(of, to_joined, text);
        break;
    case VALUE_ALBUMS:
        each_album(of, to_joined, text);
        break;
    case VALUE_NONE:
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
