/* Side-cars are written behind edits; the catalog is rebuilt from them; faults are told, and a kill loses
 * none. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/catalog/label.h"
#include "tests/core/import/sidecar_session.h"
#include "tests/core/sidecar/samples.h"
#include "tests/support/files.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* ---- calls of the system that fail when a test says so: of side-cars alone ---- */

static int failing; /* an errno; 0: none */

/* By which one that is new gets its name. */
int renameat2(int oldfd, const char *old, int newfd, const char *new, unsigned flags)
{
    if (failing && strstr(new, ".xmp")) {
        errno = failing;
        return -1;
    }
    return (int)syscall(SYS_renameat2, oldfd, old, newfd, new, flags);
}

/* ---- writing ---- */

static void edits_are_written_behind(void **state)
{
    (void)state;
    engine_session *session = sidecar_session_begin(VT_SIDECARS_ON_WRITE, 2);
    sidecar_write_plain(session, "0000.ppm.xmp", 3, "First");
    sidecar_import(session);
    sidecar_rate(session, "0000.ppm", 5);
    sidecar_edit(session, "0000.ppm",
                 (vt_item_edit){.kind = VT_EDIT_LABEL, .number = vt_label_from_name("red", 3)});
    sidecar_tag(session, "0000.ppm", "place/italy/rome", true);
    sidecar_rate(session, "0001.ppm", 2);
    sidecar_wait_settled(session);
    assert_true(sidecar_holds(session, "0000.ppm.xmp", "Rating=\"5\""));
    assert_true(sidecar_holds(session, "0000.ppm.xmp", "mine:kept=\"as it is\"")); /* nobody's but its own */
    vt_sidecar sidecar = sidecar_of(session, "0000.ppm");
    assert_string_equal(sidecar.marks.label, "Red");
    assert_string_equal(sidecar.marks.title, "First");
    assert_true(vt_sidecar_tags_has(&sidecar.marks.tags, "place/italy/rome"));
    vt_sidecar_free(&sidecar);
    sidecar = sidecar_of(session, "0001.ppm");
    assert_int_equal(sidecar.marks.rating, 2);
    vt_sidecar_free(&sidecar);
    assert_int_equal(sidecar_import(session).sidecars, 0); /* our own are no news */
    int came = 0;
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_engine_undo(session->engine, sidecar_on_ready, &came, &error));
    session_wait_for(session, &came);
    sidecar_wait_settled(session);
    sidecar = sidecar_of(session, "0001.ppm");
    assert_int_equal(sidecar.marks.rating, 0);
    vt_sidecar_free(&sidecar);
    sidecar_tag(session, "0000.ppm", "place", false);
    sidecar_wait_settled(session);
    sidecar = sidecar_of(session, "0000.ppm");
    assert_int_equal(sidecar.marks.tags.count, 0);
    vt_sidecar_free(&sidecar);
    session_free(session);
}

static void nothing_is_written_unasked(void **state)
{
    (void)state;
    engine_session *session = sidecar_session_begin(VT_SIDECARS_ON_READ, 2);
    sidecar_import(session);
    sidecar_rate(session, "0000.ppm", 4);
    sidecar_rate(session, "0001.ppm", 4);
    assert_int_equal(sidecar_due(session), 0);
    sidecar_ask(session, "0001.ppm", VT_SIDECAR_WRITE);
    assert_int_not_equal(access(files_path(session->pictures, "0000.ppm.xmp"), F_OK), 0);
    assert_true(sidecar_holds(session, "0001.ppm.xmp", "4"));
    sidecar_write_plain(session, "0000.ppm.xmp", 4, "Said elsewhere");
    sidecar_ask(session, "0000.ppm", VT_SIDECAR_READ);
    assert_true(sidecar_has_title(session, "0000.ppm", "Said elsewhere"));
    session_free(session);
}

static void what_is_not_ours_to_say_stays(void **state)
{
    (void)state;
    engine_session *session = sidecar_session_begin(VT_SIDECARS_ON_WRITE, 1);
    sidecar_write_plain(session, "0000.ppm.xmp", -1, "Rejected");
    sidecar_import(session);
    assert_int_equal(sidecar_rating_of(session, "0000.ppm"), 0);
    sidecar_edit(session, "0000.ppm", (vt_item_edit){.kind = VT_EDIT_TITLE, .text = "Still rejected"});
    sidecar_wait_settled(session);
    assert_true(sidecar_holds(session, "0000.ppm.xmp", "Rating=\"-1\""));
    assert_true(sidecar_holds(session, "0000.ppm.xmp", "Still rejected"));
    sidecar_rate(session, "0000.ppm", 2);
    sidecar_wait_settled(session);
    assert_true(sidecar_holds(session, "0000.ppm.xmp", "Rating=\"2\""));
    session_free(session);
}

