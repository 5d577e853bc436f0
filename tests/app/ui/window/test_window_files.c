/* Files are trashed, renamed and put back in the window, by keys and buttons. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char *const samples[] = {"Landscapes/aurora.jpg", "Landscapes/dunes.webp", "Objects/spheres.jpg",
                                      "Space/nebula.jpg", "Models/vase.stl"};
enum { COUNT = sizeof samples / sizeof *samples };

static struct {
    char *home, *folder;
    window_session *session;
} here;

/* Until the log has said it so often, in whichever order with other things. */
static void until(const char *text, int times)
{
    enum { TRIES = 400 };
    int tries = 0;
    while (window_session_count(here.session, text) < times) {
        if (++tries > TRIES) {
            fail_msg("not said %d times: %s", times, text);
        }
        nanosleep(&(struct timespec){0, 50000000}, NULL);
    }
}

static int set_up(void **state)
{
    (void)state;
    here.home = files_temporary_folder();
    here.folder = strdup(files_folder(here.home, "pictures"));
    for (size_t i = 0; i < COUNT; i++) {
        char *from = strdup(files_sample(samples[i]));
        files_copy(from, files_path(here.folder, strchr(samples[i], '/') + 1), 0);
        free(from);
    }
    files_write(files_path(here.folder, "aurora.jpg.xmp"), "<x/>", 4);
    here.session = window_session_start(here.home, (const char *const[]){here.folder, NULL});
    until("import ended: imported=5 ", 1);
    until("view: items=5 ", 1);
    window_session_skip(here.session);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    int status = window_session_end(here.session, SIGTERM);
    assert_int_equal(status, 0); /* also with dialogues that were open */
    files_remove(here.home);
    free(here.folder);
    return 0;
}

static bool is_there(const char *name)
{
    return access(files_path(here.folder, name), F_OK) == 0;
}

static void first_item(void)
{
    window_session_click(here.session, "Items");
    window_session_key(here.session, "Home");
}

static void delete_asks_and_is_undone(void **state)
{
    (void)state;
    first_item();
    window_session_key(here.session, "Delete");
    window_session_wait(here.session, "files: asked: Move \u201caurora.jpg\u201d to the trash?");
    window_session_place(here.session, "Move to trash");
    window_session_screenshot(here.session, "files-trash-question");
    window_session_click(here.session, "Keep");
    assert_true(is_there("aurora.jpg"));

    first_item();
    window_session_key(here.session, "Delete");
    window_session_wait(here.session, "files: asked:");
    window_session_click(here.session, "Move to trash");
    until("files: Moving to the trash ended: items=1 files=2 done=2 failed=0", 1);
    until("view: items=4 ", 1);
    assert_false(is_there("aurora.jpg") || is_there("aurora.jpg.xmp"));
    window_session_screenshot(here.session, "files-trashed");
    window_session_click(here.session, "Undo");
    until("files: Putting back from the trash ended: items=1 files=2 done=2", 1);
    until("view: items=5 ", 2);
    assert_true(is_there("aurora.jpg") && is_there("aurora.jpg.xmp"));
    first_item();
    window_session_key(here.session, "ctrl+shift+z"); /* and once more */
    until("files: Moving to the trash ended: ", 2);
    until("view: items=4 ", 2);
    assert_false(is_there("aurora.jpg"));
}

static void what_shall_not_be_asked_again_is_not(void **state)
{
    (void)state;
    first_item();
    window_session_key(here.session, "Delete");
    window_session_wait(here.session, "files: asked:");
    window_session_click(here.session, "Do not ask again");
    window_session_click(here.session, "Move to trash");
    window_session_wait(here.session, "view: items=4 ");
    first_item();
    window_session_key(here.session, "Delete");
    window_session_wait(here.session, "view: items=3 ");
    assert_int_equal(window_session_count(here.session, "files: asked:"), 1);

    /* For ever is asked each time. */
    first_item();
    window_session_key(here.session, "shift+Delete");
    window_session_wait(here.session, "for ever?");
    window_session_place(here.session, "Delete for ever");
    window_session_screenshot(here.session, "files-delete-question");
    window_session_key(here.session, "Return"); /* what is pressed by mistake keeps everything */
    first_item();
    window_session_key(here.session, "shift+Delete");
    window_session_wait(here.session, "for ever?");
    window_session_key(here.session, "Tab");
    window_session_click(here.session, "Keep");
}

