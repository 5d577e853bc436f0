/*
 * What a benchmark measures: a const table of figures, each with its name, class, clock and functions. A new
 * figure is one line, and its functions.
 *
 * A round of a figure is begin, some runs, end, in a process of its own (suite.h). Costs are always "more is
 * worse": nanoseconds or bytes of one operation. Figures that people read the other way round (files a
 * second) are turned over where they are printed.
 */
#ifndef VT_BENCH_FIGURE_H
#define VT_BENCH_FIGURE_H

#include "core/base/error.h"
#include "core/bench/timer.h"

#include <stdbool.h>
#include <stdint.h>

/* Of the generated data and the calibration: a baseline of another version measured something else. */
#define VT_BENCH_DATA_VERSION 2

/* How much slower is a regression: the factors of document 000, challenge 4. */
typedef enum vt_bench_class {
    VT_BENCH_RESPONSE,   /* what somebody asked for and waits for: 1.2, which is also that of all others */
    VT_BENCH_FRAME,      /* what happens in every frame: 1.1 */
    VT_BENCH_CREATION,   /* what is made anew: 1.3 */
    VT_BENCH_THROUGHPUT, /* much at once: 1.3 */
    VT_BENCH_SPACE,      /* memory: 1.1 */
    VT_BENCH_CLASS_COUNT
} vt_bench_class;

typedef struct vt_bench_class_info {
    const char *name;
    double threshold;
} vt_bench_class_info;

const vt_bench_class_info *vt_bench_class_get(vt_bench_class class);

/* Where figures find and leave what they need; lent to them. */
typedef struct vt_bench_place {
    char folder[256]; /* a temporary one, which everything is in; gone afterwards */
    uint32_t rows;    /* of a generated index */
    uint32_t files;   /* of a generated folder */
} vt_bench_place;

typedef struct vt_bench_figure {
    const char *name; /* "layout-cold": stable, baselines have it */
    const char *what; /* what it measures, for --list */
    vt_bench_class class;
    vt_bench_clock clock;
    const char *per_second; /* read as so many of these a second: "files"; NULL: as it is */
    unsigned times;         /* operations in one run, so that it takes some milliseconds */
    unsigned runs_max;      /* of a round, where a run takes long; 0: as many as are wished */
    /* `*state` is given to the others. False and `error`; then `end` is not called. */
    bool (*begin)(const vt_bench_place *place, void **state, vt_error *error);
    /* Does its operation `times` times, between the timer's begin and end. */
    bool (*run)(void *state, vt_bench_timer *timer, unsigned times, vt_error *error);
    void (*end)(void *state);
} vt_bench_figure;

/* Figures that stand together; ended by a NULL name. */
extern const vt_bench_figure vt_bench_layout_figures[];
extern const vt_bench_figure vt_bench_provider_figures[];
extern const vt_bench_figure vt_bench_index_figures[];
extern const vt_bench_figure vt_bench_decode_figures[];
extern const vt_bench_figure vt_bench_import_figures[];

#endif
