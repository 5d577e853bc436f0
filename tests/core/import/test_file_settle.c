/* Works on files that are killed in the middle: the next start settles them, and nothing is lost. */
#include "tests/core/import/file_session.h"

#include "core/base/clock.h"
#include "core/import/engine_private.h"
#include "tests/core/catalog/edits.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

enum { COUNT = 3000 };

static int troubles;
static vt_error trouble;

static void take_trouble(void *user, const vt_error *error)
{
    (void)user;
    troubles++;
    trouble = *error;
}

static int make(void **state)
{
    engine_session *session = session_create();
    assert_int_equal(setenv("XDG_DATA_HOME", files_path(session->root, "data"), 1), 0);
    session_pictures(session->pictures, COUNT, 4, 4);
    *state = session;
    return 0;
}

static void name_of(int i, char *name, size_t size)
{
    snprintf(name, size, "%04d.ppm", i);
}

/* In a process of its own, which never returns: all pictures become items, and then something is done to
 * them.
 */
static void work_until_killed(engine_session *session, bool to_trash)
{
    static int64_t ids[COUNT];
    const vt_import_options listed = {.read_limit = VT_IMPORT_READ_NONE};
    import_record record;
    work_record works;
    session_open(session, 2, 1, NULL);
    session_import(session, session->pictures, &listed, &record);
    for (int i = 0; i < COUNT; i++) {
        char name[32];
        name_of(i, name, sizeof name);
        ids[i] = id_of(session, name);
    }
    assert_true(edits_set_rating(session_writer(session), ids, COUNT, 3, NULL));
    if (to_trash) {
        trash(session, ids, COUNT, &works);
    } else {
        const vt_rename_wish wish = {.pattern = "new-{n:5}"};
        rename_items(session, ids, COUNT, &wish, &works);
    }
    pause(); /* it was done before anybody came to kill it */
}

/* Kills it when `left` of the pictures, or fewer, have their names. */
static void kill_at(engine_session *session, bool to_trash, int left)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* also if the test fails */
        work_until_killed(session, to_trash);
        _exit(0);
    }
    int64_t until = vt_clock_now() + 60 * VT_NS_PER_S;
    while (count_files(session->pictures, "[0-2]") > left) {
        assert_true(vt_clock_now() < until);
    }
    kill(child, SIGKILL);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
}

static void open_again(engine_session *session)
{
    troubles = 0;
    session_open(session, 2, 1, &(vt_engine_options){.with_index = true, .trouble = take_trouble});
    int64_t until = vt_clock_now() + 60 * VT_NS_PER_S;
    while (vt_engine_is_moving_files(session->engine)) {
        assert_true(vt_clock_now() < until);
        vt_engine_deliver(session->engine, 0);
        usleep(1000);
    }
}

/* Every file has one item and every item one file, with the stars it was given. */
static void everything_fits(engine_session *session, int shown)
{
    import_record record;
    const vt_import_options listed = {.read_limit = VT_IMPORT_READ_NONE};
    assert_int_equal(session_items(session), shown);
    session_import(session, session->pictures, &listed, &record);
    assert_int_equal(record.figures.imported, 0);
    assert_int_equal(record.figures.missing, 0);
    for (int i = 0; i < COUNT; i++) {
        char name[32];
        known found;
        name_of(i, name, sizeof name);
        if (is_there(session, name)) {
            assert_true(read_item(session, name, &found));
            assert_int_equal(found.item.rating, 3);
            assert_true(is_shown(session, found.item.id, name));
        } else {
            assert_false(read_item(session, name, &found));
        }
    }
}

static void a_renaming_that_is_killed_is_taken_back(void **state)
{
    engine_session *session = *state;
    kill_at(session, false, COUNT * 2 / 3);
    open_again(session);
    assert_int_equal(troubles, 1);
    assert_non_null(strstr(trouble.message, "have their old names again"));
    assert_int_equal(count_files(session->pictures, "new-"), 0);
    assert_int_equal(count_files(session->pictures, "[0-2]"), COUNT);
    everything_fits(session, COUNT);
    session_close(session);
    open_again(session); /* once */
    assert_int_equal(troubles, 0);
}

static void what_was_trashed_before_the_kill_is_in_the_trash(void **state)
{
    engine_session *session = *state;
    kill_at(session, true, COUNT * 2 / 3);
    int left = count_files(session->pictures, "[0-2]");
    assert_int_equal(count_files(files_path(session->root, "data/Trash/files"), "[0-2]"), COUNT - left);
    open_again(session);
    assert_int_equal(troubles, 1);
    assert_non_null(strstr(trouble.message, "files are in the trash"));
    everything_fits(session, left);

    /* The rows of all that is in the trash are there, with their stars, at its path there. */
    vt_error error = VT_ERROR_INIT;
    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(session->engine), &error);
    char *folder = strdup(files_path(session->root, "data/Trash/files"));
    int kept = 0;
    for (int i = 0; i < COUNT; i++) {
        char name[32];
        vt_item item;
        name_of(i, name, sizeof name);
        const char *path = files_path(folder, name);
        if (vt_catalog_reader_item_at(reader, path, strlen(path), &item, NULL)) {
            assert_int_equal(item.state, VT_ITEM_TRASHED);
            assert_int_equal(item.rating, 3);
            kept++;
        }
    }
    assert_int_equal(kept, COUNT - left);
    vt_catalog_reader_free(reader);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_renaming_that_is_killed_is_taken_back, make, tear_down),
        cmocka_unit_test_setup_teardown(what_was_trashed_before_the_kill_is_in_the_trash, make, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
