/* The Performance centre in the real window: it measures while it is seen and not a moment longer, says what
   is the matter, does what it offers, and writes files that other programs read. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/perf/budget.h"
#include "tests/support/files.h"
#include "tests/support/json.h"
#include "tests/support/trace_format.h"
#include "tests/support/window_session.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

/* Many names of few files: seconds of work without the disk. */
static char *make_folder(const char *home, int pictures, int side)
{
    enum { ORIGINALS = 4 };
    char *folder = strdup(files_folder(home, "pictures"));
    char *originals = strdup(files_folder(folder, ".originals"));
    for (int i = 0; i < ORIGINALS; i++) {
        char name[32];
        snprintf(name, sizeof name, "%dth.ppm", i);
        files_write_picture(files_path(originals, name), side, side, (unsigned)i);
    }
    for (int i = 0; i < pictures; i++) {
        char from[32], to[32];
        snprintf(from, sizeof from, "%dth.ppm", i % ORIGINALS);
        snprintf(to, sizeof to, "%05dth picture.ppm", i);
        assert_int_equal(link(files_path(originals, from), files_path(folder, to)), 0);
    }
    free(originals);
    return folder;
}

static void wait_for_samples(window_session *session)
{
    window_session_wait(session, "performance: sampling begins");
    window_session_place(session, "Frame times");
    window_place place = window_session_place(session, "Processor");
    unsigned long pixels = window_session_pixels(session, place);
    window_session_pixels_change(session, place, pixels); /* the first lines are drawn */
}

static void save_as(window_session *session, const char *button, const char *title, const char *path)
{
    window_session_click(session, button);
    window_session_place(session, title);
    window_session_key(session, "ctrl+a");
    window_session_type(session, path);
    window_session_key(session, "Return");
}

static void it_measures_while_it_is_seen_and_costs_nothing_else(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = make_folder(home, 12, 60);
    window_session *session = window_session_start(home, (const char *const[]){folder, NULL});
    window_session_wait_both(session, "import ended: imported=12 ", "view: items=12 ");
    assert_int_equal(window_session_count(session, "performance: sampling"), 0);
    window_session_key(session, "ctrl+p");
    window_session_wait(session, "performance: sampling begins");
    window_session_place(session, "Frame times");
    window_session_screenshot(session, "performance-empty");
    window_session_place(session, "Time shown");
    usleep(5500000); /* what is measured is time: there has to be some for the figure below */
    window_session_screenshot(session, "performance-light");
    window_session_key(session, "Escape");
    window_session_wait(session, "performance: sampling ends: samples=");
    double samples = window_session_value(session, "samples");
    assert_true(samples >= 4 && samples <= 16);
    assert_int_equal(window_session_value(session, "timers"), 0);
    assert_true(window_session_value(session, "pools") >= 12 * 5000); /* the cards that are seen */
    sleep(2);
    window_session_click(session, "Items"); /* without a window manager nobody gives the keyboard back */
    window_session_key(session, "ctrl+p");
    window_session_wait_both(session, "performance: sampling begins", "keyboard: Performance");
    window_session_key(session, "Escape");
    window_session_wait(session, "performance: sampling ends: samples=");
    assert_true(window_session_value(session, "samples") <= samples + 6); /* none meanwhile */
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    size_t size; /* what 'vitrine report' has of this run */
    char *text = files_read(files_path(home, "state/vitrine/last-run.html"), &size);
    assert_non_null(strstr(text, "<polyline"));
    free(text);
    text = files_read(files_path(home, "state/vitrine/last-run.txt"), &size);
    assert_non_null(strstr(text, "frame painted"));
    free(text);
    free(folder);
    files_remove(home);
}

