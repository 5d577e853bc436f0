/*
 * What a fault program prints, and how it is started: `fault_NAME [--quick] [CASE...]`.
 *
 * One line a figure, as the benches print them: name, value, unit, bar ("<=0", ">=300", or "-" for none), and
 * a remark. scripts/faults turns each bar into a verdict and counts them. The main thread only.
 */
#ifndef VT_TESTS_FAULTS_FIGURE_H
#define VT_TESTS_FAULTS_FIGURE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct fault_case {
    const char *name;
    void (*run)(bool quick); /* quick: a sample that takes seconds */
} fault_case;

/* Runs the cases of a NULL-terminated table that `argv` names, or all. The exit status: 2 for wrong usage. */
int fault_main(int argc, char **argv, const fault_case *cases);

/* One line. `remark` is a format, and may be "". */
void figure(const char *name, double value, const char *unit, const char *bar, const char *remark, ...)
    __attribute__((format(printf, 5, 6)));

/* A case that cannot run on this machine: said, and counted as skipped. */
void figure_skipped(const char *name, const char *reason);

/* Numbers from a fixed seed: 0 to `below` - 1. */
unsigned fault_random(unsigned below);

/* Seconds of a clock that never jumps. */
double fault_clock(void);

void fault_sleep(double seconds);

#endif
