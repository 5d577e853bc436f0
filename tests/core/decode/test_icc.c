#include "support/check.h"

#include "containers.h"

#include "core/decode/icc.h"

#include <math.h>

static decoded decode_profiled(const bytes *file, uint32_t box, vt_icc_cache *cache)
{
    decoded d = {.error = VT_ERROR_INIT};
    vt_input input = vt_input_from_memory(file->data, file->size);
    vt_image_request request = {
        .box_width = box, .box_height = box, .limits = vt_limits_default, .profiles = cache};
    d.pixels.capacity = (size_t)1 << 20;
    d.pixels.data = malloc(d.pixels.capacity);
    assert_non_null(d.pixels.data);
    d.format = vt_format_sniff(file->data, file->size, file->size, VT_FORMAT_UNKNOWN, &d.error);
    d.fine = vt_image_decode(d.format, &input, &request, &d.info, &d.pixels, &d.error);
    return d;
}

static const uint8_t colours[][3] = {{100, 150, 200}, {180, 140, 120}, {128, 128, 128},
                                     {255, 255, 255}, {0, 0, 0},       {150, 180, 130}};
#define COLOURS (sizeof colours / sizeof *colours)

static uint8_t *one_colour(const uint8_t *colour, int components)
{
    uint8_t *pixels = malloc(64 * 64 * (size_t)components);
    assert_non_null(pixels);
    for (int i = 0; i < 64 * 64; i++) {
        memcpy(pixels + (size_t)i * (size_t)components, colour, (size_t)components);
    }
    return pixels;
}

static void test_a_wide_jpeg(void **state)
{
    (void)state;
    vt_icc_cache *cache = vt_icc_cache_create();
    bytes profile = wide_profile();
    for (size_t i = 0; i < COLOURS; i++) {
        uint8_t *pixels = one_colour(colours[i], 3);
        bytes file = make_jpeg(64, 64, 3, pixels, 0, 0);
        int expected[3];
        add_jpeg_profile(&file, &profile, 2);
        wide_to_srgb(colours[i], expected);
        decoded d = decode_profiled(&file, 20, cache);
        assert_true(d.fine);
        check_pixel(&d.pixels, 10, 10, expected[0], expected[1], expected[2], 255, 2);
        free(d.pixels.data);
        d = decode_profiled(&file, 20, NULL); /* not asked for */
        check_pixel(&d.pixels, 10, 10, colours[i][0], colours[i][1], colours[i][2], 255, 2);
        free(d.pixels.data);
        free(file.data);
        free(pixels);
    }
    assert_int_equal(vt_icc_opened(cache), 1); /* for all of them */
    free(profile.data);
    vt_icc_cache_free(cache);
}

/* The colours are converted as they are without their alpha, and no pixel gets more colour than alpha. */
static void test_wide_png_and_webp_with_alpha(void **state)
{
    (void)state;
    vt_icc_cache *cache = vt_icc_cache_create();
    bytes profile = wide_profile();
    static const int alphas[] = {255, 128, 64, 1, 0};
    for (int a = 0; a < 5; a++) {
        uint8_t colour[4] = {100, 150, 200, (uint8_t)alphas[a]};
        uint8_t *pixels = one_colour(colour, 4);
        bytes files[2] = {make_png(64, 64, 6, 8, 0, pixels, 64 * 64 * 4, NULL, NULL),
                          make_webp(64, 64, pixels, 1)};
        add_packed_chunk(&files[0], "iCCP", "wide\0", 6, profile.data, profile.size);
        add_riff_chunk(&files[1], "ICCP", profile.data, profile.size, 0x20 | (alphas[a] < 255 ? 0x10 : 0), 64,
                       64);
        int expected[3];
        wide_to_srgb(colour, expected);
        for (int f = 0; f < 2; f++) {
            decoded d = decode_profiled(&files[f], 20, cache);
            assert_true(d.fine);
            int error = alphas[a] == 255 ? 1 : 2;
            check_pixel(&d.pixels, 10, 10, expected[0] * alphas[a] / 255, expected[1] * alphas[a] / 255,
                        expected[2] * alphas[a] / 255, alphas[a], error);
            for (int i = 0; i < 20 * 20 * 4; i++) {
                assert_true(d.pixels.data[i] <= d.pixels.data[i | 3]);
            }
            free(d.pixels.data);
            free(files[f].data);
        }
        free(pixels);
    }
    free(profile.data);
    vt_icc_cache_free(cache);
}

