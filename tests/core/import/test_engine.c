/* Imports through the whole engine: real files, real helpers, a real catalog. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/catalog/check.h"
#include "tests/core/import/engine_session.h"
#include "tests/support/files.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static int set_up(void **state)
{
    *state = session_create();
    return 0;
}

static int tear_down(void **state)
{
    session_free(*state);
    return 0;
}

/* `count` names of one small picture. */
static void many_links(const char *folder, int count, int width, int height)
{
    char *first = strdup(files_path(folder, "first.ppm"));
    files_write_picture(first, width, height, 1);
    for (int i = 1; i < count; i++) {
        char name[32];
        snprintf(name, sizeof name, "link%05d.ppm", i);
        assert_int_equal(link(first, files_path(folder, name)), 0);
    }
    free(first);
}

static uint32_t index_rows(engine_session *session)
{
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    uint32_t count = vt_snapshot_count(snapshot);
    vt_snapshot_release(snapshot);
    return count;
}

static void everything_found_is_in_catalog_index_and_store(void **state)
{
    engine_session *session = *state;
    enum { COUNT = 150 };
    session_pictures(session->pictures, COUNT - 1, 40, 30);
    files_write_tetrahedron(files_path(session->pictures, "corner.stl"), 3);
    session_open(session, 4, 2, NULL);
    import_record record;
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.error.code, VT_ERROR_NONE);
    assert_int_equal(record.figures.imported, COUNT);
    assert_int_equal(record.figures.found, COUNT);
    assert_true(record.figures.scanned);
    assert_int_equal(record.imported, COUNT);
    assert_int_equal(record.rows, COUNT);
    assert_int_equal(record.end_row, COUNT);
    assert_true(record.progress >= 1);
    assert_int_equal(session_items(session), COUNT);
    assert_int_equal(index_rows(session), COUNT);
    int64_t thumbs = 0, bytes = 0;
    assert_true(vt_thumbs_counts(vt_engine_thumbs(session->engine), &thumbs, &bytes, NULL));
    assert_int_equal(thumbs, COUNT);

    /* Again: nothing is read and nothing is written. */
    vt_engine_figures before, after;
    vt_engine_get_figures(session->engine, &before);
    assert_int_equal(before.items_committed, COUNT); /* once each, though their names came first */
    session_import(session, session->pictures, NULL, &record);
    vt_engine_get_figures(session->engine, &after);
    assert_int_equal(after.items_committed, COUNT);
    assert_int_equal(record.figures.unchanged, COUNT);
    assert_int_equal(record.figures.decoded, 0);
    assert_int_equal(record.batches, 0);
    assert_int_equal(after.batches, before.batches);

    /* Loaded from the catalog the index is the same. */
    session_close(session);
    session_open(session, 4, 2, NULL);
    assert_int_equal(index_rows(session), COUNT);
}

/* Memory that a window's cache might hold, and gives back on the engine's thread. */
typedef struct ballast {
    void *bytes;
    size_t size;
    atomic_int asked;
} ballast;

static int64_t drop_ballast(void *user, int64_t bytes)
{
    ballast *self = user;
    (void)bytes;
    if (atomic_fetch_add(&self->asked, 1) > 0) {
        return 0;
    }
    munmap(self->bytes, self->size);
    return (int64_t)self->size;
}