/* A tag taken away here does not come back from the other of two side-cars. */
static void what_was_taken_away_stays_away(void **state)
{
    (void)state;
    engine_session *session = sidecar_session_begin(VT_SIDECARS_ON_WRITE, 1);
    sidecar_write_text(session, "0000.xmp", digikam);
    sidecar_import(session);
    sidecar_tag(session, "0000.ppm", "Boats", false);
    sidecar_wait_settled(session);
    size_t count;
    char *bytes = files_read(files_path(session->pictures, "0000.xmp"), &count);
    assert_int_equal(count, strlen(digikam)); /* the other program's own file is left alone */
    files_write(files_path(session->pictures, "0000.xmp"), bytes, count);
    free(bytes);
    sidecar_import(session);
    vt_sidecar_state now = sidecar_state_of(session, "0000.ppm");
    assert_false(vt_sidecar_tags_has(&now.ours.tags, "Boats"));
    assert_true(vt_sidecar_tags_has(&now.ours.tags, "Places/Germany/Berlin"));
    vt_sidecar_state_free(&now);
    session_free(session);
}

static void what_fails_is_told_and_tried_when_wanted(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    engine_session *session = sidecar_session_begin(VT_SIDECARS_ON_WRITE, 2);
    sidecar_import(session);
    files_folder(session->pictures, "0000.ppm.xmp"); /* in its way, also for the superuser */
    sidecar_rate(session, "0000.ppm", 4);
    sidecar_rate(session, "0001.ppm", 4);
    sidecar_wait_settled(session);
    assert_int_equal(sidecar_figures_of(session).failures, 1);
    assert_int_equal(sidecar_figures_of(session).written, 1);
    assert_int_equal(sidecar_rating_of(session, "0000.ppm"), 4);
    assert_int_equal(rmdir(files_path(session->pictures, "0000.ppm.xmp")), 0);
    nanosleep(&(struct timespec){0, 300 * VT_NS_PER_MS}, NULL);
    assert_int_not_equal(access(files_path(session->pictures, "0000.ppm.xmp"), F_OK), 0); /* not by itself */
    assert_true(vt_engine_retry_sidecars(session->engine, &error));
    int64_t until = vt_clock_now() + PATIENCE_NS;
    while (sidecar_figures_of(session).failures > 0 && vt_clock_now() < until) {
        nanosleep(&(struct timespec){0, 20 * VT_NS_PER_MS}, NULL);
    }
    sidecar_wait_settled(session);
    assert_true(sidecar_holds(session, "0000.ppm.xmp", "4"));
    assert_int_equal(sidecar_figures_of(session).failures, 0);
    session_free(session);
}

/* One that kills whoever changes it stays as it is; the others are written. */
static void what_kills_its_writer_is_left_as_it_is(void **state)
{
    (void)state;
    engine_session *session = sidecar_session_begin(VT_SIDECARS_ON_WRITE, 3);
    sidecar_write_plain(session, "0000.ppm.xmp", 3, "edit-poison:abort");
    sidecar_write_plain(session, "0001.ppm.xmp", 3, "Good");
    sidecar_import(session);
    assert_true(sidecar_has_title(session, "0000.ppm", "edit-poison:abort")); /* it can be read */
    for (int i = 0; i < 3; i++) {
        char name[16];
        snprintf(name, sizeof name, "%04d.ppm", i);
        sidecar_rate(session, name, 5);
    }
    sidecar_wait_settled(session);
    assert_int_equal(sidecar_figures_of(session).failures, 1);
    assert_int_equal(sidecar_rating_of(session, "0000.ppm"), 5);
    assert_true(sidecar_holds(session, "0000.ppm.xmp", "Rating=\"3\""));
    assert_true(sidecar_holds(session, "0000.ppm.xmp", "mine:kept=\"as it is\""));
    assert_true(sidecar_holds(session, "0001.ppm.xmp", "Rating=\"5\""));
    assert_true(sidecar_holds(session, "0002.ppm.xmp", "<xmp:Rating>5</xmp:Rating>"));
    sidecar_write_plain(session, "0000.ppm.xmp", 3, "Mended");
    sidecar_ask(session, "0000.ppm", VT_SIDECAR_WRITE);
    assert_true(sidecar_holds(session, "0000.ppm.xmp", "Rating=\"5\""));
    assert_int_equal(sidecar_figures_of(session).failures, 0);
    session_free(session);
}

