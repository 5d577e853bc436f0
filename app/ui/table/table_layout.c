#include "app/ui/table/table_layout.h"

#include <string.h>

enum { DIGITS_MAX = 6 };

vt_table_layout vt_table_layout_first(void)
{
    vt_table_layout layout = {0};
    for (int i = 0; i < vt_table_column_count(); i++) {
        layout.places[i] = (vt_table_place){.column = i, .is_shown = vt_table_column_at(i)->is_shown};
    }
    return layout;
}

/* 0 for what is no width. */
static int read_width(const char *digits, size_t length)
{
    int width = 0;
    for (size_t i = 0; i < length; i++) {
        if (digits[i] < '0' || digits[i] > '9' || i == DIGITS_MAX) {
            return 0;
        }
        width = width * 10 + digits[i] - '0';
    }
    return width == 0                   ? 0
           : width < VT_TABLE_WIDTH_MIN ? VT_TABLE_WIDTH_MIN
           : width > VT_TABLE_WIDTH_MAX ? VT_TABLE_WIDTH_MAX
                                        : width;
}

/* False for a word that names no column. */
static bool read_place(const char *word, size_t length, vt_table_place *place)
{
    bool is_hidden = length > 0 && word[0] == '-';
    word += is_hidden;
    length -= is_hidden;
    const char *sign = memchr(word, '=', length);
    size_t name = sign ? (size_t)(sign - word) : length;
    *place = (vt_table_place){.column = vt_table_column_of_word(word, name),
                              .width = sign ? read_width(sign + 1, length - name - 1) : 0,
                              .is_shown = !is_hidden};
    return place->column >= 0;
}

static void ensure_one_is_shown(vt_table_layout *layout)
{
    for (int i = 0; i < vt_table_column_count(); i++) {
        if (layout->places[i].is_shown) {
            return;
        }
    }
    for (int i = 0; i < vt_table_column_count(); i++) {
        layout->places[i].is_shown = layout->places[i].column == VT_TABLE_NAME_COLUMN;
    }
}

vt_table_layout vt_table_layout_read(const char *words, size_t length)
{
    vt_table_layout layout = {0};
    bool is_placed[VT_TABLE_COLUMNS_MAX] = {false};
    int count = 0;
    for (size_t at = 0; at < length;) {
        const char *space = memchr(words + at, ' ', length - at);
        size_t end = space ? (size_t)(space - words) : length;
        vt_table_place place;
        if (read_place(words + at, end - at, &place) && !is_placed[place.column]) {
            is_placed[place.column] = true;
            layout.places[count++] = place;
        }
        at = end + 1;
    }
    const vt_table_layout first = vt_table_layout_first();
    for (int i = 0; i < vt_table_column_count(); i++) {
        if (!is_placed[i]) {
            layout.places[count++] = first.places[i];
        }
    }
    ensure_one_is_shown(&layout);
    return layout;
}

void vt_table_layout_write(const vt_table_layout *layout, vt_str *words)
{
    for (int i = 0; i < vt_table_column_count(); i++) {
        const vt_table_place *place = &layout->places[i];
        vt_str_appendf(words, "%s%s%s=%d", i ? " " : "", place->is_shown ? "" : "-",
                       vt_table_column_at(place->column)->word, place->width);
    }
}
