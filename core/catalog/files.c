#include "core/catalog/files.h"

#include "core/base/clock.h"
#include "core/base/path.h"
#include "core/base/str.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Names tried for a catalog that is put aside. */
#define KEPT_MAX 10000

#define UNFINISHED ".unfinished-"

/* 9999-12-31T23:59:59Z in seconds since 1970, and 0000-01-01T00:00:00Z. */
#define LAST_SECOND  INT64_C(253402300799)
#define FIRST_SECOND INT64_C(-62167219200)

static bool fail_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
}

static bool fail_system(const char *what, const char *path, int reason, vt_error *error)
{
    char *shown = vt_path_display(path);
    vt_error_set_errno(error, reason, "cannot %s %s", what, shown ? shown : "");
    free(shown);
    return false;
}

void vt_files_time(int64_t ns, char text[VT_FILES_TIME_SIZE])
{
    int64_t seconds = ns / VT_NS_PER_S - (ns % VT_NS_PER_S < 0);
    time_t moment = (time_t)(seconds > LAST_SECOND    ? LAST_SECOND
                             : seconds < FIRST_SECOND ? FIRST_SECOND
                                                      : seconds);
    struct tm utc;
    gmtime_r(&moment, &utc);
    if (strftime(text, VT_FILES_TIME_SIZE, "%Y%m%d-%H%M%S", &utc) != VT_FILES_TIME_SIZE - 1) {
        snprintf(text, VT_FILES_TIME_SIZE, "00000101-000000"); /* a year that strftime gives fewer digits */
    }
}

