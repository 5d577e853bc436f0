/* Side-cars are read at imports, followed when others change them, and decided about where both have. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/catalog/label.h"
#include "tests/core/import/sidecar_session.h"
#include "tests/core/sidecar/samples.h"
#include "tests/support/files.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* ---- reading ---- */

static void an_import_reads_them_once(void **state)
{
    (void)state;
    engine_session *session = sidecar_session_begin(VT_SIDECARS_ON_READ, 3);
    sidecar_write_text(session, "0000.ppm.xmp", digikam);
    sidecar_write_plain(session, "0001.xmp", 5, "By the short name");
    vt_import_figures figures = sidecar_import(session);
    assert_int_equal(figures.imported, 3);
    assert_int_equal(figures.sidecars, 2);
    assert_int_equal(figures.sidecars_failed, 0);
    vt_sidecar_state now = sidecar_state_of(session, "0000.ppm");
    assert_int_equal(now.ours.rating, 3);
    assert_string_equal(vt_label_name(now.ours.label), "orange");
    assert_string_equal(now.ours.title, "On the Spree");
    assert_true(vt_sidecar_tags_has(&now.ours.tags, "Places/Germany/Berlin"));
    assert_true(vt_sidecar_tags_has(&now.ours.tags, "Boats"));
    assert_int_equal(now.ours.tags.count, 2);
    vt_sidecar_state_free(&now);
    assert_int_equal(sidecar_rating_shown(session, "0001.ppm"), 5);
    assert_int_equal(sidecar_rating_of(session, "0002.ppm"), 0);
    figures = sidecar_import(session); /* nothing has changed: none is opened */
    assert_int_equal(figures.sidecars, 0);
    assert_int_equal(session_items(session), 3);
    assert_int_equal(sidecar_due(session), 0);
    session_free(session);
}

static void off_means_off(void **state)
{
    (void)state;
    engine_session *session = sidecar_session_begin(VT_SIDECARS_OFF, 1);
    sidecar_write_plain(session, "0000.ppm.xmp", 4, "Unread");
    assert_int_equal(sidecar_import(session).sidecars, 0);
    assert_int_equal(sidecar_rating_of(session, "0000.ppm"), 0);
    session_free(session);
}

static void what_may_be_of_two_files_is_of_none(void **state)
{
    (void)state;
    engine_session *session = sidecar_session_begin(VT_SIDECARS_ON_READ, 2);
    files_write_picture(files_path(session->pictures, "0000.pgm"), 5, 5, 1);
    sidecar_write_plain(session, "0000.xmp", 4, "Of whom?");
    sidecar_write_text(session, "0001.nef", "no picture of ours, but a raw file: it is the one's");
    sidecar_write_plain(session, "0001.xmp", 3, "Of the raw file");
    assert_int_equal(sidecar_import(session).sidecars, 0);
    assert_int_equal(sidecar_rating_of(session, "0000.ppm"), 0);
    assert_int_equal(sidecar_rating_of(session, "0001.ppm"), 0);
    session_free(session);
}

static void hostile_ones_end_themselves_alone(void **state)
{
    (void)state;
    engine_session *session = sidecar_session_begin(VT_SIDECARS_ON_READ, 4);
    sidecar_write_text(session, "0000.ppm.xmp",
                       "<!DOCTYPE a [<!ENTITY b \"bbbbbbbb\"><!ENTITY c \"&b;&b;&b;\">]><a>&c;</a>");
    sidecar_write_text(session, "0001.ppm.xmp", "not XML at all");
    char *large = malloc((1 << 20) + 1);
    memset(large, ' ', (1 << 20) + 1);
    files_write(files_path(session->pictures, "0002.ppm.xmp"), large, (1 << 20) + 1);
    free(large);
    sidecar_write_plain(session, "0003.ppm.xmp", 2, "Good");
    vt_import_figures figures = sidecar_import(session);
    assert_int_equal(figures.imported, 4);
    assert_int_equal(figures.failed, 0);
    assert_int_equal(figures.sidecars, 1);
    assert_int_equal(figures.sidecars_failed, 3);
    assert_int_equal(sidecar_rating_of(session, "0003.ppm"), 2);
    figures = sidecar_import(session); /* not again before they change */
    assert_int_equal(figures.sidecars_failed, 0);
    sidecar_write_plain(session, "0000.ppm.xmp", 1, "Mended");
    figures = sidecar_import(session);
    assert_int_equal(figures.sidecars, 1);
    assert_int_equal(sidecar_rating_of(session, "0000.ppm"), 1);
    sidecar_wait_settled(session);
    assert_int_equal(sidecar_figures_of(session).failures, 2);
    session_free(session);
}

/* ---- in helpers that die, lie and are not there ---- */

