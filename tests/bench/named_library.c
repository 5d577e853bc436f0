#include "tests/bench/named_library.h"

#include "core/base/clock.h"
#include "core/catalog/tiny.h"
#include "core/decode/tinythumb.h"
#include "core/import/operation.h"
#include "core/queue/doorbell.h"
#include "core/task/executor_threads.h"
#include "tests/bench/link_tree.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORKERS = 4, QUEUE_LIMIT = 256, BATCH = 10000 };

_Noreturn static void stop(const char *what)
{
    fprintf(stderr, "named_library: %s\n", what);
    exit(2);
}

typedef struct maker {
    vt_engine *engine;
    vt_doorbell *bell;
    bool finished;
} maker;

static void wake(void *user)
{
    vt_doorbell_ring(((maker *)user)->bell);
}

static void on_imported(void *user, vt_import *import, const vt_import_figures *figures,
                        const vt_error *error)
{
    (void)import;
    (void)figures;
    if (error) {
        stop(error->message);
    }
    ((maker *)user)->finished = true;
}

static void import_by_name(maker *self, const char *folder)
{
    vt_error error = VT_ERROR_INIT;
    const vt_import_options options = {.read_limit = VT_IMPORT_READ_NONE};
    const vt_import_listener listener = {.finished = on_imported, .user = self};
    vt_import *import = vt_engine_import(self->engine, &folder, 1, &options, &listener, &error);
    if (!import) {
        stop(error.message);
    }
    while (vt_engine_deliver(self->engine, 0) || !self->finished) {
        if (!self->finished) {
            vt_doorbell_wait(self->bell, VT_NS_PER_S);
        }
    }
    vt_import_free(import);
}

static vt_tinythumb gradient(unsigned number)
{
    enum { SIDE = 8 };
    uint8_t bgra[SIDE * SIDE * 4];
    for (unsigned i = 0; i < SIDE * SIDE; i++) {
        const uint8_t pixel[] = {(uint8_t)(number * 37), (uint8_t)(i * 4), (uint8_t)(number * 11 + i), 255};
        memcpy(&bgra[i * 4], pixel, sizeof pixel);
    }
    const vt_pixels pixels = {
        .data = bgra, .capacity = sizeof bgra, .width = SIDE, .height = SIDE, .stride = SIDE * 4};
    return vt_tinythumb_encode(&pixels);
}

/* As if each had been read once. */
static void give_tiny_thumbnails(const char *path, size_t files)
{
    vt_error error = VT_ERROR_INIT;
    const vt_catalog_options options = {.mode = VT_CATALOG_READ_WRITE, .log = vt_log_none};
    vt_catalog *catalog = vt_catalog_open(path, &options, &error);
    vt_catalog_writer *writer = catalog ? vt_catalog_writer_create(catalog, &error) : NULL;
    static vt_tiny tinies[BATCH];
    for (size_t first = 0; writer && first < files; first += BATCH) {
        size_t count = files - first < BATCH ? files - first : BATCH;
        for (size_t i = 0; i < count; i++) {
            tinies[i] =
                (vt_tiny){.item_id = (int64_t)(first + i) + 1, .code = gradient((unsigned)(first + i) % 500)};
        }
        if (!vt_catalog_writer_put_tiny(writer, tinies, count, &error)) {
            stop(error.message);
        }
    }
    if (!writer) {
        stop(error.message);
    }
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

void named_library_make(const char *root, const char *from, const char *catalog, const char *thumbs,
                        size_t files)
{
    char folder[PATH_MAX];
    vt_error error = VT_ERROR_INIT;
    maker self = {.bell = vt_doorbell_create(&error)};
    vt_executor *executor = vt_executor_threads_create(WORKERS, QUEUE_LIMIT, &error);
    const vt_engine_options options = {.catalog_path = catalog,
                                       .thumbs_path = thumbs,
                                       .executor = executor,
                                       .log = vt_log_none,
                                       .wake = wake,
                                       .user = &self};
    link_tree_make(root, from, files);
    snprintf(folder, sizeof folder, "%s/files", root);
    self.engine = self.bell && executor ? vt_engine_create(&options, &error) : NULL;
    if (!self.engine) {
        stop(error.message);
    }
    import_by_name(&self, folder);
    vt_engine_free(self.engine);
    vt_executor_free(executor);
    vt_doorbell_free(self.bell);
    give_tiny_thumbnails(catalog, files);
}
