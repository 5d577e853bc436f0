/*
 * Cards of the Browse view: what acquiring and configuring one costs, and a first viewport of 60, on the real
 * widgets without a display (bars of document 000: 1 ms a card, 271 -> 50 ms a viewport; ours 50 us and 10
 * ms).
 *
 * A baseline in the same run: a plain QLabel per item, made anew, which is what a grid without a pool does.
 */
#include "app/ui/browse/card.h"
#include "app/ui/parts/theme.h"
#include "core/base/clock.h"

#include <qt6c/qapplication.h>
#include <qt6c/qlabel.h>
#include <qt6c/qpixmap.h>

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

enum { VIEWPORT = 60, ROUNDS = 200, SIDE = 160, COLUMNS = 10 };

typedef struct samples {
    double values[ROUNDS];
    int count;
} samples;

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;
    return (left > right) - (left < right);
}

static double median(samples *all)
{
    qsort(all->values, (size_t)all->count, sizeof *all->values, compare);
    return all->values[all->count / 2];
}

static double microseconds(int64_t from)
{
    return (double)(vt_clock_now() - from) / VT_NS_PER_US;
}

static void place(QWidgetRef widget, int number)
{
    QRect area = q_rect_make(number % COLUMNS * SIDE, number / COLUMNS * SIDE, SIDE, SIDE);
    q_widget_set_geometry(widget, &area);
}

static void show_viewport(vt_object_pool *pool, vt_card **cards, const QPixmap *picture,
                          const vt_tinythumb *tiny, int64_t first)
{
    for (int i = 0; i < VIEWPORT; i++) {
        char name[32];
        snprintf(name, sizeof name, "picture %lld.jpg", (long long)first + i);
        const vt_card_content content = {.number = first + i,
                                         .item = first + i + 1,
                                         .captions = {name, "4000 x 3000"},
                                         .caption_count = 2,

                                         .longest = 4000,
                                         .tiny = tiny,
                                         .kind = VT_KIND_IMAGE};
        cards[i] = vt_object_pool_acquire(pool, &content, NULL);
        place(vt_card_widget(cards[i]), i);
        if (picture) {
            vt_card_set_picture(cards[i], picture);
        }
        q_widget_show(vt_card_widget(cards[i]));
    }
}

static void measure_cards(QWidget *parent, const QPixmap *picture, const vt_tinythumb *tiny, samples *card,
                          samples *viewport, double *first)
{
    vt_card *cards[VIEWPORT];
    const vt_object_pool_limits limits = {.live = 2 * VIEWPORT, .idle = 2 * VIEWPORT};
    vt_object_pool *pool = vt_object_pool_create(&vt_card_ops, parent, &limits, NULL);
    for (int round = 0; round < ROUNDS; round++) {
        int64_t start = vt_clock_now();
        show_viewport(pool, cards, picture, tiny, (int64_t)round * VIEWPORT);
        double took = microseconds(start);
        if (round == 0) {
            *first = took; /* with an empty pool: every card is made */
        } else {
            viewport->values[viewport->count++] = took;
            card->values[card->count++] = took / VIEWPORT;
        }
        for (int i = 0; i < VIEWPORT; i++) {
            vt_object_pool_release(pool, cards[i]);
        }
    }
    vt_object_pool_free(pool);
}

/* What a card holds: vt_card_ops says so to the pool, and that to the Performance centre. */
static double measure_memory(QWidget *parent)
{
    enum { CARDS = 1000 };
    const vt_object_pool_limits limits = {.live = CARDS, .idle = CARDS};
    vt_object_pool *pool = vt_object_pool_create(&vt_card_ops, parent, &limits, NULL);
    struct mallinfo2 before = mallinfo2();
    if (!vt_object_pool_prewarm(pool, CARDS, NULL)) {
        (void)fprintf(stderr, "bench_cards: out of memory\n");
        exit(2);
    }
    struct mallinfo2 after = mallinfo2();
    double each = (double)(after.uordblks + after.hblkhd - before.uordblks - before.hblkhd) / CARDS;
    vt_object_pool_free(pool);
    return each;
}

