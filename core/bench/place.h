/*
 * The folder a benchmark works in: a temporary one, with a home of its own, so that nothing of the user's is
 * read or written. One at a time in a process, which changes its environment: before any thread is started.
 */
#ifndef VT_BENCH_PLACE_H
#define VT_BENCH_PLACE_H

#include "core/bench/figure.h"

/* Makes it below $TMPDIR or /tmp, and has the XDG variables name folders in it. */
bool vt_bench_place_make(vt_bench_place *place, vt_error *error);

/* Removes it and all in it. */
void vt_bench_place_remove(const vt_bench_place *place);

#endif