/* The engine ends in time, whatever a side-car does to its helper. */
static void one_that_never_ends_does_not_hold_up_the_end(void **state)
{
    (void)state;
    engine_session *session = sidecar_session_begin(VT_SIDECARS_ON_WRITE, 1);
    sidecar_write_plain(session, "0000.ppm.xmp", 3, "edit-poison:loop");
    sidecar_import(session);
    sidecar_rate(session, "0000.ppm", 5);
    int64_t until = vt_clock_now() + PATIENCE_NS;
    while (!sidecar_figures_of(session).running && vt_clock_now() < until) {
        nanosleep(&(struct timespec){0, 20 * VT_NS_PER_MS}, NULL);
    }
    nanosleep(&(struct timespec){0, 200 * VT_NS_PER_MS}, NULL); /* it has begun, or will in a moment */
    int64_t begun = vt_clock_now();
    session_close(session);
    assert_true(vt_clock_now() - begun < 5 * VT_NS_PER_S);
    sidecar_session_open(session, VT_SIDECARS_OFF);
    assert_int_equal(sidecar_rating_of(session, "0000.ppm"), 5);
    assert_true(sidecar_holds(session, "0000.ppm.xmp", "Rating=\"3\""));
    session_free(session);
}

static void faults_of_the_disk_are_told_once(void **state)
{
    (void)state;
    static const int faults[] = {EIO, ENOSPC, EROFS, EACCES};
    engine_session *session = sidecar_session_begin(VT_SIDECARS_ON_WRITE, 4);
    sidecar_import(session);
    for (int i = 0; i < 4; i++) {
        char name[16];
        snprintf(name, sizeof name, "%04d.ppm", i);
        failing = faults[i];
        sidecar_rate(session, name, 3);
        sidecar_wait_settled(session);
        assert_int_equal(sidecar_figures_of(session).failures, i + 1);
        assert_int_equal(sidecar_figures_of(session).written, 0);
        assert_int_equal(sidecar_rating_of(session, name), 3); /* here it is */
    }
    failing = 0;
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_engine_retry_sidecars(session->engine, &error));
    int64_t until = vt_clock_now() + PATIENCE_NS;
    while (sidecar_figures_of(session).written < 4 && vt_clock_now() < until) {
        nanosleep(&(struct timespec){0, 20 * VT_NS_PER_MS}, NULL);
    }
    sidecar_wait_settled(session);
    assert_int_equal(sidecar_figures_of(session).failures, 0);
    for (int i = 0; i < 4; i++) {
        char name[24];
        snprintf(name, sizeof name, "%04d.ppm.xmp", i);
        assert_true(sidecar_holds(session, name, "3"));
    }
    session_free(session);
}

static void a_held_one_waits_and_a_cancelled_one_goes(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    engine_session *session = sidecar_session_begin(VT_SIDECARS_ON_WRITE, 3);
    sidecar_import(session);
    vt_engine_hold_sidecars(session->engine, true);
    for (int i = 0; i < 3; i++) {
        char name[16];
        snprintf(name, sizeof name, "%04d.ppm", i);
        sidecar_rate(session, name, 4);
    }
    nanosleep(&(struct timespec){3, 0}, NULL);
    assert_int_equal(sidecar_due(session), 3);
    assert_int_equal(sidecar_figures_of(session).written, 0);
    assert_true(vt_engine_cancel_sidecars(session->engine, &error));
    for (int64_t until = vt_clock_now() + PATIENCE_NS; sidecar_due(session) > 0 && vt_clock_now() < until;) {
        nanosleep(&(struct timespec){0, 20 * VT_NS_PER_MS}, NULL);
    }
    vt_engine_hold_sidecars(session->engine, false);
    sidecar_wait_settled(session);
    assert_int_equal(sidecar_figures_of(session).written, 0);
    assert_int_equal(sidecar_rating_of(session, "0000.ppm"), 4); /* here it stays */
    session_free(session);
}

