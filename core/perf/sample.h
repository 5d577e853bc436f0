/*
 * Samples of what the program does, as series: a const table of figures, each with name, unit, and how it is
 * read from two samples; and the sampler, which keeps a vt_series (series.h) of each. Memory is constant,
 * however long it runs: VT_FIGURE_COUNT series and the last sample.
 *
 * Core gathers nothing by itself here: whoever knows the sources fills a vt_sample and notes it. Pure; times
 * are passed in. Threads: one at a time.
 */
#ifndef VT_PERF_SAMPLE_H
#define VT_PERF_SAMPLE_H

#include "core/perf/series.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the sources told at one moment. Sums count since the start of the program, unless said otherwise. */
typedef struct vt_sample {
    int64_t frames, frame_ns; /* painted by the window: how many, and time for them */
    int64_t stall_ns;         /* the longest since the sample before */
    /* Bytes now. */
    int64_t memory_index, memory_caches, memory_pools, memory_sqlite, memory_helpers, memory_rest;
    int64_t cpu_ui_ns, cpu_pool_ns, cpu_writer_ns, cpu_helpers_ns, cpu_rest_ns;
    int64_t waiting_visible, waiting_nearby, waiting_import, waiting_idle; /* now */
    int64_t tasks_queued, tasks_running;                                   /* now */
    int64_t tasks_done, tasks_failed, tasks_cancelled;
    int64_t items; /* committed */
    int64_t cache_hits, cache_misses;
    int64_t commits, commit_ns;
    int64_t read_bytes;
} vt_sample;

typedef enum vt_figure_unit {
    VT_UNIT_NANOSECONDS,
    VT_UNIT_BYTES,
    VT_UNIT_BYTES_PER_SECOND,
    VT_UNIT_PERCENT, /* of one core, or of all that were asked for */
    VT_UNIT_COUNT,
    VT_UNIT_PER_SECOND,
    VT_UNITS
} vt_figure_unit;

/* How a figure comes from a sample and the one before it. */
typedef enum vt_figure_reading {
    VT_READ_NOW,   /* the field as it is */
    VT_READ_RATE,  /* its growth a second */
    VT_READ_CPU,   /* nanoseconds of growth in nanoseconds that passed, as percent */
    VT_READ_MEAN,  /* its growth for each growth of the other field; nothing if that did not grow */
    VT_READ_SHARE, /* its growth of the growth of both fields, as percent; nothing if none grew */
} vt_figure_reading;

typedef enum vt_figure {
    VT_FIGURE_FRAME,
    VT_FIGURE_STALL,
    VT_FIGURE_MEMORY_INDEX, /* to MEMORY_REST: the parts of one sum */
    VT_FIGURE_MEMORY_CACHES,
    VT_FIGURE_MEMORY_POOLS,
    VT_FIGURE_MEMORY_SQLITE,
    VT_FIGURE_MEMORY_HELPERS,
    VT_FIGURE_MEMORY_REST,
    VT_FIGURE_CPU_UI, /* to CPU_REST, the same */
    VT_FIGURE_CPU_POOL,
    VT_FIGURE_CPU_WRITER,
    VT_FIGURE_CPU_HELPERS,
    VT_FIGURE_CPU_REST,
    VT_FIGURE_WAITING_VISIBLE,
    VT_FIGURE_WAITING_NEARBY,
    VT_FIGURE_WAITING_IMPORT,
    VT_FIGURE_WAITING_IDLE,
    VT_FIGURE_TASKS_QUEUED,
    VT_FIGURE_TASKS_RUNNING,
    VT_FIGURE_TASKS_DONE,
    VT_FIGURE_TASKS_FAILED,
    VT_FIGURE_TASKS_CANCELLED,
    VT_FIGURE_ITEMS,
    VT_FIGURE_HITS,
    VT_FIGURE_COMMIT,
    VT_FIGURE_READ,
    VT_FIGURE_COUNT
} vt_figure;

typedef struct vt_figure_row {
    const char *name;  /* stable, for exports and logs */
    const char *title; /* English, translatable in the context "performance" */
    vt_figure_unit unit;
    vt_figure_reading reading;
    size_t field, other; /* offsets in vt_sample of int64_t */
} vt_figure_row;

/* The row of `figure`; never NULL. */
const vt_figure_row *vt_figure_get(vt_figure figure);

/* The figure between two samples, `passed` nanoseconds apart; false if there is none. Sums that shrink (a
   helper has ended) count as not grown. */
bool vt_figure_read(vt_figure figure, const vt_sample *before, const vt_sample *now, int64_t passed,
                    double *value);

typedef struct vt_sampler vt_sampler;

/* `begun`: vt_clock_now. NULL when memory runs out. */
vt_sampler *vt_sampler_create(int64_t begun);
void vt_sampler_free(vt_sampler *sampler); /* NULL is allowed */

/* The sources told `sample` at `now`. The first one, and the first after vt_sampler_pause, gives only what is
   so now: there is none before it to differ from. */
void vt_sampler_note(vt_sampler *sampler, int64_t now, const vt_sample *sample);

/* What it has noted so far, for another thread; a megabyte. NULL when memory runs out. */
vt_sampler *vt_sampler_copy(const vt_sampler *sampler);

/* Nobody looks any more: the next sample does not differ from the last one. */
void vt_sampler_pause(vt_sampler *sampler);

/* The series of a figure; borrowed. */
const vt_series *vt_sampler_series(const vt_sampler *sampler, vt_figure figure);

/* What was noted last; false if nothing ever was. */
bool vt_sampler_last(const vt_sampler *sampler, vt_figure figure, double *value);

/* Samples noted; bytes held, which never change. */
uint64_t vt_sampler_count(const vt_sampler *sampler);
size_t vt_sampler_bytes(const vt_sampler *sampler);

/* "16.7 ms", "250.0 MB", "12.3 MB/s", "45 %", "1234", "83 /s". */
void vt_figure_format(vt_figure_unit unit, double value, char *text, size_t size);

#endif
