#include "core/decode/metadata.h"

#include "core/base/clock.h"
#include "core/base/str.h"
#include "core/decode/tag_path_text.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#define YEAR_MIN 1800
#define YEAR_MAX 2261
/* What these years are within. */
#define TAKEN_LIMIT (INT64_MAX - 86400 * VT_NS_PER_S)

/* Where each text stands in vt_metadata.text. */
static const struct {
    uint16_t at;
    uint16_t room; /* NUL included */
    bool lines;    /* may hold line breaks */
} fields[VT_METADATA_TEXT_COUNT] = {
    [VT_METADATA_CAMERA] = {0, 96, false},       [VT_METADATA_LENS] = {96, 96, false},
    [VT_METADATA_TITLE] = {192, 256, false},     [VT_METADATA_DESCRIPTION] = {448, 2048, true},
    [VT_METADATA_CREATOR] = {2496, 192, false},  [VT_METADATA_COPYRIGHT] = {2688, 256, false},
    [VT_METADATA_KEYWORDS] = {2944, 1088, true}, [VT_METADATA_LABEL] = {4032, 64, false},
    [VT_METADATA_TAGS] = {4096, 4096, true},
};

_Static_assert(4096 + 4096 == VT_METADATA_TEXT_BYTES, "the fields fill the text");

#define CLEANED_MAX 4096 /* no field has more room */

static bool is_field(int field)
{
    return field >= 0 && field < VT_METADATA_TEXT_COUNT;
}

static char *text_of(vt_metadata *metadata, vt_metadata_text field)
{
    return metadata->text + fields[field].at;
}

size_t vt_metadata_text_limit(vt_metadata_text field)
{
    return is_field((int)field) ? fields[field].room - 1U : 0;
}

const char *vt_metadata_get(const vt_metadata *metadata, vt_metadata_text field)
{
    return is_field((int)field) ? metadata->text + fields[field].at : "";
}

/* Controls, line and paragraph separators, and the marks that turn the writing direction: a text must not be
   able to disguise what stands beside it. */
static bool is_unprintable(unsigned c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029;
}

/* Copies `bytes` cleaned into `to`; returns the length, at most `limit`. `*cut` tells that not all went in.
 */
static size_t clean(const char *bytes, size_t count, bool lines, char *to, size_t limit, bool *cut)
{
    count = strnlen(bytes, count);
    bool utf8 = vt_utf8_valid(bytes, count);
    size_t length = 0;
    *cut = false;
    for (size_t at = 0, step; at < count; at += step) {
        unsigned c = (uint8_t)bytes[at];
        char form[4] = {bytes[at]};
        step = utf8 ? vt_utf8_decode(bytes + at, count - at, &c) : 1;
        size_t size = step;
        if (utf8) {
            memcpy(form, bytes + at, step);
        } else if (c >= 0x80) {
            size = vt_utf8_encode(c, form);
        }
        if (is_unprintable(c)) {
            form[0] = lines && c == '\n' ? '\n' : ' ';
            size = 1;
        }
        if (length == 0 && (form[0] == ' ' || form[0] == '\n')) {
            continue;
        }
        if (length + size > limit) {
            *cut = true;
            break;
        }
        memcpy(to + length, form, size);
        length += size;
    }
    while (length > 0 && (to[length - 1] == ' ' || to[length - 1] == '\n')) {
        length--;
    }
    return length;
}

void vt_metadata_set(vt_metadata *metadata, vt_metadata_text field, const void *bytes, size_t count)
{
    if (!is_field((int)field)) {
        return;
    }
    char *to = text_of(metadata, field);
    char cleaned[CLEANED_MAX];
    bool cut;
    /* A keyword is one line; that there are several is for vt_metadata_add to say. */
    size_t length =
        clean(bytes, count, field == VT_METADATA_DESCRIPTION, cleaned, fields[field].room - 1U, &cut);
    if (length == 0) {
        return;
    }
    memset(to, 0, fields[field].room);
    memcpy(to, cleaned, length);
}

