/* Cards of the Browse view: made, and used again. */
#include "app/ui/bench/window_figures.h"
#include "app/ui/browse/card.h"
#include "app/ui/parts/theme.h"

#include <qt6c/qapplication.h>

#include <stdio.h>
#include <stdlib.h>

enum { VIEWPORT = 60, SIDE = 160, COLUMNS = 10 };

typedef struct bench {
    QApplication *application;
    QWidget *parent;
    QPixmap picture;
    vt_object_pool *pool;
    vt_card *cards[VIEWPORT];
    int64_t number; /* of the next item */
} bench;

static const vt_object_pool_limits limits = {.live = VIEWPORT, .idle = VIEWPORT};

static void cards_end(void *state)
{
    bench *self = state;
    vt_object_pool_free(self->pool);
    q_pixmap_fini(&self->picture);
    q_widget_delete(self->parent);
    q_application_delete(self->application);
    free(self);
}

static bool cards_begin(const vt_bench_place *place, void **state, vt_error *error)
{
    static int argc = 1;
    static char *argv[] = {(char *)"vitrine", NULL};
    (void)place;
    bench *self = calloc(1, sizeof *self);
    if (!self) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    setenv("QT_QPA_PLATFORM", "offscreen", 1);
    self->application = q_application_new(&argc, argv);
    vt_theme_apply(VT_THEME_LIGHT);
    self->parent = q_widget_new(NULL);
    q_widget_resize(self->parent, COLUMNS * SIDE, VIEWPORT / COLUMNS * SIDE);
    q_widget_show(self->parent);
    q_pixmap_init(&self->picture, SIDE, SIDE);
    QColor red = vt_theme_color(0xc04040);
    q_pixmap_fill(&self->picture, &red);
    *state = self;
    return true;
}

static bool show(bench *self, vt_error *error)
{
    for (int i = 0; i < VIEWPORT; i++) {
        char name[48];
        (void)snprintf(name, sizeof name, "picture %lld.jpg", (long long)self->number);
        const vt_card_content content = {.number = self->number,
                                         .item = ++self->number,
                                         .captions = {name, "4000 x 3000"},
                                         .caption_count = 2,
                                         .longest = 4000,
                                         .kind = VT_KIND_IMAGE};
        self->cards[i] = vt_object_pool_acquire(self->pool, &content, error);
        if (!self->cards[i]) {
            return false;
        }
        QRect area = q_rect_make(i % COLUMNS * SIDE, i / COLUMNS * SIDE, SIDE, SIDE);
        q_widget_set_geometry(vt_card_widget(self->cards[i]), &area);
        vt_card_set_picture(self->cards[i], &self->picture);
        q_widget_show(vt_card_widget(self->cards[i]));
    }
    return true;
}

static void release(bench *self)
{
    for (int i = 0; i < VIEWPORT; i++) {
        if (self->cards[i]) {
            vt_object_pool_release(self->pool, self->cards[i]);
        }
        self->cards[i] = NULL;
    }
}

/* A viewport of cards; with `anew`, from an empty pool. */
static bool run(bench *self, vt_bench_timer *timer, unsigned times, bool anew, vt_error *error)
{
    bool done = true;
    for (unsigned i = 0; i < times && done; i += VIEWPORT) {
        if (anew) {
            vt_object_pool_free(self->pool);
            self->pool = NULL;
        }
        if (!self->pool) {
            self->pool = vt_object_pool_create(&vt_card_ops, self->parent, &limits, error);
        }
        if (!self->pool) {
            return false;
        }
        vt_bench_timer_begin(timer);
        done = show(self, error);
        vt_bench_timer_end(timer);
        release(self);
    }
    return done;
}

static bool run_anew(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    return run(state, timer, times, true, error);
}

static bool run_again(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    return run(state, timer, times, false, error);
}

const vt_bench_figure vt_bench_card_figures[] = {
    {"widget-creation", "a card of the grid, made anew and configured", VT_BENCH_CREATION, VT_BENCH_THREAD,
     NULL, 2 * VIEWPORT, 0, cards_begin, run_anew, cards_end},
    {"widget-reuse", "a card of the pool, configured for another item", VT_BENCH_CREATION, VT_BENCH_THREAD,
     NULL, 4 * VIEWPORT, 0, cards_begin, run_again, cards_end},
    {0},
};
