/*
 * Private to core/import: errands, small works for the catalog's writer outside of imports.
 *
 * They run on the writer's task, one after the other, between batches; each is one short transaction or a
 * few. Ownership: vt_errand_post takes `user`, also when it fails; `release` gives it back.
 */
#ifndef VT_IMPORT_ERRAND_H
#define VT_IMPORT_ERRAND_H

#include "core/import/engine_private.h"

typedef struct vt_errand_ops {
    const char *name;
    /* On the writer's thread: catalog_writer and index are its own meanwhile. */
    bool (*run)(vt_engine *engine, void *user, vt_error *error);
    /* On the main thread afterwards, unless the engine is freed before; NULL: nobody is told. */
    void (*done)(vt_engine *engine, void *user, const vt_error *error);
    void (*release)(void *user); /* any thread; NULL: nothing to release */
} vt_errand_ops;

/* At most VT_ERRANDS_MAX wait: VT_ERROR_LIMIT; VT_ERROR_READ_ONLY, VT_ERROR_MEMORY. Any thread. */
bool vt_errand_post(vt_engine *engine, const vt_errand_ops *ops, void *user, vt_error *error);
#define VT_ERRANDS_MAX 1024

/* The writer's: runs what waits. */
void vt_errands_run(vt_engine *engine);

/* Frees what never ran. */
void vt_errands_drop(vt_engine *engine);

#endif
