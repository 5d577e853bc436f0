/* The window on a display: completion in the filter box, chips of what is chosen, items dropped on the
 * sidebar, albums. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PICTURES = 12, LINE = 20 };

typedef struct fixture {
    char *home, *folder;
    window_session *session;
} fixture;

static window_session *start(const fixture *all, const char *const *more)
{
    const char *arguments[8] = {all->folder};
    for (int i = 0; more && more[i] && i < 6; i++) {
        arguments[i + 1] = more[i];
    }
    window_session *session = window_session_start(all->home, arguments);
    window_session_wait_both(session, "import ended:", "view: items=12 ");
    window_session_click(session, "Close this message"); /* it would go by itself, and all would move */
    return session;
}

static int set_up(void **state)
{
    fixture *all = calloc(1, sizeof *all);
    assert_non_null(all);
    all->home = files_temporary_folder();
    all->folder = strdup(files_folder(all->home, "pictures"));
    for (int i = 0; i < PICTURES; i++) {
        char name[32];
        snprintf(name, sizeof name, "picture %c.ppm", 'a' + i); /* no number: no frames */
        files_write_picture(files_path(all->folder, name), 60, 40, (unsigned)i);
    }
    all->session = start(all, NULL);
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

static void a_condition_without_its_value_hides_nothing(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    window_session_key(session, "ctrl+f");
    window_session_type(session, "tag");
    window_session_wait(session, "view: items=0 ");
    window_session_type(session, ":");
    window_session_wait_both(session, "filter error: the value is missing", "view: items=12 ");
    window_session_screenshot(session, "filter-value-missing");
    window_session_type(session, "none");
    window_session_wait(session, "view: items=12 ");
    window_session_key(session, "Escape Escape Escape");
    window_session_wait(session, "status: 12 items");
}

/* Through the panel of the chosen items, which makes the tag. */
static void give_tag(window_session *session, const char *tag, int items)
{
    char wanted[64];
    window_session_click(session, "Items");
    window_session_key(session, "ctrl+a");
    window_session_key(session, "ctrl+t");
    window_session_place(session, "Add a tag");
    window_session_type(session, tag);
    window_session_key(session, "Return");
    snprintf(wanted, sizeof wanted, "edit: action=make kind=add-tags changed=%d", items);
    window_session_wait(session, wanted);
    window_session_key(session, "Escape");
}

static void the_box_completes_what_is_typed(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    give_tag(session, "place/New York", PICTURES);
    window_session_wait(session, "sidebar: tags: tag:\"/place/New York\"=12");
    window_session_key(session, "ctrl+f");
    window_session_type(session, "ta");
    window_session_wait(session, "first=taken: ");
    window_session_screenshot(session, "filter-keys");
    window_session_type(session, "g");
    window_session_wait(session, "first=tag: ");
    window_session_key(session, "Tab"); /* the first line; the values follow at once */
    window_session_wait(session, "filter: took: tag:");
    window_session_wait(session, "filter: suggestions=3");
    window_session_screenshot(session, "filter-tags");
    window_session_type(session, "new");
    window_session_wait(session, "filter: suggestions=1");
    window_session_key(session, "Down Return");
    window_session_wait(session, "filter: took: tag:\"/place/New York\"");
    window_session_wait(session, "view: items=12 ");
    window_session_type(session, " -(kind:mo"); /* the box has kept the keyboard */
    window_session_wait(session, "first=tag:\"/place/New York\" -(kind:model");
    window_session_key(session, "Escape"); /* the list only */
    window_session_key(session, "ctrl+shift+Left BackSpace BackSpace");
    window_session_key(session, "ctrl+a");
    window_session_type(session, "picture");
    window_session_wait(session, "view: items=12 ");
    window_session_key(session, "Return"); /* nothing was chosen: what was typed stays */
    window_session_key(session, "Escape");
    window_session_wait(session, "status: 12 items");
    window_session_key(session, "Down"); /* in the empty box: what was used */
    window_session_wait(session, "first=picture ");
    window_session_screenshot(session, "filter-recent");
    window_session_key(session, "Down Return");
    window_session_wait(session, "filter: took: picture");
    window_session_key(session, "Escape Escape"); /* empties the box, leaves it */
    window_session_key(session, "End Return");    /* to the last card, and opens it */
    window_session_place(session, "Back to the library (Esc)");
}

/* What is wrong is told at the place where the suggestions open: it does not hide them. */
static void suggestions_stand_above_what_is_wrong(void **state)
{
    const fixture *all = *state;
    window_session *session = all->session;
    window_session_key(session, "ctrl+f");
    window_session_type(session, "kind:");
    window_session_wait_both(session, "filter error: the value is missing", "filter: suggestions=4");
    window_place list = window_session_place(session, "Suggestions");
    files_write_picture(files_path(all->folder, "one more.ppm"), 60, 40, 99); /* the error is told anew */
    window_session_wait(session, "view: items=13 ");
    window_session_screenshot(session, "filter-suggestions-and-error");
    window_session_do(session, "mousemove %d %d click 1", list.x + 30, list.y + 8);
    window_session_wait(session, "filter: took: kind:image");
    window_session_wait(session, "view: items=13 ");
}

/* Where the row of the sidebar is that shows `filter` when it is clicked. */
static int find_row(window_session *session, const char *filter)
{
    char wanted[128];
    window_place place = window_session_place(session, "Sections");
    snprintf(wanted, sizeof wanted, "sidebar: shows: %s\n", filter);
    for (int y = place.y + LINE / 2; y < place.y + place.height; y += LINE) {
        window_session_do(session, "mousemove %d %d click 1", place.x + 90, y);
        if (window_session_says(session, wanted, 250)) {
            return y;
        }
        if (window_session_says(session, "sidebar: closed ", 0)) { /* the line of a section: open it again */
            window_session_do(session, "sleep 0.5 click 1");       /* no double click */
            window_session_wait(session, "sidebar: opened ");
        }
    }
    fail_msg("no row shows %s", filter);
    return 0;
}

static void choices_are_chips_that_can_be_taken_back(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    window_session_wait(session, "sidebar: ratings: rating:5=0");
    window_place place = window_session_place(session, "Sections");
    int five = find_row(session, "rating:5");
    window_session_wait(session, "status: 0 of 12 items");
    int none = five + 5 * LINE;
    window_session_do(session, "mousemove %d %d click 1", place.x + 90, none);
    window_session_wait(session, "sidebar: shows: rating:0\n");
    window_session_wait(session, "status: 12 ");
    window_session_do(session, "keydown ctrl mousemove %d %d click 1 keyup ctrl", place.x + 90, five);
    window_session_wait(session, "sidebar: shows: (rating:5 or rating:0)");
    window_session_place(session, "Ratings: Not rated \u2013 click to take it back");
    window_session_screenshot(session, "chips");
    window_session_click(session, "Filter");
    window_session_key(session, "End");
    window_session_type(session, " a.ppm"); /* narrows what is chosen */
    window_session_wait(session, "status: 1 of 12 items");
    window_session_click(session, "Ratings: Not rated \u2013 click to take it back");
    window_session_wait(session, "sidebar: shows: rating:5 a.ppm");
    window_session_wait(session, "status: 0 of 12 items");
    window_session_click(session, "Ratings: \u2605\u2605\u2605\u2605\u2605 \u2013 click to take it back");
    window_session_wait(session, "sidebar: shows: a.ppm");
    window_session_wait(session, "status: 1 of 12 items");
    window_session_do(session, "mousemove %d %d click 1", place.x + 90, none); /* takes the place of all */
    window_session_wait(session, "sidebar: shows: rating:0\n");
    window_session_do(session, "keydown ctrl mousemove %d %d click 1 keyup ctrl", place.x + 90, five);
    window_session_wait(session, "sidebar: shows: (rating:5 or rating:0)");
    window_session_click(session, "Clear all choices");
    window_session_wait(session, "sidebar: shows: \n");
    window_session_wait(session, "status: 12 items");
}

static void a_saved_filter_is_forgotten_only_when_it_is_chosen(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    window_session_key(session, "ctrl+shift+p");
    window_session_wait(session, "palette: opened");
    window_session_type(session, "forget the saved");
    window_session_key(session, "Return"); /* is there, but not to be run */
    window_session_key(session, "Escape Escape");
    window_session_wait(session, "palette: closed");
    window_session_key(session, "ctrl+f");
    window_session_type(session, "b.ppm");
    window_session_wait(session, "status: 1 of 12 items");
    window_session_key(session, "ctrl+d");
    window_session_wait(session, "place: Save the filter:");
    window_session_key(session, "Return");
    window_session_wait(session, "sidebar: saved: b.ppm: b.ppm");
    window_session_wait(session, "sidebar: saved: b.ppm=1"); /* counted, so it has its line */
    find_row(session, "b.ppm");
    window_session_key(session, "alt+v");
    window_session_screenshot(session, "filter-forget");
    window_session_key(session, "r");
    window_session_wait(session, "sidebar: forgotten: b.ppm");
    assert_int_equal(window_session_count(session, "message: Choose a saved filter"), 0);
}

/* From the first card to a place. In steps: a drag begins with a way, and ends where it rests. */
static void drag(window_session *session, int from_x, int from_y, int x, int y, const char *shot)
{
    window_session_do(session,
                      "mousemove %d %d mousedown 1 sleep 0.1 mousemove %d %d sleep 0.1 mousemove %d %d "
                      "sleep 0.3",
                      from_x, from_y, from_x - 20, from_y + 5, x + 3, y);
    window_session_do(session, "mousemove %d %d sleep 0.3", x, y);
    if (shot) {
        window_session_screenshot(session, shot);
    }
    window_session_do(session, "mouseup 1");
}

static void items_dropped_on_a_row_get_what_it_stands_for(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    window_session_wait(session, "sidebar: ratings: rating:5=0");
    window_place sections = window_session_place(session, "Sections");
    int five = find_row(session, "rating:5");
    int red = five + 7 * LINE; /* behind the ratings, and the line that says "Labels" */
    window_session_do(session, "mousemove %d %d click 1", sections.x + 90, five + 5 * LINE);
    window_session_wait(session, "status: 12 ");
    window_place items = window_session_place(session, "Items");
    window_session_click(session, "Items");
    window_session_key(session, "ctrl+a");
    window_session_wait(session, "12 selected");
    drag(session, items.x + 90, items.y + 80, sections.x + 90, five, "drop-rating");
    window_session_wait(session, "sidebar: drop would: Rate 12 items \u2605\u2605\u2605\u2605\u2605");
    window_session_wait(session, "sidebar: dropped: 12 on rating:5");
    window_session_wait(session, "edit: action=make kind=rating changed=12");
    window_session_wait(session, "sidebar: ratings: rating:5=12");
    assert_int_equal(window_session_count(session, "import ended:"), 1); /* nor taken for files to import */
    find_row(session, "rating:5");
    window_session_wait(session, "status: 12 ");
    window_session_key(session, "Home");
    drag(session, items.x + 90, items.y + 80, sections.x + 90, red, "drop-label");
    window_session_wait(session, "edit: action=make kind=label changed=1");
    window_session_screenshot(session, "label-badge");
    window_session_key(session, "ctrl+z");
    window_session_wait(session, "edit: action=undo kind=label changed=1");
    window_session_key(session, "ctrl+z");
    window_session_wait(session, "edit: action=undo kind=rating changed=12");
}

/* What the cards say one after the other, at their places: the first that is opened is told by its title. */
static void expect_first(window_session *session, const char *name)
{
    char wanted[64];
    window_session_click(session, "Items");
    window_session_key(session, "Home");
    snprintf(wanted, sizeof wanted, "described: %s, 1 of ", name);
    window_session_key(session, "Right Left");
    window_session_wait(session, wanted);
}

static void albums_are_made_ordered_and_deleted(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    window_session_click(session, "Items");
    window_session_key(session, "Home shift+Right shift+Right");
    window_session_wait(session, "3 selected");
    window_session_key(session, "ctrl+shift+n");
    window_session_wait(session, "place: New album:");
    window_session_type(session, "Best of all");
    window_session_screenshot(session, "album-new");
    window_session_key(session, "Return");
    window_session_wait(session,
                        "edit: action=make kind=create-album changed=4"); /* itself, and three items */
    window_session_wait(session, "sidebar: albums: album:\"Best of all\"=3");
    find_row(session, "album:\"Best of all\"");
    window_session_wait(session, "view: items=3 total=12 sort=album");
    window_place items = window_session_place(session, "Items");
    window_session_click(session, "Items");
    window_session_key(session, "Home");
    /* The first card, to behind the third. */
    drag(session, items.x + 90, items.y + 80, items.x + 600, items.y + 90, "album-drag");
    window_session_wait_both(session, "edit: action=make kind=order-album changed=3",
                             "view: items=3 total=12 sort=album");
    expect_first(session, "picture b.ppm");
    window_session_key(session, "ctrl+shift+b");
    window_session_wait_both(session, "edit: action=make kind=remove-from-album changed=1",
                             "view: items=2 total=12 sort=album");
    window_session_key(session, "ctrl+z");
    window_session_wait_both(session, "edit: action=undo kind=remove-from-album changed=1",
                             "view: items=3 total=12 sort=album");
    expect_first(session, "picture b.ppm");
    window_session_screenshot(session, "album-ordered");
    window_session_key(session, "alt+i");
    window_session_key(session, "b");
    window_session_screenshot(session, "album-menu");
    window_session_key(session, "d");
    window_session_wait_both(session, "edit: action=make kind=delete-album changed=4",
                             "view: items=12 total=12 sort=path");
    window_session_screenshot(session, "album-deleted");
    /* It comes back with its items in their order, and goes again. */
    window_session_key(session, "ctrl+z");
    window_session_wait_both(session, "edit: action=undo kind=delete-album changed=4 skipped=0",
                             "sidebar: albums: album:\"Best of all\"=3");
    find_row(session, "album:\"Best of all\"");
    window_session_wait(session, "view: items=3 total=12 sort=album");
    expect_first(session, "picture b.ppm");
    window_session_key(session, "ctrl+shift+z");
    window_session_wait_both(session, "edit: action=redo kind=delete-album changed=4 skipped=0",
                             "sidebar: shows: \n");
    /* Back to where there was none: deletion, removal, order, making. */
    window_session_key(session, "ctrl+z");
    window_session_wait(session, "edit: action=undo kind=delete-album changed=4 skipped=0");
    window_session_key(session, "ctrl+z");
    window_session_wait(session, "edit: action=undo kind=order-album changed=3 skipped=0");
    window_session_click(session, "Items");
    window_session_key(session, "ctrl+z");
    window_session_wait(session, "edit: action=undo kind=create-album changed=4 skipped=0");
}

static void albums_are_renamed_and_that_is_undone(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    window_session_click(session, "Items");
    window_session_key(session, "Home shift+Right");
    window_session_key(session, "ctrl+shift+n");
    window_session_wait(session, "place: New album:");
    window_session_type(session, "First");
    window_session_key(session, "Return");
    window_session_wait(session, "sidebar: albums: album:\"First\"=2");
    find_row(session, "album:\"First\"");
    window_session_wait(session, "view: items=2 total=12 sort=album");
    window_session_key(session, "alt+i");
    window_session_key(session, "b");
    window_session_key(session, "m");
    window_session_wait(session, "place: Rename the album:");
    window_session_key(session, "ctrl+a");
    window_session_type(session, "Second");
    window_session_key(session, "Return");
    window_session_wait(session, "sidebar: albums: album:\"Second\"=2");
    window_session_wait(session, "sidebar: shows: album:\"Second\""); /* it is still what is chosen */
    window_session_wait(session, "view: items=2 total=12 sort=album");
    window_session_click(session, "Items");
    window_session_key(session, "alt+e");
    window_session_screenshot(session, "album-undo-menu");
    window_session_key(session, "Escape");
    window_session_key(session, "ctrl+z");
    window_session_wait(session, "sidebar: albums: album:\"First\"=2");
}

static void the_palette_goes_to_places(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    give_tag(session, "place/New York", PICTURES);
    window_session_wait(session, "sidebar: tags: tag:\"/place/New York\"=12");
    window_session_key(session, "ctrl+shift+p");
    window_session_wait(session, "palette: opened");
    window_session_type(session, "ne");
    window_session_wait(session, "places=1 first=place/New York");
    window_session_screenshot(session, "palette-mixed");
    window_session_key(session, "ctrl+a");
    window_session_type(session, "#new y");
    window_session_wait(session, "palette: commands=0 places=1 first=place/New York");
    window_session_key(session, "Return");
    window_session_wait(session, "palette: went to tag:\"/place/New York\"");
    window_session_wait(session, "status: 12 of 12 items");
    window_session_key(session, "ctrl+shift+p");
    window_session_wait(session, "palette: opened");
    window_session_type(session, "/pict");
    window_session_wait(session, "palette: commands=0 places=1 first=/");
    window_session_screenshot(session, "palette-folders");
    window_session_key(session, "Return");
    window_session_wait(session, "palette: went to folder:");
    window_session_wait(session, "view: items=12 ");
    window_session_key(session, "ctrl+shift+p");
    window_session_wait(session, "palette: opened");
    window_session_type(session, "@zzz");
    window_session_wait(session, "palette: commands=0 places=0");
    window_session_key(session, "Return Escape");
    window_session_wait(session, "palette: closed");
}

int main(void)
{
    if (!window_session_possible()) {
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_condition_without_its_value_hides_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_box_completes_what_is_typed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(suggestions_stand_above_what_is_wrong, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_saved_filter_is_forgotten_only_when_it_is_chosen, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(choices_are_chips_that_can_be_taken_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(albums_are_made_ordered_and_deleted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(albums_are_renamed_and_that_is_undone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_palette_goes_to_places, set_up, tear_down),
        cmocka_unit_test_setup_teardown(items_dropped_on_a_row_get_what_it_stands_for, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
