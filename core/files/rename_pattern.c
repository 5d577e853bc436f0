#include "core/files/rename_pattern.h"

#include "core/base/clock.h"
#include "core/base/path.h"
#include "core/base/str.h"
#include "core/base/translatable.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wctype.h>

#define PARTS_MAX  64
#define WIDTH_MAX  20
#define START_MAX  1000000000
#define STEP_MAX   1000000
#define FORMAT_MAX 64
/* What strftime may make of a format: a name of a month has fewer than 30 bytes in any language. */
#define DATE_MAX 2048

/* A placeholder with its argument, or (`kind` NULL) literal bytes of the pattern. */
typedef struct part {
    const struct kind *kind;
    size_t at, length; /* of the bytes, or the argument's */
    int letters;       /* 0: as they are, else an index in `cases` */
    int64_t width, start, step;
    char format[FORMAT_MAX + 2]; /* for strftime, a blank before it */
} part;

struct vt_rename_pattern {
    char *bytes;            /* owned, of this `length` */
    char *search, *replace; /* owned */
    size_t length;
    part parts[PARTS_MAX];
    size_t count;
    bool has_extension;
    locale_t letters; /* 0: no case is changed, or only that of ASCII */
};

/* The file that a name is made for, in pieces. */
typedef struct subject {
    const vt_rename_file *file;
    const char *folder, *name, *extension; /* the latter without its dot */
    size_t folder_length, name_length, extension_length;
    size_t number;
} subject;

typedef struct kind {
    vt_rename_placeholder shown;
    /* Reads the argument; NULL if it is good, else what it should be. `*fault` is where, from its beginning.
     */
    const char *(*parse)(const char *argument, size_t length, part *into, size_t *fault);
    vt_rename_problem (*append)(const vt_rename_pattern *pattern, const part *at, const subject *of,
                                vt_str *name);
} kind;

static char lower_ascii(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char)(letter + 32) : letter;
}

static char upper_ascii(char letter)
{
    return letter >= 'a' && letter <= 'z' ? (char)(letter - 32) : letter;
}

static const struct {
    const char *name;
    wint_t (*change)(wint_t letter, locale_t locale);
    char (*change_ascii)(char letter); /* where there is no locale */
} cases[] = {{"", NULL, NULL}, {"lower", towlower_l, lower_ascii}, {"upper", towupper_l, upper_ascii}};

static const char *parse_case(const char *argument, size_t length, part *into, size_t *fault)
{
    (void)fault;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (strlen(cases[i].name) == length && memcmp(cases[i].name, argument, length) == 0) {
            into->letters = (int)i;
            return NULL;
        }
    }
    return "'lower' or 'upper' can stand here";
}

/* "WIDTH,START,STEP", of which what is last may be left out. */
static const char *parse_counter(const char *argument, size_t length, part *into, size_t *fault)
{
    const struct {
        int64_t *value, least, most;
        const char *expected;
    } numbers[] = {{&into->width, 1, WIDTH_MAX, "a number of digits from 1 to 20 belongs here"},
                   {&into->start, 0, START_MAX, "a first number from 0 to 1000000000 belongs here"},
                   {&into->step, 1, STEP_MAX, "a step from 1 to 1000000 belongs here"}};
    size_t at = 0;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers && (i == 0 ? length > 0 : at < length); i++) {
        at += i > 0; /* the comma */
        *fault = at;
        int64_t value = 0;
        size_t first = at;
        while (at < length && argument[at] >= '0' && argument[at] <= '9' && value <= numbers[i].most) {
            value = value * 10 + (argument[at++] - '0');
        }
        if (at == first || value < numbers[i].least || value > numbers[i].most ||
            (at < length && argument[at] != ',')) {
            return numbers[i].expected;
        }
        *numbers[i].value = value;
    }
    *fault = at;
    return at < length ? "nothing can follow the step" : NULL;
}

/* Conversions that make no name with a slash or a line break, and are defined without a flag or a width. */
static const char *parse_date(const char *argument, size_t length, part *into, size_t *fault)
{
    static const char known[] = "aAbBCdeFgGhHIjklmMpPRsSTuUVwWyYzZ%";
    if (length > FORMAT_MAX) {
        *fault = FORMAT_MAX;
        return "a date's format has at most 64 bytes";
    }
    for (size_t i = 0; i < length; i++) {
        if (argument[i] != '%') {
            continue;
        }
        *fault = i++;
        if (i == length || !argument[i] || !strchr(known, argument[i])) {
            return "this is no conversion that a name can have; %Y, %m, %d, %H, %M and %S are";
        }
    }
    if (length == 0) {
        return NULL; /* the format that {date} has */
    }
    into->format[0] = ' '; /* strftime returns 0 for "", too */
    memcpy(into->format + 1, argument, length);
    into->format[length + 1] = '\0';
    return NULL;
}

