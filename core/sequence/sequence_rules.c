#include "core/sequence/sequence_rules.h"

#include "core/base/clock.h"
#include "core/decode/format.h"

#include <string.h>
#include <strings.h>

#define DCF_LENGTH        8 /* characters, of which the last four are digits */
#define DCF_FREE          4
#define NUMBER_ALONE_MIN  4  /* digits of a name that is nothing else; Blender writes 0001.png */
#define DOTTED_WIDTH_MIN  3  /* digits behind a dot */
#define WIDTH_MIN         4  /* digits behind anything else */
#define WEAK_MEMBERS_MIN  24 /* a second of film */
#define FRAMES_PER_GAP    4
#define SIZE_FLOOR        4096 /* bytes that say nothing: headers, and pictures of one colour */
#define NEIGHBOURS_NS_MAX (INT64_C(24) * 3600 * VT_NS_PER_S)

/* `anywhere`: also as the first word of the name, with a date in between: IMG-20240105-WA0001. */
static const struct {
    const char *word;
    bool anywhere;
} words[] = {
    /* cameras and phones */
    {"img", true},
    {"dsc", true},
    {"dscn", true},
    {"dscf", true},
    {"dcim", true},
    {"cimg", true},
    {"kimg", true},
    {"hpim", true},
    {"mvimg", true},
    {"mvi", true},
    {"pict", true},
    {"sam", false},
    {"gopr", true},
    {"dji", true},
    {"pxl", true},
    {"wp", true},
    {"wa", false},
    /* scanners and pages of documents */
    {"scan", true},
    {"scanned", true},
    {"page", false},
    {"seite", false},
    /* the screen */
    {"screenshot", true},
    {"bildschirmfoto", true},
    {"capture", false},
    {"snapshot", false},
    /* what people and their programs call pictures of which there are many */
    {"photo", true},
    {"foto", true},
    {"picture", false},
    {"pic", false},
    {"bild", false},
    {"untitled", false},
    {"unbenannt", false},
    {"copy", false},
    {"kopie", false},
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Letters beyond ASCII belong to the words they stand in. */
static bool is_letter(char c)
{
    return is_lower(c) || is_upper(c) || (unsigned char)c >= 0x80;
}

static bool is_separator(char c)
{
    return !is_letter(c) && !is_digit(c);
}

/* The byte before the number, '\0' if the name begins with it. */
static char byte_before(const vt_sequence_series *series)
{
    return series->pattern.prefix_length > 0 ? series->name[series->pattern.prefix_length - 1] : '\0';
}

static bool no_images(const vt_sequence_series *series)
{
    const vt_format_info *info = vt_format_get(series->format);
    return !info || info->kind != VT_KIND_IMAGE;
}

static bool named_by_camera(const vt_sequence_series *series)
{
    const char *name = series->name;
    const vt_sequence_name *parts = &series->parts;
    bool ends_in_digits = parts->digits_at + parts->digits_length == DCF_LENGTH &&
                          parts->digits_length >= DCF_LENGTH - DCF_FREE;
    if (series->format != VT_FORMAT_JPEG || !ends_in_digits || parts->extension_at != DCF_LENGTH + 1) {
        return false;
    }
    bool lower = false, upper = false;
    for (size_t i = 0; i < DCF_FREE; i++) {
        lower = lower || is_lower(name[i]);
        upper = upper || is_upper(name[i]);
        if (!is_lower(name[i]) && !is_upper(name[i]) && !is_digit(name[i]) && name[i] != '_') {
            return false;
        }
    }
    return lower != upper; /* capitals, or small letters from a file system that makes them small */
}

static bool is_known_word(const char *word, size_t length, bool first)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if ((!first || words[i].anywhere) && strlen(words[i].word) == length &&
            strncasecmp(words[i].word, word, length) == 0) {
            return true;
        }
    }
    return false;
}

static bool named_by_word(const vt_sequence_series *series)
{
    const char *prefix = series->pattern.prefix;
    size_t length = series->pattern.prefix_length, at = 0, end = length;
    while (at < length && !is_letter(prefix[at])) {
        at++;
    }
    size_t first = at;
    while (at < length && is_letter(prefix[at])) {
        at++;
    }
    if (is_known_word(prefix + first, at - first, true)) {
        return true;
    }
    while (end > 0 && !is_letter(prefix[end - 1])) {
        end--;
    }
    at = end;
    while (at > 0 && is_letter(prefix[at - 1])) {
        at--;
    }
    return is_known_word(prefix + at, end - at, false);
}

static unsigned two_digits(const char *digits)
{
    return (unsigned)(digits[0] - '0') * 10 + (unsigned)(digits[1] - '0');
}

static bool is_century(unsigned century)
{
    return century == 19 || century == 20;
}

