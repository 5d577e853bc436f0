/* The sidebar's sections, in the window on a display. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

/* However files come in between two counts, and whatever the view is made anew for meanwhile: when it is
   quiet, sections and folders tell of all. */
static void counts_come_in_the_end(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = strdup(files_folder(home, "pictures"));
    files_write_picture(files_path(folder, "first.ppm"), 40, 30, 0);
    window_session *session = window_session_start(home, (const char *const[]){folder, NULL});
    window_session_wait_both(session, "import ended: imported=1 ", "sidebar: kinds: kind:image=1");
    sleep(1); /* the folder is watched from a moment after its import on */
    window_session_click(session, "Filter");
    int there = 1;
    for (int wave = 1; wave <= 5; wave++) {
        for (int i = 0; i < 3 * wave; i++) {
            char name[32];
            snprintf(name, sizeof name, "%c%c.ppm", (char)('a' + wave), (char)('a' + i));
            files_write_picture(files_path(folder, name), 40, 30, (unsigned)(wave * 100 + i));
            there++;
            window_session_key(session, i % 2 ? "BackSpace" : "b"); /* another filter, another view */
            usleep((useconds_t)(40000 * wave));
        }
        char sections[48];
        char folders[48];
        snprintf(sections, sizeof sections, "sidebar: kinds: kind:image=%d\n", there);
        snprintf(folders, sizeof folders, "folders: all=%d\n", there);
        window_session_wait_both(session, sections, folders);
    }
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(folder);
    files_remove(home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_shown_counted_and_saved),
        cmocka_unit_test(a_filter_is_no_reason_to_count_again),
        cmocka_unit_test(counts_come_in_the_end),
    };
    if (!window_session_possible()) {
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
