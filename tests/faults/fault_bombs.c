/*
 * Bombs: small files that claim or unpack to much. Each must be refused by what its header says within 5 ms,
 * or be over with (read, refused, or stopped) at the limit of time and a tenth of a second more, and never
 * take more than 1 GiB. Row 32 of the table in README.md.
 */
#include "tests/faults/figure.h"
#include "tests/faults/holdings.h"
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/decode/helper_pool.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <jpeglib.h>

/* ---- bytes ---- */

typedef struct bomb_bytes {
    uint8_t *data;
    size_t size, capacity;
} bomb_bytes;

static void append(bomb_bytes *to, const void *bytes, size_t count)
{
    if (to->size + count > to->capacity) {
        to->capacity = (to->size + count) * 2;
        to->data = realloc(to->data, to->capacity);
        assert_non_null(to->data);
    }
    if (count > 0) {
        memcpy(to->data + to->size, bytes, count);
    }
    to->size += count;
}

static void append_text(bomb_bytes *to, const char *text)
{
    append(to, text, strlen(text));
}

static void append_be32(bomb_bytes *to, uint32_t value)
{
    value = htonl(value);
    append(to, &value, sizeof value);
}

/* ---- PNG ---- */

/* CRC-32 of ISO 3309, which PNG puts behind each chunk. */
static uint32_t crc_of(const uint8_t *bytes, size_t count)
{
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < count; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = crc & 1 ? crc >> 1 ^ UINT32_C(0xedb88320) : crc >> 1;
        }
    }
    return ~crc;
}

static void append_chunk(bomb_bytes *to, const char *name, const void *content, size_t size)
{
    append_be32(to, (uint32_t)size);
    size_t start = to->size;
    append(to, name, 4);
    append(to, content, size);
    append_be32(to, crc_of(to->data + start, size + 4));
}

static void begin_png(bomb_bytes *to, uint32_t width, uint32_t height, uint8_t colour, uint8_t interlaced)
{
    bomb_bytes header = {0};
    append(to, "\x89PNG\r\n\x1a\n", 8);
    append_be32(&header, width);
    append_be32(&header, height);
    const uint8_t rest[5] = {8, colour, 0, 0, interlaced};
    append(&header, rest, sizeof rest);
    append_chunk(to, "IHDR", header.data, header.size);
    free(header.data);
}

/* A zlib stream of `count` zeros (RFC 1950, 1951): one literal, then repetitions of 258 bytes at 13 bits
   each, by the fixed codes. */
typedef struct bits {
    bomb_bytes *to;
    uint32_t held;
    int count;
} bits;

static void put_bits(bits *out, uint32_t value, int count)
{
    out->held |= value << out->count;
    out->count += count;
    while (out->count >= 8) {
        uint8_t byte = (uint8_t)out->held;
        append(out->to, &byte, 1);
        out->held >>= 8;
        out->count -= 8;
    }
}

static void append_zeros(bomb_bytes *to, uint64_t count)
{
    enum { RUN = 258, LITERAL_0 = 0x0c, RUN_CODE = 0xa3, END_BITS = 7 };
    bits out = {.to = to};
    append(to, "\x78\x9c", 2);
    put_bits(&out, 3, 3); /* the last block, fixed codes */
    uint64_t left = count;
    for (; left % RUN != 0; left--) {
        put_bits(&out, LITERAL_0, 8); /* 00110000, first bit first */
    }
    if (left > 0) {
        for (int i = 0; i < RUN; i++, left--) {
            put_bits(&out, LITERAL_0, 8);
        }
    }
    for (; left > 0; left -= RUN) {
        put_bits(&out, RUN_CODE, 8); /* 11000101: 258 bytes ... */
        put_bits(&out, 0, 5);        /* ... from one byte before */
    }
    put_bits(&out, 0, END_BITS);
    put_bits(&out, 0, 7);                                 /* up to a whole byte */
    append_be32(to, (uint32_t)(count % 65521) << 16 | 1); /* Adler-32 */
}

static void append_zero_chunk(bomb_bytes *to, const char *name, const char *before, size_t before_size,
                              uint64_t zeros)
{
    bomb_bytes content = {0};
    append(&content, before, before_size);
    append_zeros(&content, zeros);
    append_chunk(to, name, content.data, content.size);
    free(content.data);
}

