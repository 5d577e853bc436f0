/* Pictures that carry an XMP packet or IPTC keywords in themselves: made of the sample library, for tests
   that need no more than files on the disk. */
#ifndef VT_TESTS_CARRYING_H
#define VT_TESTS_CARRYING_H

#include "tests/support/check.h"
#include "tests/support/files.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A packet: `attributes` and `elements` of one description, with the usual prefixes. */
#define CARRYING_XMP(attributes, elements)                                                                   \
    "<x:xmpmeta xmlns:x='adobe:ns:meta/'>"                                                                   \
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"                                      \
    "<rdf:Description xmlns:xmp='http://ns.adobe.com/xap/1.0/' "                                             \
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:lr='http://ns.adobe.com/lightroom/1.0/' "             \
    "xmlns:digiKam='http://www.digikam.org/ns/1.0/' "                                                        \
    "xmlns:MicrosoftPhoto='http://ns.microsoft.com/photo/1.0/' " attributes ">" elements                     \
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
#define CARRYING_WORDS(items)  "<dc:subject><rdf:Bag>" items "</rdf:Bag></dc:subject>"
#define CARRYING_LEVELS(items) "<lr:hierarchicalSubject><rdf:Bag>" items "</rdf:Bag></lr:hierarchicalSubject>"
#define CARRYING_ITEM(text)    "<rdf:li>" text "</rdf:li>"

static inline void carrying_put(uint8_t *to, const void *from, size_t count)
{
    memcpy(to, from, count);
}

/* The sample `name` with `bytes` put in at `at` goes to `path`. The file is another one each time, as
   programs that write metadata leave it. */
static inline void carrying_write(const char *path, const char *name, size_t at, const void *put,
                                  size_t count)
{
    char *to = strdup(path);
    size_t size;
    char *bytes = files_read(files_sample(name), &size);
    uint8_t *file = malloc(size + count);
    assert_true(to && file && at <= size);
    carrying_put(file, bytes, at);
    carrying_put(file + at, put, count);
    carrying_put(file + at + count, bytes + at, size - at);
    remove(to);
    files_write(to, file, size + count);
    free(file);
    free(bytes);
    free(to);
}

static inline void carrying_segment(const char *path, const char *sample, int marker, const void *signature,
                                    size_t signature_size, const void *content, size_t size)
{
    static uint8_t segment[65537];
    size_t length = 2 + signature_size + size;
    assert_true(length <= 65535);
    const uint8_t head[4] = {0xff, (uint8_t)marker, (uint8_t)(length >> 8), (uint8_t)length};
    carrying_put(segment, head, 4);
    carrying_put(segment + 4, signature, signature_size);
    carrying_put(segment + 4 + signature_size, content, size);
    carrying_write(path, sample, 2, segment, 2 + length);
}

/* A JPEG; `xmp` is a packet as of CARRYING_XMP. */
static inline void carrying_jpeg(const char *path, const char *sample, const char *xmp)
{
    static const char signature[] = "http://ns.adobe.com/xap/1.0/"; /* with its NUL */
    carrying_segment(path, sample, 0xe1, signature, sizeof signature, xmp, strlen(xmp));
}

/* A JPEG with one IPTC keyword for each of `keywords`, which NULL ends. */
static inline void carrying_iptc(const char *path, const char *sample, const char *const *keywords)
{
    uint8_t sets[4096];
    size_t size = 12;
    carrying_put(sets, "8BIM\x04\x04\0\0\0\0\0\0", 12);
    for (size_t i = 0; keywords[i]; i++) {
        size_t length = strlen(keywords[i]);
        assert_true(size + 5 + length < sizeof sets);
        const uint8_t head[5] = {0x1c, 2, 25, (uint8_t)(length >> 8), (uint8_t)length};
        carrying_put(sets + size, head, 5);
        carrying_put(sets + size + 5, keywords[i], length);
        size += 5 + length;
    }
    sets[10] = (uint8_t)((size - 12) >> 8);
    sets[11] = (uint8_t)(size - 12);
    carrying_segment(path, sample, 0xed, "Photoshop 3.0", 14, sets, size);
}

static inline uint32_t carrying_crc(const uint8_t *bytes, size_t count)
{
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < count; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320U : 0);
        }
    }
    return ~crc;
}

static inline void carrying_put_be32(uint8_t *to, uint32_t value)
{
    const uint8_t bytes[4] = {(uint8_t)(value >> 24), (uint8_t)(value >> 16), (uint8_t)(value >> 8),
                              (uint8_t)value};
    carrying_put(to, bytes, 4);
}

/* A PNG: the packet in an iTXt chunk behind the header. */
static inline void carrying_png(const char *path, const char *sample, const char *xmp)
{
    static const char head[] = "iTXtXML:com.adobe.xmp\0\0\0\0"; /* type, keyword; not packed, no language */
    static uint8_t chunk[65536];
    size_t head_size = sizeof head, size = strlen(xmp);
    assert_true(8 + head_size + size < sizeof chunk);
    carrying_put_be32(chunk, (uint32_t)(head_size - 4 + size));
    carrying_put(chunk + 4, head, head_size);
    carrying_put(chunk + 4 + head_size, xmp, size);
    carrying_put_be32(chunk + 4 + head_size + size, carrying_crc(chunk + 4, head_size + size));
    carrying_write(path, sample, 33, chunk, 8 + head_size + size);
}

static inline void carrying_put_le32(uint8_t *to, uint32_t value)
{
    const uint8_t bytes[4] = {(uint8_t)value, (uint8_t)(value >> 8), (uint8_t)(value >> 16),
                              (uint8_t)(value >> 24)};
    carrying_put(to, bytes, 4);
}

/* A WebP, of a sample without a VP8X chunk: one is put before the picture, the packet behind it. */
static inline void carrying_webp(const char *path, const char *sample, const char *xmp)
{
    char *to = strdup(path);
    size_t size, text = strlen(xmp), padded = text + (text & 1);
    char *bytes = files_read(files_sample(sample), &size);
    uint8_t *file = calloc(1, size + 18 + 8 + padded);
    assert_true(to && file && memcmp(bytes + 12, "VP8 ", 4) == 0);
    carrying_put(file, bytes, 12);
    carrying_put(file + 12, "VP8X\x0a\0\0\0\x04", 9); /* the flag: it has XMP */
    unsigned width = ((uint8_t)bytes[26] | (unsigned)(uint8_t)bytes[27] << 8) & 0x3fff;
    unsigned height = ((uint8_t)bytes[28] | (unsigned)(uint8_t)bytes[29] << 8) & 0x3fff;
    file[24] = (uint8_t)(width - 1);
    file[25] = (uint8_t)((width - 1) >> 8);
    file[27] = (uint8_t)(height - 1);
    file[28] = (uint8_t)((height - 1) >> 8);
    carrying_put(file + 30, bytes + 12, size - 12);
    carrying_put(file + size + 18, "XMP ", 4);
    carrying_put_le32(file + size + 22, (uint32_t)text);
    carrying_put(file + size + 26, xmp, text);
    carrying_put_le32(file + 4, (uint32_t)(size + 18 + padded));
    remove(to);
    files_write(to, file, size + 26 + padded);
    free(file);
    free(bytes);
    free(to);
}

#endif
