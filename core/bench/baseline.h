/*
 * Baselines: what was measured once, kept in a JSON file to compare with.
 *
 *     {"vitrine_bench": 1, "data": 2, "version": "0.1.0", "saved": "2026-01-31T12:00:00Z",
 *      "machine": {"processor": "...", "processors": 2, "build": "optimised"},
 *      "figures": [{"name": "filter", "costs": [812345.0, ...], "relatives": [2.71, ...]}, ...]}
 *
 * Costs are nanoseconds or bytes of one operation, a number a round; relatives are costs over the
 * calibration. What a later version adds beside is passed over. Threads: touches the disk; any but the
 * window's.
 */
#ifndef VT_BENCH_BASELINE_H
#define VT_BENCH_BASELINE_H

#include "core/base/error.h"
#include "core/base/replaceable.h"
#include "core/bench/compare.h"
#include "core/bench/machine.h"

#include <stddef.h>
#include <stdint.h>

#define VT_BASELINE_FORMAT      1
#define VT_BASELINE_FIGURES_MAX 256
#define VT_BASELINE_NAME_SIZE   48
#define VT_BASELINE_BYTES_MAX   ((size_t)1 << 20)

typedef struct vt_baseline_figure {
    char name[VT_BASELINE_NAME_SIZE];
    vt_bench_series series;
} vt_baseline_figure;

typedef struct vt_baseline {
    char version[32]; /* of the program that measured */
    char saved[32];   /* when, as ISO 8601 in UTC */
    vt_bench_machine machine;
    vt_baseline_figure *figures; /* owned: vt_baseline_free */
    size_t count;
} vt_baseline;

/* What may be replaced by a baseline: an older one, also if it cannot be read to its end. */
extern const vt_file_kind vt_baseline_kind;

/* One of this program, now, on this machine, without figures. */
void vt_baseline_begin(vt_baseline *baseline);
void vt_baseline_free(vt_baseline *baseline);

/* Appends a figure. VT_ERROR_MEMORY, VT_ERROR_LIMIT, VT_ERROR_USAGE for a name that is too long or there. */
bool vt_baseline_add(vt_baseline *baseline, const char *name, const vt_bench_series *series, vt_error *error);

/* NULL if it has no such figure. */
const vt_baseline_figure *vt_baseline_find(const vt_baseline *baseline, const char *name);

/* Whole or not at all, in the place of what is there: ask vt_file_is_replaceable before. Each message says
   what to do. */
bool vt_baseline_save(const vt_baseline *baseline, const char *path, vt_error *error);

/* False and `error`, and nothing to free: VT_ERROR_NOT_FOUND and what the system says, VT_ERROR_CORRUPT with
   line and column, VT_ERROR_VERSION for one of a later format, or of other data. */
bool vt_baseline_load(vt_baseline *baseline, const char *path, vt_error *error);

#endif
