/* Named workspaces on a display: switched, kept over a restart, damaged, and very full. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include "core/catalog/catalog.h"
#include "core/layout/layout_json.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static int set_up(void **state)
{
    *state = files_temporary_folder();
    return 0;
}

static int tear_down(void **state)
{
    files_remove(*state);
    return 0;
}

static window_session *start(const char *home)
{
    window_session *session = window_session_start(home, (const char *const[]){NULL});
    window_session_wait(session, "workspace: read count=");
    return session;
}

/* The library as a first start leaves it. */
static void make_library(const char *home)
{
    window_session *session = start(home);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
}

static sqlite3 *open_library(const char *home)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(files_path(home, "data/vitrine/library.vitrine"), &db), SQLITE_OK);
    return db;
}

static void put(const char *home, const char *name, const char *text, const char *previous, bool last)
{
    sqlite3 *db = open_library(home);
    sqlite3_stmt *insert = NULL;
    assert_int_equal(
        sqlite3_prepare_v2(db, "INSERT INTO workspace (name, text, previous, last) VALUES (?, ?, ?, ?)", -1,
                           &insert, NULL),
        SQLITE_OK);
    sqlite3_bind_text(insert, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_blob(insert, 2, text, (int)strlen(text), SQLITE_STATIC);
    sqlite3_bind_blob(insert, 3, previous, (int)strlen(previous), SQLITE_STATIC);
    sqlite3_bind_int(insert, 4, last);
    assert_int_equal(sqlite3_step(insert), SQLITE_DONE);
    sqlite3_finalize(insert);
    sqlite3_close(db);
}

static vt_pane_id split(vt_panes *panes, vt_pane_id of, vt_pane_side side, const char *words, int number)
{
    char provider[64];
    vt_error error = VT_ERROR_INIT;
    vt_pane_id made = 0;
    (void)snprintf(provider, sizeof provider, "note:%s %d", words, number);
    assert_true(vt_panes_split(panes, of, side, provider, &made, &error));
    return made;
}

/* So many notes in rows of at most ten; the first one alone is seen if `maximised`. */
static char *layout_of(int count, const char *words, bool maximised)
{
    enum { ACROSS = 10 };
    vt_error error = VT_ERROR_INIT;
    vt_str text = VT_STR_INIT;
    vt_pane_id first = 0;
    vt_panes *panes = vt_panes_create("note:first", &first, &error);
    vt_pane_id row = first;
    for (int i = 1; i <= count; i += ACROSS) {
        row = i == 1 ? first : split(panes, row, VT_PANE_BELOW, words, i);
        assert_true(i == 1 || vt_panes_even_out(panes, row, &error));
    }
    int number = 0;
    for (vt_pane_id pane = first, next; pane; pane = next) {
        next = vt_panes_next_pane(panes, pane);
        number++;
        for (int i = 1; i < ACROSS && number < count; i++, number++) {
            split(panes, pane, VT_PANE_RIGHT, words, number);
            assert_true(vt_panes_even_out(panes, pane, &error));
        }
    }
    assert_true(!maximised || vt_panes_maximise(panes, first, &error));
    assert_true(vt_layout_to_json(panes, VT_JSON_COMPACT, &text, &error));
    vt_panes_free(panes);
    return vt_str_take(&text);
}

static void choose_in_menu(window_session *session, const char *keys)
{
    window_session_key(session, "alt+w");
    window_session_do(session, "sleep 0.3");
    window_session_key(session, keys);
}

static void they_are_switched_without_waiting(void **state)
{
    const char *home = *state;
    make_library(home);
    char *six = layout_of(6, "six", false), *two = layout_of(2, "two", false);
    put(home, "Six", six, "", true);
    put(home, "Two", two, "", false);
    free(six);
    free(two);
    window_session *session = start(home);
    window_session_key(session, "alt+3");
    window_session_wait(session, "workspace: switched name=Six panes=6");
    window_session_screenshot(session, "workspaces-six");
    for (int round = 0; round < 3; round++) {
        window_session_skip(session);
        choose_in_menu(session, round % 2 ? "Return" : "Down Return");
        window_session_wait(session, round % 2 ? "name=Six panes=6 us=" : "name=Two panes=2 us=");
        print_message("switched in %.0f us\n", window_session_value(session, "us"));
        assert_true(window_session_value(session, "us") < 50000 * 5); /* five: sanitizers and busy machines */
    }
    window_session_screenshot(session, "workspaces-two");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
}

static void the_last_one_returns_with_what_was_changed(void **state)
{
    const char *home = *state;
    make_library(home);
    char *two = layout_of(2, "two", false);
    put(home, "Two", two, "", true);
    free(two);
    window_session *session = start(home);
    window_session_key(session, "alt+3");
    window_session_wait(session, "workspace: switched name=Two panes=2");
    window_session_skip(session);
    window_session_key(session, "F8");
    window_session_wait(session, "panes: panes=3");
    window_session_wait(session, "workspace: kept name=Two panes=3");
    window_session_skip(session);
    choose_in_menu(session, "n");
    window_session_place(session, "New workspace");
    window_session_type(session, "Mine");
    window_session_key(session, "Return");
    window_session_wait(session, "workspace: new name=Mine count=2");
    window_session_skip(session);
    choose_in_menu(session, "r");
    window_session_place(session, "Rename the workspace");
    window_session_key(session, "ctrl+a");
    window_session_type(session, "Yours");
    window_session_key(session, "Return");
    window_session_wait(session, "workspace: renamed name=Yours");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    session = start(home); /* the page was open: it is again */
    window_session_wait(session, "workspace: switched name=Yours");
    window_session_skip(session);
    choose_in_menu(session, "e");
    window_session_place(session, "Delete");
    window_session_click(session, "Delete");
    window_session_wait(session, "workspace: switched name=Two panes=3");
    window_session_wait(session, "workspace: deleted name=Two count=1");
    window_session_key(session, "alt+1");
    window_session_wait(session, "workspace: shown=0");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    session = start(home); /* the cards were shown */
    assert_int_equal(window_session_count(session, "workspace: switched"), 0);
    window_session_key(session, "alt+3");
    window_session_wait(session, "workspace: switched name=Two panes=3");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
}

static void one_that_is_damaged_is_as_it_was_before(void **state)
{
    const char *home = *state;
    make_library(home);
    char *two = layout_of(2, "two", false);
    put(home, "Torn", "{\"format\": \"vitrine-layout\", \"version\": 1, \"wind", two, true);
    put(home, "Future", "{\"format\": \"vitrine-layout\", \"version\": 99, \"windows\": []}", "", false);
    free(two);
    window_session *session = start(home);
    window_session_key(session, "alt+3");
    window_session_wait(session, "workspace: switched name=Torn panes=2");
    window_session_wait(session, "message: The workspace \u201cTorn\u201d could not be read");
    window_session_screenshot(session, "workspaces-torn");
    window_session_skip(session);
    choose_in_menu(session, "Down Return");
    window_session_wait(session, "message: The workspace \u201cFuture\u201d cannot be opened: layout, line ");
    assert_int_equal(window_session_count(session, "switched name=Future"), 0);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
}

static void a_provider_nobody_has_says_so_and_stays(void **state)
{
    const char *home = *state;
    make_library(home);
    put(home, "Odd",
        "{\"format\": \"vitrine-layout\", \"version\": 1, \"windows\": [{\"id\": 1, \"tree\": "
        "{\"id\": 2, \"split\": \"horizontal\", \"ratios\": [0.5, 0.5], \"children\": ["
        "{\"id\": 3, \"pane\": \"hologram:7\"}, {\"id\": 4, \"pane\": \"note:beside\"}]}}]}",
        "", true);
    window_session *session = start(home);
    window_session_key(session, "alt+3");
    window_session_wait(session, "pane: id=3 failed: Nothing here shows \u201chologram:7\u201d");
    window_session_place(session, "Show something else");
    window_session_screenshot(session, "workspaces-unknown");
    window_session_skip(session);
    window_session_click(session, "Show something else");
    window_session_place(session, "Kinds of panes");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
}

/* Windows of panes come back where they were. */
static void a_window_of_its_own_returns(void **state)
{
    const char *home = *state;
    make_library(home);
    char *two = layout_of(2, "two", false);
    put(home, "Two", two, "", true);
    free(two);
    window_session *session = start(home);
    window_session_key(session, "alt+3");
    window_session_wait(session, "workspace: switched name=Two panes=2");
    window_session_skip(session);
    window_session_key(session, "ctrl+shift+w");
    window_session_wait(session, "windows=2");
    window_session_wait(session, "workspace: kept name=Two");
    window_session_skip(session); /* not seen without the page */
    window_session_key(session, "alt+1");
    window_session_wait(session, "workspace: shown=0");
    window_session_key(session, "alt+3");
    window_session_wait(session, "workspace: shown=1");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    session = start(home);
    window_session_wait(session, "windows=2");
    window_session_wait(session, "workspace: switched name=Two panes=2");
    /* In front, also under a window manager that puts what comes by itself behind. */
    window_session_do(session, "exec openbox");
    window_session_do(session, "sleep 1");
    window_place main = window_session_place(session, "Filter");
    window_session_do(session, "mousemove %d %d click 1 sleep 0.3", main.x + 20, main.y + 8);
    window_session_skip(session);
    window_session_key(session, "alt+1");
    window_session_wait(session, "workspace: shown=0");
    window_session_key(session, "alt+3");
    window_session_wait(session, "workspace: shown=1");
    window_session_do(session, "sleep 1");
    window_place own = window_session_place(session, "Pane 1");
    window_session_do(session, "mousemove %d %d click 1 sleep 0.3", own.x + own.width / 2,
                      own.y + own.height / 2);
    window_session_key(session, "ctrl+shift+w");
    window_session_wait(session, "panes: own window pane=1 on=0");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
}

/* Another program has the library: what is done is kept as long as the window is there, and that is said. */
static void a_library_that_is_only_read_is_not_written(void **state)
{
    const char *home = *state;
    make_library(home);
    char *two = layout_of(2, "two", false);
    put(home, "Two", two, "", true);
    free(two);
    vt_error error = VT_ERROR_INIT;
    const vt_catalog_options options = {.mode = VT_CATALOG_READ_WRITE};
    vt_catalog *other = vt_catalog_open(files_path(home, "data/vitrine/library.vitrine"), &options, &error);
    assert_non_null(other);
    window_session *session = start(home);
    assert_int_equal(window_session_value(session, "stored"), 0);
    window_session_key(session, "alt+3");
    window_session_wait(session, "message: Workspaces are kept until Vitrine ends only");
    window_session_key(session, "F7");
    window_session_wait(session, "panes=3");
    window_session_key(session, "ctrl+s");
    window_session_wait(session, "message: The library is open for reading only");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    vt_catalog_close(other);
    session = start(home);
    window_session_wait(session, "workspace: switched name=Two panes=2");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
}

static void two_hundred_panes_cost_what_is_seen(void **state)
{
    const char *home = *state;
    make_library(home);
    char *seen = layout_of(200, "all", false), *one = layout_of(200, "one", true);
    put(home, "One", one, "", true);
    put(home, "All", seen, "", false);
    free(seen);
    free(one);
    window_session *session = start(home);
    window_session_key(session, "alt+3");
    window_session_wait(session, "panes: panes=200 visible=1 live=1 ");
    window_session_wait(session, "workspace: switched name=One panes=200");
    window_session_skip(session); /* all of them are seen ... */
    window_session_key(session, "ctrl+shift+m");
    window_session_wait(session, "panes: panes=200 visible=200 live=200 ");
    window_session_screenshot(session, "workspaces-200");
    window_session_skip(session); /* ... and then no more than fifty others stay */
    window_session_key(session, "ctrl+shift+m");
    window_session_wait(session, "panes: panes=200 visible=1 live=51 ");
    window_session_skip(session);
    choose_in_menu(session, "Down Return");
    window_session_wait(session, "workspace: switched name=All panes=200 us=");
    print_message("200 panes opened in %.0f us\n", window_session_value(session, "us"));
    assert_int_equal(window_session_end(session, SIGTERM), 0);
}

int main(void)
{
    if (!window_session_possible()) {
        return 77;
    }
#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        test(they_are_switched_without_waiting),
        test(the_last_one_returns_with_what_was_changed),
        test(one_that_is_damaged_is_as_it_was_before),
        test(a_provider_nobody_has_says_so_and_stays),
        test(a_window_of_its_own_returns),
        test(a_library_that_is_only_read_is_not_written),
        test(two_hundred_panes_cost_what_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
