#include "core/files/move.h"

#include "core/base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* What people can do about it. */
static const struct {
    int reason;
    const char *advice;
} advices[] = {
    {EEXIST, "something of that name is there already; move that away first"},
    {ENOENT, "it is not there any more, or its folder is not; look for it where it was moved to"},
    {ENOTDIR, "its folder is not there any more"},
    {EACCES, "no permission to change its folder; ask the owner of the folder"},
    {EPERM, "it belongs to somebody else, or is write-protected; ask its owner"},
    {EROFS, "it is on a file system that is read-only; mount that for writing"},
    {EXDEV, "that is on another file system, and nothing is copied; move it with a file manager"},
    {EBUSY, "something is mounted there, or the system uses it; unmount that first"},
    {EOPNOTSUPP, "this file system cannot rename without the danger of overwriting; use a file manager"},
    {ENOSPC, "there is no room for its new name; make room on that file system"},
    {EDQUOT, "the quota is used up; make room on that file system"},
    {ENAMETOOLONG, "the name is longer than this file system allows; choose a shorter one"},
};

/* A folder has one name only; but rename(2) replaces an empty folder, and refuses one that is not. */
static int move_folder(int from_folder, const char *from, int to_folder, const char *to)
{
    if (mkdirat(to_folder, to, 0700) != 0) {
        return errno;
    }
    if (renameat(from_folder, from, to_folder, to) == 0) {
        return 0;
    }
    int reason = errno;
    unlinkat(to_folder, to, AT_REMOVEDIR);
    return reason;
}

/* The second name goes away again, if it still is one of the same file. */
static void take_back(const struct stat *facts, int to_folder, const char *to)
{
    struct stat now;
    if (fstatat(to_folder, to, &now, AT_SYMLINK_NOFOLLOW) == 0 && now.st_dev == facts->st_dev &&
        now.st_ino == facts->st_ino) {
        unlinkat(to_folder, to, 0);
    }
}

static int move_by_second_name(int from_folder, const char *from, int to_folder, const char *to)
{
    struct stat facts;
    if (fstatat(from_folder, from, &facts, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno;
    }
    if (S_ISDIR(facts.st_mode)) {
        return move_folder(from_folder, from, to_folder, to);
    }
    if (linkat(from_folder, from, to_folder, to, 0) != 0) {
        /* EPERM is what link(2) says for "has no hard links", too. */
        return errno == EPERM || errno == EMLINK || errno == ENOSYS ? EOPNOTSUPP : errno;
    }
    if (unlinkat(from_folder, from, 0) == 0 || errno == ENOENT) {
        return 0;
    }
    int reason = errno;
    take_back(&facts, to_folder, to);
    return reason;
}

int vt_move(int from_folder, const char *from, int to_folder, const char *to)
{
    if (renameat2(from_folder, from, to_folder, to, RENAME_NOREPLACE) == 0) {
        return 0;
    }
    /* EINVAL: the file system knows no flags. ENOSYS: the kernel does not, or a sandbox forbids the call. */
    return errno == EINVAL || errno == ENOSYS ? move_by_second_name(from_folder, from, to_folder, to) : errno;
}

bool vt_move_is_there(const char *path)
{
    struct stat facts;
    return lstat(path, &facts) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

bool vt_move_fault(vt_error *error, int reason, const char *doing, const char *path, const char *to)
{
    const char *advice = NULL;
    for (size_t i = 0; i < sizeof advices / sizeof *advices; i++) {
        advice = advices[i].reason == reason ? advices[i].advice : advice;
    }
    char *shown = vt_path_display(path);
    char *shown_to = to ? vt_path_display(to) : NULL;
    vt_error_set_errno(error, reason, "cannot %s %s%s%s (%s)", doing, shown ? shown : "a file",
                       shown_to ? " to " : "", shown_to ? shown_to : "",
                       advice ? advice : "nothing was moved; try again, or look at the disk");
    free(shown);
    free(shown_to);
    if (error && reason == EEXIST) {
        error->code = VT_ERROR_CHANGED;
    }
    return false;
}
