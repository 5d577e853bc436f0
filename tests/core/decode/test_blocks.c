#include "support/check.h"

#include "containers.h"
#include "tiff_block.h"

#include "core/decode/blocks.h"

static const char xmp_text[] = "<x:xmpmeta xmlns:x='adobe:ns:meta/'/>";
#define XMP_SIZE (sizeof xmp_text - 1)

static bytes small_jpeg(void)
{
    const uint8_t grey[64] = {0};
    return make_jpeg(8, 8, 1, grey, 0, 0);
}

static bytes small_png(void)
{
    const uint8_t grey[64] = {0};
    return make_png(8, 8, 0, 8, 0, grey, sizeof grey, NULL, NULL);
}

static vt_blocks read_blocks(vt_format format, const bytes *file, size_t size)
{
    vt_blocks blocks;
    uint8_t *exact = malloc(size ? size : 1);
    assert_non_null(exact);
    memcpy(exact, file->data, size);
    vt_input input = vt_input_from_memory(exact, size);
    vt_blocks_read(format, &input, &blocks);
    assert_int_equal(input.at, 0);
    free(exact);
    return blocks;
}

static void check_block(const vt_block *block, const void *expected, size_t size)
{
    assert_int_equal(block->size, size);
    assert_memory_equal(block->bytes, expected, size);
}

static void test_a_jpeg_with_all_of_them(void **state)
{
    (void)state;
    bytes file = small_jpeg();
    uint8_t *content = malloc(100000);
    assert_non_null(content);
    for (int i = 0; i < 100000; i++) {
        content[i] = (uint8_t)(i * 7 + i / 256);
    }
    const bytes profile = {content, 100000}; /* too large for one segment */
    add_jpeg_profile(&file, &profile, 3);
    add_segment(&file, 0xed, "Photoshop 3.0", 14, "8BIM", 4);
    add_segment(&file, 0xe1, XMP_NAMESPACE, sizeof XMP_NAMESPACE, xmp_text, XMP_SIZE);
    add_segment(&file, 0xe1, "Exif\0\0", 6, "second", 6);
    add_segment(&file, 0xe1, "Exif\0\0", 6, "first", 5);
    insert_bytes(&file, 2, "\xff\xff\xff", 3); /* bytes that fill */
    vt_blocks b = read_blocks(VT_FORMAT_JPEG, &file, file.size);
    check_block(&b.exif, "Exif\0\0first", 11);
    check_block(&b.xmp, xmp_text, XMP_SIZE);
    check_block(&b.iptc,
                "Photoshop 3.0\0"
                "8BIM",
                18);
    check_block(&b.icc, content, 100000);
    vt_blocks_free(&b);
    for (size_t size = 0; size < file.size; size += size < 400 ? 1 : 997) {
        b = read_blocks(VT_FORMAT_JPEG, &file, size);
        assert_true(!b.icc.bytes || size > 100000);
        vt_blocks_free(&b);
    }
    free(content);
    free(file.data);
}

static void test_a_jpeg_whose_profile_lacks_a_part(void **state)
{
    (void)state;
    static const char parts[][2] = {{0, 2}, {3, 2}, {1, 2}, {1, 3}, {1, 1}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        bytes file = small_jpeg();
        char signature[14] = "ICC_PROFILE";
        memcpy(signature + 12, parts[i], 2);
        add_segment(&file, 0xe2, signature, sizeof signature, "profile", 7);
        vt_blocks b = read_blocks(VT_FORMAT_JPEG, &file, file.size);
        assert_int_equal(b.icc.bytes != NULL, i == 4);
        vt_blocks_free(&b);
        free(file.data);
    }
}

