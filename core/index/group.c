#include "core/index/group.h"

#include "core/base/clock.h"
#include "core/base/translatable.h"
#include "core/catalog/edit.h"
#include "core/catalog/label.h"
#include "core/decode/format.h"
#include "core/index/attributes.h"
#include "core/index/chunk.h"
#include "core/index/group_spans.h"

#include <stdio.h>
#include <string.h>

#define WORD(text) VT_TR_NOOP("group", text)

/* `form` has %1 for the number. */
static void append_number(vt_str *text, const char *form, uint32_t number)
{
    const char *place = strstr(form, "%1");
    if (!place) {
        vt_str_append_cstr(text, form);
        return;
    }
    vt_str_append(text, form, (size_t)(place - form));
    vt_str_appendf(text, "%u%s", number, place + 2);
}

/* ---- dates ---- */

enum {
    DAY_SECONDS = 86400,
    DAYS_MAX = 110000 /* 64 bits of nanoseconds reach some 106,752 days from 1970 */
};

static int64_t floor_divide(int64_t value, int64_t by)
{
    return value / by - (value % by < 0);
}

/* Days since 1970-01-01, plus DAYS_MAX, of the date that orders and filters take, too. */
static uint32_t day_value(const vt_snapshot *snapshot, uint32_t row)
{
    return (uint32_t)(floor_divide(vt_snapshot_date(snapshot, row), VT_NS_PER_S * DAY_SECONDS) + DAYS_MAX);
}

typedef struct civil_date {
    int year, month, day; /* month and day from 1 on */
    int weekday;          /* 0: Sunday */
} civil_date;

/* Howard Hinnant, chrono-Compatible Low-Level Date Algorithms, civil_from_days. */
static civil_date date_of_day(uint32_t value)
{
    enum { ERA_DAYS = 146097, TO_MARCH_0000 = 719468 };
    int64_t days = (int64_t)value - DAYS_MAX;
    int64_t shifted = days + TO_MARCH_0000;
    int64_t era = floor_divide(shifted, ERA_DAYS);
    int64_t day_of_era = shifted - era * ERA_DAYS;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / (ERA_DAYS - 1)) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t from_march = (5 * day_of_year + 2) / 153;
    int month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);
    return (civil_date){.year = (int)(year_of_era + era * 400) + (month <= 2),
                        .month = month,
                        .day = (int)(day_of_year - (153 * from_march + 2) / 5) + 1,
                        .weekday = (int)(((days + 4) % 7 + 7) % 7)};
}

static uint32_t year_value(const vt_snapshot *snapshot, uint32_t row)
{
    return (uint32_t)date_of_day(day_value(snapshot, row)).year;
}

static uint32_t month_value(const vt_snapshot *snapshot, uint32_t row)
{
    civil_date date = date_of_day(day_value(snapshot, row));
    return (uint32_t)(date.year * 12 + date.month - 1);
}

static const char *const months[] = {WORD("January"),   WORD("February"), WORD("March"),    WORD("April"),
                                     WORD("May"),       WORD("June"),     WORD("July"),     WORD("August"),
                                     WORD("September"), WORD("October"),  WORD("November"), WORD("December")};

static void day_title(const vt_snapshot *snapshot, uint32_t value, vt_group_word word, vt_str *title)
{
    static const char *const weekdays[] = {WORD("Sunday"),    WORD("Monday"),   WORD("Tuesday"),
                                           WORD("Wednesday"), WORD("Thursday"), WORD("Friday"),
                                           WORD("Saturday")};
    (void)snapshot;
    civil_date date = date_of_day(value);
    for (const char *at = word("group", WORD("%w, %d %m %y")); *at; at++) {
        char sign = *at == '%' && at[1] ? *++at : '\0';
        switch (sign) {
        case 'w':
            vt_str_append_cstr(title, word("group", weekdays[date.weekday]));
            break;
        case 'm':
            vt_str_append_cstr(title, word("group", months[date.month - 1]));
            break;
        case 'd':
        case 'y':
            vt_str_appendf(title, "%d", sign == 'd' ? date.day : date.year);
            break;
        default:
            vt_str_append_char(title, *at);
        }
    }
}

static void day_mark(const vt_snapshot *snapshot, uint32_t value, vt_group_word word, vt_str *mark)
{
    (void)word;
    (void)snapshot;
    vt_str_appendf(mark, "%d", date_of_day(value).year);
}

static void month_title(const vt_snapshot *snapshot, uint32_t value, vt_group_word word, vt_str *title)
{
    (void)snapshot;
    vt_str_appendf(title, "%s %u", word("group", months[value % 12]), value / 12);
}