static bool is_told(void *user, const vt_sidecar_problem *problem)
{
    static const char *const reasons[] = {"0000.ppm.xmp cannot be read: the decoder crashed on it twice",
                                          "0001.ppm.xmp cannot be read: the decoder was ended or answered",
                                          "0002.ppm.xmp cannot be read: the decoder answered nonsense"};
    unsigned *told = user;
    for (unsigned i = 0; i < 3; i++) {
        *told |= problem->field == 0 && strstr(problem->theirs, reasons[i]) ? 1U << i : 0;
    }
    return true;
}

static void what_kills_its_reader_costs_only_itself(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    unsigned told = 0;
    engine_session *session = sidecar_session_begin(VT_SIDECARS_ON_READ, 4);
    sidecar_write_text(session, "0000.ppm.xmp", "poison:segv");
    sidecar_write_text(session, "0001.ppm.xmp", "poison:lie");
    sidecar_write_text(session, "0002.ppm.xmp", "forge:five stars for everybody");
    sidecar_write_plain(session, "0003.ppm.xmp", 2, "Good");
    vt_import_figures figures = sidecar_import(session);
    assert_int_equal(figures.imported, 4); /* their pictures are as good as any */
    assert_int_equal(figures.failed, 0);
    assert_int_equal(session_failures(session), 0);
    assert_int_equal(figures.sidecars, 1);
    assert_int_equal(figures.sidecars_failed, 3);
    assert_int_equal(sidecar_rating_of(session, "0003.ppm"), 2);
    assert_int_equal(sidecar_rating_of(session, "0002.ppm"), 0);
    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(session->engine), &error);
    assert_true(vt_sidecars_each_problem(reader, 10, is_told, &told, &error));
    vt_catalog_reader_free(reader);
    assert_int_equal(told, 7);
    assert_int_equal(sidecar_import(session).sidecars_failed, 0); /* not again before they change */
    sidecar_write_plain(session, "0000.ppm.xmp", 1, "Mended");
    assert_int_equal(sidecar_import(session).sidecars, 1);
    assert_int_equal(sidecar_rating_of(session, "0000.ppm"), 1);
    sidecar_wait_settled(session);
    assert_int_equal(sidecar_figures_of(session).failures, 2);
    session_free(session);
}

static void one_that_never_ends_does_not_hold_up_who_cancels(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_engine_figures figures = {0};
    import_record record = {0};
    engine_session *session = sidecar_session_begin(VT_SIDECARS_ON_READ, 2);
    sidecar_import(session);
    sidecar_write_text(session, "0000.ppm.xmp", "poison:loop");
    sidecar_write_plain(session, "0001.ppm.xmp", 4, "Good");
    const vt_import_listener listener = session_listener(&record);
    const char *path = session->pictures;
    vt_import *import = vt_engine_import(session->engine, &path, 1, NULL, &listener, &error);
    assert_non_null(import);
    int64_t until = vt_clock_now() + PATIENCE_NS;
    while (figures.helpers_busy == 0 &&
           vt_clock_now() < until) { /* its pictures are known: it is the side-car's */
        nanosleep(&(struct timespec){0, 5 * VT_NS_PER_MS}, NULL);
        vt_engine_deliver(session->engine, 0);
        vt_engine_get_figures(session->engine, &figures);
    }
    int64_t begun = vt_clock_now();
    vt_import_cancel(import);
    session_wait_for(session, &record.finished);
    assert_true(vt_clock_now() - begun < 2 * VT_NS_PER_S);
    assert_int_equal(record.figures.sidecars_failed, 0);
    vt_import_free(import);
    assert_int_equal(sidecar_figures_of(session).failures, 0); /* it was not judged */
    sidecar_write_plain(session, "0000.ppm.xmp", 3, "Mended");
    assert_int_equal(sidecar_import(session).sidecars, 2);
    session_free(session);
}

static void without_a_helper_no_side_car_is_blamed(void **state)
{
    (void)state;
    engine_session *session = session_create();
    session_pictures(session->pictures, 2, 12, 8);
    char *decoder = strdup(files_path(session->root, "decoder"));
    session_copy_decoder(decoder);
    session->decoder = decoder;
    sidecar_session_open(session, VT_SIDECARS_ON_READ);
    assert_int_equal(sidecar_import(session).imported, 2);
    sidecar_write_plain(session, "0000.ppm.xmp", 4, "First");
    sidecar_write_plain(session, "0001.ppm.xmp", 5, "Second");
    assert_int_equal(unlink(decoder), 0);
    session_kill_helpers(session);
    import_record record;
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.error.code, VT_ERROR_INTERNAL);
    assert_non_null(strstr(record.error.message, ".ppm.xmp cannot be read now"));
    assert_int_equal(sidecar_figures_of(session).failures, 0);
    session_copy_decoder(decoder);
    assert_int_equal(sidecar_import(session).sidecars, 2);
    assert_int_equal(sidecar_rating_of(session, "0001.ppm"), 5);
    session_free(session);
    free(decoder);
}