static void test_a_png_with_all_of_them(void **state)
{
    (void)state;
    char profile[5000];
    memset(profile, 'p', sizeof profile);
    for (int packed = 0; packed <= 1; packed++) {
        bytes file = small_png();
        add_chunk(&file, "eXIf", "MM\0*", 4);
        add_packed_chunk(&file, "iCCP", "a name\0", 8, profile, sizeof profile);
        const char head[] = "XML:com.adobe.xmp\0\0\0en\0caf\xc3\xa9";
        if (packed) {
            char packed_head[sizeof head];
            memcpy(packed_head, head, sizeof head);
            packed_head[18] = 1;
            add_packed_chunk(&file, "iTXt", packed_head, sizeof head, xmp_text, XMP_SIZE);
        } else {
            char chunk[200];
            memcpy(chunk, head, sizeof head);
            memcpy(chunk + sizeof head, xmp_text, XMP_SIZE);
            add_chunk(&file, "iTXt", chunk, sizeof head + XMP_SIZE);
        }
        add_chunk(&file, "iTXt", "Comment\0\0\0\0\0words", 17);
        vt_blocks b = read_blocks(VT_FORMAT_PNG, &file, file.size);
        check_block(&b.exif, "MM\0*", 4);
        check_block(&b.xmp, xmp_text, XMP_SIZE);
        check_block(&b.icc, profile, sizeof profile);
        vt_blocks_free(&b);
        for (size_t size = 0; size < file.size; size++) {
            b = read_blocks(VT_FORMAT_PNG, &file, size);
            vt_blocks_free(&b);
        }
        free(file.data);
    }
}

/* A few KiB that unpack to more than is kept are not there, and leave room for the others. */
static void test_a_png_bomb(void **state)
{
    (void)state;
    size_t huge = VT_BLOCKS_BYTES + 1;
    uint8_t *zeros = calloc(huge, 1);
    assert_non_null(zeros);
    bytes file = small_png();
    add_chunk(&file, "eXIf", "MM\0*", 4);
    add_packed_chunk(&file, "iTXt", "XML:com.adobe.xmp\0\1\0\0", 22, zeros, huge);
    add_packed_chunk(&file, "iCCP", "x\0", 3, zeros, huge);
    assert_true(file.size < 20000);
    vt_blocks b = read_blocks(VT_FORMAT_PNG, &file, file.size);
    assert_null(b.icc.bytes);
    assert_null(b.xmp.bytes);
    check_block(&b.exif, "MM\0*", 4);
    vt_blocks_free(&b);
    free(file.data);
    free(zeros);
}

static void test_a_webp_with_all_of_them(void **state)
{
    (void)state;
    const uint8_t pixels[8 * 8 * 4] = {0};
    bytes file = make_webp(8, 8, pixels, 1);
    add_riff_chunk(&file, "ICCP", "profile", 7, 0x20, 8, 8);
    add_riff_chunk(&file, "EXIF", "II*\0x", 5, 8, 8, 8);
    add_riff_chunk(&file, "XMP ", xmp_text, XMP_SIZE, 4, 8, 8);
    vt_blocks b = read_blocks(VT_FORMAT_WEBP, &file, file.size);
    check_block(&b.exif, "II*\0x", 5);
    check_block(&b.xmp, xmp_text, XMP_SIZE);
    check_block(&b.icc, "profile", 7);
    vt_blocks_free(&b);
    for (size_t size = 0; size < file.size; size++) {
        b = read_blocks(VT_FORMAT_WEBP, &file, size);
        vt_blocks_free(&b);
    }
    memset(file.data + 34, 0xff, 4); /* a profile of 4 GiB */
    b = read_blocks(VT_FORMAT_WEBP, &file, file.size);
    assert_true(!b.icc.bytes && !b.exif.bytes && !b.xmp.bytes);
    vt_blocks_free(&b);
    free(file.data);
}

static void test_other_formats_have_none(void **state)
{
    (void)state;
    bytes file = small_jpeg();
    add_segment(&file, 0xe1, "Exif\0\0", 6, "first", 5);
    vt_blocks b = read_blocks(VT_FORMAT_GIF, &file, file.size);
    assert_null(b.exif.bytes);
    vt_blocks_free(&b);
    free(file.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_jpeg_with_all_of_them),
        cmocka_unit_test(test_a_jpeg_whose_profile_lacks_a_part),
        cmocka_unit_test(test_a_png_with_all_of_them),
        cmocka_unit_test(test_a_png_bomb),
        cmocka_unit_test(test_a_webp_with_all_of_them),
        cmocka_unit_test(test_other_formats_have_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
