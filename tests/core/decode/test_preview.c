#include "support/check.h"

#include "containers.h"
#include "tiff_block.h"

#include "core/decode/icc.h"

/* A grey picture whose preview is lighter, so that it shows which of them was decoded. */
enum { PICTURE_GREY = 60, PREVIEW_GREY = 200 };

static bytes grey_jpeg(uint32_t width, uint32_t height, uint8_t grey)
{
    uint8_t *pixels = malloc((size_t)width * height);
    assert_non_null(pixels);
    memset(pixels, grey, (size_t)width * height);
    bytes file = make_jpeg(width, height, 1, pixels, 0, 0);
    free(pixels);
    return file;
}

/* Orientation 6: turned, as tiff_camera has it. */
static bytes with_preview(uint32_t width, uint32_t height, uint32_t preview_width, uint32_t preview_height)
{
    bytes preview = grey_jpeg(preview_width, preview_height, PREVIEW_GREY);
    bytes file = grey_jpeg(width, height, PICTURE_GREY);
    tiff_block t;
    tiff_camera(&t, false, preview.data, preview.size);
    add_segment(&file, 0xe1, "", 0, t.bytes, t.size);
    free(preview.data);
    return file;
}

static int shown(const bytes *file, uint32_t box)
{
    decoded d = decode_bytes(file->data, file->size, box, VT_FORMAT_JPEG);
    if (!d.fine) {
        fail_msg("%s", d.error.message);
    }
    int grey = d.pixels.data[0];
    assert_int_equal(d.info.orientation, 6);
    assert_int_equal(d.info.width, 480); /* the picture's, whatever is shown of it */
    assert_int_equal(d.info.height, 640);
    assert_int_equal(d.info.kind, VT_KIND_IMAGE);
    if (box) {
        assert_int_equal(d.pixels.width, box * 3 / 4);
        assert_int_equal(d.pixels.height, box);
    }
    free(d.pixels.data);
    return grey;
}

static void test_it_is_used_where_it_is_large_enough(void **state)
{
    (void)state;
    bytes file = with_preview(640, 480, 160, 120);
    check_near(shown(&file, 160), PREVIEW_GREY, 3, "grey", 0, 0);
    check_near(shown(&file, 64), PREVIEW_GREY, 3, "grey", 0, 0);
    check_near(shown(&file, 164), PICTURE_GREY, 3, "grey", 0, 0);
    check_near(shown(&file, 0), PICTURE_GREY, 3, "grey", 0, 0);
    free(file.data);
}

static void test_it_must_have_the_shape_of_the_picture(void **state)
{
    (void)state;
    static const uint32_t sizes[][2] = {{160, 100}, {160, 160}, {120, 160}, {160, 117}, {160, 123}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        bytes file = with_preview(640, 480, sizes[i][0], sizes[i][1]);
        check_near(shown(&file, 64), PICTURE_GREY, 3, "grey", 0, 0);
        free(file.data);
    }
}

static void test_a_picture_without_its_end_is_told(void **state)
{
    (void)state;
    bytes file = with_preview(640, 480, 160, 120);
    decoded d = decode_bytes(file.data, file.size - 600, 64, VT_FORMAT_JPEG);
    assert_false(d.fine);
    assert_int_equal(d.error.code, VT_ERROR_TRUNCATED);
    free(d.pixels.data);
    free(file.data);
}

static void test_a_broken_one_costs_nothing(void **state)
{
    (void)state;
    bytes file = with_preview(640, 480, 160, 120);
    uint8_t *frame = memmem(file.data, file.size, "\xff\xc0", 2); /* the preview's comes first */
    assert_non_null(frame);
    frame[9] = 7; /* so many components */
    check_near(shown(&file, 64), PICTURE_GREY, 3, "grey", 0, 0);
    free(file.data);
}

/* A preview carries no profile: whether it is in the picture's colours nobody knows. */
static void test_not_with_a_profile_that_matters(void **state)
{
    (void)state;
    bytes wide = wide_profile();
    bytes srgb = srgb_profile();
    for (int i = 0; i < 2; i++) {
        vt_icc_cache *cache = vt_icc_cache_create();
        bytes file = with_preview(640, 480, 160, 120);
        add_jpeg_profile(&file, i ? &srgb : &wide, 1);
        vt_input input = vt_input_from_memory(file.data, file.size);
        uint8_t target[64 * 64 * 4];
        vt_pixels pixels = {.data = target, .capacity = sizeof target};
        vt_media_info info;
        vt_image_request request = {
            .box_width = 64, .box_height = 64, .limits = vt_limits_default, .profiles = cache};
        assert_true(vt_image_decode(VT_FORMAT_JPEG, &input, &request, &info, &pixels, NULL));
        check_near(target[0], i ? PREVIEW_GREY : PICTURE_GREY, 4, "grey", 0, 0);
        free(file.data);
        vt_icc_cache_free(cache);
    }
    free(wide.data);
    free(srgb.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_is_used_where_it_is_large_enough),
        cmocka_unit_test(test_it_must_have_the_shape_of_the_picture),
        cmocka_unit_test(test_a_picture_without_its_end_is_told),
        cmocka_unit_test(test_a_broken_one_costs_nothing),
        cmocka_unit_test(test_not_with_a_profile_that_matters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
