/* A picture with side-cars of both names, into which this program and others write in turn. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "tests/core/import/sidecar_session.h"
#include "tests/support/files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Another program gives a title in the side-car with the short name, and keeps what else that says. */
static void give_title_elsewhere(engine_session *session, const char *title)
{
    bool five = sidecar_holds(session, "0000.xmp", "Rating=\"5\"");
    usleep(20000); /* the clock of files goes in steps */
    sidecar_write_plain(session, "0000.xmp", five ? 5 : 3, title);
}

static engine_session *begin(void)
{
    engine_session *session = sidecar_session_begin(VT_SIDECARS_ON_WRITE, 1);
    sidecar_write_plain(session, "0000.xmp", 3, "Old");
    sidecar_write_plain(session, "0000.ppm.xmp", 3, "Old");
    sidecar_import(session);
    assert_int_equal(sidecar_rating_of(session, "0000.ppm"), 3);
    sidecar_rate(session, "0000.ppm", 5);
    sidecar_wait_settled(session);
    return session;
}

static void what_was_given_here_is_not_taken_back_by_the_older_one(void **state)
{
    (void)state;
    engine_session *session = begin();
    assert_true(sidecar_holds(session, "0000.ppm.xmp", "Rating=\"5\""));
    give_title_elsewhere(session, "New");
    sidecar_import(session);
    sidecar_wait_settled(session);
    assert_int_equal(sidecar_rating_of(session, "0000.ppm"), 5);
    assert_true(sidecar_has_title(session, "0000.ppm", "New"));
    assert_int_equal(sidecar_figures_of(session).conflicts, 0);
    session_free(session);
}

static void an_edit_that_waits_is_in_no_needless_conflict(void **state)
{
    (void)state;
    engine_session *session = begin();
    give_title_elsewhere(session, "New");
    sidecar_rate(session, "0000.ppm", 2);
    sidecar_import(session);
    sidecar_wait_settled(session);
    assert_int_equal(sidecar_figures_of(session).conflicts, 0);
    assert_int_equal(sidecar_rating_of(session, "0000.ppm"), 2);
    assert_true(sidecar_has_title(session, "0000.ppm", "New"));
    session_free(session);
}

/* With two tags, one of them with levels. */
static void write_tags(engine_session *session, const char *name, int rating, const char *tags)
{
    char text[1024];
    usleep(20000);
    (void)snprintf(text, sizeof text,
                   "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
                   "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
                   "<rdf:Description xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" "
                   "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmp:Rating=\"%d\"><dc:subject><rdf:Bag>%s"
                   "</rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>",
                   rating, tags);
    sidecar_write_text(session, name, text);
}

static bool has_tag(engine_session *session, const char *tag)
{
    vt_sidecar_state now = sidecar_state_of(session, "0000.ppm");
    bool has = vt_sidecar_tags_has(&now.ours.tags, tag);
    vt_sidecar_state_free(&now);
    return has;
}

static void what_another_program_changes_is_followed(void **state)
{
    (void)state;
    engine_session *session = begin();
    usleep(20000);
    sidecar_write_plain(session, "0000.xmp", 4, "Old");
    sidecar_import(session);
    sidecar_wait_settled(session);
    assert_int_equal(sidecar_rating_of(session, "0000.ppm"), 4);
    usleep(20000);
    sidecar_write_plain(session, "0000.ppm.xmp", 5, "Long"); /* and 5 is what that one said already */
    sidecar_import(session);
    sidecar_wait_settled(session);
    assert_int_equal(sidecar_rating_of(session, "0000.ppm"), 4);
    assert_true(sidecar_has_title(session, "0000.ppm", "Long"));
    assert_int_equal(sidecar_figures_of(session).conflicts, 0);
    session_free(session);
}

