/*
 * A model of 2 GB: 40 million triangles from file to picture, through a confined helper: by itself, and once
 * more while another helper makes thumbnails of a small picture without a rest.
 *
 *     bench_stl_huge [TRIANGLES]
 *
 * The file is written to /tmp first, and read once, so that it is in memory as far as there is room: what
 * counts is the work, not the disk. Peak memory is that of the helper.
 */
#include "core/base/clock.h"
#include "core/decode/helper_pool.h"

#include <endian.h>
#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define TWO_PI (2 * 3.14159265358979323846)

enum { SIDE = 256, ALONG = 4000, TRIANGLES = 40000000, RUNS_MAX = 3 };

_Noreturn static void stop(const char *what)
{
    fprintf(stderr, "bench_stl_huge: %s\n", what);
    exit(2);
}

/* A point of a torus with waves of two sizes: closed, since both ends of a turn are computed alike. */
static void wave(size_t i, size_t across, size_t k, float point[3])
{
    double u = TWO_PI * (double)(i % across) / (double)across;
    double v = TWO_PI * (double)(k % ALONG) / ALONG;
    double thick = 4 + 0.3 * sin(9 * u) * cos(5 * v) + 0.02 * sin(600 * u + 330 * v);
    double radius = 10 + thick * cos(v);
    point[0] = (float)(radius * cos(u));
    point[1] = (float)(radius * sin(u));
    point[2] = (float)(thick * sin(v));
}

static void write_triangle(FILE *file, const float *a, const float *b, const float *c)
{
    uint8_t record[50] = {0};
    memcpy(record + 12, a, 12);
    memcpy(record + 24, b, 12);
    memcpy(record + 36, c, 12);
    if (fwrite(record, sizeof record, 1, file) != 1) {
        stop("cannot write the model; it takes 2 GB in /tmp");
    }
}

static void write_model(FILE *file, uint32_t triangles)
{
    size_t across = triangles / 2 / ALONG;
    uint8_t header[84] = "a torus with waves";
    uint32_t count = htole32((uint32_t)(across * ALONG * 2));
    float(*rows)[ALONG][3] = malloc(2 * sizeof *rows);
    if (!rows || across < 3) {
        stop(rows ? "too few triangles" : "out of memory");
    }
    memcpy(header + 80, &count, sizeof count);
    fwrite(header, sizeof header, 1, file);
    for (size_t i = 0; i <= across; i++) {
        for (size_t k = 0; k < ALONG; k++) {
            wave(i, across, k, rows[i % 2][k]);
        }
        for (size_t k = 0; i > 0 && k < ALONG; k++) {
            float(*before)[3] = rows[(i - 1) % 2];
            float(*now)[3] = rows[i % 2];
            size_t next = (k + 1) % ALONG;
            write_triangle(file, before[k], now[k], now[next]);
            write_triangle(file, before[k], now[next], before[next]);
        }
    }
    free(rows);
    if (fflush(file) != 0) {
        stop("cannot write the model; it takes 2 GB in /tmp");
    }
}

static double peak_mib(pid_t pid)
{
    char path[64];
    char line[128];
    double kib = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "re");
    while (file && fgets(line, sizeof line, file)) {
        sscanf(line, "VmHWM: %lf", &kib);
    }
    if (file) {
        fclose(file);
    }
    return kib / 1024;
}

/* Seconds, of a helper. */
static double processor_time(pid_t pid)
{
    clockid_t clock;
    struct timespec now;
    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &now) != 0) {
        return 0;
    }
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

typedef struct others {
    vt_helper_pool *pool;
    int file;
    uint64_t size;
    atomic_bool stop;
    atomic_long done;
} others;

static void *run_others(void *user)
{
    others *o = user;
    while (!atomic_load(&o->stop)) {
        const vt_decode_request request = {.what = VT_WHAT_THUMBNAIL, .box_width = SIDE, .box_height = SIDE};
        vt_decode_result result;
        vt_error error = VT_ERROR_INIT;
        vt_helper *helper = vt_helper_pool_acquire(o->pool, VT_HELPER_BACKGROUND);
        if (!vt_helper_decode(helper, o->file, o->size, &request, -1, &result, &error)) {
            stop(error.message);
        }
        vt_decode_result_clear(&result);
        vt_helper_pool_release(o->pool, helper);
        atomic_fetch_add(&o->done, 1);
    }
    return NULL;
}

/* Pictures a second while nothing else runs, and while the model is read. */
static double rate_of(others *o, int64_t *begun)
{
    int64_t now = vt_clock_now();
    double rate = (double)atomic_exchange(&o->done, 0) * 1e9 / (double)(now - *begun);
    *begun = now;
    return rate;
}