static void test_profiles_that_do_not_matter(void **state)
{
    (void)state;
    vt_icc_cache *cache = vt_icc_cache_create();
    bytes srgb = srgb_profile();
    bytes wide = wide_profile();
    bytes grey = grey_profile(1.0);
    assert_false(vt_icc_matters(cache, srgb.data, srgb.size, 3));
    assert_true(vt_icc_matters(cache, wide.data, wide.size, 3));
    assert_true(vt_icc_matters(cache, grey.data, grey.size, 1));
    assert_false(vt_icc_matters(cache, grey.data, grey.size, 3)); /* it would take the colours away */
    for (size_t size = 0; size < wide.size; size += size < 200 ? 1 : 17) {
        uint8_t *exact = malloc(size ? size : 1);
        assert_non_null(exact);
        memcpy(exact, wide.data, size);
        uint8_t pixel[4] = {50, 60, 70, 255};
        vt_pixels pixels = {.data = pixel, .capacity = 4, .width = 1, .height = 1, .stride = 4};
        if (!vt_icc_convert(cache, exact, size, 3, false, &pixels)) {
            assert_memory_equal(pixel, "\x32\x3c\x46\xff", 4);
        }
        assert_int_equal(pixel[3], 255);
        free(exact);
    }
    free(srgb.data);
    free(wide.data);
    free(grey.data);
    vt_icc_cache_free(cache);
}

static void test_a_grey_profile(void **state)
{
    (void)state;
    vt_icc_cache *cache = vt_icc_cache_create();
    bytes profile = grey_profile(1.0); /* light itself */
    const uint8_t half = 128;
    uint8_t *pixels = one_colour(&half, 1);
    bytes file = make_png(64, 64, 0, 8, 0, pixels, 64 * 64, NULL, NULL);
    add_packed_chunk(&file, "iCCP", "grey\0", 6, profile.data, profile.size);
    decoded d = decode_profiled(&file, 20, cache);
    assert_true(d.fine);
    int expected = (int)lround(255 * encode_srgb(128 / 255.0));
    check_pixel(&d.pixels, 10, 10, expected, expected, expected, 255, 1);
    free(d.pixels.data);
    free(file.data);
    free(pixels);
    free(profile.data);
    vt_icc_cache_free(cache);
}

/* The one unused for longest makes room; one that is too large for the cache is opened each time. */
static void test_the_cache(void **state)
{
    (void)state;
    vt_icc_cache *cache = vt_icc_cache_create();
    bytes profiles[VT_ICC_CACHE_PROFILES + 1];
    for (int i = 0; i <= VT_ICC_CACHE_PROFILES; i++) {
        profiles[i] = grey_profile(1.0 + 0.05 * i);
    }
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < VT_ICC_CACHE_PROFILES; i++) {
            vt_icc_matters(cache, profiles[i].data, profiles[i].size, 1);
        }
        assert_int_equal(vt_icc_opened(cache), VT_ICC_CACHE_PROFILES);
    }
    vt_icc_matters(cache, profiles[0].data, profiles[0].size, 1);
    vt_icc_matters(cache, profiles[VT_ICC_CACHE_PROFILES].data, profiles[VT_ICC_CACHE_PROFILES].size, 1);
    assert_int_equal(vt_icc_opened(cache), VT_ICC_CACHE_PROFILES + 1);
    vt_icc_matters(cache, profiles[0].data, profiles[0].size, 1);
    assert_int_equal(vt_icc_opened(cache), VT_ICC_CACHE_PROFILES + 1);
    vt_icc_matters(cache, profiles[1].data, profiles[1].size, 1); /* was the oldest */
    assert_int_equal(vt_icc_opened(cache), VT_ICC_CACHE_PROFILES + 2);
    uint8_t *large = calloc(VT_ICC_CACHE_PROFILE_BYTES + 1, 1);
    assert_non_null(large);
    for (int i = 1; i <= 2; i++) {
        assert_false(vt_icc_matters(cache, large, VT_ICC_CACHE_PROFILE_BYTES + 1, 1));
        assert_int_equal(vt_icc_opened(cache), VT_ICC_CACHE_PROFILES + 2 + i);
    }
    free(large);
    for (int i = 0; i <= VT_ICC_CACHE_PROFILES; i++) {
        free(profiles[i].data);
    }
    vt_icc_cache_free(cache);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_wide_jpeg),
        cmocka_unit_test(test_wide_png_and_webp_with_alpha),
        cmocka_unit_test(test_profiles_that_do_not_matter),
        cmocka_unit_test(test_a_grey_profile),
        cmocka_unit_test(test_the_cache),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