static int number_at(const char *text, int digits)
{
    int number = 0;
    for (int i = 0; i < digits; i++) {
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

bool vt_files_read_time(const char *text, int64_t *ns)
{
    if (strlen(text) != VT_FILES_TIME_SIZE - 1) {
        return false;
    }
    for (size_t i = 0; i < VT_FILES_TIME_SIZE - 1; i++) {
        if (i == 8 ? text[i] != '-' : !isdigit((unsigned char)text[i])) {
            return false;
        }
    }
    struct tm utc = {
        .tm_year = number_at(text, 4) - 1900,
        .tm_mon = number_at(text + 4, 2) - 1,
        .tm_mday = number_at(text + 6, 2),
        .tm_hour = number_at(text + 9, 2),
        .tm_min = number_at(text + 11, 2),
        .tm_sec = number_at(text + 13, 2),
    };
    time_t moment = timegm(&utc);
    /* Nanoseconds hold the years 1678 to 2261. */
    if (moment < INT64_MIN / VT_NS_PER_S || moment > INT64_MAX / VT_NS_PER_S) {
        return false;
    }
    *ns = (int64_t)moment * VT_NS_PER_S;
    char again[VT_FILES_TIME_SIZE];
    vt_files_time(*ns, again);
    return strcmp(again, text) == 0; /* not the 31st of February */
}

static char *joined(const char *path, const char *suffix, const char *rest, vt_error *error)
{
    vt_str name = VT_STR_INIT;
    vt_str_appendf(&name, "%s%s%s", path, suffix, rest);
    char *taken = vt_str_take(&name);
    if (!taken) {
        fail_memory(error);
    }
    return taken;
}

char *vt_files_stamped(const char *path, const char *suffix, int64_t ns, vt_error *error)
{
    char text[VT_FILES_TIME_SIZE];
    vt_files_time(ns, text);
    return joined(path, suffix, text, error);
}

char *vt_files_temporary(const char *path, vt_error *error)
{
    char process[24];
    snprintf(process, sizeof process, "%ld", (long)getpid());
    char *temporary = joined(path, UNFINISHED, process, error);
    if (temporary) {
        unlink(temporary);
    }
    return temporary;
}

static bool sync_path(const char *path, int flags, vt_error *error)
{
    int file = open(path, flags | O_CLOEXEC);
    /* Some network file systems cannot sync a folder; the file itself is safe by then. */
    bool tolerated = flags & O_DIRECTORY;
    bool done = file >= 0 && (fsync(file) == 0 || (tolerated && errno == EINVAL));
    if (!done) {
        fail_system("sync", path, errno, error);
    }
    if (file >= 0) {
        close(file);
    }
    return done;
}

char *vt_files_folder(const char *path)
{
    const char *name = vt_path_name(path);
    return name == path ? strdup(".") : strndup(path, (size_t)(name - path));
}

bool vt_files_publish(const char *temporary, const char *path, vt_error *error)
{
    if (!sync_path(temporary, O_RDONLY, error)) {
        return false;
    }
    if (rename(temporary, path) != 0) {
        return fail_system("write", path, errno, error);
    }
    char *folder = vt_files_folder(path);
    bool done = folder ? sync_path(folder, O_RDONLY | O_DIRECTORY, error) : fail_memory(error);
    free(folder);
    return done;
}

/* A log that stayed would be taken for that of the file that gets the name. */
static bool move_side_files(const char *path, const char *kept, vt_error *error)
{
    static const char *const suffixes[] = {"-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        char *from = joined(path, suffixes[i], "", error);
        char *to = from ? joined(kept, suffixes[i], "", error) : NULL;
        bool done =
            to && (rename(from, to) == 0 || errno == ENOENT || fail_system("move", from, errno, error));
        free(from);
        free(to);
        if (!done) {
            return false;
        }
    }
    return true;
}

char *vt_files_keep_aside(const char *path, const char *suffix, vt_error *error)
{
    for (long number = 1; number <= KEPT_MAX; number++) {
        char digits[24];
        snprintf(digits, sizeof digits, "%ld", number);
        char *kept = joined(path, suffix, digits, error);
        if (!kept) {
            return NULL;
        }
        int linked = link(path, kept);
        if (linked != 0 && (errno == EPERM || errno == EOPNOTSUPP || errno == EMLINK) &&
            access(kept, F_OK) != 0) {
            linked = rename(path, kept); /* a file system without hard links */
        }
        if (linked == 0) {
            if (move_side_files(path, kept, error)) {
                return kept;
            }
            free(kept);
            return NULL;
        }
        int reason = errno;
        bool taken = reason == EEXIST || access(kept, F_OK) == 0;
        free(kept);
        if (!taken) {
            fail_system("keep a copy of", path, reason, error);
            return NULL;
        }
    }
    vt_error_set(error, VT_ERROR_LIMIT, "%d catalogs were put aside already; delete some FILE%sN", KEPT_MAX,
                 suffix);
    return NULL;
}

/* Visits the entries of `folder` that begin with `prefix`. */
static bool visit_entries(const char *folder, const char *prefix, vt_files_visitor visit, void *user,
                          vt_error *error)
{
    DIR *entries = opendir(folder);
    if (!entries) {
        return fail_system("read", folder, errno, error);
    }
    bool done = true;
    bool more = true;
    const struct dirent *entry = NULL;
    while (done && more && (entry = readdir(entries)) != NULL) {
        if (strncmp(entry->d_name, prefix, strlen(prefix)) == 0) {
            char *found = vt_path_join(folder, entry->d_name);
            done = found || fail_memory(error);
            more = found && visit(user, found, entry->d_name + strlen(prefix));
            free(found);
        }
    }
    closedir(entries);
    return done;
}

bool vt_files_each(const char *path, const char *suffix, vt_files_visitor visit, void *user, vt_error *error)
{
    char *folder = vt_files_folder(path);
    char *prefix = joined(vt_path_name(path), suffix, "", error);
    bool done = folder && prefix ? visit_entries(folder, prefix, visit, user, error) : fail_memory(error);
    free(prefix);
    free(folder);
    return done;
}

/* The process in a name that ends in ".unfinished-PID", or that and the suffix of a journal; 0 if it does
 * not. */
static long owner_of(const char *name)
{
    const char *at = NULL;
    for (const char *next = strstr(name, UNFINISHED); next; next = strstr(next + 1, UNFINISHED)) {
        at = next;
    }
    if (!at || !isdigit((unsigned char)at[strlen(UNFINISHED)])) {
        return 0;
    }
    char *end = NULL;
    errno = 0;
    long process = strtol(at + strlen(UNFINISHED), &end, 10);
    bool whole =
        *end == '\0' || strcmp(end, "-journal") == 0 || strcmp(end, "-wal") == 0 || strcmp(end, "-shm") == 0;
    return whole && errno == 0 && process > 0 ? process : 0;
}

static bool remove_one(void *user, const char *path, const char *rest)
{
    (void)rest;
    const vt_log *log = user;
    long owner = owner_of(vt_path_name(path));
    bool gone = owner == (long)getpid() || (owner > 0 && kill((pid_t)owner, 0) != 0 && errno == ESRCH);
    if (gone) {
        bool removed = unlink(path) == 0;
        vt_log_write(log, removed ? VT_LOG_INFO : VT_LOG_WARN, "%s: an unfinished copy, %s", path,
                     removed ? "removed" : "cannot be removed");
    }
    return true;
}

void vt_files_remove_unfinished(const char *path, const vt_log *log)
{
    /* The own process id is one of a process before: this one holds the lock and has not begun a copy. */
    vt_files_each(path, ".", remove_one, (void *)log, NULL);
}