static void end_png(bomb_bytes *to)
{
    append_chunk(to, "IEND", "", 0);
}

static void flat_png(bomb_bytes *to, uint32_t width, uint32_t height, bool interlaced)
{
    begin_png(to, width, height, 2, interlaced);
    append_zero_chunk(to, "IDAT", "", 0, ((uint64_t)width * 3 + 1) * height + (interlaced ? 1 << 20 : 0));
    end_png(to);
}

static void make_flat(bomb_bytes *to)
{
    flat_png(to, 14000, 14000, false);
}

static void make_flat_interlaced(bomb_bytes *to)
{
    flat_png(to, 14000, 14000, true);
}

static void make_wide(bomb_bytes *to)
{
    flat_png(to, 65500, 3000, false);
}

static void make_huge_header(bomb_bytes *to)
{
    begin_png(to, 935820, 854554, 2, 0);
    append_zero_chunk(to, "IDAT", "", 0, 100);
    end_png(to);
}

static void make_absurd_header(bomb_bytes *to)
{
    begin_png(to, 500000000, 1300000000, 2, 0);
    append_zero_chunk(to, "IDAT", "", 0, 100);
    end_png(to);
}

static void make_over_pixels(bomb_bytes *to)
{
    begin_png(to, 60000, 60000, 2, 0);
    append_zero_chunk(to, "IDAT", "", 0, 100);
    end_png(to);
}

/* Ten by ten pixels, and 4 GiB behind them. */
static void make_long_data(bomb_bytes *to)
{
    begin_png(to, 10, 10, 2, 0);
    append_zero_chunk(to, "IDAT", "", 0, UINT64_C(4) << 30);
    end_png(to);
}

static void text_png(bomb_bytes *to, const char *chunk, const char *before, size_t before_size)
{
    begin_png(to, 10, 10, 2, 0);
    append_zero_chunk(to, chunk, before, before_size, UINT64_C(1) << 30);
    append_zero_chunk(to, "IDAT", "", 0, 310);
    end_png(to);
}

static void make_text(bomb_bytes *to)
{
    text_png(to, "zTXt", "Comment\0\0", 9);
}

static void make_xmp_text(bomb_bytes *to)
{
    text_png(to, "iTXt", "XML:com.adobe.xmp\0\1\0\0\0", 22);
}

static void make_profile(bomb_bytes *to)
{
    text_png(to, "iCCP", "colours\0\0", 9);
}

/* ---- JPEG ---- */

static void make_jpeg(bomb_bytes *to, uint32_t width, uint32_t height, bool progressive)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *data = NULL;
    unsigned long size = 0;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &data, &size);
    jpeg.image_width = width;
    jpeg.image_height = height;
    jpeg.input_components = 1;
    jpeg.in_color_space = JCS_GRAYSCALE;
    jpeg_set_defaults(&jpeg);
    if (progressive) {
        jpeg_simple_progression(&jpeg);
    }
    jpeg_start_compress(&jpeg, TRUE);
    uint8_t *row = calloc(1, width);
    assert_non_null(row);
    while (jpeg.next_scanline < height) {
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    append(to, data, size);
    free(data);
    free(row);
}

/* The frame's header says 64,250 x 64,250. */
static void make_lottapixel(bomb_bytes *to)
{
    make_jpeg(to, 16, 16, false);
    uint8_t *frame = memmem(to->data, to->size, "\xff\xc0", 2);
    assert_non_null(frame);
    memset(frame + 5, 0xfa, 4);
}

/* The last scan of 4,000 x 4,000 pixels, 5,000 times. It needs the finest coefficients, so that the first
   scans are not enough: asked for by the size of the box. */
static void make_scans(bomb_bytes *to)
{
    enum { TIMES = 5000 };
    bomb_bytes file = {0};
    make_jpeg(&file, 4000, 4000, true);
    uint8_t *last = NULL;
    for (size_t at = 0; file.data && at + 1 < file.size; at++) {
        last = file.data[at] == 0xff && file.data[at + 1] == 0xda ? file.data + at : last;
    }
    if (!last) {
        abort();
    }
    size_t head = (size_t)(last - file.data);
    append(to, file.data, head);
    for (int i = 0; i < TIMES; i++) {
        append(to, last, file.size - head - 2); /* without the end marker */
    }
    append(to, "\xff\xd9", 2);
    free(file.data);
}

