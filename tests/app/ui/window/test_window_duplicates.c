/* The window on a display: duplicates are looked for, shown in groups, selected, and put into the trash. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE = 20 }; /* pixels: the height of a row of the sections */

typedef struct fixture {
    char *home;
    const char *pictures;
    window_session *session;
} fixture;

/* Two copies of one picture and a hard link, two of another one, and two that are alone. */
static int set_up(void **state)
{
    fixture *all = calloc(1, sizeof *all);
    all->home = files_temporary_folder();
    char *pictures = strdup(files_folder(all->home, "pictures"));
    files_copy(files_sample("Landscapes/evening sea.jpg"), files_path(pictures, "evening.jpg"), 0);
    files_write_picture(files_path(pictures, "sea.ppm"), 640, 480, 3);
    files_copy(files_path(pictures, "sea.ppm"), files_path(pictures, "sea copy.ppm"), 0);
    assert_int_equal(link(files_path(pictures, "sea.ppm"), files_path(pictures, "sea link.ppm")), 0);
    files_write_picture(files_path(pictures, "hill.ppm"), 600, 600, 99);
    files_copy(files_path(pictures, "hill.ppm"), files_path(pictures, "hill (2).ppm"), 0);
    files_write_tetrahedron(files_path(pictures, "model.stl"), 10);
    all->pictures = pictures;
    all->session = window_session_start(all->home, (const char *const[]){pictures, NULL});
    window_session_wait_both(all->session, "import ended:", "sidebar: duplicates: duplicate:same=-1");
    *state = all;
    return 0;
}

static int tear_down(void **state)
{
    fixture *all = *state;
    int status = window_session_end(all->session, SIGTERM);
    files_remove(all->home);
    free((char *)all->pictures);
    free(all);
    return status;
}

/* By keys: rows move as messages at the foot of the window come and go. The click is for the keyboard, on the
   first rows, whichever it hits; the last row is "Search again", above it are "Look alike" and "Same
   content". */
static void choose_same(window_session *session)
{
    window_place place = window_session_place(session, "Sections");
    window_session_do(session, "mousemove %d %d click --repeat 30 4 sleep 0.2 click 1", place.x + 60,
                      place.y + LINE + LINE / 2);
    window_session_do(session, "sleep 0.2");
    window_session_skip(session);
    window_session_key(session, "End Up Up");
    window_session_wait(session, "sidebar: shows: duplicate:same");
}

static void type_filter(window_session *session, const char *text)
{
    window_session_click(session, "Filter");
    window_session_key(session, "ctrl+a BackSpace");
    window_session_type(session, text);
    window_session_key(session, "Return");
}

static void before_a_search_the_page_says_what_it_does(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    type_filter(session, "duplicate:same");
    window_session_place(session, "Find duplicates");
    window_session_screenshot(session, "duplicates-never");
    window_session_skip(session);
    window_session_click(session, "Find duplicates");
    window_session_wait(session, "duplicates: same=5 alike=");
    window_session_wait(session, "view: items=5 total=7");
    window_session_wait(session, "sidebar: duplicates: duplicate:same=5");
    window_session_screenshot(session, "duplicates-same");
}

static void groups_follow_the_filter_and_end_with_it(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    window_session_skip(session);
    type_filter(session, "duplicate:any");
    window_session_wait(session, "group=none");
    choose_same(session);
    window_session_wait(session, "group=same groups=2");
    window_session_place(session, "Group 2 copies, 1.1 MB each");
    window_session_screenshot(session, "duplicates-grouped");
}

/* Under the right button on the section: how alike, which holds at once and is kept. */
static void the_menu_of_the_section_chooses_how_alike(void **state)
{
    const fixture *all = *state;
    window_session *session = all->session;
    choose_same(session);
    window_session_do(session, "key Menu sleep 0.5");
    window_session_screenshot(session, "duplicates-menu");
    window_session_skip(session);
    window_session_key(session, "l");                          /* loose */
    window_session_wait(session, "duplicates: same=0 alike="); /* files are not compared anew */
    size_t count = 0;
    char *settings = NULL;
    for (int i = 0; i < 50 && !settings; i++) {
        const char *path = files_path(all->home, "config/vitrine/settings.conf");
        settings = access(path, R_OK) == 0 ? files_read(path, &count) : NULL;
        window_session_do(session, "sleep 0.1");
    }
    assert_non_null(settings);
    assert_non_null(memmem(settings, count, "duplicates.alike = loose", 24));
    free(settings);
}

static void all_but_the_best_are_selected_and_go_to_the_trash(void **state)
{
    const fixture *all = *state;
    window_session *session = all->session;
    window_session_skip(session);
    window_session_key(session, "ctrl+shift+a");
    window_session_wait(session, "duplicates: work=0 selected=2"); /* not the hard link of the best */
    window_session_wait(session, "2 selected");
    window_session_screenshot(session, "duplicates-selected");
    window_session_key(session, "Delete");
    window_session_do(session, "sleep 0.4");
    window_session_screenshot(session, "duplicates-delete");
    window_session_click(session, "Move to trash");
    window_session_wait(session, "view: items=2 total=5"); /* the hard links are left */
    assert_int_equal(access(files_path(all->pictures, "sea copy.ppm"), F_OK), -1);
    assert_int_equal(access(files_path(all->pictures, "hill (2).ppm"), F_OK), -1);
    assert_int_equal(access(files_path(all->pictures, "hill.ppm"), F_OK), 0);
    window_session_screenshot(session, "duplicates-trashed");
    window_session_skip(session);
    window_session_click(session, "Undo");
    window_session_wait(session, "view: items=5 total=7"); /* and are duplicates again */
}

