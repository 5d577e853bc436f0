/* Pictures of 200 megapixels: at 1:1 their own pixels are seen, wherever one goes, also side by side, in
 * bounded memory. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jpeglib.h>
#include <spng.h>

enum { WIDTH = 20000, HEIGHT = 10000, BLOCK = 500, ARROW = 80 };

/* Of the block around a point. */
static int grey_of(int x, int y)
{
    return 30 + (x / BLOCK * 53 + y / BLOCK * 91) % 200;
}

static void fill_row(uint8_t *row, int y)
{
    for (int x = 0; x < WIDTH; x++) {
        row[x] = (uint8_t)grey_of(x, y);
    }
}

static void write_jpeg(const char *path, uint8_t *row)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_stdio_dest(&jpeg, file);
    jpeg.image_width = WIDTH;
    jpeg.image_height = HEIGHT;
    jpeg.input_components = 1;
    jpeg.in_color_space = JCS_GRAYSCALE;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, 90, TRUE);
    jpeg_start_compress(&jpeg, TRUE);
    for (int y = 0; y < HEIGHT; y++) {
        fill_row(row, y);
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    assert_int_equal(fclose(file), 0);
}

static void write_png(const char *path, uint8_t *row)
{
    spng_ctx *png = spng_ctx_new(SPNG_CTX_ENCODER);
    struct spng_ihdr header = {
        .width = WIDTH, .height = HEIGHT, .bit_depth = 8, .color_type = SPNG_COLOR_TYPE_GRAYSCALE};
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(spng_set_png_file(png, file), 0);
    assert_int_equal(spng_set_ihdr(png, &header), 0);
    assert_int_equal(spng_set_option(png, SPNG_IMG_COMPRESSION_LEVEL, 1), 0);
    assert_int_equal(spng_set_option(png, SPNG_FILTER_CHOICE, SPNG_FILTER_CHOICE_NONE), 0);
    assert_int_equal(
        spng_encode_image(png, NULL, 0, SPNG_FMT_PNG, SPNG_ENCODE_PROGRESSIVE | SPNG_ENCODE_FINALIZE), 0);
    int code = 0;
    for (int y = 0; code == 0; y++) {
        fill_row(row, y);
        code = spng_encode_row(png, row, WIDTH);
    }
    assert_int_equal(code, SPNG_EOI);
    spng_ctx_free(png);
    assert_int_equal(fclose(file), 0);
}

/* Most memory that the process ever held, in KiB. */
static long peak_kib(pid_t pid)
{
    char path[64], line[256];
    long kib = -1;
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        sscanf(line, "VmHWM: %ld", &kib);
    }
    fclose(file);
    return kib;
}

/* A strip of two pixels beside the middle of that canvas must have the picture's grey at this point. */
static void expect_pixels(window_session *session, const char *name, int dx, int x, int y)
{
    window_place canvas = window_session_place(session, name);
    window_place strip = {canvas.x + canvas.width / 2 + dx - 1, canvas.y + canvas.height / 2 - 2, 2, 4};
    int grey = grey_of(x, y);
    double seen = -1;
    for (int i = 0; i < 1000 && (seen < grey - 4 || seen > grey + 4); i++) {
        usleep(20000);
        seen = window_session_lightness(session, strip);
    }
    if (seen < grey - 4 || seen > grey + 4) {
        fail_msg("%s: grey %.1f where the picture has %d at (%d, %d)", name, seen, grey, x, y);
    }
}

/* On both sides of an edge between two blocks: blurred, the two would run into each other. */
static void expect_sharp_edge(window_session *session, const char *name, int middle_x, int middle_y)
{
    int edge = (middle_x + BLOCK / 2) / BLOCK * BLOCK;
    expect_pixels(session, name, edge - middle_x - 4, edge - 4, middle_y);
    expect_pixels(session, name, edge - middle_x + 4, edge + 4, middle_y);
}

static void press(window_session *session, const char *key, int times)
{
    for (int i = 0; i < times; i++) {
        window_session_key(session, key);
    }
}

