/* The commands `watch` and `folders`: changes of a running system are taken up until Ctrl+C. */

#include "tests/app/cli/library.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static int set_up(void **state)
{
    (void)state;
    library_begin();
    files_write_picture(files_path(here.folder, "first.ppm"), 20, 10, 1);
    library_import();
    return 0;
}

/* Reads go on beside the program that writes. */
static double total(const char *filter)
{
    program_result list = RUN("list", "--json", "--limit", "0", filter);
    assert_int_equal(list.status, 0);
    json_value value = json_parse(list.out, list.length);
    double number = json_number(json_member(value, "total"));
    program_result_free(&list);
    return number;
}

static void wait_for(const char *filter, double wanted)
{
    enum { ROUNDS = 300, ROUND_US = 100000 };
    for (int round = 0; round < ROUNDS && total(filter) != wanted; round++) {
        usleep(ROUND_US);
    }
    assert_true(total(filter) == wanted);
}

static void changes_are_taken_up_until_it_is_stopped(void **state)
{
    (void)state;
    const char *const arguments[] = {"watch", "--json", NULL};
    program *watching = program_start(&here.options, arguments);
    sleep(1); /* whatever happens before it watches is not its business */
    files_write_picture(files_path(here.folder, "second.ppm"), 30, 20, 2);
    wait_for("second", 1);
    char *old_path = strdup(files_path(here.folder, "second.ppm"));
    assert_int_equal(rename(old_path, files_path(here.folder, "third.ppm")), 0);
    wait_for("third", 1);
    wait_for("second", 0);
    unlink(files_path(here.folder, "third.ppm"));
    wait_for("missing:yes", 1);
    assert_true(program_running(watching));
    program_interrupt(watching);
    program_result result = program_wait(watching, 10000);
    assert_int_equal(result.status, 0);
    assert_non_null(strstr(result.out, "{\"imported\":1,"));
    assert_non_null(strstr(result.out, "\"moved\":1,"));
    assert_non_null(strstr(result.out, "\"missing\":1,"));
    assert_non_null(strstr(result.err, "watching 1 imported folders"));
    program_result_free(&result);
    free(old_path);
}

/* They can be listed then, and the advice is about what was wanted. */
static void folders_are_not_changed_beside_another_that_writes(void **state)
{
    (void)state;
    int lock = open(files_path(here.home, "data/vitrine/library.vitrine.lock"), O_RDWR | O_CLOEXEC);
    assert_true(lock >= 0);
    assert_int_equal(flock(lock, LOCK_EX | LOCK_NB), 0);
    program_result result = RUN("folders", here.folder, "--watch", "off");
    assert_int_equal(result.status, 1);
    assert_non_null(strstr(result.err, "is open for writing in another Vitrine"));
    assert_non_null(strstr(result.err, "; close it and try again, or do it there\n"));
    program_result_free(&result);
    result = RUN("folders");
    assert_int_equal(result.status, 0);
    assert_string_equal(result.out + strlen(here.folder), "\n"); /* watched as before */
    program_result_free(&result);
    close(lock);
}

static void folders_are_listed_and_set(void **state)
{
    (void)state;
    program_result result = RUN("folders");
    assert_int_equal(result.status, 0);
    assert_true(strncmp(result.out, here.folder, strlen(here.folder)) == 0);
    assert_string_equal(result.out + strlen(here.folder), "\n");
    program_result_free(&result);
    result = RUN("folders", here.folder, "--watch", "off", "--scan", "on");
    assert_int_equal(result.status, 0);
    program_result_free(&result);
    result = RUN("folders", "--json"); /* one object, as of all commands */
    assert_true(strncmp(result.out, "{\n  \"folders\": [", 16) == 0);
    assert_non_null(strstr(result.out, "\"watch\": false"));
    assert_non_null(strstr(result.out, "\"scan\": true"));
    program_result_free(&result);
    result = RUN("folders", here.folder, "--watch", "on", "--json"); /* what they are now */
    assert_int_equal(result.status, 0);
    assert_non_null(strstr(result.out, "\"watch\": true"));
    program_result_free(&result);
    result = RUN("folders", here.folder, "--forget", "--watch", "on");
    assert_int_equal(result.status, 2);
    assert_non_null(strstr(result.err, "--forget ends what --watch and --scan set up"));
    program_result_free(&result);
    result = RUN("folders");
    assert_true(strncmp(result.out, here.folder, strlen(here.folder)) == 0); /* it was not forgotten */
    program_result_free(&result);
    result = RUN("folders", here.folder, "--forget");
    assert_int_equal(result.status, 0);
    program_result_free(&result);
    result = RUN("folders");
    assert_int_equal(result.status, 0);
    assert_string_equal(result.out, "");
    assert_non_null(strstr(result.err, "no folder is imported"));
    program_result_free(&result);
    result = RUN("folders", "--json", "--catalog", "/nowhere/at all");
    assert_int_equal(result.status, 1);
    assert_string_equal(result.out, ""); /* no half of an object */
    program_result_free(&result);
    result = RUN("folders", here.folder, "--forget");
    assert_int_equal(result.status, 1);
    assert_non_null(strstr(result.err, "no folder that was imported; 'vitrine folders' lists"));
    program_result_free(&result);
    result = RUN("folders", here.folder, "--watch", "perhaps");
    assert_int_equal(result.status, 2);
    program_result_free(&result);
    result = RUN("folders", "--watch", "on");
    assert_int_equal(result.status, 2);
    program_result_free(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_are_taken_up_until_it_is_stopped),
        cmocka_unit_test(folders_are_not_changed_beside_another_that_writes),
        cmocka_unit_test(folders_are_listed_and_set),
    };
    return cmocka_run_group_tests(tests, set_up, library_end);
}