/* What painting one card into a picture of its own costs: the median over rounds of a viewport, each of other
   items. */
static double measure_paint(QWidget *parent, const QPixmap *picture, const vt_tinythumb *tiny)
{
    vt_card *cards[VIEWPORT];
    samples all = {.count = 0};
    const QRect whole = q_rect_make(0, 0, SIDE, SIDE);
    const vt_object_pool_limits limits = {.live = VIEWPORT, .idle = VIEWPORT};
    vt_object_pool *pool = vt_object_pool_create(&vt_card_ops, parent, &limits, NULL);
    for (int round = 0; round < ROUNDS / 10; round++) {
        show_viewport(pool, cards, picture, tiny, (int64_t)round * VIEWPORT);
        int64_t start = vt_clock_now();
        for (int i = 0; i < VIEWPORT; i++) {
            QPixmap painted = q_widget_grab(vt_card_widget(cards[i]), &whole);
            q_pixmap_fini(&painted);
        }
        all.values[all.count++] = microseconds(start) / VIEWPORT;
        for (int i = 0; i < VIEWPORT; i++) {
            vt_object_pool_release(pool, cards[i]);
        }
    }
    vt_object_pool_free(pool);
    return median(&all);
}

static double measure_labels(QWidget *parent, const QPixmap *picture)
{
    samples all = {.count = 0};
    for (int round = 0; round < ROUNDS / 10; round++) {
        QLabel *labels[VIEWPORT];
        int64_t start = vt_clock_now();
        for (int i = 0; i < VIEWPORT; i++) {
            labels[i] = q_label_new_empty(parent);
            place(labels[i], i);
            q_label_set_pixmap(labels[i], picture);
            q_widget_show(labels[i]);
        }
        all.values[all.count++] = microseconds(start);
        for (int i = 0; i < VIEWPORT; i++) {
            q_widget_delete(labels[i]);
        }
    }
    return median(&all);
}

int main(void)
{
    static int argc = 1;
    static char *argv[] = {(char *)"bench", NULL};
    setenv("QT_QPA_PLATFORM", "offscreen", 1);
    QApplication *application = q_application_new(&argc, argv);
    vt_theme_apply(VT_THEME_LIGHT);
    QWidget *parent = q_widget_new(NULL);
    q_widget_resize(parent, COLUMNS * SIDE, VIEWPORT / COLUMNS * SIDE);
    q_widget_show(parent);
    QPixmap picture;
    q_pixmap_init(&picture, SIDE, SIDE);
    QColor red = vt_theme_color(0xc04040);
    q_pixmap_fill(&picture, &red);
    samples card = {.count = 0};
    samples viewport = {.count = 0};
    double first = 0;
    vt_tinythumb tiny = {{0}};
    for (size_t i = 0; i < sizeof tiny.bytes; i++) {
        tiny.bytes[i] = (uint8_t)(128 + i * 37 % 64); /* any bytes are a picture */
    }
    measure_cards(parent, &picture, &tiny, &card, &viewport, &first);
    double labels = measure_labels(parent, &picture);
    double reused = median(&viewport);
    printf("card_acquire_configure %.2f us <=50\n", median(&card));
    printf("first_viewport_of_60_cards %.3f ms <=10\n", first / 1e3);
    printf("next_viewport_of_60_cards %.3f ms <=10\n", reused / 1e3);
    printf("card_memory %.0f B <=%zu (what the pool counts for each)\n", measure_memory(parent),
           vt_card_ops.bytes);
    printf("card_paint_picture %.1f us -\n", measure_paint(parent, &picture, &tiny));
    printf("card_paint_tiny %.1f us -\n", measure_paint(parent, NULL, &tiny));
    printf("card_paint_placeholder %.1f us -\n", measure_paint(parent, NULL, NULL));
    printf("labels_made_anew_over_pooled_cards %.1f x -\n", labels / reused);
    q_pixmap_fini(&picture);
    q_widget_delete(parent);
    q_application_delete(application);
    return first > 10e3 || reused > 10e3;
}
