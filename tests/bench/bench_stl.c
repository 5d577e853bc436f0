/*
 * What a model costs from file to picture: read, analyse, draw 256 x 256 pixels.
 *
 * Every model is measured in a process of its own, so that its peak memory is known; the best of the rounds
 * counts, for the machine is shared. The peer that every machine has is the plain copying of the file's bytes
 * into memory; if f3d (https://f3d.app) is installed, its picture of the same file is timed beside it.
 *
 * usage: bench_stl [ROUNDS]   (5)
 */
#include "core/base/clock.h"
#include "core/mesh/analysis.h"
#include "core/mesh/model.h"
#include "core/mesh/stl.h"
#include "tests/core/mesh/shapes.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SIDE 256

typedef struct model {
    const char *name;
    size_t across, along; /* 2 * across * along triangles */
    bool text;
    double bar_ms;
    double bar_mib;
} model;

static const model models[] = {
    {"stl_200_binary", 10, 10, false, 3, 200},
    {"stl_5000_binary", 50, 50, false, 0, 200},
    {"stl_100000_text", 250, 200, true, 0, 200},
    {"stl_1000000_binary", 1000, 500, false, 250, 200},
};

/* Best times in nanoseconds, handed from the measuring process to this one. */
typedef struct times {
    int64_t copy, read, analyse, thumbnail;
} times;

static char folder[] = "/tmp/vitrine-bench-XXXXXX";

static void stop(const char *what)
{
    fprintf(stderr, "bench_stl: %s\n", what);
    exit(1);
}

/* A torus with waves of two sizes: no two normals alike. */
static void surface_waves(double u, double v, float point[3])
{
    double angle = v == 1 ? 0 : 2 * PI * v;
    double thick = 4 + 0.3 * sin(9 * u) * cos(5 * angle) + 0.1 * sin(60 * u + 33 * angle);
    double radius = 10 + thick * cos(angle);
    point[0] = (float)(radius * cos(u));
    point[1] = (float)(radius * sin(u));
    point[2] = (float)(thick * sin(angle));
}

static void write_model(const model *model, const char *path)
{
    shape waves = shape_sweep(surface_waves, model->across, model->along);
    size_t size;
    void *bytes = model->text ? (void *)shape_to_text(&waves, "\n", &size)
                              : (void *)shape_to_binary(&waves, (uint32_t)waves.count, &size);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, size, file) != size || fclose(file) != 0) {
        stop("cannot write the model");
    }
    free(bytes);
    shape_free(&waves);
}

static void keep_best(int64_t *best, int64_t start)
{
    int64_t took = vt_clock_now() - start;
    if (*best == 0 || took < *best) {
        *best = took;
    }
}

/* Block by block into one place, as a reader would. */
static void copy_file(int fd)
{
    static char block[1 << 20];
    off_t offset = 0;
    for (ssize_t got; (got = pread(fd, block, sizeof block, offset)) > 0;) {
        offset += got;
    }
}

static void measure(int fd, uint64_t size, int rounds, times *best)
{
    uint8_t *pixels = malloc((size_t)SIDE * SIDE * 4);
    vt_render_target target = {.pixels = pixels, .width = SIDE, .height = SIDE, .stride = (size_t)SIDE * 4};
    for (int round = 0; round < rounds; round++) {
        int64_t start = vt_clock_now();
        vt_media_info info;
        if (!pixels || !vt_mesh_thumbnail(fd, size, &vt_mesh_limits_default, &target, &info, NULL, NULL)) {
            stop("no picture");
        }
        keep_best(&best->thumbnail, start);
        start = vt_clock_now();
        copy_file(fd);
        keep_best(&best->copy, start);
        start = vt_clock_now();
        vt_mesh *mesh = vt_stl_read_fd(fd, size, &vt_mesh_limits_default, NULL, NULL);
        keep_best(&best->read, start);
        start = vt_clock_now();
        vt_mesh_facts facts;
        if (!mesh || !vt_mesh_analyse(mesh, &facts, NULL) || !facts.watertight) {
            stop("wrong facts");
        }
        keep_best(&best->analyse, start);
        vt_mesh_free(mesh);
    }
    free(pixels);
}