static void append_code_point(unsigned value, vt_str *out)
{
    char bytes[4];
    vt_str_append(out, bytes, vt_utf8_encode(value, bytes));
}

static void append_text(const vt_rename_pattern *pattern, int letters, const char *text, size_t length,
                        vt_str *out)
{
    if (letters == 0) {
        vt_str_append(out, text, length);
        return;
    }
    while (length > 0) {
        unsigned value = 0;
        size_t size = vt_utf8_decode(text, length, &value);
        if (size > 0 && pattern->letters) {
            append_code_point((unsigned)cases[letters].change((wint_t)value, pattern->letters), out);
        } else if (size == 1) {
            vt_str_append_char(out, cases[letters].change_ascii((char)value));
        } else {
            size = size ? size : 1;
            vt_str_append(out, text, size);
        }
        text += size;
        length -= size;
    }
}

static vt_rename_problem append_name(const vt_rename_pattern *pattern, const part *at, const subject *of,
                                     vt_str *name)
{
    vt_str text = VT_STR_INIT;
    size_t searched = strlen(pattern->search);
    const char *rest = of->name;
    const char *end = rest + of->name_length;
    const char *found = NULL;
    while (searched > 0 && (found = memmem(rest, (size_t)(end - rest), pattern->search, searched)) != NULL) {
        vt_str_append(&text, rest, (size_t)(found - rest));
        vt_str_append_cstr(&text, pattern->replace);
        rest = found + searched;
    }
    vt_str_append(&text, rest, (size_t)(end - rest));
    append_text(pattern, at->letters, text.data, text.length, name);
    name->failed = name->failed || text.failed;
    vt_str_free(&text);
    return VT_RENAME_FINE;
}

static vt_rename_problem append_extension(const vt_rename_pattern *pattern, const part *at, const subject *of,
                                          vt_str *name)
{
    if (of->extension_length == 0 && name->length > 0 && name->data[name->length - 1] == '.') {
        name->data[--name->length] = '\0';
    }
    append_text(pattern, at->letters, of->extension, of->extension_length, name);
    return VT_RENAME_FINE;
}

static vt_rename_problem append_folder(const vt_rename_pattern *pattern, const part *at, const subject *of,
                                       vt_str *name)
{
    append_text(pattern, at->letters, of->folder, of->folder_length, name);
    return VT_RENAME_FINE;
}

static vt_rename_problem append_counter(const vt_rename_pattern *pattern, const part *at, const subject *of,
                                        vt_str *name)
{
    (void)pattern;
    long long value = at->start + (int64_t)of->number * at->step;
    vt_str_appendf(name, "%0*lld", (int)at->width, value);
    return VT_RENAME_FINE;
}

static vt_rename_problem append_date(const vt_rename_pattern *pattern, const part *at, const subject *of,
                                     vt_str *name)
{
    (void)pattern;
    if (of->file->time_ns == VT_RENAME_NO_TIME) {
        return VT_RENAME_NO_DATE;
    }
    int64_t ns = of->file->time_ns;
    time_t seconds = (time_t)(ns / VT_NS_PER_S - (ns % VT_NS_PER_S < 0)); /* downwards, before 1970 too */
    struct tm local;
    char text[DATE_MAX];
    if (!localtime_r(&seconds, &local) || strftime(text, sizeof text, at->format, &local) == 0) {
        return VT_RENAME_NO_DATE;
    }
    vt_str_append_cstr(name, text + 1);
    return VT_RENAME_FINE;
}

static const kind kinds[] = {
    {{"name", "{name}",
      VT_TR_NOOP("rename", "the old name without its extension; {name:lower}, {name:upper}")},
     parse_case,
     append_name},
    {{"ext", "{ext}", VT_TR_NOOP("rename", "the old extension; {ext:lower}, {ext:upper}")},
     parse_case,
     append_extension},
    {{"n", "{n:3}",
      VT_TR_NOOP("rename", "a counter, here of three digits; {n:3,10,5} begins at 10 and goes by 5")},
     parse_counter,
     append_counter},
    {{"date", "{date:%Y-%m-%d}", VT_TR_NOOP("rename", "the date, as strftime writes it")},
     parse_date,
     append_date},
    {{"folder", "{folder}", VT_TR_NOOP("rename", "the name of its folder; {folder:lower}, {folder:upper}")},
     parse_case,
     append_folder},
};

