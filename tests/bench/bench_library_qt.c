/*
 * The window on a library of a million items: scrolling its cards while files are imported, filtering it at
 * every key stroke, showing another folder. The real window, without a display; scripts/bench measures its
 * start on the same catalog.
 *
 * A frame is what the event loop does between two beats of a timer of one millisecond: how late the next beat
 * comes is what somebody who looks at the window waits. A line per figure: "name value unit bar". Exits 1 if
 * a bar is missed.
 *
 * usage: bench_library_qt FOLDER ROOT [FILES] [MORE] [STALLS]   (FOLDER has small files below it; ROOT is an
 * empty folder, in which the catalog is left as library.vitrine; 1000000 items, and 10000 imported while it
 * is scrolled; STALLS is a file for frames late by more than half a frame, as the window's log tells of them)
 */
#include "app/ui/application.h"
#include "app/ui/window/window_private.h"
#include "core/base/clock.h"
#include "tests/bench/link_tree.h"
#include "tests/bench/named_library.h"

#include <qt6c/qabstractscrollarea.h>
#include <qt6c/qscrollbar.h>
#include <qt6c/qtimer.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* QEventLoop::WaitForMoreEvents. */
enum { WAIT_FOR_MORE_EVENTS = 4 };

#define STALL_NS (8333 * VT_NS_PER_US) /* half a frame */

enum { PAGES_A_SECOND = 20, FRAMES_MAX = 1 << 20 };

static const char *root;
static int missed;

_Noreturn static void stop(const char *what)
{
    fprintf(stderr, "bench_library: %s\n", what);
    exit(2);
}

static void report(const char *name, double value, const char *unit, double bar, const char *remark)
{
    printf("library_%s %.4g %s ", name, value, unit);
    if (bar > 0) {
        printf("<=%g %s\n", bar, remark);
        missed += value > bar;
    } else {
        printf("- %s\n", remark);
    }
    fflush(stdout);
}

static void find_decoder(char *program)
{
    ssize_t length = readlink("/proc/self/exe", program, PATH_MAX - 1);
    program[length > 0 ? length : 0] = '\0';
    char *tests = strstr(program, "/tests/bench_library_qt"); /* beside bin/ in the build folder */
    if (!tests) {
        stop("run it from the build folder's tests/");
    }
    snprintf(tests, PATH_MAX - (size_t)(tests - program), "/bin/vitrine-decoder");
}

/* ---- frames ---- */

/* Beats, and how late they came. */
typedef struct frames {
    int64_t last;
    float *late_ms; /* [FRAMES_MAX] */
    size_t count;
    bool measuring;
    FILE *stalls; /* gets those that were late; NULL: nobody asks */
} frames;

static void on_beat(void *user)
{
    frames *self = user;
    int64_t now = vt_clock_now();
    if (self->measuring && self->last && self->count < FRAMES_MAX) {
        int64_t late = now - self->last - VT_NS_PER_MS;
        self->late_ms[self->count++] = late > 0 ? (float)((double)late / 1e6) : 0;
        if (self->stalls && late > STALL_NS) {
            fprintf(self->stalls, "stall: late_us=%lld ended_us=%lld\n", (long long)late / 1000,
                    (long long)now / 1000);
        }
    }
    self->last = now;
}

static void start_frames(frames *self, QWidget *window)
{
    self->late_ms = malloc(FRAMES_MAX * sizeof *self->late_ms);
    if (!self->late_ms) {
        stop("out of memory");
    }
    QTimer *timer = q_timer_new(window);
    q_timer_set_timer_type(timer, Qt_PreciseTimer);
    q_timer_on_timeout(timer, timer, on_beat, self);
    q_timer_start_interval(timer, 1);
}

static int compare(const void *a, const void *b)
{
    const float *left = a;
    const float *right = b;
    return (*left > *right) - (*left < *right);
}

/* Turns that were idle are no frames: those count that came later than a fifth of a millisecond. */
static double percentile(frames *self, double share)
{
    qsort(self->late_ms, self->count, sizeof *self->late_ms, compare);
    size_t first = 0;
    while (first < self->count && self->late_ms[first] < 0.2F) {
        first++;
    }
    size_t busy = self->count - first;
    return busy ? (double)self->late_ms[first + (size_t)(share * (double)(busy - 1))] : 0;
}

