/*
 * Figures of the benchmark that need widgets, without a display (core/bench/figure.h): cards, frames of
 * scrolling, what a click on a folder takes, the start. Each round runs in a process that has no application
 * object yet.
 */
#ifndef VT_BENCH_WINDOW_FIGURES_H
#define VT_BENCH_WINDOW_FIGURES_H

#include "core/bench/figure.h"

/* Ended by a NULL name. */
extern const vt_bench_figure vt_bench_card_figures[];
extern const vt_bench_figure vt_bench_window_figures[];
extern const vt_bench_figure vt_bench_start_figures[];

/* Private to these: a library of generated files, imported once into the place; its catalog, thumbnails and
   folder of files below `folder`. */
typedef struct vt_bench_library {
    char folder[320], catalog[360], thumbs[360], files[360];
} vt_bench_library;

#define VT_BENCH_LIBRARY_FOLDERS 10 /* "part 000" and so on, each with as many files */

bool vt_bench_library_make(const vt_bench_place *place, vt_bench_library *library, vt_error *error);

#endif
