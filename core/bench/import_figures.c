/* Imports of generated files: real files, the real engine, real helpers. */
#include "core/base/temporary.h"
#include "core/bench/data.h"
#include "core/bench/figure.h"
#include "core/bench/library.h"

#include <stdio.h>
#include <stdlib.h>

enum { PER_FOLDER = 60 };

typedef struct bench {
    const vt_bench_place *place;
    char files[320], library[320];
} bench;

static bool import_begin(const vt_bench_place *place, void **state, vt_error *error)
{
    bench *self = calloc(1, sizeof *self);
    if (!self) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    self->place = place;
    (void)snprintf(self->files, sizeof self->files, "%s/files", place->folder);
    (void)snprintf(self->library, sizeof self->library, "%s/imported", place->folder);
    *state = self;
    if (!vt_bench_make_files(self->files, place->files, PER_FOLDER, error)) {
        free(self);
        return false;
    }
    return true;
}

/* Into a new catalog each time. */
static bool import_once(bench *self, vt_bench_import *import, vt_error *error)
{
    *import = (vt_bench_import){.files = self->files, .library = self->library};
    vt_temporary_remove(self->library);
    if (!vt_bench_import_run(import, error)) {
        return false;
    }
    return import->items == self->place->files ||
           vt_error_set(error, VT_ERROR_INTERNAL, "%lld of %u generated files were imported",
                        (long long)import->items, self->place->files);
}

static bool run_wall(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    vt_bench_import import;
    (void)times;
    vt_bench_timer_begin(timer);
    bool done = import_once(state, &import, error);
    vt_bench_timer_end(timer);
    return done;
}

static bool run_memory(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    vt_bench_import import;
    (void)times;
    if (!import_once(state, &import, error)) {
        return false;
    }
    vt_bench_timer_add(timer, (double)(import.memory_peak - import.memory_before));
    return true;
}

static void import_end(void *state)
{
    bench *self = state;
    vt_temporary_remove(self->library);
    free(self);
}

const vt_bench_figure vt_bench_import_figures[] = {
    {"import", "240 generated files into a new catalog, by the clock", VT_BENCH_THROUGHPUT, VT_BENCH_WALL,
     "files", 240, 2, import_begin, run_wall, import_end},
    {"import-work", "the same by the processor time of all processes, for each file", VT_BENCH_THROUGHPUT,
     VT_BENCH_PROCESSES, NULL, 240, 2, import_begin, run_wall, import_end},
    {"import-memory", "the most memory of it, with its helpers", VT_BENCH_SPACE, VT_BENCH_MEMORY, NULL, 1, 1,
     import_begin, run_memory, import_end},
    {0},
};
