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

static bool take_line(char *line, vt_settings *settings, vt_error *error)
{
    char *name, *value;
    vt_setting which;
    if (!split(line, &name, &value, error)) {
        return false;
    }
    return !name || (vt_setting_find(name, &which, error) &&
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

/* ---- changing ---- */

static const vt_settings_change *change_of(const char *name, const vt_settings_change *changes, size_t count)
{
    for (size_t i = 0; name && i < count; i++) {
        if (strcmp(vt_setting_get(changes[i].which)->name, name) == 0) {
            return &changes[i];
        }
    }
    return NULL;
}

static void write_change(vt_str *text, const vt_settings_change *change)
{
    char value[VT_SETTING_TEXT_SIZE];
    vt_setting_format(change->which, change->value, value);
    vt_str_appendf(text, "%s = %s\n", vt_setting_get(change->which)->name, value);
}

/* The lines of `before` (which is cut up), those that are changed replaced in their place. */
static void rewrite(char *before, const vt_settings_change *changes, size_t count, vt_str *after)
{
    bool written[VT_SETTING_COUNT] = {false};
    if (!*before) {
        vt_str_append_cstr(after, HEADER);
    }
    char *line;
    while ((line = next_line(&before))) {
        char *name, *value;
        char *copy = strdup(line);
        if (!copy) {
            after->failed = true;
            return;
        }
        split(copy, &name, &value, NULL);
        const vt_settings_change *change = change_of(name, changes, count);
        if (!change) {
            vt_str_append_cstr(after, line);
            vt_str_append_char(after, '\n');
        } else if (!change->reset && !written[change->which]) {
            write_change(after, change);
            written[change->which] = true;
        }
        free(copy);
    }
    for (size_t i = 0; i < count; i++) {
        if (!changes[i].reset && !written[changes[i].which]) {
            write_change(after, &changes[i]);
            written[changes[i].which] = true;
        }
    }
}

/* In the folder `folder`, by a temporary name beside it. Errno tells what went wrong. */
static bool replace(int folder, const char *path, const vt_str *text)
{
    vt_str temporary = VT_STR_INIT;
    vt_str_appendf(&temporary, "%s.XXXXXX", path);
    int file = temporary.failed ? -1 : mkostemp(temporary.data, O_CLOEXEC);
    bool made = file >= 0;
    bool done = made && vt_file_write_all(file, text->data, text->length) && fsync(file) == 0;
    int reason = errno;
    if (made && close(file) != 0 && done) {
        reason = errno;
        done = false;
    }
    if (done && rename(temporary.data, path) != 0) {
        reason = errno;
        done = false;
    }
    if (made && !done) {
        unlink(temporary.data);
    }
    if (done) {
        fsync(folder); /* the new name; without it a power cut may bring the old settings back */
    }
    vt_str_free(&temporary);
    errno = reason;
    return done;
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

/* Two changes of one request that only fit together are taken together: each contradiction is looked for in
   the result. One that was in the file before is no fault of the change. */
static bool check_result(const char *path, const vt_str *after, const vt_settings_change *changes,
                         size_t count, vt_settings *settings, vt_error *error)
{
    char *copy = strdup(after->data);
    if (!copy) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    parse(path, copy, settings, NULL);
    free(copy);
    vt_settings asked = *settings;
    for (size_t i = 0; i < count; i++) {
        if (!changes[i].reset) {
            asked.values[changes[i].which] = changes[i].value;
        }
    }
    return vt_settings_check(&asked, NULL, NULL, error);
}

/* With the folder locked. */
static bool save_locked(int folder, const char *path, const vt_settings_change *changes, size_t count,
                        vt_settings *settings, vt_error *error)
{
    vt_str before = VT_STR_INIT, after = VT_STR_INIT;
    vt_settings result;
    bool done = read_file(path, &before, error);
    if (done) {
        rewrite(before.data, changes, count, &after);
        done = !after.failed || vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    done = done && check_result(path, &after, changes, count, &result, error);
    if (done && !replace(folder, path, &after)) {
        int reason = errno;
        char *shown = vt_path_display(path);
        done = vt_error_set_errno(error, reason, "cannot write the settings %s", shown ? shown : "");
        free(shown);
    }
    if (done) {
        *settings = result;
    }
    vt_str_free(&before);
    vt_str_free(&after);
    return done;
}

bool vt_settings_save(const char *path, const vt_settings_change *changes, size_t count,
                      vt_settings *settings, vt_error *error)
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
    bool done = check_changes(changes, count, error) && vt_path_make_folders(name, error);
    int folder = done ? open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (done && (folder < 0 || flock(folder, LOCK_EX) != 0)) {
        done = vt_error_set_errno(error, errno, "cannot lock the folder of the settings");
    }
    done = done && save_locked(folder, file, changes, count, settings, error);
    if (folder >= 0) {
        close(folder);
    }
    free(above);
    free(file);
    return done;
}
