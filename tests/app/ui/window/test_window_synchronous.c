/* The synchronous fall-back in the window: one worker, no cards used again; slower, and nothing else. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>

static void everything_works_with_one_worker_and_no_pool(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    setenv("VITRINE_SYNCHRONOUS", "1", 1);
    window_session *session = window_session_start(folder, (const char *const[]){files_sample(""), NULL});
    unsetenv("VITRINE_SYNCHRONOUS");
    assert_int_equal(window_session_count(session, "fall-back: one worker"), 1);
    window_session_wait(session, "import ended:");
    int samples = (int)window_session_value(session, "imported");
    char said[64];
    (void)snprintf(said, sizeof said, "view: items=%d ", samples);
    if (window_session_value(session, "view: items") != samples) {
        window_session_wait(session, said);
    }
    window_session_click(session, "Items");
    for (int i = 0; i < 5; i++) {
        window_session_key(session, "Next Next Prior Prior");
        window_session_do(session, "sleep 0.3");
        assert_true(window_session_value(session, "in_use") > 0);
        assert_true(window_session_value(session, "live") == window_session_value(session, "in_use"));
    }
    assert_true(window_session_value(session, "pictures_shown") >= 10);
    window_session_key(session, "ctrl+f");
    window_session_type(session, "kind:model");
    window_session_wait(session, "view: items=6 ");
    window_session_key(session, "ctrl+f BackSpace");
    window_session_wait(session, said);
    window_session_click(session, "Items");
    window_session_key(session, "Home Return");
    window_session_wait(session, "viewer: picture ");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(folder);
}

static void without_the_wish_cards_wait_to_be_used_again(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    window_session *session = window_session_start(folder, (const char *const[]){NULL});
    assert_int_equal(window_session_count(session, "fall-back:"), 0);
    window_session_wait(session, "cards: live=");
    assert_true(window_session_value(session, "live") > window_session_value(session, "in_use"));
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
        cmocka_unit_test(everything_works_with_one_worker_and_no_pool),
        cmocka_unit_test(without_the_wish_cards_wait_to_be_used_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
