#include "core/base/temporary.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Folders within folders that are gone into: each is held open meanwhile. */
#define DEPTH_MAX 256

static bool compose(char *path, size_t size, const char *folder, const char *name, vt_error *error)
{
    int length = snprintf(path, size, "%s/%s-XXXXXX", folder, name);
    return (length > 0 && (size_t)length < size) ||
           vt_error_set(error, VT_ERROR_LIMIT,
                        "the path in TMPDIR is too long for a temporary folder; name a shorter one");
}

static bool make(const char *name, char *path, size_t size, vt_error *error)
{
    const char *given = getenv("TMPDIR");
    const char *home = given && *given ? given : "/tmp";
    char whole[PATH_MAX];
    if (!compose(path, size, home, name, error)) {
        return false;
    }
    /* What is handed on as somebody's home must be absolute: a relative one would not be heeded. */
    if (home[0] != '/') {
        if (!realpath(home, whole)) {
            int why = errno;
            return vt_error_set_errno(error, why, "cannot use %s, which TMPDIR names, for a temporary folder",
                                      home);
        }
        if (!compose(path, size, whole, name, error)) {
            return false;
        }
    }
    if (!mkdtemp(path)) {
        int why = errno;
        return vt_error_set_errno(error, why,
                                  "cannot make a temporary folder in %s (TMPDIR names another place)", home);
    }
    return true;
}

bool vt_temporary_make(const char *name, char *path, size_t size, vt_error *error)
{
    bool made = make(name, path, size, error);
    if (!made && size > 0) {
        path[0] = '\0';
    }
    return made;
}

/* An entry of `folder` that is a folder, opened; -1 if it is none, or cannot be gone into. */
static int open_below(int folder, const char *name, dev_t device)
{
    static const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    struct stat facts;
    if (fstatat(folder, name, &facts, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISDIR(facts.st_mode) ||
        facts.st_dev != device) {
        return -1;
    }
    int below = openat(folder, name, flags);
    if (below < 0 && errno == EACCES && fchmodat(folder, name, S_IRWXU, 0) == 0) {
        below = openat(folder, name, flags);
    }
    if (below >= 0 && (facts.st_mode & S_IRWXU) != S_IRWXU) {
        (void)fchmod(below, S_IRWXU); /* unpacked or copied folders may be closed to their owner */
    }
    return below;
}

static void empty(int folder, dev_t device, int depth);

static bool remove_entry(int folder, const char *name, dev_t device, int depth)
{
    if (unlinkat(folder, name, 0) == 0) {
        return true;
    }
    int below = depth < DEPTH_MAX ? open_below(folder, name, device) : -1;
    if (below >= 0) {
        empty(below, device, depth + 1);
    }
    return unlinkat(folder, name, AT_REMOVEDIR) == 0;
}

/* Closes `folder`. */
static void empty(int folder, dev_t device, int depth)
{
    DIR *entries = fdopendir(folder);
    if (!entries) {
        close(folder);
        return;
    }
    /* Some file systems pass over entries while others are removed: until a round finds nothing to remove. */
    for (bool more = true; more; rewinddir(entries)) {
        more = false;
        for (const struct dirent *entry; (entry = readdir(entries));) {
            if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
                more = remove_entry(folder, entry->d_name, device, depth) || more;
            }
        }
    }
    closedir(entries);
}

bool vt_temporary_remove(const char *path)
{
    struct stat facts;
    if (lstat(path, &facts) != 0) {
        return errno == ENOENT;
    }
    int folder = open_below(AT_FDCWD, path, facts.st_dev);
    if (folder >= 0) {
        empty(folder, facts.st_dev, 0);
    }
    return folder >= 0 && rmdir(path) == 0;
}
