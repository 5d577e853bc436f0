/* Imports for figures: the real engine with real helpers, on a catalog of its own. One at a time; the thread
   that calls is the engine's main thread. */
#ifndef VT_BENCH_LIBRARY_H
#define VT_BENCH_LIBRARY_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct vt_bench_import {
    const char *files;     /* the folder that is imported */
    const char *library;   /* a folder, made if it is not there, for library.vitrine and library.thumbs */
    int64_t items;         /* found in it, filled in */
    int64_t wall_ns;       /* from the import's start to its end, filled in */
    int64_t memory_before; /* bytes of this process, filled in ... */
    int64_t memory_peak;   /* ... and the most of it and its helpers, as the engine saw it */
} vt_bench_import;

/* VT_ERROR_INTERNAL if a file failed, or what stopped the import. */
bool vt_bench_import_run(vt_bench_import *import, vt_error *error);

#endif
