#include "app/ui/table/column_marks.h"

#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "core/base/clock.h"
#include "core/decode/format.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* ---- words ---- */

void vt_column_say_count(uint64_t count, vt_str *text)
{
    char words[32];
    if (count) {
        vt_str_append_cstr(text, vt_wording_count(words, sizeof words, (int64_t)count));
    }
}

static void write_count(uint64_t count, vt_csv *csv)
{
    if (count) {
        vt_csv_int(csv, (int64_t)count);
    } else {
        vt_csv_empty(csv);
    }
}

/* In the locale's short form; as ISO 8601 has it where the locale is none's. */
static void say_parts(const struct tm *parts, vt_str *text)
{
    char words[64];
    const char *locale = setlocale(LC_TIME, NULL);
    bool nobodys = !locale || locale[0] == 'C' || strcmp(locale, "POSIX") == 0;
    size_t length = strftime(words, sizeof words, nobodys ? "%Y-%m-%d %H:%M" : "%x %H:%M", parts);
    vt_str_append_display(text, words, length);
}

/* Seconds of a time before 1970, too. */
static time_t seconds_of(int64_t ns)
{
    return (time_t)(ns / VT_NS_PER_S - (ns % VT_NS_PER_S < 0));
}

/* ---- the file ---- */

static void say_name(const vt_table_row *row, vt_str *text)
{
    vt_str_append_display(text, row->item.name, row->item.name_length);
}

static void write_name(const vt_table_row *row, vt_csv *csv)
{
    vt_csv_bytes(csv, row->item.name, row->item.name_length);
}

static const char *folder_of(const vt_table_row *row, size_t *length)
{
    return vt_snapshot_folder(row->snapshot, vt_snapshot_folder_of(row->snapshot, row->row), length, NULL);
}

static void say_folder(const vt_table_row *row, vt_str *text)
{
    size_t length = 0;
    const char *path = folder_of(row, &length);
    vt_str_append_display(text, path, length);
}

static void write_folder(const vt_table_row *row, vt_csv *csv)
{
    size_t length = 0;
    const char *path = folder_of(row, &length);
    vt_csv_bytes(csv, path, length);
}

static void say_path(const vt_table_row *row, vt_str *text)
{
    size_t length = 0;
    const char *path = folder_of(row, &length);
    vt_str_append_display(text, path, length);
    if (length == 0 || path[length - 1] != '/') {
        vt_str_append_char(text, '/');
    }
    say_name(row, text);
}

static void write_path(const vt_table_row *row, vt_csv *csv)
{
    vt_str path = VT_STR_INIT;
    vt_snapshot_path(row->snapshot, row->row, &path);
    vt_csv_bytes(csv, path.data, path.length);
    vt_str_free(&path);
}

static const char *const kinds[] = {VT_TR_NOOP("column", "Unknown"), VT_TR_NOOP("column", "Image"),
                                    VT_TR_NOOP("column", "Model"), VT_TR_NOOP("column", "Sequence")};

static void say_kind(const vt_table_row *row, vt_str *text)
{
    vt_str_append_cstr(text, vt_tr("column", kinds[row->item.kind < 4 ? row->item.kind : 0]));
}

static void write_kind(const vt_table_row *row, vt_csv *csv)
{
    static const char *const words[] = {"unknown", "image", "model", "sequence"};
    vt_csv_text(csv, words[row->item.kind < 4 ? row->item.kind : 0]);
}

static const char *format_of(const vt_table_row *row)
{
    const vt_format_info *format = vt_format_get((vt_format)row->item.format);
    return format ? format->name : "";
}

static void say_format(const vt_table_row *row, vt_str *text)
{
    vt_str_append_cstr(text, format_of(row));
}

static void write_format(const vt_table_row *row, vt_csv *csv)
{
    vt_csv_text(csv, format_of(row));
}

static void say_size(const vt_table_row *row, vt_str *text)
{
    char words[32];
    vt_str_append_cstr(text, vt_wording_size(words, sizeof words, row->item.size));
}

static void write_size(const vt_table_row *row, vt_csv *csv)
{
    vt_csv_int(csv, row->item.size);
}

static void say_modified(const vt_table_row *row, vt_str *text)
{
    struct tm parts;
    time_t seconds = seconds_of(row->item.mtime_ns);
    if (localtime_r(&seconds, &parts)) {
        say_parts(&parts, text);
    }
}

static void write_modified(const vt_table_row *row, vt_csv *csv)
{
    vt_csv_time(csv, row->item.mtime_ns);
}

static const char *const states[VT_ITEM_STATE_COUNT] = {
    [VT_ITEM_OK] = "",
    [VT_ITEM_MISSING] = VT_TR_NOOP("column", "missing"),
    [VT_ITEM_OFFLINE] = VT_TR_NOOP("column", "offline"),
    [VT_ITEM_FAILED] = VT_TR_NOOP("column", "cannot be read"),
    [VT_ITEM_UNREAD] = VT_TR_NOOP("column", "not read yet"),
    [VT_ITEM_TRASHED] = VT_TR_NOOP("column", "in the trash"),
};

