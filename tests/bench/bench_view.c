/*
 * Turning a model in software: pictures a second of a model of 1,000,000 triangles at 800 x 600 pixels, as
 * the viewer asks for them while it is turned (a coarser mesh, one sample a pixel), and the time of the whole
 * one at rest. The peer in the same run is the whole mesh with one sample, which turning would cost without
 * the coarser one.
 *
 * usage: bench_view [FRAMES]   (120)
 */
#include "core/base/clock.h"
#include "core/mesh/model.h"
#include "tests/core/mesh/shapes.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define WIDTH  800
#define HEIGHT 600

static void stop(const char *what)
{
    fprintf(stderr, "bench_view: %s\n", what);
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

static vt_model *load(void)
{
    shape waves = shape_sweep(surface_waves, 1000, 500);
    size_t size;
    uint8_t *bytes = shape_to_binary(&waves, (uint32_t)waves.count, &size);
    char path[] = "/tmp/vitrine-bench-XXXXXX";
    int fd = mkstemp(path);
    if (fd < 0 || unlink(path) != 0 || write(fd, bytes, size) != (ssize_t)size) {
        stop("cannot write the model");
    }
    free(bytes);
    shape_free(&waves);
    vt_error error = VT_ERROR_INIT;
    vt_model *model = vt_model_load(fd, size, &vt_mesh_limits_default, NULL, NULL, &error);
    if (!model) {
        stop(error.message);
    }
    close(fd);
    return model;
}

/* Milliseconds a picture takes: of the clock, and of the processor, which tells on a busy machine what the
   clock does not. */
typedef struct cost {
    double clock, processor;
} cost;

static double processor_ms(void)
{
    struct timespec used;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return (double)used.tv_sec * 1e3 + (double)used.tv_nsec / 1e6;
}

/* Draws while the camera goes around. */
static cost draw(vt_model *model, vt_model_quality quality, uint32_t samples, vt_render_look look, int frames)
{
    static uint8_t pixels[WIDTH * HEIGHT * 4];
    const vt_render_target target = {.pixels = pixels,
                                     .width = WIDTH,
                                     .height = HEIGHT,
                                     .stride = WIDTH * 4,
                                     .samples = samples,
                                     .look = look};
    vt_camera camera = vt_camera_default();
    int64_t start = vt_clock_now();
    double used = processor_ms();
    for (int i = 0; i < frames; i++) {
        vt_camera_turn(&camera, 0.05F, 0.02F);
        if (!vt_model_draw(model, &camera, quality, &target, NULL)) {
            stop("no picture");
        }
    }
    return (cost){(double)(vt_clock_now() - start) / frames / VT_NS_PER_MS, (processor_ms() - used) / frames};
}

static void print_rate(const char *name, const char *bar, cost took)
{
    printf("%s %.1f frames/s %s (%.1f by processor time)\n", name, 1e3 / took.clock, bar,
           1e3 / took.processor);
}

static void print_time(const char *name, cost took)
{
    printf("%s %.1f ms - (%.1f of processor time)\n", name, took.clock, took.processor);
}

int main(int argc, char **argv)
{
    int frames = argc > 1 ? atoi(argv[1]) : 120;
    if (frames < 8) {
        stop("usage: bench_view [FRAMES], 8 or more");
    }
    vt_model *model = load();
    print_rate("view_1000000_turning", ">=30", draw(model, VT_MODEL_TURNING, 1, VT_RENDER_FACES, frames));
    print_rate("view_1000000_turning_edges", ">=30",
               draw(model, VT_MODEL_TURNING, 1, VT_RENDER_EDGES, frames));
    print_rate("view_1000000_turning_wireframe", ">=30",
               draw(model, VT_MODEL_TURNING, 1, VT_RENDER_WIREFRAME, frames));
    print_rate("view_1000000_whole_one_sample", "-",
               draw(model, VT_MODEL_STILL, 1, VT_RENDER_FACES, frames / 8));
    print_time("view_1000000_at_rest",
               draw(model, VT_MODEL_STILL, VT_RENDER_SAMPLES_MAX, VT_RENDER_FACES, frames / 8));
    print_time("view_1000000_at_rest_edges",
               draw(model, VT_MODEL_STILL, VT_RENDER_SAMPLES_MAX, VT_RENDER_EDGES, frames / 8));
    vt_model_free(model);
    return 0;
}
