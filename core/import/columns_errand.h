/*
 * The last errand of a program that has shown a library: to leave a columns file (core/index/columns.h) of
 * the catalog as it is now, so that the next start need not read a million rows from SQLite.
 *
 * It is run when the engine is freed and the window is gone: only then the catalog's file is complete without
 * its log, and nobody waits. The lock of the catalog is free by then: a Vitrine that is started meanwhile
 * opens the catalog as ever, and if it writes, the errand drops its work. Nothing is written for a library of
 * less than VT_COLUMNS_ROWS_MIN items, and nothing if the file there is as it should be.
 *
 * Whatever fails costs the next start half a second and is told in the log, not to the user.
 */
#ifndef VT_IMPORT_COLUMNS_ERRAND_H
#define VT_IMPORT_COLUMNS_ERRAND_H

#include "core/base/clock.h"
#include "core/import/engine.h"

typedef struct vt_columns_errand vt_columns_errand;

/* Notes what there is to do, while the engine lives. NULL if there is nothing, or no memory. The main thread.
 */
vt_columns_errand *vt_columns_errand_create(vt_engine *engine);

/* How long a program that ends waits for it: on a machine that is busy to the last the lowest priority may
   not get to work at all. */
#define VT_COLUMNS_ERRAND_MOST_NS (10 * VT_NS_PER_S)

/* Does it, once the engine is freed: on a thread with the lowest priority, for which it waits `most_ns`, or a
   moment longer. For a million items it takes a second of processor time. NULL is allowed. */
void vt_columns_errand_run(vt_columns_errand *errand, int64_t most_ns);

void vt_columns_errand_free(vt_columns_errand *errand); /* NULL is allowed */

#endif
