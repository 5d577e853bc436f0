/* vitrine report: what the window left is given back in each form, and where nothing is left that is said. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/program.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char *home;

static void expect(const char *const *arguments, int status, const char *out, const char *err)
{
    program_result result = program_run(&(program_options){.home = home}, arguments);
    if (result.status != status || !strstr(result.out, out) || !strstr(result.err, err)) {
        fail_msg("status %d, said: %s; %s", result.status, result.out, result.err);
    }
    program_result_free(&result);
}

#define EXPECT(status, out, err, ...)                                                                        \
    expect((const char *const[]){"report", __VA_ARGS__ __VA_OPT__(, ) NULL}, status, out, err)

static char *state_folder(void)
{
    files_folder(home, "state");
    return strdup(files_folder(home, "state/vitrine"));
}

static void without_a_run_that_is_said(void **state)
{
    (void)state;
    EXPECT(1, "", "nothing was measured yet");
    EXPECT(1, "", "the window writes it when it is closed", "--html", "out.html");
    EXPECT(2, "", "usage: vitrine report", "something");
}

static void each_form_is_given_back(void **state)
{
    (void)state;
    char *folder = state_folder();
    files_write(files_path(folder, "last-run.txt"), "operation 7\n", 12);
    files_write(files_path(folder, "last-run.json"), "{\"operations\": []}\n", 19);
    files_write(files_path(folder, "last-run.html"), "<!DOCTYPE html>\n", 16);
    EXPECT(0, "operation 7\n", "");
    EXPECT(0, "{\"operations\": []}\n", "", "--json");
    EXPECT(0, "<!DOCTYPE html>\n", "", "--html", "-");
    char *path = strdup(files_path(home, "out.html"));
    EXPECT(0, "", "written to ", "--html", path);
    size_t size;
    char *text = files_read(path, &size);
    assert_int_equal(size, 16);
    free(text);
    free(path);
    path = strdup(files_path(home, "none/out.html"));
    EXPECT(1, "", "none/out.html", "--html", path);
    free(path);
    free(folder);
}

/* An older report is replaced; a picture, a page of the user's and a pipe are not. */
static void only_reports_are_replaced(void **state)
{
    (void)state;
    static const char report[] = "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">"
                                 "<meta name=\"generator\" content=\"Vitrine\"></head></html>\n";
    static const char mine[] = "<!DOCTYPE html>\n<title>My page</title>\n";
    char *folder = state_folder();
    files_write(files_path(folder, "last-run.html"), report, strlen(report));
    char *path = strdup(files_path(home, "out.html"));
    for (int i = 0; i < 2; i++) {
        EXPECT(0, "", "written to ", "--html", path);
    }
    files_write(path, mine, strlen(mine));
    EXPECT(1, "", "out.html is there and no report of Vitrine: it was left as it is", "--html", path);
    size_t size;
    char *text = files_read(path, &size);
    assert_int_equal(size, strlen(mine));
    assert_memory_equal(text, mine, size);
    free(text);
    free(path);
    path = strdup(files_path(home, "pipe"));
    assert_int_equal(mkfifo(path, 0600), 0);
    EXPECT(1, "", "it is no regular file", "--html", path);
    struct stat facts;
    assert_int_equal(stat(path, &facts), 0);
    assert_true(S_ISFIFO(facts.st_mode));
    free(path);
    free(folder);
}

static void what_is_no_report_is_refused(void **state)
{
    (void)state;
    enum { TOO_LARGE = (16 << 20) + 1 };
    char *folder = state_folder();
    char *bytes = calloc(1, TOO_LARGE);
    files_write(files_path(folder, "last-run.txt"), bytes, TOO_LARGE);
    free(bytes);
    EXPECT(1, "", "larger than any report");
    files_folder(folder, "last-run.json");
    free(folder);
}

static int set_up(void **state)
{
    (void)state;
    home = files_temporary_folder();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    files_remove(home);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(without_a_run_that_is_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_form_is_given_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(only_reports_are_replaced, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_report_is_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
