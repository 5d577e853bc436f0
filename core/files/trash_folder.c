#include "core/files/trash_folder.h"

#include "core/base/path.h"
#include "core/base/str.h"
#include "core/files/move.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct file_system {
    uint64_t mount; /* 0: a kernel before 5.8 does not tell */
    uint32_t major, minor;
} file_system;

static bool file_system_of(const char *path, file_system *into)
{
    struct statx facts = {0};
    if (statx(AT_FDCWD, path, AT_NO_AUTOMOUNT, STATX_TYPE | STATX_MNT_ID, &facts) != 0) {
        return false;
    }
    *into = (file_system){facts.stx_mask & STATX_MNT_ID ? facts.stx_mnt_id : 0, facts.stx_dev_major,
                          facts.stx_dev_minor};
    return true;
}

static bool is_same(const file_system *a, const file_system *b)
{
    return a->mount == b->mount && a->major == b->major && a->minor == b->minor;
}

/* Makes the folder around `path` of it, in place; false for the root. */
static bool cut_name(char *path)
{
    char *slash = strrchr(path, '/');
    if (!slash || path[1] == '\0') {
        return false;
    }
    slash[slash == path] = '\0';
    return true;
}

/* The highest folder around `folder` that is on the same file system. NULL when memory runs out. */
static char *find_top(const char *folder, const file_system *on)
{
    char *top = strdup(folder);
    char *above = strdup(folder);
    file_system there;
    while (top && above && cut_name(above) && file_system_of(above, &there) && is_same(&there, on)) {
        top[strlen(above)] = '\0'; /* what is above a path is the beginning of it */
    }
    free(above);
    return top;
}

/* The home trash need not be there yet: then what is to hold it counts. */
static bool home_is_on(const char *home, const file_system *on, vt_error *error)
{
    char *at = strdup(home);
    if (!at) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        return false;
    }
    file_system there = {0};
    bool found = file_system_of(at, &there);
    while (!found && cut_name(at)) {
        found = file_system_of(at, &there);
    }
    free(at);
    return found && is_same(&there, on);
}

static int open_folder(int around, const char *name, bool create, int flags)
{
    if (create && mkdirat(around, name, 0700) != 0 && errno != EEXIST) {
        return -1;
    }
    return openat(around, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags);
}

static void close_folder(int folder)
{
    if (folder >= 0) {
        int reason = errno;
        close(folder);
        errno = reason;
    }
}

/* Opens a folder of the user's own, and no symbolic link; -1 and errno. */
static int open_own(int around, const char *name, bool create)
{
    struct stat facts;
    int folder = open_folder(around, name, create, O_NOFOLLOW);
    if (folder >= 0 && (fstat(folder, &facts) != 0 || facts.st_uid != getuid())) {
        close(folder);
        errno = EPERM;
        return -1;
    }
    return folder;
}

/* "$top/.Trash/$uid", if the administrator has made a ".Trash" as the specification wants it: no symbolic
   link, and sticky, so that nobody removes what is another's. -1 if not. */
static int open_shared(int top, const char *uid, bool create)
{
    struct stat facts;
    int shared = openat(top, ".Trash", O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int own = -1;
    if (shared >= 0 && fstat(shared, &facts) == 0 && (facts.st_mode & S_ISVTX)) {
        own = open_own(shared, uid, create);
    }
    close_folder(shared);
    return own;
}

static int open_on_top(vt_trash_folder *trash, bool create)
{
    char uid[32], name[48];
    snprintf(uid, sizeof uid, "%lu", (unsigned long)getuid());
    snprintf(name, sizeof name, ".Trash-%s", uid);
    vt_str path = VT_STR_INIT;
    vt_str_append_cstr(&path, strcmp(trash->top, "/") == 0 ? "" : trash->top);
    int top = open(trash->top, O_PATH | O_DIRECTORY | O_CLOEXEC);
    int folder = top >= 0 ? open_shared(top, uid, create) : -1;
    vt_str_appendf(&path, folder >= 0 ? "/.Trash/%s" : "/.Trash-%s", uid);
    if (top >= 0 && folder < 0) {
        folder = open_own(top, name, create);
    }
    close_folder(top);
    trash->path = vt_str_take(&path);
    return folder;
}

static int open_at_home(const char *home, vt_trash_folder *trash, bool create, vt_error *error)
{
    trash->path = strdup(home);
    if (create && !vt_path_make_folders(home, error)) {
        return -1;
    }
    return open(home, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static bool open_both(vt_trash_folder *trash, int folder, bool create)
{
    trash->files = open_folder(folder, "files", create, O_NOFOLLOW);
    trash->info = trash->files >= 0 ? open_folder(folder, "info", create, O_NOFOLLOW) : -1;
    return trash->info >= 0;
}

bool vt_trash_folder_open(const char *home, const char *folder, bool create, vt_trash_folder *trash,
                          vt_error *error)
{
    *trash = (vt_trash_folder){.files = -1, .info = -1};
    vt_error fault = VT_ERROR_INIT;
    file_system on;
    if (!file_system_of(folder, &on)) {
        return vt_move_fault(error, errno, "find the trash for what is in", folder, NULL);
    }
    bool at_home = home_is_on(home, &on, &fault);
    trash->top = at_home || fault.code ? NULL : find_top(folder, &on);
    int opened = -1;
    if (at_home) {
        opened = open_at_home(home, trash, create, &fault);
    } else if (trash->top) {
        opened = open_on_top(trash, create);
    }
    bool done = trash->path && opened >= 0 && open_both(trash, opened, create);
    int reason = errno;
    close_folder(opened);
    if (!done && !fault.code && !trash->path) {
        vt_error_set(&fault, VT_ERROR_MEMORY, "out of memory");
    } else if (!done && !fault.code) {
        vt_move_fault(&fault, reason, create ? "use the trash" : "open the trash", trash->path, NULL);
    }
    if (!done && error) {
        *error = fault;
    }
    return done;
}

void vt_trash_folder_close(vt_trash_folder *trash)
{
    close_folder(trash->files);
    close_folder(trash->info);
    free(trash->path);
    free(trash->top);
    *trash = (vt_trash_folder){.files = -1, .info = -1};
}
