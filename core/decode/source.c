#include "core/decode/source.h"

#include "core/decode/format.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <unistd.h>

static const char *kind_of_file(mode_t mode)
{
    switch (mode & S_IFMT) {
    case S_IFDIR:
        return "a folder";
    case S_IFIFO:
        return "a FIFO";
    case S_IFSOCK:
        return "a socket";
    case S_IFCHR:
    case S_IFBLK:
        return "a device";
    case S_IFLNK:
        return "a symbolic link";
    default:
        return "no regular file";
    }
}

static bool check_stat(const vt_source *source, const vt_limits *limits, vt_error *error)
{
    if (!S_ISREG(source->stat.st_mode)) {
        return vt_error_set(error, VT_ERROR_NOT_REGULAR, "is %s; only regular files are read",
                            kind_of_file(source->stat.st_mode));
    }
    uint64_t size = (uint64_t)source->stat.st_size;
    if (source->stat.st_size <= 0) {
        return vt_error_set(error, VT_ERROR_EMPTY, "the file is empty (zero bytes)");
    }
    const vt_format_info *format = vt_format_get(source->promised);
    bool model = format && format->kind == VT_KIND_MODEL;
    uint64_t limit = model ? limits->max_model_bytes : limits->max_image_bytes;
    if (size > limit) {
        return vt_error_set(error, VT_ERROR_LIMIT, "%" PRIu64 " bytes are more than the %.6g MiB allowed%s",
                            size, (double)limit / 1048576.0,
                            model ? VT_LIMIT_RAISE(VT_LIMIT_MODEL_FILE)
                                  : VT_LIMIT_RAISE(VT_LIMIT_IMAGE_FILE));
    }
    return true;
}

static bool open_error(int dirfd, const char *path, int failure, vt_error *error)
{
    struct stat stat;
    /* A link or a socket makes open() fail with numbers that say little: name the thing instead. */
    if ((failure == ELOOP || failure == ENXIO) && fstatat(dirfd, path, &stat, AT_SYMLINK_NOFOLLOW) == 0 &&
        !S_ISREG(stat.st_mode)) {
        return vt_error_set(error, VT_ERROR_NOT_REGULAR, "is %s; only regular files are read",
                            kind_of_file(stat.st_mode));
    }
    return vt_error_set_errno(error, failure, "cannot be opened");
}

bool vt_source_open(int dirfd, const char *path, const vt_limits *limits, vt_source *source, vt_error *error)
{
    *source = (vt_source){.fd = -1, .promised = vt_format_of_name(path)};
    int fd = openat(dirfd, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        return open_error(dirfd, path, errno, error);
    }
    source->fd = fd;
    if (fstat(fd, &source->stat) != 0) {
        vt_error_set_errno(error, errno, "cannot be examined");
        vt_source_close(source);
        return false;
    }
    if (!check_stat(source, limits, error)) {
        vt_source_close(source);
        return false;
    }
    return true;
}

bool vt_source_unchanged(const vt_source *source, vt_error *error)
{
    struct stat now;
    if (fstat(source->fd, &now) != 0) {
        return vt_error_set_errno(error, errno, "cannot be examined again");
    }
    const struct stat *then = &source->stat;
    if (now.st_dev == then->st_dev && now.st_ino == then->st_ino && now.st_size == then->st_size &&
        now.st_mtim.tv_sec == then->st_mtim.tv_sec && now.st_mtim.tv_nsec == then->st_mtim.tv_nsec) {
        return true;
    }
    return vt_error_set(error, VT_ERROR_CHANGED, "changed while it was read; try again");
}

void vt_source_close(vt_source *source)
{
    if (source->fd >= 0) {
        close(source->fd);
        source->fd = -1;
    }
}
