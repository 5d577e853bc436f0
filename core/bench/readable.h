/* Figures for people: with a unit that fits. Any thread. */
#ifndef VT_BENCH_READABLE_H
#define VT_BENCH_READABLE_H

#include "core/bench/figure.h"

#define VT_BENCH_READABLE_SIZE 32

/* "812 us", "1.25 ms", "3.4 MB", "1240 files/s". */
void vt_bench_readable(const vt_bench_figure *figure, double cost, char text[VT_BENCH_READABLE_SIZE]);

/* The same as a number with the unit that belongs to it: "ns", "bytes", "files/s". */
double vt_bench_value(const vt_bench_figure *figure, double cost);
void vt_bench_unit(const vt_bench_figure *figure, char text[VT_BENCH_READABLE_SIZE]);

#endif
