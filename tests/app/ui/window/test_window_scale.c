/* The window on a screen of high density: cards show a stored thumbnail first, and one twice as sharp then.
 */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>

static window_session *start(const char *home, const char *scale)
{
    setenv("QT_SCALE_FACTOR", scale, 1);
    window_session *session =
        window_session_start(home, (const char *const[]){files_sample("Landscapes"), NULL});
    unsetenv("QT_SCALE_FACTOR");
    window_session_wait(session, "import ended:");
    for (int i = 0; i < 60 && window_session_value(session, "pictures_shown") < 3; i++) {
        window_session_do(session, "sleep 0.2");
    }
    return session;
}

static void dense_screens_get_sharper_pictures_in_two_steps(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    window_session *session = start(folder, "2");
    assert_true(window_session_value(session, "pictures_shown") >= 3);
    assert_true(window_session_value(session, "smaller") >= 3); /* each had one of 256 before */
    window_session_screenshot(session, "scale-2");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(folder);
}

static void others_need_one_step(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    window_session *session = start(folder, "1");
    assert_true(window_session_value(session, "pictures_shown") >= 3);
    assert_int_equal(window_session_value(session, "smaller"), 0);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(folder);
}

int main(void)
{
    if (!window_session_possible()) {
        fprintf(stderr, "skipped: no window can be opened here\n");
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dense_screens_get_sharper_pictures_in_two_steps),
        cmocka_unit_test(others_need_one_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
