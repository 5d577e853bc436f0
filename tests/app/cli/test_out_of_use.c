/* A format whose files crash the decoder one after the other: the import says so, reads all others, and the
   next start tries again what was not read. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/json.h"
#include "tests/support/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CRASHING = 30, GOOD = 5 };

static void write_gifs(const char *folder, const char *content)
{
    for (int i = 0; i < CRASHING; i++) {
        char name[32];
        snprintf(name, sizeof name, "%02d.gif", i);
        files_write(files_path(folder, name), content, strlen(content));
    }
}

static void the_import_tells_and_the_next_tries_again(void **state)
{
    (void)state;
    char *root = files_temporary_folder();
    const program_options options = {.home = strdup(files_folder(root, "home")),
                                     .decoder = VT_DECODER_UNCONFINED};
    char *folder = strdup(files_folder(root, "pictures"));
    write_gifs(folder, "poison:exit");
    for (int i = 0; i < GOOD; i++) {
        char name[32];
        snprintf(name, sizeof name, "%02d.ppm", i);
        files_write_picture(files_path(folder, name), 40, 30, (unsigned)i);
    }
    program_result first = program_run(&options, (const char *const[]){"import", "--json", folder, NULL});
    json_value report = json_parse(first.out, first.length);
    assert_int_equal(first.status, 4);
    assert_int_equal(json_number(json_member(report, "imported")), GOOD);
    assert_int_equal(json_number(json_member(report, "failed")), CRASHING);
    assert_true(json_contains(json_member(report, "out_of_use"), "GIF"));
    /* Two for each that crashed, which are not all. */
    double crashes = json_number(json_member(report, "helper_crashes"));
    assert_true(crashes >= 22 && crashes < 2 * CRASHING);
    assert_non_null(strstr(first.err, "GIF files are not read for now"));
    program_result_free(&first);
    /* Those that crashed are known; those that were not read are tried again. */
    program_result second = program_run(&options, (const char *const[]){"import", folder, NULL});
    assert_int_equal(second.status, 4);
    assert_non_null(strstr(second.err, "GIF"));
    program_result_free(&second);
    write_gifs(folder, "GIF87a\1\0\1\0\x80");
    program_result third = program_run(&options, (const char *const[]){"import", "--json", folder, NULL});
    report = json_parse(third.out, third.length);
    assert_int_equal(json_number(json_member(report, "helper_crashes")), 0);
    assert_false(json_contains(json_member(report, "out_of_use"), "GIF"));
    program_result_free(&third);
    free((void *)options.home);
    free(folder);
    files_remove(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_import_tells_and_the_next_tries_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
