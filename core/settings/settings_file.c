#include "core/settings/settings_file.h"

#include "core/base/file.h"
#include "core/base/path.h"
#include "core/base/str.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_NAME "settings.conf"
#define HEADER    "# Settings of Vitrine: 'vitrine config list' explains them.\n"

char *vt_settings_default_path(vt_error *error)
{
    char *folder = vt_path_xdg(VT_XDG_CONFIG, error);
    char *path = folder ? vt_path_join(folder, FILE_NAME) : NULL;
    if (folder && !path) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    free(folder);
    return path;
}

/* ---- lines ---- */

/* The next line of `*rest` without its end, cut out; NULL after the last one. */
static char *next_line(char **rest)
{
    char *line = *rest;
    if (!*line) {
        return NULL;
    }
    char *end = strchr(line, '\n');
    *rest = end ? end + 1 : line + strlen(line);
    if (end) {
        *end = '\0';
    }
    return line;
}

static char *trim(char *text)
{
    while (isspace((unsigned char)*text)) {
        text++;
    }
    size_t length = strlen(text);
    while (length > 0 && isspace((unsigned char)text[length - 1])) {
        text[--length] = '\0';
    }
    return text;
}

/* Cuts a line in two. False and VT_ERROR_CORRUPT if it is neither an assignment nor empty; `*name` is NULL
   for empty lines and comments. */
static bool split(char *line, char **name, char **value, vt_error *error)
{
    line = trim(line);
    *name = *value = NULL;
    if (!*line || *line == '#') {
        return true;
    }
    char *equals = strchr(line, '=');
    if (!equals) {
        return vt_error_set(error, VT_ERROR_CORRUPT, "'%.64s' is not of the form name = value", line);
    }
    *equals = '\0';
    *name = trim(line);
    *value = trim(equals + 1);
    return true;
}

static bool is_own(const char *name)
{
    return strncmp(name, VT_SETTINGS_OWN_PREFIX, strlen(VT_SETTINGS_OWN_PREFIX)) == 0;
}

static bool take_line(char *line, vt_settings *settings, vt_error *error)
{
    char *name, *value;
    vt_setting which;
    if (!split(line, &name, &value, error)) {
        return false;
    }
    return !name || is_own(name) ||
           (vt_setting_find(name, &which, error) &&
            vt_setting_parse(which, value, &settings->values[which], error));
}

/* ---- reading ---- */

static bool name_file(vt_error *error, const char *path, int line)
{
    vt_error reason = *error;
    char *shown = vt_path_display(path);
    vt_error_set(error, reason.code == VT_ERROR_USAGE ? VT_ERROR_CORRUPT : reason.code,
                 "%.200s, line %d: %.200s; correct the line or remove it, until then it is left out",
                 shown ? shown : FILE_NAME, line, reason.message);
    free(shown);
    return false;
}

/* The first trouble is kept, the others only cost their lines. */
static bool parse(const char *path, char *text, vt_settings *settings, vt_error *error)
{
    vt_error first = VT_ERROR_INIT;
    char *line;
    *settings = vt_settings_default();
    for (int number = 1; (line = next_line(&text)); number++) {
        vt_settings before = *settings;
        vt_error trouble = VT_ERROR_INIT;
        if (take_line(line, settings, &trouble)) {
            continue;
        }
        *settings = before;
        if (first.code == VT_ERROR_NONE) {
            name_file(&trouble, path, number);
            first = trouble;
        }
    }
    vt_setting low, high;
    vt_error trouble = VT_ERROR_INIT;
    while (!vt_settings_check(settings, &low, &high, &trouble)) {
        settings->values[low] = vt_setting_get(low)->standard;
        settings->values[high] = vt_setting_get(high)->standard;
        first = first.code == VT_ERROR_NONE ? trouble : first;
    }
    if (first.code != VT_ERROR_NONE && error) {
        *error = first;
    }
    return first.code == VT_ERROR_NONE;
}

static bool read_all(int file, vt_str *text, vt_error *error)
{
    if (vt_file_read_all(file, VT_SETTINGS_FILE_BYTES_MAX, text)) {
        return !memchr(text->data, '\0', text->length) ||
               vt_error_set(error, VT_ERROR_CORRUPT, "is no text: it holds bytes of value 0");
    }
    switch (errno) {
    case EFBIG:
        return vt_error_set(error, VT_ERROR_LIMIT, "is larger than the %d bytes that settings may have",
                            VT_SETTINGS_FILE_BYTES_MAX);
    case ENOMEM:
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    default:
        return vt_error_set_errno(error, errno, "cannot be read");
    }
}

