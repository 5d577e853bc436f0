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
    window_session_key(session, "ctrl+F1");
    window_session_wait(session, "manual: page=index title=Vitrine");
    window_session_screenshot(session, "german-manual");
    window_session_click(session, "Seite des Handbuchs");
    window_session_key(session, "Tab Return");
    window_session_wait(session, "manual: page=browsing title=St\u00f6bern");
    window_session_screenshot(session, "german-manual-browsing");
    window_session_key(session, "Escape");
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
    static const char settings[] = "language = german\nno such thing = 1\n";
    files_write(files_path(home, "config/vitrine/settings.conf"), settings, sizeof settings - 1);
    files_write_picture(files_path(folder, "a.ppm"), 60, 40, 1);
    window_session *session = window_session_start(home, (const char *const[]){NULL});
    window_session_wait_both(session,
                             "message: ", "status: 0 Elemente"); /* of a line that is not understood */
    window_session_screenshot(session, "german-empty");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    session = window_session_start(home, (const char *const[]){folder, NULL});
    window_session_wait(session, "status: 1 Element");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(folder);
    files_remove(home);
}

/* A window in German with a picture, a model and a file that cannot be read, once these are imported. */
static window_session *start_german(const char *home, const char *folder)
{
    files_folder(home, "config");
    files_folder(home, "config/vitrine");
    files_write(files_path(home, "config/vitrine/settings.conf"), "language = german\n", 18);
    files_write_picture(files_path(folder, "a.ppm"), 60, 40, 1);
    files_write_tetrahedron(files_path(folder, "b.stl"), 1);
    files_write(files_path(folder, "c.png"), "\x89PNG\r\n\x1a\n", 8);
    window_session *session = window_session_start(home, (const char *const[]){folder, NULL});
    window_session_wait_both(session, "import ended: imported=2 ", "status: 2 Elemente");
    return session;
}

static void imports_and_failures_are_told_in_german(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = strdup(files_folder(home, "pictures"));
    window_session *session = start_german(home, folder);
    window_session_screenshot(session, "german-grid");
    window_session_key(session, "ctrl+j");
    window_session_place(session, "Alle anhalten");
    window_session_place(session, "Fehlgeschlagenes von pictures");
    window_session_screenshot(session, "german-activity");
    window_session_click(session, "Fehlgeschlagenes von pictures");
    window_session_wait(session, "failures: 1 Datei konnte nicht aufgenommen werden.");
    window_session_place(session, "Ausgew\u00e4hlte erneut versuchen");
    window_session_screenshot(session, "german-failures");
    window_session_key(session, "ctrl+j");
    window_session_key(session, "ctrl+o");
    window_session_place(session, "Ordner importieren");
    window_session_click(session, "Erweitert");
    window_session_place(session, "Speichergrenze");
    window_session_screenshot(session, "german-intake");
    window_session_click(session, "Abbrechen");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(folder);
    files_remove(home);
}

static void viewer_facts_and_names_are_told_in_german(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = strdup(files_folder(home, "pictures"));
    window_session *session = start_german(home, folder);
    window_session_click(session, "Elemente");
    window_session_key(session, "Home ctrl+i Right");
    window_session_wait(session, "described: b.stl");
    window_session_screenshot(session, "german-info");
    window_session_key(session, "ctrl+a F2");
    window_session_wait(session, "rename: 0 Elemente bekommen einen neuen Namen");
    window_session_place(session, "Dateien umbenennen");
    window_session_place(session, "Einf\u00fcgen");
    window_session_screenshot(session, "german-rename");
    window_session_key(session, "Escape");
    window_session_click(session, "Elemente");
    window_session_key(session, "Home Right Return");
    window_session_wait(session, "viewer: picture");
    window_session_key(session, "i");
    window_session_place(session, "Angaben");
    window_session_screenshot(session, "german-viewer");
    window_session_place(session, "Ins Fenster einpassen (0)");
    window_session_key(session, "shift+F10");
    window_session_do(session, "sleep 0.3"); /* for the picture only: nobody hears of a menu's lines */
    window_session_screenshot(session, "german-viewer-menu");
    window_session_key(session, "Escape");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(folder);
    files_remove(home);
}

static void a_start_that_fails_is_told_in_german(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = strdup(files_folder(home, "pictures"));
    window_session *session = start_german(home, folder);
    free(files_wait_for(files_path(home, "data/vitrine/library.vitrine.snapshot-2*-??????")));
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_write(files_path(home, "data/vitrine/library.vitrine"), "garbage", 7);
    session = window_session_launch(home, false, (const char *const[]){NULL});
    window_session_do(session, "search --sync --onlyvisible --name 'Vitrine kann nicht starten' windowfocus");
    window_session_screenshot(session, "german-restore");
    window_session_key(session, "alt+z");
    window_session_wait(session, "status: 2 Elemente");
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
        cmocka_unit_test(imports_and_failures_are_told_in_german),
        cmocka_unit_test(viewer_facts_and_names_are_told_in_german),
        cmocka_unit_test(a_start_that_fails_is_told_in_german),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
