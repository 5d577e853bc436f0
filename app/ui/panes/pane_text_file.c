#include "app/ui/panes/pane_text_file.h"

#include "core/base/path.h"
#include "core/base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 256 << 10, LOOK_FOR_NUL = 64 << 10, SUBSTITUTE = 0x1a };

static bool fail(const char *path, vt_error_code code, const char *words, vt_error *error)
{
    char *shown = vt_path_display(path);
    vt_error_set(error, code, "%s %s", shown ? shown : "the file", words);
    free(shown);
    return false;
}

static bool fail_errno(const char *path, vt_error *error)
{
    int number = errno;
    char *shown = vt_path_display(path);
    vt_error_set_errno(error, number, "cannot read %s", shown ? shown : "the file");
    free(shown);
    return false;
}

/* Opened without waiting, as a FIFO would; only what is a file is read then. */
static int open_regular(const char *path, size_t *size, vt_error *error)
{
    struct stat facts;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &facts) != 0) {
        fail_errno(path, error);
    } else if (!S_ISREG(facts.st_mode)) {
        fail(path, VT_ERROR_NOT_REGULAR, "is no file but a folder, a pipe or a device", error);
    } else {
        *size = (uint64_t)facts.st_size < VT_TEXT_FILE_MAX ? (size_t)facts.st_size : VT_TEXT_FILE_MAX;
        return fd;
    }
    if (fd >= 0) {
        close(fd);
    }
    return -1;
}

/* The end of the last character that is whole in so many bytes of UTF-8, or of anything else. */
static size_t whole_characters(const char *bytes, size_t length)
{
    enum { FOLLOWING_MAX = 3 };
    size_t end = length;
    while (end > 0 && length - end < FOLLOWING_MAX && ((unsigned char)bytes[end] & 0xc0) == 0x80) {
        end--;
    }
    return ((unsigned char)bytes[end] & 0xc0) == 0x80 ? length : end;
}

/* Files of /proc say they are empty, and a log may grow meanwhile: up to the limit what comes is taken. */
static bool read_all(vt_str *bytes, int fd, const char *path, size_t size, bool *is_cut,
                     vt_text_file_step step, void *user, vt_error *error)
{
    for (;;) {
        if (!vt_str_reserve(bytes, CHUNK)) {
            return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for this text");
        }
        ssize_t count = read(fd, bytes->data + bytes->length, CHUNK);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return fail_errno(path, error);
        }
        bytes->length += (size_t)count;
        if (count == 0 || bytes->length > VT_TEXT_FILE_MAX) {
            break;
        }
        if (!step(user, size ? (double)bytes->length / (double)(size + CHUNK) : 0)) {
            return vt_error_set(error, VT_ERROR_CANCELLED, "reading this text was cancelled");
        }
    }
    *is_cut = bytes->length > VT_TEXT_FILE_MAX;
    bytes->length = *is_cut ? whole_characters(bytes->data, VT_TEXT_FILE_MAX) : bytes->length;
    bytes->data[bytes->length] = '\0';
    return true;
}

static void append_character(vt_str *text, unsigned code)
{
    char bytes[4];
    vt_str_append(text, bytes, vt_utf8_encode(code, bytes));
}

/* Notepad and regedit write it, and always with its mark at the beginning. Half of a pair alone becomes
 * U+FFFD.
 */
static bool is_utf16(const vt_str *bytes, bool *big)
{
    *big = bytes->length >= 2 && memcmp(bytes->data, "\xfe\xff", 2) == 0;
    return *big || (bytes->length >= 2 && memcmp(bytes->data, "\xff\xfe", 2) == 0);
}

static void from_utf16(vt_str *bytes, bool big)
{
    vt_str text = VT_STR_INIT;
    for (size_t at = 2, taken; at + 1 < bytes->length; at += taken) {
        unsigned code = 0;
        taken = vt_utf16_decode(bytes->data + at, bytes->length - at, big, &code);
        append_character(&text, code ? code : SUBSTITUTE);
    }
    vt_str_append(&text, "", 0);
    vt_str_free(bytes);
    *bytes = text;
}

static void from_latin1(vt_str *bytes)
{
    vt_str text = VT_STR_INIT;
    for (size_t i = 0; i < bytes->length; i++) {
        append_character(&text, (unsigned char)bytes->data[i]);
    }
    vt_str_free(bytes);
    *bytes = text;
}