static void the_catalog_can_be_made_anew(void **state)
{
    (void)state;
    engine_session *session = sidecar_session_begin(VT_SIDECARS_ON_WRITE, 40);
    sidecar_import(session);
    for (int i = 0; i < 40; i++) {
        char name[16], title[32];
        snprintf(name, sizeof name, "%04d.ppm", i);
        snprintf(title, sizeof title, "Picture <%d> & \"more\"", i);
        sidecar_rate(session, name, 1 + i % 5);
        sidecar_edit(session, name, (vt_item_edit){.kind = VT_EDIT_LABEL, .number = 1 + i % 12});
        sidecar_edit(session, name, (vt_item_edit){.kind = VT_EDIT_TITLE, .text = title});
        sidecar_edit(session, name, (vt_item_edit){.kind = VT_EDIT_NOTE, .text = "first line\nsecond line"});
        sidecar_tag(session, name, i % 2 ? "place/italy/rome" : "AC & DC", true);
    }
    sidecar_wait_settled(session);
    session_close(session);
    char log[4200];
    assert_int_equal(unlink(session->catalog), 0);
    snprintf(log, sizeof log, "%s-wal", session->catalog);
    unlink(log);
    snprintf(log, sizeof log, "%s-shm", session->catalog);
    unlink(log);
    sidecar_session_open(session, VT_SIDECARS_ON_WRITE);
    assert_int_equal(sidecar_import(session).sidecars, 40);
    for (int i = 0; i < 40; i++) {
        char name[16], title[32];
        snprintf(name, sizeof name, "%04d.ppm", i);
        snprintf(title, sizeof title, "Picture <%d> & \"more\"", i);
        vt_sidecar_state now = sidecar_state_of(session, name);
        assert_int_equal(now.ours.rating, 1 + i % 5);
        assert_int_equal(now.ours.label, 1 + i % 12);
        assert_string_equal(now.ours.title, title);
        assert_string_equal(now.ours.notes, "first line\nsecond line");
        assert_true(vt_sidecar_tags_has(&now.ours.tags, i % 2 ? "place/italy/rome" : "AC & DC"));
        assert_int_equal(now.ours.tags.count, 1);
        vt_sidecar_state_free(&now);
    }
    session_free(session);
}

/* ---- a program that is killed ---- */

enum { KILLED = 30 };

static void rate_until_killed(engine_session *session, int to)
{
    sidecar_session_open(session, VT_SIDECARS_ON_WRITE);
    for (int i = 0; i < KILLED; i++) {
        char name[16];
        unsigned char number = (unsigned char)i;
        snprintf(name, sizeof name, "%04d.ppm", i);
        sidecar_rate(session, name, 1 + i % 5);
        if (write(to, &number, 1) != 1) {
            _exit(1);
        }
    }
    pause();
    _exit(1);
}

static void what_was_edited_is_written_after_a_kill(void **state)
{
    (void)state;
    engine_session *session = session_create();
    int pipes[2];
    session_pictures(session->pictures, KILLED, 12, 8);
    pid_t first = fork();
    assert_int_not_equal(first, -1);
    if (first == 0) { /* no threads are to be there when the next one is made */
        sidecar_session_open(session, VT_SIDECARS_ON_WRITE);
        sidecar_import(session);
        session_close(session);
        _exit(0);
    }
    int status = 0;
    waitpid(first, &status, 0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_int_equal(pipe(pipes), 0);
    pid_t child = fork();
    assert_int_not_equal(child, -1);
    if (child == 0) {
        close(pipes[0]);
        rate_until_killed(session, pipes[1]);
    }
    close(pipes[1]);
    unsigned char answered;
    int count = 0;
    while (count < KILLED - 10 && read(pipes[0], &answered, 1) == 1) {
        count++;
    }
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    assert_true(WIFSIGNALED(status));
    while (read(pipes[0], &answered, 1) == 1) {
        count++;
    }
    close(pipes[0]);
    assert_true(count >= KILLED - 10);
    sidecar_session_open(session, VT_SIDECARS_ON_WRITE);
    sidecar_wait_settled(session);
    for (int i = 0; i < count; i++) {
        char name[16];
        snprintf(name, sizeof name, "%04d.ppm", i);
        vt_sidecar sidecar = sidecar_of(session, name);
        assert_int_equal(sidecar.marks.rating, 1 + i % 5);
        vt_sidecar_free(&sidecar);
    }
    session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_edited_is_written_after_a_kill), /* first: it forks */
        cmocka_unit_test(edits_are_written_behind),
        cmocka_unit_test(nothing_is_written_unasked),
        cmocka_unit_test(what_is_not_ours_to_say_stays),
        cmocka_unit_test(what_was_taken_away_stays_away),
        cmocka_unit_test(what_fails_is_told_and_tried_when_wanted),
        cmocka_unit_test(what_kills_its_writer_is_left_as_it_is),
        cmocka_unit_test(one_that_never_ends_does_not_hold_up_the_end),
        cmocka_unit_test(faults_of_the_disk_are_told_once),
        cmocka_unit_test(a_held_one_waits_and_a_cancelled_one_goes),
        cmocka_unit_test(the_catalog_can_be_made_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