static void what_was_found_is_there_at_the_next_start(void **state)
{
    fixture *all = *state;
    assert_int_equal(window_session_end(all->session, SIGTERM), 0);
    all->session = window_session_start(all->home, (const char *const[]){NULL});
    window_session_wait(all->session, "sidebar: duplicates: duplicate:same=5");
    choose_same(all->session);
    window_session_wait(all->session, "group=same groups=2");
    window_session_key(all->session, "ctrl+shift+p");
    window_session_do(all->session, "sleep 0.3");
    window_session_type(all->session, "dark");
    window_session_key(all->session, "Return");
    window_session_do(all->session, "sleep 0.5");
    window_session_screenshot(all->session, "duplicates-dark");
}

static void the_kept_one_gets_ratings(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    window_place header = window_session_place(session, "Group 2 copies, 1.1 MB each");
    int y = header.y + header.height + 60;
    /* The second of the group gets four stars; then the first is kept. */
    window_session_do(session, "mousemove %d %d click 1", header.x + 300, y);
    window_session_wait(session, "described: hill (2).ppm");
    window_session_key(session, "4");
    window_session_wait(session, "edit: action=make kind=rating changed=1");
    window_session_do(session, "mousemove %d %d click 1", header.x + 100, y);
    window_session_wait(session, "described: hill.ppm");
    window_session_skip(session);
    window_session_key(session, "ctrl+shift+p");
    window_session_do(session, "sleep 0.3");
    window_session_type(session, "keep this one");
    window_session_key(session, "Return");
    window_session_wait(session, "duplicates: work=1 selected=1");
    window_session_key(session, "ctrl+shift+p");
    window_session_do(session, "sleep 0.3");
    window_session_type(session, "give the kept");
    window_session_key(session, "Return");
    window_session_wait(session, "duplicates: work=2 selected=0 groups=1 gifts=1");
    window_session_wait(session, "edit: action=make kind=rating changed=1");
    window_session_screenshot(session, "duplicates-given");
}

/* The same picture with a byte more: other content, the same look. Nobody asks for it. */
static void what_comes_later_is_compared_by_its_look(void **state)
{
    const fixture *all = *state;
    window_session *session = all->session;
    size_t count = 0;
    char *bytes = files_read(files_path(all->pictures, "evening.jpg"), &count);
    bytes = realloc(bytes, count + 1);
    bytes[count] = 'x';
    window_session_skip(session);
    files_write(files_path(all->pictures, "evening again.jpg"), bytes, count + 1);
    free(bytes);
    window_session_wait(session, "duplicates: same=0 alike=2");
    window_session_wait(session, "sidebar: duplicates: duplicate:alike=2");
    type_filter(session, "duplicate:alike");
    window_session_wait(session, "view: items=2 total=8");
    window_session_do(session, "sleep 1.2");
    window_session_screenshot(session, "duplicates-alike");
}

/* A copy that comes while the window is open is among them without a search, and leaves with its file. */
static void what_comes_later_is_compared_by_its_content(void **state)
{
    const fixture *all = *state;
    window_session *session = all->session;
    char *copy = strdup(files_path(all->pictures, "model too.stl"));
    type_filter(session, "duplicate:same");
    window_session_wait(session, "view: items=5 ");
    window_session_skip(session);
    files_copy(files_path(all->pictures, "model.stl"), copy, 0);
    window_session_wait(session, "duplicates: 2 files compared, 7 items in groups");
    window_session_wait_both(session, "view: items=7 ", "sidebar: duplicates: duplicate:same=7");
    window_session_do(session, "sleep 1.2");
    window_session_screenshot(session, "duplicates-followed");
    window_session_skip(session);
    assert_int_equal(unlink(copy), 0);
    window_session_wait_both(session, "view: items=5 ", "sidebar: duplicates: duplicate:same=5");
    free(copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(before_a_search_the_page_says_what_it_does),
        cmocka_unit_test(groups_follow_the_filter_and_end_with_it),
        cmocka_unit_test(the_menu_of_the_section_chooses_how_alike),
        cmocka_unit_test(all_but_the_best_are_selected_and_go_to_the_trash),
        cmocka_unit_test(what_was_found_is_there_at_the_next_start),
        cmocka_unit_test(the_kept_one_gets_ratings),
        cmocka_unit_test(what_comes_later_is_compared_by_its_look),
        cmocka_unit_test(what_comes_later_is_compared_by_its_content),
    };
    if (!window_session_possible()) {
        return 77;
    }
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
