/* Tags themselves, in the sidebar of the window on a display: dragged, renamed in place, deleted, undone. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PICTURES = 6, STEPS = 10 };

typedef struct fixture {
    char *home, *folder;
    window_session *session;
} fixture;

/* What these keys choose gets the tag. */
static void give_tag(window_session *session, const char *tag, const char *keys)
{
    window_session_click(session, "Items");
    window_session_key(session, keys);
    window_session_key(session, "ctrl+t");
    usleep(700000); /* the panel opens with it the first time */
    window_session_type(session, tag);
    window_session_key(session, "Return");
    window_session_wait(session, "edit: action=make kind=add-tags ");
    window_session_key(session, "Escape");
}

static int set_up(void **state)
{
    fixture *all = calloc(1, sizeof *all);
    assert_non_null(all);
    all->home = files_temporary_folder();
    all->folder = strdup(files_folder(all->home, "pictures"));
    for (int i = 0; i < PICTURES; i++) {
        char name[32];
        snprintf(name, sizeof name, "picture %c.ppm", 'a' + i);
        files_write_picture(files_path(all->folder, name), 60, 40, (unsigned)i);
    }
    const char *arguments[] = {all->folder, NULL};
    all->session = window_session_start(all->home, arguments);
    window_session_wait_both(all->session, "import ended:", "view: items=6 ");
    window_session_click(all->session, "Close this message");
    give_tag(all->session, "animals/cat", "Home ctrl+a");
    give_tag(all->session, "pets", "Home");
    window_session_wait(all->session, "sidebar: tags: tag:\"/pets\"=1");
    *state = all;
    return 0;
}

static int tear_down(void **state)
{
    fixture *all = *state;
    assert_int_equal(window_session_end(all->session, SIGTERM), 0);
    files_remove(all->home);
    free(all->folder);
    free(all);
    return 0;
}

/* Clicks down the sections until this row is chosen; where that is. The tags are the first section. */
static int find_row(window_session *session, const char *filter)
{
    char shows[80];
    enum { LINE = 20, LINES = 8 };
    window_place sections = window_session_place(session, "Sections");
    snprintf(shows, sizeof shows, "sidebar: shows: %s\n", filter);
    for (int line = 1; line < LINES; line++) {
        int y = sections.y + line * LINE + LINE / 2;
        window_session_do(session, "mousemove %d %d click 1", sections.x + 90, y);
        if (window_session_says(session, shows, 700)) {
            return y;
        }
    }
    fail_msg("no row shows %s", filter);
    return 0;
}

/* With the button down, in steps, as a hand does it. */
static void drag(window_session *session, int x, int from, int to, const char *shot)
{
    window_session_do(session, "mousemove %d %d mousedown 1", x, from);
    for (int i = 1; i <= STEPS; i++) {
        window_session_do(session, "mousemove %d %d", x + i % 2, from + (to - from) * i / STEPS);
        usleep(30000);
    }
    usleep(200000);
    window_session_screenshot(session, shot);
    window_session_do(session, "mouseup 1");
}

/* Shows what lies below "animals". */
static void open_animals(window_session *session)
{
    find_row(session, "tag:\"/animals\"");
    window_session_key(session, "Right");
}

static void a_tag_is_dragged_below_another(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    open_animals(session);
    window_place sections = window_session_place(session, "Sections");
    int pets = find_row(session, "tag:\"/pets\"");
    int cat = find_row(session, "tag:\"/animals/cat\"");
    drag(session, sections.x + 90, cat, pets, "tag-drag");
    window_session_wait(session, "sidebar: drop would: Move the tag to pets/cat");
    window_session_wait(session, "sidebar: tag: animals/cat to pets/cat");
    window_session_wait(session, "edit: action=make kind=move-tag changed=1");
    window_session_wait(session, "sidebar: shows: tag:\"/pets/cat\"\n"); /* what was chosen is so still */
    window_session_wait(session, "view: items=6 ");
    window_session_screenshot(session, "tag-moved");
    window_session_click(session, "Items");
    window_session_key(session, "ctrl+z");
    window_session_wait(session, "edit: action=undo kind=move-tag changed=1 skipped=0");
    window_session_wait(session, "sidebar: shows: tag:\"/animals/cat\"\n");
}

static void a_tag_is_renamed_in_place_and_deleted(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    open_animals(session);
    find_row(session, "tag:\"/animals/cat\"");
    window_session_key(session, "F2");
    usleep(300000);
    window_session_screenshot(session, "tag-rename");
    window_session_key(session, "ctrl+a");
    window_session_type(session, "tiger");
    window_session_key(session, "Return");
    window_session_wait(session, "sidebar: tag: animals/cat to animals/tiger");
    window_session_wait(session, "edit: action=make kind=move-tag changed=1");
    window_session_wait(session, "sidebar: shows: tag:\"/animals/tiger\"\n");
    int y = find_row(session, "tag:\"/animals\"");
    window_session_do(session, "mousemove %d %d click 3", window_session_place(session, "Sections").x + 90,
                      y);
    usleep(400000);
    window_session_screenshot(session, "tag-menu");
    window_session_key(session, "Escape");
    window_session_key(session, "Delete");
    window_session_wait(session, "sidebar: tag: animals to nothing");
    window_session_wait(session, "edit: action=make kind=delete-tag changed=8"); /* two tags, six items */
    window_session_wait(session,
                        "message: Done: deletion of the tag \u201canimals\u201d. Ctrl+Z brings it back");
    assert_int_equal(window_session_count(session, "trash"), 0); /* the key meant the tag */
    window_session_click(session, "Items");
    window_session_key(session, "ctrl+z");
    window_session_wait(session, "edit: action=undo kind=delete-tag changed=8 skipped=0");
    window_session_wait(session, "sidebar: tags: tag:\"/animals/tiger\"=6");
}

static void what_is_open_stays_so_when_there_is_another_tag(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    open_animals(session);
    window_session_skip(session);
    give_tag(session, "another", "End");
    window_session_wait(session, "sidebar: still open: tag:\"/animals\"");
    window_session_screenshot(session, "tags-still-open");
}

int main(void)
{
    if (!window_session_possible()) {
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_tag_is_dragged_below_another, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_tag_is_renamed_in_place_and_deleted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_open_stays_so_when_there_is_another_tag, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
