/* What is decoded next: visible, nearby, imports, idle imports; and how the number of jobs changes amid it.
 */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "tests/core/import/engine_session.h"
#include "tests/support/files.h"

#include "core/import/engine_private.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PICTURES = 10, SETTLE_US = 300000 };

typedef struct answer {
    int came, turn;
    int *counter; /* where to take the number of its turn; may be NULL */
    bool good;
} answer;

static void on_picture(void *user, vt_picture *picture, const vt_error *error)
{
    answer *to = user;
    (void)error;
    to->came++;
    to->turn = to->counter ? ++*to->counter : 0;
    to->good = picture != NULL;
    if (picture) {
        vt_picture_clear(picture);
    }
}

static int set_up(void **state)
{
    engine_session *session = session_create();
    session_pictures(session->pictures, PICTURES, 200, 100);
    session_open(session, 6, 1, NULL);
    import_record record;
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.imported, PICTURES);
    *state = session;
    return 0;
}

static int tear_down(void **state)
{
    session_free(*state);
    return 0;
}

/* Reopens the engine without its store of thumbnails, so that all must be decoded. */
static void lose_thumbnails(engine_session *session, unsigned workers, int jobs)
{
    session_close(session);
    assert_int_equal(unlink(session->thumbs), 0);
    session_open(session, workers, jobs, NULL);
}

static void ask(engine_session *session, uint32_t row, bool nearby, answer *to)
{
    vt_error error = VT_ERROR_INIT;
    vt_request *request = nearby
                              ? vt_engine_request_nearby(session->engine, row, 32, on_picture, to, &error)
                              : vt_engine_request_thumbnail(session->engine, row, 32, on_picture, to, &error);
    if (!request) {
        fail_msg("%s", error.message);
    }
}

static void visible_goes_before_nearby_and_both_can_change(void **state)
{
    engine_session *session = *state;
    int counter = 0;
    answer answers[6] = {0};
    lose_thumbnails(session, 1, 1);
    vt_cancel *gate = vt_cancel_create(NULL);
    session_hold_worker(session, gate);
    for (uint32_t row = 0; row < 6; row++) {
        answers[row].counter = &counter;
        ask(session, row, row < 3, &answers[row]); /* 0, 1, 2 nearby; 3, 4, 5 visible */
    }
    static const uint32_t shown[] = {2}, passed[] = {4};
    vt_engine_prioritise(session->engine, shown, 1);
    vt_engine_defer(session->engine, passed, 1);
    vt_engine_figures figures;
    vt_engine_get_figures(session->engine, &figures);
    assert_int_equal(figures.waiting[VT_PRIORITY_CRITICAL], 3);
    assert_int_equal(figures.waiting[VT_PRIORITY_HIGH], 3);
    vt_cancel_request(gate);
    for (int i = 0; i < 6; i++) {
        session_wait_for(session, &answers[i].came);
        assert_true(answers[i].good);
    }
    static const int turns[] = {4, 5, 1, 2, 6, 3};
    for (int i = 0; i < 6; i++) {
        assert_int_equal(answers[i].turn, turns[i]);
    }
    vt_cancel_unref(gate);
}

static void visible_has_a_helper_of_its_own_and_nearby_waits_its_turn(void **state)
{
    engine_session *session = *state;
    answer visible[3] = {0}, nearby = {0};
    lose_thumbnails(session, 6, 1);
    vt_helper *held = vt_helper_pool_acquire(session->engine->helpers, VT_HELPER_BACKGROUND);
    ask(session, 0, true, &nearby);
    for (uint32_t i = 0; i < 3; i++) {
        ask(session, 1 + i, false, &visible[i]);
    }
    for (int i = 0; i < 3; i++) {
        session_wait_for(session, &visible[i].came);
        assert_true(visible[i].good);
    }
    assert_int_equal(nearby.came, 0);
    vt_helper_pool_release(session->engine->helpers, held);
    session_wait_for(session, &nearby.came);
    assert_true(nearby.good);
}

