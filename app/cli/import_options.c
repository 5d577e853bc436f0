/* The options of `vitrine import`. */
#include "app/cli/import_session.h"
#include "app/cli/output.h"
#include "app/cli/parse.h"
#include "core/decode/format.h"
#include "core/settings/settings.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

/* Leaves `mode` as it is without a word. */
static bool choose_mode(const char *word, vt_sequence_mode *mode, vt_error *error)
{
    const char *const *words = vt_setting_get(VT_SETTING_SEQUENCES)->words;
    for (size_t i = 0; word && words[i]; i++) {
        if (strcmp(word, words[i]) == 0) {
            *mode = (vt_sequence_mode)i;
            return true;
        }
    }
    return !word ||
           vt_error_set(error, VT_ERROR_USAGE, "--sequences takes careful, eager or off, not '%s'", word);
}

static bool is_word(const char *text, size_t length, const char *word)
{
    return strlen(word) == length && strncasecmp(text, word, length) == 0;
}

/* The bit of a kind or format by its name; 0: there is none. */
static uint32_t kind_bit(const char *text, size_t length)
{
    static const vt_kind kinds[] = {VT_KIND_IMAGE, VT_KIND_MODEL, VT_KIND_SEQUENCE};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (is_word(text, length, vt_item_kind_name((uint8_t)kinds[i]))) {
            return 1U << kinds[i];
        }
    }
    return 0;
}

static uint32_t format_bit(const char *text, size_t length)
{
    for (int i = 1; i < VT_FORMAT_COUNT; i++) {
        if (is_word(text, length, vt_format_get((vt_format)i)->name)) {
            return 1U << i;
        }
    }
    return 0;
}

/* "image,model": the bits of all words. */
static bool read_bits(const char *text, const char *option, uint32_t (*bit_of)(const char *, size_t),
                      uint32_t *bits, vt_error *error)
{
    for (const char *at = text; at;) {
        size_t length = strcspn(at, ",");
        uint32_t bit = bit_of(at, length);
        if (!bit) {
            return vt_error_set(error, VT_ERROR_USAGE,
                                "%s does not know '%.*s'; 'vitrine import --help' has words", option,
                                (int)(length < 64 ? length : 64), at);
        }
        *bits |= bit;
        at = at[length] ? at + length + 1 : NULL;
    }
    return true;
}

static bool read_text(const char *text, const char *option, char to[VT_CHOICE_TEXT], vt_error *error)
{
    if (text && strlen(text) >= VT_CHOICE_TEXT) {
        return vt_error_set(error, VT_ERROR_USAGE, "%s takes %d bytes at most", option, VT_CHOICE_TEXT - 1);
    }
    snprintf(to, VT_CHOICE_TEXT, "%s", text ? text : "");
    return true;
}

/* "500", "20k", "3M", "1G" */
static bool read_size(const char *text, const char *option, int64_t *size, vt_error *error)
{
    static const char units[] = "kMG";
    char *end = NULL;
    if (!text) {
        return true;
    }
    errno = 0;
    long long number = strtoll(text, &end, 10);
    bool is_number = end != text && errno == 0 && text[0] >= '0' && text[0] <= '9';
    const char *unit = is_number && *end ? strchr(units, *end) : NULL;
    int64_t factor = 1;
    for (const char *at = units; unit && at <= unit; at++) {
        factor *= 1000;
    }
    if (!is_number || (*end && (!unit || end[1])) || number > INT64_MAX / factor) {
        return vt_error_set(error, VT_ERROR_USAGE, "%s takes a size like 500, 20k, 3M or 1G, not '%.64s'",
                            option, text);
    }
    *size = number * factor;
    return true;
}

/* The beginning of that day here. */
static bool read_day(const char *text, int64_t *ns, vt_error *error)
{
    struct tm day = {.tm_isdst = -1};
    int used = 0;
    if (!text) {
        return true;
    }
    bool is_day = sscanf(text, "%4d-%2d-%2d%n", &day.tm_year, &day.tm_mon, &day.tm_mday, &used) == 3 &&
                  text[used] == '\0' && day.tm_mon >= 1 && day.tm_mon <= 12 && day.tm_mday >= 1 &&
                  day.tm_mday <= 31;
    day.tm_year -= 1900;
    day.tm_mon -= 1;
    time_t seconds = is_day ? mktime(&day) : -1;
    *ns = (int64_t)seconds * 1000000000;
    return (is_day && seconds != -1) ||
           vt_error_set(error, VT_ERROR_USAGE, "--newer takes a day like 2024-05-17, not '%.64s'", text);
}

static bool read_choice(const vt_arguments *arguments, vt_choice_rules *choice, vt_error *error)
{
    return read_text(vt_arguments_value(arguments, "name"), "--name", choice->names, error) &&
           read_text(vt_arguments_value(arguments, "exclude"), "--exclude", choice->leave_out, error) &&
           read_bits(vt_arguments_value(arguments, "kind"), "--kind", kind_bit, &choice->kinds, error) &&
           read_bits(vt_arguments_value(arguments, "format"), "--format", format_bit, &choice->formats,
                     error) &&
           read_size(vt_arguments_value(arguments, "larger"), "--larger", &choice->size_min, error) &&
           read_size(vt_arguments_value(arguments, "smaller"), "--smaller", &choice->size_max, error) &&
           read_day(vt_arguments_value(arguments, "newer"), &choice->newer_ns, error);
}

static bool read_number(const vt_arguments *arguments, const char *name, long most, long *number,
                        vt_error *error)
{
    const char *text = vt_arguments_value(arguments, name);
    char option[32];
    snprintf(option, sizeof option, "--%s", name);
    return !text || vt_cli_number(text, option, 1, most, number, error);
}

static bool read_wishes(const vt_arguments *arguments, vt_import_options *options, vt_error *error)
{
    long limit = 0;
    long batch = 0;
    long chunk = 0;
    long memory = 0;
    if (!read_number(arguments, "limit", LONG_MAX, &limit, error) ||
        !read_number(arguments, "batch", VT_IMPORT_BATCH_MAX, &batch, error) ||
        !read_number(arguments, "chunk", VT_IMPORT_CHUNK_MAX, &chunk, error) ||
        !read_number(arguments, "memory", 1000000, &memory, error)) {
        return false;
    }
    options->items_max = limit;
    options->wishes =
        (vt_import_wishes){.batch = (int)batch, .chunk = (int)chunk, .memory = memory * VT_MEMORY_MB};
    return true;
}

bool vt_cli_import_options(const vt_arguments *arguments, vt_sequence_mode sequences,
                           vt_import_options *options, vt_error *error)
{
    const char *read = vt_arguments_value(arguments, "read");
    long limit = 0;
    *options = (vt_import_options){
        .retry_failures = vt_arguments_value(arguments, "retry") != NULL,
        .hidden = vt_arguments_value(arguments, "hidden") != NULL,
        .no_wait = vt_arguments_value(arguments, "no-wait") != NULL,
        .sequences = sequences,
    };
    if (!choose_mode(vt_arguments_value(arguments, "sequences"), &options->sequences, error) ||
        (read && !vt_cli_number(read, "--read", 0, LONG_MAX, &limit, error)) ||
        !read_choice(arguments, &options->choice, error) || !read_wishes(arguments, options, error)) {
        return false;
    }
    if (read) {
        options->read_limit = limit > 0 ? limit : VT_IMPORT_READ_NONE;
    }
    return vt_import_options_check(options, error);
}
