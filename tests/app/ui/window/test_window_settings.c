/* Settings in the window, applied while it works; several imports at once, and all of them cancelled. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PICTURES = 3000, SIDE = 700 };

static void make_pictures(const char *folder, int count, int side)
{
    for (int i = 0; i < count; i++) {
        char name[32];
        snprintf(name, sizeof name, "picture %05dx.ppm", i);
        files_write_picture(files_path(folder, name), side, side, (unsigned)i);
    }
}

/* Many names of few files: seconds of work without the disk. */
static char *make_large_folder(const char *home, const char *name)
{
    enum { ORIGINALS = 4 };
    char *folder = strdup(files_folder(home, name));
    char *originals = strdup(files_folder(folder, ".originals"));
    make_pictures(originals, ORIGINALS, SIDE);
    for (int i = 0; i < PICTURES; i++) {
        char from[32], to[32];
        snprintf(from, sizeof from, "picture %05dx.ppm", i % ORIGINALS);
        snprintf(to, sizeof to, "%05dth picture.ppm", i);
        assert_int_equal(link(files_path(originals, from), files_path(folder, to)), 0);
    }
    free(originals);
    return folder;
}

static void set_number(window_session *session, const char *name, const char *value)
{
    window_session_click(session, name);
    window_session_key(session, "ctrl+a");
    window_session_type(session, value);
    window_session_key(session, "Tab");
}

static void expect_file(const char *home, const char *text)
{
    size_t size;
    char *found = files_read(files_path(home, "config/vitrine/settings.conf"), &size);
    if (!strstr(found, text)) {
        fail_msg("%s", found);
    }
    free(found);
}

static void settings_are_applied_refused_and_reset(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = strdup(files_folder(home, "few"));
    make_pictures(folder, 3, 40);
    window_session *session = window_session_start(home, (const char *const[]){folder, NULL});
    window_session_wait(session, "import ended: imported=3 ");
    window_session_key(session, "ctrl+comma");
    window_session_place(session, "Apply");
    window_session_screenshot(session, "settings");
    set_number(session, "Files read at once", "3");
    set_number(session, "Slide show: each picture stays", "7");
    window_session_click(session, "Apply");
    window_session_wait(session, "settings: Applied.");
    expect_file(home, "jobs = 3\n");
    expect_file(home, "viewer.slide_seconds = 7\n");
    window_session_screenshot(session, "settings-applied");
    set_number(session, "Memory to stay within", "500");
    window_session_click(session, "Apply");
    window_session_wait(session, "settings: \u201cMemory to stay within\u201d must not be more than "
                                 "\u201cMemory never to exceed\u201d");
    window_session_screenshot(session, "settings-refused");
    window_session_click(session, "Standard values");
    window_session_click(session, "Apply");
    window_session_wait(session, "settings: Applied.");
    size_t size;
    char *found = files_read(files_path(home, "config/vitrine/settings.conf"), &size);
    assert_null(strstr(found, "jobs"));
    free(found);
    window_session_click(session, "Apply");
    window_session_wait(session, "settings: Nothing was changed.");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(folder);
    files_remove(home);
}

