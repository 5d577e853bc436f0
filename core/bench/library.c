#include "core/bench/library.h"

#include "core/base/clock.h"
#include "core/import/operation.h"
#include "core/perf/rss.h"
#include "core/queue/doorbell.h"
#include "core/task/executor_threads.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { QUEUE_LIMIT = 256 };

typedef struct session {
    vt_engine *engine;
    vt_doorbell *bell;
    bool finished;
    vt_import_figures figures;
    vt_error error; /* that stopped it */
} session;

static void wake(void *user)
{
    vt_doorbell_ring(((session *)user)->bell);
}

static void on_failed(void *user, vt_import *import, const vt_failure *failure)
{
    session *self = user;
    (void)import;
    if (self->error.code == VT_ERROR_NONE) {
        vt_error_set(&self->error, VT_ERROR_INTERNAL, "a generated file could not be imported: %s",
                     failure->message);
    }
}

static void on_finished(void *user, vt_import *import, const vt_import_figures *figures,
                        const vt_error *error)
{
    session *self = user;
    (void)import;
    self->figures = *figures;
    if (error) {
        self->error = *error;
    }
    self->finished = true;
}

static bool run(session *self, vt_bench_import *import)
{
    const vt_import_options options = {.unnoted = true};
    const vt_import_listener listener = {.item_failed = on_failed, .finished = on_finished, .user = self};
    int64_t begun = vt_clock_now();
    vt_import *running = vt_engine_import(self->engine, &import->files, 1, &options, &listener, &self->error);
    if (!running) {
        return false;
    }
    while (vt_engine_deliver(self->engine, 0) || !self->finished) {
        if (!self->finished) {
            vt_doorbell_wait(self->bell, VT_NS_PER_S);
        }
    }
    import->wall_ns = vt_clock_now() - begun;
    import->items = self->figures.imported;
    vt_engine_figures figures;
    vt_engine_get_figures(self->engine, &figures);
    import->memory_peak = figures.rss_peak_bytes;
    vt_import_free(running);
    return self->error.code == VT_ERROR_NONE;
}

static vt_engine *open_engine(session *self, const char *library, vt_executor *executor)
{
    char catalog[4096], thumbs[4096];
    (void)snprintf(catalog, sizeof catalog, "%s/library.vitrine", library);
    (void)snprintf(thumbs, sizeof thumbs, "%s/library.thumbs", library);
    if (mkdir(library, 0700) != 0 && errno != EEXIST) {
        int why = errno;
        vt_error_set_errno(&self->error, why, "cannot make the folder %s", library);
        return NULL;
    }
    const vt_engine_options options = {.catalog_path = catalog,
                                       .thumbs_path = thumbs,
                                       .executor = executor,
                                       .shared_thumbs = VT_SHARED_THUMBS_OFF,
                                       .log = vt_log_none,
                                       .wake = wake,
                                       .user = self};
    return vt_engine_create(&options, &self->error);
}

bool vt_bench_import_run(vt_bench_import *import, vt_error *error)
{
    session self = {.error = VT_ERROR_INIT};
    import->memory_before = vt_rss_self().current;
    self.bell = vt_doorbell_create(&self.error);
    vt_executor *executor =
        self.bell ? vt_executor_threads_create(vt_engine_workers_for(0), QUEUE_LIMIT, &self.error) : NULL;
    self.engine = executor ? open_engine(&self, import->library, executor) : NULL;
    bool done = self.engine && run(&self, import);
    if (!vt_engine_free(self.engine)) {
        return vt_error_set(error, VT_ERROR_IO, "the disk of %s does not answer", import->library);
    }
    vt_executor_free(executor);
    vt_doorbell_free(self.bell);
    if (!done && error) {
        *error = self.error;
    }
    return done;
}