static bool take_bytes(vt_text_file *file, vt_str *bytes, vt_error *error)
{
    file->length = bytes->length;
    file->text = vt_str_take(bytes);
    if (!file->text) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for this text");
        return false;
    }
    return true;
}

static bool take_text(vt_text_file *file, vt_str *bytes, const char *path, vt_error *error)
{
    bool big = false;
    if (is_utf16(bytes, &big)) {
        from_utf16(bytes, big);
        return take_bytes(file, bytes, error);
    }
    size_t head = bytes->length < LOOK_FOR_NUL ? bytes->length : LOOK_FOR_NUL;
    if (memchr(bytes->data, '\0', head)) {
        return fail(path, VT_ERROR_UNSUPPORTED, "is no text: there are zero bytes in it", error);
    }
    /* Further on, as in a log that a crash has cut off, they would end texts that are handed on. */
    for (char *zero = bytes->data;
         (zero = memchr(zero, '\0', bytes->length - (size_t)(zero - bytes->data)));) {
        *zero = SUBSTITUTE;
    }
    if (!vt_utf8_valid(bytes->data, bytes->length)) {
        file->is_latin1 = true;
        from_latin1(bytes);
    }
    return take_bytes(file, bytes, error);
}

static bool add_line(vt_text_file *file, size_t *room, size_t at)
{
    if (file->count + 1 >= *room) {
        size_t more = *room ? *room * 2 : 1024;
        uint32_t *lines = realloc(file->lines, more * sizeof *lines);
        if (!lines) {
            return false;
        }
        file->lines = lines;
        *room = more;
    }
    file->lines[file->count] = (uint32_t)at;
    return true;
}

static size_t count_characters(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        count += text[i] == '\t' ? 4 : ((unsigned char)text[i] & 0xc0) != 0x80; /* a tab takes four at most */
    }
    return count;
}

/* What ends a line is looked for where it may end, and not in all that follows: a file may be one line. */
static size_t line_length(const char *line, size_t left)
{
    size_t most = left < VT_TEXT_LINE_MAX + 2 ? left : VT_TEXT_LINE_MAX + 2;
    const char *end = memchr(line, '\n', most);
    return end ? (size_t)(end - line) + 1 : most == left ? left : whole_characters(line, VT_TEXT_LINE_MAX);
}

static bool find_lines(vt_text_file *file, vt_text_file_step step, void *user, vt_error *error)
{
    enum { STEP = 1 << 16 };
    size_t room = 0;
    size_t at = file->length >= 3 && memcmp(file->text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    bool done = true;
    while (done && at < file->length && file->count < VT_TEXT_LINES_MAX) {
        size_t length = line_length(file->text + at, file->length - at);
        size_t characters = count_characters(file->text + at, length);
        done = add_line(file, &room, at);
        file->longest = characters > file->longest ? characters : file->longest;
        file->count++;
        at += length;
        if (file->count % STEP == 0 && !step(user, 1)) {
            return vt_error_set(error, VT_ERROR_CANCELLED, "reading this text was cancelled");
        }
    }
    file->is_cut = file->is_cut || at < file->length;
    return (done && add_line(file, &room, at)) ||
           vt_error_set(error, VT_ERROR_MEMORY, "out of memory for this text");
}

bool vt_text_file_read(vt_text_file *file, const char *path, vt_text_file_step step, void *user,
                       vt_error *error)
{
    size_t size = 0;
    vt_str bytes = VT_STR_INIT;
    *file = (vt_text_file){.text = NULL};
    int fd = open_regular(path, &size, error);
    if (fd < 0) {
        return false;
    }
    bool done = read_all(&bytes, fd, path, size, &file->is_cut, step, user, error) &&
                take_text(file, &bytes, path, error) && find_lines(file, step, user, error);
    close(fd);
    vt_str_free(&bytes);
    if (!done) {
        vt_text_file_free(file);
    }
    return done;
}

void vt_text_file_free(vt_text_file *file)
{
    free(file->text);
    free(file->lines);
    *file = (vt_text_file){.text = NULL};
}

const char *vt_text_file_line(const vt_text_file *file, size_t line, size_t *length)
{
    const char *text = file->text + file->lines[line];
    size_t end = file->lines[line + 1] - file->lines[line];
    while (end > 0 && (text[end - 1] == '\n' || text[end - 1] == '\r')) {
        end--;
    }
    *length = end;
    return text;
}

bool vt_text_file_goes_on(const vt_text_file *file, size_t line)
{
    return line + 1 < file->count && file->text[file->lines[line + 1] - 1] != '\n';
}
