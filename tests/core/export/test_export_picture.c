/* Pictures are written so that decoders read the same pixels, with and without a packet of metadata. */
#include "tests/support/check.h"

#include "core/decode/format.h"
#include "core/export/export_picture.h"
#include "core/export/srgb_profile.h"

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 65, HEIGHT = 33 };

static const char packet[] =
    "<?xpacket begin=\"\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
    "<rdf:Description rdf:about=\"\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">"
    "<xmp:Rating>4</xmp:Rating></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>";

/* Colours that change slowly; where `clear`, the left half is seen through. */
static vt_pixels make(bool clear)
{
    vt_pixels pixels = {.width = WIDTH, .height = HEIGHT, .stride = WIDTH * 4};
    pixels.capacity = pixels.stride * HEIGHT;
    pixels.data = calloc(1, pixels.capacity);
    for (size_t y = 0; y < HEIGHT; y++) {
        for (size_t x = 0; x < WIDTH; x++) {
            uint8_t *at = pixels.data + y * pixels.stride + x * 4;
            bool seen = !clear || x >= WIDTH / 2;
            at[0] = seen ? (uint8_t)(x * 3) : 0;
            at[1] = seen ? (uint8_t)(y * 7) : 0;
            at[2] = seen ? 120 : 0;
            at[3] = seen ? 255 : 0;
        }
    }
    return pixels;
}

static char *encode(const vt_pixels *pixels, vt_picture_format format, const char *xmp, size_t *size)
{
    vt_error error = VT_ERROR_INIT;
    char *bytes = NULL;
    FILE *stream = open_memstream(&bytes, size);
    if (!vt_export_picture(pixels, format, 95, xmp, xmp ? strlen(xmp) : 0, stream, &error)) {
        fail_msg("%s", error.message);
    }
    fclose(stream);
    return bytes;
}

static void decode(const char *bytes, size_t size, vt_pixels *pixels, vt_metadata *metadata)
{
    vt_error error = VT_ERROR_INIT;
    vt_media_info info = {0};
    vt_input input = vt_input_from_memory(bytes, size);
    vt_format format = vt_format_sniff(bytes, size, size, VT_FORMAT_UNKNOWN, &error);
    const vt_image_request request = {.limits = vt_limits_default, .metadata = metadata};
    if (!vt_image_decode(format, &input, &request, &info, pixels, &error)) {
        fail_msg("%s", error.message);
    }
}

static int distance(const vt_pixels *a, const vt_pixels *b)
{
    int most = 0;
    for (size_t y = 0; y < HEIGHT; y++) {
        for (size_t x = 0; x < (size_t)WIDTH * 4; x++) {
            int difference = abs((int)a->data[y * a->stride + x] - (int)b->data[y * b->stride + x]);
            most = difference > most ? difference : most;
        }
    }
    return most;
}

static void round_trip(vt_picture_format format, bool clear, const char *xmp, int allowed)
{
    size_t size = 0;
    static vt_metadata metadata;
    vt_pixels pixels = make(clear);
    vt_pixels back = make(false);
    memset(&metadata, 0, sizeof metadata);
    memset(back.data, 0x55, back.capacity);
    char *bytes = encode(&pixels, format, xmp, &size);
    decode(bytes, size, &back, &metadata);
    assert_int_equal(back.width, WIDTH);
    assert_int_equal(back.height, HEIGHT);
    int most = distance(&pixels, &back);
    if (most > allowed) {
        fail_msg("format %d: pixels differ by %d", (int)format, most);
    }
    assert_int_equal((metadata.known & VT_METADATA_RATING) != 0, xmp != NULL);
    assert_true(!xmp || metadata.rating == 4);
    free(bytes);
    free(pixels.data);
    free(back.data);
}

static void pixels_come_back(void **state)
{
    (void)state;
    round_trip(VT_PICTURE_PNG, false, NULL, 0);
    round_trip(VT_PICTURE_PNG, true, NULL, 0);
    round_trip(VT_PICTURE_JPEG, false, NULL, 16);
    round_trip(VT_PICTURE_WEBP, false, NULL, 24);
}

static void packets_go_along(void **state)
{
    (void)state;
    round_trip(VT_PICTURE_PNG, true, packet, 0);
    round_trip(VT_PICTURE_JPEG, false, packet, 16);
    round_trip(VT_PICTURE_WEBP, false, packet, 24);
    size_t size = 0;
    vt_pixels pixels = make(true); /* has an extended header already */
    char *bytes = encode(&pixels, VT_PICTURE_WEBP, packet, &size);
    static vt_metadata metadata;
    vt_pixels back = make(false);
    decode(bytes, size, &back, &metadata);
    assert_int_equal(metadata.rating, 4);
    assert_int_equal(back.data[3], 0); /* still seen through */
    assert_int_equal(back.data[(size_t)(WIDTH - 1) * 4 + 3], 255);
    free(bytes);
    free(pixels.data);
    free(back.data);
}

