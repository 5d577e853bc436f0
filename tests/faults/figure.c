#include "tests/faults/figure.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static bool is_wanted(const char *name, int argc, char **argv)
{
    bool named = false;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--quick") != 0) {
            named = true;
            if (strcmp(argv[i], name) == 0) {
                return true;
            }
        }
    }
    return !named;
}

int fault_main(int argc, char **argv, const fault_case *cases)
{
    bool quick = false;
    int ran = 0;
    for (int i = 1; i < argc; i++) {
        quick = quick || strcmp(argv[i], "--quick") == 0;
    }
    for (; cases->name; cases++) {
        if (is_wanted(cases->name, argc, argv)) {
            cases->run(quick);
            ran++;
        }
    }
    if (ran == 0) {
        fprintf(stderr, "%s: none of its cases was named\n", argv[0]);
    }
    return ran > 0 ? 0 : 2;
}

void figure(const char *name, double value, const char *unit, const char *bar, const char *remark, ...)
{
    va_list values;
    printf("%s %.6g %s %s ", name, value, unit, bar);
    va_start(values, remark);
    vprintf(remark, values);
    va_end(values);
    putchar('\n');
    fflush(stdout);
}

void figure_skipped(const char *name, const char *reason)
{
    printf("skipped %s: %s\n", name, reason);
    fflush(stdout);
}

unsigned fault_random(unsigned below)
{
    /* Knuth, MMIX */
    static uint64_t state = 1;
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)((state >> 33) % below);
}

double fault_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

void fault_sleep(double seconds)
{
    struct timespec time = {.tv_sec = (time_t)seconds,
                            .tv_nsec = (long)((seconds - (double)(time_t)seconds) * 1e9)};
    while (nanosleep(&time, &time) != 0) {
    }
}
