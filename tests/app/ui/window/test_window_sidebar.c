/* The sidebar's sections, in the window on a display. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { MODELS = 6 };

static void rows_are_shown_counted_and_saved(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = window_session_start(home, (const char *const[]){files_sample(""), NULL});
    window_session_wait(session, "import ended:");
    int samples = (int)window_session_value(session, "imported");
    char wanted[64];
    snprintf(wanted, sizeof wanted, "sidebar: kinds: kind:model=%d", MODELS);
    window_session_wait(session, wanted);
    window_session_screenshot(session, "sidebar");
    window_place place = window_session_place(session, "Sections");
    /* The line of "Kinds" is the first, "Images" the second, "Models" the third. */
    int line = 24;
    for (int y = place.y + line / 2; y < place.y + 4 * line; y += 6) {
        window_session_do(session, "mousemove %d %d click 1", place.x + 90, y);
        if (window_session_says(session, "sidebar: shows: kind:model", 400)) {
            break;
        }
        if (strstr(window_session_log(session), "sidebar: shows: kind:model")) {
            break;
        }
    }
    snprintf(wanted, sizeof wanted, "status: %d of %d items", MODELS, samples);
    window_session_wait(session, wanted);
    window_session_screenshot(session, "sidebar-chosen");
    window_session_key(session, "ctrl+d");
    window_session_wait(session, "place: Save the filter:");
    window_session_key(session, "ctrl+a");
    window_session_type(session, "Things");
    window_session_key(session, "Return");
    window_session_wait(session, "sidebar: saved: Things: kind:model");
    snprintf(wanted, sizeof wanted, "sidebar: saved: kind:model=%d", MODELS);
    window_session_wait(session, wanted);
    window_session_screenshot(session, "sidebar-saved");
    /* What is typed by hand is no choice of the sidebar's any more. */
    window_session_click(session, "Filter");
    window_session_key(session, "ctrl+a BackSpace");
    snprintf(wanted, sizeof wanted, "status: %d items", samples);
    window_session_wait(session, wanted);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    session = window_session_start(home, (const char *const[]){NULL});
    snprintf(wanted, sizeof wanted, "sidebar: saved: kind:model=%d", MODELS);
    window_session_wait(session, wanted); /* kept */
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

/* Counting a million rows takes a worker a while: what is typed into the filter changes none of them. */
static void a_filter_is_no_reason_to_count_again(void **state)
{
    (void)state;
    enum { COUNTED_MS = 1500 }; /* longer than the pause between two countings */
    char *home = files_temporary_folder();
    window_session *session = window_session_start(home, (const char *const[]){files_sample(""), NULL});
    char wanted[64];
    window_session_wait(session, "import ended:");
    snprintf(wanted, sizeof wanted, "folders: all=%d", (int)window_session_value(session, "imported"));
    window_session_wait(session, wanted);
    while (window_session_says(session, "folders: all=", COUNTED_MS)) {
    }
    window_session_click(session, "Filter");
    window_session_type(session, "kind:model");
    snprintf(wanted, sizeof wanted, "status: %d of ", MODELS);
    window_session_wait(session, wanted);
    assert_false(window_session_says(session, "folders: all=", COUNTED_MS));
    /* Rows that change are. */
    window_session_key(session, "Escape Escape Escape ctrl+a 3");
    assert_true(window_session_says(session, "folders: all=", 10 * COUNTED_MS));
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_shown_counted_and_saved),
        cmocka_unit_test(a_filter_is_no_reason_to_count_again),
    };
    if (!window_session_possible()) {
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