/* One of the values that `text` consists of. */
static bool has_value(const char *text, const char *separator, const char *value, size_t length)
{
    size_t step = strlen(separator);
    for (const char *at = text;;) {
        const char *end = strstr(at, separator);
        size_t size = end ? (size_t)(end - at) : strlen(at);
        if (size == length && memcmp(at, value, length) == 0) {
            return true;
        }
        if (!end) {
            return false;
        }
        at = end + step;
    }
}

void vt_metadata_add(vt_metadata *metadata, vt_metadata_text field, const void *bytes, size_t count)
{
    if (!is_field((int)field)) {
        return;
    }
    char *text = text_of(metadata, field);
    size_t used = strlen(text);
    if (used == 0) {
        vt_metadata_set(metadata, field, bytes, count);
        return;
    }
    char cleaned[CLEANED_MAX];
    bool cut;
    const char *separator = fields[field].lines ? "\n" : "; ";
    size_t step = strlen(separator);
    size_t length = clean(bytes, count, false, cleaned, fields[field].room - 1U, &cut);
    if (length == 0 || cut || used + step + length >= fields[field].room ||
        has_value(text, separator, cleaned, length)) {
        return;
    }
    for (size_t i = 0; i < step; i++) {
        text[used + i] = separator[i];
    }
    memcpy(text + used + step, cleaned, length);
}

void vt_metadata_add_tag(vt_metadata *metadata, const char *separator, const void *bytes, size_t count)
{
    vt_str tag = VT_STR_INIT;
    char cleaned[CLEANED_MAX];
    bool cut;
    cleaned[clean(bytes, count, false, cleaned, sizeof cleaned - 1, &cut)] = '\0';
    if (!cut && vt_tag_path_text_read(separator, cleaned, &tag) && !tag.failed) {
        vt_metadata_add(metadata, VT_METADATA_TAGS, tag.data, tag.length);
    }
    vt_str_free(&tag);
}

void vt_metadata_set_model(vt_metadata *metadata, vt_metadata_text field, const char *maker,
                           size_t maker_count, const char *model, size_t model_count)
{
    char both[256];
    const char *space = maker_count ? memchr(maker, ' ', maker_count) : NULL;
    size_t word = space ? (size_t)(space - maker) : maker_count;
    bool twice = word > 0 && model_count >= word && strncasecmp(maker, model, word) == 0;
    if (twice || maker_count == 0 || model_count == 0 || maker_count + 1 + model_count > sizeof both) {
        vt_metadata_set(metadata, field, model_count ? model : maker,
                        model_count ? model_count : maker_count);
        return;
    }
    memcpy(both, maker, maker_count);
    both[maker_count] = ' ';
    memcpy(both + maker_count + 1, model, model_count);
    vt_metadata_set(metadata, field, both, maker_count + 1 + model_count);
}

/* The numbers, their places and ranges: a table, so that setting, merging and packing agree. */
static const struct number {
    vt_metadata_fact fact;
    size_t at;
    double low, high;
} numbers[] = {
    {VT_METADATA_EXPOSURE, offsetof(vt_metadata, exposure), 1e-9, 1e6},
    {VT_METADATA_F_NUMBER, offsetof(vt_metadata, f_number), 1e-3, 1000},
    {VT_METADATA_FOCAL, offsetof(vt_metadata, focal_mm), 1e-3, 1e5},
    {VT_METADATA_ALTITUDE, offsetof(vt_metadata, altitude), -1e5, 1e6},
};

#define NUMBER_COUNT (sizeof numbers / sizeof *numbers)

static bool is_within(double value, double low, double high)
{
    return value >= low && value <= high; /* false for NaN */
}

void vt_metadata_set_number(vt_metadata *metadata, vt_metadata_fact fact, double value)
{
    if (fact == VT_METADATA_ISO && is_within(value, 1, 1e8)) {
        metadata->iso = (uint32_t)value;
        metadata->known |= VT_METADATA_ISO;
    }
    if (fact == VT_METADATA_RATING && is_within(value, -1, 5)) {
        metadata->rating = (int32_t)lround(value);
        metadata->known |= VT_METADATA_RATING;
    }
    if (fact == VT_METADATA_OFFSET && (metadata->known & VT_METADATA_TAKEN) &&
        is_within(value, -1440, 1440)) {
        metadata->offset_minutes = (int32_t)value;
        metadata->known |= VT_METADATA_OFFSET;
    }
    for (size_t i = 0; i < NUMBER_COUNT; i++) {
        if (numbers[i].fact == fact && is_within(value, numbers[i].low, numbers[i].high)) {
            memcpy((char *)metadata + numbers[i].at, &value, sizeof value);
            metadata->known |= (uint32_t)fact;
        }
    }
}

