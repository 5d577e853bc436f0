/* Duplicates of the same content follow what imports bring, and only what came or changed is read. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/import/duplicate_search.h"
#include "core/import/engine_private.h"
#include "core/index/twins.h"
#include "tests/core/import/engine_session.h"
#include "tests/support/files.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int set_up(void **state)
{
    engine_session *session = session_create();
    session_open(session, 3, 1, NULL);
    *state = session;
    return 0;
}

static int tear_down(void **state)
{
    session_free(*state);
    return 0;
}

static const char *in(const engine_session *session, const char *name)
{
    return files_path(session->pictures, name);
}

typedef struct follow_figures {
    int64_t runs, read;
} follow_figures;

static follow_figures figures_of(engine_session *session)
{
    pthread_mutex_lock(&session->engine->lock);
    follow_figures figures = {session->engine->care.twins_runs, session->engine->care.twins_files_read};
    pthread_mutex_unlock(&session->engine->lock);
    return figures;
}

static vt_twins_info info_of(engine_session *session)
{
    vt_twins_info info;
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    vt_snapshot_twins(snapshot, VT_TWIN_SAME, &info);
    vt_snapshot_release(snapshot);
    return info;
}

/* Imports what there is, and waits until the duplicates follow; the number of files read for that. */
static int64_t import(engine_session *session)
{
    import_record record;
    follow_figures before = figures_of(session);
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.error.code, VT_ERROR_NONE);
    bool changed = record.figures.imported + record.figures.updated + record.figures.missing > 0;
    int64_t until = vt_clock_now() + 30 * VT_NS_PER_S;
    while (changed && figures_of(session).runs == before.runs) {
        vt_engine_deliver(session->engine, 0);
        usleep(2000);
        assert_true(vt_clock_now() < until);
    }
    return figures_of(session).read - before.read;
}

static void wait_for_members(engine_session *session, uint32_t members)
{
    int64_t until = vt_clock_now() + 30 * VT_NS_PER_S;
    while (info_of(session).members != members || info_of(session).younger > 0) {
        vt_engine_deliver(session->engine, 0);
        usleep(2000);
        if (vt_clock_now() > until) {
            fail_msg("%u members, not %u; %u younger", info_of(session).members, members,
                     info_of(session).younger);
        }
    }
}

static void search(engine_session *session)
{
    vt_error error = VT_ERROR_INIT;
    vt_duplicate_search *search =
        vt_duplicate_search_start(session->engine, true, false, VT_ALIKE_NORMAL, &error);
    if (!search) {
        fail_msg("%s", error.message);
    }
    assert_true(vt_duplicate_search_wait(search, 60 * VT_NS_PER_S));
    vt_duplicate_search_free(search);
}

/* Twelve pictures, of which two are one, and a pair that only looks so to a fingerprint. */
static void fill(engine_session *session)
{
    for (int i = 0; i < 12; i++) {
        char name[16];
        snprintf(name, sizeof name, "%c.ppm", 'a' + i);
        files_write_picture(in(session, name), 40, 30, (unsigned)i);
    }
    files_copy(in(session, "a.ppm"), files_path(session->pictures, "a copy.ppm"), 0);
}

static void what_was_never_looked_for_is_left_alone(void **state)
{
    engine_session *session = *state;
    fill(session);
    assert_int_equal(import(session), 0);
    assert_false(info_of(session).searched);
}

static void what_comes_changes_and_goes_is_followed(void **state)
{
    engine_session *session = *state;
    fill(session);
    import(session);
    search(session);
    assert_int_equal(info_of(session).members, 2);

    assert_int_equal(import(session), 0); /* nothing has changed */
    files_write_picture(in(session, "other.ppm"), 50, 30, 99);
    files_write_picture(in(session, "alike.ppm"), 40, 30, 98); /* of a size that others have */
    assert_int_equal(import(session), 0);                      /* their fingerprints tell them apart */
    wait_for_members(session, 2);

    files_copy(in(session, "b.ppm"), files_path(session->pictures, "b copy.ppm"), 0);
    assert_int_equal(import(session), 2); /* the two, and not the pair that is known */
    wait_for_members(session, 4);
    assert_int_equal(info_of(session).groups, 2);

    files_copy(in(session, "a.ppm"), files_path(session->pictures, "a third.ppm"), 0);
    assert_int_equal(import(session), 3);
    wait_for_members(session, 5);
    assert_int_equal(info_of(session).groups, 2);

    files_write_picture(in(session, "b copy.ppm"), 40, 30, 77); /* another picture by now */
    assert_int_equal(import(session), 0);
    wait_for_members(session, 3);
    files_copy(in(session, "c.ppm"), files_path(session->pictures, "b copy.ppm"), 0);
    assert_int_equal(import(session), 2);
    wait_for_members(session, 5);

    assert_int_equal(unlink(in(session, "a third.ppm")), 0);
    assert_int_equal(import(session), 0);
    wait_for_members(session, 4);
}

