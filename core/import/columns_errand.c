#include "core/import/columns_errand.h"

#include "core/base/thread.h"
#include "core/import/aftercare.h"
#include "core/import/columns_care.h"
#include "core/index/columns.h"

#include <stdlib.h>
#include <string.h>

struct vt_columns_errand {
    char *catalog_path, *path; /* owned */
    vt_log log;
    int64_t end;
};

vt_columns_errand *vt_columns_errand_create(vt_engine *engine)
{
    vt_columns_errand *errand = engine->columns_path ? calloc(1, sizeof *errand) : NULL;
    if (!errand) {
        return NULL;
    }
    errand->catalog_path = strdup(vt_catalog_path(engine->catalog));
    errand->path = strdup(engine->columns_path);
    errand->log = engine->log;
    if (!errand->catalog_path || !errand->path) {
        vt_columns_errand_free(errand);
        return NULL;
    }
    return errand;
}

void vt_columns_errand_free(vt_columns_errand *errand)
{
    if (errand) {
        free(errand->catalog_path);
        free(errand->path);
        free(errand);
    }
}

static bool go_on(void *user)
{
    return vt_clock_now() < ((const vt_columns_errand *)user)->end;
}

static void *run(void *user)
{
    vt_columns_errand *errand = user;
    vt_error error = VT_ERROR_INIT;
    const vt_catalog_options options = {.mode = VT_CATALOG_READ_CLOSED, .log = vt_log_none};
    vt_aftercare_stand_back();
    vt_catalog *catalog = vt_catalog_open(errand->catalog_path, &options, &error);
    vt_catalog_reader *reader = catalog ? vt_catalog_reader_open(catalog, &error) : NULL;
    const vt_columns_pace pace = {.go_on = go_on, .user = errand};
    if (!reader || !vt_columns_leave(catalog, reader, errand->path, &pace, &errand->log, &error)) {
        vt_log_write(&errand->log, VT_LOG_INFO, "no columns file is left for the next start: %s",
                     error.message);
    }
    vt_catalog_reader_free(reader);
    vt_catalog_close(catalog);
    return NULL;
}

void vt_columns_errand_run(vt_columns_errand *errand, int64_t most_ns)
{
    pthread_t thread;
    if (errand) {
        errand->end = vt_clock_now() + most_ns;
        if (vt_thread_start(&thread, "columns", run, errand) == 0) {
            pthread_join(thread, NULL);
        }
    }
}