static void measure_in_child(const char *path, int rounds, times *best, double *peak_mib)
{
    int ends[2];
    if (pipe(ends) != 0) {
        stop("no pipe");
    }
    pid_t child = fork();
    if (child == 0) {
        struct stat status;
        times mine = {0, 0, 0, 0};
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd < 0 || fstat(fd, &status) != 0) {
            stop("cannot open the model");
        }
        measure(fd, (uint64_t)status.st_size, rounds, &mine);
        _exit(write(ends[1], &mine, sizeof mine) == sizeof mine ? 0 : 1);
    }
    struct rusage usage;
    int status;
    bool got = child > 0 && read(ends[0], best, sizeof *best) == sizeof *best;
    if (!got || wait4(child, &status, 0, &usage) != child || status != 0) {
        stop("measuring failed");
    }
    *peak_mib = (double)usage.ru_maxrss / 1024;
    close(ends[0]);
    close(ends[1]);
}

static void run_in_child(void (*work)(const model *, const char *), const model *model, const char *path)
{
    int status;
    pid_t child = fork();
    if (child == 0) {
        work(model, path);
        _exit(0);
    }
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
        stop("cannot make the model");
    }
}

/* Milliseconds, or a negative number if f3d is not there or has no display. */
static double time_f3d(char *path)
{
    char output[64];
    char size[32];
    snprintf(output, sizeof output, "--output=%s/f3d.png", folder);
    snprintf(size, sizeof size, "--resolution=%d,%d", SIDE, SIDE);
    char *arguments[] = {"f3d", output, size, path, NULL};
    posix_spawn_file_actions_t quiet;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", O_WRONLY, 0);
    pid_t child;
    int status = 1;
    int64_t start = vt_clock_now();
    if (posix_spawnp(&child, "f3d", &quiet, NULL, arguments, environ) == 0) {
        waitpid(child, &status, 0);
    }
    double took = (double)(vt_clock_now() - start) / 1e6;
    posix_spawn_file_actions_destroy(&quiet);
    snprintf(output, sizeof output, "%s/f3d.png", folder);
    bool drawn = unlink(output) == 0;
    return status == 0 && drawn ? took : -1;
}

static void report(const model *model, const times *best, double peak_mib, double f3d_ms)
{
    double thumbnail = (double)best->thumbnail / 1e6;
    printf("%s_thumbnail %.2f ms ", model->name, thumbnail);
    if (model->bar_ms > 0) {
        printf("<=%.0f", model->bar_ms);
    } else {
        printf("-");
    }
    printf(" (read %.2f, analyse %.2f, copying the file alone %.2f)\n", (double)best->read / 1e6,
           (double)best->analyse / 1e6, (double)best->copy / 1e6);
    printf("%s_peak %.1f MiB <=%.0f\n", model->name, peak_mib, model->bar_mib);
    if (f3d_ms >= 0) {
        printf("%s_f3d_ratio %.1f x - (f3d %.0f ms)\n", model->name, f3d_ms / thumbnail, f3d_ms);
    }
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 5;
    if (rounds < 1) {
        fprintf(stderr, "usage: bench_stl [ROUNDS], at least 1\n");
        return 2;
    }
    if (!mkdtemp(folder)) {
        stop("no folder in /tmp");
    }
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        char path[64];
        snprintf(path, sizeof path, "%s/model.stl", folder);
        fflush(stdout);
        run_in_child(write_model, &models[i], path);
        times best;
        double peak_mib;
        measure_in_child(path, rounds, &best, &peak_mib);
        report(&models[i], &best, peak_mib, time_f3d(path));
        unlink(path);
    }
    rmdir(folder);
    return 0;
}
