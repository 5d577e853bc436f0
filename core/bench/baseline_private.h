/* Private to core/bench: a baseline from text. */
#ifndef VT_BENCH_BASELINE_PRIVATE_H
#define VT_BENCH_BASELINE_PRIVATE_H

#include "core/bench/baseline.h"

/* `baseline` is empty; what was read before a fault is in it. */
bool vt_baseline_parse(vt_baseline *baseline, const char *text, size_t length, vt_error *error);

#endif
