/* Keys bound anew in the window, kept, and given back; the palette of commands. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

typedef struct fixture {
    char *home, *pictures;
    window_session *session;
} fixture;

static void start(fixture *all)
{
    all->session = window_session_start(all->home, (const char *const[]){all->pictures, NULL});
    window_session_wait(all->session, "import ended:");
    window_session_place(all->session, "Items");
}

static int set_up(void **state)
{
    fixture *all = calloc(1, sizeof *all);
    all->home = files_temporary_folder();
    all->pictures = strdup(files_folder(all->home, "pictures"));
    for (int i = 0; i < 6; i++) {
        char name[32];
        snprintf(name, sizeof name, "%c.ppm", 'a' + i);
        files_write_picture(files_path(all->pictures, name), 60, 40, (unsigned)i + 1);
    }
    start(all);
    *state = all;
    return 0;
}

static int tear_down(void **state)
{
    fixture *all = *state;
    int status = window_session_end(all->session, SIGTERM);
    files_remove(all->home);
    free(all->pictures);
    free(all);
    return status;
}

static void expect_file(const fixture *all, const char *text, bool is_there)
{
    size_t size;
    char *found = files_read(files_path(all->home, "config/vitrine/settings.conf"), &size);
    if ((strstr(found, text) != NULL) != is_there) {
        fail_msg("'%s' in:\n%s", text, found);
    }
    free(found);
}

/* Without a window manager nobody gives the keyboard back to the window: a click does. */
static void close_sheet(window_session *session)
{
    window_session_click(session, "Close");
    window_session_click(session, "Items");
}

/* Opens the sheet and chooses what fits `words` first, so that the next key is the new one. */
static void choose(window_session *session, const char *words)
{
    window_session_key(session, "F1");
    window_session_place(session, "Search keys");
    window_session_type(session, words);
    window_session_key(session, "Return");
    window_session_key(session, "Return");
}

static void a_key_is_taken_over_holds_at_once_and_after_a_restart(void **state)
{
    fixture *all = *state;
    window_session *session = all->session;
    choose(session, "larger");
    window_session_key(session, "ctrl+o");
    window_session_wait(session, "keys: Ctrl+O is the key of: Add folder");
    window_session_screenshot(session, "keys-conflict");
    window_session_click(session, "Take over");
    window_session_wait(session, "keys: Kept.");
    expect_file(all, "key.view.larger = Ctrl++; Ctrl+=; Ctrl+O\n", true);
    expect_file(all, "key.file.add-folder = \n", true);
    close_sheet(session);
    int side = (int)window_session_value(session, "side");
    window_session_skip(session);
    window_session_key(session, "ctrl+o");
    char wider[32];
    snprintf(wider, sizeof wider, "side=%d", side + 32);
    window_session_wait(session, wider);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    start(all);
    window_session_key(all->session, "ctrl+o");
    snprintf(wider, sizeof wider, "side=%d", side + 64);
    window_session_wait(all->session, wider);
    window_session_key(all->session, "F1");
    window_session_click(all->session, "All keys standard");
    window_session_wait(all->session, "keys: Kept.");
    expect_file(all, "key.", false);
}

static void a_key_of_a_view_is_bound_anew_and_its_old_one_is_taken_away(void **state)
{
    const fixture *all = *state;
    window_session *session = all->session;
    window_session_key(session, "Home");
    choose(session, "one to the right");
    window_session_click(session, "No keys");
    window_session_wait(session, "keys: Kept.");
    window_session_click(session, "New key");
    window_session_key(session, "l");
    window_session_wait(session, "keys: L is free here");
    window_session_click(session, "Add");
    window_session_wait(session, "keys: Kept.");
    expect_file(all, "key.browse.right = L\n", true);
    close_sheet(session);
    window_session_key(session, "Home");
    window_session_key(session, "l");
    window_session_key(session, "l");
    window_session_key(session, "Right"); /* does nothing any more */
    window_session_skip(session);
    window_session_key(session, "Return");
    window_session_wait(session, "viewer: opened row=2 ");
    window_session_key(session, "Escape");
    window_session_wait(session, "viewer: closed");
    choose(session, "one to the right");
    window_session_click(session, "Standard keys");
    window_session_wait(session, "keys: Kept.");
    expect_file(all, "key.browse.right", false);
    close_sheet(session);
}

