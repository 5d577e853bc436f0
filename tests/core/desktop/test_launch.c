/* Programs are started with the words their desktop entries ask for, and what cannot be started is told. */
#include "tests/support/check.h"

#include "core/desktop/launch.h"
#include "tests/support/files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char *home;

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

static vt_program program_of(char *command)
{
    return (vt_program){.id = (char *)"test.desktop",
                        .name = (char *)"Test",
                        .icon = (char *)"test-icon",
                        .command = command,
                        .entry = (char *)"/a/test.desktop"};
}

/* The words of a start, joined by "|". */
static void assert_words(const char *command, const char *const *paths, size_t count, const char *expected)
{
    vt_error error = VT_ERROR_INIT;
    vt_program program = program_of((char *)command);
    char **words = vt_launch_words(&program, paths, count, &error);
    char joined[1024] = "";
    assert_non_null(words);
    for (char **at = words; *at; at++) {
        snprintf(joined + strlen(joined), sizeof joined - strlen(joined), "%s%s", at == words ? "" : "|",
                 *at);
    }
    assert_string_equal(joined, expected);
    vt_launch_free_words(words);
}

static void codes_become_words(void **state)
{
    (void)state;
    const char *const two[] = {"/a b/c.jpg", "/d%41.png"};
    assert_words("show %F", two, 2, "show|/a b/c.jpg|/d%41.png");
    assert_words("show -x %U", two, 2, "show|-x|file:///a%20b/c.jpg|file:///d%2541.png");
    assert_words("show %f", two, 1, "show|/a b/c.jpg");
    assert_words("show \"two words\" --in=%f", two, 1, "show|two words|--in=/a b/c.jpg");
    assert_words("show %i --title %c --from %k %u", two, 1,
                 "show|--icon|test-icon|--title|Test|--from|/a/test.desktop|file:///a%20b/c.jpg");
    assert_words("show 100%% %d%m", two, 1, "show|100%||/a b/c.jpg"); /* codes of old mean nothing */
    assert_words("show", two, 2, "show|/a b/c.jpg");
    assert_words("show %F", two, 0, "show");
    assert_words("show %f", two, 0, "show");
}

static void a_terminal_is_put_before(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    const char *const one[] = {"/a"};
    vt_program program = program_of((char *)"vi %f");
    program.terminal = true;
    char **words = vt_launch_words(&program, one, 1, &error);
    assert_string_equal(words[0], "x-terminal-emulator");
    assert_string_equal(words[2], "vi");
    vt_launch_free_words(words);
}

