#include "core/bench/readable.h"

#include "core/base/clock.h"

#include <stdio.h>

static void with_unit(double value, const char *const *units, size_t count, double step,
                      char text[VT_BENCH_READABLE_SIZE])
{
    size_t at = 0;
    while (at + 1 < count && value >= step) {
        value /= step;
        at++;
    }
    int decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
    (void)snprintf(text, VT_BENCH_READABLE_SIZE, "%.*f %s", decimals, value, units[at]);
}

double vt_bench_value(const vt_bench_figure *figure, double cost)
{
    return !figure->per_second ? cost : cost > 0 ? (double)VT_NS_PER_S / cost : 0;
}

void vt_bench_unit(const vt_bench_figure *figure, char text[VT_BENCH_READABLE_SIZE])
{
    if (figure->per_second) {
        (void)snprintf(text, VT_BENCH_READABLE_SIZE, "%s/s", figure->per_second);
    } else {
        (void)snprintf(text, VT_BENCH_READABLE_SIZE, "%s", figure->clock == VT_BENCH_MEMORY ? "bytes" : "ns");
    }
}

void vt_bench_readable(const vt_bench_figure *figure, double cost, char text[VT_BENCH_READABLE_SIZE])
{
    static const char *const times[] = {"ns", "us", "ms", "s"};
    static const char *const sizes[] = {"B", "kB", "MB", "GB"};
    if (figure->per_second) {
        (void)snprintf(text, VT_BENCH_READABLE_SIZE, "%.0f %s/s", vt_bench_value(figure, cost),
                       figure->per_second);
    } else if (figure->clock == VT_BENCH_MEMORY) {
        with_unit(cost, sizes, sizeof sizes / sizeof *sizes, 1000, text);
    } else {
        with_unit(cost, times, sizeof times / sizeof *times, 1000, text);
    }
}
