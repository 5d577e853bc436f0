/* Files that go from one program to another by the mouse: two of ours on one display, each with a library of
   its own. What one gives away the other takes in, as file managers and editors do. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WIDTH = 620, HEIGHT = 560, BESIDE = 640 };

/* The other program, which has pictures; its window stands beside ours, of the same size. */
static void start_other(window_session *session, const char *home, const char *pictures)
{
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    assert_true(length > 0);
    program[length] = '\0';
    for (int up = 0; up < 2; up++) {
        *strrchr(program, '/') = '\0';
    }
    window_session_do(session,
                      "exec env QT_QPA_PLATFORM=xcb HOME=%s XDG_DATA_HOME=%s/data XDG_CACHE_HOME=%s/cache "
                      "XDG_CONFIG_HOME=%s/config "
                      "XDG_STATE_HOME=%s/state %s/bin/vitrine %s",
                      home, home, home, home, home, program, pictures);
    window_session_do(session,
                      "exec --sync sh -c 'until [ $(xdotool search --onlyvisible --name \"^Vitrine$\" | "
                      "wc -l) -ge 2 ]; do sleep 0.2; done'");
    window_session_do(session,
                      "search --onlyvisible --name '^Vitrine$' windowsize %%@ %d %d windowmove %%@ %d 0",
                      WIDTH, HEIGHT, BESIDE);
    window_session_do(session,
                      "search --all --pid %d --onlyvisible --name '^Vitrine$' windowmove 0 0 sleep 3",
                      (int)window_session_pid(session));
}

static void a_card_dragged_to_another_program_is_taken_in_there(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *other = strdup(files_folder(home, "other"));
    char *pictures = strdup(files_folder(home, "pictures"));
    files_write_picture(files_path(pictures, "a.ppm"), 300, 200, 1);
    window_session *session = window_session_start(home, (const char *const[]){NULL});
    start_other(session, other, pictures);
    window_place filter = window_session_place(session, "Filter");
    window_session_screenshot(session, "exchange-before");
    int y = filter.y + 160; /* of the other one's first card: both windows look alike */
    window_session_do(
        session, "mousemove %d %d mousedown 1 sleep 0.2 mousemove %d %d sleep 0.2 mousemove %d %d sleep 0.2",
        BESIDE + 300, y, BESIDE + 280, y, BESIDE, y);
    window_session_do(session, "mousemove 420 %d sleep 0.3 mousemove 400 %d sleep 0.3", y, y);
    window_session_screenshot(session, "exchange-over");
    window_session_skip(session);
    window_session_do(session, "mouseup 1");
    window_session_wait(session, "import ended: imported=1 ");
    window_session_wait(session, "status: 1 item");
    window_session_screenshot(session, "exchange-taken");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(other);
    free(pictures);
    files_remove(home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_card_dragged_to_another_program_is_taken_in_there),
    };
    if (!window_session_possible()) {
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
