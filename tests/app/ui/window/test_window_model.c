/* Looking at a model as a person does: its looks, standard views, box with measures, axes, and a stable zoom.
 */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static window_session *open_model(const char *folder, const char *theme)
{
    setenv("VITRINE_THEME", theme, 1);
    window_session *session =
        window_session_start(folder, (const char *const[]){files_sample("Models/gear.stl"), NULL});
    unsetenv("VITRINE_THEME");
    window_session_wait_both(session, "import ended: imported=1 ", "view: items=1 ");
    window_session_click(session, "Items");
    window_session_key(session, "Home Return");
    window_session_wait(session, "viewer: opened row=0 kind=2");
    window_session_wait(session, "viewer: picture ");
    return session;
}

static window_place middle(window_session *session)
{
    window_place canvas = window_session_place(session, "Picture");
    return (window_place){canvas.x + canvas.width / 4, canvas.y + canvas.height / 4, canvas.width / 2,
                          canvas.height / 2};
}

/* The pixels once nothing changes any more: what was turned is drawn with care a moment later. */
static unsigned long settled(window_session *session)
{
    unsigned long before = 0;
    unsigned long pixels = window_session_pixels(session, middle(session));
    for (int i = 0; i < 50 && pixels != before; i++) {
        usleep(400000);
        before = pixels;
        pixels = window_session_pixels(session, middle(session));
    }
    return pixels;
}

/* Presses a key, and the picture changes. */
static unsigned long change(window_session *session, const char *key, const char *says, unsigned long before)
{
    window_session_key(session, key);
    window_session_wait(session, says);
    window_session_wait(session, "viewer: picture ");
    return window_session_pixels_change(session, middle(session), before);
}

static void a_model_has_looks(const char *theme, const char *shot)
{
    char *folder = files_temporary_folder();
    char name[64];
    window_session *session = open_model(folder, theme);
    unsigned long pixels = window_session_pixels(session, middle(session));
    pixels = change(session, "z", "viewer: look=8", pixels);
    snprintf(name, sizeof name, "model-edges-%s", shot);
    window_session_screenshot(session, name);
    pixels = change(session, "z", "viewer: look=4", pixels);
    snprintf(name, sizeof name, "model-wireframe-%s", shot);
    window_session_screenshot(session, name);
    pixels = change(session, "z", "viewer: look=0", pixels);
    window_session_key(session, "a");
    window_session_wait(session, "viewer: look=32");
    pixels = change(session, "m", "viewer: look=48", pixels);
    window_session_place(session, "Facts");
    usleep(300000);
    snprintf(name, sizeof name, "model-box-%s", shot);
    window_session_screenshot(session, name);
    change(session, "5", "viewer: look=112", pixels);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(folder);
}

static void a_model_has_looks_in_the_light(void **state)
{
    (void)state;
    a_model_has_looks("light", "light");
}

static void a_model_has_looks_in_the_dark(void **state)
{
    (void)state;
    a_model_has_looks("dark", "dark");
}

static void a_model_is_seen_from_all_sides(void **state)
{
    (void)state;
    static const struct {
        const char *key, *says;
    } views[] = {
        {"1", "viewer: seen azimuth=0 elevation=0"},   {"3", "viewer: seen azimuth=90 elevation=0"},
        {"7", "viewer: seen azimuth=0 elevation=90"},  {"2", "viewer: seen azimuth=180 elevation=0"},
        {"8", "viewer: seen azimuth=0 elevation=-90"}, {"4", "viewer: seen azimuth=-90 elevation=0"}};
    char *folder = files_temporary_folder();
    window_session *session = open_model(folder, "light");
    unsigned long first = settled(session);
    window_session_key(session, "shift+a"); /* nothing: Shift and A is no key of ours */
    window_session_key(session, "a");
    window_session_wait(session, "viewer: look=32");
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        window_session_key(session, views[i].key);
        window_session_wait(session, views[i].says);
        window_session_wait(session, "viewer: picture ");
    }
    window_session_key(session, "1");
    window_session_wait(session, "viewer: picture ");
    window_session_screenshot(session, "model-front");
    unsigned long pixels = settled(session);
    assert_true(pixels != first);
    window_session_key(session, "shift+Right");
    window_session_pixels_change(session, middle(session), pixels);
    window_session_key(session, "0"); /* as at first */
    window_session_wait(session, "viewer: picture ");
    assert_true(settled(session) == first);
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
        cmocka_unit_test(a_model_has_looks_in_the_light),
        cmocka_unit_test(a_model_has_looks_in_the_dark),
        cmocka_unit_test(a_model_is_seen_from_all_sides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
