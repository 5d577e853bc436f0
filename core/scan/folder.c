#include "core/scan/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#define FOLDER_FLAGS (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)

/* The longest piece of `path` that one call takes: up to a '/', at most PATH_MAX - 1 bytes. */
static size_t piece_length(const char *path, size_t length)
{
    if (length < PATH_MAX) {
        return length;
    }
    const char *slash = memrchr(path, '/', PATH_MAX - 1);
    return slash && slash > path ? (size_t)(slash - path) : 0;
}

int vt_folder_open(const char *path, size_t length)
{
    char piece[PATH_MAX];
    int folder = AT_FDCWD;
    while (length > 0) {
        size_t count = piece_length(path, length);
        if (count == 0) {
            errno = ENAMETOOLONG;
            break;
        }
        memcpy(piece, path, count);
        piece[count] = '\0';
        int next = openat(folder, piece, FOLDER_FLAGS);
        int reason = errno;
        if (folder != AT_FDCWD) {
            close(folder);
        }
        if (next < 0) {
            errno = reason;
            return -1;
        }
        folder = next;
        path += count;
        length -= count;
        while (length > 0 && *path == '/') { /* the next piece is relative */
            path++;
            length--;
        }
    }
    if (length > 0 || folder == AT_FDCWD) {
        int reason = length > 0 ? errno : ENOENT;
        if (folder != AT_FDCWD) {
            close(folder);
        }
        errno = reason;
        return -1;
    }
    return folder;
}

bool vt_place_open(const char *path, size_t length, vt_place *place)
{
    *place = (vt_place){AT_FDCWD, path};
    if (length < PATH_MAX) {
        return true;
    }
    const char *slash = memrchr(path, '/', length);
    if (!slash || slash == path) {
        errno = ENAMETOOLONG;
        return false;
    }
    place->name = slash + 1;
    place->folder = vt_folder_open(path, (size_t)(slash - path));
    return place->folder >= 0;
}

void vt_place_close(vt_place *place)
{
    if (place->folder >= 0) {
        close(place->folder);
    }
    place->folder = AT_FDCWD;
}

bool vt_place_stat(const char *path, size_t length, struct stat *facts)
{
    vt_place place;
    if (!vt_place_open(path, length, &place)) {
        return false;
    }
    bool seen = fstatat(place.folder, place.name, facts, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT) == 0;
    int reason = errno;
    vt_place_close(&place);
    errno = reason;
    return seen;
}