void vt_metadata_set_taken_ns(vt_metadata *metadata, int64_t taken_ns)
{
    if (taken_ns >= -TAKEN_LIMIT && taken_ns <= TAKEN_LIMIT) {
        metadata->taken_ns = taken_ns;
        metadata->known |= VT_METADATA_TAKEN;
    }
}

void vt_metadata_set_position(vt_metadata *metadata, double latitude, double longitude)
{
    if (is_within(latitude, -90, 90) && is_within(longitude, -180, 180)) {
        metadata->latitude = latitude;
        metadata->longitude = longitude;
        metadata->known |= VT_METADATA_POSITION;
    }
}

/* Days from 1970-01-01 in the Gregorian calendar: the year is taken to begin in March, so that the leap day
   is its last and 153 days are every five months. */
static int64_t days_of(int64_t year, int month, int day)
{
    year -= month <= 2;
    int64_t era = year / 400; /* years are positive here */
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static int days_in_month(int year, int month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

typedef struct cursor {
    const char *at, *end;
} cursor;

/* Exactly `digits` digits, a number from `low` to `high`. */
static bool take_number(cursor *c, int digits, int low, int high, int *value)
{
    *value = 0;
    for (int i = 0; i < digits; i++) {
        if (c->at == c->end || *c->at < '0' || *c->at > '9') {
            return false;
        }
        *value = *value * 10 + (*c->at++ - '0');
    }
    return *value >= low && *value <= high;
}

static bool take_one_of(cursor *c, const char *these)
{
    if (c->at == c->end || *c->at == '\0' || !strchr(these, *c->at)) {
        return false;
    }
    c->at++;
    return true;
}

void vt_metadata_set_subseconds(vt_metadata *metadata, const char *digits, size_t count)
{
    int64_t fraction = 0;
    int64_t unit = VT_NS_PER_S / 10;
    for (size_t i = 0; i < count && digits[i] >= '0' && digits[i] <= '9' && unit > 0; i++, unit /= 10) {
        fraction += (digits[i] - '0') * unit;
    }
    if (metadata->known & VT_METADATA_TAKEN) {
        int64_t rest = metadata->taken_ns % VT_NS_PER_S;
        metadata->taken_ns += fraction - (rest < 0 ? rest + VT_NS_PER_S : rest);
    }
}

void vt_metadata_set_offset(vt_metadata *metadata, const char *text, size_t count)
{
    cursor c = {text, text + count};
    int hours = 0;
    int minutes = 0;
    bool negative = count > 0 && text[0] == '-';
    if (!(metadata->known & VT_METADATA_TAKEN)) {
        return;
    }
    if (!take_one_of(&c, "Z")) {
        if (!take_one_of(&c, "+-") || !take_number(&c, 2, 0, 23, &hours) || !take_one_of(&c, ":") ||
            !take_number(&c, 2, 0, 59, &minutes)) {
            return;
        }
    }
    metadata->offset_minutes = (hours * 60 + minutes) * (negative ? -1 : 1);
    metadata->known |= VT_METADATA_OFFSET;
}

bool vt_metadata_set_taken(vt_metadata *metadata, const char *text, size_t count)
{
    cursor c = {text, text + count};
    int year, month, day;
    int hour = 0;
    int minute = 0;
    int second = 0;
    if (!take_number(&c, 4, YEAR_MIN, YEAR_MAX, &year) || !take_one_of(&c, ":-") ||
        !take_number(&c, 2, 1, 12, &month) || !take_one_of(&c, ":-") ||
        !take_number(&c, 2, 1, days_in_month(year, month), &day)) {
        return false;
    }
    if (take_one_of(&c, " T")) {
        if (!take_number(&c, 2, 0, 23, &hour) || !take_one_of(&c, ":") ||
            !take_number(&c, 2, 0, 59, &minute)) {
            return false;
        }
        if (take_one_of(&c, ":") && !take_number(&c, 2, 0, 60, &second)) {
            return false;
        }
    }
    metadata->taken_ns =
        (((days_of(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * VT_NS_PER_S;
    metadata->known = (metadata->known & ~(uint32_t)VT_METADATA_OFFSET) | VT_METADATA_TAKEN;
    if (take_one_of(&c, ".")) {
        vt_metadata_set_subseconds(metadata, c.at, (size_t)(c.end - c.at));
        while (c.at < c.end && *c.at >= '0' && *c.at <= '9') {
            c.at++;
        }
    }
    vt_metadata_set_offset(metadata, c.at, (size_t)(c.end - c.at));
    return true;
}

bool vt_metadata_is_empty(const vt_metadata *metadata)
{
    bool empty = metadata->known == 0;
    for (int i = 0; i < VT_METADATA_TEXT_COUNT; i++) {
        empty = empty && metadata->text[fields[i].at] == '\0';
    }
    return empty;
}

/* Copies the facts of `mask` that `from` knows. */
static void copy_facts(vt_metadata *to, const vt_metadata *from, uint32_t mask)
{
    uint32_t take = from->known & mask;
    if (take & VT_METADATA_TAKEN) {
        to->taken_ns = from->taken_ns;
        to->offset_minutes = from->offset_minutes;
    }
    if (take & VT_METADATA_POSITION) {
        to->latitude = from->latitude;
        to->longitude = from->longitude;
    }
    to->iso = take & VT_METADATA_ISO ? from->iso : to->iso;
    to->rating = take & VT_METADATA_RATING ? from->rating : to->rating;
    for (size_t i = 0; i < NUMBER_COUNT; i++) {
        if (take & (uint32_t)numbers[i].fact) {
            memcpy((char *)to + numbers[i].at, (const char *)from + numbers[i].at, sizeof(double));
        }
    }
    to->known |= take;
}

/* Facts come from the first that knows them; a date and its offset, a position and its altitude go together.
 */
static void merge_facts(vt_metadata *to, const vt_metadata *const order[3], uint32_t group)
{
    for (int i = 0; i < 3; i++) {
        if (order[i]->known & group) {
            copy_facts(to, order[i], group);
            return;
        }
    }
}

static void merge_text(vt_metadata *to, const vt_metadata *const order[3], vt_metadata_text field)
{
    for (int i = 0; i < 3; i++) {
        if (vt_metadata_get(order[i], field)[0]) {
            memcpy(text_of(to, field), vt_metadata_get(order[i], field), fields[field].room);
            return;
        }
    }
}

void vt_metadata_merge(vt_metadata *to, const vt_metadata *exif, const vt_metadata *iptc,
                       const vt_metadata *xmp)
{
    static const uint32_t measured[] = {VT_METADATA_TAKEN | VT_METADATA_OFFSET,
                                        VT_METADATA_EXPOSURE,
                                        VT_METADATA_F_NUMBER,
                                        VT_METADATA_ISO,
                                        VT_METADATA_FOCAL,
                                        VT_METADATA_POSITION | VT_METADATA_ALTITUDE};
    const vt_metadata *const camera_first[3] = {exif, xmp, iptc};
    const vt_metadata *const people_first[3] = {xmp, iptc, exif};
    memset(to, 0, sizeof *to);
    for (size_t i = 0; i < sizeof measured / sizeof *measured; i++) {
        merge_facts(to, camera_first, measured[i]);
    }
    merge_facts(to, people_first, VT_METADATA_RATING);
    for (int i = 0; i < VT_METADATA_TEXT_COUNT; i++) {
        bool of_camera = i == VT_METADATA_CAMERA || i == VT_METADATA_LENS;
        merge_text(to, of_camera ? camera_first : people_first, (vt_metadata_text)i);
    }
}