static void an_import_is_followed_paused_and_goes_on(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = make_folder(home, 3000, 700);
    window_session *session = window_session_start(home, (const char *const[]){"--jobs", "1", folder, NULL});
    window_session_place(session, "Cancel");
    window_session_key(session, "ctrl+p");
    wait_for_samples(session);
    window_session_screenshot(session, "performance-import");
    window_session_key(session, "alt+c");
    window_session_wait(session, "performance: page=2");
    window_session_click(session, "Pause background work");
    window_session_wait(session, "performance: Background work is paused.");
    window_session_key(session, "alt+g"); /* it cannot end now, however slow all of this is */
    window_session_wait(session, "performance: page=0");
    window_session_key(session, "alt+i");
    window_session_key(session, "End");
    window_session_wait(session, "performance: span=2");
    window_session_screenshot(session, "performance-session");
    window_place frames = window_session_place(session, "Memory");
    window_session_do(session, "mousemove %d %d", frames.x + frames.width - 14, frames.y + 80);
    window_session_screenshot(session, "performance-hover");
    window_session_key(session, "alt+b");
    window_session_wait(session, "performance: page=1");
    window_session_place(session, "Budgets");
    window_session_screenshot(session, "performance-budgets");
    window_session_key(session, "alt+c");
    window_session_wait(session, "performance: page=2");
    window_session_screenshot(session, "performance-control");
    window_session_click(session, "Go on with background work");
    window_session_wait(session, "performance: Background work goes on.");
    window_session_click(session, "Give back all caches");
    window_session_wait(session, " of memory given back.");
    window_place held = window_session_place(session, "Who holds memory");
    window_session_do(session, "mousemove %d %d click 1", held.x + 60, held.y + 74);
    window_session_click(session, "Clear this cache");
    window_session_wait(session, "performance: clears ");
    window_session_wait(session, " of memory given back.");
    window_session_click(session, "Files read at once");
    window_session_key(session, "ctrl+a");
    window_session_type(session, "2");
    window_session_key(session, "Tab");
    window_session_click(session, "Apply limits");
    window_session_wait(session, "performance: Applied.");
    window_session_click(session, "Pictures of cards kept");
    window_session_key(session, "ctrl+a");
    window_session_type(session, "64");
    window_session_key(session, "Tab");
    window_session_click(session, "Unseen panes kept");
    window_session_key(session, "ctrl+a");
    window_session_type(session, "7");
    window_session_key(session, "Tab");
    window_session_click(session, "Apply limits");
    window_session_wait(session, "performance: Applied.");
    window_session_screenshot(session, "performance-applied");
    window_session_click(session, "Memory to stay within");
    window_session_key(session, "ctrl+a");
    window_session_type(session, "900");
    window_session_key(session, "Tab");
    window_session_click(session, "Apply limits");
    window_session_wait(session, "performance: \u201cMemory to stay within\u201d must not be more than "
                                 "\u201cMemory never to exceed\u201d");
    size_t size;
    char *kept = files_read(files_path(home, "config/vitrine/settings.conf"), &size);
    assert_non_null(strstr(kept, "jobs = 2\n"));
    assert_non_null(strstr(kept, "memory.pictures = 64\n"));
    assert_non_null(strstr(kept, "memory.panes = 7\n"));
    free(kept);
    window_session_click(session, "Standard value of: Memory to stay within");
    window_session_key(session, "Escape");
    window_session_click(session, "Items");
    window_session_key(session, "alt+3");
    window_session_wait(session, "workspace: room for unseen panes=7000000"); /* made now, and told at once */
    window_session_key(session, "ctrl+p");
    window_session_click(session, "Unseen panes kept");
    window_session_key(session, "ctrl+a");
    window_session_type(session, "8");
    window_session_key(session, "Tab");
    window_session_click(session, "Apply limits");
    window_session_wait(session, "workspace: room for unseen panes=8000000");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(folder);
    files_remove(home);
}

static void check_trace(const char *path)
{
    enum { EVENTS = 400 };
    size_t size;
    char *text = files_read(path, &size);
    trace_format_counts counts;
    trace_format_check(text, size, EVENTS, &counts);
    assert_true(counts.spans > 10);
    assert_int_equal(counts.processes, 1);
    assert_true(counts.threads > 1);
    assert_non_null(strstr(text, "\"database-insert\""));
    free(text);
}