static void month_mark(const vt_snapshot *snapshot, uint32_t value, vt_group_word word, vt_str *mark)
{
    (void)word;
    (void)snapshot;
    vt_str_appendf(mark, "%u", value / 12);
}

static void year_title(const vt_snapshot *snapshot, uint32_t value, vt_group_word word, vt_str *title)
{
    (void)word;
    (void)snapshot;
    vt_str_appendf(title, "%u", value);
}

/* ---- folders ---- */

static uint32_t folder_value(const vt_snapshot *snapshot, uint32_t row)
{
    return vt_snapshot_chunk(snapshot, row)->folder[row & VT_CHUNK_MASK];
}

/* Where the last part of a folder's path begins. */
static uint32_t last_part(const vt_folder *folder)
{
    uint32_t at = folder->length;
    while (at > 0 && folder->path[at - 1] != '/') {
        at--;
    }
    return at == folder->length ? 0 : at; /* the root has no part */
}

static void folder_title(const vt_snapshot *snapshot, uint32_t value, vt_group_word word, vt_str *title)
{
    (void)word;
    const vt_folder *folder = vt_folders_at(snapshot->folders, value);
    uint32_t part = last_part(folder);
    vt_str_append_display(title, folder->path + part, folder->length - part);
}

static void folder_detail(const vt_snapshot *snapshot, uint32_t value, vt_group_word word, vt_str *detail)
{
    (void)word;
    const vt_folder *folder = vt_folders_at(snapshot->folders, value);
    uint32_t part = last_part(folder);
    vt_str_append_display(detail, folder->path, part > 1 ? part - 1 : part);
}

/* ---- what else there is ---- */

static uint32_t kind_value(const vt_snapshot *snapshot, uint32_t row)
{
    return vt_snapshot_chunk(snapshot, row)->kind[row & VT_CHUNK_MASK];
}

static void kind_title(const vt_snapshot *snapshot, uint32_t value, vt_group_word word, vt_str *title)
{
    static const char *const names[] = {[VT_KIND_UNKNOWN] = WORD("Unknown"),
                                        [VT_KIND_IMAGE] = WORD("Images"),
                                        [VT_KIND_MODEL] = WORD("Models"),
                                        [VT_KIND_SEQUENCE] = WORD("Sequences")};
    (void)snapshot;
    vt_str_append_cstr(title, word("group", names[value < sizeof names / sizeof *names ? value : 0]));
}

static uint32_t format_value(const vt_snapshot *snapshot, uint32_t row)
{
    return vt_snapshot_chunk(snapshot, row)->format[row & VT_CHUNK_MASK];
}

static void format_title(const vt_snapshot *snapshot, uint32_t value, vt_group_word word, vt_str *title)
{
    (void)snapshot;
    const vt_format_info *format = vt_format_get((vt_format)value);
    vt_str_append_cstr(title, format ? format->name : word("group", WORD("Not read")));
}

static uint32_t rating_value(const vt_snapshot *snapshot, uint32_t row)
{
    return vt_snapshot_chunk(snapshot, row)->rating[row & VT_CHUNK_MASK];
}

static void rating_title(const vt_snapshot *snapshot, uint32_t value, vt_group_word word, vt_str *title)
{
    enum { STARS = 5 };
    (void)snapshot;
    for (uint32_t star = 0; value && star < STARS; star++) {
        vt_str_append_cstr(title, star < value ? "\u2605" : "\u2606");
    }
    vt_str_append_cstr(title, value ? "" : word("group", WORD("Not rated")));
}

static void append_character(vt_str *text, uint32_t value)
{
    char bytes[4];
    size_t length = vt_utf8_encode(value >= 'a' && value <= 'z' ? value - 'a' + 'A' : value, bytes);
    vt_str_append_display(text, bytes, length);
}

/* The colours in their order, what has none behind them. */
enum { LABEL_NONE = VT_LABEL_MAX + 1 };

static uint32_t label_value(const vt_snapshot *snapshot, uint32_t row)
{
    const vt_user_block *user = vt_snapshot_user_block(snapshot, row);
    uint8_t label = user ? user->label[row & VT_CHUNK_MASK] : 0;
    return label ? label : LABEL_NONE;
}

static void label_title(const vt_snapshot *snapshot, uint32_t value, vt_group_word word, vt_str *title)
{
    (void)snapshot;
    const char *name = value < LABEL_NONE ? vt_label_name((int)value) : NULL;
    char capital[32];
    if (name) {
        snprintf(capital, sizeof capital, "%s", name);
        capital[0] = (char)(capital[0] >= 'a' && capital[0] <= 'z' ? capital[0] - 'a' + 'A' : capital[0]);
        vt_str_append_cstr(title, word("label", capital));
    } else if (value < LABEL_NONE) {
        append_number(title, word("group", WORD("Label %1")), value);
    } else {
        vt_str_append_cstr(title, word("group", WORD("No label")));
    }
}

