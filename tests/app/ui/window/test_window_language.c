/* The window in German: chosen in the settings, shown from the next start on. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void german_is_chosen_and_holds_from_the_next_start(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = strdup(files_folder(home, "pictures"));
    files_write_picture(files_path(folder, "a.ppm"), 60, 40, 1);
    files_write_picture(files_path(folder, "b.ppm"), 60, 40, 2);
    window_session *session = window_session_start(home, (const char *const[]){folder, NULL});
    window_session_wait_both(session, "import ended: imported=2 ", "status: 2 items");
    window_session_key(session, "ctrl+comma");
    window_session_click(session, "Language");
    window_session_key(session, "End");
    window_session_key(session, "Return");
    window_session_click(session, "Apply");
    window_session_wait(session, "settings: Applied.");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    session = window_session_start(home, (const char *const[]){NULL});
    window_session_wait(session, "status: 2 Elemente");
    window_session_screenshot(session, "german");
    window_session_key(session, "F1");
    window_session_place(session, "Tasten suchen");
    window_session_screenshot(session, "german-keys");
    window_session_click(session, "Schlie\u00dfen");
    window_session_click(session, "Elemente");
    window_session_key(session, "ctrl+comma");
    window_session_place(session, "Anwenden");
    window_session_screenshot(session, "german-settings");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(folder);
    files_remove(home);
}

static void the_one_form_is_used_for_one(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = strdup(files_folder(home, "pictures"));
    files_folder(home, "config");
    files_folder(home, "config/vitrine");
    files_write(files_path(home, "config/vitrine/settings.conf"), "language = german\n", 18);
    files_write_picture(files_path(folder, "a.ppm"), 60, 40, 1);
    window_session *session = window_session_start(home, (const char *const[]){NULL});
    window_session_wait(session, "status: 0 Elemente");
    window_session_screenshot(session, "german-empty");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    session = window_session_start(home, (const char *const[]){folder, NULL});
    window_session_wait(session, "status: 1 Element");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(folder);
    files_remove(home);
}

int main(void)
{
    if (!window_session_possible()) {
        return 77;
    }
    if (access(VT_TRANSLATIONS "/vitrine_de.qm", R_OK) != 0) {
        fprintf(stderr, "lrelease was not there when this was built: there is no German window\n");
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(german_is_chosen_and_holds_from_the_next_start),
        cmocka_unit_test(the_one_form_is_used_for_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
