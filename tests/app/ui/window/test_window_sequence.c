/* A sequence in the window: one card, its frames by keys and slider, played, its rate, split and joined. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FRAMES = 24 }; /* of the sample */

static struct {
    char *home, *folder;
    window_session *session;
} here;

static int set_up(void **state)
{
    (void)state;
    here.home = files_temporary_folder();
    here.folder = strdup(files_folder(here.home, "planet"));
    for (int frame = 1; frame <= FRAMES; frame++) {
        char sample[64], name[32];
        snprintf(name, sizeof name, "render.%04d.png", frame);
        snprintf(sample, sizeof sample, "Turning planet/%s", name);
        char *from = strdup(files_sample(sample));
        files_copy(from, files_path(here.folder, name), 0);
        free(from);
    }
    here.session = window_session_start(here.home, (const char *const[]){here.folder, NULL});
    window_session_wait_both(here.session, "import ended: imported=1 ", "view: items=1 ");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    window_session_end(here.session, SIGTERM);
    files_remove(here.home);
    free(here.folder);
    return 0;
}

static void open_it(void)
{
    window_session_click(here.session, "Items");
    window_session_key(here.session, "Home");
    window_session_screenshot(here.session, "sequence-card");
    window_session_key(here.session, "Return");
    window_session_wait(here.session, "viewer: opened row=0 kind=3");
    window_session_wait(here.session, "viewer: sequence frames=24 rate=24/1");
    window_session_wait(here.session, "viewer: picture ");
}

/* What lies in the middle of the viewer. */
static window_place middle(void)
{
    window_place canvas = window_session_place(here.session, "Picture");
    return (window_place){canvas.x + canvas.width / 4, canvas.y + canvas.height / 4, canvas.width / 2,
                          canvas.height / 2};
}

static void step(const char *key, int frame)
{
    char said[40];
    window_session_key(here.session, key);
    snprintf(said, sizeof said, "viewer: frame=%d\n", frame);
    window_session_wait(here.session, said);
    window_session_wait(here.session, "viewer: picture ");
}

static void frames_are_looked_at_one_by_one(void **state)
{
    (void)state;
    open_it();
    window_place part = middle();
    unsigned long pixels = window_session_pixels(here.session, part);
    step("Right", 1);
    step("Right", 2);
    step("Right", 3);
    window_session_pixels_change(here.session, part, pixels);
    step("Left", 2);
    step("End", FRAMES - 1);
    step("Right", 0); /* it is a ring */
    step("Left", FRAMES - 1);
    step("Home", 0);
    window_session_click(here.session, "Frame"); /* the middle of the slider */
    window_session_wait(here.session, "viewer: frame=");
    window_session_wait(here.session, "viewer: picture ");
    window_session_screenshot(here.session, "sequence-viewer");
}

static void pass(long ms)
{
    nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000}, NULL);
}

static void space_plays_and_pauses(void **state)
{
    (void)state;
    open_it();
    window_place part = middle();
    unsigned long pixels = window_session_pixels(here.session, part);
    window_session_key(here.session, "space");
    window_session_wait(here.session, "viewer: playing from=0");
    pixels = window_session_pixels_change(here.session, part, pixels);
    window_session_pixels_change(here.session, part, pixels);
    window_session_screenshot(here.session, "sequence-playing");
    pass(1500);
    window_session_key(here.session, "space");
    window_session_wait(here.session, "viewer: paused ");
    double shown = window_session_value(here.session, "shown");
    double skipped = window_session_value(here.session, "skipped");
    assert_true(shown >= 3);
    assert_true(shown + skipped >= 30); /* time went on, however slow this machine is: 1.5 s of 24 frames */
    pass(300);
    pixels = window_session_pixels(here.session, part);
    pass(300);
    assert_int_equal(window_session_pixels(here.session, part), pixels); /* it stands still */
    window_session_key(here.session, "space");
    window_session_wait(here.session, "viewer: playing from=");
    window_session_key(here.session, "Escape"); /* while it plays */
    window_session_wait(here.session, "viewer: closed");
}

static void the_rate_is_typed_and_kept(void **state)
{
    (void)state;
    open_it();
    window_session_click(here.session, "Frames a second");
    window_session_key(here.session, "ctrl+a");
    window_session_type(here.session, "fast");
    window_session_key(here.session, "Return");
    window_session_wait(here.session, "viewer: rate expected a number");
    window_session_screenshot(here.session, "sequence-rate-wrong");
    window_session_click(here.session, "Frames a second");
    window_session_key(here.session, "ctrl+a");
    window_session_type(here.session, "12.5");
    window_session_key(here.session, "Return");
    window_session_wait(here.session, "viewer: rate set");
    window_session_key(here.session, "Escape Return");
    window_session_wait(here.session, "viewer: sequence frames=24 rate=25/2");
}

static void it_is_split_and_joined(void **state)
{
    (void)state;
    window_session_click(here.session, "Items");
    window_session_key(here.session, "Home");
    window_session_key(here.session, "alt+i p"); /* the letters of the menu */
    window_session_wait(here.session, "message: The sequence has been split");
    window_session_wait_both(here.session, "import ended: imported=0 ", "view: items=24 ");
    window_session_screenshot(here.session, "sequence-split");
    window_session_click(here.session, "Items");
    window_session_key(here.session, "Home");
    window_session_key(here.session, "alt+i j");
    window_session_wait(here.session, "message: The files that are numbered alike have been joined");
    window_session_wait(here.session, "view: items=1 "); /* before the import tells its end, or after it */
    window_session_key(here.session, "ctrl+f");
    window_session_type(here.session, "render");
    window_session_wait(here.session, "status: 1 of 1 item\n"); /* what was joined does not count */
}

#define window_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* By key and by button; played once, it stops at the last frame, and begins anew when it is played again. */
static void its_end_is_chosen(void **state)
{
    (void)state;
    open_it();
    window_session_key(here.session, "l");
    window_session_wait(here.session, "viewer: repeat=1");
    window_session_click(here.session, "At the end: backwards, and so on (L)");
    window_session_wait(here.session, "viewer: repeat=2");
    window_session_key(here.session, "space");
    window_session_wait(here.session, "viewer: playing from=0");
    window_session_wait(here.session, "viewer: paused frame=23 ");
    window_session_key(here.session, "space");
    window_session_wait(here.session, "viewer: playing from=23");
    window_session_wait(here.session, "viewer: paused frame=23 ");
    window_session_screenshot(here.session, "sequence-once");
}

int main(void)
{
    if (!window_session_possible()) {
        fprintf(stderr, "skipped: no window can be opened here\n");
        return 77;
    }
    const struct CMUnitTest tests[] = {
        window_test(frames_are_looked_at_one_by_one), window_test(space_plays_and_pauses),
        window_test(the_rate_is_typed_and_kept),      window_test(its_end_is_chosen),
        window_test(it_is_split_and_joined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
