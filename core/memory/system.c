#include "core/memory/system.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* memory.stat is the longest of these files: some 2 kB. */
enum { TEXT_MAX = 8192 };

/* The two versions of control groups: where the tree of groups stands, and how its files are called. */
typedef struct group_version {
    const char *mount;
    const char *limit, *used;
    const char *reclaimable; /* line of memory.stat: file pages that go first when memory is short */
} group_version;

static const group_version version_1 = {"/sys/fs/cgroup/memory", "memory.limit_in_bytes",
                                        "memory.usage_in_bytes", "\ntotal_inactive_file "};
static const group_version version_2 = {"/sys/fs/cgroup", "memory.max", "memory.current", "\ninactive_file "};

/* The file `folder`/`name` below `root`, from `text[1]` on, after a newline: so that each line of it begins
   with one. False with errno. */
static bool read_text(const char *root, const char *folder, const char *name, char text[TEXT_MAX])
{
    char path[PATH_MAX];
    if (snprintf(path, sizeof path, "%s%s/%s", root, folder, name) >= (int)sizeof path) {
        errno = ENAMETOOLONG;
        return false;
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    size_t length = 1;
    ssize_t got = 0;
    while (length < TEXT_MAX - 1 && (got = read(fd, text + length, TEXT_MAX - 1 - length)) > 0) {
        length += (size_t)got;
    }
    int fault = errno;
    close(fd);
    errno = fault;
    text[0] = '\n';
    text[length] = '\0';
    return got >= 0;
}

/* The number after `line_start`, -1 if there is no such line or no number ("max" is none). */
static int64_t number_after(const char *text, const char *line_start)
{
    const char *line = strstr(text, line_start);
    if (!line) {
        return -1;
    }
    char *end;
    const char *digits = line + strlen(line_start);
    errno = 0;
    long long number = strtoll(digits, &end, 10);
    return end != digits && errno == 0 && number >= 0 ? number : -1;
}

static int64_t number_in(const char *root, const char *folder, const char *name, const char *line_start)
{
    char text[TEXT_MAX];
    return read_text(root, folder, name, text) ? number_after(text, line_start) : -1;
}

/* One group's word: a limit at or above what there is anyway says nothing. */
static void apply_group(const char *root, const group_version *version, const char *folder,
                        vt_system_memory *memory)
{
    int64_t limit = number_in(root, folder, version->limit, "\n");
    if (limit <= 0 || limit >= memory->total) {
        return;
    }
    memory->total = limit;
    memory->group_limit = limit;
    int64_t used = number_in(root, folder, version->used, "\n");
    int64_t reclaimable = number_in(root, folder, "memory.stat", version->reclaimable);
    if (used >= 0) {
        int64_t left = limit - used + (reclaimable > 0 ? reclaimable : 0);
        left = left < 0 ? 0 : left;
        memory->available = left < memory->available ? left : memory->available;
    }
    memory->available = limit < memory->available ? limit : memory->available;
}

/* A group and all above it: each of them can be the one with a limit. Inside a container the tree may begin
   at our own group while /proc names it from the machine's root; then only the last step finds files. */
static void apply_groups(const char *root, const group_version *version, const char *group,
                         vt_system_memory *memory)
{
    char folder[PATH_MAX];
    int length = snprintf(folder, sizeof folder, "%s%s", version->mount, group);
    if (length >= (int)sizeof folder) {
        return;
    }
    size_t mount_length = strlen(version->mount);
    for (;;) {
        apply_group(root, version, folder, memory);
        char *last = strrchr(folder, '/');
        if (!last || last < folder + mount_length) {
            return;
        }
        *last = '\0';
    }
}

/* Lines "hierarchy:controllers:group" (cgroups(7)); version 2 is "0::group". */
static void apply_lines(const char *root, char *text, vt_system_memory *memory)
{
    char *rest;
    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        char *controllers = strchr(line, ':');
        char *group = controllers ? strchr(controllers + 1, ':') : NULL;
        if (!group) {
            continue;
        }
        *group++ = '\0';
        if (strcmp(controllers, ":") == 0) {
            apply_groups(root, &version_2, group, memory);
        } else if (strcmp(controllers, ":memory") == 0) {
            apply_groups(root, &version_1, group, memory);
        }
    }
}

bool vt_system_memory_read(const char *root, vt_system_memory *memory, vt_error *error)
{
    root = root ? root : "";
    char text[TEXT_MAX];
    if (!read_text(root, "/proc", "meminfo", text)) {
        return vt_error_set_errno(error, errno, "cannot read %s/proc/meminfo", root);
    }
    int64_t total = number_after(text, "\nMemTotal:"), available = number_after(text, "\nMemAvailable:");
    if (total <= 0 || available < 0 || total > INT64_MAX / 1024 || available > INT64_MAX / 1024) {
        return vt_error_set(error, VT_ERROR_CORRUPT,
                            "%s/proc/meminfo has no MemTotal and MemAvailable in kB; is this Linux 3.14 or "
                            "newer?",
                            root);
    }
    *memory = (vt_system_memory){total * 1024, available * 1024, 0};
    if (read_text(root, "/proc", "self/cgroup", text)) {
        apply_lines(root, text, memory);
    }
    return true;
}
