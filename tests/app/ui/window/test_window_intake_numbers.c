/* The numbers of an import below "Advanced", as they are typed, clicked, emptied and mistaken. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

static struct {
    char *home, *folder;
    window_session *session;
} here;

static int set_up(void **state)
{
    (void)state;
    here.home = files_temporary_folder();
    here.folder = strdup(files_folder(here.home, "library"));
    for (int i = 0; i < 3; i++) {
        char name[] = {(char)('a' + i), '.', 'p', 'p', 'm', '\0'};
        files_write_picture(files_path(here.folder, name), 60, 50, (unsigned)i + 1);
    }
    here.session = window_session_start(here.home, (const char *const[]){"--jobs", "2", NULL});
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    int status = window_session_end(here.session, SIGTERM);
    files_remove(here.home);
    free(here.folder);
    assert_int_equal(status, 0);
    return 0;
}

/* The dialogue is open on the folder, with what is below "Advanced". */
static void open_dialog(void)
{
    window_session_key(here.session, "ctrl+o");
    window_session_place(here.session, "Import folders");
    window_session_click(here.session, "Choose a folder…");
    window_session_place(here.session, "Add a folder");
    window_session_type(here.session, here.folder);
    window_session_key(here.session, "Return");
    window_session_wait(here.session, "intake: counted: 3 files");
    window_session_click(here.session, "Advanced");
    window_session_place(here.session, "Workers");
}

static void type_into(const char *field, const char *text)
{
    window_session_click(here.session, field);
    window_session_key(here.session, "ctrl+a");
    window_session_type(here.session, text);
}

static void empty(const char *field)
{
    window_session_click(here.session, field);
    window_session_key(here.session, "ctrl+a");
    window_session_key(here.session, "BackSpace");
}

/* The arrow up of a number, or the one down. */
static void click_arrow(const char *field, bool up, int times)
{
    window_place at = window_session_place(here.session, field);
    int inset = at.height / 4;
    int x = at.x + at.width - inset - 2;
    int y = up ? at.y + inset : at.y + at.height - inset;
    window_session_do(here.session, "mousemove %d %d", x, y);
    window_session_do(here.session, "click --repeat %d --delay 120 1", times);
}

static void import(const char *numbers)
{
    window_session_click(here.session, "Import");
    window_session_wait(here.session, "intake: started: folders=1 ");
    window_session_wait(here.session, numbers);
    window_session_wait(here.session, "import ended: ");
}

static void what_is_typed_reaches_the_import(void **state)
{
    (void)state;
    open_dialog();
    type_into("Largest number of items", "2");
    type_into("Memory limit", "100");
    type_into("Batch size", "32");
    type_into("Chunk size", "8");
    type_into("Workers", "1");
    window_session_screenshot(here.session, "intake-numbers");
    import("items=2 memory=100 batch=32 chunk=8 workers=1");
    assert_int_equal(window_session_count(here.session, "import ended: imported=2 "), 1);
}

static void what_is_clicked_and_stepped_reaches_the_import(void **state)
{
    (void)state;
    open_dialog();
    click_arrow("Memory limit", true, 2);
    click_arrow("Batch size", true, 3);
    click_arrow("Batch size", false, 1);
    window_session_click(here.session, "Chunk size");
    window_session_key(here.session, "Up");
    click_arrow("Workers", true, 5); /* no more than the program has */
    click_arrow("Largest number of items", false, 2);
    import("items=0 memory=128 batch=32 chunk=16 workers=2");
}

/* Too little is said and not imported; too much becomes the most once the field is left. */
static void what_is_out_of_range_is_said_or_not_taken(void **state)
{
    (void)state;
    open_dialog();
    type_into("Memory limit", "63");
    window_session_wait(here.session, "intake: wrong: Memory limit");
    window_session_screenshot(here.session, "intake-numbers-wrong");
    window_session_click(here.session, "Import");
    assert_false(window_session_says(here.session, "intake: started", 800));
    type_into("Memory limit", "64");
    type_into("Batch size", "9999");
    window_session_screenshot(here.session, "intake-numbers-too-large");
    type_into("Chunk size", "5-");
    type_into("Workers", "two");
    type_into("Largest number of items", "1e9");
    import("items=19 memory=64 batch=384 chunk=5 workers=0");
}

/* However long it is, and whoever ends it: Return does, too, like the button. */
static void what_is_too_large_becomes_the_most(void **state)
{
    (void)state;
    open_dialog();
    type_into("Largest number of items", "123456789012345");
    type_into("Memory limit", "9,999,999");
    type_into("Workers", "0999");
    type_into("Batch size", "385");
    type_into("Chunk size", "4000");
    window_session_key(here.session, "BackSpace");
    window_session_key(here.session, "BackSpace"); /* it can be mended while it stands */
    import("items=1000000000 memory=1000000 batch=384 chunk=40 workers=2");
}

/* A field with nothing in it means what stands there at first. */
static void what_is_emptied_is_left_to_the_program(void **state)
{
    (void)state;
    open_dialog();
    type_into("Memory limit", "100");
    type_into("Batch size", "32");
    type_into("Chunk size", "8");
    type_into("Workers", "1");
    type_into("Largest number of items", "1");
    empty("Memory limit");
    empty("Batch size");
    empty("Chunk size");
    empty("Workers");
    empty("Largest number of items");
    import("items=0 memory=0 batch=0 chunk=0 workers=0");
    assert_int_equal(window_session_count(here.session, "import ended: imported=3 "), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_typed_reaches_the_import, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_clicked_and_stepped_reaches_the_import, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_out_of_range_is_said_or_not_taken, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_too_large_becomes_the_most, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_emptied_is_left_to_the_program, set_up, tear_down),
    };
    if (!window_session_possible()) {
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