static void tags_of_both_come_and_go(void **state)
{
    (void)state;
    engine_session *session = sidecar_session_begin(VT_SIDECARS_ON_WRITE, 1);
    write_tags(session, "0000.xmp", 3, "<rdf:li>Boats</rdf:li><rdf:li>Sea</rdf:li>");
    sidecar_import(session);
    sidecar_tag(session, "0000.ppm", "Mine", true);
    sidecar_wait_settled(session);
    assert_true(sidecar_holds(session, "0000.ppm.xmp", "Mine"));
    assert_false(sidecar_holds(session, "0000.xmp", "Mine"));
    write_tags(session, "0000.xmp", 3, "<rdf:li>Sea</rdf:li><rdf:li>Sky</rdf:li>");
    sidecar_import(session);
    sidecar_wait_settled(session);
    assert_false(has_tag(session, "Boats")); /* although the long one still has it */
    assert_true(has_tag(session, "Sea") && has_tag(session, "Sky") && has_tag(session, "Mine"));
    sidecar_tag(session, "0000.ppm", "Sea", false);
    sidecar_wait_settled(session);
    write_tags(session, "0000.xmp", 2, "<rdf:li>Sea</rdf:li><rdf:li>Sky</rdf:li>");
    sidecar_import(session);
    assert_false(has_tag(session, "Sea")); /* what the other one has said all the time is no news */
    assert_int_equal(sidecar_rating_of(session, "0000.ppm"), 2);
    session_free(session);
}

/* Who clears away one of the two takes nothing away here: it is written again. */
static void the_one_that_is_left_brings_nothing_back(void **state)
{
    (void)state;
    engine_session *session = begin();
    assert_int_equal(unlink(files_path(session->pictures, "0000.ppm.xmp")), 0);
    sidecar_import(session);
    assert_int_equal(sidecar_rating_of(session, "0000.ppm"), 5);
    sidecar_ask(session, "0000.ppm", VT_SIDECAR_WRITE);
    sidecar_wait_settled(session);
    assert_int_equal(sidecar_rating_of(session, "0000.ppm"), 5);
    assert_true(sidecar_holds(session, "0000.ppm.xmp", "Rating>5<"));
    assert_true(sidecar_holds(session, "0000.xmp", "Rating=\"3\""));
    session_free(session);
}

/* The engine tells its figures a moment after they have changed. */
static void wait_conflicts(engine_session *session, int64_t count)
{
    int64_t until = vt_clock_now() + PATIENCE_NS;
    while (sidecar_figures_of(session).conflicts != count && vt_clock_now() < until) {
        usleep(20000);
    }
    assert_int_equal(sidecar_figures_of(session).conflicts, count);
}

/* Also while the other program goes on changing other things beside it. */
static void a_conflict_stays_until_it_is_settled(void **state)
{
    (void)state;
    engine_session *session = sidecar_session_begin(VT_SIDECARS_ON_READ, 1);
    sidecar_write_plain(session, "0000.xmp", 3, "Old");
    sidecar_write_plain(session, "0000.ppm.xmp", 3, "Old");
    sidecar_import(session);
    sidecar_rate(session, "0000.ppm", 5);
    for (int i = 0; i < 3; i++) {
        char title[16];
        (void)snprintf(title, sizeof title, "New %d", i);
        usleep(20000);
        sidecar_write_plain(session, "0000.xmp", 1, title);
        sidecar_import(session);
        wait_conflicts(session, 1);
        assert_int_equal(sidecar_rating_of(session, "0000.ppm"), 5);
        assert_true(sidecar_has_title(session, "0000.ppm", title));
    }
    vt_error error = VT_ERROR_INIT;
    const vt_sidecar_choice all = {0};
    assert_true(vt_engine_decide_sidecars(session->engine, &all, 1, false, &error));
    wait_conflicts(session, 0);
    assert_int_equal(sidecar_rating_of(session, "0000.ppm"), 1);
    usleep(20000);
    sidecar_write_plain(session, "0000.xmp", 1, "Last");
    sidecar_import(session);
    assert_int_equal(sidecar_figures_of(session).conflicts, 0);
    assert_int_equal(sidecar_rating_of(session, "0000.ppm"), 1);
    session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_given_here_is_not_taken_back_by_the_older_one),
        cmocka_unit_test(an_edit_that_waits_is_in_no_needless_conflict),
        cmocka_unit_test(what_another_program_changes_is_followed),
        cmocka_unit_test(tags_of_both_come_and_go),
        cmocka_unit_test(the_one_that_is_left_brings_nothing_back),
        cmocka_unit_test(a_conflict_stays_until_it_is_settled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