static uint32_t camera_value(const vt_snapshot *snapshot, uint32_t row)
{
    const vt_file_block *file = vt_snapshot_file_block(snapshot, row);
    return file ? file->camera[row & VT_CHUNK_MASK] : VT_GROUP_NO_CAMERA;
}

static void camera_title(const vt_snapshot *snapshot, uint32_t value, vt_group_word word, vt_str *title)
{
    uint32_t length = 0;
    if (value == VT_GROUP_NO_CAMERA) {
        vt_str_append_cstr(title, word("group", WORD("No camera")));
        return;
    }
    const char *name = vt_vocabulary_text(&snapshot->tables->cameras, value, &length);
    vt_str_append_display(title, name, length);
}

/* Each class holds sizes below its limit. */
static const struct {
    int64_t below;
    const char *title;
} size_classes[] = {
    {1, WORD("Empty")},
    {INT64_C(100000), WORD("Below 100 kB")},
    {INT64_C(1000000), WORD("100 kB to 1 MB")},
    {INT64_C(10000000), WORD("1 to 10 MB")},
    {INT64_C(100000000), WORD("10 to 100 MB")},
    {INT64_C(1000000000), WORD("100 MB to 1 GB")},
    {INT64_MAX, WORD("1 GB and more")},
};

static uint32_t size_value(const vt_snapshot *snapshot, uint32_t row)
{
    int64_t size = vt_snapshot_chunk(snapshot, row)->size[row & VT_CHUNK_MASK];
    uint32_t value = 0;
    while (value + 1 < sizeof size_classes / sizeof *size_classes && size >= size_classes[value].below) {
        value++;
    }
    return value;
}

static void size_title(const vt_snapshot *snapshot, uint32_t value, vt_group_word word, vt_str *title)
{
    (void)snapshot;
    vt_str_append_cstr(title, word("group", size_classes[value].title));
}

/* Signs and what is no text go together, and so do digits; letters stand for themselves, folded. */
enum { LETTER_SIGNS, LETTER_DIGITS };

static uint32_t letter_value(const vt_snapshot *snapshot, uint32_t row)
{
    const vt_chunk *chunk = vt_snapshot_chunk(snapshot, row);
    const char *name = vt_name_folded(chunk->name[row & VT_CHUNK_MASK]);
    unsigned letter = 0;
    if (vt_utf8_decode(name, chunk->name_length[row & VT_CHUNK_MASK], &letter) == 0) {
        return LETTER_SIGNS;
    }
    if (letter >= '0' && letter <= '9') {
        return LETTER_DIGITS;
    }
    return (letter >= 'a' && letter <= 'z') || letter > 0xBF ? letter : LETTER_SIGNS;
}

static void letter_title(const vt_snapshot *snapshot, uint32_t value, vt_group_word word, vt_str *title)
{
    (void)word;
    (void)snapshot;
    if (value == LETTER_SIGNS) {
        vt_str_append_cstr(title, "#");
    } else if (value == LETTER_DIGITS) {
        vt_str_append_cstr(title, "0\u20139");
    } else {
        append_character(title, value);
    }
}

/* ---- twins ---- */

static uint32_t twin_value(const vt_snapshot *snapshot, vt_twin_kind kind, uint32_t row)
{
    uint32_t place = vt_snapshot_twin_place(snapshot, kind, row);
    return place == VT_INDEX_NO_ROW ? VT_GROUP_NO_TWIN : vt_snapshot_twin_group_of(snapshot, kind, place);
}

static uint32_t same_value(const vt_snapshot *snapshot, uint32_t row)
{
    return twin_value(snapshot, VT_TWIN_SAME, row);
}

static uint32_t alike_value(const vt_snapshot *snapshot, uint32_t row)
{
    return twin_value(snapshot, VT_TWIN_ALIKE, row);
}

static void same_title(const vt_snapshot *snapshot, uint32_t value, vt_group_word word, vt_str *title)
{
    vt_twin_group group;
    if (value == VT_GROUP_NO_TWIN) {
        vt_str_append_cstr(title, word("group", WORD("No duplicates")));
        return;
    }
    vt_snapshot_twin_group(snapshot, VT_TWIN_SAME, value, &group);
    append_number(title, word("group", WORD("%1 copies")), group.count);
}

static void alike_title(const vt_snapshot *snapshot, uint32_t value, vt_group_word word, vt_str *title)
{
    vt_twin_group group;
    if (value == VT_GROUP_NO_TWIN) {
        vt_str_append_cstr(title, word("group", WORD("No duplicates")));
        return;
    }
    vt_snapshot_twin_group(snapshot, VT_TWIN_ALIKE, value, &group);
    append_number(title, word("group", WORD("%1 look alike")), group.count);
}