static void say_state(const vt_table_row *row, vt_str *text)
{
    const char *state = row->item.state < VT_ITEM_STATE_COUNT ? states[row->item.state] : "";
    vt_str_append_cstr(text, *state ? vt_tr("column", state) : "");
}

static void write_state(const vt_table_row *row, vt_csv *csv)
{
    static const char *const words[VT_ITEM_STATE_COUNT] = {"ok",     "missing", "offline",
                                                           "failed", "unread",  "trashed"};
    vt_csv_text(csv, row->item.state < VT_ITEM_STATE_COUNT ? words[row->item.state] : "");
}

/* ---- what is in it ---- */

static void say_dimensions(const vt_table_row *row, vt_str *text)
{
    char words[48];
    if (row->item.width && row->item.height) {
        snprintf(words, sizeof words, "%u \xc3\x97 %u", row->item.width, row->item.height);
        vt_str_append_cstr(text, words);
    }
}

static void write_dimensions(const vt_table_row *row, vt_csv *csv)
{
    char words[48] = "";
    if (row->item.width && row->item.height) {
        snprintf(words, sizeof words, "%ux%u", row->item.width, row->item.height);
    }
    vt_csv_text(csv, words);
}

static void say_width(const vt_table_row *row, vt_str *text)
{
    vt_column_say_count(row->item.width, text);
}

static void write_width(const vt_table_row *row, vt_csv *csv)
{
    write_count(row->item.width, csv);
}

static void say_height(const vt_table_row *row, vt_str *text)
{
    vt_column_say_count(row->item.height, text);
}

static void write_height(const vt_table_row *row, vt_csv *csv)
{
    write_count(row->item.height, csv);
}

/* In tenths, by whole numbers: no comma of a locale. */
static void say_megapixels(const vt_table_row *row, vt_str *text)
{
    uint64_t tenths = ((uint64_t)row->item.width * row->item.height + 50000) / 100000;
    if (row->item.width && row->item.height) {
        vt_column_say_count(tenths / 10, text);
        vt_str_appendf(text, tenths >= 10 ? ".%u" : "0.%u", (unsigned)(tenths % 10));
    }
}

static void write_megapixels(const vt_table_row *row, vt_csv *csv)
{
    if (row->item.width && row->item.height) {
        vt_csv_decimal(csv, (double)row->item.width * row->item.height / 1e6, 6);
    } else {
        vt_csv_empty(csv);
    }
}

static uint64_t triangles_of(const vt_table_row *row)
{
    return row->item.kind == VT_KIND_SEQUENCE ? 0 : row->item.triangles;
}

static void say_triangles(const vt_table_row *row, vt_str *text)
{
    vt_column_say_count(triangles_of(row), text);
}

static void write_triangles(const vt_table_row *row, vt_csv *csv)
{
    write_count(triangles_of(row), csv);
}

static uint64_t frames_of(const vt_table_row *row)
{
    return row->item.kind == VT_KIND_SEQUENCE ? row->item.triangles : 0;
}

static void say_frames(const vt_table_row *row, vt_str *text)
{
    vt_column_say_count(frames_of(row), text);
}

static void write_frames(const vt_table_row *row, vt_csv *csv)
{
    write_count(frames_of(row), csv);
}

static void say_watertight(const vt_table_row *row, vt_str *text)
{
    static const char *const words[] = {"", VT_TR_NOOP("column", "No"), VT_TR_NOOP("column", "Yes")};
    const char *word = row->item.watertight < 3 ? words[row->item.watertight] : "";
    vt_str_append_cstr(text, *word ? vt_tr("column", word) : "");
}

static void write_watertight(const vt_table_row *row, vt_csv *csv)
{
    static const char *const words[] = {"", "no", "yes"};
    vt_csv_text(csv, row->item.watertight < 3 ? words[row->item.watertight] : "");
}

static void say_taken(const vt_table_row *row, vt_str *text)
{
    struct tm parts;
    time_t seconds = seconds_of(row->item.taken_ns);
    if (row->item.taken_ns != VT_TAKEN_UNKNOWN && gmtime_r(&seconds, &parts)) {
        say_parts(&parts, text);
    }
}

static void write_taken(const vt_table_row *row, vt_csv *csv)
{
    if (row->item.taken_ns != VT_TAKEN_UNKNOWN) {
        vt_csv_clock(csv, row->item.taken_ns);
    } else {
        vt_csv_empty(csv);
    }
}

static void say_camera(const vt_table_row *row, vt_str *text)
{
    vt_str_append_display(text, row->item.camera, row->item.camera_length);
}

static void write_camera(const vt_table_row *row, vt_csv *csv)
{
    vt_csv_bytes(csv, row->item.camera, row->item.camera_length);
}

