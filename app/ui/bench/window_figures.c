/* The real window without a display, on a library of generated files. */
#include "app/ui/bench/window_figures.h"

#include "app/ui/application.h"
#include "app/ui/window/window_private.h"
#include "core/base/clock.h"

#include <qt6c/qabstractscrollarea.h>
#include <qt6c/qscrollbar.h>
#include <qt6c/qtimer.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* QEventLoop::WaitForMoreEvents. */
enum { WAIT_FOR_MORE_EVENTS = 4 };

enum { WIDTH = 1600, HEIGHT = 1000, PATIENCE_S = 30, BEAT_MS = 10, CALM_LOOKS = 4 };

typedef struct bench {
    vt_application application;
    vt_bench_library library;
    char folder[400];   /* that was clicked */
    int64_t configured; /* cards, before that */
    unsigned turn;
    int calm; /* looks in a row at which nothing moved */
} bench;

static void on_beat(void *user)
{
    (void)user; /* so that a look at the clock is never far away */
}

static bool run_until(bench *self, bool (*is_done)(bench *), vt_error *error)
{
    int64_t end = vt_clock_now() + PATIENCE_S * VT_NS_PER_S;
    while (vt_clock_now() < end) {
        q_coreapplication_process_events_full(WAIT_FOR_MORE_EVENTS);
        if (is_done(self)) {
            return true;
        }
    }
    return vt_error_set(error, VT_ERROR_TIMEOUT, "the window still had work after %d s", PATIENCE_S);
}

/* No view is built and no picture awaited. What the sidebar counts comes a second later, on another thread.
 */
static bool is_calm(bench *self)
{
    vt_engine_figures figures;
    vt_engine_get_figures(self->application.engine, &figures);
    bool busy = figures.requests > 0 || vt_library_is_building(self->application.window->library);
    self->calm = busy ? 0 : self->calm + 1;
    return self->calm >= CALM_LOOKS;
}

static bool settle(bench *self, vt_error *error)
{
    self->calm = 0;
    return run_until(self, is_calm, error);
}

static bool has_cards(bench *self)
{
    return vt_window_grid_figures(self->application.window).painted;
}

static void window_end(void *state)
{
    vt_application_end(&((bench *)state)->application);
    free(state);
}

static bool open_window(bench *self, vt_error *error)
{
    static const char program[] = "vitrine";
    const vt_ui_options window = {.program = program, .log = vt_log_none};
    const vt_application_options options = {.window = &window,
                                            .catalog_path = self->library.catalog,
                                            .thumbs_path = self->library.thumbs,
                                            .off_screen = true};
    if (!vt_application_begin(&self->application, &options, error)) {
        return false;
    }
    QWidget *widget = vt_window_widget(self->application.window);
    QTimer *timer = q_timer_new(widget);
    q_timer_on_timeout(timer, timer, on_beat, self);
    q_timer_start_interval(timer, BEAT_MS);
    q_widget_resize(widget, WIDTH, HEIGHT);
    q_widget_show(widget);
    return true;
}

static bool window_begin(const vt_bench_place *place, void **state, vt_error *error)
{
    bench *self = calloc(1, sizeof *self);
    if (!self) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    if (!vt_bench_library_make(place, &self->library, error) || !open_window(self, error)) {
        free(self);
        return false;
    }
    *state = self;
    if (!run_until(self, has_cards, error) || !settle(self, error)) {
        window_end(self);
        return false;
    }
    return true;
}

/* The cards are those of the folder. */
static bool shows_folder(bench *self)
{
    const vt_library *library = self->application.window->library;
    vt_str path = VT_STR_INIT;
    size_t length = strlen(self->folder);
    if (vt_library_count(library) > 0) {
        vt_library_path(library, 0, &path);
    }
    bool shown = path.length > length && memcmp(path.data, self->folder, length) == 0 &&
                 vt_window_grid_figures(self->application.window).configured > self->configured;
    vt_str_free(&path);
    return shown;
}

/* As a click on a folder does: until its first cards are configured. */
static bool run_navigation(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    bench *self = state;
    bool done = true;
    for (unsigned i = 0; i < times && done; i++) {
        int length = snprintf(self->folder, sizeof self->folder, "%s/part %03u", self->library.files,
                              ++self->turn % VT_BENCH_LIBRARY_FOLDERS);
        self->configured = vt_window_grid_figures(self->application.window).configured;
        vt_bench_timer_begin(timer);
        vt_library_set_folder(self->application.window->library, self->folder, (size_t)length);
        done = run_until(self, shows_folder, error);
        vt_bench_timer_end(timer);
        done = done && settle(self, error);
    }
    return done;
}

/* A page further, down and up again: the cards that come into view are configured and painted, and what
   arrives for them meanwhile is taken in. */
static bool run_scroll(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    bench *self = state;
    QAbstractScrollArea *area = (QAbstractScrollArea *)vt_grid_widget(self->application.window->grid);
    QScrollBar *bar = q_abstractscrollarea_vertical_scroll_bar(area);
    int page = q_abstractslider_page_step(bar), last = q_abstractslider_maximum(bar);
    int pages = last / (page > 0 ? page : 1);
    if (pages < 2) {
        return vt_error_set(error, VT_ERROR_INTERNAL, "there is nothing to scroll");
    }
    bool done = true;
    for (unsigned i = 0; i < times && done; i++) {
        int at = (int)(++self->turn % (unsigned)(2 * pages));
        vt_bench_timer_begin(timer);
        q_abstractslider_set_value(bar, page * (at > pages ? 2 * pages - at : at));
        q_coreapplication_process_events();
        q_widget_repaint(q_abstractscrollarea_viewport(area));
        vt_bench_timer_end(timer);
        done = settle(self, error);
    }
    return done;
}

/* What all of it takes, from nothing to a window that shows its cards. */
static bool memory_begin(const vt_bench_place *place, void **state, vt_error *error)
{
    bench *self = calloc(1, sizeof *self);
    if (!self) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    *state = self;
    if (!vt_bench_library_make(place, &self->library, error)) {
        free(self);
        return false;
    }
    return true;
}

static bool run_memory(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    bench *self = state;
    (void)times;
    vt_bench_timer_begin(timer);
    bool done = open_window(self, error) && run_until(self, has_cards, error) && settle(self, error);
    vt_bench_timer_end(timer);
    return done;
}

static void memory_end(void *state)
{
    bench *self = state;
    if (self->application.window) {
        vt_application_end(&self->application);
    }
    free(self);
}

const vt_bench_figure vt_bench_window_figures[] = {
    {"navigation", "from a click on a folder to its first cards, by the clock", VT_BENCH_RESPONSE,
     VT_BENCH_WALL, NULL, 1, 31, window_begin, run_navigation, window_end},
    {"scroll-frame", "a page further in the grid: cards configured and painted", VT_BENCH_FRAME,
     VT_BENCH_THREAD, NULL, 1, 15, window_begin, run_scroll, window_end},
    {"window-memory", "memory of the window with a library of 600 items", VT_BENCH_SPACE, VT_BENCH_MEMORY,
     NULL, 1, 1, memory_begin, run_memory, memory_end},
    {0},
};