static void a_flood_of_thumbnails_leaves_the_viewer_a_thread(void **state)
{
    engine_session *session = *state;
    enum { FLOOD = 60 };
    answer flood[FLOOD] = {0}, image = {0};
    vt_error error = VT_ERROR_INIT;
    lose_thumbnails(session, vt_engine_workers_for(1), 1);
    vt_helper *kept = vt_helper_pool_acquire(session->engine->helpers, VT_HELPER_VISIBLE);
    vt_helper *held = vt_helper_pool_acquire(session->engine->helpers, VT_HELPER_BACKGROUND);
    for (int i = 0; i < FLOOD; i++) {
        ask(session, (uint32_t)i % PICTURES, i % 2, &flood[i]);
    }
    assert_non_null(vt_engine_request_image(session->engine, files_path(session->pictures, "0000.ppm"), 50,
                                            50, NULL, on_picture, &image, &error));
    session_wait_for(session, &image.came);
    assert_true(image.good);
    vt_engine_figures figures;
    vt_engine_get_figures(session->engine, &figures);
    assert_true(figures.decoding <= 2); /* a background job and a visible one */
    vt_helper_pool_release(session->engine->helpers, kept);
    vt_helper_pool_release(session->engine->helpers, held);
    for (int i = 0; i < FLOOD; i++) {
        session_wait_for(session, &flood[i].came);
    }
}

static vt_import *begin(engine_session *session, const char *path, bool idle, import_record *record)
{
    vt_error error = VT_ERROR_INIT;
    vt_import_listener listener = session_listener(record);
    const vt_import_options options = {.idle = idle};
    vt_import *import = vt_engine_import(session->engine, &path, 1, &options, &listener, &error);
    if (!import) {
        fail_msg("%s", error.message);
    }
    return import;
}

/* Until so many files of imports and of idle ones wait to be decoded. */
static void wait_for_queues(engine_session *session, int64_t normal, int64_t idle)
{
    vt_engine_figures figures;
    for (int i = 0; i < 200; i++) {
        vt_engine_get_figures(session->engine, &figures);
        if (figures.waiting[VT_PRIORITY_NORMAL] >= normal && figures.waiting[VT_PRIORITY_LOW] >= idle) {
            return;
        }
        usleep(SETTLE_US / 100);
    }
    fail_msg("%d and %d files wait", (int)figures.waiting[VT_PRIORITY_NORMAL],
             (int)figures.waiting[VT_PRIORITY_LOW]);
}

static void idle_imports_let_all_others_go_first(void **state)
{
    engine_session *session = *state;
    enum { EACH = 40, SOME = 5 };
    import_record idle = {0}, asked = {0};
    char *upkeep = strdup(files_folder(session->root, "upkeep"));
    char *wanted = strdup(files_folder(session->root, "wanted"));
    session_pictures(upkeep, EACH, 300, 200);
    session_pictures(wanted, EACH, 200, 300);
    vt_helper *held = vt_helper_pool_acquire(session->engine->helpers, VT_HELPER_BACKGROUND);
    vt_import *second = begin(session, upkeep, true, &idle);
    wait_for_queues(session, 0, SOME); /* and one is with the helper's thread */
    vt_import *first = begin(session, wanted, false, &asked);
    wait_for_queues(session, SOME, SOME);
    vt_helper_pool_release(session->engine->helpers, held);
    vt_engine_figures figures;
    int64_t least = SOME; /* more may come, none may be taken */
    do {
        vt_engine_get_figures(session->engine, &figures);
        if (figures.waiting[VT_PRIORITY_NORMAL] > 0) {
            assert_true(figures.waiting[VT_PRIORITY_LOW] >= least);
            least = figures.waiting[VT_PRIORITY_LOW];
        }
    } while (figures.waiting[VT_PRIORITY_NORMAL] > 0);
    session_wait_for(session, &asked.finished);
    session_wait_for(session, &idle.finished);
    assert_int_equal(asked.figures.imported, EACH);
    assert_int_equal(idle.figures.imported, EACH);
    vt_import_free(first);
    vt_import_free(second);
    free(upkeep);
    free(wanted);
}

