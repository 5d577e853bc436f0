#include "core/bench/data.h"

#include "core/base/file.h"
#include "core/base/temporary.h"
#include "core/bench/random.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define PATH_SIZE 4400 /* of files below the folder of a place (figure.h), with much to spare */

enum {
    QUALITY = 88,
    STL_HEADER = 80,
    STL_TRIANGLE = 50,
    /* Of the files of a folder: */
    WIDTH = 640,
    HEIGHT = 480,
    RINGS = 24,
    DISTINCT = 12, /* contents of a kind; files differ by what stands behind the end of the picture */
};

static void paint(uint8_t *bgra, uint32_t width, uint32_t height, uint32_t number)
{
    vt_bench_random random = {number + 1};
    uint32_t across = 1 + number % 7, down = 1 + number % 5;
    for (uint32_t y = 0; y < height; y++) {
        for (uint32_t x = 0; x < width; x++, bgra += 4) {
            uint32_t noise = vt_bench_random_next(&random) % 24;
            bgra[0] = (uint8_t)(x * across * 255 / width * 3 / 4 % 232 + noise);
            bgra[1] = (uint8_t)(y * down * 255 / height * 3 / 4 % 232 + noise);
            bgra[2] = (uint8_t)((x + y) * 200 / (width + height) + noise);
            bgra[3] = 255;
        }
    }
}

bool vt_bench_make_picture(vt_picture_format format, uint32_t width, uint32_t height, uint32_t number,
                           vt_bench_bytes *bytes, vt_error *error)
{
    *bytes = (vt_bench_bytes){.data = NULL};
    size_t stride = (size_t)width * 4;
    uint8_t *bgra = malloc(stride * height);
    FILE *stream = bgra ? open_memstream(&bytes->data, &bytes->size) : NULL;
    if (!stream) {
        free(bgra);
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    paint(bgra, width, height, number);
    const vt_pixels pixels = {
        .data = bgra, .capacity = stride * height, .width = width, .height = height, .stride = stride};
    bool done = vt_export_picture(&pixels, format, QUALITY, NULL, 0, stream, error);
    done = fclose(stream) == 0 && done;
    free(bgra);
    if (!done) {
        free(bytes->data);
        *bytes = (vt_bench_bytes){.data = NULL};
    }
    return done;
}

static void torus_point(uint32_t ring, uint32_t step, uint32_t rings, uint32_t number, float point[3])
{
    const double whole = 2 * 3.14159265358979323846;
    double around = whole * (ring % rings) / rings, inside = whole * (step % rings) / rings;
    double thick = 4 + 0.3 * sin(9 * around) * cos((5 + number % 5) * inside);
    double radius = 10 + thick * cos(inside);
    point[0] = (float)(radius * cos(around));
    point[1] = (float)(radius * sin(around));
    point[2] = (float)(thick * sin(inside));
}

/* The two triangles of a place: floats as x86 and ARM have them, which is how STL wants them. */
static char *put_square(char *at, uint32_t ring, uint32_t step, uint32_t rings, uint32_t number)
{
    static const uint8_t corners[6][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 0}, {1, 1}, {0, 1}};
    for (int triangle = 0; triangle < 2; triangle++) {
        memset(at, 0, STL_TRIANGLE);
        for (int i = 0; i < 3; i++) {
            const uint8_t *corner = corners[triangle * 3 + i];
            float point[3];
            torus_point(ring + corner[0], step + corner[1], rings, number, point);
            memcpy(at + 12 + (size_t)i * sizeof point, point, sizeof point);
        }
        at += STL_TRIANGLE;
    }
    return at;
}

bool vt_bench_make_model(uint32_t rings, uint32_t number, vt_bench_bytes *bytes, vt_error *error)
{
    uint32_t triangles = 2 * rings * rings;
    bytes->size = STL_HEADER + sizeof triangles + (size_t)triangles * STL_TRIANGLE;
    bytes->data = calloc(1, bytes->size);
    if (!bytes->data) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    (void)snprintf(bytes->data, STL_HEADER, "torus %u", number);
    memcpy(bytes->data + STL_HEADER, &triangles, sizeof triangles);
    char *at = bytes->data + STL_HEADER + sizeof triangles;
    for (uint32_t ring = 0; ring < rings; ring++) {
        for (uint32_t step = 0; step < rings; step++) {
            at = put_square(at, ring, step, rings, number);
        }
    }
    return true;
}

