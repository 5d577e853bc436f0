/* Cancelling and closing while other work is stuck in a decoder: nobody waits for that. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "core/import/engine_private.h"
#include "tests/core/import/engine_session.h"
#include "tests/support/files.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PICTURES = 20 };

/* operation.h: an import that was cancelled ends within it. */
#define CANCEL_NS (2 * VT_NS_PER_S)

typedef struct stuck {
    engine_session *session;
    char *loops, *clean; /* owned: folders */
} stuck;

/* One helper, and a folder whose only file never leaves it. */
static int set_up(void **state)
{
    stuck *at = calloc(1, sizeof *at);
    assert_non_null(at);
    at->session = session_create();
    at->loops = strdup(files_folder(at->session->pictures, "loops"));
    at->clean = strdup(files_folder(at->session->pictures, "clean"));
    files_write(files_path(at->loops, "loop.png"), "poison:loop", 11);
    session_pictures(at->clean, PICTURES, 30, 20);
    session_open(at->session, 4, 1, NULL);
    *state = at;
    return 0;
}

static int tear_down(void **state)
{
    stuck *at = *state;
    session_free(at->session);
    free(at->loops);
    free(at->clean);
    free(at);
    return 0;
}

static vt_import *begin(stuck *at, const char *path, import_record *record)
{
    vt_error error = VT_ERROR_INIT;
    vt_import_listener listener = session_listener(record);
    vt_import *import = vt_engine_import(at->session->engine, &path, 1, NULL, &listener, &error);
    if (!import) {
        fail_msg("%s", error.message);
    }
    return import;
}

static bool is_helper_taken(vt_engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    bool taken = engine->decoding == 1;
    pthread_mutex_unlock(&engine->lock);
    return taken;
}

static void wait_until_scanned(vt_import *import)
{
    vt_import_figures figures;
    do {
        usleep(1000);
        vt_import_get_figures(import, &figures);
    } while (!figures.scanned);
}

static void an_import_that_waits_behind_a_stuck_one_ends_at_once(void **state)
{
    stuck *at = *state;
    import_record first = {0}, second = {0};
    vt_import *looping = begin(at, at->loops, &first);
    while (!is_helper_taken(at->session->engine)) {
        usleep(1000);
    }
    vt_import *waiting = begin(at, at->clean, &second);
    wait_until_scanned(waiting);
    vt_import_cancel(waiting);
    assert_true(vt_import_wait(waiting, CANCEL_NS));
    assert_false(vt_import_wait(looping, 0)); /* it is stuck still */
    session_wait_for(at->session, &second.finished);
    assert_int_equal(second.error.code, VT_ERROR_CANCELLED);
    assert_int_equal(second.figures.decoded, 0);
    vt_import_free(waiting);
    vt_import_free(looping);
}

/* Somebody else has the helper: the import's task waits for it. */
static void an_import_that_waits_for_a_helper_ends_at_once(void **state)
{
    stuck *at = *state;
    vt_helper_pool *helpers = at->session->engine->helpers;
    import_record record = {0};
    vt_helper *held = vt_helper_pool_acquire(helpers, VT_HELPER_BACKGROUND);
    vt_import *import = begin(at, at->clean, &record);
    wait_until_scanned(import);
    vt_import_cancel(import);
    bool over = vt_import_wait(import, CANCEL_NS);
    vt_helper_pool_release(helpers, held);
    vt_import_free(import);
    assert_true(over);
}

#define CANCEL_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CANCEL_TEST(an_import_that_waits_behind_a_stuck_one_ends_at_once),
        CANCEL_TEST(an_import_that_waits_for_a_helper_ends_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
