/*
 * Thumbnails of 256 pixels by two decoder helpers, beside two vipsthumbnail processes on the same files.
 *
 *     bench_thumbnails FOLDER [ROUNDS]
 *
 * FOLDER holds real pictures (scripts/corpus). Of its largest JPEGs, photographs of 4000 x 3000 pixels are
 * made (enlarged, 4:2:0, quality 90), row by row and progressive ones; of its PNGs, the first 1,000 by path
 * are taken. Both sides open each file, decode, reduce, encode, and start and end their two processes within
 * the time that counts. Ours keeps the encoded thumbnails in memory, as the import does on their way to the
 * catalog; vipsthumbnail writes its own to files in memory (/dev/shm). Output: JPEG of quality 88 for
 * photographs, PNG of level 1 for clip-arts, on both sides.
 *
 * Prints, per set, pictures and the ratios vips / ours of the elapsed and of the processor time (the latter
 * tells more on a busy machine), medians over the rounds, then the bar. Exit status 77 without vipsthumbnail.
 */
#include "core/base/clock.h"
#include "core/decode/format.h"
#include "core/decode/helper_pool.h"
#include "core/decode/source.h"
#include "core/decode/thumbcodec.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <pthread.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <jpeglib.h>

enum { PHOTOS = 24, CLIPARTS = 1000, FOUND_MAX = 20000, ROUNDS_MAX = 15, SIDES = 2, BOX = 256 };

typedef struct list {
    char **paths;
    size_t count;
} list;

typedef struct cost {
    double elapsed; /* seconds */
    double processor;
} cost;

static list photos_found;
static list cliparts_found;
static list photos;
static list progressive;

_Noreturn static void die(const char *what)
{
    (void)fprintf(stderr, "bench_thumbnails: %s\n", what);
    exit(2);
}

static void append(list *l, const char *path)
{
    if (l->count < FOUND_MAX) {
        l->paths[l->count++] = strdup(path);
    }
}

static int visit(const char *path, const struct stat *stat, int type, struct FTW *where)
{
    (void)where;
    if (type == FTW_F && S_ISREG(stat->st_mode)) {
        vt_format format = vt_format_of_name(path);
        if (format == VT_FORMAT_PNG) {
            append(&cliparts_found, path);
        } else if (format == VT_FORMAT_JPEG && stat->st_size > 400000) {
            append(&photos_found, path);
        }
    }
    return 0;
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static list new_list(void)
{
    list l = {calloc(FOUND_MAX, sizeof(char *)), 0};
    if (!l.paths) {
        die("out of memory");
    }
    return l;
}

/* Enlarges `from` by the library's own scaling and writes its middle part of 4000 x 3000 pixels. False if
   the picture is too small for that. */
static bool make_photo(const char *from, const char *to, bool in_scans)
{
    enum { WIDTH = 4000, HEIGHT = 3000 };
    struct jpeg_decompress_struct reader;
    struct jpeg_compress_struct writer;
    struct jpeg_error_mgr errors;
    FILE *in = fopen(from, "rbe");
    if (!in) {
        return false;
    }
    reader.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&reader);
    jpeg_stdio_src(&reader, in);
    jpeg_read_header(&reader, TRUE);
    reader.scale_denom = 8;
    for (reader.scale_num = 1; reader.scale_num < 16; reader.scale_num++) {
        jpeg_calc_output_dimensions(&reader);
        if (reader.output_width >= WIDTH && reader.output_height >= HEIGHT) {
            break;
        }
    }
    jpeg_calc_output_dimensions(&reader);
    FILE *out = reader.output_width >= WIDTH && reader.output_height >= HEIGHT && reader.num_components == 3
                    ? fopen(to, "wbe")
                    : NULL;
    if (!out) {
        jpeg_destroy_decompress(&reader);
        (void)fclose(in);
        return false;
    }
    jpeg_start_decompress(&reader);
    writer.err = &errors;
    jpeg_create_compress(&writer);
    jpeg_stdio_dest(&writer, out);
    writer.image_width = WIDTH;
    writer.image_height = HEIGHT;
    writer.input_components = 3;
    writer.in_color_space = JCS_RGB;
    jpeg_set_defaults(&writer);
    jpeg_set_quality(&writer, 90, TRUE);
    if (in_scans) {
        jpeg_simple_progression(&writer);
    }
    jpeg_start_compress(&writer, TRUE);
    uint8_t *row = malloc((size_t)reader.output_width * 3);
    while (row && writer.next_scanline < HEIGHT) {
        JSAMPROW line = row;
        jpeg_read_scanlines(&reader, &line, 1);
        line = row + (size_t)(reader.output_width - WIDTH) / 2 * 3;
        jpeg_write_scanlines(&writer, &line, 1);
    }
    jpeg_finish_compress(&writer);
    jpeg_destroy_compress(&writer);
    jpeg_destroy_decompress(&reader);
    free(row);
    (void)fclose(in);
    return fclose(out) == 0;
}

