#include "core/index/columns_tidy.h"

#include "core/base/clock.h"
#include "core/base/path.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define UNFINISHED_AGE_NS (3600 * VT_NS_PER_S)
#define ENDING            ".columns"

static bool ends_with(const char *name, size_t length, const char *ending)
{
    size_t more = strlen(ending);
    return length > more && memcmp(name + length - more, ending, more) == 0;
}

/* "0123.columns.aB3xYz" */
static bool is_unfinished(const char *name)
{
    size_t length = strlen(name);
    size_t suffix = strlen(VT_COLUMNS_UNFINISHED);
    return length > suffix && name[length - suffix] == '.' && ends_with(name, length - suffix, ENDING);
}

typedef struct oldest {
    char name[256];
    int64_t mtime_ns;
    int count; /* of all files */
} oldest;

/* Looks through the folder once: removes what is unfinished, counts the others, finds the oldest of them. */
static void look_through(int folder, DIR *entries, const char *own, oldest *found)
{
    const struct dirent *entry;
    *found = (oldest){.mtime_ns = INT64_MAX};
    rewinddir(entries);
    while ((entry = readdir(entries))) {
        struct stat facts;
        bool unfinished = is_unfinished(entry->d_name);
        if ((!unfinished && !ends_with(entry->d_name, strlen(entry->d_name), ENDING)) ||
            strcmp(entry->d_name, own) == 0 ||
            fstatat(folder, entry->d_name, &facts, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(facts.st_mode)) {
            continue;
        }
        int64_t written = vt_clock_nanoseconds(facts.st_mtim);
        if (unfinished && vt_clock_wall() - written > UNFINISHED_AGE_NS) {
            unlinkat(folder, entry->d_name, 0);
        }
        found->count += !unfinished;
        size_t length = strlen(entry->d_name);
        if (!unfinished && written < found->mtime_ns && length < sizeof found->name) {
            memcpy(found->name, entry->d_name, length + 1);
            found->mtime_ns = written;
        }
    }
}

void vt_columns_tidy(const char *path)
{
    const char *own = vt_path_name(path);
    char *folder = strndup(path, (size_t)(own - path));
    DIR *entries = folder ? opendir(*folder ? folder : ".") : NULL;
    free(folder);
    if (!entries) {
        return;
    }
    oldest found;
    look_through(dirfd(entries), entries, own, &found);
    while (found.count >= VT_COLUMNS_FILES_MAX && found.name[0] &&
           unlinkat(dirfd(entries), found.name, 0) == 0) {
        look_through(dirfd(entries), entries, own, &found);
    }
    closedir(entries);
}