/* "billion laughs" in XMP: nine entities of ten of the one before (CVE-2003-1564). */
static void make_laughs(bomb_bytes *to)
{
    bomb_bytes xmp = {0};
    append(&xmp, "http://ns.adobe.com/xap/1.0/", 29);
    append_text(&xmp, "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY l0 \"haha\">");
    for (int level = 1; level < 10; level++) {
        char line[120];
        snprintf(line, sizeof line, "<!ENTITY l%d \"", level);
        append_text(&xmp, line);
        for (int i = 0; i < 10; i++) {
            snprintf(line, sizeof line, "&l%d;", level - 1);
            append_text(&xmp, line);
        }
        append_text(&xmp, "\">");
    }
    static const char rest[] =
        "]><x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
        "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description "
        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title><rdf:Alt><rdf:li "
        "xml:lang=\"x-default\">&l9;</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>";
    append(&xmp, rest, sizeof rest - 1);
    bomb_bytes file = {0};
    make_jpeg(&file, 64, 64, false);
    append(to, file.data, 2);
    uint16_t length = htons((uint16_t)(xmp.size + 2));
    append(to, "\xff\xe1", 2);
    append(to, &length, 2);
    append(to, xmp.data, xmp.size);
    append(to, file.data + 2, file.size - 2);
    free(xmp.data);
    free(file.data);
}

/* ---- others ---- */

static void make_webp(bomb_bytes *to)
{
    /* RIFF, lossless, 16,384 x 16,384, and nothing behind (developers.google.com/speed/webp/docs). */
    static const uint8_t file[] = {'R',  'I',  'F',  'F',  22,   0,   0,  0, 'W', 'E',
                                   'B',  'P',  'V',  'P',  '8',  'L', 10, 0, 0,   0,
                                   0x2f, 0xff, 0xff, 0xff, 0x0f, 0,   0,  0, 0,   0};
    append(to, file, sizeof file);
}

static void make_gif(bomb_bytes *to)
{
    static const char file[] =
        "GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\xff\xff\xff\xff\0\2\2"
        "\x44\1\0;";
    append(to, file, sizeof file - 1);
}

static void make_pnm(bomb_bytes *to)
{
    append_text(to, "P6 60000 60000 255\nabc");
}

static void make_bmp(bomb_bytes *to)
{
    uint8_t file[64] = {'B', 'M', 64};
    const uint32_t header[] = {54, 40, 60000, 60000, 1 | 24 << 16};
    memcpy(file + 10, header, sizeof header);
    append(to, file, sizeof file);
}

static void make_hdr(bomb_bytes *to)
{
    append_text(to, "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 60000 +X 60000\nabc");
}

/* Claims four billion triangles and holds two. */
static void make_stl(bomb_bytes *to)
{
    uint8_t file[84 + 2 * 50] = {0};
    memset(file + 80, 0xff, 4);
    const float corners[9] = {0, 0, 0, 1, 0, 0, 0, 1, 0};
    memcpy(file + 84 + 12, corners, sizeof corners);
    append(to, file, sizeof file);
}

/* ---- the trial ---- */

static const struct bomb {
    const char *name;
    vt_format format;
    bool by_header; /* nothing but its header has to be looked at */
    void (*make)(bomb_bytes *to);
} bombs[] = {
    {"png_huge_header", VT_FORMAT_PNG, true, make_huge_header},
    {"png_absurd_header", VT_FORMAT_PNG, true, make_absurd_header},
    {"png_over_pixels", VT_FORMAT_PNG, true, make_over_pixels},
    {"jpeg_lottapixel", VT_FORMAT_JPEG, true, make_lottapixel},
    {"gif_header", VT_FORMAT_GIF, true, make_gif},
    {"pnm_header", VT_FORMAT_PNM, true, make_pnm},
    {"bmp_header", VT_FORMAT_BMP, true, make_bmp},
    {"hdr_header", VT_FORMAT_HDR, true, make_hdr},
    {"webp_header", VT_FORMAT_WEBP, true, make_webp},
    {"stl_header", VT_FORMAT_STL, true, make_stl},
    {"png_flat", VT_FORMAT_PNG, false, make_flat},
    {"png_flat_interlaced", VT_FORMAT_PNG, false, make_flat_interlaced},
    {"png_wide", VT_FORMAT_PNG, false, make_wide},
    {"png_long_data", VT_FORMAT_PNG, false, make_long_data},
    {"png_text", VT_FORMAT_PNG, false, make_text},
    {"png_xmp_text", VT_FORMAT_PNG, false, make_xmp_text},
    {"png_profile", VT_FORMAT_PNG, false, make_profile},
    {"jpeg_scans", VT_FORMAT_JPEG, false, make_scans},
    {"jpeg_laughs", VT_FORMAT_JPEG, false, make_laughs},
};

