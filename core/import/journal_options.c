/* The options of an import as a line of text, for the journal. */
#include "core/import/unfinished.h"

#include "core/base/str.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

typedef enum word_type { WORD_FLAG, WORD_INT, WORD_INT64, WORD_UINT32, WORD_TEXT } word_type;

/* A number that is 0, a switch that is off and a text that is empty are not written. */
static const struct {
    const char *word;
    word_type type;
    size_t at; /* in vt_import_options */
} words[] = {
    {"hidden", WORD_FLAG, offsetof(vt_import_options, hidden)},
    {"retry", WORD_FLAG, offsetof(vt_import_options, retry_failures)},
    {"read", WORD_INT64, offsetof(vt_import_options, read_limit)},
    {"items", WORD_INT64, offsetof(vt_import_options, items_max)},
    {"since", WORD_INT64, offsetof(vt_import_options, items_since)},
    {"name", WORD_TEXT, offsetof(vt_import_options, choice.names)},
    {"leave", WORD_TEXT, offsetof(vt_import_options, choice.leave_out)},
    {"kinds", WORD_UINT32, offsetof(vt_import_options, choice.kinds)},
    {"formats", WORD_UINT32, offsetof(vt_import_options, choice.formats)},
    {"least", WORD_INT64, offsetof(vt_import_options, choice.size_min)},
    {"most", WORD_INT64, offsetof(vt_import_options, choice.size_max)},
    {"newer", WORD_INT64, offsetof(vt_import_options, choice.newer_ns)},
    {"batch", WORD_INT, offsetof(vt_import_options, wishes.batch)},
    {"chunk", WORD_INT, offsetof(vt_import_options, wishes.chunk)},
    {"workers", WORD_INT, offsetof(vt_import_options, wishes.workers)},
    {"watch", WORD_INT, offsetof(vt_import_options, watch)},
    {"scan", WORD_INT, offsetof(vt_import_options, scan_at_start)},
    {"memory", WORD_INT64, offsetof(vt_import_options, wishes.memory)},
};

static const char *const sequence_words[] = {
    [VT_SEQUENCE_OFF] = NULL, [VT_SEQUENCE_CAREFUL] = "careful", [VT_SEQUENCE_EAGER] = "eager"};
#define SEQUENCE_WORDS (sizeof sequence_words / sizeof *sequence_words)

/* ---- writing ---- */

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-' || c == '/';
}

static void append_encoded(vt_str *line, const char *text)
{
    for (; *text; text++) {
        if (is_plain(*text)) {
            vt_str_append_char(line, *text);
        } else {
            vt_str_appendf(line, "%%%02X", (unsigned char)*text);
        }
    }
}

static void append_number(vt_str *line, const char *word, int64_t number)
{
    if (number != 0) {
        vt_str_appendf(line, " %s=%" PRId64, word, number);
    }
}

static void append_word(vt_str *line, const char *word, word_type type, const void *value)
{
    switch (type) {
    case WORD_FLAG:
        vt_str_appendf(line, "%s%s", *(const bool *)value ? " " : "", *(const bool *)value ? word : "");
        break;
    case WORD_INT:
        append_number(line, word, *(const int *)value);
        break;
    case WORD_INT64:
        append_number(line, word, *(const int64_t *)value);
        break;
    case WORD_UINT32:
        append_number(line, word, *(const uint32_t *)value);
        break;
    case WORD_TEXT:
        if (*(const char *)value) {
            vt_str_appendf(line, " %s=", word);
            append_encoded(line, value);
        }
        break;
    }
}

void vt_import_options_write(const vt_import_options *options, char text[VT_IMPORT_OPTIONS_TEXT])
{
    vt_str line = VT_STR_INIT;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        append_word(&line, words[i].word, words[i].type, (const char *)options + words[i].at);
    }
    if ((size_t)options->sequences < SEQUENCE_WORDS && sequence_words[options->sequences]) {
        vt_str_appendf(&line, " %s", sequence_words[options->sequences]);
    }
    /* Two texts of VT_CHOICE_TEXT, three bytes for each of theirs at most, and short words: it always fits.
     */
    size_t length = line.failed || line.length >= VT_IMPORT_OPTIONS_TEXT ? 0 : line.length;
    size_t skip = length > 0; /* the space in front */
    memcpy(text, line.data + skip, length - skip);
    text[length - skip] = '\0';
    vt_str_free(&line);
}

_Static_assert(2 * 3 * VT_CHOICE_TEXT + 600 < VT_IMPORT_OPTIONS_TEXT, "all options fit");

/* ---- reading ---- */

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* As much as fits; a text that is cut would be another rule, so it becomes none. */
static void read_text(const char *from, size_t length, char to[VT_CHOICE_TEXT])
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        char c = from[i];
        if (c == '%' && i + 2 < length && digit(from[i + 1]) >= 0 && digit(from[i + 2]) >= 0) {
            c = (char)(digit(from[i + 1]) * 16 + digit(from[i + 2]));
            i += 2;
        }
        if (count + 1 == VT_CHOICE_TEXT) {
            count = 0;
            break;
        }
        to[count++] = c;
    }
    to[count] = '\0';
}

static int64_t clamp(int64_t number, int64_t most)
{
    return number < 0 ? 0 : number > most ? most : number;
}

static void read_value(word_type type, const char *from, size_t length, void *value)
{
    switch (type) {
    case WORD_FLAG:
        break;
    case WORD_INT:
        *(int *)value = (int)clamp(strtoll(from, NULL, 10), VT_IMPORT_BATCH_MAX);
        break;
    case WORD_INT64:
        *(int64_t *)value = strtoll(from, NULL, 10);
        break;
    case WORD_UINT32:
        *(uint32_t *)value = (uint32_t)clamp(strtoll(from, NULL, 10), UINT32_MAX);
        break;
    case WORD_TEXT:
        read_text(from, length, value);
        break;
    }
}

static bool is_word(const char *text, size_t length, const char *word)
{
    return word && strlen(word) == length && memcmp(text, word, length) == 0;
}

static void read_word(const char *text, size_t length, vt_import_options *options)
{
    const char *equals = memchr(text, '=', length);
    size_t name = equals ? (size_t)(equals - text) : length;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        void *value = (char *)options + words[i].at;
        if (!is_word(text, name, words[i].word) || (words[i].type == WORD_FLAG) != !equals) {
            continue;
        }
        if (equals) {
            read_value(words[i].type, equals + 1, length - name - 1, value);
        } else {
            *(bool *)value = true;
        }
    }
    for (size_t i = 0; !equals && i < SEQUENCE_WORDS; i++) {
        if (is_word(text, length, sequence_words[i])) {
            options->sequences = (vt_sequence_mode)i;
        }
    }
}

vt_import_options vt_import_options_read(const char *text)
{
    vt_import_options options = {0};
    while (*text) {
        size_t length = strcspn(text, " ");
        read_word(text, length, &options);
        text += length + strspn(text + length, " ");
    }
    return options;
}
