/* Files that could not be read: list --failed and show tell which and why, as long as that holds. */
#include "tests/app/cli/library.h"

#include <unistd.h>

static const char text[] = "Dear diary, this is not a photograph.\n";

static int begin(void **state)
{
    (void)state;
    library_begin();
    files_write_picture(files_path(here.folder, "good.ppm"), 40, 30, 1);
    files_write(files_path(here.folder, "text.jpg"), text, sizeof text - 1);
    files_write(files_path(here.folder, "empty.png"), "", 0);
    files_write(files_path(here.folder, "new\nline.png"), "", 0);
    return 0;
}

/* Imports the folder and returns how many files failed. */
static double import(void)
{
    program_result result = RUN("import", "--json", here.folder);
    double failed = json_number(json_member(library_parse(&result), "failed"));
    assert_int_equal(result.status, failed > 0 ? 4 : 0);
    program_result_free(&result);
    return failed;
}

static void all_are_listed_with_reasons(void **state)
{
    (void)state;
    program_result result = RUN("list", "--failed");
    assert_int_equal(result.status, 1); /* there is no catalog yet */
    program_result_free(&result);
    assert_int_equal(import(), 3);
    result = RUN("list", "--failed");
    assert_int_equal(result.status, 0);
    assert_non_null(strstr(result.out, "/empty.png: the file is empty"));
    assert_non_null(strstr(result.out, "/text.jpg: not a "));
    assert_null(strstr(result.out, "new\nline")); /* a name cannot make a line */
    assert_null(strstr(result.out, "good.ppm"));
    assert_non_null(strstr(result.out, "3 failed\n"));
    program_result_free(&result);
    result = RUN("list", "--failed", "--limit", "1");
    assert_non_null(strstr(result.out, "3 failed\n"));
    program_result_free(&result);
}

static void as_json_and_paths(void **state)
{
    (void)state;
    program_result result = RUN("list", "--failed", "--json");
    json_value all = library_parse(&result);
    assert_int_equal(json_number(json_member(all, "total")), 3);
    int count = 0;
    json_value list = json_member(all, "failures");
    for (json_value one = json_first(list); one.text; one = json_next(list, one)) {
        assert_true(json_contains(json_member(one, "path"), here.folder));
        assert_true(json_contains(json_member(one, "state"), "failed"));
        assert_true(json_contains(json_member(one, "reason"), " "));
        assert_true(json_contains(json_member(one, "tried"), "T"));
        count++;
    }
    assert_int_equal(count, 3);
    program_result_free(&result);
    result = RUN("list", "--failed", "--json", "--limit", "0");
    assert_int_equal(json_number(json_member(library_parse(&result), "total")), 3);
    assert_null(strstr(result.out, "reason"));
    program_result_free(&result);
    /* Paths as they are, each ended by a NUL. */
    result = RUN("list", "--failed", "-0");
    int newlines = 0;
    count = 0;
    for (const char *path = result.out; path < result.out + result.length; path += strlen(path) + 1) {
        assert_int_equal(access(path, F_OK), 0);
        newlines += strchr(path, '\n') != NULL;
        count++;
    }
    assert_int_equal(count, 3);
    assert_int_equal(newlines, 1);
    program_result_free(&result);
}

static void show_tells_the_reason(void **state)
{
    (void)state;
    program_result result = RUN("show", files_path(here.folder, "empty.png"));
    assert_int_equal(result.status, 0);
    assert_non_null(strstr(result.out, "state       failed\nreason      the file is empty"));
    program_result_free(&result);
    result = RUN("show", "--json", files_path(here.folder, "text.jpg"));
    assert_int_equal(result.status, 0);
    assert_true(json_contains(json_member(library_parse(&result), "reason"), "not a "));
    program_result_free(&result);
    result = RUN("show", files_path(here.folder, "never.png"));
    assert_int_equal(result.status, 1);
    assert_non_null(strstr(result.err, "the catalog has no item"));
    program_result_free(&result);
}

/* What was mended or is gone is no failure any more. */
static void only_as_long_as_it_holds(void **state)
{
    (void)state;
    files_write_picture(files_path(here.folder, "text.jpg"), 40, 30, 2);
    files_write(files_path(here.folder, "empty.png"), text, sizeof text - 1);
    assert_int_equal(unlink(files_path(here.folder, "new\nline.png")), 0);
    import();
    program_result result = RUN("list", "--failed", "--json");
    assert_int_equal(json_number(json_member(library_parse(&result), "total")), 1);
    assert_null(strstr(result.out, "the file is empty"));
    assert_non_null(strstr(result.out, "empty.png"));
    program_result_free(&result);
    result = RUN("show", files_path(here.folder, "text.jpg"));
    assert_non_null(strstr(result.out, "state       ok"));
    program_result_free(&result);
}

static void what_does_not_go_together(void **state)
{
    (void)state;
    static const char *const others[][2] = {{"kind:model", NULL},
                                            {"--csv", NULL},
                                            {"--reverse", NULL},
                                            {"--sort", "name"},
                                            {"--columns", "path"}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        program_result result =
            run((const char *const[]){"list", "--failed", others[i][0], others[i][1], NULL});
        assert_int_equal(result.status, 2);
        assert_non_null(strstr(result.err, "--failed goes with"));
        program_result_free(&result);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_are_listed_with_reasons), cmocka_unit_test(as_json_and_paths),
        cmocka_unit_test(show_tells_the_reason),       cmocka_unit_test(only_as_long_as_it_holds),
        cmocka_unit_test(what_does_not_go_together),
    };
    return cmocka_run_group_tests(tests, begin, library_end);
}