bool vt_bench_write_file(const char *path, const vt_bench_bytes *bytes, vt_error *error)
{
    int why = vt_file_put(path, bytes->data, bytes->size, 0600, false);
    return why == 0 || vt_error_set_errno(error, why, "cannot write %s", path);
}

/* ---- a folder of files ---- */

typedef enum kind { KIND_JPEG, KIND_PNG, KIND_MODEL, KIND_COUNT } kind;

static const char *const extensions[KIND_COUNT] = {"jpg", "png", "stl"};

typedef struct contents {
    vt_bench_bytes bytes[KIND_COUNT][DISTINCT];
} contents;

static bool make_contents(contents *all, vt_error *error)
{
    bool done = true;
    for (uint32_t i = 0; i < DISTINCT && done; i++) {
        done = vt_bench_make_picture(VT_PICTURE_JPEG, WIDTH, HEIGHT, i, &all->bytes[KIND_JPEG][i], error) &&
               vt_bench_make_picture(VT_PICTURE_PNG, WIDTH, HEIGHT, i, &all->bytes[KIND_PNG][i], error) &&
               vt_bench_make_model(RINGS, i, &all->bytes[KIND_MODEL][i], error);
    }
    return done;
}

static void free_contents(contents *all)
{
    for (int i = 0; i < KIND_COUNT; i++) {
        for (int k = 0; k < DISTINCT; k++) {
            free(all->bytes[i][k].data);
        }
    }
}

static bool make_folder(const char *path, vt_error *error)
{
    if (mkdir(path, 0700) == 0) {
        return true;
    }
    int why = errno;
    return vt_error_set_errno(error, why, "cannot make the folder %s", path);
}

/* The number behind the end of a picture, and in the header of a model, makes each file one of its own. */
static bool write_one(const char *folder, contents *all, uint32_t number, vt_error *error)
{
    static const kind order[] = {KIND_JPEG, KIND_JPEG, KIND_PNG, KIND_JPEG, KIND_JPEG, KIND_MODEL};
    kind which = order[number % (sizeof order / sizeof *order)];
    const vt_bench_bytes *content = &all->bytes[which][number / 6 % DISTINCT];
    vt_bench_bytes written = {malloc(content->size + 16), content->size};
    char path[PATH_SIZE + 64];
    if (!written.data) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    memcpy(written.data, content->data, content->size);
    if (which == KIND_MODEL) {
        (void)snprintf(written.data, STL_HEADER, "torus %u", number);
    } else {
        written.size += (size_t)snprintf(written.data + written.size, 16, "%u", number);
    }
    /* No number at the end of the name: it would be a sequence. */
    (void)snprintf(path, sizeof path, "%s/%05u picture.%s", folder, number, extensions[which]);
    bool done = vt_bench_write_file(path, &written, error);
    free(written.data);
    return done;
}

static bool write_all(const char *folder, contents *all, uint32_t count, uint32_t per_folder, vt_error *error)
{
    char path[PATH_SIZE] = "";
    for (uint32_t i = 0; i < count; i++) {
        if (i % per_folder == 0) {
            (void)snprintf(path, sizeof path, "%s/part %03u", folder, i / per_folder);
            if (!make_folder(path, error)) {
                return false;
            }
        }
        if (!write_one(path, all, i, error)) {
            return false;
        }
    }
    return true;
}

bool vt_bench_make_files(const char *folder, uint32_t count, uint32_t per_folder, vt_error *error)
{
    struct stat facts;
    char part[1024]; /* it has its name once it is whole */
    if (stat(folder, &facts) == 0) {
        return true;
    }
    contents *all = calloc(1, sizeof *all);
    if (!all) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    (void)snprintf(part, sizeof part, "%s.part", folder);
    vt_temporary_remove(part);
    bool done = make_folder(part, error) && make_contents(all, error) &&
                write_all(part, all, count, per_folder, error);
    free_contents(all);
    free(all);
    if (done && rename(part, folder) != 0) {
        int why = errno;
        return vt_error_set_errno(error, why, "cannot rename %s", part);
    }
    return done;
}
