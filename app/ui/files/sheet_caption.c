#include "app/ui/files/sheet_caption.h"

#include "app/ui/parts/wording.h"
#include "core/base/str.h"
#include "core/base/translatable.h"

#include <string.h>

enum { STARS = 5, WORDS = 64 };

static void name_line(const vt_item_brief *item, vt_str *text)
{
    vt_str_append_display(text, item->name, item->name_length);
}

static void title_line(const vt_item_brief *item, vt_str *text)
{
    vt_str_append_display(text, item->title, item->title_length);
}

static void date_line(const vt_item_brief *item, vt_str *text)
{
    char words[WORDS];
    vt_str_append_cstr(text, item->taken_ns != VT_TAKEN_UNKNOWN
                                 ? vt_wording_clock(words, sizeof words, item->taken_ns)
                                 : vt_wording_date(words, sizeof words, item->mtime_ns));
}

static void rating_line(const vt_item_brief *item, vt_str *text)
{
    for (int star = 0; item->rating > 0 && star < STARS; star++) {
        vt_str_append_cstr(text, star < item->rating ? "\u2605" : "\u2606");
    }
}

static void size_line(const vt_item_brief *item, vt_str *text)
{
    char words[WORDS];
    const char *extent = vt_wording_extent(words, sizeof words, (vt_kind)item->kind, item->width,
                                           item->height, item->triangles);
    vt_str_append_cstr(text, extent);
    vt_str_append_cstr(text, *extent ? " \u00b7 " : "");
    vt_str_append_cstr(text, vt_wording_size(words, sizeof words, item->size));
}

static const struct {
    const char *word, *title;
    void (*append)(const vt_item_brief *item, vt_str *text);
} table[VT_SHEET_LINE_COUNT] = {
    [VT_SHEET_NAME] = {"name", VT_TR_NOOP("export", "Name"), name_line},
    [VT_SHEET_TITLE] = {"title", VT_TR_NOOP("export", "Title"), title_line},
    [VT_SHEET_DATE] = {"date", VT_TR_NOOP("export", "Date"), date_line},
    [VT_SHEET_RATING] = {"rating", VT_TR_NOOP("export", "Stars"), rating_line},
    [VT_SHEET_SIZE] = {"size", VT_TR_NOOP("export", "Size"), size_line},
};

const char *vt_sheet_line_title(vt_sheet_line line)
{
    return table[line].title;
}

int vt_sheet_line_count(unsigned lines)
{
    return __builtin_popcount(lines & VT_SHEET_LINES_ALL);
}

char *vt_sheet_caption(unsigned lines, const vt_item_brief *item)
{
    vt_str text = VT_STR_INIT;
    vt_str_append_cstr(&text, "");
    for (int line = 0; line < VT_SHEET_LINE_COUNT; line++) {
        size_t before = text.length;
        if (lines & VT_SHEET_LINE(line)) {
            table[line].append(item, &text);
        }
        vt_str_append_cstr(&text, text.length > before ? "\n" : "");
    }
    return vt_str_take(&text);
}

static bool read_word(const char *word, size_t length, unsigned *lines)
{
    for (int line = 0; line < VT_SHEET_LINE_COUNT; line++) {
        if (strlen(table[line].word) == length && memcmp(table[line].word, word, length) == 0) {
            *lines |= VT_SHEET_LINE(line);
            return true;
        }
    }
    return false;
}

bool vt_sheet_lines_read(const char *words, unsigned *lines, vt_error *error)
{
    *lines = 0;
    for (const char *word = words; strcmp(words, "none") != 0;) {
        size_t length = strcspn(word, ",");
        if (!read_word(word, length, lines)) {
            return vt_error_set(
                error, VT_ERROR_USAGE,
                "a caption has name, title, date, rating, size, or is 'none'; '%.*s' is none of "
                "them",
                (int)(length < WORDS ? length : WORDS), word);
        }
        if (!word[length]) {
            break;
        }
        word += length + 1;
    }
    return true;
}
