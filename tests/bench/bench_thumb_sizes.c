/*
 * What thumbnails cost where they do not come from an import: of 512 pixels beside 256, and from another
 * program's cache beside decoding. A photograph of 4000 x 3000 pixels, read by a confined helper.
 *
 * Elapsed time on one thread, the median of many rounds, each over files that are in memory. No bars but one:
 * what another program has left must be cheaper than decoding.
 */
#include "core/base/clock.h"
#include "core/decode/thumbcodec.h"
#include "core/decode/tinythumb.h"
#include "core/import/reading.h"
#include "core/import/shared_thumb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jpeglib.h>

enum { WIDTH = 4000, HEIGHT = 3000, ROUNDS = 31 };

typedef struct bench {
    char folder[64];
    char photo[96];
    vt_helper_pool *helpers;
    vt_shared_thumbs *shared;
    vt_shared_file file;
} bench;

_Noreturn static void die(const char *what)
{
    (void)fprintf(stderr, "bench_thumb_sizes: %s\n", what);
    exit(2);
}

static int compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Waves of several lengths and some noise: neither flat nor all detail. */
static void make_photo(const char *path)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    FILE *out = fopen(path, "wbe");
    uint8_t *row = malloc((size_t)WIDTH * 3);
    if (!out || !row) {
        die("cannot write a photograph to /tmp");
    }
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_stdio_dest(&jpeg, out);
    jpeg.image_width = WIDTH;
    jpeg.image_height = HEIGHT;
    jpeg.input_components = 3;
    jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, 90, TRUE);
    jpeg_start_compress(&jpeg, TRUE);
    uint32_t noise = 1;
    for (uint32_t y = 0; y < HEIGHT; y++) {
        for (uint32_t x = 0; x < WIDTH; x++) {
            noise = noise * 1664525 + 1013904223;
            uint32_t wave = (x * x / 5000 + y * y / 3000) & 255;
            row[x * 3] = (uint8_t)((wave + (noise >> 28)) & 255);
            row[x * 3 + 1] = (uint8_t)((x / 16 + y / 12) & 255);
            row[x * 3 + 2] = (uint8_t)((wave / 2 + (noise >> 27)) & 255);
        }
        JSAMPROW rows[1] = {row};
        jpeg_write_scanlines(&jpeg, rows, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    free(row);
    if (fclose(out) != 0) {
        die("cannot write a photograph to /tmp");
    }
}

static vt_pixels decode(const bench *b, uint32_t side)
{
    const vt_decode_request request = {.what = VT_WHAT_THUMBNAIL, .box_width = side, .box_height = side};
    vt_reading reading;
    vt_error error = VT_ERROR_INIT;
    if (!vt_reading_run(b->helpers, VT_HELPER_BACKGROUND, b->file.path, b->file.length, &request, -1,
                        &reading, &error)) {
        die(error.message);
    }
    vt_pixels pixels = reading.result.pixels;
    reading.result.pixels = (vt_pixels){0};
    vt_decode_result_clear(&reading.result);
    return pixels;
}

static vt_pixels find(const bench *b, uint32_t side)
{
    vt_pixels pixels;
    if (!vt_shared_thumbs_read(b->shared, b->helpers, &b->file, side, -1, &pixels)) {
        die("the thumbnail that was just written is not found");
    }
    return pixels;
}

static int64_t median(int64_t times[ROUNDS])
{
    const int middle = ROUNDS / 2;
    qsort(times, ROUNDS, sizeof *times, compare);
    return times[middle];
}

/* Milliseconds of one. */
static double measure(const bench *b, vt_pixels (*get)(const bench *b, uint32_t side), uint32_t side)
{
    int64_t times[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        int64_t start = vt_clock_now();
        vt_pixels pixels = get(b, side);
        times[round] = vt_clock_now() - start;
        free(pixels.data);
    }
    return (double)median(times) / VT_NS_PER_MS;
}

/* Of what is done with the pixels afterwards: encoded for the store, made a tiny thumbnail of. */
static void measure_keeping(const vt_pixels *pixels, uint32_t side)
{
    int64_t encodes[ROUNDS];
    int64_t tinies[ROUNDS];
    size_t bytes = 0;
    for (int round = 0; round < ROUNDS; round++) {
        vt_blob blob;
        vt_error error = VT_ERROR_INIT;
        int64_t start = vt_clock_thread_cpu();
        if (!vt_thumb_encode(pixels, &blob, &error)) {
            die(error.message);
        }
        encodes[round] = vt_clock_thread_cpu() - start;
        bytes = blob.size;
        free(blob.data);
        start = vt_clock_thread_cpu();
        vt_tinythumb tiny = vt_tinythumb_encode(pixels);
        tinies[round] = vt_clock_thread_cpu() - start;
        if (!vt_tinythumb_is_set(&tiny)) {
            die("a picture has no tiny thumbnail");
        }
    }
    printf("thumbnail_encode_%u %.2f ms - (%zu bytes)\n", side, (double)median(encodes) / VT_NS_PER_MS,
           bytes);
    printf("thumbnail_tiny_of_%u %.1f us -\n", side, (double)median(tinies) / VT_NS_PER_US);
}

static void set_up(bench *b)
{
    struct stat facts;
    vt_error error = VT_ERROR_INIT;
    *b = (bench){.folder = "/tmp/bench-sizes-XXXXXX"};
    if (!mkdtemp(b->folder) || setenv("XDG_CACHE_HOME", b->folder, 1) != 0) {
        die("cannot make a folder in /tmp");
    }
    snprintf(b->photo, sizeof b->photo, "%s/photo.jpg", b->folder);
    make_photo(b->photo);
    if (stat(b->photo, &facts) != 0) {
        die("the photograph is gone");
    }
    b->file =
        (vt_shared_file){.path = b->photo,
                         .length = strlen(b->photo),
                         .size = facts.st_size,
                         .mtime_ns = (int64_t)facts.st_mtim.tv_sec * VT_NS_PER_S + facts.st_mtim.tv_nsec,
                         .longest = WIDTH};
    char *program = vt_helper_program_find(&error);
    const vt_helper_pool_options options = {
        .program = program, .workers = 1, .limits = vt_limits_default, .log = vt_log_none};
    b->helpers = program ? vt_helper_pool_create(&options, &error) : NULL;
    free(program);
    b->shared = vt_shared_thumbs_create(VT_SHARED_THUMBS_WRITE, &vt_log_none);
    if (!b->helpers || !b->shared) {
        die(error.message);
    }
}

int main(void)
{
    bench b;
    bool missed = false;
    set_up(&b);
    static const uint32_t sides[] = {256, 512};
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        double decoding = measure(&b, decode, sides[i]);
        vt_pixels pixels = decode(&b, sides[i]);
        printf("thumbnail_decode_%u %.2f ms - (JPEG of %d x %d)\n", sides[i], decoding, WIDTH, HEIGHT);
        measure_keeping(&pixels, sides[i]);
        int64_t start = vt_clock_now();
        vt_shared_thumbs_write(b.shared, &b.file, &pixels);
        printf("thumbnail_share_%u %.2f ms - (written for other programs)\n", sides[i],
               (double)(vt_clock_now() - start) / VT_NS_PER_MS);
        double found = measure(&b, find, sides[i]);
        missed |= decoding / found < 1;
        printf("thumbnail_shared_%u %.2f ms -\n", sides[i], found);
        printf("thumbnail_decode_over_shared_%u %.1f x >=1\n", sides[i], decoding / found);
        free(pixels.data);
    }
    vt_shared_thumbs_free(b.shared);
    vt_helper_pool_free(b.helpers);
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", b.folder);
    return system(command) != 0 || missed;
}