/* ---- what is done with the window ---- */

typedef struct bench {
    vt_application application;
    frames frames;
    int64_t begun, builds, paintings; /* what was counted before */
    int64_t longest_turn;             /* of the window's thread, in nanoseconds of processor time */
    const char *folder;               /* that was clicked */
    size_t more;
    const char *stalls; /* a file for the frames that were late; NULL: none */
} bench;

/* Runs the event loop until `is_done`, or for `seconds`. True if it is done. Notes the longest turn. */
static bool run_until(bench *self, bool (*is_done)(bench *), double seconds)
{
    int64_t end = vt_clock_now() + (int64_t)(seconds * 1e9);
    self->longest_turn = 0;
    while (vt_clock_now() < end) {
        int64_t cpu = vt_clock_thread_cpu();
        q_coreapplication_process_events_full(WAIT_FOR_MORE_EVENTS); /* the beat at least */
        cpu = vt_clock_thread_cpu() - cpu;
        self->longest_turn = cpu > self->longest_turn ? cpu : self->longest_turn;
        if (is_done && is_done(self)) {
            return true;
        }
    }
    return false;
}

static bool has_cards(bench *self)
{
    return vt_window_grid_figures(self->application.window).painted;
}

static bool is_settled(bench *self)
{
    return vt_window_is_settled(self->application.window);
}

static bool no_import(bench *self)
{
    return vt_activity_count(self->application.window->activity) == 0;
}

static void open_window(bench *self, const char *catalog, const char *thumbs)
{
    static const char program[] = "bench";
    vt_error error = VT_ERROR_INIT;
    const vt_ui_options window = {.program = program, .log = vt_log_none};
    const vt_application_options options = {
        .window = &window, .catalog_path = catalog, .thumbs_path = thumbs, .off_screen = true};
    if (!vt_application_begin(&self->application, &options, &error)) {
        stop(error.message);
    }
    QWidget *widget = vt_window_widget(self->application.window);
    q_widget_resize(widget, 1600, 1000);
    q_widget_show(widget);
    start_frames(&self->frames, widget);
    if (!run_until(self, has_cards, 60) || !run_until(self, is_settled, 60)) {
        stop("the window shows no cards");
    }
}

/* A page down every twentieth of a second, and up again from the end; a jump to anywhere now and then. */
static void scroll(void *user)
{
    static int step, direction = 1;
    bench *self = user;
    QScrollBar *bar = q_abstractscrollarea_vertical_scroll_bar(
        (QAbstractScrollArea *)vt_grid_widget(self->application.window->grid));
    int page = q_abstractslider_page_step(bar);
    int last = q_abstractslider_maximum(bar);
    int at = q_abstractslider_value(bar) + direction * page;
    if (++step % (5 * PAGES_A_SECOND) == 0) {
        at = (int)((unsigned)step * 2654435761U % (unsigned)(last > 0 ? last : 1));
    }
    direction = at >= last ? -1 : at <= 0 ? 1 : direction;
    q_abstractslider_set_value(bar, at);
}

static void measure_scrolling(bench *self)
{
    char folder[PATH_MAX];
    const char *paths[] = {folder};
    link_tree_add(root, "more", self->more);
    snprintf(folder, sizeof folder, "%s/more", root);
    QTimer *timer = q_timer_new(vt_window_widget(self->application.window));
    q_timer_set_timer_type(timer, Qt_PreciseTimer);
    q_timer_on_timeout(timer, timer, scroll, self);
    q_timer_start_interval(timer, 1000 / PAGES_A_SECOND);
    vt_window_import(self->application.window, paths, 1);
    run_until(self, NULL, 1);
    int64_t cards = vt_window_grid_figures(self->application.window).cards;
    self->frames.stalls = self->stalls ? fopen(self->stalls, "we") : NULL;
    self->frames.measuring = true;
    bool ended = run_until(self, no_import, 600);
    self->frames.measuring = false;
    if (self->stalls && (!self->frames.stalls || fclose(self->frames.stalls) != 0)) {
        stop("the late frames cannot be written down");
    }
    q_timer_stop(timer);
    if (!ended) {
        stop("the import did not end");
    }
    report("scroll_frame_p50", percentile(&self->frames, 0.5), "ms", 0, "(while files are imported)");
    report("scroll_frame_p99", percentile(&self->frames, 0.99), "ms", 16.7, "");
    if (self->stalls) { /* the caller knows when the machine itself stood still */
        report("scroll_frame_longest", percentile(&self->frames, 1), "ms", 0,
               "(the machine's own gaps included)");
    } else {
        report("scroll_frame_longest", percentile(&self->frames, 1), "ms", 33, "");
    }
    report("scroll_turn_longest", (double)self->longest_turn / 1e6, "ms", 16.7,
           "(processor time of the window's thread)");
    double more = (double)(vt_window_grid_figures(self->application.window).cards - cards);
    report("scroll_widgets", (double)cards, "cards", 0, "");
    printf("library_scroll_widgets_more %g cards <=0\n", more);
    missed += more > 0;
}

