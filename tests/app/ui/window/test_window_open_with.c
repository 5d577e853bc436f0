/* What is chosen is opened with other programs, by the menu and by the list of all programs. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static struct {
    char *home, *folder, *programs;
    window_session *session;
} here;

/* A program that appends its words to "said-NAME", and its desktop entry. */
static void make_program(const char *name, const char *code, const char *types, const char *first_line)
{
    char text[1024];
    char file[64];
    snprintf(file, sizeof file, "%s-program", name);
    snprintf(text, sizeof text, "%s\nprintf '%%s\\n' \"$@\" >>'%s/said-%s'\n", first_line, here.home, name);
    char *program = strdup(files_path(here.home, file));
    files_write(program, text, strlen(text));
    assert_int_equal(chmod(program, 0755), 0);
    snprintf(text, sizeof text,
             "[Desktop Entry]\nType=Application\nName=%s & Co\nIcon=%s\nExec=%s %s\nMimeType=%s\n", name,
             files_sample("../desktop/icons/48.png"), program, code, types);
    snprintf(file, sizeof file, "%s.desktop", name);
    files_write(files_path(here.programs, file), text, strlen(text));
    free(program);
}

static int set_up(void **state)
{
    (void)state;
    here.home = files_temporary_folder();
    here.folder = strdup(files_folder(here.home, "pictures"));
    char *data = strdup(files_folder(here.home, "data"));
    setenv("XDG_DATA_DIRS", files_path(here.home, "none"), 1);
    here.programs = strdup(files_folder(data, "applications"));
    free(data);
    for (int i = 0; i < 12; i++) {
        char name[32];
        snprintf(name, sizeof name, "shot %c.ppm", 'a' + i);
        files_write_picture(files_path(here.folder, name), 160, 120, (unsigned)i);
    }
    make_program("Many", "%F", "image/x-portable-pixmap;image/x-portable-anymap;", "#!/bin/sh");
    make_program("Single", "%f", "image/x-portable-pixmap;image/x-portable-anymap;", "#!/bin/sh");
    make_program("Broken", "%F", "image/x-portable-pixmap;", "#!/no/such/interpreter");
    make_program("Elsewhere", "%U", "text/plain;", "#!/bin/sh");
    const char *cache = "[MIME Cache]\n"
                        "image/x-portable-pixmap=Many.desktop;Single.desktop;Broken.desktop;\n"
                        "image/x-portable-anymap=Many.desktop;Single.desktop;\n";
    files_write(files_path(here.programs, "mimeinfo.cache"), cache, strlen(cache));
    here.session = window_session_start(here.home, (const char *const[]){here.folder, NULL});
    window_session_wait_both(here.session, "import ended: imported=12 ", "view: items=12 ");
    window_session_skip(here.session);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    assert_int_equal(window_session_end(here.session, SIGTERM), 0);
    files_remove(here.home);
    free(here.programs);
    free(here.folder);
    return 0;
}

/* What a program was given, once it has said so many lines. */
static char *said(const char *name, int lines)
{
    char file[64];
    snprintf(file, sizeof file, "said-%s", name);
    for (int tries = 0; tries < 400; tries++) {
        size_t count = 0;
        const char *path = files_path(here.home, file);
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
        nanosleep(&(struct timespec){0, 20000000}, NULL);
    }
    fail_msg("%s did not say %d lines", name, lines);
    return NULL;
}

static void first_item(void)
{
    window_session_click(here.session, "Items");
    window_session_key(here.session, "Home");
}

/* Item > Open with, by the letters of the menus. */
static void open_menu(void)
{
    window_session_key(here.session, "alt+i");
    window_session_key(here.session, "w");
    window_session_wait(here.session, "open with: menu: programs=3 ");
}