static void pressure_reaches_whoever_holds_memory(void **state)
{
    engine_session *session = *state;
    session_pictures(session->pictures, 20, 40, 30);
    session_open(session, 4, 2, NULL);
    import_record record;
    session_import(session, session->pictures, NULL, &record);
    vt_engine_figures figures;
    vt_engine_get_figures(session->engine, &figures);
    assert_true(figures.memory.samples >= 1 && figures.memory.used > 0);

    /* As much again and 100 MB more, which is what the limit is set to. */
    ballast held = {.size = (size_t)figures.rss_peak_bytes + 100 * VT_MEMORY_MB};
    int64_t soft = figures.rss_peak_bytes + (int64_t)held.size;
    held.bytes =
        mmap(NULL, held.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    assert_true(held.bytes != MAP_FAILED);
    vt_resource resource = {
        .name = "ballast", .cost = VT_RESOURCE_CACHE, .clean_up = drop_ballast, .user = &held};
    vt_resource_id id = vt_registry_add(vt_engine_resources(session->engine), &resource, NULL);
    vt_governor *governor = vt_engine_governor(session->engine);
    assert_true(vt_governor_set_limits(governor, &(vt_memory_limits){soft, 2 * soft}, NULL));
    for (int i = 0; i < 100 && atomic_load(&held.asked) == 0; i++) {
        session_import(session, session->pictures, NULL, &record);
        usleep(100000);
    }
    assert_int_equal(atomic_load(&held.asked), 1);
    /* Without any work it sees that pressure is over. */
    for (int i = 0; i < 600 && vt_governor_level(governor) != VT_MEMORY_NORMAL; i++) {
        usleep(100000);
    }
    assert_int_equal(vt_governor_level(governor), VT_MEMORY_NORMAL);
    vt_engine_get_figures(session->engine, &figures); /* what was freed is counted after it was asked for */
    assert_true(figures.memory.clean_ups >= 1);
    assert_true(figures.memory.freed == (int64_t)held.size);
    vt_registry_remove(vt_engine_resources(session->engine), id);
}

static void a_poisoned_file_costs_only_itself(void **state)
{
    engine_session *session = *state;
    static const char *const poisons[] = {"poison:segv", "poison:exit", "poison:lie", "poison:abort"};
    enum { GOOD = 60, BAD = sizeof poisons / sizeof *poisons };
    session_pictures(session->pictures, GOOD, 40, 30);
    for (size_t i = 0; i < BAD; i++) {
        char name[32];
        snprintf(name, sizeof name, "%04zu-bad.png", i * 10);
        files_write(files_path(session->pictures, name), poisons[i], strlen(poisons[i]));
    }
    session_open(session, 4, 2, NULL);
    import_record record;
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.error.code, VT_ERROR_NONE);
    assert_int_equal(record.figures.imported, GOOD);
    assert_int_equal(record.figures.failed, BAD);
    assert_int_equal(record.failures, BAD);
    vt_engine_figures figures;
    vt_engine_get_figures(session->engine, &figures);
    assert_true(figures.helper_crashes >= (int64_t)BAD);

    /* They are not tried again until told so. */
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.decoded, 0);
    assert_int_equal(record.figures.failed, BAD);
    session_import(session, session->pictures, &(vt_import_options){.retry_failures = true}, &record);
    assert_int_equal(record.figures.decoded, BAD);
    assert_int_equal(record.figures.failed, BAD);
}

static void several_imports_share_the_engine(void **state)
{
    engine_session *session = *state;
    enum { FOLDERS = 5, EACH = 60 };
    vt_error error = VT_ERROR_INIT;
    import_record records[FOLDERS] = {0};
    vt_import *imports[FOLDERS];
    char *paths[FOLDERS];
    for (int i = 0; i < FOLDERS; i++) {
        char name[16];
        snprintf(name, sizeof name, "%d", i % (FOLDERS - 1)); /* the last one is the first one again */
        paths[i] = strdup(i < FOLDERS - 1 ? files_folder(session->pictures, name)
                                          : files_path(session->pictures, name));
        if (i < FOLDERS - 1) {
            session_pictures(paths[i], EACH, 20 + i, 20);
        }
    }
    session_open(session, 4, 2, NULL);
    for (int i = 0; i < FOLDERS; i++) {
        vt_import_listener listener = session_listener(&records[i]);
        const char *path = paths[i];
        imports[i] = vt_engine_import(session->engine, &path, 1, NULL, &listener, &error);
        assert_non_null(imports[i]);
    }
    int64_t imported = 0;
    for (int i = 0; i < FOLDERS; i++) {
        session_wait_for(session, &records[i].finished);
        const vt_import_figures *figures = &records[i].figures;
        assert_int_equal(figures->imported + figures->updated + figures->unchanged, EACH);
        assert_int_equal(figures->failed, 0);
        imported += figures->imported;
        vt_import_free(imports[i]);
        free(paths[i]);
    }
    /* The folder that two of them took at once is there once. */
    assert_int_equal(imported, (FOLDERS - 1) * EACH);
    assert_int_equal(session_items(session), (FOLDERS - 1) * EACH);
    assert_int_equal(index_rows(session), (FOLDERS - 1) * EACH);
}