static void jobs_change_amid_an_import_and_nothing_is_lost(void **state)
{
    engine_session *session = *state;
    enum { MANY = 400 };
    static const int wanted[] = {5, 2, 7, 1};
    import_record record = {0};
    vt_error error = VT_ERROR_INIT;
    vt_engine_figures figures;
    char *many = strdup(files_folder(session->root, "many"));
    session_pictures(many, MANY, 120, 90);
    vt_import *import = begin(session, many, false, &record);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        int batches = record.batches;
        assert_true(vt_engine_set_jobs(session->engine, wanted[i], &error));
        vt_engine_get_figures(session->engine, &figures);
        assert_int_equal(figures.jobs, wanted[i]);
        assert_int_equal(figures.tasks.workers, vt_engine_workers_for(wanted[i]));
        while (record.batches == batches && !record.finished) {
            vt_engine_deliver(session->engine, 0);
            vt_doorbell_wait(session->bell, VT_NS_PER_S);
        }
    }
    session_wait_for(session, &record.finished);
    assert_int_equal(record.figures.imported, MANY);
    assert_int_equal(record.figures.failed, 0);
    assert_int_equal(record.error.code, VT_ERROR_NONE);
    vt_executor_wait_idle(session->executor, VT_FOREVER);
    vt_engine_get_figures(session->engine, &figures);
    assert_true(figures.helpers <= 1 + 2 + 1); /* a job, the two kept ones, the spare */
    assert_int_equal(figures.decoding, 0);
    vt_import_free(import);
    free(many);
}

