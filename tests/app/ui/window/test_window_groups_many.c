/*
 * The window on a catalog of many items in groups: all of them in one month, and a folder for each. However
 * many there are, the number of cards stays what the window needs.
 *
 * $VITRINE_TEST_ITEMS sets how many there are (for people who want to see a million); the bounds are the
 * same.
 */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/catalog/catalog.h"
#include "core/catalog/writer.h"
#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { ITEMS = 50000, BATCH = 5000 };

static uint32_t items_wanted(void)
{
    const char *wish = getenv("VITRINE_TEST_ITEMS");
    long number = wish ? strtol(wish, NULL, 10) : 0;
    return number > 0 ? (uint32_t)number : ITEMS;
}

/* Files that are nowhere; `own_folders`: each has one of its own. */
static void write_items(vt_catalog_writer *writer, uint32_t first, uint32_t count, bool own_folders)
{
    static vt_item items[BATCH];
    static char paths[BATCH][64];
    for (uint32_t i = 0; i < count; i++) {
        int length = own_folders ? snprintf(paths[i], sizeof *paths, "/nowhere/part %u/model.stl", first + i)
                                 : snprintf(paths[i], sizeof *paths, "/nowhere/%u.jpg", first + i);
        items[i] = (vt_item){.path = paths[i],
                             .path_length = (uint32_t)length,
                             .size = 1000 + first + i,
                             .mtime_ns = (INT64_C(1718000000) + (first + i) % 1000000) * VT_NS_PER_S,
                             .ino = first + i + 1,
                             .media = {.kind = own_folders ? VT_KIND_MODEL : VT_KIND_IMAGE,
                                       .format = own_folders ? VT_FORMAT_STL : VT_FORMAT_JPEG,
                                       .width = own_folders ? 0 : 4000,
                                       .height = own_folders ? 0 : 3000,
                                       .triangles = own_folders ? 1000 : 0}};
    }
    vt_error error = VT_ERROR_INIT;
    vt_batch batch = {.items = items, .item_count = count};
    if (!vt_catalog_writer_commit(writer, &batch, NULL, &error)) {
        fail_msg("%s", error.message);
    }
}

static void make_catalog(const char *home, uint32_t count, bool own_folders)
{
    char path[600];
    vt_error error = VT_ERROR_INIT;
    (void)files_folder(files_folder(home, "data"), "vitrine");
    (void)snprintf(path, sizeof path, "%s/data/vitrine/library.vitrine", home);
    vt_catalog *catalog = vt_catalog_open(path, &(vt_catalog_options){.log = vt_log_none}, &error);
    vt_catalog_writer *writer = catalog ? vt_catalog_writer_create(catalog, &error) : NULL;
    if (!writer) {
        fail_msg("%s", error.message);
    }
    for (uint32_t first = 0; first < count; first += BATCH) {
        write_items(writer, first, count - first < BATCH ? count - first : BATCH, own_folders);
    }
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static void remember(const char *home, const char *groups)
{
    char path[600];
    char text[200];
    (void)files_folder(files_folder(home, "config"), "vitrine");
    int length = snprintf(text, sizeof text, "[browse]\ngroups=%s\norder=date\n", groups);
    (void)snprintf(path, sizeof path, "%s/config/vitrine/vitrine.ini", home);
    files_write(path, text, (size_t)length);
}

/* Some thirty cards are seen at once in a window of 1280 x 820, and as many stand above and below. */
enum { CARDS_MAX = 110 };

static double told(window_session *session, const char *key)
{
    window_session_do(session, "sleep 0.25");
    return window_session_value(session, key);
}

/* By wheel, by pages, by the scrubber, to the end and back. */
static void scroll_through(window_session *session, uint32_t count)
{
    window_place grid = window_session_place(session, "Items");
    window_session_do(session, "mousemove %d %d", grid.x + 300, grid.y + 300);
    window_session_do(session, "click --repeat 60 --delay 15 5");
    window_session_click(session, "Items");
    for (int i = 0; i < 30; i++) {
        window_session_key(session, "Next");
    }
    window_place scrubber = window_session_place(session, "Jump to");
    window_session_do(session, "mousemove %d %d mousedown 1", scrubber.x + 5, scrubber.y + 5);
    for (int y = 0; y < scrubber.height; y += scrubber.height / 40) {
        window_session_do(session, "mousemove %d %d sleep 0.02", scrubber.x + 5, scrubber.y + y);
        assert_true(window_session_value(session, "in_use") <= CARDS_MAX);
    }
    window_session_do(session, "mouseup 1");
    assert_true(told(session, "scroll") > 0);
    window_session_click(session, "Items");
    window_session_key(session, "End");
    assert_true(told(session, "scroll") > count / 8.0 * 100);
    window_session_key(session, "Home");
    assert_int_equal(told(session, "scroll"), 0);
    assert_true(window_session_value_max(session, "in_use") <= CARDS_MAX);
}

static void go_through(bool own_folders, const char *groups, uint32_t wanted_groups)
{
    char *folder = files_temporary_folder();
    uint32_t count = items_wanted();
    make_catalog(folder, count, own_folders);
    remember(folder, groups);
    window_session *session = window_session_start(folder, (const char *const[]){NULL});
    char said[80];
    (void)snprintf(said, sizeof said, "group=%s groups=%u", groups, wanted_groups);
    window_session_wait(session, said);
    assert_int_equal(told(session, "shown"), count);
    scroll_through(session, count);
    window_session_screenshot(session, own_folders ? "many-folders" : "many-in-a-month");
    window_session_key(session, "Home alt+v");
    window_session_do(session, "sleep 0.3");
    window_session_key(session, "o"); /* collapse all */
    assert_int_equal(told(session, "shown"), 0);
    window_session_screenshot(session, own_folders ? "many-collapsed" : "one-collapsed");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(folder);
}

static void all_in_one_year(void **state)
{
    (void)state;
    go_through(false, "year", 1);
}

static void a_folder_for_each(void **state)
{
    (void)state;
    go_through(true, "folder", items_wanted());
}

int main(void)
{
    if (!window_session_possible()) {
        fprintf(stderr, "skipped: no window can be opened here\n");
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_in_one_year),
        cmocka_unit_test(a_folder_for_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
