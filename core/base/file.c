#include "core/base/file.h"

#include "core/base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

bool vt_file_write_all(int file, const void *bytes, size_t count)
{
    const uint8_t *left = bytes;
    while (count > 0) {
        ssize_t written = write(file, left, count);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        left += written;
        count -= (size_t)written;
    }
    return true;
}

mode_t vt_file_new_mode(void)
{
    enum { ALL = 0666, CAREFUL = 0600 };
    char line[128];
    unsigned mask = ALL & ~CAREFUL;
    FILE *status = fopen("/proc/self/status", "re");
    while (status && fgets(line, sizeof line, status) && sscanf(line, "Umask: %o", &mask) != 1) {
    }
    if (status) {
        fclose(status);
    }
    return ALL & ~(mode_t)mask;
}

static bool fails_with(int reason)
{
    errno = reason;
    return false;
}

bool vt_file_read_all(int file, size_t most, vt_str *text)
{
    char bytes[16384];
    ssize_t got;
    while ((got = read(file, bytes, sizeof bytes)) != 0) {
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return false;
        }
        vt_str_append(text, bytes, (size_t)got);
        if (text->failed) {
            return fails_with(ENOMEM);
        }
        if (text->length > most) {
            return fails_with(EFBIG);
        }
    }
    return true;
}

int vt_file_put(const char *path, const void *bytes, size_t count, mode_t mode, bool sync)
{
    vt_str temporary = VT_STR_INIT;
    vt_str_appendf(&temporary, "%s.XXXXXX", path);
    if (temporary.failed) {
        vt_str_free(&temporary);
        return ENOMEM;
    }
    int file = mkostemp(temporary.data, O_CLOEXEC);
    bool made = file >= 0;
    bool written = made && vt_file_write_all(file, bytes, count) && fchmod(file, mode) == 0 &&
                   (!sync || fsync(file) == 0);
    int reason = errno;
    if (made && close(file) != 0 && written) {
        written = false;
        reason = errno;
    }
    if (written && rename(temporary.data, path) != 0) {
        written = false;
        reason = errno;
    }
    if (made && !written) {
        unlink(temporary.data);
    }
    vt_str_free(&temporary);
    return written ? 0 : reason;
}

bool vt_file_replace(const char *path, const void *bytes, size_t count, mode_t mode, vt_error *error)
{
    int reason = vt_file_put(path, bytes, count, mode, false);
    if (reason == 0) {
        return true;
    }
    char *shown = vt_path_display(path);
    vt_error_set_errno(error, reason, "cannot write %s", shown ? shown : "a file");
    free(shown);
    return false;
}