static void settings_hold_from_the_next_file_on(void **state)
{
    engine_session *session = *state;
    vt_error error = VT_ERROR_INIT;
    import_record record;
    vt_settings settings = vt_settings_default();
    char *large = strdup(files_folder(session->root, "large"));
    files_write_picture(files_path(large, "large.ppm"), 1300, 1000, 1);
    settings.values[VT_SETTING_LIMIT_PIXELS] = 1;
    settings.values[VT_SETTING_JOBS] = 3; /* the session was opened with a number of its own */
    assert_true(vt_engine_apply_settings(session->engine, &settings, &error));
    session_import(session, large, NULL, &record);
    assert_int_equal(record.figures.failed, 1);
    settings.values[VT_SETTING_LIMIT_PIXELS] = 2;
    assert_true(vt_engine_apply_settings(session->engine, &settings, &error));
    session_import(session, large, &(vt_import_options){.retry_failures = true}, &record);
    assert_int_equal(record.figures.imported, 1);
    vt_engine_figures figures;
    vt_engine_get_figures(session->engine, &figures);
    assert_int_equal(figures.jobs, 1);
    settings.values[VT_SETTING_MEMORY_SOFT] = settings.values[VT_SETTING_MEMORY_HARD] + 1;
    assert_false(vt_engine_apply_settings(session->engine, &settings, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    free(large);
}

static void a_decoder_gets_the_memory_that_the_settings_say(void **state)
{
    engine_session *session = *state;
    vt_error error = VT_ERROR_INIT;
    answer first = {0}, second = {0};
    vt_engine_figures before, after;
    lose_thumbnails(session, 6, 1);
    ask(session, 0, false, &first);
    session_wait_for(session, &first.came);
    vt_engine_get_figures(session->engine, &before);
    vt_settings settings = vt_settings_default();
    settings.values[VT_SETTING_LIMIT_MEMORY] = 2048;
    assert_true(vt_engine_apply_settings(session->engine, &settings, &error));
    ask(session, 1, false, &second);
    session_wait_for(session, &second.came);
    assert_true(first.good && second.good);
    vt_engine_get_figures(session->engine, &after);
    assert_true(after.helper_starts > before.helper_starts); /* the limit is set when a process starts */
    assert_int_equal(after.helper_crashes, 0);
}

/* The program itself takes more than the smallest limits allow, so that memory is critical all along. */
static void when_memory_is_critical_files_go_one_at_a_time_and_arrive(void **state)
{
    engine_session *session = *state;
    enum { MANY = 40, BALLAST = 200 << 20 };
    import_record record = {0};
    vt_error error = VT_ERROR_INIT;
    const vt_memory_limits floors = {VT_MEMORY_SOFT_FLOOR, VT_MEMORY_HARD_FLOOR};
    char *ballast = malloc(BALLAST);
    assert_non_null(ballast);
    memset(ballast, 1, BALLAST);
    assert_true(vt_engine_set_jobs(session->engine, 4, &error));
    assert_true(vt_governor_set_limits(vt_engine_governor(session->engine), &floors, &error));
    vt_governor_sample(vt_engine_governor(session->engine), vt_clock_now() + VT_NS_PER_S);
    if (vt_governor_level(vt_engine_governor(session->engine)) != VT_MEMORY_CRITICAL) {
        fail_msg("memory is not critical");
    }
    char *many = strdup(files_folder(session->root, "many"));
    session_pictures(many, MANY, 60, 40);
    vt_import *import = begin(session, many, false, &record);
    session_wait_for(session, &record.batches);
    vt_engine_figures figures;
    vt_engine_get_figures(session->engine, &figures);
    assert_int_equal(figures.chunk, 1);
    assert_true(figures.decoding <= 1);
    session_wait_for(session, &record.finished);
    assert_int_equal(record.figures.imported, MANY);
    vt_import_free(import);
    assert_int_equal(ballast[BALLAST / 2], 1);
    free(ballast);
    free(many);
}

static void the_index_is_on_the_list_of_who_holds_memory(void **state)
{
    engine_session *session = *state;
    enum { LINES = 8 };
    vt_resource_usage lines[LINES];
    size_t count = vt_registry_list(vt_engine_resources(session->engine), lines, LINES);
    bool found = false;
    for (size_t i = 0; i < count && i < LINES; i++) {
        if (strcmp(lines[i].name, "index") == 0) {
            found = true;
            assert_int_equal(lines[i].cost, VT_RESOURCE_FIXED);
            assert_true(lines[i].bytes > 1000);
        }
    }
    assert_true(found);
}

static void chunks_grow_while_memory_is_plenty(void **state)
{
    engine_session *session = *state;
    enum { MANY = 60 };
    import_record record;
    vt_engine_figures figures;
    const vt_memory_limits plenty = {4000 * VT_MEMORY_MB, 8000 * VT_MEMORY_MB};
    vt_governor *governor = vt_engine_governor(session->engine);
    vt_error error = VT_ERROR_INIT;
    assert_true(
        vt_governor_set_limits(governor, &plenty, &error)); /* sanitizers take more than the program */
    for (int i = 1; i < 10; i++) {
        vt_governor_sample(governor, vt_clock_now() + i * VT_NS_PER_S);
    }
    assert_int_equal(vt_governor_level(governor), VT_MEMORY_NORMAL);
    char *many = strdup(files_folder(session->root, "many"));
    session_pictures(many, MANY, 60, 40);
    session_import(session, many, NULL, &record);
    assert_int_equal(record.figures.imported, MANY);
    vt_engine_get_figures(session->engine, &figures);
    assert_true(figures.chunk > VT_CHUNK_FIRST);
    assert_true(figures.in_flight_peak <= figures.in_flight_limit);
    free(many);
}

#define DISPATCH_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DISPATCH_TEST(visible_goes_before_nearby_and_both_can_change),
        DISPATCH_TEST(visible_has_a_helper_of_its_own_and_nearby_waits_its_turn),
        DISPATCH_TEST(a_flood_of_thumbnails_leaves_the_viewer_a_thread),
        DISPATCH_TEST(idle_imports_let_all_others_go_first),
        DISPATCH_TEST(jobs_change_amid_an_import_and_nothing_is_lost),
        DISPATCH_TEST(settings_hold_from_the_next_file_on),
        DISPATCH_TEST(a_decoder_gets_the_memory_that_the_settings_say),
        DISPATCH_TEST(when_memory_is_critical_files_go_one_at_a_time_and_arrive),
        DISPATCH_TEST(the_index_is_on_the_list_of_who_holds_memory),
        DISPATCH_TEST(chunks_grow_while_memory_is_plenty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
