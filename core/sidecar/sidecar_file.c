#include "core/sidecar/sidecar_file.h"

#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/base/path.h"
#include "core/sidecar/sidecar_scan.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
/* The hash in this file, not by a call into a library. */
#define XXH_INLINE_ALL
#include <xxhash.h>

bool vt_sidecar_stamp_same(const vt_sidecar_stamp *a, const vt_sidecar_stamp *b)
{
    return a->there == b->there && (!a->there || (a->size == b->size && a->hash == b->hash));
}

void vt_sidecar_stamp_set(vt_sidecar_stamp *stamp, const vt_str *text, const struct stat *facts)
{
    *stamp = (vt_sidecar_stamp){
        .there = true,
        .device = facts->st_dev,
        .inode = facts->st_ino,
        .size = (int64_t)text->length,
        .mtime_ns = vt_clock_nanoseconds(facts->st_mtim),
        .hash = XXH3_64bits(text->data, text->length),
    };
}

static bool read_all(int file, vt_str *text, vt_error *error)
{
    if (vt_file_read_all(file, VT_SIDECAR_BYTES_MAX, text)) {
        return true;
    }
    switch (errno) {
    case EFBIG:
        return vt_error_set(error, VT_ERROR_LIMIT, "is larger than the %d bytes that a side-car may have",
                            VT_SIDECAR_BYTES_MAX);
    case ENOMEM:
        return vt_error_set(error, VT_ERROR_MEMORY, "cannot be read: out of memory");
    default:
        return vt_error_set_errno(error, errno, "cannot be read");
    }
}

static bool load_open(int file, vt_str *text, vt_sidecar_stamp *stamp, struct stat *facts, vt_error *error)
{
    if (fstat(file, facts) != 0) {
        return vt_error_set_errno(error, errno, "cannot be read");
    }
    if (!S_ISREG(facts->st_mode)) {
        return vt_error_set(error, VT_ERROR_NOT_REGULAR, "is no file; move away what has its name");
    }
    if (facts->st_size > VT_SIDECAR_BYTES_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT, "is larger than the %d bytes that a side-car may have",
                            VT_SIDECAR_BYTES_MAX);
    }
    if (!read_all(file, text, error)) {
        return false;
    }
    vt_sidecar_stamp_set(stamp, text, facts);
    return true;
}

bool vt_sidecar_load(int folder, const char *name, vt_str *text, vt_sidecar_stamp *stamp, struct stat *facts,
                     vt_error *error)
{
    struct stat unasked;
    *stamp = (vt_sidecar_stamp){.there = false};
    int file = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    if (file < 0 && errno == ENOENT) {
        return true;
    }
    if (file < 0 && errno == ELOOP) {
        return vt_error_set(error, VT_ERROR_NOT_REGULAR,
                            "is a symbolic link, which is not followed; put the file itself there");
    }
    if (file < 0) {
        return vt_error_set_errno(error, errno, "cannot be opened");
    }
    bool done = load_open(file, text, stamp, facts ? facts : &unasked, error);
    close(file);
    return done;
}

bool vt_sidecar_name_file(vt_error *error, const char *path)
{
    if (error) {
        vt_error reason = *error;
        char *shown = vt_path_display(path);
        vt_error_set(error, reason.code, "the side-car %.200s %.280s", shown ? shown : "of a file",
                     reason.message);
        error->system = reason.system;
        free(shown);
    }
    return false;
}
