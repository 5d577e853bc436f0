#include "support/check.h"

#include "core/decode/format.h"
#include "core/decode/tinythumb.h"

#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CELLS = 8, SIDE_MAX = 600 };

static uint8_t canvas[SIDE_MAX * SIDE_MAX * 4];

/* A picture on the canvas, all its pixels set by the caller. */
static vt_pixels picture(uint32_t width, uint32_t height)
{
    return (vt_pixels){.data = canvas,
                       .capacity = sizeof canvas,
                       .width = width,
                       .height = height,
                       .stride = (size_t)width * 4};
}

static void set_pixel(const vt_pixels *p, uint32_t x, uint32_t y, int red, int green, int blue, int alpha)
{
    uint8_t *at = p->data + y * p->stride + (size_t)x * 4;
    at[0] = (uint8_t)(blue * alpha / 255);
    at[1] = (uint8_t)(green * alpha / 255);
    at[2] = (uint8_t)(red * alpha / 255);
    at[3] = (uint8_t)alpha;
}

/* The mean of each of 8 x 8 cells, in floating point: the other way to compute it. */
static void true_means(const vt_pixels *p, double means[CELLS * CELLS * 4])
{
    double across = (double)p->width / CELLS;
    double down = (double)p->height / CELLS;
    for (int i = 0; i < CELLS * CELLS * 4; i++) {
        double x0 = i / 4 % CELLS * across;
        int row = i / 4 / CELLS;
        double y0 = row * down;
        double sum = 0;
        for (uint32_t y = (uint32_t)y0; y < p->height && y < y0 + down; y++) {
            double rows = fmin(y + 1, y0 + down) - fmax(y, y0);
            for (uint32_t x = (uint32_t)x0; x < p->width && x < x0 + across; x++) {
                double columns = fmin(x + 1, x0 + across) - fmax(x, x0);
                sum += rows * columns * p->data[y * p->stride + (size_t)x * 4 + (size_t)(i % 4)];
            }
        }
        means[i] = sum / (across * down);
    }
}

/* Peak signal to noise ratio, in dB, of the decoded 8 x 8 cells against the true ones; 99 for none. */
static double psnr(const vt_pixels *p)
{
    double means[CELLS * CELLS * 4];
    uint8_t cells[CELLS * CELLS * 4];
    vt_tinythumb tiny = vt_tinythumb_encode(p);
    double error = 0;
    assert_true(vt_tinythumb_is_set(&tiny));
    true_means(p, means);
    vt_tinythumb_decode(&tiny, CELLS, cells);
    for (int i = 0; i < CELLS * CELLS * 4; i++) {
        assert_true(cells[i] <= cells[i | 3]);
        error += (cells[i] - means[i]) * (cells[i] - means[i]);
    }
    error /= CELLS * CELLS * 4;
    return error > 0 ? fmin(10 * log10(255.0 * 255 / error), 99) : 99;
}

static void check_psnr(const vt_pixels *p, double least, const char *what)
{
    double found = psnr(p);
    if (found < least) {
        fail_msg("%s: %.1f dB, at least %.1f were promised", what, found, least);
    }
}

static void test_flat_colours(void **state)
{
    (void)state;
    for (int i = 0; i < 1000; i++) {
        int red = i % 10 * 255 / 9;
        int green = i / 10 % 10 * 255 / 9;
        int blue = i / 100 * 255 / 9;
        for (int alpha = 255; alpha >= 0; alpha -= 85) {
            vt_pixels p = picture(3, 2);
            for (uint32_t k = 0; k < 6; k++) {
                set_pixel(&p, k % 3, k / 3, red, green, blue, alpha);
            }
            vt_tinythumb tiny = vt_tinythumb_encode(&p);
            uint8_t cells[16 * 16 * 4];
            uint8_t average[4];
            vt_tinythumb_average(&tiny, average);
            vt_tinythumb_decode(&tiny, 16, cells);
            for (int k = 0; k < 16 * 16 * 4; k++) {
                assert_int_equal(cells[k], average[k % 4]);
                assert_true(abs(cells[k] - canvas[k % 4]) <= 1);
            }
        }
    }
}

static void test_gradients(void **state)
{
    (void)state;
    for (int direction = 0; direction < 3; direction++) {
        vt_pixels p = picture(256, 256);
        for (uint32_t i = 0; i < 256 * 256; i++) {
            int x = (int)(i % 256);
            int y = (int)(i / 256);
            int t = direction == 0 ? x : direction == 1 ? y : (x + y) / 2;
            set_pixel(&p, i % 256, i / 256, t, 255 - t, 128, 255);
        }
        check_psnr(&p, 36, "gradient");
    }
}

/* An opaque disc on nothing. */
static void test_alpha(void **state)
{
    (void)state;
    vt_pixels p = picture(200, 100);
    for (uint32_t i = 0; i < 200 * 100; i++) {
        double dx = (i % 200 - 99.5) / 100;
        uint32_t row = i / 200;
        double dy = (row - 49.5) / 50;
        set_pixel(&p, i % 200, i / 200, 200, 120, 40, dx * dx + dy * dy < 0.7 ? 255 : 0);
    }
    check_psnr(&p, 18, "disc");
    vt_tinythumb tiny = vt_tinythumb_encode(&p);
    uint8_t cells[CELLS * CELLS * 4];
    vt_tinythumb_decode(&tiny, CELLS, cells);
    assert_true(cells[3] < 40);                        /* a corner */
    assert_true(cells[(4 * CELLS + 4) * 4 + 3] > 215); /* the middle */
    p = picture(4, 4);
    memset(canvas, 0, 64);
    tiny = vt_tinythumb_encode(&p);
    vt_tinythumb_decode(&tiny, CELLS, cells);
    for (size_t i = 0; i < sizeof cells; i++) {
        assert_int_equal(cells[i], 0);
    }
}

