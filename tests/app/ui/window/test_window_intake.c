/* The dialogue of an import, in the window on a display: folders, rules, the count, what is remembered. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct fixture {
    char *home, *folder;
    window_session *session;
} fixture;

/* 9 pictures, 3 of them large, and 2 models in "cache". */
static int set_up(void **state)
{
    fixture *all = calloc(1, sizeof *all);
    all->home = files_temporary_folder();
    all->folder = strdup(files_folder(all->home, "library"));
    for (int i = 0; i < 9; i++) {
        char name[32];
        snprintf(name, sizeof name, "%s %c.ppm", i < 4 ? "scan" : "photo", 'a' + i);
        files_write_picture(files_path(all->folder, name), i < 3 ? 700 : 60, 500, (unsigned)i + 1);
    }
    char *cache = strdup(files_folder(all->folder, "cache"));
    files_write_tetrahedron(files_path(cache, "one.stl"), 1.0f);
    files_write_tetrahedron(files_path(cache, "two.stl"), 2.0f);
    free(cache);
    all->session = window_session_start(all->home, (const char *const[]){NULL});
    *state = all;
    return 0;
}

static int tear_down(void **state)
{
    fixture *all = *state;
    int status = window_session_end(all->session, SIGTERM);
    files_remove(all->home);
    free(all->folder);
    free(all);
    return status;
}

static void choose_folder(window_session *session, const char *folder)
{
    window_session_click(session, "Choose a folder…");
    window_session_place(session, "Add a folder");
    window_session_type(session, folder);
    window_session_key(session, "Return");
}

static void what_is_counted_is_what_is_imported(void **state)
{
    fixture *all = *state;
    window_session *session = all->session;
    window_session_key(session, "ctrl+o");
    window_session_place(session, "Import folders");
    window_session_screenshot(session, "intake-empty");
    choose_folder(session, all->folder);
    window_session_wait(session, "intake: counted: 11 files: 11 new;");
    window_session_wait(session, "intake: details: 9 images, 2 models");
    window_session_screenshot(session, "intake-counted");

    window_session_click(session, "Names");
    window_session_type(session, "scan; *.stl");
    window_session_wait(session, "intake: counted: 6 files: 6 new;");
    window_session_wait(session, "left out: 5 by name");
    window_session_click(session, "Models");
    window_session_wait(session, "intake: counted: 4 files: 4 new;");
    window_session_click(session, "Leave out folders");
    window_session_type(session, "[cache");
    window_session_screenshot(session, "intake-wrong");
    assert_false(window_session_says(session, "intake: counted:", 800)); /* it makes no sense */
    window_session_key(session, "ctrl+a");
    window_session_type(session, "cache");
    window_session_wait(session, "intake: counted: 4 files: 4 new;");
    window_session_wait(session, "1 folder");
    window_session_click(session, "Advanced");
    window_session_click(session, "Largest number of items");
    window_session_key(session, "ctrl+a");
    window_session_type(session, "3");
    window_session_wait(session, "intake: counted: 3 files: 3 new;");
    window_session_screenshot(session, "intake-advanced");
    window_session_click(session, "Import");
    window_session_wait(session, "intake: started: folders=1");
    window_session_wait(session, "import ended: imported=3 ");

    /* It knows what was chosen, and offers the folder again. */
    window_session_click(session, "Add folder…");
    window_session_wait(session, "intake: shown");
    window_session_wait(session, "place: Recent:");
    window_session_click(session, "Recent");
    window_session_key(session, "Down Return");
    window_session_wait(session, "intake: counted: 4 files: 1 new, 3 already in the library;");
    window_session_click(session, "Take everything");
    window_session_wait(session, "intake: counted: 11 files: 8 new, 3 already in the library;");
    window_session_key(session, "Escape");
}

static void all_of_it_works_by_keys(void **state)
{
    fixture *all = *state;
    window_session *session = all->session;
    window_session_key(session, "ctrl+o");
    window_session_place(session, "Import folders");
    window_session_key(session, "space");
    window_session_place(session, "Add a folder");
    window_session_type(session, all->folder);
    window_session_key(session, "Return");
    window_session_wait(session, "intake: counted: 11 files");
    window_session_click(session, "Folders to import");
    window_session_key(session, "Delete");
    assert_false(window_session_says(session, "intake: counted:", 800));
    window_session_key(session, "Escape");
}

static void what_is_not_there_is_said(void **state)
{
    fixture *all = *state;
    window_session *session = all->session;
    char *gone = strdup(files_folder(all->home, "gone"));
    window_session_key(session, "ctrl+o");
    choose_folder(session, gone);
    window_session_wait(session, "intake: counted: Nothing to import there");
    rmdir(gone);
    window_session_click(session, "Hidden ones, too");
    window_session_place(session, "Import folders");
    window_session_wait(session, "intake: counted:");
    window_session_click(session, "Import");
    window_session_wait(session, "intake: not started: ");
    window_session_screenshot(session, "intake-gone");
    window_session_key(session, "Escape");
    free(gone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_counted_is_what_is_imported, set_up, tear_down),
        cmocka_unit_test_setup_teardown(all_of_it_works_by_keys, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_there_is_said, set_up, tear_down),
    };
    if (!window_session_possible()) {
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
