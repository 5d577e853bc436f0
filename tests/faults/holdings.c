#include "tests/faults/holdings.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

static int count_entries(const char *folder)
{
    DIR *stream = opendir(folder);
    int count = 0;
    while (stream && readdir(stream)) {
        count++;
    }
    if (stream) {
        closedir(stream);
    }
    return count;
}

/* Of all threads: helpers are children of the one that starts them. */
static int count_children(void)
{
    DIR *stream = opendir("/proc/self/task");
    struct dirent *entry;
    int count = 0;
    while (stream && (entry = readdir(stream))) {
        char path[NAME_MAX + 40];
        int pid;
        snprintf(path, sizeof path, "/proc/self/task/%s/children", entry->d_name);
        FILE *file = fopen(path, "r");
        while (file && fscanf(file, "%d", &pid) == 1) {
            count++;
        }
        if (file) {
            fclose(file);
        }
    }
    if (stream) {
        closedir(stream);
    }
    return count;
}

holdings holdings_count(void)
{
    return (holdings){count_entries("/proc/self/fd"), count_entries("/proc/self/task"), count_children()};
}

static int lesser(int a, int b)
{
    return a < b ? a : b;
}

holdings holdings_least(holdings a, holdings b)
{
    return (holdings){lesser(a.descriptors, b.descriptors), lesser(a.threads, b.threads),
                      lesser(a.children, b.children)};
}

static double read_status(pid_t pid, const char *key)
{
    char path[64];
    char line[256];
    double kib = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file)) {
        if (strncmp(line, key, strlen(key)) == 0) {
            sscanf(line + strlen(key), "%lf", &kib);
        }
    }
    if (file) {
        fclose(file);
    }
    return kib / 1024;
}

double holdings_memory(pid_t pid)
{
    return read_status(pid, "VmRSS:");
}

double holdings_memory_peak(pid_t pid)
{
    return read_status(pid, "VmHWM:");
}

/* The second number of /proc/PID/schedstat (sched-stats of the kernel's documentation). */
double holdings_starved(pid_t pid)
{
    char path[64];
    long long waited = 0;
    snprintf(path, sizeof path, "/proc/%d/schedstat", (int)pid);
    FILE *file = fopen(path, "r");
    if (file && fscanf(file, "%*s %lld", &waited) != 1) {
        waited = 0;
    }
    if (file) {
        fclose(file);
    }
    return (double)waited / 1e9;
}
