/* What the window offers after an import or a catalog came to harm, and while the disk is full. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

/* Enough that an import takes seconds; their names have no numbers, or they would be one sequence. */
enum { PICTURES = 1200 };

typedef struct place {
    char *home, *pictures;
} place;

static int set_up(void **state)
{
    place *here = calloc(1, sizeof *here);
    assert_non_null(here);
    here->home = files_temporary_folder();
    here->pictures = strdup(files_folder(here->home, "pictures"));
    files_write_picture(files_path(here->pictures, "aaa.ppm"), 1000, 750, 1);
    for (int i = 1; i < PICTURES; i++) {
        char name[32];
        snprintf(name, sizeof name, "%c%c%c.ppm", 'a' + i / 26 / 26, 'a' + i / 26 % 26, 'a' + i % 26);
        assert_int_equal(link(files_path(here->pictures, "aaa.ppm"), files_path(here->pictures, name)), 0);
    }
    *state = here;
    return 0;
}

static int tear_down(void **state)
{
    place *here = *state;
    files_remove(here->home);
    free(here->pictures);
    free(here);
    return 0;
}

static void cut_off(const place *here, int signal)
{
    window_session *session = window_session_start(here->home, (const char *const[]){here->pictures, NULL});
    window_session_wait(session, "view: items=1");
    assert_int_equal(window_session_end(session, signal), signal == SIGKILL ? 128 + SIGKILL : 0);
}

static void what_was_killed_is_offered_and_resumed(void **state)
{
    const place *here = *state;
    cut_off(here, SIGKILL);
    window_session *session = window_session_start(here->home, (const char *const[]){NULL});
    window_session_wait(session, "unfinished: An import of ");
    assert_non_null(strstr(window_session_log(session), here->pictures));
    window_session_screenshot(session, "unfinished");
    window_session_click(session, "Resume");
    window_session_wait(session, "import ended: ");
    double imported = window_session_value(session, "imported");
    assert_int_equal(imported + window_session_value(session, "unchanged"), PICTURES);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    session = window_session_start(here->home, (const char *const[]){NULL});
    window_session_wait(session, "view: items=1200 ");
    assert_int_equal(window_session_count(session, "unfinished: "), 0);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
}

static void what_a_closed_window_left_can_be_discarded(void **state)
{
    const place *here = *state;
    cut_off(here, SIGTERM);
    window_session *session = window_session_start(here->home, (const char *const[]){NULL});
    window_session_wait(session, "unfinished: An import of ");
    window_session_click(session, "Discard");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    session = window_session_start(here->home, (const char *const[]){NULL});
    window_session_wait(session, "view: items=");
    assert_int_equal(window_session_count(session, "unfinished: "), 0);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
}

static void a_damaged_library_can_be_restored_at_the_start(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = window_session_start(home, (const char *const[]){files_sample("Models"), NULL});
    window_session_wait(session, "import ended: imported=6 ");
    free(files_wait_for(files_path(home, "data/vitrine/library.vitrine.snapshot-2*-??????")));
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    char *catalog = strdup(files_path(home, "data/vitrine/library.vitrine"));
    files_write(catalog, "garbage", 7);
    for (int restore = 0; restore < 2; restore++) {
        session = window_session_launch(home, false, (const char *const[]){NULL});
        window_session_do(session, "search --sync --onlyvisible --name 'Vitrine cannot start'");
        window_session_screenshot(session, "restore");
        window_session_do(session, "search --onlyvisible --name 'Vitrine cannot start' windowfocus");
        if (!restore) {
            window_session_key(session, "Escape");
            assert_int_equal(window_session_end(session, 0), 1);
            continue;
        }
        window_session_key(session, "alt+r");
        window_session_wait(session, "view: items=6 ");
        assert_int_equal(window_session_end(session, SIGTERM), 0);
    }
    free(catalog);
    files_remove(home);
}

static void a_full_disk_is_said_and_waited_for(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *disk = strdup(files_folder(home, "disk"));
    if (mount("none", disk, "tmpfs", 0, "size=32m") != 0) {
        print_message("SKIPPED: a small disk cannot be mounted: %s\n", strerror(errno));
        free(disk);
        files_remove(home);
        skip();
        return;
    }
    char *catalog = strdup(files_path(disk, "library.vitrine"));
    window_session *session =
        window_session_start(home, (const char *const[]){"--catalog", catalog, files_sample("Models"), NULL});
    window_session_wait(session, "import paused: the disk is full");
    window_session_place(session, "Resume");
    window_session_screenshot(session, "full-disk");
    int remounted = mount("none", disk, "tmpfs", MS_REMOUNT, "size=128m");
    window_session_wait(session, "import goes on");
    window_session_wait(session, "import ended: imported=6 ");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    umount2(disk, MNT_DETACH);
    assert_int_equal(remounted, 0);
    free(catalog);
    free(disk);
    files_remove(home);
}

int main(void)
{
    if (!window_session_possible()) {
        fprintf(stderr, "skipped: no window can be opened here\n");
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_killed_is_offered_and_resumed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_closed_window_left_can_be_discarded, set_up, tear_down),
        cmocka_unit_test(a_damaged_library_can_be_restored_at_the_start),
        cmocka_unit_test(a_full_disk_is_said_and_waited_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
