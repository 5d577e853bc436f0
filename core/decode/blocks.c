#include "core/decode/blocks.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <libdeflate.h>

#define ICC_PARTS_MAX  255 /* a byte counts them */
#define INFLATE_START  ((size_t)64 << 10)
#define XMP_SIGNATURE  "http://ns.adobe.com/xap/1.0/"
#define ICC_SIGNATURE  "ICC_PROFILE"
#define IPTC_SIGNATURE "Photoshop 3.0"
#define PNG_XMP        "XML:com.adobe.xmp"

typedef struct part {
    uint64_t at;
    size_t size;
} part;

typedef struct walk {
    vt_input *input;
    vt_blocks *blocks;
    size_t room; /* bytes that may still be kept */
    part icc[ICC_PARTS_MAX + 1];
    unsigned icc_parts; /* promised; 0: none seen */
} walk;

static uint32_t be32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static uint32_t le32(const uint8_t *p)
{
    return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

static bool read_all(walk *w, uint64_t at, void *to, size_t count)
{
    return vt_input_read_at(w->input, at, to, count) == count;
}

/* Keeps `size` bytes from `at` as `block`, if it is the first of its kind and all of it is there. */
static void keep(walk *w, vt_block *block, uint64_t at, size_t size)
{
    if (block->bytes || size == 0 || size > w->room || at > w->input->size || size > w->input->size - at) {
        return;
    }
    uint8_t *bytes = malloc(size);
    if (!bytes || !read_all(w, at, bytes, size)) {
        free(bytes);
        return;
    }
    *block = (vt_block){bytes, size, at};
    w->room -= size;
}

static bool begins(const uint8_t *bytes, size_t count, const char *signature, size_t length)
{
    return count >= length && memcmp(bytes, signature, length) == 0;
}

static void note_icc_part(walk *w, const uint8_t *head, uint64_t at, size_t size)
{
    size_t before = sizeof ICC_SIGNATURE + 2;
    unsigned number = head[before - 2];
    unsigned count = head[before - 1];
    if (number == 0 || number > count || (w->icc_parts && w->icc_parts != count) || w->icc[number].size) {
        return;
    }
    w->icc_parts = count;
    w->icc[number] = (part){at + before, size - before};
}

static void join_icc(walk *w)
{
    size_t size = 0;
    for (unsigned i = 1; i <= w->icc_parts; i++) {
        if (w->icc[i].size == 0) {
            return;
        }
        size += w->icc[i].size;
    }
    uint8_t *bytes = size > 0 && size <= w->room ? malloc(size) : NULL;
    size_t filled = 0;
    for (unsigned i = 1; bytes && i <= w->icc_parts; i++) {
        if (!read_all(w, w->icc[i].at, bytes + filled, w->icc[i].size)) {
            free(bytes);
            return;
        }
        filled += w->icc[i].size;
    }
    w->blocks->icc = (vt_block){.bytes = bytes, .size = bytes ? size : 0};
}

static void take_segment(walk *w, uint8_t marker, uint64_t at, size_t size)
{
    uint8_t head[sizeof XMP_SIGNATURE];
    size_t count = size < sizeof head ? size : sizeof head;
    if ((marker != 0xe1 && marker != 0xe2 && marker != 0xed) || !read_all(w, at, head, count)) {
        return;
    }
    if (marker == 0xe1 && begins(head, count, "Exif\0\0", 6)) {
        keep(w, &w->blocks->exif, at, size);
    } else if (marker == 0xe1 && begins(head, count, XMP_SIGNATURE, sizeof XMP_SIGNATURE)) {
        keep(w, &w->blocks->xmp, at + sizeof XMP_SIGNATURE, size - sizeof XMP_SIGNATURE);
    } else if (marker == 0xed && begins(head, count, IPTC_SIGNATURE, sizeof IPTC_SIGNATURE)) {
        keep(w, &w->blocks->iptc, at, size);
    } else if (marker == 0xe2 && count > sizeof ICC_SIGNATURE + 2 &&
               begins(head, count, ICC_SIGNATURE, sizeof ICC_SIGNATURE)) {
        note_icc_part(w, head, at, size);
    }
}

/* Segments up to the first scan; bytes of 0xff may fill the space between them. */
static void walk_jpeg(walk *w)
{
    uint64_t at = 2;
    uint8_t head[4];
    for (int i = 0; i < VT_BLOCKS_PARTS && read_all(w, at, head, 4) && head[0] == 0xff; i++) {
        if (head[1] == 0xff) {
            at++;
            continue;
        }
        if (head[1] == 0xda || head[1] == 0xd9) {
            break;
        }
        size_t size = (size_t)head[2] << 8 | head[3];
        if (size < 2) {
            break;
        }
        take_segment(w, head[1], at + 4, size - 2);
        at += 2 + size;
    }
    join_icc(w);
}

/* Replaces a block by its last bytes unpacked; what does not unpack is not there. */
static void inflate(walk *w, vt_block *block, size_t skip)
{
    struct libdeflate_decompressor *unpacker = libdeflate_alloc_decompressor();
    uint8_t *bytes = NULL;
    size_t size = 0;
    enum libdeflate_result result = LIBDEFLATE_INSUFFICIENT_SPACE;
    for (size_t capacity = INFLATE_START; unpacker && result == LIBDEFLATE_INSUFFICIENT_SPACE;
         capacity *= 4) {
        capacity = capacity < w->room ? capacity : w->room;
        free(bytes);
        bytes = malloc(capacity ? capacity : 1);
        if (!bytes) {
            break;
        }
        result = libdeflate_zlib_decompress(unpacker, block->bytes + skip, block->size - skip, bytes,
                                            capacity, &size);
        if (capacity == w->room) {
            break;
        }
    }
    libdeflate_free_decompressor(unpacker);
    free(block->bytes);
    *block = (vt_block){.bytes = bytes, .size = size};
    if (!bytes || result != LIBDEFLATE_SUCCESS || size == 0) {
        free(bytes);
        *block = (vt_block){0};
    } else {
        w->room -= size;
    }
}

/* A name of 1 to 79 bytes and a NUL, the method of packing (0), then the profile. */
static void unpack_iccp(walk *w)
{
    vt_block *icc = &w->blocks->icc;
    const uint8_t *end = memchr(icc->bytes, 0, icc->size < 80 ? icc->size : 80);
    size_t skip = end ? (size_t)(end - icc->bytes) + 2 : 0;
    if (skip == 0 || skip >= icc->size || end[1] != 0) {
        free(icc->bytes);
        *icc = (vt_block){0};
        return;
    }
    inflate(w, icc, skip);
}

/* Keyword, whether and how it is packed, language, translated keyword, text. */
static void unpack_itxt(walk *w)
{
    vt_block *xmp = &w->blocks->xmp;
    size_t skip = sizeof PNG_XMP + 2;
    bool packed = xmp->size > skip && xmp->bytes[sizeof PNG_XMP] == 1;
    for (int i = 0; i < 2 && skip < xmp->size; i++) {
        const uint8_t *end = memchr(xmp->bytes + skip, 0, xmp->size - skip);
        skip = end ? (size_t)(end - xmp->bytes) + 1 : xmp->size;
    }
    if (skip >= xmp->size) {
        free(xmp->bytes);
        *xmp = (vt_block){0};
    } else if (packed) {
        inflate(w, xmp, skip);
    } else {
        memmove(xmp->bytes, xmp->bytes + skip, xmp->size - skip);
        xmp->size -= skip;
    }
}

static void take_png_chunk(walk *w, const uint8_t *type, uint64_t at, uint32_t size)
{
    vt_blocks *b = w->blocks;
    uint8_t keyword[sizeof PNG_XMP];
    if (memcmp(type, "eXIf", 4) == 0) {
        keep(w, &b->exif, at, size);
    } else if (memcmp(type, "iCCP", 4) == 0 && !b->icc.bytes) {
        keep(w, &b->icc, at, size);
        if (b->icc.bytes) {
            unpack_iccp(w);
        }
    } else if (memcmp(type, "iTXt", 4) == 0 && !b->xmp.bytes && size > sizeof keyword &&
               read_all(w, at, keyword, sizeof keyword) && memcmp(keyword, PNG_XMP, sizeof keyword) == 0) {
        keep(w, &b->xmp, at, size);
        if (b->xmp.bytes) {
            unpack_itxt(w);
        }
    }
}

static void walk_png(walk *w)
{
    uint64_t at = 8;
    uint8_t head[8];
    for (int i = 0; i < VT_BLOCKS_PARTS && read_all(w, at, head, 8); i++) {
        uint32_t size = be32(head);
        if (memcmp(head + 4, "IEND", 4) == 0) {
            break;
        }
        take_png_chunk(w, head + 4, at + 8, size);
        at += (uint64_t)size + 12;
    }
}

static void walk_webp(walk *w)
{
    uint64_t at = 12;
    uint8_t head[8];
    for (int i = 0; i < VT_BLOCKS_PARTS && read_all(w, at, head, 8); i++) {
        uint32_t size = le32(head + 4);
        vt_block *to = NULL;
        to = memcmp(head, "EXIF", 4) == 0 ? &w->blocks->exif : to;
        to = memcmp(head, "XMP ", 4) == 0 ? &w->blocks->xmp : to;
        to = memcmp(head, "ICCP", 4) == 0 ? &w->blocks->icc : to;
        if (to) {
            keep(w, to, at + 8, size);
        }
        at += 8 + (uint64_t)size + (size & 1);
    }
}

void vt_blocks_read(vt_format format, vt_input *input, vt_blocks *blocks)
{
    walk w = {.input = input, .blocks = blocks, .room = VT_BLOCKS_BYTES};
    *blocks = (vt_blocks){0};
    switch (format) {
    case VT_FORMAT_JPEG:
        walk_jpeg(&w);
        break;
    case VT_FORMAT_PNG:
        walk_png(&w);
        break;
    case VT_FORMAT_WEBP:
        walk_webp(&w);
        break;
    default:
        break;
    }
}

void vt_blocks_free(vt_blocks *blocks)
{
    free(blocks->exif.bytes);
    free(blocks->xmp.bytes);
    free(blocks->iptc.bytes);
    free(blocks->icc.bytes);
    *blocks = (vt_blocks){0};
}