/* True if the eight digits there are a day of this century or the last: 20240105. */
static bool is_day(const char *digits)
{
    unsigned month = two_digits(digits + 4), day = two_digits(digits + 6);
    return is_century(two_digits(digits)) && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* How many digits end at `end`. */
static size_t digits_before(const char *name, size_t end)
{
    size_t at = end;
    while (at > 0 && is_digit(name[at - 1])) {
        at--;
    }
    return end - at;
}

static bool is_date(const vt_sequence_series *series)
{
    const char *name = series->name;
    size_t at = series->parts.digits_at, length = series->parts.digits_length;
    if ((length == 8 || length >= 12) && is_day(name + at)) {
        return true;
    }
    if (at < 2 || !is_separator(name[at - 1])) {
        return false;
    }
    size_t second = digits_before(name, at - 1);
    if (second == 8 && length >= 6 && is_day(name + at - 9)) {
        return true; /* 20240105_102231 */
    }
    if (second != 2 || at < 5 || !is_separator(name[at - 4])) {
        return false;
    }
    size_t third = digits_before(name, at - 4);
    if (length == 4) {
        return third == 2 && is_century(two_digits(name + at)); /* 05.01.2024 */
    }
    bool year_first = third == 4 && is_century(two_digits(name + at - 8)); /* 2024-01-05 */
    return length == 2 && (third == 2 || year_first);                      /* 10.22.31 */
}

static bool in_brackets(const vt_sequence_series *series)
{
    char before = byte_before(series);
    char behind = series->pattern.suffix_length > 0 ? series->pattern.suffix[0] : '\0';
    return (before == '(' && behind == ')') || (before == '[' && behind == ']');
}

/* True if a word follows the number at once: it says what is counted. One letter may be an eye, 0001L. */
static bool counts_something(const vt_sequence_series *series)
{
    const char *suffix = series->pattern.suffix;
    return series->pattern.suffix_length > 1 && is_letter(suffix[0]) && is_letter(suffix[1]);
}

static bool is_bare(const vt_sequence_series *series)
{
    if (series->pattern.prefix_length == 0) {
        return !series->padded || series->pattern.width < NUMBER_ALONE_MIN;
    }
    return !series->padded && !is_separator(byte_before(series));
}

static bool is_scattered(const vt_sequence_series *series)
{
    return series->gaps * FRAMES_PER_GAP > series->count;
}

static const vt_scan_file *member(const vt_sequence_series *series, size_t index)
{
    return &series->files[series->members[index]];
}

/* How many files are larger or smaller than the one before by more than numerator / denominator. */
static size_t jumps(const vt_sequence_series *series, double numerator, double denominator)
{
    size_t count = 0;
    for (size_t i = 1; i < series->count; i++) {
        double a = (double)member(series, i - 1)->size + SIZE_FLOOR;
        double b = (double)member(series, i)->size + SIZE_FLOOR;
        count += a * denominator > b * numerator || b * denominator > a * numerator;
    }
    return count;
}

static bool has_odd_sizes(const vt_sequence_series *series)
{
    return jumps(series, 4, 1) * 4 > series->count - 1;
}

static bool is_spread_in_time(const vt_sequence_series *series)
{
    size_t apart = 0;
    for (size_t i = 1; i < series->count; i++) {
        /* Times come from the file system, which may hold any: the difference in doubles cannot overflow. */
        double between = (double)member(series, i)->mtime_ns - (double)member(series, i - 1)->mtime_ns;
        apart += between > (double)NEIGHBOURS_NS_MAX || between < -(double)NEIGHBOURS_NS_MAX;
    }
    return apart * 2 > series->count - 1;
}

static bool is_weak(const vt_sequence_series *series)
{
    bool photographic = series->format == VT_FORMAT_JPEG || series->format == VT_FORMAT_WEBP;
    bool strong = byte_before(series) == '.' ? series->pattern.width >= DOTTED_WIDTH_MIN
                                             : series->pattern.width >= WIDTH_MIN && !photographic;
    return !strong && (series->count < WEAK_MEMBERS_MIN || jumps(series, 5, 4) * 10 > series->count - 1);
}

static const struct {
    const char *name;
    bool (*speaks_against)(const vt_sequence_series *series);
} rules[VT_SEQUENCE_VERDICT_COUNT] = {
    [VT_SEQUENCE_TAKEN] = {"taken", NULL},
    [VT_SEQUENCE_NO_IMAGES] = {"no-images", no_images},
    [VT_SEQUENCE_CAMERA] = {"camera", named_by_camera},
    [VT_SEQUENCE_WORD] = {"word", named_by_word},
    [VT_SEQUENCE_DATE] = {"date", is_date},
    [VT_SEQUENCE_BRACKETS] = {"brackets", in_brackets},
    [VT_SEQUENCE_COUNTED] = {"counted", counts_something},
    [VT_SEQUENCE_BARE] = {"bare", is_bare},
    [VT_SEQUENCE_SCATTERED] = {"scattered", is_scattered},
    [VT_SEQUENCE_SIZES] = {"sizes", has_odd_sizes},
    [VT_SEQUENCE_TIMES] = {"times", is_spread_in_time},
    [VT_SEQUENCE_WEAK] = {"weak", is_weak},
    [VT_SEQUENCE_SPLIT] = {"split", NULL},
};

static vt_sequence_verdict judge(const vt_sequence_series *series, vt_sequence_verdict last)
{
    for (int i = VT_SEQUENCE_TAKEN + 1; i <= (int)last; i++) {
        if (rules[i].speaks_against && rules[i].speaks_against(series)) {
            return (vt_sequence_verdict)i;
        }
    }
    return VT_SEQUENCE_TAKEN;
}

vt_sequence_verdict vt_sequence_judge(const vt_sequence_series *series)
{
    return judge(series, VT_SEQUENCE_WEAK);
}

vt_sequence_verdict vt_sequence_judge_name(const char *name, const vt_sequence_name *parts)
{
    const vt_sequence_series alone = {.pattern = vt_sequence_pattern_of(name, parts, parts->digits_length),
                                      .name = name,
                                      .parts = *parts,
                                      .format = vt_format_of_name(name),
                                      .padded = vt_sequence_name_is_padded(name, parts),
                                      .count = 1};
    return judge(&alone, VT_SEQUENCE_COUNTED);
}

const char *vt_sequence_verdict_name(vt_sequence_verdict verdict)
{
    return (unsigned)verdict < VT_SEQUENCE_VERDICT_COUNT ? rules[verdict].name : "unknown";
}
