#include "core/bench/statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
    const double *left = a;
    const double *right = b;
    return (*left > *right) - (*left < *right);
}

static size_t limited(size_t count)
{
    return count < VT_STATISTICS_MAX ? count : VT_STATISTICS_MAX;
}

/* Sorts. */
static double median_of(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare);
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

double vt_statistics_median(const double *values, size_t count)
{
    double sorted[VT_STATISTICS_MAX];
    count = limited(count);
    if (count == 0) {
        return 0;
    }
    memcpy(sorted, values, count * sizeof *values);
    return median_of(sorted, count);
}

double vt_statistics_deviation(const double *values, size_t count)
{
    double distances[VT_STATISTICS_MAX];
    double median = vt_statistics_median(values, count);
    count = limited(count);
    for (size_t i = 0; i < count; i++) {
        distances[i] = fabs(values[i] - median);
    }
    return count ? median_of(distances, count) : 0;
}

double vt_statistics_least(const double *values, size_t count)
{
    double least = count ? values[0] : 0;
    for (size_t i = 1; i < limited(count); i++) {
        least = values[i] < least ? values[i] : least;
    }
    return least;
}

double vt_statistics_most(const double *values, size_t count)
{
    double most = count ? values[0] : 0;
    for (size_t i = 1; i < limited(count); i++) {
        most = values[i] > most ? values[i] : most;
    }
    return most;
}

double vt_statistics_half_range(const double *values, size_t count)
{
    double median = vt_statistics_median(values, count);
    if (median == 0) {
        return 0;
    }
    return (vt_statistics_most(values, count) - vt_statistics_least(values, count)) / 2 / median;
}