vt_rename_placeholder vt_rename_placeholder_at(size_t at)
{
    return at < sizeof kinds / sizeof *kinds ? kinds[at].shown : (vt_rename_placeholder){"", "", ""};
}

static const kind *find_kind(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strlen(kinds[i].shown.name) == length && memcmp(kinds[i].shown.name, name, length) == 0) {
            return &kinds[i];
        }
    }
    return NULL;
}

/* Reads the placeholder at `*at`, and goes behind it. What is wrong, or NULL; `*at` is where then. */
static const char *parse_placeholder(const char *bytes, size_t length, size_t *at, part *into)
{
    const char *open = bytes + *at;
    const char *close = memchr(open, '}', length - *at);
    if (!close) {
        return "the '}' of this placeholder is missing";
    }
    const char *colon = memchr(open, ':', (size_t)(close - open));
    const char *argument = colon ? colon + 1 : close;
    into->kind = find_kind(open + 1, (size_t)((colon ? colon : close) - open) - 1);
    if (!into->kind) {
        return "there is no such placeholder; {name}, {ext}, {n}, {date} and {folder} are there, and {{ is a "
               "brace";
    }
    *into = (part){.kind = into->kind, .width = 1, .start = 1, .step = 1, .format = " %Y-%m-%d"};
    size_t fault = 0;
    const char *wrong = colon ? into->kind->parse(argument, (size_t)(close - argument), into, &fault) : NULL;
    *at = (size_t)((wrong ? argument + fault : close + 1) - bytes);
    return wrong;
}

/* Bytes up to the next brace; of a doubled one only one is taken. */
static const char *parse_literal(const char *bytes, size_t length, size_t *at, part *into)
{
    size_t end = *at;
    if (bytes[end] == '{' || bytes[end] == '}') { /* the second is the literal one, as the caller saw */
        if (end + 1 == length || bytes[end + 1] != bytes[end]) {
            return "a '}' without a '{' before it; }} is a brace";
        }
        *into = (part){.at = end, .length = 1};
        *at = end + 2;
        return NULL;
    }
    while (end < length && bytes[end] != '{' && bytes[end] != '}') {
        if (bytes[end] == '\0') {
            *at = end;
            return "a name cannot contain a zero byte";
        }
        end++;
    }
    *into = (part){.at = *at, .length = end - *at};
    *at = end;
    return NULL;
}

static const char *parse(vt_rename_pattern *pattern, size_t *at)
{
    const char *bytes = pattern->bytes;
    const char *wrong = NULL;
    while (!wrong && *at < pattern->length) {
        if (pattern->count == PARTS_MAX) {
            return "a pattern has at most 64 parts";
        }
        part *into = &pattern->parts[pattern->count++];
        bool doubled = *at + 1 < pattern->length && bytes[*at + 1] == '{';
        wrong = bytes[*at] == '{' && !doubled ? parse_placeholder(bytes, pattern->length, at, into)
                                              : parse_literal(bytes, pattern->length, at, into);
        pattern->has_extension =
            pattern->has_extension || (!wrong && into->kind && into->kind->append == append_extension);
    }
    return wrong;
}

/* The language-less locale in which all of UTF-8 has cases, if any is to be changed. A system without it
   leaves ASCII. False when memory runs out. */
static bool open_letters(vt_rename_pattern *pattern)
{
    bool wanted = false;
    for (size_t i = 0; i < pattern->count; i++) {
        wanted = wanted || pattern->parts[i].letters != 0;
    }
    errno = 0; /* which newlocale() does not set every time */
    if (wanted) {
        pattern->letters = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    }
    return !wanted || pattern->letters || errno != ENOMEM;
}

/* In characters, as people count, and with what stands there. */
static void tell_fault(const char *bytes, size_t length, size_t at, const char *wrong, vt_error *error)
{
    enum { SHOWN_MAX = 24 };
    size_t characters = 0;
    for (size_t i = 0; i < at; i++) {
        characters += ((unsigned char)bytes[i] & 0xC0) != 0x80;
    }
    char rest[SHOWN_MAX + 1] = "";
    size_t count = length - at < SHOWN_MAX ? length - at : SHOWN_MAX;
    memcpy(rest, bytes + at, count);
    count = vt_utf8_cut(rest, count);
    vt_str shown = VT_STR_INIT;
    vt_str_append_display(&shown, rest, count);
    vt_error_set(error, VT_ERROR_USAGE, "at character %zu of the pattern%s%s: %s", characters + 1,
                 count ? ", " : "", shown.failed || !count ? "" : shown.data, wrong);
    vt_str_free(&shown);
}