static void several_are_renamed_by_a_pattern_and_back(void **state)
{
    (void)state;
    first_item();
    window_session_key(here.session, "ctrl+a");
    window_session_key(here.session, "F2");
    window_session_wait(here.session, "rename: 0 items get a new name");
    window_session_type(here.session, "same");
    window_session_wait(here.session, "another of these files gets the same name");
    window_session_screenshot(here.session, "files-rename-conflict");
    window_session_key(here.session, "ctrl+a");
    window_session_type(here.session, "holiday-{n:3}-{name}");
    window_session_wait(here.session, "rename: 5 items get a new name");
    window_session_screenshot(here.session, "files-rename");
    window_session_click(here.session, "Rename");
    window_session_wait(here.session, "files: Renaming ended: items=5 files=6 done=6 failed=0");
    assert_true(is_there("holiday-001-aurora.jpg") && is_there("holiday-001-aurora.jpg.xmp"));
    assert_false(is_there("aurora.jpg"));
    window_session_screenshot(here.session, "files-renamed");
    first_item();
    window_session_key(here.session, "ctrl+z");
    window_session_wait(here.session, "files: Taking back names ended: items=5 files=6 done=6");
    assert_true(is_there("aurora.jpg") && is_there("vase.stl"));
}

static void one_is_renamed_by_its_name(void **state)
{
    (void)state;
    first_item();
    window_session_key(here.session, "F2");
    window_session_wait(here.session, "rename: 0 items get a new name");
    window_session_screenshot(here.session, "files-rename-one");
    window_session_type(here.session, "north"); /* in the place of the stem, which is selected */
    window_session_wait(here.session, "rename: 1 item gets a new name");
    window_session_key(here.session, "Return");
    window_session_wait(here.session, "files: Renaming ended: items=1 files=2 done=2 failed=0");
    assert_true(is_there("north.jpg") && is_there("north.jpg.xmp"));
}

/* The dialogue is open on all items, with `downs` kinds further down chosen, and says that it would be
 * `what`. */
static char *open_export(int downs, const char *what)
{
    char expected[128];
    char *to = strdup(files_folder(here.home, "exported"));
    first_item();
    window_session_key(here.session, "ctrl+a");
    window_session_key(here.session, "ctrl+e");
    window_session_click(here.session, "Export to the folder");
    window_session_key(here.session, "ctrl+a");
    window_session_type(here.session, to);
    window_session_key(here.session, "shift+Tab");
    for (int i = 0; i < downs; i++) {
        window_session_key(here.session, "Down");
    }
    snprintf(expected, sizeof expected, "export: kind=%d would be: %s", downs, what);
    window_session_wait(here.session, expected);
    return to;
}

static void files_are_exported_as_copies(void **state)
{
    (void)state;
    char *to = open_export(0, "6 files, ");
    window_session_screenshot(here.session, "files-export");
    window_session_click(here.session, "Export");
    window_session_wait(here.session, "export ended: done=6 failed=0");
    assert_int_equal(access(files_path(to, "aurora.jpg.xmp"), F_OK), 0);
    assert_int_equal(access(files_path(to, "vase.stl"), F_OK), 0);
    assert_true(is_there("aurora.jpg"));
    free(to);
}

static void pictures_are_exported_smaller(void **state)
{
    (void)state;
    char *to = open_export(1, "5 files, about ");
    window_session_screenshot(here.session, "files-export-jpeg");
    window_session_click(here.session, "Longest side, pixels");
    window_session_key(here.session, "ctrl+a");
    window_session_type(here.session, "300");
    window_session_wait(here.session, " would be: 5 files, about ");
    window_session_click(here.session, "Export");
    window_session_wait(here.session, "export ended: done=5 failed=0");
    size_t count = 0;
    char *bytes = files_read(files_path(to, "nebula.jpg"), &count);
    assert_memory_equal(bytes, "\xff\xd8\xff", 3);
    assert_true(count > 1000 && count < 60000);
    free(bytes);
    assert_int_equal(access(files_path(to, "vase.jpg"), F_OK), 0);
    assert_int_equal(access(files_path(to, "dunes.jpg"), F_OK), 0);
    free(to);
}

static void a_contact_sheet_is_a_pdf(void **state)
{
    (void)state;
    char *to = open_export(4, "1 page");
    window_session_screenshot(here.session, "files-export-sheet");
    window_session_click(here.session, "Export");
    window_session_wait(here.session, "export ended: done=5 failed=0");
    size_t count = 0;
    char *bytes = files_read(files_path(to, "contact sheet.pdf"), &count);
    assert_memory_equal(bytes, "%PDF-1.4", 8);
    assert_non_null(memmem(bytes, count, "/Count 1 ", 9));
    assert_true(count > 50000); /* the pictures are on it */
    free(bytes);
    free(to);
}

