/* What a card shows while its picture is on its way: the colours of its tiny thumbnail, in its shape. */
#include "tests/support/check.h"

#include "app/ui/browse/card.h"
#include "app/ui/parts/theme.h"

#include <qt6c/qapplication.h>
#include <qt6c/qimage.h>

#include <stdlib.h>
#include <string.h>

enum { SIDE = 200, COLOUR_ERROR = 8 };

/* BGRA */
static const uint8_t red[4] = {30, 20, 220, 255}, green[4] = {40, 200, 20, 255};

static QWidget *parent;
static vt_object_pool *pool;

static vt_tinythumb tiny_of(const uint8_t colour[4], uint32_t width, uint32_t height)
{
    vt_pixels pixels = {.width = width, .height = height, .stride = (size_t)width * 4};
    pixels.capacity = pixels.stride * height;
    pixels.data = malloc(pixels.capacity);
    assert_non_null(pixels.data);
    for (size_t i = 0; i < pixels.capacity; i += 4) {
        memcpy(pixels.data + i, colour, 4);
    }
    vt_tinythumb tiny = vt_tinythumb_encode(&pixels);
    free(pixels.data);
    return tiny;
}

static vt_card *acquire(int64_t item, const vt_tinythumb *tiny)
{
    const vt_card_content content = {.row = 1,
                                     .item = item,
                                     .version = 1,
                                     .name = "name.jpg",
                                     .detail = "4000 x 3000",
                                     .kind = VT_KIND_IMAGE,
                                     .longest = 4000,
                                     .tiny = tiny};
    vt_card *card = vt_object_pool_acquire(pool, &content, NULL);
    assert_non_null(card);
    QRect area = q_rect_make(0, 0, SIDE, SIDE + vt_card_caption_height());
    q_widget_set_geometry(vt_card_widget(card), &area);
    return card;
}

/* Whether the card has that colour, `x` and `y` percent across and down the square of its picture. */
static bool has_colour(vt_card *card, int x, int y, const uint8_t colour[4])
{
    const QRect whole = q_rect_make(0, 0, SIDE, SIDE);
    QPixmap painted = q_widget_grab(vt_card_widget(card), &whole);
    QImage image = q_pixmap_to_image(&painted);
    unsigned pixel = q_image_pixel_xy(&image, SIDE * x / 100, SIDE * y / 100);
    q_image_fini(&image);
    q_pixmap_fini(&painted);
    bool same = true;
    for (int c = 0; c < 3; c++) {
        same = same && abs((int)(pixel >> (8 * c) & 255) - colour[c]) <= COLOUR_ERROR;
    }
    return same;
}

static void the_colours_are_there_at_once(void **state)
{
    (void)state;
    const vt_tinythumb tiny = tiny_of(red, 200, 200);
    vt_card *card = acquire(1, &tiny);
    for (int at = 10; at <= 90; at += 10) { /* across the strips it is painted in */
        assert_true(has_colour(card, 50, at, red));
        assert_true(has_colour(card, at, 50, red));
    }
    assert_false(vt_card_has_picture(card));
    vt_object_pool_release(pool, card);
}

static void they_have_the_shape_of_the_picture(void **state)
{
    (void)state;
    const vt_tinythumb wide = tiny_of(red, 300, 100);
    vt_card *card = acquire(1, &wide);
    assert_true(has_colour(card, 10, 50, red) && has_colour(card, 90, 50, red));
    assert_true(has_colour(card, 50, 38, red) && has_colour(card, 50, 62, red));
    assert_false(has_colour(card, 50, 25, red) || has_colour(card, 50, 75, red));
    vt_object_pool_release(pool, card);
    const vt_tinythumb high = tiny_of(red, 100, 300);
    card = acquire(2, &high);
    assert_true(has_colour(card, 50, 10, red) && has_colour(card, 50, 90, red));
    assert_false(has_colour(card, 25, 50, red) || has_colour(card, 75, 50, red));
    vt_object_pool_release(pool, card);
}

/* A card is used again for other items: what it showed is gone. */
static void another_item_has_its_own(void **state)
{
    (void)state;
    const vt_tinythumb first = tiny_of(red, 100, 100);
    const vt_tinythumb second = tiny_of(green, 100, 100);
    vt_card *card = acquire(1, &first);
    assert_true(has_colour(card, 50, 50, red));
    vt_object_pool_release(pool, card);
    card = acquire(2, &second);
    assert_true(has_colour(card, 50, 50, green));
    vt_object_pool_release(pool, card);
    card = acquire(3, NULL);
    assert_false(has_colour(card, 20, 20, green) || has_colour(card, 20, 20, red));
    vt_object_pool_release(pool, card);
}

static void the_picture_takes_their_place(void **state)
{
    (void)state;
    const vt_tinythumb tiny = tiny_of(red, 100, 100);
    vt_card *card = acquire(1, &tiny);
    QPixmap picture;
    q_pixmap_init(&picture, SIDE, SIDE);
    QColor colour = vt_theme_color(0x14c828); /* `green` */
    q_pixmap_fill(&picture, &colour);
    vt_card_set_picture(card, &picture);
    q_pixmap_fini(&picture);
    assert_true(has_colour(card, 50, 50, green));
    vt_object_pool_release(pool, card);
    card = acquire(2, &tiny);
    vt_card_set_failed(card); /* there will be none: nothing that looks like one */
    assert_false(has_colour(card, 20, 20, red));
    vt_object_pool_release(pool, card);
}

int main(void)
{
    static int argc = 1;
    static char *argv[] = {(char *)"test", NULL};
    QApplication *application = q_application_new(&argc, argv);
    vt_theme_apply(VT_THEME_LIGHT);
    parent = q_widget_new(NULL);
    const vt_object_pool_limits limits = {.live = 4, .idle = 4};
    pool = vt_object_pool_create(&vt_card_ops, parent, &limits, NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_colours_are_there_at_once),
        cmocka_unit_test(they_have_the_shape_of_the_picture),
        cmocka_unit_test(another_item_has_its_own),
        cmocka_unit_test(the_picture_takes_their_place),
    };
    int status = cmocka_run_group_tests(tests, NULL, NULL);
    vt_object_pool_free(pool);
    q_widget_delete(parent);
    q_application_delete(application);
    return status;
}