/* One column, one line. */
/* clang-format off */
static const vt_table_column columns[] = {
    {"name", VT_TR_NOOP("column", "Name"), 34, false, true, VT_SORT_NAME, VT_TABLE_READ_ONLY, say_name, write_name},
    {"kind", VT_TR_NOOP("column", "Kind"), 10, false, true, VT_SORT_KIND, VT_TABLE_READ_ONLY, say_kind, write_kind},
    {"format", VT_TR_NOOP("column", "Format"), 10, false, false, VT_SORT_FORMAT, VT_TABLE_READ_ONLY, say_format, write_format},
    {"dimensions", VT_TR_NOOP("column", "Dimensions"), 15, true, true, VT_SORT_PIXELS, VT_TABLE_READ_ONLY, say_dimensions, write_dimensions},
    {"width", VT_TR_NOOP("column", "Width"), 10, true, false, VT_SORT_WIDTH, VT_TABLE_READ_ONLY, say_width, write_width},
    {"height", VT_TR_NOOP("column", "Height"), 10, true, false, VT_SORT_HEIGHT, VT_TABLE_READ_ONLY, say_height, write_height},
    {"megapixels", VT_TR_NOOP("column", "Megapixels"), 13, true, false, VT_SORT_PIXELS, VT_TABLE_READ_ONLY, say_megapixels, write_megapixels},
    {"triangles", VT_TR_NOOP("column", "Triangles"), 13, true, true, VT_SORT_TRIANGLES, VT_TABLE_READ_ONLY, say_triangles, write_triangles},
    {"watertight", VT_TR_NOOP("column", "Watertight"), 13, false, false, VT_SORT_WATERTIGHT, VT_TABLE_READ_ONLY, say_watertight, write_watertight},
    {"frames", VT_TR_NOOP("column", "Frames"), 10, true, false, VT_SORT_FRAMES, VT_TABLE_READ_ONLY, say_frames, write_frames},
    {"size", VT_TR_NOOP("column", "Size"), 11, true, true, VT_SORT_SIZE, VT_TABLE_READ_ONLY, say_size, write_size},
    {"modified", VT_TR_NOOP("column", "Changed"), 19, false, true, VT_SORT_MODIFIED, VT_TABLE_READ_ONLY, say_modified, write_modified},
    {"rating", VT_TR_NOOP("column", "Rating"), 14, false, true, VT_SORT_RATING, VT_TABLE_STARS, vt_column_say_rating, vt_column_write_rating},
    {"label", VT_TR_NOOP("column", "Label"), 11, false, true, VT_SORT_LABEL, VT_TABLE_LABEL, vt_column_say_label, vt_column_write_label},
    {"title", VT_TR_NOOP("column", "Title"), 24, false, true, VT_SORT_TITLE, VT_TABLE_TITLE, vt_column_say_title, vt_column_write_title},
    {"tags", VT_TR_NOOP("column", "Tags"), 22, false, true, VT_SORT_TAGS, VT_TABLE_TAGS, vt_column_say_tags, vt_column_write_tags},
    {"taken", VT_TR_NOOP("column", "Taken"), 19, false, true, VT_SORT_TAKEN, VT_TABLE_READ_ONLY, say_taken, write_taken},
    {"camera", VT_TR_NOOP("column", "Camera"), 20, false, false, VT_SORT_CAMERA, VT_TABLE_READ_ONLY, say_camera, write_camera},
    {"albums", VT_TR_NOOP("column", "Albums"), 20, false, false, VT_SORT_ALBUMS, VT_TABLE_READ_ONLY, vt_column_say_albums, vt_column_write_albums},
    {"stack", VT_TR_NOOP("column", "Stack"), 12, false, false, VT_SORT_STACK, VT_TABLE_READ_ONLY, vt_column_say_stack, vt_column_write_stack},
    {"state", VT_TR_NOOP("column", "State"), 14, false, true, VT_SORT_STATE, VT_TABLE_READ_ONLY, say_state, write_state},
    {"folder", VT_TR_NOOP("column", "Folder"), 50, false, true, VT_SORT_PATH, VT_TABLE_READ_ONLY, say_folder, write_folder},
    {"path", VT_TR_NOOP("column", "Path"), 60, false, false, VT_SORT_PATH, VT_TABLE_READ_ONLY, say_path, write_path},
};
/* clang-format on */
_Static_assert(sizeof columns / sizeof *columns <= VT_TABLE_COLUMNS_MAX, "room in the layouts");

const vt_table_column *vt_table_column_at(int column)
{
    return &columns[column];
}

int vt_table_column_count(void)
{
    return (int)(sizeof columns / sizeof *columns);
}

int vt_table_column_of_word(const char *word, size_t length)
{
    for (int i = 0; i < vt_table_column_count(); i++) {
        if (strlen(columns[i].word) == length && memcmp(columns[i].word, word, length) == 0) {
            return i;
        }
    }
    return -1;
}

int vt_table_column_of_key(vt_sort_key key)
{
    for (int i = 0; i < vt_table_column_count(); i++) {
        if (columns[i].key == key) {
            return i;
        }
    }
    return -1;
}