static list make_photos(const char *folder, bool in_scans)
{
    list made = new_list();
    char path[256];
    for (size_t i = 0; i < photos_found.count && made.count < PHOTOS; i++) {
        (void)snprintf(path, sizeof path, "%s/%s-%02zu.jpg", folder, in_scans ? "progressive" : "photo",
                       made.count);
        if (make_photo(photos_found.paths[i], path, in_scans)) {
            append(&made, path);
        }
    }
    return made;
}

static double processor_seconds(void)
{
    double sum = 0;
    static const int who[] = {RUSAGE_SELF, RUSAGE_CHILDREN};
    for (size_t i = 0; i < 2; i++) {
        struct rusage usage;
        if (getrusage(who[i], &usage) == 0) {
            sum += (double)usage.ru_utime.tv_sec + (double)usage.ru_stime.tv_sec +
                   (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
        }
    }
    return sum;
}

typedef struct shift {
    vt_helper_pool *pool;
    const list *files;
    atomic_size_t next;
    atomic_size_t done;
    atomic_size_t bytes;
} shift;

static bool thumbnail(vt_helper *helper, const char *path, shift *work)
{
    const vt_decode_request request = {.what = VT_WHAT_THUMBNAIL, .box_width = BOX, .box_height = BOX};
    vt_error error = VT_ERROR_INIT;
    vt_source source;
    if (!vt_source_open(AT_FDCWD, path, &vt_limits_default, &source, &error)) {
        return false;
    }
    vt_decode_result result;
    vt_blob blob = {NULL, 0};
    bool fine =
        vt_helper_decode(helper, source.fd, (uint64_t)source.stat.st_size, &request, -1, &result, &error) &&
        vt_thumb_encode(&result.pixels, &blob, &error);
    if (!fine) {
        (void)fprintf(stderr, "%s: %s\n", path, error.message);
    }
    atomic_fetch_add(&work->bytes, blob.size);
    free(blob.data);
    vt_decode_result_clear(&result);
    vt_source_close(&source);
    return fine;
}

static void *run_thread(void *user)
{
    shift *work = user;
    vt_helper *helper = vt_helper_pool_acquire(work->pool, VT_HELPER_BACKGROUND);
    for (;;) {
        size_t i = atomic_fetch_add(&work->next, 1);
        if (i >= work->files->count) {
            break;
        }
        if (thumbnail(helper, work->files->paths[i], work)) {
            atomic_fetch_add(&work->done, 1);
        }
    }
    vt_helper_pool_release(work->pool, helper);
    return NULL;
}

static cost run_ours(const char *program, const list *files, size_t *done, size_t *bytes)
{
    const vt_helper_pool_options options = {
        .program = program, .workers = SIDES, .limits = vt_limits_default, .log = vt_log_none};
    pthread_t threads[SIDES];
    vt_error error = VT_ERROR_INIT;
    double processor = processor_seconds();
    int64_t start = vt_clock_now();
    shift work = {.pool = vt_helper_pool_create(&options, &error), .files = files};
    if (!work.pool) {
        die(error.message);
    }
    for (size_t i = 0; i < SIDES; i++) {
        if (pthread_create(&threads[i], NULL, run_thread, &work) != 0) {
            die("cannot start a thread");
        }
    }
    for (size_t i = 0; i < SIDES; i++) {
        (void)pthread_join(threads[i], NULL);
    }
    vt_helper_pool_free(work.pool);
    *done = atomic_load(&work.done);
    *bytes = atomic_load(&work.bytes);
    return (cost){(double)(vt_clock_now() - start) / 1e9, processor_seconds() - processor};
}

static pid_t start_vips(const list *files, size_t side, const char *output)
{
    char **arguments = calloc(files->count + 8, sizeof *arguments);
    size_t count = 0;
    pid_t pid = 0;
    posix_spawn_file_actions_t actions;
    if (!arguments || posix_spawn_file_actions_init(&actions) != 0) {
        die("out of memory");
    }
    arguments[count++] = "vipsthumbnail";
    arguments[count++] = "-s";
    arguments[count++] = "256";
    arguments[count++] = "-o";
    arguments[count++] = (char *)output;
    for (size_t i = side; i < files->count; i += SIDES) {
        arguments[count++] = files->paths[i];
    }
    (void)posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    if (posix_spawnp(&pid, "vipsthumbnail", &actions, NULL, arguments, environ) != 0) {
        pid = 0;
    }
    (void)posix_spawn_file_actions_destroy(&actions);
    free(arguments);
    return pid;
}

static cost run_vips(const list *files, const char *output)
{
    double processor = processor_seconds();
    int64_t start = vt_clock_now();
    pid_t pids[SIDES];
    for (size_t i = 0; i < SIDES; i++) {
        pids[i] = start_vips(files, i, output);
        if (pids[i] == 0) {
            (void)fprintf(stderr,
                          "bench_thumbnails: vipsthumbnail is missing (Debian package libvips-tools)\n");
            exit(77);
        }
    }
    for (size_t i = 0; i < SIDES; i++) {
        int status;
        (void)waitpid(pids[i], &status, 0);
    }
    return (cost){(double)(vt_clock_now() - start) / 1e9, processor_seconds() - processor};
}

static int compare_numbers(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;
    return (left > right) - (left < right);
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare_numbers);
    return values[count / 2];
}

