/*
 * What a call from C costs beside the same call from C++: both in one process, rounds in turn, the median of
 * the ratios. Both sides are shared objects, for a call from a program to a library costs more than one
 * between two libraries (they lie close together), and that would be measured instead. bench_binding
 * C_SIDE.so C++_SIDE.so
 */
#include "calls.h"

#include <qt6c/qt6c.h>

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 61 };

static const struct {
    const char *name;
    long count; /* calls in a round */
    const char *bar;
} works[BENCH_WORKS] = {
    {"binding_exported_call", 400000, "<=1.05"},  {"binding_exported_value", 20000, "<=1.05"},
    {"binding_virtual_call", 400000, "-"},        {"binding_string_call", 10000, "-"},
    {"binding_queued_dispatch", 10000, "<=1.05"}, {"binding_signal_emit", 40000, "-"},
};

static double seconds_of(bench_run run, bench_objects *objects, long count)
{
    struct timespec start;
    struct timespec end;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
    volatile long sum = run(objects, count);
    (void)sum;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
    return (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) * 1e-9;
}

static int ascending(const void *a, const void *b)
{
    double difference = *(const double *)a - *(const double *)b;
    return (difference > 0) - (difference < 0);
}

static void compare(int number, bench_run c_side, bench_run cxx_side, bench_objects *objects)
{
    long count = works[number].count;
    double ratios[ROUNDS];
    double best = 1e9;
    seconds_of(c_side, objects, count); /* warm up */
    seconds_of(cxx_side, objects, count);
    for (int i = 0; i < ROUNDS; i++) {
        /* Who goes first changes, so that neither profits from it. */
        double theirs = i & 1 ? seconds_of(cxx_side, objects, count) : 0;
        double ours = seconds_of(c_side, objects, count);
        theirs = i & 1 ? theirs : seconds_of(cxx_side, objects, count);
        ratios[i] = ours / theirs;
        best = ours < best ? ours : best;
    }
    qsort(ratios, ROUNDS, sizeof *ratios, ascending);
    printf("%s_ratio %.3f x %s\n", works[number].name, ratios[ROUNDS / 2], works[number].bar);
    printf("%s_ns %.1f ns -\n", works[number].name, best * 1e9 / (double)count);
}

/* False, with a line on stderr, if the file is no side of this benchmark. */
static bool load_side(const char *path, bench_run runs[BENCH_WORKS])
{
    void *side = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    void (*runs_of)(bench_run *) = side ? (void (*)(bench_run *))dlsym(side, "bench_runs") : NULL;
    if (!runs_of) {
        fprintf(stderr, "bench_binding: %s\n", dlerror());
        return false;
    }
    runs_of(runs);
    return true;
}

int main(int argc, char **argv)
{
    bench_run c_side[BENCH_WORKS];
    bench_run cxx_side[BENCH_WORKS];
    if (argc < 3) {
        fprintf(stderr, "usage: bench_binding C_SIDE.so C++_SIDE.so\n");
        return 2;
    }
    if (!load_side(argv[1], c_side) || !load_side(argv[2], cxx_side)) {
        return 77;
    }
    QApplication *application = q_application_new(&argc, argv);
    QRegion region;
    q_region_init_xywh_regiontype(&region, 0, 0, 10, 10);
    bench_objects objects = {q_timer_new(NULL), q_widget_new(NULL), q_slider_new(Qt_Horizontal, NULL),
                             &region};
    for (int i = 0; i < BENCH_WORKS; i++) {
        compare(i, c_side[i], cxx_side[i], &objects);
    }
    q_slider_delete(objects.slider);
    q_widget_delete(objects.widget);
    q_timer_delete(objects.timer);
    q_region_fini(&region);
    q_application_delete(application);
    return 0;
}
