/* Colours through the real, confined helper: what carries an embedded profile arrives as sRGB, in every form
 * of every format that can carry one, as a thumbnail and as a view. */
#include "support/check.h"

#include "containers.h"

#include "core/decode/helper_pool.h"

enum { SIDE = 64, BOX = 20, MIDDLE = 10 };

static const uint8_t colour[4] = {100, 150, 200, 255};

static vt_helper_pool *pool;

static uint8_t *fill(int components, int bytes_each)
{
    size_t each = (size_t)components * (size_t)bytes_each;
    uint8_t *pixels = malloc(SIDE * SIDE * each);
    assert_non_null(pixels);
    for (size_t i = 0; i < SIDE * SIDE * each; i++) {
        pixels[i] = colour[i / (size_t)bytes_each % (size_t)components]; /* 16 bits: 257 times as much */
    }
    return pixels;
}

static bytes jpeg_file(int progressive, const bytes *profile, unsigned parts)
{
    uint8_t *pixels = fill(3, 1);
    bytes file = make_jpeg(SIDE, SIDE, 3, pixels, 0, progressive);
    add_jpeg_profile(&file, profile, parts);
    free(pixels);
    return file;
}

static bytes png_file(int type, int depth, int interlaced, const bytes *profile)
{
    int components = type == 2 ? 3 : type == 6 ? 4 : 1;
    struct spng_plte palette = {.n_entries = 2, .entries = {{0}, {100, 150, 200, 255}}};
    uint8_t *pixels = fill(components, depth / 8);
    if (type == 3) {
        memset(pixels, 1, SIDE * SIDE);
    }
    bytes file = make_png(SIDE, SIDE, type, depth, interlaced, pixels,
                          (size_t)SIDE * SIDE * (size_t)components * (size_t)depth / 8,
                          type == 3 ? &palette : NULL, NULL);
    add_packed_chunk(&file, "iCCP", "wide\0", 6, profile->data, profile->size);
    free(pixels);
    return file;
}

static bytes webp_file(int lossless, const bytes *profile)
{
    uint8_t *pixels = fill(4, 1);
    bytes file = make_webp(SIDE, SIDE, pixels, lossless);
    add_riff_chunk(&file, "ICCP", profile->data, profile->size, 0x20, SIDE, SIDE);
    free(pixels);
    return file;
}

static void check_colour(const bytes *file, vt_what what, const int expected[3], int tolerance,
                         const char *name)
{
    const vt_decode_request request = {.what = what, .box_width = BOX, .box_height = BOX};
    vt_error error = VT_ERROR_INIT;
    vt_decode_result result;
    vt_helper *helper = vt_helper_pool_acquire(pool, VT_HELPER_BACKGROUND);
    assert_non_null(helper);
    int fd = file_of(file->data, file->size);
    if (!vt_helper_decode(helper, fd, file->size, &request, -1, &result, &error)) {
        fail_msg("%s: %s", name, error.message);
    }
    close(fd);
    vt_helper_pool_release(pool, helper);
    check_pixel(&result.pixels, MIDDLE, MIDDLE, expected[0], expected[1], expected[2], 255, tolerance);
    vt_decode_result_clear(&result);
}

static void test_every_form_arrives_as_srgb(void **state)
{
    (void)state;
    bytes wide = wide_profile();
    struct {
        const char *name;
        bytes file;
        int tolerance;
    } files[] = {
        {"JPEG, baseline", jpeg_file(0, &wide, 1), 2},
        {"JPEG, progressive, profile in three segments", jpeg_file(1, &wide, 3), 2},
        {"PNG, RGB", png_file(2, 8, 0, &wide), 1},
        {"PNG, RGBA", png_file(6, 8, 0, &wide), 1},
        {"PNG, RGB of 16 bits, interlaced", png_file(2, 16, 1, &wide), 1},
        {"PNG, palette", png_file(3, 8, 0, &wide), 1},
        {"WebP, lossy", webp_file(0, &wide), 5}, /* it codes colours coarsely */
        {"WebP, lossless", webp_file(1, &wide), 1},
    };
    int expected[3];
    wide_to_srgb(colour, expected);
    assert_true(abs(expected[0] - colour[0]) > 10); /* else the test could not tell */
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        check_colour(&files[i].file, VT_WHAT_THUMBNAIL, expected, files[i].tolerance, files[i].name);
        check_colour(&files[i].file, VT_WHAT_VIEW, expected, files[i].tolerance, files[i].name);
        free(files[i].file.data);
    }
    free(wide.data);
}

/* A profile that says what everybody assumes changes nothing; nor does one that is broken. */
static void test_srgb_and_broken_profiles_change_nothing(void **state)
{
    (void)state;
    bytes srgb = srgb_profile();
    bytes wide = wide_profile();
    bytes broken = bytes_copy(wide.data, wide.size);
    memset(broken.data + 128, 0xff, broken.size - 128); /* all but the header */
    const int expected[3] = {colour[0], colour[1], colour[2]};
    const bytes *const profiles[] = {&srgb, &broken};
    for (size_t i = 0; i < 2; i++) {
        bytes files[] = {jpeg_file(0, profiles[i], 1), png_file(2, 8, 0, profiles[i]),
                         webp_file(1, profiles[i])};
        for (size_t f = 0; f < 3; f++) {
            check_colour(&files[f], VT_WHAT_THUMBNAIL, expected, 2, i ? "broken" : "sRGB");
            free(files[f].data);
        }
    }
    free(srgb.data);
    free(wide.data);
    free(broken.data);
}

int main(void)
{
    const vt_helper_pool_options options = {
        .program = VT_DECODER, .workers = 1, .limits = vt_limits_default, .log = vt_log_none};
    vt_error error = VT_ERROR_INIT;
    pool = vt_helper_pool_create(&options, &error);
    if (!pool) {
        print_message("%s\n", error.message);
        return 1;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_form_arrives_as_srgb),
        cmocka_unit_test(test_srgb_and_broken_profiles_change_nothing),
    };
    int status = cmocka_run_group_tests(tests, NULL, NULL);
    vt_helper_pool_free(pool);
    return status;
}