static bool run_set(const char *name, const char *program, const list *files, const char *output, int rounds,
                    double bar)
{
    double elapsed[ROUNDS_MAX];
    double processor[ROUNDS_MAX];
    double ours_each[ROUNDS_MAX];
    size_t done = 0;
    size_t bytes = 0;
    for (int r = 0; r < rounds; r++) {
        cost ours = run_ours(program, files, &done, &bytes);
        cost vips = run_vips(files, output);
        elapsed[r] = vips.elapsed / ours.elapsed;
        processor[r] = vips.processor / ours.processor;
        ours_each[r] = ours.processor / (double)files->count * 1e3;
    }
    double time_ratio = median(elapsed, (size_t)rounds);
    double processor_ratio = median(processor, (size_t)rounds);
    printf("%s_processor_each %.2f ms - (%zu of %zu pictures, %zu bytes a thumbnail)\n", name,
           median(ours_each, (size_t)rounds), done, files->count, done ? bytes / done : 0);
    printf("%s_time_ratio %.2f x >=%.1f\n", name, time_ratio, bar);
    printf("%s_processor_ratio %.2f x >=%.1f\n", name, processor_ratio, bar);
    return done > 0 && (time_ratio >= bar || processor_ratio >= bar);
}

static int remove_entry(const char *path, const struct stat *stat, int type, struct FTW *where)
{
    (void)stat;
    (void)type;
    (void)where;
    return remove(path);
}

int main(int argc, char **argv)
{
    vt_error error = VT_ERROR_INIT;
    char folder[] = "/dev/shm/vitrine-bench-XXXXXX";
    char jpeg_output[128];
    char png_output[128];
    int rounds = argc > 2 ? atoi(argv[2]) : 5;
    if (argc < 2 || rounds < 1 || rounds > ROUNDS_MAX) {
        die("usage: bench_thumbnails FOLDER [ROUNDS]");
    }
    char *program = vt_helper_program_find(&error);
    if (!program || !mkdtemp(folder)) {
        die(program ? "cannot make a folder in /dev/shm" : error.message);
    }
    photos_found = new_list();
    cliparts_found = new_list();
    (void)nftw(argv[1], visit, 32, FTW_PHYS);
    qsort(photos_found.paths, photos_found.count, sizeof(char *), compare);
    qsort(cliparts_found.paths, cliparts_found.count, sizeof(char *), compare);
    photos = make_photos(folder, false);
    progressive = make_photos(folder, true);
    list cliparts = cliparts_found;
    cliparts.count = cliparts.count > CLIPARTS ? CLIPARTS : cliparts.count;
    (void)snprintf(jpeg_output, sizeof jpeg_output, "%s/%%s.thumb.jpg[Q=88]", folder);
    (void)snprintf(png_output, sizeof png_output, "%s/%%s.thumb.png[compression=1]", folder);
    bool fine = photos.count > 0 && cliparts.count > 0;
    if (fine) {
        fine = run_set("photo_12mp", program, &photos, jpeg_output, rounds, 1.9);
        fine = run_set("progressive_12mp", program, &progressive, jpeg_output, rounds, 5.0) && fine;
        fine = run_set("clipart_png", program, &cliparts, png_output, rounds, 4.0) && fine;
    } else {
        (void)fprintf(stderr, "bench_thumbnails: %s holds no pictures; run scripts/corpus first\n", argv[1]);
    }
    (void)nftw(folder, remove_entry, 32, FTW_DEPTH | FTW_PHYS);
    free(program);
    return fine ? 0 : 1;
}