/* The whole file; "" if there is none. */
static bool read_file(const char *path, vt_str *text, vt_error *error)
{
    vt_error reason = VT_ERROR_INIT;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat facts;
    if (file < 0 && errno == ENOENT) {
        return true;
    }
    bool done = file >= 0 || vt_error_set_errno(&reason, errno, "cannot be opened");
    if (done && (fstat(file, &facts) != 0 || !S_ISREG(facts.st_mode))) {
        done = vt_error_set(&reason, VT_ERROR_NOT_REGULAR, "is no file");
    }
    done = done && read_all(file, text, &reason);
    if (file >= 0) {
        close(file);
    }
    if (!done) {
        char *shown = vt_path_display(path);
        vt_error_set(error, reason.code, "the settings %.200s: %.200s; the standard values hold",
                     shown ? shown : "", reason.message);
        free(shown);
    }
    return done;
}

bool vt_settings_load(const char *path, vt_settings *settings, vt_error *error)
{
    vt_str text = VT_STR_INIT;
    char *standard = path ? NULL : vt_settings_default_path(error);
    const char *file = path ? path : standard;
    *settings = vt_settings_default();
    bool done = file && read_file(file, &text, error) && parse(file, text.data, settings, error);
    vt_str_free(&text);
    free(standard);
    return done;
}

bool vt_settings_load_lines(const char *path, vt_settings_line_visitor visit, void *user, vt_error *error)
{
    vt_str text = VT_STR_INIT;
    char *standard = path ? NULL : vt_settings_default_path(error);
    const char *file = path ? path : standard;
    bool done = file && read_file(file, &text, error);
    char *rest = text.data, *line;
    while (done && (line = next_line(&rest))) {
        char *name, *value;
        if (split(line, &name, &value, NULL) && name && is_own(name)) {
            visit(user, name, value);
        }
    }
    vt_str_free(&text);
    free(standard);
    return done;
}

/* ---- changing ---- */

/* The change of this name, or `count`. */
static size_t line_of(const char *name, const vt_settings_line *lines, size_t count)
{
    size_t i = 0;
    while (i < count && !(name && strcmp(lines[i].name, name) == 0)) {
        i++;
    }
    return i;
}

static void write_line(vt_str *text, const vt_settings_line *line)
{
    vt_str_appendf(text, "%s = %s\n", line->name, line->value);
}

/* The lines of `before` (which is cut up), those that are changed replaced in their place. */
static void rewrite(char *before, const vt_settings_line *lines, size_t count, vt_str *after)
{
    bool *written = calloc(count + 1, sizeof *written);
    if (!written) {
        after->failed = true;
        return;
    }
    if (!*before) {
        vt_str_append_cstr(after, HEADER);
    }
    char *line;
    while ((line = next_line(&before))) {
        char *name, *value;
        char *copy = strdup(line);
        if (!copy) {
            after->failed = true;
            break;
        }
        split(copy, &name, &value, NULL);
        size_t which = line_of(name, lines, count);
        if (which == count) {
            vt_str_append_cstr(after, line);
            vt_str_append_char(after, '\n');
        } else if (lines[which].value && !written[which]) {
            write_line(after, &lines[which]);
            written[which] = true;
        }
        free(copy);
    }
    for (size_t i = 0; i < count; i++) {
        if (lines[i].value && !written[i]) {
            write_line(after, &lines[i]);
        }
    }
    free(written);
}

/* In the open folder `folder`. Errno tells what went wrong. */
static bool replace(int folder, const char *path, const vt_str *text)
{
    int reason = vt_file_put(path, text->data, text->length, 0600, true);
    if (reason == 0) {
        fsync(folder); /* the new name; without it a power cut may bring the old settings back */
    }
    errno = reason;
    return reason == 0;
}

static bool check_changes(const vt_settings_change *changes, size_t count, vt_error *error)
{
    for (size_t i = 0; i < count; i++) {
        char text[VT_SETTING_TEXT_SIZE];
        int64_t value;
        vt_setting_format(changes[i].which, changes[i].value, text);
        if (!changes[i].reset && !vt_setting_parse(changes[i].which, text, &value, error)) {
            return false;
        }
    }
    return true;
}

