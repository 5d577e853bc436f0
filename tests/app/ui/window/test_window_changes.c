/* What happens outside while the window is open: it is shown soon afterwards, and what was moved is found. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PICTURES = 12 };

static void make_pictures(const char *folder)
{
    char name[32];
    for (int i = 0; i < PICTURES; i++) {
        snprintf(name, sizeof name, "picture %c.ppm", (char)('a' + i)); /* no number: no frames */
        files_write_picture(files_path(folder, name), 60, 40, (unsigned)i);
    }
}

/* The folder dialog, which the keyboard alone can use. */
static void find_missing_files_in(window_session *session, const char *folder)
{
    window_session_key(session, "alt+f");
    window_session_key(session, "m");
    window_session_wait(session, "place: Look for missing files in a folder:");
    window_session_type(session, folder);
    window_session_key(session, "Return");
}

static void changes_are_shown_and_what_moved_is_found(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = strdup(files_folder(home, "pictures"));
    char *outside = strdup(files_path(home, "outside"));
    make_pictures(folder);
    window_session *session = window_session_start(home, (const char *const[]){folder, NULL});
    window_session_wait_both(session, "import ended: imported=12 ", "view: items=12 ");
    sleep(1); /* the folder is watched from a moment after its import on */

    files_write_picture(files_path(folder, "new.ppm"), 60, 40, 99);
    window_session_wait(session, "changes: imported=1 ");
    window_session_wait(session, "view: items=13 ");
    unlink(files_path(folder, "new.ppm"));
    window_session_wait(session, "changes: imported=0 updated=0 moved=0 missing=1");

    char *deep = strdup(files_folder(folder, "deep"));
    make_pictures(deep);
    window_session_wait(session, "view: items=25 ");
    assert_int_equal(rename(deep, outside), 0);
    window_session_key(session, "alt+f");
    window_session_key(session, "w");
    window_session_wait(session, "view: items=13 "); /* with those that the import before was still reading */
    window_session_screenshot(session, "missing");

    find_missing_files_in(session, outside);
    window_session_wait(session, "relink: 12 of 13 missing items found among 12 files.");
    window_session_screenshot(session, "relink");
    window_session_click(session, "Relink");
    window_session_wait(session, "view: items=1 ");
    for (int round = 0; round < 100; round++) { /* which of the two comes first is left open */
        if (window_session_count(session, "relink: 12 items have been relinked.") == 1) {
            break;
        }
        usleep(100000);
    }
    assert_int_equal(window_session_count(session, "relink: 12 items have been relinked."), 1);
    window_session_screenshot(session, "relinked");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(deep);
    free(outside);
    free(folder);
    files_remove(home);
}

static void make_frames(const char *folder, const char *prefix)
{
    char name[32];
    for (int i = 1; i <= PICTURES; i++) {
        snprintf(name, sizeof name, "%s.%04d.ppm", prefix, i);
        files_write_picture(files_path(folder, name), 60, 40, (unsigned)i);
    }
}

/* A sequence is one row of what is found; of another one half of the frames is lost. */
static void a_sequence_that_moved_is_found_as_one_item(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = strdup(files_folder(home, "pictures"));
    char *deep = strdup(files_folder(folder, "deep"));
    char *outside = strdup(files_path(home, "outside"));
    make_frames(deep, "shot");
    make_frames(deep, "take");
    files_write_picture(files_path(folder, "still.ppm"), 60, 40, 3);
    window_session *session = window_session_start(home, (const char *const[]){folder, NULL});
    window_session_wait_both(session, "import ended: imported=3 ", "view: items=3 ");
    sleep(1);                  /* the folder is watched from a moment after its import on */
    make_frames(deep, "rush"); /* one by one, while it is watched */
    window_session_wait(session, "view: items=4 ");

    assert_int_equal(rename(deep, outside), 0);
    window_session_wait(session, "moved=0 missing=3");
    for (int i = 1; i <= PICTURES / 2; i++) {
        char name[32];
        snprintf(name, sizeof name, "take.%04d.ppm", i);
        assert_int_equal(unlink(files_path(outside, name)), 0);
    }
    find_missing_files_in(session, outside);
    window_session_wait(session,
                        "relink: 2 of 3 missing items found among 30 files. 1 sequence is there only");
    window_session_screenshot(session, "relink-sequences");
    window_session_click(session, "Relink");
    window_session_wait(session, "relink: 2 items have been relinked.");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(deep);
    free(outside);
    free(folder);
    files_remove(home);
}

static char *counted(const char *folder, int items)
{
    char *line = NULL;
    assert_true(asprintf(&line, "folders: %s=%d\n", folder, items) > 0);
    return line;
}

static void expect_count(window_session *session, const char *folder, int items)
{
    char *line = counted(folder, items);
    window_session_wait(session, line);
    free(line);
}

/* Waits for two folders at once: they are told in the order of their paths. */
static void expect_counts(window_session *session, const char *one, int items, const char *other,
                          int other_items)
{
    expect_count(session, one, items);
    expect_count(session, other, other_items);
}

/* The folder tree follows what is moved in the watched folders, and counts what is missing. */
static void the_folder_tree_counts_what_was_moved(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = strdup(files_folder(home, "pictures"));
    char *deep = strdup(files_folder(folder, "deep"));
    char *other = strdup(files_folder(folder, "other"));
    make_pictures(deep);
    files_write_picture(files_path(other, "one.ppm"), 60, 40, 50);
    window_session *session = window_session_start(home, (const char *const[]){folder, NULL});
    window_session_wait_both(session, "import ended: imported=13 ", "view: items=13 ");
    sleep(1); /* the folder is watched from a moment after its import on */
    window_session_skip(session);

    make_frames(other, "rush"); /* one item, one by one */
    expect_count(session, other, 2);
    for (int i = 0; i < 3; i++) { /* one after the other: each is an import */
        char name[32];
        snprintf(name, sizeof name, "picture %c.ppm", (char)('a' + i));
        char *from = strdup(files_path(deep, name));
        assert_int_equal(rename(from, files_path(other, name)), 0);
        free(from);
        expect_counts(session, deep, PICTURES - 1 - i, other, 3 + i);
    }
    assert_int_equal(unlink(files_path(other, "one.ppm")), 0);
    window_session_wait(session, "missing=1");
    for (int i = 1; i <= PICTURES; i++) { /* the sequence goes, too, and is one item there */
        char name[32];
        snprintf(name, sizeof name, "rush.%04d.ppm", i);
        char *from = strdup(files_path(other, name));
        assert_int_equal(rename(from, files_path(deep, name)), 0);
        free(from);
    }
    expect_counts(session, deep, PICTURES - 2, other, 4);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(other);
    free(deep);
    free(folder);
    files_remove(home);
}

int main(void)
{
    if (!window_session_possible()) {
        fprintf(stderr, "skipped: no window can be opened here\n");
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_are_shown_and_what_moved_is_found),
        cmocka_unit_test(a_sequence_that_moved_is_found_as_one_item),
        cmocka_unit_test(the_folder_tree_counts_what_was_moved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