static void what_was_measured_is_written_to_files(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = make_folder(home, 40, 60);
    window_session *session = window_session_start(home, (const char *const[]){folder, NULL});
    window_session_wait_both(session, "import ended: imported=40 ", "view: items=40 ");
    window_session_key(session, "ctrl+p");
    wait_for_samples(session);
    for (int page = 1; page <= 3; page++) {
        char text[40];
        snprintf(text, sizeof text, "performance: page=%d", page);
        window_session_key(session, "ctrl+Tab");
        window_session_wait(session, text);
    }
    window_session_place(session, "Operations");
    window_session_screenshot(session, "performance-profiler");
    char *path = strdup(files_path(home, "figures.json"));
    save_as(session, "Figures as JSON\u2026", "Write the figures as JSON", path);
    window_session_wait(session, "performance: export=json bytes=");
    assert_int_equal(window_session_value(session, "failed"), 0);
    size_t size;
    char *text = files_read(path, &size);
    assert_true(json_count(json_member(json_parse(text, size), "operations")) > 3);
    free(text);
    free(path);
    path = strdup(files_path(home, "trace.json"));
    save_as(session, "Trace\u2026", "Write a trace, for Perfetto or chrome://tracing", path);
    window_session_wait(session, "performance: export=trace bytes=");
    check_trace(path);
    free(path);
    path = strdup(files_path(home, "report.html"));
    save_as(session, "Report\u2026", "Write a report, for a browser", path);
    window_session_wait(session, "performance: export=html bytes=");
    text = files_read(path, &size);
    assert_non_null(strstr(text, "<polyline class=l0"));
    assert_non_null(strstr(text, "results taken in"));
    assert_null(strstr(text, "http"));
    const char *kept = getenv("VITRINE_SCREENSHOTS");
    if (kept) {
        files_write(files_path(kept, "performance-report.html"), text, size);
    }
    free(text);
    free(path);
    path = strdup(files_path(home, "no such folder/report.html"));
    window_session_skip(session);
    window_session_click(session, "Measure anew");
    window_session_wait(session, "performance: measures anew");
    free(path);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(folder);
    files_remove(home);
}

static void alerts_are_told_once_and_quietly(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = strdup(files_folder(home, "broken"));
    for (int i = 0; i < 60; i++) {
        char name[32];
        snprintf(name, sizeof name, "broken %c%c.jpg", 'a' + i / 26, 'a' + i % 26); /* no sequence */
        files_write(files_path(folder, name), "\xff\xd8\xff no picture", 15);
    }
    window_session *session = window_session_start(home, (const char *const[]){folder, NULL});
    window_session_wait(session, "import ended: ");
    window_session_key(session, "ctrl+p");
    window_session_wait(session, "alert: failures raised");
    window_session_wait(session, "performance: Many files cannot be read");
    window_session_screenshot(session, "performance-alert");
    window_session_key(session, "ctrl+Tab");
    window_session_wait(session, "performance: advice failures given");
    window_session_screenshot(session, "performance-advice");
    window_session_click(session, "Show them");
    window_session_wait(session, "performance: acts on failures");
    assert_int_equal(window_session_count(session, "alert: failures raised"), 1);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(folder);
    files_remove(home);
}

/* Where the catalog lies there is next to no room: the folder in which some can be made is a click away. */
static void a_full_disk_is_told_and_its_folder_shown(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    files_folder(home, "data");
    char *disk = strdup(files_folder(home, "data/vitrine"));
    if (mount("none", disk, "tmpfs", 0, "size=200m") != 0) {
        print_message("SKIPPED: a small disk cannot be mounted: %s\n", strerror(errno));
        free(disk);
        files_remove(home);
        skip();
    }
    window_session *session = window_session_start(home, (const char *const[]){NULL});
    window_session_key(session, "ctrl+p");
    window_session_wait(session, "alert: disk raised");
    window_session_key(session, "ctrl+Tab");
    window_session_wait(session, "performance: advice disk given");
    window_session_screenshot(session, "performance-disk");
    window_session_click(session, "Show the folder");
    window_session_wait_both(session, "performance: acts on disk", "files: file manager shown=");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    assert_int_equal(umount2(disk, MNT_DETACH), 0);
    free(disk);
    files_remove(home);
}