static int small_picture(uint64_t *size)
{
    enum { PICTURE = 256 };
    static uint8_t rows[PICTURE * PICTURE * 3];
    char header[32];
    int length = snprintf(header, sizeof header, "P6 %d %d 255\n", PICTURE, PICTURE);
    int fd = memfd_create("picture", MFD_CLOEXEC);
    if (fd < 0 || write(fd, header, (size_t)length) != length ||
        write(fd, rows, sizeof rows) != (ssize_t)sizeof rows) {
        stop("no memory for a picture");
    }
    *size = (uint64_t)length + sizeof rows;
    return fd;
}

static int faster(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* Reads and draws the model `runs` times, an odd number of at most RUNS_MAX, and prints how long that took:
   the median, for a virtual machine stands still at times. */
static void measure_model(vt_helper_pool *pool, int fd, uint64_t size, int runs, const char *name,
                          const char *bar)
{
    static const char *const closed[] = {"not determined", "no", "yes"};
    const vt_decode_request request = {
        .what = VT_WHAT_THUMBNAIL, .hint = VT_FORMAT_STL, .box_width = SIDE, .box_height = SIDE};
    vt_decode_result result = {0};
    vt_error error = VT_ERROR_INIT;
    double seconds[RUNS_MAX];
    vt_helper *helper = vt_helper_pool_acquire(pool, VT_HELPER_INTERACTIVE);
    double processor = processor_time(vt_helper_pid(helper));
    for (int i = 0; i < runs; i++) {
        int64_t begun = vt_clock_now();
        vt_decode_result_clear(&result);
        if (!vt_helper_decode(helper, fd, size, &request, -1, &result, &error)) {
            stop(error.message);
        }
        seconds[i] = (double)(vt_clock_now() - begun) / 1e9;
    }
    processor = (processor_time(vt_helper_pid(helper)) - processor) / runs;
    qsort(seconds, (size_t)runs, sizeof *seconds, faster);
    printf("%s %.2f s %s (of %d: %.2f to %.2f; %.2f s of processor time; %llu triangles, %llu vertices, %.2f "
           "GB, watertight: %s)\n",
           name, seconds[runs / 2], bar, runs, seconds[0], seconds[runs - 1], processor,
           (unsigned long long)result.info.triangles, (unsigned long long)result.info.vertices,
           (double)size / 1e9, closed[result.info.watertight]);
    printf("%s_peak %.0f MiB <=1024\n", name, peak_mib(vt_helper_pid(helper)));
    vt_decode_result_clear(&result);
    vt_helper_pool_release(pool, helper);
}

static void measure_beside_others(vt_helper_pool *pool, int fd, uint64_t size)
{
    others o = {.pool = pool};
    o.file = small_picture(&o.size);
    pthread_t thread;
    int64_t begun = vt_clock_now();
    if (pthread_create(&thread, NULL, run_others, &o) != 0) {
        stop("no thread");
    }
    usleep(300000); /* the first ones take longer */
    (void)rate_of(&o, &begun);
    usleep(700000);
    double alone = rate_of(&o, &begun);
    measure_model(pool, fd, size, 1, "stl_huge_beside_others", "-");
    double meanwhile = rate_of(&o, &begun);
    printf("stl_huge_others %.2f x >=0.5 (%.0f small pictures a second meanwhile, %.0f before)\n",
           meanwhile / alone, meanwhile, alone);
    atomic_store(&o.stop, true);
    pthread_join(thread, NULL);
    close(o.file);
}

static void read_once(int fd)
{
    static char block[1 << 20];
    off_t at = 0;
    for (ssize_t got; (got = pread(fd, block, sizeof block, at)) > 0; at += got) {
    }
}

int main(int argc, char **argv)
{
    uint32_t triangles = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : TRIANGLES;
    vt_error error = VT_ERROR_INIT;
    char *program = vt_helper_program_find(&error);
    const vt_helper_pool_options options = {
        .program = program, .workers = 1, .limits = vt_limits_default, .log = vt_log_none};
    vt_helper_pool *pool = program ? vt_helper_pool_create(&options, &error) : NULL;
    FILE *file = tmpfile();
    struct stat status;
    if (!pool || !file) {
        stop(pool ? "no file in /tmp" : error.message);
    }
    write_model(file, triangles);
    int fd = fileno(file);
    if (fstat(fd, &status) != 0) {
        stop("no size of the model");
    }
    if (fdatasync(fd) != 0) { /* or it would go on being written meanwhile */
        stop("cannot write the model; it takes 2 GB in /tmp");
    }
    read_once(fd);
    measure_model(pool, fd, (uint64_t)status.st_size, RUNS_MAX, "stl_huge_thumbnail", "<=8");
    measure_beside_others(pool, fd, (uint64_t)status.st_size);
    vt_helper_pool_free(pool);
    fclose(file);
    free(program);
    return 0;
}
