#include "app/ui/panes/pane_text_file.h"

#include "core/base/path.h"
#include "core/base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 256 << 10, LOOK_FOR_NUL = 64 << 10 };

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
    } else if ((uint64_t)facts.st_size > VT_TEXT_FILE_MAX) {
        fail(path, VT_ERROR_LIMIT,
             "is larger than 64 MB, which is the most that is shown as text; use an editor", error);
    } else {
        *size = (size_t)facts.st_size;
        return fd;
    }
    if (fd >= 0) {
        close(fd);
    }
    return -1;
}

/* Files of /proc say they are empty, and a log may grow meanwhile: up to the limit what comes is taken. */
static bool read_all(vt_str *bytes, int fd, const char *path, size_t size, vt_text_file_step step, void *user,
                     vt_error *error)
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
        if (!step(user, size ? (double)bytes->length / (double)size : 0)) {
            return vt_error_set(error, VT_ERROR_CANCELLED, "reading this text was cancelled");
        }
    }
    bytes->length = bytes->length > VT_TEXT_FILE_MAX ? VT_TEXT_FILE_MAX : bytes->length;
    bytes->data[bytes->length] = '\0';
    return true;
}

static bool take_text(vt_text_file *file, vt_str *bytes, const char *path, vt_error *error)
{
    size_t head = bytes->length < LOOK_FOR_NUL ? bytes->length : LOOK_FOR_NUL;
    if (memchr(bytes->data, '\0', head)) {
        return fail(path, VT_ERROR_UNSUPPORTED, "is no text: there are zero bytes in it", error);
    }
    if (vt_utf8_valid(bytes->data, bytes->length)) {
        file->length = bytes->length;
        file->text = vt_str_take(bytes);
    } else {
        vt_str text = VT_STR_INIT;
        file->is_latin1 = true;
        for (size_t i = 0; i < bytes->length; i++) {
            unsigned char byte = (unsigned char)bytes->data[i];
            const char two[2] = {(char)(0xc0 | byte >> 6), (char)(0x80 | (byte & 0x3f))};
            vt_str_append(&text, byte < 0x80 ? (const char *)&byte : two, byte < 0x80 ? 1 : 2);
        }
        file->length = text.length;
        file->text = vt_str_take(&text);
    }
    return file->text != NULL || vt_error_set(error, VT_ERROR_MEMORY, "out of memory for this text");
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

static bool find_lines(vt_text_file *file)
{
    size_t room = 0;
    size_t at = file->length >= 3 && memcmp(file->text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (at < file->length) {
        if (!add_line(file, &room, at)) {
            return false;
        }
        const char *end = memchr(file->text + at, '\n', file->length - at);
        size_t length = (end ? (size_t)(end - file->text) + 1 : file->length) - at;
        if (length > VT_TEXT_LINE_MAX + 2) {
            length = vt_utf8_cut(file->text + at, VT_TEXT_LINE_MAX);
        }
        size_t characters = count_characters(file->text + at, length);
        file->longest = characters > file->longest ? characters : file->longest;
        file->count++;
        at += length;
    }
    return add_line(file, &room, file->length);
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
    bool done = read_all(&bytes, fd, path, size, step, user, error) && take_text(file, &bytes, path, error) &&
                (find_lines(file) || vt_error_set(error, VT_ERROR_MEMORY, "out of memory for this text"));
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