static void a_contact_sheet_is_pictures(void **state)
{
    (void)state;
    char *to = open_export(5, "1 page");
    window_session_click(here.session, "Size");
    window_session_wait(here.session, " would be: 1 page");
    window_session_click(here.session, "Date"); /* the button waits for each look */
    window_session_wait(here.session, " would be: 1 page");
    window_session_screenshot(here.session, "files-export-sheet-captions");
    assert_int_equal(unlink(files_path(here.folder, "dunes.webp")), 0); /* its thumbnail is known */
    window_session_click(here.session, "Export");
    window_session_wait(here.session, "export ended: done=5 failed=0");
    assert_int_equal(access(files_path(to, "contact sheet.png"), F_OK), 0);
    const char *shots = getenv("VITRINE_SCREENSHOTS");
    if (shots) { /* for people to look at */
        char *from = strdup(files_path(to, "contact sheet.png"));
        files_copy(from, files_path(shots, "contact-sheet.png"), 0);
        free(from);
    }
    free(to);
}

static void a_list_is_what_is_known(void **state)
{
    (void)state;
    char *to = open_export(6, "A list of 5 items");
    window_session_screenshot(here.session, "files-export-list");
    window_session_click(here.session, "Export");
    window_session_wait(here.session, "export ended: done=5 failed=0");
    size_t count = 0;
    char *bytes = files_read(files_path(to, "items.csv"), &count);
    assert_memory_equal(bytes, "id,path,kind,format,", 20);
    assert_non_null(memmem(bytes, count, "/aurora.jpg,image,JPEG,", 23));
    free(bytes);

    /* What was chosen last is offered again, and what is there gets no harm. */
    first_item();
    window_session_key(here.session, "ctrl+e");
    window_session_wait(here.session, " would be: A list of 1 item");
    window_session_click(here.session, "Kind of export");
    window_session_key(here.session, "Return");
    window_session_click(here.session, "Which items");
    window_session_key(here.session, "Down");
    window_session_key(here.session, "Return");
    window_session_wait(here.session, " would be: A list of 5 items");
    window_session_click(here.session, "Export");
    window_session_wait(here.session, "export ended: done=5 failed=0");
    assert_int_equal(access(files_path(to, "items (2).csv"), F_OK), 0);
    free(to);
}

static void pictures_go_as_webp_with_numbers_for_taken_names(void **state)
{
    (void)state;
    char *to = open_export(3, "5 files, about ");
    files_write(files_path(to, "nebula.webp"), "mine", 4);
    window_session_click(here.session, "Quality");
    window_session_key(here.session, "ctrl+a");
    window_session_type(here.session, "40");
    window_session_wait(here.session, "; 1 name is taken and gets a number");
    window_session_screenshot(here.session, "files-export-webp");
    window_session_click(here.session, "Export");
    window_session_wait(here.session, "export ended: done=5 failed=0");
    size_t count = 0;
    char *bytes = files_read(files_path(to, "nebula.webp"), &count);
    assert_int_equal(count, 4);
    free(bytes);
    bytes = files_read(files_path(to, "nebula (2).webp"), &count);
    assert_memory_equal(bytes + 8, "WEBP", 4);
    free(bytes);
    assert_int_equal(access(files_path(to, "vase.webp"), F_OK), 0);
    free(to);
}

static void a_folder_that_is_not_there_is_told(void **state)
{
    (void)state;
    first_item();
    window_session_key(here.session, "ctrl+e");
    window_session_click(here.session, "Export to the folder");
    window_session_type(here.session, "/no/such/folder");
    window_session_wait(here.session, " would be: There is no such folder");
    window_session_screenshot(here.session, "files-export-no-folder");
    window_session_key(here.session, "Escape");
}

int main(void)
{
    if (!window_session_possible()) {
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(delete_asks_and_is_undone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_shall_not_be_asked_again_is_not, set_up, tear_down),
        cmocka_unit_test_setup_teardown(several_are_renamed_by_a_pattern_and_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_is_renamed_by_its_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(files_are_exported_as_copies, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pictures_are_exported_smaller, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_contact_sheet_is_a_pdf, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_contact_sheet_is_pictures, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_list_is_what_is_known, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pictures_go_as_webp_with_numbers_for_taken_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_folder_that_is_not_there_is_told, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
