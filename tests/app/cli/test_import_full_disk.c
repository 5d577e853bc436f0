/* An import on a disk that is full: the program waits, says so, and goes on. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/json.h"
#include "tests/support/program.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>

enum { PICTURES = 60, POLL_MS = 20, PATIENCE = 1000 };

static struct {
    char *root, *home, *pictures, *disk, *catalog;
    program_options options;
    bool mounted;
} here;

static int set_up(void **state)
{
    (void)state;
    here.root = files_temporary_folder();
    here.home = strdup(files_folder(here.root, "home"));
    here.pictures = strdup(files_folder(here.root, "pictures"));
    here.disk = strdup(files_folder(here.root, "disk"));
    here.catalog = strdup(files_path(here.disk, "library.vitrine"));
    here.options = (program_options){.home = here.home};
    for (int i = 0; i < PICTURES; i++) {
        char name[32];
        snprintf(name, sizeof name, "%03d.ppm", i);
        files_write_picture(files_path(here.pictures, name), 30, 20, (unsigned)i);
    }
    here.mounted = mount("none", here.disk, "tmpfs", 0, "size=32m") == 0;
    if (!here.mounted) {
        print_message("SKIPPED: a small disk cannot be mounted: %s\n", strerror(errno));
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    if (here.mounted) {
        umount2(here.disk, MNT_DETACH);
    }
    files_remove(here.root);
    free(here.home);
    free(here.pictures);
    free(here.disk);
    free(here.catalog);
    return 0;
}

#define ARGUMENTS(...)                                                                                       \
    ((const char *const[]){"import", "--json", "--catalog", here.catalog, __VA_ARGS__, NULL})

/* Until the import is noted as unfinished it has not come to wait; there is nothing on the disk to see then.
 */
static void wait_until_paused(program *running)
{
    for (int i = 0; i < PATIENCE / POLL_MS; i++) {
        poll(NULL, 0, POLL_MS);
    }
    assert_true(program_running(running));
}

static void it_waits_for_room_and_goes_on(void **state)
{
    (void)state;
    if (!here.mounted) {
        skip();
    }
    program *running = program_start(&here.options, ARGUMENTS(here.pictures));
    wait_until_paused(running);
    assert_int_equal(mount("none", here.disk, "tmpfs", MS_REMOUNT, "size=128m"), 0);
    program_result run = program_wait(running, 30000);
    json_value report = json_parse(run.out, run.length);
    assert_int_equal(run.status, 0);
    assert_int_equal(json_number(json_member(report, "imported")), PICTURES);
    assert_int_equal(json_number(json_member(report, "paused")), 1);
    assert_true(json_number(json_member(report, "paused_seconds")) > 0);
    assert_non_null(strstr(run.err, "paused: the disk is full"));
    assert_non_null(strstr(run.err, here.catalog));
    assert_non_null(strstr(run.err, "needs 64 MB"));
    assert_non_null(strstr(run.err, "goes on"));
    program_result_free(&run);
}

static void who_waits_can_be_stopped(void **state)
{
    (void)state;
    if (!here.mounted) {
        skip();
    }
    program *running = program_start(&here.options, ARGUMENTS(here.pictures));
    wait_until_paused(running);
    program_signal(running, SIGTERM);
    program_result run = program_wait(running, 30000);
    assert_int_equal(run.status, 128 + SIGTERM);
    assert_true(run.wait_ms <= 2000);
    assert_int_equal(json_number(json_member(json_parse(run.out, run.length), "imported")), 0);
    program_result_free(&run);
}

static void who_shall_not_wait_fails_and_says_why(void **state)
{
    (void)state;
    if (!here.mounted) {
        skip();
    }
    program_result run = program_run(&here.options, ARGUMENTS("--no-wait", here.pictures));
    assert_int_equal(run.status, 1);
    assert_non_null(strstr(run.err, "make room"));
    assert_non_null(strstr(run.err, here.catalog));
    assert_int_equal(json_number(json_member(json_parse(run.out, run.length), "paused")), 0);
    program_result_free(&run);
}

#define disk_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        disk_test(it_waits_for_room_and_goes_on),
        disk_test(who_waits_can_be_stopped),
        disk_test(who_shall_not_wait_fails_and_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
