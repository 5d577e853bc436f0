/* Files read and made small: what the decoder helper does with them, without the helper. */
#include "core/bench/data.h"
#include "core/bench/figure.h"
#include "core/decode/format.h"
#include "core/mesh/model.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { JPEG_WIDTH = 3000, PNG_WIDTH = 1500, BOX = 256, RINGS = 160 }; /* pictures of 3:2 */

typedef struct bench {
    vt_bench_bytes file;
    vt_format format;
    vt_pixels pixels;
    int fd; /* of a model; -1: none */
} bench;

static void decode_end(void *state)
{
    bench *self = state;
    if (self->fd >= 0) {
        close(self->fd);
    }
    free(self->pixels.data);
    free(self->file.data);
    free(self);
}

static bench *create(vt_format format, vt_error *error)
{
    bench *self = calloc(1, sizeof *self);
    uint8_t *pixels = malloc((size_t)BOX * BOX * 4);
    if (!self || !pixels) {
        free(self);
        free(pixels);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    *self =
        (bench){.format = format, .pixels = {.data = pixels, .capacity = (size_t)BOX * BOX * 4}, .fd = -1};
    return self;
}

static bool picture_begin(vt_format format, vt_picture_format as, uint32_t width, void **state,
                          vt_error *error)
{
    bench *self = create(format, error);
    *state = self;
    if (self && !vt_bench_make_picture(as, width, width * 2 / 3, 3, &self->file, error)) {
        decode_end(self);
        return false;
    }
    return self != NULL;
}

static bool jpeg_begin(const vt_bench_place *place, void **state, vt_error *error)
{
    (void)place;
    return picture_begin(VT_FORMAT_JPEG, VT_PICTURE_JPEG, JPEG_WIDTH, state, error);
}

static bool png_begin(const vt_bench_place *place, void **state, vt_error *error)
{
    (void)place;
    return picture_begin(VT_FORMAT_PNG, VT_PICTURE_PNG, PNG_WIDTH, state, error);
}

static bool model_begin(const vt_bench_place *place, void **state, vt_error *error)
{
    char path[sizeof place->folder + 32];
    bench *self = create(VT_FORMAT_STL, error);
    *state = self;
    if (!self) {
        return false;
    }
    (void)snprintf(path, sizeof path, "%s/torus.stl", place->folder);
    if (vt_bench_make_model(RINGS, 1, &self->file, error) && vt_bench_write_file(path, &self->file, error)) {
        self->fd = open(path, O_RDONLY | O_CLOEXEC);
        int why = errno;
        if (self->fd >= 0) {
            return true;
        }
        vt_error_set_errno(error, why, "cannot open %s", path);
    }
    decode_end(self);
    return false;
}

static bool run_picture(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    bench *self = state;
    const vt_image_request request = {.box_width = BOX, .box_height = BOX, .limits = vt_limits_default};
    bool done = true;
    vt_bench_timer_begin(timer);
    for (unsigned i = 0; i < times && done; i++) {
        vt_input input = vt_input_from_memory(self->file.data, self->file.size);
        vt_media_info info = {0};
        done = vt_image_decode(self->format, &input, &request, &info, &self->pixels, error);
    }
    vt_bench_timer_end(timer);
    return done;
}

static bool run_model(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    bench *self = state;
    const vt_render_target target = {
        .pixels = self->pixels.data, .width = BOX, .height = BOX, .stride = (size_t)BOX * 4};
    bool done = true;
    vt_bench_timer_begin(timer);
    for (unsigned i = 0; i < times && done; i++) {
        vt_media_info info = {0};
        bool partial = false;
        done = vt_mesh_thumbnail(self->fd, self->file.size, &vt_mesh_limits_default, &target, &info, &partial,
                                 error);
    }
    vt_bench_timer_end(timer);
    return done;
}

const vt_bench_figure vt_bench_decode_figures[] = {
    {"decode-jpeg", "a JPEG of 6 megapixels, reduced to a thumbnail", VT_BENCH_RESPONSE, VT_BENCH_THREAD,
     NULL, 1, 9, jpeg_begin, run_picture, decode_end},
    {"decode-png", "a PNG of 1.5 megapixels, reduced to a thumbnail", VT_BENCH_RESPONSE, VT_BENCH_THREAD,
     NULL, 1, 9, png_begin, run_picture, decode_end},
    {"decode-model", "an STL of 51,200 triangles, analysed and drawn as a thumbnail", VT_BENCH_RESPONSE,
     VT_BENCH_THREAD, NULL, 1, 9, model_begin, run_model, decode_end},
    {0},
};
