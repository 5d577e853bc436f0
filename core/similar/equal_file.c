#include "core/similar/equal_file.h"

#include "core/base/clock.h"
#include "core/index/radix.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
/* The hash in this file, not by a call into a library: it is all the module uses of it. */
#define XXH_INLINE_ALL
#include <xxhash.h>

/* A FIFO would block, a device may act on being opened, a link may lead elsewhere. */
#define FILE_FLAGS (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)

/* Opens a path of any length: one that the kernel does not take in one call is walked in pieces. */
static int open_path(const char *path)
{
    int folder = AT_FDCWD;
    while (strlen(path) >= PATH_MAX) {
        char piece[PATH_MAX];
        memcpy(piece, path, PATH_MAX - 1);
        piece[PATH_MAX - 1] = '\0';
        char *slash = strrchr(piece, '/');
        if (!slash || slash == piece) {
            errno = ENAMETOOLONG;
            break;
        }
        *slash = '\0';
        int next = openat(folder, piece, O_PATH | O_DIRECTORY | O_CLOEXEC);
        int failure = errno;
        if (folder >= 0) {
            close(folder);
        }
        if (next < 0) {
            errno = failure;
            return -1;
        }
        folder = next;
        path += slash - piece + 1;
    }
    int fd = strlen(path) < PATH_MAX ? openat(folder, path, FILE_FLAGS) : -1;
    int failure = errno;
    if (folder >= 0) {
        close(folder);
    }
    errno = failure;
    return fd;
}

static bool is_as_known(const vt_equal_item *item, const struct stat *facts)
{
    return (uint64_t)facts->st_size == item->size && (!item->dev || facts->st_dev == item->dev) &&
           (!item->ino || facts->st_ino == item->ino) &&
           (!item->mtime_ns || vt_clock_nanoseconds(facts->st_mtim) == item->mtime_ns);
}

/* The descriptor of the item's file, or -1 and the reason. */
static int open_item(const vt_equal_item *item, vt_equal_identity *identity, vt_error *error)
{
    struct stat facts;
    int fd = open_path(item->path);
    if (fd < 0) {
        /* What a link and a socket answer says little of what they are. */
        if (errno == ELOOP || errno == ENXIO) {
            vt_error_set(error, VT_ERROR_NOT_REGULAR, "is no regular file any more");
        } else {
            vt_error_set_errno(error, errno, "cannot be opened");
        }
        return -1;
    }
    bool fine = fstat(fd, &facts) == 0;
    if (!fine) {
        vt_error_set_errno(error, errno, "cannot be examined");
    } else if (!S_ISREG(facts.st_mode)) {
        fine = vt_error_set(error, VT_ERROR_NOT_REGULAR, "is no regular file any more");
    } else if (!is_as_known(item, &facts)) {
        fine = vt_error_set(error, VT_ERROR_CHANGED, "changed since it was imported; import it again");
    }
    if (!fine) {
        close(fd);
        return -1;
    }
    *identity = (vt_equal_identity){facts.st_dev, facts.st_ino, vt_clock_nanoseconds(facts.st_mtim),
                                    vt_clock_nanoseconds(facts.st_ctim)};
    return fd;
}

bool vt_equal_examine(const vt_equal_item *item, vt_equal_identity *identity, vt_error *error)
{
    int fd = open_item(item, identity, error);
    if (fd >= 0) {
        close(fd);
    }
    return fd >= 0;
}

static bool hash_content(vt_equal_reader *reader, int fd, uint64_t size, XXH3_state_t *state, vt_error *error)
{
    for (uint64_t done = 0; done < size;) {
        if (vt_is_cancelled(reader->cancelled)) {
            return vt_error_set(error, VT_ERROR_CANCELLED, "the search for equal files was stopped");
        }
        uint64_t left = size - done;
        ssize_t got = read(fd, reader->block, left < VT_EQUAL_BLOCK ? (size_t)left : VT_EQUAL_BLOCK);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return vt_error_set_errno(error, errno, "cannot be read");
        }
        if (got == 0) {
            return vt_error_set(error, VT_ERROR_CHANGED, "became shorter while it was read; try again");
        }
        XXH3_128bits_update(state, reader->block, (size_t)got);
        (void)posix_fadvise(fd, (off_t)done, got, POSIX_FADV_DONTNEED);
        done += (uint64_t)got;
        reader->read(reader->user, (uint64_t)got);
    }
    return true;
}

static bool is_same(const vt_equal_identity *a, const vt_equal_identity *b)
{
    return a->dev == b->dev && a->ino == b->ino && a->mtime_ns == b->mtime_ns && a->ctime_ns == b->ctime_ns;
}

/* Between opening and now, on the open file. */
static bool is_unchanged(int fd, const vt_equal_item *item, const vt_equal_identity *identity)
{
    struct stat facts;
    return fstat(fd, &facts) == 0 && (uint64_t)facts.st_size == item->size &&
           vt_clock_nanoseconds(facts.st_mtim) == identity->mtime_ns &&
           vt_clock_nanoseconds(facts.st_ctim) == identity->ctime_ns;
}

bool vt_equal_read(vt_equal_reader *reader, const vt_equal_item *item, const vt_equal_identity *identity,
                   vt_equal_digest *digest, vt_error *error)
{
    vt_equal_identity now;
    XXH3_state_t state;
    int fd = open_item(item, &now, error);
    if (fd < 0) {
        return false;
    }
    bool done = is_same(&now, identity) || vt_error_set(error, VT_ERROR_CHANGED, "was replaced meanwhile");
    if (done) {
        (void)posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
        XXH3_128bits_reset_withSecret(&state, reader->secret, sizeof reader->secret);
        done = hash_content(reader, fd, item->size, &state, error);
    }
    if (done && !is_unchanged(fd, item, identity)) {
        done = vt_error_set(error, VT_ERROR_CHANGED, "changed while it was read; try again");
    }
    if (done) {
        XXH128_hash_t hash = XXH3_128bits_digest(&state);
        *digest = (vt_equal_digest){hash.high64, hash.low64};
    }
    close(fd);
    return done;
}
