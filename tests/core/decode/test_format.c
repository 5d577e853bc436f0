/* What a file is, EXIF orientation, limits and bounded input. */
#include "support/check.h"

#include "core/base/clock.h"
#include "core/decode/exif.h"
#include "pictures.h"

#include <errno.h>

static vt_format sniff(const void *data, size_t size, vt_format hint, vt_error *error)
{
    vt_error_clear(error);
    return vt_format_sniff(data, size, size, hint, error);
}

static void test_magic_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t count;
        vt_format format;
    } cases[] = {{"\xff\xd8\xff\xe0", 4, VT_FORMAT_JPEG},
                 {"\x89PNG\r\n\x1a\n", 8, VT_FORMAT_PNG},
                 {"RIFF\0\0\0\0WEBP", 12, VT_FORMAT_WEBP},
                 {"GIF89a", 6, VT_FORMAT_GIF},
                 {"BM\0\0\0\0\0\0\0\0\0\0\0\0\x28\0\0\0", 18, VT_FORMAT_BMP},
                 {"8BPS\0\1", 6, VT_FORMAT_PSD},
                 {"#?RADIANCE\n", 11, VT_FORMAT_HDR},
                 {"P6\n1 1 255\n", 11, VT_FORMAT_PNM},
                 {"solid x\nfacet normal", 20, VT_FORMAT_STL}};
    vt_error error = VT_ERROR_INIT;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        /* Content decides, whatever the name promised. */
        assert_int_equal(sniff(cases[i].bytes, cases[i].count, VT_FORMAT_UNKNOWN, &error), cases[i].format);
        assert_int_equal(sniff(cases[i].bytes, cases[i].count, VT_FORMAT_TGA, &error), cases[i].format);
        const vt_format_info *info = vt_format_get(cases[i].format);
        assert_non_null(info);
        assert_int_equal(info->id, cases[i].format);
        assert_int_equal(info->kind == VT_KIND_MODEL, info->decode == NULL);
    }
    assert_null(vt_format_get(VT_FORMAT_UNKNOWN));
    assert_null(vt_format_get(VT_FORMAT_COUNT));
}