static void too_many_imports_at_once_are_refused(void **state)
{
    engine_session *session = *state;
    vt_error error = VT_ERROR_INIT;
    vt_import *imports[VT_IMPORTS_MAX];
    const char *path = session->pictures;
    many_links(session->pictures, 200, 120, 90);
    session_open(session, 3, 1, NULL);
    for (int i = 0; i < VT_IMPORTS_MAX; i++) {
        imports[i] = vt_engine_import(session->engine, &path, 1, NULL, NULL, &error);
        assert_non_null(imports[i]);
    }
    assert_null(vt_engine_import(session->engine, &path, 1, NULL, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    for (int i = 0; i < VT_IMPORTS_MAX; i++) {
        vt_import_free(imports[i]);
    }
}

static void what_is_in_flight_is_bounded(void **state)
{
    engine_session *session = *state;
    enum { COUNT = 900 };
    many_links(session->pictures, COUNT, 16, 16);
    session_open(session, 3, 1, NULL);
    import_record record;
    session_import(session, session->pictures, NULL, &record);
    vt_engine_figures figures;
    vt_engine_get_figures(session->engine, &figures);
    assert_int_equal(record.figures.imported, COUNT);
    assert_true(figures.in_flight_limit < COUNT);
    /* The scan had to wait: at the limit, or below it where memory is short (under a sanitizer it is). */
    assert_true(figures.in_flight_peak <= figures.in_flight_limit);
    uint64_t shortages = 0;
    for (int i = VT_MEMORY_NORMAL + 1; i < VT_MEMORY_LEVEL_COUNT; i++) {
        shortages += figures.memory.entered[i];
    }
    assert_true(figures.in_flight_peak == figures.in_flight_limit || shortages > 0);
    assert_int_equal(figures.in_flight, 0);
}

static void cancel_stops_within_two_seconds_and_keeps_what_is_committed(void **state)
{
    engine_session *session = *state;
#ifdef VITRINE_SANITIZED /* they are slow enough to be stopped amid these */
    enum { COUNT = 300 };
#else
    enum { COUNT = 600 };
#endif
    many_links(session->pictures, COUNT, 320, 240);
    session_open(session, 4, 2, NULL);
    vt_error error = VT_ERROR_INIT;
    import_record record = {0};
    vt_import_listener listener = session_listener(&record);
    const char *path = session->pictures;
    vt_import *import = vt_engine_import(session->engine, &path, 1, NULL, &listener, &error);
    assert_non_null(import);
    session_wait_for(session, &record.batches);
    vt_import_cancel(import);
    assert_true(vt_import_wait(import, 2 * VT_NS_PER_S));
    session_wait_for(session, &record.finished);
    assert_int_equal(record.error.code, VT_ERROR_CANCELLED);
    assert_true(session_items(session) > 0);
    assert_true(record.figures.imported < COUNT);
    assert_int_equal(session_items(session), record.figures.imported + record.figures.waiting);
    vt_import_free(import);
    int64_t kept = record.figures.imported;
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.unchanged, kept);
    assert_int_equal(record.figures.imported, COUNT - kept);
}

static void freeing_the_engine_amid_an_import_leaves_a_sound_catalog(void **state)
{
    engine_session *session = *state;
    many_links(session->pictures, 600, 320, 240);
    session_open(session, 4, 2, NULL);
    vt_error error = VT_ERROR_INIT;
    import_record record = {0};
    vt_import_listener listener = session_listener(&record);
    const char *path = session->pictures;
    assert_non_null(vt_engine_import(session->engine, &path, 1, NULL, &listener, &error));
    session_wait_for(session, &record.batches);
    session_close(session);
    assert_int_equal(record.finished, 0); /* what was not delivered is dropped */
    session_open(session, 4, 2, NULL);
    assert_true(session_items(session) >= record.imported);
    vt_check_report *report = calloc(1, sizeof *report);
    assert_non_null(report);
    assert_true(vt_check_catalog(vt_engine_catalog(session->engine), NULL, false, report, &error));
    assert_int_equal(report->total, 0);
    free(report);
}

/* The import may be freed in any of its own callbacks. */
static void free_import(void *user, vt_import *import)
{
    vt_import_free(import);
    ++*(int *)user;
}

static void an_import_may_be_freed_in_its_own_callback(void **state)
{
    engine_session *session = *state;
    session_pictures(session->pictures, 50, 30, 20);
    session_open(session, 4, 2, NULL);
    vt_error error = VT_ERROR_INIT;
    int freed = 0;
    const vt_import_listener listener = {.started = free_import, .user = &freed};
    const char *path = session->pictures;
    assert_non_null(vt_engine_import(session->engine, &path, 1, NULL, &listener, &error));
    session_wait_for(session, &freed);
    assert_int_equal(freed, 1);
    vt_engine_deliver(session->engine, 0);
}

static void wrong_requests_for_an_import_are_refused(void **state)
{
    engine_session *session = *state;
    vt_error error = VT_ERROR_INIT;
    session_open(session, 2, 1, NULL);
    const char *path = "/no/such/folder";
    assert_null(vt_engine_import(session->engine, &path, 1, NULL, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    assert_non_null(strstr(error.message, path));
    assert_null(vt_engine_import(session->engine, NULL, 0, NULL, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    session_close(session);

    session_open(session, 2, 1, &(vt_engine_options){.read_only = true});
    assert_true(vt_engine_is_read_only(session->engine));
    path = session->pictures;
    assert_null(vt_engine_import(session->engine, &path, 1, NULL, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_READ_ONLY);
}

static void a_busy_catalog_can_be_read(void **state)
{
    engine_session *session = *state;
    session_open(session, 2, 1, NULL);
    vt_error error = VT_ERROR_INIT;
    vt_engine_options options = {
        .catalog_path = session->catalog, .thumbs_path = session->thumbs, .executor = session->executor};
    assert_null(vt_engine_create(&options, &error));
    assert_int_equal(error.code, VT_ERROR_BUSY);
    engine_session second = {.root = session->root, .catalog = session->catalog, .thumbs = session->thumbs};
    session_open(&second, 2, 1, &(vt_engine_options){.read_only_if_busy = true, .with_index = true});
    assert_true(vt_engine_is_read_only(second.engine));
    session_close(&second);
}

static void a_missing_helper_program_is_told(void **state)
{
    engine_session *session = *state;
    vt_error error = VT_ERROR_INIT;
    session_open(session, 2, 1, NULL);
    const vt_engine_options options = {.catalog_path = files_path(session->root, "other.vitrine"),
                                       .thumbs_path = files_path(session->root, "other.thumbs"),
                                       .executor = session->executor,
                                       .decoder_path = "/no/such/decoder"};
    assert_null(vt_engine_create(&options, &error));
    assert_non_null(strstr(error.message, "/no/such/decoder"));
}

/* The machine's fault, not the files': nobody is blamed, and the next import finds them untried. */
static void without_helpers_an_import_stops_and_blames_no_file(void **state)
{
    engine_session *session = *state;
    enum { COUNT = 40 };
    session_pictures(session->pictures, COUNT, 40, 30);
    char *decoder = strdup(files_path(session->root, "decoder"));
    session_copy_decoder(decoder);
    session->decoder = decoder;
    session_open(session, 3, 1, NULL);
    assert_int_equal(unlink(decoder), 0);
    session_kill_helpers(session);
    import_record record;
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.error.code, VT_ERROR_INTERNAL);
    assert_int_equal(record.figures.failed, 0);
    assert_int_equal(session_failures(session), 0);
    session_copy_decoder(decoder);
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.error.code, VT_ERROR_NONE);
    assert_int_equal(record.figures.imported + record.figures.unchanged, COUNT);
    session->decoder = NULL;
    free(decoder);
}

#define ENGINE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ENGINE_TEST(everything_found_is_in_catalog_index_and_store),
        ENGINE_TEST(pressure_reaches_whoever_holds_memory),
        ENGINE_TEST(a_poisoned_file_costs_only_itself),
        ENGINE_TEST(several_imports_share_the_engine),
        ENGINE_TEST(too_many_imports_at_once_are_refused),
        ENGINE_TEST(what_is_in_flight_is_bounded),
        ENGINE_TEST(cancel_stops_within_two_seconds_and_keeps_what_is_committed),
        ENGINE_TEST(freeing_the_engine_amid_an_import_leaves_a_sound_catalog),
        ENGINE_TEST(an_import_may_be_freed_in_its_own_callback),
        ENGINE_TEST(wrong_requests_for_an_import_are_refused),
        ENGINE_TEST(a_busy_catalog_can_be_read),
        ENGINE_TEST(without_helpers_an_import_stops_and_blames_no_file),
        ENGINE_TEST(a_missing_helper_program_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