static void one_is_opened_by_the_menu(void **state)
{
    (void)state;
    first_item();
    open_menu();
    window_session_screenshot(here.session, "open-with-menu");
    window_session_key(here.session, "Return");
    window_session_wait(here.session, "open with: Many.desktop files=1 starts=1 started=1 missing=0");
    char *text = said("Many", 1);
    char expected[512];
    snprintf(expected, sizeof expected, "%s/shot a.ppm\n", here.folder);
    assert_string_equal(text, expected);
    free(text);
}

static void several_go_to_one_start_or_are_asked_about(void **state)
{
    (void)state;
    first_item();
    window_session_key(here.session, "ctrl+a");
    open_menu();
    window_session_key(here.session, "Return");
    window_session_wait(here.session, "open with: Many.desktop files=12 starts=1 started=1 ");
    free(said("Many", 12));

    open_menu();
    window_session_key(here.session, "Down");
    window_session_key(here.session, "Return");
    window_session_wait(here.session, "open with: asked: Start Single & Co 12 times?");
    window_session_place(here.session, "Start all");
    window_session_screenshot(here.session, "open-with-question");
    window_session_click(here.session, "Cancel");
    nanosleep(&(struct timespec){0, 300000000}, NULL);
    assert_int_not_equal(access(files_path(here.home, "said-Single"), F_OK), 0);

    first_item();
    window_session_key(here.session, "ctrl+a");
    open_menu();
    window_session_key(here.session, "Down");
    window_session_key(here.session, "Return");
    window_session_wait(here.session, "open with: asked: ");
    window_session_click(here.session, "Start all");
    window_session_wait(here.session, "open with: Single.desktop files=12 starts=12 started=12 ");
    free(said("Single", 12));
}

static void another_program_is_looked_for_and_remembered(void **state)
{
    (void)state;
    first_item();
    window_session_key(here.session, "ctrl+shift+e");
    window_session_wait(here.session, "open with: list: fitting=3 all=");
    window_session_place(here.session, "Look for a program");
    window_session_screenshot(here.session, "open-with-list");
    window_session_type(here.session, "elsew");
    window_session_screenshot(here.session, "open-with-list-typed");
    window_session_key(here.session, "Return");
    window_session_wait(here.session, "open with: Elsewhere.desktop files=1 starts=1 started=1 ");
    char *text = said("Elsewhere", 1);
    assert_memory_equal(text, "file:///", 8);
    assert_non_null(strstr(text, "/shot%20a.ppm\n"));
    free(text);
    first_item();
    window_session_key(here.session, "alt+i");
    window_session_key(here.session, "w");
    window_session_wait(here.session, "open with: menu: programs=3 used=1 ");
    window_session_screenshot(here.session, "open-with-menu-used");
    window_session_key(here.session, "Escape");
    window_session_key(here.session, "Escape");
}

static void what_cannot_be_started_is_told(void **state)
{
    (void)state;
    first_item();
    open_menu();
    window_session_key(here.session, "Down");
    window_session_key(here.session, "Down");
    window_session_key(here.session, "Return");
    window_session_wait(here.session,
                        "open with: Broken.desktop files=1 starts=1 started=0 missing=0 error=cannot start");
    window_session_screenshot(here.session, "open-with-failed");

    assert_int_equal(unlink(files_path(here.folder, "shot a.ppm")), 0);
    window_session_wait(here.session, "missing: missing:yes=1");
    first_item();
    window_session_key(here.session, "alt+i");
    window_session_key(here.session, "w");
    window_session_wait(here.session, "open with: menu: programs=0 used=0 missing=1 result=1");
    window_session_screenshot(here.session, "open-with-missing");
    window_session_key(here.session, "Escape");
    window_session_key(here.session, "Escape");
}

int main(void)
{
    if (!window_session_possible()) {
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_is_opened_by_the_menu, set_up, tear_down),
        cmocka_unit_test_setup_teardown(several_go_to_one_start_or_are_asked_about, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_program_is_looked_for_and_remembered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_started_is_told, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