static void test_complaints(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t count;
        vt_format hint;
        vt_error_code code;
        const char *says;
    } cases[] = {
        {"Dear diary, today", 17, VT_FORMAT_JPEG, VT_ERROR_UNSUPPORTED, "not a JPEG file: looks like text"},
        {"<html><body>", 12, VT_FORMAT_PNG, VT_ERROR_UNSUPPORTED, "a web page"},
        {"PK\3\4 and so on and on", 20, VT_FORMAT_UNKNOWN, VT_ERROR_UNSUPPORTED, "a ZIP archive"},
        {"\0\0\0\x20"
         "ftypheic\0\0\0\0\0\0\0\0",
         20, VT_FORMAT_JPEG, VT_ERROR_UNSUPPORTED, "a HEIF picture"},
        {"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 20, VT_FORMAT_PNG, VT_ERROR_UNSUPPORTED, "zero bytes"},
        {"\x89PN", 3, VT_FORMAT_PNG, VT_ERROR_TRUNCATED, "ends after 3 bytes"},
        {"\xff", 1, VT_FORMAT_JPEG, VT_ERROR_TRUNCATED, "ends after 1 bytes"},
        {"BMW is a car and no picture", 27, VT_FORMAT_UNKNOWN, VT_ERROR_UNSUPPORTED, "text"},
        {"", 0, VT_FORMAT_JPEG, VT_ERROR_EMPTY, "empty"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        vt_error error = VT_ERROR_INIT;
        assert_int_equal(sniff(cases[i].bytes, cases[i].count, cases[i].hint, &error), VT_FORMAT_UNKNOWN);
        assert_int_equal(error.code, cases[i].code);
        if (!strstr(error.message, cases[i].says)) {
            fail_msg("\"%s\" does not say \"%s\"", error.message, cases[i].says);
        }
    }
}

/* TGA and binary STL of a wrong size have no magic number: only their name makes them that. */
static void test_names_break_ties(void **state)
{
    (void)state;
    uint8_t tga[18] = {[2] = 2, [12] = 4, [14] = 4, [16] = 24};
    uint8_t stl[84 + 50 + 7] = {[80] = 9};
    vt_error error = VT_ERROR_INIT;
    assert_int_equal(sniff(tga, sizeof tga, VT_FORMAT_TGA, &error), VT_FORMAT_TGA);
    assert_int_equal(sniff(tga, sizeof tga, VT_FORMAT_UNKNOWN, &error), VT_FORMAT_UNKNOWN);
    tga[16] = 5;
    assert_int_equal(sniff(tga, sizeof tga, VT_FORMAT_TGA, &error), VT_FORMAT_UNKNOWN);
    assert_int_equal(sniff(stl, sizeof stl, VT_FORMAT_STL, &error), VT_FORMAT_STL);
    assert_int_equal(sniff(stl, sizeof stl, VT_FORMAT_UNKNOWN, &error), VT_FORMAT_UNKNOWN);
    stl[80] = 1;
    assert_int_equal(sniff(stl, 84 + 50, VT_FORMAT_UNKNOWN, &error), VT_FORMAT_STL);
}

static void test_names(void **state)
{
    (void)state;
    assert_int_equal(vt_format_of_name("/a/b.JPG"), VT_FORMAT_JPEG);
    assert_int_equal(vt_format_of_name("x.jpeg"), VT_FORMAT_JPEG);
    assert_int_equal(vt_format_of_name("x.stl"), VT_FORMAT_STL);
    assert_int_equal(vt_format_of_name("x.jp"), VT_FORMAT_UNKNOWN);
    assert_int_equal(vt_format_of_name("x.jpgg"), VT_FORMAT_UNKNOWN);
    assert_int_equal(vt_format_of_name("png"), VT_FORMAT_UNKNOWN);
    assert_int_equal(vt_format_of_name("x."), VT_FORMAT_UNKNOWN);
    assert_int_equal(vt_format_of_name("x.peg jpe"), VT_FORMAT_UNKNOWN);
}

static void test_exif(void **state)
{
    (void)state;
    const uint8_t big[] = {'M', 'M', 0, 42, 0, 0, 0,    8, 0, 2, 1, 0, 0, 3, 0, 0, 0,
                           1,   0,   9, 0,  0, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0};
    const uint8_t little[] = {'E', 'x', 'i',  'f', 0, 0, 'I', 'I', 42, 0, 8, 0, 0, 0,
                              1,   0,   0x12, 1,   3, 0, 1,   0,   0,  0, 8, 0, 0, 0};
    assert_int_equal(vt_exif_orientation(big, sizeof big), 6);
    assert_int_equal(vt_exif_orientation(little, sizeof little), 8);
    for (size_t count = 0; count < sizeof big; count++) {
        bytes cut = bytes_copy(big, count); /* of its exact size, so that reading beyond is seen */
        assert_int_equal(vt_exif_orientation(cut.data, cut.size), 0);
        free(cut.data);
    }
    /* Nonsense of every kind in every byte: no crash, and nothing outside 0 to 8. */
    for (size_t at = 0; at < sizeof little; at++) {
        for (int value = 0; value < 256; value++) {
            bytes copy = bytes_copy(little, sizeof little);
            copy.data[at] = (uint8_t)value;
            int orientation = vt_exif_orientation(copy.data, copy.size);
            assert_in_range(orientation, 0, 8);
            free(copy.data);
        }
    }
}

static void test_input(void **state)
{
    (void)state;
    char text[] = "0123456789";
    char buffer[32];
    int fd = file_of(text, 10);
    vt_input inputs[] = {vt_input_from_memory(text, 10), vt_input_from_fd(fd, 10)};
    for (size_t i = 0; i < 2; i++) {
        vt_input *input = &inputs[i];
        assert_int_equal(vt_input_read(input, buffer, 4), 4);
        assert_memory_equal(buffer, "0123", 4);
        vt_input_skip(input, 2);
        assert_int_equal(vt_input_read(input, buffer, 32), 4);
        assert_memory_equal(buffer, "6789", 4);
        assert_int_equal(vt_input_read(input, buffer, 1), 0);
        vt_input_skip(input, -3);
        assert_int_equal(input->at, 7);
        vt_input_skip(input, INT64_MIN);
        assert_int_equal(input->at, 0);
        vt_input_skip(input, INT64_MAX);
        assert_int_equal(input->at, 10);
        assert_int_equal(vt_input_read_at(input, 9, buffer, 32), 1);
        assert_int_equal(vt_input_read_at(input, UINT64_MAX, buffer, 32), 0);
        assert_int_equal(input->system, 0);
    }
    /* It never reads more than it was told, and a file that became shorter just ends. */
    vt_input part = vt_input_from_fd(fd, 3);
    assert_int_equal(vt_input_read(&part, buffer, 32), 3);
    vt_input longer = vt_input_from_fd(fd, 100);
    assert_int_equal(vt_input_read(&longer, buffer, 32), 10);
    close(fd);
    vt_input closed = vt_input_from_fd(fd, 10);
    assert_int_equal(vt_input_read(&closed, buffer, 4), 0);
    assert_int_equal(closed.system, EBADF);
}

static void test_wall_time(void **state)
{
    (void)state;
    const vt_limits *limits = &vt_limits_default;
    assert_int_equal(vt_limits_wall(limits, 0), 10 * VT_NS_PER_S);
    assert_int_equal(vt_limits_wall(limits, 100 << 20), 15 * VT_NS_PER_S);
    assert_int_equal(vt_limits_wall(limits, UINT64_C(8) << 30), 60 * VT_NS_PER_S);
    assert_int_equal(vt_limits_wall(limits, UINT64_MAX), 60 * VT_NS_PER_S);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_magic_numbers),
        cmocka_unit_test(test_complaints),
        cmocka_unit_test(test_names_break_ties),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_exif),
        cmocka_unit_test(test_input),
        cmocka_unit_test(test_wall_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