static void the_sheet_is_searched_by_key_and_says_when_nothing_fits(void **state)
{
    const fixture *all = *state;
    window_session *session = all->session;
    window_session_key(session, "F1");
    window_session_place(session, "Search keys");
    window_session_screenshot(session, "keys");
    window_session_type(session, "ctrl+shift+x");
    window_session_screenshot(session, "keys-search");
    window_session_key(session, "Return");
    window_session_key(session, "Return");
    window_session_key(session, "F9");
    window_session_wait(session, "keys: F9 is the key of: Folders");
    window_session_click(session, "Search keys");
    window_session_type(session, "zzz");
    window_session_wait(session, "keys: Nothing fits");
    close_sheet(session);
}

static void the_palette_runs_what_fits_best_and_what_ran_last_stands_first(void **state)
{
    const fixture *all = *state;
    window_session *session = all->session;
    window_session_key(session, "ctrl+shift+p");
    window_session_wait(session, "palette: opened");
    window_session_screenshot(session, "palette");
    window_session_type(session, "tab");
    window_session_screenshot(session, "palette-typed");
    window_session_key(session, "Return");
    window_session_wait(session, "palette: ran view.table");
    window_session_key(session, "ctrl+shift+p");
    window_session_type(session, "cards");
    window_session_key(session, "Return");
    window_session_wait(session, "palette: ran view.cards");
    window_session_key(session, "ctrl+shift+p");
    window_session_key(session, "Down");
    window_session_key(session, "Return");
    window_session_wait(session, "palette: ran view.table");
    window_session_key(session, "alt+1");
}

static void the_palette_does_not_run_what_cannot_be_done_and_esc_closes_it(void **state)
{
    const fixture *all = *state;
    window_session *session = all->session;
    window_session_key(session, "ctrl+shift+p");
    window_session_type(session, "cancel all imports");
    window_session_screenshot(session, "palette-disabled");
    window_session_key(session, "Return");
    window_session_key(session, "Escape");
    window_session_wait(session, "palette: closed");
    assert_int_equal(window_session_count(session, "palette: ran file.cancel-imports"), 0);
    window_session_key(session, "ctrl+shift+p");
    window_session_type(session, "qqqq");
    window_session_screenshot(session, "palette-nothing");
    window_session_key(session, "Return");
    window_session_key(session, "Escape");
    window_session_wait(session, "palette: closed");
}

static void a_line_that_makes_no_sense_is_told_and_stays(void **state)
{
    fixture *all = *state;
    assert_int_equal(window_session_end(all->session, SIGTERM), 0);
    static const char text[] = "key.view.larger = Crtl+O\nkey.from.later = F30\n";
    files_write(files_path(all->home, "config/vitrine/settings.conf"), text, sizeof text - 1);
    start(all);
    assert_true(window_session_count(all->session, "key.view.larger: 'Crtl+O' is no key") > 0);
    choose(all->session, "smaller");
    window_session_key(all->session, "F8");
    window_session_wait(all->session, "keys: F8 is free here");
    window_session_click(all->session, "Add");
    window_session_wait(all->session, "keys: Kept.");
    expect_file(all, "key.from.later = F30\n", true);
    expect_file(all, "key.view.smaller = Ctrl+-; F8\n", true);
}

/* The brightest line beside the list of commands: the outline of what lies over the window. */
static double lightness_of_edge(window_session *session, window_place list)
{
    enum { MARGINS = 20 };
    double most = 0;
    for (int i = 1; i <= MARGINS; i++) {
        double found = window_session_lightness(session, (window_place){list.x - i, list.y, 1, list.height});
        most = found > most ? found : most;
    }
    return most;
}

/* Black over black: its outline tells where it ends. */
static void the_palette_has_an_outline_where_contrast_is_high(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    setenv("VITRINE_THEME", "high-contrast", 1);
    window_session *session = window_session_start(home, (const char *const[]){NULL});
    unsetenv("VITRINE_THEME");
    window_session_key(session, "ctrl+shift+p");
    window_session_wait(session, "palette: opened");
    window_place list = window_session_place(session, "Commands");
    window_session_do(session, "sleep 0.5");
    window_session_screenshot(session, "palette-high-contrast");
    assert_true(lightness_of_edge(session, list) > 200);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

int main(void)
{
    if (!window_session_possible()) {
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_palette_runs_what_fits_best_and_what_ran_last_stands_first),
        cmocka_unit_test(the_palette_has_an_outline_where_contrast_is_high),
        cmocka_unit_test(the_palette_does_not_run_what_cannot_be_done_and_esc_closes_it),
        cmocka_unit_test(the_sheet_is_searched_by_key_and_says_when_nothing_fits),
        cmocka_unit_test(a_key_of_a_view_is_bound_anew_and_its_old_one_is_taken_away),
        cmocka_unit_test(a_key_is_taken_over_holds_at_once_and_after_a_restart),
        cmocka_unit_test(a_line_that_makes_no_sense_is_told_and_stays),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
