/* Everything that can have the keyboard says what it is, in each part of the real window. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

static void expect_all_named(window_session *session, const char *where)
{
    if (window_session_count(session, "unnamed: ") > 0) {
        fail_msg("%s: '%.80s' has no name for a screen reader", where,
                 strstr(window_session_log(session), "unnamed: "));
    }
}

static void what_takes_the_keyboard_has_a_name(void **state)
{
    (void)state;
    static const struct {
        const char *keys, *shown;
    } parts[] = {{"alt+1", "Items"},
                 {"alt+2", "Items as a table"},
                 {"ctrl+shift+p", "Command"},
                 {"F1", "Search keys"},
                 {"ctrl+comma", "Search settings"}};
    char *home = files_temporary_folder();
    window_session *session = window_session_start(home, (const char *const[]){files_sample("Models"), NULL});
    window_session_wait(session, "import ended:");
    window_session_place(session, "Items");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        window_session_key(session, parts[i].keys);
        window_session_place(session, parts[i].shown);
        expect_all_named(session, parts[i].shown);
        if (strcmp(parts[i].shown, "Command") == 0) {
            window_session_key(session, "Escape");
        } else if (strncmp(parts[i].shown, "Search", 6) == 0) {
            window_session_click(session, "Close");
            window_session_click(session, "Filter"); /* nobody gives the keyboard back here */
        }
    }
    window_session_key(session, "alt+1");
    window_session_click(session, "Items");
    window_session_key(session, "Home");
    window_session_wait(session, "described: gear.stl, 1 of 6 items, selected");
    window_session_key(session, "Return");
    window_session_wait(session, "viewer: opened");
    window_session_wait(session, "looked at: gear.stl, 1 of 6, zoom 100 %");
    window_session_place(session, "Next (Right)");
    expect_all_named(session, "viewer");
    window_session_key(session, "plus");
    window_session_wait(session, "looked at: gear.stl, 1 of 6, zoom 1");
    window_session_key(session, "Right");
    window_session_wait(session, ", 2 of 6");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

int main(void)
{
    if (!window_session_possible()) {
        return 77;
    }
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_takes_the_keyboard_has_a_name)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
