/* What pictures carry in themselves, in the window on a display: the filter, the sidebar and the table know
   it from the first import on, and follow what other programs write. */
#include "tests/support/check.h"

#include "tests/support/carrying.h"
#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct fixture {
    char *home, *folder;
    window_session *session;
} fixture;

static const char *in(const fixture *all, const char *name)
{
    return files_path(all->folder, name);
}

static void write_pictures(const fixture *all)
{
    carrying_jpeg(in(all, "rome.jpg"), "Landscapes/city at night.jpg",
                  CARRYING_XMP("xmp:Rating='5' xmp:Label='Red'",
                               CARRYING_WORDS(CARRYING_ITEM("Rome") CARRYING_ITEM("holidays"))
                                   CARRYING_LEVELS(CARRYING_ITEM("Places|Italy|Rome"))));
    carrying_jpeg(in(all, "sea.jpg"), "Landscapes/evening sea.jpg",
                  CARRYING_XMP("xmp:Rating='4' xmp:Label='Blue'",
                               CARRYING_WORDS(CARRYING_ITEM("beach") CARRYING_ITEM("holidays"))));
    carrying_png(in(all, "tiles.png"), "Patterns/tiles.png",
                 CARRYING_XMP("MicrosoftPhoto:Rating='50'", CARRYING_WORDS(CARRYING_ITEM("floor"))));
    carrying_webp(in(all, "dunes.webp"), "Landscapes/dunes.webp",
                  CARRYING_XMP("xmp:Label='Yellow'", CARRYING_LEVELS(CARRYING_ITEM("Places|Namib"))));
    carrying_iptc(in(all, "balloons.jpg"), "Landscapes/balloons.jpg",
                  (const char *const[]){"sky", "holidays", NULL});
    files_write_picture(in(all, "plain.ppm"), 60, 40, 1);
}

static int begin(void **state, bool dark)
{
    fixture *all = calloc(1, sizeof *all);
    assert_non_null(all);
    assert_int_equal(dark ? setenv("VITRINE_THEME", "dark", 1) : unsetenv("VITRINE_THEME"), 0);
    all->home = files_temporary_folder();
    all->folder = strdup(files_folder(all->home, "pictures"));
    write_pictures(all);
    all->session = window_session_start(all->home, (const char *const[]){all->folder, NULL});
    window_session_wait_both(all->session, "import ended: imported=6 ", "view: items=6 ");
    window_session_click(all->session, "Close this message");
    *state = all;
    return 0;
}

static int begin_light(void **state)
{
    return begin(state, false);
}

static int begin_dark(void **state)
{
    return begin(state, true);
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

/* Empties the filter box, and types into it. */
static void filter(window_session *session, const char *text, const char *view)
{
    window_session_key(session, "ctrl+f ctrl+a");
    window_session_type(session, text);
    window_session_wait(session, view);
}

static void the_filter_finds_them(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    filter(session, "tag:beach", "view: items=1 ");
    filter(session, "tag:holidays", "view: items=3 ");
    window_session_key(session, "Escape");
    window_session_screenshot(session, "embedded-filtered");
    filter(session, "rating>=4", "view: items=2 ");
    filter(session, "label:yellow", "view: items=1 ");
    filter(session, "tag:Places", "view: items=2 ");
    filter(session, "rating:3", "view: items=1 ");
    /* Nothing of that is an edit that could be undone. */
    assert_int_equal(window_session_count(session, "edit: action="), 0);
}

/* The watched folder tells of what another program has written. */
static void what_others_write_is_followed(void **state)
{
    const fixture *all = *state;
    window_session *session = all->session;
    filter(session, "tag:beach", "view: items=1 ");
    carrying_jpeg(in(all, "more.jpg"), "Landscapes/aurora.jpg",
                  CARRYING_XMP("xmp:Rating='5'", CARRYING_WORDS(CARRYING_ITEM("beach"))));
    window_session_wait(session, "view: items=2 ");
    carrying_jpeg(in(all, "sea.jpg"), "Landscapes/evening sea.jpg",
                  CARRYING_XMP("xmp:Rating='1'", CARRYING_WORDS(CARRYING_ITEM("harbour"))));
    window_session_wait(session, "view: items=1 ");
    filter(session, "tag:harbour rating:1", "view: items=1 ");
}

/* What the user takes away stays away, though the picture still says it. */
static void what_the_user_says_holds(void **state)
{
    const fixture *all = *state;
    window_session *session = all->session;
    filter(session, "tag:beach", "view: items=1 ");
    window_session_key(session, "Escape");
    window_session_click(session, "Items");
    window_session_key(session, "Home 2");
    window_session_wait(session, "edit: action=make kind=rating changed=1 skipped=0 failed=0");
    carrying_jpeg(
        in(all, "sea.jpg"), "Landscapes/evening sea.jpg",
        CARRYING_XMP("xmp:Rating='3'", CARRYING_WORDS(CARRYING_ITEM("beach") CARRYING_ITEM("new"))));
    window_session_wait(session, "changes: imported=0 updated=1");
    filter(session, "tag:new rating:2", "view: items=1 ");
    window_session_key(session, "ctrl+f ctrl+a BackSpace");
    window_session_wait(session, "view: items=6 ");
    window_session_click(session, "Items");
    window_session_key(session, "ctrl+z");
    window_session_wait(session, "edit: action=undo kind=rating changed=1 skipped=0");
}

static void sidebar_and_table_show_them(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    const bool dark = getenv("VITRINE_THEME") != NULL;
    window_session_click(session, "Items");
    window_session_key(session, "Home");
    assert_true(window_session_count(session, "sidebar: tags: tag:\"/Places\"=2") > 0 ||
                window_session_says(session, "sidebar: tags: tag:\"/Places\"=2", 20000));
    window_session_screenshot(session, dark ? "embedded-library-dark" : "embedded-library");
    window_session_key(session, "alt+2");
    window_session_place(session, "Items as a table");
    window_session_screenshot(session, dark ? "embedded-table-dark" : "embedded-table");
}

#define light_test(name) cmocka_unit_test_setup_teardown(name, begin_light, tear_down)

int main(void)
{
    if (!window_session_possible()) {
        return 77;
    }
    const struct CMUnitTest tests[] = {
        light_test(the_filter_finds_them),
        light_test(what_others_write_is_followed),
        light_test(what_the_user_says_holds),
        light_test(sidebar_and_table_show_them),
        cmocka_unit_test_setup_teardown(sidebar_and_table_show_them, begin_dark, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
