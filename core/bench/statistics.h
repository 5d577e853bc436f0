/*
 * Statistics of a few measurements: what stays put when some of them were disturbed. Any thread.
 */
#ifndef VT_BENCH_STATISTICS_H
#define VT_BENCH_STATISTICS_H

#include <stddef.h>

/* Values that are looked at together, at most. */
#define VT_STATISTICS_MAX 1000

/* The middle one in order, of an even number the mean of the middle two; 0 of none. `values` stay as they
   are; those beyond VT_STATISTICS_MAX are not looked at. */
double vt_statistics_median(const double *values, size_t count);

/* The median of the distances from the median (MAD): half of the values are no further away. */
double vt_statistics_deviation(const double *values, size_t count);

double vt_statistics_least(const double *values, size_t count);
double vt_statistics_most(const double *values, size_t count);

/* Half the way from the least to the most, as a part of the median; 0 where that is 0. */
double vt_statistics_half_range(const double *values, size_t count);

#endif