/* Equal in all that the fingerprint looks at: compared once, and never again. */
static void files_that_were_compared_and_differ_are_remembered(void **state)
{
    engine_session *session = *state;
    enum { SIDE = 600 }; /* 1 MB: its fingerprint is of parts */
    size_t count = 0;
    fill(session);
    files_write_picture(in(session, "large.ppm"), SIDE, SIDE, 5);
    char *bytes = files_read(in(session, "large.ppm"), &count);
    bytes[200000] ^= 0x40;
    files_write(in(session, "large too.ppm"), bytes, count);
    import(session);
    search(session);
    assert_int_equal(info_of(session).members, 2);
    files_write_picture(in(session, "n.ppm"), 40, 30, 50);
    assert_int_equal(import(session), 0);

    bytes[300000] ^= 0x40;
    files_write(in(session, "large three.ppm"), bytes, count);
    int64_t read = import(session);
    assert_true(read == 3 || read == 0); /* 0: the fingerprint has told them apart */
    files_write_picture(in(session, "o.ppm"), 40, 30, 51);
    assert_int_equal(import(session), 0);
    free(bytes);
}

/* After a start, too: what was found and compared is in the catalog. */
static void the_next_start_goes_on(void **state)
{
    engine_session *session = *state;
    fill(session);
    import(session);
    search(session);
    session_close(session);
    session_open(session, 3, 1, NULL);
    session_wait_for(session, &session->index_loaded);
    files_copy(in(session, "d.ppm"), files_path(session->pictures, "d copy.ppm"), 0);
    assert_int_equal(import(session), 2);
    wait_for_members(session, 4);

    /* What came while nobody followed is made up for by the next start. */
    vt_settings settings = vt_settings_default();
    settings.values[VT_SETTING_TWINS_FOLLOW] = 0;
    import_record record;
    assert_true(vt_engine_apply_settings(session->engine, &settings, NULL));
    files_copy(in(session, "e.ppm"), files_path(session->pictures, "e copy.ppm"), 0);
    session_import(session, session->pictures, NULL, &record);
    session_close(session);
    session_open(session, 3, 1, NULL);
    wait_for_members(session, 6);
}

static void it_can_be_switched_off(void **state)
{
    engine_session *session = *state;
    vt_settings settings = vt_settings_default();
    settings.values[VT_SETTING_TWINS_FOLLOW] = 0;
    fill(session);
    import(session);
    search(session);
    assert_true(vt_engine_apply_settings(session->engine, &settings, NULL));
    files_copy(in(session, "d.ppm"), files_path(session->pictures, "d copy.ppm"), 0);
    import_record record;
    follow_figures before = figures_of(session);
    session_import(session, session->pictures, NULL, &record);
    for (int i = 0; i < 100; i++) {
        vt_engine_deliver(session->engine, 0);
        usleep(5000);
    }
    assert_int_equal(figures_of(session).runs, before.runs);
    assert_int_equal(info_of(session).members, 2);
    assert_int_equal(info_of(session).younger, 1);

    settings.values[VT_SETTING_TWINS_FOLLOW] = 1; /* what was left is made up for */
    assert_true(vt_engine_apply_settings(session->engine, &settings, NULL));
    wait_for_members(session, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_never_looked_for_is_left_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_comes_changes_and_goes_is_followed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(files_that_were_compared_and_differ_are_remembered, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_next_start_goes_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_can_be_switched_off, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
