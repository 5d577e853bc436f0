#include "app/ui/table/table_columns.h"

#include "app/ui/parts/wording.h"
#include "core/decode/format.h"

static void say_name(const vt_table_row *row, vt_str *text)
{
    vt_str_append_display(text, row->item.name, row->item.name_length);
}

static void say_kind(const vt_table_row *row, vt_str *text)
{
    static const char *const names[] = {"Unknown", "Image", "Model", "Sequence"};
    vt_str_append_cstr(text, row->item.kind < 4 ? names[row->item.kind] : names[0]);
}

static void say_format(const vt_table_row *row, vt_str *text)
{
    const vt_format_info *format = vt_format_get((vt_format)row->item.format);
    vt_str_append_cstr(text, format ? format->name : "");
}

static void say_count(uint64_t count, vt_str *text)
{
    char words[32];
    if (count) {
        vt_str_append_cstr(text, vt_wording_count(words, sizeof words, (int64_t)count));
    }
}

static void say_width(const vt_table_row *row, vt_str *text)
{
    say_count(row->item.width, text);
}

static void say_height(const vt_table_row *row, vt_str *text)
{
    say_count(row->item.height, text);
}

static void say_triangles(const vt_table_row *row, vt_str *text)
{
    say_count(row->item.kind == VT_KIND_SEQUENCE ? 0 : row->item.triangles, text);
}

static void say_watertight(const vt_table_row *row, vt_str *text)
{
    static const char *const words[] = {"", "No", "Yes"};
    vt_str_append_cstr(text, row->item.watertight < 3 ? words[row->item.watertight] : "");
}

static void say_size(const vt_table_row *row, vt_str *text)
{
    char words[32];
    vt_str_append_cstr(text, vt_wording_size(words, sizeof words, row->item.size));
}

static void say_date(const vt_table_row *row, vt_str *text)
{
    char words[32];
    vt_str_append_cstr(text, vt_wording_date(words, sizeof words, row->item.mtime_ns));
}

static void say_folder(const vt_table_row *row, vt_str *text)
{
    size_t length = 0;
    const char *path =
        vt_snapshot_folder(row->snapshot, vt_snapshot_folder_of(row->snapshot, row->row), &length, NULL);
    vt_str_append_display(text, path, length);
}

static void say_state(const vt_table_row *row, vt_str *text)
{
    static const char *const words[] = {[VT_ITEM_OK] = "",
                                        [VT_ITEM_MISSING] = "missing",
                                        [VT_ITEM_OFFLINE] = "offline",
                                        [VT_ITEM_FAILED] = "cannot be read",
                                        [VT_ITEM_UNREAD] = "not read yet"};
    vt_str_append_cstr(text, row->item.state < VT_ITEM_STATE_COUNT ? words[row->item.state] : "");
}

static const vt_table_column columns[] = {
    {"Name", 34, false, VT_SORT_NAME, say_name},
    {"Kind", 9, false, VT_SORT_KIND, say_kind},
    {"Format", 9, false, VT_SORT_FORMAT, say_format},
    {"Width", 9, true, VT_SORT_WIDTH, say_width},
    {"Height", 9, true, VT_SORT_HEIGHT, say_height},
    {"Triangles", 12, true, VT_SORT_TRIANGLES, say_triangles},
    {"Watertight", 12, false, VT_SORT_WATERTIGHT, say_watertight},
    {"Size", 12, true, VT_SORT_SIZE, say_size},
    {"Changed", 20, false, VT_SORT_DATE, say_date},
    {"State", 14, false, VT_SORT_STATE, say_state},
    {"Folder", 50, false, VT_SORT_PATH, say_folder},
};

const vt_table_column *vt_table_column_at(int column)
{
    return &columns[column];
}

int vt_table_column_count(void)
{
    return (int)(sizeof columns / sizeof *columns);
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