static vt_helper_pool *open_pool(void)
{
    vt_error error = VT_ERROR_INIT;
    char *program = vt_helper_program_find(&error);
    const vt_helper_pool_options options = {
        .program = program, .workers = 1, .limits = vt_limits_default, .log = vt_log_none};
    vt_helper_pool *pool = program ? vt_helper_pool_create(&options, &error) : NULL;
    if (!pool) {
        fprintf(stderr, "%s\n", error.message);
        exit(3);
    }
    free(program);
    return pool;
}

/* Like the limit of time, this counts nothing of what others had the processors for. */
static double starved(const vt_helper *helper)
{
    return vt_helper_pid(helper) > 0 ? holdings_starved(vt_helper_pid(helper)) : 0;
}

/* The quickest of `tries`, in milliseconds; the verdict and the helper's peak of the last. */
static double try_bomb(vt_helper_pool *pool, const struct bomb *bomb, int fd, uint64_t size, int tries,
                       double *peak, vt_error *error)
{
    double best = 1e9;
    for (int i = 0; i < tries; i++) {
        const vt_decode_request request = {
            .what = VT_WHAT_THUMBNAIL, .hint = bomb->format, .box_width = 1024, .box_height = 1024};
        vt_decode_result result;
        vt_helper *helper = vt_helper_pool_acquire(pool, VT_HELPER_BACKGROUND);
        vt_error_clear(error);
        double begun = fault_clock();
        double starved_before = starved(helper);
        vt_helper_decode(helper, fd, size, &request, -1, &result, error);
        double waited = starved(helper) - starved_before; /* negative: it is another process now */
        double took = (fault_clock() - begun - (waited > 0 ? waited : 0)) * 1000;
        best = took < best ? took : best;
        double now = vt_helper_pid(helper) > 0 ? holdings_memory_peak(vt_helper_pid(helper)) : 0;
        *peak = now > *peak ? now : *peak;
        vt_decode_result_clear(&result);
        vt_helper_pool_release(pool, helper);
    }
    return best;
}

static void run_bombs(bool quick)
{
    enum { TRIES = 5 };
    double peak = 0;
    for (size_t i = 0; i < sizeof bombs / sizeof bombs[0]; i++) {
        vt_helper_pool *pool = open_pool();
        bomb_bytes file = {0};
        vt_error error = VT_ERROR_INIT;
        char name[64];
        char bar[32] = "<=5";
        bombs[i].make(&file);
        int fd = memfd_create("bomb", MFD_CLOEXEC);
        assert_int_equal(write(fd, file.data, file.size), (ssize_t)file.size);
        double took =
            try_bomb(pool, &bombs[i], fd, file.size, bombs[i].by_header || !quick ? TRIES : 1, &peak, &error);
        if (!bombs[i].by_header) {
            int64_t allowed = vt_limits_wall(&vt_limits_default, file.size);
            snprintf(bar, sizeof bar, "<=%lld", (long long)(allowed / VT_NS_PER_MS) + 100);
        }
        snprintf(name, sizeof name, "bomb_%s", bombs[i].name);
        figure(name, took, "ms", bar, "%zu bytes: %.120s", file.size,
               error.code == VT_ERROR_NONE ? "read" : error.message);
        if (bombs[i].by_header) {
            snprintf(name, sizeof name, "bomb_%s_let_in", bombs[i].name);
            figure(name, error.code == VT_ERROR_NONE, "files", "<=0", "-");
        }
        close(fd);
        free(file.data);
        vt_helper_pool_free(pool);
    }
    figure("bombs_memory", peak, "MiB", "<=1024", "the largest helper that lived on");
}

int main(int argc, char **argv)
{
    static const fault_case cases[] = {{"bombs", run_bombs}, {0}};
    return fault_main(argc, argv, cases);
}
