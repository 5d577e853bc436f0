#include "core/perf/rss.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The start of a file of /proc as text: enough for what is asked here. False if the process is gone. */
static bool read_proc(pid_t pid, const char *name, char *text, size_t size)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%ld/%s", (long)pid, name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    size_t length = 0;
    ssize_t got;
    while (length < size - 1 && (got = read(fd, text + length, size - 1 - length)) > 0) {
        length += (size_t)got;
    }
    close(fd);
    text[length] = '\0';
    return length > 0;
}

/* The value of a line "<name>:   123 kB" in bytes; 0 if it is not there (kernel threads). */
static int64_t kilobytes_of(const char *status, const char *line_start)
{
    const char *line = strstr(status, line_start);
    return line ? strtoll(line + strlen(line_start), NULL, 10) * 1024 : 0;
}

vt_rss vt_rss_of(pid_t pid)
{
    char status[4096];
    if (!read_proc(pid, "status", status, sizeof status)) {
        return (vt_rss){0, 0};
    }
    return (vt_rss){kilobytes_of(status, "\nVmRSS:"), kilobytes_of(status, "\nVmHWM:")};
}

vt_rss vt_rss_self(void)
{
    return vt_rss_of(getpid());
}

vt_rss vt_rss_sum(const pid_t *pids, size_t count)
{
    vt_rss sum = {0, 0};
    for (size_t i = 0; i < count; i++) {
        vt_rss one = vt_rss_of(pids[i]);
        sum.current += one.current;
        sum.peak += one.peak;
    }
    return sum;
}

/* 0 if the process is gone. */
static pid_t parent_of(pid_t pid)
{
    char stat[512];
    if (!read_proc(pid, "stat", stat, sizeof stat)) {
        return 0;
    }
    /* "pid (name) state parent ...": the name may hold anything, parentheses too. */
    const char *after_name = strrchr(stat, ')');
    return after_name && strlen(after_name) > 4 ? (pid_t)strtol(after_name + 4, NULL, 10) : 0;
}

static bool is_among(const pid_t *pids, size_t count, pid_t pid)
{
    for (size_t i = 0; i < count; i++) {
        if (pids[i] == pid) {
            return true;
        }
    }
    return false;
}

/* Adds the children of those known so far; returns the new count. */
static size_t add_children(DIR *proc, pid_t *pids, size_t count)
{
    rewinddir(proc);
    struct dirent *entry;
    while (count < VT_RSS_TREE_MAX && (entry = readdir(proc))) {
        if (!isdigit((unsigned char)entry->d_name[0])) {
            continue;
        }
        pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);
        if (!is_among(pids, count, pid) && is_among(pids, count, parent_of(pid))) {
            pids[count++] = pid;
        }
    }
    return count;
}

vt_rss vt_rss_tree(void)
{
    pid_t pids[VT_RSS_TREE_MAX] = {getpid()};
    size_t count = 1;
    DIR *proc = opendir("/proc");
    if (proc) {
        size_t before;
        do {
            before = count;
            count = add_children(proc, pids, count);
        } while (count > before && count < VT_RSS_TREE_MAX);
        closedir(proc);
    }
    return vt_rss_sum(pids, count);
}
