/* What the program says of itself, and to those who call it wrongly. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/program.h"

#include <string.h>

#define ARGUMENTS_MAX 6

static int set_up(void **state)
{
    *state = files_temporary_folder();
    return 0;
}

static int tear_down(void **state)
{
    files_remove(*state);
    return 0;
}

static program_result run(const char *home, const char *const *arguments)
{
    return program_run(&(program_options){.home = home}, arguments);
}

static void help_and_version_go_to_stdout(void **state)
{
    static const struct {
        const char *arguments[ARGUMENTS_MAX];
        const char *said;
    } cases[] = {
        {{"--help"}, "vitrine COMMAND"},
        {{"--version"}, "vitrine "},
        {{"import", "--help"}, "usage: vitrine import PATH..."},
        {{"list", "-h"}, "--paths0"},
        {{"thumbnail", "--help"}, "--size N"},
        {{"restore", "--help"}, "usage: vitrine restore FILE"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        program_result result = run(*state, cases[i].arguments);
        assert_int_equal(result.status, 0);
        assert_non_null(strstr(result.out, cases[i].said));
        assert_string_equal(result.err, "");
        program_result_free(&result);
    }
}

static void wrong_usage_is_answered_with_the_right_one(void **state)
{
    static const struct {
        const char *arguments[ARGUMENTS_MAX];
        const char *said, *usage;
    } cases[] = {
        {{"import"}, "PATH... is missing", "vitrine import PATH..."},
        {{"import", "--bogus", "/tmp"}, "--bogus", "vitrine import"},
        {{"import", "-x", "/tmp"}, "-x", "vitrine import"},
        {{"import", "/tmp", "--jobs", "0"}, "--jobs", "vitrine import"},
        {{"import", "/tmp", "--jobs", "many"}, "'many'", "vitrine import"},
        {{"import", "/tmp", "--jobs"}, "--jobs", "vitrine import"},
        {{"import", "/tmp", "--json=yes"}, "takes no value", "vitrine import"},
        {{"import", "/tmp", "--catalog="}, "--catalog", "vitrine import"},
        {{"list", "--sort", "beauty"}, "'beauty'", "vitrine list"},
        {{"list", "--limit", "-1"}, "--limit", "vitrine list"},
        {{"list", "--csv", "--paths0"}, "exclude", "vitrine list"},
        {{"list", "--sort", "name,-beauty"}, "'-beauty'", "vitrine list"},
        {{"list", "--sort", "name,size,kind,date,rating"}, "4 keys", "vitrine list"},
        {{"list", "--columns", "path,colour"}, "'colour'", "vitrine list"},
        {{"list", "--columns", "path,path"}, "twice", "vitrine list"},
        {{"list", "width>wide"}, "character", "vitrine list"},
        {{"list", "one", "two"}, "'two'", "vitrine list"},
        {{"show"}, "ITEM is missing", "vitrine show ITEM"},
        {{"thumbnail", "a.png"}, "-o FILE is missing", "vitrine thumbnail FILE"},
        {{"thumbnail", "a.png", "-o", "b.png", "--size=5000"}, "1024", "vitrine thumbnail FILE"},
        {{"check", "extra"}, "'extra'", "vitrine check"},
        {{"backup"}, "FILE is missing", "vitrine backup FILE"},
        {{"restore"}, "FILE is missing", "vitrine restore FILE"},
        {{"diagnose", "--repair"}, "--repair", "vitrine diagnose"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        program_result result = run(*state, cases[i].arguments);
        if (result.status != 2 || !strstr(result.err, cases[i].said) || !strstr(result.err, cases[i].usage) ||
            result.length > 0) {
            fail_msg("case %zu: status %d\n%s", i, result.status, result.err);
        }
        program_result_free(&result);
    }
}

static void an_unknown_option_without_a_command_is_wrong_usage(void **state)
{
    program_result result = run(*state, (const char *const[]){"--bogus", NULL});
    assert_int_equal(result.status, 2);
    assert_non_null(strstr(result.err, "usage: vitrine"));
    program_result_free(&result);
}

static void words_behind_two_dashes_are_no_options(void **state)
{
    program_result result = run(*state, (const char *const[]){"import", "--", "--json", NULL});
    assert_int_equal(result.status, 1); /* a path that is not there */
    assert_non_null(strstr(result.err, "--json"));
    program_result_free(&result);
}

#define USAGE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        USAGE_TEST(help_and_version_go_to_stdout),
        USAGE_TEST(wrong_usage_is_answered_with_the_right_one),
        USAGE_TEST(an_unknown_option_without_a_command_is_wrong_usage),
        USAGE_TEST(words_behind_two_dashes_are_no_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
