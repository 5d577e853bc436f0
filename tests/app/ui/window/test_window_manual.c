/* The manual from the menu Help: a window of its own, from page to page, closed and opened again. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>

static void the_manual_opens_by_its_key_and_again(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = window_session_start(home, (const char *const[]){NULL});
    window_session_wait(session, "status: 0 items");
    window_session_key(session, "ctrl+F1");
    window_session_wait(session, "manual: page=index");
    window_session_place(session, "Page of the manual");
    window_session_screenshot(session, "manual");
    window_session_click(session, "Page of the manual");
    window_session_key(session, "Tab"); /* to the first link */
    window_session_key(session, "Return");
    window_session_wait(session, "manual: page=browsing");
    window_session_click(session, "Contents");
    window_session_wait(session, "manual: page=index");
    window_session_key(session, "Escape");
    window_session_click(session,
                         "Folders"); /* without a window manager nobody else gives the keyboard back */
    window_session_key(session, "ctrl+F1");
    window_session_wait(session, "manual: page=index");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

/* Its links have a colour of the theme: the page is written anew, where it was. */
static void an_open_manual_follows_the_theme(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = window_session_start(home, (const char *const[]){NULL});
    window_session_key(session, "ctrl+F1");
    window_session_wait(session, "manual: page=index");
    window_session_click(session, "Page of the manual");
    window_session_key(session, "Tab");
    window_session_key(session, "Return");
    window_session_wait(session, "manual: page=browsing");
    window_session_screenshot(session, "manual-light");
    window_session_click(session, "Folders"); /* the window has the keyboard */
    window_session_key(session, "ctrl+shift+p");
    window_session_type(session, "dark");
    window_session_key(session, "Return");
    window_session_wait(session, "manual: page=browsing");
    window_place page = window_session_place(session, "Page of the manual");
    assert_true(window_session_lightness(session, page) < 90);
    window_session_screenshot(session, "manual-dark");
    window_session_click(session, "Contents");
    window_session_wait(session, "manual: page=index");
    window_session_click(session, "Folders");
    window_session_key(session, "ctrl+shift+p");
    window_session_type(session, "high contrast");
    window_session_key(session, "Return");
    window_session_wait(session, "manual: page=index");
    window_session_screenshot(session, "manual-contrast"); /* full of links */
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_manual_opens_by_its_key_and_again),
        cmocka_unit_test(an_open_manual_follows_the_theme),
    };
    return window_session_possible() ? cmocka_run_group_tests(tests, NULL, NULL) : 77;
}