/* Where these bytes stand in the file; NULL: nowhere. */
static const char *find(const char *bytes, size_t size, const void *wanted, size_t length)
{
    for (size_t i = 0; i + length <= size; i++) {
        if (memcmp(bytes + i, wanted, length) == 0) {
            return bytes + i;
        }
    }
    return NULL;
}

static void files_say_that_they_are_srgb(void **state)
{
    (void)state;
    uint8_t profile[VT_SRGB_PROFILE_BYTES];
    vt_srgb_profile_make(profile);
    for (int format = 0; format < VT_PICTURE_FORMAT_COUNT; format++) {
        for (int with_packet = 0; with_packet < 4; with_packet++) {
            size_t size = 0;
            vt_pixels pixels = make(with_packet >= 2);
            char *bytes = encode(&pixels, (vt_picture_format)format, with_packet % 2 ? packet : NULL, &size);
            const char *at = find(bytes, size, profile, sizeof profile);
            if (format == VT_PICTURE_JPEG) {
                assert_non_null(at);
                assert_memory_equal(at - 14, "ICC_PROFILE\0\1\1", 14);
            } else if (format ==
                       VT_PICTURE_WEBP) { /* the first chunk behind the header, and announced there */
                assert_ptr_equal(at, bytes + 38);
                assert_memory_equal(at - 8, "ICCP", 4);
                assert_int_equal(bytes[20] & 0x20, 0x20);
                uint32_t told;
                memcpy(&told, bytes + 4, 4);
                assert_int_equal(told + 8, size);
            } else {
                assert_non_null(find(bytes, size, "\0\0\0\1sRGB", 8));
            }
            free(bytes);
            free(pixels.data);
        }
    }
}

static void what_is_seen_through_is_white_in_a_jpeg(void **state)
{
    (void)state;
    size_t size = 0;
    vt_pixels pixels = make(true);
    vt_pixels back = make(false);
    char *bytes = encode(&pixels, VT_PICTURE_JPEG, NULL, &size);
    decode(bytes, size, &back, NULL);
    assert_true(back.data[0] > 245 && back.data[1] > 245 && back.data[2] > 245);
    assert_true(back.data[(size_t)(WIDTH - 1) * 4 + 2] < 140);
    free(bytes);
    free(pixels.data);
    free(back.data);
}

static void names_are_those_of_the_command_line(void **state)
{
    (void)state;
    vt_picture_format format = VT_PICTURE_FORMAT_COUNT;
    assert_true(vt_picture_format_from_name("JPG", &format) && format == VT_PICTURE_JPEG);
    assert_true(vt_picture_format_from_name("webp", &format) && format == VT_PICTURE_WEBP);
    assert_false(vt_picture_format_from_name("tiff", &format));
    assert_string_equal(vt_picture_format_extension(VT_PICTURE_PNG), ".png");
}

static void estimates_grow_with_quality(void **state)
{
    (void)state;
    double before = 0;
    for (int quality = 1; quality <= 100; quality++) {
        double bytes = vt_picture_format_estimate(VT_PICTURE_JPEG, quality, 1e6);
        assert_true(bytes > before);
        assert_true(vt_picture_format_estimate(VT_PICTURE_WEBP, quality, 1e6) < bytes);
        before = bytes;
    }
    assert_true(before < vt_picture_format_estimate(VT_PICTURE_PNG, 1, 1e6));
}

static void faults_are_told(void **state)
{
    (void)state;
    for (int format = 0; format < VT_PICTURE_FORMAT_COUNT; format++) {
        vt_error error = VT_ERROR_INIT;
        vt_pixels pixels = make(false);
        FILE *stream = fopen("/dev/full", "wb");
        setvbuf(stream, NULL, _IONBF, 0);
        assert_false(vt_export_picture(&pixels, (vt_picture_format)format, 90, NULL, 0, stream, &error));
        assert_int_equal(error.code, VT_ERROR_NO_SPACE);
        fclose(stream);
        free(pixels.data);
    }
    vt_error error = VT_ERROR_INIT;
    const vt_pixels wide = {.width = 20000, .height = 1};
    assert_false(vt_export_picture(&wide, VT_PICTURE_WEBP, 90, NULL, 0, stdout, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_non_null(strstr(error.message, "webp"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pixels_come_back),
        cmocka_unit_test(packets_go_along),
        cmocka_unit_test(files_say_that_they_are_srgb),
        cmocka_unit_test(what_is_seen_through_is_white_in_a_jpeg),
        cmocka_unit_test(names_are_those_of_the_command_line),
        cmocka_unit_test(estimates_grow_with_quality),
        cmocka_unit_test(faults_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
