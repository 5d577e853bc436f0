#include "tests/support/check.h"

#include "tests/core/import/engine_session.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "core/catalog/reader.h"
#include "core/import/engine_private.h"
#include "core/task/executor_threads.h"
#include "tests/support/files.h"

#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATIENCE (60 * VT_NS_PER_S)

engine_session *session_create(void)
{
    engine_session *session = calloc(1, sizeof *session);
    assert_non_null(session);
    session->root = files_temporary_folder();
    session->pictures = strdup(files_folder(session->root, "pictures"));
    session->catalog = strdup(files_path(session->root, "library.vitrine"));
    session->thumbs = strdup(files_path(session->root, "library.thumbs"));
    return session;
}

static void decoder_path(char *path, size_t size)
{
    char self[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    assert_true(length > 0);
    self[length] = '\0';
    for (int up = 0; up < 2; up++) {
        char *slash = strrchr(self, '/');
        assert_non_null(slash);
        *slash = '\0';
    }
    assert_true(snprintf(path, size, "%s/bin/vitrine-decoder-poison", self) < (int)size);
}

void session_copy_decoder(const char *path)
{
    char decoder[PATH_MAX];
    decoder_path(decoder, sizeof decoder);
    files_copy(decoder, path, 0);
    assert_int_equal(chmod(path, 0755), 0);
}

void session_kill_helpers(engine_session *session)
{
    enum { ROUNDS = 10, ROUND_US = 30000 };
    pid_t pids[VT_HELPER_POOL_MAX];
    for (int round = 0; round < ROUNDS; round++) { /* the spare may only just be starting */
        size_t count = vt_helper_pool_pids(session->engine->helpers, pids, VT_HELPER_POOL_MAX);
        for (size_t i = 0; i < count; i++) {
            kill(pids[i], SIGKILL);
        }
        usleep(ROUND_US);
    }
}

static void wake(void *user)
{
    vt_doorbell_ring(((engine_session *)user)->bell);
}

static void on_index_loaded(void *user, const vt_error *error)
{
    assert_null(error);
    ((engine_session *)user)->index_loaded++;
}

static void on_rows_changed(void *user)
{
    ((engine_session *)user)->rows_changed++;
}

void session_open(engine_session *session, unsigned workers, int jobs, const vt_engine_options *more)
{
    char decoder[PATH_MAX];
    vt_error error = VT_ERROR_INIT;
    vt_engine_options options = more ? *more : (vt_engine_options){.with_index = true};
    decoder_path(decoder, sizeof decoder);
    session->bell = vt_doorbell_create(&error);
    session->executor = vt_executor_threads_create(workers, VT_REQUESTS_MAX + 64, &error);
    assert_non_null(session->executor);
    /* A sanitized program holds so much that it would be told to take less on at a time. */
    vt_settings settings = vt_settings_default();
    settings.values[VT_SETTING_MEMORY_SOFT] = 8192;
    settings.values[VT_SETTING_MEMORY_HARD] = 16384;
    options.settings = options.settings ? options.settings : &settings;
    options.catalog_path = session->catalog;
    options.thumbs_path = session->thumbs;
    options.executor = session->executor;
    options.jobs = jobs;
    options.decoder_path = session->decoder ? session->decoder : decoder;
    options.wake = wake;
    options.index_loaded = on_index_loaded;
    options.rows_changed = on_rows_changed;
    options.user = session;
    session->engine = vt_engine_create(&options, &error);
    if (!session->engine) {
        fail_msg("%s", error.message);
    }
    session->index_loaded = session->rows_changed = 0;
    if (options.with_index) {
        session_wait_for(session, &session->index_loaded);
    }
}

void session_close(engine_session *session)
{
    vt_engine_free(session->engine);
    vt_executor_free(session->executor);
    vt_doorbell_free(session->bell);
    session->engine = NULL;
    session->executor = NULL;
    session->bell = NULL;
}

void session_free(engine_session *session)
{
    session_close(session);
    files_remove(session->root);
    free(session->pictures);
    free(session->catalog);
    free(session->thumbs);
    free(session);
}

/* A task that holds its worker until it is let go. */
static bool block(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    (void)error;
    vt_cancel_wait(user, VT_FOREVER);
    return true;
}

static const vt_task_ops block_ops = {"block", block, NULL, NULL};

void session_hold_worker(engine_session *session, vt_cancel *gate)
{
    vt_error error = VT_ERROR_INIT;
    vt_task *task = vt_task_create(&block_ops, gate, NULL);
    assert_true(vt_executor_submit(session->executor, task, VT_PRIORITY_CRITICAL, &error));
    vt_task_unref(task);
}

void session_wait_for(engine_session *session, const int *flag)
{
    int64_t until = vt_clock_now() + PATIENCE;
    int64_t turns = 0;
    for (;;) {
        vt_engine_deliver(session->engine, 0);
        if (*flag) {
            return;
        }
        vt_engine_figures figures;
        vt_engine_get_figures(session->engine, &figures);
        if (figures.turns != turns) { /* slow, under a sanitizer on a busy machine, but it goes on */
            turns = figures.turns;
            until = vt_clock_now() + PATIENCE;
        }
        if (vt_clock_now() > until) {
            fail_msg("nothing came within a minute");
        }
        vt_doorbell_wait(session->bell, VT_NS_PER_S);
    }
}

static void on_started(void *user, vt_import *import)
{
    (void)import;
    ((import_record *)user)->started++;
}

static void on_batch(void *user, vt_import *import, const vt_import_batch *batch)
{
    (void)import;
    import_record *record = user;
    assert_int_equal(record->started, 1);
    record->batches++;
    record->imported += batch->imported;
    record->updated += batch->updated;
    record->failed += batch->failed;
    record->missing += batch->missing;
    record->rows += batch->row_count;
    if (batch->first_row + batch->row_count > record->end_row) {
        record->end_row = batch->first_row + batch->row_count;
    }
}

static void on_failed(void *user, vt_import *import, const vt_failure *failure)
{
    (void)import;
    assert_true(strlen(failure->message) > 5);
    assert_int_equal(strlen(failure->path), failure->path_length);
    ((import_record *)user)->failures++;
}

static void on_progress(void *user, vt_import *import, const vt_import_figures *figures)
{
    (void)import;
    (void)figures;
    ((import_record *)user)->progress++;
}

static void on_finished(void *user, vt_import *import, const vt_import_figures *figures,
                        const vt_error *error)
{
    (void)import;
    import_record *record = user;
    assert_int_equal(record->started, 1);
    record->figures = *figures;
    if (error) {
        record->error = *error;
    }
    record->finished++;
}

vt_import_listener session_listener(import_record *record)
{
    return (vt_import_listener){.started = on_started,
                                .batch_committed = on_batch,
                                .item_failed = on_failed,
                                .progress = on_progress,
                                .finished = on_finished,
                                .user = record};
}

vt_catalog_writer *session_writer(engine_session *session)
{
    vt_engine *engine = session->engine;
    bool busy = true;
    while (busy) {
        pthread_mutex_lock(&engine->lock);
        busy = engine->writing || engine->notes || engine->errands > 0;
        pthread_mutex_unlock(&engine->lock);
        usleep(1000);
    }
    return engine->catalog_writer;
}

void session_import(engine_session *session, const char *path, const vt_import_options *options,
                    import_record *record)
{
    vt_error error = VT_ERROR_INIT;
    *record = (import_record){0};
    vt_import_listener listener = session_listener(record);
    vt_import *import = vt_engine_import(session->engine, &path, 1, options, &listener, &error);
    if (!import) {
        fail_msg("%s", error.message);
    }
    session_wait_for(session, &record->finished);
    vt_import_free(import);
    assert_int_equal(record->finished, 1);
}

void session_pictures(const char *folder, int count, int width, int height)
{
    for (int i = 0; i < count; i++) {
        char name[32];
        snprintf(name, sizeof name, "%04d.ppm", i);
        files_write_picture(files_path(folder, name), width, height, (unsigned)i + 1);
    }
}

static vt_catalog_counts counts_of(engine_session *session)
{
    vt_error error = VT_ERROR_INIT;
    vt_catalog_counts counts = {0};
    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(session->engine), &error);
    assert_non_null(reader);
    assert_true(vt_catalog_reader_counts(reader, &counts, &error));
    vt_catalog_reader_free(reader);
    return counts;
}

int64_t session_items(engine_session *session)
{
    return counts_of(session).items;
}

int64_t session_failures(engine_session *session)
{
    return counts_of(session).failures;
}
