/* The machine that measures, as far as it says: times of another one cannot be compared. Any thread. */
#ifndef VT_BENCH_MACHINE_H
#define VT_BENCH_MACHINE_H

#include <stdbool.h>

typedef struct vt_bench_machine {
    char processor[128]; /* its model, UTF-8 fit for display; "unknown" if the system does not say */
    int processors;      /* that this process may use */
    char build[64];      /* how the program was compiled: "optimised", "sanitized", "not optimised" */
} vt_bench_machine;

void vt_bench_machine_read(vt_bench_machine *machine);

/* The same for a file in the form of /proc/cpuinfo; leaves "unknown" if it cannot be read. */
void vt_bench_machine_read_processor(const char *path, char *processor, int size);

bool vt_bench_machine_equal(const vt_bench_machine *a, const vt_bench_machine *b);

#endif