bool vt_group_twins(vt_group_by by, vt_twin_kind *kind)
{
    *kind = by == VT_GROUP_ALIKE ? VT_TWIN_ALIKE : VT_TWIN_SAME;
    return by == VT_GROUP_SAME || by == VT_GROUP_ALIKE;
}

/* ---- the table ---- */

typedef void (*text_of)(const vt_snapshot *snapshot, uint32_t value, vt_group_word word, vt_str *text);

static const struct {
    const char *name;
    uint32_t (*value)(const vt_snapshot *snapshot, uint32_t row);
    text_of title, detail, mark; /* the last two may be NULL */
} table[VT_GROUP_BY_COUNT] = {
    [VT_GROUP_NONE] = {"none", NULL, NULL, NULL, NULL},
    [VT_GROUP_FOLDER] = {"folder", folder_value, folder_title, folder_detail, NULL},
    [VT_GROUP_DAY] = {"day", day_value, day_title, NULL, day_mark},
    [VT_GROUP_MONTH] = {"month", month_value, month_title, NULL, month_mark},
    [VT_GROUP_YEAR] = {"year", year_value, year_title, NULL, year_title},
    [VT_GROUP_KIND] = {"kind", kind_value, kind_title, NULL, NULL},
    [VT_GROUP_FORMAT] = {"format", format_value, format_title, NULL, format_title},
    [VT_GROUP_RATING] = {"rating", rating_value, rating_title, NULL, NULL},
    [VT_GROUP_LABEL] = {"label", label_value, label_title, NULL, NULL},
    [VT_GROUP_CAMERA] = {"camera", camera_value, camera_title, NULL, NULL},
    [VT_GROUP_SIZE] = {"size", size_value, size_title, NULL, NULL},
    [VT_GROUP_LETTER] = {"letter", letter_value, letter_title, NULL, letter_title},
    [VT_GROUP_SAME] = {"same", same_value, same_title, NULL, NULL},
    [VT_GROUP_ALIKE] = {"alike", alike_value, alike_title, NULL, NULL},
};

const char *vt_group_by_name(vt_group_by by)
{
    return (unsigned)by < VT_GROUP_BY_COUNT ? table[by].name : table[VT_GROUP_NONE].name;
}

bool vt_group_by_from_name(const char *name, vt_group_by *by)
{
    for (int i = 0; i < VT_GROUP_BY_COUNT; i++) {
        if (strcmp(name, table[i].name) == 0) {
            *by = (vt_group_by)i;
            return true;
        }
    }
    return false;
}

vt_group_by vt_group_by_of_sort(vt_sort_key key)
{
    static const vt_group_by of[VT_SORT_KEY_COUNT] = {
        [VT_SORT_NAME] = VT_GROUP_LETTER,   [VT_SORT_PATH] = VT_GROUP_FOLDER,
        [VT_SORT_KIND] = VT_GROUP_KIND,     [VT_SORT_FORMAT] = VT_GROUP_FORMAT,
        [VT_SORT_SIZE] = VT_GROUP_SIZE,     [VT_SORT_DATE] = VT_GROUP_MONTH,
        [VT_SORT_RATING] = VT_GROUP_RATING, [VT_SORT_CAMERA] = VT_GROUP_CAMERA,
        [VT_SORT_LABEL] = VT_GROUP_LABEL,
    };
    return (unsigned)key < VT_SORT_KEY_COUNT ? of[key] : VT_GROUP_NONE;
}

uint32_t vt_group_value(const vt_snapshot *snapshot, vt_group_by by, uint32_t row)
{
    return table[by].value ? table[by].value(snapshot, row) : 0;
}

static const char *english(const char *context, const char *text)
{
    (void)context;
    return text;
}

void vt_group_append_title(const vt_snapshot *snapshot, vt_group_by by, uint32_t value, vt_group_word word,
                           vt_str *title)
{
    if (table[by].title) {
        table[by].title(snapshot, value, word ? word : english, title);
    }
}

void vt_group_append_detail(const vt_snapshot *snapshot, vt_group_by by, uint32_t value, vt_str *detail)
{
    if (table[by].detail) {
        table[by].detail(snapshot, value, english, detail);
    }
}

void vt_group_append_mark(const vt_snapshot *snapshot, vt_group_by by, uint32_t value, vt_str *mark)
{
    if (table[by].mark) {
        table[by].mark(snapshot, value, english, mark);
    }
}

bool vt_group_has_marks(vt_group_by by)
{
    return table[by].mark != NULL;
}