vt_rename_pattern *vt_rename_pattern_create(const char *bytes, size_t length, const char *search,
                                            const char *replace, size_t *place, vt_error *error)
{
    size_t at = 0;
    search = search ? search : "";
    replace = replace ? replace : "";
    if (place) {
        *place = 0;
    }
    if (length > VT_RENAME_PATTERN_MAX || strlen(search) > VT_RENAME_PATTERN_MAX ||
        strlen(replace) > VT_RENAME_PATTERN_MAX) {
        vt_error_set(error, VT_ERROR_LIMIT, "a pattern, and what is replaced in it, has at most %d bytes",
                     VT_RENAME_PATTERN_MAX);
        return NULL;
    }
    vt_rename_pattern *pattern = calloc(1, sizeof *pattern);
    if (pattern) {
        pattern->bytes = malloc(length + 1);
        pattern->search = strdup(search);
        pattern->replace = strdup(replace);
    }
    if (!pattern || !pattern->bytes || !pattern->search || !pattern->replace) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        vt_rename_pattern_free(pattern);
        return NULL;
    }
    memcpy(pattern->bytes, bytes, length);
    pattern->length = length;
    const char *wrong = parse(pattern, &at);
    bool letters = wrong || open_letters(pattern);
    if (!letters) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        vt_rename_pattern_free(pattern);
        pattern = NULL;
    } else if (wrong) {
        tell_fault(bytes, length, at, wrong, error);
        vt_rename_pattern_free(pattern);
        pattern = NULL;
    }
    if (place) {
        *place = at;
    }
    return pattern;
}

void vt_rename_pattern_free(vt_rename_pattern *pattern)
{
    if (pattern) {
        if (pattern->letters) {
            freelocale(pattern->letters);
        }
        free(pattern->bytes);
        free(pattern->search);
        free(pattern->replace);
        free(pattern);
    }
}

static subject take_apart(const vt_rename_file *file, size_t number)
{
    subject of = {.file = file, .number = number, .name = vt_path_name(file->path)};
    of.extension = vt_path_extension(file->path);
    of.extension_length = strlen(of.extension);
    of.name_length = strlen(of.name) - (of.extension_length ? of.extension_length + 1 : 0);
    const char *end = of.name > file->path ? of.name - 1 : file->path; /* the slash */
    of.folder = end;
    while (of.folder > file->path && of.folder[-1] != '/') {
        of.folder--;
    }
    of.folder_length = (size_t)(end - of.folder);
    return of;
}

vt_rename_problem vt_rename_pattern_name(const vt_rename_pattern *pattern, const vt_rename_file *file,
                                         size_t number, vt_str *name)
{
    const subject of = take_apart(file, number);
    vt_rename_problem problem = VT_RENAME_FINE;
    for (size_t i = 0; i < pattern->count; i++) {
        const part *at = &pattern->parts[i];
        if (!at->kind) {
            vt_str_append(name, pattern->bytes + at->at, at->length);
            continue;
        }
        vt_rename_problem seen = at->kind->append(pattern, at, &of, name);
        problem = problem ? problem : seen;
    }
    /* Nothing but an extension is no name: it stays empty, and is told so. */
    if (!pattern->has_extension && of.extension_length > 0 && name->length > 0) {
        vt_str_append_char(name, '.');
        vt_str_append(name, of.extension, of.extension_length);
    }
    return problem;
}

bool vt_rename_pattern_plan(const vt_rename_pattern *pattern, const vt_rename_file *files, size_t count,
                            vt_rename_plan *plan, vt_error *error)
{
    vt_str name = VT_STR_INIT;
    bool done = true;
    for (size_t i = 0; done && i < count; i++) {
        vt_str_clear(&name);
        vt_rename_problem known = vt_rename_pattern_name(pattern, &files[i], i, &name);
        done = name.failed ? vt_error_set(error, VT_ERROR_MEMORY, "out of memory")
                           : vt_rename_plan_add(plan, files[i].path, name.data, name.length, known, error);
    }
    vt_str_free(&name);
    return done;
}