static void a_command_without_sense_is_told(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    const char *const one[] = {"/a"};
    vt_program program = program_of((char *)"show \"never closed %f");
    assert_null(vt_launch_words(&program, one, 1, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_non_null(strstr(error.message, "cannot start Test"));
}

static void starts_are_counted(void **state)
{
    (void)state;
    enum { FILES = 5000 };
    char name[1024];
    memset(name, 'x', sizeof name - 1);
    name[0] = '/';
    name[sizeof name - 1] = '\0';
    const char *paths[FILES];
    for (size_t i = 0; i < FILES; i++) {
        paths[i] = name;
    }
    vt_program many = program_of((char *)"show %F");
    vt_program uris = program_of((char *)"show %U");
    vt_program one = program_of((char *)"show %f");
    vt_program none = program_of((char *)"show");
    assert_true(vt_launch_takes_many(&many) && vt_launch_takes_many(&uris));
    assert_false(vt_launch_takes_many(&one) || vt_launch_takes_many(&none));
    assert_int_equal(vt_launch_starts(&many, paths, 100), 1);
    assert_int_equal(vt_launch_starts(&one, paths, 100), 100);
    assert_int_equal(vt_launch_starts(&none, paths, 3), 3);
    assert_int_equal(vt_launch_starts(&many, paths, 0), 0);
    /* 5 MB of names do not go on one command line; as URIs they may be three times as long. */
    size_t starts = vt_launch_starts(&many, paths, FILES);
    assert_true(starts > 1 && starts < 100);
    assert_true(vt_launch_starts(&uris, paths, FILES) > starts);
}

/* A program that notes its words, a line each, into "said". */
static char *make_program(const char *first_line)
{
    char script[512];
    const char *path = files_path(home, "program");
    snprintf(script, sizeof script,
             "%s\nfor word in \"$@\"; do printf '%%s\\n' \"$word\"; done >>'%s/said'\n", first_line, home);
    files_write(path, script, strlen(script));
    assert_int_equal(chmod(path, 0755), 0);
    return strdup(path);
}

static char *wait_for_lines(int lines)
{
    for (int tries = 0; tries < 400; tries++) {
        size_t count = 0;
        const char *path = files_path(home, "said");
        char *text = access(path, F_OK) == 0 ? files_read(path, &count) : NULL;
        int found = 0;
        for (size_t i = 0; text && i < count; i++) {
            found += text[i] == '\n';
        }
        if (found >= lines) {
            text = realloc(text, count + 1);
            text[count] = '\0';
            return text;
        }
        free(text);
        nanosleep(&(struct timespec){0, 10000000}, NULL);
    }
    fail_msg("not %d lines", lines);
    return NULL;
}

static void files_arrive_as_they_are(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    size_t started = 0;
    char *path = make_program("#!/bin/sh");
    char command[256];
    snprintf(command, sizeof command, "%s %%F", path);
    vt_program program = program_of(command);
    const char *const paths[] = {"/with space", "/with'quote", "/$HOME;ls", "/\xff\xfe bytes"};
    assert_true(vt_launch(&program, paths, 4, &started, &error));
    assert_int_equal(started, 1);
    char *said = wait_for_lines(4);
    assert_string_equal(said, "/with space\n/with'quote\n/$HOME;ls\n/\xff\xfe bytes\n");
    free(said);
    free(path);
}

static void one_file_a_start(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    size_t started = 0;
    char *path = make_program("#!/bin/sh");
    char command[256];
    snprintf(command, sizeof command, "%s -- %%f", path);
    vt_program program = program_of(command);
    const char *const paths[] = {"/1", "/2", "/3"};
    assert_true(vt_launch(&program, paths, 3, &started, &error));
    assert_int_equal(started, 3);
    char *said = wait_for_lines(6); /* "--" each time */
    assert_non_null(strstr(said, "/3\n"));
    free(said);
    free(path);
}

static void what_is_not_there_is_told(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    size_t started = 7;
    const char *const paths[] = {"/1"};
    vt_program absent = program_of((char *)"no-such-program-here %F");
    assert_false(vt_launch(&absent, paths, 1, &started, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    assert_int_equal(started, 0);
    assert_non_null(strstr(error.message, "no-such-program-here"));

    char *path = make_program("#!/no/such/interpreter"); /* found, but the system cannot execute it */
    char command[256];
    snprintf(command, sizeof command, "%s %%F", path);
    vt_program broken = program_of(command);
    assert_false(vt_launch(&broken, paths, 1, &started, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    assert_non_null(strstr(error.message, "cannot start Test"));

    vt_program nowhere = program_of((char *)"true %F");
    nowhere.folder = (char *)"/no/such/folder";
    assert_false(vt_launch(&nowhere, paths, 1, &started, &error));
    free(path);
}

static void a_path_beyond_the_limit_is_told(void **state)
{
    (void)state;
    enum { LENGTH = 200 * 1024 };
    vt_error error = VT_ERROR_INIT;
    char *path = malloc(LENGTH + 1);
    memset(path, 'a', LENGTH);
    path[0] = '/';
    path[LENGTH] = '\0';
    const char *const paths[] = {path};
    vt_program program = program_of((char *)"true %F");
    assert_false(vt_launch(&program, paths, 1, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_become_words),
        cmocka_unit_test(a_terminal_is_put_before),
        cmocka_unit_test(a_command_without_sense_is_told),
        cmocka_unit_test(starts_are_counted),
        cmocka_unit_test_setup_teardown(files_arrive_as_they_are, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_file_a_start, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_there_is_told, set_up, tear_down),
        cmocka_unit_test(a_path_beyond_the_limit_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
