/* What a shared thumbnail says of its file: written and read back, cut at every length, lying. */
#include "support/check.h"

#include "containers.h"

#include "core/decode/thumb_origin.h"

#include <stdlib.h>
#include <string.h>

/* The example of the Thumbnail Managing Standard. */
#define URI       "file:///home/jens/photos/me.png"
#define FILE_NAME "c6ee772d9e49320e97ec29a7eb5b1697.png"

static vt_blob make_thumb(void)
{
    uint8_t pixels[4 * 4 * 4];
    memset(pixels, 255, sizeof pixels);
    const vt_pixels picture = {
        .data = pixels, .capacity = sizeof pixels, .width = 4, .height = 4, .stride = 16};
    vt_blob png = {NULL, 0};
    assert_true(vt_thumb_encode_png(&picture, &png, NULL));
    return png;
}

static void add(vt_blob *png, const char *keyword, const char *text)
{
    assert_true(vt_thumb_origin_add(png, keyword, text, NULL));
}

static vt_thumb_origin read_back(const void *bytes, size_t size)
{
    vt_input input = vt_input_from_memory(bytes, size);
    vt_thumb_origin origin;
    vt_thumb_origin_read(&input, &origin);
    assert_int_equal(input.at, 0);
    return origin;
}

static void test_names_are_those_of_the_standard(void **state)
{
    (void)state;
    uint8_t name[VT_THUMB_NAME_BYTES];
    char file[37];
    vt_thumb_origin_name(URI, name);
    vt_thumb_origin_file(name, file);
    assert_string_equal(file, FILE_NAME);
}

static void test_written_and_read_back(void **state)
{
    (void)state;
    uint8_t name[VT_THUMB_NAME_BYTES];
    vt_blob png = make_thumb();
    vt_thumb_origin_name(URI, name);
    assert_false(read_back(png.data, png.size).is_told);
    add(&png, "Thumb::URI", URI);
    assert_false(read_back(png.data, png.size).is_told); /* without the time */
    add(&png, "Thumb::MTime", "1234567890");
    vt_thumb_origin origin = read_back(png.data, png.size);
    assert_true(origin.is_told);
    assert_memory_equal(origin.name, name, sizeof name);
    assert_int_equal(origin.mtime_s, 1234567890);
    assert_true(origin.size < 0);
    add(&png, "Thumb::Size", "20123");
    add(&png, "Software", "Vitrine");
    origin = read_back(png.data, png.size);
    assert_true(origin.is_told);
    assert_int_equal(origin.size, 20123);
    decoded d =
        decode_bytes(png.data, png.size, 0, VT_FORMAT_PNG); /* still a picture, sums of chunks and all */
    assert_true(d.fine);
    assert_int_equal(d.pixels.width, 4);
    free(d.pixels.data);
    free(png.data);
}

static void test_nonsense_is_not_told(void **state)
{
    (void)state;
    static const struct {
        const char *keyword, *text;
    } cases[] = {{"Thumb::MTime", ""},   {"Thumb::MTime", "-5"},  {"Thumb::MTime", "12x"},
                 {"Thumb::MTime", "x"},  {"Thumb::MTime", " 12"}, {"Thumb::MTime", "1234567890123456789"},
                 {"thumb::mtime", "12"}, {"Thumb::MTimes", "12"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_blob png = make_thumb();
        add(&png, "Thumb::URI", URI);
        add(&png, cases[i].keyword, cases[i].text);
        assert_false(read_back(png.data, png.size).is_told);
        free(png.data);
    }
    vt_blob png = make_thumb();
    add(&png, "Thumb::URI", URI);
    add(&png, "Thumb::MTime", "12.75"); /* some programs write fractions */
    add(&png, "Thumb::Size", "much");
    vt_thumb_origin origin = read_back(png.data, png.size);
    assert_true(origin.is_told);
    assert_int_equal(origin.mtime_s, 12);
    assert_true(origin.size < 0);
    free(png.data);
}

/* The first that says it counts: what stands nearer to the start was added last here. */
static void test_said_twice(void **state)
{
    (void)state;
    vt_blob png = make_thumb();
    add(&png, "Thumb::MTime", "1");
    add(&png, "Thumb::URI", "file:///other");
    add(&png, "Thumb::MTime", "2");
    add(&png, "Thumb::URI", URI);
    uint8_t name[VT_THUMB_NAME_BYTES];
    vt_thumb_origin_name(URI, name);
    vt_thumb_origin origin = read_back(png.data, png.size);
    assert_memory_equal(origin.name, name, sizeof name);
    assert_int_equal(origin.mtime_s, 2);
    free(png.data);
}

static void test_cut_and_changed_at_every_byte(void **state)
{
    (void)state;
    vt_blob png = make_thumb();
    add(&png, "Thumb::MTime", "1234567890");
    add(&png, "Thumb::URI", URI);
    int told = 0;
    for (size_t size = 0; size <= png.size; size++) {
        uint8_t *exact = malloc(size ? size : 1);
        assert_non_null(exact);
        memcpy(exact, png.data, size);
        told += read_back(exact, size).is_told;
        free(exact);
    }
    assert_true(told > 1 && told < (int)png.size / 2); /* both texts stand in front */
    for (size_t at = 0; at < png.size; at++) {
        for (int flip = 1; flip < 256; flip *= 4) {
            png.data[at] ^= (uint8_t)flip;
            read_back(png.data, png.size);
            png.data[at] ^= (uint8_t)flip;
        }
    }
    assert_true(read_back(png.data, png.size).is_told);
    free(png.data);
}

/* A text larger than any path is stepped over, and so are more chunks than a thumbnail has. */
static void test_limits(void **state)
{
    (void)state;
    enum { LONG = 20000, MANY = 300 };
    vt_blob png = make_thumb();
    char *text = malloc(LONG + 1);
    assert_non_null(text);
    memset(text, 'a', LONG);
    text[LONG] = '\0';
    add(&png, "Thumb::MTime", "5");
    add(&png, "Thumb::URI", text);
    assert_false(read_back(png.data, png.size).is_told);
    add(&png, "Thumb::URI", URI);
    assert_true(read_back(png.data, png.size).is_told);
    for (int i = 0; i < MANY; i++) {
        add(&png, "Comment", "x");
    }
    assert_false(read_back(png.data, png.size).is_told);
    free(text);
    free(png.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_are_those_of_the_standard),
        cmocka_unit_test(test_written_and_read_back),
        cmocka_unit_test(test_nonsense_is_not_told),
        cmocka_unit_test(test_said_twice),
        cmocka_unit_test(test_cut_and_changed_at_every_byte),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
