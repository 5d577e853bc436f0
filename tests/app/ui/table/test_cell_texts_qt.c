/* Texts of table cells: laid out once, whatever is painted how often; told apart by text and width. */
#include "tests/support/check.h"

#include "app/ui/parts/theme.h"
#include "app/ui/table/cell_texts.h"

#include <qt6c/qapplication.h>
#include <qt6c/qimage.h>
#include <qt6c/qpainter.h>
#include <qt6c/qwidget.h>

#include <string.h>

enum { WIDTH = 200, HEIGHT = 24, WHITE = 0xFFFFFF };

static QWidget *widget;

/* What the cell looks like; owned by the caller. */
static QImage paint(vt_cell_texts *texts, const char *text, int width, bool at_right)
{
    QImage image;
    q_image_init(&image, WIDTH, HEIGHT, QImage_Format_RGB32);
    q_image_fill(&image, WHITE | 0xFF000000U);
    QStyleOptionViewItem option;
    q_styleoptionviewitem_init(&option);
    *q_styleoption_field_rect(&option) = q_rect_make(0, 0, width, HEIGHT);
    *q_styleoptionviewitem_field_widget(&option) = widget;
    QPainter painter;
    q_painter_init_on(&painter, &image);
    vt_cell_texts_paint(texts, &painter, &option, text, 0, at_right);
    q_painter_fini(&painter);
    q_styleoptionviewitem_fini(&option);
    return image;
}

/* Columns of pixels from the left up to the first that is not white; WIDTH if all are. */
static int blank_left(const QImage *image)
{
    for (int x = 0; x < WIDTH; x++) {
        for (int y = 0; y < HEIGHT; y++) {
            if ((q_image_pixel_xy(image, x, y) & WHITE) != WHITE) {
                return x;
            }
        }
    }
    return WIDTH;
}

static int blank_left_of(vt_cell_texts *texts, const char *text, int width, bool at_right)
{
    QImage image = paint(texts, text, width, at_right);
    int blank = blank_left(&image);
    q_image_fini(&image);
    return blank;
}

static void a_text_is_laid_out_once(void **state)
{
    (void)state;
    enum { TEXTS = 100, TIMES = 5 };
    vt_cell_texts *texts = vt_cell_texts_create();
    assert_non_null(texts);
    for (int time = 0; time < TIMES; time++) {
        for (int i = 0; i < TEXTS; i++) {
            char text[32];
            snprintf(text, sizeof text, "clipart (%d).png", i);
            assert_true(blank_left_of(texts, text, WIDTH, false) < WIDTH);
        }
    }
    assert_int_equal(vt_cell_texts_made(texts), TEXTS);
    uint64_t before = vt_cell_texts_made(texts);
    assert_int_equal(blank_left_of(texts, "", WIDTH, false), WIDTH);
    assert_int_equal(blank_left_of(texts, "narrow", 2 * VT_CELL_MARGIN, false), WIDTH);
    assert_int_equal(vt_cell_texts_made(texts), before);
    vt_cell_texts_free(texts);
}

static void it_stands_where_it_should(void **state)
{
    (void)state;
    vt_cell_texts *texts = vt_cell_texts_create();
    vt_cell_texts *both[] = {texts, NULL}; /* without memory it looks the same */
    for (int i = 0; i < 2; i++) {
        assert_in_range(blank_left_of(both[i], "HHH", WIDTH, false), VT_CELL_MARGIN, VT_CELL_MARGIN + 3);
        assert_in_range(blank_left_of(both[i], "HHH", WIDTH, true), WIDTH / 2, WIDTH - VT_CELL_MARGIN - 3);
        assert_in_range(blank_left_of(both[i], "HHH", WIDTH / 2, true), VT_CELL_MARGIN + 4, WIDTH / 2);
    }
    vt_cell_texts_free(texts);
}

/* Only what was used lately is kept, and a text without end not at all: all are painted. */
static void what_is_kept_has_a_limit(void **state)
{
    (void)state;
    enum { MANY = 3000, LONG = 5000 };
    static char lines[LONG + 1];
    char text[32];
    vt_cell_texts *texts = vt_cell_texts_create();
    for (int i = 0; i < MANY; i++) {
        snprintf(text, sizeof text, "%d", i);
        assert_true(blank_left_of(texts, text, WIDTH, false) < WIDTH);
    }
    assert_int_equal(vt_cell_texts_made(texts), MANY);
    blank_left_of(texts, text, WIDTH, false); /* the last one is there, */
    assert_int_equal(vt_cell_texts_made(texts), MANY);
    blank_left_of(texts, "0", WIDTH, false); /* the first one no longer */
    assert_int_equal(vt_cell_texts_made(texts), MANY + 1);
    memset(lines, 'H', LONG);
    assert_true(blank_left_of(texts, lines, WIDTH, false) < WIDTH);
    assert_int_equal(vt_cell_texts_made(texts), MANY + 1);
    vt_cell_texts_free(texts);
}

int main(void)
{
    static int argc = 1;
    static char *argv[] = {(char *)"test", NULL};
    QApplication *application = q_application_new(&argc, argv);
    vt_theme_apply(VT_THEME_LIGHT);
    widget = q_widget_new(NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_laid_out_once),
        cmocka_unit_test(it_stands_where_it_should),
        cmocka_unit_test(what_is_kept_has_a_limit),
    };
    int status = cmocka_run_group_tests(tests, NULL, NULL);
    q_widget_delete(widget);
    q_application_delete(application);
    return status;
}