/* The window stands still, for the system stops the program: it is told, listed, and what ran can be written.
 */
static void a_stall_is_told_and_can_be_looked_into(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = make_folder(home, 12, 60);
    window_session *session = window_session_start(home, (const char *const[]){folder, NULL});
    window_session_wait_both(session, "import ended: imported=12 ", "view: items=12 ");
    window_session_key(session, "ctrl+p");
    wait_for_samples(session);
    window_session_skip(session);
    kill(window_session_pid(session), SIGSTOP);
    usleep(600000);
    kill(window_session_pid(session), SIGCONT);
    window_session_wait(session, "performance: The window stood still");
    window_session_key(session, "alt+b");
    window_session_wait(session, "performance: page=1");
    window_session_place(session, "What took too long");
    window_session_click(session, "Write a trace\u2026");
    window_session_wait(session, "performance: acts on stall");
    window_session_place(session, "Write a trace, for Perfetto or chrome://tracing");
    window_session_screenshot(session, "performance-stall");
    window_session_key(session, "Escape");
    window_session_wait(session, "performance: message put away"); /* nobody reads it for ever */
    assert_int_equal(window_session_count(session, "alert: stall raised"), 1);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(folder);
    files_remove(home);
}

/* The operations of a run that were measured against the budget of that name. */
static double measured(json_value operations, const char *budget)
{
    double count = 0;
    for (json_value operation = json_first(operations); operation.text;
         operation = json_next(operations, operation)) {
        json_value name = json_member(json_member(operation, "budget"), "name");
        if (json_is_string(name) && json_contains(name, budget)) {
            count += json_number(json_member(operation, "count"));
        }
    }
    return count;
}

/* Reads what the run before has left, and adds up what was measured of each budget. */
static void add_measured(const char *home, double counts[VT_BUDGET_COUNT])
{
    size_t size;
    char *text = files_read(files_path(home, "state/vitrine/last-run.json"), &size);
    json_value operations = json_member(json_parse(text, size), "operations");
    for (int id = 0; id < VT_BUDGET_COUNT; id++) {
        counts[id] += measured(operations, vt_budget_get((vt_budget_id)id)->name);
    }
    free(text);
}

/* Each budget of time has a place in the program where it is measured; what a user does reaches them all: an
   import, an order, a key, Cancel, and then a start with cards. */
static void every_budget_is_measured_where_it_is_spent(void **state)
{
    (void)state;
    double counts[VT_BUDGET_COUNT] = {0};
    char *home = files_temporary_folder();
    char *folder = make_folder(home, 3000, 700);
    window_session *session = window_session_start(home, (const char *const[]){"--jobs", "1", folder, NULL});
    window_session_place(session, "Cancel");
    window_session_wait(session, "groups=0 builds=2");
    window_session_key(session, "alt+2");
    window_session_wait(session, "place: Items as a table:");
    window_session_click(session, "column Name");
    window_session_wait(session, "sort=name");
    window_session_click(session, "Cancel");
    window_session_wait(session, "import ended: ");
    window_session_key(session, "ctrl+p");
    wait_for_samples(session);
    window_session_key(session, "alt+b");
    window_session_wait(session, "performance: page=1");
    window_session_place(session, "Budgets");
    window_session_screenshot(session, "performance-budgets-all");
    window_session_key(session, "Escape");
    window_session_wait(session, "performance: sampling ends");
    window_session_click(session, "Items as a table");
    window_session_key(session, "alt+1");
    window_session_wait(session, "place: Items:");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    add_measured(home, counts);
    assert_true(counts[VT_BUDGET_CANCEL] == 1);
    assert_true(counts[VT_BUDGET_UI_RESPONSE] >= 3);
    session = window_session_start(home, (const char *const[]){NULL});
    window_session_wait(session, "start: cards_after_ms");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    add_measured(home, counts);
    for (int id = 0; id < VT_BUDGET_COUNT; id++) {
        const vt_budget *budget = vt_budget_get((vt_budget_id)id);
        if (budget->unit == VT_BUDGET_NANOSECONDS && counts[id] < 1) {
            print_error("not measured: %s\n", budget->name);
            fail();
        }
    }
    free(folder);
    files_remove(home);
}