static void who_changed_it_is_followed(void **state)
{
    (void)state;
    engine_session *session = sidecar_session_begin(VT_SIDECARS_ON_READ, 1);
    sidecar_write_plain(session, "0000.ppm.xmp", 3, "First");
    sidecar_import(session);
    sidecar_edit(session, "0000.ppm", (vt_item_edit){.kind = VT_EDIT_TITLE, .text = "Mine"});
    sidecar_tag(session, "0000.ppm", "kept/here", true);
    sidecar_write_plain(session, "0000.ppm.xmp", 1, "First"); /* the rating is theirs, the title ours */
    vt_import_figures figures = sidecar_import(session);
    assert_int_equal(figures.sidecars, 1);
    assert_int_equal(figures.sidecar_conflicts, 0);
    assert_int_equal(sidecar_rating_of(session, "0000.ppm"), 1);
    assert_int_equal(sidecar_rating_shown(session, "0000.ppm"), 1);
    assert_true(sidecar_has_title(session, "0000.ppm", "Mine"));
    vt_sidecar_state now = sidecar_state_of(session, "0000.ppm");
    assert_true(vt_sidecar_tags_has(&now.ours.tags, "kept/here"));
    vt_sidecar_state_free(&now);
    assert_int_equal(unlink(files_path(session->pictures, "0000.ppm.xmp")), 0);
    sidecar_import(session); /* what goes takes nothing away */
    assert_int_equal(sidecar_rating_of(session, "0000.ppm"), 1);
    session_free(session);
}

static void both_changed_is_for_the_user(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    engine_session *session = sidecar_session_begin(VT_SIDECARS_ON_READ, 2);
    for (int i = 0; i < 2; i++) {
        sidecar_write_plain(session, i ? "0001.ppm.xmp" : "0000.ppm.xmp", 3, "First");
    }
    sidecar_import(session);
    for (int i = 0; i < 2; i++) {
        sidecar_rate(session, i ? "0001.ppm" : "0000.ppm", 5);
        sidecar_write_plain(session, i ? "0001.ppm.xmp" : "0000.ppm.xmp", 1, "Second");
    }
    vt_import_figures figures = sidecar_import(session);
    assert_int_equal(figures.sidecar_conflicts, 2);
    sidecar_wait_settled(session);
    assert_int_equal(sidecar_figures_of(session).conflicts, 2);
    assert_int_equal(sidecar_rating_of(session, "0000.ppm"), 5);
    assert_true(sidecar_has_title(session, "0000.ppm", "Second")); /* the rest goes on */
    assert_true(sidecar_holds(session, "0000.ppm.xmp", "Rating=\"1\""));
    const vt_sidecar_choice first = {sidecar_id_of(session, "0000.ppm"), VT_SIDECAR_RATING}, all = {0};
    assert_true(vt_engine_decide_sidecars(session->engine, &first, 1, false, &error));
    assert_true(vt_engine_decide_sidecars(session->engine, &all, 1, true, &error)); /* the other one */
    int64_t until = vt_clock_now() + PATIENCE_NS;
    while (!sidecar_holds(session, "0001.ppm.xmp", "Rating=\"5\"") && vt_clock_now() < until) {
        nanosleep(&(struct timespec){0, 20 * VT_NS_PER_MS}, NULL);
        vt_engine_deliver(session->engine, 0);
    }
    sidecar_wait_settled(session);
    assert_int_equal(sidecar_rating_of(session, "0000.ppm"), 1);
    assert_int_equal(sidecar_rating_shown(session, "0000.ppm"), 1);
    assert_int_equal(sidecar_rating_of(session, "0001.ppm"), 5);
    assert_true(
        sidecar_holds(session, "0001.ppm.xmp", "Rating=\"5\"")); /* ours, written as the user wants it */
    assert_true(sidecar_holds(session, "0000.ppm.xmp", "Rating=\"1\""));
    assert_int_equal(sidecar_figures_of(session).conflicts, 0);
    assert_int_equal(sidecar_import(session).sidecar_conflicts, 0);
    session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_import_reads_them_once),
        cmocka_unit_test(off_means_off),
        cmocka_unit_test(what_may_be_of_two_files_is_of_none),
        cmocka_unit_test(hostile_ones_end_themselves_alone),
        cmocka_unit_test(what_kills_its_reader_costs_only_itself),
        cmocka_unit_test(one_that_never_ends_does_not_hold_up_who_cancels),
        cmocka_unit_test(without_a_helper_no_side_car_is_blamed),
        cmocka_unit_test(who_changed_it_is_followed),
        cmocka_unit_test(both_changed_is_for_the_user),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