static bool is_filtered(bench *self)
{
    return !vt_library_is_building(self->application.window->library);
}

static int64_t paintings(bench *self)
{
    vt_monitor *monitor = self->application.monitor;
    vt_operation_summary summary;
    vt_monitor_summarise(monitor, vt_monitor_operation(monitor, "table painted", NULL, NULL), &summary);
    return (int64_t)summary.count;
}

/* Nothing is left of what was shown before: neither pictures that arrive nor a view that follows them. */
static bool is_at_rest(bench *self)
{
    return is_filtered(self) && is_settled(self);
}

/* The table has been painted since it got the rows that answer; if none do, words stand in its place. */
static bool is_repainted(bench *self)
{
    const vt_library *library = self->application.window->library;
    if (vt_library_builds(library) == self->builds) {
        self->paintings = paintings(self);
        return false;
    }
    return paintings(self) > self->paintings || vt_library_count(library) == 0;
}

/*
 * Processor time of a key stroke, on the thread that filters and on that which paints: to the table repainted
 * with the rows that answer. Pictures of rows that were never shown are read after that, each in a turn of
 * its own: those are a matter of frames.
 */
static void measure_typing(bench *self, const char *name, const char *text, double bar)
{
    vt_library *library = self->application.window->library;
    char typed[128];
    double most = 0;
    double most_painting = 0;
    for (size_t length = 1; length <= strlen(text); length++) {
        snprintf(typed, sizeof typed, "%.*s", (int)length, text);
        run_until(self, is_at_rest, 30);
        self->builds = vt_library_builds(library);
        int64_t cpu = vt_clock_thread_cpu();
        vt_library_set_filter(library, typed);
        if (!run_until(self, is_repainted, 30)) {
            stop("a filter was not answered");
        }
        double painting = (double)(vt_clock_thread_cpu() - cpu) / 1e6;
        double work = (double)vt_library_build_time(library) / 1e6 + painting;
        most_painting = work > most ? painting : most_painting;
        most = work > most ? work : most;
    }
    char remark[160];
    snprintf(remark, sizeof remark,
             "(longest of %zu key strokes: \"%s\", %lld items; %.1f ms of it painting)", strlen(text), text,
             (long long)vt_library_count(library), most_painting);
    report(name, most, "ms", bar, remark);
    vt_library_set_filter(library, "");
    run_until(self, is_at_rest, 30);
}

/* On the window's thread: the order read backwards, cards and selection with it. */
static void measure_turning(bench *self)
{
    enum { TURNS = 20 };
    vt_library *library = self->application.window->library;
    vt_library_set_sort(library, VT_SORT_NAME, false);
    run_until(self, is_filtered, 30);
    vt_library_select_all(library);
    int64_t builds = vt_library_builds(library);
    double slowest = 0;
    for (int i = 0; i < TURNS; i++) {
        int64_t start = vt_clock_now();
        vt_library_set_sort(library, VT_SORT_NAME, i % 2 == 0);
        double took = (double)(vt_clock_now() - start) / 1e6;
        slowest = took > slowest ? took : slowest;
    }
    if (vt_library_builds(library) != builds) {
        stop("turning an order built a view");
    }
    report("turn_order", slowest, "ms", 5, "(slowest of 20)");
}

/* A selection goes along into each view: what that costs is a figure of its own, for nobody types with a
   million items selected, and yet it may happen. */
static void measure_typing_selected(bench *self)
{
    const vt_selection none = VT_SELECTION_INIT;
    vt_library_select_all(self->application.window->library);
    measure_typing(self, "filter_word_all_selected", "sunset", 0);
    vt_library_select(self->application.window->library, &none);
}