static void it_fits_every_theme_and_narrow_windows(void **state)
{
    (void)state;
    static const char *const themes[] = {"dark", "high-contrast"};
    char *home = files_temporary_folder();
    char *folder = make_folder(home, 200, 300);
    for (int i = 0; i < 2; i++) {
        char name[64];
        setenv("VITRINE_THEME", themes[i], 1);
        window_session *session = window_session_start(home, (const char *const[]){folder, NULL});
        unsetenv("VITRINE_THEME");
        window_session_key(session, "ctrl+p");
        wait_for_samples(session);
        snprintf(name, sizeof name, "performance-%s", themes[i]);
        window_session_screenshot(session, name);
        window_session_do(session, "search --name Performance windowsize 420 600");
        window_session_place(session, "Stalls of the window");
        snprintf(name, sizeof name, "performance-narrow-%s", themes[i]);
        window_session_screenshot(session, name);
        for (int page = 1; page <= 3; page++) {
            char text[40];
            snprintf(text, sizeof text, "performance: page=%d", page);
            window_session_key(session, "ctrl+Tab");
            window_session_wait(session, text);
            snprintf(name, sizeof name, "performance-narrow-%s-%d", themes[i], page);
            window_session_screenshot(session, name);
        }
        assert_int_equal(window_session_end(session, SIGTERM), 0);
    }
    free(folder);
    files_remove(home);
}

/* Long words, and twice as many pixels: nothing is cut off that has no other place to be read. */
static void it_fits_german_and_dense_screens(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = make_folder(home, 200, 300);
    static const char settings[] = "language = german\n";
    char *config = strdup(files_folder(home, "config"));
    files_folder(config, "vitrine");
    files_write(files_path(home, "config/vitrine/settings.conf"), settings, sizeof settings - 1);
    free(config);
    for (int scale = 1; scale <= 2; scale++) {
        char name[64];
        setenv("QT_SCALE_FACTOR", scale == 1 ? "1" : "2", 1);
        window_session *session = window_session_start(home, (const char *const[]){folder, NULL});
        unsetenv("QT_SCALE_FACTOR");
        window_session_wait(session, "import ended: ");
        window_session_key(session, "ctrl+p");
        window_session_wait(session, "performance: sampling begins");
        window_session_place(session, "Bildzeiten");
        for (int page = 0; page <= 3; page++) {
            char text[40];
            snprintf(text, sizeof text, "performance: page=%d", page);
            if (page > 0) {
                window_session_key(session, "ctrl+Tab");
                window_session_wait(session, text);
            }
            snprintf(name, sizeof name, "performance-german-%dx-%d", scale, page);
            window_session_screenshot(session, name);
        }
        assert_int_equal(window_session_end(session, SIGTERM), 0);
    }
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
        cmocka_unit_test(it_measures_while_it_is_seen_and_costs_nothing_else),
        cmocka_unit_test(an_import_is_followed_paused_and_goes_on),
        cmocka_unit_test(what_was_measured_is_written_to_files),
        cmocka_unit_test(alerts_are_told_once_and_quietly),
        cmocka_unit_test(a_full_disk_is_told_and_its_folder_shown),
        cmocka_unit_test(a_stall_is_told_and_can_be_looked_into),
        cmocka_unit_test(every_budget_is_measured_where_it_is_spent),
        cmocka_unit_test(it_fits_every_theme_and_narrow_windows),
        cmocka_unit_test(it_fits_german_and_dense_screens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
