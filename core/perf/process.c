#include "core/perf/process.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_SIZE = 512, TEXT_SIZE = 1024 };

/* The start of a file as text; false if it cannot be read. */
static bool read_text(const char *path, char text[TEXT_SIZE])
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    size_t length = 0;
    ssize_t got;
    while (length < TEXT_SIZE - 1 && (got = read(fd, text + length, TEXT_SIZE - 1 - length)) > 0) {
        length += (size_t)got;
    }
    close(fd);
    text[length] = '\0';
    return length > 0;
}

/* User and system time of a stat file (fields 14 and 15), and the thread's name. */
static bool parse_stat(const char *text, int64_t *cpu_ns, char *name, size_t size)
{
    enum { FIELDS_BEFORE = 11 /* between the name and utime */ };
    const char *begin = strchr(text, '(');
    const char *end = strrchr(text, ')'); /* the name may hold anything, parentheses too */
    if (!begin || !end || end < begin) {
        return false;
    }
    snprintf(name, size, "%.*s", (int)(end - begin - 1), begin + 1);
    const char *at = end + 1;
    for (int i = 0; i < FIELDS_BEFORE; i++) {
        at += strspn(at, " ");
        at += strcspn(at, " ");
    }
    char *after = NULL;
    int64_t user = strtoll(at, &after, 10);
    int64_t system = strtoll(after, &after, 10);
    long ticks = sysconf(_SC_CLK_TCK);
    *cpu_ns = (user + system) * (INT64_C(1000000000) / (ticks > 0 ? ticks : 100));
    return after != at;
}

static bool read_stat(const char *path, int64_t *cpu_ns, char *name, size_t size)
{
    char text[TEXT_SIZE];
    return read_text(path, text) && parse_stat(text, cpu_ns, name, size);
}

/* The second number of statm: resident pages. */
static int64_t read_rss(const char *proc, pid_t pid)
{
    char path[PATH_SIZE], text[TEXT_SIZE];
    snprintf(path, sizeof path, "%s/%ld/statm", proc, (long)pid);
    if (!read_text(path, text)) {
        return 0;
    }
    const char *second = strchr(text, ' ');
    return second ? strtoll(second, NULL, 10) * sysconf(_SC_PAGESIZE) : 0;
}

static int64_t read_io(const char *proc, pid_t pid)
{
    char path[PATH_SIZE], text[TEXT_SIZE];
    snprintf(path, sizeof path, "%s/%ld/io", proc, (long)pid);
    static const char key[] = "\nread_bytes: ";
    const char *line = read_text(path, text) ? strstr(text, key) : NULL;
    return line ? strtoll(line + sizeof key - 1, NULL, 10) : 0;
}

static vt_thread_group group_of(pid_t thread, pid_t self, const char *name)
{
    if (thread == self) {
        return VT_THREADS_UI;
    }
    return strstr(name, "(pooled)") ? VT_THREADS_POOL : VT_THREADS_OTHER;
}

static bool read_threads(const char *proc, pid_t self, vt_process_reading *reading, vt_error *error)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%ld/task", proc, (long)self);
    DIR *tasks = opendir(path);
    if (!tasks) {
        return vt_error_set(error, VT_ERROR_IO, "cannot look at the threads in %s: %s; is /proc mounted?",
                            path, strerror(errno));
    }
    const struct dirent *entry;
    while (reading->threads < VT_PROCESS_THREADS_MAX && (entry = readdir(tasks))) {
        if (!isdigit((unsigned char)entry->d_name[0])) {
            continue;
        }
        char name[64];
        int64_t cpu_ns;
        pid_t thread = (pid_t)strtol(entry->d_name, NULL, 10);
        snprintf(path, sizeof path, "%s/%ld/task/%ld/stat", proc, (long)self, (long)thread);
        if (read_stat(path, &cpu_ns, name, sizeof name)) { /* else it has just ended */
            reading->cpu_ns[group_of(thread, self, name)] += cpu_ns;
            reading->threads++;
        }
    }
    closedir(tasks);
    return true;
}

bool vt_process_read(const char *proc, pid_t self, const pid_t *helpers, size_t helper_count,
                     vt_process_reading *reading, vt_error *error)
{
    *reading = (vt_process_reading){0};
    proc = proc ? proc : "/proc";
    if (!read_threads(proc, self, reading, error)) {
        return false;
    }
    reading->rss = read_rss(proc, self);
    reading->read_bytes = read_io(proc, self);
    for (size_t i = 0; i < helper_count; i++) {
        char path[PATH_SIZE], name[64];
        int64_t cpu_ns = 0;
        snprintf(path, sizeof path, "%s/%ld/stat", proc, (long)helpers[i]);
        if (read_stat(path, &cpu_ns, name, sizeof name)) {
            reading->helpers_cpu_ns += cpu_ns;
            reading->helpers_rss += read_rss(proc, helpers[i]);
            reading->read_bytes += read_io(proc, helpers[i]);
        }
    }
    return true;
}
