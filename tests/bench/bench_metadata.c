/*
 * What a picture's blocks cost the helper beside decoding it: all of a camera's metadata read from a JPEG
 * (tests/fuzz/seeds/metadata/all.jpg), and a thumbnail of 256 x 171 pixels turned from the wide colours of
 * that file's profile to sRGB. Medians of many rounds, in processor time. No bar: a thumbnail of a photograph
 * costs some 5,000 us.
 *
 *     bench_metadata FILE
 */
#include "core/base/clock.h"
#include "core/decode/blocks.h"
#include "core/decode/exif.h"
#include "core/decode/icc.h"
#include "core/decode/iptc.h"
#include "core/decode/xmp.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WIDTH = 256, HEIGHT = 171, ROUNDS = 101, REPEATS = 20, WHAT = 4 };

static const char *const names[WHAT] = {"metadata-blocks", "metadata-all", "icc-first-256", "icc-256"};

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static void read_all(int fd, uint64_t size, bool understand)
{
    vt_input input = vt_input_from_fd(fd, size);
    vt_blocks blocks;
    vt_metadata exif = {0};
    vt_metadata iptc = {0};
    vt_metadata xmp = {0};
    vt_metadata merged;
    uint8_t packed[VT_METADATA_PACKED_MAX];
    vt_blocks_read(VT_FORMAT_JPEG, &input, &blocks);
    if (understand) {
        vt_exif_read(blocks.exif.bytes, blocks.exif.size, &exif);
        vt_iptc_read(blocks.iptc.bytes, blocks.iptc.size, &iptc);
        vt_xmp_read(blocks.xmp.bytes, blocks.xmp.size, &xmp);
        vt_metadata_merge(&merged, &exif, &iptc, &xmp);
        vt_metadata_pack(&merged, packed);
    }
    vt_blocks_free(&blocks);
}

int main(int argc, char **argv)
{
    struct stat facts;
    int fd = argc == 2 ? open(argv[1], O_RDONLY | O_CLOEXEC) : -1;
    vt_pixels pixels = {
        .capacity = (size_t)WIDTH * HEIGHT * 4, .width = WIDTH, .height = HEIGHT, .stride = WIDTH * 4};
    pixels.data = malloc(pixels.capacity);
    if (fd < 0 || fstat(fd, &facts) != 0 || !pixels.data) {
        (void)fprintf(stderr, "usage: bench_metadata tests/fuzz/seeds/metadata/all.jpg\n");
        free(pixels.data);
        return 2;
    }
    uint64_t size = (uint64_t)facts.st_size;
    vt_input input = vt_input_from_fd(fd, size);
    vt_blocks blocks;
    vt_blocks_read(VT_FORMAT_JPEG, &input, &blocks);
    vt_icc_cache *cache = vt_icc_cache_create();
    for (int what = 0; what < WHAT; what++) {
        double times[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            for (size_t i = 0; i < pixels.capacity; i++) {
                pixels.data[i] = (uint8_t)(i % 4 == 3 ? 255 : i * 2654435761U >> 13);
            }
            int repeats = what < 2 ? REPEATS : 1;
            int64_t start = vt_clock_thread_cpu();
            for (int i = 0; i < repeats && what < 2; i++) {
                read_all(fd, size, what == 1);
            }
            if (what >= 2) {
                vt_icc_cache *used = what == 2 ? vt_icc_cache_create() : cache;
                vt_icc_convert(used, blocks.icc.bytes, blocks.icc.size, 3, false, &pixels);
                vt_icc_cache_free(what == 2 ? used : NULL);
            }
            times[round] = (double)(vt_clock_thread_cpu() - start) / VT_NS_PER_US / repeats;
        }
        qsort(times, ROUNDS, sizeof *times, compare);
        printf("%s %.1f us -\n", names[what], times[ROUNDS / 2]);
    }
    vt_icc_cache_free(cache);
    vt_blocks_free(&blocks);
    free(pixels.data);
    close(fd);
    return 0;
}