static void look_at(const char *name, void (*write)(const char *path, uint8_t *row))
{
    static uint8_t row[WIDTH];
    char *folder = files_temporary_folder();
    char *pictures = strdup(files_folder(folder, "pictures"));
    write(files_path(pictures, name), row);
    window_session *session = window_session_start(folder, (const char *const[]){pictures, NULL});
    window_session_wait_both(session, "import ended: imported=1 ", "view: items=1 ");
    window_session_click(session, "Items");
    window_session_key(session, "Home Return");
    window_session_wait(session, "viewer: opened row=0 ");
    window_session_wait(session, "viewer: picture ");
    window_session_key(session, "1");
    window_session_wait(session, "viewer: zoom 100 %");
    window_session_wait(session, "viewer: tiles here ");
    window_session_screenshot(session, name);
    press(session, "Right", 2);
    press(session, "Down", 3);
    int x = WIDTH / 2 + 2 * ARROW;
    int y = HEIGHT / 2 + 3 * ARROW;
    expect_sharp_edge(session, "Picture", x, y);

    /* Far away, by the mouse: other tiles come. */
    window_place canvas = window_session_place(session, "Picture");
    window_session_skip(session);
    for (int i = 0; i < 4; i++) {
        window_session_do(session, "mousemove %d %d mousedown 1", canvas.x + 1000, canvas.y + 600);
        window_session_do(session, "mousemove %d %d", canvas.x + 500, canvas.y + 300);
        window_session_do(session, "mousemove %d %d mouseup 1", canvas.x + 100, canvas.y + 100);
    }
    window_session_wait(session, "viewer: tiles here ");
    expect_sharp_edge(session, "Picture", x + 4 * 900, y + 4 * 500);

    /* Turned: the same point is in the middle of a picture whose sides have changed places. */
    window_session_key(session, "bracketright 1");
    window_session_wait(session, "viewer: turned quarters=1");
    press(session, "Down", 1);
    expect_pixels(session, "Picture", 7, WIDTH / 2 + ARROW, HEIGHT / 2 - 7);

    assert_true(window_session_value_max(session, "tile_bytes") > 0);
    assert_true(window_session_value_max(session, "tile_bytes") <= (double)(128 << 20));
    assert_true(peak_kib(window_session_pid(session)) < 600 * 1024); /* whole it were 800 MB */
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(pictures);
    files_remove(folder);
}

static void a_jpeg_of_200_megapixels_is_sharp_everywhere(void **state)
{
    (void)state;
    look_at("large.jpg", write_jpeg);
}

static void a_png_of_200_megapixels_is_sharp_everywhere(void **state)
{
    (void)state;
    look_at("large.png", write_png);
}

/* The picture in that pane is moved by so many pixels. */
static void drag(window_session *session, const char *name, int dx, int dy)
{
    window_place canvas = window_session_place(session, name);
    int x = canvas.x + canvas.width / 2 - dx / 2;
    int y = canvas.y + canvas.height / 2 - dy / 2;
    window_session_do(session, "mousemove %d %d mousedown 1", x, y);
    window_session_do(session, "mousemove %d %d", x + dx / 2, y + dy / 2);
    window_session_do(session, "mousemove %d %d mouseup 1", x + dx, y + dy);
}

static void four_of_200_megapixels_are_sharp_side_by_side(void **state)
{
    (void)state;
    static uint8_t row[WIDTH];
    enum { PANES = 4 };
    static const char *const names[PANES] = {"Picture 1", "Picture 2", "Picture 3", "Picture 4"};
    char *folder = files_temporary_folder();
    char *pictures = strdup(files_folder(folder, "pictures"));
    write_jpeg(files_path(pictures, "a.jpg"), row);
    write_png(files_path(pictures, "b.png"), row);
    write_jpeg(files_path(pictures, "c.jpg"), row);
    write_png(files_path(pictures, "d.png"), row);
    window_session *session = window_session_start(folder, (const char *const[]){pictures, NULL});
    window_session_wait_both(session, "import ended: imported=4 ", "view: items=4 ");
    window_session_click(session, "Items");
    window_session_key(session, "Home shift+End c");
    window_session_wait(session, "compare: opened panes=4");
    for (int i = 0; i < PANES; i++) {
        window_session_wait(session, " picture width=");
    }
    window_session_key(session, "1");
    window_session_wait(session, "viewer: zoom 100 %");
    int x = WIDTH / 2 + 100;
    int y = HEIGHT / 2 + 80;
    drag(session, names[0], -100, -80);
    for (int i = 0; i < PANES; i++) {
        expect_sharp_edge(session, names[i], x, y);
    }
    window_session_screenshot(session, "large-compared");

    /* One is dragged, and all go there. */
    for (int i = 0; i < 4; i++) {
        drag(session, names[0], -340, -200);
    }
    x += 4 * 340;
    y += 4 * 200;
    for (int i = 0; i < PANES; i++) {
        expect_sharp_edge(session, names[i], x, y);
    }

    /* The second moves alone, then the two change places, sharp as they are. */
    window_session_key(session, "n u");
    window_session_wait(session, "compare: linked=0");
    drag(session, names[1], 340, 200);
    expect_sharp_edge(session, names[1], x - 340, y - 200);
    expect_sharp_edge(session, names[0], x, y);
    window_session_key(session, "x");
    window_session_wait(session, "compare: exchanged 1 and 2");
    expect_sharp_edge(session, names[2], x - 340, y - 200);
    expect_sharp_edge(session, names[1], x, y);
    assert_true(window_session_value_max(session, "compared_tile_bytes") > 0);
    assert_true(window_session_value_max(session, "compared_tile_bytes") <= (double)(128 << 20));
    assert_true(peak_kib(window_session_pid(session)) < 600 * 1024);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(pictures);
    files_remove(folder);
}

int main(void)
{
    if (!window_session_possible()) {
        fprintf(stderr, "skipped: no window can be opened here\n");
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_jpeg_of_200_megapixels_is_sharp_everywhere),
        cmocka_unit_test(a_png_of_200_megapixels_is_sharp_everywhere),
        cmocka_unit_test(four_of_200_megapixels_are_sharp_side_by_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