/* Whoever scrolls past a number does not change it. */
static void the_wheel_scrolls_past_fields(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = window_session_start(home, (const char *const[]){NULL});
    window_session_key(session, "ctrl+comma");
    window_place field = window_session_place(session, "Files read at once");
    window_session_skip(session);
    window_session_do(session, "mousemove %d %d", field.x + field.width / 2, field.y + field.height / 2);
    window_session_do(session, "click 5");
    window_session_wait(session, "place: Files read at once:");
    assert_true(window_session_place(session, "Files read at once").y < field.y);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

static void a_search_leaves_what_fits_and_marks_it(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = window_session_start(home, (const char *const[]){NULL});
    window_session_key(session, "ctrl+comma");
    window_place first = window_session_place(session, "Triangles of a model");
    window_session_click(session, "Search settings");
    window_session_type(session, "triang");
    window_place alone = window_session_place(session, "Triangles of a model");
    for (int i = 0; i < 100 && alone.y == first.y; i++) { /* the others go away above it */
        usleep(50000);
        alone = window_session_place(session, "Triangles of a model");
    }
    assert_true(alone.y < first.y);
    window_session_screenshot(session, "settings-search");
    set_number(session, "Triangles of a model", "100");
    window_session_click(session, "Apply");
    window_session_wait(session, "settings: Applied.");
    expect_file(home, "limits.triangles = 100\n");
    window_session_click(session, "Standard value of: Triangles of a model");
    window_session_click(session, "Apply");
    window_session_wait(session, "settings: Applied.");
    window_session_click(session, "Search settings");
    window_session_type(session, "zzz");
    window_session_screenshot(session, "settings-search-nothing");
    window_session_click(session, "Keyboard\u2026");
    window_session_place(session, "Search keys");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

static void choose(window_session *session, const char *name, const char *keys)
{
    window_session_click(session, name); /* the list of words */
    window_session_key(session, keys);
    window_session_key(session, "Return");
}

static int files_in(const char *folder)
{
    DIR *stream = opendir(folder);
    int count = 0;
    for (const struct dirent *entry; stream && (entry = readdir(stream));) {
        count += entry->d_name[0] != '.';
    }
    if (stream) {
        closedir(stream);
    }
    return count;
}

static void choices_hold_for_the_next_import(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = strdup(files_folder(home, "photographs"));
    for (int i = 1; i <= 6; i++) { /* careful grouping leaves such names single */
        char name[32];
        snprintf(name, sizeof name, "IMG_%04d.ppm", i);
        files_write_picture(files_path(folder, name), 300, 200, (unsigned)i);
    }
    window_session *session = window_session_start(home, (const char *const[]){folder, NULL});
    window_session_wait(session, "import ended: imported=6 ");
    const char *left = files_path(home, "cache/thumbnails/large");
    assert_int_equal(files_in(left), 0);
    window_session_key(session, "ctrl+comma");
    window_session_place(session, "Apply");
    choose(session, "Thumbnails of other programs", "Down");
    choose(session, "Numbered images as one item", "End");
    window_session_screenshot(session, "settings-chosen");
    window_session_click(session, "Apply");
    window_session_wait(session, "settings: Applied.");
    expect_file(home, "thumbnails.shared = write\n");
    expect_file(home, "sequences = eager\n");
    window_session_click(session, "Close");
    char *other = strdup(files_folder(home, "other"));
    for (int i = 1; i <= 6; i++) {
        char name[32];
        snprintf(name, sizeof name, "DSC_%04d.ppm", i);
        files_write_picture(files_path(other, name), 300, 200, (unsigned)i + 10);
    }
    files_write_picture(files_path(other, "cover.ppm"), 300, 200, 20);
    window_session_click(session, "Add folder\u2026");
    window_session_click(session, "Choose a folder\u2026");
    window_session_place(session, "Add a folder");
    window_session_type(session, other);
    window_session_key(session, "Return");
    window_session_wait(session, "intake: counted: 2 files: 2 new;");
    window_session_click(session, "Import");
    window_session_wait(session, "import ended: imported=2 ");
    assert_int_equal(files_in(files_path(home, "cache/thumbnails/large")), 1);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(other);
    free(folder);
    files_remove(home);
}

static void a_broken_file_is_told_in_the_window(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    files_folder(home, "config");
    files_folder(home, "config/vitrine");
    const char text[] = "memory.soft = much\n";
    files_write(files_path(home, "config/vitrine/settings.conf"), text, sizeof text - 1);
    window_session *session = window_session_start(home, (const char *const[]){NULL});
    window_session_wait(session, "settings.conf, line 1: memory.soft takes a whole number");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

static void several_imports_are_cancelled_at_once(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *first = make_large_folder(home, "first");
    char *second = make_large_folder(home, "second");
    window_session *session = window_session_start(home, (const char *const[]){"--jobs", "1", first, NULL});
    window_session_place(session, "Cancel");
    window_session_key(session, "ctrl+o");
    window_session_click(session, "Choose a folder\u2026");
    window_session_place(session, "Add a folder");
    window_session_type(session, second);
    window_session_key(session, "Return");
    window_session_wait(session, "intake: counted:");
    window_session_click(session, "Import");
    window_session_place(session, "Cancel all");
    window_session_screenshot(session, "two-imports");
    window_session_click(session, "Cancel all");
    int64_t pressed = vt_clock_now();
    window_session_wait(session, "import ended:");
    window_session_wait(session, "import ended:");
    assert_true(vt_clock_now() - pressed < 4 * VT_NS_PER_S);
    window_session_screenshot(session, "two-cancelled");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(first);
    free(second);
    files_remove(home);
}

/* Down, then up again. */
static void scroll_slowly(window_session *session)
{
    window_session_click(session, "Items");
    window_place grid = window_session_place(session, "Items");
    for (int notch = 0; notch < 40; notch++) {
        window_session_do(session, "mousemove %d %d click %d", grid.x + 200, grid.y + 200,
                          notch < 20 ? 5 : 4);
    }
}

static void what_was_seen_is_kept_and_what_comes_is_loaded_ahead(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = strdup(files_folder(home, "some"));
    make_pictures(folder, 600, 60);
    window_session *session = window_session_start(home, (const char *const[]){folder, NULL});
    window_session_wait_both(session, "import ended: imported=600 ", "view: items=600 ");
    scroll_slowly(session);
    window_session_key(session, "ctrl+q");
    window_session_wait(session, "pictures: active_hits=");
    assert_true(window_session_value(session, "ahead") > 0);
    assert_true(window_session_value(session, "active_hits") > 0); /* on the way back */
    assert_true(window_session_value(session, "active_bytes") > 0);
    print_message("pictures: hit ratio %.2f, %.0f loaded ahead\n", window_session_value(session, "hit_ratio"),
                  window_session_value(session, "ahead"));
    assert_int_equal(window_session_end(session, 0), 0);
    files_remove(home);
    free(folder);
}

/* The program itself takes more than the smallest limits allow. */
static void when_memory_is_short_nothing_is_loaded_ahead(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = strdup(files_folder(home, "some"));
    const char text[] = "memory.soft = 64\nmemory.hard = 96\n";
    make_pictures(folder, 600, 60);
    files_folder(home, "config");
    files_folder(home, "config/vitrine");
    files_write(files_path(home, "config/vitrine/settings.conf"), text, sizeof text - 1);
    window_session *session = window_session_start(home, (const char *const[]){folder, NULL});
    window_session_wait_both(session, "import ended: imported=600 ", "view: items=600 ");
    scroll_slowly(session); /* as above */
    window_session_key(session, "End");
    window_session_key(session, "Return");
    window_session_wait(session, "viewer: opened row=599 "); /* it works all the same */
    window_session_key(session, "ctrl+q");
    window_session_wait(session, "pictures: active_hits=");
    assert_int_equal(window_session_value(session, "ahead"), 0);
    assert_int_equal(window_session_end(session, 0), 0);
    files_remove(home);
    free(folder);
}

int main(void)
{
    if (!window_session_possible()) {
        fprintf(stderr, "skipped: no window can be opened here\n");
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_are_applied_refused_and_reset),
        cmocka_unit_test(the_wheel_scrolls_past_fields),
        cmocka_unit_test(a_search_leaves_what_fits_and_marks_it),
        cmocka_unit_test(choices_hold_for_the_next_import),
        cmocka_unit_test(a_broken_file_is_told_in_the_window),
        cmocka_unit_test(several_imports_are_cancelled_at_once),
        cmocka_unit_test(what_was_seen_is_kept_and_what_comes_is_loaded_ahead),
        cmocka_unit_test(when_memory_is_short_nothing_is_loaded_ahead),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
