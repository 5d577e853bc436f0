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
    const vt_card_content content = {.number = 1,
                                     .item = item,
                                     .version = 1,
                                     .captions = {"name.jpg", "4000 x 3000"},
                                     .caption_count = 2,

                                     .kind = VT_KIND_IMAGE,
                                     .longest = 4000,
                                     .tiny = tiny};
    vt_card *card = vt_object_pool_acquire(pool, &content, NULL);
    assert_non_null(card);
    QRect area = q_rect_make(0, 0, SIDE, SIDE + vt_card_caption_height(2));
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

/* It is used again for other items. */
static void a_screen_reader_hears_its_name(void **state)
{
    (void)state;
    const vt_tinythumb tiny = tiny_of(red, 200, 200);
    vt_card *card = acquire(1, &tiny);
    char *name = q_widget_accessible_name(vt_card_widget(card));
    assert_string_equal(name, "name.jpg");
    free(name);
    const vt_card_content content = {.number = 2, .item = 2, .version = 1, .kind = VT_KIND_IMAGE};
    vt_card_configure(card, &content); /* nothing stands below the cards */
    name = q_widget_accessible_name(vt_card_widget(card));
    assert_string_equal(name, "");
    free(name);
    vt_object_pool_release(pool, card);
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

/* One that is far longer than wide is seen as a line, not as nothing. */
static void a_thin_picture_is_a_line(void **state)
{
    (void)state;
    static const int sizes[][2] = {{256, 1}, {1, 256}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        vt_card *card = acquire((int64_t)i + 1, NULL);
        QPixmap picture;
        q_pixmap_init(&picture, sizes[i][0], sizes[i][1]);
        QColor colour = vt_theme_color(0x14c828); /* `green` */
        q_pixmap_fill(&picture, &colour);
        vt_card_set_picture(card, &picture);
        q_pixmap_fini(&picture);
        bool line = false;
        for (int at = 49; at <= 51; at++) {
            line = line || has_colour(card, i == 0 ? 30 : at, i == 0 ? at : 30, green);
        }
        assert_true(line);
        vt_object_pool_release(pool, card);
    }
}

/* ---- badges, captions, stacks ---- */

/* The part of the card that differs from `without`, as percents of its square; false if nothing does. */
static bool differs_at(const vt_card_content *with, const vt_card_content *without, int x, int y, int size)
{
    QImage images[2];
    const vt_card_content *contents[2] = {with, without};
    for (int i = 0; i < 2; i++) {
        vt_card *card = vt_object_pool_acquire(pool, contents[i], NULL);
        assert_non_null(card);
        QRect area = q_rect_make(0, 0, SIDE, SIDE + vt_card_caption_height(contents[i]->caption_count));
        q_widget_set_geometry(vt_card_widget(card), &area);
        const QRect whole = q_rect_make(0, 0, SIDE, SIDE);
        QPixmap painted = q_widget_grab(vt_card_widget(card), &whole);
        images[i] = q_pixmap_to_image(&painted);
        q_pixmap_fini(&painted);
        vt_object_pool_release(pool, card);
    }
    bool differs = false;
    for (int at = 0; at < size * size; at++) {
        int px = SIDE * x / 100 + at % size;
        int py = SIDE * y / 100 + at / size;
        differs |= q_image_pixel_xy(&images[0], px, py) != q_image_pixel_xy(&images[1], px, py);
    }
    q_image_fini(&images[0]);
    q_image_fini(&images[1]);
    return differs;
}

static vt_card_content plain(int64_t item, const vt_tinythumb *tiny)
{
    return (vt_card_content){
        .number = 1, .item = item, .version = 1, .kind = VT_KIND_IMAGE, .longest = 4000, .tiny = tiny};
}

/* Each has a corner of its own, and leaves the others alone. */
static void badges_stand_in_their_corners(void **state)
{
    (void)state;
    const vt_tinythumb tiny = tiny_of(red, 200, 200);
    const vt_card_content without = plain(1, &tiny);
    vt_card_content rated = plain(1, &tiny);
    rated.rating = 4;
    assert_true(differs_at(&rated, &without, 6, 84, 12));
    assert_false(differs_at(&rated, &without, 84, 6, 12));
    vt_card_content sequence = plain(1, &tiny);
    sequence.badge = "240";
    assert_true(differs_at(&sequence, &without, 84, 6, 12));
    assert_false(differs_at(&sequence, &without, 6, 84, 12));
    vt_card_content missing = plain(1, &tiny);
    missing.missing = true;
    assert_true(differs_at(&missing, &without, 84, 6, 12));
    vt_card_content model = plain(1, &tiny);
    model.kind = VT_KIND_MODEL;
    assert_true(differs_at(&model, &without, 84, 6, 12));
}

static void without_captions_a_card_is_its_picture(void **state)
{
    (void)state;
    assert_int_equal(vt_card_caption_height(0), 0);
    assert_true(vt_card_caption_height(1) > 0);
    assert_true(vt_card_caption_height(2) > vt_card_caption_height(1));
}

static void a_stack_shows_what_is_behind(void **state)
{
    (void)state;
    const vt_tinythumb front = tiny_of(red, 200, 200);
    const vt_tinythumb behind = tiny_of(green, 200, 200);
    vt_card_content stack = plain(1, &front);
    stack.stack = true;
    stack.badge = "2";
    const vt_card_content alone = stack;
    stack.behind[0] = &behind;
    assert_true(differs_at(&stack, &alone, 50, 6, 12)); /* its upper edge peeps out */
    vt_card *card = vt_object_pool_acquire(pool, &stack, NULL);
    QRect area = q_rect_make(0, 0, SIDE, SIDE);
    q_widget_set_geometry(vt_card_widget(card), &area);
    assert_true(has_colour(card, 45, 60, red));
    vt_object_pool_release(pool, card);
}

static void what_moves_takes_the_place_of_the_picture_for_a_while(void **state)
{
    (void)state;
    const vt_tinythumb tiny = tiny_of(red, 100, 100);
    vt_card *card = acquire(1, &tiny);
    QPixmap frame;
    q_pixmap_init(&frame, SIDE, SIDE);
    QColor colour = vt_theme_color(0x14c828); /* `green` */
    q_pixmap_fill(&frame, &colour);
    vt_card_set_moving(card, &frame);
    assert_true(has_colour(card, 50, 50, green));
    assert_false(vt_card_has_picture(card));
    vt_card_rest(card);
    assert_true(has_colour(card, 50, 50, red));
    vt_card_set_moving(card, &frame);
    vt_object_pool_release(pool, card);
    card = acquire(2, &tiny); /* another item does not begin with it */
    assert_true(has_colour(card, 50, 50, red));
    vt_card_set_smaller(card, &frame); /* the stored one, before that of full size */
    assert_false(vt_card_has_picture(card));
    assert_true(has_colour(card, 50, 50, green));
    vt_card_set_rough(card, &frame);
    q_pixmap_fini(&frame);
    vt_object_pool_release(pool, card);
}

static void another_look_means_another_configuring(void **state)
{
    (void)state;
    vt_card_content content = plain(1, NULL);
    content.look = 7;
    vt_card *card = vt_object_pool_acquire(pool, &content, NULL);
    assert_true(vt_card_shows(card, &content));
    content.look = 8;
    assert_false(vt_card_shows(card, &content));
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
        cmocka_unit_test(a_screen_reader_hears_its_name),
        cmocka_unit_test(the_colours_are_there_at_once),
        cmocka_unit_test(they_have_the_shape_of_the_picture),
        cmocka_unit_test(another_item_has_its_own),
        cmocka_unit_test(the_picture_takes_their_place),
        cmocka_unit_test(a_thin_picture_is_a_line),
        cmocka_unit_test(badges_stand_in_their_corners),
        cmocka_unit_test(without_captions_a_card_is_its_picture),
        cmocka_unit_test(a_stack_shows_what_is_behind),
        cmocka_unit_test(what_moves_takes_the_place_of_the_picture_for_a_while),
        cmocka_unit_test(another_look_means_another_configuring),
    };
    int status = cmocka_run_group_tests(tests, NULL, NULL);
    vt_object_pool_free(pool);
    q_widget_delete(parent);
    q_application_delete(application);
    return status;
}