/* The first time the table is shown its texts and glyphs are laid out. The longest turn of the event loop by
   processor time is what counts: until all thumbnails are there it also turns thousands of times for the
   beat. */
static void measure_table(bench *self)
{
    int64_t first = vt_clock_thread_cpu();
    vt_window_set_view(self->application.window, VT_WINDOW_TABLE);
    first = vt_clock_thread_cpu() - first;
    run_until(self, is_settled, 30);
    double longest = (double)(first > self->longest_turn ? first : self->longest_turn) / 1e6;
    report("table_first_shown", longest, "ms", 16.7, "(longest turn of the window's thread)");
}

/* The cards are those of the folder; rows that arrive meanwhile may still be on their way. */
static bool shows_folder(bench *self)
{
    const vt_library *library = self->application.window->library;
    vt_str path = VT_STR_INIT;
    if (vt_library_count(library) > 0) {
        vt_library_path(library, 0, &path);
    }
    bool shown = path.length > strlen(self->folder) &&
                 memcmp(path.data, self->folder, strlen(self->folder)) == 0 &&
                 path.data[strlen(self->folder)] == '/' &&
                 vt_window_grid_figures(self->application.window).configured > self->begun;
    vt_str_free(&path);
    return shown;
}

/* As a click on a folder does: until its first cards are configured. */
static void measure_folders(bench *self)
{
    enum { CLICKS = 20 };
    vt_library *library = self->application.window->library;
    double slowest = 0;
    for (int i = 0; i < CLICKS; i++) {
        char folder[PATH_MAX];
        int length = snprintf(folder, sizeof folder, "%s/files/0/%d", root, (i + 1) % 10);
        self->begun = vt_window_grid_figures(self->application.window).configured;
        int64_t start = vt_clock_now();
        self->folder = folder;
        vt_library_set_folder(library, folder, (size_t)length);
        if (!run_until(self, shows_folder, 10)) {
            stop("a folder shows no cards");
        }
        double took = (double)(vt_clock_now() - start) / 1e6;
        slowest = took > slowest ? took : slowest;
    }
    report("folder_to_cards", slowest, "ms", 50, "(slowest of 20 folders)");
    report("first_viewport", (double)vt_window_grid_figures(self->application.window).first_viewport_ns / 1e6,
           "ms", 5, "(cards of the first viewport configured)");
    vt_library_set_folder(library, "", 0);
    run_until(self, is_filtered, 30);
}

int main(int argc, char **argv)
{
    size_t files = argc > 3 ? strtoul(argv[3], NULL, 10) : 1000000;
    static bench self = {.more = 10000};
    char catalog[PATH_MAX], thumbs[PATH_MAX], decoder[PATH_MAX];
    if (argc < 3 || files < 1) {
        stop("usage: bench_library_qt FOLDER ROOT [FILES] [MORE] [STALLS]");
    }
    self.more = argc > 4 ? strtoul(argv[4], NULL, 10) : self.more;
    self.stalls = argc > 5 ? argv[5] : NULL;
    root = argv[2];
    find_decoder(decoder);
    setenv("VITRINE_DECODER", decoder, 1);
    snprintf(catalog, sizeof catalog, "%s/library.vitrine", root);
    snprintf(thumbs, sizeof thumbs, "%s/library.thumbs", root);
    named_library_make(root, argv[1], catalog, thumbs, files);
    open_window(&self, catalog, thumbs);
    measure_folders(&self);
    measure_turning(&self);
    measure_table(&self);
    measure_typing_selected(&self);
    measure_typing(&self, "filter_word", "sunset", 16);
    measure_typing(&self, "filter_digits", "12345", 16);
    measure_typing(&self, "filter_two_words", "clipart 123", 40);
    measure_typing(&self, "filter_three_conditions", "clip kind:image size>1k", 40);
    vt_window_set_view(self.application.window, VT_WINDOW_BROWSE);
    run_until(&self, is_settled, 30);
    measure_scrolling(&self);
    vt_engine_figures figures;
    vt_engine_get_figures(self.application.engine, &figures);
    report("memory", (double)figures.rss_peak_bytes / 1048576.0, "MB", 400, "(the most seen, all processes)");
    vt_application_end(&self.application);
    return missed > 0;
}
