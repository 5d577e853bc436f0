#include "app/decoder/warmup.h"

#include "core/decode/format.h"
#include "core/decode/image.h"
#include "core/mesh/model.h"
#include "core/sidecar/sidecar_parse.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Smaller than some samples, so that the scaler's tables are filled too. */
enum { SIDE = 8 };

static bool decode_picture(const vt_warmup_sample *sample, uint8_t *pixels, size_t capacity, vt_error *error)
{
    vt_input input = vt_input_from_memory(sample->bytes, sample->count);
    const vt_image_request request = {.box_width = SIDE, .box_height = SIDE, .limits = vt_limits_default};
    vt_pixels target = {.data = pixels, .capacity = capacity};
    vt_media_info info = {0};
    return vt_image_decode(sample->format, &input, &request, &info, &target, error);
}

/* Models are read from a descriptor: memory has one too. */
static bool draw_model(const vt_warmup_sample *sample, uint8_t *pixels, vt_error *error)
{
    int fd = memfd_create("vitrine-warmup", MFD_CLOEXEC);
    if (fd < 0 || write(fd, sample->bytes, sample->count) != (ssize_t)sample->count) {
        int failure = errno;
        if (fd >= 0) {
            close(fd);
        }
        return vt_error_set_errno(error, failure, "cannot create memory for a built-in model");
    }
    const vt_render_target target = {
        .pixels = pixels, .width = SIDE, .height = SIDE, .stride = (size_t)SIDE * 4, .samples = 1};
    vt_media_info info = {0};
    bool partial = false;
    bool drawn =
        vt_mesh_thumbnail(fd, sample->count, &vt_mesh_limits_default, &target, &info, &partial, error);
    close(fd);
    return drawn && !partial;
}

static bool read_sidecar(vt_error *error)
{
    vt_sidecar_said said;
    const char *text = vt_sidecar_change_empty();
    bool read = vt_sidecar_parse(text, strlen(text), &said, error);
    vt_sidecar_said_free(&said);
    return read;
}

bool vt_warmup(vt_error *error)
{
    uint8_t pixels[SIDE * SIDE * 4];
    for (size_t i = 0; i < vt_warmup_sample_count; i++) {
        const vt_warmup_sample *sample = &vt_warmup_samples[i];
        const vt_format_info *format = vt_format_get(sample->format);
        bool done = format->decode ? decode_picture(sample, pixels, sizeof pixels, error)
                                   : draw_model(sample, pixels, error);
        if (!done) {
            return false;
        }
    }
    return read_sidecar(error);
}
