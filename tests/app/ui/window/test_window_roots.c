/* The window on a display: the imported folders, as a person looks after them. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WATCH_BOX "Take up changes in this folder while Vitrine runs"
#define SCAN_BOX  "Look through this folder when Vitrine starts"

typedef struct fixture {
    char *folder;   /* files_remove() frees it */
    char *pictures; /* owned */
    window_session *session;
} fixture;

enum { PICTURES = 5 };

static int set_up(void **state)
{
    fixture *all = calloc(1, sizeof *all);
    all->folder = files_temporary_folder();
    all->pictures = strdup(files_folder(all->folder, "Holiday pictures"));
    for (int i = 0; i < PICTURES; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "beach %d.ppm", i);
        files_write_picture(files_path(all->pictures, name), 300, 200, (unsigned)i);
    }
    all->session = window_session_start(all->folder, (const char *const[]){all->pictures, NULL});
    window_session_wait(all->session, "import ended:");
    if (window_session_value(all->session, "view: items") != PICTURES) {
        window_session_wait(all->session, "view: items=5 ");
    }
    *state = all;
    return 0;
}

static int tear_down(void **state)
{
    fixture *all = *state;
    int status = window_session_end(all->session, SIGTERM);
    files_remove(all->folder);
    free(all->pictures);
    free(all);
    return status;
}

/* Letters of the menu. */
static void open_folders(window_session *session, const char *said)
{
    window_session_skip(session);
    window_session_key(session, "alt+f");
    window_session_do(session, "sleep 0.3");
    window_session_key(session, "o");
    window_session_wait(session, said);
}

static void what_is_done_with_a_folder_is_chosen(void **state)
{
    window_session *session = ((const fixture *)*state)->session;
    open_folders(session, "folders: shown=1 watched=1 scanned=0");
    window_session_do(session, "sleep 0.4");
    window_session_screenshot(session, "roots");
    window_session_click(session, SCAN_BOX);
    window_session_wait(session, "folders: Changed");
    window_session_wait(session, "folders: shown=1 watched=1 scanned=1");
    window_session_click(session, WATCH_BOX);
    window_session_wait(session, "folders: shown=1 watched=0 scanned=1");
    window_session_do(session, "sleep 0.3");
    window_session_screenshot(session, "roots-changed");
    window_session_click(session, WATCH_BOX);
    window_session_wait(session, "folders: shown=1 watched=1 scanned=1");
}

static void a_folder_is_removed_and_its_items_stay(void **state)
{
    window_session *session = ((const fixture *)*state)->session;
    open_folders(session, "folders: shown=1 ");
    window_session_click(session, "Remove\u2026");
    window_session_wait(session, "folders: asked own=5 marked=0");
    window_session_do(session, "sleep 0.4");
    window_session_screenshot(session, "roots-question");
    window_session_key(session, "Escape"); /* nothing is done */
    window_session_do(session, "sleep 0.3");
    window_session_click(session, "Remove\u2026");
    window_session_wait(session, "folders: asked own=5 marked=0");
    window_session_click(session, "Keep its items");
    window_session_wait(session, "folders: Removed; its items stay");
    window_session_wait(session, "folders: shown=0 ");
    window_session_do(session, "sleep 0.3");
    window_session_screenshot(session, "roots-empty");
    assert_int_equal(window_session_value(session, "view: items"), PICTURES);
    window_session_skip(session);
    window_session_click(session, "Close");
    window_session_do(session, "sleep 0.3");
    window_session_click(session, "Items");
    window_session_key(session, "ctrl+a");
    window_session_wait(session, "5 selected");
}

static void a_folder_is_removed_with_its_items(void **state)
{
    const fixture *all = *state;
    window_session *session = all->session;
    window_session_click(session, "Items");
    window_session_key(session, "Home 3");
    window_session_wait(session, " kind=rating ");
    open_folders(session, "folders: shown=1 ");
    window_session_click(session, "Remove\u2026");
    window_session_wait(session, "folders: asked own=5 marked=1");
    window_session_do(session, "sleep 0.4");
    window_session_screenshot(session, "roots-question-marked");
    window_session_click(session, "Remove its items, too");
    window_session_wait_both(session, "folders: Removed, with 5 items", "view: items=0 ");
    window_session_wait(session, "folders: shown=0 ");
    assert_int_equal(access(files_path(all->pictures, "beach 0.ppm"), F_OK), 0);
}

#define roots_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    if (!window_session_possible()) {
        fprintf(stderr, "skipped: no window can be opened here\n");
        return 77;
    }
    const struct CMUnitTest tests[] = {
        roots_test(what_is_done_with_a_folder_is_chosen),
        roots_test(a_folder_is_removed_and_its_items_stay),
        roots_test(a_folder_is_removed_with_its_items),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