/* What is asked of the file: other lines, and if these are of settings, which. */
typedef struct request {
    const vt_settings_line *lines;
    size_t count;
    const vt_settings_change *changes; /* as many; NULL for lines of others */
    vt_settings settings;              /* that hold afterwards, if there are changes */
} request;

/* Two changes of one request that only fit together are taken together: each contradiction is looked for in
   the result. One that was in the file before is no fault of the change. */
static bool check_result(const char *path, const vt_str *after, request *request, vt_error *error)
{
    char *copy = strdup(after->data);
    if (!copy) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    parse(path, copy, &request->settings, NULL);
    free(copy);
    vt_settings asked = request->settings;
    for (size_t i = 0; i < request->count; i++) {
        if (!request->changes[i].reset) {
            asked.values[request->changes[i].which] = request->changes[i].value;
        }
    }
    return vt_settings_check(&asked, NULL, NULL, error);
}

/* With the folder locked. */
static bool save_locked(int folder, const char *path, request *request, vt_error *error)
{
    vt_str before = VT_STR_INIT, after = VT_STR_INIT;
    bool done = read_file(path, &before, error);
    if (done) {
        rewrite(before.data, request->lines, request->count, &after);
        done = !after.failed || vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    done = done && (!request->changes || check_result(path, &after, request, error));
    if (done && after.length > VT_SETTINGS_FILE_BYTES_MAX) {
        done = vt_error_set(error, VT_ERROR_LIMIT,
                            "the settings would be larger than the %d bytes they may have",
                            VT_SETTINGS_FILE_BYTES_MAX);
    }
    if (done && !replace(folder, path, &after)) {
        int reason = errno;
        char *shown = vt_path_display(path);
        done = vt_error_set_errno(error, reason, "cannot write the settings %s", shown ? shown : "");
        free(shown);
    }
    vt_str_free(&before);
    vt_str_free(&after);
    return done;
}

static bool save(const char *path, request *request, vt_error *error)
{
    char *file = path ? strdup(path) : vt_settings_default_path(error);
    char *above = file ? strdup(file) : NULL;
    if (!above) {
        free(file);
        return path ? vt_error_set(error, VT_ERROR_MEMORY, "out of memory") : false;
    }
    char *slash = strrchr(above, '/');
    if (slash) {
        slash[slash == above] = '\0';
    }
    const char *name = slash ? above : ".";
    bool done = vt_path_make_folders(name, error);
    int folder = done ? open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (done && (folder < 0 || flock(folder, LOCK_EX) != 0)) {
        done = vt_error_set_errno(error, errno, "cannot lock the folder of the settings");
    }
    done = done && save_locked(folder, file, request, error);
    if (folder >= 0) {
        close(folder);
    }
    free(above);
    free(file);
    return done;
}

bool vt_settings_save(const char *path, const vt_settings_change *changes, size_t count,
                      vt_settings *settings, vt_error *error)
{
    if (!check_changes(changes, count, error)) {
        return false;
    }
    char(*values)[VT_SETTING_TEXT_SIZE] = calloc(count + 1, sizeof *values);
    vt_settings_line *lines = calloc(count + 1, sizeof *lines);
    if (!values || !lines) {
        free(values);
        free(lines);
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    for (size_t i = 0; i < count; i++) {
        vt_setting_format(changes[i].which, changes[i].value, values[i]);
        lines[i] =
            (vt_settings_line){vt_setting_get(changes[i].which)->name, changes[i].reset ? NULL : values[i]};
    }
    request asked = {.lines = lines, .count = count, .changes = changes};
    bool done = save(path, &asked, error);
    if (done) {
        *settings = asked.settings;
    }
    free(values);
    free(lines);
    return done;
}

bool vt_settings_save_lines(const char *path, const vt_settings_line *lines, size_t count, vt_error *error)
{
    for (size_t i = 0; i < count; i++) {
        if (!is_own(lines[i].name) || (lines[i].value && strpbrk(lines[i].value, "\r\n"))) {
            return vt_error_set(error, VT_ERROR_USAGE, "'%.64s' is no line that the settings keep for others",
                                lines[i].name);
        }
    }
    request asked = {.lines = lines, .count = count};
    return save(path, &asked, error);
}