static void check_aspect(uint32_t width, uint32_t height)
{
    vt_pixels p = picture(width, height);
    memset(canvas, 255, (size_t)width * height * 4);
    vt_tinythumb tiny = vt_tinythumb_encode(&p);
    double found = vt_tinythumb_aspect(&tiny) / 65536.0;
    double expected = fmin(fmax((double)width / height, 1.0 / 245.1), 245.1);
    if (found < expected * 0.977 || found > expected / 0.977) {
        fail_msg("%u x %u: %g instead of %g", width, height, found, expected);
    }
}

static void test_shapes(void **state)
{
    (void)state;
    static const uint32_t sides[] = {1, 2, 3, 5, 7, 16, 100, 255, 257, 599};
    for (size_t i = 0; i < 100; i++) {
        check_aspect(sides[i % 10], sides[i / 10]);
    }
    check_aspect(90000, 1);
    check_aspect(1, 90000);
    /* Two rows of one pixel: half black, half white. */
    vt_pixels p = picture(1, 2);
    set_pixel(&p, 0, 0, 0, 0, 0, 255);
    set_pixel(&p, 0, 1, 255, 255, 255, 255);
    check_psnr(&p, 20, "two pixels");
    p = picture(0, 0);
    vt_tinythumb nothing = vt_tinythumb_encode(&p);
    assert_false(vt_tinythumb_is_set(&nothing));
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 16;
}

/* Every cell a colour of its own: the worst there is, as half of the frequencies are not kept. */
static void test_noise(void **state)
{
    (void)state;
    uint32_t seed = 1;
    for (int round = 0; round < 50; round++) {
        vt_pixels p = picture(8, 8);
        for (uint32_t i = 0; i < 64; i++) {
            int grey = (int)(next_random(&seed) % 256);
            set_pixel(&p, i % 8, i / 8, grey, grey, grey, 255);
        }
        check_psnr(&p, 12, "noise");
        p = picture(100, 75);
        for (uint32_t i = 0; i < 7500; i++) {
            set_pixel(&p, i % 100, i / 100, (int)(next_random(&seed) % 256), (int)(next_random(&seed) % 256),
                      (int)(next_random(&seed) % 256), (int)(next_random(&seed) % 256));
        }
        check_psnr(&p, 30, "fine noise");
    }
}

static void decode_sample(const char *name, vt_pixels *pixels)
{
    char path[512];
    struct stat facts = {0};
    snprintf(path, sizeof path, "%s/%s", VT_SAMPLES, name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0 && fstat(fd, &facts) == 0);
    vt_input input = vt_input_from_fd(fd, (uint64_t)facts.st_size);
    vt_image_request request = {.box_width = 256, .box_height = 256, .limits = vt_limits_default};
    vt_media_info info;
    *pixels = picture(0, 0);
    assert_true(vt_image_decode(vt_format_of_name(name), &input, &request, &info, pixels, NULL));
    close(fd);
}

/* Pictures of the sample library. The same code on every machine, as it is stored. */
static void test_real_pictures(void **state)
{
    (void)state;
    static const char *const names[] = {"Landscapes/aurora.jpg", "Landscapes/balloons.jpg",
                                        "Formats/flower.tga", "Formats/contour map.bmp", "Formats/agate.ppm"};
    double least = 99;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        vt_pixels p;
        decode_sample(names[i], &p);
        double found = psnr(&p);
        print_message("%s: %.1f dB\n", names[i], found);
        least = fmin(least, found);
    }
    assert_true(least >= 19);
}

/* Integers only: these are the bytes, on every machine. */
static void test_the_code_of_one_picture(void **state)
{
    (void)state;
    vt_pixels p = picture(64, 48);
    for (uint32_t i = 0; i < 64 * 48; i++) {
        int x = (int)(i % 64);
        int y = (int)(i / 64);
        set_pixel(&p, i % 64, i / 64, x * 4, y * 5, (x * y) % 256, 255);
    }
    vt_tinythumb tiny = vt_tinythumb_encode(&p);
    char text[2 * VT_TINYTHUMB_BYTES + 1];
    for (int i = 0; i < VT_TINYTHUMB_BYTES; i++) {
        snprintf(text + 2 * i, 3, "%02x", tiny.bytes[i]);
    }
    assert_string_equal(text, "87dc15fad5eb9c99099000009000000000000000000000f2221111f015111911");
}

static void test_any_bytes_give_a_picture(void **state)
{
    (void)state;
    uint32_t seed = 7;
    uint8_t cells[16 * 16 * 4];
    for (int round = 0; round < 2000; round++) {
        vt_tinythumb tiny;
        for (int i = 0; i < VT_TINYTHUMB_BYTES; i++) {
            tiny.bytes[i] = round == 0 ? 0xff : round == 1 ? 0 : (uint8_t)next_random(&seed);
        }
        for (unsigned side = 8; side <= 16; side += 8) {
            vt_tinythumb_decode(&tiny, side, cells);
            for (unsigned i = 0; i < side * side * 4; i++) {
                assert_true(cells[i] <= cells[i | 3]);
            }
        }
        assert_true(vt_tinythumb_aspect(&tiny) > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_flat_colours),
        cmocka_unit_test(test_gradients),
        cmocka_unit_test(test_alpha),
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_noise),
        cmocka_unit_test(test_real_pictures),
        cmocka_unit_test(test_the_code_of_one_picture),
        cmocka_unit_test(test_any_bytes_give_a_picture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
